//! What strace(1) prints of the calls that send and receive on netlink sockets.
//!
//! Bytes are taken from strings (`-x`, `-xx`, or plain) and from the dumps of `-e write=` and `-e read=`, which are
//! whole. Where strace has decoded a message itself, its text is all there is, and that is said.

mod call;
mod sockets;
#[cfg(test)]
mod tests;

use super::messages::{direction, give, plausible};
use super::{Datagram, Each, Found};
use call::{Bytes, Call};
use netlink_raw::transport::Direction;
use sockets::{Socket, Sockets};
use std::collections::HashMap;
use std::io::{self, BufRead, Read};
use std::time::Duration;

/// The longest line that is read, in bytes.
const LONGEST: u64 = 32 << 20;
/// The most calls that wait for their end, and the most bytes of them together.
const UNFINISHED: usize = 4096;
const UNFINISHED_BYTES: usize = 64 << 20;
/// What is said of a message that strace has decoded.
const DECODED: &str = "strace decoded this message itself: its bytes are not in the text; '-e write=all -e read=all' prints them";

/// The calls that carry datagrams, and which way.
const CALLS: &[(&str, Direction)] = &[
    ("sendto", Direction::Sent),
    ("sendmsg", Direction::Sent),
    ("sendmmsg", Direction::Sent),
    ("send", Direction::Sent),
    ("write", Direction::Sent),
    ("writev", Direction::Sent),
    ("recvfrom", Direction::Received),
    ("recvmsg", Direction::Received),
    ("recvmmsg", Direction::Received),
    ("recvmmsg_time64", Direction::Received),
    ("recv", Direction::Received),
    ("read", Direction::Received),
    ("readv", Direction::Received),
];

/// Whether a text is strace's: has a call of a socket, or a dump of one.
pub(super) fn is(text: &str) -> bool {
    text.lines().any(|line| {
        let call = Call::find(line).is_some_and(|call| {
            let word = call.name;
            word == "socket" || CALLS.iter().any(|(name, _)| *name == word)
        });
        call || dump(line).is_some_and(|(_, bytes)| !bytes.is_empty())
    })
}

/// Reads strace's output to its end.
///
/// # Errors
/// Of reading.
pub fn read(input: impl Read, each: Each<'_>) -> io::Result<()> {
    let mut input = io::BufReader::new(input);
    let mut reader = Reader::default();
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        number += 1;
        input.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            break;
        }
        if line.len() as u64 == LONGEST && line.last() != Some(&b'\n') {
            skip_line(&mut input)?;
            let what = "a line longer than 32 MiB is left out";
            if !give(each, format!("line {number}"), what) {
                return Ok(());
            }
            continue;
        }
        let text = String::from_utf8_lossy(&line);
        if !reader.line(number, text.trim_end_matches(['\n', '\r']), each) {
            return Ok(());
        }
    }
    reader.finish(each);
    Ok(())
}

fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = match input.fill_buf() {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        let (used, over) = match buffer.iter().position(|b| *b == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(used);
        if over {
            return Ok(());
        }
    }
}

/// What must be remembered from line to line.
#[derive(Default)]
struct Reader {
    sockets: Sockets,
    /// The beginning of calls that others interrupted, by thread.
    unfinished: HashMap<i32, String>,
    unfinished_bytes: usize,
    /// The datagrams of the last call, for which a dump may follow.
    waiting: Option<Waiting>,
}

