//! A cursor over the words of a command line, where each word knows its place.

mod inet;
mod number;
mod value;

use crate::error::{CmdError, Result, quoted};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::os::unix::ffi::OsStrExt;

pub use inet::{Family, Prefix};
pub(crate) use number::{real, unsigned};
pub use value::LlAddr;

/// The words of one command line and the place of the next one.
///
/// The first word is the program's name; places are indices in the whole line,
/// which is what [`CmdError::at`] takes.
#[derive(Debug, Clone)]
pub struct Args<'a> {
    words: &'a [OsString],
    next: usize,
}

impl<'a> Args<'a> {
    /// Stands before word `next` of the line.
    pub fn new(words: &'a [OsString], next: usize) -> Self {
        Self { words, next }
    }

    /// The whole command line, the program's name first.
    pub fn line(&self) -> &'a [OsString] {
        self.words
    }

    /// The words not taken yet.
    pub fn rest(&self) -> &'a [OsString] {
        self.words.get(self.next..).unwrap_or_default()
    }

    /// Whether no word is left.
    pub fn is_empty(&self) -> bool {
        self.rest().is_empty()
    }

    /// The index of the next word, or where it would stand.
    pub fn place(&self) -> usize {
        self.next
    }

    /// The next word, left where it is.
    pub fn peek(&self) -> Option<Word<'a>> {
        let text = self.words.get(self.next)?;
        Some(Word {
            text,
            at: self.next,
        })
    }

    /// The word `ahead` places behind the next one, left where it is.
    pub fn peek_at(&self, ahead: usize) -> Option<Word<'a>> {
        let at = self.next.checked_add(ahead)?;
        self.words.get(at).map(|text| Word { text, at })
    }

    /// Steps back before the word taken last.
    pub fn back(&mut self) {
        self.next = self.next.saturating_sub(1);
    }

    /// The next word, which has to be there: `what` names it in vnet's error
    /// (`a value for 'mtu'`); ip's is "Command line is not complete".
    pub fn require(&mut self, what: impl fmt::Display) -> Result<Word<'a>> {
        match self.next() {
            Some(word) => Ok(word),
            None => Err(self.incomplete(what)),
        }
    }

    /// The value behind `keyword`, which has to be there.
    pub fn value_of(&mut self, keyword: &Word<'_>) -> Result<Word<'a>> {
        self.require(format_args!("a value for {}", quoted(keyword.text)))
    }

    /// The error of a line that ends too early.
    pub fn incomplete(&self, what: impl fmt::Display) -> CmdError {
        CmdError::new(format!("the command ends before {what}"))
            .ip("Command line is not complete. Try option \"help\"")
            .at(self.words.len())
    }

    /// The error of a line that lacks `what` altogether; `ip` is ip's line. Exit
    /// code 1, as after "Not enough information".
    pub fn missing(&self, what: impl fmt::Display, ip: impl Into<String>) -> CmdError {
        CmdError::new(format!("missing: {what}"))
            .ip(ip)
            .at(self.words.len())
            .code(crate::error::FAILED)
    }
}

/// Takes the words one by one.
impl<'a> Iterator for Args<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let word = self.peek()?;
        self.next = self.next.saturating_add(1);
        Some(word)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rest().len(), Some(self.rest().len()))
    }
}

/// One word and its place. `Display` escapes what a terminal would not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    text: &'a OsStr,
    at: usize,
}

impl<'a> Word<'a> {
    /// A word at a place, for a value that stood inside another word.
    pub fn new(text: &'a OsStr, at: usize) -> Self {
        Self { text, at }
    }

    /// The word itself.
    pub fn text(&self) -> &'a OsStr {
        self.text
    }

    /// Its bytes: no NUL among them, any other value possible.
    pub fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// Its index in the whole command line.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The word as text, nothing when it is not UTF-8.
    pub fn utf8(&self) -> Option<&'a str> {
        self.text.to_str()
    }

    /// Equal to `keyword`, iproute2's `strcmp`.
    pub fn is(&self, keyword: &str) -> bool {
        self.bytes() == keyword.as_bytes()
    }

    /// A beginning of `keyword`, one letter at least: iproute2's `matches`.
    pub fn abbreviates(&self, keyword: &str) -> bool {
        !self.text.is_empty() && keyword.as_bytes().starts_with(self.bytes())
    }

    /// An error about this word: `what` in vnet's words, `ip` as iproute2 says it.
    pub fn error(&self, what: impl Into<String>, ip: impl Into<String>) -> CmdError {
        CmdError::new(what).ip(ip).at(self.at)
    }

    /// iproute2's `invarg`: `Error: argument "X" is wrong: MSG`. A line break at
    /// the end of some of its messages is not kept.
    pub fn wrong(&self, message: &str) -> CmdError {
        let message = message.trim_end();
        self.error(
            format!("wrong value {}: {message}", quoted(self.text)),
            format!("Error: argument \"{self}\" is wrong: {message}"),
        )
    }

    /// [`Word::wrong`] with vnet's own reason: what was expected.
    pub fn wrong_because(&self, expected: impl fmt::Display, message: &str) -> CmdError {
        self.error(
            format!("wrong value {}: {expected}", quoted(self.text)),
            format!(
                "Error: argument \"{self}\" is wrong: {}",
                message.trim_end()
            ),
        )
    }

    /// iproute2's `duparg`: a second value for what may be given once.
    pub fn duplicate(&self, keyword: &str) -> CmdError {
        self.error(
            format!(
                "'{keyword}' is given twice: {} is the second",
                quoted(self.text)
            ),
            format!("Error: duplicate \"{keyword}\": \"{self}\" is the second value."),
        )
    }

    /// iproute2's `duparg2`: a word that is no keyword where `keyword`'s value,
    /// which may stand without it, is known already.
    pub fn garbage(&self, keyword: &str) -> CmdError {
        self.error(
            format!(
                "{} is no keyword here, and '{keyword}' is given already",
                quoted(self.text)
            ),
            format!("Error: either \"{keyword}\" is duplicate, or \"{self}\" is a garbage."),
        )
    }

    /// ip's `Cannot find device "X"`, exit code 1.
    pub fn no_device(&self) -> CmdError {
        self.error(
            format!("there is no device {}", quoted(self.text)),
            format!("Cannot find device \"{self}\""),
        )
        .code(crate::error::FAILED)
    }

    /// The `show` commands' `Device "X" does not exist.`, exit code 1.
    pub fn device_does_not_exist(&self) -> CmdError {
        self.error(
            format!("there is no device {}", quoted(self.text)),
            format!("Device \"{self}\" does not exist."),
        )
        .code(crate::error::FAILED)
    }
}

impl fmt::Display for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = quoted(self.text);
        f.write_str(quoted.get(1..quoted.len() - 1).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;
