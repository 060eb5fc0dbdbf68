//! What a command sees after `prepare_exec`, compared with what `ip netns exec` shows it.

use std::fs;
use std::path::Path;
use std::process::Command;

use nsenter::{EnterStage, Errno, Error, ExecOptions, NsKind, Sandbox, Store, prepare_exec};

use crate::support::{name, net, output, run, sandbox};

crate::cases!(
    as_ip_netns_exec,
    the_network_alone,
    a_namespace_without_a_name,
    without_rights_it_says_so
);

/// A `/etc` of one's own with files for the namespace `a`.
fn etc() -> Store {
    let sandbox = Sandbox::new().net().mount().user_if_not_root();
    sandbox.tmpfs("/run").tmpfs("/etc").enter().unwrap();
    fs::create_dir_all("/etc/netns/a/dir").unwrap();
    fs::create_dir("/etc/dir").unwrap();
    for (path, text) in [
        ("/etc/hosts", "host's\n"),
        ("/etc/netns/a/hosts", "a's\n"),
        ("/etc/netns/a/missing", "nothing to be mounted over\n"),
        ("/etc/netns/a/dir/file", "below\n"),
        ("/etc/other", "left alone\n"),
    ] {
        fs::write(path, text).unwrap();
    }
    Store::new()
}

/// What a command can tell of where it is.
const LOOK: &str = "readlink /proc/self/ns/net; ls /sys/class/net; cat /etc/hosts /etc/other; \
    ls /etc /etc/dir; cat /proc/self/mountinfo";

/// The same without what is another for every mount namespace: mount and parent ids, peer groups.
fn comparable(look: &str) -> Vec<String> {
    let line = |line: &str| match line.split_once(" - ") {
        None => Some(line.to_owned()),
        Some((mount, fs)) => {
            let words: Vec<_> = mount.split(' ').collect();
            let known = words[4].starts_with("/sys") || words[4].starts_with("/etc");
            known.then(|| format!("{} {fs}", words[3..6].join(" ")))
        }
    };
    look.lines().filter_map(line).collect()
}

fn as_ip_netns_exec() {
    let store = etc();
    let a = store.add(&name("a")).unwrap();
    let theirs = output("ip", &["netns", "exec", "a", "sh", "-c", LOOK]);
    let complaint = String::from_utf8(theirs.stderr).unwrap();
    assert_eq!(
        complaint,
        "Bind /etc/netns/a/missing -> /etc/missing failed: No such file or directory\n"
    );
    let before = fs::read_to_string("/proc/self/mountinfo").unwrap();

    let failures = prepare_exec(&a, Some(&name("a")), &ExecOptions::default()).unwrap();
    let [failure] = &failures[..] else {
        panic!("{failures:?}")
    };
    assert_eq!(failure.errno, Errno::ENOENT);
    assert_eq!(
        failure.to_string(),
        "cannot bind /etc/netns/a/missing over /etc/missing: No such file or directory (ENOENT)"
    );
    let ours = comparable(&run("sh", &["-c", LOOK]));
    assert_eq!(ours, comparable(&String::from_utf8(theirs.stdout).unwrap()));
    assert_eq!(ours[..4], [&a.to_string(), "lo", "a's", "left alone"]);
    let has = |what: &str| ours.iter().any(|l| l.contains(what));
    assert!(
        has("file") && has(" /etc/dir "),
        "a directory is mounted over, too: {ours:?}"
    );
    assert!(
        has("sysfs a "),
        "the new /sys is called as the namespace: {ours:?}"
    );
    // Outside, nothing of it is to be seen.
    let parent = format!("/proc/{}/mountinfo", std::os::unix::process::parent_id());
    assert!(!fs::read_to_string(parent).unwrap().contains("/etc/hosts"));
    assert!(!before.contains("/etc/hosts"));
}

fn the_network_alone() {
    let store = etc();
    let a = store.add(&name("a")).unwrap();
    let before = fs::read_to_string("/proc/self/mountinfo").unwrap();
    let mnt = nsenter::NsHandle::current(NsKind::Mnt).unwrap();
    let options = ExecOptions {
        net_only: true,
        ..ExecOptions::default()
    };
    assert_eq!(prepare_exec(&a, Some(&name("a")), &options), Ok(vec![]));
    assert_eq!(net(), a);
    assert!(mnt.is_current().unwrap());
    assert_eq!(fs::read_to_string("/proc/self/mountinfo").unwrap(), before);
    assert_eq!(fs::read_to_string("/etc/hosts").unwrap(), "host's\n");
}

fn a_namespace_without_a_name() {
    let store = etc();
    let a = store.add(&name("a")).unwrap();
    assert_eq!(prepare_exec(&a, None, &ExecOptions::default()), Ok(vec![]));
    assert_eq!(run("ls", &["/sys/class/net"]), "lo\n");
    assert_eq!(fs::read_to_string("/etc/hosts").unwrap(), "host's\n");
    // A file in the place of the directory of files is no files, as for ip.
    fs::write("/etc/netns/b", "").unwrap();
    assert_eq!(
        prepare_exec(&a, Some(&name("b")), &ExecOptions::default()),
        Ok(vec![])
    );
}

fn without_rights_it_says_so() {
    let store = sandbox();
    let a = store.add(&name("a")).unwrap();
    let none: [nsenter::Capability; 0] = [];
    Sandbox::new().keep_only(none).enter().unwrap();
    let err = prepare_exec(&a, Some(&name("a")), &ExecOptions::default()).unwrap_err();
    assert!(
        matches!(
            err,
            Error::Enter {
                stage: EnterStage::SetNs,
                errno: Errno::EPERM,
                ..
            }
        ),
        "{err}"
    );
    let ip = Command::new("ip")
        .args(["netns", "exec", "a", "true"])
        .output();
    if let Ok(ip) = ip {
        let said = String::from_utf8_lossy(&ip.stderr).into_owned();
        assert!(said.contains("Operation not permitted"), "{said}");
    }
    assert!(Path::new("/run/netns/a").exists());
}
