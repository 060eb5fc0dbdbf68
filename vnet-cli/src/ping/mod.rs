//! ping: ICMP echo over an unprivileged socket where the kernel allows it, a raw one otherwise.

mod packet;
mod socket;
mod stats;

pub use socket::{OpenError, Socket};
pub use stats::Stats;

use packet::Icmp;
use socket::Event;
use std::fmt;
use std::io::{self, Write};
use std::net::IpAddr;
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

/// Whom to ping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// As the user wrote it.
    pub name: String,
    /// The address.
    pub address: IpAddr,
    /// Index of the interface that a link-local address is on; 0 is none.
    pub scope: u32,
}

impl Target {
    fn icmp(&self) -> Icmp {
        match self.address {
            IpAddr::V4(_) => Icmp::V4,
            IpAddr::V6(_) => Icmp::V6,
        }
    }

    /// Whether the name is a way to write an address, of which inet_aton(3) knows several (`127.1`).
    fn is_numeric(&self) -> bool {
        let bare = self.name.split('%').next().unwrap_or_default();
        let number = |part: &str| {
            let hex = part.strip_prefix("0x").or_else(|| part.strip_prefix("0X"));
            match hex {
                Some(hex) => hex.bytes().all(|b| b.is_ascii_hexdigit()),
                None => !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()),
            }
        };
        self.address.is_ipv6() && bare.contains(':') || bare.split('.').all(number)
    }

    /// Who an answer is said to be from: the target, where it is from there; on which link, if that was left open.
    fn answering(&self, from: Option<(IpAddr, u32)>) -> String {
        match from {
            Some((IpAddr::V6(from), scope)) if self.address != from || self.scope != scope => {
                socket::scoped(from, scope)
            }
            Some((from, _)) if self.address != from => from.to_string(),
            _ => self.to_string(),
        }
    }

    /// The address, with the interface it is on where that matters.
    fn shown(&self) -> String {
        match self.address {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => socket::scoped(address, self.scope),
        }
    }
}

/// What answers are said to come from.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_numeric() {
            true => f.write_str(&self.shown()),
            false => write!(f, "{} ({})", self.name, self.shown()),
        }
    }
}

/// How to ping.
#[derive(Clone, Debug)]
pub struct Options {
    /// Stop after so many requests.
    pub count: Option<u64>,
    /// Between two requests.
    pub interval: Duration,
    /// How long to wait for the last answer when none has come yet.
    pub timeout: Duration,
    /// Stop after so long, whatever came.
    pub deadline: Option<Duration>,
    /// Bytes of payload.
    pub size: usize,
    /// No line an answer.
    pub quiet: bool,
    /// Time to live, or hop limit.
    pub ttl: Option<u8>,
    /// Interface to send from.
    pub device: Option<Vec<u8>>,
    /// Address to send from.
    pub source: Option<IpAddr>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            count: None,
            interval: Duration::from_secs(1),
            timeout: Duration::from_secs(10),
            deadline: None,
            size: 56,
            quiet: false,
            ttl: None,
            device: None,
            source: None,
        }
    }
}

/// Pings until the options say that it is enough, or `stop` can be read (a signalfd).
///
/// Writes what iputils' ping writes: the head line, a line an answer, the statistics.
///
/// # Errors
/// Of the socket, or of writing. That nothing answered is not an error: see [`Stats::received`].
pub fn run(
    socket: &mut Socket,
    target: &Target,
    options: &Options,
    stop: Option<BorrowedFd<'_>>,
    out: &mut dyn Write,
) -> io::Result<Stats> {
    head(target, options, out)?;
    let mut run = Run {
        socket,
        target,
        options,
        start: Instant::now(),
        stats: Stats::default(),
        seen: vec![0; 1 << 10],
    };
    run.all(stop, out)?;
    writeln!(out, "\n--- {} ping statistics ---", target.name)?;
    write!(out, "{}", run.stats)?;
    out.flush()?;
    Ok(run.stats)
}

fn head(target: &Target, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let (name, size) = (&target.name, options.size);
    let address = target.shown();
    let mut from = String::new();
    if let Some(source) = options.source {
        from = format!("from {source} ");
    }
    if let Some(device) = &options.device {
        from = format!("{from}{}: ", String::from_utf8_lossy(device));
        if options.source.is_none() {
            from = format!("from {} {from}", socket::local_address(target)?);
        }
    } else if let Some(source) = options.source {
        from = format!("from {source} : ");
    }
    match target.icmp() {
        Icmp::V4 => writeln!(
            out,
            "PING {name} ({address}) {from}{size}({}) bytes of data.",
            size + 28
        )?,
        Icmp::V6 => writeln!(out, "PING {name}({address}) {from}{size} data bytes")?,
    }
    out.flush()
}

struct Run<'a> {
    socket: &'a mut Socket,
    target: &'a Target,
    options: &'a Options,
    start: Instant,
    stats: Stats,
    /// A bit for each sequence number that was answered.
    seen: Vec<u64>,
}

