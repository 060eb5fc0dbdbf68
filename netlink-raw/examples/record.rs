//! Records a conversation with the kernel as a file that Wireshark opens:
//! `cargo run -p netlink-raw --example record FILE.pcap [DIRECTORY]`, as any user.
//!
//! In a network namespace of its own it builds a small world (a bridge with VLANs, veths, a macvlan, a
//! VXLAN tunnel, addresses, routes, neighbours) and asks for all of it. Nothing outside changes. With a
//! directory, every datagram is also written to a file of its own there: input for fuzzers and tests.

use netlink_raw::decode::Messages;
use netlink_raw::route::addr::{AddressRequest, GetAddresses};
use netlink_raw::route::fdb::GetFdb;
use netlink_raw::route::link::*;
use netlink_raw::route::neigh::*;
use netlink_raw::route::nsid::{GetNsid, NewNsid};
use netlink_raw::route::route::*;
use netlink_raw::route::stats::{GetStats, filter_bit};
use netlink_raw::route::vlan::{AddPortVlan, BRIDGE_VLAN_INFO_UNTAGGED, PortVlan};
use netlink_raw::route::vlan_db::{
    BRIDGE_VLANDB_DUMPF_GLOBAL, BRIDGE_VLANDB_DUMPF_STATS, GetVlans, SetVlan,
};
use netlink_raw::schema::{self, stats::*};
use netlink_raw::transport::{Direction, Recorder, read_recording};
use netlink_raw::{Connection, Error, Message, Socket};
use nsenter::{NsHandle, NsKind, Sandbox};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::net::IpAddr;
use std::os::fd::AsFd;
use std::path::Path;

type Conn = Connection<Recorder<Socket, BufWriter<File>>>;
type Failure = Box<dyn std::error::Error>;

const INET: u8 = libc::AF_INET as u8;
const INET6: u8 = libc::AF_INET6 as u8;
const BRIDGE: u8 = libc::AF_BRIDGE as u8;

fn main() -> Result<(), Failure> {
    let mut words = std::env::args_os().skip(1);
    let path = words.next().ok_or("usage: record FILE.pcap [DIRECTORY]")?;
    let directory = words.next();
    let file = BufWriter::new(File::create(&path)?);

    Sandbox::new().net().user_if_not_root().enter()?;
    let other = NsHandle::current(NsKind::Net)?;
    Sandbox::new().net().enter()?;

    // A recorder is a transport around another: the connection does not know that it is there.
    let recorder = Recorder::new(Socket::route()?, file, libc::NETLINK_ROUTE as u16)?;
    let mut conn = Connection::new(recorder);
    links(&mut conn, &other)?;
    addresses_and_routes(&mut conn)?;
    dumps(&mut conn)?;
    // The kernel's refusals are recorded too, with its own words.
    let nonsense = conn.change(&LinkRequest::create(Kind::Plain(b"nonsense")));
    println!("as expected: {}", nonsense.err().ok_or("not refused")?);
    let (_, mut file) = conn.into_transport().into_parts();
    file.flush()?;

    show(Path::new(&path), directory.as_deref().map(Path::new))
}

fn index(conn: &mut Conn, name: &str) -> Result<i32, Failure> {
    let link = GetLink::by_name(name.as_bytes());
    Ok(conn.get(&link, |reply| Link::parse(&reply).map(|link| link.index))??)
}

/// A new link of this kind, up.
fn new<'a>(name: &'a str, kind: Kind<'a>) -> LinkRequest<'a> {
    LinkRequest {
        name: Some(name.as_bytes()),
        flags: libc::IFF_UP as u32,
        change: libc::IFF_UP as u32,
        ..LinkRequest::create(kind)
    }
}

