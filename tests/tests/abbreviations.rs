//! Abbreviations: every prefix of every word, as ip takes it.

use vnet_tests::{Judge, differential, lab};

const WORLD: &str = "
    ip netns add n1
    ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
    ip link set v0 up
    ip link set v1 up
    ip addr add 10.0.0.1/24 dev v0
    ip route add default via 10.0.0.2
    ip -6 route add blackhole 2001:db8::/32
    ip neigh add 10.0.0.9 lladdr 02:00:00:00:01:09 dev v0";

/// Every beginning of a word, the word itself last.
fn prefixes(word: &str) -> impl Iterator<Item = &str> {
    (1..=word.len()).map(|end| &word[..end])
}

fn compare(commands: &[String]) {
    let Some(sandbox) = lab(&[Judge::Iproute2]) else {
        return;
    };
    assert!(differential::build_state(&sandbox, WORLD));
    let commands: Vec<&str> = commands.iter().map(String::as_str).collect();
    differential::compare_all(&sandbox, &commands);
}

/// What ip takes an abbreviation for is one of these, or it is not tested: the
/// objects that vnet has not got come before in some (`ip r` is `route`, but
/// `ip ru` is `rule`).
#[test]
fn objects() {
    let objects = ["address", "link", "neighbor", "neighbour", "netns"];
    let mut commands: Vec<String> = Vec::new();
    for object in objects {
        // `ip net` is netns; `ip ne`, `ip n` are neighbor.
        commands.extend(prefixes(object).map(|object| format!("ip {object}")));
        commands.extend(prefixes(object).map(|object| format!("ip -j {object} show")));
    }
    for object in ["r", "ro", "rou", "rout", "route"] {
        commands.push(format!("ip {object}"));
        commands.push(format!("ip -6 {object} list"));
    }
    for object in ["l", "li", "lin", "link"] {
        commands.push(format!("bridge {object}"));
    }
    for object in ["f", "fd", "fdb", "v", "vl", "vla", "vlan"] {
        commands.push(format!("bridge {object}"));
        commands.push(format!("bridge {object} show"));
    }
    compare(&commands);
}

#[test]
fn verbs_of_show() {
    let mut commands: Vec<String> = Vec::new();
    for object in ["link", "addr", "route", "neigh", "netns"] {
        for verb in ["show", "list", "lst", "ls"] {
            commands.extend(prefixes(verb).map(|verb| format!("ip {object} {verb}")));
        }
    }
    for object in ["a", "l", "r", "n"] {
        for verb in ["s", "sh", "l", "li", "ls"] {
            if (object, verb) != ("l", "s") {
                commands.push(format!("ip {object} {verb}"));
            }
        }
    }
    for verb in ["s", "sh", "show", "l", "li", "ls"] {
        commands.push(format!("bridge fdb {verb}"));
        commands.push(format!("bridge vlan {verb}"));
    }
    compare(&commands);
}

#[test]
fn options() {
    let mut commands: Vec<String> = Vec::new();
    for option in [
        "statistics",
        "stats",
        "details",
        "oneline",
        "brief",
        "json",
        "pretty",
    ] {
        let long = prefixes(option).filter(|prefix| {
            // -b is -batch, -p alone changes nothing.
            *prefix != "b"
        });
        for option in long {
            commands.push(format!("ip -{option} link show lo"));
            commands.push(format!("ip --{option} addr show lo"));
        }
    }
    for option in [
        "-4",
        "-6",
        "-0",
        "-B",
        "-f inet",
        "-f inet6",
        "-f link",
        "-fam inet",
        "-family inet6",
        "-fami link",
        "-c",
        "-co",
        "-col",
        "-colo",
        "-color",
        "-c=always",
        "-color=never",
        "-color=auto",
        "-c=al",
        "-h",
        "-hu",
        "-human",
        "-human-readable",
        "-iec",
        "-ie",
        "-i",
        "-N",
        "-Numeric",
        "-Num",
        "-n n1",
        "-ne n1",
        "-net n1",
        "-netn n1",
        "-netns n1",
        "--netns n1",
        "-force",
        "-loops 5",
        "-l 5",
        "-rc 100000",
        "-rcvbuf 100000",
        "-s -s",
        "-stat -stat",
        "-s -d -o",
        "-d -s -j -p",
        "-x",
        "--",
        "-jp",
        "-ds",
        "-br -j",
        "-o -br",
        "-ts",
        "-t",
        "-timestamp",
        "-tshort",
    ] {
        commands.push(format!("ip {option} link show lo"));
        commands.push(format!("ip {option} addr"));
    }
    // Only before the object.
    commands.push("ip link -s".to_string());
    commands.push("ip link show -d lo".to_string());
    commands.push("ip addr -o".to_string());
    for option in [
        "s",
        "st",
        "d",
        "de",
        "o",
        "j",
        "js",
        "p",
        "c",
        "color",
        "n n1",
        "net n1",
        "netns n1",
        "compressvlans",
        "com",
        "x",
    ] {
        commands.push(format!("bridge -{option} link"));
        commands.push(format!("bridge -{option} vlan"));
    }
    compare(&commands);
}

