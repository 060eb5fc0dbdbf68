//! Items made by hand, in every form.

use super::Annotated;
use crate::out::color::{Paint, Palette};
use netlink_raw::annotate::{Item, Name, Role, Shown};
use netlink_raw::schema::Names;
use serde_json::json;

const FLAGS: Names = &[
    (0x1, "NLM_F_REQUEST"),
    (0x2, "NLM_F_MULTI"),
    (0x4, "NLM_F_ACK"),
    (0x100, "NLM_F_ROOT"),
    (0x200, "NLM_F_MATCH"),
    (0x300, "NLM_F_DUMP"),
];
const TYPES: Names = &[(2, "NLMSG_ERROR"), (16, "RTM_NEWLINK"), (18, "RTM_GETLINK")];

/// Items one behind the other, each with its bytes.
struct Maker<'a> {
    bytes: &'a [u8],
    items: Vec<Item<'a>>,
    at: usize,
}

impl<'a> Maker<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            items: Vec::new(),
            at: 0,
        }
    }

    fn leaf(&mut self, depth: usize, len: usize, role: Role, name: &'static str, value: Shown<'a>) {
        self.group(depth, len, role, name);
        self.items.last_mut().unwrap().value = value;
        self.at += len;
    }

    fn group(&mut self, depth: usize, len: usize, role: Role, name: &'static str) {
        self.items.push(Item {
            depth,
            offset: self.at,
            bytes: &self.bytes[self.at..self.at + len],
            role,
            name: match name {
                "" => Name::None,
                name => Name::Known(name),
            },
            value: Shown::Nothing,
        });
    }

    fn u32(&self, at: usize) -> u64 {
        let bytes = &self.bytes[self.at + at..];
        u32::from_ne_bytes(bytes[..4].try_into().unwrap()).into()
    }

    fn u16(&self, at: usize) -> u64 {
        let bytes = &self.bytes[self.at + at..];
        u16::from_ne_bytes(bytes[..2].try_into().unwrap()).into()
    }

    /// The 16 bytes of a message's header.
    fn header(&mut self, depth: usize) {
        self.group(depth, 16, Role::Struct, "nlmsghdr");
        for (name, len) in [
            ("nlmsg_len", 4),
            ("nlmsg_type", 2),
            ("nlmsg_flags", 2),
            ("nlmsg_seq", 4),
            ("nlmsg_pid", 4),
        ] {
            let value = match name {
                "nlmsg_type" => Shown::Named(self.u16(0), TYPES),
                "nlmsg_flags" => Shown::Bits(self.u16(0), FLAGS),
                _ => Shown::Unsigned(self.u32(0)),
            };
            self.leaf(depth + 1, len, Role::Field, name, value);
        }
    }

    fn attribute(&mut self, depth: usize, name: &'static str, value: Shown<'a>) {
        let len = self.u16(0) as usize;
        self.group(depth, len.next_multiple_of(4), Role::Attribute, name);
        self.frame(depth + 1, name);
        self.leaf(depth + 1, len - 4, Role::Payload, "", value);
        let padding = len.next_multiple_of(4) - len;
        if padding > 0 {
            self.leaf(depth + 1, padding, Role::Padding, "", Shown::Nothing);
        }
    }

    fn frame(&mut self, depth: usize, name: &'static str) {
        let len = Shown::Unsigned(self.u16(0));
        self.leaf(depth, 2, Role::Length, "nla_len", len);
        let kind = Shown::Words(name.to_owned());
        self.leaf(depth, 2, Role::Type, "nla_type", kind);
    }

    fn done(self) -> Annotated<'a> {
        Annotated {
            datagram: self.bytes,
            items: self.items,
            requests: Vec::new(),
        }
    }
}

fn message(kind: u16, flags: u16, seq: u32, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend((16 + body.len() as u32).to_ne_bytes());
    bytes.extend(kind.to_ne_bytes());
    bytes.extend(flags.to_ne_bytes());
    bytes.extend(seq.to_ne_bytes());
    bytes.extend([0; 4]);
    bytes.extend(body);
    bytes
}