/// A call whose datagrams are not told yet.
struct Waiting {
    line: usize,
    call: String,
    time: Option<Duration>,
    socket: Option<Socket>,
    direction: Direction,
    /// What it returned, of one datagram.
    whole: Option<usize>,
    /// Its datagrams as the line has them.
    parts: Vec<Bytes>,
    /// Why it failed.
    failed: Option<String>,
    /// Whether the socket is known to be netlink's; else the bytes must look like it.
    sure: bool,
    /// The bytes of the dumps behind it: of each vector one.
    dumps: Vec<Vec<u8>>,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str, each: Each<'_>) -> bool {
        if let Some((offset, bytes)) = dump(line) {
            self.dumped(number, offset, &bytes);
            return true;
        }
        if let Some(buffer) = dump_head(line) {
            if let Some(waiting) = &mut self.waiting
                && (waiting.dumps.is_empty() || buffer == Head::Vector)
                && waiting.dumps.len() < 1024
            {
                waiting.dumps.push(Vec::new());
            }
            return true;
        }
        if !self.flush(each) {
            return false;
        }
        let pid = call::pid(line);
        if let Some(resumed) = call::resumed(line) {
            let Some(start) = self.unfinished.remove(&pid.unwrap_or(0)) else {
                return true;
            };
            self.unfinished_bytes -= start.len();
            return self.call(number, &(start + resumed), pid);
        }
        if let Some(start) = line.strip_suffix("<unfinished ...>") {
            let carries = Call::find(line).is_some_and(|call| sockets::matters(call.name));
            let room = self.unfinished.len() < UNFINISHED
                && self.unfinished_bytes + start.len() < UNFINISHED_BYTES;
            if carries && room {
                self.unfinished_bytes += start.len();
                let before = self
                    .unfinished
                    .insert(pid.unwrap_or(0), start.trim_end().into());
                self.unfinished_bytes -= before.map_or(0, |s| s.len());
            }
            return true;
        }
        self.call(number, line, pid)
    }

    /// A whole call.
    fn call(&mut self, number: usize, line: &str, pid: Option<i32>) -> bool {
        let Some(call) = Call::find(line) else {
            return true;
        };
        self.sockets.see(&call, pid.unwrap_or(0));
        let Some((_, direction)) = CALLS.iter().find(|(name, _)| *name == call.name) else {
            return true;
        };
        let socket = self.sockets.of(&call, pid.unwrap_or(0));
        let sure = socket.as_ref().map_or(call.names_netlink(), |s| s.netlink);
        if socket.is_some() && !sure {
            return true;
        }
        let returned = call.returned();
        let received = *direction == Direction::Received;
        if received && returned.is_none_or(|n| n < 0) {
            return true;
        }
        let parts = call.datagrams();
        let many = call.name.ends_with("mmsg") || call.name.ends_with("mmsg_time64");
        let whole = returned
            .filter(|_| !many)
            .and_then(|n| usize::try_from(n).ok());
        let fd = call.fd().map_or(String::new(), |fd| fd.to_string());
        let who = pid.map_or(String::new(), |pid| format!("{pid} "));
        let peek = if call.args.contains("MSG_PEEK") {
            ", MSG_PEEK"
        } else {
            ""
        };
        self.waiting = Some(Waiting {
            line: number,
            call: format!("{who}{}({fd}{peek})", call.name),
            time: call.time,
            socket,
            direction: *direction,
            whole,
            parts,
            failed: call.error(),
            sure,
            dumps: Vec::new(),
        });
        true
    }

    /// A line of a dump.
    fn dumped(&mut self, number: usize, offset: usize, bytes: &[u8]) {
        // A dump without a call is a datagram all the same.
        let waiting = self.waiting.get_or_insert_with(|| Waiting {
            line: number,
            call: String::new(),
            time: None,
            socket: None,
            direction: Direction::Sent,
            whole: None,
            parts: Vec::new(),
            failed: None,
            sure: true,
            dumps: Vec::new(),
        });
        if waiting.dumps.is_empty()
            || (offset == 0 && waiting.dumps.last().is_some_and(|d| !d.is_empty()))
        {
            waiting.dumps.push(Vec::new());
        }
        if let Some(last) = waiting.dumps.last_mut()
            && last.len() == offset
        {
            last.extend(bytes);
        }
    }

    /// Tells the datagrams of the last call.
    fn flush(&mut self, each: Each<'_>) -> bool {
        let Some(waiting) = self.waiting.take() else {
            return true;
        };
        waiting.tell(each)
    }

    fn finish(&mut self, each: Each<'_>) {
        if self.flush(each) && !self.unfinished.is_empty() {
            let what = format!("{} calls are unfinished", self.unfinished.len());
            give(each, "the end".into(), what);
        }
    }
}

