//! Requests about forwarding entries of bridges and tunnels that a neighbour's requests can't express.
//!
//! An entry is a neighbour of family `AF_BRIDGE`: [`NeighbourRequest`](super::neigh::NeighbourRequest)
//! and [`DelNeighbour`](super::neigh::DelNeighbour) make and remove one,
//! [`Neighbour`](super::neigh::Neighbour) reads one. The kernel's side is `net/core/rtnetlink.c` (`rtnl_fdb_*`).

use crate::encode::{AttrWriter, Message};
use crate::schema::neigh::*;
use crate::schema::{RTM_DELNEIGH, RTM_GETNEIGH};
use crate::wire::NdMsg;

/// `NLM_F_BULK`: of a DEL, everything that matches.
pub const NLM_F_BULK: u16 = 0x200;

/// Asks for the entries of all devices, or of some, to be [dumped](crate::Connection::dump).
#[derive(Clone, Copy, Debug, Default)]
pub struct GetFdb {
    /// Of the device with this index alone; 0 is all.
    pub index: i32,
    /// Of the bridge with this index and its ports.
    pub master: Option<u32>,
}

impl Message for GetFdb {
    fn kind(&self) -> u16 {
        RTM_GETNEIGH
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&NdMsg {
            family: libc::AF_BRIDGE as u8,
            index: self.index,
            ..NdMsg::default()
        });
        body.put_opt(NDA_MASTER, self.master);
    }
}

/// Asks for one entry: `ENOENT` when there is none, `EOPNOTSUPP` where the device can't tell.
#[derive(Clone, Copy, Debug, Default)]
pub struct FindFdb<'a> {
    /// The device, or 0 with a [`master`](Self::master); not both.
    pub index: i32,
    /// `NTF_SELF` for the device's own table, `NTF_MASTER` for its bridge's; 0 is the bridge's where it has one.
    pub flags: u8,
    /// Link-layer address.
    pub lladdr: &'a [u8],
    /// The bridge.
    pub master: Option<u32>,
    /// VLAN.
    pub vlan: Option<u16>,
    /// VXLAN network, of a tunnel's entry.
    pub vni: Option<u32>,
}

impl Message for FindFdb<'_> {
    fn kind(&self) -> u16 {
        RTM_GETNEIGH
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&NdMsg {
            family: libc::AF_BRIDGE as u8,
            index: self.index,
            flags: self.flags,
            ..NdMsg::default()
        });
        body.bytes(NDA_LLADDR, self.lladdr)
            .put_opt(NDA_VLAN, self.vlan)
            .put_opt(NDA_VNI, self.vni)
            .put_opt(NDA_MASTER, self.master);
    }
}

/// Removes every entry of a device that matches.
#[derive(Clone, Copy, Debug, Default)]
pub struct FlushFdb {
    /// The device: a bridge, a port, a tunnel.
    pub index: i32,
    /// `NTF_SELF`, `NTF_MASTER`: whose table; and the value of the `NTF_*` in [`flags_mask`](Self::flags_mask).
    pub flags: u8,
    /// Which `NTF_*` an entry must have as [`flags`](Self::flags) says.
    pub flags_mask: u8,
    /// `NUD_*`: the value of those in [`state_mask`](Self::state_mask).
    pub state: u16,
    /// Which `NUD_*` an entry must have as [`state`](Self::state) says.
    pub state_mask: u16,
    /// Entries of the port with this index.
    pub port: Option<u32>,
    /// Entries of this VLAN.
    pub vlan: Option<u16>,
}

impl Message for FlushFdb {
    fn kind(&self) -> u16 {
        RTM_DELNEIGH
    }
    fn flags(&self) -> u16 {
        NLM_F_BULK
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&NdMsg {
            family: libc::AF_BRIDGE as u8,
            index: self.index,
            state: self.state,
            flags: self.flags,
            ..NdMsg::default()
        });
        body.put_opt(NDA_IFINDEX, self.port)
            .put_opt(NDA_VLAN, self.vlan);
        if self.flags_mask != 0 {
            body.put(NDA_NDM_FLAGS_MASK, self.flags_mask);
        }
        if self.state_mask != 0 {
            body.put(NDA_NDM_STATE_MASK, self.state_mask);
        }
    }
}

#[cfg(test)]
#[cfg(target_endian = "little")]
mod tests {
    use super::*;
    use crate::encode::Batch;
    use crate::exchange::{NLM_F_DUMP, NLM_F_REQUEST};

    const MAC: [u8; 6] = [2, 0xaa, 0, 0, 0, 1];

    fn sent(message: &dyn Message, flags: u16) -> (u16, u16, Vec<u8>) {
        let mut buf = [0; 128];
        let mut batch = Batch::new(&mut buf);
        batch.push(message, flags, 1).unwrap();
        let bytes = batch.as_bytes();
        let word = |at: usize| u16::from_ne_bytes([bytes[at], bytes[at + 1]]);
        (word(4), word(6), bytes[16..].to_vec())
    }

    /// The bytes are those that `bridge fdb …` of iproute2 6.1 sends, without the zeros behind its dumps.
    #[test]
    fn requests_are_those_of_iproute2() {
        let all = GetFdb {
            index: 5,
            master: Some(2),
        };
        let want = [7, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 8, 0, 9, 0, 2, 0, 0, 0];
        let dump = NLM_F_REQUEST | NLM_F_DUMP;
        assert_eq!(sent(&all, dump), (30, 0x301, want.to_vec()));

        let one = FindFdb {
            index: 5,
            flags: libc::NTF_SELF,
            lladdr: &MAC,
            master: None,
            vlan: Some(3),
            vni: Some(5),
        };
        let want = [
            7, 0, 0, 0, 5, 0, 0, 0, 0, 0, 2, 0, // ndmsg: AF_BRIDGE, index 5, NTF_SELF
            10, 0, 2, 0, 2, 0xaa, 0, 0, 0, 1, 0, 0, // NDA_LLADDR
            6, 0, 5, 0, 3, 0, 0, 0, // NDA_VLAN 3
            8, 0, 7, 0, 5, 0, 0, 0, // NDA_VNI 5
        ];
        assert_eq!(sent(&one, NLM_F_REQUEST), (30, 1, want.to_vec()));

        let flush = FlushFdb {
            index: 2,
            flags: 0x77,
            flags_mask: 0x71,
            state: 0x80,
            state_mask: 0xc0,
            port: Some(5),
            vlan: Some(5),
        };
        let want = [
            7, 0, 0, 0, 2, 0, 0, 0, 0x80, 0, 0x77, 0, // ndmsg: NUD_PERMANENT
            8, 0, 8, 0, 5, 0, 0, 0, // NDA_IFINDEX 5
            6, 0, 5, 0, 5, 0, 0, 0, // NDA_VLAN 5
            5, 0, 17, 0, 0x71, 0, 0, 0, // NDA_NDM_FLAGS_MASK
            6, 0, 16, 0, 0xc0, 0, 0, 0, // NDA_NDM_STATE_MASK
        ];
        assert_eq!(sent(&flush, NLM_F_REQUEST), (29, 0x201, want.to_vec()));
        let bare = FlushFdb {
            index: 2,
            flags: libc::NTF_SELF,
            ..FlushFdb::default()
        };
        assert_eq!(sent(&bare, 0).2, [7, 0, 0, 0, 2, 0, 0, 0, 0, 0, 2, 0]);
    }
}
