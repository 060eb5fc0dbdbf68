//! A sequence of bytes that chooses what a sample looks like: zeros when it runs out.

use netlink_raw::wire::{VlanFlags, VlanQosMapping, VxlanPortRange};
use std::net::IpAddr;

pub struct Seed<'a>(pub &'a [u8]);

impl Seed<'_> {
    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        let (now, rest) = self.0.split_at(N.min(self.0.len()));
        out[..now.len()].copy_from_slice(now);
        self.0 = rest;
        out
    }

    pub fn value<T: Sample>(&mut self) -> T {
        T::sample(self)
    }

    pub fn coin(&mut self) -> bool {
        self.value::<u8>() & 1 == 1
    }

    pub fn maybe<T: Sample>(&mut self) -> Option<T> {
        self.coin().then(|| self.value())
    }

    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::from(self.value::<u8>()) % all.len()]
    }

    pub fn list<T: Sample>(&mut self, most: u8) -> Vec<T> {
        let len = self.value::<u8>() % (most + 1);
        (0..len).map(|_| self.value()).collect()
    }

    /// Between one byte and `most`, none of them NUL.
    pub fn name(&mut self, most: u8) -> Vec<u8> {
        let len = self.value::<u8>() % most + 1;
        (0..len).map(|_| self.value::<u8>().max(1)).collect()
    }
}

/// A value made of a seed.
pub trait Sample {
    fn sample(seed: &mut Seed<'_>) -> Self;
}

macro_rules! integers {
    ($($ty:ty),*) => { $(
        impl Sample for $ty {
            fn sample(seed: &mut Seed<'_>) -> Self {
                Self::from_ne_bytes(seed.bytes())
            }
        }
    )* };
}
integers!(u8, u16, u32, u64, i32);

impl Sample for bool {
    fn sample(seed: &mut Seed<'_>) -> Self {
        seed.coin()
    }
}

impl<const N: usize> Sample for [u8; N] {
    fn sample(seed: &mut Seed<'_>) -> Self {
        seed.bytes()
    }
}

impl Sample for IpAddr {
    fn sample(seed: &mut Seed<'_>) -> Self {
        match seed.coin() {
            true => seed.bytes::<4>().into(),
            false => seed.bytes::<16>().into(),
        }
    }
}

impl Sample for VlanFlags {
    fn sample(seed: &mut Seed<'_>) -> Self {
        Self {
            flags: seed.value(),
            mask: seed.value(),
        }
    }
}

impl Sample for VlanQosMapping {
    fn sample(seed: &mut Seed<'_>) -> Self {
        Self {
            from: seed.value(),
            to: seed.value(),
        }
    }
}

impl Sample for VxlanPortRange {
    fn sample(seed: &mut Seed<'_>) -> Self {
        Self {
            low: seed.value(),
            high: seed.value(),
        }
    }
}
