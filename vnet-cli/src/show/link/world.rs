//! The rest of the world as the kernel tells it, for what a record says about other things than its link.

use super::{Known, Program, World};
use crate::kernel::Kernel;
use crate::names::Names;
use netlink_raw::route::link::Netns;
use netlink_raw::route::nsid::{GetNsid, Nsid, Which};
use nsenter::Store;
use std::collections::HashMap;
use std::fs::File;
use std::os::fd::AsFd;

/// Asks the kernel what it is asked. What can't be told is left out: a record is not worth less for it.
pub struct Live<'c> {
    kernel: &'c mut Kernel,
    names: &'c Names,
    /// Names under /run/netns by the namespaces' ids here, once they are needed.
    netns: Option<HashMap<i32, Vec<u8>>>,
}

impl<'c> Live<'c> {
    /// Over this connection.
    pub fn new(kernel: &'c mut Kernel, names: &'c Names) -> Self {
        Self {
            kernel,
            names,
            netns: None,
        }
    }

    /// The connection.
    pub fn kernel(&mut self) -> &mut Kernel {
        self.kernel
    }
}

impl World for Live<'_> {
    fn link(&mut self, index: u32) -> Option<Known<'_>> {
        let index = i32::try_from(index).ok()?;
        let (name, flags) = self.kernel.find_link(index).ok()??;
        Some(Known { name, flags })
    }

    fn netns(&mut self, id: i32) -> Option<&[u8]> {
        let names = match &mut self.netns {
            Some(names) => names,
            empty => empty.insert(named_ids(self.kernel)),
        };
        names.get(&id).map(Vec::as_slice)
    }

    fn program(&mut self, id: u32) -> Option<Program> {
        let info = crate::sys::bpf_prog_info(id).ok()?;
        Program::parse(&info)
    }

    fn names(&self) -> &Names {
        self.names
    }
}

/// The ids of all namespaces that have a name; of several names the first counts.
fn named_ids(kernel: &mut Kernel) -> HashMap<i32, Vec<u8>> {
    let mut ids = HashMap::new();
    let store = Store::new();
    let Ok(conn) = kernel.conn() else { return ids };
    for name in store.names().into_iter().flatten().flatten() {
        // A name may go meanwhile, or be no namespace at all.
        let Ok(file) = File::open(store.path(&name)) else {
            continue;
        };
        let which = Some(Which::Netns(Netns::Fd(file.as_fd())));
        let request = GetNsid {
            which,
            ..GetNsid::default()
        };
        let id = conn.get(&request, |reply| Nsid::parse(&reply).ok()?.id);
        if let Ok(Some(id)) = id {
            ids.entry(id).or_insert_with(|| name.as_bytes().to_vec());
        }
    }
    ids
}
