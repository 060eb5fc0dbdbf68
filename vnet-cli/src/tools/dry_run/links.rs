//! The links that there would be: made, renamed, moved and deleted by the messages of a dry run, for the look-ups
//! that follow them.

use netlink_raw::decode::{Attr, Attrs, MessageRef};
use netlink_raw::encode::Request;
use netlink_raw::exchange::{NLM_F_CREATE, NLM_F_DUMP, NLM_F_MULTI, NLMSG_DONE, NLMSG_ERROR};
use netlink_raw::schema::kinds::VETH_INFO_PEER;
use netlink_raw::schema::link::*;
use netlink_raw::schema::*;
use netlink_raw::wire::{IfAddrMsg, IfInfoMsg, NlMsgErr, NlMsgHdr};

/// A link that a change has touched: as it would be, or gone.
#[derive(Debug)]
struct Link {
    index: i32,
    /// Its name first, where that is known, and its other names.
    names: Vec<Vec<u8>>,
    /// What it is to be made of, or what the kernel says of it: attributes.
    attributes: Vec<u8>,
    /// The other end, where that is in this namespace too.
    peer: Option<i32>,
    /// Whether a message would make it.
    new: bool,
    gone: bool,
}

/// Tells the bodies of links that there are: of one by its index, or of all.
type Kernel<'k> = &'k mut dyn FnMut(Option<i32>) -> Vec<Vec<u8>>;

/// What would be of the links of this namespace.
#[derive(Debug, Default)]
pub(super) struct Links {
    touched: Vec<Link>,
    /// Names that would be free.
    freed: Vec<Vec<u8>>,
    /// The index that the next link would most likely get.
    next: Option<i32>,
}

fn body(message: MessageRef<'_>) -> Option<(IfInfoMsg, Attrs<'_>)> {
    message.split::<IfInfoMsg>().ok()
}

fn text<'a>(attrs: &Attrs<'a>, number: u16) -> Option<&'a [u8]> {
    let found = attrs.clone().find(number)?;
    Some(found.c_str())
}

/// Whether a link is to be in another namespace than the one that is asked.
fn elsewhere(attrs: &Attrs<'_>) -> bool {
    let has = |number| attrs.clone().find(number).is_some();
    has(IFLA_NET_NS_FD) || has(IFLA_NET_NS_PID)
}

/// What a link's kind has in its data.
fn kind<'a>(attrs: &Attrs<'a>) -> Option<(&'a [u8], Option<Attr<'a>>)> {
    let info = attrs.clone().find(IFLA_LINKINFO)?.nested();
    let name = text(&info, IFLA_INFO_KIND)?;
    Some((name, info.find(IFLA_INFO_DATA)))
}

impl Links {
    /// Takes a change as made.
    pub(super) fn change(&mut self, message: MessageRef<'_>, kernel: Kernel<'_>) {
        let Some((head, attrs)) = body(message) else {
            return;
        };
        match message.header.kind {
            RTM_NEWLINK if message.header.flags & NLM_F_CREATE != 0 => {
                self.create(&head, &attrs, kernel);
            }
            RTM_NEWLINK if head.index > 0 => self.set(head.index, &attrs, kernel),
            RTM_DELLINK if head.index > 0 => self.delete(head.index, kernel),
            RTM_NEWLINKPROP | RTM_DELLINKPROP if head.index > 0 => {
                let add = message.header.kind == RTM_NEWLINKPROP;
                self.properties(head.index, &attrs, add, kernel);
            }
            _ => {}
        }
    }

    fn create(&mut self, head: &IfInfoMsg, attrs: &Attrs<'_>, kernel: Kernel<'_>) {
        if text(attrs, IFLA_IFNAME).is_some_and(|name| self.by_name(name, kernel)) {
            // It is there: `link replace`, or what the kernel will refuse.
            return;
        }
        let peer = kind(attrs)
            .filter(|(kind, _)| *kind == b"veth")
            .map(|(_, data)| data.and_then(|data| data.nested().find(VETH_INFO_PEER)));
        // The kernel registers the other end first (`veth_newlink` in drivers/net/veth.c).
        let other = peer.and_then(|peer| {
            let bytes = peer.map_or(&[][..], |peer| peer.value);
            let inner = bytes.get(size_of::<IfInfoMsg>()..).unwrap_or_default();
            let attrs = Attrs::new(inner);
            (!elsewhere(&attrs)).then(|| self.add(0, &attrs, kernel))
        });
        if elsewhere(attrs) {
            return;
        }
        let index = self.add(head.index, attrs, kernel);
        if let Some(other) = other {
            for (one, peer) in [(index, other), (other, index)] {
                if let Some(link) = self.touched.iter_mut().find(|link| link.index == one) {
                    link.peer = Some(peer);
                }
            }
        }
    }

