//! Messages written into a buffer of the caller's: nothing is allocated, nothing is left half-written.

use crate::error::EncodeError;
use crate::short::{copy_short, copy_text};
use crate::wire::{NlAttr, NlMsgHdr, align};
use core::net::IpAddr;
use zerocopy::{Immutable, IntoBytes};

/// On an attribute's number: its payload is attributes (`NLA_F_NESTED`).
pub const NLA_F_NESTED: u16 = 1 << 15;
/// On an attribute's number: its payload is in network byte order (`NLA_F_NET_BYTEORDER`).
pub const NLA_F_NET_BYTEORDER: u16 = 1 << 14;
/// What is left of the number without the two flags (`NLA_TYPE_MASK`).
pub const NLA_TYPE_MASK: u16 = !(NLA_F_NESTED | NLA_F_NET_BYTEORDER);

const HDR: usize = size_of::<NlMsgHdr>();
const ATTR: usize = size_of::<NlAttr>();

/// A request that knows how to write itself: its family struct, then its attributes.
///
/// `NLM_F_REQUEST`, the sequence number and the acknowledgement are added by who sends it.
pub trait Message {
    /// The message type, `RTM_*`.
    fn kind(&self) -> u16;
    /// `NLM_F_*` beyond `NLM_F_REQUEST` and `NLM_F_ACK`: `NLM_F_CREATE`, `NLM_F_DUMP`, …
    fn flags(&self) -> u16 {
        0
    }
    /// Writes the family struct and the attributes.
    fn encode(&self, body: &mut AttrWriter<'_>);
}

impl<M: Message + ?Sized> Message for &M {
    fn kind(&self) -> u16 {
        (**self).kind()
    }
    fn flags(&self) -> u16 {
        (**self).flags()
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        (**self).encode(body);
    }
}

/// Appends to a buffer; the first error sticks, and what follows it is not written.
#[derive(Debug)]
pub struct AttrWriter<'b> {
    /// Empty while an error sticks: so one comparison, of lengths, guards every write.
    buf: &'b mut [u8],
    len: usize,
    error: Option<EncodeError>,
    /// The buffer, while an error sticks.
    kept: &'b mut [u8],
}

impl<'b> AttrWriter<'b> {
    fn new(buf: &'b mut [u8]) -> Self {
        Self {
            buf,
            len: 0,
            error: None,
            kept: &mut [],
        }
    }

    /// The first error, if there was one.
    #[must_use]
    pub fn error(&self) -> Option<EncodeError> {
        self.error
    }

    #[cold]
    fn fail(&mut self, e: EncodeError) {
        if self.error.is_none() {
            self.error = Some(e);
            self.kept = core::mem::take(&mut self.buf);
        }
    }

    /// Takes the error, so that writing may go on from `len`.
    fn recover(&mut self, len: usize) -> Option<EncodeError> {
        let error = self.error.take();
        if error.is_some() {
            self.buf = core::mem::take(&mut self.kept);
        }
        self.len = self.len.min(len);
        error
    }

    #[cold]
    fn full(&mut self, padded: usize) {
        let need = self.len.saturating_add(padded);
        let have = self.buf.len();
        self.fail(EncodeError::Full { need, have });
    }

    /// Claims `padded` bytes, a multiple of [`ALIGN`](crate::wire::ALIGN); what is in them is left to the caller.
    #[inline]
    fn claim(&mut self, padded: usize) -> Option<&mut [u8]> {
        let start = self.len;
        // Of a slice's length and an attribute's: the sum is far from the end of usize.
        let end = start.wrapping_add(padded);
        if end > self.buf.len() {
            self.full(padded);
            return None;
        }
        self.len = end;
        self.buf.get_mut(start..end)
    }

    /// A struct of fixed size, without an attribute header: the family struct, or what stands at the
    /// head of some nests (`VETH_INFO_PEER` starts with an `ifinfomsg`).
    #[inline]
    pub fn fixed<T: IntoBytes + Immutable>(&mut self, value: &T) -> &mut Self {
        let bytes = value.as_bytes();
        if let Some((head, padding)) = self
            .claim(align(bytes.len()))
            .and_then(|room| room.split_at_mut_checked(bytes.len()))
        {
            head.copy_from_slice(bytes);
            padding.fill(0);
        }
        self
    }

    /// An attribute of these bytes.
    #[inline]
    pub fn bytes(&mut self, kind: u16, value: &[u8]) -> &mut Self {
        if let Some(room) = self.attribute(kind, value.len(), 0) {
            copy_short(room, value);
        }
        self
    }

