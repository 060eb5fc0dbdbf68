//! The order of names in a list: `eth9` before `eth10`, and an alias behind its device.

use std::cmp::Ordering;

/// Compares two names: by what stands before their numbers, by the numbers, by those of the aliases.
pub(super) fn compare(a: &[u8], b: &[u8]) -> Ordering {
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}

/// `v1:2` is `v`, 1 and 2. An alias that is no number belongs to the name.
fn key(name: &[u8]) -> (&[u8], u64, u64) {
    let (device, alias) = match number(name) {
        (device @ [.., b':'], Some(alias)) => (device.split_last().map_or(device, |d| d.1), alias),
        _ => (name, 0),
    };
    let (base, number) = number(device);
    (base, number.unwrap_or(0), alias)
}

/// The digits at the end, and what stands before them.
fn number(name: &[u8]) -> (&[u8], Option<u64>) {
    let digits = name.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let (base, digits) = name.split_at(name.len() - digits);
    let value = digits.iter().fold(None, |value: Option<u64>, digit| {
        let tens = value.unwrap_or(0).saturating_mul(10);
        Some(tens.saturating_add(u64::from(digit - b'0')))
    });
    (base, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_net_tools_sorts_them() {
        let want = [
            "a1", "a2", "a2:3", "a2:10", "a10", "a10:y", "a1:zz", "a2:x", "b", "b:2", "eth9",
            "eth10", "lo", "x01", "x1", "x1y2", "x1y10",
        ];
        let mut names = want.map(str::as_bytes);
        names.reverse();
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, want.map(str::as_bytes));
    }

    #[test]
    fn any_name_has_a_place() {
        for name in ["", ":", "1", ":1", "99999999999999999999999", "a:", "a::1"] {
            assert_eq!(compare(name.as_bytes(), name.as_bytes()), Ordering::Equal);
        }
    }
}
