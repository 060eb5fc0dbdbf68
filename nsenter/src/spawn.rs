//! A child process in new or existing namespaces, by clone3(2).

use std::collections::BTreeMap;
use std::env;
use std::ffi::{CString, OsStr, OsString};
use std::io::Write as _;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::unistd::{pipe2, read, write};

use crate::child::{Main, Plan, WIRE_LEN, from_wire};
use crate::enter::{join, on_thread, require_single_thread};
use crate::error::{Error, Result, SpawnStage};
use crate::{Child, NsHandle, NsKind, NsKinds, UserMap, sys};

/// Where to look without a `PATH`, as execvp(3) of musl does.
const DEFAULT_PATH: &str = "/usr/local/bin:/bin:/usr/bin";

/// A description of a child process; [`exec`](Self::exec) or [`call`](Self::call) makes it.
///
/// Existing namespaces are entered first, in the order given, then the new ones are created. With a new mount
/// namespace all mounts are made private, so that nothing the child mounts shows outside.
///
/// A user namespace that is to be entered gives the rights for what follows it. Then pid and time namespaces, which
/// take effect for children only, and a new user namespace can't be had in the same step (`EINVAL` at
/// [`SpawnStage::Plan`]).
///
/// ```
/// use nsenter::{Exit, NsKind, Spawn};
///
/// // What `unshare -rn` does, by any user. The kernel's test is /proc/net/dev of a fresh namespace: `lo` alone.
/// let mut child = Spawn::new()
///     .new_ns(NsKind::User | NsKind::Net)
///     .exec("sh", ["-c", "test $(id -u) = 0 && test $(wc -l < /proc/net/dev) = 3"])?;
/// assert_eq!(child.wait()?, Exit::Code(0));
/// # Ok::<(), nsenter::Error>(())
/// ```
#[derive(Debug, Default)]
#[must_use = "nothing happens before exec or call"]
pub struct Spawn<'a> {
    new: NsKinds,
    join: Vec<&'a NsHandle>,
    map: Option<UserMap>,
    env_clear: bool,
    env: BTreeMap<OsString, Option<OsString>>,
    dir: Option<PathBuf>,
    stdio: [Option<BorrowedFd<'a>>; 3],
    kill_on_drop: bool,
}

impl<'a> Spawn<'a> {
    /// A child like its parent.
    pub fn new() -> Self {
        Self::default()
    }

    /// New namespaces of these kinds. A pid namespace makes the child its process 1.
    pub fn new_ns(mut self, kinds: impl Into<NsKinds>) -> Self {
        self.new |= kinds.into();
        self
    }

    /// An existing namespace.
    pub fn in_ns(mut self, ns: &'a NsHandle) -> Self {
        self.join.push(ns);
        self
    }

    /// The maps of the new user namespace, which the parent writes before the child goes on; makes it one, too.
    /// By default root inside is who the parent is: [`UserMap::current_to_root`].
    pub fn user_map(mut self, map: UserMap) -> Self {
        self.map = Some(map);
        self.new_ns(NsKind::User)
    }

    /// Sets a variable of the environment that [`exec`](Self::exec) hands on.
    pub fn env(mut self, key: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.env.insert(key.into(), Some(value.into()));
        self
    }

    /// Takes a variable away.
    pub fn env_remove(mut self, key: impl Into<OsString>) -> Self {
        self.env.insert(key.into(), None);
        self
    }

    /// Starts with no variable but those set here.
    pub fn env_clear(mut self) -> Self {
        self.env_clear = true;
        self.env.clear();
        self
    }