    /// A new link with this index, or with the next.
    fn add(&mut self, index: i32, attrs: &Attrs<'_>, kernel: Kernel<'_>) -> i32 {
        let index = match index {
            0 => self.next_index(kernel),
            chosen => chosen,
        };
        // A pattern, or none: the kernel chooses.
        let name = text(attrs, IFLA_IFNAME).filter(|name| !name.contains(&b'%'));
        let names: Vec<_> = name.map(<[u8]>::to_vec).into_iter().collect();
        self.freed.retain(|freed| !names.contains(freed));
        self.touched.push(Link {
            index,
            names,
            attributes: attrs.rest().to_vec(),
            peer: None,
            new: true,
            gone: false,
        });
        index
    }

    fn next_index(&mut self, kernel: Kernel<'_>) -> i32 {
        let index = self.next.unwrap_or_else(|| {
            let all = kernel(None);
            let heads = all.iter().filter_map(|b| head_of(b));
            let highest = heads.map(|head| head.index).max();
            highest.unwrap_or(0).saturating_add(1)
        });
        self.next = Some(index.saturating_add(1));
        index
    }

    fn set(&mut self, index: i32, attrs: &Attrs<'_>, kernel: Kernel<'_>) {
        let new_name = text(attrs, IFLA_IFNAME);
        let moves = elsewhere(attrs);
        if new_name.is_none() && !moves {
            return;
        }
        let Some(at) = self.touch(index, kernel) else {
            return;
        };
        let Some(link) = self.touched.get_mut(at) else {
            return;
        };
        if moves {
            link.gone = true;
            self.freed.append(&mut link.names);
        } else if let Some(name) = new_name {
            let name = name.to_vec();
            self.freed.retain(|freed| *freed != name);
            match link.names.first_mut() {
                Some(first) if *first != name => {
                    let old = std::mem::replace(first, name);
                    self.freed.push(old);
                }
                Some(_) => {}
                None => link.names.push(name),
            }
        }
    }

    fn delete(&mut self, index: i32, kernel: Kernel<'_>) {
        let mut next = Some(index);
        while let Some(link) = next
            .take()
            .and_then(|index| self.touch(index, kernel))
            .and_then(|at| self.touched.get_mut(at))
        {
            if !link.gone {
                link.gone = true;
                self.freed.append(&mut link.names);
                // The two ends of a veth go together.
                next = link.peer;
            }
        }
    }

    fn properties(&mut self, index: i32, attrs: &Attrs<'_>, add: bool, kernel: Kernel<'_>) {
        let Some(list) = attrs.clone().find(IFLA_PROP_LIST) else {
            return;
        };
        let Some(at) = self.touch(index, kernel) else {
            return;
        };
        let Some(link) = self.touched.get_mut(at) else {
            return;
        };
        for name in list.nested().valid().map(|attr| attr.c_str().to_vec()) {
            if add {
                self.freed.retain(|freed| *freed != name);
                link.names.push(name);
            } else {
                link.names.retain(|known| *known != name);
                self.freed.push(name);
            }
        }
    }

    /// The place of a link among those touched; one that is there is read from the kernel.
    fn touch(&mut self, index: i32, kernel: Kernel<'_>) -> Option<usize> {
        if let Some(at) = self.touched.iter().position(|link| link.index == index) {
            return Some(at);
        }
        let there = kernel(Some(index)).into_iter().next()?;
        let attrs = Attrs::new(there.get(size_of::<IfInfoMsg>()..)?);
        let mut names: Vec<_> = text(&attrs, IFLA_IFNAME)
            .map(<[u8]>::to_vec)
            .into_iter()
            .collect();
        if let Some(list) = attrs.clone().find(IFLA_PROP_LIST) {
            names.extend(list.nested().valid().map(|attr| attr.c_str().to_vec()));
        }
        let veth = kind(&attrs).is_some_and(|(kind, _)| kind == b"veth");
        let here = attrs.clone().find(IFLA_LINK_NETNSID).is_none();
        let peer = attrs.clone().find(IFLA_LINK).filter(|_| veth && here);
        self.touched.push(Link {
            index,
            names,
            peer: peer.and_then(|peer| peer.read().ok()),
            attributes: attrs.rest().to_vec(),
            new: false,
            gone: false,
        });
        self.touched.len().checked_sub(1)
    }

