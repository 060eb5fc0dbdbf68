//! Figures for people: three significant digits and the unit that suits them.

use std::time::Duration;

/// The powers of ten that a u64 holds.
fn power(exponent: u32) -> u64 {
    10u64.checked_pow(exponent).unwrap_or(u64::MAX)
}

/// Nanoseconds in ns, µs, ms or s. Whole seconds keep all their digits.
#[must_use]
pub fn nanoseconds(ns: u64) -> String {
    const UNITS: [&str; 4] = ["ns", "µs", "ms", "s"];
    if ns >= 999_500_000_000 {
        return format!("{} s", ns.saturating_add(500_000_000) / 1_000_000_000);
    }
    let dropped = ns.checked_ilog10().unwrap_or(0).saturating_sub(2);
    let scale = power(dropped);
    // Rounding may carry into the next unit, so it comes first.
    let rounded = ns.saturating_add(scale / 2) / scale * scale;
    let magnitude = rounded.checked_ilog10().unwrap_or(0);
    let unit = (magnitude / 3).min(3);
    let decimals = (2 - magnitude % 3) as usize;
    let one = power(3 * unit);
    let name = UNITS.get(unit as usize).copied().unwrap_or_default();
    if unit == 0 || decimals == 0 {
        return format!("{} {name}", rounded / one);
    }
    let fraction = rounded % one / power(3 * unit - decimals as u32);
    format!("{}.{fraction:0decimals$} {name}", rounded / one)
}

/// A round number of nanoseconds without the decimals that say nothing: `100 µs`, `2 s`.
#[must_use]
pub fn tick(ns: u64) -> String {
    let (n, unit) = match ns {
        0..1_000 => (ns, "ns"),
        1_000..1_000_000 => (ns / 1_000, "µs"),
        1_000_000..1_000_000_000 => (ns / 1_000_000, "ms"),
        _ => (ns / 1_000_000_000, "s"),
    };
    format!("{} {unit}", thousands(n))
}

/// As [`nanoseconds`].
#[must_use]
pub fn duration(d: Duration) -> String {
    nanoseconds(u64::try_from(d.as_nanos()).unwrap_or(u64::MAX))
}

/// A whole number with a comma between thousands.
#[must_use]
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number that is no time: three significant digits, or all before the point.
#[must_use]
pub fn number(x: f64) -> String {
    if !x.is_finite() {
        return "-".to_owned();
    }
    let size = x.abs();
    if size >= 99.95 {
        // A float goes to the nearest integer there is.
        let whole = thousands((size + 0.5) as u64);
        return if x < 0.0 { format!("-{whole}") } else { whole };
    }
    let decimals = match size {
        s if s >= 9.995 => 1,
        s if s >= 0.0995 || s == 0.0 => 2,
        _ => 4,
    };
    format!("{x:.decimals$}")
}

/// A share in per cent.
#[must_use]
pub fn percent(share: f64) -> String {
    match share.is_finite() {
        true => format!("{:.1}%", share * 100.0),
        false => "-".to_owned(),
    }
}

/// A number of bytes in B, KiB, MiB or GiB.
#[must_use]
pub fn bytes(n: u64) -> String {
    let (unit, shift) = match n {
        0..=0x3ff => return format!("{n} B"),
        0x400..=0xf_ffff => ("KiB", 10),
        0x10_0000..=0x3fff_ffff => ("MiB", 20),
        _ => ("GiB", 30),
    };
    format!("{} {unit}", number(n as f64 / (1u64 << shift) as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for (ns, text) in [
            (0, "0 ns"),
            (7, "7 ns"),
            (999, "999 ns"),
            (1000, "1.00 µs"),
            (1234, "1.23 µs"),
            (1235, "1.24 µs"),
            (99_949, "99.9 µs"),
            (99_950, "100 µs"),
            (999_499, "999 µs"),
            (999_500, "1.00 ms"),
            (16_040_000, "16.0 ms"),
            (999_999_999, "1.00 s"),
            (1_050_000_000, "1.05 s"),
            (61_000_000_000, "61.0 s"),
            (999_400_000_000, "999 s"),
            (999_500_000_000, "1000 s"),
            (4_321_600_000_000, "4322 s"),
        ] {
            assert_eq!(nanoseconds(ns), text, "{ns}");
        }
        assert_eq!(nanoseconds(u64::MAX), "18446744073 s");
        assert_eq!(duration(Duration::MAX), nanoseconds(u64::MAX));
    }

    #[test]
    fn ticks() {
        for (ns, text) in [
            (0, "0 ns"),
            (200, "200 ns"),
            (5_000, "5 µs"),
            (100_000_000, "100 ms"),
            (10_000_000_000_000, "10,000 s"),
        ] {
            assert_eq!(tick(ns), text);
        }
    }

    #[test]
    fn numbers() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1000), "1,000");
        assert_eq!(thousands(1_234_567), "1,234,567");
        for (x, text) in [
            (0.0, "0.00"),
            (0.012345, "0.0123"),
            (0.5, "0.50"),
            (9.994, "9.99"),
            (9.996, "10.0"),
            (99.94, "99.9"),
            (99.96, "100"),
            (12_345.6, "12,346"),
            (-1.5, "-1.50"),
            (-1500.0, "-1,500"),
            (f64::NAN, "-"),
            (f64::INFINITY, "-"),
        ] {
            assert_eq!(number(x), text, "{x}");
        }
        assert_eq!(percent(0.0345), "3.5%");
        assert_eq!(percent(f64::NAN), "-");
        for (n, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (24_000, "23.4 KiB"),
            (1 << 20, "1.00 MiB"),
            (25_278_926_848, "23.5 GiB"),
        ] {
            assert_eq!(bytes(n), text);
        }
    }
}
