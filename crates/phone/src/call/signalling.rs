//! What SIP says about one call.

use model::EndReason;
use sip::ua::{DialogId, Event};

use super::call::Call;
use super::end_reason;
use super::policy;
use super::sdp_direction::puts_us_on_hold;
use super::state::{Exchange, Session, State};
use crate::account::Attachment;
use crate::effect::Effect;
use crate::notice::{MediaState, QueuePlace};
use crate::turn::Turn;

impl Call {
    /// Takes an event of this call's dialog. Re-offers that failed and calls that are born are the lineup's business.
    pub(crate) fn on_sip(&mut self, at: &mut Attachment, turn: &mut Turn, event: Event) {
        match event {
            Event::Provisional { code, early_sdp, .. } => self.progressed(turn, code, early_sdp),
            Event::Queued { place, .. } => {
                self.waits_in_queue = true;
                self.queue_place = Some(QueuePlace { position: place.position, wait_s: place.wait_s });
            }
            Event::Accepted { answer, .. } => self.accepted(at, turn, answer),
            Event::Failed { code, .. } => self.failed(code),
            Event::TimedOut { .. } => self.finish(EndReason::Timeout),
            Event::FlowLost { .. } => self.flow_lost(turn),
            Event::Cancelled { elsewhere, .. } => {
                self.finish(if elsewhere { EndReason::AnsweredElsewhere } else { EndReason::Missed });
            }
            Event::Confirmed { .. } => self.confirmed(),
            Event::Reoffered { id, offer } => self.reoffered(at, turn, id, offer),
            Event::ReofferAnswered { answer, .. } => self.reoffer_answered(at, turn, answer),
            Event::WantsReoffer { .. } => {
                if let State::Talking(session) = &mut self.state {
                    session.wants_refresh = true;
                }
            }
            Event::Ended { cause, .. } => {
                self.sip_code = cause.filter(|code| (300..700).contains(code)).or(self.sip_code);
                self.finish(EndReason::RemoteHangUp);
            }
            // We asked for it; anything else would be a call that nobody owns any more.
            Event::Closed { .. } => self.finish(EndReason::RemoteHangUp),
            Event::Invited { .. }
            | Event::ReofferFailed { .. }
            | Event::Referred { .. }
            | Event::ReferAccepted { .. }
            | Event::ReferFailed { .. }
            | Event::ReferProgress { .. }
            | Event::SuperviseAsked { .. }
            | Event::SuperviseAnswered { .. }
            | Event::Registered { .. }
            | Event::RegistrationFailed { .. }
            | Event::Unregistered => {}
        }
    }

    fn progressed(&mut self, turn: &mut Turn, code: u16, early_sdp: Option<String>) {
        match (&self.state, early_sdp) {
            (State::Calling | State::RingingThere, Some(answer)) => {
                self.apply_answer(turn, answer.clone());
                self.state = State::EarlyMedia { answer };
            }
            (State::Calling, None) if code == 180 => self.state = State::RingingThere,
            // 181 and a 183 without sound tell nothing, 182 comes with a place of its own; another fork's sound comes too late; we may be hanging up.
            _ => {}
        }
    }

    fn accepted(&mut self, at: &mut Attachment, turn: &mut Turn, answer: Option<String>) {
        let early = match &mut self.state {
            State::Calling | State::RingingThere => None,
            State::EarlyMedia { answer } => Some(std::mem::take(answer)),
            _ => return, // We hung up in the same moment; the user agent says BYE.
        };
        self.mark_answered(turn);
        self.state = State::Talking(Session::default());
        match (answer, early) {
            (Some(answer), Some(early)) if answer == early => {}
            (Some(answer), _) => self.apply_answer(turn, answer),
            (None, Some(_)) => {}
            (None, None) => self.leave(at, turn, EndReason::NotAcceptable, policy::NOTHING_IN_COMMON),
        }
    }

    /// First answer to our first offer.
    fn apply_answer(&mut self, turn: &mut Turn, answer: String) {
        self.held_by_far_end = puts_us_on_hold(&answer);
        if self.media == MediaState::None {
            self.media = MediaState::Connecting;
        }
        turn.effect(Effect::ApplyAnswer(self.id, answer));
    }

