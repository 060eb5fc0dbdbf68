//! The kinds of links: their words, and what the words become.

mod bridge;
mod bridge_port;
mod ipvlan;
mod macvlan;
mod veth;
mod vlan;
mod vrf;
mod vxlan;

use super::describe::{Purpose, Reader, garbage, not_done};
use super::description::Description;
use super::marks::Marks;
use crate::args::Word;
use crate::error::{CmdError, FAILED, KERNEL, Result, quoted};
use crate::grammar::{Entry, Grammar, Kind, NO_WORDS, help, short};
use netlink_raw::route::link::{
    BridgeOptions, BridgePortOptions, IpvlanOptions, MacvlanOptions, VlanOptions, VrfOptions,
    VxlanOptions,
};
use netlink_raw::wire::VlanQosMapping;

/// What was said about a kind.
#[derive(Debug, Default)]
pub(super) enum Settings<'w> {
    /// Nothing.
    #[default]
    Plain,
    /// The other end of a veth.
    Veth(Box<Description<'w>>),
    Bridge(Box<BridgeOptions>),
    BridgePort(Box<BridgePortOptions>),
    /// And the addresses of mode `source`, all of them.
    Macvlan(MacvlanOptions<'static>, Option<Vec<[u8; 6]>>),
    /// And the maps of priorities, in and out.
    Vlan(
        VlanOptions<'static>,
        Option<Vec<VlanQosMapping>>,
        Option<Vec<VlanQosMapping>>,
    ),
    /// And whether the port was left to the kernel without saying so.
    Vxlan(Box<VxlanOptions>, bool),
    Ipvlan(IpvlanOptions),
    Vrf(VrfOptions),
}

/// How a kind's words become its settings.
type Read = for<'c, 'w> fn(&mut KindReader<'_, 'c, 'w>) -> Result<Settings<'w>>;

/// Where the words of a kind are read from.
pub(super) struct KindReader<'r, 'c, 'w> {
    pub(super) reader: &'r mut Reader<'c, 'w>,
    /// The word behind `type`.
    pub(super) kind: Word<'w>,
    pub(super) marks: &'r mut Marks,
}

/// A kind, and what the kernel needs to have it.
struct Known {
    kind: Kind,
    read: Option<Read>,
    /// Its option in the kernel's configuration and its module.
    needs: (&'static str, &'static str),
}

const fn known(
    name: &'static str,
    about: &'static str,
    needs: (&'static str, &'static str),
) -> Known {
    Known {
        kind: Kind {
            name,
            about,
            words: &NO_WORDS,
        },
        read: None,
        needs,
    }
}

impl Known {
    const fn reads(mut self, read: Read, words: &'static dyn crate::grammar::Words) -> Self {
        self.read = Some(read);
        self.kind.words = words;
        self
    }
}

/// The kinds with words of their own, and those that are commonly made without.
static KNOWN: [Known; 14] = [
    known(
        "veth",
        "a virtual cable, two links in one",
        ("CONFIG_VETH", "veth"),
    )
    .reads(veth::read, &veth::WORDS),
    known("bridge", "an Ethernet switch", ("CONFIG_BRIDGE", "bridge"))
        .reads(bridge::read, &bridge::WORDS),
    known(
        "bridge_slave",
        "settings of a link as a port of a bridge",
        ("CONFIG_BRIDGE", "bridge"),
    )
    .reads(bridge_port::read, &bridge_port::WORDS),
    known("dummy", "a link to nowhere", ("CONFIG_DUMMY", "dummy")),
    known(
        "ifb",
        "an intermediate device to queue incoming packets at",
        ("CONFIG_IFB", "ifb"),
    ),
    known(
        "macvlan",
        "a link with an address of its own on another",
        ("CONFIG_MACVLAN", "macvlan"),
    )
    .reads(macvlan::read, &macvlan::WORDS),
    known(
        "macvtap",
        "a macvlan that is a character device too",
        ("CONFIG_MACVTAP", "macvtap"),
    )
    .reads(macvlan::read, &macvlan::WORDS),
    known(
        "vlan",
        "one VLAN of another link",
        ("CONFIG_VLAN_8021Q", "8021q"),
    )
    .reads(vlan::read, &vlan::WORDS),
    known("vxlan", "Ethernet in UDP", ("CONFIG_VXLAN", "vxlan")).reads(vxlan::read, &vxlan::WORDS),
    known(
        "ipvlan",
        "a link that shares the address of another",
        ("CONFIG_IPVLAN", "ipvlan"),
    )
    .reads(ipvlan::read, &ipvlan::WORDS),
    known(
        "ipvtap",
        "an ipvlan that is a character device too",
        ("CONFIG_IPVTAP", "ipvtap"),
    )
    .reads(ipvlan::read, &ipvlan::WORDS),
    known("vrf", "a routing domain", ("CONFIG_NET_VRF", "vrf")).reads(vrf::read, &vrf::WORDS),
    known(
        "nlmon",
        "a tap on netlink messages",
        ("CONFIG_NLMON", "nlmon"),
    ),
    known("vcan", "a virtual CAN bus", ("CONFIG_CAN_VCAN", "vcan")),
];

/// The same, as help, completions and the man page want them.
pub static KINDS: [Kind; KNOWN.len()] = {
    let mut kinds = [KNOWN[0].kind; KNOWN.len()];
    let mut i = 1;
    while i < KNOWN.len() {
        kinds[i] = KNOWN[i].kind;
        i += 1;
    }
    kinds
};

/// Kinds of iproute2 that have words of their own, which vnet does not know; what the kernel needs for them.
#[rustfmt::skip]
static WORDLESS: &[(&str, &str, &str)] = &[
    ("amt", "CONFIG_AMT", "amt"),
    ("bareudp", "CONFIG_BAREUDP", "bareudp"),
    ("bond", "CONFIG_BONDING", "bonding"),
    ("bond_slave", "CONFIG_BONDING", "bonding"),
    ("can", "CONFIG_CAN_DEV", "can-dev"),
    ("dsa", "CONFIG_NET_DSA", "dsa_core"),
    ("erspan", "CONFIG_NET_IPGRE", "ip_gre"),
    ("geneve", "CONFIG_GENEVE", "geneve"),
    ("gre", "CONFIG_NET_IPGRE", "ip_gre"),
    ("gretap", "CONFIG_NET_IPGRE", "ip_gre"),
    ("gtp", "CONFIG_GTP", "gtp"),
    ("hsr", "CONFIG_HSR", "hsr"),
    ("ip6erspan", "CONFIG_IPV6_GRE", "ip6_gre"),
    ("ip6gre", "CONFIG_IPV6_GRE", "ip6_gre"),
    ("ip6gretap", "CONFIG_IPV6_GRE", "ip6_gre"),
    ("ip6tnl", "CONFIG_IPV6_TUNNEL", "ip6_tunnel"),
    ("ipip", "CONFIG_NET_IPIP", "ipip"),
    ("ipoib", "CONFIG_INFINIBAND_IPOIB", "ib_ipoib"),
    ("lowpan", "CONFIG_6LOWPAN", "ieee802154_6lowpan"),
    ("macsec", "CONFIG_MACSEC", "macsec"),
    ("netdevsim", "CONFIG_NETDEVSIM", "netdevsim"),
    ("netkit", "CONFIG_NETKIT", ""),
    ("rmnet", "CONFIG_RMNET", "rmnet"),
    ("sit", "CONFIG_IPV6_SIT", "sit"),
    ("team", "CONFIG_NET_TEAM", "team"),
    ("team_slave", "CONFIG_NET_TEAM", "team"),
    ("virt_wifi", "CONFIG_VIRT_WIFI", "virt_wifi"),
    ("vrf_slave", "CONFIG_NET_VRF", "vrf"),
    ("vti", "CONFIG_NET_IPVTI", "ip_vti"),
    ("vti6", "CONFIG_IPV6_VTI", "ip6_vti"),
    ("vxcan", "CONFIG_CAN_VXCAN", "vxcan"),
    ("wireguard", "CONFIG_WIREGUARD", "wireguard"),
    ("wwan", "CONFIG_WWAN", "wwan"),
    ("xfrm", "CONFIG_XFRM_INTERFACE", "xfrm_interface"),
];

/// What a kernel without this kind needs, where that is known: its option and its module.
pub(super) fn needs(kind: &[u8]) -> Option<(&'static str, &'static str)> {
    if let Some(known) = find(kind) {
        return Some(known.needs);
    }
    let found = WORDLESS.iter().find(|(name, ..)| name.as_bytes() == kind);
    found.map(|(_, option, module)| (*option, *module))
}

fn find(kind: &[u8]) -> Option<&'static Known> {
    KNOWN.iter().find(|k| k.kind.name.as_bytes() == kind)
}

