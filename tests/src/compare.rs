//! Two outputs compared: text byte for byte, JSON by what it says.

use serde_json::Value;

/// Where two texts differ: the first line that does, of each.
#[must_use]
pub fn text(judge: &[u8], product: &[u8]) -> Option<String> {
    if judge == product {
        return None;
    }
    let judge = String::from_utf8_lossy(judge);
    let product = String::from_utf8_lossy(product);
    let (mut wants, mut gots) = (judge.split('\n'), product.split('\n'));
    let mut number = 1;
    loop {
        match (wants.next(), gots.next()) {
            (want, got) if want == got && want.is_some() => number += 1,
            (want, got) => {
                let line = |line: Option<&str>| line.map_or("(end)".into(), |l| format!("{l:?}"));
                return Some(format!(
                    "line {number}:\n    - {}\n    + {}",
                    line(want),
                    line(got)
                ));
            }
        }
    }
}

/// Where two JSON texts differ, key by key; the order of arrays counts, that of
/// keys does not. What the judge writes that is no JSON is compared as text.
#[must_use]
pub fn json(judge: &[u8], product: &[u8]) -> Option<String> {
    let Ok(want) = serde_json::from_slice::<Value>(judge) else {
        return text(judge, product);
    };
    match serde_json::from_slice::<Value>(product) {
        Ok(got) => values(&want, &got),
        Err(error) => Some(format!("no JSON: {error}: {:?}", head(product))),
    }
}

fn head(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().take(120).collect()
}

/// Where two JSON values differ: up to six places, each by its path.
#[must_use]
pub fn values(want: &Value, got: &Value) -> Option<String> {
    let mut found = Vec::new();
    walk("", want, got, &mut found);
    if found.is_empty() {
        return None;
    }
    let more = found.len().saturating_sub(6);
    found.truncate(6);
    let mut text = found.join("\n    ");
    if more > 0 {
        text.push_str(&format!("\n    and {more} more"));
    }
    Some(text)
}

fn walk(path: &str, want: &Value, got: &Value, found: &mut Vec<String>) {
    match (want, got) {
        (Value::Object(wants), Value::Object(gots)) => {
            for (key, want) in wants {
                match gots.get(key) {
                    Some(got) => walk(&format!("{path}.{key}"), want, got, found),
                    None => found.push(format!("{path}.{key}: missing, want {}", short(want))),
                }
            }
            for (key, got) in gots.iter().filter(|(key, _)| !wants.contains_key(*key)) {
                found.push(format!("{path}.{key}: not the judge's: {}", short(got)));
            }
        }
        (Value::Array(wants), Value::Array(gots)) => {
            for (index, (want, got)) in wants.iter().zip(gots).enumerate() {
                walk(&format!("{path}[{index}]"), want, got, found);
            }
            let (got, want) = (gots.len(), wants.len());
            if got != want {
                let more = wants.iter().skip(got).chain(gots.iter().skip(want));
                let more: Vec<String> = more.map(short).collect();
                found.push(format!(
                    "{path}: {got} items, want {want}: {}",
                    more.join(" ")
                ));
            }
        }
        (want, got) if want == got => {}
        (want, got) => found.push(format!("{path}: {}, want {}", short(got), short(want))),
    }
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_names_the_first_line_that_differs() {
        assert_eq!(text(b"a\nb\n", b"a\nb\n"), None);
        let found = text(b"a\nb\n", b"a\nc\n").unwrap();
        assert!(found.contains("line 2") && found.contains("\"b\"") && found.contains("\"c\""));
        assert!(text(b"a\n", b"a").is_some(), "the last newline counts");
    }

    #[test]
    fn json_ignores_blanks_and_the_order_of_keys_only() {
        assert_eq!(json(br#"[{"a":1,"b":2}]"#, br#"[ {"b":2, "a":1} ]"#), None);
        assert!(json(b"[1,2]", b"[2,1]").is_some());
        assert!(json(br#"{"a":1}"#, br#"{"a":"1"}"#).is_some());
        assert!(json(br#"{"a":1}"#, b"{}").unwrap().contains("missing"));
        assert!(
            json(b"{}", br#"{"a":1}"#)
                .unwrap()
                .contains("not the judge's")
        );
        assert!(json(b"[]", b"nothing").unwrap().contains("no JSON"));
    }
}
