//! Any bytes as an input of `vnet decode`, in each layout: read to the end, and shown in every form, with every byte
//! of every datagram accounted for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netlink_raw::annotate::Conversation;
use vnet::out::color::Paint;
use vnet::show::netlink::Annotated;
use vnet::tools::decode::{Format, Found, Known, read};

fuzz_target!(|data: &[u8]| {
    let Some((first, input)) = data.split_first() else {
        return;
    };
    let formats = [None, Some(Format::Hex), Some(Format::Strace), Some(Format::Pcap), Some(Format::Raw)];
    let known = Known {
        format: formats[usize::from(*first) % formats.len()],
        ..Known::default()
    };
    let mut found = 0;
    let mut bytes = 0;
    let done = read(input, known, &mut |one| {
        found += 1;
        let Found::Datagram(datagram) = one else {
            return true;
        };
        bytes += datagram.bytes.len();
        assert!(datagram.len >= datagram.bytes.len());
        // A datagram of each is shown in full: the parser of inputs is what is tried here.
        if found <= 4 {
            let mut talk = Conversation::new(datagram.protocol.unwrap_or(0));
            let annotated = Annotated::new(&mut talk, datagram.direction, &datagram.bytes);
            let mut text = annotated.line(Paint::PLAIN);
            annotated.text(Paint::PLAIN, 0, &mut text);
            annotated.bytes(Paint::PLAIN, 0, &mut text);
            assert!(!text.contains("INTERNAL ERROR"), "{text}");
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
            let _ = annotated.json();
        }
        found < 10_000
    });
    assert!(done.is_ok(), "memory is always read");
    // Lines that are repeated make more of less, and no more than a dump's offsets may ask for.
    assert!(bytes <= input.len().saturating_mul(2).saturating_add(64 << 20));
});
