//! Other names of a link, added and removed (`RTM_NEWLINKPROP`, `RTM_DELLINKPROP`).

use crate::encode::{AttrWriter, Message};
use crate::exchange::{NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL};
use crate::schema::link::{IFLA_ALT_IFNAME, IFLA_PROP_LIST};
use crate::schema::{RTM_DELLINKPROP, RTM_NEWLINKPROP};
use crate::wire::IfInfoMsg;

/// Adds or removes other names of a link. The kernel stops at the first that it refuses, and keeps
/// those before it.
#[derive(Clone, Copy, Debug)]
pub struct LinkProperty<'a, N> {
    /// Index of the link.
    pub index: i32,
    /// The names, each at most 127 bytes.
    pub altnames: &'a [N],
    /// Removes them; else adds them.
    pub remove: bool,
}

impl<N: AsRef<[u8]>> Message for LinkProperty<'_, N> {
    fn kind(&self) -> u16 {
        if self.remove {
            RTM_DELLINKPROP
        } else {
            RTM_NEWLINKPROP
        }
    }
    fn flags(&self) -> u16 {
        if self.remove {
            0
        } else {
            NLM_F_CREATE | NLM_F_EXCL | NLM_F_APPEND
        }
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&IfInfoMsg {
            index: self.index,
            ..IfInfoMsg::default()
        });
        body.nest(IFLA_PROP_LIST, |w| {
            for name in self.altnames {
                w.str(IFLA_ALT_IFNAME, name.as_ref());
            }
        });
    }
}
