//! `type ipvlan` and `ipvtap`.

use super::{KindReader, Meaning, Settings, helps, word};
use crate::error::{FAILED, Result};
use crate::grammar::{Grammar, Value};
use netlink_raw::route::link::{
    IPVLAN_F_PRIVATE, IPVLAN_F_VEPA, IPVLAN_MODE_L2, IPVLAN_MODE_L3, IPVLAN_MODE_L3S, IpvlanOptions,
};

macro_rules! flag {
    ($name:literal, $flags:expr, $help:literal) => {
        word($name, |options: &mut State, reader, keyword| {
            if options.flags.is_some() {
                return Err(reader.unknown(&keyword, "option"));
            }
            options.flags = Some($flags);
            reader.marks.note("IFLA_IPVLAN_FLAGS", keyword.at());
            Ok(())
        })
        .says($help)
    };
}

/// What the words fill in.
pub(super) type State = IpvlanOptions;

/// In the order in which iproute2 looks through them.
pub(super) static WORDS: Grammar<Meaning<State>> = Grammar(&[
    word("mode", |o: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_IPVLAN_MODE")?;
        o.mode = Some(match value.bytes() {
            b"l2" => IPVLAN_MODE_L2,
            b"l3" => IPVLAN_MODE_L3,
            b"l3s" => IPVLAN_MODE_L3S,
            _ => {
                return Err(value
                    .error(
                        format!("'mode' is l2, l3 or l3s, not '{value}'"),
                        "Error: argument of \"mode\" must be either \"l2\", \"l3\" or \"l3s\"",
                    )
                    .code(FAILED));
            }
        });
        Ok(())
    })
    .takes(Value::OneOf(&["l3", "l3s", "l2"]))
    .says("the layer at which packets are handed over"),
    flag!(
        "private",
        IPVLAN_F_PRIVATE,
        "never speak to others on the same device"
    ),
    flag!(
        "vepa",
        IPVLAN_F_VEPA,
        "speak to them through a switch outside"
    ),
    flag!("bridge", 0, "speak to them directly"),
    helps(),
]);

pub(super) fn read<'w>(reader: &mut KindReader<'_, '_, 'w>) -> Result<Settings<'w>> {
    let mut options = State::default();
    reader.all(&WORDS, &mut options, "option")?;
    // iproute2 always says which flags, where no word does: none.
    options.flags.get_or_insert(0);
    Ok(Settings::Ipvlan(options))
}
