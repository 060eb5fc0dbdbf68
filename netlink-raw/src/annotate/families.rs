//! Families of generic netlink by number, as the controller gave them out.

use crate::decode::Attrs;
use crate::schema::genl::control::{CTRL_ATTR_FAMILY_ID, CTRL_ATTR_FAMILY_NAME};
use crate::schema::genl::{self, Family, GENL_ID_CTRL};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// More families than this are not remembered.
const MOST: usize = 1024;
/// Names that are longer are none (`GENL_NAMSIZ`).
const LONGEST: usize = 16;

/// What the numbers of generic netlink's families mean. Clones share what they learn: the numbers are the same on
/// every socket of a machine.
#[derive(Clone, Debug, Default)]
pub struct Families {
    names: Arc<Mutex<BTreeMap<u16, Vec<u8>>>>,
}

impl Families {
    /// Takes in that this number is this family's.
    pub fn learn(&self, id: u16, name: &[u8]) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let room = names.len() < MOST || names.contains_key(&id);
        if room && id != GENL_ID_CTRL && !name.is_empty() && name.len() < LONGEST {
            names.insert(id, name.to_vec());
        }
    }

    /// The name of the family of this number.
    #[must_use]
    pub fn name(&self, id: u16) -> Option<Vec<u8>> {
        if id == GENL_ID_CTRL {
            return Some(b"nlctrl".to_vec());
        }
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.get(&id).cloned()
    }

    /// The tables of the family of this number.
    pub(super) fn tables(&self, id: u16) -> Option<&'static Family> {
        genl::family(&self.name(id)?)
    }

    /// Takes in what the controller says of a family.
    pub(super) fn told(&self, attributes: &[u8]) {
        let attributes = Attrs::new(attributes);
        let id = attributes.clone().find(CTRL_ATTR_FAMILY_ID);
        let name = attributes.find(CTRL_ATTR_FAMILY_NAME);
        if let (Some(Ok(id)), Some(name)) = (id.map(|id| id.read()), name) {
            self.learn(id, name.c_str());
        }
    }
}