/// Reads the words behind `type KIND`.
pub(super) fn read<'w>(
    reader: &mut Reader<'_, 'w>,
    kind: Word<'w>,
    marks: &mut Marks,
) -> Result<Settings<'w>> {
    let Some(word) = reader.args.peek() else {
        return Ok(Settings::Plain);
    };
    match find(kind.bytes()) {
        Some(Known {
            read: Some(read), ..
        }) => read(&mut KindReader {
            reader,
            kind,
            marks,
        }),
        Some(_) if word.abbreviates("help") => Err(KindReader {
            reader,
            kind,
            marks,
        }
        .usage()),
        Some(_) => no_effect(reader, &kind, &word),
        None if needs(kind.bytes()).is_some() => Err(not_done(
            &word,
            &format!(
                "a word of kind {}, which is made without any",
                quoted(kind.text())
            ),
        )),
        None => {
            let error = garbage(
                &word,
                &format!("no words of kind {} are known", quoted(kind.text())),
            );
            Err(match kind.is("peer") {
                true => error
                    .hint("the other end of a veth follows its kind: 'type veth peer name NAME'"),
                false => error,
            })
        }
    }
}

/// Words of a kind that has none. iproute2 passes over them where a link is made; where one is changed, the kernel
/// refuses a kind that cannot be changed. Here too, but not in silence.
fn no_effect<'w>(
    reader: &mut Reader<'_, 'w>,
    kind: &Word<'w>,
    word: &Word<'w>,
) -> Result<Settings<'w>> {
    let what = format!(
        "kind {} has no word {}",
        quoted(kind.text()),
        quoted(word.text())
    );
    let hint = "words that all kinds have stand before 'type'";
    if reader.purpose == Purpose::Change {
        let ip = "RTNETLINK answers: Operation not supported";
        return Err(word.error(what, ip).hint(hint).code(KERNEL));
    }
    if !reader.ctx.program.stands_in() {
        reader.ctx.warn(&format!(
            "warning: {what}, it is without effect\nhint: {hint}"
        ));
    }
    while reader.args.next().is_some() {}
    Ok(Settings::Plain)
}

