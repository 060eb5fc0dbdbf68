//! A device's counters, added up as /proc/net/dev has them.

use crate::out::Out;
use netlink_raw::wire::LinkStats64;

/// The four lines of a device.
pub(super) fn counters(out: &mut Out, s: &LinkStats64) {
    let frame = s
        .rx_length_errors
        .wrapping_add(s.rx_over_errors)
        .wrapping_add(s.rx_crc_errors)
        .wrapping_add(s.rx_frame_errors);
    let carrier = s
        .tx_carrier_errors
        .wrapping_add(s.tx_aborted_errors)
        .wrapping_add(s.tx_window_errors)
        .wrapping_add(s.tx_heartbeat_errors);
    traffic(out, "RX", s.rx_packets, s.rx_bytes);
    out.raw(format_args!(
        "        RX errors {}  dropped {}  overruns {}  frame {frame}\n",
        s.rx_errors,
        rx_dropped(s),
        s.rx_fifo_errors
    ));
    traffic(out, "TX", s.tx_packets, s.tx_bytes);
    out.raw(format_args!(
        "        TX errors {}  dropped {} overruns {}  carrier {carrier}  collisions {}\n",
        s.tx_errors, s.tx_dropped, s.tx_fifo_errors, s.collisions
    ));
}

/// The columns of a row.
pub(super) fn counters_short(out: &mut Out, s: &LinkStats64) {
    out.raw(format_args!(
        "{:8} {:6} {:6} {:<6} {:8} {:6} {:6} {:6} ",
        s.rx_packets,
        s.rx_errors,
        rx_dropped(s),
        s.rx_fifo_errors,
        s.tx_packets,
        s.tx_errors,
        s.tx_dropped,
        s.tx_fifo_errors
    ));
}

fn rx_dropped(s: &LinkStats64) -> u64 {
    s.rx_dropped.wrapping_add(s.rx_missed_errors)
}

fn traffic(out: &mut Out, direction: &str, packets: u64, bytes: u64) {
    let (tenths, unit) = human(bytes);
    let (whole, tenth) = (tenths / 10, tenths % 10);
    out.raw(format_args!(
        "        {direction} packets {packets}  bytes {bytes} ({whole}.{tenth} {unit})\n"
    ));
}

/// Tenths of the largest unit below it, with net-tools' rounding of very large numbers.
fn human(bytes: u64) -> (u64, &'static str) {
    const UNITS: [(u32, &str); 5] = [
        (50, "PiB"),
        (40, "TiB"),
        (30, "GiB"),
        (20, "MiB"),
        (10, "KiB"),
    ];
    if bytes > 1 << 60 {
        return (bytes / 115_292_150_460_684_697, "EiB");
    }
    let Some((bits, unit)) = UNITS.into_iter().find(|(bits, _)| bytes > 1 << bits) else {
        return (bytes * 10, "B");
    };
    match bytes
        .checked_mul(10)
        .filter(|n| *n <= i64::MAX.cast_unsigned())
    {
        Some(tenfold) => (tenfold >> bits, unit),
        None => (bytes / 112_589_990_684_262, unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Judged by net-tools 2.10.
    #[test]
    fn units() {
        for (bytes, want) in [
            (0, (0, "B")),
            (1024, (10_240, "B")),
            (1025, (10, "KiB")),
            (1 << 20, (10_240, "KiB")),
            ((1 << 20) + 1, (10, "MiB")),
            (10_485_760, (100, "MiB")),
            ((1 << 30) + 1, (10, "GiB")),
            (1 << 40, (10_240, "GiB")),
            ((1 << 40) + 1, (10, "TiB")),
            ((1 << 50) + 1, (10, "PiB")),
            (922_337_203_685_477_580, (8191, "PiB")),
            (922_337_203_685_477_581, (8192, "PiB")),
            (u64::MAX, (160, "EiB")),
        ] {
            assert_eq!(human(bytes), want, "{bytes}");
        }
    }
}
