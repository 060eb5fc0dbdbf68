//! rtnetlink by hand: bytes, typed messages, a socket, and nothing in between.
//!
//! Links, addresses, routes and neighbours of a network namespace are read and changed by messages on
//! an `AF_NETLINK` socket ([rtnetlink(7)]). This crate writes and reads those messages itself: the
//! kernel's structs as zerocopy types, attributes written into a buffer of yours, replies read as
//! borrowed views. No async runtime, no code generator, no other netlink crate.
//!
//! From the ground up: [`wire`] (structs), [`encode`] and [`decode`] (bytes), [`schema`] (names of
//! attributes), [`route`] (typed requests and views), [`exchange`] (the rules of request and reply),
//! [`transport`] (the socket, a recorder, a recording), [`conn`] (all of it together).
//!
//! ```no_run
//! use netlink_raw::Connection;
//! use netlink_raw::route::link::{GetLink, Link};
//!
//! let mut conn = Connection::route()?;
//! let _ = conn.dump(&GetLink::all(), |message| {
//!     if let Ok(link) = Link::parse(&message) {
//!         println!("{} {}", link.index, String::from_utf8_lossy(link.name.unwrap_or_default()));
//!     }
//! })?;
//! # Ok::<(), netlink_raw::Error>(())
//! ```
//!
//! A socket stays with the network namespace it was opened in. To work in another namespace, open the
//! socket there (on a thread that has entered it) and use it from anywhere.
//!
//! [rtnetlink(7)]: https://man7.org/linux/man-pages/man7/rtnetlink.7.html

#[cfg(feature = "annotate")]
pub mod annotate;
pub mod conn;
pub mod decode;
pub mod encode;
pub mod error;
pub mod exchange;
pub mod pcap;
pub mod route;
pub mod schema;
mod short;
pub mod socket;
mod sys;
pub mod transport;
pub mod wire;

pub use conn::{Collected, Connection, Dumped};
pub use encode::Message;
pub use error::{DecodeError, EncodeError, Error, KernelError};
pub use socket::Socket;
