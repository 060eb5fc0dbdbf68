//! Addresses of sockets.

use super::flags::{name, value};
use super::memory::{self, Fields};
use super::text::{address, quoted};
use super::{View, names};
use std::net::{Ipv4Addr, Ipv6Addr};

/// The most that an address takes (`struct sockaddr_storage`).
const MOST: usize = 128;

/// The address at a place, so many bytes of it.
pub(super) fn at(view: &dyn View, at: u64, len: i32) -> String {
    let Some(len) = usize::try_from(len).ok().filter(|len| *len >= 2) else {
        return address(at);
    };
    match memory::bytes(view, at, len.min(MOST)) {
        None => address(at),
        Some(bytes) => written(&bytes),
    }
}

/// An address's bytes.
pub(super) fn written(bytes: &[u8]) -> String {
    let fields = Fields(bytes);
    let family = fields.u16(0).into();
    let said = format!("sa_family={}", value(names::FAMILIES, family, "AF_???"));
    match (name(names::FAMILIES, family), bytes.len()) {
        (_, 0..=2) => format!("{{{said}}}"),
        (Some("AF_NETLINK"), 12..) => {
            let pad = match fields.u16(2) {
                0 => String::new(),
                pad => format!(", nl_pad={pad:#x}"),
            };
            let (pid, groups) = (fields.u32(4) as i32, fields.u32(8));
            let groups = match groups {
                0 => "00000000".to_owned(),
                _ => format!("{groups:#08x}"),
            };
            format!("{{{said}{pad}, nl_pid={pid}, nl_groups={groups}}}")
        }
        (Some("AF_INET"), 16..) => {
            let port = u16::from_be(fields.u16(2));
            let to = Ipv4Addr::from(u32::from_be(fields.u32(4)));
            format!("{{{said}, sin_port=htons({port}), sin_addr=inet_addr(\"{to}\")}}")
        }
        (Some("AF_INET6"), 28..) => {
            let port = u16::from_be(fields.u16(2));
            let flow = u32::from_be(fields.u32(4));
            let to: [u8; 16] = bytes
                .get(8..24)
                .and_then(|to| to.try_into().ok())
                .unwrap_or_default();
            format!(
                "{{{said}, sin6_port=htons({port}), sin6_flowinfo=htonl({flow}), inet_pton(AF_INET6, \"{}\", \
                 &sin6_addr), sin6_scope_id={}}}",
                Ipv6Addr::from(to),
                fields.u32(24)
            )
        }
        _ => format!(
            "{{{said}, sa_data={}}}",
            quoted(bytes.get(2..).unwrap_or_default())
        ),
    }
}

/// An address that a call wrote: itself and its length, which was `given` before.
pub(super) fn answered(
    view: &dyn View,
    place: u64,
    len: u64,
    given: Option<u32>,
) -> (String, String) {
    let (Some(given), Some(now)) = (given, memory::u32(view, len)) else {
        return (address(place), address(len));
    };
    let (given, now) = (given as i32, now as i32);
    (at(view, place, given.min(now)), changed(given, now))
}

/// A number that a call may have changed.
pub(super) fn changed(given: i32, now: i32) -> String {
    if given == now {
        format!("[{now}]")
    } else {
        format!("[{given} => {now}]")
    }
}
