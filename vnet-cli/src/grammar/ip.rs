//! ip's objects and their verbs, in the order in which ip looks through them.
//!
//! A line with `.run(…)` is done by vnet; one without it is known, and answered
//! with "not supported by vnet".

use super::tree::{Object, Verb, object, verb};
use crate::cmd::{addr, link, monitor, neigh, netns, route, rule};

/// ip's objects. The order decides what an abbreviation means: `n` is
/// neighbor, `net` netns, `m` maddress.
pub static OBJECTS: &[Object] = &[
    object("address", "addresses of devices").verbs(ADDRESS, "show"),
    object("addrlabel", "labels for the choice of IPv6 addresses"),
    object("maddress", "multicast addresses").shown("maddr"),
    object("route", "routes").verbs(ROUTE, "show"),
    object("rule", "rules that choose a routing table").verbs(RULE, "show"),
    object("neighbor", "ARP and NDP tables")
        .also(&["neighbour"])
        .shown("neigh")
        .verbs(NEIGH, "show"),
    object("ntable", "parameters of the neighbour tables").also(&["ntbl"]),
    object("link", "network devices").verbs(LINK, "show"),
    object("l2tp", "tunnels over IP, L2TPv3"),
    object("fou", "tunnels over UDP"),
    object("ila", "identifier-locator addresses"),
    object("macsec", "MACsec devices"),
    object("tunnel", "tunnels over IP").also(&["tunl"]),
    object("tuntap", "TUN and TAP devices").also(&["tap"]),
    object("token", "tokenized IPv6 interface identifiers"),
    object("tcpmetrics", "cached TCP metrics")
        .also(&["tcp_metrics"])
        .shown("tcp_metrics"),
    object("monitor", "changes as they happen").runs(monitor::monitor, &monitor::MONITOR, ""),
    object("xfrm", "IPsec policies and states"),
    object("mroute", "the multicast routing cache"),
    object("mrule", "rules of multicast routing").shown("rule"),
    object("netns", "network namespaces").verbs(NETNS, "list"),
    object("netconf", "configuration of devices"),
    object("vrf", "virtual routing domains"),
    object("sr", "IPv6 segment routing"),
    object("nexthop", "next hops as objects"),
    object("mptcp", "multipath TCP"),
    object("ioam", "in-situ OAM for IPv6"),
    object("help", "print the usage").helps(),
    object("stats", "statistics of devices"),
];

static ADDRESS: &[Verb] = &[
    verb("add", "add an address to a device")
        .words(&addr::MODIFY)
        .run(addr::add),
    verb("change", "change an address")
        .also(&["chg"])
        .words(&addr::MODIFY)
        .run(addr::change),
    verb("replace", "add an address, or change it")
        .words(&addr::MODIFY)
        .run(addr::replace),
    verb("delete", "take an address away")
        .words(&addr::MODIFY)
        .run(addr::delete),
    verb("show", "list addresses")
        .also(&["list", "lst"])
        .words(&addr::FILTER)
        .run(addr::show),
    verb("flush", "take addresses away")
        .words(&addr::FILTER)
        .run(addr::flush),
    verb("save", "write addresses to a file"),
    verb("showdump", "print the addresses of a file"),
    verb("restore", "add the addresses of a file"),
];

static ROUTE: &[Verb] = &[
    verb("show", "list routes")
        .also(&["list", "lst"])
        .words(&route::SELECTORS)
        .run(route::list),
    verb("get", "ask the kernel for the route to an address")
        .words(&route::GET)
        .run(route::get),
    verb("add", "add a route")
        .words(&route::ROUTE)
        .run(route::add),
    verb("change", "change a route")
        .also(&["chg"])
        .words(&route::ROUTE)
        .run(route::change),
    verb("replace", "add a route, or change it")
        .words(&route::ROUTE)
        .run(route::replace),
    verb("prepend", "add a route before others like it")
        .words(&route::ROUTE)
        .run(route::prepend),
    verb("append", "add a route behind others like it")
        .words(&route::ROUTE)
        .run(route::append),
    verb("test", "ask whether a route is there")
        .words(&route::ROUTE)
        .run(route::test),
    verb("delete", "delete a route")
        .words(&route::ROUTE)
        .run(route::delete),
    verb("flush", "delete routes")
        .words(&route::SELECTORS)
        .run(route::flush),
    verb("save", "write routes to a file"),
    verb("restore", "add the routes of a file"),
    verb("showdump", "print the routes of a file"),
];

