//! Fleets: made and removed together, told from what is others', and found again when their maker is gone.

use std::collections::HashSet;
use std::fs;
use std::os::fd::AsFd;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Mutex;

use nsenter::{Errno, Error, Fleet, Made, NsFd, NsHandle, NsId, NsKind, NsName, Store, visit};

use crate::support::{assert_tidy, mounts, name, names, net, open_fds, sandbox};

crate::cases!(
    they_come_and_go_together,
    what_is_made_with_them_goes_with_them,
    each_is_entered,
    a_name_in_use_ends_the_making,
    the_making_can_be_ended,
    what_is_others_stays,
    what_is_left_is_found_by_its_mark,
    without_a_namespace_its_file_goes
);

fn some(prefix: &str, count: usize) -> Vec<NsName> {
    (0..count).map(|i| name(format!("{prefix}{i}"))).collect()
}

fn go_on(_: Made<'_>) -> bool {
    true
}

fn nobody(_: std::time::Instant, _: std::time::Instant) {}

fn begin(store: &Store, all: &[NsName]) -> Fleet {
    Fleet::begin(store, &all[0], b"somebody 1").unwrap()
}

fn they_come_and_go_together() {
    let store = sandbox();
    let here = net();
    let fds = open_fds();
    let all = some("f", 50);
    let fleet = begin(&store, &all);
    let seen = Mutex::new(HashSet::new());
    let each = |made: Made<'_>| {
        assert_eq!(made.name, &all[made.index]);
        assert!(made.began <= made.created && made.created <= made.named);
        let inside = NsHandle::current(NsKind::Net).unwrap();
        assert_eq!(inside, NsHandle::from_fd(made.ns).unwrap());
        assert_ne!(inside, here);
        seen.lock().unwrap().insert(inside.id())
    };
    fleet.make(&all, 3, &each).unwrap();
    assert_eq!(seen.lock().unwrap().len(), 50, "fifty different namespaces");
    assert_eq!(net(), here);
    let mut listed = names(&store);
    listed.sort();
    let mut wanted: Vec<String> = all.iter().map(NsName::to_string).collect();
    wanted.sort();
    assert_eq!(listed, wanted);
    assert_tidy(&store);
    for one in &all {
        assert!(
            seen.lock()
                .unwrap()
                .contains(&store.open(one).unwrap().id())
        );
    }
    assert_eq!(fleet.names().unwrap().len(), 50);
    let removed = Mutex::new(0);
    let gone = |began, ended| {
        assert!(began <= ended);
        *removed.lock().unwrap() += 1;
    };
    assert!(fleet.remove(&all, 16, &gone).is_empty());
    assert_eq!(removed.into_inner().unwrap(), 50);
    assert!(names(&store).is_empty());
    fleet.end();
    assert_eq!(open_fds(), fds);
}

fn what_is_made_with_them_goes_with_them() {
    let store = sandbox();
    assert!(!store.dir().exists());
    let all = some("f", 2);
    let fleet = begin(&store, &all);
    fleet.make(&all, 1, &go_on).unwrap();
    assert!(fleet.remove(&all, 1, &nobody).is_empty());
    fleet.end();
    assert!(!store.dir().exists(), "the directory came with the fleet");
    assert!(mounts(store.dir()).is_empty());
    // Where it was there before, or is in use by now, it stays.
    store.prepare().unwrap();
    let fleet = begin(&store, &all);
    fleet.end();
    assert!(store.dir().exists());
    let fleet = begin(&store, &all);
    store.add(&name("other")).unwrap();
    fleet.end();
    assert_eq!(names(&store), ["other"]);
}

