//! What the words say about a link, before it is a request.

use super::kinds::Settings;
use super::marks::Marks;
use super::netns::Place;
use crate::args::{LlAddr, Word};
use netlink_raw::route::link::{Kind, LinkRequest, MacvlanOptions, Peer, VlanOptions};

/// One link, as the words describe it.
#[derive(Debug, Default)]
pub(super) struct Description<'a> {
    /// What needs no storage of its own.
    pub(super) fixed: LinkRequest<'a>,
    /// The device: to change, or another way to name a new one.
    pub(super) dev: Option<Word<'a>>,
    /// The name a link is to have.
    pub(super) name: Option<Word<'a>>,
    /// The device below.
    pub(super) link: Option<Word<'a>>,
    /// Link-layer address.
    pub(super) address: Option<LlAddr>,
    /// Link-layer broadcast address.
    pub(super) broadcast: Option<LlAddr>,
    /// The namespace to create it in or to move it to, and its word.
    pub(super) netns: Option<(Place, Word<'a>)>,
    /// The word behind `type`.
    pub(super) kind: Option<Word<'a>>,
    /// What was said about the kind.
    pub(super) settings: Settings<'a>,
    /// Which word asked for what.
    pub(super) marks: Marks,
}

impl<'a> Description<'a> {
    /// The veth's other end.
    pub(super) fn peer(&self) -> Option<&Description<'a>> {
        match &self.settings {
            Settings::Veth(peer) => Some(peer),
            _ => None,
        }
    }

    /// The request without its kind.
    fn without_kind(&self) -> LinkRequest<'_> {
        LinkRequest {
            address: self.address.as_ref().map(LlAddr::bytes),
            broadcast: self.broadcast.as_ref().map(LlAddr::bytes),
            netns: self.netns.as_ref().map(|(place, _)| place.netns()),
            ..self.fixed.clone()
        }
    }

    /// Hands over the request.
    pub(super) fn with_request<R>(&self, f: impl FnOnce(&LinkRequest<'_>) -> R) -> R {
        let mut request = self.without_kind();
        // What a kind borrows lives here.
        let (peer, macvlan, vlan);
        let name = self.kind.map(|word| word.bytes()).unwrap_or_default();
        request.kind = match &self.settings {
            _ if self.kind.is_none() => None,
            Settings::Plain => Some(match name.strip_suffix(b"_slave") {
                Some(master) => Kind::PlainPort(master),
                None => Kind::Plain(name),
            }),
            Settings::Veth(end) => {
                peer = end.without_kind();
                Some(Kind::Veth(Peer(&peer)))
            }
            Settings::Bridge(options) => Some(Kind::Bridge(options)),
            Settings::BridgePort(options) => Some(Kind::BridgePort(options)),
            Settings::Macvlan(options, addresses) => {
                macvlan = MacvlanOptions {
                    macaddrs: addresses.as_deref(),
                    ..*options
                };
                Some(match name {
                    b"macvtap" => Kind::Macvtap(&macvlan),
                    _ => Kind::Macvlan(&macvlan),
                })
            }
            Settings::Vlan(options, ingress, egress) => {
                vlan = VlanOptions {
                    ingress: ingress.as_deref(),
                    egress: egress.as_deref(),
                    ..*options
                };
                Some(Kind::Vlan(&vlan))
            }
            Settings::Vxlan(options, _) => Some(Kind::Vxlan(options)),
            Settings::Ipvlan(options) => Some(match name {
                b"ipvtap" => Kind::Ipvtap(options),
                _ => Kind::Ipvlan(options),
            }),
            Settings::Vrf(options) => Some(Kind::Vrf(options)),
        };
        f(&request)
    }
}