impl Run<'_> {
    fn all(&mut self, stop: Option<BorrowedFd<'_>>, out: &mut dyn Write) -> io::Result<()> {
        let mut due = self.start;
        // Set when the last request is out: when to give up on its answer.
        let mut last = None;
        loop {
            let now = Instant::now();
            let deadline = self.options.deadline.map(|d| self.start + d);
            if deadline.is_some_and(|d| now >= d) || last.is_some_and(|l| now >= l) {
                return Ok(());
            }
            if last.is_none() && now >= due {
                self.send()?;
                due += self.options.interval;
                if self
                    .options
                    .count
                    .is_some_and(|c| self.stats.transmitted >= c)
                {
                    last = Some(now + self.linger());
                }
                continue;
            }
            let next = last.unwrap_or(due);
            let until = deadline.map_or(next, |d| d.min(next));
            match self
                .socket
                .wait(until.saturating_duration_since(now), stop)?
            {
                Event::Nothing => {}
                Event::Stopped => return Ok(()),
                Event::Packet => self.receive(out)?,
            }
            out.flush()?;
            let settled = self.stats.received + self.stats.errors;
            if last.is_some() && settled >= self.stats.transmitted {
                return Ok(());
            }
        }
    }

    /// As iputils: two of the longest round trips, or the timeout where nothing came yet.
    fn linger(&self) -> Duration {
        let known = self.stats.longest().map(|rtt| rtt * 2);
        let one = Duration::from_secs(1);
        known.map_or(self.options.timeout, |k| {
            k.max(one).min(self.options.timeout)
        })
    }

    fn send(&mut self) -> io::Result<()> {
        self.stats.transmitted += 1;
        let seq = self.stats.transmitted as u16;
        self.mark(seq, false);
        let size = self.options.size;
        let stamp = self.start.elapsed();
        let request = packet::request(self.target.icmp(), self.socket.id(), seq, size, stamp);
        match self.socket.send(&request) {
            Ok(()) => {}
            // An error of an earlier packet may surface here; it waits in the error queue.
            Err(e) if self.socket.has_errors() => drop(e),
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => {}
            Err(e) => {
                self.stats.errors += 1;
                let why = crate::error::errno::text(e.raw_os_error().unwrap_or(libc::EIO));
                crate::error::stderr(format!("ping: sendmsg: {why}\n").as_bytes());
            }
        }
        self.stats.elapsed = self.start.elapsed();
        Ok(())
    }

    fn receive(&mut self, out: &mut dyn Write) -> io::Result<()> {
        while let Some(error) = self.socket.next_error()? {
            let Some((id, seq)) = packet::quoted(self.target.icmp(), &error.quoted) else {
                continue;
            };
            if !self.socket.is_mine(id) {
                continue;
            }
            self.stats.errors += 1;
            self.settle(seq);
            if !self.options.quiet {
                let text =
                    packet::error_text(self.target.icmp(), error.kind, error.code, error.info);
                writeln!(out, "From {} icmp_seq={seq} {text}", error.from)?;
            }
        }
        while let Some(received) = self.socket.next_packet()? {
            let Some(reply) = packet::reply(self.target.icmp(), &received.packet) else {
                continue;
            };
            if self.socket.is_mine(reply.id) {
                self.answer(reply, &received, out)?;
            }
            // What others answer to the last request is no longer waited for.
            if self
                .options
                .count
                .is_some_and(|count| self.stats.received >= count)
            {
                return Ok(());
            }
        }
        Ok(())
    }

    fn answer(
        &mut self,
        reply: packet::Reply,
        received: &socket::Received,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let rtt = reply
            .stamp
            .map(|sent| self.start.elapsed().saturating_sub(sent));
        self.stats.elapsed = self.start.elapsed();
        self.settle(reply.seq);
        let duplicate = self.mark(reply.seq, true);
        if !reply.intact {
            self.stats.corrupted += 1;
        } else if duplicate {
            self.stats.duplicates += 1;
        } else {
            self.stats.received += 1;
        }
        if let Some(rtt) = rtt {
            self.stats.time(rtt);
        }
        if self.options.quiet {
            return Ok(());
        }
        write!(
            out,
            "{} bytes from {}: icmp_seq={}",
            reply.len,
            self.target.answering(received.from),
            reply.seq
        )?;
        if let Some(ttl) = received.ttl {
            write!(out, " ttl={ttl}")?;
        }
        if let Some(rtt) = rtt {
            write!(out, " time={} ms", stats::milliseconds(rtt))?;
        }
        if !reply.intact {
            write!(out, " (BAD CHECKSUM!)")?;
        }
        // Of a group that several answer goes without saying.
        let told = duplicate && !self.target.address.is_multicast();
        writeln!(out, "{}", if told { " (DUP!)" } else { "" })
    }

    fn settle(&mut self, seq: u16) {
        let behind = (self.stats.transmitted as u16).wrapping_sub(seq);
        if behind < 0x8000 {
            self.stats.pipe = self.stats.pipe.max(u64::from(behind) + 1);
        }
    }

    /// Whether the request of this number was answered before.
    fn mark(&mut self, seq: u16, answered: bool) -> bool {
        let bit = 1u64 << (seq % 64);
        let Some(word) = self.seen.get_mut(usize::from(seq / 64)) else {
            return false;
        };
        let before = *word & bit != 0;
        *word = if answered { *word | bit } else { *word & !bit };
        before
    }
}
