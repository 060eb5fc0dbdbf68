//! prctl(2): what a process sets and asks about itself.

use super::draft::Draft;
use super::flags::{Names, flags, signal, value};
use super::memory;
use super::text::{self, address, hex};
use super::{View, names};

/// How an option's arguments are written.
enum Form {
    /// It has none.
    Bare,
    /// A number, and so many more arguments in hexadecimal.
    Number(usize),
    /// A value that has a name, or `unknown`, and so many more arguments.
    Named(&'static Names, &'static str, usize),
    /// Bits, and so many more arguments.
    Bits(&'static Names, &'static str, usize),
    /// A signal.
    Signal,
    /// Where a number is written to.
    Asks,
    /// Where a value is written to that has a name.
    AsksNamed(&'static Names, &'static str),
    /// Where a signal is written to.
    AsksSignal,
    /// Where an address is written to.
    AsksAddress,
    /// The thread's name.
    Name,
    /// Where it is written to.
    AsksName,
    /// Arguments in hexadecimal.
    Rest,
    /// A way of its own.
    Own(fn(&mut Draft, &dyn View)),
}

use Form::{
    Asks, AsksAddress, AsksName, AsksNamed, AsksSignal, Bare, Bits, Named, Number, Own, Rest,
    Signal,
};

const GET_DUMPABLE: u64 = 3;
const GET_SECUREBITS: u64 = 27;
const MCE_KILL_GET: u64 = 34;
const GET_SPECULATION_CTRL: u64 = 52;

static DUMPABLE: &Names = &[
    (0, "SUID_DUMP_DISABLE"),
    (1, "SUID_DUMP_USER"),
    (2, "SUID_DUMP_ROOT"),
];
static TSC: &Names = &[(1, "PR_TSC_ENABLE"), (2, "PR_TSC_SIGSEGV")];
static UNALIGN: &Names = &[(1, "PR_UNALIGN_NOPRINT"), (2, "PR_UNALIGN_SIGBUS")];
static SECUREBITS: &Names = &[
    (0x1, "SECBIT_NOROOT"),
    (0x2, "SECBIT_NOROOT_LOCKED"),
    (0x4, "SECBIT_NO_SETUID_FIXUP"),
    (0x8, "SECBIT_NO_SETUID_FIXUP_LOCKED"),
    (0x10, "SECBIT_KEEP_CAPS"),
    (0x20, "SECBIT_KEEP_CAPS_LOCKED"),
    (0x40, "SECBIT_NO_CAP_AMBIENT_RAISE"),
    (0x80, "SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED"),
];
static MCE_KILL: &Names = &[(0, "PR_MCE_KILL_CLEAR"), (1, "PR_MCE_KILL_SET")];
static MCE_POLICY: &Names = &[
    (0, "PR_MCE_KILL_LATE"),
    (1, "PR_MCE_KILL_EARLY"),
    (2, "PR_MCE_KILL_DEFAULT"),
];
static MM: &Names = &[
    (1, "PR_SET_MM_START_CODE"),
    (2, "PR_SET_MM_END_CODE"),
    (3, "PR_SET_MM_START_DATA"),
    (4, "PR_SET_MM_END_DATA"),
    (5, "PR_SET_MM_START_STACK"),
    (6, "PR_SET_MM_START_BRK"),
    (7, "PR_SET_MM_BRK"),
    (8, "PR_SET_MM_ARG_START"),
    (9, "PR_SET_MM_ARG_END"),
    (10, "PR_SET_MM_ENV_START"),
    (11, "PR_SET_MM_ENV_END"),
    (12, "PR_SET_MM_AUXV"),
    (13, "PR_SET_MM_EXE_FILE"),
    (14, "PR_SET_MM_MAP"),
    (15, "PR_SET_MM_MAP_SIZE"),
];
static AMBIENT: &Names = &[
    (1, "PR_CAP_AMBIENT_IS_SET"),
    (2, "PR_CAP_AMBIENT_RAISE"),
    (3, "PR_CAP_AMBIENT_LOWER"),
    (4, "PR_CAP_AMBIENT_CLEAR_ALL"),
];
static SPECULATION: &Names = &[
    (0, "PR_SPEC_STORE_BYPASS"),
    (1, "PR_SPEC_INDIRECT_BRANCH"),
    (2, "PR_SPEC_L1D_FLUSH"),
];
static SPECULATION_BITS: &Names = &[
    (0x1, "PR_SPEC_PRCTL"),
    (0x2, "PR_SPEC_ENABLE"),
    (0x4, "PR_SPEC_DISABLE"),
    (0x8, "PR_SPEC_FORCE_DISABLE"),
    (0x10, "PR_SPEC_DISABLE_NOEXEC"),
];
static SECCOMP: &Names = &[
    (0, "SECCOMP_MODE_DISABLED"),
    (1, "SECCOMP_MODE_STRICT"),
    (2, "SECCOMP_MODE_FILTER"),
];
static DISPATCH: &Names = &[(0, "PR_SYS_DISPATCH_OFF"), (1, "PR_SYS_DISPATCH_ON")];

