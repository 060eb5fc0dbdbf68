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
const NO_IPV6: &str = "vnet, no IPv6";

fn main() -> Result<()> {
    let mut criterion = Criterion::default().configure_from_args();
    world::enter()?;
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
    let engines = [
        (ENGINE, Engine::new(count, None, true)?),
        (NO_IPV6, Engine::new(count, None, false)?),
        (
            "vnet, no IPv6, 1 queue",
            Engine::new(count, Some(1), false)?,
        ),
    ];
    let mut ways: Vec<Way> = loops
        .into_iter()
        .map(|(name, floor)| Way::new(name, count, move || floor.round()))
        .collect();
    let engines = engines.map(|(name, engine)| Way::new(name, count, move || engine.round()));
    ways.extend(engines);
    let title = format!("floor of a star of {count}");
    let tables = Tables::new(&title);
    // Eleven rounds, each way once.
    rounds::run(&mut criterion, (&title, STRAIGHT), 10, || {
        tables.round(&ways).expect("a star")
    });
    let Tables { up, down } = tables;
    println!("{up}{down}");
    for (what, table) in [("up", &up), ("down", &down)] {
        // Each beside the loop that does as much.
        for (engine, floor) in [(ENGINE, STRAIGHT), (NO_IPV6, ALL)] {
            if let Some(ratio) = table.ratio(engine, floor) {
                println!("{what}: {engine} takes {ratio:.2} of the time of: {floor}");
            }
        }
    }
    criterion.final_summary();
    Ok(())
}
