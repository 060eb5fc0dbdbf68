//! unshare(2): the process itself gets new namespaces.
//!
//! Run: `cargo run -p nsenter --example unshare` (any user).

use std::error::Error;
use std::fs;

use nsenter::{NsHandle, NsKind, Sandbox};

fn main() -> Result<(), Box<dyn Error>> {
    let before = NsHandle::current(NsKind::Net)?;

    // As an ordinary user this takes a user namespace, too; inside it you are root.
    let entered = Sandbox::new()
        .net()
        .mount()
        .user_if_not_root()
        .tmpfs("/run")
        .enter()?;
    let after = NsHandle::current(NsKind::Net)?;
    println!("new here: {}", entered.kinds);
    println!("{before} -> {after}");
    assert_ne!(before, after);

    // The file system is the host's, except /run: what is written there ends with this process.
    fs::write("/run/note", "nobody else sees this\n")?;
    let devices = fs::read_to_string("/proc/net/dev")?;
    let devices: Vec<_> = devices.lines().filter_map(|l| l.split_once(':')).collect();
    let names: Vec<_> = devices.iter().map(|(name, _)| name.trim()).collect();
    println!("devices: {names:?}");
    assert_eq!(names, ["lo"]);
    Ok(())
}