fn attribute(kind: u16, payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend((4 + payload.len() as u16).to_ne_bytes());
    bytes.extend(kind.to_ne_bytes());
    bytes.extend(payload);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

/// A request with a name that a terminal would obey, a number, a nest, an attribute that no table has.
fn request() -> Vec<u8> {
    let inner = attribute(1, b"veth\0");
    let body = [
        &7u32.to_ne_bytes()[..],
        &attribute(3, b"v\x1b[31m\0"),
        &attribute(4, &1500u32.to_ne_bytes()),
        &attribute(0x8012, &inner),
        &attribute(999, &[0xab, 0xcd]),
    ]
    .concat();
    message(16, 5, 5, &body)
}

fn annotated(bytes: &[u8]) -> Annotated<'_> {
    let mut maker = Maker::new(bytes);
    maker.group(0, bytes.len(), Role::Message, "RTM_NEWLINK");
    maker.header(1);
    maker.group(1, 4, Role::Struct, "smallmsg");
    maker.leaf(2, 4, Role::Field, "index", Shown::Unsigned(7));
    maker.attribute(1, "IFLA_IFNAME", Shown::Str(b"v\x1b[31m"));
    maker.attribute(1, "IFLA_MTU", Shown::Unsigned(1500));
    maker.group(1, 16, Role::Attribute, "IFLA_LINKINFO");
    maker.frame(2, "IFLA_LINKINFO");
    maker.attribute(2, "IFLA_INFO_KIND", Shown::Str(b"veth"));
    maker.attribute(
        1,
        "",
        Shown::Bytes(&bytes[bytes.len() - 4..bytes.len() - 2]),
    );
    let mut unknown = maker.items.iter_mut().rev();
    let group = unknown.find(|i| i.role == Role::Attribute);
    group.unwrap().name = Name::Number(999);
    maker.done()
}

fn text(annotated: &Annotated<'_>) -> String {
    let mut to = String::new();
    annotated.text(Paint::PLAIN, 2, &mut to);
    to
}

fn bytes(annotated: &Annotated<'_>) -> String {
    let mut to = String::new();
    annotated.bytes(Paint::PLAIN, 0, &mut to);
    to
}

#[test]
fn a_request_in_every_form() {
    let datagram = request();
    let annotated = annotated(&datagram);
    assert_eq!(
        annotated.line(Paint::PLAIN),
        "RTM_NEWLINK seq 5 REQUEST|ACK, 64 bytes"
    );
    assert_eq!(
        text(&annotated),
        "  RTM_NEWLINK seq 5 REQUEST|ACK, 64 bytes\n\
         \u{20}     smallmsg: index 7\n\
         \u{20}     IFLA_IFNAME \"v\\x1b[31m\"\n\
         \u{20}     IFLA_MTU 1500\n\
         \u{20}     IFLA_LINKINFO\n\
         \u{20}         IFLA_INFO_KIND \"veth\"\n\
         \u{20}     [999] 0xabcd\n"
    );
    assert_eq!(
        annotated.json(),
        json!([{
            "type": "RTM_NEWLINK",
            "type_number": 16,
            "flags": ["NLM_F_REQUEST", "NLM_F_ACK"],
            "flags_number": 5,
            "seq": 5,
            "pid": 0,
            "len": 64,
            "header": {"struct": "smallmsg", "index": 7},
            "attributes": [
                {"name": "IFLA_IFNAME", "number": 3, "value": "v\u{1b}[31m"},
                {"name": "IFLA_MTU", "number": 4, "value": 1500},
                {"name": "IFLA_LINKINFO", "number": 18, "attributes": [
                    {"name": "IFLA_INFO_KIND", "number": 1, "value": "veth"},
                ]},
                {"name": null, "number": 999, "value": {"hex": "abcd"}},
            ],
        }])
    );
}

/// The digits of all lines are the datagram, and the sum is its length.
#[test]
fn every_byte_has_a_line() {
    let datagram = request();
    let text = bytes(&annotated(&datagram));
    let mut seen = Vec::new();
    for line in text.lines() {
        let Ok(offset) = line[..6].trim().parse::<usize>() else {
            continue;
        };
        if line.contains("bytes, all of") {
            assert_eq!(offset, datagram.len());
            continue;
        }
        assert_eq!(offset, seen.len(), "{line}");
        let digits = line.get(8..55).unwrap_or(&line[8..]);
        seen.extend(
            digits
                .split_whitespace()
                .map(|d| u8::from_str_radix(d, 16).unwrap()),
        );
    }
    assert_eq!(seen, datagram);
    assert!(text.contains("    64  bytes, all of 64\n"), "{text}");
    assert!(!text.contains("INTERNAL"), "{text}");
    assert!(
        text.contains("nlmsg_flags NLM_F_REQUEST|NLM_F_ACK\n"),
        "{text}"
    );
    assert!(text.contains("    31  00                 "), "{text}");
}

#[test]
fn a_byte_that_is_missing_is_said_loudly() {
    let datagram = request();
    let mut short = annotated(&datagram);
    short.items.retain(|item| item.role != Role::Length);
    assert!(bytes(&short).contains("INTERNAL ERROR: 54 bytes are accounted for, of 64"));
    let mut moved = annotated(&datagram);
    moved.items.last_mut().unwrap().offset -= 1;
    assert!(bytes(&moved).contains("what should start at 62 starts at 61"));
}

