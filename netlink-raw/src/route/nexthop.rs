//! Nexthop objects (`RTM_NEWNEXTHOP`): ways that routes share by their id; the view of one, and the
//! request for it.
//!
//! The kernel's side is `net/ipv4/nexthop.c`; the numbers are those of `linux/nexthop.h`.

use crate::decode::{Attr, Malformed, MessageRef};
use crate::encode::{AttrWriter, Message};
use crate::error::DecodeError;
use crate::route::route::Encap;
use crate::schema::RTM_GETNEXTHOP;
use crate::schema::route::*;
use crate::wire::{NexthopGrp, NhMsg};
use core::net::IpAddr;
use zerocopy::FromBytes;

/// `NEXTHOP_GRP_TYPE_MPATH`: packets are spread by a hash of their flow.
pub const NEXTHOP_GRP_TYPE_MPATH: u16 = 0;
/// `NEXTHOP_GRP_TYPE_RES`: resilient: flows stay with their member while others come and go.
pub const NEXTHOP_GRP_TYPE_RES: u16 = 1;

/// A nexthop object, as the kernel describes it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct NexthopObject<'a> {
    /// Family of its gateway, `AF_UNSPEC` of a group.
    pub family: u8,
    /// `RT_SCOPE_*`.
    pub scope: u8,
    /// Who made it, `RTPROT_*`.
    pub protocol: u8,
    /// `RTNH_F_*`.
    pub flags: u32,
    /// Its id.
    pub id: Option<u32>,
    /// The members of a group: read by [`members`](Self::members).
    pub group: Option<Attr<'a>>,
    /// `NEXTHOP_GRP_TYPE_*`.
    pub group_type: Option<u16>,
    /// Settings of a resilient group: attributes of [`RES_GROUP`].
    pub resilient: Option<Attr<'a>>,
    /// Whether it drops what is sent by it.
    pub blackhole: bool,
    /// Whether it is for forwarding entries of a VXLAN device.
    pub fdb: bool,
    /// Index of its link.
    pub oif: Option<u32>,
    /// Gateway.
    pub gateway: Option<IpAddr>,
    /// What packets are put into on their way.
    pub encap: Option<Encap<'a>>,
    /// What could not be read.
    pub malformed: Malformed,
}

impl<'a> NexthopObject<'a> {
    /// Reads a message of type `RTM_NEWNEXTHOP` or `RTM_DELNEXTHOP`.
    ///
    /// # Errors
    /// Only when there is no `nhmsg`; what else can't be read is in [`malformed`](Self::malformed).
    pub fn parse(message: &MessageRef<'a>) -> Result<Self, DecodeError> {
        let (head, attrs) = message.split::<NhMsg>()?;
        let mut object = Self {
            family: head.family,
            scope: head.scope,
            protocol: head.protocol,
            flags: head.flags,
            ..Self::default()
        };
        let mut bad = Malformed::default();
        let mut encap = (None, None);
        for attr in attrs {
            let Some(attr) = bad.note(attr) else { continue };
            match attr.kind {
                NHA_ID => object.id = bad.note(attr.read()),
                NHA_GROUP => object.group = Some(attr),
                NHA_GROUP_TYPE => object.group_type = bad.note(attr.read()),
                NHA_RES_GROUP => object.resilient = Some(attr),
                NHA_BLACKHOLE => object.blackhole = true,
                NHA_FDB => object.fdb = true,
                NHA_OIF => object.oif = bad.note(attr.read()),
                NHA_GATEWAY => object.gateway = bad.note(attr.ip()),
                NHA_ENCAP_TYPE => encap.0 = bad.note(attr.read()),
                NHA_ENCAP => encap.1 = Some(attr),
                _ => {}
            }
        }
        object.encap = Encap::of(encap);
        object.malformed = bad;
        Ok(object)
    }

    /// The members of a group, in order; what is left of a cut one is left out.
    pub fn members(&self) -> impl Iterator<Item = NexthopGrp> {
        let bytes = self.group.map_or(&[][..], |attr| attr.value);
        bytes
            .chunks_exact(size_of::<NexthopGrp>())
            .filter_map(|member| NexthopGrp::read_from_bytes(member).ok())
    }
}

