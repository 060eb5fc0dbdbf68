//! Which calls an audit reports, and who reads the arguments of each.

use super::super::event::Group::{
    self, Capability, File, Mount, Namespace, Netlink, Network, Process,
};
use super::draft::Draft;
use super::{View, When, capability, files, ioctls, mounts, options, prctl, process, sockets};
use std::sync::OnceLock;

/// Reads what is known of a call when it is entered; `false` where it is of no interest.
type Enter = fn(&mut Draft, &dyn View) -> bool;
/// Reads what is known once it has returned.
type Leave = fn(&mut Draft, &dyn View, i64);

/// A call.
#[derive(Debug)]
pub struct Known {
    /// Its name.
    pub name: &'static str,
    /// Its number on this architecture.
    pub number: u64,
    /// What it concerns, where its arguments do not say more.
    pub group: Group,
    /// When to stop at it; `None`: only while a process stops at every call, for it has a descriptor of interest.
    pub when: Option<When>,
    pub(super) enter: Enter,
    pub(super) leave: Leave,
}

impl Known {
    const fn when(mut self, when: When) -> Self {
        self.when = Some(when);
        self
    }

    /// Not stopped at for its own sake.
    const fn followed(mut self) -> Self {
        self.when = None;
        self
    }

    const fn then(mut self, leave: Leave) -> Self {
        self.leave = leave;
        self
    }
}

const fn call(name: &'static str, number: libc::c_long, group: Group, enter: Enter) -> Known {
    Known {
        name,
        number: number as u64,
        group,
        when: Some(When::Always),
        enter,
        leave: |_, _, _| {},
    }
}

/// Calls that have had one number on all architectures since 424, from an offset that some have.
const fn since_424(number: libc::c_long) -> libc::c_long {
    libc::SYS_pidfd_send_signal - 424 + number
}

/// Opening a directory to list it opens no file of interest.
const NO_DIRECTORY: u32 = libc::O_DIRECTORY as u32;

