//! The steady state: so many namespaces alive, so many made and destroyed a second.

use std::time::Duration;

/// What `--live` and `--rate` found.
#[derive(Debug, Clone, Default)]
pub struct SteadyState {
    /// Namespaces to be kept alive.
    pub live: u32,
    /// Namespaces a second that were asked for.
    pub asked_rate: f64,
    /// From the first of them to the last; filling up to `live` is not part of it.
    pub elapsed: Duration,
    /// Namespaces made in that time.
    pub created: u64,
    /// Namespaces destroyed in that time.
    pub destroyed: u64,
    /// What happened in each second.
    pub intervals: Vec<Interval>,
}

/// A second, more or less.
#[derive(Debug, Clone, Copy, Default)]
pub struct Interval {
    /// Its end, from the start of the steady state.
    pub at: Duration,
    /// Namespaces alive at its end.
    pub alive: u32,
    /// Namespaces made in it.
    pub created: u32,
    /// Namespaces destroyed in it.
    pub destroyed: u32,
    /// Namespaces destroyed that the kernel has not freed yet at its end, where that can be known.
    pub waiting: Option<u32>,
}

/// How far the kernel's clean-up fell behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    /// When first, from the start of the steady state.
    pub since: Duration,
    /// In how many of the intervals.
    pub intervals: usize,
    /// Whether it had caught up at the end.
    pub caught_up: bool,
}

impl SteadyState {
    /// Namespaces a second, of made and destroyed the fewer; `None` when no time passed.
    #[must_use]
    pub fn reached_rate(&self) -> Option<f64> {
        let elapsed = self.elapsed.as_secs_f64();
        (elapsed > 0.0).then(|| self.created.min(self.destroyed) as f64 / elapsed)
    }

    /// The most namespaces that waited to be freed; `None` when that was never known.
    #[must_use]
    pub fn most_waiting(&self) -> Option<u32> {
        self.intervals.iter().filter_map(|i| i.waiting).max()
    }

    /// Whether clean-up fell behind: at the end of an interval more namespaces wait to be freed than
    /// were destroyed in it and the one before. Clean-up takes its time, and goes by batches; but what
    /// waits for longer than two seconds has a queue before it.
    #[must_use]
    pub fn behind(&self) -> Option<Behind> {
        let mut found: Option<Behind> = None;
        let mut before = 0;
        for interval in &self.intervals {
            let recent = interval.destroyed.saturating_add(before);
            before = interval.destroyed;
            let Some(waiting) = interval.waiting else {
                continue;
            };
            let late = waiting > recent;
            if late {
                let since = interval.at;
                let found = found.get_or_insert(Behind {
                    since,
                    intervals: 0,
                    caught_up: false,
                });
                found.intervals += 1;
            }
            if let Some(found) = &mut found {
                found.caught_up = !late;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steady(waiting: &[Option<u32>]) -> SteadyState {
        let interval = |(i, waiting): (usize, &Option<u32>)| Interval {
            at: Duration::from_secs(i as u64 + 1),
            alive: 100,
            created: 50,
            destroyed: 50,
            waiting: *waiting,
        };
        SteadyState {
            intervals: waiting.iter().enumerate().map(interval).collect(),
            ..SteadyState::default()
        }
    }

    #[test]
    fn behind_when_more_waits_than_two_seconds_brought() {
        assert_eq!(steady(&[]).behind(), None);
        assert_eq!(steady(&[None, None]).behind(), None);
        assert_eq!(steady(&[Some(50), Some(100), Some(100)]).behind(), None);
        let found = steady(&[Some(50), Some(100), Some(150), None, Some(130), Some(90)]);
        let since = Duration::from_secs(3);
        assert_eq!(
            found.behind(),
            Some(Behind {
                since,
                intervals: 2,
                caught_up: true
            })
        );
        assert_eq!(found.most_waiting(), Some(150));
        let found = steady(&[Some(60)]);
        let since = Duration::from_secs(1);
        assert_eq!(
            found.behind(),
            Some(Behind {
                since,
                intervals: 1,
                caught_up: false
            })
        );
    }

    #[test]
    fn the_rate_reached() {
        let mut s = SteadyState {
            created: 90,
            destroyed: 80,
            ..steady(&[])
        };
        assert_eq!(s.reached_rate(), None);
        s.elapsed = Duration::from_secs(2);
        assert_eq!(s.reached_rate(), Some(40.0));
    }
}