/// Asks for the nexthop object with this id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GetNexthop {
    /// Its id.
    pub id: u32,
}

impl Message for GetNexthop {
    fn kind(&self) -> u16 {
        RTM_GETNEXTHOP
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&NhMsg::default()).put(NHA_ID, self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::Batch;
    use crate::wire::NlMsgHdr;

    /// `id 10 group 5/6 type resilient buckets 32`, as Linux 6.18 sends it.
    #[rustfmt::skip]
    const RESILIENT: [u8; 92] = [
        0, 0, 0, 0, 0, 0, 0, 0,                         // nhmsg
        8, 0, 1, 0, 10, 0, 0, 0,                        // NHA_ID 10
        6, 0, 3, 0, 1, 0, 0, 0,                         // NHA_GROUP_TYPE resilient
        20, 0, 2, 0, 5, 0, 0, 0, 0, 0, 0, 0,            // NHA_GROUP: 5, weight 1,
                     6, 0, 0, 0, 3, 0, 0, 0,            //   6, weight 4
        40, 0, 12, 0x80,                                // NHA_RES_GROUP
          6, 0, 1, 0, 32, 0, 0, 0,                      //   NHA_RES_GROUP_BUCKETS 32
          8, 0, 2, 0, 0xe0, 0x2e, 0, 0,                 //   NHA_RES_GROUP_IDLE_TIMER 120 s
          8, 0, 3, 0, 0, 0, 0, 0,                       //   NHA_RES_GROUP_UNBALANCED_TIMER
          12, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0,          //   NHA_RES_GROUP_UNBALANCED_TIME
        8, 0, 14, 0, 0, 0, 0, 0x80,                     // NHA_OP_FLAGS
    ];

    fn message(body: &[u8]) -> MessageRef<'_> {
        let header = NlMsgHdr::default();
        MessageRef { header, body }
    }

    #[test]
    fn reads_a_group() {
        let message = message(&RESILIENT);
        let object = NexthopObject::parse(&message).unwrap();
        assert_eq!(object.malformed, Malformed::default());
        assert_eq!((object.id, object.group_type), (Some(10), Some(1)));
        let members: Vec<_> = object.members().map(|m| (m.id, m.weight)).collect();
        assert_eq!(members, [(5, 0), (6, 3)]);
        let idle = object.resilient.unwrap().nested().find(2).unwrap();
        assert_eq!(idle.read(), Ok(12_000u32));
        assert!(!object.blackhole && !object.fdb && object.gateway.is_none());
    }

    #[test]
    fn reads_a_gateway() {
        #[rustfmt::skip]
        let bytes = [
            2, 253, 4, 0, 4, 0, 0, 0,                   // nhmsg: inet, scope link, static, onlink
            8, 0, 1, 0, 5, 0, 0, 0,                     // NHA_ID 5
            8, 0, 5, 0, 3, 0, 0, 0,                     // NHA_OIF 3
            8, 0, 6, 0, 10, 0, 0, 2,                    // NHA_GATEWAY 10.0.0.2
            4, 0, 4, 0, 4, 0, 11, 0,                    // NHA_BLACKHOLE, NHA_FDB
        ];
        let object = NexthopObject::parse(&message(&bytes)).unwrap();
        assert_eq!((object.scope, object.protocol, object.flags), (253, 4, 4));
        assert_eq!(object.gateway, Some("10.0.0.2".parse().unwrap()));
        assert_eq!((object.oif, object.id), (Some(3), Some(5)));
        assert!(object.blackhole && object.fdb);
    }

    #[test]
    fn cut_anywhere_it_is_an_error_or_less() {
        for cut in 0..RESILIENT.len() {
            match NexthopObject::parse(&message(&RESILIENT[..cut])) {
                Ok(object) => assert!(object.members().count() <= 2),
                Err(_) => assert!(cut < 8),
            }
        }
    }

    #[test]
    fn the_request_asks_by_id() {
        let mut buf = [0; 64];
        let mut batch = Batch::new(&mut buf);
        batch.push(&GetNexthop { id: 7 }, 0, 1).unwrap();
        let (head, body) = batch.as_bytes().split_at(16);
        assert_eq!(head[4], 106);
        assert_eq!(body, [0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 1, 0, 7, 0, 0, 0]);
    }
}
