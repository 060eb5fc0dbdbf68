//! Errors, acknowledgements and the end of a dump: what they say, and of which request.

use super::attributes::{SILENT, attributes};
use super::body::Body;
use super::families::Families;
use super::item::{Name, Role, Shown};
use super::level::{Inside, Of, integer};
use super::memory::{RequestInfo, Sent};
use super::message::{contents, name_of};
use super::place;
use super::span::{Out, Span};
use crate::decode::Attrs;
use crate::exchange::{NLM_F_ACK_TLVS, NLM_F_CAPPED};
use crate::schema::Int;
use crate::schema::answer::*;
use crate::wire::{NlMsgErr, NlMsgHdr, align};
use zerocopy::FromBytes;

const HEADER: usize = size_of::<NlMsgHdr>();
const NUMBER: usize = size_of::<i32>();

/// An answer's parts, and the request that it is to.
pub(super) struct Answer<'a, 's> {
    /// Its number: 0, or a negative errno.
    pub(super) errno: Option<i32>,
    /// The request it carries: all that is between its number and its attributes.
    inner: Span<'a>,
    /// Fill bytes behind it.
    padding: Span<'a>,
    /// What else it says.
    tlvs: Span<'a>,
    /// The request as it was sent.
    sent: Option<(&'s RequestInfo, &'s [u8])>,
    /// The header of the request it carries.
    header: Option<NlMsgHdr>,
    protocol: u16,
    families: &'s Families,
}

impl<'a, 's> Answer<'a, 's> {
    /// Of an `NLMSG_ERROR`.
    pub(super) fn of_error(
        header: &NlMsgHdr,
        body: Span<'a>,
        protocol: u16,
        families: &'s Families,
        sent: &'s Sent,
    ) -> Self {
        let (number, rest) = body.split(NUMBER);
        let error = NlMsgErr::read_from_prefix(body.bytes).ok();
        let request = error.map(|(error, _)| error.request);
        // With NLM_F_CAPPED, which old kernels do not set, the request's own length tells more than is here.
        let whole = request.map_or(HEADER, |request| request.len as usize);
        let capped = header.flags & NLM_F_CAPPED != 0 || rest.len() <= HEADER;
        let len = if capped { HEADER } else { whole.max(HEADER) };
        let tlvs = header.flags & NLM_F_ACK_TLVS != 0;
        let (inner, behind) = rest.split(if tlvs { len } else { len.max(rest.len()) });
        let (padding, tlvs) = behind.split_padding(inner.len());
        Self {
            errno: integer(Int::S32, number.bytes).and_then(|(_, n)| i32::try_from(n?).ok()),
            inner,
            padding,
            tlvs,
            sent: sent.find(header.seq),
            header: request,
            protocol,
            families,
        }
    }

    /// Of an `NLMSG_DONE`.
    pub(super) fn of_done(
        header: &NlMsgHdr,
        body: Span<'a>,
        protocol: u16,
        families: &'s Families,
        sent: &'s Sent,
    ) -> Self {
        let (number, tlvs) = body.split(NUMBER);
        let (inner, _) = body.split(0);
        Self {
            errno: integer(Int::S32, number.bytes).and_then(|(_, n)| i32::try_from(n?).ok()),
            inner,
            padding: inner,
            tlvs,
            sent: sent.find(header.seq),
            header: None,
            protocol,
            families,
        }
    }

    /// What the answer is to: the request's type by name, its sequence number.
    pub(super) fn request(&self) -> Option<(String, u32)> {
        if let Some((info, _)) = self.sent {
            return Some((info.words.clone(), info.seq));
        }
        let header = self.header?;
        let body = self.inner.split(HEADER).1.bytes;
        let words = name_of(self.protocol, header.kind, body, self.families).1;
        Some((words, header.seq))
    }

    /// The text that the kernel wrote for people.
    pub(super) fn text(&self) -> Option<String> {
        let text = Attrs::new(self.tlvs.bytes).find(NLMSGERR_ATTR_MSG)?;
        Some(String::from_utf8_lossy(text.c_str()).into_owned())
    }

    /// The attribute that the answer is about, by the names of those it is inside.
    pub(super) fn about(&self) -> Option<String> {
        [NLMSGERR_ATTR_OFFS, NLMSGERR_ATTR_MISS_TYPE]
            .into_iter()
            .find_map(|number| self.says(number))
    }

