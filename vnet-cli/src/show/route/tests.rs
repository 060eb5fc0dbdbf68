//! Routes as they are printed: judged by iproute2 6.1, which was given the same messages.

use super::*;
use crate::applet::Program;
use crate::options::Options;
use netlink_raw::decode::MessageRef;
use netlink_raw::wire::NlMsgHdr;

fn hex(text: &str) -> Vec<u8> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    (0..digits.len() / 2)
        .map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap())
        .collect()
}

/// What is printed of a route, without asking a kernel: link 1 is `lo`, 3 is `v0`.
fn printed(body: &[u8], options: &Options, hide: &Hide) -> String {
    let mut ctx = Context::new(Program::Ip, options.clone(), Out::memory(options));
    ctx.kernel.learn(1, b"lo");
    ctx.kernel.learn(3, b"v0");
    let message = MessageRef {
        header: NlMsgHdr::default(),
        body,
    };
    let view = Route::parse(&message).unwrap();
    ctx.out.open_document();
    route(&mut ctx, &view, false, hide).unwrap();
    ctx.out.close_document();
    String::from_utf8(ctx.out.take()).unwrap()
}

fn text(body: &str) -> String {
    printed(&hex(body), &Options::default(), &Hide::default())
}

fn json(body: &str) -> String {
    let options = Options {
        json: true,
        ..Options::default()
    };
    printed(&hex(body), &options, &Hide::default())
}

const METRICS: &str = "02100000 fe040001 00000000 08000f00 fe000000 08000100 0a010000 08000600
    05000000 30000800 08000100 04000000 08000200 78050000 08000800 14050000 08000a00 09000000
    09001000 72656e6f 00000000 08000700 0a000001 08000500 0a000002 08000400 03000000 08000b00
    04000300";
const LEGS: &str = "02100000 fe030001 00000000 08000f00 fe000000 08000100 0a020000 34000900
    10000002 03000000 08000500 0a000002 20000400 03000000 16001200 0a00fe80 00000000 00000000
    00000000 00090000";
const ENCAP: &str = "02100000 fe030001 00000000 08000f00 fe000000 08000100 0a030000 08000500
    0a000002 08000400 03000000 38001600 0c000100 00000000 00000001 08000200 01020304 08000300
    00000000 05000500 00000000 05000400 00000000 06000600 00000000 06001500 02000000";
const IPV6: &str = "0a200000 fe030001 00000000 08000f00 fe000000 14000100 20010db8 00000000
    00000000 00000000 0c000800 08000200 78050000 08000600 00040000 14000500 fe800000 00000000
    00000000 00000001 08000400 03000000 24000c00 00000000 00000000 05230000 00000000 00000000
    00000000 00000000 00000000 05001400 01000000";

#[test]
fn text_as_iproute2_prints_it() {
    for (body, want) in [
        (
            METRICS,
            "10.1.0.0/16 via 10.0.0.2 dev v0 proto static src 10.0.0.1 metric 5 realms 3/4 \
             mtu lock 1400 advmss 1300 hoplimit 9 congctl reno \n",
        ),
        (
            LEGS,
            "10.2.0.0/16 \n\tnexthop via 10.0.0.2 dev v0 weight 3 \n\
             \tnexthop via inet6 fe80::9 dev v0 weight 1 onlink \n",
        ),
        (
            ENCAP,
            "10.3.0.0/16  encap ip id 1 src 0.0.0.0 dst 1.2.3.4 ttl 0 tos 0 via 10.0.0.2 dev v0 \n",
        ),
        (
            IPV6,
            "2001:db8::/32 via fe80::1 dev v0 metric 1024 expires 89sec mtu 1400 pref high\n",
        ),
        // No destination, and a length.
        ("02080000 fe030001 00000000", "0/8  \n"),
        ("02000000 fe030001 00000000", "default \n"),
        // A type without a name; a scope without one.
        ("02000000 fe03630d 00000000", "13 default scope 99 \n"),
        // A copy made for one destination, from 127.0.0.1's route.
        (
            "02200000 00000002 00020080 08000100 7f000001 08000400 01000000",
            "local 127.0.0.1 dev lo \n    cache <local> \n",
        ),
        // A metric that is locked and has no value, a hop limit that is not set.
        (
            "02000000 fe030001 00000000 14000800 08000100 08000000 08000a00 ffffffff",
            "default window lock 0 \n",
        ),
        // iproute2 forgets the blanks behind these.
        (
            "02000000 fe030001 00000000 05001400 00000000 05001a00 01000000",
            "default pref mediumttl-propogate enabled\n",
        ),
    ] {
        assert_eq!(text(body), want);
    }
}

