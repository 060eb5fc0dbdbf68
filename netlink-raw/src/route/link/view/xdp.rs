//! The programs on a link (`IFLA_XDP`).

use super::view;
use crate::schema::link::*;

view! {
    /// Which XDP programs are attached.
    pub struct Xdp<'a> {
        /// `XDP_ATTACHED_*`: 0 none, 1 in the driver, 2 generic, 3 offloaded, 4 several.
        attached: u8 = IFLA_XDP_ATTACHED,
        /// The program, when there is one.
        prog_id: u32 = IFLA_XDP_PROG_ID,
        /// The one in the driver.
        drv_prog_id: u32 = IFLA_XDP_DRV_PROG_ID,
        /// The generic one.
        skb_prog_id: u32 = IFLA_XDP_SKB_PROG_ID,
        /// The offloaded one.
        hw_prog_id: u32 = IFLA_XDP_HW_PROG_ID,
    }
}
