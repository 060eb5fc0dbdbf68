//! Ids of network namespaces: small numbers by which one namespace knows others (`linux/net_namespace.h`).
//!
//! An id counts in the namespace of the socket that asks, unless a request names a target; it lives as
//! long as the namespace it stands for.

use crate::decode::{Malformed, MessageRef};
use crate::encode::{AttrWriter, Message};
use crate::error::DecodeError;
use crate::schema::nsid::*;
use crate::schema::{RTM_GETNSID, RTM_NEWNSID};
use crate::wire::RtGenMsg;
use std::os::fd::AsRawFd;

pub use super::link::Netns;

/// `NETNSA_NSID_NOT_ASSIGNED`: no id, as the kernel writes it; in a request, any id that is free.
pub const NETNSA_NSID_NOT_ASSIGNED: i32 = -1;

/// Which namespace is meant.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// The one that a descriptor refers to or a process lives in.
    Netns(Netns<'a>),
    /// The one that has this id here.
    Id(i32),
}

fn encode_netns(netns: &Netns<'_>, w: &mut AttrWriter<'_>) {
    match netns {
        // The kernel reads the number as unsigned; a descriptor is never negative.
        Netns::Fd(fd) => w.put(NETNSA_FD, fd.as_raw_fd()),
        Netns::Pid(pid) => w.put(NETNSA_PID, *pid),
    };
}

/// Gives a namespace an id. `EEXIST` when it has one or the id is taken, says the kernel's text which.
#[derive(Clone, Copy, Debug)]
pub struct NewNsid<'a> {
    /// The namespace.
    pub netns: Netns<'a>,
    /// The id, not negative; `None` is any that is free.
    pub nsid: Option<i32>,
}

impl Message for NewNsid<'_> {
    fn kind(&self) -> u16 {
        RTM_NEWNSID
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&RtGenMsg::default());
        encode_netns(&self.netns, body);
        body.put(NETNSA_NSID, self.nsid.unwrap_or(NETNSA_NSID_NOT_ASSIGNED));
    }
}

/// Asks for a namespace's id: with [`get`](crate::Connection::get) one, with
/// [`dump`](crate::Connection::dump) and no [`which`](Self::which) all there are.
#[derive(Clone, Copy, Debug, Default)]
pub struct GetNsid<'a> {
    /// The namespace.
    pub which: Option<Which<'a>>,
    /// Answer with ids as they are in the namespace with this id here; [`Nsid::current`] is then the id here.
    pub target: Option<i32>,
}

impl Message for GetNsid<'_> {
    fn kind(&self) -> u16 {
        RTM_GETNSID
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&RtGenMsg::default());
        match &self.which {
            Some(Which::Netns(netns)) => encode_netns(netns, body),
            Some(Which::Id(id)) => {
                body.put(NETNSA_NSID, *id);
            }
            None => {}
        }
        body.put_opt(NETNSA_TARGET_NSID, self.target);
    }
}

/// An id, as `RTM_NEWNSID` and `RTM_DELNSID` tell it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Nsid {
    /// The id here, or in the target that was named: [`NETNSA_NSID_NOT_ASSIGNED`] when there is none.
    pub id: Option<i32>,
    /// When a target was named: the id here, or [`NETNSA_NSID_NOT_ASSIGNED`].
    pub current: Option<i32>,
    /// What could not be read.
    pub malformed: Malformed,
}

impl Nsid {
    /// Reads a message of type `RTM_NEWNSID` or `RTM_DELNSID`.
    ///
    /// # Errors
    /// Only when there is no `rtgenmsg`; what else can't be read is in [`malformed`](Self::malformed).
    pub fn parse(message: &MessageRef<'_>) -> Result<Self, DecodeError> {
        let (_, attrs) = message.split::<RtGenMsg>()?;
        let mut nsid = Self::default();
        let mut bad = Malformed::default();
        for attr in attrs {
            match bad.note(attr) {
                Some(a) if a.kind == NETNSA_NSID => nsid.id = bad.note(a.read()),
                Some(a) if a.kind == NETNSA_CURRENT_NSID => nsid.current = bad.note(a.read()),
                _ => {}
            }
        }
        nsid.malformed = bad;
        Ok(nsid)
    }

