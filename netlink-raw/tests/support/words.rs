//! Expressions of nftables in the words of libnftnl (`nft --debug=netlink`), made of annotations alone: from the
//! names that these give, so that a name or a value that is wrong makes other words.

use super::annotated::shown;
use netlink_raw::annotate::{Item, Role, Shown};

/// The attributes of an expression, each with its way from the expression's data and what it says.
pub struct Expression<'a> {
    /// Its kind.
    pub kind: String,
    parts: Vec<(String, Shown<'a>)>,
}

/// The expressions of the rules that are made, in their order; what is inside a set's changes is left out.
pub fn expressions<'a>(items: &[Item<'a>]) -> Vec<Expression<'a>> {
    let mut all = Vec::new();
    let mut way: Vec<String> = Vec::new();
    for item in items {
        way.truncate(item.depth);
        way.push(item.name.to_string());
        let names: Vec<&str> = way.iter().map(String::as_str).collect();
        let [
            "NFT_MSG_NEWRULE",
            "NFTA_RULE_EXPRESSIONS",
            "NFTA_LIST_ELEM",
            inside @ ..,
        ] = &names[..]
        else {
            continue;
        };
        let payload = item.role == Role::Payload;
        match inside {
            ["NFTA_EXPR_NAME", _] if payload => all.push(Expression {
                kind: shown(&item.value).trim_matches('"').to_owned(),
                parts: Vec::new(),
            }),
            ["NFTA_EXPR_DATA", way @ .., _] if payload => {
                let last: Option<&mut Expression<'a>> = all.last_mut();
                let last = last.expect("a kind first");
                last.parts.push((way.join("/"), item.value.clone()));
            }
            _ => {}
        }
    }
    all
}

