//! Numbers as iproute2 reads them: `strtoul` with base 0.

use super::Word;
use crate::error::Result;
use std::fmt::Display;

impl Word<'_> {
    /// An unsigned number, iproute2's `get_unsigned(…, 0)`: decimal, `0x…` or
    /// octal `0…`; `message` is ip's reason when it is wrong.
    pub fn u32(&self, message: &str) -> Result<u32> {
        self.number(message, u64::from(u32::MAX))
    }

    /// [`Word::u32`] for eight bits.
    pub fn u8(&self, message: &str) -> Result<u8> {
        self.number(message, u64::from(u8::MAX))
    }

    /// [`Word::u32`] for sixteen bits.
    pub fn u16(&self, message: &str) -> Result<u16> {
        self.number(message, u64::from(u16::MAX))
    }

    /// [`Word::u32`] for 64 bits.
    pub fn u64(&self, message: &str) -> Result<u64> {
        self.number(message, u64::MAX)
    }

    /// A signed number, iproute2's `get_s32(…, 0)`.
    pub fn i32(&self, message: &str) -> Result<i32> {
        let value = signed(self.bytes()).and_then(|v| i32::try_from(v).ok());
        value.ok_or_else(|| {
            let expected = format_args!("a number from {} to {} is expected", i32::MIN, i32::MAX);
            self.wrong_because(expected, message)
        })
    }

    /// A number of at most `max`.
    fn number<T: TryFrom<u64>>(&self, message: &str, max: u64) -> Result<T> {
        let value = unsigned(self.bytes()).filter(|&v| v <= max);
        value
            .and_then(|v| T::try_from(v).ok())
            .ok_or_else(|| self.out_of_range(0, max, message))
    }

    /// The error of a number outside its limits.
    pub fn out_of_range(
        &self,
        min: impl Display,
        max: impl Display,
        message: &str,
    ) -> crate::error::CmdError {
        self.wrong_because(
            format_args!("a number from {min} to {max} is expected"),
            message,
        )
    }
}

/// What strtoul(3) with base 0 makes of the whole word: blanks and a sign before
/// the digits are taken, `-1` is the largest number, nothing may follow.
pub(crate) fn unsigned(word: &[u8]) -> Option<u64> {
    let (value, rest) = strtoul(word)?;
    rest.is_empty().then_some(value)
}

/// strtoul(3) with base 0: the value and what follows it; nothing without a digit
/// or when it does not fit 64 bits.
pub(super) fn strtoul(word: &[u8]) -> Option<(u64, &[u8])> {
    let (negative, value, rest) = magnitude(word)?;
    let value = if negative {
        value.wrapping_neg()
    } else {
        value
    };
    Some((value, rest))
}

/// strtol(3) with base 0 of the whole word.
fn signed(word: &[u8]) -> Option<i64> {
    let (negative, value, rest) = magnitude(word)?;
    if !rest.is_empty() {
        return None;
    }
    if negative {
        0i64.checked_sub_unsigned(value)
    } else {
        i64::try_from(value).ok()
    }
}

/// Sign, value and rest.
fn magnitude(word: &[u8]) -> Option<(bool, u64, &[u8])> {
    let blank = |b: &&u8| matches!(**b, b' ' | b'\t'..=b'\r');
    let word = word.get(word.iter().take_while(blank).count()..)?;
    let (negative, digits) = match word {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, word),
    };
    let (radix, digits) = match digits {
        // "0x" without a hex digit is the number 0, and "x" follows it.
        [b'0', b'x' | b'X', rest @ ..] if rest.first().is_some_and(u8::is_ascii_hexdigit) => {
            (16, rest)
        }
        [b'0', ..] => (8, digits),
        _ => (10, digits),
    };
    let mut value = 0u64;
    let mut taken = 0;
    for &b in digits {
        let Some(digit) = char::from(b).to_digit(radix) else {
            break;
        };
        value = value
            .checked_mul(u64::from(radix))?
            .checked_add(u64::from(digit))?;
        taken += 1;
    }
    (taken > 0).then(|| (negative, value, digits.get(taken..).unwrap_or_default()))
}

