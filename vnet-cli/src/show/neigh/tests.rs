//! Neighbours as iproute2 6.1 shows them.

use super::*;
use netlink_raw::decode::MessageRef;
use netlink_raw::encode::{Batch, Message};

/// What is shown of a neighbour on link 3, `v0`.
fn shown(options: &Options, dev: Option<i32>, neighbour: &NeighbourRequest<'_>) -> String {
    let mut buf = [0; 256];
    let mut batch = Batch::new(&mut buf);
    batch.push(neighbour as &dyn Message, 0, 1).unwrap();
    let body = batch.as_bytes().get(16..).unwrap_or_default();
    let header = netlink_raw::wire::NlMsgHdr::default();
    let mut neighbour = Neighbour::parse(&MessageRef { header, body }).unwrap();
    neighbour.probes = Some(3);
    neighbour.cacheinfo = Some(NdaCacheInfo {
        confirmed: 6099,
        used: 1234,
        updated: 99,
        refcnt: 1,
    });
    let mut out = Out::memory(options);
    let mut kernel = Kernel::default();
    kernel.learn(3, b"v0");
    let names = Names::in_directory("/nowhere", options.numeric);
    let style = Style {
        dev,
        deleted: false,
    };
    out.open_document();
    record(&mut out, options, &names, &mut kernel, &neighbour, style).unwrap();
    out.close_document();
    String::from_utf8(out.take()).unwrap()
}

fn stale() -> NeighbourRequest<'static> {
    NeighbourRequest {
        family: 10,
        index: 3,
        state: NUD_STALE,
        flags: NTF_ROUTER | NTF_EXT_LEARNED,
        destination: Some("fe80::1".parse().unwrap()),
        lladdr: Some(&[2, 0, 0, 0, 0, 1]),
        protocol: Some(12),
        flags_ext: Some(NTF_EXT_MANAGED),
        ..NeighbourRequest::default()
    }
}

#[test]
fn text() {
    let plain = Options::default();
    assert_eq!(
        shown(&plain, Some(3), &stale()),
        "fe80::1 dev v0 lladdr 02:00:00:00:00:01 router managed extern_learn STALE proto bird \n"
    );
    let failed = NeighbourRequest {
        state: NUD_FAILED,
        lladdr: None,
        flags: 0,
        flags_ext: None,
        protocol: Some(0),
        ..stale()
    };
    assert_eq!(shown(&plain, None, &failed), "fe80::1 FAILED \n");
    let stats = Options { stats: 1, ..plain };
    assert_eq!(
        shown(&stats, None, &failed),
        "fe80::1  ref 1 used 12/60/0probes 3 FAILED \n"
    );
    let brief = Options {
        brief: true,
        ..Options::default()
    };
    assert_eq!(
        shown(&brief, Some(3), &stale()),
        "fe80::1                                 v0               02:00:00:00:00:01\n"
    );
}

#[test]
fn json() {
    let json = Options {
        json: true,
        stats: 1,
        ..Options::default()
    };
    assert_eq!(
        shown(&json, Some(3), &stale()),
        "[{\"dst\":\"fe80::1\",\"dev\":\"v0\",\"lladdr\":\"02:00:00:00:00:01\",\"router\":null,\
         \"managed\":null,\"extern_learn\":null,\"refcnt\":1,\"used\":12,\"confirmed\":60,\
         \"updated\":0,\"probes\":3,\"state\":[\"STALE\"],\"protocol\":\"bird\"}]\n"
    );
}