static RULE: &[Verb] = &[
    verb("show", "list rules")
        .also(&["list", "lst"])
        .words(&rule::FILTER)
        .run(rule::show),
    verb("add", "add a rule")
        .words(&rule::MODIFY)
        .run(rule::add),
    verb("delete", "delete a rule")
        .words(&rule::MODIFY)
        .run(rule::delete),
    verb("flush", "delete rules, all but those of priority 0")
        .words(&rule::FILTER)
        .run(rule::flush),
    verb("save", "write rules to a file"),
    verb("restore", "add the rules of a file"),
];

static NEIGH: &[Verb] = &[
    verb("add", "add an entry")
        .words(&neigh::MODIFY)
        .run(neigh::add),
    verb("change", "change an entry")
        .also(&["chg"])
        .words(&neigh::MODIFY)
        .run(neigh::change),
    verb("replace", "add an entry, or change it")
        .words(&neigh::MODIFY)
        .run(neigh::replace),
    verb("delete", "delete an entry")
        .words(&neigh::MODIFY)
        .run(neigh::delete),
    verb("get", "look an entry up")
        .words(&neigh::GET)
        .run(neigh::get),
    verb("show", "list entries")
        .also(&["list", "lst"])
        .words(&neigh::FILTER)
        .run(neigh::show),
    verb("flush", "delete entries")
        .words(&neigh::FILTER)
        .run(neigh::flush),
];

static LINK: &[Verb] = &[
    verb("add", "create a device")
        .words(&link::LINK)
        .run(link::add),
    verb("set", "change a device")
        .also(&["change"])
        .words(&link::LINK)
        .run(link::set),
    verb("replace", "create a device, or change it")
        .words(&link::LINK)
        .run(link::replace),
    verb("delete", "delete a device")
        .words(&link::DELETE)
        .run(link::delete),
    verb("show", "list devices")
        .also(&["list", "lst"])
        .words(&link::show::SHOW)
        .run(link::show::show),
    verb("xstats", "statistics of a kind of device"),
    verb("afstats", "statistics of address families"),
    verb("property", "alternative names of a device")
        .args("add|del")
        .words(&link::PROPERTY)
        .run(link::property),
];

static NETNS: &[Verb] = &[
    verb("list", "list named namespaces")
        .also(&["show", "lst"])
        .run(netns::list),
    verb("list-id", "list the numbers of namespaces")
        .words(&netns::LIST_ID)
        .run(netns::list_id),
    verb("add", "create a named namespace")
        .args("NAME")
        .run(netns::add),
    verb("set", "give a namespace a number")
        .args("NAME { auto | NUMBER }")
        .run(netns::set),
    verb("delete", "delete a name; all of them with -all")
        .args("NAME")
        .run(netns::delete),
    verb("identify", "the name of a process's namespace")
        .args("[ PID | self ]")
        .run(netns::identify),
    verb("pids", "the processes in a namespace")
        .args("NAME")
        .run(netns::pids),
    verb(
        "exec",
        "run a command in a namespace, with a /sys and files in /etc of its own; \
         --net-only leaves these alone; with -all in every namespace",
    )
    .args("[ --net-only ] NAME COMMAND ...")
    .run(netns::exec),
    verb("monitor", "names as they come and go").run(netns::monitor),
    verb("attach", "give a process's namespace a name")
        .args("NAME PID")
        .run(netns::attach),
];
