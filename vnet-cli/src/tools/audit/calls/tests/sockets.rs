//! Netlink sockets, ioctls and what processes set of themselves.

use super::{Fake, begin, line, made};
use crate::tools::audit::calls::Socket;
use crate::tools::audit::event::{Group, Outcome};
use netlink_raw::transport::Direction;

fn fake() -> Fake {
    let mut fake = Fake::default();
    let netlink = Socket {
        inode: 77,
        domain: 16,
        protocol: 12,
    };
    fake.sockets.insert(3, netlink);
    let inet = Socket {
        domain: 2,
        ..netlink
    };
    fake.sockets.insert(4, inet);
    fake
}

/// `struct sockaddr_nl`.
fn address(fake: &mut Fake, pid: u32, groups: u32) -> u64 {
    let bytes = [
        &[16u8, 0, 0, 0][..],
        &pid.to_ne_bytes(),
        &groups.to_ne_bytes(),
    ]
    .concat();
    fake.put(&bytes)
}

/// `struct msghdr` with these buffers.
fn message(fake: &mut Fake, name: u64, parts: &[(u64, u64)]) -> u64 {
    let words: Vec<u64> = parts.iter().flat_map(|(at, len)| [*at, *len]).collect();
    let iov = fake.words(&words);
    fake.words(&[name, 12, iov, parts.len() as u64, 0, 0, 0])
}

#[test]
fn only_netlink_sockets_are_of_interest() {
    let fake = fake();
    for name in [
        "bind",
        "connect",
        "getsockname",
        "setsockopt",
        "getsockopt",
        "sendto",
        "sendmsg",
        "sendmmsg",
        "recvfrom",
        "recvmsg",
        "recvmmsg",
        "close",
        "shutdown",
        "read",
        "readv",
        "write",
        "writev",
        "pwrite64",
    ] {
        assert!(begin(&fake, name, &[3]).is_some(), "{name}");
        assert!(begin(&fake, name, &[4]).is_none(), "{name}");
        assert!(begin(&fake, name, &[5]).is_none(), "{name}");
    }
    assert!(begin(&fake, "socket", &[2, 1, 0]).is_none());
    assert_eq!(
        line(&fake, "socket", &[16, 0x80803, 0], 3),
        "socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC|SOCK_NONBLOCK, NETLINK_ROUTE)"
    );
}

#[test]
fn addresses() {
    let mut fake = fake();
    let at = address(&mut fake, 5, 0x11);
    assert_eq!(
        line(&fake, "bind", &[3, at, 12], 0),
        "bind(3, {sa_family=AF_NETLINK, nl_pid=5, nl_groups=0x000011}, 12)"
    );
    assert_eq!(
        line(&fake, "bind", &[3, at, 8], 0),
        r#"bind(3, {sa_family=AF_NETLINK, sa_data="\0\0\5\0\0\0"}, 8)"#
    );
    assert_eq!(
        line(&fake, "bind", &[3, at, -1i64 as u64], 0),
        format!("bind(3, {at:#x}, -1)")
    );
    let len = fake.words(&[12]);
    assert!(line(&fake, "getsockname", &[3, at, len], 0).ends_with("nl_groups=0x000011}, [12])"));
    assert_eq!(
        line(&fake, "getsockname", &[3, at, 0x10], -14),
        format!("getsockname(3, {at:#x}, 0x10)")
    );
}

#[test]
fn what_is_sent() {
    let mut fake = fake();
    let name = address(&mut fake, 0, 0);
    let data = fake.put(b"abcdefgh");
    let msg = message(&mut fake, name, &[(data, 3), (data + 3, 5)]);
    let call = made(&fake, "sendmsg", &[3, msg, 0x40], 8);
    assert_eq!(
        call.args[1],
        "{msg_name={sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, msg_namelen=12, \
         msg_iov=[{iov_base=<3 bytes of netlink>, iov_len=3}, {iov_base=<5 bytes of netlink>, iov_len=5}], \
         msg_iovlen=2, msg_controllen=0, msg_flags=0}"
    );
    assert_eq!(call.args[2], "MSG_DONTWAIT");
    let netlink = call.netlink.unwrap();
    assert_eq!((netlink.socket, netlink.protocol), (77, 12));
    assert_eq!(netlink.direction, Direction::Sent);
    assert_eq!(netlink.datagrams[0].bytes, b"abcdefgh");
    assert_eq!(call.group, Group::Netlink);
    let failed = made(&fake, "sendmsg", &[3, msg, 0], -90);
    assert_eq!(failed.netlink, None);
    let call = made(&fake, "write", &[3, data, 8], 8);
    assert_eq!(call.args, ["3", "<8 bytes of netlink>", "8"]);
    assert_eq!(call.netlink.unwrap().datagrams[0].bytes, b"abcdefgh");
    let call = made(&fake, "sendto", &[3, 0x10, 8, 0, 0, 0], -14);
    assert_eq!(call.args, ["3", "0x10", "8", "0", "NULL", "0"]);
}

