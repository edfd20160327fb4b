//! Being transferred: the far end sends us to somebody (RFC 3515), or somebody takes its place (RFC 3891). Nobody is asked,
//! but the agent sees who it was.

use base::{Aor, CallId};
use model::{EndReason, Party};
use sip::ua::{Caller, DialogId, Referral};

use super::call::Call;
use super::lineup::Lineup;
use super::links::Links;
use super::policy::{self, TRANSFERRED_PATIENCE};
use super::state::State;
use crate::account::Attachment;
use crate::dial;
use crate::phone::PhoneConfig;
use crate::turn::Turn;

/// What an INVITE says of itself.
pub(crate) struct Invitation {
    pub(crate) from: Caller,
    pub(crate) offer: Option<String>,
    /// The call leg whose place it takes.
    pub(crate) replaces: DialogId,
    pub(crate) referred_by: Option<Box<Caller>>,
}

impl Lineup {
    /// The far end of `dialog` asks us to call `to`; `id` is for that call.
    pub(crate) fn referred(
        &mut self,
        at: &mut Attachment,
        turn: &mut Turn,
        (id, dialog): (CallId, DialogId),
        (to, referral): (&str, Referral),
        config: &PhoneConfig,
    ) {
        let (from, target, party) = match self.may_be_sent(at, dialog, to, config) {
            Ok(way) => way,
            Err(code) => return at.ask(turn, |ua, now| ua.refuse_refer(now, dialog, code)),
        };
        at.ask(turn, |ua, now| ua.accept_refer(now, dialog));
        let by = self.find(from).map(|call| call.party.clone());
        self.make_way(id);
        let mut call = Call::dialled(id, at.account().id, target, party, turn);
        call.links = Links { by, referral, referred_in: Some(from), ..Links::default() };
        self.calls.push(call);
        self.active = Some(id);
    }

    /// From a confirmed call of ours, while the agent is not with somebody else, to whom we could dial ourselves.
    fn may_be_sent(
        &self,
        at: &Attachment,
        dialog: DialogId,
        to: &str,
        config: &PhoneConfig,
    ) -> Result<(CallId, Aor, Party), u16> {
        let call = self.calls.iter().find(|call| call.dialog == Some(dialog)).ok_or(481u16)?;
        let elsewhere = self.active.is_some_and(|active| active != call.id);
        let dials = self.calls.iter().any(|call| call.state.is_outgoing_unanswered());
        match call.state {
            State::Talking(_) if call.links.is_transferring() => Err(policy::OFFERS_COLLIDE),
            State::Talking(_) if call.links.leave_at.is_some() || call.supervision.is_some() => Err(603),
            State::Talking(_) => Ok(()),
            State::Ending { .. } | State::Over { .. } => Err(481),
            _ => Err(403),
        }?;
        if at.is_signing_out() || !at.can_call() {
            return Err(policy::SIGNING_OUT);
        }
        if elsewhere || dials || self.calls.len() >= config.max_calls {
            return Err(policy::NO_LINE_FREE);
        }
        let (target, party) = dial::parse(to, &at.account().aor.host).map_err(|_| 484u16)?;
        Ok((call.id, target, party))
    }

    /// Somebody calls in the place of the far end of a running call: taken at once, and the old call is left when the new
    /// one stands.
    pub(crate) fn taken_over(
        &mut self,
        at: &mut Attachment,
        turn: &mut Turn,
        (id, dialog): (CallId, DialogId),
        invitation: Invitation,
        config: &PhoneConfig,
    ) {
        let Invitation { from, offer, replaces, referred_by } = invitation;
        let old = self.calls.iter().position(|call| call.dialog == Some(replaces));
        let old = old.filter(|old| {
            let state = &self.calls[*old].state;
            matches!(state, State::Talking(_) | State::AwaitingAck { .. }) || state.is_outgoing_unanswered()
        });
        let Some(old) = old.filter(|_| !at.is_signing_out()) else {
            return at.ask(turn, |ua, now| ua.reject(now, dialog, 481));
        };
        let old = &mut self.calls[old];
        let (old_id, was_held) = (old.id, old.wants_hold);
        let by = match referred_by {
            Some(by) if !by.number.is_empty() && by.number != old.party.number => {
                Party { number: by.number, display_name: by.display_name }
            }
            _ => old.party.clone(),
        };
        let links =
            Links { by: Some(by), replaces: Some(old_id), asks_for: old.links.asks_for.take(), ..Links::default() };
        let party = Party { number: from.number, display_name: from.display_name };
        let state = State::RingingHere { offer, give_up_at: turn.now + config.ring_timeout };
        let mut call = Call::incoming(id, at.account().id, dialog, party, state, turn);
        call.links = links;
        call.wants_hold = was_held;
        call.open_media(turn);
        call.answer(turn);
        self.calls.push(call);
        if self.active == Some(old_id) {
            self.active = Some(id);
        }
    }

