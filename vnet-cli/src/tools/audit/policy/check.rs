//! What was done held against a policy.

use super::facts::{CallFact, Fact, Held, MessageFact};
use super::{CallEntry, Entry, MessageEntry, Pattern, Policy, What};

/// Where what was done is not what the policy has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The policy's name.
    pub policy: String,
    /// The line at fault, or the one that comes nearest, from 1.
    pub line: Option<usize>,
    /// In what way it is one.
    pub kind: Kind,
    /// In words: what was done or not, and how it differs from the line.
    pub text: String,
}

/// In what way something is a deviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It was done, and no line has it.
    Unlisted,
    /// It was done more often than the lines that have it allow.
    TooOften,
    /// It was not done, or less often than its line demands.
    Missing,
}

impl Kind {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unlisted => "unlisted",
            Self::TooOften => "too often",
            Self::Missing => "missing",
        }
    }
}

/// A policy and what was done of it so far.
#[derive(Debug)]
pub(super) struct Check {
    policy: Policy,
    counts: Vec<u64>,
}

impl Check {
    pub(super) fn new(policy: Policy) -> Self {
        let counts = vec![0; policy.entries.len()];
        Self { policy, counts }
    }

    /// Takes what was done next: it counts for the first entry that has it and has room.
    pub(super) fn fact(&mut self, fact: &Fact) -> Option<Deviation> {
        let mut full = None;
        for (entry, count) in self.policy.entries.iter().zip(&mut self.counts) {
            if !matches(entry, fact) {
                continue;
            }
            if entry.count.most.is_none_or(|most| *count < most) {
                *count += 1;
                return None;
            }
            full.get_or_insert(entry);
        }
        if let Some(entry) = full {
            let text = format!("{fact}: more often than{}", entry.count);
            return Some(self.deviation(Some(entry.line), Kind::TooOften, text));
        }
        let nearest = self.nearest(fact);
        let text = match &nearest {
            Some((entry, differences)) => {
                format!(
                    "{fact}: not as in line {}: {}",
                    entry.line,
                    differences.join(", ")
                )
            }
            None => format!("{fact}: no line has it"),
        };
        let line = nearest.map(|(entry, _)| entry.line);
        Some(self.deviation(line, Kind::Unlisted, text))
    }

    /// What has not been done, once all is over.
    pub(super) fn finish(self) -> Vec<Deviation> {
        let entries = self.policy.entries.iter().zip(&self.counts);
        let missing = entries.filter(|(entry, count)| !entry.may && **count < entry.count.least);
        missing
            .map(|(entry, count)| {
                let text = match count {
                    0 => format!("not done: {entry}"),
                    count => format!("done {count} times only: {entry}"),
                };
                self.deviation(Some(entry.line), Kind::Missing, text)
            })
            .collect()
    }

    fn deviation(&self, line: Option<usize>, kind: Kind, text: String) -> Deviation {
        Deviation {
            policy: self.policy.name.clone(),
            line,
            kind,
            text,
        }
    }

    /// The entry for the same call or message that differs least, and how.
    fn nearest(&self, fact: &Fact) -> Option<(&Entry, Vec<String>)> {
        let entries = self.policy.entries.iter();
        entries
            .filter_map(|entry| Some((entry, differences(entry, fact)?)))
            .min_by_key(|(_, differences)| differences.len())
    }
}

fn matches(entry: &Entry, fact: &Fact) -> bool {
    match (&entry.what, fact) {
        (What::Killed(signal), Fact::Killed(by)) => signal.matches(by),
        (What::Unseen, Fact::Unseen(_)) => true,
        _ => differences(entry, fact).is_some_and(|d| d.is_empty()),
    }
}

/// How something done differs from an entry for the like of it.
fn differences(entry: &Entry, fact: &Fact) -> Option<Vec<String>> {
    match (&entry.what, fact) {
        (What::Call(entry), Fact::Call(call)) => {
            entry.name.matches(call.name).then(|| of_call(entry, call))
        }
        (What::Message(entry), Fact::Message(message)) => {
            let alike = entry.direction == message.direction
                && entry.protocol.matches(&message.protocol)
                && entry.kind.matches(&message.kind);
            alike.then(|| of_message(entry, message))
        }
        _ => None,
    }
}

fn of_call(entry: &CallEntry, call: &CallFact) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(args) = &entry.args {
        if args.len() != call.args.len() {
            found.push(format!(
                "{} arguments and not {}",
                call.args.len(),
                args.len()
            ));
        }
        for (i, (wanted, arg)) in args.iter().zip(&call.args).enumerate() {
            if !wanted.matches(arg) {
                found.push(format!("argument {} is {arg} and not {wanted}", i + 1));
            }
        }
    }
    if let Some(result) = &entry.result {
        let ok = call.ok && *result == Pattern::exactly("ok");
        if !ok && !result.matches(&call.result) {
            found.push(format!("the result is {} and not {result}", call.result));
        }
    }
    for path in &entry.paths {
        if !call.paths.iter().any(|p| path.matches(p)) {
            let paths = call.paths.join(" ");
            found.push(match paths.as_str() {
                "" => format!("not on {path}"),
                paths => format!("on {paths} and not on {path}"),
            });
        }
    }
    found
}

fn of_message(entry: &MessageEntry, message: &MessageFact) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(third) = &entry.third
        && !same_flags(third, &message.third)
    {
        let what = match message.direction {
            netlink_raw::transport::Direction::Sent => "flags are",
            netlink_raw::transport::Direction::Received => "the error is",
        };
        found.push(format!(
            "{what} {} and not {third}",
            or_none(&message.third)
        ));
    }
    let has = |content: &super::Content, held: &Held| {
        content.path.matches(&held.path)
            && content
                .value
                .as_ref()
                .is_none_or(|v| same_flags(v, &held.value))
    };
    for held in message.holds.iter().filter(|held| held.judged) {
        if !entry.contents.iter().any(|content| has(content, held)) && is_sent(message) {
            found.push(match held.value.as_str() {
                "" => format!("has {}", held.path),
                value => format!("has {}={value}", held.path),
            });
        }
    }
    for content in entry.contents.iter().filter(|content| !content.may) {
        if !message.holds.iter().any(|held| has(content, held)) {
            found.push(format!("lacks {content}"));
        }
    }
    found
}

fn is_sent(message: &MessageFact) -> bool {
    message.direction == netlink_raw::transport::Direction::Sent
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}

/// Whether the text is as the pattern has it; the order of flags says nothing.
fn same_flags(pattern: &Pattern, text: &str) -> bool {
    if pattern.matches(text) {
        return true;
    }
    if !pattern.is_exact() || !text.contains('|') {
        return false;
    }
    let wanted = pattern.to_string();
    let sorted = |text: &str| {
        let mut flags: Vec<String> = text.split('|').map(str::to_owned).collect();
        flags.sort_unstable();
        flags
    };
    sorted(&wanted) == sorted(text)
}
