//! The rules of request and reply, with no I/O: what belongs to a request, and when its answer is whole.
//!
//! A request is answered by data (one message, or a dump's many), by an acknowledgement, or by an
//! error; a dump ends in `NLMSG_DONE`, which may itself carry an error. See `netlink(7)` and
//! `Documentation/userspace-api/netlink/intro.rst` in the kernel.

use crate::decode::{Attrs, MessageRef};
use crate::error::{DecodeError, KernelError};
use crate::wire::{NlMsgErr, align};
use zerocopy::FromBytes;

/// Nothing: to be skipped.
pub const NLMSG_NOOP: u16 = 1;
/// An error, or an acknowledgement when its errno is 0.
pub const NLMSG_ERROR: u16 = 2;
/// The end of a multi-part answer.
pub const NLMSG_DONE: u16 = 3;
/// Data were lost.
pub const NLMSG_OVERRUN: u16 = 4;

/// It is a request.
pub const NLM_F_REQUEST: u16 = 0x1;
/// Part of an answer that `NLMSG_DONE` ends.
pub const NLM_F_MULTI: u16 = 0x2;
/// Answer with an acknowledgement, error or not.
pub const NLM_F_ACK: u16 = 0x4;
/// Send what this request changes back to its sender.
pub const NLM_F_ECHO: u16 = 0x8;
/// The dump is inconsistent: what it lists changed under it.
pub const NLM_F_DUMP_INTR: u16 = 0x10;
/// The dump was filtered as asked.
pub const NLM_F_DUMP_FILTERED: u16 = 0x20;
/// Of a GET: all of them (`NLM_F_ROOT | NLM_F_MATCH`).
pub const NLM_F_DUMP: u16 = 0x300;
/// Of a NEW: replace what is there.
pub const NLM_F_REPLACE: u16 = 0x100;
/// Of a NEW: fail if it is there.
pub const NLM_F_EXCL: u16 = 0x200;
/// Of a NEW: create it if it is not there.
pub const NLM_F_CREATE: u16 = 0x400;
/// Of a NEW: add to the end.
pub const NLM_F_APPEND: u16 = 0x800;
/// Of an acknowledgement: the request's payload is left out.
pub const NLM_F_CAPPED: u16 = 0x100;
/// Of an acknowledgement: attributes follow.
pub const NLM_F_ACK_TLVS: u16 = 0x200;

const NLMSGERR_ATTR_MSG: u16 = 1;
const NLMSGERR_ATTR_OFFS: u16 = 2;
const NLMSGERR_ATTR_MISS_TYPE: u16 = 5;

/// The longest text taken from an extended acknowledgement, in bytes; the kernel's own limit is 80.
const MAX_TEXT: usize = 512;

/// How the answer to a request ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// With an acknowledgement (`NLM_F_ACK` was set).
    Ack,
    /// With the first message (a GET without `NLM_F_ACK`).
    One,
    /// With `NLMSG_DONE` (a GET with `NLM_F_DUMP`).
    Dump,
}