#[test]
fn no_form_writes_what_a_terminal_obeys() {
    let datagram = request();
    let annotated = annotated(&datagram);
    let json = serde_json::to_string(&annotated.json()).unwrap();
    let all = text(&annotated) + &bytes(&annotated) + &annotated.line(Paint::PLAIN) + &json;
    assert!(!all.contains('\x1b'), "{all:?}");
    let painted = annotated.line(Paint::with(Palette::Light));
    assert!(
        painted.contains("\x1b[36mRTM_NEWLINK\x1b[0m seq"),
        "{painted:?}"
    );
}

#[test]
fn an_error_says_what_it_is_about() {
    let request = message(16, 5, 9, &[0; 4]);
    let body = [
        &(-1i32).to_ne_bytes()[..],
        &request[..16],
        &attribute(1, b"no \"such\" thing\0"),
        &attribute(2, &36u32.to_ne_bytes()),
    ]
    .concat();
    let datagram = message(2, 0x300, 9, &body);
    let mut maker = Maker::new(&datagram);
    maker.group(0, datagram.len(), Role::Message, "NLMSG_ERROR");
    maker.header(1);
    maker.group(1, 20, Role::Struct, "nlmsgerr");
    maker.leaf(2, 4, Role::Field, "error", Shown::Errno(-1));
    maker.group(2, 16, Role::Element, "msg");
    maker.header(3);
    maker.attribute(1, "NLMSGERR_ATTR_MSG", Shown::Str(b"no \"such\" thing"));
    maker.attribute(1, "NLMSGERR_ATTR_OFFS", Shown::Unsigned(36));
    let mut groups = maker.items.iter_mut().rev();
    let offset = groups.find(|i| i.role == Role::Attribute);
    offset.unwrap().value = Shown::Words("IFLA_INFO_KIND".into());
    let annotated = maker.done();
    assert_eq!(
        annotated.line(Paint::PLAIN),
        "error EPERM of RTM_NEWLINK seq 9: \"no \\\"such\\\" thing\", at IFLA_INFO_KIND, 64 bytes"
    );
    let json = annotated.json();
    assert_eq!(json[0]["error"]["errno"], "EPERM");
    assert_eq!(json[0]["error"]["number"], 1);
    assert_eq!(json[0]["error"]["message"], "no \"such\" thing");
    assert_eq!(json[0]["answers"]["type"], "RTM_NEWLINK");
    assert_eq!(json[0]["answers"]["seq"], 9);
    assert!(!bytes(&annotated).contains("INTERNAL"));
}

#[test]
fn messages_alike_are_counted_in_a_line() {
    let one = message(16, 2, 5, &[]);
    let datagram = [one.clone(), one.clone(), message(18, 0x301, 6, &[])].concat();
    let mut maker = Maker::new(&datagram);
    for name in ["RTM_NEWLINK", "RTM_NEWLINK", "RTM_GETLINK"] {
        maker.group(0, 16, Role::Message, name);
        maker.header(1);
    }
    assert_eq!(
        maker.done().line(Paint::PLAIN),
        "RTM_NEWLINK x2 seq 5 MULTI, 32 bytes; RTM_GETLINK seq 6 REQUEST|DUMP, 16 bytes"
    );
    assert_eq!(
        Maker::new(&[]).done().line(Paint::PLAIN),
        "an empty datagram"
    );
}

#[test]
fn what_makes_no_sense_is_in_every_form() {
    let datagram = [message(16, 0, 1, &[]), vec![9, 9]].concat();
    let mut maker = Maker::new(&datagram);
    maker.group(0, 16, Role::Message, "RTM_NEWLINK");
    maker.header(1);
    maker.leaf(
        0,
        2,
        Role::Fault,
        "",
        Shown::Words("no room for a header".into()),
    );
    let annotated = maker.done();
    assert_eq!(annotated.fault(), Some((16, "no room for a header".into())));
    assert!(text(&annotated).contains("broken at 16: no room for a header: 0x0909\n"));
    assert!(bytes(&annotated).contains("broken: no room for a header\n"));
    assert_eq!(
        annotated.json()[1],
        json!({"type": null, "len": 2, "faults": [
            {"offset": 16, "reason": "no room for a header", "hex": "0909"},
        ]})
    );
    assert!(
        annotated
            .line(Paint::PLAIN)
            .ends_with("; no message: no room for a header, 2 bytes")
    );
}

