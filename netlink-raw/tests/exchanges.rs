//! The rules of request and reply, against streams that were made by hand: lost, cut, doubled,
//! foreign, interrupted.

use netlink_raw::encode::Request;
use netlink_raw::exchange::*;
use netlink_raw::route::link::{DelLink, GetLink, Kind, LinkRequest};
use netlink_raw::transport::{
    Direction, Dry, Received, Recorder, Replay, Transport, read_recording,
};
use netlink_raw::wire::{IfInfoMsg, NlMsgErr, NlMsgHdr};
use netlink_raw::{Connection, Dumped, Error};
use std::collections::VecDeque;
use std::io;
use zerocopy::IntoBytes;

const PORT: u32 = 77;
/// More than the answer buffer holds at first, in bytes.
const LARGE: usize = 40_000;

/// Answers with what it was given.
struct Script(VecDeque<Result<Vec<u8>, i32>>);

impl Transport for Script {
    fn portid(&self) -> u32 {
        PORT
    }
    fn send(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }
    fn recv(&mut self, buf: &mut [u8]) -> io::Result<Received> {
        match self.0.pop_front() {
            None => Err(io::ErrorKind::WouldBlock.into()),
            Some(Err(errno)) => Err(io::Error::from_raw_os_error(errno)),
            Some(Ok(datagram)) => {
                let fits = datagram.len().min(buf.len());
                buf[..fits].copy_from_slice(&datagram[..fits]);
                Ok(Received {
                    len: datagram.len(),
                    nsid: None,
                })
            }
        }
    }
}

fn conn(script: impl IntoIterator<Item = Vec<u8>>) -> Connection<Script> {
    Connection::new(Script(script.into_iter().map(Ok).collect()))
}

