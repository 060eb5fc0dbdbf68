//! The phases' histograms as an HdrHistogram interval log, version 1.3, which the tools around it plot and merge.
//!
//! One line a phase, with the phase's name as its tag (`kernel-clean-up` for want of blanks). Values are
//! nanoseconds an object. A histogram is in encoding V2 within a zlib stream (RFC 1950), as the tools
//! demand it, but stored: a compressor for these few kilobytes is twenty of program.

use super::Report;
use super::text::put;
use hdrhistogram::Histogram;

/// First word of a histogram in encoding V2.
const COOKIE: u32 = 0x1c84_9313;

/// First word of one that is compressed.
const COMPRESSED: u32 = 0x1c84_9314;

/// Most bytes of a stored block (RFC 1951, 3.2.4).
const BLOCK: usize = 0xffff;

/// The whole log.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut to = String::from("#[vnet churn: nanoseconds an object, by phase]\n");
    to.push_str("#[Histogram log format version 1.3]\n");
    let start = report.since_epoch();
    let (s, ms) = (start.as_secs(), start.subsec_millis());
    put(
        &mut to,
        format_args!("#[StartTime: {s}.{ms:03} (seconds since epoch)]\n"),
    );
    to.push_str("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n");
    for (phase, total) in report.measurements.iter() {
        let samples = &total.samples;
        let Some(max) = samples.max() else {
            continue;
        };
        let tag = phase.name().replace(' ', "-");
        let first = samples.series().slots().next().map_or(0, |(at, _)| at);
        put(
            &mut to,
            format_args!(
                "Tag={tag},{:.3},{:.3},{:.3},",
                first as f64 / 1e9,
                total.wall.as_secs_f64(),
                // The log has it in milliseconds.
                max as f64 / 1e6,
            ),
        );
        base64(&compressed(&encoded(samples.histogram())), &mut to);
        to.push('\n');
    }
    to
}

/// Encoding V2: a header of big-endian words, then the counts up to the last.
fn encoded(histogram: &Histogram<u64>) -> Vec<u8> {
    let mut counts = Vec::new();
    let mut zeros = 0u64;
    for cell in histogram.iter_all() {
        match cell.count_at_value() {
            0 => zeros += 1,
            count => {
                match std::mem::take(&mut zeros) {
                    0 => {}
                    // One is written as the count it is, more as how many, negative.
                    1 => counts.push(0),
                    many => varint(many * 2 - 1, &mut counts),
                }
                varint(count << 1, &mut counts);
            }
        }
    }
    let mut to = Vec::with_capacity(counts.len() + 40);
    let length = u32::try_from(counts.len()).unwrap_or(u32::MAX);
    let digits = u32::from(histogram.sigfig());
    // Behind the length the offset that normalises indices: none.
    for word in [COOKIE, length, 0, digits] {
        to.extend_from_slice(&word.to_be_bytes());
    }
    for word in [histogram.low(), histogram.high(), 1f64.to_bits()] {
        to.extend_from_slice(&word.to_be_bytes());
    }
    to.append(&mut counts);
    to
}

/// Seven bits a byte, the lowest first; the ninth byte has eight.
fn varint(mut n: u64, to: &mut Vec<u8>) {
    for _ in 0..8 {
        if n < 0x80 {
            break;
        }
        to.push(n as u8 | 0x80);
        n >>= 7;
    }
    to.push(n as u8);
}

/// A zlib stream of stored blocks, behind the words that announce it.
fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut zlib = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(BLOCK).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        zlib.push(blocks.peek().is_none().into());
        zlib.extend_from_slice(&length.to_le_bytes());
        zlib.extend_from_slice(&(!length).to_le_bytes());
        zlib.extend_from_slice(block);
    }
    let (mut a, mut b) = (1u32, 0u32);
    for &byte in bytes {
        a = (a + u32::from(byte)) % 65521;
        b = (b + a) % 65521;
    }
    zlib.extend_from_slice(&(b << 16 | a).to_be_bytes());
    let mut to = COMPRESSED.to_be_bytes().to_vec();
    to.extend_from_slice(&(zlib.len() as u32).to_be_bytes());
    to.append(&mut zlib);
    to
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8], to: &mut String) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for three in bytes.chunks(3) {
        let byte = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * i) & 0x3f) as usize];
            to.push(if i <= three.len() { digit.into() } else { '=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{example, nothing};
    use super::*;
    use hdrhistogram::serialization::Deserializer;
    use hdrhistogram::serialization::interval_log::{IntervalLogIterator, LogEntry};

    /// Read back by the crate that defines the format for Rust.
    #[test]
    fn the_log_is_what_its_readers_expect() {
        let report = example();
        let log = render(&report);
        let mut measured = report
            .measurements
            .iter()
            .filter(|(_, t)| t.samples.count() > 0);
        let mut read = 0;
        for entry in IntervalLogIterator::new(log.as_bytes()) {
            let LogEntry::Interval(line) = entry.unwrap() else {
                continue;
            };
            let (phase, total) = measured.next().unwrap();
            assert_eq!(line.tag().unwrap().as_str(), phase.name().replace(' ', "-"));
            assert!(line.duration().abs_diff(total.wall).as_millis() <= 1);
            let bytes = decoded(line.encoded_histogram());
            let histogram: Histogram<u64> =
                Deserializer::new().deserialize(&mut &bytes[..]).unwrap();
            assert_eq!(&histogram, total.samples.histogram());
            read += 1;
        }
        assert_eq!((read, measured.count()), (6, 0));
    }

    #[test]
    fn no_samples_are_no_lines() {
        assert!(
            render(&nothing())
                .lines()
                .all(|l| l.starts_with(['#', '"']))
        );
    }

    #[test]
    fn more_than_a_block() {
        let bytes: Vec<u8> = (0..BLOCK * 2 + 5).map(|i| (i * 7) as u8).collect();
        let mut whole = Vec::new();
        let packed = compressed(&bytes);
        let mut unpacked = flate2::read::ZlibDecoder::new(&packed[8..]);
        std::io::Read::read_to_end(&mut unpacked, &mut whole).unwrap();
        assert!(whole == bytes);
    }

    #[test]
    fn numbers_and_letters() {
        for (n, bytes) in [
            (0, &[0][..]),
            (127, &[127]),
            (128, &[0x80, 1]),
            (u64::MAX, &[0xff; 9]),
        ] {
            let mut to = Vec::new();
            varint(n, &mut to);
            assert_eq!(to, bytes);
        }
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ] {
            let mut to = String::new();
            base64(bytes.as_bytes(), &mut to);
            assert_eq!(to, text);
        }
    }

    fn decoded(base64: &str) -> Vec<u8> {
        use base64::Engine;
        base64::engine::general_purpose::STANDARD
            .decode(base64)
            .unwrap()
    }
}