/// A real number, with a point and an exponent if it has them: `1`, `-0.25`, `.5`, `1e-3`. The nearest
/// double, as far as a double has digits (15).
///
/// The standard library's reader, which is exact to the last digit of any, has tables of ten kilobytes.
pub(crate) fn real(text: &[u8]) -> Option<f64> {
    let (negative, mut rest) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, text),
    };
    let (mut mantissa, mut power, mut digits, mut point, mut full) =
        (0u64, 0i32, false, false, false);
    while let Some((&byte, behind)) = rest.split_first() {
        match byte {
            b'0'..=b'9' => {
                digits = true;
                let more = mantissa.checked_mul(10);
                let more = more.and_then(|m| m.checked_add(u64::from(byte - b'0')));
                match more.filter(|_| !full) {
                    Some(more) => {
                        mantissa = more;
                        power = power.saturating_sub(point.into());
                    }
                    // This digit is beyond what counts, and so are all behind it.
                    None => {
                        full = true;
                        power = power.saturating_add((!point).into());
                    }
                }
            }
            b'.' if !point => point = true,
            _ => break,
        }
        rest = behind;
    }
    if !digits {
        return None;
    }
    if let Some((b'e' | b'E', exponent)) = rest.split_first() {
        let (minus, exponent) = match exponent.split_first()? {
            (b'-', exponent) => (true, exponent),
            (b'+', exponent) => (false, exponent),
            _ => (false, exponent),
        };
        if exponent.is_empty() || !exponent.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let add = |sum: i32, b: &u8| sum.saturating_mul(10).saturating_add((b - b'0').into());
        let exponent = exponent.iter().fold(0, add);
        power = power.saturating_add(if minus { -exponent } else { exponent });
    } else if !rest.is_empty() {
        return None;
    }
    let mut value = mantissa as f64;
    // Powers up to 10^22 are exact, so that the one operation on them rounds but once.
    let mut left = power.unsigned_abs().min(400);
    while left > 0 {
        let step = left.min(22);
        let scale = (0..step).fold(1.0, |scale, _| scale * 10.0);
        value = if power > 0 {
            value * scale
        } else {
            value / scale
        };
        left -= step;
    }
    let value = if negative { -value } else { value };
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_strtoul_does() {
        for (word, want) in [
            ("0", Some(0)),
            ("1500", Some(1500)),
            ("0x10", Some(16)),
            ("0XfF", Some(255)),
            ("010", Some(8)),
            ("+7", Some(7)),
            (" 7", Some(7)),
            ("\t\n7", Some(7)),
            ("-1", Some(u64::MAX)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("08", None),
            ("0x", None),
            ("0xg", None),
            ("", None),
            (" ", None),
            ("-", None),
            ("+-1", None),
            ("7 ", None),
            ("7a", None),
            ("a", None),
            ("1e3", None),
        ] {
            assert_eq!(unsigned(word.as_bytes()), want, "{word:?}");
        }
        assert_eq!(signed(b"-9223372036854775808"), Some(i64::MIN));
        assert_eq!(signed(b"9223372036854775808"), None);
        assert_eq!(signed(b"-0x10"), Some(-16));
        assert_eq!(signed(b"-0x10 "), None);
    }

    #[test]
    fn reals_as_the_standard_library_reads_them() {
        for text in [
            "0",
            "1",
            "-1",
            "+1",
            "1.",
            ".5",
            "0.1",
            "-0.25",
            "3.14159265358979",
            "1e3",
            "1E+3",
            "2.5e-3",
            "1e22",
            "123456789012345",
            "0.000001",
            "00012.500",
            "1e-500",
            "99999999999999.9",
        ] {
            assert_eq!(real(text.as_bytes()), text.parse().ok(), "{text}");
        }
        for text in [
            "12345678901234567890123",
            "0.12345678901234567890123",
            "1e300",
            "7e-300",
            "18446744073709551616",
            "184467440737095516150000.5",
        ] {
            let (got, exact) = (real(text.as_bytes()).unwrap(), text.parse::<f64>().unwrap());
            assert!((got / exact - 1.0).abs() < 1e-14, "{text}: {got}");
        }
        for text in [
            "",
            "-",
            ".",
            "+-1",
            "1e",
            "1e+",
            "e1",
            "1.2.3",
            "0x1",
            "inf",
            "nan",
            "1 ",
            " 1",
            "1e999",
            "1e--1",
            "1e99999999999",
        ] {
            assert_eq!(real(text.as_bytes()), None, "{text}");
        }
    }
}
