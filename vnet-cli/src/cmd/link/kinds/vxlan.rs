//! `type vxlan`.

use super::super::describe::Purpose;
use super::{KindReader, Meaning, Settings, helps, whole, word};
use crate::args::{Family, Word};
use crate::error::{FAILED, Result, USAGE};
use crate::grammar::{Entry, Grammar, Value};
use crate::names::Table;
use netlink_raw::route::link::*;
use netlink_raw::wire::VxlanPortRange;
use std::net::IpAddr;

/// The port that IANA gave to the generic protocol extension.
const GPE_PORT: u16 = 4790;
/// Network identifiers are 24 bits, flow labels 20.
const ID_MAX: u32 = (1 << 24) - 1;
const LABEL_MAX: u32 = (1 << 20) - 1;

/// The settings, and what iproute2 takes only once.
#[derive(Default)]
pub(super) struct State {
    options: VxlanOptions,
    given: Vec<&'static str>,
    id_at: Option<usize>,
    group_at: Option<usize>,
    vnifilter_at: Option<usize>,
}

impl State {
    /// Notes that `what` is given; an error when it was before.
    fn once(&mut self, what: &'static str, shown: &str, word: &Word<'_>) -> Result {
        if self.given.contains(&what) {
            return Err(word.garbage(shown));
        }
        self.given.push(what);
        Ok(())
    }

    fn has(&self, what: &str) -> bool {
        self.given.contains(&what)
    }
}

type Words = Entry<Meaning<State>>;

macro_rules! switch {
    ($name:literal, $no:literal, $field:ident = $attribute:ident, $help:literal) => {
        [
            word($no, |state: &mut State, r, keyword| {
                state.once(stringify!($field), $no, &keyword)?;
                state.options.$field = Some(false);
                r.marks.note(stringify!($attribute), keyword.at());
                Ok(())
            })
            .says(concat!("not ", $name)),
            word($name, |state: &mut State, r, keyword| {
                state.once(stringify!($field), $name, &keyword)?;
                state.options.$field = Some(true);
                r.marks.note(stringify!($attribute), keyword.at());
                Ok(())
            })
            .says($help),
        ]
    };
}

const ID: Words = word("id", |s: &mut State, r, keyword| {
    let value = r.value(&keyword, "IFLA_VXLAN_ID")?;
    s.once("id", "id", &value)?;
    let id = value.u32("invalid id")?;
    if id > ID_MAX {
        return Err(value.out_of_range(0, ID_MAX, "invalid id"));
    }
    s.options.id = Some(id);
    s.id_at = Some(value.at());
    Ok(())
})
.also_short(&["vni"])
.value("VNI")
.says("network identifier");

const LEARNING: [Words; 2] = switch!(
    "learning",
    "nolearning",
    learning = IFLA_VXLAN_LEARNING,
    "learn addresses from packets"
);
const PROXY: [Words; 2] = switch!(
    "proxy",
    "noproxy",
    proxy = IFLA_VXLAN_PROXY,
    "answer ARP for others"
);
const RSC: [Words; 2] = switch!("rsc", "norsc", rsc = IFLA_VXLAN_RSC, "route short circuit");
const L2MISS: [Words; 2] = switch!(
    "l2miss",
    "nol2miss",
    l2miss = IFLA_VXLAN_L2MISS,
    "report unknown link-layer addresses"
);
const L3MISS: [Words; 2] = switch!(
    "l3miss",
    "nol3miss",
    l3miss = IFLA_VXLAN_L3MISS,
    "report unknown IP addresses"
);
const UDPCSUM: [Words; 2] = switch!(
    "udpcsum",
    "noudpcsum",
    udp_csum = IFLA_VXLAN_UDP_CSUM,
    "UDP checksums over IPv4"
);
const ZERO6_TX: [Words; 2] = switch!(
    "udp6zerocsumtx",
    "noudp6zerocsumtx",
    udp_zero_csum6_tx = IFLA_VXLAN_UDP_ZERO_CSUM6_TX,
    "no UDP checksums over IPv6"
);
const ZERO6_RX: [Words; 2] = switch!(
    "udp6zerocsumrx",
    "noudp6zerocsumrx",
    udp_zero_csum6_rx = IFLA_VXLAN_UDP_ZERO_CSUM6_RX,
    "take packets without UDP checksum over IPv6"
);
const REM_TX: [Words; 2] = switch!(
    "remcsumtx",
    "noremcsumtx",
    remcsum_tx = IFLA_VXLAN_REMCSUM_TX,
    "remote checksum offload when sending"
);
const REM_RX: [Words; 2] = switch!(
    "remcsumrx",
    "noremcsumrx",
    remcsum_rx = IFLA_VXLAN_REMCSUM_RX,
    "remote checksum offload when receiving"
);
const EXTERNAL: [Words; 2] = switch!(
    "external",
    "noexternal",
    collect_metadata = IFLA_VXLAN_COLLECT_METADATA,
    "each packet says where it goes"
);

