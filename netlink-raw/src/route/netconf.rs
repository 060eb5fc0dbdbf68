//! Settings of links that sysctl(8) has under `net.ipv4.conf` and its like, as the kernel tells them (`RTM_NEWNETCONF`).

use crate::decode::{Malformed, MessageRef};
use crate::encode::{AttrWriter, Message};
use crate::error::DecodeError;
use crate::schema::RTM_GETNETCONF;
use crate::schema::netconf::*;
use crate::wire::NetconfMsg;

/// `NETCONFA_IFINDEX_ALL`: the setting `all`.
pub const NETCONFA_IFINDEX_ALL: i32 = -1;
/// `NETCONFA_IFINDEX_DEFAULT`: the setting `default`, of links to come.
pub const NETCONFA_IFINDEX_DEFAULT: i32 = -2;

/// Asks for settings: of one link, or in a [`dump`](crate::Connection::dump) of all.
#[derive(Clone, Copy, Debug, Default)]
pub struct GetNetconf {
    /// `AF_INET`, `AF_INET6` or `AF_MPLS`.
    pub family: u8,
    /// Index of the link, or `NETCONFA_IFINDEX_*`.
    pub index: Option<i32>,
}

impl Message for GetNetconf {
    fn kind(&self) -> u16 {
        RTM_GETNETCONF
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&NetconfMsg {
            family: self.family,
            ..NetconfMsg::default()
        });
        body.put_opt(NETCONFA_IFINDEX, self.index);
    }
}

/// Settings of a link in one family. An event tells one, a dump all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Netconf {
    /// `AF_*`.
    pub family: u8,
    /// Index of the link, or `NETCONFA_IFINDEX_*`.
    pub index: Option<i32>,
    /// Packets are forwarded.
    pub forwarding: Option<i32>,
    /// Source addresses are checked: 0 no, 1 strictly, 2 loosely.
    pub rp_filter: Option<i32>,
    /// Multicast is forwarded.
    pub mc_forwarding: Option<i32>,
    /// ARP or neighbour discovery is answered for others.
    pub proxy_neigh: Option<i32>,
    /// Routes over a link without carrier are passed over.
    pub ignore_routes_with_linkdown: Option<i32>,
    /// MPLS comes in.
    pub input: Option<i32>,
    /// Directed broadcast is forwarded.
    pub bc_forwarding: Option<i32>,
    /// What could not be read.
    pub malformed: Malformed,
}

impl Netconf {
    /// Reads a message of type `RTM_NEWNETCONF` or `RTM_DELNETCONF`.
    ///
    /// # Errors
    /// Only when there is no `netconfmsg`; what else can't be read is in [`malformed`](Self::malformed).
    pub fn parse(message: &MessageRef<'_>) -> Result<Self, DecodeError> {
        let (head, attrs) = message.split::<NetconfMsg>()?;
        let mut netconf = Self {
            family: head.family,
            ..Self::default()
        };
        let mut bad = Malformed::default();
        for attr in attrs {
            let Some(attr) = bad.note(attr) else { continue };
            let field = match attr.kind {
                NETCONFA_IFINDEX => &mut netconf.index,
                NETCONFA_FORWARDING => &mut netconf.forwarding,
                NETCONFA_RP_FILTER => &mut netconf.rp_filter,
                NETCONFA_MC_FORWARDING => &mut netconf.mc_forwarding,
                NETCONFA_PROXY_NEIGH => &mut netconf.proxy_neigh,
                NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN => &mut netconf.ignore_routes_with_linkdown,
                NETCONFA_INPUT => &mut netconf.input,
                NETCONFA_BC_FORWARDING => &mut netconf.bc_forwarding,
                _ => continue,
            };
            *field = bad.note(attr.read());
        }
        netconf.malformed = bad;
        Ok(netconf)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Messages;
    use crate::encode::Batch;

    /// What the kernel told when a veth was created.
    const EVENT: &[u8] = &[
        0x4c, 0, 0, 0, 80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // nlmsghdr, NEWNETCONF
        2, 0, 0, 0, // netconfmsg, AF_INET
        8, 0, 1, 0, 2, 0, 0, 0, // NETCONFA_IFINDEX 2
        8, 0, 2, 0, 0, 0, 0, 0, // NETCONFA_FORWARDING
        8, 0, 3, 0, 2, 0, 0, 0, // NETCONFA_RP_FILTER 2
        8, 0, 4, 0, 0, 0, 0, 0, // NETCONFA_MC_FORWARDING
        8, 0, 8, 0, 0, 0, 0, 0, // NETCONFA_BC_FORWARDING
        8, 0, 5, 0, 1, 0, 0, 0, // NETCONFA_PROXY_NEIGH 1
        8, 0, 6, 0, 0, 0, 0, 0, // NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN
    ];

    fn parse(bytes: &[u8]) -> Option<Netconf> {
        Netconf::parse(&Messages::new(bytes).next()?.ok()?).ok()
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn a_real_event_is_read_and_survives_every_cut() {
        let read = parse(EVENT).unwrap();
        assert_eq!((read.family, read.index), (2, Some(2)));
        assert_eq!((read.rp_filter, read.proxy_neigh), (Some(2), Some(1)));
        assert_eq!((read.input, read.malformed.count), (None, 0));
        for len in 16..EVENT.len() {
            let mut cut = EVENT[..len].to_vec();
            cut[0] = u8::try_from(len).unwrap();
            match parse(&cut) {
                None => assert!(len < 20, "{len}"),
                Some(read) => assert_eq!(read.malformed.count == 0, (len - 20) % 8 == 0, "{len}"),
            }
        }
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn the_request() {
        let mut buf = [0; 64];
        let mut batch = Batch::new(&mut buf);
        let get = GetNetconf {
            family: 10,
            index: Some(NETCONFA_IFINDEX_ALL),
        };
        batch.push(&get, 1, 1).unwrap();
        let body = &batch.as_bytes()[16..];
        assert_eq!(body, [10, 0, 0, 0, 8, 0, 1, 0, 0xff, 0xff, 0xff, 0xff]);
    }
}