#[test]
fn keywords_of_show() {
    let commands = [
        "ip a s d v0",
        "ip a s de v0",
        "ip a s dev v0",
        "ip a s u",
        "ip a s up",
        "ip a l v0",
        "ip a sh sc link",
        "ip a sh sco global",
        "ip a s t 10.0.0.0/24",
        "ip a s to 10.0.0.0/24",
        "ip a s la v0",
        "ip a s dyn",
        "ip a s perm",
        "ip a s pri",
        "ip a s prim",
        "ip a s sec",
        "ip a s dep",
        "ip a s tent",
        "ip a s ty veth",
        "ip a s type veth",
        "ip a s gr default",
        "ip a s group default",
        "ip l sh d v0",
        "ip l sh dev v0",
        "ip l l u",
        "ip l sh u",
        "ip l sh ma v0",
        "ip l sh master v0",
        "ip l sh ty veth",
        "ip l sh gr 0",
        "ip l ls v0",
        "ip li sh v0",
        "ip r l d v0",
        "ip r s t all",
        "ip r s ta all",
        "ip r s tab all",
        "ip r s table main",
        "ip r s ta local",
        "ip r s p kernel",
        "ip r s pro kernel",
        "ip r s proto kernel",
        "ip r s sc link",
        "ip r s sco link",
        "ip r s ro 10.0.0.0/8",
        "ip r s roo 10.0.0.0/8",
        "ip r s ma 10.0.0.5",
        "ip r s mat 10.0.0.5",
        "ip r s ex 10.0.0.0/24",
        "ip r s exa 10.0.0.0/24",
        "ip r s v 10.0.0.2",
        "ip r s via 10.0.0.2",
        "ip r s sr 10.0.0.1",
        "ip r s src 10.0.0.1",
        "ip r s ty unicast",
        "ip r s def",
        "ip r s default",
        "ip r s o v0",
        "ip r s oif v0",
        "ip r s me 0",
        "ip r g 10.0.0.5",
        "ip r ge 10.0.0.5",
        "ip r get 10.0.0.5 o v0",
        "ip r g 10.0.0.5 f 10.0.0.1",
        "ip r g 10.0.0.5 from 10.0.0.1",
        "ip r g 10.0.0.5 ma 5",
        "ip r g 10.0.0.5 m 5",
        "ip r g 10.0.0.5 u 5",
        "ip r g fib 10.0.0.5",
        "ip r g fibmatch 10.0.0.5",
        "ip n s d v0",
        "ip n s dev v0",
        "ip n sh nu permanent",
        "ip n sh nud perm",
        "ip n sh nud p",
        "ip n s nu all",
        "ip n s pr",
        "ip n s t 10.0.0.9",
        "ip n l un",
        "ip n s un",
        "ip -6 r s t a",
        "ip r s table loc",
        "ip r s table m",
        "ip a s scope g",
        "ip r s proto k",
        "ip r s scope l",
        "ip netns l",
        "ip netns li",
        "ip netns list-",
        "ip netns list-i",
        "ip netns e n1 true",
        "ip netns ex n1 true",
        "ip netns i 1",
        "ip netns id 1",
        "ip netns p n1",
        "ip netns pi n1",
    ];
    compare(&commands.map(ToString::to_string));
}

const LINKS: &str = "
    ip netns add n1
    ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
    ip link add br0 address 02:00:00:00:00:bb type bridge";

