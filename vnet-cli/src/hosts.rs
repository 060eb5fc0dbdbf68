//! Names of hosts and networks, from /etc/hosts and /etc/networks alone: no name server is asked,
//! which could take longer than everything else a command does.

use std::net::{IpAddr, Ipv4Addr};

/// An IPv4 address in figures, as inet_aton(3) reads it, or by its name in /etc/hosts.
pub fn ipv4(word: &[u8]) -> Option<Ipv4Addr> {
    figures(word).or_else(|| {
        addresses(word).find_map(|address| match address {
            IpAddr::V4(address) => Some(address),
            IpAddr::V6(_) => None,
        })
    })
}

/// One to four numbers in C's notation, the last of which fills the remaining bytes.
fn figures(word: &[u8]) -> Option<Ipv4Addr> {
    let mut parts = word.split(|&b| b == b'.');
    let mut value = 0u32;
    for place in 0..4u32 {
        let part = parts.next()?;
        if !part.first().is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let number = u32::try_from(crate::args::unsigned(part)?).ok()?;
        let rest = parts.clone().next().is_none();
        let bits = if rest { 32 - 8 * place } else { 8 };
        if bits < 32 && number >> bits != 0 {
            return None;
        }
        value |= if rest {
            number
        } else {
            number << (24 - 8 * place)
        };
        if rest {
            return Some(value.into());
        }
    }
    None
}

/// The addresses of a name in /etc/hosts.
pub fn addresses(name: &[u8]) -> impl Iterator<Item = IpAddr> {
    let name = name.to_ascii_lowercase();
    let lines = lines("/etc/hosts");
    lines.into_iter().filter_map(move |line| {
        let (first, names) = line.split_first()?;
        let is = |n: &String| n.to_ascii_lowercase().as_bytes() == name.as_slice();
        names.iter().any(is).then(|| first.parse().ok())?
    })
}

/// The names of addresses, read once.
#[derive(Debug, Default)]
pub struct Names {
    hosts: Vec<(IpAddr, String)>,
    networks: Vec<(Ipv4Addr, String)>,
}

impl Names {
    /// Those of this system.
    #[must_use]
    pub fn system() -> Self {
        Self::of(lines("/etc/hosts"), lines("/etc/networks"))
    }

    fn of(hosts: Vec<Vec<String>>, networks: Vec<Vec<String>>) -> Self {
        let hosts = hosts.into_iter().filter_map(|line| {
            let mut words = line.into_iter();
            let address = words.next()?.parse().ok()?;
            Some((address, words.next()?))
        });
        let networks = networks.into_iter().filter_map(|line| {
            let mut words = line.into_iter();
            let (name, number) = (words.next()?, words.next()?);
            Some((network(&number)?, name))
        });
        Self {
            hosts: hosts.collect(),
            networks: networks.collect(),
        }
    }

    /// The name of a host.
    #[must_use]
    pub fn host(&self, address: impl Into<IpAddr>) -> Option<&str> {
        let address = address.into();
        let found = self.hosts.iter().find(|(host, _)| *host == address);
        found.map(|(_, name)| name.as_str())
    }

    /// The name of a network.
    #[must_use]
    pub fn network(&self, address: Ipv4Addr) -> Option<&str> {
        let found = self
            .networks
            .iter()
            .find(|(network, _)| *network == address);
        found.map(|(_, name)| name.as_str())
    }
}

/// A network of /etc/networks, whose zeros at the end may be left out: `169.254` is 169.254.0.0.
fn network(number: &str) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let parts: Vec<&str> = number.split('.').collect();
    for (i, part) in parts.iter().enumerate() {
        *octets.get_mut(i)? = part.parse().ok()?;
    }
    Some(octets.into())
}

/// The words of a file's lines, comments cut off; what cannot be read has none.
fn lines(path: &str) -> Vec<Vec<String>> {
    let bytes = std::fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let lines = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default());
    lines
        .map(|line| line.split_whitespace().map(str::to_owned).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_as_inet_aton_reads_them() {
        for (word, want) in [
            ("10.1.2.3", Some([10, 1, 2, 3])),
            ("10.1", Some([10, 0, 0, 1])),
            ("10", Some([0, 0, 0, 10])),
            ("10.1.515", Some([10, 1, 2, 3])),
            ("0x0a000001", Some([10, 0, 0, 1])),
            ("255.255.255.255", Some([255; 4])),
            ("4294967295", Some([255; 4])),
            ("4294967296", None),
            ("10.1.2.3.4", None),
            ("10.256.0.1", None),
            ("10.1.2.", None),
            ("", None),
            (".", None),
            ("-1", None),
            ("foo", None),
        ] {
            assert_eq!(figures(word.as_bytes()), want.map(Ipv4Addr::from), "{word}");
        }
    }

    #[test]
    fn names_of_hosts_and_networks() {
        let words = |text: &str| -> Vec<Vec<String>> {
            let lines = text.lines();
            lines
                .map(|l| l.split_whitespace().map(str::to_owned).collect())
                .collect()
        };
        let hosts = "127.0.0.1 localhost\n10.0.0.2 gate gateway\n::1 ip6-localhost\n\nx y\n1.2.3.4";
        let networks = "link-local 169.254.0.0\nten 10\nbad 1.2.3.4.5\nnone";
        let names = Names::of(words(hosts), words(networks));
        assert_eq!(names.host([10, 0, 0, 2]), Some("gate"));
        assert_eq!(names.host([10, 0, 0, 3]), None);
        assert_eq!(names.host([1, 2, 3, 4]), None);
        assert_eq!(names.network([169, 254, 0, 0].into()), Some("link-local"));
        assert_eq!(names.network([10, 0, 0, 0].into()), Some("ten"));
        assert_eq!(names.network([1, 2, 3, 4].into()), None);
    }
}
