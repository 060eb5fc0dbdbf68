//! The keywords of `route`, in the order in which iproute2 looks through them.

use crate::grammar::{Grammar, Value, exact, help, short};
use crate::show::route::KIND_NAMES;
use netlink_raw::route::route::Metric;

/// What a word of a route says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Its destination.
    To,
    /// The source address of what is sent.
    Src,
    /// A new destination of labels.
    As,
    /// The gateway.
    Via,
    /// The source prefix.
    From,
    /// The type of service.
    Tos,
    /// Its end.
    Expires,
    /// Its metric.
    Priority,
    /// Its scope.
    Scope,
    /// A metric of the path.
    Path(Metric),
    /// The congestion control algorithm.
    CongCtl,
    /// Its realms.
    Realms,
    /// The gateway is on the link.
    OnLink,
    /// A leg.
    NextHop,
    /// A nexthop object.
    NhId,
    /// Who makes it.
    Protocol,
    /// Its table.
    Table,
    /// The table of a VRF.
    Vrf,
    /// The link.
    Dev,
    /// Its preference.
    Pref,
    /// A tunnel.
    Encap,
    /// The time to live in an MPLS tunnel.
    TtlPropagate,
    /// A leg's share.
    Weight,
    /// The usage.
    Help,
}

/// A route to add, change or delete.
pub static ROUTE: Grammar<Route> = Grammar(&[
    exact(Route::Src, "src")
        .value("ADDRESS")
        .says("the source address of what is sent"),
    exact(Route::As, "as")
        .value("ADDRESS")
        .says("a new destination (MPLS; not done by vnet)"),
    exact(Route::Via, "via")
        .value("[ FAMILY ] ADDRESS")
        .says("the gateway"),
    exact(Route::From, "from")
        .value("PREFIX")
        .says("the source prefix (IPv6)"),
    exact(Route::Tos, "tos")
        .also_short(&["dsfield"])
        .value("TOS")
        .says("the type of service"),
    exact(Route::Expires, "expires")
        .value("SECONDS")
        .says("when it ends (IPv6)"),
    short(Route::Priority, "metric")
        .also_short(&["priority"])
        .also(&["preference"])
        .value("NUMBER")
        .says("the smallest of those to one prefix is taken"),
    exact(Route::Scope, "scope")
        .value("SCOPE")
        .says("host, link, global or a number"),
    exact(Route::Path(Metric::Mtu), "mtu")
        .value("[ lock ] BYTES")
        .says("MTU of the path; lock: not to be found out"),
    exact(Route::Path(Metric::HopLimit), "hoplimit")
        .value("[ lock ] NUMBER")
        .says("hop limit"),
    exact(Route::Path(Metric::AdvMss), "advmss")
        .value("[ lock ] BYTES")
        .says("the segment size to advertise"),
    short(Route::Path(Metric::Reordering), "reordering")
        .value("[ lock ] SEGMENTS")
        .says("reordering that is no loss"),
    exact(Route::Path(Metric::Rtt), "rtt")
        .value("[ lock ] TIME")
        .says("first guess of the round-trip time"),
    exact(Route::Path(Metric::RtoMin), "rto_min")
        .value("TIME")
        .says("least retransmission timeout"),
    short(Route::Path(Metric::Window), "window")
        .value("[ lock ] BYTES")
        .says("largest window to advertise"),
    short(Route::Path(Metric::Cwnd), "cwnd")
        .value("[ lock ] SEGMENTS")
        .says("limit of the congestion window"),
    short(Route::Path(Metric::InitCwnd), "initcwnd")
        .value("[ lock ] SEGMENTS")
        .says("first congestion window"),
    short(Route::Path(Metric::InitRwnd), "initrwnd")
        .value("[ lock ] SEGMENTS")
        .says("first window to advertise"),
    short(Route::Path(Metric::Features), "features")
        .takes(Value::OneOf(&["ecn"]))
        .says("ecn: explicit congestion notification"),
    short(Route::Path(Metric::QuickAck), "quickack")
        .takes(Value::OneOf(&["0", "1"]))
        .says("acknowledge at once"),
    short(Route::CongCtl, "congctl")
        .value("[ lock ] NAME")
        .says("congestion control algorithm"),
    short(Route::Path(Metric::RttVar), "rttvar")
        .value("[ lock ] TIME")
        .says("first guess of its variance"),
    short(Route::Path(Metric::SsThresh), "ssthresh")
        .value("[ lock ] SEGMENTS")
        .says("slow start threshold"),
    short(Route::Realms, "realms")
        .value("[ FROM/ ] TO")
        .says("its realms"),
    exact(Route::OnLink, "onlink").says("the gateway is on the link, whatever its address"),
    exact(Route::NextHop, "nexthop")
        .value("[ via ADDRESS ] [ dev DEVICE ] [ weight NUMBER ] [ onlink ]")
        .says("one of several ways; at the end, any number of them"),
    exact(Route::NhId, "nhid")
        .value("ID")
        .says("a nexthop object"),
    short(Route::Protocol, "protocol")
        .value("PROTOCOL")
        .says("who makes it"),
    short(Route::Table, "table")
        .value("TABLE")
        .says("main, local, a name or a number"),
    short(Route::Vrf, "vrf")
        .takes(Value::Device("VRF"))
        .says("the table of a VRF"),
    exact(Route::Dev, "dev")
        .also(&["oif"])
        .takes(Value::Device("DEVICE"))
        .says("the link"),
    short(Route::Pref, "pref")
        .takes(Value::OneOf(&["low", "medium", "high"]))
        .says("preference among routers (IPv6)"),
    exact(Route::Encap, "encap")
        .value("TYPE")
        .says("a tunnel (not done by vnet)"),
    exact(Route::TtlPropagate, "ttl-propagate")
        .takes(Value::OneOf(&["enabled", "disabled"]))
        .says("carry the time to live through MPLS"),
    short(Route::Path(Metric::FastOpenNoCookie), "fastopen_no_cookie")
        .takes(Value::OneOf(&["0", "1"]))
        .says("TCP fast open without a cookie"),
    exact(Route::To, "to")
        .value("[ TYPE ] PREFIX")
        .bare()
        .says("the destination, or default"),
    help(Route::Help),
]);

