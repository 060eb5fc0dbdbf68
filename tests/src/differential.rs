//! The same command asked of the judge and of the product over one state.

use crate::run::Output;
use crate::sandbox::Sandbox;
use crate::{Judge, between, compare, judges, lab, product};

/// Attempts at a command whose answer changes while it is asked: counters,
/// lifetimes, and a bridge's timers, which tell hundredths of a second.
const ATTEMPTS: u32 = 60;

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
    // A kernel that was built without something; a user who may not open /dev/net/tun.
    let lacks = [
        "Unknown device type",
        "answers: Operation not supported",
        "open: Permission denied",
    ];
    let lack = lacks.iter().find(|lack| output.errors().contains(**lack));
    if let Some(lack) = lack.filter(|_| !judges::kinds_required()) {
        let script: Vec<&str> = script.split_whitespace().collect();
        judges::left_out_here(&format!("{lack}, in {:?}", script.join(" ")));
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

/// Asks a command of both, in a shell in which every name (also behind
/// `ip netns exec`) is the judge's or the product's, and returns the answer.
///
/// # Panics
/// When the answers differ.
#[track_caller]
pub fn compare_as_applets(sandbox: &Sandbox, words: &[&str]) -> Output {
    let command = words.join(" ");
    let judge = || sandbox.sh(&command);
    let product = || sandbox.product_sh(&command);
    match attempts(words, true, judge, product) {
        (_, Some(difference)) => panic!("{command} (- judge, + product): {difference}"),
        (product, None) => product,
    }
}

fn compare_one(sandbox: &Sandbox, words: &[&str], spelling: &[String]) -> Option<String> {
    let spelling: Vec<&str> = spelling.iter().map(String::as_str).collect();
    let applet = spelling.first().is_some_and(|name| name.ends_with("/ip"));
    let judge = || sandbox.run_words(words);
    let product = || sandbox.run_words(&spelling);
    attempts(words, applet, judge, product).1
}

/// Asks the judge before the product, and after it when the two differ; again and
/// again while the judge's own answers do, until the product's is one of them, or
/// lies between.
fn attempts(
    words: &[&str],
    applet: bool,
    judge: impl Fn() -> Output,
    product: impl Fn() -> Output,
) -> (Output, Option<String>) {
    let mut before = judge();
    let mut left = ATTEMPTS;
    loop {
        let answer = product();
        let differ = |judge| differ(words, judge, &answer, applet);
        if differ(&before).is_none() {
            return (answer, None);
        }
        let after = judge();
        left -= 1;
        let difference = differ(&after).filter(|_| !is_between(words, &before, &answer, &after));
        if difference.is_none() || before == after || left == 0 {
            return (answer, difference);
        }
        before = after;
    }
}

/// Whether the answer is what the judge says at that moment: all that differs are numbers that ran meanwhile.
fn is_between(words: &[&str], before: &Output, product: &Output, after: &Output) -> bool {
    let all_well = [before, product, after].iter().all(|o| o.status.success());
    all_well
        && match wants_json(words) {
            true => between::json(&before.stdout, &product.stdout, &after.stdout),
            false => between::text(&before.stdout, &product.stdout, &after.stdout),
        }
}

/// Where the product's answer differs from the judge's: how it ended, what it
/// wrote, and what it complained of: in the judge's own words under its name.
fn differ(words: &[&str], judge: &Output, product: &Output, applet: bool) -> Option<String> {
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
    let output = match wants_json(words) {
        // What ip wrote before it failed is no JSON.
        true if !judge.status.success() => None,
        true => compare::json(&judge.stdout, &product.stdout),
        false => compare::text(&judge.stdout, &product.stdout),
    };
    // What ip mutters while it succeeds is its own affair.
    if judge.status.success() {
        return output;
    }
    output.or_else(|| {
        let same = if applet {
            judge.first_error() == product.first_error()
        } else {
            judge.stderr.is_empty() == product.stderr.is_empty()
        };
        (!same).then(|| {
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
