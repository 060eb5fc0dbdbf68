//! Tables read from directories made for the test.

use super::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// A directory that goes away with the test.
struct Dir(PathBuf);

impl Dir {
    fn new(files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("vnet-names-{}-{n}", std::process::id()));
        for (name, text) in files {
            let file = path.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Self(path)
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn without_files_the_names_are_built_in() {
    let names = Names::in_directory("/nonexistent", false);
    for (table, number, name) in [
        (Table::RouteProtocol, 2, "kernel"),
        (Table::RouteProtocol, 99, "99"),
        (Table::Scope, 253, "link"),
        (Table::Scope, 7, "7"),
        (Table::RouteTable, 254, "main"),
        (Table::RouteTable, 1000, "1000"),
        (Table::Group, 0, "default"),
        (Table::Group, 5, "5"),
        (Table::Group, u32::MAX, "-1"),
        (Table::Dsfield, 16, "0x10"),
        (Table::Realm, 0, "unknown"),
        (Table::NetlinkProtocol, 16, "genl"),
    ] {
        assert_eq!(names.name(table, number), name);
    }
    assert_eq!(names.number(Table::RouteTable, b"local"), Some(255));
    assert_eq!(names.number(Table::RouteTable, b"0x400"), Some(1024));
    assert_eq!(names.number(Table::RouteProtocol, b"256"), None);
    assert_eq!(names.number(Table::RouteProtocol, b"foo"), None);
    assert_eq!(names.number(Table::Dsfield, b"10"), Some(16));
    assert_eq!(names.number(Table::Dsfield, b"+1"), None);
    assert_eq!(names.number(Table::Group, b"-1"), None);
}

#[test]
fn numeric_shows_numbers_and_reads_names() {
    let names = Names::in_directory("/nonexistent", true);
    assert_eq!(names.name(Table::RouteTable, 254), "254");
    assert_eq!(names.name(Table::Dsfield, 0), "0x00");
    assert_eq!(names.number(Table::RouteTable, b"main"), Some(254));
}

#[test]
fn files_and_directories() {
    let dir = Dir::new(&[
        (
            "rt_tables",
            "# comment\n\n255\tlocal\n254 haupt\n0x64 hundred # x\n",
        ),
        ("rt_tables.d/b.conf", "100 later\n"),
        ("rt_tables.d/a.conf", "200 two\n"),
        ("rt_tables.d/c.txt", "300 three\n"),
        ("group", "1 one\nbroken\n2 two\n"),
        ("rt_protos", "2 core\n"),
    ]);
    let names = Names::in_directory(&dir.0, false);
    assert_eq!(names.name(Table::RouteTable, 254), "haupt");
    assert_eq!(names.name(Table::RouteTable, 100), "later");
    assert_eq!(names.name(Table::RouteTable, 200), "two");
    assert_eq!(names.name(Table::RouteTable, 300), "300");
    assert_eq!(names.number(Table::RouteTable, b"hundred"), Some(100));
    assert_eq!(names.number(Table::RouteTable, b"main"), None);
    assert_eq!(names.name(Table::Group, 1), "one");
    assert_eq!(
        names.name(Table::Group, 2),
        "2",
        "what follows a broken line"
    );
    // The array of protocols: built in, until something has it read.
    assert_eq!(names.name(Table::RouteProtocol, 2), "kernel");
    assert_eq!(names.name(Table::RouteProtocol, 77), "77");
    assert_eq!(names.name(Table::RouteProtocol, 2), "core");
}

#[test]
fn built_in_names_need_no_file() {
    let names = Names::in_directory("/nonexistent", false);
    assert_eq!(names.name(Table::Scope, 0), "global");
    assert!(names.tables[Table::Scope.index()].get().is_none());
}
