//! A star by iproute2's ip: command by command, as documents and scripts have it, or by its batches at their best.

use crate::Result;
use crate::star::{GATEWAY, Times, address};
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

const BRIDGE: &str = "brI";
/// The group of links that the batch's veths are in.
const GROUP: u32 = 79;

/// What `ip -V` says; none where there is no ip of iproute2's.
#[must_use]
pub fn version() -> Option<String> {
    let output = Command::new("ip").arg("-V").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.contains("iproute2").then(|| text.trim().to_owned())
}

/// One command, its words between single spaces.
fn ip(words: &str) -> Result<()> {
    let status = Command::new("ip").args(words.split(' ')).status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("ip {words}: {status}").into())
    }
}

/// One process that reads its commands from a pipe.
fn batch(options: &str, lines: &str) -> Result<()> {
    let mut child = Command::new("ip")
        .args(options.split_whitespace())
        .args(["-batch", "-"])
        .stdin(Stdio::piped())
        .spawn()?;
    if let Some(mut pipe) = child.stdin.take() {
        pipe.write_all(lines.as_bytes())?;
    }
    let status = child.wait()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("ip {options} -batch: {status}").into())
    }
}

/// A process for every step: ends are moved to where they belong, and renamed; all is removed one by one.
///
/// # Errors
/// The first command that fails.
pub fn command_by_command(count: u32) -> Result<Times> {
    let start = Instant::now();
    ip(&format!("link add {BRIDGE} type bridge"))?;
    ip(&format!("addr add {GATEWAY}/16 dev {BRIDGE}"))?;
    ip(&format!("link set {BRIDGE} up"))?;
    for i in 0..count {
        let address = address(i);
        let inside = |words: &str| ip(&format!("netns exec i{i} ip {words}"));
        ip(&format!("netns add i{i}"))?;
        ip(&format!("link add o{i} type veth peer name p{i}"))?;
        ip(&format!("link set p{i} netns i{i}"))?;
        inside(&format!("link set p{i} name eth0"))?;
        inside(&format!("addr add {address}/16 dev eth0"))?;
        inside("link set lo up")?;
        inside("link set eth0 up")?;
        ip(&format!("link set o{i} master {BRIDGE}"))?;
        ip(&format!("link set o{i} up"))?;
        inside(&format!("route add default via {GATEWAY}"))?;
    }
    let up = start.elapsed();
    let start = Instant::now();
    for i in 0..count {
        ip(&format!("link del o{i}"))?;
        ip(&format!("netns del i{i}"))?;
    }
    ip(&format!("link del {BRIDGE}"))?;
    let down = start.elapsed();
    Ok(Times { up, down })
}

/// Batches, ends created where they belong, one process for each namespace's inside; links removed by group.
///
/// # Errors
/// The first batch that fails.
pub fn batched(count: u32) -> Result<Times> {
    let lines = |line: &dyn Fn(u32) -> String| (0..count).map(line).collect::<String>();
    let bridge = format!(
        "link add {BRIDGE} type bridge\naddr add {GATEWAY}/16 dev {BRIDGE}\nlink set {BRIDGE} up\n"
    );
    let first = bridge + &lines(&|i| format!("netns add i{i}\n"));
    let links = lines(&|i| {
        format!(
            "link add o{i} up master {BRIDGE} group {GROUP} type veth peer name eth0 netns i{i}\n"
        )
    });
    let last = lines(&|i| format!("netns del i{i}\n"));
    let start = Instant::now();
    batch("", &first)?;
    batch("", &links)?;
    for i in 0..count {
        let address = address(i);
        let inside = format!(
            "link set lo up\nlink set eth0 up\naddr add {address}/16 dev eth0\nroute add default via {GATEWAY}\n"
        );
        batch(&format!("-n i{i}"), &inside)?;
    }
    let up = start.elapsed();
    let start = Instant::now();
    ip(&format!("link del group {GROUP}"))?;
    batch("", &last)?;
    ip(&format!("link del {BRIDGE}"))?;
    let down = start.elapsed();
    Ok(Times { up, down })
}