#[test]
fn what_is_received() {
    let mut fake = fake();
    let name = address(&mut fake, 0, 0);
    let data = fake.put(b"abcdefgh");
    let msg = message(&mut fake, name, &[(data, 3), (data + 3, 5)]);
    let call = made(&fake, "recvmsg", &[3, msg, 0x22], 100);
    let netlink = call.netlink.unwrap();
    assert!(netlink.peeked && netlink.direction == Direction::Received);
    assert_eq!(
        (
            netlink.datagrams[0].bytes.as_slice(),
            netlink.datagrams[0].len
        ),
        (&b"abcdefgh"[..], 100)
    );
    let call = made(&fake, "recvmsg", &[3, msg, 0], 4);
    assert!(call.args[1].contains(
        "[{iov_base=<3 bytes of netlink>, iov_len=3}, {iov_base=<1 bytes of netlink>, iov_len=5}]"
    ));
    assert_eq!(call.netlink.unwrap().datagrams[0].bytes, b"abcd");
    let call = made(&fake, "recvmsg", &[3, msg, 0], -11);
    assert_eq!(call.args, ["3", "{msg_namelen=12}", "0"]);
    assert_eq!(call.netlink, None);
    let call = made(&fake, "recvfrom", &[3, data, 8, 0, 0, 0], 2);
    assert_eq!(
        call.args,
        ["3", "<2 bytes of netlink>", "8", "0", "NULL", "NULL"]
    );
    let pending = begin(&fake, "recvmsg", &[3, msg, 0]).unwrap();
    assert_eq!(pending.never(std::time::Duration::ZERO).args, ["3"]);
}

#[test]
fn several_messages() {
    let mut fake = fake();
    let data = fake.put(b"abcdefgh");
    let iov = fake.words(&[data, 8]);
    let one = |len: u64| [0, 0, iov, 1, 0, 0, 0, len];
    let both = fake.words(&[one(8), one(5)].concat());
    let call = made(&fake, "sendmmsg", &[3, both, 2, 0], 1);
    assert_eq!(call.args[1].matches("msg_len=8").count(), 1);
    assert_eq!(call.args[1].matches("msg_hdr=").count(), 2);
    assert_eq!(call.netlink.unwrap().datagrams.len(), 1);
    let call = made(&fake, "recvmmsg", &[3, both, 2, 0, 0], 2);
    let netlink = call.netlink.unwrap();
    let lens: Vec<usize> = netlink
        .datagrams
        .iter()
        .map(|one| one.bytes.len())
        .collect();
    assert_eq!(lens, [8, 5]);
}

#[test]
fn hostile_lengths_stay_bounded() {
    let mut fake = fake();
    let data = fake.put(b"abcdefgh");
    let iov = fake.words(&[data, u64::MAX, data, u64::MAX]);
    let msg = fake.words(&[data, u64::MAX, iov, u64::MAX, data, u64::MAX, u64::MAX]);
    let call = made(&fake, "sendmsg", &[3, msg, u64::MAX], i64::MAX);
    assert_eq!(call.netlink.unwrap().datagrams[0].bytes, b"abcdefgh");
    for name in [
        "sendmmsg",
        "recvmmsg",
        "recvmsg",
        "recvfrom",
        "readv",
        "getsockopt",
        "writev",
        "sendto",
    ] {
        for args in [
            [3, u64::MAX, u64::MAX, u64::MAX, u64::MAX, u64::MAX],
            [3, msg, u64::MAX, msg, msg, msg],
        ] {
            made(&fake, name, &args, i64::MAX);
        }
    }
}

