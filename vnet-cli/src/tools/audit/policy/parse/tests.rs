use super::*;
use proptest::prelude::*;

const ALL: &str = "\
call unshare(CLONE_NEWNET) = 0 x1
call setns(*, CLONE_NEWNET) = 0 on /run/netns/* /x
may call openat(AT_FDCWD, \"/proc/sys/net/**\", *)
call execve(\"/a, )\\\" (b\", [\"x\", *], *) = -1 ENOENT x2-3
call fork() = ok
call getpid
send NETLINK_ROUTE RTM_NEWLINK NLM_F_REQUEST|NLM_F_ACK x2
    ifi_flags=IFF_UP
    IFLA_LINKINFO/IFLA_INFO_KIND=veth
    may IFLA_MTU
may send * RTM_GET* *
receive NETLINK_ROUTE NLMSG_ERROR 0 x1+
receive NETLINK_ROUTE NLMSG_DONE
may killed SIGTERM
may unseen
";

fn read(text: &str) -> Result<Policy, String> {
    Policy::parse("p", text.as_bytes()).map_err(|e| e.to_string())
}

#[test]
fn what_is_written_is_what_was_read() {
    let policy = read(ALL).unwrap();
    // `x1+` is what no count says.
    assert_eq!(policy.to_string(), ALL.replace(" x1+", ""));
    let commented = format!("# head\n\n{}\r\n   # tail", ALL.replace('\n', "\r\n"));
    assert_eq!(read(&commented).unwrap().to_string(), policy.to_string());
}

#[test]
fn parts_of_a_call() {
    let policy = read(ALL).unwrap();
    let What::Call(exec) = &policy.entries[3].what else {
        panic!("{policy:?}");
    };
    let args = exec.args.as_ref().unwrap();
    assert_eq!(args.len(), 3);
    assert!(args[0].matches("\"/a, )\\\" (b\""));
    assert!(exec.result.as_ref().unwrap().matches("-1 ENOENT"));
    assert_eq!(
        policy.entries[3].count,
        Count {
            least: 2,
            most: Some(3)
        }
    );
    let What::Call(fork) = &policy.entries[4].what else {
        panic!("{policy:?}");
    };
    assert_eq!(fork.args, Some(vec![]));
    let lines: Vec<usize> = policy.entries.iter().map(|e| e.line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15]);
}

#[test]
fn what_is_none_is_named() {
    for (text, error) in [
        (
            "\ncalll unshare",
            "p:2: 'calll' is none of call, send, receive, killed, unseen",
        ),
        (
            "may",
            "p:1: '' is none of call, send, receive, killed, unseen",
        ),
        ("call", "p:1: behind 'call' stands a call's name"),
        (
            "call unshare(CLONE_NEWNET",
            "p:1: the arguments of 'unshare' do not end in ')'",
        ),
        (
            "call unshare(\"a)",
            "p:1: the arguments of 'unshare' do not end in ')'",
        ),
        ("call unshare() 0", "p:1: '0' is not expected here"),
        ("call unshare() =", "p:1: here stands a result"),
        ("call unshare() on", "p:1: here stands a path"),
        ("call unshare() x2-1", "p:1: 'x2-1' is no number of times"),
        ("call unshare() x1 y", "p:1: 'y' is not expected here"),
        (
            "call unshare() x99999999999999999999",
            "p:1: 'x99999999999999999999' is no number of times",
        ),
        ("send", "p:1: here stands a protocol, such as NETLINK_ROUTE"),
        (
            "send NETLINK_ROUTE",
            "p:1: here stands a message's type, such as RTM_NEWLINK",
        ),
        (
            "send NETLINK_ROUTE RTM_NEWLINK 0 1",
            "p:1: '1' is not expected here",
        ),
        ("killed", "p:1: here stands a signal's name"),
        (
            " IFLA_MTU",
            "p:1: an indented line belongs to a 'send' line above it",
        ),
        (
            "receive * *\n IFLA_MTU",
            "p:2: an indented line belongs to a 'send' line above it",
        ),
        ("send * *\n =1", "p:2: '=1' names no attribute"),
        ("send * *\n A B", "p:2: 'B' is not expected here"),
        ("send * *\n may", "p:2: here stands an attribute"),
        (
            "bad\u{1b}[2J",
            "p:1: 'bad\\x1b[2J' is none of call, send, receive, killed, unseen",
        ),
    ] {
        assert_eq!(read(text).unwrap_err(), error, "{text}");
    }
    let bytes = Policy::parse("p", b"call \xff").unwrap_err();
    assert_eq!(bytes.to_string(), "p:1: this is no UTF-8");
    let long = Policy::parse("p", &vec![b'x'; LINE + 1]).unwrap_err();
    assert_eq!(long.why, "a line has at most 16384 bytes");
}

proptest! {
    #[test]
    fn anything_is_read_or_refused(text in "((may |call |send |receive |killed |    )?[-a*(\\[\"\\\\), =x1/#]{0,20}\n?){0,6}") {
        if let Ok(policy) = read(&text) {
            let again = read(&policy.to_string());
            prop_assert_eq!(again.map(|p| p.to_string()), Ok(policy.to_string()));
        }
    }
}
