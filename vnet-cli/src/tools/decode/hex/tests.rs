//! One message in every layout.

use super::{Parsed, parse};

/// An acknowledgement of 36 bytes.
const ACK: [u8; 36] = [
    0x24, 0, 0, 0, 2, 0, 0, 1, 5, 0, 0, 0, 0x4d, 0, 0, 0, 0, 0, 0, 0, 0x58, 0, 0, 0, 0x10, 0, 5, 6,
    5, 0, 0, 0, 0, 0, 0, 0,
];

fn bytes(text: &str) -> Vec<Vec<u8>> {
    parse(text).pieces.into_iter().map(|p| p.bytes).collect()
}

/// As the tools print it.
const LAYOUTS: &[(&str, &str)] = &[
    (
        "xxd",
        "00000000: 2400 0000 0200 0001 0500 0000 4d00 0000  $...........M...\n\
         00000010: 0000 0000 5800 0000 1000 0506 0500 0000  ....X...........\n\
         00000020: 0000 0000                                ....\n",
    ),
    (
        "xxd -e",
        "00000000: 00000024 01000002 00000005 0000004d  $...........M...\n\
         00000010: 00000000 00000058 06050010 00000005  ....X...........\n\
         00000020: 00000000                             ....\n",
    ),
    (
        "xxd -g1",
        "00000000: 24 00 00 00 02 00 00 01 05 00 00 00 4d 00 00 00  $...........M...\n\
         00000010: 00 00 00 00 58 00 00 00 10 00 05 06 05 00 00 00  ....X...........\n\
         00000020: 00 00 00 00                                      ....\n",
    ),
    (
        "xxd -p",
        "240000000200000105000000 4d00000000000000580000001000050605\n00000000000000\n",
    ),
    (
        "xxd -i",
        "unsigned char ack_bin[] = {\n  0x24, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x01, 0x05, 0x00, 0x00, 0x00,\n  \
         0x4d, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x58, 0x00, 0x00, 0x00,\n  \
         0x10, 0x00, 0x05, 0x06, 0x05, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00\n};\nunsigned int ack_bin_len = 36;\n",
    ),
    (
        "hexdump -C",
        "00000000  24 00 00 00 02 00 00 01  05 00 00 00 4d 00 00 00  |$...........M...|\n\
         00000010  00 00 00 00 58 00 00 00  10 00 05 06 05 00 00 00  |....X...........|\n\
         00000020  00 00 00 00                                       |....|\n00000024\n",
    ),
    (
        "hexdump",
        "0000000 0024 0000 0002 0100 0005 0000 004d 0000\n\
         0000010 0000 0000 0058 0000 0010 0605 0005 0000\n\
         0000020 0000 0000                              \n0000024\n",
    ),
    (
        "od -t x1",
        "0000000 24 00 00 00 02 00 00 01 05 00 00 00 4d 00 00 00\n\
         0000020 00 00 00 00 58 00 00 00 10 00 05 06 05 00 00 00\n\
         0000040 00 00 00 00\n0000044\n",
    ),
    (
        "od -t x4 -A d",
        "0000000 00000024 01000002 00000005 0000004d\n\
         0000016 00000000 00000058 06050010 00000005\n\
         0000032 00000000\n0000036\n",
    ),
    (
        "od -t x1z -A n",
        " 24 00 00 00 02 00 00 01 05 00 00 00 4d 00 00 00  >$...........M...<\n \
         00 00 00 00 58 00 00 00 10 00 05 06 05 00 00 00  >....X...........<\n \
         00 00 00 00                                      >....<\n",
    ),
    (
        "tcpdump -X",
        "12:00:00.000000 unknown\n\
         \t0x0000:  2400 0000 0200 0001 0500 0000 4d00 0000  $...........M...\n\
         \t0x0010:  0000 0000 5800 0000 1000 0506 0500 0000  ....X...........\n\
         \t0x0020:  0000 0000                                ....\n",
    ),
    (
        "Wireshark",
        "0000   24 00 00 00 02 00 00 01 05 00 00 00 4d 00 00 00   $...........M...\n\
         0010   00 00 00 00 58 00 00 00 10 00 05 06 05 00 00 00   ....X...........\n\
         0020   00 00 00 00                                       ....\n",
    ),
    (
        "the kernel's log",
        "[   12.3] nl: 00000000: 24 00 00 00 02 00 00 01 05 00 00 00 4d 00 00 00  $...........M...\n\
         [   12.3] nl: 00000010: 00 00 00 00 58 00 00 00 10 00 05 06 05 00 00 00  ....X...........\n\
         [   12.3] nl: 00000020: 00 00 00 00                                      ....\n",
    ),
    (
        "gdb x/8xb",
        "0x7fffe0:\t0x24\t0x00\t0x00\t0x00\t0x02\t0x00\t0x00\t0x01\n\
         0x7fffe8:\t0x05\t0x00\t0x00\t0x00\t0x4d\t0x00\t0x00\t0x00\n\
         0x7ffff0:\t0x00\t0x00\t0x00\t0x00\t0x58\t0x00\t0x00\t0x00\n\
         0x7ffff8:\t0x10\t0x00\t0x05\t0x06\t0x05\t0x00\t0x00\t0x00\n\
         0x800000:\t0x00\t0x00\t0x00\t0x00\n",
    ),
    (
        "gdb x/4xw",
        "0x7fffe0:\t0x00000024\t0x01000002\t0x00000005\t0x0000004d\n\
         0x7ffff0:\t0x00000000\t0x00000058\t0x06050010\t0x00000005\n\
         0x800000:\t0x00000000\n",
    ),
    (
        "labelled",
        "got 36 bytes: 24 00 00 00 02 00 00 01 05 00 00 00 4d 00 00 00 00 00 00 00 58 00 00 00 10 00 05 06 05 00 00 \
         00 00 00 00 00\n",
    ),
    (
        "colons",
        "24:00:00:00:02:00:00:01:05:00:00:00:4D:00:00:00:00:00:00:00:58:00:00:00:10:00:05:06:05:00:00:00:00:00:00:00",
    ),
    (
        "a string of C",
        "char ack[] =\n    \"\\x24\\0\\0\\0\\x02\\0\\0\\x01\\5\\0\\0\\0M\\0\\0\\0\"\n    \
         \"\\0\\0\\0\\0X\\0\\0\\0\\x10\\0\\005\\6\\5\\0\\0\\0\\0\\0\\0\\0\";\n",
    ),
    (
        "bytes of Python",
        "b'$\\x00\\x00\\x00\\x02\\x00\\x00\\x01\\x05\\x00\\x00\\x00M\\x00\\x00\\x00\\x00\\x00\\x00\\x00X\\x00\\x00\\x00\
         \\x10\\x00\\x05\\x06\\x05\\x00\\x00\\x00\\x00\\x00\\x00\\x00'\n",
    ),
    (
        "bpftrace",
        "Attaching 1 probe...\nsendmsg $\\x00\\x00\\x00\\x02\\x00\\x00\\x01\\x05\\x00\\x00\\x00M\\x00\\x00\\x00\\x00\
         \\x00\\x00\\x00X\\x00\\x00\\x00\\x10\\x00\\x05\\x06\\x05\\x00\\x00\\x00\\x00\\x00\\x00\\x00\n",
    ),
    (
        "broken into lines anywhere",
        "2400000002000001050\n000004d000000000000\n00580000001000050605\n00000000000000",
    ),
];

