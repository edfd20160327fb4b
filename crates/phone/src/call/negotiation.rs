//! Re-offers in a confirmed call: hold, resume, ICE restart, a new address. Wishes are kept until they can be sent.

use base::Now;
use model::EndReason;

use super::call::Call;
use super::policy::{self, OFFERS_COLLIDE};
use super::sdp_direction::puts_us_on_hold;
use super::state::{Exchange, Session, State, Wish};
use crate::account::Attachment;
use crate::effect::Effect;
use crate::notice::MediaState;
use crate::turn::Turn;

/// What the far end refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// To be held.
    Hold,
    /// To be taken back.
    Resume,
}

impl Call {
    /// Begins the next re-offer if something is wished for and nothing is open. Called at the end of each turn, so that
    /// the far end's offer goes first when both came together.
    pub(crate) fn pursue_wishes(&mut self, at: &Attachment, turn: &mut Turn) {
        let (call, hold) = (self.id, self.wants_hold);
        let State::Talking(session) = &mut self.state else { return };
        let wished = (hold != session.agreed_hold && !(hold && session.holds_alone))
            || session.wants_restart
            || session.wants_refresh;
        let is_waiting = session.again_at.is_some_and(|at| at > turn.now);
        if !wished || is_waiting || session.exchange != Exchange::Settled || !at.can_reach_dialogs() {
            return;
        }
        session.again_at = None;
        let wish = Wish { hold, restart: session.wants_restart };
        session.exchange = Exchange::WritingOffer(wish);
        session.wants_restart = false;
        session.wants_refresh = false;
        turn.effect(Effect::MakeReoffer { call, hold: wish.hold, ice_restart: wish.restart });
    }

    /// Our re-offer was answered.
    pub(crate) fn agree(&mut self, turn: &mut Turn, hold: bool, answer: String) {
        // To an offer that holds, "recvonly" is the normal answer and "inactive" says that they hold as well.
        self.held_by_far_end = puts_us_on_hold(&answer);
        if self.media == MediaState::None {
            self.media = MediaState::Connecting;
        }
        turn.effect(Effect::ApplyAnswer(self.id, answer));
        if let State::Talking(session) = &mut self.state {
            session.settle(turn.now, hold);
        }
    }

    /// Their offer is answered.
    pub(crate) fn answer_is_sent(&mut self, now: Now, hold: bool, held_by_far_end: bool) {
        self.held_by_far_end = held_by_far_end;
        if let State::Talking(session) = &mut self.state {
            session.settle(now, hold);
        }
    }

    /// Our re-offer was not taken: media goes back. Says what the user has to be told, if anything.
    pub(crate) fn reoffer_failed(&mut self, at: &Attachment, turn: &mut Turn, code: u16) -> Option<Refused> {
        let State::Talking(session) = &mut self.state else { return None };
        let wish = match session.exchange {
            Exchange::Offered(wish) => wish,
            // It was in a 200 of ours, and the flow went before the ACK.
            Exchange::OfferedLate { hold } => Wish { hold, restart: false },
            Exchange::Settled
            | Exchange::WritingOffer(_)
            | Exchange::WritingAnswer { .. }
            | Exchange::WritingLateOffer { .. } => return None,
        };
        turn.effect(Effect::RollbackOffer(self.id));
        session.exchange = Exchange::Settled;
        if session.will_try_again(turn.now, code, at.can_reach_dialogs()) {
            session.wants_restart |= wish.restart;
            return None;
        }
        session.failures = 0;
        self.refused(wish)
    }

    /// Media could not write our re-offer.
    pub(crate) fn reoffer_unwritten(&mut self) -> Option<Refused> {
        let State::Talking(session) = &mut self.state else { return None };
        let Exchange::WritingOffer(wish) = session.exchange else { return None };
        session.exchange = Exchange::Settled;
        self.refused(wish)
    }

    /// A change that the far end refused, unless the user has changed his mind meanwhile.
    fn refused(&mut self, wish: Wish) -> Option<Refused> {
        let State::Talking(session) = &self.state else { return None };
        if wish.hold == session.agreed_hold || wish.hold != self.wants_hold {
            return None;
        }
        Some(if wish.hold { Refused::Hold } else { Refused::Resume })
    }

    /// Restarts ICE with the next re-offer.
    pub(crate) fn restart_media(&mut self) {
        self.path_is_suspect = false;
        if let State::Talking(session) = &mut self.state {
            session.wants_restart = true;
        }
    }

    /// The call cannot be heard: its description is unusable.
    pub(crate) fn give_up_description(
        &mut self,
        at: &mut Attachment,
        turn: &mut Turn,
        reason: EndReason,
        refusal: u16,
    ) {
        self.media = MediaState::Failed;
        self.leave(at, turn, reason, refusal);
    }
}

impl Session {
    /// Did the re-offer fail for a reason that passes? Plans the next attempt.
    fn will_try_again(&mut self, now: Now, code: u16, flow_is_up: bool) -> bool {
        let pause = match code {
            _ if !flow_is_up => None, // The flow went, not the far end's patience: with the next flow.
            OFFERS_COLLIDE => None,   // The user agent has waited already.
            code if policy::NOT_REACHED.contains(&code) => Some(policy::REACH_AGAIN * (1 << self.failures.min(5))),
            _ => return false,
        };
        self.failures += u8::from(flow_is_up);
        self.again_at = pause.map(|pause| now + pause);
        let goes_on = self.failures <= policy::MAX_FAILURES;
        // The far end may have taken the offer and only its answer was lost. So something is offered again even if the
        // user takes his wish back meanwhile, or the two would believe different things.
        self.wants_refresh |= goes_on && code != OFFERS_COLLIDE;
        goes_on
    }

    fn settle(&mut self, now: Now, hold: bool) {
        self.exchange = Exchange::Settled;
        self.failures = 0;
        self.again_at = None;
        self.agreed_hold = hold;
        self.holds_alone &= hold;
        self.held_at = if self.is_held() { self.held_at.or(Some(now)) } else { None };
    }
}
