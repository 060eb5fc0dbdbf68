//! The words of route(8).

use crate::grammar::{Grammar, Value, exact};

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// No names.
    Numeric,
    /// More columns.
    Extend,
    /// The table.
    Fib,
    /// The cache.
    Cache,
    /// More words in errors.
    Verbose,
    /// IPv4.
    Inet,
    /// IPv6.
    Inet6,
    /// The family, by name.
    Family,
    /// The usage.
    Help,
    /// The version.
    Version,
    /// Add a route.
    Add,
    /// Delete a route.
    Del,
    /// Delete all.
    Flush,
    /// The target is a network.
    Net,
    /// The target is a host.
    Host,
    /// The gateway.
    Gateway,
    /// The mask of the target.
    Netmask,
    /// The device.
    Dev,
    /// The metric.
    Metric,
    /// The segment size.
    Mss,
    /// The window.
    Window,
    /// The round-trip time.
    Irtt,
    /// Refuse instead.
    Reject,
    /// Words that no kernel heeds.
    Idle,
}

/// The words of route.
pub static WORDS: Grammar<Key> = Grammar(&[
    exact(Key::Numeric, "-n")
        .also(&["-N", "--numeric", "--symbolic"])
        .says("numbers instead of names"),
    exact(Key::Extend, "-e")
        .also(&["--extend"])
        .says("other columns; twice for all"),
    exact(Key::Fib, "-F")
        .also(&["--fib"])
        .says("the routing table"),
    exact(Key::Cache, "-C")
        .also(&["--cache"])
        .says("the routing cache, which is empty since Linux 3.6"),
    exact(Key::Verbose, "-v")
        .also(&["--verbose"])
        .says("be verbose"),
    exact(Key::Inet, "-4").also(&["--inet"]).says("IPv4"),
    exact(Key::Inet6, "-6").also(&["--inet6"]).says("IPv6"),
    exact(Key::Family, "-A")
        .takes(Value::OneOf(&["inet", "inet6"]))
        .says("address family"),
    exact(Key::Help, "-h")
        .also(&["--help"])
        .says("print the usage"),
    exact(Key::Version, "-V")
        .also(&["--version"])
        .says("print the version"),
    exact(Key::Add, "add").says("add a route"),
    exact(Key::Del, "del")
        .also(&["delete"])
        .says("delete a route"),
    exact(Key::Net, "-net")
        .value("NETWORK/BITS")
        .says("the target is a network"),
    exact(Key::Host, "-host")
        .value("ADDRESS")
        .says("the target is a host"),
    exact(Key::Gateway, "gw")
        .also(&["gateway"])
        .value("ADDRESS")
        .says("the gateway"),
    exact(Key::Netmask, "netmask")
        .value("MASK")
        .says("which bits are the network's"),
    exact(Key::Dev, "dev")
        .also(&["device"])
        .takes(Value::Device("DEVICE"))
        .bare()
        .says("the device"),
    exact(Key::Metric, "metric")
        .value("NUMBER")
        .says("the smallest is taken"),
    exact(Key::Mss, "mss")
        .value("BYTES")
        .says("largest segment, and 40"),
    exact(Key::Window, "window")
        .value("BYTES")
        .says("largest window of TCP"),
    exact(Key::Irtt, "irtt")
        .value("MS")
        .says("first guess of the round-trip time"),
    exact(Key::Reject, "reject").says("refuse what goes there"),
    exact(Key::Idle, "mod")
        .also(&["dyn", "reinstate"])
        .says("taken, and without effect"),
    exact(Key::Flush, "flush").says("not done, as in net-tools"),
]);
