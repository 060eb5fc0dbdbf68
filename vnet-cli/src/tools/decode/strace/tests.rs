//! Traces as strace writes them.

use super::read;
use crate::tools::decode::{Datagram, Found};
use netlink_raw::transport::Direction::{Received, Sent};

const GET: &str =
    r"\x14\x00\x00\x00\x12\x00\x01\x03\x98\xe4\x0c\x6b\x00\x00\x00\x00\x11\x00\x00\x00";
const GET_BYTES: [u8; 20] = [
    0x14, 0, 0, 0, 0x12, 0, 1, 3, 0x98, 0xe4, 0x0c, 0x6b, 0, 0, 0, 0, 0x11, 0, 0, 0,
];

fn found(text: &str) -> Vec<Found> {
    let mut all = Vec::new();
    let each = &mut |found| {
        all.push(found);
        true
    };
    read(text.as_bytes(), each).unwrap();
    all
}

fn datagrams(text: &str) -> Vec<Datagram> {
    let datagram = |found| match found {
        Found::Datagram(datagram) => Some(datagram),
        Found::Note { .. } => None,
    };
    found(text).into_iter().filter_map(datagram).collect()
}

#[test]
fn strings_of_every_call() {
    let text = format!(
        "1234  socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC) = 3\n\
         [pid  1234] 12:00:00.123456 write(3, \"{GET}\", 20) = 20\n\
         1234  1700000000.250000 sendto(3, \"{GET}\", 20, 0, NULL, 0) = 20\n\
         1234  sendmsg(3, {{msg_name={{sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}}, msg_namelen=12, \
         msg_iov=[{{iov_base=\"\\x14\\x00\", iov_len=2}}, {{iov_base=\"\\0\\0\\22\\0\\1\\3\\230\\344\\f\\x6b\\0\\0\\0\\0\\21\\0\\0\\0\", \
         iov_len=18}}], msg_iovlen=2, msg_controllen=0, msg_flags=0}}, 0) = 20\n\
         1234  recvmsg(3, {{msg_name={{sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}}, msg_namelen=12, \
         msg_iov=[{{iov_base=\"{GET}\", iov_len=16384}}], msg_iovlen=1, msg_controllen=0, msg_flags=0}}, 0)    = 20\n\
         1234  sendmmsg(3, [{{msg_hdr={{msg_iov=[{{iov_base=\"{GET}\", iov_len=20}}]}}, msg_len=20}}, \
         {{msg_hdr={{msg_iov=[{{iov_base=\"{GET}\", iov_len=20}}]}}, msg_len=20}}], 2, 0) = 2\n"
    );
    let all = datagrams(&text);
    assert_eq!(all.len(), 6, "{all:#?}");
    for datagram in &all {
        assert_eq!(datagram.bytes, GET_BYTES, "{datagram:?}");
        assert_eq!(
            (datagram.len, datagram.protocol, datagram.socket),
            (20, Some(16), 1)
        );
    }
    let ways: Vec<_> = all.iter().map(|d| d.direction).collect();
    assert_eq!(ways, [Sent, Sent, Sent, Received, Sent, Sent]);
    assert_eq!(all[0].call.as_deref(), Some("1234 write(3)"));
    assert_eq!(all[0].place, "line 2");
    assert_eq!(
        all[1].time,
        Some(std::time::Duration::from_millis(1_700_000_000_250))
    );
}

#[test]
fn dumps_are_whole() {
    let text = "8  sendto(3<NETLINK:[NETFILTER:6292]>, [{nlmsg_len=32, nlmsg_type=RTM_NEWLINK, …}], 32, 0, NULL, 0) = 32\n \
                | 00000  20 00 00 00 10 00 05 00  00 00 00 00 00 00 00 00   ............... |\n \
                | 00010  00 00 00 00 00 00 00 00  00 00 00 00 41 42 20 43  ............AB C |\n\
                8  recvmsg(3<NETLINK:[NETFILTER:6292]>, {msg_iov=[{iov_base=\"\\x14\"..., iov_len=1}, {iov_base=NULL, iov_len=9}]}, 0) = 20\n \
                * 16 bytes in buffer 0\n \
                | 00000  14 00 00 00 10 00 05 00  00 00 00 00 00 00 00 00   ............... |\n \
                * 4 bytes in buffer 1\n \
                | 00000  01 02 03 04                                       ....             |\n";
    let all = datagrams(text);
    assert_eq!(all.len(), 2, "{all:#?}");
    assert_eq!((all[0].bytes.len(), all[0].protocol), (32, Some(12)));
    assert!(all[0].bytes.ends_with(b"\0\0AB C"));
    assert_eq!(all[1].bytes.len(), 20);
    assert!(all[1].bytes.ends_with(&[1, 2, 3, 4]));
    assert_eq!(all[0].socket, all[1].socket);
    // Without a call, and several calls' worth.
    let bare = " | 00000  14 00 00 00 12 00 01 03  98 e4 0c 6b 00 00 00 00  ...........k.... |\n \
                | 00010  11 00 00 00                                       ....             |\n";
    let all = datagrams(&format!("{bare}{bare}"));
    assert_eq!(all.len(), 2, "{all:#?}");
    assert_eq!(
        (all[0].bytes.as_slice(), all[0].direction),
        (&GET_BYTES[..], Sent)
    );
}