impl<'w> KindReader<'_, '_, 'w> {
    /// The value of a keyword, which goes into this attribute.
    fn value(&mut self, keyword: &Word<'w>, attribute: &'static str) -> Result<Word<'w>> {
        let value = self.reader.args.value_of(keyword)?;
        self.marks.note(attribute, value.at());
        Ok(value)
    }

    /// What `help` among the words leads to.
    fn usage(&self) -> CmdError {
        let ctx = &self.reader.ctx;
        match find(self.kind.bytes()) {
            Some(known) => ctx.kind_usage(&known.kind),
            None => ctx.usage(),
        }
    }

    /// iproute2's complaint about a word that the kind has not; `what` is its name for it.
    fn unknown(&self, word: &Word<'w>, what: &str) -> CmdError {
        let kind = quoted(self.kind.text());
        word.error(
            format!("kind {kind} has no word {}", quoted(word.text())),
            format!("{}: unknown {what} \"{word}\"?", self.kind),
        )
        .hint(format!(
            "'{} link help {}' lists its words",
            self.reader.ctx.command(),
            self.kind
        ))
        .code(FAILED)
    }

    /// A complaint of the kind's, `vxlan: …`, about a word.
    fn complain(&self, word: &Word<'_>, what: &str, ip: &str) -> CmdError {
        word.error(
            format!("kind {}: {what}", quoted(self.kind.text())),
            format!("{}: {ip}", self.kind),
        )
        .code(FAILED)
    }
}

