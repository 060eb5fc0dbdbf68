use super::*;
use nix::unistd::pipe;
use std::os::fd::AsRawFd;

fn scratch(name: &str) -> std::path::PathBuf {
    std::env::temp_dir().join(format!("vnet-sink-{}-{name}", std::process::id()))
}

#[test]
fn a_file_of_its_own_is_written_at_once() {
    let path = scratch("own");
    std::fs::write(&path, "old").unwrap();
    let mut sink = Sink::named(&path).unwrap();
    assert!(!sink.is_held() && !sink.is_terminal() && !sink.is_stderr());
    sink.write(b"one\n");
    assert_eq!(std::fs::read(&path).unwrap(), b"one\n");
    sink.write(b"two\n");
    sink.finish().unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"one\ntwo\n");
    std::fs::remove_file(path).unwrap();
}

#[test]
fn what_the_program_writes_to_is_written_at_the_end() {
    let sink = Sink::stderr().unwrap();
    let null =
        fstat(io::stderr().as_fd()).is_ok_and(|s| s.st_rdev == nix::sys::stat::makedev(1, 3));
    assert_eq!(sink.is_held(), !null);
    assert!(sink.is_stderr());

    let (from, to) = pipe().unwrap();
    let mut sink = Sink {
        to: to.into(),
        held: Some(Held::default()),
        error: None,
    };
    sink.write(b"line\n");
    let mut fds = [PollFd::new(from.as_fd(), PollFlags::POLLIN)];
    assert_eq!(poll(&mut fds, PollTimeout::ZERO), Ok(0));
    sink.finish().unwrap();
    let mut text = String::new();
    File::from(from).read_to_string(&mut text).unwrap();
    assert_eq!(text, "line\n");
}

#[test]
fn much_is_held_in_a_file_and_comes_out_in_order() {
    let path = scratch("much");
    let mut sink = Sink {
        held: Some(Held::default()),
        ..Sink::named(&path).unwrap()
    };
    let mut expected = Vec::new();
    let mut number = 0u64;
    while expected.len() < 2 * IN_MEMORY + 1000 {
        let line = format!("line {number} {}\n", "x".repeat(4000));
        sink.write(line.as_bytes());
        expected.extend_from_slice(line.as_bytes());
        number += 1;
    }
    let held = sink.held.as_ref().unwrap();
    assert!(held.bytes.len() < IN_MEMORY && held.spilled.is_some());
    sink.finish().unwrap();
    assert!(std::fs::read(&path).unwrap() == expected);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_failure_is_told_once_and_nothing_follows_it() {
    let (from, to) = pipe().unwrap();
    let mut sink = Sink::into_file(to.into());
    drop(from);
    sink.write(b"lost\n");
    sink.write(b"lost too\n");
    let error = sink.finish().unwrap_err();
    assert_eq!(error.raw_os_error(), Some(libc::EPIPE));

    let full = Sink::named(Path::new("/dev/full"));
    if let Ok(mut full) = full {
        full.write(b"x");
        let error = full.finish().unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::ENOSPC));
    }
}

#[test]
fn a_reader_that_is_slow_gets_everything() {
    let (from, to) = pipe().unwrap();
    nix::fcntl::fcntl(&to, nix::fcntl::F_SETFL(OFlag::O_NONBLOCK)).unwrap();
    assert!(to.as_raw_fd() > 2);
    let mut sink = Sink::into_file(to.into());
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        File::from(from).read_to_end(&mut bytes).map(|_| bytes)
    });
    let line = [b'x'; 300_000];
    sink.write(&line);
    sink.finish().unwrap();
    assert!(reader.join().unwrap().unwrap() == line);
}
