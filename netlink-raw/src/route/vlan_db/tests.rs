//! Requests against the bytes of iproute2 6.1, views against what was written.

use super::*;
use crate::decode::Messages;
use crate::encode::Batch;
use proptest::prelude::*;

fn sent(message: &dyn Message) -> Vec<u8> {
    let mut buf = [0; 512];
    let mut batch = Batch::new(&mut buf);
    batch.push(message, 0, 1).unwrap();
    batch.as_bytes().to_vec()
}

fn parse(bytes: &[u8]) -> Option<Vlans<'_>> {
    Vlans::parse(&Messages::new(bytes).next()?.ok()?).ok()
}

#[test]
#[cfg(target_endian = "little")]
fn requests_are_those_of_iproute2() {
    let get = GetVlans { index: 0, flags: 2 };
    let want = [7, 0, 0, 0, 0, 0, 0, 0, 8, 0, 1, 0, 2, 0, 0, 0];
    assert_eq!(sent(&get)[16..], want);

    let set = SetVlan {
        index: 5,
        vid: 5,
        last: Some(6),
        state: Some(4),
        mcast_router: Some(1),
    };
    let want = [
        7, 0, 0, 0, 5, 0, 0, 0, // br_vlan_msg
        0x24, 0, 1, 0x80, // BRIDGE_VLANDB_ENTRY
        8, 0, 1, 0, 0x40, 0, 5, 0, // info: ONLY_OPTS, 5
        6, 0, 2, 0, 6, 0, 0, 0, // range 6
        5, 0, 3, 0, 4, 0, 0, 0, // state
        5, 0, 6, 0, 1, 0, 0, 0, // mcast_router
    ];
    assert_eq!(sent(&set)[16..], want);

    let global = SetGlobalVlan {
        index: 2,
        vid: 3,
        last: Some(4),
        mcast_snooping: Some(1),
        mcast_querier: Some(1),
        igmp_version: Some(3),
        last_member_interval: Some(4),
        ..SetGlobalVlan::default()
    };
    let want = [
        7, 0, 0, 0, 2, 0, 0, 0, // br_vlan_msg
        0x38, 0, 2, 0x80, // BRIDGE_VLANDB_GLOBAL_OPTIONS
        6, 0, 1, 0, 3, 0, 0, 0, 6, 0, 2, 0, 4, 0, 0, 0, // id 3, range 4
        5, 0, 3, 0, 1, 0, 0, 0, // mcast_snooping
        5, 0, 15, 0, 1, 0, 0, 0, // mcast_querier
        5, 0, 4, 0, 3, 0, 0, 0, // igmp version
        12, 0, 8, 0, 4, 0, 0, 0, 0, 0, 0, 0, // last member interval
    ];
    assert_eq!(sent(&global)[16..], want);
}

proptest! {
    #[test]
    fn entries_are_read_back(index: u32, vid: u16, last: Option<u16>, state: Option<u8>, mcast_router: Option<u8>) {
        let bytes = sent(&SetVlan { index, vid, last, state, mcast_router });
        let vlans = parse(&bytes).unwrap();
        prop_assert_eq!(vlans.index, index);
        prop_assert_eq!(vlans.globals().count(), 0);
        let read: Vec<_> = vlans.entries().collect();
        prop_assert_eq!(read.len(), 1);
        prop_assert_eq!(read[0].info.map(|i| i.vid), Some(vid));
        prop_assert_eq!((read[0].range, read[0].state, read[0].mcast_router), (last, state, mcast_router));
        prop_assert_eq!(read[0].malformed.count, 0);
        for len in 0..bytes.len() {
            prop_assert!(parse(&bytes[..len]).is_none());
            let mut cut = bytes[..len].to_vec();
            if let Some(field) = cut.get_mut(..4) {
                field.copy_from_slice(&u32::try_from(len).unwrap().to_ne_bytes());
                let fewer = parse(&cut).map_or(0, |v| v.entries().count());
                prop_assert!(fewer == 0, "an entry out of {} bytes", len);
            }
        }
    }

    #[test]
    fn globals_are_read_back(
        vid: u16,
        last: Option<u16>,
        bytes8: [Option<u8>; 4],
        counts: [Option<u32>; 2],
        intervals: [Option<u64>; 6],
    ) {
        let set = SetGlobalVlan {
            index: 9,
            vid,
            last,
            mcast_snooping: bytes8[0],
            mcast_querier: bytes8[1],
            igmp_version: bytes8[2],
            mld_version: bytes8[3],
            last_member_count: counts[0],
            last_member_interval: intervals[0],
            startup_query_count: counts[1],
            startup_query_interval: intervals[1],
            membership_interval: intervals[2],
            querier_interval: intervals[3],
            query_interval: intervals[4],
            query_response_interval: intervals[5],
        };
        let bytes = sent(&set);
        let read: Vec<_> = parse(&bytes).unwrap().globals().collect();
        prop_assert_eq!(read.len(), 1);
        let g = &read[0];
        prop_assert_eq!((g.vid, g.range), (Some(vid), last));
        prop_assert_eq!([g.mcast_snooping, g.mcast_querier, g.igmp_version, g.mld_version], bytes8);
        prop_assert_eq!([g.last_member_count, g.startup_query_count], counts);
        prop_assert_eq!(
            [
                g.last_member_interval,
                g.startup_query_interval,
                g.membership_interval,
                g.querier_interval,
                g.query_interval,
                g.query_response_interval,
            ],
            intervals
        );
    }

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        if let Some(vlans) = parse(&bytes) {
            prop_assert!(vlans.entries().count() + vlans.globals().count() <= bytes.len());
        }
    }
}
