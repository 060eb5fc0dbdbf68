//! Commands from a file, a line each, as `ip -batch` reads them.

use crate::applet::Program;
use crate::args::Args;
use crate::context::Context;
use crate::dispatch;
use crate::error::{self, CmdError, FAILED, Result, USAGE, quoted};
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

/// Words of a line at most, the program's name not counted, as in ip.
const MAX_WORDS: usize = 511;

/// Runs the lines of `file`, `-` for stdin. An error is printed with the file's
/// name and the line's number; it ends the batch unless `-force` was given. The
/// exit code is then 1, or 255 where it was a line's words that were wrong.
pub(crate) fn run(context: &mut Context, tables: Program, file: &OsStr) -> Result {
    let input: Box<dyn BufRead> = match file.as_bytes() {
        b"-" => Box::new(BufReader::new(io::stdin())),
        _ => Box::new(BufReader::new(
            File::open(file).map_err(|e| no_file(file, &e))?,
        )),
    };
    let mut lines = Lines::new(input);
    context.in_batch = true;
    let options = context.options.clone();
    let mut failed = None;
    loop {
        let words = match lines.next_words(context.program.name()) {
            Ok(Some(words)) => words,
            Ok(None) => break,
            Err(broken) => {
                // What is wrong with the lines themselves ends the batch, forced or not.
                context.out.flush();
                error::stderr(&broken.render(context.program, &[]));
                place(file, lines.number);
                return Err(CmdError::silent(FAILED));
            }
        };
        if words.len() == 1 {
            continue;
        }
        let result = dispatch::command(context, tables, &mut Args::new(&words, 1));
        context.options.clone_from(&options);
        context.out.close_document();
        context.report_dry_run(result.is_err());
        let Err(e) = result else { continue };
        context.out.flush();
        error::stderr(&e.render(context.program, &words));
        place(file, lines.number);
        failed = Some(match e.exit_code() {
            USAGE if !options.force => USAGE,
            _ => FAILED,
        });
        if !options.force {
            break;
        }
    }
    failed.map_or(Ok(()), |code| Err(CmdError::silent(code)))
}

fn no_file(file: &OsStr, error: &io::Error) -> CmdError {
    let why = error
        .raw_os_error()
        .map_or_else(|| error.to_string().into(), error::errno::text);
    let shown = quoted(file);
    CmdError::os(format!("cannot read the batch {shown}"), error).ip(format!(
        "Cannot open file \"{}\" for reading: {why}",
        shown.get(1..shown.len() - 1).unwrap_or_default()
    ))
}

/// ip's line about where it was.
fn place(file: &OsStr, number: usize) {
    let mut line = b"Command failed ".to_vec();
    line.extend_from_slice(file.as_bytes());
    line.extend_from_slice(format!(":{number}\n").as_bytes());
    error::stderr(&line);
}

/// The lines of a batch, joined where one ends in a backslash.
struct Lines<R> {
    input: R,
    /// The number of the line read last, from 1.
    number: usize,
}

impl<R: BufRead> Lines<R> {
    fn new(input: R) -> Self {
        Self { input, number: 0 }
    }

    /// The words of the next command behind the name of the program; nothing at
    /// the end. A line that is blank or a comment has no words.
    fn next_words(&mut self, program: &str) -> Result<Option<Vec<OsString>>> {
        let mut line = Vec::new();
        if !self.read(&mut line)? {
            return Ok(None);
        }
        while line.ends_with(b"\\\n") {
            line.truncate(line.len() - 2);
            let mut next = Vec::new();
            if !self.read(&mut next)? {
                return Err(CmdError::new("the batch ends where a line is to go on")
                    .ip("Missing continuation line")
                    .code(FAILED));
            }
            line.append(&mut next);
        }
        let mut words = vec![OsString::from(program)];
        words.extend(split(&line)?);
        Ok(Some(words))
    }

    /// Appends one line, its comment cut off; false at the end.
    fn read(&mut self, line: &mut Vec<u8>) -> Result<bool> {
        let n = self
            .input
            .read_until(b'\n', line)
            .map_err(|e| CmdError::os("cannot read the batch", &e))?;
        if n == 0 {
            return Ok(false);
        }
        self.number += 1;
        if let Some(comment) = line.iter().position(|&b| b == b'#') {
            line.truncate(comment);
        }
        // A word cannot hold a NUL, and C's strings end there.
        if let Some(nul) = line.iter().position(|&b| b == 0) {
            line.truncate(nul);
        }
        Ok(true)
    }
}

/// The words of a line: blanks part them, a quote at a word's start takes
/// everything up to its like, what follows the closing quote starts a new word.
fn split(line: &[u8]) -> Result<Vec<OsString>> {
    let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n');
    let mut words = Vec::new();
    let mut rest = line;
    loop {
        let skip = rest.iter().take_while(|b| blank(b)).count();
        rest = rest.get(skip..).unwrap_or_default();
        let Some(&first) = rest.first() else {
            return Ok(words);
        };
        if words.len() >= MAX_WORDS {
            return Err(
                CmdError::new(format!("a line has more than {MAX_WORDS} words"))
                    .ip("Too many arguments to command")
                    .code(FAILED),
            );
        }
        let (word, after) = match first {
            quote @ (b'\'' | b'"') => {
                let inside = rest.get(1..).unwrap_or_default();
                let Some(end) = inside.iter().position(|&b| b == quote) else {
                    return Err(CmdError::new("a quote is not closed")
                        .ip("Unterminated quoted string")
                        .code(FAILED));
                };
                (inside.get(..end), inside.get(end + 1..))
            }
            _ => {
                let end = rest.iter().position(blank).unwrap_or(rest.len());
                (rest.get(..end), rest.get(end + 1..))
            }
        };
        words.push(OsString::from_vec(word.unwrap_or_default().to_vec()));
        rest = after.unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &[u8]) -> Vec<std::result::Result<Vec<String>, String>> {
        let mut lines = Lines::new(text);
        let mut all = Vec::new();
        loop {
            match lines.next_words("vnet") {
                Ok(Some(words)) => all.push(Ok(words
                    .iter()
                    .skip(1)
                    .map(|w| w.to_string_lossy().into_owned())
                    .collect())),
                Ok(None) => return all,
                Err(e) => {
                    all.push(Err(e.to_string()));
                    return all;
                }
            }
        }
    }

    #[test]
    fn lines_as_ip_reads_them() {
        let ok = |words: &[&str]| Ok(words.iter().map(|w| w.to_string()).collect());
        assert_eq!(
            lines(b"link show v0 # c\n\n  # x\nlink \\\n  show\n"),
            [
                ok(&["link", "show", "v0"]),
                ok(&[]),
                ok(&[]),
                ok(&["link", "show"])
            ]
        );
        assert_eq!(
            lines(b"a 'b c' \"d\"e f\\"),
            [ok(&["a", "b c", "d", "e", "f\\"])]
        );
        assert_eq!(lines(b"a b\"c\r\n"), [ok(&["a", "b\"c"])]);
        assert_eq!(lines(b"a 'b"), [Err("a quote is not closed".into())]);
        assert_eq!(
            lines(b"a \\\n"),
            [Err("the batch ends where a line is to go on".into())]
        );
        assert_eq!(lines(b"a\0b\n"), [ok(&["a"])]);
    }

    #[test]
    fn a_line_has_a_limit() {
        assert!(split(&b"x ".repeat(511)).is_ok());
        assert!(split(&b"x ".repeat(512)).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for words in lines(&bytes).into_iter().flatten() {
                prop_assert!(words.len() <= MAX_WORDS);
            }
        }
    }
}
