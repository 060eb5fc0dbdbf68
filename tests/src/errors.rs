//! Commands that must fail: as ip does, with a word of why, changing nothing.

use crate::run::Output;
use crate::sandbox::Sandbox;
use crate::{compare, product, snapshot};

/// Asks a failing command of the judge and of the product, under both its
/// names, in one sandbox.
/// - The exit code is the judge's, nothing else changes.
/// - Under the judge's own name the first line of standard error is the judge's.
/// - As `vnet` it says `error: …`, with the word at fault (`culprit`), and the
///   kernel's own text where there is one.
///
/// Returns the differences.
#[must_use]
pub fn differences(sandbox: &Sandbox, words: &[&str], culprit: &str) -> Vec<String> {
    let before = snapshot::take(sandbox, "");
    let judge = sandbox.run_words(words);
    let mut found = Vec::new();
    if let Some(changed) = compare::values(&before, &snapshot::take(sandbox, "")) {
        return vec![format!(
            "{words:?}: the judge itself changed something: {changed}"
        )];
    }
    for (index, spelling) in product::spellings(words).iter().enumerate() {
        let spelling: Vec<&str> = spelling.iter().map(String::as_str).collect();
        let answer = sandbox.run_words(&spelling);
        let as_vnet = index == 0 && !product::is_judge();
        for fault in faults(&judge, &answer, culprit, as_vnet) {
            found.push(format!("{spelling:?}: {fault}"));
        }
        if let Some(changed) = compare::values(&before, &snapshot::take(sandbox, "")) {
            found.push(format!("{spelling:?}: it changed {changed}"));
        }
    }
    found
}

fn faults(judge: &Output, product: &Output, culprit: &str, as_vnet: bool) -> Vec<String> {
    let mut faults = Vec::new();
    if product.crashed() {
        faults.push(format!("it fell over: {product}"));
    }
    if judge.status != product.status {
        faults.push(format!(
            "ended with {}, the judge with {}",
            product.code(),
            judge.code()
        ));
    }
    if !as_vnet {
        if judge.first_error() != product.first_error() {
            faults.push(format!(
                "says {:?}, the judge {:?}",
                product.first_error(),
                judge.first_error()
            ));
        }
        return faults;
    }
    let said = product.errors();
    if !said.starts_with("error: ") {
        faults.push(format!("does not start with 'error: ': {said:?}"));
    }
    if !said.contains(culprit) {
        faults.push(format!("does not name {culprit:?}: {said:?}"));
    }
    // ip writes the kernel's extended acknowledgement as "Error: text.".
    let kernel = judge.first_error();
    if let Some(text) = kernel.strip_prefix("Error: ").filter(|_| judge.code() == 2) {
        let text = text.trim_end_matches('.');
        if !said.contains(text) {
            faults.push(format!("keeps the kernel's {text:?} to itself: {said:?}"));
        }
    }
    faults
}