/// In the order in which iproute2 looks through them.
pub(super) static WORDS: Grammar<Meaning<State>> = Grammar(&[
    ID,
    word("group", |s: &mut State, r, keyword| {
        remote(s, r, &keyword, true)
    })
    .value("ADDRESS")
    .says("multicast group of the other ends"),
    word("remote", |s: &mut State, r, keyword| {
        remote(s, r, &keyword, false)
    })
    .value("ADDRESS")
    .says("the other end"),
    word("local", |s: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_VXLAN_LOCAL")?;
        s.once("local", "local", &value)?;
        let address = address(&value, s.options.remote, "invalid local address")?;
        if address.is_multicast() {
            return Err(value.wrong("invalid local address"));
        }
        s.options.local = Some(address);
        Ok(())
    })
    .value("ADDRESS")
    .says("source address"),
    word("dev", |s: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_VXLAN_LINK")?;
        s.once("dev", "dev", &value)?;
        let index = r.reader.ctx.kernel.index_of(value.bytes())?;
        let index = index.ok_or_else(|| value.no_device().code(USAGE))?;
        s.options.link = Some(index.cast_unsigned());
        Ok(())
    })
    .takes(Value::Device("DEVICE"))
    .says("the device that carries it"),
    word("ttl", |s: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_VXLAN_TTL")?;
        s.once("ttl", "ttl", &value)?;
        match value.bytes() {
            b"inherit" => s.options.ttl_inherit = Some(true),
            b"auto" => s.options.ttl = Some(0),
            _ => {
                let ttl = value.u32("invalid TTL")?;
                let ttl = u8::try_from(ttl);
                s.options.ttl =
                    Some(ttl.map_err(|_| value.out_of_range(0, 255, "TTL must be <= 255"))?);
            }
        }
        Ok(())
    })
    .also_short(&["hoplimit"])
    .value("1..255|auto|inherit")
    .says("time to live"),
    word("tos", |s: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_VXLAN_TOS")?;
        s.once("tos", "tos", &value)?;
        s.options.tos = Some(if value.is("inherit") {
            1
        } else {
            let tos = r.reader.ctx.names.number(Table::Dsfield, value.bytes());
            tos.and_then(|tos| u8::try_from(tos).ok())
                .ok_or_else(|| value.wrong("bad TOS value"))?
        });
        Ok(())
    })
    .also_short(&["dsfield"])
    .value("TOS|inherit")
    .says("type of service, in hex"),
    word("df", |s: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_VXLAN_DF")?;
        s.once("df", "df", &value)?;
        s.options.df = Some(match value.bytes() {
            b"unset" => VXLAN_DF_UNSET,
            b"set" => VXLAN_DF_SET,
            b"inherit" => VXLAN_DF_INHERIT,
            _ => return Err(value.wrong("DF must be 'unset', 'set' or 'inherit'")),
        });
        Ok(())
    })
    .takes(Value::OneOf(&["unset", "set", "inherit"]))
    .says("don't-fragment bit"),
    word("label", |s: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_VXLAN_LABEL")?;
        s.once("flowlabel", "flowlabel", &value)?;
        let label = value.u32("invalid flowlabel")?;
        if label > LABEL_MAX {
            return Err(value.out_of_range(0, LABEL_MAX, "invalid flowlabel"));
        }
        s.options.label = Some(label);
        Ok(())
    })
    .also_short(&["flowlabel"])
    .value("LABEL")
    .says("flow label over IPv6"),
    word("ageing", |s: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_VXLAN_AGEING")?;
        s.once("ageing", "ageing", &value)?;
        s.options.ageing = Some(match value.bytes() {
            b"none" => 0,
            _ => value.u32("ageing timer")?,
        });
        Ok(())
    })
    .value("SECONDS|none")
    .says("time a learnt address is kept"),
    word("maxaddress", |s: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_VXLAN_LIMIT")?;
        s.once("maxaddress", "maxaddress", &value)?;
        s.options.limit = Some(match value.bytes() {
            b"unlimited" => 0,
            _ => value.u32("max addresses")?,
        });
        Ok(())
    })
    .value("COUNT|unlimited")
    .says("most addresses"),
    word("port", |s: &mut State, r, keyword| {
        let low = r.value(&keyword, "IFLA_VXLAN_PORT_RANGE")?;
        s.once("srcport", "srcport", &low)?;
        let first = low.u16("min port")?;
        let high = r.value(&keyword, "IFLA_VXLAN_PORT_RANGE")?;
        let last = high.u16("max port")?;
        if (first, last) != (0, 0) {
            s.options.port_range = Some(VxlanPortRange {
                low: first.to_be_bytes(),
                high: last.to_be_bytes(),
            });
        }
        Ok(())
    })
    .also_short(&["srcport"])
    .value("FIRST LAST")
    .says("UDP ports to send from"),
    word("dstport", |s: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_VXLAN_PORT")?;
        s.once("dstport", "dstport", &value)?;
        // 0 leaves it to the kernel, as no word does, and is no reason for a warning.
        s.options.port = Some(value.u16("dst port")?).filter(|port| *port != 0);
        Ok(())
    })
    .value("PORT")
    .says("UDP port to send to and listen at"),
    LEARNING[0],
    LEARNING[1],
    PROXY[0],
    PROXY[1],
    RSC[0],
    RSC[1],
    L2MISS[0],
    L2MISS[1],
    L3MISS[0],
    L3MISS[1],
    UDPCSUM[1],
    UDPCSUM[0],
    ZERO6_TX[1],
    ZERO6_TX[0],
    ZERO6_RX[1],
    ZERO6_RX[0],
    REM_TX[1],
    REM_TX[0],
    REM_RX[1],
    REM_RX[0],
    EXTERNAL[1],
    EXTERNAL[0],
    word("gbp", |s: &mut State, r, keyword| {
        s.once("gbp", "gbp", &keyword)?;
        s.options.gbp = Some(true);
        r.marks.note("IFLA_VXLAN_GBP", keyword.at());
        Ok(())
    })
    .says("group policy extension"),
    word("gpe", |s: &mut State, r, keyword| {
        s.once("gpe", "gpe", &keyword)?;
        s.options.gpe = Some(true);
        r.marks.note("IFLA_VXLAN_GPE", keyword.at());
        Ok(())
    })
    .says("generic protocol extension"),
    whole("vnifilter", |s: &mut State, r, keyword| {
        vnifilter(s, r, &keyword, true)
    })
    .says("many network identifiers, filtered; with external"),
    whole("novnifilter", |s: &mut State, r, keyword| {
        vnifilter(s, r, &keyword, false)
    })
    .says("not vnifilter"),
    helps(),
]);

