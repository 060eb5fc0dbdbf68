//! ioctl(2): of namespaces, of network devices, of tun and tap devices.

use super::super::event::Group;
use super::draft::Draft;
use super::flags::{flags, name, value};
use super::memory::{self, Fields, WORD};
use super::text::{self, address, hex};
use super::{View, names, sockaddr};
use netlink_raw::schema::common::HARDWARE;

const NS_GET_NSTYPE: u64 = 0xb703;
const NS_GET_OWNER_UID: u64 = 0xb704;
const SIOCGIFNAME: u64 = 0x8910;
const SIOCGIFCONF: u64 = 0x8912;

/// The commands to stop at, by all but their lowest four bits: of namespaces (0xb7), of sockets and network devices
/// (0x89), and of `T` those from 200 on, which are of tun and not of terminals.
pub(super) static STOPS: [u32; 21] = [
    0xb700, 0xb710, 0x8900, 0x8910, 0x8920, 0x8930, 0x8940, 0x8950, 0x8960, 0x8970, 0x8980, 0x8990,
    0x89a0, 0x89b0, 0x89c0, 0x89d0, 0x89e0, 0x89f0, 0x54c0, 0x54d0, 0x54e0,
];
pub(super) const STOPS_MASK: u32 = 0xfff0;

/// How a command's argument is written.
#[derive(Clone, Copy)]
enum Form {
    /// There is none.
    Bare,
    /// A number or an address that is not followed.
    Plain,
    /// Where a number is read from.
    Int,
    /// Where a number is written to.
    AsksInt,
    /// Where a user is written to.
    AsksUser,
    /// `struct ifreq`, with this field set.
    Sets(Field),
    /// `struct ifreq`, with this field asked for.
    Asks(Field),
    /// `struct ifreq` of which the index is asked about.
    AsksName,
    /// `struct ifconf`.
    AsksAll,
    /// `struct ifreq` of which only the index counts.
    Index,
    /// A device's name.
    Name,
}

