//! Dumps of the real kernel to decode, made in place: 1,000 links, routes or addresses.

use crate::Result;
use crate::world::send_all;
use netlink_raw::decode::Messages;
use netlink_raw::route::addr::{AddressRequest, GetAddresses};
use netlink_raw::route::link::{GetLink, Kind, LinkRequest, Peer};
use netlink_raw::route::route::{
    GetRoutes, NewRoute, RT_SCOPE_LINK, RT_TABLE_MAIN, RTN_UNICAST, RTPROT_STATIC, RouteSpec,
};
use netlink_raw::transport::{Direction, Recorder, read_recording};
use netlink_raw::{Connection, Message, Socket};
use std::net::Ipv4Addr;

/// Index of `lo` in every namespace.
const LO: u32 = 1;
const IFF_UP: u32 = 1;
const AF_INET: u8 = 2;
const NETLINK_ROUTE: u16 = 0;
const NLMSG_DONE: u16 = 3;
/// Objects in a dump, and requests a datagram.
const COUNT: u32 = 1000;
const A_DATAGRAM: usize = 50;

/// The messages of a dump, one behind the other as the kernel sent them.
#[derive(Clone, Debug)]
pub struct Dump {
    /// Their bytes.
    pub bytes: Vec<u8>,
    /// How many.
    pub messages: u64,
}

impl Dump {
    /// Of these bytes, which must be whole messages.
    ///
    /// # Errors
    /// When they are not.
    pub fn of(bytes: Vec<u8>) -> Result<Self> {
        let mut messages = 0;
        for message in Messages::new(&bytes) {
            message?;
            messages += 1;
        }
        Ok(Self { bytes, messages })
    }
}

/// The dump in the file that `VNET_DUMP` names (messages, one behind the other), or else of 1,000 ends of
/// veths, made in the namespace of this thread.
///
/// # Errors
/// Of reading the file, or of the kernel.
pub fn links() -> Result<Dump> {
    if let Some(path) = std::env::var_os("VNET_DUMP") {
        return Dump::of(std::fs::read(path)?);
    }
    let names: Vec<_> = (0..COUNT / 2)
        .map(|n| (format!("v{n}"), format!("p{n}")))
        .collect();
    let ends: Vec<_> = names
        .iter()
        .map(|(_, peer)| LinkRequest {
            name: Some(peer.as_bytes()),
            ..LinkRequest::default()
        })
        .collect();
    let veths: Vec<_> = names
        .iter()
        .zip(&ends)
        .map(|((name, _), end)| LinkRequest {
            name: Some(name.as_bytes()),
            ..LinkRequest::create(Kind::Veth(Peer(end)))
        })
        .collect();
    make(&veths)?;
    record(&GetLink::default())
}

/// The dump of 1,000 IPv4 routes, made in the namespace of this thread.
///
/// # Errors
/// Of the kernel.
pub fn routes() -> Result<Dump> {
    lo_up()?;
    let routes: Vec<_> = (0..COUNT)
        .map(|n| {
            NewRoute::add(RouteSpec {
                family: AF_INET,
                dst: Some(Ipv4Addr::from_bits(0x0a00_0000 | n << 8).into()),
                dst_len: 24,
                table: RT_TABLE_MAIN,
                protocol: RTPROT_STATIC,
                scope: RT_SCOPE_LINK,
                kind: RTN_UNICAST,
                oif: Some(LO),
                priority: Some(100),
                ..RouteSpec::default()
            })
        })
        .collect();
    make(&routes)?;
    record(&GetRoutes {
        family: AF_INET,
        table: Some(RT_TABLE_MAIN),
        ..GetRoutes::default()
    })
}

/// The dump of 1,000 IPv4 addresses, made in the namespace of this thread.
///
/// # Errors
/// Of the kernel.
pub fn addresses() -> Result<Dump> {
    lo_up()?;
    let addresses: Vec<_> = (0..COUNT)
        .map(|n| AddressRequest {
            label: Some(b"lo:a"),
            ..AddressRequest::create(LO, Ipv4Addr::from_bits(0xac10_0000 + n).into(), 32)
        })
        .collect();
    make(&addresses)?;
    record(&GetAddresses {
        family: AF_INET,
        ..GetAddresses::default()
    })
}

fn lo_up() -> Result<()> {
    Ok(Connection::route()?.change(&LinkRequest {
        flags: IFF_UP,
        change: IFF_UP,
        ..LinkRequest::change(LO as i32)
    })?)
}

fn make<M: Message>(requests: &[M]) -> Result<()> {
    send_all(&mut Connection::route()?, requests, A_DATAGRAM)
}

/// What the kernel answers, as it came, without the message that ends it.
fn record(request: &impl Message) -> Result<Dump> {
    let mut conn = Connection::new(Recorder::new(Socket::route()?, Vec::new(), NETLINK_ROUTE)?);
    let _ = conn.dump(request, |_| {})?;
    let (_, recording) = conn.into_transport().into_parts();
    let mut bytes = Vec::new();
    for (direction, datagram) in read_recording(recording.as_slice())? {
        let last = Messages::new(&datagram).flatten().last();
        let done = last.filter(|m| m.header.kind == NLMSG_DONE);
        let len = done.map_or(0, |m| m.header.len as usize);
        if direction == Direction::Received {
            bytes.extend_from_slice(datagram.get(..datagram.len() - len).unwrap_or_default());
        }
    }
    Dump::of(bytes)
}
