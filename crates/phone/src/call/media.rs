//! What the media session says about one call.

use model::EndReason;

use super::call::Call;
use super::policy::{self, MENDING_PATIENCE, OFFLINE_MENDING_PATIENCE};
use super::sdp_direction::puts_us_on_hold;
use super::state::{Exchange, State};
use crate::account::Attachment;
use crate::effect::Effect;
use crate::input::MediaInput;
use crate::notice::{MediaState, Notice};
use crate::turn::Turn;

impl Call {
    /// Takes a report of this call's media session. A re-offer that could not be written is the lineup's business.
    pub(crate) fn on_media(&mut self, at: &mut Attachment, turn: &mut Turn, input: MediaInput) {
        if self.state.is_done() {
            return; // `CloseMedia` is on its way.
        }
        match input {
            MediaInput::Offer(sdp) => self.offer_written(at, turn, sdp),
            MediaInput::Answer(sdp) => self.answer_written(at, turn, sdp),
            MediaInput::Connected => self.connected(),
            MediaInput::Disconnected => self.disconnected(),
            MediaInput::Failed => self.lost(at, turn),
            MediaInput::BadDescription => self.description_failed(at, turn, EndReason::MediaFailed),
            MediaInput::NothingInCommon => self.description_failed(at, turn, EndReason::NotAcceptable),
            MediaInput::Measured(measured) => {
                let quality = self.quality.add(*measured);
                turn.notice(Notice::Quality(self.id, Box::new(quality)));
            }
            // Milestones for who measures; no decision hangs on them.
            MediaInput::Applied | MediaInput::FirstSent | MediaInput::FirstHeard => {}
        }
    }

    fn offer_written(&mut self, at: &mut Attachment, turn: &mut Turn, sdp: String) {
        match (&mut self.state, self.dialog) {
            (State::Preparing { target }, None) => {
                if !at.can_call() {
                    return self.finish(EndReason::Offline);
                }
                let target = target.clone();
                let referral = std::mem::take(&mut self.links.referral);
                self.state = State::Calling;
                self.invited = Some((target.clone(), sdp.clone()));
                self.dialog = Some(at.ask_for(turn, |ua, now| ua.invite_referred(now, &target, sdp, referral)));
            }
            (State::Answering { late_offer: true }, Some(dialog)) => {
                self.mark_answered(turn);
                self.state = State::AwaitingAck { late_offer: true };
                at.ask(turn, |ua, now| ua.answer(now, dialog, sdp));
            }
            (State::Talking(session), Some(dialog)) => match session.exchange {
                Exchange::WritingOffer(wish) => {
                    session.exchange = Exchange::Offered(wish);
                    at.ask(turn, |ua, now| ua.reoffer(now, dialog, sdp));
                }
                Exchange::WritingLateOffer { hold } => {
                    session.exchange = Exchange::OfferedLate { hold };
                    at.ask(turn, |ua, now| ua.answer_reoffer(now, dialog, sdp));
                }
                // Given up meanwhile: it must not stay open in the session, or the next one could not be made.
                Exchange::Settled => turn.effect(Effect::RollbackOffer(self.id)),
                Exchange::Offered(_) | Exchange::WritingAnswer { .. } | Exchange::OfferedLate { .. } => {}
            },
            _ => {}
        }
    }

    fn answer_written(&mut self, at: &mut Attachment, turn: &mut Turn, sdp: String) {
        let Some(dialog) = self.dialog else { return };
        match &self.state {
            State::Answering { late_offer: false } => {
                self.mark_answered(turn);
                if self.media == MediaState::None {
                    self.media = MediaState::Connecting;
                }
                self.state = State::AwaitingAck { late_offer: false };
                at.ask(turn, |ua, now| ua.answer(now, dialog, sdp));
            }
            State::Talking(session) => {
                if let Exchange::WritingAnswer { hold, held_by_far_end } = session.exchange {
                    self.answer_is_sent(turn.now, hold, held_by_far_end);
                    at.ask(turn, |ua, now| ua.answer_reoffer(now, dialog, sdp));
                }
            }
            _ => {}
        }
    }

    fn connected(&mut self) {
        self.media = MediaState::Connected;
        if let State::Talking(session) = &mut self.state {
            session.mend_until = None;
        }
    }

    fn disconnected(&mut self) {
        if self.media != MediaState::Connected {
            return;
        }
        self.media = MediaState::Reconnecting;
        if self.path_is_suspect {
            self.restart_media();
        }
    }

    /// Once more with new ICE credentials; the deadline decides.
    fn lost(&mut self, at: &mut Attachment, turn: &mut Turn) {
        if let State::Talking(session) = &mut self.state {
            self.media = MediaState::Reconnecting;
            if session.mend_until.is_none() {
                let reachable = at.can_reach_dialogs();
                let patience = if reachable { MENDING_PATIENCE } else { OFFLINE_MENDING_PATIENCE };
                session.mend_until = Some(turn.now + patience);
                self.restart_media();
            }
            return;
        }
        self.media = MediaState::Failed;
        self.leave(at, turn, EndReason::MediaFailed, policy::OUR_FAULT);
    }

    fn description_failed(&mut self, at: &mut Attachment, turn: &mut Turn, reason: EndReason) {
        let (State::Talking(session), Some(dialog)) = (&mut self.state, self.dialog) else {
            return match self.state {
                // Nothing was asked of it yet but to be there.
                State::RingingHere { .. } => {}
                _ => self.give_up_description(at, turn, reason, policy::NOTHING_IN_COMMON),
            };
        };
        match session.exchange {
            Exchange::WritingAnswer { .. } | Exchange::WritingLateOffer { .. } => {
                session.exchange = Exchange::Settled;
                at.ask(turn, |ua, now| ua.refuse_reoffer(now, dialog, policy::NOTHING_IN_COMMON));
            }
            // The answer that was applied last is unusable: there is no session to go back to.
            Exchange::Settled | Exchange::Offered(_) | Exchange::OfferedLate { .. } => {
                self.give_up_description(at, turn, reason, policy::NOTHING_IN_COMMON);
            }
            Exchange::WritingOffer(_) => {} // See `Call::reoffer_unwritten`.
        }
    }

    /// The user answers: media writes what goes into the 200.
    pub(crate) fn answer(&mut self, turn: &mut Turn) {
        let State::RingingHere { offer, .. } = &mut self.state else { return };
        match offer.take() {
            Some(offer) => {
                self.held_by_far_end = puts_us_on_hold(&offer);
                self.state = State::Answering { late_offer: false };
                turn.effect(Effect::MakeAnswer { call: self.id, offer, hold: false });
            }
            None => {
                self.state = State::Answering { late_offer: true };
                turn.effect(Effect::MakeOffer(self.id));
            }
        }
    }

    /// The account is registered on a new flow: what had to wait can be sent now.
    pub(crate) fn reconnected(&mut self, at: &mut Attachment, turn: &mut Turn) {
        self.queue_again(at, turn);
        let in_trouble = self.media == MediaState::Reconnecting;
        if let State::Talking(session) = &mut self.state
            && session.mend_until.is_some()
        {
            session.mend_until = Some(turn.now + MENDING_PATIENCE);
        }
        if in_trouble && self.path_is_suspect {
            self.restart_media();
        }
    }
}
