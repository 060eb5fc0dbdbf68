//! Messages and attributes read from bytes: borrowed, fused iterators that trust nothing.

use crate::encode::{NLA_F_NESTED, NLA_TYPE_MASK};
use crate::error::DecodeError;
use crate::wire::{NlAttr, NlMsgHdr, align};
use core::net::IpAddr;
use zerocopy::{FromBytes, Immutable, KnownLayout};

const ATTR: usize = size_of::<NlAttr>();

/// One message of a datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageRef<'a> {
    /// Its header, as it came.
    pub header: NlMsgHdr,
    /// What follows the header: the family struct and the attributes.
    pub body: &'a [u8],
}

impl<'a> MessageRef<'a> {
    /// The family struct at the head of the body, and the attributes behind it.
    ///
    /// # Errors
    /// [`DecodeError::Short`] when the body has not room for it.
    #[inline]
    pub fn split<T: FromBytes + KnownLayout + Immutable>(
        &self,
    ) -> Result<(T, Attrs<'a>), DecodeError> {
        let (head, _) = T::read_from_prefix(self.body).map_err(|_| DecodeError::Short {
            need: size_of::<T>(),
            have: self.body.len(),
        })?;
        let rest = self.body.get(align(size_of::<T>())..).unwrap_or_default();
        Ok((head, Attrs::new(rest)))
    }
}

/// The messages of a datagram. A broken frame is one error, and then the end.
#[derive(Clone, Debug)]
pub struct Messages<'a> {
    rest: &'a [u8],
}

impl<'a> Messages<'a> {
    /// Over these bytes.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }
}

impl<'a> Iterator for Messages<'a> {
    type Item = Result<MessageRef<'a>, DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let bytes = core::mem::take(&mut self.rest);
        let Ok((header, _)) = NlMsgHdr::read_from_prefix(bytes) else {
            return Some(Err(DecodeError::Short {
                need: size_of::<NlMsgHdr>(),
                have: bytes.len(),
            }));
        };
        let len = header.len as usize;
        let Some(body) = bytes.get(size_of::<NlMsgHdr>()..len) else {
            return Some(Err(DecodeError::BadLength {
                len,
                have: bytes.len(),
            }));
        };
        self.rest = bytes.get(align(len)..).unwrap_or_default();
        Some(Ok(MessageRef { header, body }))
    }
}

impl core::iter::FusedIterator for Messages<'_> {}

/// One attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attr<'a> {
    /// Its number, without flags.
    pub kind: u16,
    /// Whether it is marked as holding attributes (`NLA_F_NESTED`); many nests are not marked.
    pub marked_nested: bool,
    /// Its payload.
    pub value: &'a [u8],
}

impl<'a> Attr<'a> {
    /// The payload as this type, whose size it must have.
    ///
    /// # Errors
    /// [`DecodeError::WrongSize`].
    #[inline]
    pub fn read<T: FromBytes>(&self) -> Result<T, DecodeError> {
        T::read_from_bytes(self.value).map_err(|_| DecodeError::WrongSize {
            kind: self.kind,
            need: size_of::<T>(),
            have: self.value.len(),
        })
    }

    /// The payload as a struct that has grown over the years: what an older kernel did not send is
    /// zero, what a newer one adds is left out.
    #[inline]
    #[must_use]
    pub fn read_grown<T: FromBytes + zerocopy::IntoBytes + Default>(&self) -> T {
        let mut value = T::default();
        let have = self.value.len().min(size_of::<T>());
        if let (Some(to), Some(from)) =
            (value.as_mut_bytes().get_mut(..have), self.value.get(..have))
        {
            to.copy_from_slice(from);
        }
        value
    }

    /// The payload as an IP address: 4 bytes are IPv4, 16 are IPv6.
    ///
    /// # Errors
    /// [`DecodeError::WrongSize`] for any other length.
    #[inline]
    pub fn ip(&self) -> Result<IpAddr, DecodeError> {
        if self.value.len() == 4 {
            return self.read::<[u8; 4]>().map(IpAddr::from);
        }
        self.read::<[u8; 16]>().map(IpAddr::from)
    }