static OPTIONS: &[(u64, &str, Form)] = &[
    (1, "PR_SET_PDEATHSIG", Signal),
    (2, "PR_GET_PDEATHSIG", AsksSignal),
    (GET_DUMPABLE, "PR_GET_DUMPABLE", Bare),
    (4, "PR_SET_DUMPABLE", Named(DUMPABLE, "SUID_DUMP_???", 0)),
    (5, "PR_GET_UNALIGN", Asks),
    (6, "PR_SET_UNALIGN", Named(UNALIGN, "PR_UNALIGN_???", 0)),
    (7, "PR_GET_KEEPCAPS", Bare),
    (8, "PR_SET_KEEPCAPS", Number(0)),
    (9, "PR_GET_FPEMU", Asks),
    (10, "PR_SET_FPEMU", Number(0)),
    (11, "PR_GET_FPEXC", Asks),
    (12, "PR_SET_FPEXC", Number(0)),
    (13, "PR_GET_TIMING", Bare),
    (14, "PR_SET_TIMING", Number(0)),
    (15, "PR_SET_NAME", Form::Name),
    (16, "PR_GET_NAME", AsksName),
    (19, "PR_GET_ENDIAN", Asks),
    (20, "PR_SET_ENDIAN", Number(0)),
    (21, "PR_GET_SECCOMP", Bare),
    (22, "PR_SET_SECCOMP", Own(set_seccomp)),
    (
        23,
        "PR_CAPBSET_READ",
        Named(names::CAPABILITIES, "CAP_???", 0),
    ),
    (
        24,
        "PR_CAPBSET_DROP",
        Named(names::CAPABILITIES, "CAP_???", 0),
    ),
    (25, "PR_GET_TSC", AsksNamed(TSC, "PR_TSC_???")),
    (26, "PR_SET_TSC", Named(TSC, "PR_TSC_???", 0)),
    (GET_SECUREBITS, "PR_GET_SECUREBITS", Bare),
    (28, "PR_SET_SECUREBITS", Bits(SECUREBITS, "SECBIT_???", 0)),
    (29, "PR_SET_TIMERSLACK", Number(0)),
    (30, "PR_GET_TIMERSLACK", Bare),
    (31, "PR_TASK_PERF_EVENTS_DISABLE", Bare),
    (32, "PR_TASK_PERF_EVENTS_ENABLE", Bare),
    (33, "PR_MCE_KILL", Own(mce_kill)),
    (MCE_KILL_GET, "PR_MCE_KILL_GET", Rest),
    (35, "PR_SET_MM", Own(set_mm)),
    (36, "PR_SET_CHILD_SUBREAPER", Number(0)),
    (37, "PR_GET_CHILD_SUBREAPER", Asks),
    (38, "PR_SET_NO_NEW_PRIVS", Number(3)),
    (39, "PR_GET_NO_NEW_PRIVS", Rest),
    (40, "PR_GET_TID_ADDRESS", AsksAddress),
    (41, "PR_SET_THP_DISABLE", Number(3)),
    (42, "PR_GET_THP_DISABLE", Rest),
    (43, "PR_MPX_ENABLE_MANAGEMENT", Rest),
    (44, "PR_MPX_DISABLE_MANAGEMENT", Rest),
    (46, "PR_GET_FP_MODE", Bare),
    (47, "PR_CAP_AMBIENT", Own(ambient)),
    (51, "PR_SVE_GET_VL", Bare),
    (
        GET_SPECULATION_CTRL,
        "PR_GET_SPECULATION_CTRL",
        Named(SPECULATION, "PR_SPEC_???", 0),
    ),
    (53, "PR_SET_SPECULATION_CTRL", Own(set_speculation)),
    (56, "PR_GET_TAGGED_ADDR_CTRL", Rest),
    (57, "PR_SET_IO_FLUSHER", Number(3)),
    (58, "PR_GET_IO_FLUSHER", Rest),
    (
        59,
        "PR_SET_SYSCALL_USER_DISPATCH",
        Named(DISPATCH, "PR_SYS_DISPATCH_???", 3),
    ),
    (61, "PR_PAC_GET_ENABLED_KEYS", Rest),
    (62, "PR_SCHED_CORE", Own(sched_core)),
    (64, "PR_SME_GET_VL", Bare),
    (0x5961_6d61, "PR_SET_PTRACER", Own(set_ptracer)),
    (0x5356_4d41, "PR_SET_VMA", Own(set_vma)),
];

