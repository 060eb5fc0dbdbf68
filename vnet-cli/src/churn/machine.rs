//! What a run's figures depend on beside the program: the kernel, the tick, cores, memory, modules, /run.

use nix::sys::statfs::statfs;
use nix::time::{ClockId, clock_getres};
use std::fs;
use std::os::unix::fs::MetadataExt;

/// The inode of the first user namespace in /proc, a constant of the kernel (PROC_USER_INIT_INO).
const FIRST_USER_NAMESPACE: u64 = 0xEFFF_FFFD;

/// Modules that have a say in what links and namespaces cost, by how their names begin: each namespace
/// is set up by all that are loaded.
const RELEVANT: [&str; 36] = [
    "act_",
    "arp_tables",
    "arptable_",
    "bonding",
    "br_netfilter",
    "bridge",
    "cls_",
    "dummy",
    "ebtable",
    "fou",
    "geneve",
    "gre",
    "ifb",
    "ip6_",
    "ip6table_",
    "ip6t_",
    "ip_",
    "iptable_",
    "ipt_",
    "ipv6",
    "ipvlan",
    "macvlan",
    "macvtap",
    "nf_",
    "nfnetlink",
    "nft_",
    "sch_",
    "sctp",
    "sit",
    "tls",
    "tun",
    "veth",
    "vrf",
    "vxlan",
    "wireguard",
    "x_tables",
];

/// The kernel's modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Modules {
    /// It can't be seen which there are.
    Unknown,
    /// This kernel has no modules: everything is built in.
    None,
    /// Those loaded that matter here, sorted.
    Loaded(Vec<String>),
}

/// Where a run took place. What can't be found out is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// The kernel's release and version: `6.18.0-1 #1 SMP …`.
    pub kernel: Option<String>,
    /// The architecture the program was built for.
    pub arch: &'static str,
    /// Ticks a second.
    pub hz: Option<u64>,
    /// Cores that are online.
    pub cores_online: Option<u32>,
    /// Cores there may ever be: a veth end gets as many queues by default.
    pub cores_possible: Option<u32>,
    /// Memory in bytes.
    pub memory: Option<u64>,
    /// Loaded modules.
    pub modules: Modules,
    /// The file system of /run, where namespace files are: `tmpfs`, or its number.
    pub run_filesystem: Option<String>,
    /// Whether it ran in a user namespace other than the first.
    pub user_namespace: Option<bool>,
}

impl Machine {
    /// The machine this runs on. Without /proc or /sys some of it stays unknown.
    #[must_use]
    pub fn here() -> Self {
        let read = |path: &str| fs::read_to_string(path).ok();
        let cpus = |path| count_cpus(&read(path)?);
        let release = read("/proc/sys/kernel/osrelease");
        Self {
            modules: modules(read("/proc/modules").as_deref(), release.is_some()),
            kernel: kernel(release, read("/proc/sys/kernel/version")),
            arch: std::env::consts::ARCH,
            hz: tick(),
            cores_online: cpus("/sys/devices/system/cpu/online"),
            cores_possible: cpus("/sys/devices/system/cpu/possible"),
            memory: read("/proc/meminfo").and_then(|text| total_memory(&text)),
            run_filesystem: statfs("/run")
                .ok()
                .map(|s| filesystem(s.filesystem_type().0 as u64)),
            user_namespace: fs::metadata("/proc/self/ns/user")
                .ok()
                .map(|m| m.ino() != FIRST_USER_NAMESPACE),
        }
    }
}

fn kernel(release: Option<String>, version: Option<String>) -> Option<String> {
    let release = release?;
    let version = version.unwrap_or_default();
    Some(
        format!("{} {}", release.trim(), version.trim())
            .trim_end()
            .to_owned(),
    )
}

/// Ticks a second: the coarse clock goes by them. With high-resolution coarse clocks it can't be told.
fn tick() -> Option<u64> {
    let coarse = clock_getres(ClockId::CLOCK_MONOTONIC_COARSE).ok()?;
    let ns = u64::try_from(coarse.tv_nsec()).ok()?;
    let hz = 1_000_000_000u64.saturating_add(ns / 2).checked_div(ns)?;
    (coarse.tv_sec() == 0 && (10..=10_000).contains(&hz)).then_some(hz)
}

