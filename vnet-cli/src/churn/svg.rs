//! Latency over the run and the histogram of it, in one SVG that needs nothing else.

use super::measure::{Phase, PhaseTotal};
use super::scale::{Linear, Log};
use super::text::{put, setting};
use super::{Report, VERSION, units};

/// The whole drawing, in pixels.
const WIDTH: f64 = 1120.0;
const HEIGHT: f64 = 810.0;

/// The edges that both plots share.
const LEFT: f64 = 90.0;
const RIGHT: f64 = 850.0;

/// Where the legend starts.
const LEGEND: f64 = RIGHT + 24.0;

/// Slots of time that are drawn, at most: one each two pixels.
const SLOTS: u64 = 380;

/// Bins of the histogram to a power of ten.
const BINS: f64 = 20.0;

/// Characters of the options that fit in a line.
const LINE: usize = 150;

/// The colours of the phases, which also people tell apart who see fewer: Okabe and Ito's, grey for yellow.
const COLORS: [&str; Phase::ALL.len()] = [
    "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#666666", "#cc79a7",
];

fn color(phase: Phase) -> &'static str {
    COLORS.get(phase as usize).copied().unwrap_or("#000")
}

/// The edges of a plot: top and bottom.
#[derive(Clone, Copy)]
struct Plot {
    top: f64,
    bottom: f64,
}

const OVER_TIME: Plot = Plot {
    top: 110.0,
    bottom: 400.0,
};
const HISTOGRAM: Plot = Plot {
    top: 490.0,
    bottom: 740.0,
};

/// The whole file.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut to = String::with_capacity(32 * 1024);
    put(
        &mut to,
        format_args!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">\n\
         <title>vnet churn: latency over the run and its histogram</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n"
        ),
    );
    let options: Vec<String> = report.options.iter().map(|(k, v)| setting(k, v)).collect();
    let machine = &report.machine;
    let number = |n: Option<u32>| n.map_or("unknown".to_owned(), |n| n.to_string());
    let place = format!(
        "vnet {VERSION}; kernel {}; {} cores",
        machine.kernel.as_deref().unwrap_or("unknown"),
        number(machine.cores_online),
    );
    label(
        &mut to,
        LEFT,
        30.0,
        "font-size=\"18\" font-weight=\"bold\"",
        "vnet churn: what the kernel took for each object",
    );
    label(&mut to, LEFT, 50.0, "", &cut(&options.join("  ")));
    label(&mut to, LEFT, 67.0, "fill=\"#666\"", &cut(&place));

    let measured: Vec<(Phase, &PhaseTotal)> = report
        .measurements
        .iter()
        .filter(|(_, t)| t.samples.count() > 0)
        .collect();
    let shortest = measured.iter().filter_map(|(_, t)| t.samples.min()).min();
    let longest = measured.iter().filter_map(|(_, t)| t.samples.max()).max();
    match (shortest, longest) {
        (Some(shortest), Some(longest)) => {
            over_time(&mut to, &measured, shortest, longest);
            histogram(&mut to, &measured, shortest, longest);
            legend(&mut to, &measured);
        }
        _ => label(&mut to, LEFT, OVER_TIME.top, "", "Nothing was measured."),
    }
    to.push_str("</svg>\n");
    to
}

fn over_time(to: &mut String, phases: &[(Phase, &PhaseTotal)], shortest: u64, longest: u64) {
    let Plot { top, bottom } = OVER_TIME;
    let end = phases
        .iter()
        .filter_map(|(_, t)| {
            t.samples
                .series()
                .slots()
                .last()
                .map(|(at, s)| at.saturating_add(s.mean()))
        })
        .max()
        .unwrap_or(0);
    // So that what began last does not stand on the frame.
    let end = end.saturating_add(end / 50);
    let time = Linear::new(end, LEFT, RIGHT);
    let latency = Log::new(shortest, longest, bottom, top);
    frame(
        to,
        OVER_TIME,
        "Latency over the run",
        "time since the start of the run (s)",
        "time an object took (log scale)",
    );
    for (at, text) in time.ticks() {
        tick_x(to, OVER_TIME, at, &text, true);
    }
    ticks_y(to, &latency, units::tick);
    for (phase, total) in phases {
        let series = total.samples.series().at_least(end / SLOTS);
        let (mut bars, mut dots) = (String::new(), String::new());
        for (start, slot) in series.slots() {
            let x = time.place(start.saturating_add(series.width() / 2).min(end));
            if slot.max > slot.min {
                let (low, high) = (latency.place(slot.min), latency.place(slot.max));
                put(&mut bars, format_args!("M{x:.1} {low:.1}V{high:.1}"));
            }
            put(
                &mut dots,
                format_args!("M{x:.1} {:.1}h0", latency.place(slot.mean())),
            );
        }
        let (color, name) = (color(*phase), phase.name());
        put(
            to,
            format_args!(
                "<g stroke=\"{color}\" fill=\"none\"><title>{name}</title>\n\
             <path stroke-opacity=\".4\" d=\"{bars}\"/>\n\
             <path stroke-width=\"4\" stroke-linecap=\"round\" d=\"{dots}\"/>\n</g>\n"
            ),
        );
    }
}

