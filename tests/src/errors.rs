//! Commands that must fail: as ip does, with a word of why, changing nothing.

use crate::run::Output;
use crate::sandbox::Sandbox;
use crate::{Judge, differential, lab, product};

/// What a failing command must leave as it was, asked in one go.
const STATE: &str = "
    ip -d -j link show; ip -j addr show; ip -4 -j neigh show
    ip -j -4 route show table all; ip -j -6 route show table all
    ip rule; ip -6 rule; ls -i /run/netns; ip -all netns exec ip -j addr show";

/// Makes `world` with the judges in a fresh sandbox and runs commands in it, each
/// with the word that its error must name. Words are separated by blanks; `''` is
/// an empty word, ␣ a blank and ⇥ a tab inside one.
///
/// # Panics
/// With every difference there is.
pub fn check(world: &str, cases: &[(&str, &str)]) {
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    if !differential::build_state(&sandbox, world) {
        return;
    }
    let mut failures = Failures::new(&sandbox);
    let found: Vec<String> = cases
        .iter()
        .flat_map(|(words, culprit)| {
            let blanks = |word: &str| word.replace("''", "").replace('␣', " ").replace('⇥', "\t");
            let words: Vec<String> = words.split(' ').map(blanks).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            failures.differences(&words, &culprit.replace('␣', " "))
        })
        .collect();
    assert!(
        found.is_empty(),
        "{} differences:\n{}\n",
        found.len(),
        found.join("\n")
    );
}

/// A sandbox in which commands fail, and the state that none of them changes.
pub struct Failures<'a> {
    sandbox: &'a Sandbox,
    state: String,
}

impl<'a> Failures<'a> {
    /// Begins with the state as it is.
    #[must_use]
    pub fn new(sandbox: &'a Sandbox) -> Self {
        Self {
            sandbox,
            state: state(sandbox),
        }
    }

    /// Asks a failing command of the judge and of the product, under both its
    /// names.
    /// - The exit code is the judge's, nothing else changes.
    /// - Under the judge's own name the first line of standard error is the
    ///   judge's.
    /// - As `vnet` it says `error: …`, with the word at fault (`culprit`), and
    ///   the kernel's own text where there is one.
    ///
    /// Returns the differences.
    #[must_use]
    pub fn differences(&mut self, words: &[&str], culprit: &str) -> Vec<String> {
        let judge = self.sandbox.run_words(words);
        let mut found = Vec::new();
        for (index, spelling) in product::spellings(words).iter().enumerate() {
            let spelling: Vec<&str> = spelling.iter().map(String::as_str).collect();
            let answer = self.sandbox.run_words(&spelling);
            let as_vnet = index == 0 && !product::is_judge();
            for fault in faults(&judge, &answer, culprit, as_vnet) {
                found.push(format!("{spelling:?}: {fault}"));
            }
        }
        let state = state(self.sandbox);
        if state != self.state {
            found.push(format!("{words:?}: something changed"));
            self.state = state;
        }
        found
    }
}

fn state(sandbox: &Sandbox) -> String {
    sandbox.sh(STATE).ok().text()
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
        if !same_words(&judge.first_error(), &product.first_error()) {
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
        // What vnet refuses by itself the kernel was never asked.
        if said.contains("(E") && !said.contains(text) {
            faults.push(format!("keeps the kernel's {text:?} to itself: {said:?}"));
        }
    }
    faults
}

/// Whether the product says under ip's name what ip says. Its usage may be told
/// otherwise (and where ip writes it to standard output there is nothing to
/// compare), and a control byte may be told in letters.
fn same_words(judge: &str, product: &str) -> bool {
    match judge {
        "" => true,
        usage if usage.starts_with("Usage: ") => product.starts_with("Usage: "),
        words => words == product || words == product.replace("\\t", "\t"),
    }
}
