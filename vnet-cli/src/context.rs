//! What every command is handed: the options, the printer, the names.

use crate::applet::Program;
use crate::args::Args;
use crate::error::{CmdError, Result};
use crate::grammar::tree::{Object, Verb};
use crate::grammar::{Kind, help};
use crate::kernel::Kernel;
use crate::mode::{Hands, Mode};
use crate::names::Names;
use crate::options::Options;
use crate::out::Out;
use nsenter::Store;

/// The state of one command. The words are in `Args`.
pub struct Context {
    /// The program that runs, which decides on the wording of errors: `vnet`,
    /// also for `vnet bridge`.
    pub program: Program,
    /// What the options said.
    pub options: Options,
    /// The printer.
    pub out: Out,
    /// The tables of /etc/iproute2, read when they are first needed.
    pub names: Names,
    /// The netlink connection, opened when it is first needed, and the names of links.
    pub kernel: Kernel,
    /// Whether the command is a line of a batch: others follow it in this process.
    pub in_batch: bool,
    /// The command's place in the tables, for its usage.
    pub(crate) at: At,
}

/// Which tables led to the command.
#[derive(Clone, Copy)]
pub(crate) struct At {
    /// The program whose tables are read: `bridge` in `vnet bridge`.
    pub(crate) program: Program,
    pub(crate) object: Option<&'static Object>,
    pub(crate) verb: Option<&'static Verb>,
}

impl Context {
    /// Before any command.
    pub fn new(program: Program, options: Options, out: Out) -> Self {
        Self::in_mode(Mode::new(false), program, options, out)
    }

    /// Before any command, in a mode.
    pub fn in_mode(mode: Mode, program: Program, options: Options, out: Out) -> Self {
        let names = Names::system(options.numeric);
        Self {
            program,
            options,
            out,
            names,
            kernel: Kernel::new(mode),
            in_batch: false,
            at: At {
                program,
                object: None,
                verb: None,
            },
        }
    }

    /// The usage of the command that runs, as an error: what `help` among its
    /// words leads to. It goes to stderr and the exit code is 255, as ip's.
    pub fn usage(&self) -> CmdError {
        CmdError::usage(help::usage(self.program, self.at))
    }

    /// The usage of a kind of link, `link add type vlan help`: exit code 1, as ip's.
    pub fn kind_usage(&self, kind: &Kind) -> CmdError {
        CmdError::usage(help::of_kind(kind)).code(crate::error::FAILED)
    }

    /// How a command line of these tables starts: `ip`, `vnet`, `vnet bridge`.
    pub fn command(&self) -> String {
        help::command(self.program, self.at.program)
    }

    /// The named network namespaces.
    pub fn store(&self) -> Store<Hands> {
        Store::new().through(self.kernel.mode().hands())
    }

    /// Whether changes are only told.
    pub fn is_dry(&self) -> bool {
        self.kernel.mode().is_dry()
    }

    /// Refuses a command that can't be rehearsed; its last word is the one before the words that are left.
    ///
    /// # Errors
    /// In a dry run.
    pub(crate) fn no_dry_run(&self, args: &Args<'_>, what: &str, why: &str) -> Result {
        let at = args.place().saturating_sub(1);
        self.kernel.mode().refuse(what, why, at)
    }

    /// Writes down what a dry run has told since the last time.
    pub(crate) fn report_dry_run(&mut self, failed: bool) {
        #[cfg(feature = "audit")]
        {
            let mode = self.kernel.mode().clone();
            mode.report(&mut self.out, &self.options, failed);
        }
        #[cfg(not(feature = "audit"))]
        let _ = failed;
    }

    /// A line on stderr that is no error, a warning as ip prints it.
    pub fn warn(&self, line: &str) {
        crate::error::stderr(format!("{line}\n").as_bytes());
    }

    /// The kernel's remark about a request that it has granted, as ip prints it.
    pub fn warn_extack(&self, message: &str) {
        let stop = if message.ends_with('.') { "" } else { "." };
        self.warn(&format!("Warning: {message}{stop}"));
    }
}
