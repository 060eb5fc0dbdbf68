//! Children: where they are, how they end, and what is left of one that never came to be.

use std::fs;
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::thread;
use std::time::{Duration, Instant};

use nix::fcntl::OFlag;
use nix::unistd::pipe2;
use nsenter::{
    Child, Errno, Error, Exit, IdRange, NsHandle, NsKind, NsKinds, Setgroups, Spawn, SpawnStage,
    UserMap, UserMapStage,
};

use crate::support::{name, net, open_fds, run, sandbox};

crate::cases!(
    by_any_user_with_a_user_namespace,
    each_kind_is_new,
    existing_namespaces_are_entered,
    a_user_namespace_of_somebody_is_entered,
    a_pid_namespace_is_entered,
    how_they_end,
    killed_and_waited_for,
    failures_are_typed_and_leave_nothing,
    maps_that_are_refused,
    standard_descriptors,
    the_environment,
    a_function_is_called,
    nothing_it_mounts_shows_outside,
    from_many_threads_at_once
);

/// Runs a shell script in the child and gives its output.
fn sh(spawn: Spawn<'_>, script: &str) -> String {
    let (read, write) = pipe2(OFlag::O_CLOEXEC).unwrap();
    let mut child = spawn
        .stdout(write.as_fd())
        .exec("sh", ["-c", script])
        .unwrap();
    drop(write);
    let mut text = String::new();
    fs::File::from(read).read_to_string(&mut text).unwrap();
    assert_eq!(child.wait().unwrap(), Exit::Code(0), "{text}");
    text
}

fn failed(spawn: Spawn<'_>) -> Error {
    spawn.exec("true", [""; 0]).expect_err("no child")
}

fn no_child_is_left() {
    let any = nix::sys::wait::waitpid(None, Some(nix::sys::wait::WaitPidFlag::WNOHANG));
    assert_eq!(any, Err(Errno::ECHILD));
}

fn by_any_user_with_a_user_namespace() {
    // No sandbox: this is what an ordinary user does first.
    let script = "id -u; id -g; cat /proc/self/setgroups; sed 1,2d /proc/net/dev | cut -d: -f1";
    let told = sh(Spawn::new().new_ns(NsKind::User | NsKind::Net), script);
    assert_eq!(
        told.split_whitespace().collect::<Vec<_>>(),
        ["0", "0", "deny", "lo"]
    );
    let told = sh(
        Spawn::new().user_map(UserMap::current_to_self()),
        "id -u; id -g",
    );
    let ids = [
        nix::unistd::getuid().to_string(),
        nix::unistd::getgid().to_string(),
    ];
    assert_eq!(told.lines().collect::<Vec<_>>(), ids);
    no_child_is_left();
}

fn each_kind_is_new() {
    sandbox();
    for kind in NsKind::ALL {
        let own = NsHandle::current(kind).unwrap();
        let script = format!("readlink /proc/self/ns/{kind}");
        // /proc shows a new pid namespace nothing of itself: it is told by its first process.
        if kind == NsKind::Pid {
            assert_eq!(sh(Spawn::new().new_ns(kind), "echo $$"), "1\n");
            continue;
        }
        let told = sh(Spawn::new().new_ns(kind), &script);
        assert!(told.starts_with(&format!("{kind}:[")), "{told}");
        assert_ne!(told.trim(), own.to_string(), "a new one");
        assert_eq!(
            sh(Spawn::new(), &script).trim(),
            own.to_string(),
            "the parent's"
        );
        assert!(own.is_current().unwrap());
    }
    let all = NsKinds::ALL;
    assert_eq!(sh(Spawn::new().new_ns(all), "echo $$; id -u"), "1\n0\n");
}

fn existing_namespaces_are_entered() {
    let store = sandbox();
    let a = store.add(&name("a")).unwrap();
    let before = net();
    let link = "readlink /proc/self/ns/net";
    assert_eq!(sh(Spawn::new().in_ns(&a), link).trim(), a.to_string());
    let uts = Spawn::new().in_ns(&a).new_ns(NsKind::Uts | NsKind::Mnt);
    let told = sh(uts, "readlink /proc/self/ns/net; hostname inside; hostname");
    assert_eq!(told, format!("{a}\ninside\n"));
    // With a new user namespace, too: entered while the rights are there.
    let told = sh(Spawn::new().in_ns(&a).new_ns(NsKind::User), link);
    assert_eq!(told.trim(), a.to_string());
    assert_eq!(net(), before);
    assert_eq!(
        net(),
        NsHandle::from_pid(std::process::id(), NsKind::Net).unwrap()
    );
}

/// A child that holds its namespaces.
fn sleeper(kinds: impl Into<NsKinds>) -> Child {
    Spawn::new()
        .new_ns(kinds)
        .kill_on_drop(true)
        .exec("sleep", ["60"])
        .unwrap()
}

