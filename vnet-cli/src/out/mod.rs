//! The printer: one call gives a value to the text or to the JSON.

pub mod color;
mod json;
mod value;

use color::{CLEAR, Color, Palette};
use json::Layout;
use serde_json::ser::Formatter;
use std::io::{self, IsTerminal};
use std::os::fd::AsFd;

pub use value::{Host, Left, Ntop, Text, Val};

/// Bytes held before they are written.
const BUFFER: usize = 32 * 1024;

/// What is shown, in the one form the options ask for.
///
/// Text calls do nothing when JSON is printed and the other way round, so show
/// code is one sequence of calls for both. Everything is held until
/// [`Out::flush`], or until the buffer is full.
#[derive(Debug)]
pub struct Out {
    buffer: Vec<u8>,
    /// Whether the buffer goes to stdout; a test reads it instead.
    to_stdout: bool,
    oneline: bool,
    color: Option<Palette>,
    json: Option<Json>,
    /// The names of hosts, where addresses are shown by name.
    hosts: Option<crate::hosts::Names>,
    /// The first error of writing to stdout.
    error: Option<io::Error>,
}

#[derive(Debug)]
struct Json {
    layout: Layout,
    /// What is open, the innermost last.
    open: Vec<Nest>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nest {
    Array,
    Object,
}

impl Out {
    /// To stdout, in the form the options ask for.
    pub fn stdout(options: &crate::options::Options) -> Self {
        let mut out = Self::memory(options);
        out.to_stdout = true;
        let terminal = || io::stdout().is_terminal();
        if !options.json && options.color.unwrap_or_default().enabled(terminal) {
            out.color = Some(Palette::of_environment());
        }
        out
    }

    /// To memory, for [`Out::take`]: the form is as on stdout, `-c=auto` has no colour.
    pub fn memory(options: &crate::options::Options) -> Self {
        let colored = !options.json && options.color.unwrap_or_default().enabled(|| false);
        Self {
            buffer: Vec::new(),
            to_stdout: false,
            oneline: options.oneline,
            color: colored.then_some(Palette::Light),
            json: options.json.then(|| Json {
                layout: Layout::new(options.pretty),
                open: Vec::new(),
            }),
            hosts: options.resolve.then(crate::hosts::Names::system),
            error: None,
        }
    }

    /// Whether JSON is printed.
    pub fn is_json(&self) -> bool {
        self.json.is_some()
    }

    /// An address as it is to be shown: with `-resolve` by the name of its host, where it has one.
    pub fn host(&self, address: impl Into<std::net::IpAddr>) -> Host {
        let address = address.into();
        let name = self.hosts.as_ref().and_then(|names| names.host(address));
        name.map_or(Host::Address(address), |name| Host::Name(name.to_owned()))
    }

    /// What was written to memory so far.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.buffer)
    }

    // Values in both forms.

