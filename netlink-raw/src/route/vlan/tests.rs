//! Requests against the bytes of iproute2 6.1, views against messages as the kernel builds them.

use super::*;
use crate::decode::{Attrs, Messages};
use crate::encode::Batch;
use proptest::prelude::*;

fn body(message: &dyn Message) -> Vec<u8> {
    let mut buf = [0; 256];
    let mut batch = Batch::new(&mut buf);
    batch.push(message, 0, 1).unwrap();
    batch.as_bytes()[16..].to_vec()
}

/// `ifinfomsg`: AF_BRIDGE, index 5.
const HEAD: [u8; 16] = [7, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

#[test]
#[cfg(target_endian = "little")]
fn requests_are_those_of_iproute2() {
    let one = PortVlan {
        index: 5,
        vid: 5,
        ..PortVlan::default()
    };
    let vlan = [12, 0, 26, 0, 8, 0, 2, 0, 0, 0, 5, 0];
    assert_eq!(body(&AddPortVlan(one)), [&HEAD[..], &vlan].concat());
    assert_eq!(AddPortVlan(one).kind(), 19);

    let two = PortVlan {
        last: Some(6),
        ..one
    };
    let range = [
        20, 0, 26, 0, // IFLA_AF_SPEC, not marked as a nest
        8, 0, 2, 0, 8, 0, 5, 0, // IFLA_BRIDGE_VLAN_INFO, begin, 5
        8, 0, 2, 0, 16, 0, 6, 0, // end, 6
    ];
    assert_eq!(body(&DelPortVlan(two)), [&HEAD[..], &range].concat());
    assert_eq!(DelPortVlan(two).kind(), 17);

    let tunnels = PortVlan {
        last: Some(9),
        tunnel: Some((10, Some(14))),
        ..one
    };
    let nests = [
        0x3c, 0, 26, 0, // IFLA_AF_SPEC
        0x1c, 0, 3, 0, 8, 0, 1, 0, 10, 0, 0, 0, 6, 0, 2, 0, 5, 0, 0, 0, 6, 0, 3, 0, 8, 0, 0,
        0, //
        0x1c, 0, 3, 0, 8, 0, 1, 0, 14, 0, 0, 0, 6, 0, 2, 0, 9, 0, 0, 0, 6, 0, 3, 0, 16, 0, 0, 0,
    ];
    assert_eq!(body(&AddPortVlan(tunnels)), [&HEAD[..], &nests].concat());
}

prop_compose! {
    fn any_vlan()(
        index: i32,
        bridge_flags: Option<u16>,
        vid: u16,
        last: Option<u16>,
        flags in 0u16..8,
        tunnel: Option<(u32, Option<u32>)>,
    ) -> PortVlan {
        PortVlan { index, bridge_flags, vid, last, flags, tunnel }
    }
}

fn spec(bytes: &[u8]) -> Option<Attr<'_>> {
    Attrs::new(bytes.get(16..)?).find(IFLA_AF_SPEC)
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(vlan in any_vlan()) {
        let bytes = body(&AddPortVlan(vlan));
        let spec = spec(&bytes).unwrap();
        let ends: Vec<(u16, u16)> = match vlan.last {
            None => vec![(vlan.vid, vlan.flags)],
            Some(last) => vec![(vlan.vid, vlan.flags | 8), (last, vlan.flags | 16)],
        };
        match vlan.tunnel {
            None => {
                let read: Vec<_> = port_vlans(spec).map(|v| v.map(|v| (v.vid, v.flags))).collect();
                prop_assert_eq!(read, ends.into_iter().map(Ok).collect::<Vec<_>>());
                prop_assert_eq!(port_tunnels(spec).count(), 0);
            }
            Some((first, last)) => {
                let read: Vec<_> = port_tunnels(spec).map(|t| (t.id, t.vid, t.flags)).collect();
                let ids = [first, last.unwrap_or(first)];
                let want: Vec<_> = ends.iter().zip(ids).map(|(e, id)| (Some(id), Some(e.0), e.1)).collect();
                prop_assert_eq!(read, want);
                prop_assert_eq!(port_vlans(spec).count(), 0);
            }
        }
        // Cut anywhere, it says less and does not fail.
        for len in 0..bytes.len() {
            if let Some(spec) = super::tests::spec(&bytes[..len]) {
                prop_assert!(port_vlans(spec).count() + port_tunnels(spec).count() <= 2);
            }
        }
    }

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        let spec = Attr { kind: IFLA_AF_SPEC, marked_nested: false, value: &bytes };
        let read = port_vlans(spec).count() + port_tunnels(spec).count();
        prop_assert!(read <= bytes.len());
        prop_assert!(Messages::new(&bytes).count() <= bytes.len());
    }
}
