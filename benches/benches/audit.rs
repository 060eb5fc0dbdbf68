//! What does it cost to be watched? Programs alone, under `vnet audit`, and under strace for the same calls.

mod rounds;

use criterion::Criterion;
use std::process::{Command, ExitCode};
use vnet_benches::audit::{ALONE, AUDIT, Program, STRACE, STRACE_FILTER, as_vnet, has};
use vnet_benches::{Comparison, Result, iproute, world};

/// What the programs find: links to show, a batch of addresses that goes as it comes, rules, a script.
const PREPARE: &str = r"
ip link set lo up
for i in $(seq 20); do echo link add v$i type veth peer name w$i; done | ip -batch -
for i in $(seq 1000); do echo addr add 10.9.$((i / 250)).$((i % 250))/32 dev v1; done > /run/there
sed 's/ add / del /' /run/there > /run/back
cat > /run/script <<'END'
ip netns add x
ip link add a type veth peer name b netns x
ip addr add 10.0.0.1/24 dev a
ip link set a up
ip -n x link set b up
ip link del a
ip netns del x
END
if command -v nft > /dev/null; then
    { echo 'add table inet t'; for i in $(seq 50); do echo add set inet t s$i '{ type ipv4_addr; }'; done; } | nft -f -
fi
";

#[rustfmt::skip]
const PROGRAMS: [Program; 9] = [
    Program { name: "true", words: &["true"] },
    Program { name: "vnet link show", words: &["vnet", "link", "show"] },
    Program { name: "ip link show", words: &["ip", "link", "show"] },
    Program { name: "ip -batch, 2,000 addresses", words: &["sh", "-c", "ip -batch /run/there; ip -batch /run/back"] },
    Program { name: "nft list ruleset, 50 sets", words: &["nft", "list", "ruleset"] },
    Program { name: "unshare -Urnm mount", words: &["unshare", "-Urnm", "mount", "-t", "tmpfs", "x", "/mnt"] },
    Program { name: "a shell with 10 unshare -n", words: &["sh", "-c", "for i in 1 2 3 4 5 6 7 8 9 10; do unshare -n true; done"] },
    Program { name: "a shell with 7 ip commands", words: &["sh", "/run/script"] },
    Program { name: "a shell's loop of 200,000", words: &["sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"] },
];

fn main() -> Result<ExitCode> {
    if let Some(code) = as_vnet() {
        return Ok(code);
    }
    let mut criterion = Criterion::default().configure_from_args();
    world::enter()?;
    if iproute::version().is_none() {
        println!("no ip of iproute2 here: left out");
        return Ok(ExitCode::SUCCESS);
    }
    let ways: &[&str] = if has("strace", "-V") {
        &[ALONE, AUDIT, STRACE, STRACE_FILTER]
    } else {
        println!("no strace here: left out");
        &[ALONE, AUDIT]
    };
    if !Command::new("sh")
        .args(["-ec", PREPARE])
        .status()?
        .success()
    {
        return Err("what the programs find could not be made".into());
    }
    for program in PROGRAMS {
        let &[word, ..] = program.words else { continue };
        if word != "vnet" && !has(word, "--version") {
            println!("no {word} here: {} left out", program.name);
            continue;
        }
        let times = Comparison::new(program.name, "run");
        rounds::run(&mut criterion, ("audit", program.name), 20, || {
            program.round(ways, &times).expect("a run")
        });
        println!("{times}");
        let added = |way| Some(times.ratio(way, ALONE)? - 1.0);
        for other in [STRACE, STRACE_FILTER] {
            if let (Some(ours), Some(theirs)) = (added(AUDIT), added(other)) {
                println!("{AUDIT} adds {:.2} of what {other} adds", ours / theirs);
            }
        }
    }
    criterion.final_summary();
    Ok(ExitCode::SUCCESS)
}
