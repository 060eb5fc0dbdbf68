//! Rules that choose a routing table (`RTM_NEWRULE`): the view of one, and the requests about them.
//!
//! The kernel's side is `net/core/fib_rules.c`; the numbers are those of `linux/fib_rules.h`.

use crate::decode::{Attr, Attrs, Malformed, MessageRef};
use crate::encode::{AttrWriter, Message};
use crate::error::DecodeError;
use crate::schema::route::*;
use crate::schema::{RTM_DELRULE, RTM_GETRULE, RTM_NEWRULE};
use crate::wire::FibRuleHdr;
use core::net::IpAddr;

/// `FIB_RULE_INVERT`: it is about all but the packets it describes.
pub const FIB_RULE_INVERT: u32 = 0x02;
/// `FIB_RULE_UNRESOLVED`: there is no rule of the priority it goes to.
pub const FIB_RULE_UNRESOLVED: u32 = 0x04;
/// `FIB_RULE_IIF_DETACHED`: there is no link of the incoming link's name.
pub const FIB_RULE_IIF_DETACHED: u32 = 0x08;
/// `FIB_RULE_OIF_DETACHED`: there is no link of the outgoing link's name.
pub const FIB_RULE_OIF_DETACHED: u32 = 0x10;

/// `FR_ACT_UNSPEC`: none is said; of a deletion, any.
pub const FR_ACT_UNSPEC: u8 = 0;
/// `FR_ACT_TO_TBL`: look into the table.
pub const FR_ACT_TO_TBL: u8 = 1;
/// `FR_ACT_GOTO`: go on with another rule.
pub const FR_ACT_GOTO: u8 = 2;
/// `FR_ACT_NOP`: nothing.
pub const FR_ACT_NOP: u8 = 3;

/// A range of numbers, both ends in it: `struct fib_rule_port_range`, `struct fib_rule_uid_range`.
pub type Range<T> = [T; 2];

/// A rule. An absent attribute is `None`.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Rule<'a> {
    /// `AF_INET`, `AF_INET6`, …
    pub family: u8,
    /// `FR_ACT_*`, or `RTN_*` of what becomes of the packet.
    pub action: u8,
    /// `FIB_RULE_*`.
    pub flags: u32,
    /// Type of service; 0 is any.
    pub tos: u8,
    /// Source address.
    pub src: Option<IpAddr>,
    /// Length of its prefix in bits.
    pub src_len: u8,
    /// Destination address.
    pub dst: Option<IpAddr>,
    /// Length of its prefix in bits.
    pub dst_len: u8,
    /// Routing table: the attribute's, or that of the header; 0 is none.
    pub table: u32,
    /// Priority: rules of lower ones come first. Absent is 0.
    pub priority: Option<u32>,
    /// Name of the incoming link.
    pub iif: Option<&'a [u8]>,
    /// Name of the outgoing link.
    pub oif: Option<&'a [u8]>,
    /// Priority of the rule that it goes to.
    pub goto: Option<u32>,
    /// The packet's mark.
    pub mark: Option<u32>,
    /// Which bits of the mark count.
    pub mark_mask: Option<u32>,
    /// Realms: the source's in the upper 16 bits.
    pub flow: Option<u32>,
    /// Id of a tunnel.
    pub tun_id: Option<u64>,
    /// Routes by links of this group do not count; `u32::MAX` is none.
    pub suppress_group: Option<u32>,
    /// Routes with prefixes of this length or less do not count; `u32::MAX` is none.
    pub suppress_prefix_len: Option<u32>,
    /// Whether the table is that of the packet's VRF.
    pub l3mdev: Option<u8>,
    /// User ids.
    pub uids: Option<Range<u32>>,
    /// Who made it, `RTPROT_*`.
    pub protocol: Option<u8>,
    /// Protocol above IP.
    pub ip_proto: Option<u8>,
    /// Source ports, host byte order.
    pub sports: Option<Range<u16>>,
    /// Destination ports, host byte order.
    pub dports: Option<Range<u16>>,
    /// What could not be read.
    pub malformed: Malformed,
    raw: Option<Attrs<'a>>,
}

