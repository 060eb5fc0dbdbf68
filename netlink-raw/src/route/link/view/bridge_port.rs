//! A port of a bridge (`IFLA_BRPORT_*`).

use super::view;
use crate::schema::bridge::*;
use crate::wire::BridgeId;

view! {
    /// What a port is set to and what it does. Timers are hundredths of a second; settings of one byte
    /// are 0 or 1 where nothing else is said.
    pub struct BridgePort<'a> {
        /// `BR_STATE_*`: 0 disabled, 1 listening, 2 learning, 3 forwarding, 4 blocking.
        state: u8 = IFLA_BRPORT_STATE,
        /// Priority.
        priority: u16 = IFLA_BRPORT_PRIORITY,
        /// Cost of the path through it.
        cost: u32 = IFLA_BRPORT_COST,
        /// Hairpin: frames may leave where they came in.
        hairpin: u8 = IFLA_BRPORT_MODE,
        /// Spanning tree messages are not accepted.
        guard: u8 = IFLA_BRPORT_GUARD,
        /// It can't become the root port.
        root_block: u8 = IFLA_BRPORT_PROTECT,
        /// A leave message ends a membership at once.
        fast_leave: u8 = IFLA_BRPORT_FAST_LEAVE,
        /// Source addresses are learnt.
        learning: u8 = IFLA_BRPORT_LEARNING,
        /// Frames to unknown addresses go out here.
        unicast_flood: u8 = IFLA_BRPORT_UNICAST_FLOOD,
        /// ARP requests are answered for the owner.
        proxy_arp: u8 = IFLA_BRPORT_PROXYARP,
        /// What the hardware learnt is kept too.
        learning_sync: u8 = IFLA_BRPORT_LEARNING_SYNC,
        /// As `proxy_arp`, as access points need it.
        proxy_arp_wifi: u8 = IFLA_BRPORT_PROXYARP_WIFI,
        /// The root it knows.
        root_id: BridgeId = IFLA_BRPORT_ROOT_ID,
        /// The designated bridge.
        bridge_id: BridgeId = IFLA_BRPORT_BRIDGE_ID,
        /// The designated port.
        designated_port: u16 = IFLA_BRPORT_DESIGNATED_PORT,
        /// The designated cost.
        designated_cost: u16 = IFLA_BRPORT_DESIGNATED_COST,
        /// Its id.
        id: u16 = IFLA_BRPORT_ID,
        /// Its number.
        number: u16 = IFLA_BRPORT_NO,
        /// Whether a topology change is acknowledged.
        topology_change_ack: u8 = IFLA_BRPORT_TOPOLOGY_CHANGE_ACK,
        /// Whether a spanning tree message waits to be sent.
        config_pending: u8 = IFLA_BRPORT_CONFIG_PENDING,
        /// Until the last message is out of date.
        message_age_timer: u64 = IFLA_BRPORT_MESSAGE_AGE_TIMER,
        /// Until the next state.
        forward_delay_timer: u64 = IFLA_BRPORT_FORWARD_DELAY_TIMER,
        /// Until another message may be sent.
        hold_timer: u64 = IFLA_BRPORT_HOLD_TIMER,
        /// Whether a multicast router is here: `MDB_RTR_TYPE_*`.
        mcast_router: u8 = IFLA_BRPORT_MULTICAST_ROUTER,
        /// Multicast without known members goes out here.
        mcast_flood: u8 = IFLA_BRPORT_MCAST_FLOOD,
        /// Multicast goes to each member as unicast.
        mcast_to_unicast: u8 = IFLA_BRPORT_MCAST_TO_UCAST,
        /// VLANs are mapped to tunnels.
        vlan_tunnel: u8 = IFLA_BRPORT_VLAN_TUNNEL,
        /// Broadcast goes out here.
        bcast_flood: u8 = IFLA_BRPORT_BCAST_FLOOD,
        /// Which link-local groups are forwarded.
        group_fwd_mask: u16 = IFLA_BRPORT_GROUP_FWD_MASK,
        /// ARP and neighbour discovery are answered from what is known.
        neigh_suppress: u8 = IFLA_BRPORT_NEIGH_SUPPRESS,
        /// It does not talk to other isolated ports.
        isolated: u8 = IFLA_BRPORT_ISOLATED,
        /// Index of the link that takes over when it goes down.
        backup_port: u32 = IFLA_BRPORT_BACKUP_PORT,
        /// Whether the media redundancy ring is open.
        mrp_ring_open: u8 = IFLA_BRPORT_MRP_RING_OPEN,
        /// Whether the media redundancy interconnection is open.
        mrp_in_open: u8 = IFLA_BRPORT_MRP_IN_OPEN,
        /// Most hosts tracked.
        mcast_eht_hosts_limit: u32 = IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT,
        /// Hosts tracked.
        mcast_eht_hosts_cnt: u32 = IFLA_BRPORT_MCAST_EHT_HOSTS_CNT,
        /// Only known senders are let in.
        locked: u8 = IFLA_BRPORT_LOCKED,
        /// Unknown senders are noted as locked entries.
        mab: u8 = IFLA_BRPORT_MAB,
        /// Multicast groups here.
        mcast_n_groups: u32 = IFLA_BRPORT_MCAST_N_GROUPS,
        /// Most of them; 0 is no limit.
        mcast_max_groups: u32 = IFLA_BRPORT_MCAST_MAX_GROUPS,
        /// `neigh_suppress` a VLAN.
        neigh_vlan_suppress: u8 = IFLA_BRPORT_NEIGH_VLAN_SUPPRESS,
        /// Nexthop that takes over when it goes down.
        backup_nhid: u32 = IFLA_BRPORT_BACKUP_NHID,
    }
}