#[test]
fn calls_that_others_interrupt() {
    let text = format!(
        "7 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 5\n\
         7 recvfrom(5, <unfinished ...>\n\
         8 sendto(5, \"{GET}\", 20, 0, NULL, 0 <unfinished ...>\n\
         7 <... recvfrom resumed>\"{GET}\", 8192, 0, NULL, NULL) = 20\n\
         8 <... sendto resumed>) = 20\n"
    );
    let all = datagrams(&text);
    let calls: Vec<_> = all.iter().map(|d| d.call.as_deref().unwrap()).collect();
    assert_eq!(calls, ["7 recvfrom(5)", "8 sendto(5)"]);
    assert!(all.iter().all(|d| d.bytes == GET_BYTES), "{all:?}");
    let open = found("7 recvfrom(5, <unfinished ...>\n");
    assert!(matches!(&open[..], [Found::Note { what, .. }] if what == "1 calls are unfinished"));
}

#[test]
fn what_is_left_out_is_said() {
    let text = "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\n\
                sendto(3, \"\\x20\\x00\\x00\\x00\\x10\"..., 32, 0, NULL, 0) = 32\n\
                sendto(3, [{nlmsg_len=32, nlmsg_type=RTM_NEWLINK, nlmsg_flags=NLM_F_REQUEST|NLM_F_ACK, nlmsg_seq=0, \
                nlmsg_pid=0}, {ifi_family=AF_UNSPEC}], 32, 0, NULL, 0) = 32\n\
                recvfrom(3, 0x7ffc00, 16384, 0, NULL, NULL) = -1 EAGAIN (Resource temporarily unavailable)\n\
                sendto(3, \"\\x20\\x00\\x00\\x00\\x10\", 5, 0, NULL, 0) = -1 ECONNREFUSED (Connection refused)\n";
    let all = found(text);
    let [
        Found::Datagram(cut),
        Found::Note { what, place },
        Found::Note { what: decoded, .. },
        Found::Datagram(failed),
    ] = &all[..]
    else {
        panic!("{all:#?}");
    };
    assert_eq!((cut.bytes.len(), cut.len), (5, 32));
    assert_eq!(place, "line 2");
    assert!(what.contains("left out 27 bytes"), "{what}");
    assert!(
        decoded.contains("nlmsg_type=RTM_NEWLINK") && decoded.contains("-e write=all"),
        "{decoded}"
    );
    assert_eq!(
        failed.call.as_deref(),
        Some("sendto(3), failed: ECONNREFUSED")
    );
}

/// What is no netlink is passed over, also where a descriptor is used again.
#[test]
fn other_descriptors() {
    let text = format!(
        "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\n\
         dup(3) = 9\n\
         close(3) = 0\n\
         openat(AT_FDCWD, \"/etc/x\", O_RDONLY) = 3\n\
         read(3, \"{GET}\", 20) = 20\n\
         socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 4\n\
         sendto(4, \"{GET}\", 20, 0, NULL, 0) = 20\n\
         write(9, \"{GET}\", 20) = 20\n\
         write(7</tmp/x>, \"{GET}\", 20) = 20\n\
         write(5, \"plain text, of which 64 bytes are shown\", 39) = 39\n\
         sendto(6, \"{GET}\", 20, 0, NULL, 0) = 20\n"
    );
    let calls: Vec<_> = datagrams(&text)
        .into_iter()
        .map(|d| d.call.unwrap())
        .collect();
    assert_eq!(calls, ["write(9)", "sendto(6)"]);
}

#[test]
fn what_is_no_trace() {
    for text in [
        "",
        "\n\n",
        "sendto(",
        "sendto(3, \"",
        "sendto(3, \"\\x",
        ") = ",
        "<... sendto resumed>",
        "1 <... x resumed>) = 0",
        " | 00000",
        " | 00000  zz",
        " | ffffffffffffffffff  00",
        " * 3 bytes in buffer 0",
        "é(3, \"é\") = é",
    ] {
        let _ = found(text);
        let _ = super::is(text);
    }
    assert!(!super::is("a text (with a remark) = 3"));
    assert!(super::is("socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3"));
}
