//! `type vlan`.

use super::{KindReader, Meaning, Settings, ether_type, helps, number, word};
use crate::args::Word;
use crate::error::Result;
use crate::grammar::{Grammar, Value};
use netlink_raw::route::link::*;
use netlink_raw::wire::VlanQosMapping;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

/// The settings and the maps.
#[derive(Default)]
pub(super) struct State {
    id: Option<u16>,
    options: VlanOptions<'static>,
    ingress: Option<Vec<VlanQosMapping>>,
    egress: Option<Vec<VlanQosMapping>>,
}

macro_rules! flag {
    ($name:literal, $bit:expr, $help:literal) => {
        word($name, |state: &mut State, reader, keyword| {
            let value = reader.value(&keyword, "IFLA_VLAN_FLAGS")?;
            let on = value.on_off($name)?;
            let flags = state.options.flags.get_or_insert_default();
            flags.mask |= $bit;
            flags.flags = if on {
                flags.flags | $bit
            } else {
                flags.flags & !$bit
            };
            Ok(())
        })
        .on_off()
        .says($help)
    };
}

/// In the order in which iproute2 looks through them.
pub(super) static WORDS: Grammar<Meaning<State>> = Grammar(&[
    word("protocol", |state: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_VLAN_PROTOCOL")?;
        state.options.protocol = Some(ether_type(&value, "protocol is invalid")?);
        Ok(())
    })
    .takes(Value::OneOf(&["802.1Q", "802.1ad"]))
    .says("protocol of the tags"),
    number!("id", id: u16 = IFLA_VLAN_ID, "0..4095", "id is invalid", "the VLAN"),
    flag!(
        "reorder_hdr",
        VLAN_FLAG_REORDER_HDR,
        "packets look as if they had no tag"
    ),
    flag!("gvrp", VLAN_FLAG_GVRP, "register the VLAN by GVRP"),
    flag!("mvrp", VLAN_FLAG_MVRP, "register the VLAN by MVRP"),
    flag!(
        "loose_binding",
        VLAN_FLAG_LOOSE_BINDING,
        "its state is not that of the device below"
    ),
    flag!(
        "bridge_binding",
        VLAN_FLAG_BRIDGE_BINDING,
        "its state is that of the bridge's ports in the VLAN"
    ),
    word("ingress-qos-map", |state: &mut State, r, keyword| {
        mappings(
            state.ingress.get_or_insert_default(),
            r,
            &keyword,
            "invalid ingress-qos-map",
            "IFLA_VLAN_INGRESS_QOS",
        )
    })
    .value("FROM:TO ...")
    .says("priority in the tag to priority in the kernel"),
    word("egress-qos-map", |state: &mut State, r, keyword| {
        mappings(
            state.egress.get_or_insert_default(),
            r,
            &keyword,
            "invalid egress-qos-map",
            "IFLA_VLAN_EGRESS_QOS",
        )
    })
    .value("FROM:TO ...")
    .says("priority in the kernel to priority in the tag"),
    helps(),
]);

pub(super) fn read<'w>(reader: &mut KindReader<'_, '_, 'w>) -> Result<Settings<'w>> {
    let mut state = State::default();
    reader.all(&WORDS, &mut state, "command")?;
    state.options.id = state.id;
    Ok(Settings::Vlan(state.options, state.ingress, state.egress))
}

/// `FROM:TO` as often as it follows.
fn mappings<'w>(
    list: &mut Vec<VlanQosMapping>,
    r: &mut KindReader<'_, '_, 'w>,
    keyword: &Word<'w>,
    wrong: &str,
    attribute: &'static str,
) -> Result {
    r.reader.args.value_of(keyword)?;
    r.reader.args.back();
    while let Some(word) = r.reader.args.peek() {
        let Some(colon) = word.bytes().iter().position(|b| *b == b':') else {
            break;
        };
        let (from, to) = word.bytes().split_at(colon);
        // iproute2 shows what is before the colon, whichever part is wrong.
        let shown = Word::new(OsStr::from_bytes(from), word.at());
        let number = |part: &[u8]| {
            let part = Word::new(OsStr::from_bytes(part), word.at());
            part.u32(wrong).map_err(|_| shown.wrong(wrong))
        };
        list.push(VlanQosMapping {
            from: number(from)?,
            to: number(to.get(1..).unwrap_or_default())?,
        });
        r.marks.note(attribute, word.at());
        r.reader.args.next();
    }
    Ok(())
}
