//! Frames and attributes of any bytes: no panic, no endless loop, nothing read twice.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netlink_raw::decode::{Attrs, Messages};
use netlink_raw::schema;

/// Walks attributes as deep as bytes allow, and counts them.
fn walk(bytes: &[u8], depth: u32) -> usize {
    let mut count = 0;
    for attr in Attrs::new(bytes).flatten() {
        count += 1;
        let _ = (attr.read::<u32>(), attr.c_str(), attr.read_grown::<u64>());
        if depth > 0 {
            count += walk(attr.value, depth - 1);
        }
    }
    count
}

fuzz_target!(|data: &[u8]| {
    let mut iter = Messages::new(data);
    let mut total = 0;
    for message in iter.by_ref().map_while(Result::ok) {
        total += 16 + message.body.len();
        assert!(message.header.len as usize == 16 + message.body.len());
        for offset in [0, 16, 20, 28, 32, 36, 44, 60, 100] {
            let _ = schema::locate(message, offset);
        }
        // Every attribute takes four bytes at each of its depths.
        assert!(walk(message.body, 6) <= message.body.len() / 4 * 7);
    }
    assert!(total <= data.len());
    assert!(iter.next().is_none(), "fused");
});
