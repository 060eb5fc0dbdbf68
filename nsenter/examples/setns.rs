//! setns(2): into a namespace that exists already, on a throw-away thread.
//!
//! Run: `cargo run -p nsenter --example setns` (any user).

use std::error::Error;
use std::net::{TcpListener, TcpStream};

use nsenter::{NsHandle, NsKind, Sandbox, Spawn, run_in};

fn main() -> Result<(), Box<dyn Error>> {
    // Ground to stand on that is not the host's; as an ordinary user with a user namespace around it.
    Sandbox::new().net().user_if_not_root().enter()?;

    // Somebody else's namespace: that of a child which does nothing but hold it.
    let child = Spawn::new()
        .new_ns(NsKind::Net)
        .kill_on_drop(true)
        .exec("sleep", ["60"])?;
    let theirs = NsHandle::from_pid(child.pid(), NsKind::Net)?;
    let ours = NsHandle::current(NsKind::Net)?;
    println!("ours {ours}, theirs {theirs}");

    // A socket belongs to the namespace it was made in, wherever it is used.
    let listener = run_in(&theirs, || TcpListener::bind("0.0.0.0:0"))??;
    let addr = listener.local_addr()?;
    println!("a listener of theirs, held by us: {addr}");

    // The caller never moved, and the same port is free here.
    assert!(ours.is_current()?);
    TcpListener::bind(addr)?;

    // Their lo is down, so nobody answers there; the error comes from their stack, not from ours.
    let refused = run_in(&theirs, || TcpStream::connect(("127.0.0.1", addr.port())))?;
    println!("connecting inside: {}", refused.as_ref().unwrap_err());
    assert!(refused.is_err());
    Ok(())
}