    /// The working directory, looked up inside the child's namespaces.
    pub fn current_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.dir = Some(dir.into());
        self
    }

    /// Standard input; inherited otherwise.
    pub fn stdin(mut self, fd: BorrowedFd<'a>) -> Self {
        self.stdio[0] = Some(fd);
        self
    }

    /// Standard output; inherited otherwise.
    pub fn stdout(mut self, fd: BorrowedFd<'a>) -> Self {
        self.stdio[1] = Some(fd);
        self
    }

    /// Standard error; inherited otherwise.
    pub fn stderr(mut self, fd: BorrowedFd<'a>) -> Self {
        self.stdio[2] = Some(fd);
        self
    }

    /// Whether the child is killed and waited for when its [`Child`] is dropped before it ended.
    pub fn kill_on_drop(mut self, kill: bool) -> Self {
        self.kill_on_drop = kill;
        self
    }

    /// Makes the child execute `program`, looked up in the child's `PATH` unless it has a `/`, with these arguments
    /// after its name.
    ///
    /// Returns once the program runs. When it does not come that far the child's own step and errno are the error,
    /// and the child is waited for.
    pub fn exec<S: AsRef<OsStr>>(
        self,
        program: impl AsRef<OsStr>,
        args: impl IntoIterator<Item = S>,
    ) -> Result<Child> {
        let program = program.as_ref();
        let env = self.environment();
        let path = env.get(OsStr::new("PATH")).map(OsString::as_os_str);
        let paths = candidates(program, path.unwrap_or(OsStr::new(DEFAULT_PATH)));
        let words = |words: Vec<OsString>| -> Result<Vec<CString>> {
            words.into_iter().map(c_string).collect()
        };
        let paths = words(paths)?;
        let rest = args.into_iter().map(|a| a.as_ref().to_os_string());
        let argv = words([program.to_os_string()].into_iter().chain(rest).collect())?;
        let pair = |(mut key, value): (OsString, OsString)| {
            key.push("=");
            key.push(value);
            key
        };
        let envp = words(env.into_iter().map(pair).collect())?;
        self.start(Main::Exec(sys::ExecImage::new(paths, argv, envp)))
    }

    /// Makes the child call `f` and exit with what it returns (101 when it panics). The child is a copy of this
    /// process, with all its descriptors, and nothing of the parent's is dropped or flushed in it.
    ///
    /// Only for a process of one thread ([`Error::Multithreaded`]): in the copy the others' locks would stay locked.
    pub fn call(self, f: impl FnOnce() -> u8 + Send) -> Result<Child> {
        require_single_thread("call a function in a child process")?;
        // What the parent has not written yet must not be written twice.
        let _ = std::io::stdout().flush();
        let mut f = Some(f);
        self.start(Main::Call(&mut || f.take().map_or(0, |f| f())))
    }

    fn environment(&self) -> BTreeMap<OsString, OsString> {
        let mut all = BTreeMap::new();
        if !self.env_clear {
            all.extend(env::vars_os());
        }
        for (key, value) in &self.env {
            match value {
                Some(value) => all.insert(key.clone(), value.clone()),
                None => all.remove(key),
            };
        }
        all
    }

    fn start<'m>(self, main: Main<'m>) -> Result<Child>
    where
        'a: 'm,
    {
        let kinds = |kinds: &[NsKind]| self.join.iter().any(|ns| kinds.contains(&ns.kind()));
        // A user namespace's rights are needed by what follows, and only a process of one thread may enter one: then
        // all is done in the child. A time namespace, too, wants one thread.
        let in_child = kinds(&[NsKind::User, NsKind::Time]);
        let late_new = if kinds(&[NsKind::User]) {
            self.new
        } else {
            NsKinds::EMPTY
        };
        let for_children = |set: NsKinds| {
            set.contains(NsKind::Pid) || set.contains(NsKind::Time) || set.contains(NsKind::User)
        };
        if in_child && (kinds(&[NsKind::Pid]) || for_children(late_new)) {
            return Err(failed(SpawnStage::Plan)(Errno::EINVAL));
        }
        let clone_new = if late_new.is_empty() {
            self.new
        } else {
            NsKinds::EMPTY
        };

        let (report, report_child) = pipe()?;
        let with_map = clone_new.contains(NsKind::User);
        let gate = if with_map { Some(pipe()?) } else { None };
        let (before, inside) = if in_child {
            (vec![], self.join)
        } else {
            (self.join, vec![])
        };
        let mut plan = Plan {
            gate,
            report: Some(report_child),
            join: inside,
            unshare: late_new,
            private_mounts: self.new.contains(NsKind::Mnt),
            dir: self.dir.map(|d| c_string(d.into_os_string())).transpose()?,
            stdio: self.stdio,
            main,
        };
        // Before the namespaces are entered: in another user namespace the ids may look different.
        let map = self.map.unwrap_or_else(UserMap::current_to_root);
        let clone = |plan: &mut Plan<'_>| {
            sys::clone3(clone_new.clone_flags(), plan).map_err(failed(SpawnStage::Clone))
        };
        let (pid, pidfd) = if before.is_empty() {
            clone(&mut plan)?
        } else {
            on_thread(|| {
                before.iter().try_for_each(|ns| join(ns))?;
                clone(&mut plan)
            })??
        };
        let mut child = Child::new(pid, pidfd, self.kill_on_drop);
        plan.report = None;
        let opened = open_gate(&plan, &map, pid);
        drop(plan);
        let started = opened.and_then(|()| read_report(&report));
        if let Err(e) = started {
            // It ends by itself: its gate is at end of file, or it has reported.
            child.wait()?;
            return Err(e);
        }
        Ok(child)
    }
}

