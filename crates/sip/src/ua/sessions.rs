//! What calls do by themselves: when their time has come, and when a new flow is there.

use base::Now;
use bytes::Bytes;

use super::sending::Purpose;
use super::{DialogId, Event, Output, UserAgent};
use crate::core::T1;
use crate::usage::{Reoffer, State, TargetRefresh};

/// An ACK that may have gone down with its flow. The peer repeats its 2xx until then, but cannot reach us.
pub(super) struct UnsureAck {
    dialog: DialogId,
    ack: Bytes,
    until: Now,
}

/// What is due in a call.
enum Due {
    Nothing,
    RingAgain,
    Repeat(Bytes),
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
                Some(State::Answered { unacked, .. }) => Self::send_bytes(unacked.response.clone(), out),
                _ => {}
            }
        }
    }

    /// The flow is going: the ACKs of the last 32 s may not have arrived.
    pub(super) fn doubt_acks(&mut self, now: Now) {
        self.unsure_acks.retain(|ack| ack.until > now);
        for sent in self.sent.values() {
            if let Purpose::Invite(dialog) | Purpose::Reinvite(dialog) = sent.purpose {
                let until = now + 64 * T1;
                self.unsure_acks.extend(sent.acks.iter().map(|(_, ack)| UnsureAck { dialog, ack: ack.clone(), until }));
            }
        }
    }

    /// The flow is gone under an answer of ours without ACK. The peer may have it or not, and its ACK may be lost: waiting
    /// for it would end a call that can go on.
    pub(super) fn drop_unconfirmed_answers(&mut self, out: &mut Vec<Output>) {
        for (id, call) in &mut self.calls {
            let State::Confirmed { reoffer, .. } = &mut call.state else { continue };
            let Reoffer::Answered(unacked) = reoffer else { continue };
            if unacked.offered {
                Self::tell(Event::ReofferFailed { id: *id, code: 503 }, out);
            }
            *reoffer = Reoffer::Idle;
            Self::tell(Event::WantsReoffer { id: *id }, out);
        }
    }

    /// The new flow is registered, so requests and answers on it are believed: ACKs that may be lost and 200s without ACK
    /// are said again. A peer that has them ignores the repetition.
    pub(super) fn repeat_what_may_be_lost(&mut self, now: Now, out: &mut Vec<Output>) {
        let calls = &self.calls;
        let stands = |id: &DialogId| calls.get(id).is_some_and(|call| matches!(call.state, State::Confirmed { .. }));
        self.unsure_acks.retain(|ack| ack.until > now && stands(&ack.dialog));
        self.unsure_acks.iter().for_each(|unsure| Self::send_bytes(unsure.ack.clone(), out));
        for call in self.calls.values() {
            if let State::Answered { unacked, .. } = &call.state {
                Self::send_bytes(unacked.response.clone(), out);
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
