//! Times over the run in a bounded number of slots: as the run grows, the slots get wider.

/// Slots of a series.
const SLOTS: usize = 512;

/// Width of a slot at the start, in nanoseconds: a power of two, as all later widths.
const NARROWEST: u64 = 1 << 16;

/// The samples that began within one slot of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// Objects; 0 when nothing began in it.
    pub(super) count: u64,
    /// Of their times, in nanoseconds.
    pub(super) sum: u64,
    /// The shortest of them.
    pub(super) min: u64,
    /// The longest of them.
    pub(super) max: u64,
}

impl Slot {
    const EMPTY: Slot = Slot {
        count: 0,
        sum: 0,
        min: u64::MAX,
        max: 0,
    };

    fn add(&mut self, other: Slot) {
        self.count = self.count.saturating_add(other.count);
        self.sum = self.sum.saturating_add(other.sum);
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }

    /// The mean time; 0 when it is empty.
    pub(super) fn mean(&self) -> u64 {
        self.sum.checked_div(self.count).unwrap_or(0)
    }
}

/// Slots of one width from the start of the run on. Widths are powers of two times one another, so
/// that series merge without a loss, in any order.
#[derive(Clone, Debug)]
pub(super) struct Series {
    width: u64,
    slots: Vec<Slot>,
}

impl Default for Series {
    fn default() -> Self {
        Self {
            width: NARROWEST,
            slots: Vec::new(),
        }
    }
}

impl Series {
    /// Adds `count` objects that began `at` and took `each`, in nanoseconds.
    pub(super) fn push(&mut self, at: u64, each: u64, count: u64) {
        let sum = each.saturating_mul(count);
        self.add(
            at,
            Slot {
                count,
                sum,
                min: each,
                max: each,
            },
        );
    }

    fn add(&mut self, at: u64, what: Slot) {
        while at / self.width >= SLOTS as u64 {
            self.widen();
        }
        let i = (at / self.width) as usize;
        if self.slots.len() <= i {
            self.slots.resize(i + 1, Slot::EMPTY);
        }
        if let Some(slot) = self.slots.get_mut(i) {
            slot.add(what);
        }
    }

    fn widen(&mut self) {
        self.width = self.width.saturating_mul(2);
        let half = self.slots.len().div_ceil(2);
        for i in 0..half {
            let mut both = Slot::EMPTY;
            for slot in self.slots.iter().skip(2 * i).take(2) {
                both.add(*slot);
            }
            if let Some(slot) = self.slots.get_mut(i) {
                *slot = both;
            }
        }
        self.slots.truncate(half);
    }

    /// Takes in the samples of another series on the same clock.
    pub(super) fn merge(&mut self, other: &Series) {
        while self.width < other.width {
            self.widen();
        }
        for (at, slot) in other.slots() {
            self.add(at, slot);
        }
    }

    /// The slots that have samples, each with its start in nanoseconds.
    pub(super) fn slots(&self) -> impl Iterator<Item = (u64, Slot)> {
        let starts = (0..).map(|i: u64| i.saturating_mul(self.width));
        starts
            .zip(self.slots.iter().copied())
            .filter(|(_, slot)| slot.count > 0)
    }

    /// The same in slots no narrower than `least` nanoseconds.
    pub(super) fn at_least(&self, least: u64) -> Series {
        let mut coarse = self.clone();
        while coarse.width < least {
            coarse.widen();
        }
        coarse
    }

    /// The width of a slot in nanoseconds.
    pub(super) fn width(&self) -> u64 {
        self.width
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_fit_and_nothing_is_lost() {
        let mut series = Series::default();
        let second = 1_000_000_000;
        for s in 0..100_000 {
            series.push(s * second, s, 1);
        }
        assert!(series.slots.len() <= SLOTS);
        let (count, max) = series
            .slots()
            .fold((0, 0), |(n, max), (_, s)| (n + s.count, max.max(s.max)));
        assert_eq!((count, max), (100_000, 99_999));
        // A slot's samples are those of its time.
        let mut last = None;
        for (at, slot) in series.slots() {
            assert!(slot.min * second >= at && slot.max * second < at + series.width());
            assert!(slot.min <= slot.mean() && slot.mean() <= slot.max);
            assert!(last < Some(at));
            last = Some(at);
        }
        series.push(u64::MAX, 1, 1);
        assert!(series.slots.len() <= SLOTS);
    }

    #[test]
    fn merging_is_adding_in_any_order() {
        let times = [0, 70_000, 1 << 20, 1 << 30, 3 << 33];
        let mut whole = Series::default();
        let (mut a, mut b) = (Series::default(), Series::default());
        for (i, at) in times.into_iter().enumerate() {
            whole.push(at, at, 2);
            if i % 2 == 0 { &mut a } else { &mut b }.push(at, at, 2);
        }
        let (mut ab, mut ba) = (a.clone(), b.clone());
        ab.merge(&b);
        ba.merge(&a);
        let all = |s: &Series| s.slots().collect::<Vec<_>>();
        assert_eq!(all(&ab), all(&whole));
        assert_eq!(all(&ba), all(&whole));
        assert_eq!(all(&whole.at_least(1 << 40)).len(), 1);
    }
}