pub(super) fn read<'w>(reader: &mut KindReader<'_, '_, 'w>) -> Result<Settings<'w>> {
    let mut state = State::default();
    reader.all(&WORDS, &mut state, "command")?;
    finish(reader, state)
}

/// What the words mean together.
fn finish<'w>(reader: &mut KindReader<'_, '_, 'w>, mut state: State) -> Result<Settings<'w>> {
    let at = |at: Option<usize>| Word::new(reader.kind.text(), at.unwrap_or(reader.kind.at()));
    let external = state.options.collect_metadata == Some(true);
    let create = reader.reader.purpose == Purpose::Create;
    if external && state.has("id") {
        return Err(reader.complain(
            &at(state.id_at),
            "'external' and a network identifier exclude each other",
            "both 'external' and vni cannot be specified",
        ));
    }
    if !external && !state.has("id") && create {
        let ip = "vxlan: missing virtual network identifier";
        return Err(reader
            .reader
            .args
            .missing("the network identifier", ip)
            .hint("'id VNI', or 'external'")
            .code(FAILED));
    }
    if state.group_at.is_some() && !state.has("dev") {
        return Err(reader.complain(
            &at(state.group_at),
            "'group' needs the device that carries it, 'dev DEVICE'",
            "'group' requires 'dev' to be specified",
        ));
    }
    if state.vnifilter_at.is_some() && !external {
        return Err(reader.complain(
            &at(state.vnifilter_at),
            "'vnifilter' goes with 'external'",
            "vnifilter is valid only when 'external' is set",
        ));
    }
    if !state.has("dstport") && state.has("gpe") {
        state.options.port = Some(GPE_PORT);
    }
    let unsaid = create && !state.has("dstport") && !state.has("gpe");
    // As iproute2 has it: learning is on unless the packets themselves say where they go.
    if create {
        state.options.learning.get_or_insert(!external);
    }
    Ok(Settings::Vxlan(Box::new(state.options), unsaid))
}

