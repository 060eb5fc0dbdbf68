//! A program that does with netlink sockets what can be done with any file: what an audit must not lose sight of.
//!
//! Each way asks for lo by RTM_GETLINK, with sequence numbers from 1 in the order in which the answers are read.

use std::error::Error;
use std::fs::File;
use std::io::{IoSlice, Read, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::thread;

use nix::sys::socket::{
    AddressFamily, ControlMessage, MsgFlags, SockFlag, SockProtocol, SockType, UnixAddr, recv,
    send, sendmsg, socket, socketpair,
};

type Done<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

fn netlink() -> Done<OwnedFd> {
    let (flags, route) = (SockFlag::SOCK_CLOEXEC, SockProtocol::NetlinkRoute);
    Ok(socket(AddressFamily::Netlink, SockType::Raw, flags, route)?)
}

/// `RTM_GETLINK` of the link with index 1.
fn question(sequence: u32) -> Vec<u8> {
    let words = [32, 18 | 1 << 16, sequence, 0, 0, 1, 0, 0];
    words
        .iter()
        .flat_map(|word: &u32| word.to_ne_bytes())
        .collect()
}

fn ask(socket: &OwnedFd, sequence: u32) -> Done {
    send(socket.as_raw_fd(), &question(sequence), MsgFlags::empty())?;
    Ok(())
}

/// By read(2).
fn answer(from: OwnedFd) -> Done {
    match File::from(from).read(&mut [0; 8192])? {
        0 => Err("no answer".into()),
        _ => Ok(()),
    }
}

/// Received from in the way of sockets first.
fn received_from_before() -> Done {
    let socket = netlink()?;
    ask(&socket, 1)?;
    recv(socket.as_raw_fd(), &mut [0; 8192], MsgFlags::empty())?;
    ask(&socket, 2)?;
    answer(socket)
}

/// Beside one that is closed, by a copy of its descriptor.
fn by_a_copy() -> Done {
    let (socket, other) = (netlink()?, netlink()?);
    ask(&socket, 3)?;
    drop(other);
    let copy = socket.try_clone()?;
    drop(socket);
    answer(copy)
}

/// By another thread, which was there before the socket.
fn by_another_thread() -> Done {
    let (to, from) = std::sync::mpsc::channel::<OwnedFd>();
    let reader = thread::spawn(move || answer(from.recv()?));
    let mut file = File::from(netlink()?);
    file.write_all(&question(4))?;
    to.send(file.into())?;
    reader.join().expect("no thread panics")
}

/// By a process that it was sent to over a Unix socket, and that has none of its own.
fn passed_to_another() -> Done {
    let (here, there) = socketpair(
        AddressFamily::Unix,
        SockType::Stream,
        None,
        SockFlag::SOCK_CLOEXEC,
    )?;
    // Reads what comes in a program of its own: this one again, with the socket as its input.
    let mut child = std::process::Command::new(std::env::current_exe()?)
        .arg("receive")
        .stdin(there)
        .spawn()?;
    let socket = netlink()?;
    ask(&socket, 5)?;
    let (fds, data) = ([socket.as_raw_fd()], [IoSlice::new(b"!")]);
    let rights = [ControlMessage::ScmRights(&fds)];
    sendmsg::<UnixAddr>(here.as_raw_fd(), &data, &rights, MsgFlags::empty(), None)?;
    match child.wait()?.success() {
        true => Ok(()),
        false => Err("the other has failed".into()),
    }
}

fn receive() -> Done {
    for socket in vnet_tests::receive(std::io::stdin().as_fd())? {
        answer(socket)?;
    }
    Ok(())
}

fn main() -> Done {
    if std::env::args()
        .nth(1)
        .is_some_and(|word| word == "receive")
    {
        return receive();
    }
    received_from_before()?;
    by_a_copy()?;
    by_another_thread()?;
    passed_to_another()
}