fn message(kind: u16, flags: u16, seq: u32, body: &[u8]) -> Vec<u8> {
    let header = NlMsgHdr {
        len: 16 + body.len() as u32,
        kind,
        flags,
        seq,
        portid: PORT,
    };
    let mut bytes = header.as_bytes().to_vec();
    bytes.extend_from_slice(body);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn link(seq: u32, index: i32, flags: u16) -> Vec<u8> {
    let head = IfInfoMsg {
        index,
        ..IfInfoMsg::default()
    };
    message(16, flags, seq, head.as_bytes())
}

fn answer(seq: u32, error: i32, flags: u16, tail: &[u8]) -> Vec<u8> {
    let request = NlMsgHdr {
        len: 64,
        kind: 16,
        flags: 5,
        seq,
        portid: PORT,
    };
    let mut body = NlMsgErr { error, request }.as_bytes().to_vec();
    body.extend_from_slice(tail);
    message(NLMSG_ERROR, flags, seq, &body)
}

fn done(seq: u32, error: i32, flags: u16, tail: &[u8]) -> Vec<u8> {
    let mut body = error.to_ne_bytes().to_vec();
    body.extend_from_slice(tail);
    message(NLMSG_DONE, flags | NLM_F_MULTI, seq, &body)
}

/// `NLMSGERR_ATTR_MSG` and `NLMSGERR_ATTR_OFFS`.
fn tlvs(text: &[u8], offset: u32) -> Vec<u8> {
    let mut buf = [0; 256];
    let mut r = Request::new(&mut buf, 0, 0, 0);
    r.attrs().str(1, text).put(2, offset);
    r.finish().unwrap()[16..].to_vec()
}

/// Where to cut: anywhere; where every step is interpreted, at a few places of each alignment.
fn cuts(len: usize) -> impl Iterator<Item = usize> {
    (0..len).step_by(if cfg!(miri) { 13 } else { 1 })
}

fn indexes(conn: &mut Connection<Script>) -> (Vec<i32>, Result<Dumped, Error>) {
    let mut seen = Vec::new();
    let result = conn.dump(&GetLink::all(), |m| {
        seen.push(m.split::<IfInfoMsg>().unwrap().0.index)
    });
    (seen, result)
}

#[test]
fn an_ack_is_read_to_its_end_and_strangers_are_passed_over() {
    let mut foreign = answer(1, -libc::EPERM, 0, &[]);
    foreign[12] = 1; // another port
    let stale = answer(0, -libc::EPERM, 0, &[]);
    let event = message(16, 0, 0, IfInfoMsg::default().as_bytes());
    let noop = message(NLMSG_NOOP, 0, 1, &[]);
    let mut c = conn([foreign, stale, event, noop, answer(1, 0, NLM_F_CAPPED, &[])]);
    c.change(&DelLink {
        index: 1,
        ..DelLink::default()
    })
    .unwrap();
    assert!(c.transport().0.is_empty());
}

#[test]
fn a_refusal_carries_the_kernels_words_and_the_attribute() {
    // Capped: the inner length says 64, the payload is not there, the TLVs follow at once.
    let flags = NLM_F_CAPPED | NLM_F_ACK_TLVS;
    let mut c = conn([answer(
        1,
        -libc::EOPNOTSUPP,
        flags,
        &tlvs(b"Unknown device type", 44),
    )]);
    let mut request = LinkRequest::create(Kind::Plain(b"dummy"));
    request.name = Some(b"d0");
    let error = c.change(&request).unwrap_err();
    let kernel = error.kernel().unwrap();
    assert_eq!(kernel.errno, libc::EOPNOTSUPP);
    assert_eq!(kernel.message.as_deref(), Some("Unknown device type"));
    assert_eq!(
        (kernel.offset, kernel.attribute),
        (Some(44), Some("IFLA_INFO_KIND"))
    );
    assert_eq!(kernel.request, 16);
}

#[test]
fn an_uncapped_refusal_has_the_request_before_its_words() {
    let mut tail = vec![0xee; 48]; // what is left of the 64 bytes of the request
    tail.extend(tlvs(b"no", 32));
    let mut c = conn([answer(1, -libc::EINVAL, NLM_F_ACK_TLVS, &tail)]);
    let error = c.change(&DelLink::default()).unwrap_err();
    assert_eq!(error.kernel().unwrap().message.as_deref(), Some("no"));
}

#[test]
fn without_the_flag_nothing_is_taken_for_words() {
    let mut c = conn([answer(1, -libc::EINVAL, NLM_F_CAPPED, &tlvs(b"no", 32))]);
    let error = c.change(&DelLink::default()).unwrap_err();
    assert_eq!(error.kernel().unwrap().message, None);
}

#[test]
fn a_refusal_with_the_least_errno_does_not_overflow() {
    let mut c = conn([answer(1, i32::MIN, 0, &[])]);
    assert_eq!(
        c.change(&DelLink::default()).unwrap_err().errno(),
        Some(i32::MAX)
    );
}

#[test]
fn a_dump_may_come_in_any_portions() {
    let mut first = link(1, 1, NLM_F_MULTI);
    first.extend(link(1, 2, NLM_F_MULTI));
    let mut last = link(1, 3, NLM_F_MULTI);
    last.extend(done(1, 0, 0, &[]));
    let (seen, result) = indexes(&mut conn([first, last]));
    assert_eq!((seen, result.unwrap()), (vec![1, 2, 3], Dumped::Complete));
}

#[test]
fn done_with_an_error_is_an_error() {
    let words = tlvs(b"Invalid header for link dump", 16);
    let end = done(1, -libc::EINVAL, NLM_F_ACK_TLVS, &words);
    let (seen, result) = indexes(&mut conn([link(1, 1, NLM_F_MULTI), end]));
    assert_eq!(seen, [1]);
    let error = result.unwrap_err();
    assert_eq!(error.errno(), Some(libc::EINVAL));
    assert_eq!(
        error.kernel().unwrap().message.as_deref(),
        Some("Invalid header for link dump")
    );
}

#[test]
fn an_interrupted_dump_says_so_wherever_the_flag_stands() {
    let flag = NLM_F_MULTI | NLM_F_DUMP_INTR;
    let (_, result) = indexes(&mut conn([link(1, 1, flag), done(1, 0, 0, &[])]));
    assert_eq!(result.unwrap(), Dumped::Interrupted);
    let (_, result) = indexes(&mut conn([done(1, 0, NLM_F_DUMP_INTR, &[])]));
    assert_eq!(result.unwrap(), Dumped::Interrupted);
}

#[test]
fn collect_asks_again_until_the_picture_is_whole() {
    let torn = |seq| {
        [
            link(seq, 9, NLM_F_MULTI | NLM_F_DUMP_INTR),
            done(seq, 0, 0, &[]),
        ]
    };
    let mut script: Vec<_> = torn(1).into_iter().chain(torn(2)).collect();
    script.extend([link(3, 5, NLM_F_MULTI), done(3, 0, 0, &[])]);
    let all = conn(script).collect(&GetLink::all()).unwrap();
    assert!(!all.interrupted());
    let seen: Vec<_> = all
        .messages()
        .map(|m| m.split::<IfInfoMsg>().unwrap().0.index)
        .collect();
    assert_eq!(seen, [5]);

    let script = (1..=5).flat_map(torn);
    assert!(conn(script).collect(&GetLink::all()).unwrap().interrupted());
}

#[test]
fn lost_messages_are_an_error_and_the_connection_goes_on() {
    let answers = [Err(libc::ENOBUFS), Ok(answer(2, 0, NLM_F_CAPPED, &[]))];
    let mut c = Connection::new(Script(answers.into()));
    assert!(matches!(c.change(&DelLink::default()), Err(Error::Overrun)));
    c.change(&DelLink::default()).unwrap();

    let mut c = conn([message(NLMSG_OVERRUN, 0, 0, &[])]);
    assert!(matches!(c.change(&DelLink::default()), Err(Error::Overrun)));
}

#[test]
fn a_large_answer_makes_the_buffer_grow_and_is_asked_for_again() {
    let head = IfInfoMsg {
        index: 4,
        ..IfInfoMsg::default()
    };
    let mut body = vec![0; LARGE];
    body[..16].copy_from_slice(head.as_bytes());
    let mut c = conn([message(16, 0, 1, &body), message(16, 0, 2, &body)]);
    let len = c.get(&GetLink::by_index(4), |m| m.body.len()).unwrap();
    assert_eq!(len, LARGE);

    let mut answers = vec![message(16, NLM_F_MULTI, 1, &body), done(1, 0, 0, &[])];
    answers.extend([message(16, NLM_F_MULTI, 2, &body), done(2, 0, 0, &[])]);
    assert_eq!(
        conn(answers)
            .collect(&GetLink::all())
            .unwrap()
            .messages()
            .count(),
        1
    );
}

#[test]
fn an_ack_is_no_answer_to_a_get() {
    let mut c = conn([answer(1, 0, NLM_F_CAPPED, &[])]);
    assert!(matches!(
        c.get(&GetLink::all(), |_| ()),
        Err(Error::NoAnswer)
    ));
}

#[test]
fn every_cut_of_an_answer_is_survived() {
    let whole = answer(
        1,
        -libc::EINVAL,
        NLM_F_CAPPED | NLM_F_ACK_TLVS,
        &tlvs(b"text", 3),
    );
    for cut in cuts(whole.len()) {
        assert!(
            conn([whole[..cut].to_vec()])
                .change(&DelLink::default())
                .is_err()
        );
        // The header admits the cut.
        let mut short = whole[..cut].to_vec();
        if cut >= 16 {
            short[..4].copy_from_slice(&(cut as u32).to_ne_bytes());
        }
        assert!(conn([short]).change(&DelLink::default()).is_err());
    }
}

#[test]
fn a_batch_tells_which_of_its_messages_were_refused() {
    let requests = [1, 2, 3, 4].map(|index| DelLink {
        index,
        ..DelLink::default()
    });
    let batch = || requests.iter().map(|r| r as &dyn netlink_raw::Message);
    let mut refused = Vec::new();
    let script = [
        answer(2, -libc::ENODEV, 0, &[]),
        answer(4, 0, NLM_F_CAPPED, &[]),
    ];
    conn(script)
        .batch(batch(), |i, e| refused.push((i, e.errno)))
        .unwrap();
    assert_eq!(refused, [(1, libc::ENODEV)]);

    refused.clear();
    let script = [answer(4, -libc::EBUSY, 0, &[])];
    conn(script)
        .batch(batch(), |i, e| refused.push((i, e.errno)))
        .unwrap();
    assert_eq!(refused, [(3, libc::EBUSY)]);
    conn([]).batch([], |_, _| panic!("none")).unwrap();
}

#[test]
fn a_recording_plays_back() {
    let script = [link(1, 6, 0), answer(2, 0, NLM_F_CAPPED, &[])];
    let recorder = Recorder::new(conn(script).into_transport(), Vec::new(), 0).unwrap();
    let mut c = Connection::new(recorder);
    let ask = |m: netlink_raw::decode::MessageRef<'_>| m.split::<IfInfoMsg>().unwrap().0.index;
    assert_eq!(c.get(&GetLink::by_name(b"x"), ask).unwrap(), 6);
    c.change(&DelLink {
        index: 6,
        ..DelLink::default()
    })
    .unwrap();
    let (_, file) = c.into_transport().into_parts();

    let packets = read_recording(&file[..]).unwrap();
    let directions: Vec<_> = packets.iter().map(|(d, _)| *d).collect();
    use Direction::{Received as R, Sent as S};
    assert_eq!(directions, [S, R, S, R]);
    let mut c = Connection::new(Replay::new(packets.clone()));
    assert_eq!(c.get(&GetLink::by_name(b"x"), ask).unwrap(), 6);
    c.change(&DelLink {
        index: 6,
        ..DelLink::default()
    })
    .unwrap();
    assert!(c.transport().is_over());

    // Another request than the recorded one is refused.
    let mut c = Connection::new(Replay::new(packets));
    assert!(c.get(&GetLink::by_name(b"y"), ask).is_err());
    for cut in cuts(file.len()) {
        let _ = read_recording(&file[..cut]);
    }
    assert!(read_recording(&b"not a pcap file, but long enough to be one"[..]).is_err());
}

#[test]
fn a_dry_run_shows_and_acknowledges() {
    let mut shown = Vec::new();
    let mut c = Connection::new(Dry::new(|bytes: &[u8]| shown.push(bytes.to_vec())));
    c.change(&DelLink {
        index: 6,
        ..DelLink::default()
    })
    .unwrap();
    c.change(&DelLink {
        index: 7,
        ..DelLink::default()
    })
    .unwrap();
    assert!(c.get(&GetLink::all(), |_| ()).is_err());
    drop(c);
    assert_eq!(shown.len(), 3);
    assert_eq!(shown[0].len(), 32);
}
