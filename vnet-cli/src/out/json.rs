//! JSON in the layouts of `ip -j` and `ip -j -p`, on serde_json's formatter.

use serde_json::ser::Formatter;
use std::io;

/// The punctuation between values.
///
/// The compact layout is serde_json's own. The pretty one is iproute2's: four
/// blanks a level, arrays count as levels but their elements stay on the line
/// (`[ "UP","LOWER_UP" ]`, `[ {` … `},{` … `} ]`).
#[derive(Debug, Default)]
pub(super) struct Layout {
    pretty: bool,
    depth: usize,
    /// Whether the innermost open array or object has a value already.
    filled: bool,
}

impl Layout {
    pub(super) fn new(pretty: bool) -> Self {
        Self {
            pretty,
            ..Self::default()
        }
    }

    /// Whether the next value is the first of its array or object.
    pub(super) fn first(&self) -> bool {
        !self.filled
    }

    /// Stands before a document again.
    pub(super) fn restart(&mut self) {
        self.depth = 0;
        self.filled = false;
    }

    fn new_line<W: ?Sized + io::Write>(&self, to: &mut W) -> io::Result<()> {
        if self.pretty {
            to.write_all(b"\n")?;
            for _ in 0..self.depth {
                to.write_all(b"    ")?;
            }
        }
        Ok(())
    }

    fn open<W: ?Sized + io::Write>(&mut self, to: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        to.write_all(bracket)
    }

    fn close<W: ?Sized + io::Write>(&mut self, to: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth = self.depth.saturating_sub(1);
        self.filled = true;
        to.write_all(bracket)
    }
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, if self.pretty { b"[ " } else { b"[" })
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        let gap = self.pretty && self.filled;
        self.close(to, if gap { b" ]" } else { b"]" })
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        to: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.filled = true;
        if first { Ok(()) } else { to.write_all(b",") }
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        let filled = self.filled;
        self.depth = self.depth.saturating_sub(1);
        if filled {
            self.new_line(to)?;
        }
        self.filled = true;
        to.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        to: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.filled = true;
        if !first {
            to.write_all(b",")?;
        }
        self.new_line(to)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(if self.pretty { b": " } else { b":" })
    }
}