    /// Claims an attribute of `len` bytes and `zeros` more, which are zeroed as its padding is; its
    /// header is written, and the place for the `len` bytes returned.
    #[inline(always)]
    fn attribute(&mut self, kind: u16, len: usize, zeros: usize) -> Option<&mut [u8]> {
        let total = ATTR + len + zeros;
        if total > usize::from(u16::MAX) {
            self.fail(EncodeError::TooLong { kind, len });
            return None;
        }
        let room = self.claim(align(total))?;
        // The padding and at most one zero more are within the last word.
        *room.last_chunk_mut::<ATTR>()? = [0; ATTR];
        let (head, payload) = room.split_first_chunk_mut::<ATTR>()?;
        let header = NlAttr {
            len: total as u16,
            kind,
        };
        head.copy_from_slice(header.as_bytes());
        payload.get_mut(..len)
    }

    /// An attribute that holds this value: an integer in host byte order, or a struct of [`crate::wire`].
    #[inline]
    pub fn put<T: IntoBytes + Immutable>(&mut self, kind: u16, value: T) -> &mut Self {
        let bytes = value.as_bytes();
        if let Some(room) = self.attribute(kind, bytes.len(), 0) {
            room.copy_from_slice(bytes);
        }
        self
    }

    /// The same, where there is a value.
    #[inline]
    pub fn put_opt<T: IntoBytes + Immutable>(&mut self, kind: u16, value: Option<T>) -> &mut Self {
        match value {
            Some(v) => self.put(kind, v),
            None => self,
        }
    }

    /// A string with the NUL that the kernel wants behind it.
    #[inline]
    pub fn str(&mut self, kind: u16, value: &[u8]) -> &mut Self {
        if let Some(room) = self.attribute(kind, value.len(), 1)
            && !copy_text(room, value)
        {
            self.fail(EncodeError::Nul { kind });
        }
        self
    }

    /// The same, where there is a string.
    #[inline]
    pub fn str_opt(&mut self, kind: u16, value: Option<&[u8]>) -> &mut Self {
        match value {
            Some(v) => self.str(kind, v),
            None => self,
        }
    }

    /// Bytes, where there are any.
    #[inline]
    pub fn bytes_opt(&mut self, kind: u16, value: Option<&[u8]>) -> &mut Self {
        match value {
            Some(v) => self.bytes(kind, v),
            None => self,
        }
    }

    /// An IP address: 4 bytes or 16.
    #[inline]
    pub fn ip(&mut self, kind: u16, value: IpAddr) -> &mut Self {
        match value {
            IpAddr::V4(a) => self.bytes(kind, &a.octets()),
            IpAddr::V6(a) => self.bytes(kind, &a.octets()),
        }
    }

    /// The same, where there is one.
    #[inline]
    pub fn ip_opt(&mut self, kind: u16, value: Option<IpAddr>) -> &mut Self {
        match value {
            Some(v) => self.ip(kind, v),
            None => self,
        }
    }

    /// An attribute whose presence is its value.
    #[inline]
    pub fn flag(&mut self, kind: u16) -> &mut Self {
        let _ = self.attribute(kind, 0, 0);
        self
    }

    /// An attribute of attributes: `inner` writes them. Marked `NLA_F_NESTED`.
    #[inline]
    pub fn nest(&mut self, kind: u16, inner: impl FnOnce(&mut AttrWriter<'b>)) -> &mut Self {
        self.container(kind | NLA_F_NESTED, inner)
    }

    /// An attribute whose payload is structured but not attributes alone, and so not marked
    /// `NLA_F_NESTED`: the `rtnexthop` list of `RTA_MULTIPATH`, for one.
    #[inline]
    pub fn container(&mut self, kind: u16, inner: impl FnOnce(&mut AttrWriter<'b>)) -> &mut Self {
        let start = self.len;
        if self.claim(ATTR).is_none() {
            return self;
        }
        inner(self);
        if self.error.is_some() {
            return self;
        }
        let total = self.len - start;
        let Ok(len) = u16::try_from(total) else {
            self.fail(EncodeError::TooLong {
                kind: kind & NLA_TYPE_MASK,
                len: total - ATTR,
            });
            return self;
        };
        self.patch(start, NlAttr { len, kind }.as_bytes());
        self
    }

    /// A [`RtNextHop`](crate::wire::RtNextHop) and its attributes: its length is set here.
    pub fn nexthop(
        &mut self,
        mut hop: crate::wire::RtNextHop,
        inner: impl FnOnce(&mut AttrWriter<'b>),
    ) -> &mut Self {
        let start = self.len;
        self.fixed(&hop);
        inner(self);
        if self.error.is_none() {
            let total = self.len - start;
            match u16::try_from(total) {
                Ok(len) => {
                    hop.len = len;
                    self.patch(start, hop.as_bytes());
                }
                Err(_) => self.fail(EncodeError::TooLong {
                    kind: 0,
                    len: total,
                }),
            }
        }
        self
    }

    #[inline]
    fn patch(&mut self, at: usize, bytes: &[u8]) {
        if let Some(room) = self.buf.get_mut(at..at + bytes.len()) {
            room.copy_from_slice(bytes);
        }
    }
}

/// One or more messages in one buffer, as one datagram.
///
/// A message that does not fit, or can't be written, is taken back whole, so that a full batch can be
/// sent and the message tried again in the next.
#[derive(Debug)]
pub struct Batch<'b> {
    writer: AttrWriter<'b>,
    count: usize,
}

/// A place in a [`Batch`] to go back to.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    len: usize,
    count: usize,
}

impl<'b> Batch<'b> {
    /// An empty batch in this buffer.
    #[must_use]
    pub fn new(buf: &'b mut [u8]) -> Self {
        Self {
            writer: AttrWriter::new(buf),
            count: 0,
        }
    }