/// A message in every layout.
pub(in crate::tools::decode) fn layouts() -> impl Iterator<Item = &'static str> {
    LAYOUTS.iter().map(|(_, text)| *text)
}

#[test]
fn every_layout_is_the_same_message() {
    for (name, text) in LAYOUTS {
        assert_eq!(bytes(text), [ACK], "{name}");
        let windows = text.replace('\n', "\r\n");
        assert_eq!(bytes(&windows), [ACK], "{name}, lines of Windows");
        // A dump of which the end is missing is what is left of it.
        for end in 0..text.len() {
            let _ = text.get(..end).map(parse);
        }
    }
}

#[test]
fn lines_that_repeat() {
    let dump =
        "0000000 ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff\n*\n0000060 01 02\n0000062\n";
    let mut expected = vec![0xff; 48];
    expected.extend([1, 2]);
    assert_eq!(bytes(dump), [expected.clone()]);
    let hexdump = "00000000  ff ff ff ff ff ff ff ff  ff ff ff ff ff ff ff ff  |................|\n*\n\
                   00000030  01 02                                             |..|\n00000032\n";
    assert_eq!(bytes(hexdump), [expected]);
    let endless = "0000 ff ff ff ff\n0004 ff ff ff ff\n*\nffffffffffffffff 00\n";
    let parsed = parse(endless);
    assert!(
        parsed.notes[0].1.contains("are missing before offset"),
        "{parsed:?}"
    );
    let unknown = parse(" 00 01 02 03\n*\n 04\n");
    assert_eq!(unknown.pieces[0].bytes, [0, 1, 2, 3]);
    assert_eq!(unknown.notes[0].0, 2);
}

