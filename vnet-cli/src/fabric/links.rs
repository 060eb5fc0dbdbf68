//! Links by the datagram, each end created where it belongs.

use super::build::{Fabric, GEN_NONE, reopen};
use super::configure::{Inside, UP};
use super::error::Error;
use super::watch::Step;
use super::world::{End, Master, Place, VethPlan};
use netlink_raw::encode::Message;
use netlink_raw::route::link::{Kind, LinkRequest, Netns, Peer};
use std::os::fd::{AsFd, OwnedFd};
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
            let here = |link: &&VethPlan| link.ends[0].place == Place::Here;
            self.outside += links.iter().filter(here).count();
            let index = |i, end, at| inside.index(chunk * size + i, end, at);
            self.make_some(links, &index)?;
            let ended = Instant::now();
            self.watch.done(Step::Link, began, ended, links.len());
        }
        self.watch.end(Step::Link);
        Ok(())
    }

    /// Makes these links with one datagram. `index` is what to ask for, for an end of one of them in a
    /// namespace.
    fn make_some<'a>(
        &mut self,
        links: &'a [VethPlan],
        index: &dyn Fn(usize, u8, usize) -> i32,
    ) -> Result<(), Error> {
        let mut reopened = Vec::new();
        for end in links.iter().flat_map(|link| &link.ends) {
            reopened.push(match end.place {
                Place::In(index) => self.open(index)?,
                Place::Here => None,
            });
        }
        let descriptors: &[Option<OwnedFd>] = &reopened;
        let netns = |end: &End, at: usize| match end.place {
            Place::Here => None,
            Place::In(index) => {
                let kept = self.handles[index].get();
                let fd = kept.or(descriptors[at].as_ref())?;
                Some(Netns::Fd(fd.as_fd()))
            }
        };
        let index_of = |master: Option<Master>| match master? {
            Master::Index(index) => Some(index),
            Master::Bridge(at) => self.bridges.get(at).copied(),
        };
        let request = |link: &'a VethPlan, n: usize, at: usize| {
            let end = &link.ends[n];
            LinkRequest {
                name: Some(end.name.as_bytes()),
                netns: netns(end, at),
                num_tx_queues: link.queues,
                num_rx_queues: link.queues,
                ..LinkRequest::default()
            }
        };
        let peers: Vec<LinkRequest<'_>> = links
            .iter()
            .enumerate()
            .map(|(i, link)| {
                let mut peer = request(link, 1, 2 * i + 1);
                match link.ends[1].place {
                    Place::Here => peer.group = Some(self.settings.group),
                    Place::In(at) => peer.index = index(i, 1, at),
                }
                peer
            })
            .collect();
        let mut requests = Vec::with_capacity(links.len());
        let mut about = Vec::with_capacity(links.len());
        for (i, (link, peer)) in links.iter().zip(&peers).enumerate() {
            let here = link.ends[0].place == Place::Here;
            let main = LinkRequest {
                index: match link.ends[0].place {
                    Place::Here => 0,
                    Place::In(at) => index(i, 0, at),
                },
                master: index_of(link.ends[0].master),
                group: here.then_some(self.settings.group),
                ..request(link, 0, 2 * i)
            };
            let mut main = LinkRequest {
                kind: Some(Kind::Veth(Peer(peer))),
                nlm_flags: LinkRequest::create(Kind::Veth(Peer(peer))).nlm_flags,
                ..main
            };
            // Without IPv6 it is told so before it is up.
            let later = here && !self.settings.ipv6;
            if !later {
                (main.flags, main.change) = (UP, UP);
            }
            requests.push(main);
            about.push(&link.ends[0].name);
            for (n, end) in link.ends.iter().enumerate() {
                if end.place == Place::Here && (n == 1 || later) {
                    requests.push(LinkRequest {
                        name: Some(end.name.as_bytes()),
                        master: if n == 1 { index_of(end.master) } else { None },
                        addrgenmode: (!self.settings.ipv6).then_some(GEN_NONE),
                        flags: UP,
                        change: UP,
                        ..LinkRequest::default()
                    });
                    about.push(&end.name);
                }
            }
        }
        let mut refusal = None;
        let messages = requests.iter().map(|r| r as &dyn Message);
        let sent = self.conn.batch(messages, |position, e| {
            refusal.get_or_insert((position, e));
        });
        sent?;
        match refusal {
            Some((position, source)) => Err(Error::Link {
                name: about.get(position).copied().cloned().unwrap_or_default(),
                source,
            }),
            None => Ok(()),
        }
    }

    /// An open descriptor of a namespace: kept, or opened again into `more`.
    fn open(&self, index: usize) -> Result<Option<OwnedFd>, Error> {
        if self.handles[index].get().is_some() {
            return Ok(None);
        }
        reopen(self.owner, &self.names[index])
            .map(Some)
            .map_err(Error::Store)
    }
}
