//! Supervisors in our calls (decision 25). They ring nowhere, are shown to nobody unless the server says so, count as no call and leave no
//! trace in the history; for that they stand beside the calls, not among them.
//!
//! ```text
//!  INVITE with a leave ─▶ judged ─▶ answered at once ─▶ bridged with the call ─INFO with another leave─▶ another mode
//!      └─ worth nothing: 403; no such call here: 480; somebody is there already: 486     │ the call is over: BYE
//! ```

use base::{CallId, SuperviseMode};
use model::{EndReason, Party};
use sip::ua::{Caller, DialogId, Event};

use super::call::Call;
use super::lineup::Lineup;
use super::policy;
use super::state::State;
use crate::account::Attachment;
use crate::effect::Effect;
use crate::input::MediaInput;
use crate::notice::SupervisedBy;
use crate::supervise::Leaves;
use crate::turn::Turn;

/// Guests that are there or just leaving; one at a time is there.
const MOST_GUESTS: usize = 4;
/// A leave that is worth nothing.
const WORTH_NOTHING: u16 = 403;
/// The call that it is for is not at this phone.
const NOT_HERE: u16 = 480;
/// Somebody supervises it already.
const TAKEN: u16 = 486;

/// A supervisor in one of our calls.
pub(crate) struct Guest {
    pub(super) call: Call,
    /// The call that is supervised.
    pub(super) of: CallId,
    mode: SuperviseMode,
    /// The agent may know of it.
    shown: bool,
}

/// Who is mixed into which call, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bridged {
    guest: CallId,
    to: CallId,
    mode: SuperviseMode,
    apart: bool,
    /// Not one of two joined calls.
    supervisor: bool,
}

impl Lineup {
    /// Somebody shows a leave to supervise one of our calls.
    pub(crate) fn supervised(
        &mut self,
        at: &mut Attachment,
        turn: &mut Turn,
        (id, dialog): (CallId, DialogId),
        (from, offer, token): (Caller, Option<String>, &str),
        leaves: &mut Leaves,
    ) {
        match self.may_supervise(at, turn, &from, token, leaves) {
            Ok((of, mode, shown)) if offer.is_some() => {
                let party = Party { number: from.number, display_name: from.display_name };
                let state = State::RingingHere { offer, give_up_at: turn.now };
                let mut call = Call::incoming(id, at.account().id, dialog, party, state, turn);
                call.open_media(turn);
                call.answer(turn);
                self.guests.push(Guest { call, of, mode, shown });
            }
            Ok(_) => at.ask(turn, |ua, now| ua.reject(now, dialog, policy::NOTHING_IN_COMMON)),
            Err(code) => at.ask(turn, |ua, now| ua.reject(now, dialog, code)),
        }
    }

    fn may_supervise(
        &mut self,
        at: &Attachment,
        turn: &Turn,
        from: &Caller,
        token: &str,
        leaves: &mut Leaves,
    ) -> Result<(CallId, SuperviseMode, bool), u16> {
        let own = &at.account().aor.user;
        let leave = leaves.read(turn.wall, token).filter(|leave| leave.of == *own && leave.by == from.number);
        let leave = leave.ok_or(WORTH_NOTHING)?;
        let is_it = |call: &&Call| call.dialog.and_then(|dialog| at.call_id(dialog)) == Some(leave.call.as_str());
        let call = self.calls.iter().find(is_it).filter(|call| call.state.is_answered() && call.supervision.is_none());
        let of = call.ok_or(NOT_HERE)?.id;
        if at.is_signing_out() {
            return Err(policy::SIGNING_OUT);
        }
        let is_taken = self.guests.iter().any(|guest| !guest.call.state.is_done());
        if is_taken || self.guests.len() >= MOST_GUESTS || self.joined.is_some() {
            return Err(TAKEN);
        }
        let (mode, shown) = (leave.mode, leave.shown);
        leaves.spend(leave).then_some((of, mode, shown)).ok_or(WORTH_NOTHING)
    }

    /// A guest shows a leave for another mode.
    fn supervised_differently(
        &mut self,
        at: &mut Attachment,
        turn: &mut Turn,
        dialog: DialogId,
        token: &str,
        leaves: &mut Leaves,
    ) {
        let own = at.account().aor.user.clone();
        let guest = self.guests.iter_mut().find(|guest| guest.call.dialog == Some(dialog));
        let guest = guest.filter(|guest| !guest.call.state.is_done());
        let call_id = guest.as_ref().and_then(|guest| {
            let call = self.calls.iter().find(|call| call.id == guest.of)?;
            at.call_id(call.dialog?).map(str::to_owned)
        });
        let leave =
            leaves.read(turn.wall, token).filter(|leave| leave.of == own && Some(&leave.call) == call_id.as_ref());
        let code = match (guest, leave) {
            (Some(guest), Some(leave)) if leave.by == guest.call.party.number => {
                let (mode, shown) = (leave.mode, leave.shown);
                let is_spent = leaves.spend(leave);
                if is_spent {
                    (guest.mode, guest.shown) = (mode, shown);
                }
                if is_spent { 200 } else { WORTH_NOTHING }
            }
            _ => WORTH_NOTHING,
        };
        at.ask(turn, |ua, now| ua.answer_supervise(now, dialog, code));
    }

