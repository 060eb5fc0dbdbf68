//! Names and numbers of network namespaces, in text and in JSON.

use crate::out::Out;
use netlink_raw::route::nsid::Nsid;

/// A line of `netns list`: the name, and the number that the namespace has here.
pub fn name(out: &mut Out, name: &[u8], id: Option<i32>) {
    out.object(|out| {
        out.field("name", name, name);
        if let Some(id) = id {
            out.field("id", id, (" (id: ", id, ")"));
        }
        out.end_line();
    });
}

/// A line of `netns list-id`, or of the monitor: a number, and the name that belongs to it here.
pub fn id(out: &mut Out, nsid: &Nsid, name: Option<&[u8]>, deleted: bool) {
    out.object(|out| {
        if deleted {
            out.field("deleted", true, "Deleted ");
        }
        match nsid.assigned() {
            Some(id) => out.field("nsid", id, ("nsid ", id, " ")),
            None => out.text("nsid unassigned "),
        }
        match nsid.current {
            Some(id) if id >= 0 => out.field("current-nsid", id, ("current-nsid ", id, " ")),
            Some(_) => out.text("current-nsid unassigned "),
            None => {}
        }
        if let Some(name) = name {
            out.field("name", name, ("(iproute2 netns name: ", name, ")"));
        }
        out.end_line();
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use netlink_raw::decode::Messages;

    fn shown(json: bool, print: impl FnOnce(&mut Out)) -> String {
        let mut out = Out::memory(&Options {
            json,
            ..Options::default()
        });
        out.document(print);
        String::from_utf8(out.take()).unwrap()
    }

    /// `RTM_NEWNSID` with these attributes.
    fn nsid(attrs: &[(u16, i32)]) -> Nsid {
        let mut body = vec![0; 4];
        for (kind, value) in attrs {
            body.extend_from_slice(&8u16.to_ne_bytes());
            body.extend_from_slice(&kind.to_ne_bytes());
            body.extend_from_slice(&value.to_ne_bytes());
        }
        let mut bytes = u32::try_from(16 + body.len())
            .unwrap()
            .to_ne_bytes()
            .to_vec();
        bytes.extend_from_slice(&[88, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
        bytes.extend(body);
        Nsid::parse(&Messages::new(&bytes).next().unwrap().unwrap()).unwrap()
    }

    /// Judged by iproute2 6.1.
    #[test]
    fn names_as_ip_lists_them() {
        let both = |out: &mut Out| {
            name(out, b"y", None);
            name(out, b"x", Some(5));
        };
        assert_eq!(shown(false, both), "y\nx (id: 5)\n");
        assert_eq!(
            shown(true, both),
            "[{\"name\":\"y\"},{\"name\":\"x\",\"id\":5}]\n"
        );
    }

    /// Judged by iproute2 6.1.
    #[test]
    fn numbers_as_ip_lists_them() {
        for (attrs, name, text, json) in [
            (
                &[(1, 16)][..],
                Some(&b"a"[..]),
                "nsid 16 (iproute2 netns name: a)\n",
                "[{\"nsid\":16,\"name\":\"a\"}]\n",
            ),
            (&[(1, 0)], None, "nsid 0 \n", "[{\"nsid\":0}]\n"),
            (
                &[(1, 3), (5, -1)],
                None,
                "nsid 3 current-nsid unassigned \n",
                "[{\"nsid\":3}]\n",
            ),
            (
                &[(1, -1), (5, 4)],
                Some(b"b"),
                "nsid unassigned current-nsid 4 (iproute2 netns name: b)\n",
                "[{\"current-nsid\":4,\"name\":\"b\"}]\n",
            ),
        ] {
            let nsid = nsid(attrs);
            assert_eq!(shown(false, |out| id(out, &nsid, name, false)), text);
            assert_eq!(shown(true, |out| id(out, &nsid, name, false)), json);
        }
        let gone = nsid(&[(1, 5)]);
        assert_eq!(
            shown(false, |out| id(out, &gone, Some(b"b"), true)),
            "Deleted nsid 5 (iproute2 netns name: b)\n"
        );
    }
}
