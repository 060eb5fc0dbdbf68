//! Structs in messages of generic netlink.

use super::FAMILIES_OF_ADDRESSES;
use crate::schema::Value::*;
use crate::schema::{Int, layouts};

layouts! {
    /// An end of IPv4 (`linux/in.h`).
    pub SOCKADDR_IN = "sockaddr_in" {
        sin_family: Enum(Int::U16, FAMILIES_OF_ADDRESSES),
        sin_port: Be16,
        sin_addr[4]: Ip,
        __pad[8]: Bytes,
    }
    /// An end of IPv6 (`linux/in6.h`).
    pub SOCKADDR_IN6 = "sockaddr_in6" {
        sin6_family: Enum(Int::U16, FAMILIES_OF_ADDRESSES),
        sin6_port: Be16,
        sin6_flowinfo: Be32,
        sin6_addr[16]: Ip,
        sin6_scope_id: U32,
    }
    /// A time since 1970.
    pub TIMESPEC = "__kernel_timespec" {
        tv_sec: S64,
        tv_nsec: S64,
    }
    /// Flags of a virtual server, and which of them count (`linux/ip_vs.h`).
    pub IP_VS_FLAGS = "ip_vs_flags" {
        flags: U32,
        mask: U32,
    }
    /// An event (`drivers/acpi/event.c`).
    pub ACPI_EVENT = "acpi_genl_event" {
        device_class[20]: Str,
        bus_id[15]: Str,
        r#type: U32,
        data: U32,
    }
    /// What the tasks of a control group do (`linux/cgroupstats.h`).
    pub CGROUP_STATS = "cgroupstats" {
        nr_sleeping: U64,
        nr_running: U64,
        nr_stopped: U64,
        nr_uninterruptible: U64,
        nr_io_wait: U64,
    }
    /// What a task has used (`linux/taskstats.h`).
    pub STATS = "taskstats" {
        version: U16,
        ac_exitcode: U32,
        ac_flag: U8,
        ac_nice: U8,
        cpu_count: U64,
        cpu_delay_total: U64,
        blkio_count: U64,
        blkio_delay_total: U64,
        swapin_count: U64,
        swapin_delay_total: U64,
        cpu_run_real_total: U64,
        cpu_run_virtual_total: U64,
        ac_comm[32]: Str,
        ac_sched: U8,
        // The next begins a group of eight bytes.
        ac_pad[7]: Bytes,
        ac_uid: U32,
        ac_gid: U32,
        ac_pid: U32,
        ac_ppid: U32,
        ac_btime: U32,
        ac_etime: U64,
        ac_utime: U64,
        ac_stime: U64,
        ac_minflt: U64,
        ac_majflt: U64,
        coremem: U64,
        virtmem: U64,
        hiwater_rss: U64,
        hiwater_vm: U64,
        read_char: U64,
        write_char: U64,
        read_syscalls: U64,
        write_syscalls: U64,
        read_bytes: U64,
        write_bytes: U64,
        cancelled_write_bytes: U64,
        nvcsw: U64,
        nivcsw: U64,
        ac_utimescaled: U64,
        ac_stimescaled: U64,
        cpu_scaled_run_real_total: U64,
        freepages_count: U64,
        freepages_delay_total: U64,
        thrashing_count: U64,
        thrashing_delay_total: U64,
        ac_btime64: U64,
        compact_count: U64,
        compact_delay_total: U64,
        ac_tgid: U32,
        ac_tgetime: U64,
        ac_exe_dev: U64,
        ac_exe_inode: U64,
        wpcopy_count: U64,
        wpcopy_delay_total: U64,
        // Linux 6.7.
        irq_count: U64,
        irq_delay_total: U64,
        // Linux 6.15.
        cpu_delay_max: U64,
        cpu_delay_min: U64,
        blkio_delay_max: U64,
        blkio_delay_min: U64,
        swapin_delay_max: U64,
        swapin_delay_min: U64,
        freepages_delay_max: U64,
        freepages_delay_min: U64,
        thrashing_delay_max: U64,
        thrashing_delay_min: U64,
        compact_delay_max: U64,
        compact_delay_min: U64,
        wpcopy_delay_max: U64,
        wpcopy_delay_min: U64,
        irq_delay_max: U64,
        irq_delay_min: U64,
    }
}
