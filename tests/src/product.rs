//! The binary under test: where it is, and the names it is called by.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::sandbox::Sandbox;
use crate::{judges, run};

/// The directory inside every sandbox that holds the product's names.
const NAMES: &str = "/run/under-test";

/// The binary under test: `VNET_BIN`, or what `cargo build -p vnet-cli` makes.
///
/// # Panics
/// When it cannot be built or is not there.
#[must_use]
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| match std::env::var_os("VNET_BIN") {
        Some(path) => {
            let path = PathBuf::from(path);
            path.canonicalize()
                .unwrap_or_else(|error| panic!("VNET_BIN={}: {error}", path.display()))
        }
        None => build(),
    })
}

/// Whether the judges stand for the product, to check the harness itself.
#[must_use]
pub fn is_judge() -> bool {
    binary().file_name().is_some_and(|name| name == "ip")
}

fn build() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| env!("CARGO").into());
    let mut command = Command::new(cargo);
    command
        .args(["build", "--quiet", "--package", "vnet-cli", "--bin", "vnet"])
        .arg("--message-format=json-render-diagnostics")
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("cargo build: {error}"));
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let executable = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|message| message.get("executable")?.as_str().map(PathBuf::from))
        .next_back();
    executable.unwrap_or_else(|| {
        panic!(
            "cargo build -p vnet-cli: {}",
            String::from_utf8_lossy(&output.stderr)
        )
    })
}

/// The PATH with which a script's `ip`, `bridge`, … are the product.
#[must_use]
pub fn path() -> String {
    format!("{NAMES}:{}", judges::PATH)
}

/// The path, inside a sandbox, of the product under one of its names.
#[must_use]
pub fn name(applet: &str) -> String {
    format!("{NAMES}/{applet}")
}

/// Makes the product's names in a sandbox.
///
/// # Panics
/// When the links cannot be made.
pub fn install(sandbox: &Sandbox) {
    let mut links = format!("mkdir -p {NAMES}\n");
    for applet in ["vnet", "ip", "bridge", "ifconfig", "route", "ping"] {
        let target = match applet {
            "vnet" => binary().to_path_buf(),
            judge if is_judge() => judges::find(judge).unwrap_or_default(),
            _ => binary().to_path_buf(),
        };
        // Where a name leads nowhere, a script would go on with the judge's program of that name.
        links.push_str(&format!(
            "ln -s '{}' {NAMES}/{applet}; [ -x {NAMES}/{applet} ]\n",
            target.display()
        ));
    }
    let _ = sandbox.sh(&links).ok();
}

/// The ways a command of the judges' is asked of the product: as `vnet …`, and
/// as the program itself by way of its symlink. `None` words are left to the
/// caller: the first word is always a path.
#[must_use]
pub fn spellings(words: &[&str]) -> Vec<Vec<String>> {
    let Some((program, rest)) = words.split_first() else {
        return Vec::new();
    };
    let rest = rest.iter().map(ToString::to_string);
    let applet = [name(program)].into_iter().chain(rest.clone()).collect();
    let through_vnet = match *program {
        "ip" => [name("vnet")].into_iter().chain(rest).collect(),
        _ if is_judge() => return vec![applet],
        other => [name("vnet"), other.to_string()]
            .into_iter()
            .chain(rest)
            .collect(),
    };
    vec![through_vnet, applet]
}

/// Runs the product under the name of `words`' first word.
///
/// # Panics
/// When it cannot be started or does not end.
#[track_caller]
pub fn run_as(sandbox: &Sandbox, words: &[&str]) -> run::Output {
    let (program, args) = words.split_first().expect("a command has a first word");
    let mut command = sandbox.command(&name(program));
    command.args(args).env("PATH", path());
    run::run(&mut command, b"").unwrap_or_else(|error| panic!("{words:?}: {error}"))
}