fn links(conn: &mut Conn, other: &NsHandle) -> Result<(), Failure> {
    conn.change(&NewNsid {
        netns: Netns::Fd(other.as_fd()),
        nsid: Some(7),
    })?;
    let bridge = BridgeOptions {
        forward_delay: Some(200),
        ..BridgeOptions::default()
    };
    conn.change(&new("br0", Kind::Bridge(&bridge)))?;
    let br0 = index(conn, "br0")?;

    let inside = LinkRequest {
        name: Some(b"eth0"),
        netns: Some(Netns::Fd(other.as_fd())),
        ..LinkRequest::default()
    };
    let mut port = new("port0", Kind::Veth(Peer(&inside)));
    port.master = u32::try_from(br0).ok();
    port.alias = Some(b"leads to the other namespace");
    conn.change(&port)?;
    let end = LinkRequest {
        name: Some(b"right0"),
        address: Some(&[2, 0, 0, 0, 0, 2]),
        ..LinkRequest::default()
    };
    conn.change(&new("left0", Kind::Veth(Peer(&end))))?;
    let (left0, right0) = (index(conn, "left0")?, index(conn, "right0")?);
    conn.change(&LinkRequest {
        flags: libc::IFF_UP as u32,
        change: libc::IFF_UP as u32,
        ..LinkRequest::change(right0)
    })?;
    conn.change(&LinkProperty {
        index: left0,
        altnames: &["another-name", "a-name-longer-than-fifteen-bytes"],
        remove: false,
    })?;
    let macvlan = MacvlanOptions {
        mode: Some(MACVLAN_MODE_SOURCE),
        macaddr_mode: Some(MACVLAN_MACADDR_SET),
        macaddrs: Some(&[[2, 0, 0, 0, 1, 1], [2, 0, 0, 0, 1, 2]]),
        ..MacvlanOptions::default()
    };
    let mut above = new("mac0", Kind::Macvlan(&macvlan));
    above.link = u32::try_from(left0).ok();
    conn.change(&above)?;
    let vxlan = VxlanOptions {
        id: Some(42),
        port: Some(4789),
        remote: Some([192, 0, 2, 9].into()),
        local: Some([10, 0, 0, 1].into()),
        ..VxlanOptions::default()
    };
    conn.change(&new("tunnel0", Kind::Vxlan(&vxlan)))?;

    let port0 = index(conn, "port0")?;
    let options = BridgePortOptions {
        learning: Some(false),
        isolated: Some(true),
        ..BridgePortOptions::default()
    };
    conn.change(&LinkRequest {
        kind: Some(Kind::BridgePort(&options)),
        ..LinkRequest::change(port0)
    })?;
    optional("VLANs of bridges", vlans(conn, br0, port0))
}

/// VLANs of the bridge: a part of bridges that a kernel may lack (`CONFIG_BRIDGE_VLAN_FILTERING`).
fn vlans(conn: &mut Conn, br0: i32, port0: i32) -> Result<(), Error> {
    let filtering = BridgeOptions {
        vlan_filtering: Some(1),
        vlan_stats_enabled: Some(1),
        vlan_stats_per_port: Some(1),
        ..BridgeOptions::default()
    };
    conn.change(&LinkRequest {
        kind: Some(Kind::Bridge(&filtering)),
        ..LinkRequest::change(br0)
    })?;
    let vlans = PortVlan {
        index: port0,
        vid: 10,
        last: Some(19),
        ..PortVlan::default()
    };
    conn.change(&AddPortVlan(vlans))?;
    conn.change(&AddPortVlan(PortVlan {
        vid: 30,
        last: None,
        flags: BRIDGE_VLAN_INFO_UNTAGGED,
        ..vlans
    }))?;
    conn.change(&SetVlan {
        index: port0 as u32,
        vid: 30,
        state: Some(2),
        ..SetVlan::default()
    })
}

/// Goes on without what this kernel was built without.
fn optional(what: &str, result: Result<(), Error>) -> Result<(), Failure> {
    match result {
        Err(e) if e.errno() == Some(libc::EOPNOTSUPP) => println!("without {what}: {e}"),
        other => other?,
    }
    Ok(())
}

