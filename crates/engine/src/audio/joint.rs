//! A guest in a call, as the worker carries it: whose frames go in, and whose come out.

use audio::{Bridge, Frame, Said};
use base::{CallId, SuperviseMode};

use super::call::Call;

/// One bridge, and the calls that it is between.
pub(super) struct Joint {
    guest: CallId,
    to: CallId,
    hidden: bool,
    bridge: Bridge,
    /// 10 ms of the far ends, of the loudspeaker's frame under way.
    from_customer: Option<Frame>,
    from_guest: Option<Frame>,
}

impl Joint {
    pub(super) fn new(guest: CallId, to: CallId, mode: SuperviseMode, apart: bool, hidden: bool) -> Self {
        let mut bridge = Bridge::new(mode);
        bridge.set(mode, apart);
        Joint { guest, to, hidden, bridge, from_customer: None, from_guest: None }
    }

    pub(super) fn is_between(&self, guest: CallId, to: CallId) -> bool {
        self.guest == guest && self.to == to
    }

    pub(super) fn concerns(&self, call: CallId) -> bool {
        self.guest == call || self.to == call
    }

    pub(super) fn set(&mut self, mode: SuperviseMode, apart: bool) {
        self.bridge.set(mode, apart);
    }

    /// Is this call nobody's business?
    pub(super) fn hides(&self, call: CallId) -> bool {
        self.hidden && self.guest == call
    }

    /// What a call says. True: it is for the loudspeaker as it is; the guest's is not.
    pub(super) fn hears(&mut self, call: CallId, frame: &Frame) -> bool {
        if call == self.guest {
            self.from_guest = Some(*frame);
            return false;
        }
        if call == self.to {
            self.from_customer = Some(*frame);
        }
        true
    }

    /// All calls have said what they say: what the loudspeaker plays of the guest.
    pub(super) fn heard(&mut self) -> Option<Frame> {
        let (customer, guest) = (self.from_customer.take(), self.from_guest.take());
        self.bridge.hear(customer.as_ref(), guest.as_ref())
    }

    /// What the microphone and the others say, for either far end.
    pub(super) fn speak(&mut self, microphone: &Frame, calls: &[Call]) -> Said {
        let flows = calls.iter().any(|call| call.id == self.to && call.sends());
        self.bridge.speak(microphone, flows)
    }

    /// What goes to this call.
    pub(super) fn for_call<'a>(&self, call: CallId, said: &'a Said, microphone: &'a Frame) -> &'a Frame {
        match call {
            call if call == self.guest => &said.guest,
            call if call == self.to => &said.customer,
            _ => microphone,
        }
    }
}