    /// Reports on calls that others asked for, and leaves those whose place was taken. True: something happened.
    pub(super) fn follow_referrals(&mut self, at: &mut Attachment, turn: &mut Turn) -> bool {
        let mut happened = false;
        for index in 0..self.calls.len() {
            happened |= self.report(at, turn, index) | self.take_place(at, turn, index);
        }
        happened
    }

    fn report(&mut self, at: &mut Attachment, turn: &mut Turn, index: usize) -> bool {
        let call = &mut self.calls[index];
        let (Some(from), Some(code)) = (call.links.referred_in, call.reportable()) else { return false };
        if code == call.links.told {
            return false;
        }
        call.links.told = code;
        let (id, party) = (call.id, call.party.clone());
        if code >= 200 {
            call.links.referred_in = None;
        }
        let Some(first) = self.find(from).filter(|call| matches!(call.state, State::Talking(_))) else { return true };
        if let Some(dialog) = first.dialog {
            at.ask(turn, |ua, now| ua.notify_refer(now, dialog, code));
        }
        match code {
            200..300 => {
                first.links.leave_at = Some(turn.now + TRANSFERRED_PATIENCE);
                first.links.to = Some(party);
                let asks_for = first.links.asks_for.take();
                self.calls[index].links.asks_for = asks_for;
            }
            300.. => self.take_back(from, Some(id)),
            _ => {}
        }
        true
    }

    fn take_place(&mut self, at: &mut Attachment, turn: &mut Turn, index: usize) -> bool {
        let call = &mut self.calls[index];
        let Some(old) = call.links.replaces else { return false };
        let (id, stands, is_done) =
            (call.id, matches!(call.state, State::AwaitingAck { .. } | State::Talking(_)), call.state.is_done());
        if !stands && !is_done {
            return false;
        }
        call.links.replaces = None;
        let asks_for = if is_done { call.links.asks_for.take() } else { None };
        let Some(first) = self.find(old) else { return true };
        if stands {
            first.leave(at, turn, EndReason::Transferred, policy::OUR_FAULT);
            self.guests_follow(old, id);
        } else {
            first.links.asks_for = asks_for;
            if !first.wants_hold && !first.state.is_done() && self.active.is_none_or(|active| active == id) {
                self.active = Some(old);
            }
        }
        true
    }
}

impl Call {
    /// What whoever asked for this call wants to hear of it.
    fn reportable(&self) -> Option<u16> {
        match self.state {
            // A queue has it: there is nobody to wait for who could refuse.
            State::Calling | State::RingingThere | State::EarlyMedia { .. } if self.waits_in_queue => Some(182),
            State::RingingThere | State::EarlyMedia { .. } => Some(180),
            State::Talking(_) => Some(200),
            State::Ending { reason, .. } | State::Over { reason } => {
                Some(self.sip_code.filter(|code| *code >= 300).unwrap_or(match reason {
                    // It was answered and ended within one turn.
                    EndReason::RemoteHangUp | EndReason::LocalHangUp => 200,
                    EndReason::Timeout => 408,
                    EndReason::Offline => 503,
                    EndReason::Cancelled => 487,
                    _ => 500,
                }))
            }
            State::Preparing { .. }
            | State::Calling
            | State::QueueingAgain { .. }
            | State::RingingHere { .. }
            | State::Answering { .. }
            | State::AwaitingAck { .. } => None,
        }
    }
}