impl Waiting {
    fn tell(self, each: Each<'_>) -> bool {
        let mut parts = self.parts;
        let dumped: Vec<Vec<u8>> = self.dumps.into_iter().filter(|d| !d.is_empty()).collect();
        if !dumped.is_empty() {
            // Vectors of one datagram are its parts; those of several calls' worth have one each.
            let joined = match self.whole {
                Some(_) => vec![dumped.concat()],
                None => dumped,
            };
            parts = joined.into_iter().map(Bytes::whole).collect();
        }
        let place = format!("line {}", self.line);
        for part in parts {
            let about = |what: String| match self.call.is_empty() {
                true => what,
                false => format!("{}: {what}", self.call),
            };
            let (bytes, cut) = match part {
                Bytes::There { bytes, cut } => (bytes, cut),
                Bytes::Decoded { head } => {
                    if self.sure && !give(each, place.clone(), about(format!("{head}: {DECODED}")))
                    {
                        return false;
                    }
                    continue;
                }
            };
            if bytes.is_empty() || !(self.sure || looks_like_netlink(&bytes)) {
                continue;
            }
            let whole = self.whole.unwrap_or(0).max(bytes.len());
            let mut call = self.call.clone();
            if let Some(why) = &self.failed {
                call = format!("{call}, failed: {why}");
            }
            let given = Datagram {
                len: if cut { whole } else { bytes.len() },
                protocol: self.socket.as_ref().and_then(|s| s.protocol),
                direction: match self.call.is_empty() {
                    true => direction(&bytes),
                    false => self.direction,
                },
                socket: self.socket.as_ref().map_or(0, |s| s.key),
                place: place.clone(),
                call: (!call.is_empty()).then_some(call),
                time: self.time,
                bytes,
            };
            let missing = given.len - given.bytes.len();
            if !each(Found::Datagram(given)) {
                return false;
            }
            if cut {
                let what = match missing {
                    0 => "strace left out the end of the bytes ('...'): -s sets how many it prints"
                        .to_owned(),
                    n => format!("strace left out {n} bytes ('...'): -s sets how many it prints"),
                };
                if !give(each, place.clone(), about(what)) {
                    return false;
                }
            }
        }
        true
    }
}

/// Whether bytes of a socket that nothing is known of begin with a message that may be one.
fn looks_like_netlink(bytes: &[u8]) -> bool {
    plausible(bytes) > 0 && bytes.get(6).is_some_and(|flags| flags & 0xc0 == 0)
}

/// What stands above a dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    /// A buffer of a vector: ` * 52 bytes in buffer 0`.
    Buffer,
    /// A message of several: ` = 1 buffers in vector 0`.
    Vector,
}

fn dump_head(line: &str) -> Option<Head> {
    let line = line.trim_start();
    let (mark, rest) = line.split_at_checked(2)?;
    match mark {
        "* " if rest.contains(" bytes in buffer ") => Some(Head::Buffer),
        "= " if rest.contains(" buffers in vector ") => Some(Head::Vector),
        _ => None,
    }
}

/// The offset and the bytes of a dump's line: ` | 00000  20 00 …  ..... |`.
fn dump(line: &str) -> Option<(usize, Vec<u8>)> {
    let rest = line.trim_start().strip_prefix("| ")?;
    let (offset, rest) = rest.split_at_checked(rest.find(' ')?)?;
    if offset.len() < 5 {
        return None;
    }
    let offset = usize::from_str_radix(offset, 16).ok()?;
    // Two digits and a blank a byte, a blank more in the middle and one before: the characters are behind them.
    let digits = rest
        .get(..rest.len().min(51))
        .or_else(|| rest.get(..50))
        .unwrap_or_default();
    let mut bytes = Vec::new();
    for word in digits.split_whitespace().take(16) {
        match u8::from_str_radix(word, 16) {
            Ok(byte) if word.len() == 2 => bytes.push(byte),
            _ => break,
        }
    }
    Some((offset, bytes))
}
