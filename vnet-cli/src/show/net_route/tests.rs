//! Rows of the tables: judged by net-tools 2.10 for the same routes.

use super::inet6::{row, show};
use super::*;
use crate::options::Options;

fn row_of(dst: [u8; 4], prefix: u8, gateway: Option<[u8; 4]>, device: &str) -> Row {
    Row {
        dst: dst.into(),
        prefix,
        gateway: gateway.map(Ipv4Addr::from),
        by_gateway: gateway.is_some(),
        reject: false,
        metric: 0,
        device: Some(device.into()),
        mss: 0,
        window: 0,
        irtt: 0,
    }
}

fn text(row: &Row, numeric: bool, extend: u8) -> String {
    let mut out = Out::memory(&Options::default());
    row_shown(&mut out, row, Form { numeric, extend }, &Names::default());
    String::from_utf8(out.take()).unwrap()
}

#[test]
fn rows_of_the_ipv4_table() {
    let default = row_of([0; 4], 0, Some([10, 0, 0, 2]), "v0");
    let wide = Row {
        metric: 100,
        mss: 1040,
        window: 1000,
        irtt: 40,
        ..row_of([10, 2, 0, 0], 16, Some([10, 0, 0, 2]), "averylongname01")
    };
    let host = row_of([10, 3, 0, 1], 32, None, "v1");
    let last = Row {
        metric: u32::MAX,
        device: None,
        ..row_of([10, 12, 0, 0], 16, None, "")
    };
    let reject = Row {
        reject: true,
        device: None,
        ..row_of([10, 6, 0, 0], 16, None, "")
    };
    for (row, numeric, extend, want) in [
        (
            &default,
            true,
            0,
            "0.0.0.0         10.0.0.2        0.0.0.0         UG    0      0        0 v0\n",
        ),
        (
            &default,
            false,
            0,
            "default         10.0.0.2        0.0.0.0         UG    0      0        0 v0\n",
        ),
        (
            &host,
            true,
            0,
            "10.3.0.1        0.0.0.0         255.255.255.255 UH    0      0        0 v1\n",
        ),
        (
            &last,
            true,
            0,
            "10.12.0.0       0.0.0.0         255.255.0.0     U     -1     0        0 *\n",
        ),
        (
            &reject,
            true,
            0,
            "10.6.0.0        -               255.255.0.0     !     0      -        0 -\n",
        ),
        (
            &wide,
            true,
            0,
            "10.2.0.0        10.0.0.2        255.255.0.0     UG    100    0        0 averylongname01\n",
        ),
        (
            &wide,
            true,
            1,
            "10.2.0.0        10.0.0.2        255.255.0.0     UG     1040 1000      40 averylongname01\n",
        ),
        (
            &reject,
            true,
            1,
            "10.6.0.0        -               255.255.0.0     !         - -          - -\n",
        ),
        (
            &wide,
            true,
            2,
            "10.2.0.0        10.0.0.2        255.255.0.0     UG    100    0        0 averyl   1040  1000   40\n",
        ),
        (
            &reject,
            true,
            2,
            "10.6.0.0        -               255.255.0.0     !     0      -        0 -        -     -      -\n",
        ),
        (&default, true, 3, ""),
    ] {
        assert_eq!(text(row, numeric, extend), want);
    }
    assert_eq!(cut("averyveryverylongname.example.com"), "averyveryverylo");
    assert_eq!(cut("gate"), "gate");
}

#[test]
fn rows_of_the_ipv6_table() {
    let zero = "00000000000000000000000000000000";
    let shown = |line: &str, numeric| {
        let mut out = Out::memory(&Options::default());
        let form = Form { numeric, extend: 0 };
        show(&mut out, &row(line).unwrap(), form, &Names::default());
        String::from_utf8(out.take()).unwrap()
    };
    let unreachable = format!(
        "20010db8000500000000000000000000 30 {zero} 00 {zero} 00000400 00000002 00000000 00200200       lo"
    );
    assert_eq!(
        shown(&unreachable, false),
        "2001:db8:5::/48                [::]                       !n   1024 2      0 lo\n"
    );
    assert_eq!(
        shown(&unreachable, true),
        "2001:db8:5::/48                ::                         !n   1024 2      0 lo\n"
    );
    let all = format!(
        "20010db80000000000000000ffffffff 80 {zero} 00 fe800000000000000000000000000001 ffffffff 12345678 00000003 ffffffff       v0"
    );
    assert_eq!(
        shown(&all, true),
        "2001:db8::ffff:ffff/128        fe80::1                    U!GHDACaemnf -1  305419896      3 v0\n"
    );
    for broken in [
        "",
        "x",
        "1 2 3 4 5 6 7 8 9",
        "g 0 0 0 0 0 0 0 0 lo",
        "0 fff 0 0 0 0 0 0 0 lo",
    ] {
        assert_eq!(row(broken), None, "{broken}");
    }
}