    /// Whether there would be a link of this name.
    fn by_name(&self, name: &[u8], kernel: Kernel<'_>) -> bool {
        if self.find(0, Some(name)).is_some() {
            return true;
        }
        let named = |b: &Vec<u8>| {
            let attrs = b.get(size_of::<IfInfoMsg>()..).map(Attrs::new);
            attrs.and_then(|attrs| text(&attrs, IFLA_IFNAME)) == Some(name)
        };
        !self.freed.iter().any(|freed| freed == name) && kernel(None).iter().any(named)
    }

    fn find(&self, index: i32, name: Option<&[u8]>) -> Option<&Link> {
        let fits = |link: &&Link| match name {
            Some(name) => link.names.iter().any(|known| known == name),
            None => link.index == index,
        };
        self.touched.iter().rev().find(fits)
    }

    /// The answer to a look-up of a link that a change has touched; nothing where the kernel's own is right.
    pub(super) fn answer(&self, message: MessageRef<'_>) -> Option<Vec<u8>> {
        let request = message.header;
        let dump = request.flags & NLM_F_DUMP == NLM_F_DUMP;
        let mut buf = vec![0; 64 * 1024];
        if request.kind == RTM_GETADDR && dump {
            let index = message.split::<IfAddrMsg>().ok()?.0.index.cast_signed();
            let link = self.find(index, None)?;
            // Those of a link that is there are the kernel's to tell.
            (link.gone || link.new).then_some(())?;
            let mut done = Request::new(&mut buf, NLMSG_DONE, NLM_F_MULTI, request.seq);
            done.attrs().fixed(&0i32);
            return finished(done);
        }
        if request.kind != RTM_GETLINK || dump {
            return None;
        }
        let (head, attrs) = body(message)?;
        let name = text(&attrs, IFLA_IFNAME).or_else(|| text(&attrs, IFLA_ALT_IFNAME));
        let freed = name.is_some_and(|name| self.freed.iter().any(|freed| freed == name));
        let found = self.find(head.index, name);
        if freed || found.is_some_and(|link| link.gone) {
            let mut error = Request::new(&mut buf, NLMSG_ERROR, 0, request.seq);
            error.attrs().fixed(&NlMsgErr {
                error: -libc::ENODEV,
                request,
            });
            return finished(error);
        }
        let link = found?;
        let mut answer = Request::new(&mut buf, RTM_NEWLINK, 0, request.seq);
        let flags = libc::IFF_BROADCAST | libc::IFF_MULTICAST;
        answer.attrs().fixed(&IfInfoMsg {
            kind: libc::ARPHRD_ETHER,
            index: link.index,
            flags: flags as u32,
            ..IfInfoMsg::default()
        });
        if let Some(name) = link.names.first() {
            answer.attrs().str(IFLA_IFNAME, name);
        }
        for attr in Attrs::new(&link.attributes).valid() {
            if attr.kind != IFLA_IFNAME && attr.kind != IFLA_PROP_LIST {
                answer.attrs().bytes(attr.kind, attr.value);
            }
        }
        finished(answer)
    }
}

fn head_of(body: &[u8]) -> Option<IfInfoMsg> {
    let message = MessageRef {
        header: NlMsgHdr::default(),
        body,
    };
    message.split::<IfInfoMsg>().ok().map(|(head, _)| head)
}

