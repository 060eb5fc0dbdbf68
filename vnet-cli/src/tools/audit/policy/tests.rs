//! Runs recorded and held against policies.

use super::*;
use crate::tools::audit::event::{Call, How, Outcome};
use crate::tools::audit::report::samples::{answer, ended, netlink, new_link, unshare};
use netlink_raw::annotate::Conversation;

const FLAGS: u16 = 0x605;

/// A program that makes a namespace and a link.
fn run() -> Vec<Event> {
    vec![
        call(unshare(0)),
        call(opened("/run/netns/blue")),
        sent(new_link("veth", FLAGS, Some(1400))),
        received(answer(0)),
    ]
}

fn call(call: Call) -> Event {
    Event::Call(Box::new(call))
}

fn sent(bytes: Vec<u8>) -> Event {
    call(netlink(Direction::Sent, bytes))
}

fn received(bytes: Vec<u8>) -> Event {
    call(netlink(Direction::Received, bytes))
}

fn opened(path: &str) -> Call {
    let mut call = unshare(0);
    call.name = "openat";
    call.args = vec!["AT_FDCWD".into(), format!("\"{path}\""), "O_RDONLY".into()];
    call.outcome = Outcome::Returned(5, "5".into());
    call.paths = vec![path.into()];
    call
}

fn judge(judge: &mut Judge, events: &[Event]) -> Vec<Deviation> {
    let mut conversation = Conversation::new(0);
    let mut found = Vec::new();
    for event in events {
        let mut datagrams = Vec::new();
        if let Event::Call(call) = event
            && let Some(netlink) = &call.netlink
        {
            for datagram in &netlink.datagrams {
                datagrams.push(Annotated::new(
                    &mut conversation,
                    netlink.direction,
                    &datagram.bytes,
                ));
            }
        }
        found.extend(judge.event(event, &datagrams));
    }
    found
}

fn record(events: &[Event]) -> Policy {
    let mut recorder = Judge::new(None, true);
    assert!(judge(&mut recorder, events).is_empty());
    let recorded = recorder.finish().1.unwrap().to_string();
    Policy::parse("p", recorded.as_bytes()).unwrap()
}

fn check(policy: &Policy, events: &[Event]) -> Vec<String> {
    let mut checker = Judge::new(Some(policy.clone()), false);
    let mut found = judge(&mut checker, events);
    found.extend(checker.finish().0);
    let text = |d: Deviation| format!("{}:{}", d.line.unwrap_or_default(), d.text);
    found.into_iter().map(text).collect()
}

fn check_text(policy: &str, events: &[Event]) -> Vec<String> {
    check(&Policy::parse("p", policy.as_bytes()).unwrap(), events)
}

