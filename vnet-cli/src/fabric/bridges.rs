//! Bridges: made closed, and opened when their ports are there.

use super::build::Fabric;
use super::configure::{UP, address};
use super::error::Error;
use super::owner::random;
use super::world::{Master, Place};
use netlink_raw::encode::Message;
use netlink_raw::route::link::{BridgeOptions, GetLink, IF_OPER_UP, Kind, Link, LinkRequest};
use std::thread;
use std::time::{Duration, Instant};

/// `IN6_ADDR_GEN_MODE_NONE`: no link-local address.
pub(super) const GEN_NONE: u8 = 1;
/// How long to wait for a port's carrier, and between two looks.
const PATIENCE: (Duration, Duration) = (Duration::from_millis(100), Duration::from_micros(200));

impl Fabric<'_> {
    /// Down, and without snooping, until their ports are there.
    pub(super) fn make_bridges(&mut self) -> Result<(), Error> {
        let world = self.world;
        for plan in &world.bridges {
            self.proceed()?;
            let options = BridgeOptions {
                mcast_snooping: Some(0),
                ..BridgeOptions::default()
            };
            // An address of its own: else each new port is looked at for a lower one.
            let mac = local_mac();
            let request = LinkRequest {
                name: Some(plan.name.as_bytes()),
                group: Some(self.settings.group),
                address: Some(&mac),
                ..LinkRequest::create(Kind::Bridge(&options))
            };
            let refused = |e| link_error(&plan.name, e);
            self.conn.change(&request).map_err(refused)?;
            let get = GetLink::by_name(plan.name.as_bytes());
            let index = self
                .conn
                .get(&get, |reply| Link::parse(&reply).map(|l| l.index))?;
            let index = index.map_err(netlink_raw::Error::from)?;
            self.bridges.push(index.unsigned_abs());
            for (local, prefix) in &plan.addresses {
                let request = address(index, *local, *prefix);
                self.conn
                    .change(&request)
                    .map_err(|e| link_error(&plan.name, e))?;
            }
        }
        Ok(())
    }

    /// Up, and only then snooping again: the timers of all ports are started once.
    pub(super) fn open_bridges(&mut self) -> Result<(), Error> {
        let options = BridgeOptions {
            mcast_snooping: Some(1),
            ..BridgeOptions::default()
        };
        for (at, plan) in self.world.bridges.iter().enumerate() {
            let Some(index) = self.bridges.get(at).map(|index| *index as i32) else {
                continue;
            };
            self.await_carrier(at)?;
            let up = LinkRequest {
                flags: UP,
                change: UP,
                addrgenmode: (!self.settings.ipv6).then_some(GEN_NONE),
                ..LinkRequest::change(index)
            };
            let snoop = LinkRequest {
                kind: Some(Kind::Bridge(&options)),
                ..LinkRequest::change(index)
            };
            let mut refusal = None;
            let messages: [&dyn Message; 2] = [&up, &snoop];
            self.conn.batch(messages, |_, e| {
                refusal.get_or_insert(e);
            })?;
            if let Some(source) = refusal {
                let name = plan.name.clone();
                return Err(Error::Link { name, source });
            }
        }
        Ok(())
    }

    /// Waits until one port of a bridge has carrier. A bridge that is opened with such a port works at once; one that
    /// gets its first carrier later may wait for a second, until the kernel looks at links that are not urgent.
    fn await_carrier(&mut self, bridge: usize) -> Result<(), Error> {
        let ends = self.world.links.iter().flat_map(|link| &link.ends);
        let port = ends
            .filter(|end| end.place == Place::Here)
            .find(|end| end.master == Some(Master::Bridge(bridge)));
        let Some(port) = port else {
            return Ok(());
        };
        let get = GetLink::by_name(port.name.as_bytes());
        let began = Instant::now();
        while began.elapsed() < PATIENCE.0 {
            let state = self.conn.get(&get, |reply| {
                Link::parse(&reply).ok().and_then(|link| link.operstate)
            })?;
            if state == Some(IF_OPER_UP) {
                break;
            }
            thread::sleep(PATIENCE.1);
        }
        Ok(())
    }
}

fn link_error(name: &str, e: netlink_raw::Error) -> Error {
    match e {
        netlink_raw::Error::Kernel(source) => Error::Link {
            name: name.to_owned(),
            source: *source,
        },
        other => Error::Netlink(other),
    }
}

/// A random address of the kind that anyone may give (IEEE 802: locally administered, unicast).
fn local_mac() -> [u8; 6] {
    let [a, b, c, d, e, f, ..] = random().to_ne_bytes();
    [a & 0xfc | 0x02, b, c, d, e, f]
}