/// A keyword's work: reads its value and notes it in the settings.
pub(super) type Set<O> =
    for<'r, 'c, 'w> fn(&mut O, &mut KindReader<'r, 'c, 'w>, Word<'w>) -> Result;

/// What a keyword of a kind means.
pub(super) enum Meaning<O: 'static> {
    /// Print the usage.
    Help,
    /// Do this.
    Set(Set<O>),
}

impl<O> Clone for Meaning<O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O> Copy for Meaning<O> {}

/// A keyword of a kind, which may be shortened.
const fn word<O>(name: &'static str, set: Set<O>) -> Entry<Meaning<O>> {
    short(Meaning::Set(set), name)
}

/// A keyword of a kind, to be written out.
const fn whole<O>(name: &'static str, set: Set<O>) -> Entry<Meaning<O>> {
    crate::grammar::exact(Meaning::Set(set), name)
}

/// A keyword of a kind that prints its usage.
const fn helps<O>() -> Entry<Meaning<O>> {
    help(Meaning::Help)
}

impl<'w> KindReader<'_, '_, 'w> {
    /// Reads all words that are left by a table; `what` is iproute2's name for a word in its complaint.
    fn all<O>(&mut self, table: &Grammar<Meaning<O>>, options: &mut O, what: &str) -> Result {
        while let Some(keyword) = self.reader.args.next() {
            match table.lookup(&keyword) {
                Some(Meaning::Set(set)) => set(options, self, keyword)?,
                Some(Meaning::Help) => return Err(self.usage()),
                None => return Err(self.unknown(&keyword, what)),
            }
        }
        Ok(())
    }
}

/// A keyword whose value is a number, in a file with its `State`: its name, the field and its type, the attribute, the value's
/// name, iproute2's reason when it is wrong, and what it does.
macro_rules! number {
    ($name:literal, $field:ident: $type:ident = $attribute:ident, $value:literal, $wrong:literal, $help:literal) => {
        number!(word $name, $field: $type = $attribute, $value, $wrong, $help)
    };
    ($entry:ident $name:literal, $field:ident: $type:ident = $attribute:ident, $value:literal, $wrong:literal, $help:literal) => {
        $entry($name, |options: &mut State, reader, keyword| {
            let value = reader.value(&keyword, stringify!($attribute))?;
            options.$field = Some(value.$type($wrong)?);
            Ok(())
        })
        .value($value)
        .says($help)
    };
}
use number;

/// The EtherTypes by their names, iproute2's `ll_proto_a2n`: without regard to case, or a number.
fn ether_type(word: &Word<'_>, wrong: &str) -> Result<u16> {
    const NAMES: [(&str, u16); 10] = [
        ("802.1Q", 0x8100),
        ("802.1ad", 0x88a8),
        ("ip", 0x0800),
        ("ipv4", 0x0800),
        ("arp", 0x0806),
        ("ipv6", 0x86dd),
        ("mpls_uc", 0x8847),
        ("mpls_mc", 0x8848),
        ("lldp", 0x88cc),
        ("aoe", 0x88a2),
    ];
    let named = NAMES
        .iter()
        .find(|(name, _)| word.bytes().eq_ignore_ascii_case(name.as_bytes()));
    match named {
        Some((_, number)) => Ok(*number),
        None => word.u16(wrong),
    }
}

/// A link-layer address of six bytes; iproute2 lets the kernel count them.
fn mac(word: &Word<'_>) -> Result<[u8; 6]> {
    let address = word.lladdr()?;
    let bytes = address.bytes();
    <[u8; 6]>::try_from(bytes).map_err(|_| {
        let what = format!("{} is not an address of 6 bytes", quoted(word.text()));
        let ip = match bytes.len() {
            0..6 => "RTNETLINK answers: Invalid argument",
            _ => "Error: Attribute failed policy validation.",
        };
        word.error(what, ip).code(KERNEL)
    })
}
