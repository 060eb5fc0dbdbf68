//! Which table an expression or a stateful object of nftables has.

use super::{act, load, object};
use crate::schema::Table;

/// By the expression's name.
pub static EXPRESSIONS: &[(&str, &Table)] = &[
    ("bitwise", &load::BITWISE),
    ("byteorder", &load::BYTEORDER),
    ("cmp", &load::CMP),
    ("connlimit", &act::CONNLIMIT),
    ("counter", &act::COUNTER),
    ("ct", &load::CT),
    ("dup", &act::DUP),
    ("dynset", &act::DYNSET),
    ("exthdr", &load::EXTHDR),
    ("fib", &load::FIB),
    ("flow_offload", &act::FLOW_OFFLOAD),
    ("fwd", &act::FWD),
    ("hash", &load::HASH),
    ("immediate", &load::IMMEDIATE),
    ("inner", &act::INNER),
    ("last", &act::LAST),
    ("limit", &act::LIMIT),
    ("log", &act::LOG),
    ("lookup", &load::LOOKUP),
    ("masq", &act::MASQ),
    ("match", &act::MATCH),
    ("meta", &load::META),
    ("nat", &act::NAT),
    ("notrack", &act::NOTRACK),
    ("numgen", &load::NUMGEN),
    ("objref", &act::OBJREF),
    ("osf", &load::OSF),
    ("payload", &load::PAYLOAD),
    ("queue", &act::QUEUE),
    ("quota", &act::QUOTA),
    ("range", &load::RANGE),
    ("redir", &act::REDIR),
    ("reject", &act::REJECT),
    ("rt", &load::RT),
    ("socket", &load::SOCKET),
    ("synproxy", &act::SYNPROXY),
    ("target", &act::TARGET),
    ("tproxy", &act::TPROXY),
    ("tunnel", &load::TUNNEL),
    ("xfrm", &load::XFRM),
];

/// By the object's kind, `NFT_OBJECT_*`.
pub static OBJECTS: &[(u64, &Table)] = &[
    (1, &act::COUNTER),
    (2, &act::QUOTA),
    (3, &object::CT_HELPER),
    (4, &act::LIMIT),
    (5, &act::CONNLIMIT),
    (6, &object::TUNNEL_KEY),
    (7, &object::CT_TIMEOUT),
    (8, &object::SECMARK),
    (9, &object::CT_EXPECT),
    (10, &act::SYNPROXY),
];
