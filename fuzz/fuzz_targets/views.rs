//! Every typed view of any message: what can't be read is counted, nothing panics.
#![no_main]

#[path = "../../netlink-raw/tests/support/mod.rs"]
mod support;

use libfuzzer_sys::fuzz_target;
use netlink_raw::decode::Messages;
use support::{views, walk};

fuzz_target!(|data: &[u8]| {
    for message in Messages::new(data).map_while(Result::ok) {
        let _ = views::read_by_type(&message);
        let _ = views::read_with_all(&message);
        // Each attribute, at whatever depth, has a header of its own.
        assert!(walk::walk(message).attributes * 4 <= message.body.len());
    }
});