#[test]
fn recorded() {
    assert_eq!(
        record(&run()).to_string(),
        "\
call unshare(CLONE_NEWNET) = 0 x1
call openat(AT_FDCWD, \"/run/netns/*\", O_RDONLY) = ok x1
send NETLINK_ROUTE RTM_NEWLINK NLM_F_REQUEST|NLM_F_ACK|NLM_F_EXCL|NLM_F_CREATE x1
    ifi_flags=IFF_UP
    ifi_change=IFF_UP
    IFLA_IFNAME
    IFLA_MTU
    IFLA_LINKINFO/IFLA_INFO_KIND=veth
receive NETLINK_ROUTE NLMSG_ERROR 0
"
    );
}

#[test]
fn the_same_again_is_no_deviation() {
    let policy = record(&run());
    let mut again = run();
    assert_eq!(check(&policy, &again), [""; 0]);
    // Other names, and values that are data.
    again[1] = call(opened("/run/netns/red"));
    again[2] = sent(new_link("veth", FLAGS, Some(9000)));
    // The same datagram looked at first, an answer more, a call that is made again.
    let mut peek = netlink(Direction::Received, answer(0));
    peek.netlink.as_mut().unwrap().peeked = true;
    again.insert(3, call(peek));
    again.push(received(answer(0)));
    let mut interrupted = unshare(0);
    interrupted.outcome = Outcome::Failed(512);
    again.push(call(interrupted));
    assert_eq!(check(&policy, &again), [""; 0]);
}

#[test]
fn every_change_is_caught() {
    let policy = record(&run());
    let changed = |change: &dyn Fn(&mut Vec<Event>)| {
        let mut events = run();
        change(&mut events);
        check(&policy, &events)
    };
    let not_done = "3:not done: send NETLINK_ROUTE RTM_NEWLINK NLM_F_REQUEST|NLM_F_ACK|NLM_F_EXCL|NLM_F_CREATE x1";
    let sent_as = "3:send NETLINK_ROUTE RTM_NEWLINK NLM_F_REQUEST|NLM_F_ACK|NLM_F_EXCL|NLM_F_CREATE: not as in line 3: ";
    // A flag of a call.
    assert_eq!(
        changed(&|events| {
            let mut other = unshare(0);
            other.args = vec!["CLONE_NEWNS".into()];
            events[0] = call(other);
        }),
        [
            "1:unshare(CLONE_NEWNS) = 0: not as in line 1: argument 1 is CLONE_NEWNS and not CLONE_NEWNET",
            "1:not done: call unshare(CLONE_NEWNET) = 0 x1",
        ]
    );
    // A flag of a message.
    assert_eq!(
        changed(&|events| events[2] = sent(new_link("veth", 0x505, Some(1400)))),
        [
            "3:send NETLINK_ROUTE RTM_NEWLINK NLM_F_REQUEST|NLM_F_ACK|NLM_F_REPLACE|NLM_F_CREATE: not as in line 3: flags are NLM_F_REQUEST|NLM_F_ACK|NLM_F_REPLACE|NLM_F_CREATE and not NLM_F_REQUEST|NLM_F_ACK|NLM_F_EXCL|NLM_F_CREATE",
            not_done,
        ]
    );
    // A flag in a message.
    assert_eq!(
        changed(&|events| {
            let mut bytes = new_link("veth", FLAGS, Some(1400));
            bytes[16 + 8..16 + 12].copy_from_slice(&0x41u32.to_ne_bytes());
            events[2] = sent(bytes);
        }),
        [
            &format!("{sent_as}has ifi_flags=IFF_UP|IFF_RUNNING, lacks ifi_flags=IFF_UP"),
            not_done,
        ]
    );
    // A call more, alike and unlike.
    assert_eq!(
        changed(&|events| events.push(call(unshare(0)))),
        ["1:unshare(CLONE_NEWNET) = 0: more often than x1"]
    );
    assert_eq!(
        changed(&|events| {
            let mut other = unshare(0);
            other.name = "chroot";
            events.push(call(other));
        }),
        ["0:chroot(CLONE_NEWNET) = 0: no line has it"]
    );
    // A call less.
    assert_eq!(
        changed(&|events| {
            events.remove(0);
        }),
        ["1:not done: call unshare(CLONE_NEWNET) = 0 x1"]
    );
    // A result.
    assert_eq!(
        changed(&|events| events[0] = call(unshare(libc::EPERM))),
        [
            "1:unshare(CLONE_NEWNET) = -1 EPERM: not as in line 1: the result is -1 EPERM and not 0",
            "1:not done: call unshare(CLONE_NEWNET) = 0 x1",
        ]
    );
    // An attribute less, one more, another kind.
    assert_eq!(
        changed(&|events| events[2] = sent(new_link("veth", FLAGS, None))),
        [&format!("{sent_as}lacks IFLA_MTU"), not_done]
    );
    let without = record(&[sent(new_link("veth", FLAGS, None))]);
    let with = check(&without, &[sent(new_link("veth", FLAGS, Some(1)))]);
    assert!(
        with[0].ends_with("not as in line 1: has IFLA_MTU=1"),
        "{with:?}"
    );
    assert_eq!(
        changed(&|events| events[2] = sent(new_link("dummy", FLAGS, Some(1400)))),
        [
            &format!(
                "{sent_as}has IFLA_LINKINFO/IFLA_INFO_KIND=dummy, lacks IFLA_LINKINFO/IFLA_INFO_KIND=veth"
            ),
            not_done,
        ]
    );
    // Another path.
    assert_eq!(
        changed(&|events| events[1] = call(opened("/proc/1/ns/net")))[0],
        "2:openat(AT_FDCWD, \"/proc/1/ns/net\", O_RDONLY) = 5: not as in line 2: \
         argument 2 is \"/proc/1/ns/net\" and not \"/run/netns/*\""
    );
    // A refusal.
    assert_eq!(
        changed(&|events| events[3] = received(answer(libc::EEXIST))),
        [
            "9:receive NETLINK_ROUTE NLMSG_ERROR EEXIST: not as in line 9: the error is EEXIST and not 0",
            "9:not done: receive NETLINK_ROUTE NLMSG_ERROR 0",
        ]
    );
    // An end.
    assert_eq!(
        changed(&|events| events.push(ended(How::Signal(libc::SIGSEGV, false)))),
        ["0:killed SIGSEGV: no line has it"]
    );
}

#[test]
fn what_may_be_done_need_not() {
    let policy = "\
may call unshare
may call openat(*, \"/run/**\", *) on /run/netns/*
may send NETLINK_ROUTE RTM_* *
    may **
may receive * *
";
    assert_eq!(check_text(policy, &run()), [""; 0]);
    assert_eq!(check_text(policy, &[]), [""; 0]);
    assert_eq!(
        check_text(policy, &[call(opened("/run/other"))]),
        [
            "2:openat(AT_FDCWD, \"/run/other\", O_RDONLY) = 5: not as in line 2: on /run/other and not on /run/netns/*"
        ]
    );
    let unseen = [Event::Unseen("32-bit calls".into())];
    assert_eq!(
        check_text("", &unseen),
        ["0:unseen: 32-bit calls: no line has it"]
    );
    assert_eq!(check_text("may unseen", &unseen), [""; 0]);
    assert_eq!(record(&unseen).to_string(), "may unseen\n");
    let killed = [ended(How::Signal(libc::SIGTERM, false))];
    assert_eq!(check_text("killed SIG*", &killed), [""; 0]);
    assert_eq!(check_text("killed SIG*", &[]), ["1:not done: killed SIG*"]);
}

#[test]
fn values_and_flags_of_ones_own() {
    let mtu = |value: &str, flags: &str| {
        let policy = format!(
            "send * RTM_NEWLINK {flags}\n ifi_*=IFF_UP\n IFLA_IFNAME\n IFLA_MTU{value}\n IFLA_LINKINFO/*\n"
        );
        check_text(&policy, &[sent(new_link("veth", FLAGS, Some(1400)))]).is_empty()
    };
    assert!(mtu("=1400", "*") && mtu("=1*", "*") && mtu("", ""));
    assert!(!mtu("=1500", "*"));
    // In any order.
    assert!(mtu("", "NLM_F_CREATE|NLM_F_EXCL|NLM_F_ACK|NLM_F_REQUEST"));
    assert!(!mtu("", "NLM_F_CREATE|NLM_F_EXCL|NLM_F_ACK"));
    // A number of a struct is judged where a line has it.
    let index = |value: &str| {
        let policy = format!("send * *\n may **\n ifi_index={value}\n");
        check_text(&policy, &[sent(new_link("veth", FLAGS, None))])
    };
    assert_eq!(index("0"), [""; 0]);
    assert!(index("7")[0].contains("lacks ifi_index=7"));
}

#[test]
fn how_often() {
    let times = |count: &str, n: usize| {
        let events = vec![call(unshare(0)); n];
        check_text(&format!("call unshare{count}"), &events).is_empty()
    };
    for (count, good) in [
        ("", &[1, 2, 9][..]),
        (" x2", &[2]),
        (" x2+", &[2, 3, 9]),
        (" x1-2", &[1, 2]),
        (" x0-1", &[0, 1]),
    ] {
        for n in 0..10 {
            let expected = good.contains(&n) || (n > 2 && good.contains(&9));
            assert_eq!(times(count, n), expected, "{count} {n}");
        }
    }
    // The first line that has room.
    let events = vec![call(unshare(0)); 3];
    let two = "call unshare(CLONE_NEWNET) x1\ncall unshare(*) x2";
    assert_eq!(check_text(two, &events), [""; 0]);
    assert_eq!(
        check_text("call unshare x5", &events),
        ["1:done 3 times only: call unshare x5"]
    );
}

#[test]
fn receiving_that_fails_is_a_matter_of_time() {
    let mut empty = netlink(Direction::Received, Vec::new());
    empty.outcome = Outcome::Failed(libc::EAGAIN);
    empty.netlink = None;
    let policy = record(&[call(empty)]);
    assert!(
        policy.to_string().starts_with("may call recvfrom("),
        "{policy}"
    );
    assert_eq!(check(&policy, &[]), [""; 0]);
}

#[test]
fn a_policy_that_is_too_long() {
    let file = std::env::temp_dir().join(format!("vnet-policy-{}", std::process::id()));
    std::fs::write(&file, "call x y\n").unwrap();
    let malformed = Policy::read(file.as_os_str()).unwrap_err();
    assert_eq!(
        malformed.to_string(),
        format!("{}:1: 'y' is not expected here", file.display())
    );
    let long = std::fs::File::create(&file).unwrap();
    long.set_len(LARGEST + 1).unwrap();
    let error = Policy::read(file.as_os_str()).unwrap_err().to_string();
    assert!(
        error.starts_with("a policy has at most 16 MiB: "),
        "{error}"
    );
    std::fs::remove_file(&file).unwrap();
    let none = Policy::read(file.as_os_str()).unwrap_err();
    assert_eq!(none.errno(), Some(libc::ENOENT));
}
