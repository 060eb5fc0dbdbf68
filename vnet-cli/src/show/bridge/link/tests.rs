//! A real port. What is expected is what iproute2 6.1 printed for it.

use super::*;
use crate::show::bridge::testing::shown;

/// `RTM_NEWLINK` of family AF_BRIDGE: v1, a port of br0 with everything switched on that can be.
const PORT: &str = "
    d4 00 00 00 10 00 02 00 76 84 02 6b 7f 53 00 00 07 00 01 00 05 00 00 00 43 10 01 00 00 00 00 00
    07 00 03 00 76 31 00 00 08 00 0a 00 02 00 00 00 08 00 04 00 dc 05 00 00 08 00 05 00 04 00 00 00
    94 00 0c 80 05 00 01 00 03 00 00 00 06 00 02 00 07 00 00 00 08 00 03 00 0a 00 00 00
    05 00 04 00 01 00 00 00 05 00 05 00 01 00 00 00 05 00 06 00 01 00 00 00 05 00 07 00 01 00 00 00
    05 00 1c 00 01 00 00 00 05 00 08 00 00 00 00 00 05 00 09 00 00 00 00 00 05 00 1b 00 00 00 00 00
    05 00 1e 00 00 00 00 00 05 00 1d 00 01 00 00 00 05 00 20 00 01 00 00 00 05 00 21 00 01 00 00 00
    05 00 27 00 01 00 00 00 05 00 19 00 02 00 00 00 08 00 22 00 09 00 00 00";

fn port_as(options: &Options, hex: &str, deleted: bool) -> String {
    shown(options, hex, |out, message, world| {
        port(
            out,
            options,
            &Link::parse(&message).unwrap(),
            world,
            deleted,
        );
    })
}

#[test]
fn a_port_as_bridge_shows_it() {
    let mut options = Options::default();
    let line = "5: v1@v1p: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state forwarding priority 7 cost 10 ";
    assert_eq!(port_as(&options, PORT, false), format!("{line}\n"));
    assert_eq!(port_as(&options, PORT, true), format!("Deleted {line}\n"));
    options.details = 1;
    let details = "    hairpin on guard on root_block on fastleave on learning off flood off mcast_flood off \
                   bcast_flood off mcast_router 2 mcast_to_unicast on neigh_suppress on vlan_tunnel on \
                   backup_port v3 isolated on locked on ";
    assert_eq!(
        port_as(&options, PORT, false),
        format!("{line}\n{details}\n")
    );
    options.oneline = true;
    assert_eq!(
        port_as(&options, PORT, false),
        format!("{line}\\{details}\n")
    );
    options.json = true;
    assert_eq!(
        port_as(&options, PORT, false),
        "{\"ifindex\":5,\"link\":\"v1p\",\"ifname\":\"v1\",\
         \"flags\":[\"BROADCAST\",\"MULTICAST\",\"UP\",\"LOWER_UP\"],\"mtu\":1500,\"master\":\"br0\",\
         \"state\":\"forwarding\",\"priority\":7,\"cost\":10,\"hairpin\":true,\"guard\":true,\
         \"root_block\":true,\"fastleave\":true,\"learning\":false,\"flood\":false,\"mcast_flood\":false,\
         \"bcast_flood\":false,\"mcast_router\":2,\"mcast_to_unicast\":true,\"neigh_suppress\":true,\
         \"vlan_tunnel\":true,\"backup_port\":\"v3\",\"isolated\":true,\"locked\":true}"
    );
}

#[test]
fn what_is_not_known_is_a_number() {
    let options = Options::default();
    // A peer and a master that can't be named, a state that has no name, and the mode of a switch.
    let odd = "
        50 00 00 00 10 00 00 00 01 00 00 00 00 00 00 00 07 00 01 00 05 00 00 00 00 00 00 00 00 00 00 00
        07 00 03 00 76 31 00 00 08 00 0a 00 63 00 00 00 08 00 05 00 62 00 00 00
        0c 00 0c 80 05 00 01 00 07 00 00 00 0c 00 1a 00 06 00 01 00 01 00 00 00";
    assert_eq!(
        port_as(&options, odd, false),
        "5: v1@if98: <> master if99 state (7) hwmode VEPA \n"
    );
}
