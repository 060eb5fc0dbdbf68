//! What the kernel says of the use of a route: flags of a copy, expiry, counters.

use crate::context::Context;
use crate::out::{Out, Val};
use netlink_raw::route::route::{RTM_F_CLONED, Route};
use netlink_raw::wire::RtaCacheInfo;

/// Flags of a copy, RTCF_* of linux/in_route.h, in iproute2's order.
const FLAGS: [(u32, &str); 14] = [
    (0x8000_0000, "local"),
    (0x4000_0000, "reject"),
    (0x2000_0000, "mc"),
    (0x1000_0000, "brd"),
    (0x0800_0000, "dst-nat"),
    (0x0080_0000, "src-nat"),
    (0x0040_0000, "masq"),
    (0x0002_0000, "dst-direct"),
    (0x0400_0000, "src-direct"),
    (0x0004_0000, "redirected"),
    (0x0100_0000, "redirect"),
    (0x0020_0000, "fastroute"),
    (0x0001_0000, "notify"),
    (0x0008_0000, "proxy"),
];

/// Clock ticks a second in what the kernel tells users (USER_HZ).
const USER_HZ: u32 = 100;

pub(super) fn print(ctx: &mut Context, route: &Route<'_>) {
    let family = i32::from(route.family);
    if family == libc::AF_INET && route.flags & RTM_F_CLONED != 0 {
        flags(&mut ctx.out, route.flags);
    }
    if let (libc::AF_INET | libc::AF_INET6, Some(info)) = (family, &route.cacheinfo) {
        cacheinfo(&mut ctx.out, info, ctx.options.stats > 0);
    }
}

fn flags(out: &mut Out, flags: u32) {
    let mut rest = flags & !0xffff;
    out.sl();
    out.text("    cache ");
    out.open_array("cache");
    if rest != 0 {
        out.text("<");
        for (bit, name) in FLAGS {
            if rest & bit != 0 {
                rest &= !bit;
                out.item(name, (name, if rest == 0 { "> " } else { "," }));
            }
        }
        if rest != 0 {
            let number = format_args!("{rest:x}");
            out.item(number, (number, ">"));
        }
    }
    out.close_array();
}

fn cacheinfo(out: &mut Out, info: &RtaCacheInfo, stats: bool) {
    if info.expires != 0 {
        let seconds = info.expires / USER_HZ as i32;
        out.field("expires", seconds, ("expires ", seconds, "sec "));
    }
    if info.error != 0 {
        out.field("error", info.error, ("error ", info.error, " "));
    }
    if stats {
        if info.clntref != 0 {
            out.field("users", info.clntref, ("users ", info.clntref, " "));
        }
        if info.used != 0 {
            out.field("used", info.used, ("used ", info.used, " "));
        }
        if info.lastuse != 0 {
            let age = info.lastuse / USER_HZ;
            out.field("age", age, ("age ", age, "sec "));
        }
    }
    if info.id != 0 {
        let text = format!("ipid 0x{:04x} ", info.id);
        out.field("ipid", Val::Fmt(format_args!("{:#x}", info.id)), text);
    }
    if info.ts != 0 || info.tsage != 0 {
        // C's `%#x` has no prefix before 0. No blank behind the first is iproute2's.
        let ts = match info.ts {
            0 => "0".to_owned(),
            ts => format!("{ts:#x}"),
        };
        out.field("ts", &ts, format_args!("ts 0x{:x}", info.ts));
        out.field("tsage", info.tsage, ("tsage ", info.tsage, "sec "));
    }
}
