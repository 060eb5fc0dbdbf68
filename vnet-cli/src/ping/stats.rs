//! What a run of ping adds up to, in iputils' words.

use std::fmt;
use std::time::Duration;

/// Counts and round-trip times of a run.
#[derive(Clone, Debug, Default)]
pub struct Stats {
    /// Requests sent.
    pub transmitted: u64,
    /// Requests answered.
    pub received: u64,
    /// Answers to a request already answered.
    pub duplicates: u64,
    /// Answers with a wrong checksum.
    pub corrupted: u64,
    /// ICMP errors.
    pub errors: u64,
    /// From the first request to the last request or answer.
    pub elapsed: Duration,
    /// Most requests under way at once.
    pub pipe: u64,
    rtt: Option<Rtt>,
}

#[derive(Clone, Copy, Debug)]
struct Rtt {
    min: u128,
    max: u128,
    sum: u128,
    squares: u128,
    count: u128,
}

impl Stats {
    /// Adds a round-trip time.
    pub fn time(&mut self, rtt: Duration) {
        let us = rtt.as_micros();
        let all = self.rtt.get_or_insert(Rtt {
            min: us,
            max: us,
            sum: 0,
            squares: 0,
            count: 0,
        });
        all.min = all.min.min(us);
        all.max = all.max.max(us);
        all.sum += us;
        all.squares += us * us;
        all.count += 1;
    }

    /// The longest round trip so far.
    #[must_use]
    pub fn longest(&self) -> Option<Duration> {
        let us = u64::try_from(self.rtt?.max).ok()?;
        Some(Duration::from_micros(us))
    }
}

/// The two lines below `--- … ping statistics ---`.
impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sent = self.transmitted;
        write!(f, "{sent} packets transmitted, {} received", self.received)?;
        for (count, what) in [
            (self.duplicates, "duplicates"),
            (self.corrupted, "corrupted"),
            (self.errors, "errors"),
        ] {
            if count > 0 {
                write!(f, ", +{count} {what}")?;
            }
        }
        if sent > 0 {
            let lost = sent.saturating_sub(self.received);
            let loss = significant(lost as f64 * 100.0 / sent as f64);
            write!(f, ", {loss}% packet loss")?;
            write!(f, ", time {}ms", self.elapsed.as_millis())?;
        }
        writeln!(f)?;
        let mut comma = "";
        if let Some(all) = self.rtt {
            let avg = all.sum / all.count;
            let mdev = (all.squares / all.count).saturating_sub(avg * avg).isqrt();
            let ms = |us: u128| format!("{}.{:03}", us / 1000, us % 1000);
            let (min, max) = (ms(all.min), ms(all.max));
            write!(
                f,
                "rtt min/avg/max/mdev = {min}/{}/{max}/{} ms",
                ms(avg),
                ms(mdev)
            )?;
            comma = ", ";
        }
        if self.pipe > 1 {
            write!(f, "{comma}pipe {}", self.pipe)?;
        }
        writeln!(f)
    }
}

/// A percentage with six significant digits and no trailing zeros, as `%g` writes it.
fn significant(percent: f64) -> String {
    let decimals = match percent {
        p if p >= 100.0 => 3,
        p if p >= 10.0 => 4,
        p if p >= 1.0 => 5,
        _ => 6,
    };
    let text = format!("{percent:.decimals$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A round-trip time with the precision that iputils gives it.
pub(super) fn milliseconds(rtt: Duration) -> String {
    let us = rtt.as_micros();
    let (ms, rest) = (us / 1000, us % 1000);
    match us {
        100_000.. => format!("{ms}"),
        10_000.. => format!("{ms}.{:01}", rest / 100),
        1_000.. => format!("{ms}.{:02}", rest / 10),
        _ => format!("{ms}.{rest:03}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_is_iputils_own() {
        let mut stats = Stats {
            transmitted: 3,
            received: 2,
            elapsed: Duration::from_millis(2031),
            pipe: 1,
            ..Stats::default()
        };
        stats.time(Duration::from_micros(37));
        stats.time(Duration::from_micros(55));
        assert_eq!(
            stats.to_string(),
            "3 packets transmitted, 2 received, 33.3333% packet loss, time 2031ms\n\
             rtt min/avg/max/mdev = 0.037/0.046/0.055/0.009 ms\n"
        );
    }

    #[test]
    fn nothing_received_leaves_an_empty_line() {
        let stats = Stats {
            transmitted: 3,
            errors: 3,
            elapsed: Duration::from_millis(626),
            pipe: 3,
            ..Stats::default()
        };
        let text =
            "3 packets transmitted, 0 received, +3 errors, 100% packet loss, time 626ms\npipe 3\n";
        assert_eq!(stats.to_string(), text);
    }

    #[test]
    fn times_lose_digits_as_they_grow() {
        for (us, text) in [
            (66, "0.066"),
            (1234, "1.23"),
            (12_345, "12.3"),
            (123_456, "123"),
        ] {
            assert_eq!(milliseconds(Duration::from_micros(us)), text);
        }
    }
}
