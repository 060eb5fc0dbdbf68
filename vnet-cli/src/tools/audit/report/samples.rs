//! Events made by hand, for tests.

use crate::tools::audit::event::{
    Call, Datagram, Ended, Event, Group, How, Netlink, Outcome, Task,
};
use netlink_raw::transport::Direction;
use std::time::Duration;

pub(crate) const TIME: Duration = Duration::new(1_700_000_000, 42_000);
pub(crate) const TASK: Task = Task {
    pid: 4711,
    tid: 4711,
};

/// `unshare(CLONE_NEWNET)`, failed with this error number unless it is 0.
pub(crate) fn unshare(errno: i32) -> Call {
    Call {
        time: TIME,
        duration: Duration::from_micros(217),
        task: TASK,
        name: "unshare",
        group: Group::Namespace,
        args: vec!["CLONE_NEWNET".into()],
        outcome: match errno {
            0 => Outcome::Returned(0, "0".into()),
            errno => Outcome::Failed(errno),
        },
        paths: Vec::new(),
        data: None,
        netlink: None,
    }
}

/// A thread's end.
pub(crate) fn ended(how: How) -> Event {
    Event::Ended(Ended {
        time: TIME + Duration::from_millis(10),
        task: TASK,
        how,
    })
}

/// A call with one datagram.
pub(crate) fn netlink(direction: Direction, bytes: Vec<u8>) -> Call {
    let len = bytes.len();
    let name = match direction {
        Direction::Sent => "sendto",
        Direction::Received => "recvfrom",
    };
    Call {
        time: TIME + Duration::from_millis(1),
        duration: Duration::from_micros(30),
        name,
        group: Group::Netlink,
        args: vec!["3".into(), format!("<{len} bytes of netlink>")],
        outcome: Outcome::Returned(len as i64, len.to_string()),
        netlink: Some(Netlink {
            socket: 99,
            protocol: 0,
            direction,
            peeked: false,
            datagrams: vec![Datagram { bytes, len }],
        }),
        ..unshare(0)
    }
}

/// An attribute.
fn attribute(number: u16, payload: &[u8]) -> Vec<u8> {
    let mut bytes = ((payload.len() + 4) as u16).to_ne_bytes().to_vec();
    bytes.extend_from_slice(&number.to_ne_bytes());
    bytes.extend_from_slice(payload);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

/// A message.
fn message(kind: u16, flags: u16, seq: u32, body: &[u8]) -> Vec<u8> {
    let mut bytes = (body.len() as u32 + 16).to_ne_bytes().to_vec();
    bytes.extend_from_slice(&kind.to_ne_bytes());
    bytes.extend_from_slice(&flags.to_ne_bytes());
    bytes.extend_from_slice(&seq.to_ne_bytes());
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend_from_slice(body);
    bytes
}

/// `RTM_NEWLINK` that makes a link of this kind, and sets it up; with an MTU or without.
pub(crate) fn new_link(kind: &str, flags: u16, mtu: Option<u32>) -> Vec<u8> {
    let mut body = [0; 16].to_vec();
    // ifi_flags and ifi_change: IFF_UP.
    for at in [8, 12] {
        if let Some(word) = body.get_mut(at..at + 4) {
            word.copy_from_slice(&1u32.to_ne_bytes());
        }
    }
    body.extend(attribute(3, b"v0\0"));
    body.extend(
        mtu.map(|mtu| attribute(4, &mtu.to_ne_bytes()))
            .unwrap_or_default(),
    );
    body.extend(attribute(18, &attribute(1, kind.as_bytes())));
    message(16, flags, 7, &body)
}

/// The answer to that: an acknowledgement, or an error (positive).
pub(crate) fn answer(errno: i32) -> Vec<u8> {
    let mut body = (-errno).to_ne_bytes().to_vec();
    body.extend(message(16, 0x605, 7, &[]));
    message(2, 0x100, 7, &body)
}