    fn failed(&mut self, code: u16) {
        self.sip_code = Some(code);
        self.finish(end_reason::from_status(code));
    }

    /// Calls the queue again in which it waited, with the offer that nobody has answered.
    pub(super) fn queue_again(&mut self, at: &mut Attachment, turn: &mut Turn) {
        if !matches!(self.state, State::QueueingAgain { .. }) {
            return;
        }
        let Some((target, sdp)) = self.invited.clone() else { return self.finish(EndReason::Offline) };
        self.state = State::Calling;
        self.dialog = Some(at.ask_for(turn, |ua, now| ua.invite(now, &target, sdp)));
    }

    fn flow_lost(&mut self, turn: &Turn) {
        match self.state {
            // The server keeps the place of whoever comes again (`X-Rannan-Position`), also when it was started anew.
            State::Calling if self.waits_in_queue => {
                (self.dialog, self.queue_place) = (None, None);
                self.state = State::QueueingAgain { give_up_at: turn.now + policy::PLACE_IS_KEPT };
            }
            // Nobody was reached.
            State::Preparing { .. } | State::Calling | State::RingingThere | State::EarlyMedia { .. } => {
                self.finish(EndReason::Offline);
            }
            // The caller will give up, or reach another of our phones; the agent has to know that somebody called.
            State::RingingHere { .. } | State::Answering { .. } | State::AwaitingAck { .. } => {
                self.finish(EndReason::Missed)
            }
            State::Ending { reason, .. } => self.finish(reason),
            // An answered call lives by its media; nothing is on its way for the other.
            State::Talking(_) | State::QueueingAgain { .. } | State::Over { .. } => {}
        }
    }

    fn confirmed(&mut self) {
        if let State::AwaitingAck { late_offer } = self.state {
            let exchange = if late_offer { Exchange::OfferedLate { hold: false } } else { Exchange::Settled };
            self.state = State::Talking(Session { exchange, ..Session::default() });
        }
    }

    fn reoffered(&mut self, at: &mut Attachment, turn: &mut Turn, dialog: DialogId, offer: Option<String>) {
        let hold = self.wants_hold;
        let call = self.id;
        let exchange = match &mut self.state {
            State::Talking(session) => &mut session.exchange,
            // Before ACK, or when it ends: another time.
            _ => return at.ask(turn, |ua, now| ua.refuse_reoffer(now, dialog, policy::OFFERS_COLLIDE)),
        };
        if *exchange != Exchange::Settled {
            return at.ask(turn, |ua, now| ua.refuse_reoffer(now, dialog, policy::OFFERS_COLLIDE));
        }
        match offer {
            Some(offer) => {
                *exchange = Exchange::WritingAnswer { hold, held_by_far_end: puts_us_on_hold(&offer) };
                turn.effect(Effect::MakeAnswer { call, offer, hold });
            }
            None => {
                *exchange = Exchange::WritingLateOffer { hold };
                turn.effect(Effect::MakeReoffer { call, hold, ice_restart: false });
            }
        }
    }

    fn reoffer_answered(&mut self, at: &mut Attachment, turn: &mut Turn, answer: Option<String>) {
        match &mut self.state {
            // ACK with the answer to the offer in our first 200.
            State::AwaitingAck { late_offer } if *late_offer => {
                *late_offer = false;
                match answer {
                    Some(answer) => self.apply_answer(turn, answer),
                    None => self.leave(at, turn, EndReason::NotAcceptable, policy::NOTHING_IN_COMMON),
                }
            }
            State::Talking(session) => {
                let hold = match session.exchange {
                    Exchange::Offered(wish) => wish.hold,
                    Exchange::OfferedLate { hold } => hold,
                    Exchange::Settled
                    | Exchange::WritingOffer(_)
                    | Exchange::WritingAnswer { .. }
                    | Exchange::WritingLateOffer { .. } => return, // Late: nothing of ours is open.
                };
                match answer {
                    Some(answer) => self.agree(turn, hold, answer),
                    None => self.leave(at, turn, EndReason::NotAcceptable, policy::NOTHING_IN_COMMON),
                }
            }
            _ => {}
        }
    }
}
