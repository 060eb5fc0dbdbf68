//! Every typed view of any message: what can't be read is counted, nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netlink_raw::decode::Messages;
use netlink_raw::route::link::Link;

fuzz_target!(|data: &[u8]| {
    for message in Messages::new(data).map_while(Result::ok) {
        if let Ok(link) = Link::parse(&message) {
            let _ = link.altnames().count();
            assert!(link.attributes().count() * 4 <= data.len());
        }
    }
});
