//! Mounts, and the root directory.

use super::draft::{Draft, directory};
use super::flags::{flags, value};
use super::memory::{self, Fields};
use super::process::past;
use super::text::{self, address};
use super::{View, names};

/// What old programs put into the upper half of mount(2)'s flags.
const MS_MGC_VAL: u64 = 0xc0ed_0000;
const MS_MGC_MSK: u64 = 0xffff_0000;
const MS_REMOUNT: u64 = 32;
/// With these, the kernel looks neither at the type nor at the data: bind, move, and the four ways to spread.
const MS_ELSE: u64 = 0x1000 | 0x2000 | 0x1e_0000;

pub(super) fn mount(d: &mut Draft, view: &dyn View) -> bool {
    let magic = d.arg(3) & MS_MGC_MSK == MS_MGC_VAL;
    let given = if magic {
        d.arg(3) & !MS_MGC_MSK
    } else {
        d.arg(3)
    };
    let elsewhere = given & MS_REMOUNT == 0 && given & MS_ELSE != 0;
    d.say(text::path(view, d.arg(0)));
    // A source that is no path, such as "none", is no file's.
    let source =
        memory::string(view, d.arg(0), 1).is_some_and(|first| first.bytes.starts_with(b"/"));
    if let (true, Some(path)) = (source, d.path(None, 0, view)) {
        d.paths.push(path);
    }
    d.say_path(1, view);
    if elsewhere || given & MS_REMOUNT != 0 {
        d.say_address(2);
    } else {
        d.say_string(2, view);
    }
    let bits = flags(names::MOUNT, given, "MS_???");
    d.say(match (magic, given) {
        (true, 0) => "MS_MGC_VAL".to_owned(),
        (true, _) => format!("MS_MGC_VAL|{bits}"),
        (false, _) => bits,
    });
    if elsewhere {
        d.say_address(4);
    } else {
        d.say_string(4, view);
    }
    true
}

pub(super) fn umount2(d: &mut Draft, view: &dyn View) -> bool {
    d.say_path(0, view);
    d.say(flags(names::UMOUNT, d.uint(1), "MNT_???"));
    true
}

pub(super) fn move_mount(d: &mut Draft, view: &dyn View) -> bool {
    d.say_path_at(0, 1, view);
    d.say_path_at(2, 3, view);
    d.say(flags(names::MOVE_MOUNT, d.uint(4), "MOVE_MOUNT_???"));
    true
}

pub(super) fn open_tree(d: &mut Draft, view: &dyn View) -> bool {
    d.say_path_at(0, 1, view);
    d.say(flags(names::OPEN_TREE, d.uint(2), "OPEN_TREE_???"));
    true
}

pub(super) fn open_tree_attr(d: &mut Draft, view: &dyn View) -> bool {
    open_tree(d, view);
    attributes(d, 3, view);
    true
}

pub(super) fn fsopen(d: &mut Draft, view: &dyn View) -> bool {
    d.say_string(0, view);
    d.say(flags(&[(1, "FSOPEN_CLOEXEC")], d.uint(1), "FSOPEN_???"));
    true
}

pub(super) fn fsconfig(d: &mut Draft, view: &dyn View) -> bool {
    d.say_fd(0, view);
    let command = d.uint(1);
    d.say(value(names::FSCONFIG, command, "FSCONFIG_???"));
    if command <= 5 {
        d.say_string(2, view);
    } else {
        d.say_address(2);
    }
    match command {
        1 => d.say_string(3, view),
        2 => d.say(text::hex_buffer(view, d.arg(3), d.uint(4))),
        3 | 4 => {
            d.say(text::path(view, d.arg(3)));
            let given = Draft::path_from(d.int(4), d.arg(3), view);
            d.paths.extend(given);
        }
        _ => d.say_address(3),
    }
    d.say(match command {
        3 | 4 => directory(d.int(4)),
        _ => d.int(4).to_string(),
    });
    true
}

pub(super) fn fsmount(d: &mut Draft, view: &dyn View) -> bool {
    d.say_fd(0, view);
    d.say(flags(&[(1, "FSMOUNT_CLOEXEC")], d.uint(1), "FSMOUNT_???"));
    d.say(flags(names::FSMOUNT_ATTR, d.uint(2), "MOUNT_ATTR_???"));
    true
}

pub(super) fn fspick(d: &mut Draft, view: &dyn View) -> bool {
    d.say_path_at(0, 1, view);
    d.say(flags(names::FSPICK, d.uint(2), "FSPICK_???"));
    true
}

pub(super) fn mount_setattr(d: &mut Draft, view: &dyn View) -> bool {
    d.say_path_at(0, 1, view);
    d.say(flags(names::SETATTR_AT, d.uint(2), "AT_???"));
    attributes(d, 3, view);
    true
}

/// `struct mount_attr` and its size.
fn attributes(d: &mut Draft, at: usize, view: &dyn View) {
    const KNOWN: u64 = 32;
    let (pointer, size) = (d.arg(at), d.arg(at + 1));
    let read = if size < KNOWN {
        None
    } else {
        memory::bytes(view, pointer, KNOWN as usize)
    };
    d.say(match read {
        None => address(pointer),
        Some(bytes) => {
            let bytes = Fields(&bytes);
            format!(
                "{{attr_set={}, attr_clr={}, propagation={}, userns_fd={}{}}}",
                flags(names::MOUNT_ATTR, bytes.u64(0), "MOUNT_ATTR_???"),
                flags(names::MOUNT_ATTR, bytes.u64(8), "MOUNT_ATTR_???"),
                value(names::PROPAGATION, bytes.u64(16), "MS_???"),
                bytes.u64(24),
                past(view, pointer, KNOWN, size)
            )
        }
    });
    d.say(size.to_string());
}

/// statmount(2) and listmount(2): what is asked, not what is answered. strace 6.1 knows neither.
pub(super) fn ask_mount(d: &mut Draft, view: &dyn View) -> bool {
    let request = d.arg(0);
    d.say(memory::bytes(view, request, 24).map_or_else(
        || address(request),
        |bytes| {
            let bytes = Fields(&bytes);
            format!(
                "{{size={}, mnt_id={:#x}, param={:#x}}}",
                bytes.u32(0),
                bytes.u64(8),
                bytes.u64(16)
            )
        },
    ));
    d.say_address(1);
    d.say_size(2);
    d.say(text::hex(d.uint(3)));
    true
}

pub(super) fn pivot_root(d: &mut Draft, view: &dyn View) -> bool {
    d.say_path(0, view);
    d.say_path(1, view);
    true
}

pub(super) fn chroot(d: &mut Draft, view: &dyn View) -> bool {
    d.say_path(0, view);
    true
}