fn remote<'w>(
    state: &mut State,
    r: &mut KindReader<'_, '_, 'w>,
    keyword: &Word<'w>,
    group: bool,
) -> Result {
    if state
        .options
        .remote
        .is_some_and(|a| a.is_multicast() != group)
    {
        return Err(r.complain(
            keyword,
            "'group' and 'remote' exclude each other",
            "both group and remote cannot be specified",
        ));
    }
    let value = r.value(keyword, "IFLA_VXLAN_GROUP")?;
    let (name, wrong) = match group {
        true => ("group", "invalid group address"),
        false => ("remote", "invalid remote address"),
    };
    state.once("remote", name, &value)?;
    let address = address(&value, state.options.local, wrong)?;
    if address.is_multicast() != group {
        return Err(value.wrong(wrong));
    }
    if group {
        state.group_at = Some(value.at());
    }
    state.options.remote = Some(address);
    Ok(())
}

fn vnifilter<'w>(
    state: &mut State,
    r: &mut KindReader<'_, '_, 'w>,
    keyword: &Word<'w>,
    on: bool,
) -> Result {
    state.once("vnifilter", "vnifilter", keyword)?;
    state.options.vnifilter = Some(on);
    state.vnifilter_at = on.then_some(keyword.at());
    r.marks.note("IFLA_VXLAN_VNIFILTER", keyword.at());
    Ok(())
}

/// An address of the same family as the one that is known already.
fn address(word: &Word<'_>, other: Option<IpAddr>, wrong: &str) -> Result<IpAddr> {
    let family = other.map_or(Family::Unspec, |a| Family::of(&a));
    let prefix = word.address(family)?;
    // `any` and `default` are no addresses here, 0.0.0.0 is.
    prefix
        .address
        .filter(|_| !prefix.explicit)
        .ok_or_else(|| word.wrong(wrong))
}
