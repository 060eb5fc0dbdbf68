//! The `vnet` binary.

fn main() {}
