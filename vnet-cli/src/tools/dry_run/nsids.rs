//! The numbers of namespaces that there would be, for the look-ups that follow their messages.

use netlink_raw::decode::{Attrs, MessageRef};
use netlink_raw::encode::Request;
use netlink_raw::exchange::NLM_F_DUMP;
use netlink_raw::schema::nsid::{NETNSA_FD, NETNSA_NSID, NETNSA_PID};
use netlink_raw::schema::{RTM_GETNSID, RTM_NEWNSID};
use netlink_raw::wire::RtGenMsg;

/// A namespace as messages name it: the attribute and its bytes.
type Named = (u16, Vec<u8>);

/// What would be numbered.
#[derive(Debug, Default)]
pub(super) struct Nsids(Vec<(Named, i32)>);

fn named(attrs: &Attrs<'_>) -> Option<Named> {
    let mut all = attrs.clone().valid();
    let named = all.find(|attr| [NETNSA_FD, NETNSA_PID].contains(&attr.kind))?;
    Some((named.kind, named.value.to_vec()))
}

impl Nsids {
    /// Takes a change as made; `used` tells the numbers that there are.
    pub(super) fn change(&mut self, message: MessageRef<'_>, used: impl FnOnce() -> Vec<i32>) {
        if message.header.kind != RTM_NEWNSID {
            return;
        }
        let Ok((_, attrs)) = message.split::<RtGenMsg>() else {
            return;
        };
        let Some(named) = named(&attrs) else { return };
        let wanted = attrs
            .find(NETNSA_NSID)
            .and_then(|attr| attr.read::<i32>().ok());
        let number = match wanted {
            Some(number) if number >= 0 => number,
            // The lowest that is free (`alloc_netid` in net/core/net_namespace.c).
            _ => {
                let used = used();
                let taken = |n: &i32| used.contains(n) || self.0.iter().any(|(_, m)| m == n);
                (0..i32::MAX).find(|n| !taken(n)).unwrap_or_default()
            }
        };
        self.0.push((named, number));
    }

    /// The answer to a look-up of a number that would be given.
    pub(super) fn answer(&self, message: MessageRef<'_>) -> Option<Vec<u8>> {
        let request = message.header;
        if request.kind != RTM_GETNSID || request.flags & NLM_F_DUMP != 0 {
            return None;
        }
        let (_, attrs) = message.split::<RtGenMsg>().ok()?;
        let asked = named(&attrs)?;
        let (_, number) = self.0.iter().rev().find(|(named, _)| *named == asked)?;
        let mut buf = [0; 64];
        let mut answer = Request::new(&mut buf, RTM_NEWNSID, 0, request.seq);
        answer
            .attrs()
            .fixed(&RtGenMsg::default())
            .put(NETNSA_NSID, *number);
        answer.finish().ok().map(<[u8]>::to_vec)
    }
}