fn a_user_namespace_of_somebody_is_entered() {
    // As an ordinary user this is the one way into somebody's network: user namespace first.
    let held = sleeper(NsKind::User | NsKind::Net);
    let of = |kind| NsHandle::from_pid(held.pid(), kind).unwrap();
    let (user, network) = (of(NsKind::User), of(NsKind::Net));
    assert_eq!(network.owner().unwrap(), user);
    let into = || Spawn::new().in_ns(&user).in_ns(&network);
    let told = sh(
        into().new_ns(NsKind::Uts),
        "readlink /proc/self/ns/net; hostname x; hostname",
    );
    assert_eq!(told, format!("{network}\nx\n"));
    for kind in [NsKind::Pid, NsKind::User, NsKind::Time] {
        let (stage, errno) = (SpawnStage::Plan, Errno::EINVAL);
        assert_eq!(failed(into().new_ns(kind)), Error::Spawn { stage, errno });
    }
}

fn a_pid_namespace_is_entered() {
    sandbox();
    let held = sleeper(NsKind::Pid);
    let pids = NsHandle::from_pid(held.pid(), NsKind::Pid).unwrap();
    let inside = sh(Spawn::new().in_ns(&pids), "echo $$");
    let inside: u32 = inside.trim().parse().unwrap();
    assert!(
        (2..10).contains(&inside),
        "the second process in there: {inside}"
    );
}

fn how_they_end() {
    let end = |script: &str| {
        Spawn::new()
            .exec("sh", ["-c", script])
            .unwrap()
            .wait()
            .unwrap()
    };
    assert_eq!(end("exit 0"), Exit::Code(0));
    assert_eq!(end("exit 7"), Exit::Code(7));
    assert_eq!(end("kill -TERM $$"), Exit::Signal(15));
    assert_eq!(end("kill -40 $$"), Exit::Signal(40), "a real-time signal");
    assert_eq!(Exit::Signal(9).shell_code(), 137);
    assert!(Exit::Code(0).success() && !Exit::Signal(1).success());
    // Rust ignores SIGPIPE; the program must not.
    assert_eq!(end("kill -PIPE $$"), Exit::Signal(13));
    no_child_is_left();
}

fn killed_and_waited_for() {
    let mut child = Spawn::new().exec("sleep", ["60"]).unwrap();
    assert_eq!(child.try_wait().unwrap(), None);
    let begin = Instant::now();
    assert_eq!(child.wait_timeout(Duration::from_millis(50)).unwrap(), None);
    assert!(begin.elapsed() >= Duration::from_millis(50));
    child.kill().unwrap();
    assert_eq!(
        child.wait_timeout(Duration::from_secs(20)).unwrap(),
        Some(Exit::Signal(9))
    );
    assert_eq!(
        child.wait().unwrap(),
        Exit::Signal(9),
        "the same answer again"
    );
    child.kill().unwrap();

    let child = Spawn::new()
        .kill_on_drop(true)
        .exec("sleep", ["60"])
        .unwrap();
    drop(child);
    no_child_is_left();
}

fn failures_are_typed_and_leave_nothing() {
    let fds = open_fds();
    let spawn_error = |stage, errno| Error::Spawn { stage, errno };
    let with_user = || Spawn::new().new_ns(NsKind::User | NsKind::Mnt);
    for spawn in [Spawn::new, with_user] {
        let err = spawn().exec("/nonexistent", [""; 0]).unwrap_err();
        assert_eq!(err, spawn_error(SpawnStage::Exec, Errno::ENOENT));
        assert_eq!(
            err.to_string(),
            "cannot execute the program of a child: No such file or directory (ENOENT)"
        );
        let err = spawn().exec("/proc/self/status", [""; 0]).unwrap_err();
        assert_eq!(err, spawn_error(SpawnStage::Exec, Errno::EACCES));
        let err = failed(spawn().current_dir("/proc/self/status"));
        assert_eq!(err, spawn_error(SpawnStage::ChangeDir, Errno::ENOTDIR));
        no_child_is_left();
    }
    // In its own user namespace it has no rights over the outer network.
    let held = sleeper(NsKind::User);
    let user = NsHandle::from_pid(held.pid(), NsKind::User).unwrap();
    let err = failed(Spawn::new().in_ns(&user).in_ns(&net()));
    assert_eq!(
        err,
        spawn_error(SpawnStage::Join(NsKind::Net), Errno::EPERM)
    );
    drop((held, user));
    assert_eq!(open_fds(), fds);
    no_child_is_left();
}

fn maps_that_are_refused() {
    let (fds, outside) = (open_fds(), u32::MAX - 7);
    let map = UserMap {
        uids: vec![IdRange {
            inside: 0,
            outside,
            count: 9,
        }],
        gids: vec![],
        setgroups: Setgroups::Deny,
    };
    for _ in 0..3 {
        let err = failed(Spawn::new().user_map(map.clone()));
        let stage = SpawnStage::UserMap(UserMapStage::UidMap);
        assert!(
            matches!(err, Error::Spawn { stage: s, .. } if s == stage),
            "{err}"
        );
        no_child_is_left();
    }
    assert_eq!(open_fds(), fds);
}

