//! veth: both ends of the cable in one request, each created where it belongs.

use super::LinkRequest;
use crate::encode::AttrWriter;
use crate::schema::kinds::VETH_INFO_PEER;

/// The other end. Its `kind` and `nlm_flags` are not used.
///
/// With [`netns`](LinkRequest::netns) it is created in that namespace: nothing is moved, which would
/// cost a wait of some 16 ms. It can't be created up (the kernel answers `ENOTCONN`).
#[derive(Clone, Copy, Debug)]
pub struct Peer<'a>(pub &'a LinkRequest<'a>);

impl Peer<'_> {
    pub(super) fn encode(&self, w: &mut AttrWriter<'_>) {
        w.nest(VETH_INFO_PEER, |w| self.0.encode_into(w));
    }
}
