//! Tables of generic netlink against the kernel's own policies: what Linux 6.18 checks an attribute to be.
#![cfg(all(target_endian = "little", feature = "annotate"))]

mod support;

use netlink_raw::decode::{Attr, Attrs, Messages};
use netlink_raw::schema::answer::*;
use netlink_raw::schema::genl::control::*;
use netlink_raw::schema::genl::{GENL_ID_CTRL, family};
use netlink_raw::schema::{Int, Table, Value};
use std::collections::{BTreeMap, BTreeSet};
use support::seeds::{Seed, recorded};

/// What the controller said of a family.
#[derive(Default)]
struct Policies {
    /// Which policy a command has.
    commands: BTreeMap<u16, u32>,
    /// Of each policy, each attribute: its `NL_ATTR_TYPE_*`, and the policy of what is inside.
    attributes: BTreeMap<u32, BTreeMap<u16, (u32, Option<u32>)>>,
}

fn number(attrs: Attrs<'_>, kind: u16) -> Option<u32> {
    attrs.find(kind).and_then(|a| a.read().ok())
}

/// The attributes inside one of these.
fn inside(attrs: Attrs<'_>, kind: u16) -> Vec<Attr<'_>> {
    let found = attrs.find(kind);
    found.map_or_else(Vec::new, |attr| attr.nested().valid().collect())
}

impl Policies {
    fn of(seed: &Seed) -> Self {
        let mut all = Self::default();
        for (_, datagram) in &seed.datagrams {
            for message in Messages::new(datagram).flatten() {
                // CTRL_CMD_GETPOLICY, as an answer has it.
                if message.header.kind == GENL_ID_CTRL && message.body.first() == Some(&10) {
                    all.take(Attrs::new(&message.body[4..]));
                }
            }
        }
        all
    }

    fn take(&mut self, attrs: Attrs<'_>) {
        for op in inside(attrs.clone(), CTRL_ATTR_OP_POLICY) {
            // What can only be dumped is 0 (`ctrl_dumppolicy_put_op`).
            if op.kind == 0 {
                continue;
            }
            let policy = number(op.nested(), CTRL_ATTR_POLICY_DO);
            let policy = policy.or_else(|| number(op.nested(), CTRL_ATTR_POLICY_DUMP));
            self.commands.extend(policy.map(|p| (op.kind, p)));
        }
        for policy in inside(attrs, CTRL_ATTR_POLICY) {
            for attr in policy.nested().valid() {
                let kind = number(attr.nested(), NL_POLICY_TYPE_ATTR_TYPE).expect("a type");
                let nested = number(attr.nested(), NL_POLICY_TYPE_ATTR_POLICY_IDX);
                let of = self.attributes.entry(policy.kind.into()).or_default();
                of.insert(attr.kind, (kind, nested));
            }
        }
    }

    /// What differs from a table and from those inside.
    fn differs(&self, policy: u32, table: &'static Table, from: &mut Differences) {
        if !from.seen.insert((policy, table.name)) {
            return;
        }
        for (number, (kind, nested)) in self.attributes.get(&policy).into_iter().flatten() {
            let Some(spec) = table.spec(*number) else {
                from.wrong
                    .push(format!("{}: no {number}, of type {kind}", table.name));
                continue;
            };
            from.compared += 1;
            if !fits(&spec.value, *kind) {
                let what = format!("{} is {:?}, not of type {kind}", spec.name, spec.value);
                from.wrong.push(what);
            }
            if let (Some(nested), Value::Nest(table) | Value::Each(table)) = (nested, spec.value) {
                self.differs(*nested, table, from);
            }
        }
    }
}

#[derive(Default)]
struct Differences {
    wrong: Vec<String>,
    compared: usize,
    seen: BTreeSet<(u32, &'static str)>,
}

/// Whether a value is of a type, `NL_ATTR_TYPE_*`.
fn fits(value: &Value, kind: u32) -> bool {
    let int = match value {
        Value::U8 => Some(Int::U8),
        Value::U16 | Value::Be16 => Some(Int::U16),
        Value::U32 | Value::Be32 | Value::S32 | Value::Index => Some(Int::U32),
        Value::U64 | Value::Be64 => Some(Int::U64),
        Value::Enum(int, _) | Value::Bits(int, _) => Some(*int),
        _ => None,
    };
    match (value, int.map(Int::width)) {
        (_, Some(1)) => matches!(kind, 2 | 6),
        (_, Some(2)) => matches!(kind, 3 | 7),
        (_, Some(4)) => matches!(kind, 4 | 8),
        (_, Some(8)) => matches!(kind, 5 | 9),
        (Value::Flag, _) => kind == 1,
        (Value::Str, _) => matches!(kind, 11 | 12),
        // An IPv4 address is checked as a number.
        (Value::Ip, _) => matches!(kind, 4 | 10),
        (Value::Nest(_), _) => kind == 13,
        (Value::Each(_), _) => matches!(kind, 13 | 14),
        (Value::BySize(_), _) => matches!(kind, 4 | 5 | 16 | 17),
        (Value::Record(layout), _) if layout.name == BITFIELD32.name => kind == 15,
        (Value::Bytes | Value::Array(..) | Value::Record(_) | Value::Mac, _) => kind == 10,
        _ => false,
    }
}

#[test]
fn what_the_kernel_checks_is_what_the_tables_say() {
    let mut all = Differences::default();
    for seed in recorded("genl-policy-") {
        let name = seed.name.trim_start_matches("genl-policy-");
        let family = family(name.as_bytes()).expect(name);
        let policies = Policies::of(&seed);
        assert!(!policies.commands.is_empty(), "{name}");
        all.seen.clear();
        for (command, policy) in &policies.commands {
            let command = u8::try_from(*command).expect("a command");
            let named = family
                .commands
                .iter()
                .any(|(n, _)| *n == u64::from(command));
            assert!(named, "{name}: {command}");
            policies.differs(*policy, family.table(command), &mut all);
        }
    }
    assert_eq!(all.wrong, [""; 0]);
    assert!(all.compared > 150, "{}", all.compared);
}
