//! Which link it is, without the rest: for tables of names and indexes.

use crate::decode::MessageRef;
use crate::error::DecodeError;
use crate::schema::link::IFLA_IFNAME;
use crate::wire::IfInfoMsg;

/// A link's index, flags and name. Reading stops at the name, which the kernel puts first
/// (`rtnl_fill_ifinfo`): what it costs does not grow with what else is told of the link.
///
/// ```
/// use netlink_raw::{decode::MessageRef, route::link::Brief, wire::NlMsgHdr};
///
/// // An ifinfomsg: index 1, up, running. Then IFLA_IFNAME.
/// let body = b"\0\0\x04\x03\x01\0\0\0\x49\0\x01\0\0\0\0\0\x07\0\x03\0lo\0\0";
/// # #[cfg(target_endian = "little")]
/// # {
/// let link = Brief::parse(&MessageRef { header: NlMsgHdr::default(), body })?;
/// assert_eq!((link.index, link.flags & 1, link.name), (1, 1, Some(&b"lo"[..])));
/// # }
/// # Ok::<(), netlink_raw::DecodeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Brief<'a> {
    /// `AF_UNSPEC`, or `AF_BRIDGE` for a bridge's view of a port.
    pub family: u8,
    /// Hardware type, `ARPHRD_*`.
    pub hardware: u16,
    /// Interface index.
    pub index: i32,
    /// `IFF_*`.
    pub flags: u32,
    /// Name.
    pub name: Option<&'a [u8]>,
}

impl<'a> Brief<'a> {
    /// Reads a message of type `RTM_NEWLINK` or `RTM_DELLINK` up to the name.
    ///
    /// # Errors
    /// When there is no `ifinfomsg`, or an attribute in front of the name is broken.
    #[inline]
    pub fn parse(message: &MessageRef<'a>) -> Result<Self, DecodeError> {
        let (head, attrs) = message.split::<IfInfoMsg>()?;
        let name = attrs.first(IFLA_IFNAME)?;
        Ok(Self {
            family: head.family,
            hardware: head.kind,
            index: head.index,
            flags: head.flags,
            name: name.map(|attr| attr.c_str()),
        })
    }
}
