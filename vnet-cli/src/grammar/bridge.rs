//! bridge's objects and their verbs, in the order in which bridge looks through them.

use super::tree::{Object, Verb, object, verb};
use crate::cmd::bridge::{fdb, fdb_show, link, monitor, vlan, vlan_options, vlan_show};

/// bridge's objects.
pub static OBJECTS: &[Object] = &[
    object("link", "ports of bridges").verbs(LINK, "show"),
    object("fdb", "forwarding database").verbs(FDB, "show"),
    object("mdb", "multicast group database"),
    object("vlan", "VLANs of ports").verbs(VLAN, "show"),
    object("vni", "VXLAN network identifiers"),
    object("monitor", "changes as they happen").runs(monitor::monitor, &monitor::MONITOR, ""),
    object("help", "print the usage").helps(),
];

static LINK: &[Verb] = &[
    verb("set", "change a port")
        .also(&["change"])
        .words(&link::SET)
        .run(link::set),
    verb("show", "list ports")
        .also(&["list", "lst"])
        .words(&link::SHOW)
        .run(link::show),
];

static FDB: &[Verb] = &[
    verb("add", "add an entry").words(&fdb::ENTRY).run(fdb::add),
    verb("append", "add a destination to an entry")
        .words(&fdb::ENTRY)
        .run(fdb::append),
    verb("replace", "add an entry, or change it")
        .words(&fdb::ENTRY)
        .run(fdb::replace),
    verb("delete", "delete an entry")
        .words(&fdb::ENTRY)
        .run(fdb::delete),
    verb("get", "look an entry up")
        .words(&fdb_show::GET)
        .run(fdb_show::get),
    verb("show", "list entries")
        .also(&["list", "lst"])
        .words(&fdb_show::SHOW)
        .run(fdb_show::show),
    verb("flush", "delete entries")
        .words(&fdb::FLUSH)
        .run(fdb::flush),
];

static VLAN: &[Verb] = &[
    verb("add", "add a VLAN to a port")
        .words(&vlan::VLAN)
        .run(vlan::add),
    verb("delete", "take a VLAN from a port")
        .words(&vlan::VLAN)
        .run(vlan::delete),
    verb("show", "list VLANs")
        .also(&["list", "lst"])
        .words(&vlan_show::SHOW)
        .run(vlan_show::show),
    verb("tunnelshow", "list VLANs and their tunnels")
        .words(&vlan_show::SHOW)
        .run(vlan_show::tunnels),
    verb("set", "change a VLAN of a port")
        .words(&vlan_options::SET)
        .run(vlan_options::set),
    verb("global", "list the VLANs of bridges; 'set' changes one")
        .exact()
        .args("[ show | set ]")
        .words(&vlan_options::GLOBAL_SET)
        .run(vlan_options::global),
];
