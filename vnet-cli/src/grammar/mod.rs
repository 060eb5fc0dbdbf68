//! Keywords: the tables from which words are read and of which help, completions and the man page are made.

pub mod bridge;
pub mod completions;
pub mod help;
pub mod ip;
pub mod man;
pub mod own;
pub mod tree;

use crate::args::Word;

/// What follows a keyword.
#[derive(Clone, Copy)]
pub enum Value {
    /// Nothing: the keyword says it all.
    None,
    /// A value of this name: `BYTES`.
    Is(&'static str),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A device of this name.
    Device(&'static str),
    /// A network namespace, by this name.
    Netns(&'static str),
    /// One of these kinds, followed by words of its own.
    Kind(&'static [Kind]),
}

/// A kind of thing that has words of its own: `type vlan id 5`.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// The words behind its name.
    pub words: &'static dyn Words,
}

/// A keyword: its spellings and what is said about it.
#[derive(Clone, Copy)]
pub struct Keyword {
    /// The spelling in help and completions.
    pub name: &'static str,
    /// Whether a beginning of it will do, iproute2's `matches`.
    pub short: bool,
    /// Other spellings, to be written out.
    pub also: &'static [&'static str],
    /// Other spellings that may be shortened.
    pub also_short: &'static [&'static str],
    /// What follows it.
    pub value: Value,
    /// Whether its value may stand without it.
    pub bare: bool,
    /// What it does, without a full stop.
    pub help: &'static str,
}

impl Keyword {
    /// Whether the word is this keyword.
    pub fn is(&self, word: &Word<'_>) -> bool {
        let fits = |short: bool, name: &str| match short {
            true => word.abbreviates(name),
            false => word.is(name),
        };
        fits(self.short, self.name)
            || self.also.iter().any(|name| fits(false, name))
            || self.also_short.iter().any(|name| fits(true, name))
    }
}

/// A keyword and what it means to the code.
#[derive(Clone, Copy)]
pub struct Entry<K> {
    id: K,
    keyword: Keyword,
}

/// A keyword that has to be written out, iproute2's `strcmp`.
pub const fn exact<K>(id: K, name: &'static str) -> Entry<K> {
    Entry {
        id,
        keyword: Keyword {
            name,
            short: false,
            also: &[],
            also_short: &[],
            value: Value::None,
            bare: false,
            help: "",
        },
    }
}

/// A keyword that may be shortened, iproute2's `matches`.
pub const fn short<K>(id: K, name: &'static str) -> Entry<K> {
    let mut entry = exact(id, name);
    entry.keyword.short = true;
    entry
}

/// The keyword `help`, which may be shortened.
pub const fn help<K>(id: K) -> Entry<K> {
    short(id, "help").says("print the usage")
}

impl<K> Entry<K> {
    /// Other spellings that have to be written out.
    pub const fn also(mut self, names: &'static [&'static str]) -> Self {
        self.keyword.also = names;
        self
    }

    /// Other spellings that may be shortened.
    pub const fn also_short(mut self, names: &'static [&'static str]) -> Self {
        self.keyword.also_short = names;
        self
    }

    /// What follows.
    pub const fn takes(mut self, value: Value) -> Self {
        self.keyword.value = value;
        self
    }

    /// A value of this name follows.
    pub const fn value(self, name: &'static str) -> Self {
        self.takes(Value::Is(name))
    }

    /// `on` or `off` follows.
    pub const fn on_off(self) -> Self {
        self.takes(Value::OneOf(&["on", "off"]))
    }

    /// The value may stand without the keyword.
    pub const fn bare(mut self) -> Self {
        self.keyword.bare = true;
        self
    }

    /// What it does.
    pub const fn says(mut self, help: &'static str) -> Self {
        self.keyword.help = help;
        self
    }
}

/// The keywords of one command, in the order in which iproute2 looks through
/// them, which decides what an abbreviation means.
pub struct Grammar<K: 'static>(pub &'static [Entry<K>]);

impl<K: Copy> Grammar<K> {
    /// The keyword a word is; the code then matches on what it means.
    pub fn lookup(&self, word: &Word<'_>) -> Option<K> {
        let found = self.0.iter().find(|entry| entry.keyword.is(word));
        found.map(|entry| entry.id)
    }
}

impl<K: Copy + PartialEq> Grammar<K> {
    /// The spelling of a keyword, for messages; empty when the table has none.
    pub fn name(&self, id: K) -> &'static str {
        let found = self.0.iter().find(|entry| entry.id == id);
        found.map_or("", |entry| entry.keyword.name)
    }
}

/// A table of keywords without their meaning: what help is made of.
pub trait Words: Sync {
    /// Keyword number `index`, from 0 without a gap.
    fn keyword(&self, index: usize) -> Option<&Keyword>;
}

impl<K: Sync> Words for Grammar<K> {
    fn keyword(&self, index: usize) -> Option<&Keyword> {
        self.0.get(index).map(|entry| &entry.keyword)
    }
}

impl dyn Words + '_ {
    /// The keywords in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Keyword> {
        (0..).map_while(|i| self.keyword(i))
    }
}

/// A table without keywords.
pub static NO_WORDS: Grammar<()> = Grammar(&[]);

#[cfg(test)]
mod tests;
