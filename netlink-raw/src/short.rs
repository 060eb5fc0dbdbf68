//! Short byte strings (names, addresses) copied and searched without a call and without a loop.

/// The first and the last `N` bytes, which overlap where there are fewer than `2 * N`, copied to the same
/// places; returned are the two. `None` where one side is shorter than `N`.
#[inline]
fn copy_ends<const N: usize>(to: &mut [u8], from: &[u8]) -> Option<([u8; N], [u8; N])> {
    let (first, last) = (*from.first_chunk()?, *from.last_chunk()?);
    *to.first_chunk_mut()? = first;
    *to.last_chunk_mut()? = last;
    Some((first, last))
}

/// Copies `from` to `to`, which is as long.
#[inline]
pub(crate) fn copy_short(to: &mut [u8], from: &[u8]) {
    match from.len() {
        8..=16 => drop(copy_ends::<8>(to, from)),
        4..8 => drop(copy_ends::<4>(to, from)),
        2..4 => drop(copy_ends::<2>(to, from)),
        _ => to.copy_from_slice(from),
    }
}

/// Copies `from` to `to`, which is as long. Returns whether it is text: whether there is no NUL in it.
#[inline]
pub(crate) fn copy_text(to: &mut [u8], from: &[u8]) -> bool {
    const LOW: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    // Taking 1 from every byte sets a top bit that was clear only where there was a 0 to borrow for.
    let nul_in = |word: u64| word.wrapping_sub(LOW) & !word & HIGH;
    match from.len() {
        8..=16 => copy_ends(to, from).is_some_and(|(first, last)| {
            nul_in(u64::from_ne_bytes(first)) | nul_in(u64::from_ne_bytes(last)) == 0
        }),
        4..8 => copy_ends(to, from).is_some_and(|(first, last)| {
            let first = u64::from(u32::from_ne_bytes(first));
            nul_in(first | u64::from(u32::from_ne_bytes(last)) << 32) == 0
        }),
        _ => {
            to.copy_from_slice(from);
            !from.contains(&0)
        }
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
            prop_assert_eq!(&to, &from);
            let mut text = vec![0xaa; from.len()];
            prop_assert_eq!(copy_text(&mut text, &from), !from.contains(&0));
            prop_assert_eq!(text, from);
        }
    }

    fn is_text(text: &[u8]) -> bool {
        copy_text(&mut vec![0xaa; text.len()], text)
    }

    #[test]
    fn every_place_of_every_length() {
        for fill in [0x01, 0x7f, 0x80, 0x81, 0xff] {
            for len in 0..24 {
                let mut text = vec![fill; len];
                assert!(is_text(&text), "{text:x?}");
                for place in 0..len {
                    text[place] = 0;
                    assert!(!is_text(&text), "{text:x?}");
                    text[place] = fill;
                }
            }
        }
    }
}