    /// The id, if one is assigned.
    #[must_use]
    pub fn assigned(&self) -> Option<i32> {
        self.id.filter(|id| *id >= 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Messages;
    use crate::encode::Batch;
    use crate::exchange::{NLM_F_ACK, NLM_F_DUMP, NLM_F_REQUEST};
    use proptest::prelude::*;
    use std::os::fd::AsFd;

    /// `ip netns set NAME 16`, with the namespace on descriptor 6.
    const SET: &[u8] = &[
        0x24, 0, 0, 0, 0x58, 0, 0x05, 0, 0x0a, 0x74, 0x02, 0x6b, 0, 0, 0,
        0, // nlmsghdr, NEWNSID
        0, 0, 0, 0, // rtgenmsg, AF_UNSPEC
        8, 0, 3, 0, 6, 0, 0, 0, // NETNSA_FD 6
        8, 0, 1, 0, 0x10, 0, 0, 0, // NETNSA_NSID 16
    ];
    /// `ip netns list-id target-nsid 16`.
    const LIST: &[u8] = &[
        0x1c, 0, 0, 0, 0x5a, 0, 0x01, 0x03, 0x0a, 0x74, 0x02, 0x6b, 0, 0, 0,
        0, // GETNSID, dump
        0, 0, 0, 0, // rtgenmsg
        8, 0, 4, 0, 0x10, 0, 0, 0, // NETNSA_TARGET_NSID 16
    ];
    /// What the kernel answered to that, without `NLMSG_DONE`.
    const LISTED: &[u8] = &[
        0x24, 0, 0, 0, 0x58, 0, 0x02, 0, 0x0a, 0x74, 0x02, 0x6b, 0xbc, 0x73, 0,
        0, // NEWNSID, multi
        0, 0, 0, 0, // rtgenmsg
        8, 0, 1, 0, 1, 0, 0, 0, // NETNSA_NSID 1
        8, 0, 5, 0, 0x10, 0, 0, 0, // NETNSA_CURRENT_NSID 16
        0x24, 0, 0, 0, 0x58, 0, 0x02, 0, 0x0a, 0x74, 0x02, 0x6b, 0xbc, 0x73, 0, 0, //
        0, 0, 0, 0, // rtgenmsg
        8, 0, 1, 0, 3, 0, 0, 0, // NETNSA_NSID 3
        8, 0, 5, 0, 4, 0, 0, 0, // NETNSA_CURRENT_NSID 4
    ];
    /// `ip netns list-id target-nsid 16 nsid 4`.
    const GET: &[u8] = &[
        0x24, 0, 0, 0, 0x5a, 0, 0x01, 0, 0x0c, 0x74, 0x02, 0x6b, 0, 0, 0, 0, // GETNSID
        0, 0, 0, 0, // rtgenmsg
        8, 0, 1, 0, 4, 0, 0, 0, // NETNSA_NSID 4
        8, 0, 4, 0, 0x10, 0, 0, 0, // NETNSA_TARGET_NSID 16
    ];

    fn bytes(message: &dyn Message, flags: u16, seq: u32) -> Vec<u8> {
        let mut buf = [0; 128];
        let mut batch = Batch::new(&mut buf);
        batch.push(message, flags, seq).unwrap();
        batch.as_bytes().to_vec()
    }

    fn parse(bytes: &[u8]) -> Vec<Result<Nsid, DecodeError>> {
        Messages::new(bytes).map(|m| Nsid::parse(&m?)).collect()
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn requests_are_those_of_iproute2() {
        let ack = NLM_F_REQUEST | NLM_F_ACK;
        let file = std::fs::File::open("/dev/null").unwrap();
        let mut set = NewNsid {
            netns: Netns::Fd(file.as_fd()),
            nsid: Some(16),
        };
        let mut want = SET.to_vec();
        want[24..28].copy_from_slice(&file.as_raw_fd().to_ne_bytes());
        assert_eq!(bytes(&set, ack, 0x6b02_740a), want);
        set.nsid = None;
        want[32..36].fill(0xff);
        assert_eq!(bytes(&set, ack, 0x6b02_740a), want);

        let mut get = GetNsid {
            which: None,
            target: Some(16),
        };
        let list = bytes(&get, NLM_F_REQUEST | NLM_F_DUMP, 0x6b02_740a);
        assert_eq!(list, LIST);
        get.which = Some(Which::Id(4));
        assert_eq!(bytes(&get, NLM_F_REQUEST, 0x6b02_740c), GET);
        get.which = Some(Which::Netns(Netns::Pid(77)));
        let pid = bytes(&get, NLM_F_REQUEST, 1);
        assert_eq!(pid[20..28], [8, 0, 2, 0, 77, 0, 0, 0]);
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn a_real_dump_is_read() {
        let of = |id, current| {
            Ok(Nsid {
                id: Some(id),
                current: Some(current),
                ..Nsid::default()
            })
        };
        assert_eq!(parse(LISTED), [of(1, 16), of(3, 4)]);
        let mut unassigned = LISTED[..36].to_vec();
        unassigned[24..28].fill(0xff);
        let first = parse(&unassigned).remove(0).unwrap();
        assert_eq!((first.id, first.assigned()), (Some(-1), None));
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn cut_anywhere_it_is_an_error_or_less() {
        let whole = &LISTED[..36];
        for len in 0..whole.len() {
            let mut cut = whole[..len].to_vec();
            assert!(parse(&cut).iter().all(Result::is_err), "{len}");
            // The same bytes in a frame of their own length.
            if let Some(field) = cut.get_mut(..4) {
                field.copy_from_slice(&u32::try_from(len).unwrap().to_ne_bytes());
                for nsid in parse(&cut).into_iter().flatten() {
                    let complete = nsid.id.is_some() && nsid.current.is_some();
                    assert!(!complete, "{len}");
                    let boundary = matches!(len, 17..=20 | 28);
                    assert_eq!(nsid.malformed.count == 0, boundary, "{len}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn what_was_asked_for_can_be_read_back(id: Option<u16>, target: Option<i32>) {
            let id = id.map(i32::from);
            let new = NewNsid { netns: Netns::Pid(1), nsid: id };
            let read = parse(&bytes(&new, 0, 1)).remove(0).unwrap();
            prop_assert_eq!(read.assigned(), id);
            prop_assert_eq!(read.malformed, Malformed::default());
            let get = GetNsid { which: id.map(Which::Id), target };
            let sent = bytes(&get, 0, 1);
            let message = Messages::new(&sent).next().unwrap().unwrap();
            let (_, attrs) = message.split::<RtGenMsg>().unwrap();
            let find = |kind| attrs.clone().find(kind).map(|a| a.read::<i32>().unwrap());
            prop_assert_eq!(find(NETNSA_NSID), id);
            prop_assert_eq!(find(NETNSA_TARGET_NSID), target);
        }

        #[test]
        fn no_bytes_panic(body: Vec<u8>) {
            let mut all = SET[..16].to_vec();
            all.extend_from_slice(&body);
            let len = u32::try_from(all.len()).unwrap();
            all[..4].copy_from_slice(&len.to_ne_bytes());
            for nsid in parse(&all).into_iter().flatten() {
                prop_assert!(nsid.malformed.count as usize <= body.len());
            }
        }
    }
}
