//! Any bytes as a recording, pcap or pcapng: read or refused, never more memory than the file is long; what was read
//! is written and read again as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netlink_raw::pcap::{Error, Reader, Writer};
use netlink_raw::transport::{Replay, read_recording};

fuzz_target!(|data: &[u8]| {
    if let Ok(packets) = read_recording(data) {
        let total: usize = packets.iter().map(|(_, bytes)| bytes.len()).sum();
        assert!(total <= data.len());
        let _ = Replay::new(packets);
    }
    let Ok(reader) = Reader::new(data) else { return };
    let mut writer = Writer::new(Vec::new()).expect("to memory");
    let mut kept = Vec::new();
    let mut over = false;
    for packet in reader {
        assert!(!over, "an error ends it");
        match packet {
            Ok(p) => {
                let done = writer.datagram(p.time, p.protocol, p.direction, &p.bytes, p.len);
                if done.is_ok() {
                    kept.push((p.protocol, p.direction, p.bytes, p.len));
                }
            }
            Err(Error::LinkType(_)) => {}
            Err(_) => over = true,
        }
    }
    let file = writer.into_inner();
    let again = Reader::new(&file[..]).expect("a header");
    let again = again.map(|p| p.expect("whole")).map(|p| (p.protocol, p.direction, p.bytes, p.len));
    assert!(again.eq(kept));
});
