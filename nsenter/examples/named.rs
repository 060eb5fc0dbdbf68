//! A named network namespace: made, listed, entered, removed, as `ip netns` does it and on the same files.
//!
//! Run: `cargo run -p nsenter --example named` (any user).

use std::error::Error;
use std::fs;

use nsenter::{NsName, Sandbox, Store, pids_in, run_in};

fn main() -> Result<(), Box<dyn Error>> {
    // A /run of our own, so that the host's /run/netns is not touched.
    Sandbox::new()
        .net()
        .mount()
        .user_if_not_root()
        .tmpfs("/run")
        .enter()?;

    let store = Store::new();
    let (blue, red): (NsName, NsName) = ("blue".parse()?, "red".parse()?);
    let ns = store.add(&blue)?;
    store.add(&red)?;
    println!("made {}: {ns}", store.path(&blue).display());

    // The same name twice is an error that says so.
    let twice = store.add(&blue).unwrap_err();
    println!("again: {twice}");

    for name in store.names()? {
        let name = name?;
        println!("listed: {name}, {}", store.open(&name)?);
    }

    let devices = run_in(&ns, || fs::read_to_string("/proc/thread-self/net/dev"))??;
    assert!(devices.lines().any(|l| l.trim_start().starts_with("lo:")));
    println!("entered: {} device(s) inside", devices.lines().count() - 2);

    store.attach(&"azure".parse()?, &ns)?;
    println!(
        "its names: {:?}, its processes: {:?}",
        store.identify(&ns)?,
        pids_in(&ns)?
    );

    let all = store.names()?.collect::<Result<Vec<_>, _>>()?;
    assert_eq!(all.len(), 3);
    assert!(store.remove_many(&all).is_empty());
    assert_eq!(store.names()?.count(), 0);
    println!("removed");
    Ok(())
}
