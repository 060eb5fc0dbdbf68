//! A policy made of what was done.

use super::facts::{Fact, Held, MessageFact};
use super::{Content, Count, Entry, MessageEntry, Pattern, Policy, What, general};
use netlink_raw::transport::Direction;
use std::collections::HashMap;

/// Different lines that a policy can have; what is beyond them is not recorded.
const MOST: usize = 1 << 16;

/// Records what is done.
#[derive(Debug, Default)]
pub(super) struct Record {
    policy: Policy,
    /// The entries by their text.
    places: HashMap<String, usize>,
    /// How often each was done.
    counts: Vec<u64>,
    /// Whether there was more than [`MOST`].
    pub(super) is_full: bool,
}

impl Record {
    /// Takes what was done next.
    pub(super) fn fact(&mut self, fact: &Fact) {
        let entry = entry(fact);
        let mut one = Policy::default();
        one.entries.push(entry);
        let key = one.to_string();
        if let Some(count) = self.places.get(&key).and_then(|&i| self.counts.get_mut(i)) {
            *count += 1;
            return;
        }
        if self.counts.len() >= MOST {
            self.is_full = true;
            return;
        }
        self.places.insert(key, self.counts.len());
        self.counts.push(1);
        self.policy.entries.append(&mut one.entries);
    }

    /// The policy: entries in the order in which they were first done.
    pub(super) fn finish(mut self) -> Policy {
        for (entry, count) in self.policy.entries.iter_mut().zip(&self.counts) {
            // In how many datagrams and calls an answer comes is the kernel's business and time's.
            let counted = match &entry.what {
                What::Message(message) => message.direction == Direction::Sent,
                What::Call(_) | What::Killed(_) | What::Unseen => !entry.may,
            };
            if counted {
                entry.count = Count::exactly(*count);
            }
        }
        self.policy
    }
}

/// The entry that something done is recorded as.
fn entry(fact: &Fact) -> Entry {
    let (may, what) = match fact {
        Fact::Call(call) => (call.receives, What::Call(general::call(call))),
        Fact::Message(message) => {
            // What there is to be told depends on the machine; that an answer came does not.
            let is_answer = !message.third.is_empty();
            let may = message.direction == Direction::Received && !is_answer;
            (may, What::Message(self::message(message)))
        }
        Fact::Killed(signal) => (false, What::Killed(Pattern::exactly(signal))),
        Fact::Unseen(_) => (true, What::Unseen),
    };
    Entry {
        line: 0,
        may,
        count: Count::ANY,
        what,
    }
}

fn message(message: &MessageFact) -> MessageEntry {
    let third = (!message.third.is_empty()).then(|| Pattern::exactly(&message.third));
    let mut contents: Vec<Content> = Vec::new();
    for held in message.holds.iter().filter(|held| held.judged) {
        let content = content(held);
        if !contents.contains(&content) {
            contents.push(content);
        }
    }
    MessageEntry {
        direction: message.direction,
        protocol: Pattern::exactly(&message.protocol),
        kind: Pattern::exactly(&message.kind),
        third,
        contents,
    }
}

fn content(held: &Held) -> Content {
    Content {
        line: 0,
        may: false,
        path: Pattern::exactly(&held.path),
        value: held.pinned.then(|| Pattern::exactly(&held.value)),
    }
}
