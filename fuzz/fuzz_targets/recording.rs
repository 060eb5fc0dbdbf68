//! Any bytes as a recording: read or refused, never more memory than the file is long.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netlink_raw::transport::{Replay, read_recording};

fuzz_target!(|data: &[u8]| {
    if let Ok(packets) = read_recording(data) {
        let total: usize = packets.iter().map(|(_, bytes)| bytes.len()).sum();
        assert!(total <= data.len());
        let _ = Replay::new(packets);
    }
});
