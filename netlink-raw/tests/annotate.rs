//! Annotations: every byte of any datagram in exactly one leaf, and what is said of it.
#![cfg(feature = "annotate")]

mod support;

use netlink_raw::annotate::{Conversation, Families, Role};
use netlink_raw::encode::Request;
use netlink_raw::schema::RTM_NEWLINK;
use netlink_raw::schema::link::*;
use netlink_raw::transport::Direction::{self, Received, Sent};
use netlink_raw::wire::IfInfoMsg;
use proptest::prelude::*;
use support::annotated::{items, text};
use zerocopy::IntoBytes;

const ROUTE: u16 = libc::NETLINK_ROUTE as u16;
const GENERIC: u16 = libc::NETLINK_GENERIC as u16;

fn read(protocol: u16, direction: Direction, datagram: &[u8]) -> String {
    text(&items(
        &mut Conversation::new(protocol),
        direction,
        datagram,
    ))
}

/// A request that makes a link, of sequence number 5.
fn new_link() -> Vec<u8> {
    let mut buf = [0; 256];
    let mut request = Request::new(&mut buf, RTM_NEWLINK, 0x605, 5);
    let attrs = request.attrs().fixed(&IfInfoMsg::default());
    attrs.str(IFLA_IFNAME, b"v0").nest(IFLA_LINKINFO, |w| {
        w.str(IFLA_INFO_KIND, b"veth");
    });
    request.finish().expect("room").to_vec()
}

