//! The counters of a link: `-s`, and twice for the errors.

use crate::options::Options;
use crate::out::{Out, Text};
use netlink_raw::route::link::Link;
use netlink_raw::wire::LinkStats64;

/// The counters of a link with their last line's end (a backslash with `-o`), as `ip addr` shows them behind the addresses.
pub fn stats(out: &mut Out, options: &Options, link: &Link<'_>) {
    counters(out, options, link);
    out.sl();
}

/// Columns of the text, and how wide each is where its numbers are not wider.
const WIDTHS: [usize; 8] = [10, 7, 6, 7, 7, 7, 10, 9];

/// A line of counters.
struct Row {
    head: &'static str,
    /// The counter in the first column, beside the row's name.
    first: Option<Cell>,
    /// Those in the columns behind it.
    cells: Vec<Cell>,
    /// The column that the first of these makes wider when it has to: in one row iproute2 misses by one.
    widens: usize,
}

struct Cell {
    key: &'static str,
    title: &'static str,
    /// None is not shown.
    value: Option<u64>,
    /// What its heading leaves when it is not shown: its width in blanks, or nothing.
    gap: bool,
}

/// A counter that is always shown.
const fn cell(key: &'static str, title: &'static str, value: u64) -> Cell {
    Cell {
        key,
        title,
        value: Some(value),
        gap: true,
    }
}

/// A counter that is not shown when it is 0.
fn unless_0(key: &'static str, title: &'static str, value: u64, gap: bool) -> Cell {
    Cell {
        value: Some(value).filter(|value| *value != 0),
        gap,
        ..cell(key, title, value)
    }
}

/// Without the end of the last line.
pub(super) fn counters(out: &mut Out, options: &Options, link: &Link<'_>) {
    let Some(stats) = &link.stats else { return };
    let errors = options.stats > 1;
    match out.is_json() {
        true => json(out, link, stats, errors),
        false => text(out, options, link, stats, errors),
    }
}

fn rows(link: &Link<'_>, s: &LinkStats64, errors: bool) -> [Option<Row>; 4] {
    let rx = Row {
        head: "RX:",
        widens: 1,
        first: Some(cell("bytes", "bytes", s.rx_bytes)),
        cells: vec![
            cell("packets", "packets", s.rx_packets),
            cell("errors", "errors", s.rx_errors),
            cell("dropped", "dropped", s.rx_dropped),
            cell("missed_errors", "missed", s.rx_missed_errors),
            cell("multicast", "mcast", s.multicast),
            unless_0("compressed", "compressed", s.rx_compressed, true),
        ],
    };
    let rx_errors = Row {
        head: "RX errors:",
        widens: 1,
        first: None,
        cells: vec![
            cell("length_errors", "length", s.rx_length_errors),
            cell("crc_errors", "crc", s.rx_crc_errors),
            cell("frame_errors", "frame", s.rx_frame_errors),
            cell("fifo_errors", "fifo", s.rx_fifo_errors),
            cell("over_errors", "overrun", s.rx_over_errors),
            unless_0("nohandler", "nohandler", s.rx_nohandler, false),
            unless_0("otherhost", "otherhost", s.rx_otherhost_dropped, false),
        ],
    };
    let tx = Row {
        head: "TX:",
        widens: 1,
        first: Some(cell("bytes", "bytes", s.tx_bytes)),
        cells: vec![
            cell("packets", "packets", s.tx_packets),
            cell("errors", "errors", s.tx_errors),
            cell("dropped", "dropped", s.tx_dropped),
            cell("carrier_errors", "carrier", s.tx_carrier_errors),
            cell("collisions", "collsns", s.collisions),
            unless_0("compressed", "compressed", s.tx_compressed, true),
        ],
    };
    let tx_errors = Row {
        head: "TX errors:",
        widens: 2,
        first: None,
        cells: vec![
            cell("aborted_errors", "aborted", s.tx_aborted_errors),
            cell("fifo_errors", "fifo", s.tx_fifo_errors),
            cell("window_errors", "window", s.tx_window_errors),
            cell("heartbeat_errors", "heartbt", s.tx_heartbeat_errors),
            Cell {
                value: link.carrier_changes.map(u64::from),
                ..cell("carrier_changes", "transns", 0)
            },
        ],
    };
    [
        Some(rx),
        errors.then_some(rx_errors),
        Some(tx),
        errors.then_some(tx_errors),
    ]
}

