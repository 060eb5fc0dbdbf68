//! A policy read from its text.

use super::{CallEntry, Content, Count, Entry, MessageEntry, Pattern, Policy, What};
use crate::error::quoted;
use netlink_raw::transport::Direction;
use std::fmt;

/// The longest line that is read, in bytes.
const LINE: usize = 16 << 10;
/// The most lines.
const LINES: usize = 1 << 18;

/// A line that is no policy's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The policy's name.
    pub policy: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it; the word at fault is in it, in quotes.
    pub why: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { policy, line, why } = self;
        write!(f, "{policy}:{line}: {why}")
    }
}

impl std::error::Error for Malformed {}

impl Policy {
    /// Reads a policy; `name` is what to call it.
    ///
    /// # Errors
    /// Of the first line that is none of a policy's.
    pub fn parse(name: &str, text: &[u8]) -> Result<Self, Malformed> {
        let mut policy = Self {
            name: name.to_owned(),
            entries: Vec::new(),
        };
        for (i, line) in text.split(|&b| b == b'\n').enumerate() {
            let number = i + 1;
            policy.line(number, line).map_err(|why| Malformed {
                policy: name.to_owned(),
                line: number,
                why,
            })?;
        }
        Ok(policy)
    }

    fn line(&mut self, number: usize, line: &[u8]) -> Result<(), String> {
        if number > LINES {
            return Err(format!("a policy has at most {LINES} lines"));
        }
        if line.len() > LINE {
            return Err(format!("a line has at most {LINE} bytes"));
        }
        let line = std::str::from_utf8(line).map_err(|_| "this is no UTF-8".to_owned())?;
        let line = line.strip_suffix('\r').unwrap_or(line);
        let indented = line.starts_with([' ', '\t']);
        let mut words = Words(line.trim());
        if words.0.is_empty() || words.0.starts_with('#') {
            return Ok(());
        }
        let may = words.take("may");
        if indented {
            let content = content(number, may, words)?;
            let message = match self.entries.last_mut().map(|entry| &mut entry.what) {
                Some(What::Message(message)) if message.direction == Direction::Sent => message,
                _ => return Err("an indented line belongs to a 'send' line above it".to_owned()),
            };
            message.contents.push(content);
            return Ok(());
        }
        let verb = words.next().unwrap_or_default();
        let what = match verb {
            "call" => What::Call(call(&mut words)?),
            "send" => What::Message(message(Direction::Sent, &mut words)?),
            "receive" => What::Message(message(Direction::Received, &mut words)?),
            "killed" => What::Killed(Pattern::read(words.needed("a signal's name")?)),
            "unseen" => What::Unseen,
            word => {
                let word = quoted(word);
                return Err(format!(
                    "{word} is none of call, send, receive, killed, unseen"
                ));
            }
        };
        let count = words.count()?.unwrap_or(Count::ANY);
        words.end()?;
        self.entries.push(Entry {
            line: number,
            may,
            count,
            what,
        });
        Ok(())
    }
}

fn content(line: usize, may: bool, mut words: Words<'_>) -> Result<Content, String> {
    let word = words.needed("an attribute")?;
    words.end()?;
    let (path, value) = match word.split_once('=') {
        Some((path, value)) => (path, Some(Pattern::read(value))),
        None => (word, None),
    };
    if path.is_empty() {
        return Err(format!("{} names no attribute", quoted(word)));
    }
    // A path that is a star alone is no more than other paths with stars.
    Ok(Content {
        line,
        may,
        path: Pattern::read(path),
        value,
    })
}

fn message(direction: Direction, words: &mut Words<'_>) -> Result<MessageEntry, String> {
    let protocol = Pattern::read(words.needed("a protocol, such as NETLINK_ROUTE")?);
    let kind = Pattern::read(words.needed("a message's type, such as RTM_NEWLINK")?);
    let third = match words.peek() {
        Some(word) if !is_count(word) => {
            words.next();
            Some(Pattern::read(word))
        }
        _ => None,
    };
    Ok(MessageEntry {
        direction,
        protocol,
        kind,
        third,
        contents: Vec::new(),
    })
}

