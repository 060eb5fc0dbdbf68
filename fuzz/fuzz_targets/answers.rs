//! Any stream of datagrams as the answer to a request: it ends, and nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netlink_raw::route::link::{DelLink, GetLink};
use netlink_raw::transport::{Received, Transport};
use netlink_raw::{Connection, Message};
use std::io;

/// Datagrams cut from the input: two bytes of length, then the bytes.
struct Stream<'a>(&'a [u8]);

impl Transport for Stream<'_> {
    fn portid(&self) -> u32 {
        0
    }
    fn send(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }
    fn recv(&mut self, buf: &mut [u8]) -> io::Result<Received> {
        let (head, rest) = self.0.split_first_chunk::<2>().ok_or(io::ErrorKind::UnexpectedEof)?;
        let len = usize::from(u16::from_le_bytes(*head)).min(rest.len());
        let (datagram, rest) = rest.split_at(len);
        self.0 = rest;
        let fits = len.min(buf.len());
        buf[..fits].copy_from_slice(&datagram[..fits]);
        Ok(Received { len, nsid: None })
    }
}

fuzz_target!(|data: &[u8]| {
    let one = DelLink::default();
    let _ = Connection::new(Stream(data)).change(&one);
    let _ = Connection::new(Stream(data)).get(&GetLink::all(), |m| m.body.len());
    let _ = Connection::new(Stream(data)).collect(&GetLink::all()).map(|all| all.messages().count());
    let batch = [&one as &dyn Message, &one, &one];
    let _ = Connection::new(Stream(data)).batch(batch, |i, _| assert!(i < 3));
    let mut conn = Connection::new(Stream(data));
    while conn.events(|m, _| assert!(m.body.len() < 65536)).is_ok() {}
});