#[test]
fn json_as_iproute2_prints_it() {
    for (body, want) in [
        (
            METRICS,
            r#"[{"dst":"10.1.0.0/16","gateway":"10.0.0.2","dev":"v0","protocol":"static","prefsrc":"10.0.0.1","metric":5,"flags":[],"flow":{"from":"3","to":"4"},"metrics":[{"mtu":1400,"advmss":1300,"hoplimit":9,"congestion":"reno"}]}]"#,
        ),
        (
            LEGS,
            r#"[{"dst":"10.2.0.0/16","flags":[],"nexthops":[{"gateway":"10.0.0.2","dev":"v0","weight":3,"flags":[]},{"via":{"family":"inet6","host":"fe80::9"},"dev":"v0","weight":1,"flags":["onlink"]}]}]"#,
        ),
        (
            IPV6,
            r#"[{"dst":"2001:db8::/32","gateway":"fe80::1","dev":"v0","metric":1024,"flags":[],"expires":89,"metrics":[{"mtu":1400}],"pref":"high"}]"#,
        ),
        (
            "02200000 00000002 00020080 08000100 7f000001 08000400 01000000",
            r#"[{"type":"local","dst":"127.0.0.1","dev":"lo","flags":[],"cache":["local"]}]"#,
        ),
    ] {
        assert_eq!(json(body).trim_end(), want);
    }
}

#[test]
fn details_and_what_selectors_hide() {
    let options = Options {
        details: 1,
        oneline: true,
        ..Options::default()
    };
    assert_eq!(
        printed(&hex(LEGS), &options, &Hide::default()),
        "unicast 10.2.0.0/16 table main proto boot scope global \
         \\\tnexthop via 10.0.0.2 dev v0 weight 3 \
         \\\tnexthop via inet6 fe80::9 dev v0 weight 1 onlink \n"
    );
    let hide = Hide {
        protocol: true,
        metric: true,
        oif: true,
        realms: true,
        gateway: Some(32),
        prefsrc: Some(32),
        ..Hide::default()
    };
    assert_eq!(
        printed(&hex(METRICS), &Options::default(), &hide),
        "10.1.0.0/16 mtu lock 1400 advmss 1300 hoplimit 9 congctl reno \n"
    );
}

#[test]
fn times_of_a_second_and_more_are_in_seconds() {
    for (ms, want) in [
        (0u32, "rto_min 0ms "),
        (999, "rto_min 999ms "),
        (1000, "rto_min 1s "),
        (1001, "rto_min 1.001s "),
        (1543209, "rto_min 1543.21s "),
        (999_999_999, "rto_min 1e+06s "),
        (u32::MAX, "rto_min 4.29497e+06s "),
    ] {
        let mut body = hex("02000000 fe030001 00000000 0c000800 08000d00");
        body.extend(ms.to_ne_bytes());
        let text = printed(&body, &Options::default(), &Hide::default());
        assert_eq!(text, format!("default {want}\n"));
    }
}

#[test]
fn hostile_messages_are_printed_or_refused() {
    // Attributes of wrong sizes, a leg that never ends, labels without a last one.
    for body in [
        "02200000 fe030001 00000000 05000100 7f000000 06000400 01000000",
        "02200000 fe030001 00000000 0c000900 00000000 00000000",
        "02200000 fe030001 00000000 0c000900 ffff0000 00000000",
        "1c140000 fe030001 00000000 10001600 0c000100 00064000 00064000 06001500 01000000",
        "02200000 fe030001 00000000 0a001600 06000100 01000000 06001500 05000000",
        "02200000 fe030001 00000000 06001200 11000000",
    ] {
        assert!(text(body).ends_with('\n'));
        assert!(json(body).starts_with("[{"));
    }
}
