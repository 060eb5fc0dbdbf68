//! What a command asks of the kernel, byte for byte, as strace saw it: the
//! judge of what this kernel cannot do and so cannot show.

use crate::sandbox::Sandbox;

/// One netlink request, laid open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `nlmsg_type`, such as 16 for RTM_NEWLINK.
    pub kind: u16,
    /// `nlmsg_flags`.
    pub flags: u16,
    /// The family header, as hex.
    pub header: String,
    /// Its attributes, each with its path of numbers and its bytes as hex; in
    /// the order of their paths.
    pub attributes: Vec<String>,
}

/// `RTM_NEWLINK` of linux/rtnetlink.h.
pub const RTM_NEWLINK: u16 = 16;
/// `RTM_GETLINK` of linux/rtnetlink.h.
pub const RTM_GETLINK: u16 = 18;
/// `NLM_F_DUMP` of linux/netlink.h.
pub const NLM_F_DUMP: u16 = 0x300;
/// `NLM_F_CREATE` of linux/netlink.h.
pub const NLM_F_CREATE: u16 = 0x400;

/// Runs a shell line under strace and returns every rtnetlink request it made.
/// `path` decides whose programs the line runs.
///
/// # Panics
/// When strace cannot be run.
#[must_use]
pub fn requests(sandbox: &Sandbox, line: &str, product: bool) -> Vec<Request> {
    let traced = format!(
        "strace -f -qq -o /run/trace -e trace=sendmsg,sendto,write,writev -e write=all {line} || true
        grep -E '^ \\| [0-9a-f]{{5}}|^[0-9]+ +(sendmsg|sendto|write|writev)' /run/trace; rm /run/trace"
    );
    let output = if product {
        sandbox.product_sh(&traced)
    } else {
        sandbox.sh(&traced)
    };
    let messages = datagrams(&output.text());
    messages.iter().flat_map(|bytes| split(bytes)).collect()
}

/// The bytes that each call of a trace sent, in its order: strace's, with `-e write=all`.
#[must_use]
pub fn datagrams(trace: &str) -> Vec<Vec<u8>> {
    let mut messages: Vec<Vec<u8>> = Vec::new();
    for line in trace.lines() {
        match line.strip_prefix(" | ") {
            Some(dump) => {
                if let Some(message) = messages.last_mut() {
                    message.extend(dump_bytes(dump));
                }
            }
            None if line.contains("nlmsg_len") || line.contains("AF_NETLINK") => {
                messages.push(Vec::new());
            }
            // Another write: its bytes go nowhere.
            None => messages.push(Vec::new()),
        }
    }
    messages
}

/// The bytes of a line such as `00010  00 1f … 20  .... |`.
fn dump_bytes(line: &str) -> Vec<u8> {
    let hex = line.get(5..).unwrap_or_default();
    let hex = hex.get(..hex.len().min(51)).unwrap_or_default();
    hex.split_whitespace()
        .filter_map(|byte| u8::from_str_radix(byte, 16).ok())
        .collect()
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let (low, high) = (bytes.get(at)?, bytes.get(at + 1)?);
    Some(usize::from(u16::from_ne_bytes([*low, *high])))
}

fn split(mut bytes: &[u8]) -> Vec<Request> {
    let mut requests = Vec::new();
    while let (Some(length), Some(kind), Some(flags)) =
        (number(bytes, 0), number(bytes, 4), number(bytes, 6))
    {
        // RTM_BASE is 16; anything lower is control, or no netlink at all.
        if length < 16 || length > bytes.len() || !(16..128).contains(&kind) {
            break;
        }
        let body = bytes.get(16..length).unwrap_or_default();
        let header = match kind {
            16..=19 => 16,
            20..=23 => 8,
            _ => 12,
        };
        let header = header.min(body.len());
        let (head, attributes) = body.split_at(header);
        let mut found = Vec::new();
        open("", attributes, &mut found);
        found.sort();
        requests.push(Request {
            kind: u16::try_from(kind).unwrap_or(0),
            flags: u16::try_from(flags).unwrap_or(0),
            header: hex(head),
            attributes: found,
        });
        bytes = bytes.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    requests
}

/// The nests of a link message: IFLA_LINKINFO, its IFLA_INFO_DATA, and the
/// maps of a VLAN's priorities in there.
const NESTS: &[&str] = &["18", "18.2", "18.2.3", "18.2.4", "26", "26.10"];

fn open(path: &str, mut bytes: &[u8], found: &mut Vec<String>) {
    while let (Some(length), Some(kind)) = (number(bytes, 0), number(bytes, 2)) {
        if length < 4 || length > bytes.len() {
            break;
        }
        let kind = kind & 0x3fff;
        let path = if path.is_empty() {
            kind.to_string()
        } else {
            format!("{path}.{kind}")
        };
        let mut value = bytes.get(4..length).unwrap_or_default();
        // Names may end with a zero byte or not.
        if ["3", "18.1"].contains(&path.as_str()) {
            value = value.strip_suffix(&[0]).unwrap_or(value);
        }
        if NESTS.contains(&path.as_str()) {
            open(&path, value, found);
        } else {
            found.push(format!("{path}={}", hex(value)));
        }
        bytes = bytes.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dump_is_read_and_laid_open() {
        let lines = [
            "00000  38 00 00 00 10 00 05 06  01 00 00 00 00 00 00 00   8............... ",
            "00010  00 00 00 00 00 00 00 00  01 00 00 00 01 00 00 00  ................ ",
            "00020  08 00 03 00 78 31 00 00  10 00 12 00 0a 00 01 00  ....x1.......... ",
            "00030  64 75 6d 6d 79 00 00 00                           dummy...         ",
        ];
        let bytes: Vec<u8> = lines.iter().flat_map(|line| dump_bytes(line)).collect();
        assert_eq!(bytes.len(), 0x38);
        let requests = split(&bytes);
        assert_eq!(requests.len(), 1);
        assert_eq!((requests[0].kind, requests[0].flags), (RTM_NEWLINK, 0x605));
        assert_eq!(requests[0].header, "00000000000000000100000001000000");
        assert_eq!(requests[0].attributes, ["18.1=64756d6d79", "3=783100"]);
    }
}
