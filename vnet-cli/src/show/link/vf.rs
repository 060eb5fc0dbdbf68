//! The virtual functions of a link.

use super::names::{Hardware, Mac, VlanProtocol};
use super::{Show, stats};
use crate::out::color::Color;
use netlink_raw::route::link::Link;
use netlink_raw::route::link::view::{Vf, VfStats, VfVlan};

/// `ARPHRD_INFINIBAND`, and how long its addresses are; all others are as Ethernet's.
const INFINIBAND: u16 = 32;
const INFINIBAND_ADDRESS: usize = 20;
const ETHERNET_ADDRESS: usize = 6;

/// 802.1Q, which is not named.
const USUAL_PROTOCOL: u16 = 0x8100;

impl Show<'_> {
    pub(super) fn functions(&mut self, link: &Link<'_>) {
        let (Some(list), Some(_)) = (link.vf_list, link.num_vf) else {
            return;
        };
        self.out.open_array("vfinfo_list");
        for vf in Vf::all(list) {
            self.out.open_object();
            self.function(link, &vf);
            self.out.close_object();
        }
        self.out.close_array();
    }

    fn function(&mut self, link: &Link<'_>, vf: &Vf<'_>) {
        self.out.sl();
        let length = match link.hardware {
            INFINIBAND => INFINIBAND_ADDRESS,
            _ => ETHERNET_ADDRESS,
        };
        if let Some((number, mac)) = vf.mac {
            let number = number.cast_signed();
            self.out.field("vf", number, ("    vf ", number, " "));
            let hardware = Hardware {
                number: link.hardware,
                numeric: self.options.numeric,
            };
            let hardware = format_args!("{hardware}");
            self.out
                .field("link_type", hardware, ("    link/", hardware, " "));
            self.vf_address("address", "", mac.get(..length));
        }
        if let Some(broadcast) = vf.broadcast {
            self.vf_address("broadcast", " brd ", broadcast.get(..length));
        }
        if vf.vlan_list.is_some() {
            self.out.open_array("vlan_list");
            for vlan in vf.vlans() {
                self.out.open_object();
                self.vf_vlan(vlan);
                self.out.close_object();
            }
            self.out.close_array();
        } else if let Some(vlan) = vf.vlan {
            self.vf_vlan(vlan);
        }
        if let Some(rate) = vf.tx_rate.filter(|rate| *rate != 0) {
            let text = (", tx rate ", rate, " (Mbps)");
            self.out.field("tx_rate", rate, text);
        }
        if let Some((least, most)) = vf.rate {
            self.out.object_of("rate", |out| {
                for (key, word, rate) in [
                    ("max_tx", ", max_tx_rate ", most),
                    ("min_tx", ", min_tx_rate ", least),
                ] {
                    let text = (rate != 0).then_some((word, rate, "Mbps"));
                    out.field(key, rate, text);
                }
            });
        }
        self.switch("spoofchk", ", spoof checking ", vf.spoofchk);
        self.guid("node guid", ", NODE_GUID ", vf.ib_node_guid);
        self.guid("port guid", ", PORT_GUID ", vf.ib_port_guid);
        if let Some(state) = vf.link_state {
            let name = match state {
                0 => "auto",
                1 => "enable",
                _ => "disable",
            };
            self.out.field("link_state", name, (", link-state ", name));
        }
        self.switch("trust", ", trust ", vf.trust);
        self.switch("query_rss_en", ", query_rss ", vf.rss_query_en);
        if let Some(stats) = vf.stats.filter(|_| self.options.stats > 0) {
            self.vf_stats(&stats);
        }
    }

    fn vf_address(&mut self, key: &str, before: &str, bytes: Option<&[u8]>) {
        let address = Mac(bytes.unwrap_or_default());
        let address = format_args!("{address}");
        self.out.text(before);
        self.out.colored(Color::Mac, key, address, address);
    }

    fn vf_vlan(&mut self, vlan: VfVlan) {
        if vlan.id != 0 {
            self.out.field("vlan", vlan.id, (", vlan ", vlan.id));
        }
        if vlan.qos != 0 {
            self.out.field("qos", vlan.qos, (", qos ", vlan.qos));
        }
        if let Some(number) = vlan.protocol.filter(|number| *number != USUAL_PROTOCOL) {
            let protocol = VlanProtocol {
                number,
                numeric: self.options.numeric,
            };
            let protocol = format_args!("{protocol}");
            let text = (", vlan protocol ", protocol);
            self.out.field("protocol", protocol, text);
        }
    }

    /// On or off; nothing for a switch that the driver does not have.
    fn switch(&mut self, key: &str, before: &str, value: Option<u32>) {
        if let Some(value) = value.filter(|value| *value != u32::MAX) {
            let on = value != 0;
            let text = (before, if on { "on" } else { "off" });
            self.out.field(key, on, text);
        }
    }

    fn guid(&mut self, key: &str, before: &str, guid: Option<u64>) {
        if let Some(guid) = guid {
            let bytes = guid.to_be_bytes();
            let guid = Mac(&bytes);
            let guid = format_args!("{guid}");
            self.out.field(key, guid, (before, guid));
        }
    }

    fn vf_stats(&mut self, s: &VfStats) {
        self.out.object_of("stats", |out| {
            out.object_of("rx", |out| {
                out.json("bytes", s.rx_bytes);
                out.json("packets", s.rx_packets);
                out.json("multicast", s.multicast);
                out.json("broadcast", s.broadcast);
                if let Some(dropped) = s.rx_dropped {
                    out.json("dropped", dropped);
                }
            });
            out.object_of("tx", |out| {
                out.json("tx_bytes", s.tx_bytes);
                out.json("tx_packets", s.tx_packets);
                if let Some(dropped) = s.tx_dropped {
                    out.json("dropped", dropped);
                }
            });
        });
        if self.out.is_json() {
            return;
        }
        let rx = [
            (10, Some(s.rx_bytes)),
            (8, Some(s.rx_packets)),
            (7, Some(s.multicast)),
            (7, Some(s.broadcast)),
            (8, s.rx_dropped),
        ];
        let tx = [
            (10, Some(s.tx_bytes)),
            (8, Some(s.tx_packets)),
            (8, s.tx_dropped),
        ];
        let dropped = |dropped: Option<u64>| dropped.map(|_| "  dropped ");
        let heading = "    RX: bytes  packets  mcast   bcast ";
        self.vf_counters((heading, dropped(s.rx_dropped)), &rx);
        let heading = "    TX: bytes  packets ";
        self.vf_counters((heading, dropped(s.tx_dropped)), &tx);
    }

    fn vf_counters(&mut self, heading: (&str, Option<&str>), counters: &[(usize, Option<u64>)]) {
        self.out.sl();
        self.out.text(heading);
        self.out.sl();
        self.out.text("    ");
        for (width, counter) in counters {
            if let Some(value) = counter {
                stats::number(self.out, self.options, *width, *value);
            }
        }
    }
}
