//! Both ways with iproute2: the same files, the same mounts, the same words.

use std::process::{Command, Stdio};

use nsenter::run_in;

use crate::support::{assert_tidy, name, names, net, output, run, sandbox, start_helper};

crate::cases!(
    ours_are_theirs,
    theirs_are_ours,
    set_up_in_either_order_stacks_nothing,
    both_at_once,
    processes_and_identity_agree
);

fn ip(args: &[&str]) -> String {
    run("ip", args)
}

fn ours_are_theirs() {
    let store = sandbox();
    let ns = store.add(&name("ours")).unwrap();
    store.add_here(&name("here")).unwrap();
    let mut listed: Vec<_> = ip(&["netns", "list"]).lines().map(str::to_owned).collect();
    listed.sort();
    assert_eq!(listed, ["here", "ours"]);
    let own = ip(&["netns", "exec", "ours", "readlink", "/proc/self/ns/net"]);
    assert_eq!(own.trim(), ns.to_string());
    let twice = output("ip", &["netns", "add", "ours"]);
    assert_eq!(
        String::from_utf8_lossy(&twice.stderr),
        "Cannot create namespace file \"/run/netns/ours\": File exists\n"
    );
    ip(&["netns", "del", "ours"]);
    assert_eq!(names(&store), ["here"]);
    assert_tidy(&store);
}

fn theirs_are_ours() {
    let store = sandbox();
    ip(&["netns", "add", "theirs"]);
    assert_eq!(names(&store), ["theirs"]);
    let ns = store.open(&name("theirs")).unwrap();
    assert_ne!(ns, net());
    assert_eq!(run_in(&ns, net).unwrap(), ns);
    ip(&["netns", "attach", "own", &std::process::id().to_string()]);
    assert_eq!(store.open(&name("own")).unwrap(), net());
    for n in ["theirs", "own"] {
        store.remove(&name(n)).unwrap();
    }
    assert_eq!(ip(&["netns", "list"]), "");
    assert_tidy(&store);
}

fn set_up_in_either_order_stacks_nothing() {
    let store = sandbox();
    ip(&["netns", "add", "a"]);
    store.add(&name("b")).unwrap();
    ip(&["netns", "add", "c"]);
    store.add_here(&name("d")).unwrap();
    assert_eq!(names(&store), ["a", "b", "c", "d"]);
    assert_tidy(&store);
}

fn both_at_once() {
    let store = sandbox();
    output("ip", &["-V"]);
    let dir = store.dir().to_str().unwrap();
    let mut children = Vec::new();
    for i in 0..20 {
        let n = format!("n{}", i / 2 * 2 + (i / 2) % 2);
        children.push(start_helper(&["add", dir, &n]));
        let mut ip = Command::new("ip");
        let ip = ip.args(["netns", "add", &n]).stderr(Stdio::null());
        children.push(ip.spawn().unwrap());
    }
    let won = children
        .iter_mut()
        .map(|c| c.wait().unwrap())
        .filter(|s| s.success())
        .count();
    assert_eq!(won, names(&store).len(), "one winner a name");
    assert_tidy(&store);
}

fn processes_and_identity_agree() {
    let store = sandbox();
    let ns = store.add(&name("a")).unwrap();
    let sleep = || Command::new("sleep").arg("60").spawn();
    let mut child = run_in(&ns, sleep).unwrap().unwrap();
    let pid = child.id().to_string();
    let theirs = (
        ip(&["netns", "pids", "a"]),
        ip(&["netns", "identify", &pid]),
    );
    let ours = (nsenter::pids_in(&ns).unwrap(), store.identify(&ns).unwrap());
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(theirs.0.trim(), pid);
    assert_eq!(ours.0, [child.id()]);
    assert_eq!(theirs.1, "a\n");
    assert_eq!(ours.1, [name("a")]);
}