    /// An event of a guest's dialog. Gives it back if it is none's.
    pub(super) fn on_guest(
        &mut self,
        at: &mut Attachment,
        turn: &mut Turn,
        dialog: DialogId,
        event: Event,
        leaves: &mut Leaves,
    ) -> Option<Event> {
        if let Event::SuperviseAsked { token, .. } = &event {
            self.supervised_differently(at, turn, dialog, token, leaves);
            return None;
        }
        let Some(guest) = self.guests.iter_mut().find(|guest| guest.call.dialog == Some(dialog)) else {
            return Some(event);
        };
        match event {
            // Nobody sends a guest elsewhere.
            Event::Referred { .. } => at.ask(turn, |ua, now| ua.refuse_refer(now, dialog, WORTH_NOTHING)),
            Event::ReofferFailed { code, .. } => drop(guest.call.reoffer_failed(at, turn, code)),
            event => guest.call.on_sip(at, turn, event),
        }
        None
    }

    /// A report of a guest's media session. False: it is none's.
    pub(super) fn on_guest_media(
        &mut self,
        at: &mut Attachment,
        turn: &mut Turn,
        id: CallId,
        input: &MediaInput,
    ) -> bool {
        let Some(guest) = self.guests.iter_mut().find(|guest| guest.call.id == id) else { return false };
        // How it sounds is nobody's business here.
        if !matches!(input, MediaInput::Measured(_)) {
            guest.call.on_media(at, turn, input.clone());
        }
        true
    }

    /// A supervisor may not go on, here or as our own supervision.
    pub(crate) fn supervise_revoked(&mut self, at: &mut Attachment, turn: &mut Turn, by: &str, of: &str) {
        let own = at.account().aor.user.clone();
        if own == of {
            for guest in self.guests.iter_mut().filter(|guest| guest.call.party.number == by) {
                guest.call.leave(at, turn, EndReason::LocalHangUp, policy::OUR_FAULT);
            }
        }
        if own == by {
            self.leave_supervision(at, turn, EndReason::Forbidden, |whom| whom.extension == of);
        }
    }

    /// The server was away, and nobody could have stopped a supervision meanwhile: neither ours nor one of our calls goes on.
    pub(crate) fn end_supervisions(&mut self, at: &mut Attachment, turn: &mut Turn) {
        for guest in &mut self.guests {
            guest.call.leave(at, turn, EndReason::LocalHangUp, policy::OUR_FAULT);
        }
        self.leave_supervision(at, turn, EndReason::Offline, |_| true);
    }

    /// Guests whose call is over are shown out. True: something happened.
    pub(super) fn follow_guests(&mut self, at: &mut Attachment, turn: &mut Turn) -> bool {
        let mut happened = false;
        for index in 0..self.guests.len() {
            let of = self.guests[index].of;
            let goes_on = self.calls.iter().any(|call| call.id == of && call.state.is_answered());
            let guest = &mut self.guests[index];
            if !goes_on && !guest.call.state.is_done() {
                guest.call.leave(at, turn, EndReason::LocalHangUp, policy::OUR_FAULT);
                happened = true;
            }
        }
        happened
    }

    /// Another call has taken the place of one that is supervised.
    pub(super) fn guests_follow(&mut self, from: CallId, to: CallId) {
        self.guests.iter_mut().filter(|guest| guest.of == from).for_each(|guest| guest.of = to);
    }

    /// End of a turn, first half: what is not mixed any more.
    pub(super) fn part(&mut self, wanted: Option<Bridged>, turn: &mut Turn) {
        if let Some(before) = self.bridged
            && wanted.map(|bridged| (bridged.guest, bridged.to)) != Some((before.guest, before.to))
        {
            turn.effect(Effect::EndBridge(before.guest));
            self.bridged = None;
        }
    }

    /// Second half: what is mixed from now on.
    pub(super) fn bridge(&mut self, wanted: Option<Bridged>, turn: &mut Turn) {
        if self.bridged != wanted
            && let Some(Bridged { guest, to, mode, apart, supervisor }) = wanted
        {
            turn.effect(Effect::Bridge { guest, to, mode, apart, supervisor });
        }
        self.bridged = wanted;
    }

    /// Who should be mixed into which call: a pure function of calls and guests.
    pub(super) fn wanted_bridge(&self) -> Option<Bridged> {
        if let Some((guest, to)) = self.joined_with() {
            return Some(Bridged { guest, to, mode: SuperviseMode::Barge, apart: false, supervisor: false });
        }
        let apart_from = |of| self.active.is_some_and(|active| active != of);
        let guest = self.guests.iter().find(|guest| guest.call.state.is_answered())?;
        let Guest { call, of, mode, .. } = guest;
        Some(Bridged { guest: call.id, to: *of, mode: *mode, apart: apart_from(*of), supervisor: true })
    }

    /// What of a guest the agent may know.
    pub(super) fn shown_guest(&self, call: CallId) -> Option<SupervisedBy> {
        let guest =
            self.guests.iter().find(|guest| guest.of == call && guest.shown && guest.call.state.is_answered())?;
        let Party { number, display_name } = &guest.call.party;
        let name = if display_name.is_empty() { number } else { display_name };
        Some(SupervisedBy { name: name.clone(), mode: guest.mode })
    }
}
