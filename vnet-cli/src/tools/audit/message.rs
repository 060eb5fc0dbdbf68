//! The messages of a datagram, as far as they are counted and judged.

use crate::error::errno;
use netlink_raw::annotate::{Item, Name, Role, Shown};

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Message<'i, 'a> {
    /// The kernel's name for its type, or its number; of generic netlink the family and, behind a colon, the command.
    /// `-` is bytes that are no message.
    pub(super) kind: String,
    /// The error number of an answer, 0 or positive.
    pub(super) error: Option<i32>,
    /// Its length in bytes.
    pub(super) len: usize,
    /// What is in it, header included.
    pub(super) items: &'i [Item<'a>],
}

/// The messages of a datagram, in order.
pub(super) fn messages<'i, 'a>(items: &'i [Item<'a>]) -> Vec<Message<'i, 'a>> {
    let mut found = Vec::new();
    let mut rest = items;
    while let Some((first, behind)) = rest.split_first() {
        let inside = behind.iter().take_while(|i| i.depth > first.depth).count();
        let (items, left) = behind.split_at_checked(inside).unwrap_or((behind, &[]));
        rest = left;
        // A buffer sent with more room than its message needs: the kernel ends at a length of zero.
        let is_room = first.role != Role::Message && first.bytes.iter().all(|&b| b == 0);
        if first.role != Role::Padding && !is_room {
            found.push(message(first, items));
        }
    }
    found
}

fn message<'i, 'a>(item: &Item<'a>, items: &'i [Item<'a>]) -> Message<'i, 'a> {
    let mut kind = match (item.role, item.name) {
        (Role::Message, Name::None) => "0".to_owned(),
        (Role::Message, name) => name.to_string(),
        _ => "-".to_owned(),
    };
    let field = |role, name| {
        let is = |i: &&Item<'_>| i.role == role && i.name == Name::Known(name);
        items.iter().find(is)
    };
    if field(Role::Struct, "genlmsghdr").is_some()
        && let Some(command) = field(Role::Field, "cmd")
    {
        // The words are the command's name, the family's where that is all that is known, or neither.
        let own = match &item.value {
            Shown::Words(words) => words.split(", ").next().unwrap_or_default(),
            _ => "",
        };
        let number = value(&command.value);
        kind = match item.name {
            Name::Known(family) if own.is_empty() || own == family => format!("{family}:{number}"),
            Name::Known(family) => format!("{family}:{}", word(own.as_bytes())),
            _ if own.is_empty() || own.starts_with("type ") => format!("{kind}:{number}"),
            _ => format!("{}:{number}", word(own.as_bytes())),
        };
    }
    // What an answer answers may be an answer too: its error number is the first.
    let error = items.iter().find_map(|i| match i.value {
        Shown::Errno(number) if i.role == Role::Field => Some(number.saturating_neg()),
        _ => None,
    });
    Message {
        kind,
        error: error.filter(|_| kind_has_error(item)),
        len: item.bytes.len(),
        items,
    }
}

fn kind_has_error(item: &Item<'_>) -> bool {
    matches!(
        item.name,
        Name::Known("NLMSG_ERROR") | Name::Known("NLMSG_DONE")
    )
}

/// The name of an error number, `0` where there is no error.
pub(super) fn error_name(number: i32) -> String {
    errno::name(number).map_or_else(|| number.to_string(), str::to_owned)
}

/// A value as one word: names where there are any, else numbers, addresses and text; long bytes are cut short.
pub(super) fn value(shown: &Shown<'_>) -> String {
    /// Bytes that are shown.
    const FEW: usize = 64;
    match shown {
        Shown::Unsigned(n) => n.to_string(),
        Shown::Signed(n) => n.to_string(),
        Shown::Named(n, names) => match names.iter().find(|(value, _)| value == n) {
            Some((_, name)) => (*name).to_owned(),
            None => n.to_string(),
        },
        Shown::Bits(n, names) => crate::show::netlink::flags(*n, names),
        Shown::Errno(n) => error_name(n.saturating_neg()),
        Shown::Str(text) => word(text),
        Shown::Words(words) => word(words.as_bytes()),
        Shown::Ip(address) => address.to_string(),
        Shown::Mac(bytes) => {
            let digits: Vec<String> = bytes.iter().map(|b| format!("{b:02x}")).collect();
            digits.join(":")
        }
        Shown::Bytes(bytes) => {
            let few = bytes.get(..FEW).unwrap_or(bytes);
            let digits = crate::show::netlink::digits(few);
            let more = if few.len() < bytes.len() { "…" } else { "" };
            format!("0x{digits}{more}")
        }
        _ => String::new(),
    }
}

/// Text without blanks.
fn word(text: &[u8]) -> String {
    let clean = super::report::clean_bytes(text);
    clean.replace(' ', "\\x20")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::audit::report::samples::{answer, new_link};
    use netlink_raw::annotate::Conversation;
    use netlink_raw::transport::Direction;

    fn found(protocol: u16, bytes: &[u8]) -> Vec<(String, Option<i32>, usize)> {
        let mut items = Vec::new();
        Conversation::new(protocol).read(Direction::Received, bytes, &mut |item| {
            items.push(item.clone());
        });
        let found = messages(&items).into_iter();
        found.map(|m| (m.kind, m.error, m.len)).collect()
    }

    #[test]
    fn what_is_in_a_datagram() {
        let mut bytes = new_link("veth", 5, None);
        let link = ("RTM_NEWLINK".to_owned(), None, bytes.len());
        bytes.extend(answer(libc::EEXIST));
        let refusal = ("NLMSG_ERROR".to_owned(), Some(libc::EEXIST), 36);
        assert_eq!(found(0, &bytes), [link.clone(), refusal.clone()]);
        // Room behind the last is no message, anything else is one that makes no sense.
        bytes.extend([0; 100]);
        assert_eq!(found(0, &bytes), [link.clone(), refusal.clone()]);
        bytes.extend([1]);
        let bad = ("-".to_owned(), None, 101);
        assert_eq!(found(0, &bytes), [link, refusal, bad]);
        assert_eq!(found(0, &[]), []);
    }

    #[test]
    fn generic_netlink_is_told_by_family_and_command() {
        let mut bytes = vec![20, 0, 0, 0, 16, 0, 5, 0, 1, 0, 0, 0, 0, 0, 0, 0];
        bytes.extend([3, 2, 0, 0]);
        if cfg!(target_endian = "little") {
            let kind = found(16, &bytes)[0].0.clone();
            assert_eq!(kind, "nlctrl:CTRL_CMD_GETFAMILY");
        }
    }
}