/// A leg of a multipath route.
pub(super) static LEG: Grammar<Route> = Grammar(&[
    exact(Route::Via, "via")
        .value("[ FAMILY ] ADDRESS")
        .says("the gateway"),
    exact(Route::Dev, "dev")
        .takes(Value::Device("DEVICE"))
        .says("the link"),
    exact(Route::Weight, "weight")
        .value("NUMBER")
        .says("its share: 1 to 256"),
    exact(Route::OnLink, "onlink").says("the gateway is on the link, whatever its address"),
    short(Route::Realms, "realms")
        .value("[ FROM/ ] TO")
        .says("its realms"),
    exact(Route::Encap, "encap")
        .value("TYPE")
        .says("a tunnel (not done by vnet)"),
    exact(Route::As, "as")
        .value("ADDRESS")
        .says("a new destination (MPLS; not done by vnet)"),
]);

/// What a word of a selection says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Select {
    /// The destination.
    To,
    /// The table.
    Table,
    /// The table of a VRF.
    Vrf,
    /// Copies made for one destination.
    Cached,
    /// The type of service.
    Tos,
    /// Who made it.
    Protocol,
    /// The scope.
    Scope,
    /// The type.
    Type,
    /// The link that packets leave by.
    Dev,
    /// The link that packets come in by.
    Iif,
    /// The firewall mark.
    Mark,
    /// The metric.
    Metric,
    /// The gateway.
    Via,
    /// The preferred source address.
    Src,
    /// The realms.
    Realms,
    /// The source prefix.
    From,
}