fn histogram(to: &mut String, phases: &[(Phase, &PhaseTotal)], shortest: u64, longest: u64) {
    let Plot { top, bottom } = HISTOGRAM;
    let latency = Log::new(shortest, longest, LEFT, RIGHT);
    // Times are spread evenly over bins; each phase has its counts by bin, the empty ones left out.
    let counted: Vec<Vec<(i64, u64)>> = phases.iter().map(|(_, total)| bins(total)).collect();
    let most = counted.iter().flatten().map(|(_, n)| *n).max().unwrap_or(1);
    // From one object on; the base line is half of one.
    let objects = Log::new(1, most, bottom - 12.0, top);
    frame(
        to,
        HISTOGRAM,
        "Histogram",
        "time an object took (log scale)",
        "objects a bin (log scale)",
    );
    for (value, main) in latency.ticks() {
        let text = if main {
            units::tick(value)
        } else {
            String::new()
        };
        tick_x(to, HISTOGRAM, latency.place(value), &text, main);
    }
    ticks_y(to, &objects, units::thousands);
    let edge = |bin: i64| latency.place_of(bin as f64 / BINS).clamp(LEFT, RIGHT);
    for ((phase, _), bins) in phases.iter().zip(&counted) {
        let mut path = String::new();
        let mut last = None;
        for &(bin, count) in bins {
            if last != Some(bin) {
                if last.is_some() {
                    put(&mut path, format_args!("V{bottom}"));
                }
                put(&mut path, format_args!("M{:.1} {bottom}", edge(bin)));
            }
            put(
                &mut path,
                format_args!("V{:.1}H{:.1}", objects.place(count), edge(bin + 1)),
            );
            last = Some(bin + 1);
        }
        let (color, name) = (color(*phase), phase.name());
        put(
            to,
            format_args!(
                "<path stroke=\"{color}\" stroke-width=\"1.5\" fill=\"{color}\" fill-opacity=\".15\" \
             d=\"{path}V{bottom}\"><title>{name}</title></path>\n"
            ),
        );
    }
}

/// The objects in each bin of times that has any, in order.
fn bins(total: &PhaseTotal) -> Vec<(i64, u64)> {
    let mut bins: Vec<(i64, u64)> = Vec::new();
    for cell in total.samples.histogram().iter_all() {
        let count = cell.count_at_value();
        if count > 0 {
            let bin = (super::scale::log10(cell.value_iterated_to()) * BINS).floor() as i64;
            match bins.last_mut() {
                Some(last) if last.0 == bin => last.1 = last.1.saturating_add(count),
                _ => bins.push((bin, count)),
            }
        }
    }
    bins
}

fn legend(to: &mut String, phases: &[(Phase, &PhaseTotal)]) {
    let mut y = OVER_TIME.top + 6.0;
    for (phase, total) in phases {
        let samples = &total.samples;
        let time = |ns: Option<u64>| ns.map_or(String::new(), units::nanoseconds);
        put(
            to,
            format_args!(
                "<rect x=\"{LEGEND}\" y=\"{:.1}\" width=\"12\" height=\"12\" fill=\"{}\"/>\n",
                y - 10.0,
                color(*phase)
            ),
        );
        let name = format!("{} ({})", phase.name(), units::thousands(samples.count()));
        label(to, LEGEND + 18.0, y, "font-weight=\"bold\"", &name);
        let middle = format!("half within {}", time(samples.quantile(0.5)));
        let tail = format!(
            "99% {}, all {}",
            time(samples.quantile(0.99)),
            time(samples.max())
        );
        label(to, LEGEND + 18.0, y + 15.0, "fill=\"#666\"", &middle);
        label(to, LEGEND + 18.0, y + 30.0, "fill=\"#666\"", &tail);
        y += 52.0;
    }
    label(
        to,
        LEGEND,
        y + 4.0,
        "fill=\"#666\"",
        "dot: mean of what began then",
    );
    label(
        to,
        LEGEND,
        y + 20.0,
        "fill=\"#666\"",
        "bar: from shortest to longest",
    );
}