    /// A value with a key: `out.field("mtu", mtu, ("mtu ", mtu, " "))`.
    pub fn field<'v>(&mut self, key: &str, value: impl Into<Val<'v>>, text: impl Text) {
        self.put(Color::None, key, value.into(), &text);
    }

    /// A value with a key; its whole text is in the colour.
    pub fn colored<'v>(
        &mut self,
        color: Color,
        key: &str,
        value: impl Into<Val<'v>>,
        text: impl Text,
    ) {
        self.put(color, key, value.into(), &text);
    }

    // The calls above and below are generic and everywhere; what they do is here once, for the size of
    // the binary.

    fn put(&mut self, color: Color, key: &str, value: Val<'_>, text: &dyn Text) {
        match self.is_json() {
            true => self.put_json(Some(key), value),
            false => self.put_text(color, text),
        }
    }

    fn put_text(&mut self, color: Color, text: &dyn Text) {
        if self.is_json() {
            return;
        }
        match self.color.and_then(|palette| color.start(palette)) {
            Some(start) => {
                self.buffer.extend_from_slice(start);
                text.put(&mut self.buffer);
                self.buffer.extend_from_slice(CLEAR);
            }
            None => text.put(&mut self.buffer),
        }
    }

    fn put_json(&mut self, key: Option<&str>, value: Val<'_>) {
        self.with_json(|json, to| {
            match key {
                Some(key) => json.key(to, key)?,
                None => json.element(to)?,
            }
            json.value(to, value)
        });
    }

    /// An element of an array, which has no key.
    pub fn item<'v>(&mut self, value: impl Into<Val<'v>>, text: impl Text) {
        match self.is_json() {
            true => self.put_json(None, value.into()),
            false => self.put_text(Color::None, &text),
        }
    }

    // Text alone.

    /// Text alone.
    pub fn text(&mut self, text: impl Text) {
        self.put_text(Color::None, &text);
    }

    /// Text alone, in a colour.
    pub fn colored_text(&mut self, color: Color, text: impl Text) {
        self.put_text(color, &text);
    }

    /// The break between the lines of one record, iproute2's `_SL_`: a backslash
    /// with `-o`, else a new line.
    pub fn sl(&mut self) {
        let sl = if self.oneline { "\\" } else { "\n" };
        self.text(sl);
    }

    /// The end of a record in text: a new line.
    pub fn end_line(&mut self) {
        self.text("\n");
        self.spill();
    }

    /// What JSON has no part in: help, versions, the tables of net-tools.
    pub fn raw(&mut self, text: impl Text) {
        text.put(&mut self.buffer);
        self.spill();
    }

    // JSON alone.

    /// A value with a key, in JSON alone.
    pub fn json<'v>(&mut self, key: &str, value: impl Into<Val<'v>>) {
        self.put_json(Some(key), value.into());
    }

    /// An element of an array, in JSON alone.
    pub fn json_item<'v>(&mut self, value: impl Into<Val<'v>>) {
        self.put_json(None, value.into());
    }

    // Nesting: closures close what they open; the open and close calls are for
    // what spans callbacks.

    /// The whole of a command's JSON: an array, and a new line behind it.
    pub fn document<R>(&mut self, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.open_document();
        let result = inside(self);
        self.close_document();
        result
    }

    /// The whole of a command's JSON where it is one object, and a new line behind it.
    pub fn object_document<R>(&mut self, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.with_json(|json, to| json.open(to, Nest::Object));
        let result = inside(self);
        self.close_document();
        result
    }

    /// An object in an array.
    pub fn object<R>(&mut self, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.open_object();
        let result = inside(self);
        self.close_object();
        result
    }

    /// An object with a key.
    pub fn object_of<R>(&mut self, key: &str, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.open_object_of(key);
        let result = inside(self);
        self.close_object();
        result
    }

    /// An array with a key.
    pub fn array<R>(&mut self, key: &str, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.open_array(key);
        let result = inside(self);
        self.close_array();
        result
    }

    /// Starts a command's JSON.
    pub fn open_document(&mut self) {
        self.with_json(|json, to| json.open(to, Nest::Array));
    }

    /// Ends a command's JSON, and whatever an error left open inside it.
    pub fn close_document(&mut self) {
        self.with_json(|json, to| {
            if json.open.is_empty() {
                return Ok(());
            }
            while let Some(nest) = json.open.pop() {
                json.end(to, nest)?;
            }
            to.push(b'\n');
            // The next command of a batch is a document of its own.
            json.layout.restart();
            Ok(())
        });
        self.spill();
    }

    /// Starts an object in an array.
    pub fn open_object(&mut self) {
        self.with_json(|json, to| {
            json.element(to)?;
            json.open(to, Nest::Object)
        });
    }

    /// Starts an object with a key.
    pub fn open_object_of(&mut self, key: &str) {
        self.with_json(|json, to| {
            json.key(to, key)?;
            json.open(to, Nest::Object)
        });
    }

    /// Ends the innermost object; nothing when that is an array.
    pub fn close_object(&mut self) {
        self.close(Nest::Object);
    }

    /// Starts an array with a key.
    pub fn open_array(&mut self, key: &str) {
        self.with_json(|json, to| {
            json.key(to, key)?;
            json.open(to, Nest::Array)
        });
    }

    /// Ends the innermost array; nothing when that is an object.
    pub fn close_array(&mut self) {
        self.close(Nest::Array);
    }

    fn close(&mut self, nest: Nest) {
        self.with_json(|json, to| {
            if json.open.last() != Some(&nest) {
                return Ok(());
            }
            json.open.pop();
            json.end(to, nest)
        });
        self.spill();
    }

    fn with_json(&mut self, f: impl FnOnce(&mut Json, &mut Vec<u8>) -> io::Result<()>) {
        if let Some(json) = &mut self.json
            && let Err(e) = f(json, &mut self.buffer)
        {
            self.error.get_or_insert(e);
        }
    }

    // To stdout.

    /// Writes a full buffer.
    fn spill(&mut self) {
        if self.to_stdout && self.buffer.len() >= BUFFER {
            self.write();
        }
    }

    /// Writes what is held: at the end of the process, after an event that
    /// someone waits for, before another program takes over.
    pub fn flush(&mut self) {
        if self.to_stdout {
            self.write();
        }
    }

    /// The first error of writing to stdout, after a last flush.
    pub fn finish(&mut self) -> io::Result<()> {
        self.flush();
        self.error.take().map_or(Ok(()), Err)
    }

    fn write(&mut self) {
        let stdout = io::stdout();
        let mut rest = self.buffer.as_slice();
        while !rest.is_empty() && self.error.is_none() {
            match nix::unistd::write(stdout.as_fd(), rest) {
                Ok(0) => self.error = Some(io::ErrorKind::WriteZero.into()),
                Ok(n) => rest = rest.get(n..).unwrap_or_default(),
                Err(nix::errno::Errno::EINTR) => {}
                Err(e) => self.error = Some(e.into()),
            }
        }
        self.buffer.clear();
    }
}

