//! bridge_slave: the settings of a bridge's port.

use super::options::options;
use crate::schema::bridge::*;

options! {
    /// Settings of a port of a bridge.
    pub BridgePortOptions {
        /// `BR_STATE_*`: 0 disabled, 1 listening, 2 learning, 3 forwarding, 4 blocking.
        state: u8 as Host = IFLA_BRPORT_STATE,
        /// Priority in the spanning tree.
        priority: u16 as Host = IFLA_BRPORT_PRIORITY,
        /// Cost in the spanning tree.
        cost: u32 as Host = IFLA_BRPORT_COST,
        /// Send packets back out of the port they came from.
        hairpin: bool as Switch = IFLA_BRPORT_MODE,
        /// Take no packets of a spanning tree here.
        guard: bool as Switch = IFLA_BRPORT_GUARD,
        /// Never lead to the root bridge.
        root_block: bool as Switch = IFLA_BRPORT_PROTECT,
        /// Forget a group as soon as it is left.
        fastleave: bool as Switch = IFLA_BRPORT_FAST_LEAVE,
        /// Learn addresses from packets.
        learning: bool as Switch = IFLA_BRPORT_LEARNING,
        /// Send packets to unknown addresses out here.
        flood: bool as Switch = IFLA_BRPORT_UNICAST_FLOOD,
        /// Answer ARP for others.
        proxy_arp: bool as Switch = IFLA_BRPORT_PROXYARP,
        /// The same, as IEEE 802.11 wants it.
        proxy_arp_wifi: bool as Switch = IFLA_BRPORT_PROXYARP_WIFI,
        /// Take over addresses that the hardware learnt.
        learning_sync: bool as Switch = IFLA_BRPORT_LEARNING_SYNC,
        /// Forget the addresses learnt here.
        fdb_flush: bool as Flag = IFLA_BRPORT_FLUSH,
        /// Multicast router mode: 0 to 3.
        mcast_router: u8 as Host = IFLA_BRPORT_MULTICAST_ROUTER,
        /// Send multicast without listeners out here.
        mcast_flood: bool as Switch = IFLA_BRPORT_MCAST_FLOOD,
        /// Send broadcast out here.
        bcast_flood: bool as Switch = IFLA_BRPORT_BCAST_FLOOD,
        /// Send multicast to each listener by itself.
        mcast_to_unicast: bool as Switch = IFLA_BRPORT_MCAST_TO_UCAST,
        /// Which link-local groups are forwarded, a bit each.
        group_fwd_mask: u16 as Host = IFLA_BRPORT_GROUP_FWD_MASK,
        /// Answer ARP and neighbour solicitations from what is known, and don't send them out here.
        neigh_suppress: bool as Switch = IFLA_BRPORT_NEIGH_SUPPRESS,
        /// The same, decided a VLAN (Linux 6.4).
        neigh_vlan_suppress: bool as Switch = IFLA_BRPORT_NEIGH_VLAN_SUPPRESS,
        /// Map VLANs to tunnels.
        vlan_tunnel: bool as Switch = IFLA_BRPORT_VLAN_TUNNEL,
        /// Speak to ports that are not isolated only.
        isolated: bool as Switch = IFLA_BRPORT_ISOLATED,
        /// Take packets only from addresses that are in the table.
        locked: bool as Switch = IFLA_BRPORT_LOCKED,
        /// Let an unknown address be known as locked (Linux 6.2).
        mab: bool as Switch = IFLA_BRPORT_MAB,
        /// Index of the port to use when this one has no carrier; 0 is none.
        backup_port: u32 as Host = IFLA_BRPORT_BACKUP_PORT,
        /// Nexthop for what goes to the backup port; 0 is none (Linux 6.6).
        backup_nhid: u32 as Host = IFLA_BRPORT_BACKUP_NHID,
        /// Most multicast groups; 0 is no limit (Linux 6.3).
        mcast_max_groups: u32 as Host = IFLA_BRPORT_MCAST_MAX_GROUPS,
    }
}
