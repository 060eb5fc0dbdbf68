//! `options!`: a struct of settings, each tied to its attribute and its form on the wire.

use crate::encode::AttrWriter;

/// How a value stands in an attribute.
pub(super) trait Codec<T> {
    fn put(w: &mut AttrWriter<'_>, kind: u16, value: &T);
    #[cfg(test)]
    fn get(attr: &crate::decode::Attr<'_>) -> Result<T, crate::DecodeError>;
    /// Some value that can be encoded.
    #[cfg(test)]
    fn sample(seed: &mut super::tests::Seed<'_>) -> T;
}

/// As it is: integers in host byte order, and structs of [`crate::wire`].
pub(super) struct Host;
/// A `u16` in network byte order.
pub(super) struct Be16;
/// A `u32` in network byte order.
pub(super) struct Be32;
/// A `bool` as one byte.
pub(super) struct Switch;
/// A `bool` whose attribute is there or not.
pub(super) struct Flag;

impl<T: zerocopy::IntoBytes + zerocopy::FromBytes + zerocopy::Immutable + Copy> Codec<T> for Host {
    fn put(w: &mut AttrWriter<'_>, kind: u16, value: &T) {
        w.put(kind, *value);
    }
    #[cfg(test)]
    fn get(attr: &crate::decode::Attr<'_>) -> Result<T, crate::DecodeError> {
        attr.read()
    }
    #[cfg(test)]
    fn sample(seed: &mut super::tests::Seed<'_>) -> T {
        seed.value()
    }
}

impl Codec<u16> for Be16 {
    fn put(w: &mut AttrWriter<'_>, kind: u16, value: &u16) {
        w.put(kind, value.to_be());
    }
    #[cfg(test)]
    fn get(attr: &crate::decode::Attr<'_>) -> Result<u16, crate::DecodeError> {
        attr.read().map(u16::from_be)
    }
    #[cfg(test)]
    fn sample(seed: &mut super::tests::Seed<'_>) -> u16 {
        seed.value()
    }
}

impl Codec<u32> for Be32 {
    fn put(w: &mut AttrWriter<'_>, kind: u16, value: &u32) {
        w.put(kind, value.to_be());
    }
    #[cfg(test)]
    fn get(attr: &crate::decode::Attr<'_>) -> Result<u32, crate::DecodeError> {
        attr.read().map(u32::from_be)
    }
    #[cfg(test)]
    fn sample(seed: &mut super::tests::Seed<'_>) -> u32 {
        seed.value()
    }
}

impl Codec<bool> for Switch {
    fn put(w: &mut AttrWriter<'_>, kind: u16, value: &bool) {
        w.put(kind, u8::from(*value));
    }
    #[cfg(test)]
    fn get(attr: &crate::decode::Attr<'_>) -> Result<bool, crate::DecodeError> {
        attr.read::<u8>().map(|v| v != 0)
    }
    #[cfg(test)]
    fn sample(seed: &mut super::tests::Seed<'_>) -> bool {
        seed.coin()
    }
}

impl Codec<bool> for Flag {
    fn put(w: &mut AttrWriter<'_>, kind: u16, value: &bool) {
        if *value {
            w.flag(kind);
        }
    }
    #[cfg(test)]
    fn get(_: &crate::decode::Attr<'_>) -> Result<bool, crate::DecodeError> {
        Ok(true)
    }
    #[cfg(test)]
    fn sample(_: &mut super::tests::Seed<'_>) -> bool {
        true
    }
}

/// A struct of optional settings. `None` leaves a setting as it is, or to the kernel.
///
/// `extra` are fields that `more` writes by hand.
macro_rules! options {
    (
        $(#[$meta:meta])*
        pub $name:ident $(<$life:lifetime>)? {
            $($(#[$fmeta:meta])* $field:ident: $ty:ty as $codec:ident = $attr:ident,)*
        }
        $(extra { $($(#[$xmeta:meta])* $extra:ident: $xty:ty,)* } $more:ident)?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name $(<$life>)? {
            $($(#[$fmeta])* pub $field: Option<$ty>,)*
            $($($(#[$xmeta])* pub $extra: $xty,)*)?
        }

        impl $(<$life>)? $name $(<$life>)? {
            /// Writes the attributes that are set, into `IFLA_INFO_DATA` or where the kind keeps its own.
            pub(super) fn encode(&self, w: &mut $crate::encode::AttrWriter<'_>) {
                $(if let Some(value) = &self.$field {
                    <$crate::route::link::options::$codec as $crate::route::link::options::Codec<$ty>>::put(w, $attr, value);
                })*
                $($more(self, w);)?
            }

            /// What [`encode`](Self::encode) wrote, except for the fields written by hand.
            #[cfg(test)]
            pub(super) fn decode(attrs: $crate::decode::Attrs<'_>) -> Result<Self, $crate::DecodeError> {
                let mut out = Self::default();
                for attr in attrs {
                    let attr = attr?;
                    match attr.kind {
                        $($attr => out.$field = Some(
                            <$crate::route::link::options::$codec as $crate::route::link::options::Codec<$ty>>::get(&attr)?
                        ),)*
                        _ => {}
                    }
                }
                Ok(out)
            }

            /// Some settings, those written by hand excepted.
            #[cfg(test)]
            pub(super) fn sample(seed: &mut $crate::route::link::tests::Seed<'_>) -> Self {
                let mut out = Self::default();
                $(if seed.coin() {
                    out.$field = Some(
                        <$crate::route::link::options::$codec as $crate::route::link::options::Codec<$ty>>::sample(seed)
                    );
                })*
                out
            }
        }
    };
}
pub(super) use options;
