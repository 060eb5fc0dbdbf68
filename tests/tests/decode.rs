//! `vnet decode`: bytes that other tools wrote down, in whatever layout, say the same; captures that tshark wrote
//! and reads say what tshark says.

use serde_json::Value;
use vnet_tests::{Judge, Output, Sandbox, lab, product, run};

/// Requests and answers of a real ip, as strace wrote their bytes down: `/run/trace`.
const TRACE: &str = "
    ip link add v0 type veth peer name v1
    strace -f -qq -xx -yy -s 65536 -e trace=network -e write=all -e read=all -o /run/trace \
        ip link set v0 mtu 1400 alias cable >/dev/null
    strace -f -qq -xx -yy -s 65536 -e trace=network -e write=all -e read=all -o /run/more \
        ip link set v0 mtu 7 >/dev/null 2>&1 || true
    cat /run/more >>/run/trace";

fn traced() -> Option<Sandbox> {
    let sandbox = lab(&[Judge::Iproute2, Judge::Strace])?;
    if product::is_judge() {
        return None;
    }
    let _ = sandbox.sh(TRACE).ok();
    Some(sandbox)
}

#[track_caller]
fn decode(sandbox: &Sandbox, words: &str, input: &[u8]) -> Output {
    let mut command = sandbox.command(&product::name("vnet"));
    command.arg("decode").args(words.split_whitespace());
    run::run(&mut command, input).expect("vnet decode ends")
}

/// The objects that `--json` writes, one a line.
#[track_caller]
fn objects(output: &Output) -> Vec<Value> {
    let text = output.text();
    let parse = |line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"));
    text.lines().map(parse).collect()
}

/// A request that makes a veth, by hand.
fn request() -> Vec<u8> {
    let attribute = |kind: u16, payload: &[u8]| {
        let mut bytes = Vec::new();
        bytes.extend((4 + payload.len() as u16).to_ne_bytes());
        bytes.extend(kind.to_ne_bytes());
        bytes.extend(payload);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes
    };
    let body = [
        vec![0; 16],
        attribute(3, b"v0\0"),
        // Long runs of one byte, which tools write as a star.
        attribute(20, &[0x2e; 100]),
        attribute(0x8012, &attribute(1, b"veth\0")),
    ]
    .concat();
    let mut bytes = Vec::new();
    bytes.extend((16 + body.len() as u32).to_ne_bytes());
    bytes.extend(16u16.to_ne_bytes());
    bytes.extend(0x605u16.to_ne_bytes());
    bytes.extend(7u32.to_ne_bytes());
    bytes.extend(0u32.to_ne_bytes());
    bytes.extend(body);
    bytes
}

/// strace decodes too: what it says of types, sequence numbers and lengths is what is decoded from its bytes.
#[test]
fn a_trace_says_what_strace_says() {
    let Some(sandbox) = traced() else { return };
    let trace = sandbox.sh("cat /run/trace").ok().text();
    let decoded = decode(&sandbox, "--json /run/trace", b"").ok();
    let found: Vec<String> = objects(&decoded)
        .iter()
        .flat_map(|datagram| datagram["messages"].as_array().cloned().unwrap_or_default())
        .map(|m| {
            format!(
                "{} {} {}",
                m["len"],
                m["type"].as_str().unwrap_or("?"),
                m["seq"]
            )
        })
        .collect();
    // The first header of each datagram; what was only looked at (MSG_PEEK) has no buffer.
    let field = |text: &str, key: &str| {
        let rest = text.split(key).nth(1)?;
        rest.split([',', '}']).next().map(str::to_owned)
    };
    let said: Vec<String> = trace
        .lines()
        .filter(|line| line.contains("nlmsg_len="))
        .filter_map(|line| {
            let len = field(line, "nlmsg_len=")?;
            let kind = field(line, "nlmsg_type=")?;
            Some(format!("{len} {kind} {}", field(line, "nlmsg_seq=")?))
        })
        .collect();
    assert!(said.len() >= 8, "{said:?}");
    assert_eq!(found, said, "{decoded}");
    let text = decode(&sandbox, "/run/trace", b"").ok().text();
    assert!(text.contains("IFLA_IFALIAS \"cable\""), "{text}");
    assert!(text.contains("NETLINK_ROUTE, sent"), "{text}");
    // The refusal of an MTU of 7, tied to its request.
    assert!(text.contains("error EINVAL of RTM_"), "{text}");
    assert!(text.contains("mtu less than device minimum"), "{text}");
}