fn failed(stage: SpawnStage) -> impl FnOnce(Errno) -> Error {
    move |errno| Error::Spawn { stage, errno }
}

/// The reading and the writing end.
fn pipe() -> Result<(OwnedFd, OwnedFd)> {
    pipe2(OFlag::O_CLOEXEC).map_err(failed(SpawnStage::Pipe))
}

fn c_string(word: OsString) -> Result<CString> {
    CString::new(word.into_vec()).map_err(|_| failed(SpawnStage::Words)(Errno::EINVAL))
}

/// The paths that execvp(3) would try.
fn candidates(program: &OsStr, path: &OsStr) -> Vec<OsString> {
    if program.as_bytes().contains(&b'/') {
        return vec![program.to_os_string()];
    }
    if program.is_empty() {
        return Vec::new();
    }
    let in_dir = |dir: &[u8]| {
        Path::new(OsStr::from_bytes(dir))
            .join(program)
            .into_os_string()
    };
    path.as_bytes().split(|b| *b == b':').map(in_dir).collect()
}

/// Writes the maps and lets the child go on. The reading end is still open here, too, so that a child that was killed
/// meanwhile is no SIGPIPE for this process.
fn open_gate(plan: &Plan<'_>, map: &UserMap, pid: u32) -> Result<()> {
    let Some((_, gate)) = &plan.gate else {
        return Ok(());
    };
    map.write_for(pid).map_err(|e| match e {
        Error::UserMap { stage, errno } => failed(SpawnStage::UserMap(stage))(errno),
        other => other,
    })?;
    write(gate, &[1]).map_err(failed(SpawnStage::Report))?;
    Ok(())
}

/// Nothing to read is a child that is on its way.
fn read_report(report: &OwnedFd) -> Result<()> {
    let mut wire = [0; WIRE_LEN];
    let len = loop {
        match read(report, &mut wire) {
            Err(Errno::EINTR) => {}
            answer => break answer.map_err(failed(SpawnStage::Report))?,
        }
    };
    // A write of so few bytes to a pipe comes whole (pipe(7)).
    if len < WIRE_LEN {
        return Ok(());
    }
    let (stage, errno) = from_wire(wire);
    Err(failed(stage)(errno))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(program: &str, path: &str) -> Vec<OsString> {
        candidates(OsStr::new(program), OsStr::new(path))
    }

    #[test]
    fn a_program_is_looked_up_as_execvp_does() {
        assert_eq!(found("./x", "/bin"), ["./x"]);
        assert_eq!(found("x", "/bin::/usr/bin"), ["/bin/x", "x", "/usr/bin/x"]);
        assert!(found("", "/bin").is_empty());
    }

    #[test]
    fn the_childs_own_failures_come_back_typed() {
        // A PATH with a directory out of reach makes it EACCES, as in execvp(3).
        let spawn = Spawn::new().env("PATH", "/bin:/nonexistent");
        let err = spawn.exec("no-such-program", [""; 0]).unwrap_err();
        let stage = SpawnStage::Exec;
        let errno = Errno::ENOENT;
        assert_eq!(err, Error::Spawn { stage, errno });
        let err = Spawn::new()
            .current_dir("/nonexistent")
            .exec("true", [""; 0]);
        let stage = SpawnStage::ChangeDir;
        assert_eq!(err.unwrap_err(), Error::Spawn { stage, errno });
        let err = Spawn::new().exec("true", ["a\0b"]).unwrap_err();
        let (stage, errno) = (SpawnStage::Words, Errno::EINVAL);
        assert_eq!(err, Error::Spawn { stage, errno });
    }

    #[test]
    fn a_function_needs_a_process_of_one_thread() {
        let err = Spawn::new().call(|| 0).unwrap_err();
        assert!(matches!(err, Error::Multithreaded { .. }), "{err}");
    }
}
