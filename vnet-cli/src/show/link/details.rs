//! What `-d` adds behind the addresses of a link.

use super::names::{self, Hex};
use super::{Show, kind};
use netlink_raw::route::link::Link;
use netlink_raw::route::link::view::Inet6;

impl Show<'_> {
    pub(super) fn details(&mut self, link: &Link<'_>) {
        if let Some(users) = link.promiscuity {
            self.out
                .field("promiscuity", users, (" promiscuity ", users, " "));
        }
        if let Some(users) = link.allmulti {
            self.out
                .field("allmulti", users, (" allmulti ", users, " "));
        }
        self.number("min_mtu", "minmtu", link.min_mtu);
        self.number("max_mtu", "maxmtu", link.max_mtu);
        kind::info(self, link);
        if self.style.link {
            self.addr_gen_mode(link);
        }
        self.number("num_tx_queues", "numtxqueues", link.num_tx_queues);
        self.number("num_rx_queues", "numrxqueues", link.num_rx_queues);
        self.number("gso_max_size", "gso_max_size", link.gso_max_size);
        self.number("gso_max_segs", "gso_max_segs", link.gso_max_segs);
        self.number("tso_max_size", "tso_max_size", link.tso_max_size);
        self.number("tso_max_segs", "tso_max_segs", link.tso_max_segs);
        self.number("gro_max_size", "gro_max_size", link.gro_max_size);
        if let Some(name) = link.phys_port_name {
            self.out
                .field("phys_port_name", name, ("portname ", name, " "));
        }
        if let Some(id) = link.phys_port_id {
            let id = Hex(id);
            let id = format_args!("{id}");
            self.out.field("phys_port_id", id, ("portid ", id, " "));
        }
        if let Some(id) = link.phys_switch_id {
            let id = Hex(id);
            let id = format_args!("{id}");
            self.out.field("phys_switch_id", id, ("switchid ", id, " "));
        }
        if let Some(bus) = link.parent_dev_bus_name {
            self.out.field("parentbus", bus, ("parentbus ", bus, " "));
        }
        if let Some(device) = link.parent_dev_name {
            self.out
                .field("parentdev", device, ("parentdev ", device, " "));
        }
    }

    fn addr_gen_mode(&mut self, link: &Link<'_>) {
        let mode = link
            .af_spec
            .and_then(Inet6::of)
            .and_then(|v| v.addr_gen_mode);
        let Some(mode) = mode else { return };
        let key = "inet6_addr_gen_mode";
        match names::addr_gen_mode(mode) {
            Some(name) => self.out.field(key, name, ("addrgenmode ", name, " ")),
            None => {
                let number = format_args!("{mode:#04x}");
                self.out.field(key, number, ("addrgenmode ", number, " "));
            }
        }
    }
}
