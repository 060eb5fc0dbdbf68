//! Real entries. What is expected is what iproute2 6.1 printed for them.

use super::*;
use crate::show::bridge::testing::shown;

/// `bridge fdb add 02:aa:00:00:00:05 dev vx0 dst 10.1.1.1 vni 200 port 8472 via v3 router`, as the kernel tells it.
const TUNNEL: &str = "
    5c 00 00 00 1c 00 02 00 76 84 02 6b 8c 53 00 00 07 00 00 00 0a 00 00 00 c0 00 82 01
    0a 00 02 00 02 aa 00 00 00 05 00 00 08 00 01 00 0a 01 01 01 06 00 06 00 21 18 00 00
    08 00 07 00 c8 00 00 00 08 00 08 00 09 00 00 00 14 00 03 00 00 00 00 00 08 00 00 00
    6d 00 00 00 00 00 00 00";
/// `bridge fdb add 02:aa:00:00:00:01 dev v1 master extern_learn`.
const LEARNT: &str = "
    4c 00 00 00 1c 00 00 00 76 84 02 6b 9a 53 00 00 07 00 00 00 05 00 00 00 02 00 10 00
    0a 00 02 00 02 aa 00 00 00 01 00 00 08 00 09 00 02 00 00 00 08 00 0f 00 00 00 00 00
    14 00 03 00 00 00 00 00 0a 00 00 00 0a 00 00 00 00 00 00 00";

fn entry_as(options: &Options, hex: &str, with_device: bool, deleted: bool) -> String {
    shown(options, hex, |out, message, world| {
        let found = Neighbour::parse(&message).unwrap();
        entry(out, options, &found, world, with_device, deleted);
    })
}

#[test]
fn entries_as_bridge_shows_them() {
    let mut options = Options::default();
    let line = "dst 10.1.1.1 port 8472 vni 200 via v3 self router permanent\n";
    assert_eq!(
        entry_as(&options, TUNNEL, true, false),
        format!("02:aa:00:00:00:05 dev vx0 {line}")
    );
    assert_eq!(
        entry_as(&options, TUNNEL, false, true),
        format!("Deleted 02:aa:00:00:00:05 {line}")
    );
    assert_eq!(
        entry_as(&options, LEARNT, true, false),
        "02:aa:00:00:00:01 dev v1 extern_learn master br0 \n"
    );
    options.stats = 1;
    assert_eq!(
        entry_as(&options, TUNNEL, false, false),
        "02:aa:00:00:00:05 dst 10.1.1.1 port 8472 vni 200 via v3 used 0/1 self router permanent\n"
    );
    options.json = true;
    assert_eq!(
        entry_as(&options, TUNNEL, true, false),
        "{\"mac\":\"02:aa:00:00:00:05\",\"ifname\":\"vx0\",\"dst\":\"10.1.1.1\",\"port\":8472,\"vni\":200,\
         \"viaIf\":\"v3\",\"used\":0,\"updated\":1,\"flags\":[\"self\",\"router\"],\"state\":\"permanent\"}"
    );
    options.stats = 0;
    assert_eq!(
        entry_as(&options, LEARNT, true, false),
        "{\"mac\":\"02:aa:00:00:00:01\",\"ifname\":\"v1\",\"flags\":[\"extern_learn\"],\
         \"master\":\"br0\",\"state\":\"\"}"
    );
}

#[test]
fn states_without_a_name() {
    // LEARNT with other bits of NUD_*.
    for (bits, state) in [
        ("00", "state=0"),
        ("10", "state=0x10"),
        ("40", "static"),
        ("04", "stale"),
    ] {
        let hex = LEARNT.replace(
            "05 00 00 00 02 00 10 00",
            &format!("05 00 00 00 {bits} 00 10 00"),
        );
        assert_eq!(
            entry_as(&Options::default(), &hex, false, false),
            format!("02:aa:00:00:00:01 extern_learn master br0 {state}\n")
        );
    }
}
