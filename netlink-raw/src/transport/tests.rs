//! Rehearsals: what is sent, what is kept back, and what answers.

use super::*;
use crate::Connection;
use crate::route::link::{DelLink, GetLink, Link, LinkRequest};
use crate::schema::{RTM_GETLINK, RTM_NEWLINK};
use crate::wire::IfInfoMsg;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Debug, Default)]
struct Seen {
    kept: Vec<Vec<u8>>,
    asked: Vec<Vec<u8>>,
    answered: usize,
    answer: Option<Vec<u8>>,
}

#[derive(Debug, Default, Clone)]
struct Shared(Rc<RefCell<Seen>>);

impl Prompter for Shared {
    fn kept(&mut self, datagram: &[u8]) {
        self.0.borrow_mut().kept.push(datagram.to_vec());
    }
    fn asked(&mut self, datagram: &[u8]) -> Option<Vec<u8>> {
        let mut seen = self.0.borrow_mut();
        seen.asked.push(datagram.to_vec());
        seen.answer.take()
    }
    fn answered(&mut self, _datagram: &[u8]) {
        self.0.borrow_mut().answered += 1;
    }
}

const PORT: u32 = 77;

/// A link's message, as the kernel answers.
fn link(seq: u32, index: i32) -> Vec<u8> {
    let body = IfInfoMsg {
        index,
        ..IfInfoMsg::default()
    };
    let header = NlMsgHdr {
        len: (size_of::<NlMsgHdr>() + size_of::<IfInfoMsg>()) as u32,
        kind: RTM_NEWLINK,
        flags: 0,
        seq,
        portid: PORT,
    };
    [header.as_bytes(), body.as_bytes()].concat()
}

type Show = Box<dyn FnMut(&[u8])>;

/// What the same requests come to over a transport that takes everything.
fn sent(requests: impl FnOnce(&mut Connection<Dry<Show>>)) -> Vec<Vec<u8>> {
    let list = Rc::new(RefCell::new(Vec::new()));
    let to = Rc::clone(&list);
    let show: Show = Box::new(move |d| to.borrow_mut().push(d.to_vec()));
    requests(&mut Connection::new(Dry::new(show)));
    list.take()
}

#[test]
fn what_only_asks_is_sent_and_the_rest_is_kept_with_the_same_bytes() {
    let up = LinkRequest {
        flags: 1,
        change: 1,
        ..LinkRequest::change(7)
    };
    let ask = sent(|conn| drop(conn.get(&GetLink::by_index(7), |_| ())));
    let inner = Replay::new([
        (Direction::Sent, ask.concat()),
        (Direction::Received, link(1, 7)),
    ]);
    let seen = Shared::default();
    let mut conn = Connection::new(Rehearsal::new(inner, seen.clone()));
    let found = conn.get(&GetLink::by_index(7), |m| Link::parse(&m).map(|l| l.index));
    assert_eq!(found.unwrap().unwrap(), 7);
    conn.change(&up).unwrap();
    let gone = DelLink {
        index: 7,
        name: None,
        group: None,
    };
    conn.batch([&up as &dyn crate::Message, &gone], |_, e| panic!("{e}"))
        .unwrap();
    assert!(conn.transport().inner().is_over());
    let whole = sent(|conn| {
        drop(conn.get(&GetLink::by_index(7), |_| ()));
        conn.change(&up).unwrap();
        conn.batch([&up as &dyn crate::Message, &gone], |_, _| {})
            .unwrap();
    });
    let seen = seen.0.borrow();
    let all: Vec<_> = seen.asked.iter().chain(&seen.kept).cloned().collect();
    assert_eq!(all, whole);
    assert_eq!(seen.answered, 1);
}

#[test]
fn the_prompter_may_answer() {
    let seen = Shared::default();
    seen.0.borrow_mut().answer = Some(link(1, 99));
    let inner = Replay::new([(Direction::Received, link(0, 0))]);
    let mut conn = Connection::new(Rehearsal::new(inner, seen));
    let found = conn.get(&GetLink::by_name(b"new0"), |m| {
        Link::parse(&m).map(|l| l.index)
    });
    assert_eq!(found.unwrap().unwrap(), 99);
}

#[test]
fn what_is_no_request_to_look_is_never_sent() {
    let seen = Shared::default();
    let mut rehearsal = Rehearsal::new(Replay::default(), seen.clone());
    let mut cut = link(1, 1);
    cut.truncate(20);
    for datagram in [vec![], vec![1; 3], cut, link(1, 1)] {
        rehearsal.send(&datagram).unwrap();
    }
    assert_eq!(seen.0.borrow().kept.len(), 4);
    assert!(rehearsal.recv(&mut [0; 64]).is_err());
}

#[test]
fn which_messages_only_ask() {
    assert!(only_asks(RTM_GETLINK));
    assert!(
        [22, 26, 30, 34, 62, 82, 90, 94, 106, 114]
            .into_iter()
            .all(only_asks)
    );
    assert!(
        ![0, 2, 14, 16, 17, 19, 20, 21, 88, 89, 112, 113]
            .into_iter()
            .any(only_asks)
    );
}