/// What a message that arrived means for the request.
#[derive(Debug)]
pub enum Step<'a> {
    /// It is not for this request: another's, or late.
    Foreign,
    /// It is part of the answer, and more is to come.
    Data(MessageRef<'a>),
    /// It is the answer's one message.
    Last(MessageRef<'a>),
    /// The answer is whole.
    End,
    /// The kernel refused.
    Refused(KernelError),
    /// Messages were lost: the answer will never be whole.
    Overrun,
    /// It can't be read.
    Broken(DecodeError),
}

/// One request's state.
#[derive(Clone, Debug)]
pub struct Exchange {
    seq: u32,
    portid: u32,
    expect: Expect,
    interrupted: bool,
}

impl Exchange {
    /// The request with this sequence number, sent from this port (0: any, where it is not known), whose answer ends
    /// so.
    #[must_use]
    pub fn new(seq: u32, portid: u32, expect: Expect) -> Self {
        Self {
            seq,
            portid,
            expect,
            interrupted: false,
        }
    }

    /// Whether the kernel said that what it dumped changed meanwhile (`NLM_F_DUMP_INTR`).
    #[must_use]
    pub fn interrupted(&self) -> bool {
        self.interrupted
    }

    /// Takes the next message that arrived.
    pub fn accept<'a>(&mut self, message: MessageRef<'a>) -> Step<'a> {
        let header = &message.header;
        if header.kind == NLMSG_OVERRUN {
            return Step::Overrun;
        }
        let other = self.portid != 0 && header.portid != self.portid;
        if header.seq != self.seq || other || header.kind == NLMSG_NOOP {
            return Step::Foreign;
        }
        if header.flags & NLM_F_DUMP_INTR != 0 && self.expect == Expect::Dump {
            self.interrupted = true;
        }
        match header.kind {
            NLMSG_ERROR => match read_error(message) {
                Ok(Some(refusal)) => Step::Refused(refusal),
                Ok(None) => Step::End,
                Err(e) => Step::Broken(e),
            },
            NLMSG_DONE => match read_done(message) {
                Ok(Some(refusal)) => Step::Refused(refusal),
                Ok(None) => Step::End,
                Err(e) => Step::Broken(e),
            },
            _ if self.expect == Expect::One => Step::Last(message),
            _ => Step::Data(message),
        }
    }
}

/// The refusal in an `NLMSG_ERROR`; `None` is an acknowledgement.
///
/// # Errors
/// [`DecodeError::Short`] when the message is cut.
pub fn read_error(message: MessageRef<'_>) -> Result<Option<KernelError>, DecodeError> {
    let short = DecodeError::Short {
        need: size_of::<NlMsgErr>(),
        have: message.body.len(),
    };
    let (head, rest) = NlMsgErr::read_from_prefix(message.body).map_err(|_| short)?;
    if head.error == 0 {
        return Ok(None);
    }
    // Capped, the request's length still says the full length, but its payload is not there.
    let skip = if message.header.flags & NLM_F_CAPPED == 0 {
        align((head.request.len as usize).saturating_sub(size_of_val(&head.request)))
    } else {
        0
    };
    let tlvs = if message.header.flags & NLM_F_ACK_TLVS == 0 {
        &[]
    } else {
        rest.get(skip..).unwrap_or_default()
    };
    Ok(Some(refusal(head.error, head.request.kind, tlvs)))
}

/// The refusal in an `NLMSG_DONE`; `None` is the plain end.
fn read_done(message: MessageRef<'_>) -> Result<Option<KernelError>, DecodeError> {
    // Some families end a dump with an empty body.
    if message.body.is_empty() {
        return Ok(None);
    }
    let (error, rest) = i32::read_from_prefix(message.body).map_err(|_| DecodeError::Short {
        need: 4,
        have: message.body.len(),
    })?;
    if error >= 0 {
        return Ok(None);
    }
    let tlvs = if message.header.flags & NLM_F_ACK_TLVS == 0 {
        &[]
    } else {
        rest
    };
    Ok(Some(refusal(error, 0, tlvs)))
}

fn refusal(error: i32, request: u16, tlvs: &[u8]) -> KernelError {
    let mut refusal = KernelError {
        errno: error.saturating_neg(),
        message: None,
        offset: None,
        attribute: None,
        missing: None,
        request,
    };
    for attr in Attrs::new(tlvs).valid() {
        match attr.kind {
            NLMSGERR_ATTR_MSG => {
                let text = attr.c_str();
                let text = text.get(..MAX_TEXT).unwrap_or(text);
                refusal.message = Some(String::from_utf8_lossy(text).into_owned());
            }
            NLMSGERR_ATTR_OFFS => refusal.offset = attr.read().ok(),
            NLMSGERR_ATTR_MISS_TYPE => refusal.missing = attr.read().ok(),
            _ => {}
        }
    }
    refusal
}