impl Expression<'_> {
    fn find(&self, name: &str) -> Option<&Shown<'_>> {
        let kind = match self.kind.as_str() {
            "numgen" => "NG".to_owned(),
            kind => kind.to_uppercase(),
        };
        let full = format!("NFTA_{kind}_{name}");
        let found = self.parts.iter().find(|(way, _)| *way == full);
        found.map(|(_, value)| value)
    }

    /// What an attribute says; nothing where it is not there.
    fn say(&self, name: &str) -> String {
        self.find(name)
            .map(shown)
            .unwrap_or_default()
            .trim_matches('"')
            .to_owned()
    }

    /// A name without what it begins with, in small letters.
    fn low(&self, name: &str, prefix: &str) -> String {
        let said = self.say(name);
        let rest = said.strip_prefix(prefix);
        rest.unwrap_or_else(|| panic!("{name} is {said}, not {prefix}…"))
            .to_lowercase()
    }

    /// The number behind a name or bits; 0 where it is not sent.
    fn number(&self, name: &str) -> u64 {
        match self.find(name) {
            Some(Shown::Unsigned(n) | Shown::Named(n, _) | Shown::Bits(n, _)) => *n,
            None => 0,
            other => panic!("{}: {name} is {other:?}", self.kind),
        }
    }

    fn flags(&self, word: &str, name: &str) -> String {
        match self.find(name) {
            Some(_) => format!(" {word} 0x{:x}", self.number(name)),
            None => String::new(),
        }
    }

    /// A register as libnftnl counts it, from its name.
    fn register(&self, name: &str) -> Option<u32> {
        self.find(name)?;
        let said = self.say(name);
        let number = |text: &str| text.parse::<u32>().expect("a number");
        Some(match said.strip_prefix("NFT_REG32_") {
            Some(rest) => 8 + number(rest),
            None if said == "NFT_REG_VERDICT" => 0,
            None => number(said.strip_prefix("NFT_REG_").expect("a register")),
        })
    }

    fn reg(&self, name: &str) -> String {
        let register = self
            .register(name)
            .unwrap_or_else(|| panic!("{}: no {name}", self.kind));
        format!("reg {register}")
    }

    /// ` word reg R`, where the attribute is there.
    fn also_reg(&self, word: &str, name: &str) -> String {
        let register = self.register(name);
        register.map_or_else(String::new, |r| format!(" {word} reg {r}"))
    }

    /// Bytes as numbers of four, or a verdict.
    fn data(&self, name: &str) -> String {
        if let Some(Shown::Bytes(bytes)) = self.find(&format!("{name}/NFTA_DATA_VALUE")) {
            let word = |four: &[u8]| {
                let mut whole = [0; 4];
                whole[..four.len()].copy_from_slice(four);
                format!("0x{:08x}", u32::from_ne_bytes(whole))
            };
            return bytes.chunks(4).map(word).collect::<Vec<_>>().join(" ");
        }
        let code = self.say(&format!("{name}/NFTA_DATA_VERDICT/NFTA_VERDICT_CODE"));
        let code = code.split_once('_').expect("a verdict").1.to_lowercase();
        match self.say(&format!("{name}/NFTA_DATA_VERDICT/NFTA_VERDICT_CHAIN")) {
            chain if chain.is_empty() => code,
            chain => format!("{code} -> {chain}"),
        }
    }

    /// A family of addresses.
    fn ip(&self, name: &str) -> &'static str {
        match self.say(name).as_str() {
            "NFPROTO_IPV4" => "ip",
            "NFPROTO_IPV6" => "ip6",
            other => panic!("{name} is {other}"),
        }
    }

    /// Loads from something by a key, or sets it.
    fn keyed(&self, key: &str) -> String {
        let kind = &self.kind;
        match self.register("SREG") {
            Some(r) => format!("{kind} set {key} with reg {r}"),
            None => format!("{kind} load {key} => {}", self.reg("DREG")),
        }
    }

    /// All of it in words.
    pub fn words(&self) -> String {
        match self.kind.as_str() {
            "meta" => self.keyed(match self.low("KEY", "NFT_META_").as_str() {
                "iftype" => "iiftype",
                "time_ns" => "time",
                "time_day" => "day",
                "time_hour" => "hour",
                key => key,
            }),
            "ct" => {
                let key = match self.low("KEY", "NFT_CT_").as_str() {
                    "labels" => "label".to_owned(),
                    key => key.to_owned(),
                };
                let direction = match self.find("DIRECTION") {
                    Some(_) if self.number("DIRECTION") == 0 => " , dir original",
                    Some(_) => " , dir reply",
                    None => "",
                };
                self.keyed(&key) + direction
            }
            "rt" => self.keyed(&self.low("KEY", "NFT_RT_")),
            "socket" => self.keyed(&self.low("KEY", "NFT_SOCKET_")),
            "cmp" => {
                let op = self.low("OP", "NFT_CMP_");
                format!("cmp {op} {} {}", self.reg("SREG"), self.data("DATA"))
            }
            "range" => {
                let op = self.low("OP", "NFT_RANGE_");
                let (from, to) = (self.data("FROM_DATA"), self.data("TO_DATA"));
                format!("range {op} {} {from} {to}", self.reg("SREG"))
            }
            "immediate" => format!("immediate {} {}", self.reg("DREG"), self.data("DATA")),
            "bitwise" => {
                let (to, from) = (self.reg("DREG"), self.reg("SREG"));
                let (mask, xor) = (self.data("MASK"), self.data("XOR"));
                format!("bitwise {to} = ( {from} & {mask} ) ^ {xor}")
            }
            "byteorder" => {
                let op = self.low("OP", "NFT_BYTEORDER_");
                let (size, len) = (self.number("SIZE"), self.number("LEN"));
                let (to, from) = (self.reg("DREG"), self.reg("SREG"));
                format!("byteorder {to} = {op}({from}, {size}, {len})")
            }
            "payload" => self.payload(),
            "exthdr" => self.exthdr(),
            "lookup" => {
                let set = format!("lookup {} set {}", self.reg("SREG"), self.say("SET"));
                let to = self.register("DREG");
                set + &to.map_or_else(String::new, |r| format!(" dreg {r}"))
            }
            "counter" => {
                let (packets, bytes) = (self.number("PACKETS"), self.number("BYTES"));
                format!("counter pkts {packets} bytes {bytes}")
            }
            "limit" => {
                let unit = match self.number("UNIT") {
                    1 => "second",
                    60 => "minute",
                    other => panic!("a unit of {other} seconds"),
                };
                let (rate, burst) = (self.number("RATE"), self.number("BURST"));
                let kind = match self.low("TYPE", "NFT_LIMIT_").as_str() {
                    "pkts" => "packets",
                    _ => "bytes",
                };
                let flags = self.flags("flags", "FLAGS");
                format!("limit rate {rate}/{unit} burst {burst} type {kind}{flags}")
            }
            "quota" => {
                let (bytes, used) = (self.number("BYTES"), self.number("CONSUMED"));
                format!(
                    "quota bytes {bytes} consumed {used} flags {}",
                    self.number("FLAGS")
                )
            }
            "connlimit" => {
                let (count, flags) = (self.number("COUNT"), self.number("FLAGS"));
                format!("connlimit count {count} flags {flags:x}")
            }
            "reject" => {
                let code = self.number("ICMP_CODE");
                format!("reject type {} code {code}", self.number("TYPE"))
            }
            "nat" => {
                let kind = self.low("TYPE", "NFT_NAT_");
                let ip = self.ip("FAMILY");
                let ends = [
                    ("addr_min", "REG_ADDR_MIN"),
                    ("addr_max", "REG_ADDR_MAX"),
                    ("proto_min", "REG_PROTO_MIN"),
                    ("proto_max", "REG_PROTO_MAX"),
                ];
                let ends = ends.map(|(word, name)| self.also_reg(word, name)).concat();
                format!("nat {kind} {ip}{ends}{}", self.flags("flags", "FLAGS"))
            }
            "masq" | "redir" => {
                let min = self.also_reg("proto_min", "REG_PROTO_MIN");
                let max = self.also_reg("proto_max", "REG_PROTO_MAX");
                let flags = self.flags("flags", "FLAGS");
                format!("{}{min}{max}{flags}", self.kind)
            }
            "objref" => match self.register("SET_SREG") {
                Some(r) => format!("objref sreg {r} set {}", self.say("SET_NAME")),
                None => {
                    let (kind, name) = (self.number("IMM_TYPE"), self.say("IMM_NAME"));
                    format!("objref type {kind} name {name}")
                }
            },
            "hash" => self.hash(),
            "numgen" => {
                let how = match self.low("TYPE", "NFT_NG_").as_str() {
                    "incremental" => "inc".to_owned(),
                    how => how.to_owned(),
                };
                let (to, modulus) = (self.reg("DREG"), self.number("MODULUS"));
                format!("numgen {to} = {how} mod {modulus}{}", self.offset())
            }
            "fib" => {
                let flags = self.say("FLAGS");
                let mut words: Vec<String> = Vec::new();
                for flag in flags.split('|') {
                    let flag = flag.strip_prefix("NFTA_FIB_F_").expect("a flag");
                    words.push(flag.to_lowercase());
                }
                let present = words.iter().position(|w| w == "present");
                let present = present.map_or("", |at| {
                    words.remove(at);
                    " present"
                });
                let result = match self.low("RESULT", "NFT_FIB_RESULT_").as_str() {
                    "addrtype" => " type".to_owned(),
                    _ if !present.is_empty() => " oif".to_owned(),
                    result => format!(" {result}"),
                };
                let by = words.join(" . ");
                format!("fib {by}{result}{present} => {}", self.reg("DREG"))
            }
            "dup" => {
                let (address, link) = (self.register("SREG_ADDR"), self.register("SREG_DEV"));
                let word =
                    |word, r: Option<u32>| r.map_or_else(String::new, |r| format!(" {word} {r}"));
                format!(
                    "dup{}{}",
                    word("sreg_addr", address),
                    word("sreg_dev", link)
                )
            }
            "fwd" => format!(
                "fwd sreg_dev {}",
                self.register("SREG_DEV").expect("a register")
            ),
            "tproxy" => {
                let address = self.also_reg("addr", "REG_ADDR");
                let port = self.also_reg("port", "REG_PORT");
                format!("tproxy {}{address}{port}", self.ip("FAMILY"))
            }
            "synproxy" => {
                let (mss, wscale) = (self.number("MSS"), self.number("WSCALE"));
                format!("synproxy mss {mss} wscale {wscale}")
            }
            "osf" => format!("osf dreg {}", self.register("DREG").expect("a register")),
            "notrack" => "notrack".to_owned(),
            "log" => self.log(),
            "xfrm" => {
                let way = match self.number("DIR") {
                    0 => "in",
                    _ => "out",
                };
                let (number, key) = (self.number("SPNUM"), self.low("KEY", "NFT_XFRM_KEY_"));
                format!("xfrm load {way} {number} {key} => {}", self.reg("DREG"))
            }
            // The expressions inside follow in brackets.
            "dynset" => {
                let op = self.low("OP", "NFT_DYNSET_OP_");
                let key = self.register("SREG_KEY").expect("a register");
                let timeout = match self.number("TIMEOUT") {
                    0 => String::new(),
                    ms => format!(" timeout {ms}ms"),
                };
                format!(
                    "dynset {op} reg_key {key} set {}{timeout}",
                    self.say("SET_NAME")
                )
            }
            other => panic!("{other}: no words"),
        }
    }

    fn offset(&self) -> String {
        match self.find("OFFSET").map(|_| self.number("OFFSET")) {
            Some(offset) if offset != 0 => format!(" offset {offset}"),
            _ => String::new(),
        }
    }

    fn log(&self) -> String {
        let mut words = "log ".to_owned();
        if self.find("PREFIX").is_some() {
            words += &format!("prefix {} ", self.say("PREFIX"));
        }
        if self.find("GROUP").is_some() {
            let (group, snaplen) = (self.number("GROUP"), self.number("SNAPLEN"));
            let threshold = self.number("QTHRESHOLD");
            return words + &format!("group {group} snaplen {snaplen} qthreshold {threshold}");
        }
        words += &format!("level {}", self.number("LEVEL"));
        for flag in self.say("FLAGS").split('|').filter(|f| f.len() > 1) {
            let flag = flag.strip_prefix("NF_LOG_").expect("a flag");
            words += &format!(" {}", flag.to_lowercase());
        }
        words
    }

    fn hash(&self) -> String {
        let (to, modulus) = (self.reg("DREG"), self.number("MODULUS"));
        let of = match self.low("TYPE", "NFT_HASH_").as_str() {
            "sym" => "symhash()".to_owned(),
            _ => {
                let (len, seed) = (self.number("LEN"), self.number("SEED"));
                format!("jhash({}, {len}, 0x{seed:x})", self.reg("SREG"))
            }
        };
        format!("hash {to} = {of} % mod {modulus}{}", self.offset())
    }

    fn payload(&self) -> String {
        let base = match self.low("BASE", "NFT_PAYLOAD_").as_str() {
            "ll_header" => "link".to_owned(),
            base => base.trim_end_matches("_header").to_owned(),
        };
        let (len, offset) = (self.number("LEN"), self.number("OFFSET"));
        let place = format!("{len}b @ {base} header + {offset}");
        match self.register("SREG") {
            Some(r) => {
                let kind = self.number("CSUM_TYPE");
                let (at, flags) = (self.number("CSUM_OFFSET"), self.number("CSUM_FLAGS"));
                format!(
                    "payload write reg {r} => {place} csum_type {kind} csum_off {at} csum_flags 0x{flags:x}"
                )
            }
            None => format!("payload load {place} => {}", self.reg("DREG")),
        }
    }

    fn exthdr(&self) -> String {
        let kind = match self.find("OP") {
            Some(_) => self.low("OP", "NFT_EXTHDR_OP_"),
            None => "ipv6".to_owned(),
        };
        let (len, offset) = (self.number("LEN"), self.number("OFFSET"));
        let place = format!("{len}b @ {} + {offset}", self.number("TYPE"));
        match self.register("SREG") {
            Some(r) => format!("exthdr write {kind} reg {r} => {place}"),
            None => {
                let present = match self.say("FLAGS").as_str() {
                    "NFT_EXTHDR_F_PRESENT" => " present",
                    _ => "",
                };
                format!(
                    "exthdr load {kind} {place}{present} => {}",
                    self.reg("DREG")
                )
            }
        }
    }
}
