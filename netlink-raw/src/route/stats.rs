//! Counters of links beyond those of the link itself (`RTM_GETSTATS`, Linux 4.7 and later).

use crate::decode::{Attrs, MessageRef};
use crate::encode::{AttrWriter, Message};
use crate::error::DecodeError;
use crate::schema::RTM_GETSTATS;
use crate::schema::stats::*;
use crate::wire::{BridgeVlanXstats, IfStatsMsg};

/// `IFLA_STATS_FILTER_BIT` of an attribute (`IFLA_STATS_*`).
#[must_use]
pub const fn filter_bit(attribute: u16) -> u32 {
    1 << (attribute - 1)
}

/// Asks for counters of a link, or of all in a [`dump`](crate::Connection::dump).
#[derive(Clone, Copy, Debug, Default)]
pub struct GetStats {
    /// Index of the link; 0 is all.
    pub index: u32,
    /// Which: the [`filter_bit`]s of `IFLA_STATS_*`. Must not be 0.
    pub filter: u32,
}

impl Message for GetStats {
    fn kind(&self) -> u16 {
        RTM_GETSTATS
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&IfStatsMsg {
            index: self.index,
            filter_mask: self.filter,
            ..IfStatsMsg::default()
        });
    }
}

/// Counters of a link, as `RTM_NEWSTATS` tells them.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Stats<'a> {
    /// Index of the link.
    pub index: u32,
    attrs: Attrs<'a>,
}

impl<'a> Stats<'a> {
    /// Reads a message.
    ///
    /// # Errors
    /// When there is no `if_stats_msg`.
    pub fn parse(message: &MessageRef<'a>) -> Result<Self, DecodeError> {
        let (head, attrs) = message.split::<IfStatsMsg>()?;
        Ok(Self {
            index: head.index,
            attrs,
        })
    }

    /// Counters of its VLANs: as a bridge, or as a port. `None` when the kernel tells nothing of the kind;
    /// a wrong-sized entry is an error.
    pub fn bridge_vlans(
        &self,
        as_port: bool,
    ) -> Option<impl Iterator<Item = Result<BridgeVlanXstats, DecodeError>> + use<'a>> {
        let outer = match as_port {
            true => IFLA_STATS_LINK_XSTATS_SLAVE,
            false => IFLA_STATS_LINK_XSTATS,
        };
        let nest = self.attrs.clone().find(outer)?;
        let bridge = nest.nested().find(LINK_XSTATS_TYPE_BRIDGE)?;
        let vlans = bridge.nested().valid();
        Some(
            vlans
                .filter(|a| a.kind == BRIDGE_XSTATS_VLAN)
                .map(|a| a.read()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Messages;
    use crate::encode::{Batch, Request};
    use proptest::prelude::*;

    #[test]
    #[cfg(target_endian = "little")]
    fn the_request_is_that_of_iproute2() {
        let mut buf = [0; 64];
        let mut batch = Batch::new(&mut buf);
        let get = GetStats {
            index: 0,
            filter: filter_bit(IFLA_STATS_LINK_XSTATS_SLAVE),
        };
        batch.push(&get, 0x301, 1).unwrap();
        let bytes = batch.as_bytes();
        assert_eq!(bytes[4..8], [94, 0, 1, 3]);
        assert_eq!(bytes[16..], [0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0]);
    }

    fn answer(vlans: &[(u16, u64)], as_port: bool) -> Vec<u8> {
        let mut buf = vec![0; 64 + vlans.len() * 64];
        let mut message = Request::new(&mut buf, 92, 2, 1);
        let outer = IFLA_STATS_LINK_XSTATS + u16::from(as_port);
        message
            .attrs()
            .fixed(&IfStatsMsg {
                index: 7,
                ..IfStatsMsg::default()
            })
            .nest(outer, |w| {
                w.nest(LINK_XSTATS_TYPE_BRIDGE, |w| {
                    for &(vid, rx_bytes) in vlans {
                        let vlan = BridgeVlanXstats {
                            vid,
                            rx_bytes,
                            ..BridgeVlanXstats::default()
                        };
                        w.put(BRIDGE_XSTATS_VLAN, vlan);
                    }
                });
            });
        message.finish().unwrap().to_vec()
    }

    fn read(bytes: &[u8], as_port: bool) -> Option<Vec<(u16, u64)>> {
        let stats = Stats::parse(&Messages::new(bytes).next()?.ok()?).ok()?;
        let vlans = stats.bridge_vlans(as_port)?;
        Some(vlans.flatten().map(|v| (v.vid, v.rx_bytes)).collect())
    }

    proptest! {
        #[test]
        fn what_is_told_is_read(vlans in proptest::collection::vec(any::<(u16, u64)>(), 0..8), as_port: bool) {
            let bytes = answer(&vlans, as_port);
            prop_assert_eq!(read(&bytes, as_port), Some(vlans.clone()));
            prop_assert_eq!(read(&bytes, !as_port), None);
            for len in 0..bytes.len() {
                let mut cut = bytes[..len].to_vec();
                if let Some(field) = cut.get_mut(..4) {
                    field.copy_from_slice(&u32::try_from(len).unwrap().to_ne_bytes());
                }
                prop_assert!(read(&cut, as_port).is_none_or(|v| v.len() <= vlans.len()));
            }
        }

        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, as_port: bool) {
            prop_assert!(read(&bytes, as_port).is_none_or(|v| v.len() <= bytes.len()));
        }
    }
}
