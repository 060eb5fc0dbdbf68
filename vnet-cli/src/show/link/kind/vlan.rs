//! A VLAN device.

use super::super::Show;
use super::super::names::VlanProtocol;
use netlink_raw::decode::Attr;
use netlink_raw::route::link::view::Vlan;
use netlink_raw::wire::VlanQosMapping;

/// `VLAN_FLAG_*` (`linux/if_vlan.h`).
const FLAGS: [(u32, &str); 5] = [
    (0x1, "REORDER_HDR"),
    (0x2, "GVRP"),
    (0x8, "MVRP"),
    (0x4, "LOOSE_BINDING"),
    (0x10, "BRIDGE_BINDING"),
];

pub(super) fn vlan(show: &mut Show<'_>, data: Attr<'_>) {
    let v = Vlan::parse(data);
    let Some(id) = v.id else { return };
    let numeric = show.options.numeric;
    match v.protocol {
        Some(number) => {
            let protocol = VlanProtocol { number, numeric };
            show.word("protocol", "protocol", format_args!("{protocol}"));
        }
        // Kernels before 3.10 knew of no other.
        None => show.word("protocol", "protocol", format_args!("802.1q")),
    }
    show.number("id", "id", Some(id));
    if let Some(flags) = v.flags {
        let known = FLAGS.iter().filter(|(bit, _)| flags.flags & bit != 0);
        show.out.text("<");
        show.out.open_array("flags");
        let mut rest = flags.flags;
        let mut comma = "";
        for (bit, name) in known {
            show.out.item(*name, (comma, *name));
            comma = ",";
            rest &= !bit;
        }
        if rest != 0 {
            let rest = format_args!("{rest:x}");
            show.out.item(rest, (comma, rest));
        }
        show.out.close_array();
        show.out.text("> ");
    }
    if v.ingress_qos.is_some() {
        mappings(show, "ingress_qos", "ingress-qos-map", v.ingress());
    }
    if v.egress_qos.is_some() {
        mappings(show, "egress_qos", "egress-qos-map", v.egress());
    }
}

fn mappings(
    show: &mut Show<'_>,
    key: &str,
    word: &str,
    mappings: impl Iterator<Item = VlanQosMapping>,
) {
    show.out.sl();
    show.out.text(("      ", word, " { "));
    show.out.open_array(key);
    for VlanQosMapping { from, to } in mappings {
        show.out.open_object();
        show.out.field("from", from, from);
        show.out.field("to", to, (":", to, " "));
        show.out.close_object();
    }
    show.out.close_array();
    show.out.text("} ");
}
