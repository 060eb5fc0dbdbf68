//! Every typed request from any structure: the schema tables know all of it, the views read the same values.
#![no_main]

#[path = "../../netlink-raw/tests/support/mod.rs"]
mod support;

use libfuzzer_sys::fuzz_target;
use support::{requests, seed::Seed};

fuzz_target!(|data: &[u8]| requests::check(&mut Seed(data)));
