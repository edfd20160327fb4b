//! Three voices in one phone: the agent at the microphone, the customer of a call, and a guest who joins it.
//!
//! ```text
//!  customer ─┬────────────────────────────▶ loudspeaker ◀── gate ──┬─ guest
//!            └─▶ carried to the microphone's clock ─┐              │
//!  microphone ─┬────────────────────────────────────┴▶ Σ ─▶ guest's encoder
//!              └──────────────▶ Σ ─▶ customer's encoder            │
//!                               ▲  only while somebody barges in   │
//!                               └──◀── carried to the microphone's clock
//! ```
//! Who hears whom is [`Route`], a pure function. What goes to the customer is the microphone, and a voice is added to it only as an
//! [`Aloud`], which the route alone makes: a whisper has no way there. What was said before a mode changed still waits in buffers, so
//! the way to the customer opens a little later than it was asked for, and closes with what was said before.

mod fade;
mod route;

use base::SuperviseMode;

use crate::capture::Reference;
use crate::playout::Mixer;
use crate::{Frame, SILENT_FRAME};
use fade::{fall, rise};
use route::{Aloud, Route};

/// What was whispered may still be on the wire and in the receive buffer when the guest begins to speak to all: 300 ms.
const GUARD_FRAMES: u32 = 30;

/// The mix of one call with a guest in it. Never allocates after it is made.
pub struct Bridge {
    mode: SuperviseMode,
    /// The agent is with somebody else: the guest has no part in that.
    apart: bool,
    /// Until the guest may be heard by the customer, in frames of the microphone.
    guard: u32,
    customer: Reference,
    guest: Reference,
    to_customer: Mixer,
    to_guest: Mixer,
    /// Said aloud, and on its way to the customer with the next frame.
    pending: Option<Aloud>,
    /// The guest was in the last frame that went to the customer.
    is_aloud: bool,
    /// The guest was in the last frame of the loudspeaker.
    in_ear: bool,
}

/// 10 ms for each far end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Said {
    /// For the customer.
    pub customer: Frame,
    /// For the guest.
    pub guest: Frame,
}

impl Bridge {
    /// A guest joins like this.
    #[must_use]
    pub fn new(mode: SuperviseMode) -> Self {
        Bridge {
            mode,
            apart: false,
            guard: 0,
            customer: Reference::default(),
            guest: Reference::default(),
            to_customer: Mixer::default(),
            to_guest: Mixer::default(),
            pending: None,
            is_aloud: false,
            in_ear: false,
        }
    }

    /// Another mode from the next frame on. `apart`: the agent talks to somebody else meanwhile, and the guest to nobody.
    pub fn set(&mut self, mode: SuperviseMode, apart: bool) {
        if mode == SuperviseMode::Barge && self.mode != SuperviseMode::Barge {
            self.guard = GUARD_FRAMES;
        }
        self.mode = mode;
        self.apart = apart;
    }

    /// 10 ms of the loudspeaker's clock: what the far ends say, as far as they are heard. Gives what the loudspeaker plays of the guest.
    pub fn hear(&mut self, customer: Option<&Frame>, guest: Option<&Frame>) -> Option<Frame> {
        if let Some(frame) = customer {
            self.customer.play(frame, true);
        }
        let mut frame = *guest?;
        self.guest.play(&frame, true);
        let hears = self.route(true).agent_hears_guest();
        match (std::mem::replace(&mut self.in_ear, hears), hears) {
            (false, false) => return None,
            (false, true) => rise(&mut frame),
            (true, false) => fall(&mut frame),
            (true, true) => {}
        }
        Some(frame)
    }

    /// 10 ms of the microphone's clock. `flows`: the customer is not on hold. Gives what each far end gets.
    pub fn speak(&mut self, microphone: &Frame, flows: bool) -> Said {
        let (customer, guest) = (self.customer.next_frame(), self.guest.next_frame());
        self.guard = self.guard.saturating_sub(1);
        let route = self.route(flows);
        let aloud = self.aloud(route, &guest);
        let heard = if route.guest_hears_agent() { microphone } else { &SILENT_FRAME };
        self.to_guest.add(heard);
        self.to_guest.add(&customer);
        Said { customer: for_customer(&mut self.to_customer, microphone, aloud), guest: self.to_guest.finish() }
    }

    fn route(&self, flows: bool) -> Route {
        Route::of(self.mode, self.apart, flows)
    }

    /// What of the guest goes to the customer now: what was said a frame ago, so that its end can fade before anything else is said.
    fn aloud(&mut self, route: Route, guest: &Frame) -> Option<Aloud> {
        let now = route.aloud(guest).filter(|_| self.guard == 0);
        let goes_on = now.is_some();
        let mut before = std::mem::replace(&mut self.pending, now)?;
        if !std::mem::replace(&mut self.is_aloud, goes_on) {
            before.shape(rise);
        }
        if !goes_on {
            before.shape(fall);
        }
        Some(before)
    }
}

/// The one place where the customer's sound is made.
fn for_customer(mixer: &mut Mixer, microphone: &Frame, guest: Option<Aloud>) -> Frame {
    let guest = guest.map(Aloud::voice);
    if guest.is_none() && mixer.is_at_rest() {
        return *microphone;
    }
    mixer.add(microphone);
    guest.iter().for_each(|frame| mixer.add(frame));
    mixer.finish()
}

#[cfg(test)]
mod tests;