#[test]
fn bits_by_the_names_of_most() {
    use super::value::flags;
    assert_eq!(flags(0x305, FLAGS, "NLM_F_"), "REQUEST|ACK|DUMP");
    assert_eq!(
        flags(0x105, FLAGS, ""),
        "NLM_F_REQUEST|NLM_F_ACK|NLM_F_ROOT"
    );
    assert_eq!(flags(0x8001, FLAGS, "NLM_F_"), "REQUEST|0x8000");
    assert_eq!(flags(0, FLAGS, ""), "0");
    assert_eq!(flags(0x10, &[], ""), "0x10");
}

/// A long value is cut short in text, and whole in bytes.
#[test]
fn long_bytes() {
    let payload = [0x11; 100];
    let datagram = message(16, 0, 1, &attribute(1, &payload));
    let mut maker = Maker::new(&datagram);
    maker.group(0, datagram.len(), Role::Message, "RTM_NEWLINK");
    maker.header(1);
    maker.attribute(1, "IFLA_ADDRESS", Shown::Bytes(&payload));
    let annotated = maker.done();
    assert!(text(&annotated).ends_with("1111… (100 bytes)\n"));
    assert_eq!(bytes(&annotated).matches("11 11").count(), 48 + 2);
    assert_eq!(
        annotated.json()[0]["attributes"][0]["value"]["hex"]
            .as_str()
            .unwrap()
            .len(),
        200
    );
}

/// What a real conversation says: a request, the error that points into it, the rest of its answer.
#[test]
fn a_conversation() {
    use netlink_raw::annotate::Conversation;
    use netlink_raw::transport::Direction::{Received, Sent};
    let link = [
        &[0; 16][..],
        &attribute(0x8012, &attribute(1, b"veth\0")),
        &attribute(4, &68u32.to_ne_bytes()),
    ]
    .concat();
    let asked = message(16, 0x605, 9, &link);
    let mut talk = Conversation::new(0);
    let sent = Annotated::new(&mut talk, Sent, &asked);
    assert_eq!(
        sent.line(Paint::PLAIN),
        "RTM_NEWLINK seq 9 REQUEST|ACK|EXCL|CREATE, 56 bytes"
    );
    assert!(bytes(&sent).contains("nla_type IFLA_LINKINFO|NLA_F_NESTED\n"));
    let json = sent.json();
    assert_eq!(json[0]["attributes"][1]["value"], 68);
    assert_eq!(json[0]["header"]["struct"], "ifinfomsg");
    let body = [
        &(-34i32).to_ne_bytes()[..],
        &asked[..16],
        &attribute(1, b"mtu less than device minimum\0"),
        &attribute(2, &48u32.to_ne_bytes()),
    ]
    .concat();
    let refusal = message(2, 0x300, 9, &body);
    let received = Annotated::new(&mut talk, Received, &refusal);
    assert_eq!(
        received.line(Paint::PLAIN),
        "error ERANGE of RTM_NEWLINK seq 9: \"mtu less than device minimum\", at IFLA_MTU, 80 bytes"
    );
    assert_eq!(
        text(&received),
        "  error ERANGE of RTM_NEWLINK seq 9: \"mtu less than device minimum\", at IFLA_MTU, 80 bytes\n\
         \u{20}     nlmsgerr: error -34 (ERANGE: Numerical result out of range)\n\
         \u{20}         msg RTM_NEWLINK seq 9 REQUEST|ACK|EXCL|CREATE, 56 bytes\n\
         \u{20}     NLMSGERR_ATTR_MSG \"mtu less than device minimum\"\n\
         \u{20}     NLMSGERR_ATTR_OFFS IFLA_MTU 48\n"
    );
    let json = received.json();
    assert_eq!(json[0]["error"]["errno"], "ERANGE");
    assert_eq!(json[0]["error"]["attribute"], "IFLA_MTU");
    assert_eq!(
        json[0]["answers"],
        json!({"type": "RTM_NEWLINK", "type_number": 16, "seq": 9})
    );
    for shown in [&sent, &received] {
        assert!(!bytes(shown).contains("INTERNAL"));
    }
    // Cut in every place, every byte is accounted for, and what is missing is said.
    for cut in 1..asked.len() {
        let part = Annotated::new(&mut talk, Sent, &asked[..cut]);
        assert!(
            !bytes(&part).contains("INTERNAL"),
            "{cut}: {}",
            bytes(&part)
        );
        assert!(part.fault().is_some(), "{cut}");
        assert!(
            part.json()[0]["faults"].is_array(),
            "{cut}: {}",
            part.json()
        );
    }
}