fn standard_descriptors() {
    let pipe = || pipe2(OFlag::O_CLOEXEC).unwrap();
    let ((in_read, in_write), (out_read, out_write)) = (pipe(), pipe());
    let mut child = Spawn::new()
        .stdin(in_read.as_fd())
        .stdout(out_write.as_fd())
        .stderr(out_write.as_fd())
        .exec(
            "sh",
            ["-c", "cat; echo error >&2; ls /proc/self/fd | wc -l"],
        )
        .unwrap();
    drop((in_read, out_write));
    fs::File::from(in_write).write_all(b"input\n").unwrap();
    let mut text = String::new();
    fs::File::from(out_read).read_to_string(&mut text).unwrap();
    assert!(child.wait().unwrap().success());
    // Nothing was handed on that std would not have handed on.
    let count = run("sh", &["-c", "ls /proc/self/fd | wc -l"]);
    assert_eq!(text, format!("input\nerror\n{count}"));

    // Crossed over: the child's output is our error, and the other way round.
    let (stdout, stderr) = (std::io::stdout(), std::io::stderr());
    let crossed = Spawn::new().stdout(stderr.as_fd()).stderr(stdout.as_fd());
    let script = "test \"$(readlink /proc/self/fd/1 2>&9)\" 9>&1; readlink /proc/$$/fd/1 >&2";
    assert!(
        crossed
            .exec("sh", ["-c", script])
            .unwrap()
            .wait()
            .unwrap()
            .success()
    );
}

fn the_environment() {
    let told = sh(
        Spawn::new()
            .env_clear()
            .env("A", "1")
            .env("PATH", "/usr/bin:/bin"),
        "env",
    );
    let mut told: Vec<_> = told
        .lines()
        .filter(|l| l.starts_with(['A', 'H', 'P']))
        .collect();
    told.sort_unstable();
    assert_eq!(told[..2], ["A=1", "PATH=/usr/bin:/bin"]);
    let told = sh(
        Spawn::new().env_remove("PATH").env("B", "2"),
        "echo ${PATH-unset}$B",
    );
    assert!(told.ends_with("2\n"), "{told}");
    assert_eq!(sh(Spawn::new().current_dir("/proc"), "pwd"), "/proc\n");
}

fn a_function_is_called() {
    let store = sandbox();
    let a = store.add(&name("a")).unwrap();
    let before = net();
    for (spawn, expected) in [
        (Spawn::new().in_ns(&a), a.to_string()),
        (Spawn::new(), before.to_string()),
    ] {
        let mut child = spawn
            .call(|| u8::from(net().to_string() != expected))
            .unwrap();
        assert_eq!(child.wait().unwrap(), Exit::Code(0));
    }
    let new = Spawn::new().new_ns(NsKind::Net | NsKind::User);
    let mut child = new.call(|| if net() == before { 1 } else { 42 }).unwrap();
    assert_eq!(child.wait().unwrap(), Exit::Code(42));
    let mut child = Spawn::new().call(|| panic!("in the child")).unwrap();
    assert_eq!(child.wait().unwrap(), Exit::Code(101));
    // It allocates, starts threads and prints like any process.
    let busy = || {
        thread::spawn(|| vec![7_u8; 100_000][99_999])
            .join()
            .unwrap()
    };
    assert_eq!(
        Spawn::new().call(busy).unwrap().wait().unwrap(),
        Exit::Code(7)
    );
    no_child_is_left();
}

fn nothing_it_mounts_shows_outside() {
    sandbox();
    // Shared, as systemd has it: what is mounted in a plain copy of it would come back.
    let none: Option<&str> = None;
    let shared = nix::mount::MsFlags::MS_SHARED;
    nix::mount::mount(none, "/run", none, shared, none).unwrap();
    fs::create_dir("/run/d").unwrap();
    let script = "mount -t tmpfs t /run/d && echo > /run/d/x && ls /run/d";
    assert_eq!(sh(Spawn::new().new_ns(NsKind::Mnt), script), "x\n");
    assert!(!fs::exists("/run/d/x").unwrap());
}

fn from_many_threads_at_once() {
    let fds = open_fds();
    thread::scope(|scope| {
        for i in 0..16 {
            scope.spawn(move || {
                // Allocations by the other threads all the while: a child that allocated could hang.
                let noise: Vec<String> = (0..100).map(|n| n.to_string()).collect();
                for _ in 0..5 {
                    let spawn = Spawn::new().new_ns(NsKind::User | NsKind::Net);
                    let script = format!("exit {i}");
                    let mut child = spawn.exec("sh", ["-c", &script]).unwrap();
                    assert_eq!(child.wait().unwrap(), Exit::Code(i));
                }
                drop(noise);
            });
        }
    });
    assert_eq!(open_fds(), fds);
    no_child_is_left();
}
