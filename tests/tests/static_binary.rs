//! The one static file, in an empty directory tree.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use vnet_tests::{Judge, Sandbox, judges, lab, product};

/// The static binary: `VNET_STATIC`, or where ./build-static puts it, if it is
/// no older than the sources.
fn binary() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("VNET_STATIC") {
        return Some(path.into());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    let path = target.join("x86_64-unknown-linux-musl/release/vnet");
    let Ok(made) = path.metadata().and_then(|meta| meta.modified()) else {
        judges::left_out_here("no static binary: make it with ./build-static");
        return None;
    };
    let crates = ["netlink-raw/src", "nsenter/src", "vnet-cli/src"];
    if crates.iter().any(|dir| newest(&root.join(dir)) > made) {
        judges::left_out_here(
            "the static binary is older than the sources: make it with ./build-static",
        );
        return None;
    }
    Some(path)
}

fn newest(dir: &Path) -> SystemTime {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let time = |entry: std::fs::DirEntry| match entry.metadata() {
        Ok(meta) if meta.is_dir() => newest(&entry.path()),
        Ok(meta) => meta.modified().unwrap_or(SystemTime::UNIX_EPOCH),
        Err(_) => SystemTime::UNIX_EPOCH,
    };
    entries.map(time).max().unwrap_or(SystemTime::UNIX_EPOCH)
}

/// A sandbox with the binary alone in /run/empty.
fn empty_tree() -> Option<Sandbox> {
    let binary = binary()?;
    if product::is_judge() {
        return None;
    }
    let sandbox = lab(&[Judge::Iproute2, Judge::UtilLinux])?;
    let copy = format!(
        "mkdir /run/empty; cp '{}' /run/empty/vnet",
        binary.display()
    );
    let _ = sandbox.sh(&copy).ok();
    Some(sandbox)
}

#[test]
fn it_is_static_and_small() {
    let Some(path) = binary() else { return };
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.len() < 1_000_000, "{} bytes", bytes.len());
    let interpreter = bytes
        .windows(6)
        .any(|window| window == b"ld-lin" || window == b"ld-mus");
    assert!(!interpreter, "it names a dynamic loader");
}

#[test]
fn it_shows_and_builds_in_an_empty_tree() {
    let Some(sandbox) = empty_tree() else { return };
    let _ = sandbox
        .sh("
        ip link add v0 type veth peer name v1
        ip addr add 10.0.0.1/24 dev v0
        ip link set v0 up
        ip link set lo up
        until ip link show v0 | grep -q LOWERLAYERDOWN; do sleep 0.01; done")
        .ok();
    let inside = |words: &str| {
        sandbox
            .run(&format!("unshare -R /run/empty /vnet {words}"))
            .ok()
            .text()
    };
    for show in [
        "link",
        "-d link",
        "-j addr",
        "route",
        "route show table all",
        "neigh",
        "-br addr",
        "-d -s -j link",
    ] {
        // Without /etc/iproute2 the judge has no names of its own either.
        let judge = sandbox.run_words(&[
            "unshare",
            "-m",
            "sh",
            "-c",
            &format!("mount -t tmpfs tmpfs /etc/iproute2; ip {show}"),
        ]);
        assert_eq!(judge.ok().text(), inside(show), "{show}");
    }
    inside("link add v2 type veth peer name v3");
    inside("addr add 10.0.2.1/24 dev v2");
    inside("link set v2 up");
    inside("route add 10.9.0.0/16 via 10.0.0.2");
    let state = sandbox
        .sh("ip -o addr show v2; ip route show 10.9.0.0/16")
        .ok()
        .text();
    assert!(
        state.contains("inet 10.0.2.1/24") && state.contains("via 10.0.0.2 dev v0"),
        "{state}"
    );
    let ping = inside("ping -c 1 127.0.0.1");
    assert!(ping.contains("1 received, 0% packet loss"), "{ping}");
    assert_eq!(
        sandbox.run("find /run/empty").ok().text(),
        "/run/empty\n/run/empty/vnet\n"
    );
}

#[test]
fn its_demo_needs_no_other_file() {
    let Some(sandbox) = empty_tree() else { return };
    let output = sandbox.run("unshare -R /run/empty /vnet demo").ok();
    assert!(output.text().contains(" 0% packet loss"), "{output}");
    assert_eq!(
        sandbox.run("find /run/empty").ok().text(),
        "/run/empty\n/run/empty/vnet\n"
    );
}
