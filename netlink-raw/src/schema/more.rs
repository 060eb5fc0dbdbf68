//! Message types of `NETLINK_ROUTE` that this crate does not send: there for annotations (`linux/rtnetlink.h`).

use super::{Table, addr, bridge, headers, kinds, neigh, route, tc};

/// No attributes.
static NONE: Table = Table {
    name: "NONE",
    specs: &[],
};

messages! {
    /// Every message type of `NETLINK_ROUTE` that only annotations know.
    pub MORE_MESSAGES;
    &tc::TC, &headers::TCMSG => RTM_NEWQDISC = 36, RTM_DELQDISC = 37, RTM_GETQDISC = 38,;
    &tc::class::CLASS, &headers::TCMSG => RTM_NEWTCLASS = 40, RTM_DELTCLASS = 41, RTM_GETTCLASS = 42,;
    &tc::filter::FILTER, &headers::TCMSG => RTM_NEWTFILTER = 44, RTM_DELTFILTER = 45, RTM_GETTFILTER = 46,
        RTM_NEWCHAIN = 100, RTM_DELCHAIN = 101, RTM_GETCHAIN = 102,;
    &tc::action::ROOT, &headers::TCAMSG => RTM_NEWACTION = 48, RTM_DELACTION = 49, RTM_GETACTION = 50,;
    &addr::PREFIX, &headers::PREFIXMSG => RTM_NEWPREFIX = 52,;
    &addr::ADDR, &headers::IFADDRMSG => RTM_NEWMULTICAST = 56, RTM_DELMULTICAST = 57, RTM_GETMULTICAST = 58,
        RTM_NEWANYCAST = 60, RTM_DELANYCAST = 61, RTM_GETANYCAST = 62,;
    &neigh::NEIGHTBL, &headers::NDTMSG => RTM_NEWNEIGHTBL = 64, RTM_GETNEIGHTBL = 66, RTM_SETNEIGHTBL = 67,;
    &addr::NDUSEROPT, &headers::NDUSEROPTMSG => RTM_NEWNDUSEROPT = 68,;
    &addr::ADDRLABEL, &headers::IFADDRLBLMSG => RTM_NEWADDRLABEL = 72, RTM_DELADDRLABEL = 73, RTM_GETADDRLABEL = 74,;
    &NONE, &headers::DCBMSG => RTM_GETDCB = 78, RTM_SETDCB = 79,;
    &bridge::mdb::MDB, &headers::BR_PORT_MSG => RTM_NEWMDB = 84, RTM_DELMDB = 85, RTM_GETMDB = 86,;
    &route::CACHEREPORT, &headers::RTGENMSG => RTM_NEWCACHEREPORT = 96,;
    &route::NEXTHOP, &headers::NHMSG => RTM_NEWNEXTHOPBUCKET = 116, RTM_DELNEXTHOPBUCKET = 117, RTM_GETNEXTHOPBUCKET = 118,;
    &kinds::others::VNIFILTER, &headers::TUNNEL_MSG => RTM_NEWTUNNEL = 120, RTM_DELTUNNEL = 121, RTM_GETTUNNEL = 122,;
}