/// An answer to it: an error, and what is said of it.
fn error(errno: i32, flags: u16, inner: &[u8], tlvs: &[(u16, &[u8])]) -> Vec<u8> {
    let mut body = errno.as_bytes().to_vec();
    body.extend(inner);
    for (kind, value) in tlvs {
        let len = u16::try_from(value.len() + 4).expect("short");
        body.extend([len, *kind].as_bytes());
        body.extend(*value);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    message(2, flags, 5, &body)
}

fn message(kind: u16, flags: u16, seq: u32, body: &[u8]) -> Vec<u8> {
    let len = u32::try_from(16 + body.len()).expect("short");
    let mut out = len.as_bytes().to_vec();
    out.extend([kind, flags].as_bytes());
    out.extend([seq, 0].as_bytes());
    out.extend(body);
    out
}

#[test]
fn a_request_is_read_to_its_last_byte() {
    let said = read(ROUTE, Sent, &new_link());
    for line in [
        "RTM_NEWLINK\n  nlmsghdr\n    nlmsg_len = 56\n    nlmsg_type = RTM_NEWLINK\n",
        "    nlmsg_flags = NLM_F_REQUEST|NLM_F_ACK|NLM_F_EXCL|NLM_F_CREATE\n",
        "  IFLA_IFNAME\n    nla_len = 7\n    nla_type = 0x3\n    Payload = \"v0\"\n    Padding = \\x00\n",
        "  IFLA_LINKINFO\n    nla_len = 16\n    nla_type = NLA_F_NESTED|0x12\n    IFLA_INFO_KIND\n",
        "      Payload = \"veth\"\n",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
}

#[test]
fn an_acknowledgement_names_its_request() {
    let mut talk = Conversation::new(ROUTE);
    let request = new_link();
    items(&mut talk, Sent, &request);
    let ack = error(0, 0x100, &request[..16], &[]);
    let said = text(&items(&mut talk, Received, &ack));
    assert!(
        said.starts_with("NLMSG_ERROR = ACK of RTM_NEWLINK seq 5\n"),
        "{said}"
    );
    assert!(said.contains("    nlmsg_flags = NLM_F_CAPPED\n"), "{said}");
    assert!(
        said.contains("  nlmsgerr\n    error = 0\n    msg\n      nlmsghdr\n"),
        "{said}"
    );
    assert_eq!(talk.answers(5).map(|info| info.kind), Some(RTM_NEWLINK));
    assert_eq!(talk.answers(6), None);
}

/// The offset of the kind: header, family struct, name, head of the nest.
const KIND_AT: u32 = 16 + 16 + 8 + 4;

#[test]
fn an_errors_offset_is_an_attribute() {
    let request = new_link();
    let tlvs: &[(u16, &[u8])] = &[(1, b"no such kind\0"), (2, KIND_AT.as_bytes())];
    let first =
        "NLMSG_ERROR = error for RTM_NEWLINK seq 5 at IFLA_LINKINFO/IFLA_INFO_KIND: no such kind\n";
    // Capped, the request is the remembered one; whole, it is in the error, and read there too.
    let mut talk = Conversation::new(ROUTE);
    items(&mut talk, Sent, &request);
    let said = text(&items(
        &mut talk,
        Received,
        &error(-95, 0x300, &request[..16], tlvs),
    ));
    assert!(said.starts_with(first), "{said}");
    let said = read(ROUTE, Received, &error(-95, 0x200, &request, tlvs));
    assert!(said.starts_with(first), "{said}");
    assert!(said.contains("    error = -95\n"), "{said}");
    assert!(said.contains("\n      IFLA_LINKINFO\n"), "{said}");
    assert!(said.contains("  NLMSGERR_ATTR_MSG\n"), "{said}");
    let offset = "  NLMSGERR_ATTR_OFFS = IFLA_LINKINFO/IFLA_INFO_KIND\n";
    assert!(said.contains(offset), "{said}");
    // Capped, and of a request that was not seen: the offset is a number.
    let said = read(ROUTE, Received, &error(-95, 0x300, &request[..16], tlvs));
    assert!(
        said.starts_with("NLMSG_ERROR = error for RTM_NEWLINK seq 5: no such kind\n"),
        "{said}"
    );
    assert!(said.contains("  NLMSGERR_ATTR_OFFS\n"), "{said}");
}

#[test]
fn what_is_missing_is_named() {
    let request = new_link();
    let nest = 16u32 + 16 + 8;
    let inside: &[(u16, &[u8])] = &[(5, 2u32.as_bytes()), (6, nest.as_bytes())];
    let said = read(ROUTE, Received, &error(-22, 0x200, &request, inside));
    let place = "  NLMSGERR_ATTR_MISS_TYPE = IFLA_LINKINFO/IFLA_INFO_DATA\n";
    assert!(said.contains(place), "{said}");
    assert!(
        said.contains("  NLMSGERR_ATTR_MISS_NEST = IFLA_LINKINFO\n"),
        "{said}"
    );
    let beside: &[(u16, &[u8])] = &[(5, 4u32.as_bytes())];
    let said = read(ROUTE, Received, &error(-22, 0x200, &request, beside));
    assert!(
        said.contains("  NLMSGERR_ATTR_MISS_TYPE = IFLA_MTU\n"),
        "{said}"
    );
}

#[test]
fn the_end_of_a_dump_may_be_an_error() {
    let mut body = (-22i32).as_bytes().to_vec();
    body.extend([8u16, 2].as_bytes());
    body.extend(20u32.as_bytes());
    let said = read(ROUTE, Received, &message(3, 0x202, 7, &body));
    assert!(
        said.contains("    nlmsg_flags = NLM_F_MULTI|NLM_F_ACK_TLVS\n"),
        "{said}"
    );
    assert!(
        said.contains("  error = -22\n  NLMSGERR_ATTR_OFFS\n"),
        "{said}"
    );
}

#[test]
fn what_makes_no_sense_says_why() {
    let whole = new_link();
    let mut long_attribute = whole.clone();
    long_attribute[32] = 200;
    let mut short_attribute = whole.clone();
    short_attribute[32] = 3;
    let mut long_message = whole.clone();
    long_message[0] = 100;
    let mut no_length = whole.clone();
    no_length[0] = 0;
    let mut wrong_size = whole.clone();
    wrong_size[34] = IFLA_MTU as u8;
    let behind = [&whole[..], &[1, 2, 3]].concat();
    if cfg!(target_endian = "big") {
        return;
    }
    for (bytes, why) in [
        (
            &long_attribute[..],
            "attribute IFLA_IFNAME says 200 bytes, more than the 24 left",
        ),
        (
            &short_attribute,
            "attribute IFLA_IFNAME says 3 bytes, less than its own head",
        ),
        (
            &long_message,
            "nlmsg_len = a message of 100 bytes, of which 56 are here",
        ),
        (
            &no_length,
            "a message says 0 bytes, less than its own header",
        ),
        (&wrong_size, "3 bytes, where a number of 4 stands"),
        (&behind, "3 bytes left, too few for a message"),
        (&whole[..54], "a message of 56 bytes, of which 54 are here"),
    ] {
        let said = read(ROUTE, Sent, bytes);
        assert!(said.contains(why), "{why}\n{said}");
    }
}

#[test]
fn messages_of_one_datagram_are_told_apart() {
    let link = new_link();
    let mut both = message(18, 0x301, 1, &[0]);
    both.resize(20, 0);
    both.extend(&link);
    let said = read(ROUTE, Sent, &both);
    assert!(said.contains("  rtgenmsg\n    rtgen_family = "), "{said}");
    assert!(
        said.contains("nlmsg_flags = NLM_F_REQUEST|NLM_F_DUMP\n"),
        "{said}"
    );
    assert!(
        said.contains("\nPadding = \\x00\\x00\\x00\nRTM_NEWLINK\n"),
        "{said}"
    );
}

#[test]
fn families_are_learnt_from_the_controller() {
    let shared = Families::default();
    let mut one = Conversation::with_families(GENERIC, shared.clone());
    let mut body = vec![1, 2, 0, 0];
    body.extend([6u16, 1, 777, 0].as_bytes());
    body.extend([8u16, 2].as_bytes());
    body.extend(b"abc\0");
    let said = text(&items(&mut one, Received, &message(16, 0, 1, &body)));
    assert!(said.starts_with("nlctrl = CTRL_CMD_NEWFAMILY\n"), "{said}");
    assert!(said.contains("  CTRL_ATTR_FAMILY_ID\n"), "{said}");
    let mut other = Conversation::with_families(GENERIC, shared);
    let said = text(&items(&mut other, Sent, &message(777, 1, 1, &[3, 1, 0, 0])));
    assert!(said.starts_with("777 = abc\n"), "{said}");
    assert!(said.contains("  genlmsghdr\n    cmd = 3\n"), "{said}");
}

#[test]
fn events_of_devices_are_strings() {
    let bytes = b"add@/devices/x\0ACTION=add\0\0rest";
    let said = read(libc::NETLINK_KOBJECT_UEVENT as u16, Received, bytes);
    let wanted = "uevent\n  Field = \"add@/devices/x\"\n  Field = \"ACTION=add\"\n";
    assert!(said.starts_with(wanted), "{said}");
}

/// The recorded datagrams.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    let mut all = Vec::new();
    for target in ["views", "frames"] {
        for entry in std::fs::read_dir(seeds.join(target)).expect("the seeds") {
            let path = entry.expect("an entry").path();
            let bytes = std::fs::read(&path).expect("a seed");
            // Where every step is interpreted, the long dumps take minutes.
            if !cfg!(miri) || bytes.len() < 150 {
                all.push((path.display().to_string(), bytes));
            }
        }
    }
    all
}

#[test]
fn every_recorded_byte_has_a_meaning() {
    let mut leaves = 0;
    for (name, bytes) in seeds() {
        let direction = if name.contains("sent-") {
            Sent
        } else {
            Received
        };
        let mut talk = Conversation::new(ROUTE);
        for item in items(&mut talk, direction, &bytes) {
            let known = !matches!(item.role, Role::Fault | Role::Unknown);
            assert!(known || cfg!(target_endian = "big"), "{name}: {item:?}");
            leaves += usize::from(!item.role.is_group());
        }
    }
    assert!(leaves > if cfg!(miri) { 100 } else { 5000 }, "{leaves}");
}

/// Whole conversations: the seeds of the fuzz target, in its form.
#[test]
fn every_byte_of_recorded_conversations_has_a_meaning() {
    if cfg!(any(miri, target_endian = "big")) {
        return;
    }
    let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds/annotate");
    let mut leaves = 0;
    for entry in std::fs::read_dir(seeds).expect("the seeds") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a seed");
        let (protocol, mut rest) = bytes.split_first().expect("a protocol");
        let mut talk = Conversation::new(u16::from(*protocol));
        while let Some((head, behind)) = rest.split_first_chunk::<3>() {
            let len = usize::from(u16::from_le_bytes([head[1], head[2]]));
            let direction = [Sent, Received][usize::from(head[0])];
            for item in items(&mut talk, direction, &behind[..len]) {
                let known = !matches!(item.role, Role::Fault | Role::Unknown);
                assert!(known, "{}: {item:?}", path.display());
                leaves += usize::from(!item.role.is_group());
            }
            rest = &behind[len..];
        }
    }
    assert!(leaves > 10_000, "{leaves}");
}

