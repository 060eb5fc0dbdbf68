//! A veth pair made across namespaces: the request byte by byte, from a real exchange with Linux 6.18.

use netlink_raw::decode::Messages;
use netlink_raw::route::link::{Kind, LinkRequest, Netns, Peer};
use netlink_raw::transport::{Direction, Replay};
use netlink_raw::{Connection, schema};
use std::fs::File;
use std::os::fd::{AsFd, AsRawFd};

/// `ip link add veth0 mtu 1400 up type veth peer name veth1 mtu 1400 netns …`, as sent on a
/// little-endian machine; the descriptor of the namespace was 5.
#[rustfmt::skip]
const REQUEST: [u8; 120] = [
    // struct nlmsghdr
    0x78, 0x00, 0x00, 0x00, // nlmsg_len 120
    0x10, 0x00,             // nlmsg_type RTM_NEWLINK
    0x05, 0x06,             // nlmsg_flags REQUEST | ACK | EXCL | CREATE
    0x01, 0x00, 0x00, 0x00, // nlmsg_seq 1
    0x00, 0x00, 0x00, 0x00, // nlmsg_pid 0
    // struct ifinfomsg
    0x00, 0x00, 0x00, 0x00, // ifi_family AF_UNSPEC, padding, ifi_type 0
    0x00, 0x00, 0x00, 0x00, // ifi_index 0
    0x01, 0x00, 0x00, 0x00, // ifi_flags IFF_UP
    0x01, 0x00, 0x00, 0x00, // ifi_change IFF_UP
    0x0a, 0x00, 0x03, 0x00, // nla_len 10, IFLA_IFNAME
    b'v', b'e', b't', b'h', b'0', 0x00, 0x00, 0x00, // with NUL, padded to 4
    0x08, 0x00, 0x04, 0x00, // nla_len 8, IFLA_MTU
    0x78, 0x05, 0x00, 0x00, // 1400
    0x44, 0x00, 0x12, 0x80, // nla_len 68, IFLA_LINKINFO | NLA_F_NESTED
    0x09, 0x00, 0x01, 0x00, //   nla_len 9, IFLA_INFO_KIND
    b'v', b'e', b't', b'h', 0x00, 0x00, 0x00, 0x00,
    0x34, 0x00, 0x02, 0x80, //   nla_len 52, IFLA_INFO_DATA | NLA_F_NESTED
    0x30, 0x00, 0x01, 0x80, //     nla_len 48, VETH_INFO_PEER | NLA_F_NESTED
    0x00, 0x00, 0x00, 0x00, //       struct ifinfomsg of the other end
    0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, //       not IFF_UP: the kernel would answer ENOTCONN
    0x00, 0x00, 0x00, 0x00,
    0x0a, 0x00, 0x03, 0x00, //       nla_len 10, IFLA_IFNAME
    b'v', b'e', b't', b'h', b'1', 0x00, 0x00, 0x00,
    0x08, 0x00, 0x04, 0x00, //       nla_len 8, IFLA_MTU
    0x78, 0x05, 0x00, 0x00, //       1400
    0x08, 0x00, 0x1c, 0x00, //       nla_len 8, IFLA_NET_NS_FD
    0x05, 0x00, 0x00, 0x00, //       descriptor 5
];

/// The acknowledgement.
#[rustfmt::skip]
const ACK: [u8; 36] = [
    0x24, 0x00, 0x00, 0x00, // nlmsg_len 36
    0x02, 0x00,             // nlmsg_type NLMSG_ERROR
    0x00, 0x01,             // nlmsg_flags CAPPED: the request's payload is left out
    0x01, 0x00, 0x00, 0x00, // nlmsg_seq 1
    0x6d, 0x7f, 0x00, 0x00, // nlmsg_pid 32621, our port
    0x00, 0x00, 0x00, 0x00, // error 0
    0x78, 0x00, 0x00, 0x00, // the request's header: nlmsg_len 120
    0x10, 0x00,             // nlmsg_type RTM_NEWLINK
    0x05, 0x06,             // nlmsg_flags
    0x01, 0x00, 0x00, 0x00, // nlmsg_seq 1
    0x00, 0x00, 0x00, 0x00, // nlmsg_pid 0
];

/// The request with this descriptor in it.
fn recorded(fd: &File) -> Vec<u8> {
    let mut bytes = REQUEST.to_vec();
    bytes[116..].copy_from_slice(&fd.as_raw_fd().to_le_bytes());
    bytes
}

#[cfg(target_endian = "little")]
#[test]
fn the_request_is_the_recorded_one() {
    let netns = File::open("/proc/self/ns/net").unwrap();
    let peer = LinkRequest {
        name: Some(b"veth1"),
        mtu: Some(1400),
        netns: Some(Netns::Fd(netns.as_fd())),
        ..LinkRequest::default()
    };
    let up = libc::IFF_UP as u32;
    let request = LinkRequest {
        name: Some(b"veth0"),
        mtu: Some(1400),
        flags: up,
        change: up,
        ..LinkRequest::create(Kind::Veth(Peer(&peer)))
    };
    let script = [
        (Direction::Sent, recorded(&netns)),
        (Direction::Received, ACK.to_vec()),
    ];
    let mut conn = Connection::new(Replay::new(script));
    conn.change(&request).unwrap();
    assert!(conn.transport().is_over());
}

#[cfg(target_endian = "little")]
#[test]
fn an_offset_in_it_names_its_attribute() {
    let request = Messages::new(&REQUEST).next().unwrap().unwrap();
    for (offset, name) in [
        (32, Some("IFLA_IFNAME")),
        (44, Some("IFLA_MTU")),
        (56, Some("IFLA_INFO_KIND")),
        (92, Some("IFLA_IFNAME")),
        (104, Some("IFLA_MTU")),
        (112, Some("IFLA_NET_NS_FD")),
        (120, None),
        (0, None),
    ] {
        assert_eq!(schema::locate(request, offset), name, "offset {offset}");
    }
}
