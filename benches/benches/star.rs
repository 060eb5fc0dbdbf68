//! What does a whole star cost, up and down? The engine against the floor, `ip -batch` at its best, and ip command by
//! command. `VNET_STAR=N` for another number of namespaces than 500.

mod rounds;

use criterion::Criterion;
use nsenter::Store;
use vnet_benches::floor::Floor;
use vnet_benches::star::{self, Engine, Tables, Way};
use vnet_benches::{Result, iproute, world};

/// Namespaces of ip command by command, which takes minutes for hundreds. A bridge of few ports is the cheaper one.
const FEW: u32 = 20;

const ENGINE: &str = "vnet";
const ONE_QUEUE: &str = "vnet, 1 queue";
const NO_IPV6: &str = "vnet, no IPv6";
const FLOOR: &str = "straight loop of raw calls";
const BATCH: &str = "ip -batch";
const COMMANDS: &str = "ip, command by command";

fn main() -> Result<()> {
    let mut criterion = Criterion::default().configure_from_args();
    world::enter()?;
    Store::new().prepare()?;
    let count = star::count()?;
    let engine = |name, queues, ipv6| {
        let engine = Engine::new(count, queues, ipv6)?;
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(Way::new(name, count, move || {
            engine.round()
        }))
    };
    let floor = Floor::straight(count, star::first_index()?);
    let mut ways = vec![
        engine(ENGINE, None, true)?,
        engine(ONE_QUEUE, Some(1), true)?,
        engine(NO_IPV6, None, false)?,
        Way::new(FLOOR, count, move || floor.round()),
    ];
    match iproute::version() {
        Some(version) => {
            ways.push(Way::new(BATCH, count, move || iproute::batched(count)));
            let few = FEW.min(count);
            println!(
                "{version}; command by command: a star of {few}, its time told for one namespace"
            );
            ways.push(Way::new(COMMANDS, few, move || {
                iproute::command_by_command(few)
            }));
        }
        None => println!("no ip of iproute2 here: left out"),
    }
    let title = format!("star of {count}");
    let tables = Tables::new(&title);
    // Eleven rounds, each way once.
    rounds::run(&mut criterion, (&title, ENGINE), 10, || {
        tables.round(&ways).expect("a star")
    });
    let Tables { up, down } = tables;
    println!("{up}{down}");
    for (what, table) in [("up", &up), ("down", &down)] {
        for other in [COMMANDS, BATCH, FLOOR, NO_IPV6, ONE_QUEUE] {
            if let Some(ratio) = table.ratio(other, ENGINE) {
                println!("{what}: {other} takes {ratio:.2} times as long as {ENGINE}");
            }
        }
    }
    criterion.final_summary();
    Ok(())
}
