//! Objects and verbs: which words lead to which code.

use super::{NO_WORDS, Words};
use crate::args::{Args, Word};
use crate::context::Context;
use crate::error::Result;

/// The code of a command: its words are taken from `Args`, the first of which is
/// the one behind the verb.
pub type Run = fn(&mut Context, &mut Args<'_>) -> Result;

/// A verb of an object.
pub struct Verb {
    /// The spelling in help and completions.
    pub name: &'static str,
    /// Other spellings.
    pub also: &'static [&'static str],
    /// Whether it has to be written out.
    pub exact: bool,
    /// What it does.
    pub about: &'static str,
    /// What its words look like, where the keywords alone do not say it:
    /// `NAME COMMAND …`.
    pub args: &'static str,
    /// Its keywords.
    pub words: &'static dyn Words,
    /// Its code; none when vnet does not do it.
    pub run: Option<Run>,
}

/// A verb which nothing is registered for yet: known, and not done by vnet.
pub const fn verb(name: &'static str, about: &'static str) -> Verb {
    Verb {
        name,
        also: &[],
        exact: false,
        about,
        args: "",
        words: &NO_WORDS,
        run: None,
    }
}

impl Verb {
    /// Registers the code.
    pub const fn run(mut self, run: Run) -> Self {
        self.run = Some(run);
        self
    }

    /// Its keywords.
    pub const fn words(mut self, words: &'static dyn Words) -> Self {
        self.words = words;
        self
    }

    /// What stands before its keywords, or in their place.
    pub const fn args(mut self, args: &'static str) -> Self {
        self.args = args;
        self
    }

    /// Other spellings, which may be shortened as the first may.
    pub const fn also(mut self, names: &'static [&'static str]) -> Self {
        self.also = names;
        self
    }

    /// It has to be written out.
    pub const fn exact(mut self) -> Self {
        self.exact = true;
        self
    }

    /// Whether the word is this verb.
    pub fn is(&self, word: &Word<'_>) -> bool {
        fits(self.name, self.also, self.exact, word)
    }
}

/// What a program's first word names.
pub struct Object {
    /// The spelling in help and completions.
    pub name: &'static str,
    /// The spelling in errors, where iproute2's differs.
    pub shown: &'static str,
    /// Other spellings.
    pub also: &'static [&'static str],
    /// Whether it has to be written out.
    pub exact: bool,
    /// What it is.
    pub about: &'static str,
    /// What can be done.
    pub does: Does,
}

/// What can be done with an object.
pub enum Does {
    /// Nothing: vnet does not know it further.
    Nothing,
    /// Verbs, in the order in which iproute2 looks through them; the name of the
    /// one that is meant when there is none.
    Verbs(&'static [Verb], Option<&'static str>),
    /// It is a command itself: its code, keywords, and what its words look like.
    Runs(Run, &'static dyn Words, &'static str),
    /// It is a program of its own.
    Program(crate::applet::Program),
    /// The usage of the program.
    Help,
}

/// An object vnet knows the name of, and does nothing with.
pub const fn object(name: &'static str, about: &'static str) -> Object {
    Object {
        name,
        shown: name,
        also: &[],
        exact: false,
        about,
        does: Does::Nothing,
    }
}

impl Object {
    /// Its verbs, and the one meant when there is none.
    pub const fn verbs(mut self, verbs: &'static [Verb], default: &'static str) -> Self {
        self.does = Does::Verbs(verbs, Some(default));
        self
    }

    /// It is a command without verbs.
    pub const fn runs(mut self, run: Run, words: &'static dyn Words, args: &'static str) -> Self {
        self.does = Does::Runs(run, words, args);
        self
    }

    /// It is a program of its own.
    pub const fn program(mut self, program: crate::applet::Program) -> Self {
        self.does = Does::Program(program);
        self.exact = true;
        self
    }

    /// It prints the usage.
    pub const fn helps(mut self) -> Self {
        self.does = Does::Help;
        self
    }

    /// Other spellings, which may be shortened as the first may.
    pub const fn also(mut self, names: &'static [&'static str]) -> Self {
        self.also = names;
        self
    }

    /// The spelling in errors.
    pub const fn shown(mut self, name: &'static str) -> Self {
        self.shown = name;
        self
    }

    /// It has to be written out.
    pub const fn exact(mut self) -> Self {
        self.exact = true;
        self
    }

    /// Whether the word is this object.
    pub fn is(&self, word: &Word<'_>) -> bool {
        fits(self.name, self.also, self.exact, word)
    }

    /// Whether vnet does anything with it.
    pub fn is_done(&self) -> bool {
        match self.does {
            Does::Nothing => false,
            Does::Verbs(verbs, _) => verbs.iter().any(|v| v.run.is_some()),
            Does::Runs(..) | Does::Program(_) | Does::Help => true,
        }
    }
}

fn fits(name: &str, also: &[&str], exact: bool, word: &Word<'_>) -> bool {
    let mut names = std::iter::once(&name).chain(also);
    names.any(|name| match exact {
        true => word.is(name),
        false => word.abbreviates(name),
    })
}