impl<'a> Rule<'a> {
    /// Reads a message of type `RTM_NEWRULE` or `RTM_DELRULE`.
    ///
    /// # Errors
    /// Only when there is no `fib_rule_hdr`; what else can't be read is in [`malformed`](Self::malformed).
    pub fn parse(message: &MessageRef<'a>) -> Result<Self, DecodeError> {
        let (head, attrs) = message.split::<FibRuleHdr>()?;
        let mut rule = Self {
            family: head.family,
            action: head.action,
            flags: head.flags,
            tos: head.tos,
            src_len: head.src_len,
            dst_len: head.dst_len,
            table: head.table.into(),
            raw: Some(attrs.clone()),
            ..Self::default()
        };
        let mut bad = Malformed::default();
        for attr in attrs {
            let Some(attr) = bad.note(attr) else { continue };
            rule.take(attr, &mut bad);
        }
        rule.malformed = bad;
        Ok(rule)
    }

    fn take(&mut self, attr: Attr<'a>, bad: &mut Malformed) {
        match attr.kind {
            FRA_DST => self.dst = bad.note(attr.ip()),
            FRA_SRC => self.src = bad.note(attr.ip()),
            FRA_IIFNAME => self.iif = Some(attr.c_str()),
            FRA_OIFNAME => self.oif = Some(attr.c_str()),
            FRA_GOTO => self.goto = bad.note(attr.read()),
            FRA_PRIORITY => self.priority = bad.note(attr.read()),
            FRA_FWMARK => self.mark = bad.note(attr.read()),
            FRA_FWMASK => self.mark_mask = bad.note(attr.read()),
            FRA_FLOW => self.flow = bad.note(attr.read()),
            FRA_TUN_ID => self.tun_id = bad.note(attr.read().map(u64::from_be_bytes)),
            FRA_SUPPRESS_IFGROUP => self.suppress_group = bad.note(attr.read()),
            FRA_SUPPRESS_PREFIXLEN => self.suppress_prefix_len = bad.note(attr.read()),
            FRA_TABLE => {
                if let Some(table) = bad.note(attr.read()) {
                    self.table = table;
                }
            }
            FRA_L3MDEV => self.l3mdev = bad.note(attr.read()),
            FRA_UID_RANGE => self.uids = bad.note(attr.read()),
            FRA_PROTOCOL => self.protocol = bad.note(attr.read()),
            FRA_IP_PROTO => self.ip_proto = bad.note(attr.read()),
            FRA_SPORT_RANGE => self.sports = bad.note(attr.read()),
            FRA_DPORT_RANGE => self.dports = bad.note(attr.read()),
            _ => {}
        }
    }

    /// Every attribute as it came, known or not.
    #[must_use]
    pub fn attributes(&self) -> Attrs<'a> {
        self.raw.clone().unwrap_or(Attrs::new(&[]))
    }

    /// The request that names this rule, to delete it or to make one like it.
    #[must_use]
    pub fn to_request(&self) -> RuleRequest<'a> {
        RuleRequest {
            nlm_flags: 0,
            family: self.family,
            action: self.action,
            invert: self.flags & FIB_RULE_INVERT != 0,
            tos: self.tos,
            src: self.src,
            src_len: self.src_len,
            dst: self.dst,
            dst_len: self.dst_len,
            table: self.table,
            priority: self.priority,
            iif: self.iif,
            oif: self.oif,
            goto: self.goto,
            mark: self.mark,
            mark_mask: self.mark_mask,
            flow: self.flow,
            tun_id: self.tun_id,
            suppress_group: self.suppress_group,
            suppress_prefix_len: self.suppress_prefix_len,
            l3mdev: self.l3mdev.is_some_and(|on| on != 0),
            uids: self.uids,
            protocol: self.protocol,
            ip_proto: self.ip_proto,
            sports: self.sports,
            dports: self.dports,
            nat: None,
        }
    }
}

