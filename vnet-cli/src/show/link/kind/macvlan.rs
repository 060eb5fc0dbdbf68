//! A MACVLAN or MACVTAP device.

use super::super::Show;
use super::super::names::Mac;
use netlink_raw::decode::Attr;
use netlink_raw::route::link::view::Macvlan;

/// `MACVLAN_FLAG_NOPROMISC` (`linux/if_link.h`).
const NOPROMISC: u16 = 1;

pub(super) fn macvlan(show: &mut Show<'_>, data: Attr<'_>) {
    let v = Macvlan::parse(data);
    // Nothing is said about a device of which there is no mode.
    let Some(mode) = v.mode else { return };
    let name = match mode {
        1 => "private",
        2 => "vepa",
        4 => "bridge",
        8 => "passthru",
        16 => "source",
        _ => "unknown",
    };
    show.out.field("mode", name, ("mode ", name, " "));
    if v.flags.is_some_and(|flags| flags & NOPROMISC != 0) {
        show.out.field("nopromisc", true, "nopromisc ");
    }
    show.number("bcqueuelen", "bcqueuelen", v.bc_queue_len);
    show.number("usedbcqueuelen", "usedbcqueuelen", v.bc_queue_len_used);
    if name != "source" {
        return;
    }
    let Some(count) = v.source_count else { return };
    show.out
        .field("macaddr_count", count, ("remotes (", count, ") "));
    if v.source_data.is_some() {
        show.out.open_array("macaddr_data");
        for source in v.sources() {
            let source = Mac(source);
            let source = format_args!("{source}");
            show.out.item(source, (source, " "));
        }
        show.out.close_array();
    }
}
