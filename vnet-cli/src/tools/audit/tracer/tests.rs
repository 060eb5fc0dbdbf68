//! Programs traced to their ends.

use super::*;

fn traced(words: &[&str]) -> (Result<End, Error>, Vec<Event>) {
    let words: Vec<OsString> = words.iter().map(OsString::from).collect();
    let mut events = Vec::new();
    let end = run(&words, &mut |event| events.push(event));
    (end, events)
}

fn ends(events: &[Event]) -> Vec<How> {
    let ends = events.iter().filter_map(|event| match event {
        Event::Ended(ended) => Some(ended.how),
        _ => None,
    });
    ends.collect()
}

#[test]
fn how_programs_end() {
    for (script, end) in [
        ("exit 0", End::Code(0)),
        ("exit 77", End::Code(77)),
        ("kill -TERM $$", End::Signal(libc::SIGTERM)),
        ("kill -KILL $$", End::Signal(libc::SIGKILL)),
        ("trap 'exit 9' TERM; kill -TERM $$; sleep 9", End::Code(9)),
    ] {
        let (found, events) = traced(&["sh", "-c", script]);
        assert_eq!(found.unwrap(), end, "{script}");
        let last = *ends(&events).last().unwrap();
        match end {
            End::Code(code) => assert_eq!(last, How::Code(code), "{script}"),
            End::Signal(signal) => assert!(matches!(last, How::Signal(s, _) if s == signal)),
        }
    }
}

#[test]
fn children_are_waited_for() {
    let (end, events) = traced(&["sh", "-c", "(sleep 0.05; exit 3) & (exit 4); exit 5"]);
    assert_eq!(end.unwrap(), End::Code(5));
    let mut codes = ends(&events);
    codes.sort_by_key(|how| format!("{how:?}"));
    // Whether the shell executes sleep in a process of its own is the shell's affair.
    codes.retain(|how| *how != How::Code(0));
    assert_eq!(codes, [3, 4, 5].map(How::Code));
}

#[test]
fn a_stopped_process_goes_on() {
    let script = "sh -c 'kill -STOP $$; exit 6' & child=$!; \
        until grep -q '^State:.[Tt]' /proc/$child/status; do :; done; kill -CONT $child; wait $child";
    let (end, events) = traced(&["sh", "-c", script]);
    assert_eq!(end.unwrap(), End::Code(6));
    let stopped =
        |event: &&Event| matches!(event, Event::Signal { signal, .. } if *signal == libc::SIGSTOP);
    assert_eq!(events.iter().filter(stopped).count(), 1);
}

#[test]
fn what_can_not_be_run() {
    let errno = |name: &str| match traced(&[name]).0 {
        Err(Error::Program { errno, .. }) => errno,
        other => panic!("{other:?}"),
    };
    assert_eq!(errno("nosuch-program-of-vnet"), libc::ENOENT);
    assert_eq!(errno("/etc/passwd"), libc::EACCES);
}
