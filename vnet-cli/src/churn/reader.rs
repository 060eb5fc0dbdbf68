//! JSON from outside, as a tree.
//!
//! A report is all that `vnet` reads in JSON. serde_json's reader with its maps takes 25 KB of program
//! for it, this takes three; serde_json judges it in the tests.

use crate::args;

/// How deep arrays and objects may be in one another: a report has four levels.
const DEEPEST: usize = 32;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    /// Finite.
    Number(f64),
    Text(String),
    List(Vec<Json>),
    /// In the order of the text.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The value of a key, where this is an object that has it: the last, where it has several.
    pub(super) fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members.iter().rev().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text, where it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The one value that `text` is; or the line from 1 on that is wrong.
pub(super) fn parse(text: &[u8]) -> Result<Json, usize> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0).filter(|_| {
        reader.blanks();
        reader.at == text.len()
    });
    let read = text.get(..reader.at).unwrap_or(text);
    value.ok_or_else(|| 1 + read.iter().filter(|&&b| b == b'\n').count())
}

/// RFC 8259, a method a rule; `None` where the text breaks it.
struct Reader<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Passes over a byte if it is the next.
    fn eat(&mut self, byte: u8) -> bool {
        let eaten = self.peek() == Some(byte);
        self.at += usize::from(eaten);
        eaten
    }

    fn need(&mut self, byte: u8) -> Option<()> {
        self.eat(byte).then_some(())
    }

    fn blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn word(&mut self, word: &[u8], value: Json) -> Option<Json> {
        let rest = self.text.get(self.at..)?;
        rest.starts_with(word).then(|| {
            self.at += word.len();
            value
        })
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.blanks();
        match self.peek()? {
            b'n' => self.word(b"null", Json::Null),
            b't' => self.word(b"true", Json::Bool(true)),
            b'f' => self.word(b"false", Json::Bool(false)),
            b'"' => self.string().map(Json::Text),
            b'[' | b'{' if depth >= DEEPEST => None,
            b'[' => self.list(depth).map(Json::List),
            b'{' => self.object(depth).map(Json::Object),
            _ => self.number().map(Json::Number),
        }
    }

    fn list(&mut self, depth: usize) -> Option<Vec<Json>> {
        self.need(b'[')?;
        let mut list = Vec::new();
        self.blanks();
        if self.eat(b']') {
            return Some(list);
        }
        loop {
            list.push(self.value(depth + 1)?);
            self.blanks();
            if self.eat(b']') {
                return Some(list);
            }
            self.need(b',')?;
        }
    }

    fn object(&mut self, depth: usize) -> Option<Vec<(String, Json)>> {
        self.need(b'{')?;
        let mut members = Vec::new();
        self.blanks();
        if self.eat(b'}') {
            return Some(members);
        }
        loop {
            self.blanks();
            let key = self.string()?;
            self.blanks();
            self.need(b':')?;
            members.push((key, self.value(depth + 1)?));
            self.blanks();
            if self.eat(b'}') {
                return Some(members);
            }
            self.need(b',')?;
        }
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn number(&mut self) -> Option<f64> {
        let start = self.at;
        self.eat(b'-');
        // No digit follows a zero in front.
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        args::real(self.text.get(start..self.at)?)
    }

    fn string(&mut self) -> Option<String> {
        self.need(b'"')?;
        let mut bytes = Vec::new();
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'"' => return String::from_utf8(bytes).ok(),
                b'\\' => {
                    let c = self.escaped()?;
                    bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
                0..0x20 => return None,
                _ => bytes.push(byte),
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => byte.into(),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                match unit {
                    // The first of a pair of surrogates, behind which the other must stand.
                    0xd800..0xdc00 => {
                        self.need(b'\\')?;
                        self.need(b'u')?;
                        let low = self
                            .unit()?
                            .checked_sub(0xdc00)
                            .filter(|&low| low < 0x400)?;
                        return char::from_u32(0x1_0000 + ((unit - 0xd800) << 10 | low));
                    }
                    _ => char::from_u32(unit)?,
                }
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit << 4 | char::from(self.peek()?).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn like(value: Value) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Bool(on) => Json::Bool(on),
            Value::Number(n) => Json::Number(n.as_f64().unwrap()),
            Value::String(text) => Json::Text(text),
            Value::Array(list) => Json::List(list.into_iter().map(like).collect()),
            Value::Object(object) => {
                Json::Object(object.into_iter().map(|(k, v)| (k, like(v))).collect())
            }
        }
    }

    /// Whether they are the same, but for the last bits of numbers, in which readers differ.
    fn same(a: &Json, b: &Json) -> bool {
        match (a, b) {
            (Json::Number(a), Json::Number(b)) => (a - b).abs() <= a.abs() * 1e-14,
            (Json::List(a), Json::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
            }
            (Json::Object(members), Json::Object(_)) => members
                .iter()
                .all(|(key, _)| a.get(key).zip(b.get(key)).is_some_and(|(a, b)| same(a, b))),
            (a, b) => a == b,
        }
    }

    /// Both take it for the same, or both refuse it.
    fn judged(text: &[u8]) {
        let wanted = serde_json::from_slice(text).ok().map(like);
        let same = match (parse(text).ok(), &wanted) {
            (Some(got), Some(wanted)) => same(&got, wanted),
            (got, wanted) => got.is_none() && wanted.is_none(),
        };
        assert!(same, "{} is {wanted:?}", String::from_utf8_lossy(text));
    }

    #[test]
    fn as_serde_json_reads_it() {
        for text in [
            "",
            " ",
            "null",
            " true\n",
            "false",
            "nul",
            "nulll",
            "0",
            "-0.5e-3",
            "01",
            "1.",
            ".5",
            "+1",
            "1e5",
            "-",
            "1e999",
            "[]",
            "[ ]",
            "[1,2]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1",
            "]",
            "{}",
            "{\"a\":1}",
            "{\"a\":1,}",
            "{\"a\" : [ {} ] , \"b\":null}",
            "{a:1}",
            "{\"a\"}",
            "{\"a\":}",
            "\"",
            "\"\"",
            "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
            "\"\\u00e9\\u20ac\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\ude00\"",
            "\"\\ud83d\\u0041\"",
            "\"\\u12\"",
            "\"\\x\"",
            "\"\t\"",
            "\"é\"",
            "1 2",
            "\"a\" b",
            "{} {}",
            "\u{feff}1",
        ] {
            judged(text.as_bytes());
        }
        judged(b"\"\xff\"");
        assert_eq!(parse("[".repeat(100_000).as_bytes()), Err(1));
        assert_eq!(parse(b"{\n\"a\":\n?}"), Err(3));
        let twice = parse(b"{\"a\":1,\"a\":2}").unwrap();
        assert_eq!(twice.get("a"), Some(&Json::Number(2.0)));
    }

    proptest! {
        #[test]
        fn whatever_comes(text in "[\\[\\]{},:\"\\\\a0-9eE.+ntrufls-]{0,24}") {
            judged(text.as_bytes());
        }

        #[test]
        fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let _ = parse(&bytes);
        }
    }
}
