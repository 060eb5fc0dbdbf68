//! Addresses as iproute2 6.1 shows them.

use super::*;
use netlink_raw::decode::MessageRef;
use netlink_raw::encode::{Batch, Message};
use netlink_raw::route::addr::*;

/// What is shown of an address that the kernel would send.
fn shown(options: Options, dev: Option<&[u8]>, address: &AddressRequest<'_>) -> String {
    let mut buf = [0; 256];
    let mut batch = Batch::new(&mut buf);
    batch.push(address as &dyn Message, 0, 1).unwrap();
    let body = batch.as_bytes().get(16..).unwrap_or_default();
    let header = netlink_raw::wire::NlMsgHdr::default();
    let address = Address::parse(&MessageRef { header, body }).unwrap();
    let mut out = Out::memory(&options);
    let names = Names::in_directory("/nowhere", options.numeric);
    let style = Style {
        dev,
        deleted: false,
    };
    out.document(|out| out.object(|out| record(out, &options, &names, &address, style)));
    String::from_utf8(out.take()).unwrap()
}

fn v4() -> AddressRequest<'static> {
    AddressRequest {
        flags: IFA_F_NOPREFIXROUTE,
        scope: 253,
        address: Some([10, 1, 2, 4].into()),
        label: Some(b"v0:x"),
        broadcast: Some([10, 1, 2, 7].into()),
        lifetimes: Some(Lifetimes {
            preferred: 600,
            valid: 3600,
        }),
        priority: Some(77),
        ..AddressRequest::create(3, [10, 1, 2, 3].into(), 30)
    }
}

fn v6(flags: u32, preferred: u32) -> AddressRequest<'static> {
    AddressRequest {
        flags,
        lifetimes: Some(Lifetimes {
            preferred,
            valid: u32::MAX,
        }),
        ..AddressRequest::create(3, "2001:db8::1".parse().unwrap(), 64)
    }
}

#[test]
fn text() {
    let plain = Options::default();
    assert_eq!(
        shown(plain.clone(), None, &v4()),
        "    inet 10.1.2.3 peer 10.1.2.4/30 metric 77 brd 10.1.2.7 scope link dynamic noprefixroute v0:x\n\
         \x20      valid_lft 3600sec preferred_lft 600sec\n"
    );
    assert_eq!(
        shown(
            plain.clone(),
            None,
            &v6(IFA_F_PERMANENT | IFA_F_NODAD | 0x1000, u32::MAX)
        ),
        "    inet6 2001:db8::1/64 scope global nodad flags 1000 \n\
         \x20      valid_lft forever preferred_lft forever\n"
    );
    let past = v6(IFA_F_SECONDARY | IFA_F_DEPRECATED, u32::MAX - 4);
    assert_eq!(
        shown(plain, None, &past),
        "    inet6 2001:db8::1/64 scope global temporary deprecated dynamic \n\
         \x20      valid_lft forever preferred_lft -5sec\n"
    );
}

#[test]
fn a_line_each_and_a_word_each() {
    let oneline = Options {
        oneline: true,
        ..Options::default()
    };
    assert_eq!(
        shown(oneline, Some(b"v0"), &v6(IFA_F_PERMANENT, u32::MAX)),
        "3: v0    inet6 2001:db8::1/64 scope global \\       valid_lft forever preferred_lft forever\n"
    );
    let brief = Options {
        brief: true,
        ..Options::default()
    };
    assert_eq!(
        shown(brief, None, &v4()),
        "10.1.2.3 peer 10.1.2.4/30 metric 77 "
    );
}

#[test]
fn json() {
    let json = Options {
        json: true,
        oneline: true,
        ..Options::default()
    };
    assert_eq!(
        shown(json, Some(b"v0"), &v4()),
        "[{\"index\":3,\"dev\":\"v0\",\"family\":\"inet\",\"local\":\"10.1.2.3\",\"address\":\"10.1.2.4\",\
         \"prefixlen\":30,\"metric\":77,\"broadcast\":\"10.1.2.7\",\"scope\":\"link\",\"dynamic\":true,\
         \"noprefixroute\":true,\"label\":\"v0:x\",\"valid_life_time\":3600,\"preferred_life_time\":600}]\n"
    );
}

#[test]
fn numbers_and_colours() {
    let options = Options {
        numeric: true,
        color: Some(crate::out::color::When::Always),
        ..Options::default()
    };
    assert_eq!(
        shown(options, None, &v4()),
        "    inet \x1b[35m10.1.2.3\x1b[0m peer \x1b[35m10.1.2.4\x1b[0m/30 metric 77 \
         brd \x1b[35m10.1.2.7 \x1b[0mscope 253 dynamic noprefixroute v0:x\n\
         \x20      valid_lft 3600sec preferred_lft 600sec\n"
    );
}