/// Makes a rule. An absent attribute is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleRequest<'a> {
    /// `NLM_F_CREATE`, `NLM_F_EXCL`.
    pub nlm_flags: u16,
    /// `AF_INET` or `AF_INET6`.
    pub family: u8,
    /// `FR_ACT_*`, or `RTN_*` of what becomes of the packet.
    pub action: u8,
    /// Whether it is about all but the packets it describes.
    pub invert: bool,
    /// Type of service; 0 is any.
    pub tos: u8,
    /// Source address.
    pub src: Option<IpAddr>,
    /// Length of its prefix in bits.
    pub src_len: u8,
    /// Destination address.
    pub dst: Option<IpAddr>,
    /// Length of its prefix in bits.
    pub dst_len: u8,
    /// Routing table; 0 is none. It goes into the header where it fits.
    pub table: u32,
    /// Priority; without one a new rule comes before all but the first.
    pub priority: Option<u32>,
    /// Name of the incoming link, which need not be there.
    pub iif: Option<&'a [u8]>,
    /// Name of the outgoing link, which need not be there.
    pub oif: Option<&'a [u8]>,
    /// Priority of the rule that it goes to, a later one.
    pub goto: Option<u32>,
    /// The packet's mark.
    pub mark: Option<u32>,
    /// Which bits of the mark count; all without it.
    pub mark_mask: Option<u32>,
    /// Realms: the source's in the upper 16 bits.
    pub flow: Option<u32>,
    /// Id of a tunnel.
    pub tun_id: Option<u64>,
    /// Routes by links of this group do not count.
    pub suppress_group: Option<u32>,
    /// Routes with prefixes of this length or less do not count.
    pub suppress_prefix_len: Option<u32>,
    /// Whether the table is that of the packet's VRF.
    pub l3mdev: bool,
    /// User ids.
    pub uids: Option<Range<u32>>,
    /// Who makes it, `RTPROT_*`.
    pub protocol: Option<u8>,
    /// Protocol above IP.
    pub ip_proto: Option<u8>,
    /// Source ports, host byte order.
    pub sports: Option<Range<u16>>,
    /// Destination ports, host byte order.
    pub dports: Option<Range<u16>>,
    /// Address that sources were once translated to (`FRA_UNUSED2`); the kernel passes over it.
    pub nat: Option<IpAddr>,
}

impl RuleRequest<'_> {
    fn encode_into(&self, w: &mut AttrWriter<'_>) {
        let short = u8::try_from(self.table);
        w.fixed(&FibRuleHdr {
            family: self.family,
            dst_len: self.dst_len,
            src_len: self.src_len,
            tos: self.tos,
            table: short.unwrap_or(0),
            action: self.action,
            flags: if self.invert { FIB_RULE_INVERT } else { 0 },
            ..FibRuleHdr::default()
        });
        w.ip_opt(FRA_SRC, self.src)
            .ip_opt(FRA_DST, self.dst)
            .put_opt(FRA_PRIORITY, self.priority)
            .put_opt(FRA_FWMARK, self.mark)
            .put_opt(FRA_FWMASK, self.mark_mask)
            .put_opt(FRA_FLOW, self.flow)
            .put_opt(FRA_TUN_ID, self.tun_id.map(u64::to_be_bytes))
            .put_opt(FRA_TABLE, short.is_err().then_some(self.table))
            .put_opt(FRA_SUPPRESS_PREFIXLEN, self.suppress_prefix_len)
            .put_opt(FRA_SUPPRESS_IFGROUP, self.suppress_group)
            .str_opt(FRA_IIFNAME, self.iif)
            .str_opt(FRA_OIFNAME, self.oif)
            .put_opt(FRA_L3MDEV, self.l3mdev.then_some(1_u8))
            .put_opt(FRA_UID_RANGE, self.uids)
            .put_opt(FRA_PROTOCOL, self.protocol)
            .put_opt(FRA_IP_PROTO, self.ip_proto)
            .put_opt(FRA_SPORT_RANGE, self.sports)
            .put_opt(FRA_DPORT_RANGE, self.dports)
            .ip_opt(FRA_UNUSED2, self.nat)
            .put_opt(FRA_GOTO, self.goto);
    }
}

impl Message for RuleRequest<'_> {
    fn kind(&self) -> u16 {
        RTM_NEWRULE
    }
    fn flags(&self) -> u16 {
        self.nlm_flags
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        self.encode_into(body);
    }
}

/// Deletes the first rule that has all that the request says. Its `nlm_flags` are not used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DelRule<'a>(pub RuleRequest<'a>);

impl Message for DelRule<'_> {
    fn kind(&self) -> u16 {
        RTM_DELRULE
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        self.0.encode_into(body);
    }
}

/// Asks for the rules of a family, all of them. The kernel filters by nothing else.
#[derive(Clone, Copy, Debug, Default)]
pub struct GetRules {
    /// `AF_INET`, `AF_INET6`, …; `AF_UNSPEC` is every one.
    pub family: u8,
}

impl Message for GetRules {
    fn kind(&self) -> u16 {
        RTM_GETRULE
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&FibRuleHdr {
            family: self.family,
            ..FibRuleHdr::default()
        });
    }
}

#[cfg(test)]
mod tests;
