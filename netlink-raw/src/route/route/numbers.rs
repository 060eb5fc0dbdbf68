//! The numbers of routes: types, scopes, makers, tables and flags (`linux/rtnetlink.h`).

/// `RTN_UNSPEC`: no type; of a request for deletion, any.
pub const RTN_UNSPEC: u8 = 0;
/// `RTN_UNICAST`: by a gateway or a link.
pub const RTN_UNICAST: u8 = 1;
/// `RTN_LOCAL`: accepted here.
pub const RTN_LOCAL: u8 = 2;
/// `RTN_BROADCAST`: accepted here as broadcast, sent as broadcast.
pub const RTN_BROADCAST: u8 = 3;
/// `RTN_ANYCAST`: accepted here as broadcast, sent as unicast.
pub const RTN_ANYCAST: u8 = 4;
/// `RTN_MULTICAST`: a multicast route.
pub const RTN_MULTICAST: u8 = 5;
/// `RTN_BLACKHOLE`: dropped.
pub const RTN_BLACKHOLE: u8 = 6;
/// `RTN_UNREACHABLE`: refused with "host unreachable".
pub const RTN_UNREACHABLE: u8 = 7;
/// `RTN_PROHIBIT`: refused with "administratively prohibited".
pub const RTN_PROHIBIT: u8 = 8;
/// `RTN_THROW`: not in this table.
pub const RTN_THROW: u8 = 9;
/// `RTN_NAT`: translate this address; no kernel since 2.6 does.
pub const RTN_NAT: u8 = 10;
/// `RTN_XRESOLVE`: ask an outside resolver; never implemented.
pub const RTN_XRESOLVE: u8 = 11;

/// `RT_SCOPE_UNIVERSE`: everywhere.
pub const RT_SCOPE_UNIVERSE: u8 = 0;
/// `RT_SCOPE_SITE`: within the site.
pub const RT_SCOPE_SITE: u8 = 200;
/// `RT_SCOPE_LINK`: on the link.
pub const RT_SCOPE_LINK: u8 = 253;
/// `RT_SCOPE_HOST`: in this host.
pub const RT_SCOPE_HOST: u8 = 254;
/// `RT_SCOPE_NOWHERE`: no destination; of a request for deletion, any.
pub const RT_SCOPE_NOWHERE: u8 = 255;

/// `RTPROT_UNSPEC`: unknown.
pub const RTPROT_UNSPEC: u8 = 0;
/// `RTPROT_REDIRECT`: by an ICMP redirect.
pub const RTPROT_REDIRECT: u8 = 1;
/// `RTPROT_KERNEL`: by the kernel, as it configured an address.
pub const RTPROT_KERNEL: u8 = 2;
/// `RTPROT_BOOT`: while the system started, by an administrator's hand.
pub const RTPROT_BOOT: u8 = 3;
/// `RTPROT_STATIC`: by an administrator, to stay.
pub const RTPROT_STATIC: u8 = 4;
/// `RTPROT_RA`: by a router advertisement.
pub const RTPROT_RA: u8 = 9;

/// `RT_TABLE_UNSPEC`: no table, or one whose number is in `RTA_TABLE`.
pub const RT_TABLE_UNSPEC: u32 = 0;
/// `RT_TABLE_DEFAULT`: the table that is asked last.
pub const RT_TABLE_DEFAULT: u32 = 253;
/// `RT_TABLE_MAIN`: the table of ordinary routes.
pub const RT_TABLE_MAIN: u32 = 254;
/// `RT_TABLE_LOCAL`: the table of the host's own addresses.
pub const RT_TABLE_LOCAL: u32 = 255;

/// `RTNH_F_DEAD`: its link is down.
pub const RTNH_F_DEAD: u32 = 1;
/// `RTNH_F_PERVASIVE`: looked up recursively.
pub const RTNH_F_PERVASIVE: u32 = 2;
/// `RTNH_F_ONLINK`: the gateway is on the link, whatever the routes say.
pub const RTNH_F_ONLINK: u32 = 4;
/// `RTNH_F_OFFLOAD`: forwarded by hardware.
pub const RTNH_F_OFFLOAD: u32 = 8;
/// `RTNH_F_LINKDOWN`: its link has no carrier.
pub const RTNH_F_LINKDOWN: u32 = 16;
/// `RTNH_F_UNRESOLVED`: of multicast routing: not resolved yet.
pub const RTNH_F_UNRESOLVED: u32 = 32;
/// `RTNH_F_TRAP`: hardware hands its packets to the kernel.
pub const RTNH_F_TRAP: u32 = 64;

/// `RTM_F_NOTIFY`: tell when it changes.
pub const RTM_F_NOTIFY: u32 = 0x100;
/// `RTM_F_CLONED`: a copy made for one destination; of a dump: those, and no others.
pub const RTM_F_CLONED: u32 = 0x200;
/// `RTM_F_EQUALIZE`: of multipath; never implemented.
pub const RTM_F_EQUALIZE: u32 = 0x400;
/// `RTM_F_PREFIX`: of an IPv6 dump: only prefixes that routers advertised.
pub const RTM_F_PREFIX: u32 = 0x800;
/// `RTM_F_LOOKUP_TABLE`: of a lookup: say which table the answer is from.
pub const RTM_F_LOOKUP_TABLE: u32 = 0x1000;
/// `RTM_F_FIB_MATCH`: of a lookup: answer with the table's entry.
pub const RTM_F_FIB_MATCH: u32 = 0x2000;
/// `RTM_F_OFFLOAD`: forwarded by hardware.
pub const RTM_F_OFFLOAD: u32 = 0x4000;
/// `RTM_F_TRAP`: hardware hands its packets to the kernel.
pub const RTM_F_TRAP: u32 = 0x8000;
/// `RTM_F_OFFLOAD_FAILED`: the hardware would not take it.
pub const RTM_F_OFFLOAD_FAILED: u32 = 0x2000_0000;

/// `LWTUNNEL_ENCAP_MPLS`.
pub const LWTUNNEL_ENCAP_MPLS: u16 = 1;
/// `LWTUNNEL_ENCAP_IP`.
pub const LWTUNNEL_ENCAP_IP: u16 = 2;
/// `LWTUNNEL_ENCAP_ILA`.
pub const LWTUNNEL_ENCAP_ILA: u16 = 3;
/// `LWTUNNEL_ENCAP_IP6`.
pub const LWTUNNEL_ENCAP_IP6: u16 = 4;
/// `LWTUNNEL_ENCAP_SEG6`.
pub const LWTUNNEL_ENCAP_SEG6: u16 = 5;
/// `LWTUNNEL_ENCAP_BPF`.
pub const LWTUNNEL_ENCAP_BPF: u16 = 6;
/// `LWTUNNEL_ENCAP_SEG6_LOCAL`.
pub const LWTUNNEL_ENCAP_SEG6_LOCAL: u16 = 7;
/// `LWTUNNEL_ENCAP_RPL`.
pub const LWTUNNEL_ENCAP_RPL: u16 = 8;
/// `LWTUNNEL_ENCAP_IOAM6`.
pub const LWTUNNEL_ENCAP_IOAM6: u16 = 9;
/// `LWTUNNEL_ENCAP_XFRM`.
pub const LWTUNNEL_ENCAP_XFRM: u16 = 10;
