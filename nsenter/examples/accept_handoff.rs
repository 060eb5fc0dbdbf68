//! A server that accepts in one network namespace and hands the connection to a child in a fresh one.
//!
//! The child has the connection and nothing else: its own namespace has one `lo`, which is down, so a worker that an
//! attacker takes over can reach no network but through the connection it was given.
//!
//! Run: `cargo run -p nsenter --example accept_handoff` (any user). The client is in the same program; it ends by
//! itself.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::AsFd;
use std::process::ExitCode;
use std::thread;

use nsenter::{Exit, NsHandle, NsKind, Spawn};

/// The first argument of the program when it is the worker.
const WORKER: &str = "--worker";

fn main() -> Result<ExitCode, Box<dyn Error>> {
    if std::env::args().nth(1).as_deref() == Some(WORKER) {
        return worker();
    }
    // The server listens on the loopback it was started with, on a port of the kernel's choice.
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let addr = listener.local_addr()?;
    let ours = NsHandle::current(NsKind::Net)?;
    println!("server: {addr} in {ours}");

    let client = thread::spawn(move || -> std::io::Result<Vec<String>> {
        let mut stream = TcpStream::connect(addr)?;
        stream.write_all(b"where do you live?\n")?;
        let lines = BufReader::new(stream).lines();
        lines.collect()
    });

    let (connection, from) = listener.accept()?;
    println!("server: a connection from {from}, handed to a child");
    // A child by clone3, not a thread: it is in a fresh network namespace from its first instruction, and the
    // connection is its standard input and output. All other descriptors are close-on-exec.
    let mut child = Spawn::new()
        .new_ns(NsKind::User | NsKind::Net)
        .stdin(connection.as_fd())
        .stdout(connection.as_fd())
        .exec(std::env::current_exe()?, [WORKER])?;
    drop(connection);
    let exit = child.wait()?;

    let answer = client.join().expect("the client does not panic")?;
    for line in &answer {
        println!("client: {line}");
    }
    assert_eq!(exit, Exit::Code(0));
    assert_eq!(answer.len(), 4, "{answer:?}");
    assert_eq!(answer[0], "you asked: where do you live?");
    assert_ne!(answer[1], format!("I live in {ours}"));
    assert_eq!(answer[2], "all my devices: lo");
    assert!(
        answer[3].starts_with("I can't call you back: "),
        "{answer:?}"
    );
    println!("server: done; the child saw its own lo and the connection, and nothing else");
    Ok(ExitCode::SUCCESS)
}

/// Serves the one connection that is its standard input and output.
fn worker() -> Result<ExitCode, Box<dyn Error>> {
    let connection = TcpStream::from(std::io::stdin().as_fd().try_clone_to_owned()?);
    let mut question = String::new();
    BufReader::new(&connection).read_line(&mut question)?;
    let mut out = File::from(std::io::stdout().as_fd().try_clone_to_owned()?);
    write!(out, "you asked: {question}")?;
    writeln!(out, "I live in {}", NsHandle::current(NsKind::Net)?)?;

    let mut devices = String::new();
    fs::File::open("/proc/self/net/dev")?.read_to_string(&mut devices)?;
    let devices: Vec<_> = devices
        .lines()
        .filter_map(|l| Some(l.split_once(':')?.0.trim()))
        .collect();
    writeln!(out, "all my devices: {}", devices.join(" "))?;

    // The address of the very client it talks to means nothing here.
    match TcpStream::connect(connection.peer_addr()?) {
        Ok(_) => writeln!(out, "I could call you back")?,
        Err(e) => writeln!(out, "I can't call you back: {e}")?,
    }
    Ok(ExitCode::SUCCESS)
}
