//! A port of a bridge changed as the bridge's own tools do it: a message of family `AF_BRIDGE`.

use super::BridgePortOptions;
use crate::encode::{AttrWriter, Message};
use crate::schema::RTM_SETLINK;
use crate::schema::bridge::{IFLA_BRIDGE_FLAGS, IFLA_BRIDGE_MODE};
use crate::schema::link::{IFLA_AF_SPEC, IFLA_PROTINFO};
use crate::wire::IfInfoMsg;

/// Changes the settings of a port. Either its bridge does it (the default), or the device itself, whose hardware may
/// be a switch.
#[derive(Clone, Copy, Debug, Default)]
pub struct SetPort {
    /// Index of the port.
    pub index: i32,
    /// The settings; all `None` changes nothing.
    pub options: BridgePortOptions,
    /// Who does it: `BRIDGE_FLAGS_*` of [`vlan`](crate::route::vlan).
    pub bridge_flags: Option<u16>,
    /// `BRIDGE_MODE_*`: 0 VEB, 1 VEPA.
    pub mode: Option<u16>,
}

impl Message for SetPort {
    fn kind(&self) -> u16 {
        RTM_SETLINK
    }
    fn encode(&self, body: &mut AttrWriter<'_>) {
        body.fixed(&IfInfoMsg {
            family: libc::AF_BRIDGE as u8,
            index: self.index,
            ..IfInfoMsg::default()
        });
        body.nest(IFLA_PROTINFO, |w| self.options.encode(w));
        if self.bridge_flags.is_some() || self.mode.is_some() {
            body.container(IFLA_AF_SPEC, |w| {
                w.put_opt(IFLA_BRIDGE_FLAGS, self.bridge_flags)
                    .put_opt(IFLA_BRIDGE_MODE, self.mode);
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::Batch;

    /// The bytes are those that `bridge link set …` of iproute2 6.1 sends.
    #[test]
    #[cfg(target_endian = "little")]
    fn requests_are_those_of_iproute2() {
        let sent = |message: &SetPort| {
            let mut buf = [0; 128];
            let mut batch = Batch::new(&mut buf);
            batch.push(message, 0, 1).unwrap();
            assert_eq!(batch.as_bytes()[4], 19);
            batch.as_bytes()[16..].to_vec()
        };
        let head = [7, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let mut set = SetPort {
            index: 5,
            ..SetPort::default()
        };
        set.options.state = Some(4);
        let state = [12, 0, 12, 0x80, 5, 0, 1, 0, 4, 0, 0, 0];
        assert_eq!(sent(&set), [&head[..], &state].concat());
        set.options.state = None;
        set.bridge_flags = Some(2);
        set.mode = Some(1);
        let mode = [
            4, 0, 12, 0x80, // IFLA_PROTINFO, empty
            20, 0, 26, 0, // IFLA_AF_SPEC
            6, 0, 0, 0, 2, 0, 0, 0, // IFLA_BRIDGE_FLAGS: self
            6, 0, 1, 0, 1, 0, 0, 0, // IFLA_BRIDGE_MODE: VEPA
        ];
        assert_eq!(sent(&set), [&head[..], &mode].concat());
    }
}
