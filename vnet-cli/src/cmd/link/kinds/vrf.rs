//! `type vrf`.

use super::{KindReader, Meaning, Settings, helps, word};
use crate::error::Result;
use crate::grammar::Grammar;
use crate::names::Table;
use netlink_raw::route::link::VrfOptions;

/// What the words fill in.
pub(super) type State = VrfOptions;

/// In the order in which iproute2 looks through them.
pub(super) static WORDS: Grammar<Meaning<State>> = Grammar(&[
    word("table", |o: &mut State, r, keyword| {
        let value = r.value(&keyword, "IFLA_VRF_TABLE")?;
        let table = r.reader.ctx.names.number(Table::RouteTable, value.bytes());
        o.table = Some(table.ok_or_else(|| {
            value.wrong_because(
                "a routing table's number or name is expected",
                "invalid table ID",
            )
        })?);
        Ok(())
    })
    .value("TABLE")
    .says("its routing table"),
    helps(),
]);

pub(super) fn read<'w>(reader: &mut KindReader<'_, '_, 'w>) -> Result<Settings<'w>> {
    let mut options = State::default();
    reader.all(&WORDS, &mut options, "option")?;
    Ok(Settings::Vrf(options))
}
