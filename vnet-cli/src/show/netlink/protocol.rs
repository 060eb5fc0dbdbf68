//! The protocols of netlink sockets by name.

/// `NETLINK_*` of linux/netlink.h; the first name of a number is the one that is shown.
pub const NAMES: &[(u64, &str)] = &[
    (0, "NETLINK_ROUTE"),
    (1, "NETLINK_UNUSED"),
    (2, "NETLINK_USERSOCK"),
    (3, "NETLINK_FIREWALL"),
    (4, "NETLINK_SOCK_DIAG"),
    (4, "NETLINK_INET_DIAG"),
    (5, "NETLINK_NFLOG"),
    (6, "NETLINK_XFRM"),
    (7, "NETLINK_SELINUX"),
    (8, "NETLINK_ISCSI"),
    (9, "NETLINK_AUDIT"),
    (10, "NETLINK_FIB_LOOKUP"),
    (11, "NETLINK_CONNECTOR"),
    (12, "NETLINK_NETFILTER"),
    (13, "NETLINK_IP6_FW"),
    (14, "NETLINK_DNRTMSG"),
    (15, "NETLINK_KOBJECT_UEVENT"),
    (16, "NETLINK_GENERIC"),
    (18, "NETLINK_SCSITRANSPORT"),
    (19, "NETLINK_ECRYPTFS"),
    (20, "NETLINK_RDMA"),
    (21, "NETLINK_CRYPTO"),
    (22, "NETLINK_SMC"),
];

/// The name of a protocol; one that has none is its number.
pub fn name(number: u16) -> String {
    let found = NAMES.iter().find(|(n, _)| *n == u64::from(number));
    found.map_or_else(|| number.to_string(), |(_, name)| (*name).to_owned())
}

/// The protocol of a name, in letters of any case, with `NETLINK_` or without.
pub fn number(name: &str) -> Option<u16> {
    let name = name.to_ascii_uppercase();
    let name = name.strip_prefix("NETLINK_").unwrap_or(&name);
    let found = NAMES
        .iter()
        .find(|(_, n)| n.strip_prefix("NETLINK_") == Some(name));
    found.and_then(|(number, _)| u16::try_from(*number).ok())
}

/// The names without `NETLINK_` in small letters.
pub fn names() -> impl Iterator<Item = String> {
    let short = |(_, name): &(u64, &str)| name.trim_start_matches("NETLINK_").to_ascii_lowercase();
    NAMES.iter().map(short)
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_and_numbers() {
        assert_eq!(super::number("route"), Some(0));
        assert_eq!(super::number("NETLINK_GENERIC"), Some(16));
        assert_eq!(super::number("inet_diag"), Some(4));
        assert_eq!(super::number(""), None);
        assert_eq!(super::name(4), "NETLINK_SOCK_DIAG");
        assert_eq!(super::name(31), "31");
        assert!(super::names().all(|name| super::number(&name).is_some()));
    }
}