    /// Appends a message with these flags besides its own.
    ///
    /// # Errors
    /// What kept it from being written. The batch is then as it was before.
    #[inline]
    pub fn push<M: Message + ?Sized>(
        &mut self,
        message: &M,
        flags: u16,
        seq: u32,
    ) -> Result<(), EncodeError> {
        let mark = self.mark();
        let w = &mut self.writer;
        let _ = w.claim(HDR);
        message.encode(w);
        if let Some(e) = w.recover(usize::MAX) {
            self.rollback(mark);
            return Err(e);
        }
        let total = w.len - mark.len;
        // A datagram's buffer is a slice in memory; 4 GiB of it is refused before the kernel has to.
        let Ok(len) = u32::try_from(total) else {
            self.rollback(mark);
            return Err(EncodeError::TooLong {
                kind: 0,
                len: total,
            });
        };
        let header = NlMsgHdr {
            len,
            kind: message.kind(),
            flags: flags | message.flags(),
            seq,
            portid: 0,
        };
        w.patch(mark.len, header.as_bytes());
        self.count += 1;
        Ok(())
    }

    /// Where the batch ends now.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark {
            len: self.writer.len,
            count: self.count,
        }
    }

    /// Takes back what was appended since.
    pub fn rollback(&mut self, mark: Mark) {
        let _ = self.writer.recover(mark.len);
        self.count = self.count.min(mark.count);
    }

    /// Messages in the batch.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The datagram.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.writer.buf.get(..self.writer.len).unwrap_or_default()
    }
}

/// One message, written by hand rather than from a typed request.
///
/// ```
/// use netlink_raw::encode::Request;
/// use netlink_raw::wire::IfInfoMsg;
///
/// let mut buf = [0; 64];
/// let mut request = Request::new(&mut buf, 18 /* RTM_GETLINK */, 1 /* NLM_F_REQUEST */, 7);
/// request.attrs().fixed(&IfInfoMsg::default()).str(3 /* IFLA_IFNAME */, b"lo");
/// let bytes = request.finish()?;
/// assert_eq!(bytes.len(), 16 + 16 + 4 + 4);
/// # Ok::<(), netlink_raw::error::EncodeError>(())
/// ```
#[derive(Debug)]
pub struct Request<'b> {
    writer: AttrWriter<'b>,
    header: NlMsgHdr,
}

impl<'b> Request<'b> {
    /// A message of this type and these flags (`NLM_F_*`), with no body yet.
    #[must_use]
    pub fn new(buf: &'b mut [u8], kind: u16, flags: u16, seq: u32) -> Self {
        let mut writer = AttrWriter::new(buf);
        let _ = writer.claim(HDR);
        let header = NlMsgHdr {
            len: 0,
            kind,
            flags,
            seq,
            portid: 0,
        };
        Self { writer, header }
    }

    /// Where the family struct and the attributes go.
    pub fn attrs(&mut self) -> &mut AttrWriter<'b> {
        &mut self.writer
    }

    /// The message's bytes, with its length set.
    ///
    /// # Errors
    /// The first thing that went wrong while it was written.
    #[must_use = "a message that is not finished was not written"]
    pub fn finish(mut self) -> Result<&'b [u8], EncodeError> {
        if let Some(e) = self.writer.error {
            return Err(e);
        }
        let len = self.writer.len;
        self.header.len = u32::try_from(len).map_err(|_| EncodeError::TooLong { kind: 0, len })?;
        let header = self.header;
        self.writer.patch(0, header.as_bytes());
        Ok(self.writer.buf.get(..len).unwrap_or_default())
    }
}
