//! An answer between two of the judge's: what runs while it is asked (timers, counters, ages) must lie between what
//! the judge said before and after, and all else must be what it said both times.

use serde_json::Value;

/// Whether a text is the judge's, every number that differs before and after lying between the two, with as many
/// decimals.
#[must_use]
pub fn text(before: &[u8], product: &[u8], after: &[u8]) -> bool {
    let (before, product, after) = (pieces(before), pieces(product), pieces(after));
    let same = before.len() == product.len() && after.len() == product.len();
    let mut all = before.iter().zip(&product).zip(&after);
    same && all.all(|((before, product), after)| {
        before == product && after == product || number_between(before, product, after)
    })
}

/// The same of two JSON texts, by what they say.
#[must_use]
pub fn json(before: &[u8], product: &[u8], after: &[u8]) -> bool {
    let [before, product, after] = [before, product, after].map(serde_json::from_slice::<Value>);
    match (before, product, after) {
        (Ok(before), Ok(product), Ok(after)) => values(&before, &product, &after),
        _ => false,
    }
}

fn values(before: &Value, product: &Value, after: &Value) -> bool {
    match (before, product, after) {
        (Value::Object(before), Value::Object(product), Value::Object(after)) => {
            before.len() == product.len()
                && after.len() == product.len()
                && product.iter().all(|(key, product)| {
                    let (before, after) = (before.get(key), after.get(key));
                    before
                        .zip(after)
                        .is_some_and(|(before, after)| values(before, product, after))
                })
        }
        (Value::Array(before), Value::Array(product), Value::Array(after)) => {
            before.len() == product.len()
                && after.len() == product.len()
                && before
                    .iter()
                    .zip(product)
                    .zip(after)
                    .all(|((b, p), a)| values(b, p, a))
        }
        (Value::Number(before), Value::Number(product), Value::Number(after)) => {
            let all = [before, product, after].map(serde_json::Number::as_f64);
            matches!(all, [Some(b), Some(p), Some(a)] if b.min(a) <= p && p <= b.max(a))
        }
        _ => before == product && after == product,
    }
}

/// Numbers, and what stands between them.
fn pieces(text: &[u8]) -> Vec<&[u8]> {
    text.chunk_by(|a, b| numeric(*a) == numeric(*b)).collect()
}

fn numeric(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'.'
}

fn number_between(before: &[u8], product: &[u8], after: &[u8]) -> bool {
    let number = |piece| {
        let text = std::str::from_utf8(piece).ok()?;
        let decimals = text
            .split_once('.')
            .map_or(0, |(_, decimals)| decimals.len());
        Some((text.parse::<f64>().ok()?, decimals))
    };
    match (number(before), number(product), number(after)) {
        (Some((b, places)), Some((p, own)), Some((a, _))) => {
            places == own && b.min(a) <= p && p <= b.max(a)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_run_lie_between() {
        let said = |product: &str| text(b"x 289.54 y 7", product.as_bytes(), b"x 289.51 y 7");
        for right in ["x 289.54 y 7", "x 289.53 y 7", "x 289.51 y 7"] {
            assert!(said(right), "{right}");
        }
        for wrong in [
            "x 289.55 y 7",
            "x 289.50 y 7",
            "x 289.5 y 7",
            "x 289.53 y 8",
            "x 289.53 z 7",
            "x 289.53 y 7 ",
            "x y 7",
        ] {
            assert!(!said(wrong), "{wrong}");
        }
    }

    #[test]
    fn and_so_they_do_in_json() {
        let said = |product: &str| {
            json(
                br#"[{"a":2,"b":"5"}]"#,
                product.as_bytes(),
                br#"[{"a":4,"b":"5"}]"#,
            )
        };
        assert!(said(r#"[{"b":"5", "a":3}]"#) && said(r#"[{"b":"5","a":4}]"#));
        for wrong in [
            r#"[{"a":5,"b":"5"}]"#,
            r#"[{"a":3,"b":"6"}]"#,
            r#"[{"a":3}]"#,
            r#"[{"a":"3","b":"5"}]"#,
            r#"[{"a":3,"b":"5"},1]"#,
            "",
        ] {
            assert!(!said(wrong), "{wrong}");
        }
    }
}