vnet_tests::builds! {
    links: LINKS => "
        ip l s v0 up
        ip l se d v1 up
        ip l set d v1 m 1400
        ip l s v1 mt 1300
        ip li set v0 addr 02:00:00:00:00:aa
        ip l s v0 a 02:00:00:00:00:ab
        ip l s v0 ad 02:00:00:00:00:ac
        ip l s v0 al word
        ip l s v1 tx 5
        ip l s v1 txq 6
        ip l s v1 q 7
        ip l s v1 ql 8
        ip l s v0 g 5
        ip l s v0 gr 6
        ip l s v0 ma br0
        ip l s v0 mas br0
        ip l s v0 nom
        ip l s v1 n other
        ip l s v1 na another
        ip l s v1 nam again
        ip l s v1 d
        ip l s v1 do
        ip l s v1 down
        ip l s v1 p on
        ip l s v1 pr on
        ip l s v1 allm on
        ip l s v1 mu off
        ip l s v1 mul off
        ip l s v1 ar off
        ip l s v1 dy on
        ip l s v1 net n1
        ip l s v0 nets n1
        ip l a x0 t veth p n x1
        ip l ad x2 ty veth pe na x3
        ip l add x4 type veth peer name x5
        ip l a x6 t br
        ip l d x0
        ip l de x2
        ip l del x4
        ip l dele x6
        ip l c x2 up
        ip l ch x2 down
        ip l r x2 up
        ip l p a dev v1 altname nn";
    addresses: LINKS => "
        ip a a 10.0.0.1/24 d v0
        ip a ad 10.0.1.1/24 de v0
        ip a add 10.0.2.1/24 b + dev v0
        ip ad a 10.0.3.1/24 br + dev v0
        ip addr a 10.0.4.1/24 bro 10.0.4.255 dev v0
        ip a a 10.0.5.1/24 sc link dev v0
        ip a a 10.0.5.2/24 s link dev v0
        ip a a 10.0.6.1/24 l v0:x dev v0
        ip a a 10.0.6.2/24 la v0:y dev v0
        ip a a 10.0.7.1 pe 10.0.7.2 dev v0
        ip a a 10.0.8.1 p 10.0.8.2 dev v0
        ip a a 10.0.9.1/24 v 1000 pref 500 dev v0
        ip a a 10.0.9.2/24 valid 1000 pr 500 dev v0
        ip a a 2001:db8::1/64 dev v0 nod
        ip a a 2001:db8::2/64 dev v0 nodad
        ip a a 2001:db8:1::1/64 dev v0 nodad nop
        ip a a 2001:db8:2::1/64 dev v0 nodad m 5
        ip a r 10.0.0.1/24 d v0
        ip a re 10.0.0.1/24 d v0
        ip a c 10.0.0.1/24 d v0
        ip a ch 10.0.0.1/24 d v0
        ip a d 10.0.0.1/24 d v0
        ip a de 10.0.1.1/24 dev v0
        ip a del 10.0.2.1/24 dev v0
        ip a f to 10.0.3.0/24
        ip a fl dev v0 sc link";
    routes: "
        ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
        ip link set v0 up
        ip link set v1 up
        ip addr add 10.0.0.1/24 dev v0" => "
        ip r a 10.1.0.0/16 v 10.0.0.2
        ip ro ad 10.2.0.0/16 vi 10.0.0.2
        ip r add 10.3.0.0/16 d v0
        ip r a 10.4.0.0/16 dev v0 sr 10.0.0.1
        ip r a 10.5.0.0/16 dev v0 s 10.0.0.1
        ip r a 10.6.0.0/16 dev v0 m 5
        ip r a 10.7.0.0/16 dev v0 me 5
        ip r a 10.8.0.0/16 dev v0 t 100
        ip r a 10.9.0.0/16 dev v0 ta 100
        ip r a 10.10.0.0/16 dev v0 p static
        ip r a 10.11.0.0/16 dev v0 pro static
        ip r a 10.12.0.0/16 dev v0 sc link
        ip r a 10.13.0.0/16 dev v0 mt 1400
        ip r a 10.14.0.0/16 dev v0 mtu 1400 adv 1300
        ip r a 10.15.0.0/16 v 10.99.0.1 dev v0 on
        ip r a 10.16.0.0/16 n v 10.0.0.2 w 3 n v 10.0.0.3
        ip r a 10.17.0.0/16 nexth via 10.0.0.2 nexth dev v0
        ip r a bl 10.18.0.0/16
        ip r a unr 10.19.0.0/16
        ip r a prohib 10.20.0.0/16
        ip r a def via 10.0.0.2
        ip r a de via 10.0.0.2
        ip r rep 10.1.0.0/16 via 10.0.0.3
        ip r r 10.2.0.0/16 via 10.0.0.3
        ip r c 10.3.0.0/16 dev v0 mtu 1400
        ip r ch 10.3.0.0/16 dev v0 mtu 1300
        ip r ap 10.3.0.0/16 via 10.0.0.4
        ip r pr 10.3.0.0/16 via 10.0.0.5
        ip r d 10.4.0.0/16
        ip r de 10.5.0.0/16
        ip r del 10.6.0.0/16
        ip r dele 10.7.0.0/16
        ip r f 10.13.0.0/16
        ip r fl table 100";
    neighbours_and_namespaces: LINKS => "
        ip n a 10.0.0.1 ll 02:00:00:00:01:01 d v0
        ip n ad 10.0.0.2 l 02:00:00:00:01:02 dev v0
        ip ne add 10.0.0.3 lladdr 02:00:00:00:01:03 dev v0 nu perm
        ip n a 10.0.0.4 lladdr 02:00:00:00:01:04 dev v0 nud noarp
        ip n a pr 10.44.0.5 dev v0
        ip n r 10.0.0.2 lladdr 02:00:00:00:01:12 dev v0
        ip n c 10.0.0.2 lladdr 02:00:00:00:01:22 dev v0
        ip n d 10.0.0.1 dev v0
        ip n de 10.0.0.3 dev v0
        ip n f dev v0 nud noarp
        ip netns a n2
        ip netns ad n3
        ip netns d n2
        ip netns de n3
        ip netns s n1 5
        ip netns se n1 6
        ip net add n4
        ip netn add n5
        ip netns at n6 1";
}