/// Counts a list of CPUs: `0-3,8`.
fn count_cpus(list: &str) -> Option<u32> {
    let mut count = 0u32;
    for range in list.trim().split(',') {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let (first, last): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
        count = last
            .checked_sub(first)?
            .checked_add(1)?
            .checked_add(count)?;
    }
    Some(count)
}

/// `MemTotal:  24576000 kB`, in bytes.
fn total_memory(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|l| l.strip_prefix("MemTotal:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kib.checked_mul(1024)
}

fn modules(list: Option<&str>, proc: bool) -> Modules {
    let Some(list) = list else {
        // /proc is there, this file is not: CONFIG_MODULES is off.
        return if proc {
            Modules::None
        } else {
            Modules::Unknown
        };
    };
    let names = list.lines().filter_map(|line| line.split(' ').next());
    let relevant = |name: &&str| RELEVANT.iter().any(|start| name.starts_with(start));
    let mut loaded: Vec<String> = names.filter(relevant).map(str::to_owned).collect();
    loaded.sort_unstable();
    Modules::Loaded(loaded)
}

/// The file system with a number of linux/magic.h.
fn filesystem(magic: u64) -> String {
    // Numbers with the top bit set come sign-extended where the type is a signed 32-bit one.
    let name = match magic & 0xffff_ffff {
        0x0102_1994 => "tmpfs",
        0x8584_58f6 => "ramfs",
        0x0000_ef53 => "ext4",
        0x5846_5342 => "xfs",
        0x9123_683e => "btrfs",
        0x794c_7630 => "overlay",
        0xf2f5_2010 => "f2fs",
        0x2fc1_2fc1 => "zfs",
        0x0000_6969 => "nfs",
        0x0102_1997 => "9p",
        0x6573_5546 => "fuse",
        0xca45_1a4e => "bcachefs",
        other => return format!("{other:#x}"),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine() {
        let here = Machine::here();
        assert!(here.kernel.is_some_and(|k| k.contains('.')));
        assert!(here.hz.is_none_or(|hz| hz >= 24));
        assert!(here.cores_online <= here.cores_possible);
        assert!(here.memory.is_none_or(|m| m > 1 << 20));
        assert!(here.run_filesystem.is_some());
    }

    #[test]
    fn lists_of_cpus() {
        for (list, count) in [
            ("0\n", Some(1)),
            ("0-1\n", Some(2)),
            ("0-3,8,10-11", Some(7)),
            ("", None),
            ("\n", None),
            ("3-1", None),
            ("0-4294967295", None),
            ("x", None),
        ] {
            assert_eq!(count_cpus(list), count, "{list:?}");
        }
    }

    #[test]
    fn texts_of_proc() {
        assert_eq!(
            total_memory("MemTotal:       24576000 kB\nMemFree: 1 kB\n"),
            Some(25_165_824_000)
        );
        assert_eq!(total_memory("MemFree: 1 kB\n"), None);
        assert_eq!(total_memory("MemTotal: 99999999999999999999 kB"), None);
        let list = "veth 40960 0 - Live 0x0\next4 1 0 - Live 0x0\nnf_nat 1 2 x, Live 0x0\nbr_netfilter 1 0\n";
        let names = ["br_netfilter", "nf_nat", "veth"]
            .map(str::to_owned)
            .to_vec();
        assert_eq!(modules(Some(list), true), Modules::Loaded(names));
        assert_eq!(modules(Some(""), true), Modules::Loaded(Vec::new()));
        assert_eq!(modules(None, true), Modules::None);
        assert_eq!(modules(None, false), Modules::Unknown);
        assert_eq!(
            kernel(Some("6.1.0\n".into()), None).as_deref(),
            Some("6.1.0")
        );
        assert_eq!(
            kernel(Some("6.1\n".into()), Some("#1 SMP\n".into())).as_deref(),
            Some("6.1 #1 SMP")
        );
        assert_eq!(kernel(None, Some("#1".into())), None);
    }

    #[test]
    fn file_systems() {
        assert_eq!(filesystem(0x0102_1994), "tmpfs");
        assert_eq!(filesystem(0xffff_ffff_9123_683e), "btrfs");
        assert_eq!(filesystem(0x1234), "0x1234");
    }
}