/// Which routes to list or to flush.
pub static SELECTORS: Grammar<Select> = Grammar(&[
    short(Select::Table, "table")
        .value("TABLE")
        .says("of this table: main, all, cache"),
    short(Select::Vrf, "vrf")
        .takes(Value::Device("VRF"))
        .says("of a VRF's table"),
    short(Select::Cached, "cached")
        .also_short(&["cloned"])
        .says("copies made for one destination"),
    exact(Select::Tos, "tos")
        .also_short(&["dsfield"])
        .value("TOS")
        .says("with this type of service"),
    short(Select::Protocol, "protocol")
        .value("PROTOCOL")
        .says("by this maker: kernel or static, for one"),
    short(Select::Scope, "scope")
        .value("SCOPE")
        .says("of this scope"),
    short(Select::Type, "type")
        .takes(Value::OneOf(&KIND_NAMES))
        .says("of this type"),
    exact(Select::Dev, "dev")
        .also(&["oif"])
        .takes(Value::Device("DEVICE"))
        .says("that leave by this link"),
    exact(Select::Iif, "iif")
        .takes(Value::Device("DEVICE"))
        .says("of what comes in by this link"),
    exact(Select::Mark, "mark")
        .value("NUMBER")
        .says("with this firewall mark"),
    short(Select::Metric, "metric")
        .also_short(&["priority"])
        .also(&["preference"])
        .value("NUMBER")
        .says("with this metric"),
    exact(Select::Via, "via")
        .value("[ FAMILY ] PREFIX")
        .says("by a gateway in here"),
    exact(Select::Src, "src")
        .value("PREFIX")
        .says("with a source address in here"),
    short(Select::Realms, "realms")
        .value("[ FROM/ ] TO")
        .says("of these realms"),
    short(Select::From, "from")
        .value("[ root | match | exact ] PREFIX")
        .says("with this source prefix"),
    short(Select::To, "to")
        .value("[ root | match | exact ] PREFIX")
        .bare()
        .says("to prefixes within, around, or equal to this one"),
]);

/// How a prefix selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// The prefixes within it.
    Root,
    /// The prefixes around it.
    Match,
    /// It alone.
    Exact,
}

/// How a prefix selects.
pub(super) static RANGE: Grammar<Range> = Grammar(&[
    short(Range::Root, "root"),
    short(Range::Match, "match"),
    short(Range::Exact, "exact"),
]);

/// What a word of a lookup says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Get {
    /// Where the packet goes.
    To,
    /// The type of service.
    Tos,
    /// Where it comes from.
    From,
    /// The link it came in by.
    Iif,
    /// Its firewall mark.
    Mark,
    /// The link it shall leave by.
    Oif,
    /// Tell when the answer changes.
    Notify,
    /// As a connected socket would send it.
    Connected,
    /// The VRF it is in.
    Vrf,
    /// Its user.
    Uid,
    /// The table's entry.
    FibMatch,
    /// A new destination of labels.
    As,
    /// Its source port.
    SPort,
    /// Its destination port.
    DPort,
    /// Its protocol.
    IpProto,
}

/// A lookup.
pub static GET: Grammar<Get> = Grammar(&[
    exact(Get::Tos, "tos")
        .also_short(&["dsfield"])
        .value("TOS")
        .says("its type of service"),
    short(Get::From, "from")
        .value("ADDRESS")
        .says("where it comes from"),
    short(Get::Iif, "iif")
        .takes(Value::Device("DEVICE"))
        .says("the link it came in by"),
    short(Get::Mark, "mark")
        .value("NUMBER")
        .says("its firewall mark"),
    short(Get::Oif, "oif")
        .also(&["dev"])
        .takes(Value::Device("DEVICE"))
        .says("the link it shall leave by"),
    short(Get::Notify, "notify").says("tell when the answer changes"),
    short(Get::Connected, "connected").says("as a connected socket would send it"),
    short(Get::Vrf, "vrf")
        .takes(Value::Device("VRF"))
        .says("the VRF it is in"),
    short(Get::Uid, "uid")
        .value("NUMBER")
        .says("the user that sends it"),
    short(Get::FibMatch, "fibmatch").says("show the table's entry"),
    exact(Get::As, "as")
        .value("ADDRESS")
        .says("a new destination (MPLS; not done by vnet)"),
    short(Get::SPort, "sport")
        .value("PORT")
        .says("its source port"),
    short(Get::DPort, "dport")
        .value("PORT")
        .says("its destination port"),
    short(Get::IpProto, "ipproto")
        .value("PROTOCOL")
        .says("tcp, udp, icmp or a number"),
    exact(Get::To, "to")
        .value("ADDRESS")
        .bare()
        .says("where it goes"),
]);
