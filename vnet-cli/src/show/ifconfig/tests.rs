//! Devices as they are printed: judged by net-tools 2.10 for the same state.

use super::*;
use crate::options::Options;

fn device() -> Device {
    Device {
        index: 3,
        name: b"v0".to_vec(),
        flags: 4163,
        hardware: 1,
        address: vec![2, 0, 0, 0, 0, 1],
        mtu: 1500,
        txqlen: 1000,
        stats: LinkStats64 {
            rx_packets: 9,
            rx_bytes: 842,
            rx_dropped: 1,
            rx_missed_errors: 2,
            rx_crc_errors: 3,
            tx_packets: 12,
            tx_bytes: 10_485_760,
            tx_aborted_errors: 4,
            ..LinkStats64::default()
        },
        map: LinkIfMap::default(),
    }
}

fn addresses() -> Addresses {
    let inet = |label: &str, local: [u8; 4], prefix, broadcast: [u8; 4]| Inet {
        index: 3,
        label: label.into(),
        local: local.into(),
        peer: local.into(),
        prefix,
        broadcast: broadcast.into(),
        scope: 0,
    };
    Addresses {
        inet: vec![
            inet("v0:x", [10, 5, 1, 5], 24, [0; 4]),
            inet("v0", [10, 1, 1, 1], 24, [10, 1, 1, 255]),
            inet("v0", [10, 1, 1, 2], 24, [10, 1, 1, 255]),
        ],
        inet6: vec![
            Inet6 {
                index: 3,
                local: "2001::5".parse().unwrap(),
                prefix: 64,
            },
            Inet6 {
                index: 3,
                local: "fe80::ff:fe00:1".parse().unwrap(),
                prefix: 64,
            },
            Inet6 {
                index: 4,
                local: "::1".parse().unwrap(),
                prefix: 128,
            },
        ],
    }
}

fn shown(name: &str, device: &Device, short: bool) -> String {
    let mut out = Out::memory(&Options::default());
    let form = Form { all: false, short };
    show(&mut out, name.as_bytes(), device, &addresses(), form);
    String::from_utf8(out.take()).unwrap()
}

#[test]
fn a_device() {
    assert_eq!(
        shown("v0", &device(), false),
        "v0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500\n\
         \x20       inet 10.1.1.1  netmask 255.255.255.0  broadcast 10.1.1.255\n\
         \x20       inet6 2001::5  prefixlen 64  scopeid 0x0<global>\n\
         \x20       inet6 fe80::ff:fe00:1  prefixlen 64  scopeid 0x20<link>\n\
         \x20       ether 02:00:00:00:00:01  txqueuelen 1000  (Ethernet)\n\
         \x20       RX packets 9  bytes 842 (842.0 B)\n\
         \x20       RX errors 0  dropped 3  overruns 0  frame 3\n\
         \x20       TX packets 12  bytes 10485760 (10.0 MiB)\n\
         \x20       TX errors 0  dropped 0 overruns 0  carrier 4  collisions 0\n\n"
    );
}

#[test]
fn an_alias_has_its_address_and_no_counters() {
    assert_eq!(
        shown("v0:x", &device(), false),
        "v0:x: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500\n\
         \x20       inet 10.5.1.5  netmask 255.255.255.0  broadcast 0.0.0.0\n\
         \x20       ether 02:00:00:00:00:01  txqueuelen 1000  (Ethernet)\n\n"
    );
}

#[test]
fn rows_of_the_table() {
    assert_eq!(
        shown("v0", &device(), true),
        "v0               1500        9      0      3 0            12      0      0      0 BMRU\n"
    );
    assert_eq!(
        shown("v0:x", &device(), true),
        "v0:x             1500      - no statistics available -                        BMRU\n"
    );
}

#[test]
fn kinds_of_hardware() {
    let line = |hardware, address: &[u8]| {
        let device = Device {
            hardware,
            address: address.to_vec(),
            flags: libc::IFF_POINTOPOINT as u16,
            ..device()
        };
        let text = shown("t0", &device, false);
        text.lines()
            .nth(1)
            .unwrap_or_default()
            .trim_start()
            .to_owned()
    };
    // The device of this name has no IPv4 address, but IPv6 addresses by its index.
    let last = |hardware, address: &[u8]| {
        let device = Device {
            index: 9,
            hardware,
            address: address.to_vec(),
            ..device()
        };
        let text = shown("t0", &device, false);
        text.lines()
            .nth(1)
            .unwrap_or_default()
            .trim_start()
            .to_owned()
    };
    assert!(line(1, &[]).starts_with("inet6"));
    assert_eq!(
        last(772, &[0; 6]),
        "loop  txqueuelen 1000  (Local Loopback)"
    );
    assert_eq!(
        last(65534, &[0x82, 0x13]),
        "unspec 82-13-00-00-00-00-00-00-00-00-00-00-00-00-00-00  txqueuelen 1000  (UNSPEC)"
    );
    assert_eq!(
        last(1, &[]),
        "ether 00:00:00:00:00:00  txqueuelen 1000  (Ethernet)"
    );
}

#[test]
fn flags_and_the_place_of_hardware() {
    let device = Device {
        flags: u16::MAX,
        map: LinkIfMap {
            irq: 5,
            mem_start: 0x1000,
            mem_end: 0x2000,
            base_addr: 0x300,
            dma: 3,
            ..LinkIfMap::default()
        },
        ..device()
    };
    let text = shown("v0", &device, false);
    assert!(text.starts_with(
        "v0: flags=-1<UP,BROADCAST,DEBUG,LOOPBACK,POINTOPOINT,NOTRAILERS,RUNNING,NOARP,PROMISC,\
         ALLMULTI,SLAVE,MASTER,MULTICAST,DYNAMIC>  mtu 1500\n"
    ));
    assert!(
        text.ends_with("        device interrupt 5  base 0x300  memory 0x1000-2000    dma 0x3\n\n")
    );
    assert!(shown("v0", &device, true).ends_with(" ABDLMdPNOPsmRU\n"));
    assert!(text.contains("  broadcast 10.1.1.255  destination 10.1.1.1\n"));
}
