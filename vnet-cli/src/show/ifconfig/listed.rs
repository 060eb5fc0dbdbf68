//! The order of IPv6 addresses in a list: that of the kernel's hash table, which /proc/net/if_inet6
//! alone tells. Without it the order is netlink's.

use super::Inet6;
use std::net::Ipv6Addr;

const LIST: &str = "/proc/net/if_inet6";

/// Puts the addresses in the order in which net-tools lists them.
pub(super) fn sort(addresses: &mut [Inet6]) {
    // The order of one is plain.
    if addresses.len() < 2 {
        return;
    }
    if let Ok(bytes) = std::fs::read(LIST) {
        sort_by(addresses, &String::from_utf8_lossy(&bytes));
    }
}

fn sort_by(addresses: &mut [Inet6], list: &str) {
    let listed: Vec<(Ipv6Addr, u32)> = list.lines().filter_map(line).collect();
    addresses.sort_by_key(|a| {
        let here = |entry: &(Ipv6Addr, u32)| *entry == (a.local, a.index);
        listed.iter().position(here).unwrap_or(usize::MAX)
    });
}

/// A line: address and index in hexadecimal, and what netlink tells as well.
fn line(line: &str) -> Option<(Ipv6Addr, u32)> {
    let mut words = line.split_ascii_whitespace();
    let address = u128::from_str_radix(words.next()?, 16).ok()?;
    let index = u32::from_str_radix(words.next()?, 16).ok()?;
    Some((address.into(), index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_first_and_the_rest_as_it_was() {
        let address = |text: &str, index| Inet6 {
            index,
            local: text.parse().unwrap(),
            prefix: 64,
        };
        let mut addresses = [
            address("2001:db8::7", 3),
            address("2001:db8::1", 3),
            address("fe80::1", 4),
            address("fe80::1", 3),
        ];
        let list = "fe800000000000000000000000000001 03 40 20 80       v0\n\
                    broken\n\
                    20010db8000000000000000000000001 03 40 00 80       v0\n";
        sort_by(&mut addresses, list);
        let order: Vec<_> = addresses
            .iter()
            .map(|a| (a.local.to_string(), a.index))
            .collect();
        let want = [
            ("fe80::1", 3),
            ("2001:db8::1", 3),
            ("2001:db8::7", 3),
            ("fe80::1", 4),
        ];
        assert_eq!(order, want.map(|(text, index)| (text.to_owned(), index)));
    }
}
