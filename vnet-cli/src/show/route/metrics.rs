//! The metrics of a route.

use crate::out::Out;
use netlink_raw::route::route::{Metric, Metrics};
use netlink_raw::schema::route::RTAX_CC_ALGO;

/// Explicit congestion notification, RTAX_FEATURE_ECN of linux/rtnetlink.h.
pub(crate) const FEATURE_ECN: u32 = 1;

pub(super) fn print(out: &mut Out, metrics: &Metrics<'_>) {
    out.open_array("metrics");
    out.open_object();
    for metric in Metric::ALL {
        // Between two others by its number.
        if metric == Metric::FastOpenNoCookie {
            congctl(out, metrics);
        }
        let locked = metrics.is_locked(metric);
        let value = match (metrics.get(metric), locked) {
            (Some(value), _) => value,
            (None, true) => 0,
            (None, false) => continue,
        };
        // A hop limit that is not set.
        if metric == Metric::HopLimit && value == u32::MAX {
            continue;
        }
        let name = metric_name(metric);
        out.text((name, " "));
        if locked {
            out.text("lock ");
        }
        match metric {
            Metric::Features => features(out, value),
            Metric::Rtt => time(out, name, value / 8),
            Metric::RttVar => time(out, name, value / 4),
            Metric::RtoMin => time(out, name, value),
            _ => out.field(name, value, (value, " ")),
        }
    }
    out.close_object();
    out.close_array();
}

fn congctl(out: &mut Out, metrics: &Metrics<'_>) {
    let Some(name) = metrics.congctl else { return };
    out.text("congctl ");
    if metrics.locks() & (1 << RTAX_CC_ALGO) != 0 {
        out.text("lock ");
    }
    out.field("congestion", name, (name, " "));
}

fn features(out: &mut Out, features: u32) {
    if features & FEATURE_ECN != 0 {
        out.field("ecn", crate::out::Val::Null, "ecn ");
    }
    // The rest with the known ones among them, as iproute2 has it.
    if features & !FEATURE_ECN != 0 {
        let value = format_args!("{features:#x}");
        out.field("features", value, (value, " "));
    }
}

/// Milliseconds; from a second on in seconds, with six significant digits as C's `%g`.
fn time(out: &mut Out, key: &str, ms: u32) {
    let text = match ms {
        1000.. => format!("{}s ", general(f64::from(ms) / 1000.0)),
        _ => format!("{ms}ms "),
    };
    out.field(key, ms, text);
}

/// C's `%g` of a number from 1 to 4294967.295.
fn general(value: f64) -> String {
    let scientific = format!("{value:.5e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: usize = exponent.parse().unwrap_or(0);
    let trim = |text: String| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    };
    match exponent {
        0..=5 => trim(format!("{value:.*}", 5 - exponent)),
        _ => format!("{}e+{exponent:02}", trim(digits.to_owned())),
    }
}

/// A metric's keyword.
pub(crate) fn metric_name(metric: Metric) -> &'static str {
    match metric {
        Metric::Mtu => "mtu",
        Metric::Window => "window",
        Metric::Rtt => "rtt",
        Metric::RttVar => "rttvar",
        Metric::SsThresh => "ssthresh",
        Metric::Cwnd => "cwnd",
        Metric::AdvMss => "advmss",
        Metric::Reordering => "reordering",
        Metric::HopLimit => "hoplimit",
        Metric::InitCwnd => "initcwnd",
        Metric::Features => "features",
        Metric::RtoMin => "rto_min",
        Metric::InitRwnd => "initrwnd",
        Metric::QuickAck => "quickack",
        Metric::FastOpenNoCookie => "fastopen_no_cookie",
    }
}