fn call(words: &mut Words<'_>) -> Result<CallEntry, String> {
    let rest = words.0;
    let end = rest
        .find(|c: char| c == '(' || c.is_whitespace())
        .unwrap_or(rest.len());
    let (name, behind) = rest.split_at(end);
    if name.is_empty() {
        return Err("behind 'call' stands a call's name".to_owned());
    }
    let mut args = None;
    words.0 = behind.trim_start();
    if behind.starts_with('(') {
        let (list, behind) = arguments(behind)
            .ok_or_else(|| format!("the arguments of {} do not end in ')'", quoted(name)))?;
        args = Some(list);
        words.0 = behind.trim_start();
    }
    let mut result = None;
    if words.take("=") {
        let first = words.needed("a result")?;
        result = Some(match words.peek() {
            Some(error) if first == "-1" && error.starts_with(['E', '*']) => {
                words.next();
                Pattern::read(&format!("-1 {error}"))
            }
            _ => Pattern::read(first),
        });
    }
    let mut paths = Vec::new();
    if words.take("on") {
        paths.push(Pattern::read(words.needed("a path")?));
        while let Some(word) = words.peek().filter(|word| !is_count(word)) {
            words.next();
            paths.push(Pattern::read(word));
        }
    }
    Ok(CallEntry {
        name: Pattern::read(name),
        args,
        result,
        paths,
    })
}

/// The arguments in the brackets that the text starts with, and what follows them. Commas in strings and in inner
/// brackets part nothing.
fn arguments(text: &str) -> Option<(Vec<Pattern>, &str)> {
    let inside = text.strip_prefix('(')?;
    let mut list = Vec::new();
    let (mut depth, mut quoted, mut escaped, mut start) = (0usize, false, false, 0);
    for (i, c) in inside.char_indices() {
        let is_escaped = std::mem::take(&mut escaped);
        match c {
            _ if is_escaped => {}
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => {
                let last = inside.get(start..i)?.trim();
                if !last.is_empty() || !list.is_empty() {
                    list.push(Pattern::read(last));
                }
                return Some((list, inside.get(i + 1..)?));
            }
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                list.push(Pattern::read(inside.get(start..i)?.trim()));
                start = i + 1;
            }
            _ => {}
        }
    }
    None
}

/// The rest of a line.
struct Words<'a>(&'a str);

impl<'a> Words<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.0.split_whitespace().next()
    }

    fn next(&mut self) -> Option<&'a str> {
        let word = self.peek()?;
        self.0 = self.0.trim_start().get(word.len()..)?.trim_start();
        Some(word)
    }

    fn take(&mut self, word: &str) -> bool {
        let is_next = self.peek() == Some(word);
        if is_next {
            self.next();
        }
        is_next
    }

    fn needed(&mut self, what: &str) -> Result<&'a str, String> {
        self.next().ok_or_else(|| format!("here stands {what}"))
    }

    fn count(&mut self) -> Result<Option<Count>, String> {
        let Some(word) = self.peek().filter(|word| is_count(word)) else {
            return Ok(None);
        };
        self.next();
        count(word)
            .map(Some)
            .ok_or_else(|| format!("{} is no number of times", quoted(word)))
    }

    fn end(&mut self) -> Result<(), String> {
        match self.peek() {
            Some(word) => Err(format!("{} is not expected here", quoted(word))),
            None => Ok(()),
        }
    }
}

fn is_count(word: &str) -> bool {
    let number = word.strip_prefix('x');
    number.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
}

/// `x3`, `x2-5`, `x2+`.
fn count(word: &str) -> Option<Count> {
    let number = word.strip_prefix('x')?;
    if let Some(least) = number.strip_suffix('+') {
        return Some(Count {
            least: least.parse().ok()?,
            most: None,
        });
    }
    let Some((least, most)) = number.split_once('-') else {
        return Some(Count::exactly(number.parse().ok()?));
    };
    let (least, most) = (least.parse().ok()?, most.parse().ok()?);
    (least <= most).then_some(Count {
        least,
        most: Some(most),
    })
}

#[cfg(test)]
mod tests;