/// All of them.
pub static CALLS: &[Known] = &[
    call("clone", libc::SYS_clone, Process, process::clone).then(process::cloned),
    call("clone3", since_424(435), Process, process::clone3).then(process::cloned3),
    #[cfg(not(any(
        target_arch = "aarch64",
        target_arch = "loongarch64",
        target_arch = "riscv32",
        target_arch = "riscv64"
    )))]
    call("fork", libc::SYS_fork, Process, |_, _| true),
    #[cfg(not(any(
        target_arch = "aarch64",
        target_arch = "loongarch64",
        target_arch = "riscv32",
        target_arch = "riscv64"
    )))]
    call("vfork", libc::SYS_vfork, Process, |_, _| true),
    call("execve", libc::SYS_execve, Process, process::execve),
    call("execveat", libc::SYS_execveat, Process, process::execveat),
    call("exit", libc::SYS_exit, Process, process::exit),
    call("exit_group", libc::SYS_exit_group, Process, process::exit),
    call("pidfd_open", since_424(434), Process, process::pidfd_open),
    call("pidfd_getfd", since_424(438), Process, process::pidfd_getfd),
    call(
        "pidfd_send_signal",
        since_424(424),
        Process,
        process::pidfd_send_signal,
    ),
    call("unshare", libc::SYS_unshare, Namespace, process::unshare),
    call("setns", libc::SYS_setns, Namespace, process::setns),
    call(
        "sethostname",
        libc::SYS_sethostname,
        Namespace,
        process::set_name,
    ),
    call(
        "setdomainname",
        libc::SYS_setdomainname,
        Namespace,
        process::set_name,
    ),
    call("mount", libc::SYS_mount, Mount, mounts::mount),
    call("umount2", libc::SYS_umount2, Mount, mounts::umount2),
    call("move_mount", since_424(429), Mount, mounts::move_mount),
    call("open_tree", since_424(428), Mount, mounts::open_tree),
    call(
        "open_tree_attr",
        since_424(467),
        Mount,
        mounts::open_tree_attr,
    ),
    call("fsopen", since_424(430), Mount, mounts::fsopen),
    call("fsconfig", since_424(431), Mount, mounts::fsconfig),
    call("fsmount", since_424(432), Mount, mounts::fsmount),
    call("fspick", since_424(433), Mount, mounts::fspick),
    call(
        "mount_setattr",
        since_424(442),
        Mount,
        mounts::mount_setattr,
    ),
    call("statmount", since_424(457), Mount, mounts::ask_mount),
    call("listmount", since_424(458), Mount, mounts::ask_mount),
    call(
        "pivot_root",
        libc::SYS_pivot_root,
        Mount,
        mounts::pivot_root,
    ),
    call("chroot", libc::SYS_chroot, Mount, mounts::chroot),
    #[cfg(not(any(
        target_arch = "aarch64",
        target_arch = "loongarch64",
        target_arch = "riscv32",
        target_arch = "riscv64"
    )))]
    call("open", libc::SYS_open, File, files::open).when(When::Lacks(1, NO_DIRECTORY)),
    #[cfg(not(any(
        target_arch = "aarch64",
        target_arch = "loongarch64",
        target_arch = "riscv32",
        target_arch = "riscv64"
    )))]
    call("creat", libc::SYS_creat, File, files::creat),
    call("openat", libc::SYS_openat, File, files::openat).when(When::Lacks(2, NO_DIRECTORY)),
    call("openat2", since_424(437), File, files::openat2),
    call("write", libc::SYS_write, File, sockets::write)
        .then(sockets::sent)
        .followed(),
    call("pwrite64", libc::SYS_pwrite64, File, sockets::pwrite64)
        .then(sockets::sent)
        .followed(),
    call("writev", libc::SYS_writev, File, sockets::writev)
        .then(sockets::sent)
        .followed(),
    call("socket", libc::SYS_socket, Netlink, sockets::socket)
        .when(When::Is(0, libc::AF_NETLINK as u32)),
    call("bind", libc::SYS_bind, Netlink, sockets::address_given),
    call(
        "connect",
        libc::SYS_connect,
        Netlink,
        sockets::address_given,
    ),
    call(
        "getsockname",
        libc::SYS_getsockname,
        Netlink,
        sockets::address_asked,
    )
    .then(sockets::address_answered),
    call(
        "getpeername",
        libc::SYS_getpeername,
        Netlink,
        sockets::address_asked,
    )
    .then(sockets::address_answered),
    call("setsockopt", libc::SYS_setsockopt, Netlink, options::set),
    call("getsockopt", libc::SYS_getsockopt, Netlink, options::get).then(options::got),
    call("sendto", libc::SYS_sendto, Netlink, sockets::sendto).then(sockets::sent),
    call("sendmsg", libc::SYS_sendmsg, Netlink, sockets::sendmsg).then(sockets::sent),
    call("sendmmsg", libc::SYS_sendmmsg, Netlink, sockets::sendmmsg).then(sockets::sendmmsg_done),
    call("recvfrom", libc::SYS_recvfrom, Netlink, sockets::recvfrom).then(sockets::recvfrom_done),
    call("recvmsg", libc::SYS_recvmsg, Netlink, sockets::recvmsg).then(sockets::recvmsg_done),
    call("recvmmsg", libc::SYS_recvmmsg, Netlink, sockets::recvmmsg).then(sockets::recvmmsg_done),
    call("shutdown", libc::SYS_shutdown, Netlink, sockets::shutdown),
    call("close", libc::SYS_close, Netlink, sockets::close).followed(),
    call("read", libc::SYS_read, Netlink, sockets::read)
        .then(sockets::read_done)
        .followed(),
    call("readv", libc::SYS_readv, Netlink, sockets::read)
        .then(sockets::readv_done)
        .followed(),
    call("ioctl", libc::SYS_ioctl, Network, ioctls::ioctl)
        .then(ioctls::ioctled)
        .when(When::Masked(1, ioctls::STOPS_MASK, &ioctls::STOPS)),
    call("prctl", libc::SYS_prctl, Capability, prctl::prctl).then(prctl::prctled),
    call("capset", libc::SYS_capset, Capability, capability::capset),
    call("capget", libc::SYS_capget, Capability, capability::capget).then(capability::capgot),
    call(
        "seccomp",
        libc::SYS_seccomp,
        Capability,
        capability::seccomp,
    )
    .then(capability::seccomped),
    call("setuid", libc::SYS_setuid, Capability, process::set_id),
    call("setgid", libc::SYS_setgid, Capability, process::set_id),
    call("setreuid", libc::SYS_setreuid, Capability, process::set_ids),
    call("setregid", libc::SYS_setregid, Capability, process::set_ids),
    call(
        "setresuid",
        libc::SYS_setresuid,
        Capability,
        process::set_all_ids,
    ),
    call(
        "setresgid",
        libc::SYS_setresgid,
        Capability,
        process::set_all_ids,
    ),
    call("setfsuid", libc::SYS_setfsuid, Capability, process::set_id),
    call("setfsgid", libc::SYS_setfsgid, Capability, process::set_id),
    call(
        "setgroups",
        libc::SYS_setgroups,
        Capability,
        process::setgroups,
    ),
];

/// The call of a number.
pub(super) fn known(number: u64) -> Option<&'static Known> {
    static BY_NUMBER: OnceLock<Vec<Option<&'static Known>>> = OnceLock::new();
    let by_number = BY_NUMBER.get_or_init(|| {
        let last = CALLS.iter().map(|known| known.number).max().unwrap_or(0);
        let mut by_number = vec![None; last as usize + 1];
        for known in CALLS {
            if let Some(place) = by_number.get_mut(known.number as usize) {
                *place = Some(known);
            }
        }
        by_number
    });
    by_number
        .get(usize::try_from(number).ok()?)
        .copied()
        .flatten()
}
