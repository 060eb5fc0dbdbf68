//! Tables of sets of `ipset` (`linux/netfilter/ipset/ip_set.h`).

use super::nftables::names::FAMILIES;
use crate::schema::Value::*;
use crate::schema::{Int, Spec, Table, attributes, names};

attributes! {
    /// A set: the attributes of most commands.
    pub SET {
        IPSET_ATTR_PROTOCOL = 1: U8,
        IPSET_ATTR_SETNAME = 2: Str,
        IPSET_ATTR_TYPENAME = 3: Str,
        IPSET_ATTR_REVISION = 4: U8,
        IPSET_ATTR_FAMILY = 5: Enum(Int::U8, FAMILIES),
        IPSET_ATTR_FLAGS = 6: Bits(Int::Be32, COMMAND_FLAGS),
        IPSET_ATTR_DATA = 7: Nest(&create::CREATE),
        IPSET_ATTR_ADT = 8: Nest(&ELEMENT_LIST),
        IPSET_ATTR_LINENO = 9: U32,
        IPSET_ATTR_PROTOCOL_MIN = 10: U8,
        IPSET_ATTR_INDEX = 11: Be16,
    }

    /// An address.
    pub ADDRESS {
        IPSET_ATTR_IPADDR_IPV4 = 1: Ip,
        IPSET_ATTR_IPADDR_IPV6 = 2: Ip,
    }
}

const fn spec(number: u16, name: &'static str, value: crate::schema::Value) -> Spec {
    Spec {
        number,
        name,
        value,
    }
}

const PROTOCOL: Spec = spec(IPSET_ATTR_PROTOCOL, "IPSET_ATTR_PROTOCOL", U8);
const SETNAME: Spec = spec(IPSET_ATTR_SETNAME, "IPSET_ATTR_SETNAME", Str);
const FLAGS: Spec = spec(
    IPSET_ATTR_FLAGS,
    "IPSET_ATTR_FLAGS",
    Bits(Int::Be32, COMMAND_FLAGS),
);

/// A set that gets another's name.
pub static TWO_SETS: Table = Table {
    name: "TWO_SETS",
    specs: &[
        PROTOCOL,
        SETNAME,
        spec(3, "IPSET_ATTR_SETNAME2", Str),
        FLAGS,
    ],
};

/// A type of sets.
pub static TYPE: Table = Table {
    name: "TYPE",
    specs: &[
        PROTOCOL,
        spec(IPSET_ATTR_TYPENAME, "IPSET_ATTR_TYPENAME", Str),
        spec(IPSET_ATTR_REVISION, "IPSET_ATTR_REVISION", U8),
        spec(
            IPSET_ATTR_FAMILY,
            "IPSET_ATTR_FAMILY",
            Enum(Int::U8, FAMILIES),
        ),
        spec(10, "IPSET_ATTR_REVISION_MIN", U8),
    ],
};

/// Elements that are added, removed or asked for: one, or a list.
pub static ELEMENTS: Table = Table {
    name: "ELEMENTS",
    specs: &[
        PROTOCOL,
        SETNAME,
        FLAGS,
        spec(IPSET_ATTR_DATA, "IPSET_ATTR_DATA", Nest(&element::ELEMENT)),
        spec(IPSET_ATTR_ADT, "IPSET_ATTR_ADT", Nest(&ELEMENT_LIST)),
        spec(IPSET_ATTR_LINENO, "IPSET_ATTR_LINENO", U32),
    ],
};

/// A list of elements.
pub static ELEMENT_LIST: Table = Table {
    name: "ELEMENT_LIST",
    specs: &[spec(
        IPSET_ATTR_DATA,
        "IPSET_ATTR_DATA",
        Nest(&element::ELEMENT),
    )],
};

names! {
    /// Flags of a command.
    pub COMMAND_FLAGS {
        IPSET_FLAG_EXIST = 1, IPSET_FLAG_LIST_SETNAME = 2, IPSET_FLAG_LIST_HEADER = 4,
        IPSET_FLAG_SKIP_COUNTER_UPDATE = 8, IPSET_FLAG_SKIP_SUBCOUNTER_UPDATE = 16,
        IPSET_FLAG_MATCH_COUNTERS = 32, IPSET_FLAG_RETURN_NOMATCH = 128,
        IPSET_FLAG_MAP_SKBMARK = 0x100, IPSET_FLAG_MAP_SKBPRIO = 0x200,
        IPSET_FLAG_MAP_SKBQUEUE = 0x400,
    }

    /// Flags of an element or of a set.
    pub ELEMENT_FLAGS {
        IPSET_FLAG_BEFORE = 1, IPSET_FLAG_PHYSDEV = 2, IPSET_FLAG_NOMATCH = 4,
        IPSET_FLAG_WITH_COUNTERS = 8, IPSET_FLAG_WITH_COMMENT = 16, IPSET_FLAG_WITH_FORCEADD = 32,
        IPSET_FLAG_WITH_SKBINFO = 64, IPSET_FLAG_IFACE_WILDCARD = 128,
    }
}

