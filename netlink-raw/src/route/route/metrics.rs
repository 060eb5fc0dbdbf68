//! The metrics of a route's path (`RTA_METRICS`): what TCP and the IP layer take from the route.

use crate::decode::{Attr, Malformed};
use crate::encode::AttrWriter;
use crate::schema::route::*;

/// One metric (`RTAX_*`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Metric {
    /// MTU of the path, bytes.
    Mtu = RTAX_MTU,
    /// Largest window to advertise, bytes.
    Window = RTAX_WINDOW,
    /// First estimate of the round-trip time, eighths of a millisecond.
    Rtt = RTAX_RTT,
    /// First estimate of its variance, quarters of a millisecond.
    RttVar = RTAX_RTTVAR,
    /// First slow start threshold, segments.
    SsThresh = RTAX_SSTHRESH,
    /// Limit of the congestion window, segments.
    Cwnd = RTAX_CWND,
    /// Segment size to advertise, bytes.
    AdvMss = RTAX_ADVMSS,
    /// Reordering that is no loss, segments.
    Reordering = RTAX_REORDERING,
    /// Hop limit.
    HopLimit = RTAX_HOPLIMIT,
    /// First congestion window, segments.
    InitCwnd = RTAX_INITCWND,
    /// Features, `RTAX_FEATURE_*`.
    Features = RTAX_FEATURES,
    /// Least retransmission timeout, milliseconds.
    RtoMin = RTAX_RTO_MIN,
    /// First window to advertise, segments.
    InitRwnd = RTAX_INITRWND,
    /// Whether to acknowledge at once.
    QuickAck = RTAX_QUICKACK,
    /// Whether TCP fast open goes without a cookie.
    FastOpenNoCookie = RTAX_FASTOPEN_NO_COOKIE,
}

impl Metric {
    /// Each of them, in the order of their numbers.
    pub const ALL: [Self; 15] = [
        Self::Mtu,
        Self::Window,
        Self::Rtt,
        Self::RttVar,
        Self::SsThresh,
        Self::Cwnd,
        Self::AdvMss,
        Self::Reordering,
        Self::HopLimit,
        Self::InitCwnd,
        Self::Features,
        Self::RtoMin,
        Self::InitRwnd,
        Self::QuickAck,
        Self::FastOpenNoCookie,
    ];

    /// Its number, `RTAX_*`.
    #[must_use]
    pub const fn number(self) -> u16 {
        self as u16
    }
}

const COUNT: usize = RTAX_FASTOPEN_NO_COOKIE as usize + 1;

/// The metrics of a route, each in the unit that its [`Metric`] says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Metrics<'a> {
    values: [Option<u32>; COUNT],
    lock: Option<u32>,
    /// Congestion control algorithm.
    pub congctl: Option<&'a [u8]>,
}

impl<'a> Metrics<'a> {
    /// The value of one.
    #[must_use]
    pub fn get(&self, metric: Metric) -> Option<u32> {
        self.values.get(usize::from(metric.number())).copied()?
    }

    /// Sets one.
    pub fn set(&mut self, metric: Metric, value: u32) {
        if let Some(slot) = self.values.get_mut(usize::from(metric.number())) {
            *slot = Some(value);
        }
    }

    /// Keeps the kernel from changing one (of the MTU: from path MTU discovery).
    pub fn lock(&mut self, metric: Metric) {
        *self.lock.get_or_insert(0) |= 1 << metric.number();
    }

    /// Locks the congestion control algorithm.
    pub fn lock_congctl(&mut self) {
        *self.lock.get_or_insert(0) |= 1 << RTAX_CC_ALGO;
    }

    /// Whether the kernel may not change it.
    #[must_use]
    pub fn is_locked(&self, metric: Metric) -> bool {
        self.locks() & (1 << metric.number()) != 0
    }

    /// Every lock: bit `1 << RTAX_*` each.
    #[must_use]
    pub fn locks(&self) -> u32 {
        self.lock.unwrap_or(0)
    }

    /// Whether none is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Reads an `RTA_METRICS`. Numbers that are not known here are left to
    /// [`Route::attributes`](super::Route::attributes).
    pub(super) fn read(attr: Attr<'a>, bad: &mut Malformed) -> Self {
        let mut metrics = Self::default();
        for inner in attr.nested() {
            let Some(inner) = bad.note(inner) else {
                continue;
            };
            match inner.kind {
                RTAX_LOCK => metrics.lock = bad.note(inner.read()),
                RTAX_CC_ALGO => metrics.congctl = Some(inner.c_str()),
                number if number > RTAX_LOCK => {
                    if let Some(slot) = metrics.values.get_mut(usize::from(number)) {
                        *slot = bad.note(inner.read());
                    }
                }
                _ => {}
            }
        }
        metrics
    }

    pub(super) fn encode(&self, w: &mut AttrWriter<'_>) {
        if self.is_empty() {
            return;
        }
        w.nest(RTA_METRICS, |w| {
            w.put_opt(RTAX_LOCK, self.lock);
            for metric in Metric::ALL {
                w.put_opt(metric.number(), self.get(metric));
            }
            w.str_opt(RTAX_CC_ALGO, self.congctl);
        });
    }
}
