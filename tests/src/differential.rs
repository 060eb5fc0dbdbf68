//! The same command asked of the judge and of the product over one state.

use crate::run::Output;
use crate::sandbox::Sandbox;
use crate::{Judge, compare, judges, lab, product};

/// Attempts at a command whose answer changes while it is asked (counters,
/// lifetimes that run).
const ATTEMPTS: u32 = 6;

/// Builds `state` with a shell script of the judges' commands in a fresh
/// sandbox and asks every command of `forms` of both. A state whose script
/// needs a link kind that the kernel lacks is left out.
///
/// # Panics
/// With every difference there is, or when the script fails.
pub fn check(state: &str, forms: &[&[&str]]) {
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    if build_state(&sandbox, state) {
        compare_all(&sandbox, &forms.concat());
    }
}

/// Runs the state's script; `false` when the kernel has not got what it needs.
///
/// # Panics
/// When the script fails for another reason.
#[must_use]
pub fn build_state(sandbox: &Sandbox, script: &str) -> bool {
    let output = sandbox.sh(script);
    if output.errors().contains("Unknown device type") {
        judges::left_out_here(&format!("the kernel lacks a link kind of {script:?}"));
        return false;
    }
    assert!(output.status.success(), "the state {script:?}: {output}");
    true
}

/// Asks every command of both and compares the answers.
///
/// # Panics
/// With every difference there is.
pub fn compare_all(sandbox: &Sandbox, forms: &[&str]) {
    let mut differences = Vec::new();
    for form in forms {
        let words: Vec<&str> = form.split_whitespace().collect();
        for spelling in product::spellings(&words) {
            if let Some(difference) = compare_one(sandbox, &words, &spelling) {
                let said = spelling.join(" ").replace("/run/under-test/", "");
                differences.push(format!("{said}: {difference}"));
            }
        }
    }
    assert!(
        differences.is_empty(),
        "{} of the {} commands differ (- judge, + product):\n{}\n",
        differences.len(),
        forms.len(),
        differences.join("\n")
    );
}

fn compare_one(sandbox: &Sandbox, words: &[&str], spelling: &[String]) -> Option<String> {
    let spelling: Vec<&str> = spelling.iter().map(String::as_str).collect();
    let mut before = sandbox.run_words(words);
    let mut difference = None;
    for _ in 0..ATTEMPTS {
        let product = sandbox.run_words(&spelling);
        let after = sandbox.run_words(words);
        difference = differ(words, &before, &product).and(differ(words, &after, &product));
        difference.as_ref()?;
        if before == after {
            break;
        }
        before = after;
    }
    difference
}

/// Where the product's answer differs from the judge's: how it ended, what it
/// wrote, and whether it complained.
fn differ(words: &[&str], judge: &Output, product: &Output) -> Option<String> {
    if product.crashed() {
        return Some(format!("it fell over: {product}"));
    }
    if judge.status != product.status {
        return Some(format!(
            "ended with {}, the judge with {}; stderr {:?}, the judge's {:?}",
            product.code(),
            judge.code(),
            product.errors(),
            judge.errors()
        ));
    }
    let output = if wants_json(words) {
        compare::json(&judge.stdout, &product.stdout)
    } else {
        compare::text(&judge.stdout, &product.stdout)
    };
    output.or_else(|| {
        (judge.stderr.is_empty() != product.stderr.is_empty()).then(|| {
            format!(
                "stderr {:?}, the judge's {:?}",
                product.errors(),
                judge.errors()
            )
        })
    })
}

/// Whether a command's options ask for JSON.
fn wants_json(words: &[&str]) -> bool {
    let options = words
        .iter()
        .skip(1)
        .take_while(|word| word.starts_with('-'));
    let mut options = options.map(|word| word.trim_start_matches('-'));
    options.any(|word| !word.is_empty() && "json".starts_with(word))
}

/// Writes one test a state: its name, the script that makes it, and the lists
/// of commands to ask over it.
#[macro_export]
macro_rules! differential {
    ($($name:ident: $script:expr => [$($forms:expr),+ $(,)?];)+) => {
        $(
            #[test]
            fn $name() {
                $crate::differential::check($script, &[$($forms),+]);
            }
        )+
    };
}

#[cfg(test)]
mod tests {
    use super::wants_json;

    #[test]
    fn json_is_seen_among_the_options_only() {
        assert!(wants_json(&["ip", "-d", "-j", "link"]));
        assert!(wants_json(&["ip", "--json", "link"]));
        assert!(!wants_json(&["ip", "-d", "link"]));
        assert!(!wants_json(&["ip", "link", "show", "dev", "-j"]));
    }
}