/// What a set is made with.
pub mod create {
    use super::{ADDRESS, ELEMENT_FLAGS};
    use crate::schema::Value::*;
    use crate::schema::{Int, attributes};

    attributes! {
        /// Settings and state of a set.
        pub CREATE {
            IPSET_ATTR_IP = 1: Nest(&ADDRESS),
            IPSET_ATTR_IP_TO = 2: Nest(&ADDRESS),
            IPSET_ATTR_CIDR = 3: U8,
            IPSET_ATTR_PORT = 4: Be16,
            IPSET_ATTR_PORT_TO = 5: Be16,
            IPSET_ATTR_TIMEOUT = 6: Be32,
            IPSET_ATTR_PROTO = 7: U8,
            IPSET_ATTR_CADT_FLAGS = 8: Bits(Int::Be32, ELEMENT_FLAGS),
            IPSET_ATTR_CADT_LINENO = 9: U32,
            IPSET_ATTR_MARK = 10: Be32,
            IPSET_ATTR_MARKMASK = 11: Be32,
            // Linux 6.2.
            IPSET_ATTR_BITMASK = 12: Nest(&ADDRESS),
            IPSET_ATTR_INITVAL = 17: Be32,
            IPSET_ATTR_HASHSIZE = 18: Be32,
            IPSET_ATTR_MAXELEM = 19: Be32,
            IPSET_ATTR_NETMASK = 20: U8,
            IPSET_ATTR_BUCKETSIZE = 21: U8,
            IPSET_ATTR_RESIZE = 22: U8,
            IPSET_ATTR_SIZE = 23: Be32,
            IPSET_ATTR_ELEMENTS = 24: Be32,
            IPSET_ATTR_REFERENCES = 25: Be32,
            IPSET_ATTR_MEMSIZE = 26: Be32,
        }
    }
}

/// What is in a set.
pub mod element {
    use super::{ADDRESS, ELEMENT_FLAGS};
    use crate::schema::Value::*;
    use crate::schema::{Int, attributes};

    attributes! {
        /// An element.
        pub ELEMENT {
            IPSET_ATTR_IP = 1: Nest(&ADDRESS),
            IPSET_ATTR_IP_TO = 2: Nest(&ADDRESS),
            IPSET_ATTR_CIDR = 3: U8,
            IPSET_ATTR_PORT = 4: Be16,
            IPSET_ATTR_PORT_TO = 5: Be16,
            IPSET_ATTR_TIMEOUT = 6: Be32,
            IPSET_ATTR_PROTO = 7: U8,
            IPSET_ATTR_CADT_FLAGS = 8: Bits(Int::Be32, ELEMENT_FLAGS),
            IPSET_ATTR_CADT_LINENO = 9: U32,
            IPSET_ATTR_MARK = 10: Be32,
            IPSET_ATTR_MARKMASK = 11: Be32,
            IPSET_ATTR_ETHER = 17: Mac,
            IPSET_ATTR_NAME = 18: Str,
            IPSET_ATTR_NAMEREF = 19: Str,
            IPSET_ATTR_IP2 = 20: Nest(&ADDRESS),
            IPSET_ATTR_CIDR2 = 21: U8,
            IPSET_ATTR_IP2_TO = 22: Nest(&ADDRESS),
            IPSET_ATTR_IFACE = 23: Str,
            IPSET_ATTR_BYTES = 24: Be64,
            IPSET_ATTR_PACKETS = 25: Be64,
            IPSET_ATTR_COMMENT = 26: Str,
            IPSET_ATTR_SKBMARK = 27: Be64,
            IPSET_ATTR_SKBPRIO = 28: Be32,
            IPSET_ATTR_SKBQUEUE = 29: Be16,
            IPSET_ATTR_PAD = 30: Bytes,
        }
    }
}
