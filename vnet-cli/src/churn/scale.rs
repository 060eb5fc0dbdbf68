//! Axes of a drawing: where a value stands, and at which round values there are ticks.

/// The decimal logarithm of a whole number; of 0 as of 1.
pub(super) fn log10(n: u64) -> f64 {
    (n.max(1) as f64).log10()
}

/// A logarithmic axis over whole powers of ten.
#[derive(Clone, Copy, Debug)]
pub(super) struct Log {
    /// The powers of ten at its ends; the second is the larger.
    low: u32,
    high: u32,
    /// Where the ends are.
    from: f64,
    to: f64,
}

impl Log {
    /// An axis on which there is place for all values from `least` to `most`.
    pub(super) fn new(least: u64, most: u64, from: f64, to: f64) -> Self {
        let low = least.checked_ilog10().unwrap_or(0);
        let most = most.max(1);
        let high = most.ilog10();
        let round = 10u64.checked_pow(high) == Some(most);
        let high = if round { high } else { high + 1 }.max(low + 1);
        Self {
            low,
            high,
            from,
            to,
        }
    }

    /// Where a value is.
    pub(super) fn place(&self, value: u64) -> f64 {
        self.place_of(log10(value))
    }

    /// Where the value is that has this logarithm.
    pub(super) fn place_of(&self, logarithm: f64) -> f64 {
        let (low, high) = (f64::from(self.low), f64::from(self.high));
        self.from + (self.to - self.from) * (logarithm - low) / (high - low)
    }

    /// The values with a line, and whether they also have a name: each power of ten, and 2 and 5 times
    /// one where there are few of them.
    pub(super) fn ticks(&self) -> Vec<(u64, bool)> {
        let few = self.high - self.low <= 2;
        let mut ticks = Vec::new();
        for power in self.low..=self.high {
            // 10^20 is beyond the type; nothing stands there.
            let Some(one) = 10u64.checked_pow(power) else {
                break;
            };
            ticks.push((one, true));
            if power < self.high {
                let more =
                    (2..10).map_while(|n| Some((one.checked_mul(n)?, few && (n == 2 || n == 5))));
                ticks.extend(more);
            }
        }
        ticks
    }
}

/// An axis of time from 0 on, in nanoseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Linear {
    end: u64,
    from: f64,
    to: f64,
}

impl Linear {
    /// An axis that ends at `end`.
    pub(super) fn new(end: u64, from: f64, to: f64) -> Self {
        Self {
            end: end.max(1),
            from,
            to,
        }
    }

    /// Where a time is.
    pub(super) fn place(&self, at: u64) -> f64 {
        self.from + (self.to - self.from) * (at as f64 / self.end as f64)
    }

    /// The places of four to ten ticks, 1, 2 or 5 times a power of ten apart, with their seconds.
    pub(super) fn ticks(&self) -> Vec<(f64, String)> {
        let mut power = self.end.ilog10();
        let mut step = 0u64;
        // Ever smaller steps, until there are enough of them.
        'found: loop {
            for n in [5, 2, 1] {
                step = 10u64
                    .checked_pow(power)
                    .and_then(|p| p.checked_mul(n))
                    .unwrap_or(u64::MAX);
                if self.end / step >= 4 {
                    break 'found;
                }
            }
            match power.checked_sub(1) {
                Some(smaller) => power = smaller,
                None => break,
            }
        }
        let decimals = 9usize.saturating_sub(power as usize);
        let name = |at: u64| {
            let (whole, rest) = (at / 1_000_000_000, format!("{:09}", at % 1_000_000_000));
            match rest.get(..decimals) {
                Some("") | None => whole.to_string(),
                Some(rest) => format!("{whole}.{rest}"),
            }
        };
        (0..=self.end / step)
            .map(|i| (self.place(i * step), name(i * step)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logarithmic_axis_holds_its_values() {
        for (least, most) in [
            (0, 0),
            (1, 1),
            (10, 10),
            (7, 9),
            (1000, 1_000_000),
            (3, u64::MAX),
        ] {
            let axis = Log::new(least, most, 0.0, 100.0);
            for value in [least, most] {
                assert!(
                    (0.0..=100.0).contains(&axis.place(value)),
                    "{value} on {axis:?}"
                );
            }
            assert!(
                axis.ticks().iter().filter(|(_, named)| *named).count() >= 2,
                "{axis:?}"
            );
        }
        let axis = Log::new(1000, 99_000, 0.0, 100.0);
        assert_eq!(axis.place(10_000), 50.0);
        let named: Vec<u64> = axis
            .ticks()
            .into_iter()
            .filter(|t| t.1)
            .map(|t| t.0)
            .collect();
        assert_eq!(named, [1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]);
    }

    #[test]
    fn ticks_of_time_are_round() {
        let names = |end| {
            let ticks = Linear::new(end, 0.0, 1.0).ticks();
            assert!(ticks.iter().all(|(at, _)| (0.0..=1.0).contains(at)));
            ticks.into_iter().map(|t| t.1).collect::<Vec<_>>()
        };
        assert_eq!(names(450_000_000), ["0.0", "0.1", "0.2", "0.3", "0.4"]);
        assert_eq!(
            names(1_000_000_000),
            ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
        );
        assert_eq!(names(45_000_000_000), ["0", "10", "20", "30", "40"]);
        assert_eq!(
            names(3_600_000_000_000),
            ["0", "500", "1000", "1500", "2000", "2500", "3000", "3500"]
        );
        assert_eq!(
            names(43_000),
            ["0.00000", "0.00001", "0.00002", "0.00003", "0.00004"]
        );
        assert!(names(0).len() == 2 && names(u64::MAX).len() >= 4);
    }
}
