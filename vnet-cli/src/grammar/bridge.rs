//! bridge's objects and their verbs, in the order in which bridge looks through them.

use super::tree::{Object, Verb, object, verb};

/// bridge's objects.
pub static OBJECTS: &[Object] = &[
    object("link", "ports of bridges").verbs(LINK, "show"),
    object("fdb", "forwarding database").verbs(FDB, "show"),
    object("mdb", "multicast group database"),
    object("vlan", "VLANs of ports").verbs(VLAN, "show"),
    object("vni", "VXLAN network identifiers"),
    object("monitor", "changes as they happen"),
    object("help", "print the usage").helps(),
];

static LINK: &[Verb] = &[
    verb("set", "change a port").also(&["change"]),
    verb("show", "list ports").also(&["list", "lst"]),
];

static FDB: &[Verb] = &[
    verb("add", "add an entry"),
    verb("append", "add a destination to an entry"),
    verb("replace", "add an entry, or change it"),
    verb("delete", "delete an entry"),
    verb("get", "look an entry up"),
    verb("show", "list entries").also(&["list", "lst"]),
    verb("flush", "delete entries"),
];

static VLAN: &[Verb] = &[
    verb("add", "add a VLAN to a port"),
    verb("delete", "take a VLAN from a port"),
    verb("show", "list VLANs").also(&["list", "lst"]),
    verb("tunnelshow", "list VLANs and their tunnels"),
    verb("set", "change a VLAN of a port"),
    verb("global", "options of a bridge's VLAN"),
];
