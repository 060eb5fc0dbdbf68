//! The comparison that a group prints at its end: one row a way of doing the same, and how many times as fast as the first.

use std::cell::RefCell;
use std::fmt;
use std::time::{Duration, Instant};

/// What one call of a benchmark does.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    /// Items: messages, links, namespaces. At least 1.
    pub items: u64,
    /// Bytes encoded or decoded; 0 where bytes are not the matter.
    pub bytes: u64,
}

impl Work {
    /// So many items.
    #[must_use]
    pub fn items(items: u64) -> Self {
        Self { items, bytes: 0 }
    }
}

/// Times of one row: a call each, in nanoseconds, with the number of calls that it is the mean of.
#[derive(Debug)]
struct Row {
    name: String,
    work: Work,
    samples: Vec<(u64, f64)>,
}

/// Collects what criterion measures, row by row, and prints it when it is displayed. Rows that were not
/// run, for a filter left them out, are not shown.
#[derive(Debug)]
pub struct Comparison {
    title: String,
    item: String,
    rows: RefCell<Vec<Row>>,
}

impl Comparison {
    /// With this title; times are told for one `item`.
    #[must_use]
    pub fn new(title: &str, item: &str) -> Self {
        Self {
            title: title.to_owned(),
            item: item.to_owned(),
            rows: RefCell::default(),
        }
    }

    /// Calls `call` so many times in a row, notes how long that took and returns it: for `iter_custom`.
    pub fn time(&self, row: &str, work: Work, calls: u64, mut call: impl FnMut()) -> Duration {
        let start = Instant::now();
        for _ in 0..calls {
            call();
        }
        self.note(row, work, calls, start.elapsed())
    }

    /// Notes that so many calls took so long, and returns it.
    pub fn note(&self, row: &str, work: Work, calls: u64, took: Duration) -> Duration {
        let mut rows = self.rows.borrow_mut();
        let mean = took.as_nanos() as f64 / calls.max(1) as f64;
        match rows.iter_mut().find(|r| r.name == row) {
            Some(r) => r.samples.push((calls, mean)),
            None => rows.push(Row {
                name: row.to_owned(),
                work,
                samples: vec![(calls, mean)],
            }),
        }
        took
    }

    /// How many times as long `row` takes for an item as `other`, by the medians. None when either was not run.
    #[must_use]
    pub fn ratio(&self, row: &str, other: &str) -> Option<f64> {
        let rows = self.rows.borrow();
        let median = |name| Some(rows.iter().find(|r| r.name == name)?.of_item().0);
        Some(median(row)? / median(other)?)
    }
}

impl Row {
    /// The median and the least time of an item, in nanoseconds. Samples of few calls, from the
    /// warm-up, are left out.
    fn of_item(&self) -> (f64, f64) {
        let most = self.samples.iter().map(|s| s.0).max().unwrap_or(1);
        let long = self
            .samples
            .iter()
            .filter(|s| s.0.saturating_mul(8) >= most);
        let mut times: Vec<f64> = long.map(|s| s.1).collect();
        times.sort_by(f64::total_cmp);
        let items = self.work.items.max(1) as f64;
        let of = |at: usize| times.get(at).map_or(f64::NAN, |t| t / items);
        (of(times.len() / 2), of(0))
    }
}

/// A time in nanoseconds, in the unit that reads best.
struct Time(f64);

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, unit) = match self.0 {
            ns if ns < 1e3 => (ns, "ns"),
            ns if ns < 1e6 => (ns / 1e3, "us"),
            ns if ns < 1e9 => (ns / 1e6, "ms"),
            ns => (ns / 1e9, "s"),
        };
        f.pad(&format!("{value:.1} {unit}"))
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.rows.borrow();
        let Some(first) = rows.first() else {
            return Ok(());
        };
        let base = first.of_item().0;
        let wide = rows.iter().map(|r| r.name.len()).max().unwrap_or(0);
        let (title, item) = (&self.title, &self.item);
        writeln!(f, "\n{title}: of one {item}")?;
        writeln!(
            f,
            "  {:wide$}  {:>10}  {:>10}  {:>10}  times as fast",
            "", "median", "least", "rate"
        )?;
        for row in rows.iter() {
            let (median, least) = row.of_item();
            let rate = match row.work.bytes {
                0 => format!("{:.0}/s", 1e9 / median),
                bytes => {
                    let of_item = bytes as f64 / row.work.items.max(1) as f64;
                    format!("{:.2} GB/s", of_item / median)
                }
            };
            let (name, ratio) = (&row.name, base / median);
            let (median, least) = (Time(median), Time(least));
            writeln!(
                f,
                "  {name:wide$}  {median:>10}  {least:>10}  {rate:>10}  {ratio:>8.2}"
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_is_the_measure() {
        let table = Comparison::new("links", "link");
        assert_eq!(table.to_string(), "");
        let pair = Work {
            items: 2,
            bytes: 400,
        };
        for (calls, took) in [(1, 9_000), (10, 20_000), (10, 22_000), (10, 90_000)] {
            table.note("slow", Work::items(2), calls, Duration::from_nanos(took));
        }
        table.note("fast", pair, 10, Duration::from_nanos(4_000));
        assert_eq!(table.ratio("slow", "fast"), Some(5.5));
        assert_eq!(table.ratio("slow", "faster"), None);
        let text = table.to_string();
        let cells = |line: &str| {
            line.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let lines: Vec<_> = text.lines().map(cells).collect();
        // The single call of the warm-up does not count; the median of the others is 1,100 ns an item.
        assert_eq!(
            lines[3],
            ["slow", "1.1", "us", "1.0", "us", "909091/s", "1.00"]
        );
        assert_eq!(
            lines[4],
            ["fast", "200.0", "ns", "200.0", "ns", "1.00", "GB/s", "5.50"]
        );
    }
}
