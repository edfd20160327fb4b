//! What calls do by themselves: when their time has come, and when a new flow is there.

use base::Now;

use super::{DialogId, Event, Output, UserAgent};
use crate::usage::{Reoffer, State, TargetRefresh};

/// What is due in a call.
enum Due {
    Nothing,
    RingAgain,
    Repeat(bytes::Bytes),
    NoAck { leaving: bool },
    OfferAgain { offer: String, collisions: u8 },
    TellTarget { failures: u8 },
    GiveUpBye,
}

impl UserAgent {
    pub(super) fn call_due(&mut self, now: Now, id: DialogId, out: &mut Vec<Output>) {
        match self.due(now, id) {
            Due::Nothing => {}
            Due::RingAgain => out.extend(self.ring(now, id)),
            Due::Repeat(response) if self.flow.is_some() => Self::send_bytes(response, out),
            Due::Repeat(_) => {}
            Due::NoAck { leaving: true } => self.say_bye(now, id, out),
            Due::NoAck { leaving: false } => self.dialog_died(now, id, 408, out),
            Due::OfferAgain { offer, collisions } => self.send_reinvite(now, id, offer, collisions, out),
            Due::TellTarget { failures } => self.refresh_target(now, id, failures, out),
            Due::GiveUpBye => self.over(id, Event::Closed { id }, out),
        }
    }

    /// A new flow: goodbyes that had to wait are said, and a 200 without ACK is repeated at once.
    pub(super) fn resume_calls(&mut self, now: Now, out: &mut Vec<Output>) {
        let ids: Vec<DialogId> = self.calls.keys().copied().collect();
        for id in ids {
            match self.calls.get(&id).map(|c| &c.state) {
                Some(State::Leaving { sent: false, .. }) => self.say_bye(now, id, out),
                Some(
                    State::Answered { unacked, .. } | State::Confirmed { reoffer: Reoffer::Answered(unacked), .. },
                ) => Self::send_bytes(unacked.response.clone(), out),
                _ => {}
            }
        }
    }

    fn due(&mut self, now: Now, id: DialogId) -> Due {
        let Some(call) = self.calls.get_mut(&id) else { return Due::Nothing };
        match &mut call.state {
            State::Incoming { ring_again_at: Some(at), .. } if *at <= now => Due::RingAgain,
            State::Answered { unacked, leaving, .. } if unacked.give_up_at <= now => Due::NoAck { leaving: *leaving },
            State::Answered { unacked, .. } | State::Confirmed { reoffer: Reoffer::Answered(unacked), .. }
                if unacked.repeat_at <= now =>
            {
                if unacked.give_up_at <= now {
                    return Due::NoAck { leaving: false };
                }
                unacked.repeated(now);
                Due::Repeat(unacked.response.clone())
            }
            State::Confirmed { reoffer: Reoffer::Answered(unacked), .. } if unacked.give_up_at <= now => {
                Due::NoAck { leaving: false }
            }
            State::Confirmed { reoffer: Reoffer::Glare { offer, collisions, again_at }, .. } if *again_at <= now => {
                Due::OfferAgain { offer: std::mem::take(offer), collisions: *collisions }
            }
            State::Confirmed { refresh: TargetRefresh::Again { failures, at }, .. } if *at <= now => {
                Due::TellTarget { failures: *failures }
            }
            State::Leaving { give_up_at, .. } if *give_up_at <= now => Due::GiveUpBye,
            State::Inviting { .. }
            | State::Incoming { .. }
            | State::Answered { .. }
            | State::Confirmed { .. }
            | State::Leaving { .. } => Due::Nothing,
        }
    }
}