/// Every layout of the usual tools.
#[test]
fn every_layout_says_the_same() {
    let Some(sandbox) = lab(&[]) else { return };
    if product::is_judge() {
        return;
    }
    let request = request();
    let expected = decode(&sandbox, "", &request).ok().text();
    assert!(
        expected.starts_with("RTM_NEWLINK seq 7 REQUEST|ACK|EXCL|CREATE, "),
        "{expected}"
    );
    assert!(expected.contains("IFLA_INFO_KIND \"veth\""), "{expected}");
    let layouts = [
        "xxd",
        "xxd -e",
        "xxd -p",
        "xxd -i",
        "xxd -g1",
        "xxd -g4",
        "xxd -u",
        "xxd -a",
        "xxd -c5",
        "xxd -c 40",
        "hexdump",
        "hexdump -C",
        "hexdump -v",
        "hexdump -x",
        "od -t x1",
        "od -t x1z",
        "od -x",
        "od -A d -t x1",
        "od -A x -t x1",
        "od -v -A n -t x1",
        "od -t x4",
        "od -A x -t x8",
        "od -w8 -A x -t x1",
    ];
    let mut tried = 0;
    for layout in layouts {
        let (program, _) = layout.split_once(' ').unwrap_or((layout, ""));
        if !sandbox
            .sh(&format!("command -v {program} || true"))
            .text()
            .contains('/')
        {
            continue;
        }
        let mut words = layout.split(' ');
        let mut command = sandbox.command(words.next().expect("a program"));
        // Some read only files.
        let written = run::run(command.args(words), &request)
            .expect("it ends")
            .ok();
        let piped = decode(&sandbox, "", &written.stdout).ok();
        assert_eq!(piped.text(), expected, "{layout}\n{}", written.text());
        let windows = written.text().replace('\n', "\r\n");
        let piped = decode(&sandbox, "-", windows.as_bytes()).ok();
        assert_eq!(piped.text(), expected, "{layout} with lines of Windows");
        tried += 1;
    }
    // od is of coreutils and always there.
    assert!(tried >= 9, "{tried}");
}

/// The digits of `--bytes` are the datagram, and it says so.
#[test]
fn every_byte_is_accounted_for() {
    let Some(sandbox) = traced() else { return };
    let text = decode(&sandbox, "--bytes /run/trace", b"").ok().text();
    assert!(!text.contains("INTERNAL"), "{text}");
    let headers = objects(&decode(&sandbox, "--json --bytes /run/trace", b"").ok());
    let mut datagrams = headers.iter();
    let mut seen = String::new();
    let mut sums = 0;
    for line in text.lines().filter(|line| line.starts_with("    ")) {
        let Some(offset) = line.get(4..10).and_then(|o| o.trim().parse::<usize>().ok()) else {
            continue;
        };
        if line.contains("bytes, all of") {
            let datagram = datagrams.next().expect("as many datagrams as sums");
            assert_eq!(datagram["hex"].as_str(), Some(seen.as_str()), "{line}");
            assert_eq!(seen.len(), offset * 2);
            seen.clear();
            sums += 1;
            continue;
        }
        assert_eq!(offset * 2, seen.len(), "{line}");
        let digits = line
            .get(12..)
            .map(|l| l.get(..47).unwrap_or(l))
            .unwrap_or_default();
        seen.extend(digits.split_whitespace());
    }
    assert!(sums >= 8 && datagrams.next().is_none(), "{text}");
}

/// What is cut, broken or nothing at all is said, and is no failure.
#[test]
fn bad_bytes_are_no_failure() {
    let Some(sandbox) = lab(&[]) else { return };
    if product::is_judge() {
        return;
    }
    let request = request();
    for cut in [1, 3, 15, 17, 33, 40, request.len() - 1] {
        let output = decode(&sandbox, "", &request[..cut]).ok();
        assert!(
            output.text().contains("broken at ") || output.text().contains("no message"),
            "{cut}: {output}"
        );
        assert!(output.stderr.is_empty(), "{output}");
        let output = decode(&sandbox, "--json", &request[..cut]).ok();
        let faults = &objects(&output)[0]["messages"][0]["faults"];
        assert!(
            faults[0]["offset"].is_u64() && faults[0]["reason"].is_string(),
            "{output}"
        );
    }
    let mut long = request.clone();
    long[32] = 200;
    let output = decode(&sandbox, "", &long).ok();
    assert!(output.text().contains("broken at 32: "), "{output}");
    for input in [&b""[..], b"\n", b"  \r\n\r\n"] {
        let output = decode(&sandbox, "", input).ok();
        assert!(output.text().contains("nothing to decode"), "{output}");
    }
    for input in [
        &b"no netlink here, however long one looks\n"[..],
        &[0xff; 70_000],
        b"\\x",
        b"\"",
        b"0x",
        b"*\n*\n",
    ] {
        for words in [
            "",
            "--json",
            "--bytes",
            "--format hex",
            "--format strace",
            "--format pcap",
            "--format raw",
        ] {
            let output = decode(&sandbox, words, input).ok();
            assert!(!output.stdout.is_empty(), "{words} {input:?}: {output}");
        }
    }
    // A terminal is obeyed by no byte of it.
    let mut name = request;
    name[36..38].copy_from_slice(b"\x1b[");
    let output = decode(&sandbox, "", &name).ok();
    assert!(output.text().contains("IFLA_IFNAME \"\\x1b[\""), "{output}");
}