fn finished(answer: Request<'_>) -> Option<Vec<u8>> {
    answer.finish().ok().map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::*;
    use netlink_raw::decode::Messages;
    use netlink_raw::encode::{Batch, Message};
    use netlink_raw::exchange::NLM_F_REQUEST;
    use netlink_raw::route::addr::GetAddresses;
    use netlink_raw::route::link::{DelLink, GetLink, LinkProperty, LinkRequest};

    /// A message's bytes.
    fn sent(message: &dyn Message, flags: u16) -> Vec<u8> {
        let mut buf = [0; 4096];
        let mut batch = Batch::new(&mut buf);
        batch.push(message, NLM_F_REQUEST | flags, 3).unwrap();
        batch.as_bytes().to_vec()
    }

    fn only(datagram: &[u8]) -> MessageRef<'_> {
        Messages::new(datagram).next().unwrap().unwrap()
    }

    /// The one link there is: `lo`, of index 1, called `local0` too.
    fn kernel(index: Option<i32>) -> Vec<Vec<u8>> {
        if index.is_some_and(|index| index != 1) {
            return Vec::new();
        }
        let link = LinkRequest {
            name: Some(b"lo"),
            ..LinkRequest::change(1)
        };
        let mut body = only(&sent(&link, 0)).body.to_vec();
        let names = LinkProperty {
            index: 1,
            altnames: &[b"local0"],
            remove: false,
        };
        let names = sent(&names, 0);
        body.extend_from_slice(only(&names).body.get(size_of::<IfInfoMsg>()..).unwrap());
        vec![body]
    }

    struct World(Links);

    impl World {
        fn told(&mut self, message: &dyn Message, flags: u16) {
            self.0.change(only(&sent(message, flags)), &mut kernel);
        }

        /// What is answered of a name: an index, that it is gone, or nothing.
        fn index(&self, name: &[u8]) -> Option<Option<i32>> {
            self.ask(&GetLink::by_name(name), 0)
        }

        fn ask(&self, message: &dyn Message, flags: u16) -> Option<Option<i32>> {
            let asked = sent(message, flags);
            let answer = self.0.answer(only(&asked))?;
            let answer = only(&answer);
            assert_eq!(answer.header.seq, 3);
            Some(match answer.header.kind {
                RTM_NEWLINK => Some(body(answer)?.0.index),
                NLMSG_ERROR => {
                    assert_eq!(
                        answer.body.first_chunk(),
                        Some(&(-libc::ENODEV).to_ne_bytes())
                    );
                    None
                }
                kind => {
                    assert_eq!(kind, NLMSG_DONE);
                    Some(0)
                }
            })
        }
    }

    fn named(name: &[u8]) -> LinkRequest<'_> {
        LinkRequest {
            name: Some(name),
            ..LinkRequest::change(0)
        }
    }

    fn gone(index: i32) -> DelLink<'static> {
        DelLink {
            index,
            name: None,
            group: None,
        }
    }

    #[test]
    fn made_renamed_and_deleted() {
        let mut world = World(Links::default());
        assert_eq!(world.index(b"br0"), None);
        world.told(&named(b"br0"), NLM_F_CREATE);
        world.told(&named(b"br1"), NLM_F_CREATE);
        assert_eq!(world.index(b"br0"), Some(Some(2)));
        assert_eq!(world.index(b"br1"), Some(Some(3)));
        assert_eq!(world.ask(&GetLink::by_index(3), 0), Some(Some(3)));
        let rename = LinkRequest {
            name: Some(b"br9"),
            ..LinkRequest::change(2)
        };
        world.told(&rename, 0);
        assert_eq!(world.index(b"br9"), Some(Some(2)));
        assert_eq!(world.index(b"br0"), Some(None));
        world.told(&gone(2), 0);
        assert_eq!(world.index(b"br9"), Some(None));
        assert_eq!(world.ask(&GetLink::by_index(2), 0), Some(None));
        // Of what was not touched the kernel tells, and of dumps always.
        assert_eq!(world.index(b"lo"), None);
        assert_eq!(world.ask(&GetLink::all(), NLM_F_DUMP), None);
        let addresses = |index| GetAddresses {
            family: 0,
            index,
            target_netnsid: None,
        };
        assert_eq!(world.ask(&addresses(3), NLM_F_DUMP), Some(Some(0)));
        assert_eq!(world.ask(&addresses(1), NLM_F_DUMP), None);
    }

    #[test]
    fn one_that_is_there_gets_other_names() {
        let mut world = World(Links::default());
        // It is there: nothing is made.
        world.told(&named(b"lo"), NLM_F_CREATE);
        assert_eq!(world.index(b"lo"), None);
        let rename = LinkRequest {
            name: Some(b"lo9"),
            ..LinkRequest::change(1)
        };
        world.told(&rename, 0);
        assert_eq!(world.index(b"lo9"), Some(Some(1)));
        assert_eq!(world.index(b"local0"), Some(Some(1)));
        assert_eq!(world.index(b"lo"), Some(None));
        // A name that was freed can be given again.
        world.told(&named(b"lo"), NLM_F_CREATE);
        assert_eq!(world.index(b"lo"), Some(Some(2)));
        for (name, remove, then) in [
            (b"other0", false, Some(Some(1))),
            (b"local0", true, Some(None)),
        ] {
            let names = LinkProperty {
                index: 1,
                altnames: &[name],
                remove,
            };
            world.told(&names, 0);
            assert_eq!(world.index(name), then);
        }
        // Nobody has such an index.
        world.told(&gone(77), 0);
        assert_eq!(world.ask(&GetLink::by_index(77), 0), None);
    }
}
