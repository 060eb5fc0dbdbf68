//! The words for the metrics of a route's path.

use super::values;
use crate::args::{Args, Word};
use crate::error::Result;
use crate::show::route::{FEATURE_ECN, metric_name};
use netlink_raw::route::route::{Metric, Metrics};

/// Takes the value behind a metric's keyword, and gives back its word.
pub(super) fn take<'a>(
    metrics: &mut Metrics<'a>,
    metric: Metric,
    keyword: &Word<'a>,
    args: &mut Args<'a>,
) -> Result<Word<'a>> {
    let mut word = args.value_of(keyword)?;
    if has_lock(metric) && word.is("lock") {
        metrics.lock(metric);
        word = args.value_of(keyword)?;
    }
    // iproute2 calls this one by another name.
    let name = match metric {
        Metric::AdvMss => "mss",
        other => metric_name(other),
    };
    let message = format!("\"{name}\" value is invalid");
    let value = match metric {
        Metric::Rtt | Metric::RttVar | Metric::RtoMin => {
            let (value, raw) = values::rtt(&word)
                .ok_or_else(|| word.wrong_because("a time is a number with s or ms", &message))?;
            match metric {
                Metric::Rtt if !raw => value.saturating_mul(8),
                Metric::RttVar if !raw => value.saturating_mul(4),
                _ => value,
            }
        }
        Metric::HopLimit => {
            let value = word.u32(&message)?;
            if value > 255 {
                return Err(word.out_of_range(0, 255, &message));
            }
            value
        }
        Metric::Features => match word.is("ecn") {
            true => FEATURE_ECN,
            false => return Err(word.wrong("\"features\" value not valid")),
        },
        Metric::QuickAck | Metric::FastOpenNoCookie => {
            let value = word.u32(&message)?;
            if value > 1 {
                return Err(word.wrong(&format!("\"{name}\" value should be 0 or 1")));
            }
            value
        }
        _ => word.u32(&message)?,
    };
    if metric == Metric::RtoMin {
        // iproute2 locks it always.
        metrics.lock(metric);
    }
    metrics.set(metric, value);
    Ok(word)
}

/// Takes the name of a congestion control algorithm.
pub(super) fn take_congctl<'a>(
    metrics: &mut Metrics<'a>,
    keyword: &Word<'a>,
    args: &mut Args<'a>,
) -> Result<Word<'a>> {
    let mut word = args.value_of(keyword)?;
    if word.is("lock") {
        metrics.lock_congctl();
        word = args.value_of(keyword)?;
    }
    metrics.congctl = Some(word.bytes());
    Ok(word)
}

/// Whether `lock` may stand before the value.
fn has_lock(metric: Metric) -> bool {
    !matches!(
        metric,
        Metric::RtoMin | Metric::Features | Metric::QuickAck | Metric::FastOpenNoCookie
    )
}
