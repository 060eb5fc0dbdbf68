//! The two faces of a value: what JSON says and what the text says.

use std::fmt;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A value as JSON has it.
#[derive(Clone, Copy)]
pub enum Val<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    U64(u64),
    /// A number with a sign.
    I64(i64),
    /// A number with a fraction.
    F64(f64),
    /// A string.
    Str(&'a str),
    /// A string of bytes from outside: what is not UTF-8 becomes U+FFFD, since
    /// JSON has no other way. The text has it byte for byte.
    Bytes(&'a [u8]),
    /// A string to be formatted: `Val::Fmt(format_args!("0x{n:x}"))`.
    Fmt(fmt::Arguments<'a>),
    /// An address, a string.
    Ip(IpAddr),
    /// A time in seconds, a number with six digits behind the point.
    #[cfg(feature = "audit")]
    Seconds(std::time::Duration),
    /// Any value, made elsewhere.
    #[cfg(feature = "audit")]
    Json(&'a serde_json::Value),
}

macro_rules! val_from {
    ($($from:ty => |$v:ident| $to:expr;)*) => {$(
        impl<'a> From<$from> for Val<'a> {
            fn from($v: $from) -> Self {
                $to
            }
        }
    )*};
}

val_from! {
    bool => |v| Val::Bool(v);
    u8 => |v| Val::U64(v.into());
    u16 => |v| Val::U64(v.into());
    u32 => |v| Val::U64(v.into());
    u64 => |v| Val::U64(v);
    usize => |v| Val::U64(v as u64);
    i8 => |v| Val::I64(v.into());
    i16 => |v| Val::I64(v.into());
    i32 => |v| Val::I64(v.into());
    i64 => |v| Val::I64(v);
    f64 => |v| Val::F64(v);
    &'a str => |v| Val::Str(v);
    &'a String => |v| Val::Str(v);
    &'a [u8] => |v| Val::Bytes(v);
    &'a Vec<u8> => |v| Val::Bytes(v);
    fmt::Arguments<'a> => |v| Val::Fmt(v);
    IpAddr => |v| Val::Ip(v);
    Ipv4Addr => |v| Val::Ip(v.into());
    Ipv6Addr => |v| Val::Ip(v.into());
}

#[cfg(feature = "audit")]
impl<'a> From<&'a serde_json::Value> for Val<'a> {
    fn from(value: &'a serde_json::Value) -> Self {
        Val::Json(value)
    }
}

/// What the text says: strings, bytes (as they are), numbers, addresses,
/// `format_args!`, and tuples of these, which are written one after another
/// with nothing between: `("dev ", name, " ")`.
pub trait Text {
    /// Appends it.
    fn put(&self, to: &mut Vec<u8>);
}

impl Text for str {
    fn put(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(self.as_bytes());
    }
}

impl Text for [u8] {
    fn put(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(self);
    }
}

impl<T: Text + ?Sized> Text for &T {
    fn put(&self, to: &mut Vec<u8>) {
        (**self).put(to);
    }
}

impl<T: Text> Text for Option<T> {
    fn put(&self, to: &mut Vec<u8>) {
        if let Some(text) = self {
            text.put(to);
        }
    }
}

impl Text for () {
    fn put(&self, _: &mut Vec<u8>) {}
}

macro_rules! text_by_display {
    ($($t:ty)*) => {$(
        impl Text for $t {
            fn put(&self, to: &mut Vec<u8>) {
                // Writing to memory does not fail.
                let _ = write!(to, "{self}");
            }
        }
    )*};
}

text_by_display!(u8 u16 u32 u64 usize i8 i16 i32 i64 char String fmt::Arguments<'_> Ipv4Addr);

impl Text for Ipv6Addr {
    fn put(&self, to: &mut Vec<u8>) {
        let _ = write!(to, "{}", Ntop(*self));
    }
}

impl Text for IpAddr {
    fn put(&self, to: &mut Vec<u8>) {
        match self {
            IpAddr::V4(a) => a.put(to),
            IpAddr::V6(a) => a.put(to),
        }
    }
}

macro_rules! text_for_tuples {
    ($($($t:ident)*;)*) => {$(
        impl<$($t: Text),*> Text for ($($t,)*) {
            fn put(&self, to: &mut Vec<u8>) {
                #[allow(non_snake_case)]
                let ($($t,)*) = self;
                $($t.put(to);)*
            }
        }
    )*};
}

text_for_tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
}

/// An address, or the name of the host that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Host {
    /// It has none, or names were not asked for.
    Address(IpAddr),
    /// Its name.
    Name(String),
}

impl Text for Host {
    fn put(&self, to: &mut Vec<u8>) {
        match self {
            Host::Address(address) => address.put(to),
            Host::Name(name) => name.as_str().put(to),
        }
    }
}

impl<'a> From<&'a Host> for Val<'a> {
    fn from(host: &'a Host) -> Self {
        match host {
            Host::Address(address) => Val::Ip(*address),
            Host::Name(name) => Val::Str(name),
        }
    }
}

/// Text in a column of at least so many bytes, filled with blanks behind it, as
/// C's `%-16s`.
#[derive(Debug, Clone, Copy)]
pub struct Left<T>(pub usize, pub T);

impl<T: Text> Text for Left<T> {
    fn put(&self, to: &mut Vec<u8>) {
        let start = to.len();
        self.1.put(to);
        let end = start.saturating_add(self.0);
        if to.len() < end {
            to.resize(end, b' ');
        }
    }
}

/// An IPv6 address as inet_ntop(3) writes it: Rust's form, except that an
/// IPv4-compatible address ends in dotted decimals (`::1.2.3.4`).
#[derive(Debug, Clone, Copy)]
pub struct Ntop(pub Ipv6Addr);

impl fmt::Display for Ntop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.segments() {
            [0, 0, 0, 0, 0, 0, high, low] if high != 0 => {
                let [a, b] = high.to_be_bytes();
                let [c, d] = low.to_be_bytes();
                write!(f, "::{a}.{b}.{c}.{d}")
            }
            _ => self.0.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(t: impl Text) -> String {
        let mut to = Vec::new();
        t.put(&mut to);
        String::from_utf8(to).unwrap()
    }

    #[test]
    fn texts() {
        assert_eq!(text(("mtu ", 1500u32, " ")), "mtu 1500 ");
        assert_eq!(text((&b"v0"[..], Some(": "), None::<&str>, ())), "v0: ");
        assert_eq!(text(Left(8, ("lo", "@x"))), "lo@x    ");
        assert_eq!(text(Left(2, "veth0")), "veth0");
        assert_eq!(text(format_args!("{:x}", 255)), "ff");
    }

    #[test]
    fn ipv6_as_inet_ntop_writes_it() {
        // Judged by glibc's inet_ntop.
        for (address, want) in [
            ("::", "::"),
            ("::1", "::1"),
            ("::1:0", "::0.1.0.0"),
            ("::102:304", "::1.2.3.4"),
            ("::ffff:1.2.3.4", "::ffff:1.2.3.4"),
            ("::fffe:1.2.3.4", "::fffe:102:304"),
            ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
            ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
            ("1:0:0:2:3:0:0:4", "1::2:3:0:0:4"),
            ("fe80::1", "fe80::1"),
        ] {
            assert_eq!(text(address.parse::<Ipv6Addr>().unwrap()), want);
        }
    }
}