fn each_is_entered() {
    let store = sandbox();
    let here = net();
    let all = some("f", 9);
    let fleet = begin(&store, &all);
    fleet.make(&all, 2, &go_on).unwrap();
    let seen = Mutex::new(HashSet::new());
    let kept = store.open(&all[0]).unwrap();
    let open = |at: usize| match at {
        0 => Ok(NsFd::Borrowed(kept.as_fd())),
        _ => store.open(&all[at]).map(|ns| NsFd::Owned(ns.into_fd())),
    };
    let look = |at| {
        let inside = NsHandle::current(NsKind::Net).unwrap();
        assert_eq!(inside, store.open(&all[at]).unwrap());
        seen.lock().unwrap().insert(inside.id())
    };
    visit(9, 2, &open, &look).unwrap();
    assert_eq!(seen.into_inner().unwrap().len(), 9);
    assert_eq!(net(), here);
    store.remove(&all[4]).unwrap();
    let (at, e) = visit(9, 1, &open, &|_| true).unwrap_err();
    assert_eq!((at, e.errno()), (4, Some(Errno::ENOENT)));
}

fn a_name_in_use_ends_the_making() {
    let store = sandbox();
    let all = some("f", 20);
    let theirs = store.add(&all[7]).unwrap();
    let fleet = begin(&store, &all);
    let (index, e) = fleet.make(&all, 1, &go_on).unwrap_err();
    assert_eq!((index, e.errno()), (7, Some(Errno::EEXIST)), "{e}");
    // Who made what stays; the one in use was not touched.
    assert_eq!(fleet.names().unwrap().len(), 7);
    assert!(fleet.remove(&all, 4, &nobody).is_empty());
    assert_eq!(names(&store), ["f7"]);
    assert_eq!(store.open(&all[7]).unwrap(), theirs);
    let e = Fleet::begin(&store, &all[7], b"x").unwrap_err();
    assert_eq!(e.errno(), Some(Errno::EEXIST));
}

fn the_making_can_be_ended() {
    let store = sandbox();
    let all = some("f", 20);
    let fleet = begin(&store, &all);
    fleet.make(&all, 1, &|made| made.index < 4).unwrap();
    assert_eq!(fleet.names().unwrap().len(), 5);
}

fn what_is_others_stays() {
    let store = sandbox();
    let all = some("f", 6);
    let fleet = begin(&store, &all);
    fleet.make(&all, 2, &go_on).unwrap();
    // Somebody takes one away, and makes another of that name.
    store.remove(&all[2]).unwrap();
    let theirs = store.add(&all[2]).unwrap();
    store.remove(&all[3]).unwrap();
    assert!(fleet.remove(&all, 2, &nobody).is_empty());
    assert_eq!(names(&store), ["f2"]);
    assert_eq!(store.open(&all[2]).unwrap(), theirs);
}

fn what_is_left_is_found_by_its_mark() {
    let store = sandbox();
    let all = some("f", 5);
    let fleet = begin(&store, &all);
    fleet.make(&all, 2, &go_on).unwrap();
    let id = fleet.id();
    drop(fleet);
    store.add(&name("other")).unwrap();
    assert!(Fleet::find(&store, id, b"somebody 2").unwrap().is_none());
    let NsId { dev, ino } = id;
    let elsewhere = NsId { dev: dev + 1, ino };
    assert!(
        Fleet::find(&store, elsewhere, b"somebody 1")
            .unwrap()
            .is_none()
    );
    let found = Fleet::find(&store, id, b"somebody 1").unwrap().unwrap();
    let mut left = found.names().unwrap();
    left.sort();
    assert_eq!(left, all);
    assert!(found.remove(&left, 2, &nobody).is_empty());
    assert_eq!(names(&store), ["other"]);
    assert!(Fleet::find(&store, id, b"somebody 1").unwrap().is_none());
}

fn without_a_namespace_its_file_goes() {
    let store = sandbox();
    let all = some("f", 1);
    let fleet = begin(&store, &all);
    let path = store.path(&all[0]);
    assert_eq!(fs::read(&path).unwrap(), b"somebody 1");
    assert_eq!(fs::metadata(&path).unwrap().ino(), fleet.id().ino);
    drop(fleet);
    assert!(!path.exists());
    let absent = Store::at("/run/no/such/place");
    assert!(!Path::new("/run/no").exists());
    assert!(matches!(
        Fleet::find(&absent, NsId { dev: 0, ino: 0 }, b""),
        Ok(None) | Err(Error::Store { .. })
    ));
}
