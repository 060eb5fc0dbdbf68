//! What the end-to-end tests share: a fresh network to work in, the judges,
//! the product, and the comparison of the two.
//!
//! The harness stands on the kernel and on `nix` alone, never on the crates it
//! tests: a fault of theirs must not be able to hide itself here.
//!
//! Environment variables it reads:
//! - `VNET_BIN`: the binary to test; without it `cargo build -p vnet-cli` is run
//!   once and what it built is tested. When it names iproute2's `ip`, the judges
//!   are compared with themselves, which checks the harness and the cases.
//! - `VNET_REQUIRE_JUDGES=1`: a missing judge (or no way to make namespaces) is
//!   a failure, not a test that is left out.
//! - `VNET_REQUIRE_KINDS=1`: so is a link kind that the kernel lacks.
//! - `VNET_TESTS_REPOSITORY`: a copy of what the tests read of the repository.

pub mod between;
pub mod build;
pub mod calls;
pub mod compare;
pub mod differential;
pub mod errors;
pub mod forms;
pub mod judges;
pub mod product;
pub mod run;
pub mod sandbox;
pub mod snapshot;
mod sys;
pub mod wire;

pub use judges::Judge;
pub use run::Output;
pub use sandbox::Sandbox;
pub use sys::receive;

/// The repository: where `VNET_TESTS_REPOSITORY` says, for whoever may not read the one that the tests were built in.
#[must_use]
pub fn repository() -> std::path::PathBuf {
    match std::env::var_os("VNET_TESTS_REPOSITORY") {
        Some(copy) => copy.into(),
        None => concat!(env!("CARGO_MANIFEST_DIR"), "/..").into(),
    }
}

/// The path of one of this package's programs (`src/bin`), by its name.
#[macro_export]
macro_rules! program {
    ($name:literal) => {
        $crate::program_beside($name, env!(concat!("CARGO_BIN_EXE_", $name)))
    };
}

/// A program of this name beside the test itself, where both were copied, or else where it was built.
#[must_use]
pub fn program_beside(name: &str, built: &str) -> String {
    let own = std::env::current_exe().expect("the test itself");
    let copy = own.with_file_name(name);
    match copy.exists() {
        true => copy.to_str().expect("a plain path").to_owned(),
        false => built.to_owned(),
    }
}

/// Opens a fresh sandbox with the product's names in it, once every judge the
/// test needs is there. `None`: the test is left out, and why has been said.
#[must_use]
pub fn lab(judges: &[Judge]) -> Option<Sandbox> {
    if !judges.iter().all(|judge| judge.ready()) {
        return None;
    }
    match Sandbox::new() {
        Ok(sandbox) => {
            product::install(&sandbox);
            Some(sandbox)
        }
        Err(error) => {
            judges::left_out(&format!("needs namespaces of its own: {error}"));
            None
        }
    }
}
