//! What stands at an offset of a request: the way to the attribute, by names.

use super::body::Body;
use super::item::Name;
use super::level::{Inside, Level, Of};
use crate::schema::{MAX_DEPTH, Value, attribute_at, nexthop_at};
use crate::wire::{NlAttr, NlMsgHdr};

const HEADER: usize = size_of::<NlMsgHdr>();

/// What stands at an offset.
#[derive(Default)]
pub(super) struct Place {
    /// The names of the attributes that hold it, the outermost first.
    pub(super) path: Vec<Name>,
    /// What the innermost of them holds.
    inside: Option<Of>,
}

impl Place {
    /// Names with slashes between them.
    pub(super) fn words(&self) -> Option<String> {
        if self.path.is_empty() {
            return None;
        }
        let names: Vec<String> = self.path.iter().map(Name::to_string).collect();
        Some(names.join("/"))
    }
}

/// The attribute at this offset of a request, counted from its header as `NLMSGERR_ATTR_OFFS` does.
pub(super) fn find(body: Body, message: &[u8], offset: usize) -> Place {
    let mut place = Place::default();
    let whole = message.get(HEADER..).unwrap_or_default();
    if let (Some(inside), Some(at)) = (body.inside(whole), offset.checked_sub(HEADER)) {
        search(&mut place, whole, &inside, None, at, MAX_DEPTH);
    }
    place
}

/// The way to an attribute of this number that is missing: in the nest at this offset, or beside all others.
pub(super) fn missing(body: Body, message: &[u8], nest: Option<usize>, number: u16) -> String {
    let mut place = nest
        .map(|nest| find(body, message, nest))
        .unwrap_or_default();
    let whole = message.get(HEADER..).unwrap_or_default();
    let of = match nest {
        Some(_) => place.inside,
        None => body.inside(whole).map(|inside| inside.of),
    };
    let name = of.map_or(Name::Number(number.into()), |of| of.attribute(number).0);
    place.path.push(name);
    place.words().unwrap_or_default()
}

fn search<'a>(
    place: &mut Place,
    bytes: &'a [u8],
    inside: &Inside,
    outer: Option<&Level<'a, '_>>,
    offset: usize,
    depth: usize,
) {
    let Some((list, offset)) = bytes
        .get(inside.skip..)
        .zip(offset.checked_sub(inside.skip))
    else {
        return;
    };
    let (Some((attr, start)), Some(depth)) = (attribute_at(list, offset), depth.checked_sub(1))
    else {
        return;
    };
    let level = Level::new(list, inside.of, inside.family, outer);
    let (name, value) = inside.of.attribute(attr.kind);
    place.path.push(name);
    let value = value.map(|value| level.resolve(value));
    let within = (offset - start).checked_sub(size_of::<NlAttr>());
    if let Some(Value::NextHops(table)) = value {
        let inside = Inside {
            skip: 0,
            of: Of::Table(table),
            family: level.family,
        };
        place.inside = Some(inside.of);
        if let Some((leg, within)) = within.and_then(|at| nexthop_at(attr.value, at)) {
            search(place, leg, &inside, Some(&level), within, depth);
        }
        return;
    }
    let next = value.and_then(|value| level.inside(&value, attr.value));
    place.inside = next.as_ref().map(|next| next.of);
    if let (Some(next), Some(within)) = (next, within) {
        search(place, attr.value, &next, Some(&level), within, depth);
    }
}
