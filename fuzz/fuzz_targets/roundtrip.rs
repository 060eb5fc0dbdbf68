//! What is written from any structure is read back as the same structure.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use netlink_raw::decode::{Attrs, Messages};
use netlink_raw::encode::{AttrWriter, NLA_TYPE_MASK, Request};

#[derive(Arbitrary, Debug)]
enum Tree {
    Leaf(u16, Vec<u8>),
    Nest(u16, Vec<Tree>),
}

fn write(w: &mut AttrWriter<'_>, trees: &[Tree]) {
    for tree in trees {
        match tree {
            Tree::Leaf(kind, value) => {
                w.bytes(kind & NLA_TYPE_MASK, value);
            }
            Tree::Nest(kind, inner) => {
                w.nest(kind & NLA_TYPE_MASK, |w| write(w, inner));
            }
        }
    }
}

fn check(mut attrs: Attrs<'_>, trees: &[Tree]) {
    for tree in trees {
        let attr = attrs.next().expect("as many as were written").expect("whole");
        match tree {
            Tree::Leaf(kind, value) => {
                assert_eq!((attr.kind, attr.value), (kind & NLA_TYPE_MASK, &value[..]));
            }
            Tree::Nest(kind, inner) => {
                assert_eq!(attr.kind, kind & NLA_TYPE_MASK);
                check(attr.nested(), inner);
            }
        }
    }
    assert!(attrs.next().is_none());
}

fuzz_target!(|input: (u16, u16, u32, u16, Vec<Tree>)| {
    let (kind, flags, seq, room, trees) = input;
    let mut buf = vec![0xaa; usize::from(room)];
    let mut request = Request::new(&mut buf, kind, flags, seq);
    write(request.attrs(), &trees);
    let Ok(bytes) = request.finish() else { return };
    let message = Messages::new(bytes).next().expect("one").expect("whole");
    assert_eq!((message.header.kind, message.header.flags), (kind, flags));
    check(Attrs::new(message.body), &trees);
});
