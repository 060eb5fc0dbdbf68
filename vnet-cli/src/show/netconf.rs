//! Settings of links, as `ip netconf` and `ip monitor` show them.

use crate::error::Result;
use crate::kernel::Kernel;
use crate::out::Out;
use crate::out::color::Color;
use netlink_raw::route::netconf::{NETCONFA_IFINDEX_ALL, NETCONFA_IFINDEX_DEFAULT, Netconf};

/// `AF_MPLS`.
const MPLS: u8 = libc::AF_MPLS as u8;

/// The settings of one link in one family, as a line.
///
/// # Errors
/// Of asking the kernel for the link's name.
pub fn record(out: &mut Out, kernel: &mut Kernel, netconf: &Netconf, deleted: bool) -> Result {
    let name = match netconf.index {
        Some(NETCONFA_IFINDEX_ALL) => Some(b"all".to_vec()),
        Some(NETCONFA_IFINDEX_DEFAULT) => Some(b"default".to_vec()),
        Some(index) => Some(kernel.name_of(index)?),
        None => None,
    };
    out.object(|out| {
        if deleted {
            out.field("deleted", true, "Deleted ");
        }
        let family = match i32::from(netconf.family) {
            libc::AF_INET => Some("inet"),
            libc::AF_INET6 => Some("inet6"),
            libc::AF_MPLS => Some("mpls"),
            _ => None,
        };
        if let Some(family) = family {
            out.field("family", family, (family, " "));
        }
        if let Some(name) = name.as_deref() {
            match netconf.index {
                Some(index) if index > 0 => {
                    out.colored(Color::Ifname, "interface", name, (name, " "));
                }
                _ => out.field("interface", name, (name, " ")),
            }
        }
        let on_off = |out: &mut Out, key: &str, value: Option<i32>| {
            if let Some(value) = value {
                let word = if value != 0 { " on " } else { " off " };
                out.field(key, value != 0, (key, word));
            }
        };
        on_off(out, "forwarding", netconf.forwarding);
        if let Some(filter) = netconf.rp_filter {
            let word = match filter {
                0 => "off",
                1 => "strict",
                2 => "loose",
                _ => "unknown",
            };
            out.field("rp_filter", word, ("rp_filter ", word, " "));
        }
        on_off(out, "mc_forwarding", netconf.mc_forwarding);
        on_off(out, "proxy_neigh", netconf.proxy_neigh);
        let key = "ignore_routes_with_linkdown";
        on_off(out, key, netconf.ignore_routes_with_linkdown);
        if netconf.family == MPLS {
            on_off(out, "input", netconf.input);
        }
        out.end_line();
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use netlink_raw::decode::Messages;
    use netlink_raw::encode::Request;
    use netlink_raw::schema::netconf::*;
    use netlink_raw::wire::NetconfMsg;

    fn shown(family: u8, settings: &[(u16, i32)], deleted: bool) -> String {
        let mut buf = [0; 256];
        let mut request = Request::new(&mut buf, 80, 0, 1);
        let head = NetconfMsg {
            family,
            ..NetconfMsg::default()
        };
        request.attrs().fixed(&head);
        for (kind, value) in settings {
            request.attrs().put(*kind, *value);
        }
        let bytes = request.finish().unwrap();
        let netconf = Netconf::parse(&Messages::new(bytes).next().unwrap().unwrap()).unwrap();
        let mut out = Out::memory(&Options::default());
        let mut kernel = Kernel::default();
        kernel.learn(2, b"v2");
        record(&mut out, &mut kernel, &netconf, deleted).unwrap();
        String::from_utf8(out.take()).unwrap()
    }

    /// Judged by iproute2 6.1.
    #[test]
    fn events_as_ip_shows_them() {
        let all = [
            (NETCONFA_IFINDEX, 2),
            (NETCONFA_FORWARDING, 0),
            (NETCONFA_RP_FILTER, 2),
            (NETCONFA_MC_FORWARDING, 0),
            (NETCONFA_BC_FORWARDING, 0),
            (NETCONFA_PROXY_NEIGH, 1),
            (NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN, 0),
        ];
        assert_eq!(
            shown(2, &all, false),
            "inet v2 forwarding off rp_filter loose mc_forwarding off proxy_neigh on \
             ignore_routes_with_linkdown off \n"
        );
        assert_eq!(shown(10, &all[..1], true), "Deleted inet6 v2 \n");
        assert_eq!(
            shown(
                2,
                &[(NETCONFA_IFINDEX, -1), (NETCONFA_FORWARDING, 1)],
                false
            ),
            "inet all forwarding on \n"
        );
        assert_eq!(
            shown(2, &[(NETCONFA_IFINDEX, -2), (NETCONFA_RP_FILTER, 0)], false),
            "inet default rp_filter off \n"
        );
    }
}
