//! A made-up world for the tests of these records.

use crate::names::Names;
use crate::options::Options;
use crate::out::Out;
use crate::show::link::{Known, Program, World};
use netlink_raw::decode::{MessageRef, Messages};

/// A few links.
pub(super) struct Small(Names);

impl World for Small {
    fn link(&mut self, index: u32) -> Option<Known<'_>> {
        let (name, flags): (&[u8], u32) = match index {
            2 => (b"br0", 1),
            4 => (b"v1p", 1),
            5 => (b"v1", 1),
            9 => (b"v3", 0),
            10 => (b"vx0", 1),
            _ => return None,
        };
        Some(Known { name, flags })
    }

    fn netns(&mut self, _: i32) -> Option<&[u8]> {
        None
    }

    fn program(&mut self, _: u32) -> Option<Program> {
        None
    }

    fn names(&self) -> &Names {
        &self.0
    }
}

/// What is printed for the one message in `hex`.
pub(super) fn shown(
    options: &Options,
    hex: &str,
    print: impl FnOnce(&mut Out, MessageRef<'_>, &mut Small),
) -> String {
    let bytes: Vec<u8> = hex
        .split_whitespace()
        .map(|byte| u8::from_str_radix(byte, 16).unwrap())
        .collect();
    let mut out = Out::memory(options);
    let mut world = Small(Names::in_directory("/nonexistent", false));
    let message = Messages::new(&bytes).next().unwrap().unwrap();
    out.object(|out| print(out, message, &mut world));
    String::from_utf8(out.take()).unwrap()
}
