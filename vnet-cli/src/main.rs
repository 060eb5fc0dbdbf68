//! The `vnet` binary: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    vnet::main(std::env::args_os().collect())
}
