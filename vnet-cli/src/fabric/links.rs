//! Links by the datagram, each end created where it belongs.

use super::bridges::GEN_NONE;
use super::build::{Fabric, Settings, reopen};
use super::configure::{Inside, UP};
use super::error::Error;
use super::watch::Step;
use super::world::{End, Master, Place, VethPlan};
use netlink_raw::encode::Message;
use netlink_raw::route::link::{Kind, LinkRequest, Netns, Peer};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::OnceLock;
use std::time::Instant;

impl Fabric<'_> {
    pub(super) fn make_links(&mut self, inside: &Inside) -> Result<(), Error> {
        let world = self.world;
        if world.links.is_empty() {
            return Ok(());
        }
        self.watch.begin(Step::Link, world.links.len());
        let size = self.settings.links.max(1);
        for (chunk, links) in world.links.chunks(size).enumerate() {
            self.proceed()?;
            let began = Instant::now();
            self.outside += links.iter().filter(|l| l.is_outside()).count();
            let index = |i, end, at| inside.index(chunk * size + i, end, at);
            self.make_some(links, &index)?;
            let ended = Instant::now();
            self.watch.done(Step::Link, began, ended, links.len());
        }
        self.watch.end(Step::Link);
        Ok(())
    }

    /// Makes these links with one datagram. `index` is what to ask for, for an end of one of them in a namespace.
    fn make_some(
        &mut self,
        links: &[VethPlan],
        index: &dyn Fn(usize, u8, usize) -> i32,
    ) -> Result<(), Error> {
        let mut reopened = Vec::new();
        for end in links.iter().flat_map(|link| &link.ends) {
            reopened.push(match end.place {
                Place::In(at) => self.open(at)?,
                Place::Here => None,
            });
        }
        let writer = Writer {
            handles: &self.handles,
            reopened: &reopened,
            bridges: &self.bridges,
            settings: self.settings,
            index,
        };
        let numbered = || links.iter().enumerate();
        let peers: Vec<_> = numbered().map(|(i, link)| writer.end(i, link, 1)).collect();
        let mut requests = Vec::with_capacity(links.len());
        for ((i, link), peer) in numbered().zip(&peers) {
            requests.push(writer.whole(i, link, peer));
            requests.extend(link.ends.iter().zip(0..).filter_map(|e| writer.later(e)));
        }
        let mut refusal = None;
        let messages = requests.iter().map(|r| r as &dyn Message);
        self.conn.batch(messages, |position, e| {
            refusal.get_or_insert((position, e));
        })?;
        let Some((position, source)) = refusal else {
            return Ok(());
        };
        let name = requests.get(position).and_then(|r| r.name);
        Err(Error::Link {
            name: String::from_utf8_lossy(name.unwrap_or_default()).into_owned(),
            source,
        })
    }

    /// A descriptor of a namespace that is not kept open.
    fn open(&self, index: usize) -> Result<Option<OwnedFd>, Error> {
        if self.handles[index].get().is_some() {
            return Ok(None);
        }
        reopen(self.owner, &self.names[index])
            .map(Some)
            .map_err(Error::Store)
    }
}

/// Writes the requests of one datagram.
struct Writer<'a> {
    /// The namespaces that are kept open.
    handles: &'a [OnceLock<OwnedFd>],
    /// Those that are not: two a link, as they have ends.
    reopened: &'a [Option<OwnedFd>],
    bridges: &'a [u32],
    settings: Settings,
    /// The index to ask for, by link, end and namespace.
    index: &'a dyn Fn(usize, u8, usize) -> i32,
}

impl Writer<'_> {
    /// What both ends have: `n` is 0 or 1.
    fn end<'p>(&'p self, link: usize, plan: &'p VethPlan, n: u8) -> LinkRequest<'p> {
        let end = &plan.ends[usize::from(n)];
        let mut request = LinkRequest {
            name: Some(end.name.as_bytes()),
            num_tx_queues: plan.queues,
            num_rx_queues: plan.queues,
            ..LinkRequest::default()
        };
        match end.place {
            Place::Here => request.group = Some(self.settings.group),
            Place::In(at) => {
                let reopened = self.reopened[2 * link + usize::from(n)].as_ref();
                let fd = self.handles[at].get().or(reopened);
                request.netns = fd.map(|fd| Netns::Fd(fd.as_fd()));
                request.index = (self.index)(link, n, at);
            }
        }
        request
    }

    /// The link, with its second end.
    fn whole<'p>(
        &'p self,
        link: usize,
        plan: &'p VethPlan,
        peer: &'p LinkRequest<'p>,
    ) -> LinkRequest<'p> {
        let [first, _] = &plan.ends;
        let flags = if self.is_later(first, 0) { 0 } else { UP };
        let LinkRequest {
            nlm_flags, kind, ..
        } = LinkRequest::create(Kind::Veth(Peer(peer)));
        LinkRequest {
            nlm_flags,
            kind,
            flags,
            change: flags,
            master: self.bridge(first),
            ..self.end(link, plan, 0)
        }
    }

    /// What is done to an end of the caller's namespace once it is there, if it could not be done before.
    fn later<'p>(&self, (end, n): (&'p End, u8)) -> Option<LinkRequest<'p>> {
        self.is_later(end, n).then(|| LinkRequest {
            name: Some(end.name.as_bytes()),
            // A second end's is not heeded in the request that makes it.
            master: if n == 1 { self.bridge(end) } else { None },
            addrgenmode: (!self.settings.ipv6).then_some(GEN_NONE),
            flags: UP,
            change: UP,
            ..LinkRequest::default()
        })
    }

    /// Second ends can't be made up; and without IPv6 an end is told so before it is up.
    fn is_later(&self, end: &End, n: u8) -> bool {
        end.place == Place::Here && (n == 1 || !self.settings.ipv6)
    }

    fn bridge(&self, end: &End) -> Option<u32> {
        match end.master? {
            Master::Index(index) => Some(index),
            Master::Bridge(at) => self.bridges.get(at).copied(),
        }
    }
}
