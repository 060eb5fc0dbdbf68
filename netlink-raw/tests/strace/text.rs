//! What strace(1) writes, as a tree.

/// A piece of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// `[a, b]`.
    List(Vec<Node>),
    /// `{name=value}`, and `[[index]=value]`.
    Struct(Vec<(String, Node)>),
    /// `"text"`, `"\x01\x02"`.
    Text(Vec<u8>),
    /// All else, comments left out.
    Atom(String),
}

impl Node {
    pub(crate) fn field(&self, name: &str) -> Option<&Node> {
        let Self::Struct(fields) = self else {
            return None;
        };
        fields.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    pub(crate) fn atom(&self) -> &str {
        match self {
            Self::Atom(text) => text,
            _ => "",
        }
    }
}

/// Reads one piece from the head of a text.
pub(crate) struct Reader<'a> {
    pub(crate) rest: &'a str,
}

impl Reader<'_> {
    fn eat(&mut self, sign: &str) -> bool {
        self.rest = self.rest.trim_start();
        while let Some(after) = self.rest.strip_prefix("/*") {
            self.rest = after.split_once("*/").map_or("", |(_, r)| r).trim_start();
        }
        let after = self.rest.strip_prefix(sign);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    pub(crate) fn node(&mut self) -> Node {
        if self.eat("[") {
            return self.list();
        }
        if self.eat("{") {
            return self.fields();
        }
        if self.eat("\"") {
            return self.text();
        }
        self.value()
    }

    fn list(&mut self) -> Node {
        let (mut list, mut fields) = (Vec::new(), Vec::new());
        while !self.eat("]") {
            let before = self.rest;
            let node = self.node();
            assert!(self.rest.len() < before.len(), "no piece: {before}");
            if self.eat("=") {
                let Node::List(index) = node else {
                    panic!("an index: {node:?}")
                };
                fields.push((index[0].atom().to_owned(), self.node()));
            } else {
                list.push(node);
            }
            self.eat(",");
        }
        match fields.is_empty() {
            true => Node::List(list),
            false => Node::Struct(fields),
        }
    }

    fn fields(&mut self) -> Node {
        let mut fields = Vec::new();
        while !self.eat("}") {
            let before = self.rest;
            let name = self.value();
            assert!(self.rest.len() < before.len(), "no field: {before}");
            // An address goes as an argument of the call that reads it: `inet_pton(AF_INET6, "::", &name)`.
            let name = name.atom().to_owned();
            match self.eat("=") {
                true => fields.push((name, self.node())),
                false => fields.push((String::new(), Node::Atom(name))),
            }
            self.eat(",");
        }
        Node::Struct(fields)
    }

    /// Up to what cannot be inside: a comma, an end, an equals sign.
    fn value(&mut self) -> Node {
        self.eat("");
        let (mut depth, mut quoted, mut end) = (0, false, self.rest.len());
        for (at, c) in self.rest.char_indices() {
            match c {
                '"' => quoted = !quoted,
                _ if quoted => {}
                '(' => depth += 1,
                ')' if depth > 0 => depth -= 1,
                ',' | ']' | '}' | '=' | ')' if depth == 0 => {
                    end = at;
                    break;
                }
                '/' if depth == 0 && self.rest[at..].starts_with("/*") => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        // A comment in the parentheses of a call.
        let text = match (text.split_once(" /*"), text.rsplit_once("*/")) {
            (Some((before, _)), Some((_, after))) => format!("{before}{}", after.trim_start()),
            _ => text.trim().to_owned(),
        };
        self.eat("");
        Node::Atom(text)
    }

    fn text(&mut self) -> Node {
        let mut out = Vec::new();
        let mut bytes = self.rest.as_bytes();
        while let Some((first, rest)) = bytes.split_first() {
            bytes = rest;
            match first {
                b'"' => break,
                b'\\' => bytes = escaped(rest, &mut out),
                other => out.push(*other),
            }
        }
        self.rest = std::str::from_utf8(bytes).expect("text");
        self.eat("...");
        Node::Text(out)
    }
}

/// What stands behind a backslash; returns what follows.
fn escaped<'a>(bytes: &'a [u8], out: &mut Vec<u8>) -> &'a [u8] {
    let digits = |bytes: &[u8], most: usize, radix: u32| {
        let is = |b: &&u8| char::from(**b).is_digit(radix);
        bytes.iter().take(most).take_while(is).count()
    };
    let number = |bytes: &[u8], radix: u32| {
        let text = std::str::from_utf8(bytes).expect("digits");
        u8::from_str_radix(text, radix).expect("a byte")
    };
    let first = bytes[0];
    match first {
        b'x' => {
            let len = digits(&bytes[1..], 2, 16);
            out.push(number(&bytes[1..=len], 16));
            &bytes[1 + len..]
        }
        b'0'..=b'7' => {
            let len = digits(bytes, 3, 8);
            out.push(number(&bytes[..len], 8));
            &bytes[len..]
        }
        other => {
            out.push(match other {
                b'n' => b'\n',
                b't' => b'\t',
                b'v' => 11,
                b'f' => 12,
                b'r' => b'\r',
                same => same,
            });
            &bytes[1..]
        }
    }
}

/// A datagram: strace's words and the bytes.
pub(crate) struct Datagram {
    pub(crate) sent: bool,
    pub(crate) node: Node,
    pub(crate) bytes: Vec<u8>,
}

/// Every netlink datagram in what strace wrote to a file, with `-e read=all -e write=all`.
pub(crate) fn datagrams(text: &str) -> Vec<Datagram> {
    let mut all: Vec<Datagram> = Vec::new();
    for line in text.lines() {
        if let Some(hex) = line.strip_prefix(" | ") {
            let Some(datagram) = all.last_mut() else {
                continue;
            };
            // `00010  ed ff ff ff …  text |`: the bytes take 49 columns behind the offset.
            let columns = hex.get(6..6 + 51).unwrap_or(hex);
            for pair in columns.split_whitespace().take(16) {
                datagram
                    .bytes
                    .push(u8::from_str_radix(pair, 16).expect(line));
            }
            continue;
        }
        if line.starts_with(" *") {
            continue;
        }
        let inner = match line.split_once("iov_base=") {
            Some((_, inner)) => inner,
            None if line.starts_with("send") || line.starts_with("recv") => {
                line.split_once(", ").map_or("", |(_, inner)| inner)
            }
            None => continue,
        };
        if !inner.starts_with('[') && !inner.starts_with('{') {
            continue;
        }
        all.push(Datagram {
            sent: line.starts_with("send"),
            node: Reader { rest: inner }.node(),
            bytes: Vec::new(),
        });
    }
    all.retain(|datagram| !datagram.bytes.is_empty());
    all
}