fn frame(to: &mut String, plot: Plot, title: &str, below: &str, beside: &str) {
    let Plot { top, bottom } = plot;
    let middle = (LEFT + RIGHT) / 2.0;
    label(
        to,
        LEFT,
        top - 12.0,
        "font-size=\"14\" font-weight=\"bold\"",
        title,
    );
    label(to, middle, bottom + 38.0, "text-anchor=\"middle\"", below);
    let turned = format!(
        "text-anchor=\"middle\" transform=\"rotate(-90 22 {0})\"",
        (top + bottom) / 2.0
    );
    label(to, 22.0, (top + bottom) / 2.0, &turned, beside);
    put(
        to,
        format_args!(
            "<rect x=\"{LEFT}\" y=\"{top}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#888\"/>\n",
            RIGHT - LEFT,
            bottom - top
        ),
    );
}

fn tick_x(to: &mut String, plot: Plot, x: f64, text: &str, main: bool) {
    let Plot { top, bottom } = plot;
    let stroke = if main { "#ccc" } else { "#eee" };
    put(
        to,
        format_args!("<path d=\"M{x:.1} {top}V{bottom}\" stroke=\"{stroke}\"/>\n"),
    );
    if !text.is_empty() {
        label(to, x, bottom + 18.0, "text-anchor=\"middle\"", text);
    }
}

fn ticks_y(to: &mut String, scale: &Log, name: fn(u64) -> String) {
    for (value, main) in scale.ticks() {
        let y = scale.place(value);
        let stroke = if main { "#ccc" } else { "#eee" };
        put(
            to,
            format_args!("<path d=\"M{LEFT} {y:.1}H{RIGHT}\" stroke=\"{stroke}\"/>\n"),
        );
        if main {
            label(to, LEFT - 8.0, y + 4.0, "text-anchor=\"end\"", &name(value));
        }
    }
}

fn label(to: &mut String, x: f64, y: f64, how: &str, text: &str) {
    put(to, format_args!("<text x=\"{x:.1}\" y=\"{y:.1}\" {how}>"));
    escape(text, to);
    to.push_str("</text>\n");
}

/// As much as fits in a line.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// As XML has it; what no XML may hold becomes U+FFFD.
fn escape(text: &str, to: &mut String) {
    for c in text.chars() {
        match c {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => to.push('\u{fffd}'),
            c => to.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{example, nothing};
    use super::*;
    use std::io::Write;
    use std::process::{Command, Stdio};

    /// Elements are closed in the order in which they were opened, and all text is escaped; xmllint
    /// judges the rest where it is installed.
    fn check(svg: &str) {
        let mut open = Vec::new();
        for tag in svg.split('<').skip(1) {
            let (tag, text) = tag.split_once('>').unwrap();
            assert!(!text.contains('>'), "{text}");
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name)),
                None if tag.ends_with(['/', '?']) => {}
                None => open.push(tag.split([' ', '\n']).next().unwrap()),
            }
        }
        assert!(open.is_empty(), "{open:?}");
        for bad in ["NaN", "inf", "script", "href"] {
            assert!(!svg.contains(bad), "{bad}");
        }
        let lint = Command::new("xmllint")
            .args(["--noout", "-"])
            .stdin(Stdio::piped())
            .spawn();
        if let Ok(mut lint) = lint {
            lint.stdin
                .take()
                .unwrap()
                .write_all(svg.as_bytes())
                .unwrap();
            assert!(lint.wait().unwrap().success());
        }
    }

    #[test]
    fn every_phase_is_drawn_and_named() {
        let report = example();
        let svg = render(&report);
        check(&svg);
        for (phase, total) in report.measurements.iter() {
            let drawn = total.samples.count() > 0;
            let name = format!("<title>{}</title>", phase.name());
            assert_eq!(
                svg.matches(&name).count(),
                if drawn { 2 } else { 0 },
                "{name}"
            );
            assert_eq!(svg.contains(color(phase)), drawn);
        }
        assert!(svg.contains("prefix &lt;a&amp;b&gt;\""));
        for axis in ["(s)", "(log scale)", ">100 µs<", ">0.2<"] {
            assert!(svg.contains(axis), "{axis}");
        }
    }

    #[test]
    fn extremes_are_drawn_too() {
        check(&render(&nothing()));
        let mut report = nothing();
        let origin = report.measurements.origin();
        report.options.push((
            "prefix",
            super::super::Setting::Text("\0\u{1b}é".repeat(200)),
        ));
        report
            .measurements
            .push(Phase::Link, origin, std::time::Duration::ZERO, 1);
        check(&render(&report));
        report
            .measurements
            .push(Phase::Link, origin, std::time::Duration::MAX, u32::MAX);
        let late = origin + std::time::Duration::from_secs(1 << 33);
        report.measurements.push(
            Phase::Mount,
            late,
            std::time::Duration::from_secs(1 << 33),
            1,
        );
        check(&render(&report));
    }
}
