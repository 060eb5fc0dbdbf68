//! Structs in the attributes of links (`linux/if_link.h`, `linux/if_addr.h`).

use crate::schema::Value::*;
use crate::schema::common::ETHER_TYPES;
use crate::schema::{Int, Names, layouts};

layouts! {
    /// Counters of 64 bits.
    pub STATS64 = "rtnl_link_stats64" {
        rx_packets: U64,
        tx_packets: U64,
        rx_bytes: U64,
        tx_bytes: U64,
        rx_errors: U64,
        tx_errors: U64,
        rx_dropped: U64,
        tx_dropped: U64,
        multicast: U64,
        collisions: U64,
        rx_length_errors: U64,
        rx_over_errors: U64,
        rx_crc_errors: U64,
        rx_frame_errors: U64,
        rx_fifo_errors: U64,
        rx_missed_errors: U64,
        tx_aborted_errors: U64,
        tx_carrier_errors: U64,
        tx_fifo_errors: U64,
        tx_heartbeat_errors: U64,
        tx_window_errors: U64,
        rx_compressed: U64,
        tx_compressed: U64,
        rx_nohandler: U64,
        rx_otherhost_dropped: U64,
    }
    /// Counters of 32 bits.
    pub STATS = "rtnl_link_stats" {
        rx_packets: U32,
        tx_packets: U32,
        rx_bytes: U32,
        tx_bytes: U32,
        rx_errors: U32,
        tx_errors: U32,
        rx_dropped: U32,
        tx_dropped: U32,
        multicast: U32,
        collisions: U32,
        rx_length_errors: U32,
        rx_over_errors: U32,
        rx_crc_errors: U32,
        rx_frame_errors: U32,
        rx_fifo_errors: U32,
        rx_missed_errors: U32,
        tx_aborted_errors: U32,
        tx_carrier_errors: U32,
        tx_fifo_errors: U32,
        tx_heartbeat_errors: U32,
        tx_window_errors: U32,
        rx_compressed: U32,
        tx_compressed: U32,
        rx_nohandler: U32,
    }
    /// Where a device is.
    pub IFMAP = "rtnl_link_ifmap" {
        mem_start: U64,
        mem_end: U64,
        base_addr: U64,
        irq: U16,
        dma: U8,
        port: U8,
    }
    /// What IPv6 keeps of a link.
    pub CACHEINFO = "ifla_cacheinfo" {
        max_reasm_len: U32,
        tstamp: U32,
        reachable_time: U32,
        retrans_time: U32,
    }
    /// Address of a virtual function.
    pub VF_MAC = "ifla_vf_mac" {
        vf: U32,
        mac[32]: Mac,
    }
    /// Broadcast address of a virtual function.
    pub VF_BROADCAST = "ifla_vf_broadcast" {
        broadcast[32]: Mac,
    }
    /// VLAN of a virtual function.
    pub VF_VLAN = "ifla_vf_vlan" {
        vf: U32,
        vlan: U32,
        qos: U32,
    }
    /// VLAN of a virtual function, with its protocol.
    pub VF_VLAN_INFO = "ifla_vf_vlan_info" {
        vf: U32,
        vlan: U32,
        qos: U32,
        vlan_proto: Enum(Int::Be16, ETHER_TYPES),
    }
    /// Rate of a virtual function.
    pub VF_TX_RATE = "ifla_vf_tx_rate" {
        vf: U32,
        rate: U32,
    }
    /// Rates of a virtual function.
    pub VF_RATE = "ifla_vf_rate" {
        vf: U32,
        min_tx_rate: U32,
        max_tx_rate: U32,
    }
    /// Whether addresses are checked.
    pub VF_SPOOFCHK = "ifla_vf_spoofchk" {
        vf: U32,
        setting: U32,
    }
    /// Identity of a virtual function.
    pub VF_GUID = "ifla_vf_guid" {
        vf: U32,
        guid: U64,
    }
    /// State of a virtual function.
    pub VF_LINK_STATE = "ifla_vf_link_state" {
        vf: U32,
        link_state: Enum(Int::U32, VF_LINK_STATES),
    }
    /// Whether a virtual function may ask.
    pub VF_RSS_QUERY_EN = "ifla_vf_rss_query_en" {
        vf: U32,
        setting: U32,
    }
    /// Whether a virtual function is trusted.
    pub VF_TRUST = "ifla_vf_trust" {
        vf: U32,
        setting: U32,
    }
    /// Identity of a virtual station.
    pub PORT_VSI = "ifla_port_vsi" {
        vsi_mgr_id: U8,
        vsi_type_id[3]: Bytes,
        vsi_type_version: U8,
    }
}

/// States of a virtual function.
const VF_LINK_STATES: Names = &[
    (0, "IFLA_VF_LINK_STATE_AUTO"),
    (1, "IFLA_VF_LINK_STATE_ENABLE"),
    (2, "IFLA_VF_LINK_STATE_DISABLE"),
];
