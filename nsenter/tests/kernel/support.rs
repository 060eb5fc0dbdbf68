//! What the cases share: their table's row, sandboxes, helper processes, and what is to be seen of mounts and files.

use std::ffi::OsStr;
use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Output, Stdio};

use nsenter::{Capability, Error, NsHandle, NsKind, NsName, Sandbox, Store};

/// This program, also where its path is out of reach: an ordinary user, a sandbox.
pub(crate) const SELF: &str = "/proc/self/exe";

/// Who can run a case.
pub(crate) enum Needs {
    /// Anybody.
    Nothing,
    /// Root outside of any user namespace.
    Root,
}

/// One case.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) needs: Needs,
    pub(crate) run: fn(),
}

/// A table of cases that anybody can run.
#[macro_export]
macro_rules! cases {
    ($($name:ident),* $(; root: $($root:ident),*)?) => {
        pub(crate) const CASES: &[$crate::support::Case] = &[
            $($crate::support::Case {
                name: concat!(module_path!(), "::", stringify!($name)),
                needs: $crate::support::Needs::Nothing,
                run: $name,
            },)*
            $($($crate::support::Case {
                name: concat!(module_path!(), "::", stringify!($root)),
                needs: $crate::support::Needs::Root,
                run: $root,
            },)*)?
        ];
    };
}

pub(crate) fn is_root() -> bool {
    let admin = Capability::CAP_SYS_ADMIN;
    let admin = caps::has_cap(None, caps::CapSet::Effective, admin).unwrap_or(false);
    // The whole range of ids: not a user namespace.
    let map = fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    admin && map.split_whitespace().eq(["0", "0", "4294967295"])
}

const LEFT_OUT: &str = "left out: ";

/// Ends the case as one that can't run here.
pub(crate) fn leave_out(why: impl Display) -> ! {
    println!("{LEFT_OUT}{why}");
    std::process::exit(0)
}

/// Whether a case's output says that it was left out, and why.
pub(crate) fn left_out(output: &str) -> Option<&str> {
    output.lines().find_map(|l| l.strip_prefix(LEFT_OUT))
}

/// A network and a `/run` of one's own.
pub(crate) fn sandbox() -> Store {
    let sandbox = Sandbox::new()
        .net()
        .mount()
        .user_if_not_root()
        .tmpfs("/run");
    sandbox.enter().expect("a sandbox");
    Store::new()
}

pub(crate) fn name(name: impl AsRef<OsStr>) -> NsName {
    NsName::new(name).expect("a good name")
}

pub(crate) fn net() -> NsHandle {
    NsHandle::current(NsKind::Net).expect("an own network namespace")
}

/// All names, sorted.
pub(crate) fn names(store: &Store) -> Vec<String> {
    let names = store.names().expect("a readable directory");
    let mut names: Vec<_> = names.map(|n| n.expect("a name").to_string()).collect();
    names.sort();
    names
}

/// The mounts at `path` and below: mount point and optional fields, as `/proc/self/mountinfo` has them.
pub(crate) fn mounts(path: &Path) -> Vec<(String, String)> {
    let all = fs::read_to_string("/proc/self/mountinfo").expect("mountinfo");
    let row = |line: &str| {
        let mut words = line.split(' ');
        let point = words.nth(4)?.to_owned();
        let fields: Vec<_> = words.skip(1).take_while(|w| *w != "-").collect();
        Path::new(&point)
            .starts_with(path)
            .then(|| (point, fields.join(" ")))
    };
    all.lines().filter_map(row).collect()
}

/// Exactly one mount on the directory itself, shared, and one over each name.
pub(crate) fn assert_tidy(store: &Store) {
    let mounts = mounts(store.dir());
    let own: Vec<_> = mounts
        .iter()
        .filter(|(at, _)| Path::new(at) == store.dir())
        .collect();
    assert_eq!(own.len(), 1, "stacked or missing: {mounts:?}");
    assert!(own[0].1.starts_with("shared:"), "{own:?}");
    let mut points: Vec<_> = mounts.iter().map(|(at, _)| at.clone()).collect();
    points.retain(|at| Path::new(at) != store.dir());
    points.sort();
    let files: Vec<_> = names(store)
        .iter()
        .map(|n| format!("{}/{n}", store.dir().display()))
        .collect();
    assert_eq!(points, files);
}

/// How many descriptors are open.
pub(crate) fn open_fds() -> usize {
    fs::read_dir("/proc/self/fd")
        .expect("/proc/self/fd")
        .count()
}

/// Runs a program of the host and gives its standard output; it must succeed.
pub(crate) fn run(program: &str, args: &[&str]) -> String {
    let output = output(program, args);
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program} {args:?}: {err}");
    String::from_utf8(output.stdout).expect("text")
}

/// Runs a program of the host; the case is left out where the host has none.
pub(crate) fn output(program: &str, args: &[&str]) -> Output {
    match Command::new(program).args(args).output() {
        Ok(output) => output,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            leave_out(format!("no {program} here"))
        }
        Err(e) => panic!("{program}: {e}"),
    }
}

/// Starts this program again as a helper: see [`helper`].
pub(crate) fn start_helper(words: &[&str]) -> Child {
    let mut command = Command::new(SELF);
    command
        .arg("--do")
        .args(words)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().expect("a helper")
}

/// What a helper process does: prints nothing and succeeds, or prints the errno's name.
pub(crate) fn helper(words: &[&str]) -> ExitCode {
    let done = match *words {
        ["add", dir, n] => Store::at(dir).add(&name(n)).map(drop),
        ["add_here", dir, n] => Store::at(dir).add_here(&name(n)),
        ["attach", dir, n] => Store::at(dir).attach(&name(n), &net()),
        ["add_many", dir, ref names @ ..] => {
            let names: Vec<_> = names.iter().map(name).collect();
            Store::at(dir).add_many(&names, 2).map(drop)
        }
        ["churn", dir, n] => churn(&Store::at(dir), &name(n)),
        _ => panic!("no such helper: {words:?}"),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            println!("{:?} {e}", e.errno());
            ExitCode::FAILURE
        }
    }
}

/// Adds and removes one name that others fight for, too; only what that fight explains may fail.
fn churn(store: &Store, name: &NsName) -> Result<(), Error> {
    use nsenter::Errno::{EEXIST, ENOENT};
    for _ in 0..20 {
        match store.add(name) {
            Ok(_) => {}
            // Another has it, or took the file away before the mount was on it.
            Err(e) if matches!(e.errno(), Some(EEXIST | ENOENT)) => {}
            Err(e) => return Err(e),
        }
        store.remove_if_exists(name)?;
    }
    Ok(())
}