/// Characters beside the bytes that look like bytes.
#[test]
fn characters_are_no_bytes() {
    let dump = "00000000: 6465 6164 6265 6566 2063 6166 6520 6162  deadbeef cafe ab\n\
                00000010: 6162                                     ab\n";
    assert_eq!(bytes(dump), [b"deadbeef cafe abab"]);
    let spaced = "00000000  61 62 20 63 64 20 65 66  20 30 31 20 32 33 20 34  |ab cd ef 01 23 4|\n\
                  00000010  61 62 20 63 64 20 65 66  20 30                    |ab cd ef 0|\n";
    assert_eq!(bytes(spaced), [b"ab cd ef 01 23 4ab cd ef 0"]);
}

#[test]
fn several_datagrams() {
    let one = "00000000: 2400 0000 0200 0001 0500 0000 4d00 0000\n00000010: 0000 0000 5800 0000 1000 0506 0500 0000\n\
               00000020: 0000 0000\n";
    assert_eq!(bytes(&format!("{one}{one}")), [ACK, ACK]);
    let hex: String = ACK.iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(bytes(&format!("{hex}\n{hex}\n")), [ACK, ACK]);
    let spaced: String = ACK.iter().map(|b| format!("{b:02x} ")).collect();
    assert_eq!(bytes(&format!("{spaced}\n\n{spaced}\n")), [ACK, ACK]);
}

#[test]
fn what_is_no_hex_is_said() {
    let stray = |text: &str| -> Parsed { parse(text) };
    let parsed = stray("24 00 00 zz 00\n01 02\n");
    assert_eq!(parsed.pieces[0].bytes, [0x24, 0, 0, 1, 2]);
    assert_eq!(
        parsed.notes,
        [(1, "'zz' is no hex: the rest of the line is left out".into())]
    );
    let parsed = stray("24 00 000 01\n02\n");
    assert_eq!(parsed.pieces[0].bytes, [0x24, 0, 0]);
    assert_eq!(
        parsed.notes,
        [(1, "'000' has an odd number of digits".into())]
    );
    let parsed = stray("00000000: 0102 0304\n00000010: 0506\n");
    assert_eq!(parsed.pieces.len(), 2);
    assert!(
        parsed.notes[0].1.starts_with("12 bytes are missing"),
        "{parsed:?}"
    );
    assert_eq!(parse(""), Parsed::default());
    assert_eq!(parse("\n \r\n"), Parsed::default());
    assert!(
        super::is("24 00 00 00") && !super::is("Nothing here is netlink, be it a message or not.")
    );
}