#[test]
fn options() {
    let mut fake = fake();
    let one = fake.put(&1u32.to_ne_bytes());
    assert_eq!(
        line(&fake, "setsockopt", &[3, 270, 11, one, 4], 0),
        "setsockopt(3, SOL_NETLINK, NETLINK_EXT_ACK, [1], 4)"
    );
    assert_eq!(
        line(&fake, "setsockopt", &[3, 1, 8, one, 2], -22),
        format!("setsockopt(3, SOL_SOCKET, SO_RCVBUF, {one:#x}, 2)")
    );
    let len = fake.put(&4u32.to_ne_bytes());
    assert_eq!(
        line(&fake, "getsockopt", &[3, 1, 8, one, len], 0),
        "getsockopt(3, SOL_SOCKET, SO_RCVBUF, [1], [4])"
    );
}

#[test]
fn devices() {
    let mut fake = fake();
    let mut request = [0u8; 40];
    request[..2].copy_from_slice(b"lo");
    request[16] = 0x41;
    let at = fake.put(&request);
    for (number, text) in [
        (
            0x8914,
            r#"ioctl(4, SIOCSIFFLAGS, {ifr_name="lo", ifr_flags=IFF_UP|IFF_RUNNING})"#,
        ),
        (
            0x8913,
            r#"ioctl(4, SIOCGIFFLAGS, {ifr_name="lo", ifr_flags=IFF_UP|IFF_RUNNING})"#,
        ),
        (
            0x8933,
            r#"ioctl(4, SIOCGIFINDEX, {ifr_name="lo", ifr_ifindex=65})"#,
        ),
        (
            0x8910,
            r#"ioctl(4, SIOCGIFNAME, {ifr_ifindex=65, ifr_name="lo"})"#,
        ),
    ] {
        assert_eq!(line(&fake, "ioctl", &[4, number, at], 0), text);
    }
    assert_eq!(
        line(&fake, "ioctl", &[4, 0x8913, at], -19),
        r#"ioctl(4, SIOCGIFFLAGS, {ifr_name="lo"})"#
    );
    assert_eq!(
        line(&fake, "ioctl", &[4, 0x4004_54ca, at], 0),
        format!("ioctl(4, TUNSETIFF, {at:#x})")
    );
    assert_eq!(
        line(&fake, "ioctl", &[4, 0x89f3, at], 0),
        format!("ioctl(4, _IOC(_IOC_NONE, 0x89, 0xf3, 0), {at:#x})")
    );
    let call = made(&fake, "ioctl", &[4, 0xb703], 0x4000_0000);
    assert_eq!(call.args, ["4", "NS_GET_NSTYPE"]);
    assert_eq!(call.group, Group::Namespace);
    assert_eq!(
        call.outcome,
        Outcome::Returned(0x4000_0000, "1073741824 (CLONE_NEWNET)".into())
    );
    assert!(begin(&fake, "ioctl", &[1, 0x5401, at]).is_none());
}

#[test]
fn privileges() {
    let mut fake = fake();
    assert_eq!(
        line(&fake, "prctl", &[38, 1, 0, 0, 0], 0),
        "prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)"
    );
    assert_eq!(
        line(&fake, "prctl", &[23, 12], 1),
        "prctl(PR_CAPBSET_READ, CAP_NET_ADMIN)"
    );
    assert_eq!(
        line(&fake, "prctl", &[99, 1, 2, 3, 4], -22),
        "prctl(0x63 /* PR_??? */, 0x1, 0x2, 0x3, 0x4)"
    );
    let bits = made(&fake, "prctl", &[27], 0x11);
    assert_eq!(
        bits.outcome,
        Outcome::Returned(0x11, "0x11 (SECBIT_NOROOT|SECBIT_KEEP_CAPS)".into())
    );
    let header = fake.put(&[0x2008_0522u32.to_ne_bytes(), 0u32.to_ne_bytes()].concat());
    let sets: Vec<u8> = [0x1001u32, 0, 0, 1, 0, 0xffff_fe00]
        .iter()
        .flat_map(|word| word.to_ne_bytes())
        .collect();
    let sets = fake.put(&sets);
    let text = "({version=_LINUX_CAPABILITY_VERSION_3, pid=0}, {effective=1<<CAP_CHOWN|1<<CAP_NET_ADMIN|\
                1<<CAP_MAC_OVERRIDE, permitted=0, inheritable=0xfffffe00 /* CAP_??? */})";
    assert_eq!(
        line(&fake, "capset", &[header, sets], 0),
        format!("capset{text}")
    );
    assert_eq!(
        line(&fake, "capget", &[header, sets], 0),
        format!("capget{text}")
    );
}
