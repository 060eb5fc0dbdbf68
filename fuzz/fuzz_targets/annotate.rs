//! Annotations of any datagrams: every byte in one leaf, in order, whatever was said before.
#![no_main]

#[path = "../../netlink-raw/tests/support/annotated.rs"]
#[allow(dead_code)]
mod annotated;

use libfuzzer_sys::fuzz_target;
use netlink_raw::annotate::Conversation;
use netlink_raw::transport::Direction;

/// A byte says the protocol; then come datagrams, each behind a byte of direction and two of length.
fn read(data: &[u8]) -> Option<()> {
    let (protocol, mut rest) = data.split_first()?;
    let mut talk = Conversation::new(u16::from(*protocol));
    // A family that is not the controller: what it is called comes with the seeds.
    talk.learn(0x20, "ethtool");
    while let Some((head, behind)) = rest.split_first_chunk::<3>() {
        let direction = match head[0] & 1 {
            0 => Direction::Sent,
            _ => Direction::Received,
        };
        let len = usize::from(u16::from_le_bytes([head[1], head[2]]));
        let (datagram, after) = behind.split_at(len.min(behind.len()));
        let _ = annotated::items(&mut talk, direction, datagram);
        rest = after;
    }
    Some(())
}

fuzz_target!(|data: &[u8]| {
    let _ = read(data);
});