/// Every protocol, and a few that are none.
const PROTOCOLS: std::ops::Range<u16> = 0..24;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 2 } else { 2000 }))]

    #[test]
    fn any_bytes_are_covered(bytes in prop::collection::vec(any::<u8>(), 0..300), kind in 0u16..130) {
        for protocol in PROTOCOLS {
            let mut talk = Conversation::new(protocol);
            items(&mut talk, Sent, &bytes);
            // Of some type that is known.
            items(&mut talk, Received, &message(kind, 0x303, 1, &bytes));
            items(&mut talk, Received, &message(2, 0x200, 1, &bytes));
        }
    }

    #[test]
    fn any_change_of_a_datagram_is_covered(seed: prop::sample::Index, at: prop::sample::Index, to: u8, cut: prop::sample::Index) {
        let all = seeds();
        let mut bytes = seed.get(&all).1.clone();
        bytes.truncate(2000);
        let (at, cut) = (at.index(bytes.len()), cut.index(bytes.len()));
        bytes[at] = to;
        for protocol in [0, 12, 16] {
            let mut talk = Conversation::new(protocol);
            items(&mut talk, Sent, &bytes);
            items(&mut talk, Received, &bytes[..cut]);
        }
    }
}

/// Lists of lists, and errors about errors: what costs most to read takes no more time than its length says.
#[test]
fn hostile_bytes_end_soon() {
    let mut deep = Vec::new();
    for _ in 0..if cfg!(miri) { 20 } else { 4000 } {
        let len = u16::try_from(deep.len() + 4).expect("short");
        let mut outer = [len, 0x8001].as_bytes().to_vec();
        outer.extend(deep);
        deep = outer;
    }
    let before = std::time::Instant::now();
    for kind in 16..130 {
        read(
            ROUTE,
            Received,
            &message(kind, 0, 1, &[&[0; 16][..], &deep].concat()),
        );
    }
    let selectors: Vec<u8> = [4u16, 18].as_bytes().repeat(deep.len() / 4);
    read(ROUTE, Received, &message(16, 0, 1, &selectors));
    assert!(cfg!(miri) || before.elapsed().as_secs() < 20);
}