fn form(option: u64) -> (Option<&'static str>, &'static Form) {
    let found = OPTIONS.iter().find(|(number, ..)| *number == option);
    found.map_or((None, &Rest), |(_, name, form)| (Some(name), form))
}

pub(super) fn prctl(d: &mut Draft, view: &dyn View) -> bool {
    let (option, first) = (d.uint(0), d.arg(1));
    let (name, form) = form(option);
    d.say(match name {
        Some(name) => name.to_owned(),
        None => format!("{} /* PR_??? */", hex(option)),
    });
    let rest = match form {
        Bare | Asks | AsksNamed(..) | AsksSignal | AsksAddress | AsksName => 0,
        Number(more) => {
            d.say(first.to_string());
            *more
        }
        Named(known, unknown, more) => {
            d.say(value(known, first, unknown));
            *more
        }
        Bits(known, unknown, more) => {
            d.say(flags(known, first, unknown));
            *more
        }
        Signal => {
            d.say(signal(first));
            0
        }
        Form::Name => {
            // As much as the kernel takes (TASK_COMM_LEN).
            d.say(text::string_of(view, first, 15));
            0
        }
        Rest => {
            d.say(hex(first));
            3
        }
        Own(write) => {
            write(d, view);
            0
        }
    };
    say_rest(d, 2, rest);
    true
}

/// Arguments in hexadecimal, so many from one on.
fn say_rest(d: &mut Draft, from: usize, count: usize) {
    for at in from..from + count {
        d.say(hex(d.arg(at)));
    }
}

pub(super) fn prctled(d: &mut Draft, view: &dyn View, result: i64) {
    let (option, first) = (d.uint(0), d.arg(1));
    let written = || memory::u32(view, first).filter(|_| result >= 0);
    let text = match form(option).1 {
        Asks => written().map(|number| format!("[{}]", number as i32)),
        AsksNamed(known, unknown) => {
            written().map(|number| format!("[{}]", value(known, number.into(), unknown)))
        }
        AsksSignal => written().map(|number| format!("[{}]", signal(number.into()))),
        AsksAddress => {
            let pointer = memory::word(view, first).filter(|_| result >= 0);
            pointer.map(|pointer| format!("[{}]", hex(pointer)))
        }
        AsksName if result >= 0 => Some(text::string_of(view, first, 15)),
        AsksName => None,
        _ => {
            d.returned = returned(option, result);
            return;
        }
    };
    d.say(text.unwrap_or_else(|| address(first)));
}