impl Json {
    fn key(&mut self, to: &mut Vec<u8>, key: &str) -> io::Result<()> {
        let first = self.layout.first();
        self.layout.begin_object_key(to, first)?;
        serde_json::to_writer(&mut *to, key)?;
        self.layout.begin_object_value(to)
    }

    fn element(&mut self, to: &mut Vec<u8>) -> io::Result<()> {
        let first = self.layout.first();
        self.layout.begin_array_value(to, first)
    }

    fn open(&mut self, to: &mut Vec<u8>, nest: Nest) -> io::Result<()> {
        self.open.push(nest);
        match nest {
            Nest::Array => self.layout.begin_array(to),
            Nest::Object => self.layout.begin_object(to),
        }
    }

    fn end(&mut self, to: &mut Vec<u8>, nest: Nest) -> io::Result<()> {
        match nest {
            Nest::Array => self.layout.end_array(to),
            Nest::Object => self.layout.end_object(to),
        }
    }

    fn value(&mut self, to: &mut Vec<u8>, value: Val<'_>) -> io::Result<()> {
        match value {
            Val::Null => self.layout.write_null(to),
            Val::Bool(v) => self.layout.write_bool(to, v),
            Val::U64(v) => self.layout.write_u64(to, v),
            Val::I64(v) => self.layout.write_i64(to, v),
            Val::F64(v) => serde_json::to_writer(to, &v).map_err(io::Error::from),
            Val::Str(v) => Ok(serde_json::to_writer(to, v)?),
            Val::Bytes(v) => Ok(serde_json::to_writer(to, &String::from_utf8_lossy(v))?),
            Val::Fmt(v) => Ok(serde_json::to_writer(to, &v)?),
            #[cfg(feature = "audit")]
            Val::Seconds(v) => {
                use std::io::Write;
                write!(to, "{}.{:06}", v.as_secs(), v.subsec_micros())
            }
            #[cfg(feature = "audit")]
            Val::Json(v) => Ok(serde_json::to_writer(to, v)?),
            Val::Ip(v) => {
                let mut text = Vec::new();
                v.put(&mut text);
                Ok(serde_json::to_writer(to, &String::from_utf8_lossy(&text))?)
            }
        }
    }
}

#[cfg(test)]
mod tests;