    /// The request's bytes, where they are known, and what they are.
    fn bytes(&self) -> Option<(Body, &[u8])> {
        let bytes = match self.sent {
            Some((_, bytes)) => bytes,
            None if self.inner.len() > HEADER => self.inner.bytes,
            None => return None,
        };
        let (header, _) = NlMsgHdr::read_from_prefix(bytes).ok()?;
        Some((
            Body::of(self.protocol, header.kind, header.flags, self.families),
            bytes,
        ))
    }

    fn number(&self, attribute: u16) -> Option<u32> {
        Attrs::new(self.tlvs.bytes).find(attribute)?.read().ok()
    }

    /// What an attribute of the answer points at.
    fn says(&self, attribute: u16) -> Option<String> {
        let number = self.number(attribute)?;
        let (body, request) = self.bytes()?;
        let place = |offset: u32| place::find(body, request, offset as usize).words();
        match attribute {
            NLMSGERR_ATTR_OFFS | NLMSGERR_ATTR_MISS_NEST => place(number),
            NLMSGERR_ATTR_MISS_TYPE => {
                let nest = self.number(NLMSGERR_ATTR_MISS_NEST).map(|n| n as usize);
                let number = u16::try_from(number).ok()?;
                Some(place::missing(body, request, nest, number))
            }
            _ => None,
        }
    }

    /// The items of it all.
    pub(super) fn items(&self, out: &mut Out<'a, '_>, depth: usize, body: Span<'a>, done: bool) {
        let (number, rest) = body.split(NUMBER);
        let shown = match self.errno {
            Some(errno @ ..=0) => Shown::Errno(errno),
            Some(other) => Shown::Signed(other.into()),
            None => {
                let why = format!("{} bytes, where an error number of 4 stands", number.len());
                return out.fault(depth, number, Name::Known("error"), why);
            }
        };
        if done {
            out.leaf(depth, number, Role::Field, Name::Known("error"), shown);
        } else {
            let (whole, _) = body.split(NUMBER + self.inner.len());
            out.group(depth, whole, Role::Struct, Name::Known("nlmsgerr"));
            out.leaf(depth + 1, number, Role::Field, Name::Known("error"), shown);
            self.inner_items(out, depth + 1);
            out.padding(depth, self.padding);
        }
        let rest = if done { rest } else { self.tlvs };
        let inside = Inside {
            skip: 0,
            of: Of::Table(&ANSWER),
            family: 0,
        };
        // Each attribute may come many times; what the last says is looked up once.
        let known = [
            NLMSGERR_ATTR_OFFS,
            NLMSGERR_ATTR_MISS_TYPE,
            NLMSGERR_ATTR_MISS_NEST,
        ]
        .map(|number| (number, self.says(number)));
        let says = |number: u16| {
            let found = known.iter().find(|(n, _)| *n == number)?;
            found.1.clone()
        };
        attributes(out, depth, rest, &inside, None, &says);
    }

    fn inner_items(&self, out: &mut Out<'a, '_>, depth: usize) {
        if self.inner.is_empty() {
            return;
        }
        let Some(header) = self.header else {
            let left = self.inner.len();
            let why = format!("{left} bytes, fewer than the header of the request answered");
            return out.fault(depth, self.inner, Name::Known("msg"), why);
        };
        out.group(depth, self.inner, Role::Element, Name::Known("msg"));
        let (head, rest) = self.inner.split(HEADER);
        let body = Body::of(self.protocol, header.kind, header.flags, self.families);
        super::header::header(out, depth + 1, head, &header, body, rest.bytes, None);
        let (rest, behind) = rest.split(align(header.len as usize).saturating_sub(HEADER));
        match body {
            // An answer to an answer is bytes: nothing nests without end.
            Body::Control(_) | Body::Unknown => out.unknown(depth + 1, rest),
            _ => contents(out, depth + 1, rest, body, &header),
        }
        attributes_unknown(out, depth + 1, behind);
    }
}

/// What stands behind the request in an error that has not said it carries attributes.
fn attributes_unknown<'a>(out: &mut Out<'a, '_>, depth: usize, span: Span<'a>) {
    let inside = Inside {
        skip: 0,
        of: Of::Table(&ANSWER),
        family: 0,
    };
    attributes(out, depth, span, &inside, None, SILENT);
}