#[test]
fn wrong_words_are_pointed_at() {
    let Some(sandbox) = lab(&[]) else { return };
    if product::is_judge() {
        return;
    }
    for (words, first, code) in [
        (
            "/nosuch",
            "error: cannot read '/nosuch' (ENOENT: No such file or directory)",
            1,
        ),
        ("/", "error: cannot read '/' (EISDIR: Is a directory)", 1),
        (
            "--format elf",
            "error: wrong value 'elf': expected auto, hex, strace, pcap or raw",
            255,
        ),
        (
            "--protocol nosuch",
            "error: wrong value 'nosuch': expected a protocol of netlink",
            255,
        ),
        (
            "--protocol 32",
            "error: wrong value '32': expected a protocol of netlink",
            255,
        ),
        ("--nosuch", "error: '--nosuch' is no option of decode", 255),
        (
            "--sent --received",
            "error: --sent and --received: it went one way",
            255,
        ),
        (
            "a b",
            "error: one file is decoded at a time, 'b' is the second",
            255,
        ),
    ] {
        let output = decode(&sandbox, words, b"");
        assert_eq!(output.first_error(), first, "{words}");
        assert!(output.errors().contains('^'), "{words}: {output}");
        assert_eq!(output.code(), code, "{words}: {output}");
    }
}

/// A capture is read as tshark reads it, whoever wrote it.
#[test]
fn captures_say_what_tshark_says() {
    let Some(sandbox) = lab(&[Judge::Tshark]) else {
        return;
    };
    if product::is_judge() {
        return;
    }
    // The datagrams and pseudo-headers as text2pcap takes them.
    let mut packet = vec![0, 4, 3, 0x38, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let request = request();
    packet.extend(&request);
    let mut lines = String::new();
    for (i, row) in packet.chunks(16).enumerate() {
        let hex: Vec<String> = row.iter().map(|b| format!("{b:02x}")).collect();
        lines.push_str(&format!("{:06x} {}\n", i * 16, hex.join(" ")));
    }
    let script = format!(
        "cat >/run/hex <<'E'\n{lines}E\n\
         text2pcap -q -l 253 /run/hex /run/ng.pcapng 2>/dev/null\n\
         editcap -F pcap /run/ng.pcapng /run/micro.pcap\n\
         editcap -F nsecpcap /run/ng.pcapng /run/nano.pcap\n\
         editcap -s 60 -F pcap /run/ng.pcapng /run/cut.pcap"
    );
    let _ = sandbox.sh(&script).ok();
    for file in ["ng.pcapng", "micro.pcap", "nano.pcap", "cut.pcap"] {
        let output = decode(&sandbox, &format!("--json /run/{file}"), b"").ok();
        assert_eq!(
            headers(&output),
            tshark(&sandbox, &format!("/run/{file}")),
            "{file}"
        );
        let objects = objects(&output);
        let message = &objects[0]["messages"][0];
        assert_eq!(objects[0]["protocol"], "NETLINK_ROUTE", "{file}: {output}");
        assert_eq!(objects[0]["direction"], "sent", "{file}: {output}");
        assert_eq!(message["type"], "RTM_NEWLINK", "{file}: {output}");
        let kept = if file == "cut.pcap" {
            44
        } else {
            request.len()
        };
        assert_eq!(objects[0]["bytes"], kept, "{file}: {output}");
        assert_eq!(
            message["faults"].is_null(),
            file != "cut.pcap",
            "{file}: {output}"
        );
        // From a pipe as from a file.
        let script = format!("vnet decode --json - </run/{file}");
        assert_eq!(sandbox.product_sh(&script).ok().text(), output.text());
    }
    // A real exchange, recorded by netlink-raw.
    let recorded = vnet_tests::repository().join("fuzz/seeds/recording/a-bridge-made.pcap");
    let recorded = recorded.to_str().expect("a plain path");
    let output = decode(&sandbox, &format!("--json {recorded}"), b"").ok();
    let found = headers(&output);
    assert!(found.len() > 5, "{output}");
    assert_eq!(found, tshark(&sandbox, recorded));
}

/// Type, length and sequence number of every message that was decoded.
fn headers(output: &Output) -> Vec<String> {
    let messages = |object: &Value| object["messages"].as_array().cloned().unwrap_or_default();
    let all = objects(output);
    all.iter()
        .flat_map(messages)
        .map(|m| format!("{} {} {}", m["type_number"], m["len"], m["seq"]))
        .collect()
}

/// The same as tshark has it.
fn tshark(sandbox: &Sandbox, file: &str) -> Vec<String> {
    let fields =
        "-e netlink.hdr_type -e netlink-route.nltype -e netlink.hdr_len -e netlink.hdr_seq";
    let script = format!("tshark -n -r {file} -T fields -E aggregator=, {fields} 2>/dev/null");
    let text = sandbox.sh(&script).ok().text();
    let number = |word: &str| match word.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).expect("hex"),
        None => word.parse().expect("a number"),
    };
    let mut all = Vec::new();
    for line in text.lines() {
        // An error has the header of its request besides: the first is the message's own.
        let first: Vec<&str> = line
            .split('\t')
            .map(|f| f.split(',').next().unwrap_or(""))
            .collect();
        let [control, route, len, seq] = first[..] else {
            panic!("{line}");
        };
        let kind = if control.is_empty() { route } else { control };
        all.push(format!("{} {len} {seq}", number(kind)));
    }
    all
}