/// A result that says more than its number.
fn returned(option: u64, result: i64) -> Option<String> {
    let bits = u64::try_from(result).ok()?;
    let named =
        |names: &Names| super::flags::name(names, bits).map(|name| format!("{bits} ({name})"));
    let flagged = |names: &Names, unknown: &str| {
        (bits != 0).then(|| format!("{bits:#x} ({})", flags(names, bits, unknown)))
    };
    match option {
        GET_DUMPABLE => named(DUMPABLE),
        MCE_KILL_GET => named(MCE_POLICY),
        GET_SECUREBITS => flagged(SECUREBITS, "SECBIT_???"),
        GET_SPECULATION_CTRL => flagged(SPECULATION_BITS, "PR_SPEC_???"),
        _ => None,
    }
}

fn set_seccomp(d: &mut Draft, view: &dyn View) {
    let (mode, at) = (d.arg(1), d.arg(2));
    d.say(value(SECCOMP, mode, "SECCOMP_MODE_???"));
    match mode {
        1 => {}
        2 => d.say(super::capability::program(view, at).unwrap_or_else(|| address(at))),
        _ => say_rest(d, 2, 3),
    }
}

fn mce_kill(d: &mut Draft, _: &dyn View) {
    let what = d.arg(1);
    d.say(value(MCE_KILL, what, "PR_MCE_KILL_???"));
    d.say(match what {
        1 => value(MCE_POLICY, d.arg(2), "PR_MCE_KILL_???"),
        _ => hex(d.arg(2)),
    });
    say_rest(d, 3, 2);
}

fn set_mm(d: &mut Draft, _: &dyn View) {
    d.say(value(MM, d.uint(1), "PR_SET_MM_???"));
    say_rest(d, 2, 3);
}

fn ambient(d: &mut Draft, _: &dyn View) {
    let what = d.arg(1);
    d.say(value(AMBIENT, what, "PR_CAP_AMBIENT_???"));
    d.say(match what {
        1..=3 => value(names::CAPABILITIES, d.arg(2), "CAP_???"),
        _ => hex(d.arg(2)),
    });
    say_rest(d, 3, 2);
}

fn set_speculation(d: &mut Draft, _: &dyn View) {
    let which = d.arg(1);
    d.say(value(SPECULATION, which, "PR_SPEC_???"));
    d.say(match super::flags::name(SPECULATION, which) {
        Some(_) => value(SPECULATION_BITS, d.arg(2), "PR_SPEC_???"),
        None => hex(d.arg(2)),
    });
}

fn sched_core(d: &mut Draft, _: &dyn View) {
    let known = ["GET", "CREATE", "SHARE_TO", "SHARE_FROM"];
    let kinds = ["PIDTYPE_PID", "PIDTYPE_TGID", "PIDTYPE_PGID", "PIDTYPE_SID"];
    d.say(match known.get(d.uint(1) as usize) {
        Some(name) => format!("PR_SCHED_CORE_{name}"),
        None => format!("{:#x} /* PR_SCHED_CORE_??? */", d.uint(1)),
    });
    d.say_int(2);
    let kind = kinds
        .get(d.uint(3) as usize)
        .copied()
        .unwrap_or("PIDTYPE_???");
    d.say(format!("{} /* {kind} */", hex(d.uint(3))));
    d.say_address(4);
}

fn set_ptracer(d: &mut Draft, _: &dyn View) {
    d.say(match d.int(1) {
        -1 => "PR_SET_PTRACER_ANY".to_owned(),
        pid => pid.to_string(),
    });
}

fn set_vma(d: &mut Draft, view: &dyn View) {
    /// `ANON_VMA_NAME_MAX_LEN` without its NUL.
    const NAME: usize = 79;
    if d.arg(1) != 0 {
        d.say(value(&[], d.arg(1), "PR_SET_VMA_???"));
        return say_rest(d, 2, 3);
    }
    d.say("PR_SET_VMA_ANON_NAME");
    d.say_address(2);
    d.say_size(3);
    d.say(text::string_of(view, d.arg(4), NAME));
}
