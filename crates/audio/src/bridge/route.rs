//! Who hears whom: a pure function of the mode.

use base::SuperviseMode;

use crate::Frame;

/// Who hears whom. The guest always hears what the customer says, as far as it is received at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Route {
    agent_hears_guest: bool,
    customer_hears_guest: bool,
    guest_hears_agent: bool,
}

/// What the guest says where the customer may hear it.
pub(super) struct Aloud(Frame);

impl Route {
    /// `apart`: the agent talks to somebody else. `flows`: the customer is not on hold; while they are, who only listens hears nothing
    /// of the agent, since the call has nothing of it, and who whispers or barges in can speak with the agent.
    pub(super) const fn of(mode: SuperviseMode, apart: bool, flows: bool) -> Route {
        match (mode, apart) {
            (_, true) => Route { agent_hears_guest: false, customer_hears_guest: false, guest_hears_agent: false },
            (SuperviseMode::Listen, false) => {
                Route { agent_hears_guest: false, customer_hears_guest: false, guest_hears_agent: flows }
            }
            (SuperviseMode::Whisper, false) => {
                Route { agent_hears_guest: true, customer_hears_guest: false, guest_hears_agent: true }
            }
            (SuperviseMode::Barge, false) => {
                Route { agent_hears_guest: true, customer_hears_guest: flows, guest_hears_agent: true }
            }
        }
    }

    pub(super) const fn agent_hears_guest(self) -> bool {
        self.agent_hears_guest
    }

    pub(super) const fn guest_hears_agent(self) -> bool {
        self.guest_hears_agent
    }

    /// The guest's voice for the customer, if the customer may hear it.
    pub(super) fn aloud(self, guest: &Frame) -> Option<Aloud> {
        self.customer_hears_guest.then_some(Aloud(*guest))
    }
}

impl Aloud {
    pub(super) fn shape(&mut self, shape: impl FnOnce(&mut Frame)) {
        shape(&mut self.0);
    }

    pub(super) fn voice(self) -> Frame {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_who_hears_whom_is_complete_rg_10() {
        use SuperviseMode::{Barge, Listen, Whisper};
        // mode, apart, flows → agent hears guest, customer hears guest, guest hears agent
        for (mode, apart, flows, expected) in [
            (Listen, false, true, [false, false, true]),
            (Listen, false, false, [false, false, false]),
            (Whisper, false, true, [true, false, true]),
            (Whisper, false, false, [true, false, true]),
            (Barge, false, true, [true, true, true]),
            (Barge, false, false, [true, false, true]),
            (Listen, true, true, [false; 3]),
            (Listen, true, false, [false; 3]),
            (Whisper, true, true, [false; 3]),
            (Whisper, true, false, [false; 3]),
            (Barge, true, true, [false; 3]),
            (Barge, true, false, [false; 3]),
        ] {
            let route = Route::of(mode, apart, flows);
            let found = [route.agent_hears_guest, route.customer_hears_guest, route.guest_hears_agent];
            assert_eq!(found, expected, "{mode:?} apart {apart} flows {flows}");
            let voice = [0.5; base::FRAME_SAMPLES];
            assert_eq!(route.aloud(&voice).map(Aloud::voice), expected[1].then_some(voice));
        }
    }
}