fn addresses_and_routes(conn: &mut Conn) -> Result<(), Failure> {
    let (left0, tunnel0) = (index(conn, "left0")?, index(conn, "tunnel0")?);
    let link = left0 as u32;
    let v6 = |text: &str| text.parse::<IpAddr>();
    conn.change(&AddressRequest {
        broadcast: Some([10, 0, 0, 255].into()),
        label: Some(b"left0:1"),
        ..AddressRequest::create(link, [10, 0, 0, 1].into(), 24)
    })?;
    conn.change(&AddressRequest::create(link, v6("2001:db8::1")?, 64))?;

    let to = |dst: IpAddr, dst_len| RouteSpec {
        family: if dst.is_ipv4() { INET } else { INET6 },
        dst: Some(dst),
        dst_len,
        table: RT_TABLE_MAIN,
        protocol: RTPROT_STATIC,
        scope: RT_SCOPE_UNIVERSE,
        kind: RTN_UNICAST,
        ..RouteSpec::default()
    };
    let mut by = to([198, 51, 100, 0].into(), 24);
    by.gateway = Some(Gateway::Same([10, 0, 0, 2].into()));
    by.metrics.set(Metric::Mtu, 1400);
    by.metrics.lock(Metric::Mtu);
    by.metrics.congctl = Some(b"reno");
    conn.change(&NewRoute::add(by))?;
    let legs = [2, 3].map(|last| NextHop {
        hops: last,
        index: left0,
        gateway: Some(Gateway::Same([10, 0, 0, last].into())),
        ..NextHop::default()
    });
    conn.change(&NewRoute::add(RouteSpec {
        nexthops: &legs,
        ..to([203, 0, 113, 0].into(), 24)
    }))?;
    conn.change(&NewRoute::add(RouteSpec {
        kind: RTN_BLACKHOLE,
        table: 1000,
        ..to([192, 0, 2, 128].into(), 25)
    }))?;
    conn.change(&NewRoute::add(RouteSpec {
        gateway: Some(Gateway::Via(v6("fe80::2")?)),
        oif: Some(link),
        ..to([192, 0, 2, 0].into(), 25)
    }))?;
    conn.change(&NewRoute::add(RouteSpec {
        gateway: Some(Gateway::Same(v6("2001:db8::2")?)),
        expires: Some(600),
        ..to(v6("2001:db8:1::")?, 48)
    }))?;

    let neighbour = NeighbourRequest {
        nlm_flags: netlink_raw::exchange::NLM_F_CREATE,
        family: INET,
        index: left0,
        state: NUD_PERMANENT,
        destination: Some([10, 0, 0, 9].into()),
        lladdr: Some(&[2, 0, 0, 0, 0, 9]),
        ..NeighbourRequest::default()
    };
    conn.change(&neighbour)?;
    conn.change(&NeighbourRequest {
        family: BRIDGE,
        index: tunnel0,
        flags: NTF_SELF,
        state: NUD_PERMANENT | NUD_NOARP,
        destination: Some([192, 0, 2, 10].into()),
        vni: Some(43),
        ..neighbour
    })?;
    conn.get(
        &GetRoute {
            family: INET,
            dst: Some([203, 0, 113, 5].into()),
            dst_len: 32,
            ..GetRoute::default()
        },
        |_| (),
    )?;
    Ok(())
}

fn dumps(conn: &mut Conn) -> Result<(), Failure> {
    let mut all = |request: &dyn Message| conn.collect(request).map(drop);
    all(&GetLink::default())?;
    all(&GetLink {
        family: BRIDGE,
        ext_mask: RTEXT_FILTER_BRVLAN_COMPRESSED,
        ..GetLink::default()
    })?;
    all(&GetAddresses::default())?;
    all(&GetRoutes::default())?;
    all(&GetNeighbours::default())?;
    all(&GetFdb::default())?;
    all(&GetNsid::default())?;
    for attribute in [IFLA_STATS_LINK_XSTATS, IFLA_STATS_LINK_XSTATS_SLAVE] {
        let filter = filter_bit(attribute);
        all(&GetStats { index: 0, filter })?;
    }
    for flags in [BRIDGE_VLANDB_DUMPF_STATS, BRIDGE_VLANDB_DUMPF_GLOBAL] {
        optional("the VLAN database", all(&GetVlans { index: 0, flags }))?;
    }
    Ok(())
}

/// Reads the file again: what it holds, message by message.
fn show(path: &Path, directory: Option<&Path>) -> Result<(), Failure> {
    let datagrams = read_recording(BufReader::new(File::open(path)?))?;
    for (number, (direction, bytes)) in datagrams.iter().enumerate() {
        let way = match direction {
            Direction::Sent => "sent",
            Direction::Received => "received",
        };
        print!("{number:>3} {way:<8} {:>5} bytes:", bytes.len());
        for message in Messages::new(bytes) {
            let kind = message?.header.kind;
            match schema::message(kind) {
                Some(spec) => print!(" {}", spec.name),
                None => print!(" {kind}"),
            }
        }
        println!();
        if let Some(directory) = directory {
            std::fs::write(directory.join(format!("{number:03}-{way}")), bytes)?;
        }
    }
    Ok(())
}
