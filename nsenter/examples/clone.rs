//! clone3(2): a child in namespaces of its own, made together with the child.
//!
//! Run: `cargo run -p nsenter --example clone` (any user).

use std::error::Error;

use nsenter::{Exit, NsHandle, NsKind, NsKinds, Spawn};

fn main() -> Result<(), Box<dyn Error>> {
    // With a user namespace anybody may create the others. The parent writes the maps: root inside is you.
    let kinds: NsKinds = NsKind::User | NsKind::Net | NsKind::Uts | NsKind::Pid;
    let outside = NsHandle::current(NsKind::Net)?;
    println!("parent: pid {}, {outside}", std::process::id());

    let script = "echo \"child:  pid $$, $(readlink /proc/self/ns/net || echo 'no /proc of its own'), uid $(id -u)\"
        hostname inside && echo \"child:  host name $(hostname), devices: $(sed -n 's/:.*//p' /proc/net/dev | tr -d ' \\n')\"
        test $$ = 1";
    let mut child = Spawn::new().new_ns(kinds).exec("sh", ["-c", script])?;
    println!("parent: the child is pid {} here", child.pid());

    assert_eq!(child.wait()?, Exit::Code(0));
    assert!(outside.is_current()?);
    println!("parent: the child has ended, and nothing moved here");
    Ok(())
}
