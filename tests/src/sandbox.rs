//! A network of the test's own: fresh namespaces that go when it is dropped.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::process::Command;
use std::sync::Arc;

use nix::unistd::{Uid, getegid, geteuid};

use crate::run::{self, Output};
use crate::{judges, product, sys};

/// Fresh mount, network and PID namespaces, with a /run, /sys and /proc of
/// their own; for an ordinary user inside a fresh user namespace whose root
/// the user is. Dropping it ends every process inside.
pub struct Sandbox {
    handles: Arc<sys::Handles>,
    _life: OwnedFd,
}

impl Sandbox {
    /// Makes the namespaces.
    ///
    /// # Errors
    /// Names the step that the kernel refused.
    pub fn new() -> io::Result<Self> {
        let maps = (!geteuid().is_root()).then(|| sys::Maps {
            uid: format!("0 {} 1", geteuid()),
            gid: format!("0 {} 1", getegid()),
        });
        let holder = sys::hold(maps.as_ref())?;
        let mut kinds = vec!["mnt", "net", "pid"];
        if maps.is_some() {
            kinds.insert(0, "user");
        }
        let open = |kind: &&str| File::open(format!("/proc/{}/ns/{kind}", holder.pid));
        let handles: Result<Vec<File>, io::Error> = kinds.iter().map(open).collect();
        let handles = handles?.into_iter().map(OwnedFd::from).collect();
        Ok(Self {
            handles: Arc::new(sys::Handles(handles)),
            _life: holder.life,
        })
    }

    /// A command inside, with a clean environment and the judges' PATH.
    #[must_use]
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", judges::PATH)
            .env("LC_ALL", "C")
            .env("HOME", "/");
        // Coverage of the binary under test goes where the caller asked.
        if let Some(profile) = std::env::var_os("LLVM_PROFILE_FILE") {
            command.env("LLVM_PROFILE_FILE", profile);
        }
        sys::run_inside(&mut command, Arc::clone(&self.handles));
        command
    }

    /// A command inside that has given up root for user and group `uid`.
    /// Needs to be root outside as well.
    #[must_use]
    pub fn command_as(&self, uid: u32, program: &str) -> Command {
        let mut command = self.command(program);
        sys::as_user(&mut command, uid);
        command
    }

    /// Runs one command, its words separated by blanks.
    ///
    /// # Panics
    /// When it cannot be started or does not end.
    #[track_caller]
    pub fn run(&self, words: &str) -> Output {
        let words: Vec<&str> = words.split_whitespace().collect();
        self.run_words(&words)
    }

    /// Runs one command given as words.
    ///
    /// # Panics
    /// When it cannot be started or does not end.
    #[track_caller]
    pub fn run_words(&self, words: &[&str]) -> Output {
        let (program, args) = words.split_first().expect("a command has a first word");
        let mut command = self.command(program);
        command.args(args);
        run::run(&mut command, b"").unwrap_or_else(|error| panic!("{words:?}: {error}"))
    }

    /// Runs a shell script with the judges' programs; it stops at the first
    /// command that fails.
    ///
    /// # Panics
    /// When the shell cannot be started or does not end.
    #[track_caller]
    pub fn sh(&self, script: &str) -> Output {
        self.shell(script, judges::PATH)
    }

    /// Runs a shell script in which `ip`, `bridge`, `ifconfig`, `route`, `ping`
    /// and `vnet` are the product.
    ///
    /// # Panics
    /// When the shell cannot be started or does not end.
    #[track_caller]
    pub fn product_sh(&self, script: &str) -> Output {
        self.shell(script, &product::path())
    }

    #[track_caller]
    fn shell(&self, script: &str, path: &str) -> Output {
        let mut command = self.command("sh");
        command.args(["-eu", "-s"]).env("PATH", path);
        run::run(&mut command, script.as_bytes())
            .unwrap_or_else(|error| panic!("script {script:?}: {error}"))
    }
}

/// Whether the tests run as root of the machine, not only of a user namespace.
#[must_use]
pub fn is_real_root() -> bool {
    let mapping = std::fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    let words: Vec<&str> = mapping.split_whitespace().collect();
    Uid::effective().is_root() && words == ["0", "0", "4294967295"]
}
