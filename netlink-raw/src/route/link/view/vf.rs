//! A virtual function of a link (`IFLA_VF_INFO`).

use super::{leading, view};
use crate::decode::{Attr, Malformed};
use crate::error::DecodeError;
use crate::schema::link::*;

view! {
    /// What is set for a virtual function. Switches are 0, 1, or `u32::MAX` for one that the driver does not have.
    pub struct Vf<'a> {
        /// Its number and its link-layer address, padded to 32 bytes.
        mac: (u32, [u8; 32]) = IFLA_VF_MAC by mac,
        /// Its broadcast address, padded to 32 bytes.
        broadcast: [u8; 32] = IFLA_VF_BROADCAST by leading,
        /// Its VLAN, 0 is none.
        vlan: VfVlan = IFLA_VF_VLAN by vlan,
        /// The same with the protocol: see [`vlans`](Vf::vlans).
        vlan_list: Attr<'a> = IFLA_VF_VLAN_LIST,
        /// Most it may send, Mbit/s; 0 is no limit.
        tx_rate: u32 = IFLA_VF_TX_RATE by setting,
        /// Least and most it may send, Mbit/s; 0 is no limit.
        rate: (u32, u32) = IFLA_VF_RATE by rate,
        /// Whether it is kept from sending under other addresses.
        spoofchk: u32 = IFLA_VF_SPOOFCHK by setting,
        /// `IFLA_VF_LINK_STATE_*`: 0 as the uplink, 1 up, 2 down.
        link_state: u32 = IFLA_VF_LINK_STATE by setting,
        /// Whether it may ask for the RSS table and key.
        rss_query_en: u32 = IFLA_VF_RSS_QUERY_EN by setting,
        /// Whether it is trusted.
        trust: u32 = IFLA_VF_TRUST by setting,
        /// InfiniBand GUID of the node.
        ib_node_guid: u64 = IFLA_VF_IB_NODE_GUID by guid,
        /// InfiniBand GUID of the port.
        ib_port_guid: u64 = IFLA_VF_IB_PORT_GUID by guid,
        /// Its counters.
        stats: VfStats = IFLA_VF_STATS by stats,
    }
}

/// A VLAN of a virtual function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VfVlan {
    /// VLAN id, 0 is none.
    pub id: u32,
    /// Priority.
    pub qos: u32,
    /// Ethernet type of the tag, where it is told.
    pub protocol: Option<u16>,
}

/// Counters of a virtual function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VfStats {
    /// Packets received.
    pub rx_packets: u64,
    /// Packets sent.
    pub tx_packets: u64,
    /// Bytes received.
    pub rx_bytes: u64,
    /// Bytes sent.
    pub tx_bytes: u64,
    /// Broadcast packets received.
    pub broadcast: u64,
    /// Multicast packets received.
    pub multicast: u64,
    /// Received and dropped, where it is told.
    pub rx_dropped: Option<u64>,
    /// Dropped on the way out, where it is told.
    pub tx_dropped: Option<u64>,
    /// What could not be read.
    pub malformed: Malformed,
}

impl<'a> Vf<'a> {
    /// Each of an `IFLA_VFINFO_LIST`.
    pub fn all(list: Attr<'a>) -> impl Iterator<Item = Self> + use<'a> {
        let inside = list.nested().valid();
        inside
            .filter(|attr| attr.kind == IFLA_VF_INFO)
            .map(Self::parse)
    }

    /// Its VLANs with their protocols.
    pub fn vlans(&self) -> impl Iterator<Item = VfVlan> + use<'a> {
        self.vlan_list
            .into_iter()
            .flat_map(|list| list.nested().valid())
            .filter(|attr| attr.kind == IFLA_VF_VLAN_INFO)
            .filter_map(|attr| {
                let vlan = vlan(attr).ok()?;
                let protocol = attr.value.get(12..14)?.first_chunk()?;
                Some(VfVlan {
                    protocol: Some(u16::from_be_bytes(*protocol)),
                    ..vlan
                })
            })
    }
}

/// The number of the function stands first in most of the structs.
fn mac(attr: Attr<'_>) -> Result<(u32, [u8; 32]), DecodeError> {
    let bytes: [u8; 36] = leading(attr)?;
    let mut number = [0; 4];
    let mut address = [0; 32];
    number.copy_from_slice(&bytes[..4]);
    address.copy_from_slice(&bytes[4..]);
    Ok((u32::from_ne_bytes(number), address))
}

fn setting(attr: Attr<'_>) -> Result<u32, DecodeError> {
    leading::<[u32; 2]>(attr).map(|[_, value]| value)
}

fn rate(attr: Attr<'_>) -> Result<(u32, u32), DecodeError> {
    leading::<[u32; 3]>(attr).map(|[_, least, most]| (least, most))
}

fn vlan(attr: Attr<'_>) -> Result<VfVlan, DecodeError> {
    let [_, id, qos] = leading::<[u32; 3]>(attr)?;
    Ok(VfVlan {
        id,
        qos,
        protocol: None,
    })
}

fn guid(attr: Attr<'_>) -> Result<u64, DecodeError> {
    // The compiler pads `struct ifla_vf_guid` where u64 is aligned to 8.
    leading::<[u64; 2]>(attr).map(|[_, guid]| guid)
}

fn stats(nest: Attr<'_>) -> Result<VfStats, DecodeError> {
    let mut stats = VfStats::default();
    let mut bad = Malformed::default();
    for attr in nest.nested() {
        let Some(attr) = bad.note(attr) else { continue };
        let counter = match attr.kind {
            IFLA_VF_STATS_RX_PACKETS => &mut stats.rx_packets,
            IFLA_VF_STATS_TX_PACKETS => &mut stats.tx_packets,
            IFLA_VF_STATS_RX_BYTES => &mut stats.rx_bytes,
            IFLA_VF_STATS_TX_BYTES => &mut stats.tx_bytes,
            IFLA_VF_STATS_BROADCAST => &mut stats.broadcast,
            IFLA_VF_STATS_MULTICAST => &mut stats.multicast,
            IFLA_VF_STATS_RX_DROPPED => stats.rx_dropped.get_or_insert_default(),
            IFLA_VF_STATS_TX_DROPPED => stats.tx_dropped.get_or_insert_default(),
            _ => continue,
        };
        *counter = bad.note(attr.read()).unwrap_or_default();
    }
    stats.malformed = bad;
    Ok(stats)
}
