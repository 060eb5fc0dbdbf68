//! Many at once, from many processes and threads: one winner a name, one mount on the directory.

use std::process::Child;
use std::thread;

use nsenter::{Errno, run_in};

use crate::support::{assert_tidy, name, names, net, open_fds, sandbox, start_helper};

crate::cases!(
    fifty_processes_one_name,
    fifty_processes_fifty_names,
    fifty_threads_one_name_each_and_one_for_all,
    adding_and_removing_the_same_names,
    closures_in_many_namespaces_at_once
);

const MANY: usize = 50;

/// Which of them succeeded, and what the others printed.
fn finish(children: Vec<Child>) -> (usize, Vec<String>) {
    let mut won = 0;
    let mut said = Vec::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        if output.status.success() {
            won += 1;
        } else {
            said.push(String::from_utf8(output.stdout).unwrap());
        }
    }
    (won, said)
}

fn fifty_processes_one_name() {
    let store = sandbox();
    let dir = store.dir().to_str().unwrap();
    // Both ways to add; the directory is not there yet.
    let start = |i: usize| start_helper(&[["add", "add_here"][i % 2], dir, "same"]);
    let (won, said) = finish((0..MANY).map(start).collect());
    assert_eq!(won, 1, "{said:?}");
    for text in said {
        assert!(text.starts_with("Some(EEXIST)"), "{text}");
    }
    assert_eq!(names(&store), ["same"]);
    assert_tidy(&store);
    assert_ne!(store.open(&name("same")).unwrap(), net());
}

fn fifty_processes_fifty_names() {
    let store = sandbox();
    let dir = store.dir().to_str().unwrap();
    let start = |i: usize| start_helper(&[["add", "add_here"][i % 2], dir, &format!("n{i}")]);
    let (won, said) = finish((0..MANY).map(start).collect());
    assert_eq!(won, MANY, "{said:?}");
    assert_tidy(&store);
    let mut all: Vec<_> = names(&store)
        .iter()
        .map(|n| store.open(&name(n)).unwrap().id())
        .collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), MANY, "each name is a namespace of its own");
}

fn fifty_threads_one_name_each_and_one_for_all() {
    let store = sandbox();
    let before = net();
    let made = thread::scope(|scope| {
        let work = |i: usize| {
            let store = &store;
            scope.spawn(move || {
                store.add(&name(format!("n{i}"))).unwrap();
                store.add(&name("all")).map_err(|e| e.errno())
            })
        };
        let threads: Vec<_> = (0..MANY).map(work).collect();
        threads
            .into_iter()
            .map(|t| t.join().unwrap())
            .collect::<Vec<_>>()
    });
    let (won, lost): (Vec<_>, Vec<_>) = made.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1);
    assert!(lost.into_iter().all(|e| e == Err(Some(Errno::EEXIST))));
    assert_eq!(names(&store).len(), MANY + 1);
    assert_tidy(&store);
    assert_eq!(net(), before);
}

fn adding_and_removing_the_same_names() {
    let store = sandbox();
    let dir = store.dir().to_str().unwrap();
    let start = |i: usize| start_helper(&["churn", dir, &format!("n{}", i % 3)]);
    let (won, said) = finish((0..12).map(start).collect());
    assert_eq!(won, 12, "{said:?}");
    for left in names(&store) {
        store.remove(&name(left)).unwrap();
    }
    assert_tidy(&store);
}

fn closures_in_many_namespaces_at_once() {
    let store = sandbox();
    let all: Vec<_> = (0..8).map(|i| name(format!("n{i}"))).collect();
    let all = store.add_many(&all, 2).unwrap();
    let (before, fds) = (net(), open_fds());
    thread::scope(|scope| {
        for ns in &all {
            scope.spawn(|| {
                for _ in 0..20 {
                    assert_eq!(run_in(ns, net).unwrap(), *ns);
                    assert_eq!(net(), before);
                }
            });
        }
    });
    assert_eq!(open_fds(), fds);
}
