//! Short byte strings (names, addresses) copied and searched without a call and without a loop.

/// Copies `from` to `to`, which is as long. Names and addresses are short: two words that may overlap
/// spare them the call of memcpy.
#[inline]
pub(crate) fn copy_short(to: &mut [u8], from: &[u8]) {
    fn ends<const N: usize>(to: &mut [u8], from: &[u8]) -> Option<()> {
        let (first, last) = (from.first_chunk::<N>()?, from.last_chunk::<N>()?);
        *to.first_chunk_mut::<N>()? = *first;
        *to.last_chunk_mut::<N>()? = *last;
        Some(())
    }
    let _ = match from.len() {
        8..=16 => ends::<8>(to, from),
        4..8 => ends::<4>(to, from),
        2..4 => ends::<2>(to, from),
        1 => ends::<1>(to, from),
        _ => {
            to.copy_from_slice(from);
            Some(())
        }
    };
}

/// Whether there is a NUL in `text`; as [`copy_short`], without a loop where it is short.
#[inline]
pub(crate) fn has_nul(text: &[u8]) -> bool {
    const LOW: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    // Taking 1 from every byte sets a top bit that was clear only where there was a 0 to borrow for.
    let in_word = |w: u64| w.wrapping_sub(LOW) & !w & HIGH != 0;
    let in_half = |h: [u8; 4]| in_word(u64::from(u32::from_ne_bytes(h)) | !0 << 32);
    match text.len() {
        8..=16 => {
            let (Some(a), Some(b)) = (text.first_chunk(), text.last_chunk()) else {
                return true;
            };
            in_word(u64::from_ne_bytes(*a)) || in_word(u64::from_ne_bytes(*b))
        }
        4..8 => {
            let (Some(a), Some(b)) = (text.first_chunk(), text.last_chunk()) else {
                return true;
            };
            in_half(*a) || in_half(*b)
        }
        _ => text.contains(&0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_copy_is_the_same(from in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut to = vec![0xaa; from.len()];
            copy_short(&mut to, &from);
            prop_assert_eq!(to, from);
        }

        #[test]
        fn a_nul_is_found_wherever_it_is(text in prop::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(has_nul(&text), text.contains(&0));
        }
    }

    #[test]
    fn every_place_of_every_length() {
        for fill in [0x01, 0x7f, 0x80, 0x81, 0xff] {
            for len in 0..24 {
                let mut text = vec![fill; len];
                assert!(!has_nul(&text), "{text:x?}");
                for place in 0..len {
                    text[place] = 0;
                    assert!(has_nul(&text), "{text:x?}");
                    text[place] = fill;
                }
            }
        }
    }
}