fn json(out: &mut Out, link: &Link<'_>, stats: &LinkStats64, errors: bool) {
    // Of the two that text shows as missed and, with the errors, as overrun, JSON has the overruns first.
    let swapped = LinkStats64 {
        rx_missed_errors: stats.rx_over_errors,
        rx_over_errors: stats.rx_missed_errors,
        ..*stats
    };
    let key = |cell: &Cell| match cell.key {
        "missed_errors" => "over_errors",
        "over_errors" => "missed_errors",
        key => key,
    };
    let [rx, rx_errors, tx, tx_errors] = rows(link, &swapped, errors);
    out.object_of("stats64", |out| {
        for (name, rows) in [("rx", [rx, rx_errors]), ("tx", [tx, tx_errors])] {
            out.object_of(name, |out| {
                for row in rows.into_iter().flatten() {
                    for cell in row.first.iter().chain(&row.cells) {
                        if let Some(value) = cell.value {
                            out.json(key(cell), value);
                        }
                    }
                }
            });
        }
    });
}

fn text(out: &mut Out, options: &Options, link: &Link<'_>, stats: &LinkStats64, errors: bool) {
    let rows = rows(link, stats, errors);
    let rows = || rows.iter().flatten();
    let mut widths = WIDTHS;
    // Numbers with a prefix are short.
    if !options.human {
        for row in rows() {
            let first = widths.iter_mut().zip(&row.first);
            first.for_each(|(width, cell)| widen(width, cell));
            let cells = widths.iter_mut().skip(row.widens).zip(&row.cells);
            cells.for_each(|(width, cell)| widen(width, cell));
        }
    }
    let [name, columns @ ..] = widths;
    for (i, row) in rows().enumerate() {
        if i > 0 {
            out.sl();
        }
        let title = row.first.as_ref().map_or("", |cell| cell.title);
        let width = name.saturating_sub(row.head.len());
        out.text(("    ", row.head, Right(width, title)));
        for (width, cell) in columns.into_iter().zip(&row.cells) {
            match cell.value {
                Some(_) => out.text((" ", Right(width, cell.title))),
                None if cell.gap => out.text((" ", Right(width, ""))),
                None => {}
            }
        }
        out.sl();
        match row.first.as_ref().and_then(|cell| cell.value) {
            Some(value) => {
                out.text("    ");
                number(out, options, name, value);
            }
            None => out.text(Right(name + 5, "")),
        }
        for (width, cell) in columns.into_iter().zip(&row.cells) {
            if let Some(value) = cell.value {
                number(out, options, width, value);
            }
        }
    }
}

fn widen(width: &mut usize, cell: &Cell) {
    *width = (*width).max(cell.value.map_or(0, digits));
}

/// Text in a column of at least so many bytes, with blanks before it.
struct Right<'a>(usize, &'a str);

impl Text for Right<'_> {
    fn put(&self, to: &mut Vec<u8>) {
        let blanks = self.0.saturating_sub(self.1.len());
        to.extend(std::iter::repeat_n(b' ', blanks));
        to.extend_from_slice(self.1.as_bytes());
    }
}

fn digits(value: u64) -> usize {
    value.checked_ilog10().map_or(1, |log| log as usize + 1)
}

/// A number in its column, and a blank.
pub(super) fn number(out: &mut Out, options: &Options, width: usize, value: u64) {
    match options.human {
        true => out.text((Right(width, &human(value, options.iec)), " ")),
        false => out.text(format_args!("{value:width$} ")),
    }
}

/// A number with three digits or so and a unit prefix: `4.10k`, `64.0ki`.
fn human(value: u64, iec: bool) -> String {
    let base: u64 = if iec { 1024 } else { 1000 };
    if value < base {
        return value.to_string();
    }
    let mut unit = base;
    let mut prefixes = "kMGTPE".chars();
    let mut prefix = prefixes.next().unwrap_or_default();
    while value / unit >= base {
        let Some(next) = prefixes.next() else { break };
        prefix = next;
        unit = unit.saturating_mul(base);
    }
    let precision = match value / unit {
        0..10 => 2,
        10..100 => 1,
        _ => 0,
    };
    let shown = value as f64 / unit as f64;
    let i = if iec { "i" } else { "" };
    format!("{shown:.precision$}{prefix}{i}")
}

#[cfg(test)]
mod tests {
    use super::human;

    #[test]
    fn human_numbers() {
        // Judged by `ip -s -h link`.
        for (value, si, iec) in [
            (999, "999", "999"),
            (1000, "1.00k", "1000"),
            (1024, "1.02k", "1.00ki"),
            (9999, "10.00k", "9.76ki"),
            (10239, "10.2k", "10.00ki"),
            (65536, "65.5k", "64.0ki"),
            (99999, "100.0k", "97.7ki"),
            (999_950, "1000k", "977ki"),
            (1_048_575, "1.05M", "1024ki"),
            (281_474_976_710_656, "281T", "256Ti"),
            (u64::MAX, "18.4E", "16.0Ei"),
        ] {
            assert_eq!(human(value, false), si);
            assert_eq!(human(value, true), iec);
        }
    }
}
