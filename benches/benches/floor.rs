//! What is the least that a star can cost? A straight loop of raw system calls, what each way of going under it saves,
//! and the engine. `VNET_STAR=N` for another number of namespaces than 500.

mod rounds;

use criterion::Criterion;
use nsenter::Store;
use vnet_benches::floor::Floor;
use vnet_benches::star::{self, Engine, Tables, Way};
use vnet_benches::{Result, world};

const STRAIGHT: &str = "straight loop";
const ALL: &str = "all of these";
const ENGINE: &str = "vnet";

fn main() -> Result<()> {
    world::enter()?;
    let mut criterion = Criterion::default().configure_from_args();
    Store::new().prepare()?;
    let count = star::count()?;
    let straight = Floor::straight(count, star::first_index()?);
    let under = Floor {
        links: 64,
        calm: true,
        own_mac: true,
        in_group: true,
        one_file: true,
        unmounters: 16,
        ipv6: false,
        ..straight
    };
    #[rustfmt::skip]
    let loops = [
        (STRAIGHT, straight),
        ("one thread", Floor { threads: 1, ..straight }),
        ("64 veths a datagram", Floor { links: under.links, ..straight }),
        ("bridge calm until wired", Floor { calm: true, ..straight }),
        ("bridge with its own MAC", Floor { own_mac: true, ..straight }),
        ("bridge in the veths' group", Floor { in_group: true, ..straight }),
        ("hard links of one file", Floor { one_file: true, ..straight }),
        ("16 threads unmount", Floor { unmounters: under.unmounters, ..straight }),
        ("no IPv6", Floor { ipv6: false, ..straight }),
        (ALL, under),
        ("all, and 1 queue", Floor { one_queue: true, ..under }),
    ];
    let engine = Engine::new(count, None, false)?;
    let single = Engine::new(count, Some(1), false)?;
    let mut ways: Vec<Way> = loops
        .into_iter()
        .map(|(name, floor)| Way::new(name, count, move || floor.round()))
        .collect();
    ways.push(Way::new(ENGINE, count, move || engine.round()));
    ways.push(Way::new("vnet, 1 queue", count, move || single.round()));
    let title = format!("floor of a star of {count}");
    let Tables { up, down } = rounds::run(&mut criterion, &title, &ways);
    println!("{up}{down}");
    for (what, table) in [("up", &up), ("down", &down)] {
        for floor in [STRAIGHT, ALL] {
            if let Some(ratio) = table.ratio(ENGINE, floor) {
                println!("{what}: {ENGINE} takes {ratio:.2} of the time of: {floor}");
            }
        }
    }
    criterion.final_summary();
    Ok(())
}
