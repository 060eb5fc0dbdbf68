//! The whole of a network state as the judges see it, made comparable between
//! two sandboxes: what the kernel draws by lot or counts in time is folded.

use serde_json::{Map, Value};

use crate::sandbox::Sandbox;

/// What is asked in each namespace.
const QUESTIONS: &[&str] = &[
    "ip -d -j link show",
    "ip -d -j addr show",
    "ip -d -j -4 route show table all",
    "ip -d -j -6 route show table all",
    "ip -d -j neigh show nud all",
    "ip -d -j neigh show proxy",
    "bridge -d -j link show",
    "bridge -d -j fdb show",
    "bridge -d -j vlan show",
];

/// What is asked besides where a case is about rules.
const RULES: &[&str] = &["ip -4 -d -j rule", "ip -6 -d -j rule"];

/// The state of the sandbox and of every named namespace in it. Texts that
/// stand in `given` are kept as they are, other MAC addresses and the
/// link-local addresses made of them are folded.
///
/// # Panics
/// When a judge fails.
#[must_use]
pub fn take(sandbox: &Sandbox, given: &str) -> Value {
    let mut state = Map::new();
    let named = sandbox
        .sh("ls /run/netns 2>/dev/null | sort || true")
        .ok()
        .text();
    let mut namespaces = vec![""];
    namespaces.extend(named.lines());
    for namespace in &namespaces {
        let rules = RULES.iter().filter(|_| given.contains(" rule "));
        for question in QUESTIONS.iter().chain(rules) {
            let words = match question.split_once(' ') {
                Some((program, rest)) if !namespace.is_empty() => {
                    format!("{program} -n {namespace} {rest}")
                }
                _ => (*question).to_string(),
            };
            let answer = sandbox.run(&words);
            let answer = serde_json::from_slice(&answer.stdout).unwrap_or_else(|_| {
                // Nothing to tell is an empty answer with some of the questions.
                Value::String(format!(
                    "{}{}",
                    answer.text().trim(),
                    answer.errors().trim()
                ))
            });
            state.insert(format!("[{namespace}] {question}"), fold(answer, given));
        }
    }
    state.insert("named namespaces".to_string(), Value::from(named));
    Value::Object(state)
}

/// Folds a judge's answer, and puts the items of the outer array in an order
/// that does not depend on random addresses.
fn fold(mut answer: Value, given: &str) -> Value {
    if let Value::Array(items) = &mut answer {
        items.retain(|item| !comes_and_goes(item));
    }
    fold_value(&mut answer, given);
    if let Value::Array(items) = &mut answer {
        items.sort_by_cached_key(ToString::to_string);
    }
    answer
}

/// Neighbours and forwarding entries that the kernel makes when it joins groups
/// and drops in its time; and proxies of no device: they outlive their namespace
/// in the kernel, and show up in another one that happens to get its memory.
fn comes_and_goes(item: &Value) -> bool {
    let text = |key| item.get(key).and_then(Value::as_str).unwrap_or_default();
    let group = |prefixes: &[&str], of: &str| prefixes.iter().any(|start| of.starts_with(start));
    let stray = item.get("proxy").is_some() && item.get("dev").is_none();
    stray
        || item.get("lladdr").is_some() && group(&["ff", "224."], text("dst"))
        || group(&["33:33", "01:00:5e"], text("mac"))
}

fn fold_value(value: &mut Value, given: &str) {
    match value {
        Value::Object(map) => {
            map.retain(|key, _| !passing(key));
            for (key, value) in map.iter_mut() {
                match value.as_u64() {
                    // What is left of a lifetime is told to ten seconds.
                    Some(left) if runs(key) && left < u64::from(u32::MAX) => {
                        *value = Value::from(left.div_ceil(10) * 10);
                    }
                    _ => fold_value(value, given),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fold_value(item, given)),
        Value::String(text) => *text = fold_text(text, given),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Keys of lifetimes, in seconds.
fn runs(key: &str) -> bool {
    ["valid_life_time", "preferred_life_time", "expires"].contains(&key)
}

/// Keys that hold the time or a transient state.
fn passing(key: &str) -> bool {
    key.ends_with("_timer") || ["tentative", "used", "ageing", "updated"].contains(&key)
}

fn fold_text(text: &str, given: &str) -> String {
    let is_mac = |word: &str| word.len() == 17 && word.split(':').count() == 6;
    if given.contains(text) {
        return text.to_string();
    }
    // A bridge's id is its priority and its MAC address.
    match text.split_once('.') {
        Some((priority, mac)) if is_mac(mac) => format!("{priority}.{}", fold_text(mac, given)),
        // Which of the two a link without carrier is depends on the moment the
        // kernel looked; no command asks for either.
        _ if text == "LOWERLAYERDOWN" => "DOWN".to_string(),
        _ if text.starts_with("fe80::") => "(link-local)".to_string(),
        _ if text.starts_with("ff02::1:ff") => "(solicited-node)".to_string(),
        _ if is_mac(text) && text != "00:00:00:00:00:00" && text != "ff:ff:ff:ff:ff:ff" => {
            "(mac)".to_string()
        }
        _ => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::fold_text;

    #[test]
    fn only_what_was_drawn_by_lot_is_folded() {
        assert_eq!(fold_text("26:3b:00:00:00:01", ""), "(mac)");
        assert_eq!(
            fold_text("02:00:00:00:00:01", "address 02:00:00:00:00:01"),
            "02:00:00:00:00:01"
        );
        assert_eq!(fold_text("8000.26:3b:00:00:00:01", ""), "8000.(mac)");
        assert_eq!(fold_text("ff:ff:ff:ff:ff:ff", ""), "ff:ff:ff:ff:ff:ff");
        assert_eq!(fold_text("fe80::1234", ""), "(link-local)");
        assert_eq!(fold_text("fe80::1", "addr add fe80::1/64"), "fe80::1");
        assert_eq!(fold_text("10.0.0.1", ""), "10.0.0.1");
    }
}