/// A field of `struct ifreq` past the name.
#[derive(Clone, Copy)]
enum Field {
    Address(&'static str),
    Hardware,
    Flags,
    Int(&'static str),
    Name(&'static str),
    Map,
}

use Field::{Address, Flags, Hardware, Int as Number, Map};
use Form::{AsksAll, AsksInt, AsksName, AsksUser, Bare, Int, Plain, Sets};

static COMMANDS: &[(u64, &str, Form)] = &[
    (0xb701, "NS_GET_USERNS", Bare),
    (0xb702, "NS_GET_PARENT", Bare),
    (NS_GET_NSTYPE, "NS_GET_NSTYPE", Bare),
    (NS_GET_OWNER_UID, "NS_GET_OWNER_UID", AsksUser),
    // strace 6.1 does not know those that follow.
    (0x8008_b705, "NS_GET_MNTNS_ID", Plain),
    (0x8004_b706, "NS_GET_PID_FROM_PIDNS", Plain),
    (0x8004_b707, "NS_GET_TGID_FROM_PIDNS", Plain),
    (0x8004_b708, "NS_GET_PID_IN_PIDNS", Plain),
    (0x8004_b709, "NS_GET_TGID_IN_PIDNS", Plain),
    (0x8010_b70a, "NS_MNT_GET_INFO", Plain),
    (0x8010_b70b, "NS_MNT_GET_NEXT", Plain),
    (0x8010_b70c, "NS_MNT_GET_PREV", Plain),
    (0x8008_b70d, "NS_GET_ID", Plain),
    (0x8901, "FIOSETOWN", Int),
    (0x8902, "SIOCSPGRP", Int),
    (0x8903, "FIOGETOWN", AsksInt),
    (0x8904, "SIOCGPGRP", AsksInt),
    (0x8905, "SIOCATMARK", AsksInt),
    (0x890b, "SIOCADDRT", Plain),
    (0x890c, "SIOCDELRT", Plain),
    (0x890d, "SIOCRTMSG", Plain),
    (SIOCGIFNAME, "SIOCGIFNAME", AsksName),
    (0x8911, "SIOCSIFLINK", Plain),
    (SIOCGIFCONF, "SIOCGIFCONF", AsksAll),
    (0x8913, "SIOCGIFFLAGS", Form::Asks(Flags)),
    (0x8914, "SIOCSIFFLAGS", Sets(Flags)),
    (0x8915, "SIOCGIFADDR", Form::Asks(Address("ifr_addr"))),
    (0x8916, "SIOCSIFADDR", Sets(Address("ifr_addr"))),
    (0x8917, "SIOCGIFDSTADDR", Form::Asks(Address("ifr_dstaddr"))),
    (0x8918, "SIOCSIFDSTADDR", Sets(Address("ifr_dstaddr"))),
    (
        0x8919,
        "SIOCGIFBRDADDR",
        Form::Asks(Address("ifr_broadaddr")),
    ),
    (0x891a, "SIOCSIFBRDADDR", Sets(Address("ifr_broadaddr"))),
    (0x891b, "SIOCGIFNETMASK", Form::Asks(Address("ifr_netmask"))),
    (0x891c, "SIOCSIFNETMASK", Sets(Address("ifr_netmask"))),
    (0x891d, "SIOCGIFMETRIC", Form::Asks(Number("ifr_metric"))),
    (0x891e, "SIOCSIFMETRIC", Sets(Number("ifr_metric"))),
    (0x891f, "SIOCGIFMEM", Plain),
    (0x8920, "SIOCSIFMEM", Plain),
    (0x8921, "SIOCGIFMTU", Form::Asks(Number("ifr_mtu"))),
    (0x8922, "SIOCSIFMTU", Sets(Number("ifr_mtu"))),
    (0x8923, "SIOCSIFNAME", Sets(Field::Name("ifr_newname"))),
    (0x8924, "SIOCSIFHWADDR", Sets(Hardware)),
    (0x8925, "SIOCGIFENCAP", AsksInt),
    (0x8926, "SIOCSIFENCAP", Int),
    (0x8927, "SIOCGIFHWADDR", Form::Asks(Hardware)),
    (0x8929, "SIOCGIFSLAVE", Form::Asks(Field::Name("ifr_slave"))),
    (0x8930, "SIOCSIFSLAVE", Sets(Field::Name("ifr_slave"))),
    (0x8931, "SIOCADDMULTI", Sets(Hardware)),
    (0x8932, "SIOCDELMULTI", Sets(Hardware)),
    (0x8933, "SIOCGIFINDEX", Form::Asks(Number("ifr_ifindex"))),
    (0x8934, "SIOCSIFPFLAGS", Plain),
    (0x8935, "SIOCGIFPFLAGS", Plain),
    (0x8936, "SIOCDIFADDR", Plain),
    (0x8937, "SIOCSIFHWBROADCAST", Sets(Hardware)),
    (0x8938, "SIOCGIFCOUNT", Plain),
    (0x8940, "SIOCGIFBR", Plain),
    (0x8941, "SIOCSIFBR", Plain),
    (0x8942, "SIOCGIFTXQLEN", Form::Asks(Number("ifr_qlen"))),
    (0x8943, "SIOCSIFTXQLEN", Sets(Number("ifr_qlen"))),
    (0x8946, "SIOCETHTOOL", Plain),
    (0x8947, "SIOCGMIIPHY", Plain),
    (0x8948, "SIOCGMIIREG", Plain),
    (0x8949, "SIOCSMIIREG", Plain),
    (0x894a, "SIOCWANDEV", Plain),
    (0x894b, "SIOCOUTQNSD", Plain),
    (0x894c, "SIOCGSKNS", Plain),
    (0x8953, "SIOCDARP", Plain),
    (0x8954, "SIOCGARP", Plain),
    (0x8955, "SIOCSARP", Plain),
    (0x8960, "SIOCDRARP", Plain),
    (0x8961, "SIOCGRARP", Plain),
    (0x8962, "SIOCSRARP", Plain),
    (0x8970, "SIOCGIFMAP", Form::Asks(Map)),
    (0x8971, "SIOCSIFMAP", Sets(Map)),
    (0x8980, "SIOCADDDLCI", Plain),
    (0x8981, "SIOCDELDLCI", Plain),
    (0x8982, "SIOCGIFVLAN", Plain),
    (0x8983, "SIOCSIFVLAN", Plain),
    (0x8990, "SIOCBONDENSLAVE", Plain),
    (0x8991, "SIOCBONDRELEASE", Plain),
    (0x8992, "SIOCBONDSETHWADDR", Plain),
    (0x8993, "SIOCBONDSLAVEINFOQUERY", Plain),
    (0x8994, "SIOCBONDINFOQUERY", Plain),
    (0x8995, "SIOCBONDCHANGEACTIVE", Plain),
    (0x89a0, "SIOCBRADDBR", Form::Name),
    (0x89a1, "SIOCBRDELBR", Form::Name),
    (0x89a2, "SIOCBRADDIF", Form::Index),
    (0x89a3, "SIOCBRDELIF", Form::Index),
    (0x89b0, "SIOCSHWTSTAMP", Plain),
    (0x89b1, "SIOCGHWTSTAMP", Plain),
    (0x89e0, "SIOCPROTOPRIVATE", Plain),
    (0x89f0, "SIOCDEVPRIVATE", Plain),
    (0x4004_54c8, "TUNSETNOCSUM", Plain),
    (0x4004_54c9, "TUNSETDEBUG", Plain),
    (0x4004_54ca, "TUNSETIFF", Plain),
    (0x4004_54cb, "TUNSETPERSIST", Plain),
    (0x4004_54cc, "TUNSETOWNER", Plain),
    (0x4004_54cd, "TUNSETLINK", Plain),
    (0x4004_54ce, "TUNSETGROUP", Plain),
    (0x8004_54cf, "TUNGETFEATURES", Plain),
    (0x4004_54d0, "TUNSETOFFLOAD", Plain),
    (0x4004_54d1, "TUNSETTXFILTER", Plain),
    (0x8004_54d2, "TUNGETIFF", Plain),
    (0x8004_54d3, "TUNGETSNDBUF", Plain),
    (0x4004_54d4, "TUNSETSNDBUF", Plain),
    (0x4010_54d5, "TUNATTACHFILTER", Plain),
    (0x4010_54d6, "TUNDETACHFILTER", Plain),
    (0x8004_54d7, "TUNGETVNETHDRSZ", Plain),
    (0x4004_54d8, "TUNSETVNETHDRSZ", Plain),
    (0x4004_54d9, "TUNSETQUEUE", Plain),
    (0x4004_54da, "TUNSETIFINDEX", Plain),
    (0x8010_54db, "TUNGETFILTER", Plain),
    (0x4004_54dc, "TUNSETVNETLE", Plain),
    (0x8004_54dd, "TUNGETVNETLE", Plain),
    (0x4004_54de, "TUNSETVNETBE", Plain),
    (0x8004_54df, "TUNGETVNETBE", Plain),
    (0x8004_54e0, "TUNSETSTEERINGEBPF", Plain),
    (0x8004_54e1, "TUNSETFILTEREBPF", Plain),
    (0x4004_54e2, "TUNSETCARRIER", Plain),
    (0x54e3, "TUNGETDEVNETNS", Plain),
];

fn command(number: u64) -> (Option<&'static str>, Form) {
    let found = COMMANDS.iter().find(|(known, ..)| *known == number);
    found.map_or((None, Plain), |(_, name, form)| (Some(name), *form))
}

/// A command that has no name, by its parts.
fn unnamed(number: u64) -> String {
    let way = [
        "_IOC_NONE",
        "_IOC_WRITE",
        "_IOC_READ",
        "_IOC_READ|_IOC_WRITE",
    ];
    let way = way
        .get((number >> 30 & 3) as usize)
        .copied()
        .unwrap_or_default();
    let (size, kind, number) = (number >> 16 & 0x3fff, number >> 8 & 0xff, number & 0xff);
    format!("_IOC({way}, {}, {}, {})", hex(kind), hex(number), hex(size))
}

pub(super) fn ioctl(d: &mut Draft, view: &dyn View) -> bool {
    let (number, at) = (d.uint(1), d.arg(2));
    if !STOPS.contains(&(number as u32 & STOPS_MASK)) {
        return false;
    }
    if number & 0xff00 == 0xb700 {
        d.group = Group::Namespace;
    }
    d.say_fd(0, view);
    let (name, form) = command(number);
    d.say(name.map_or_else(|| unnamed(number), str::to_owned));
    let read = |len: usize| memory::bytes(view, at, len);
    let text = match form {
        Bare => return true,
        Plain => Some(hex(at)),
        Int => memory::u32(view, at).map(|number| format!("[{}]", number as i32)),
        Form::Name => Some(text::string_of(view, at, IFNAMSIZ)),
        Form::Index => read(IFREQ)
            .map(|bytes| format!("{{ifr_ifindex={}}}", Fields(&bytes).u32(IFNAMSIZ) as i32)),
        Sets(field) => read(IFREQ).map(|bytes| ifreq(&bytes, Some(field))),
        AsksAll => {
            d.given = memory::u32(view, at);
            return true;
        }
        AsksName => {
            d.given = read(IFREQ).map(|bytes| Fields(&bytes).u32(IFNAMSIZ));
            return true;
        }
        AsksInt | AsksUser | Form::Asks(_) => return true,
    };
    d.say(text.unwrap_or_else(|| address(at)));
    true
}

pub(super) fn ioctled(d: &mut Draft, view: &dyn View, result: i64) {
    let (number, at) = (d.uint(1), d.arg(2));
    let done = result >= 0;
    let written = || memory::u32(view, at).filter(|_| done);
    let request = || memory::bytes(view, at, IFREQ);
    let text = match command(number).1 {
        AsksInt => written().map(|number| format!("[{}]", number as i32)),
        AsksUser => written().map(|user| format!("[{}]", text::id(user.into()))),
        Form::Asks(field) => request().map(|bytes| ifreq(&bytes, done.then_some(field))),
        AsksName => d.given.map(|index| match request().filter(|_| done) {
            Some(bytes) => format!(
                "{{ifr_ifindex={}, ifr_name={}}}",
                index as i32,
                device(&bytes)
            ),
            None => format!("{{ifr_ifindex={}}}", index as i32),
        }),
        AsksAll => d.given.and_then(|given| ifconf(view, at, given as i32)),
        _ => {
            if let (NS_GET_NSTYPE, Some(kind)) = (number, name(names::NAMESPACES, result as u64)) {
                d.returned = Some(format!("{result} ({kind})"));
            }
            return;
        }
    };
    d.say(text.unwrap_or_else(|| address(at)));
}

const IFNAMSIZ: usize = 16;
/// `struct ifreq`: the name, and the largest of what can follow, `struct ifmap`.
const IFREQ: usize = IFNAMSIZ + 2 * WORD as usize + 8;

/// The name at the start of a request.
fn device(bytes: &[u8]) -> String {
    named(bytes.get(..IFNAMSIZ).unwrap_or_default())
}

fn named(bytes: &[u8]) -> String {
    let name = bytes.split(|&byte| byte == 0).next();
    text::quoted(name.unwrap_or_default())
}

fn ifreq(bytes: &[u8], field: Option<Field>) -> String {
    let rest = bytes.get(IFNAMSIZ..).unwrap_or_default();
    let fields = Fields(rest);
    let text = match field {
        None => String::new(),
        Some(Address(name)) => format!(
            ", {name}={}",
            sockaddr::written(rest.get(..16).unwrap_or_default())
        ),
        Some(Hardware) => format!(", ifr_hwaddr={}", hardware(rest)),
        Some(Flags) => format!(
            ", ifr_flags={}",
            flags(names::DEVICE, fields.u16(0).into(), "IFF_???")
        ),
        Some(Number(name)) => format!(", {name}={}", fields.u32(0) as i32),
        Some(Field::Name(name)) => format!(
            ", {name}={}",
            named(rest.get(..IFNAMSIZ).unwrap_or_default())
        ),
        Some(Map) => {
            let word = WORD as usize;
            let port = 2 * word;
            format!(
                ", ifr_map={{mem_start={}, mem_end={}, base_addr={}, irq={}, dma={}, port={}}}",
                hex(fields.word(0)),
                hex(fields.word(word)),
                hex(fields.u16(port).into()),
                hex(fields.u8(port + 2).into()),
                hex(fields.u8(port + 3).into()),
                hex(fields.u8(port + 4).into())
            )
        }
    };
    format!("{{ifr_name={}{text}}}", device(bytes))
}

/// A hardware address, as long as those of its kind are.
fn hardware(bytes: &[u8]) -> String {
    let kind = Fields(bytes).u16(0);
    let len = match kind {
        1 | 6 | 772 => 6,
        0 | 3 => 7,
        _ => 14,
    };
    let bytes = bytes.get(2..2 + len).unwrap_or_default();
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let kind = value(HARDWARE, kind.into(), "ARPHRD_???");
    format!("{{sa_family={kind}, sa_data={}}}", bytes.join(":"))
}

fn ifconf(view: &dyn View, at: u64, given: i32) -> Option<String> {
    let bytes = memory::bytes(view, at, 2 * WORD as usize)?;
    let fields = Fields(&bytes);
    let (now, list) = (fields.u32(0) as i32, fields.word(WORD as usize));
    if list == 0 {
        return Some(format!("{{ifc_len={}, ifc_buf=NULL}}", sized(now)));
    }
    let len = match given == now {
        true => sized(now),
        false => format!("{} => {}", sized(given), sized(now)),
    };
    let count = usize::try_from(now).unwrap_or(0) / IFREQ;
    let one = |i: usize| {
        let bytes = memory::bytes(view, list.wrapping_add((i * IFREQ) as u64), IFREQ)?;
        Some(ifreq(&bytes, Some(Address("ifr_addr"))))
    };
    let mut texts: Vec<String> = (0..count.min(text::SHOWN)).map_while(one).collect();
    if count > texts.len() {
        texts.push("...".to_owned());
    }
    Some(format!("{{ifc_len={len}, ifc_buf=[{}]}}", texts.join(", ")))
}

/// A length in bytes, and in requests.
fn sized(len: i32) -> String {
    let size = IFREQ as i32;
    match len / size {
        count @ 1.. if count * size == len => format!("{len} /* {count} * sizeof(struct ifreq) */"),
        _ => len.to_string(),
    }
}