    /// The payload up to its first NUL, or whole where there is none.
    #[inline]
    #[must_use]
    pub fn c_str(&self) -> &'a [u8] {
        let end = self.value.iter().position(|b| *b == 0);
        end.and_then(|end| self.value.get(..end))
            .unwrap_or(self.value)
    }

    /// The attributes inside.
    #[inline]
    #[must_use]
    pub fn nested(&self) -> Attrs<'a> {
        Attrs::new(self.value)
    }
}

/// A run of attributes. A broken one is one error, and then the end.
#[derive(Clone, Debug)]
pub struct Attrs<'a> {
    rest: &'a [u8],
}

impl<'a> Attrs<'a> {
    /// Over these bytes.
    #[inline]
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The end, or else what is wrong with the next attribute; then the end.
    #[cold]
    fn cut(&mut self) -> Option<Result<Attr<'a>, DecodeError>> {
        let bytes = core::mem::take(&mut self.rest);
        if bytes.is_empty() {
            return None;
        }
        let have = bytes.len();
        Some(Err(match NlAttr::read_from_prefix(bytes) {
            Err(_) => DecodeError::Short { need: ATTR, have },
            Ok((head, _)) => DecodeError::BadLength {
                len: usize::from(head.len),
                have,
            },
        }))
    }

    /// The bytes not yet read.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The attributes that can be read, in order; a broken one ends them silently.
    pub fn valid(self) -> impl Iterator<Item = Attr<'a>> {
        self.map_while(Result::ok)
    }

    /// The first attribute of this number; what stands behind it is not looked at.
    ///
    /// # Errors
    /// What broke the run before it was found.
    #[inline]
    pub fn first(self, kind: u16) -> Result<Option<Attr<'a>>, DecodeError> {
        for attr in self {
            let attr = attr?;
            if attr.kind == kind {
                return Ok(Some(attr));
            }
        }
        Ok(None)
    }

    /// The last attribute of this number, which is the one that the kernel would take.
    #[must_use]
    pub fn find(self, kind: u16) -> Option<Attr<'a>> {
        self.valid().filter(|a| a.kind == kind).last()
    }
}

impl<'a> Iterator for Attrs<'a> {
    type Item = Result<Attr<'a>, DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.rest;
        let Some((head, _)) = bytes.split_first_chunk::<ATTR>() else {
            return self.cut();
        };
        let head: NlAttr = zerocopy::transmute!(*head);
        let len = usize::from(head.len);
        let Some(value) = bytes.get(ATTR..len) else {
            return self.cut();
        };
        // The padding behind the last one may be missing.
        self.rest = bytes.get(align(len)..).unwrap_or_default();
        Some(Ok(Attr {
            kind: head.kind & NLA_TYPE_MASK,
            marked_nested: head.kind & NLA_F_NESTED != 0,
            value,
        }))
    }
}

impl core::iter::FusedIterator for Attrs<'_> {}

/// What a typed view could not read: how many attributes, and the first of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Malformed {
    /// How many.
    pub count: u32,
    /// The first.
    pub first: Option<DecodeError>,
}

impl Malformed {
    /// The value, or `None` with the error noted.
    #[inline]
    pub fn note<T>(&mut self, result: Result<T, DecodeError>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(e) => {
                self.add(e);
                None
            }
        }
    }

    /// Out of line: a view has one call of [`note`](Self::note) an attribute.
    #[cold]
    #[inline(never)]
    fn add(&mut self, e: DecodeError) {
        self.count = self.count.saturating_add(1);
        self.first.get_or_insert(e);
    }

    /// Adds what a nested view could not read.
    pub fn absorb(&mut self, other: Malformed) {
        self.count = self.count.saturating_add(other.count);
        self.first = self.first.or(other.first);
    }
}
