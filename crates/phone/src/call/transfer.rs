//! Transferring: we send the far end of a call to somebody else (RFC 5589). Whatever goes wrong, the caller is back.

use base::{Aor, CallId};
use model::{EndReason, Party};

use super::lineup::{Done, Lineup};
use super::links::{Phase, Transfer};
use super::policy::{TRANSFER_PATIENCE, refer_fault, target_fault};
use super::state::State;
use crate::account::Attachment;
use crate::dial;
use crate::notice::{CommandError, TransferFault, TransferStage};
use crate::phone::PhoneConfig;
use crate::turn::Turn;

impl Lineup {
    /// Sends the far end to `target` without asking there (blind). It is held meanwhile.
    pub(crate) fn transfer(
        &mut self,
        at: &mut Attachment,
        turn: &mut Turn,
        id: CallId,
        (target, party): (Aor, Party),
    ) -> Done {
        self.can_be_transferred(at, id)?;
        let takes_back = !self.known(id)?.wants_hold;
        self.begin(turn, id, party, Phase::Told(TransferStage::Asked), takes_back, None);
        self.refer(at, turn, id, &target);
        Ok(())
    }

    /// Calls `target` to ask before `about` is transferred there. `about` is held and hears nothing of it.
    pub(crate) fn consult(
        &mut self,
        at: &Attachment,
        turn: &mut Turn,
        (id, about): (CallId, CallId),
        target: (Aor, Party),
        config: &PhoneConfig,
    ) -> Done {
        self.can_be_transferred(at, about)?;
        self.dial(at, turn, id, target, config)?;
        self.known(about)?.links.asked = None;
        self.known(id)?.links.asks_for = Some(about);
        Ok(())
    }

    /// Connects the far ends of two calls: `id` goes to where `to` is. While `to` still rings, it is given up first and `id`
    /// is sent after it (decision record 0016).
    pub(crate) fn complete_transfer(&mut self, at: &mut Attachment, turn: &mut Turn, id: CallId, to: CallId) -> Done {
        self.can_be_transferred(at, id)?;
        let target = self.known(to)?;
        let (party, dialog) = (target.party.clone(), target.dialog);
        match (&target.state, dialog) {
            _ if id == to => Err(CommandError::NotNow),
            (State::Talking(_), Some(other)) => {
                self.begin(turn, id, party, Phase::Told(TransferStage::Asked), true, Some(to));
                if let Some(dialog) = self.known(id)?.dialog {
                    at.ask(turn, |ua, now| ua.refer_into(now, dialog, other));
                }
                Ok(())
            }
            (state, _) if state.is_outgoing_unanswered() => {
                target.hang_up(at, turn, true);
                self.begin(turn, id, party, Phase::Clearing, true, Some(to));
                Ok(())
            }
            _ => Err(CommandError::NotNow),
        }
    }

    fn can_be_transferred(&mut self, at: &Attachment, id: CallId) -> Done {
        let call = self.known(id)?;
        let is_free = !call.links.is_transferring() && call.links.leave_at.is_none();
        match call.state {
            State::Talking(_) if !is_free || call.supervision.is_some() => Err(CommandError::NotNow),
            State::Talking(_) if !at.can_reach_dialogs() => Err(CommandError::NotRegistered),
            State::Talking(_) => Ok(()),
            _ => Err(CommandError::NotNow),
        }
    }

    fn begin(
        &mut self,
        turn: &Turn,
        id: CallId,
        to: Party,
        phase: Phase,
        takes_back: bool,
        consultation: Option<CallId>,
    ) {
        let give_up_at = turn.now + TRANSFER_PATIENCE;
        let Some(call) = self.find(id) else { return };
        call.links.asked = Some(Transfer { to, phase, sip_code: None, give_up_at, takes_back, consultation });
        call.wants_hold = true;
        if self.active == Some(id) {
            self.active = None;
        }
    }

    fn refer(&mut self, at: &mut Attachment, turn: &mut Turn, id: CallId, target: &Aor) {
        if let Some(dialog) = self.find(id).and_then(|call| call.dialog) {
            at.ask(turn, |ua, now| ua.refer(now, dialog, target));
        }
    }

    /// Our REFER is taken.
    pub(super) fn refer_accepted(&mut self, at: &mut Attachment, turn: &mut Turn, id: CallId, reports: bool) {
        let now = turn.now;
        let Some(asked) = self.find(id).and_then(|call| call.links.asked.as_mut()) else { return };
        if asked.phase == Phase::Told(TransferStage::Asked) {
            asked.phase = Phase::Told(TransferStage::Accepted);
            asked.give_up_at = now + TRANSFER_PATIENCE;
        }
        if !reports {
            // They will not say more, so there is nothing to wait for.
            self.transferred(at, turn, id);
        }
    }

    /// Our REFER was refused, or nobody answered it.
    pub(super) fn refer_refused(&mut self, turn: &Turn, id: CallId, code: u16) {
        self.transfer_failed(turn, id, refer_fault(code), Some(code));
    }

    /// A report of the far end about its new call.
    pub(super) fn refer_progress(
        &mut self,
        at: &mut Attachment,
        turn: &mut Turn,
        id: CallId,
        code: Option<u16>,
        over: bool,
    ) {
        let stage = match code {
            // 182: they wait in a queue. Whoever sent them there is free, as with somebody who called there.
            Some(182 | 200..300) => return self.transferred(at, turn, id),
            Some(code @ 300..) => return self.transfer_failed(turn, id, target_fault(code), Some(code)),
            _ if over => return self.transfer_failed(turn, id, TransferFault::Silent, None),
            Some(101..200) => TransferStage::Ringing,
            Some(_) => TransferStage::Trying,
            None => return,
        };
        let asked = self.find(id).and_then(|call| call.links.asked.as_mut()).filter(|asked| asked.is_running());
        // 100 after 180 is late.
        if let Some(asked) = asked.filter(|asked| asked.phase != Phase::Told(TransferStage::Ringing)) {
            asked.phase = Phase::Told(stage);
        }
    }

    /// The caller has somebody else: our part is over.
    fn transferred(&mut self, at: &mut Attachment, turn: &mut Turn, id: CallId) {
        let Some(call) = self.find(id) else { return };
        let Some(asked) = call.links.asked.as_mut().filter(|asked| asked.is_running()) else { return };
        asked.phase = Phase::Told(TransferStage::Answered);
        let (to, consultation) = (asked.to.clone(), asked.consultation);
        call.links.to = Some(to);
        call.leave(at, turn, EndReason::Transferred, 0);
        if let Some(other) = consultation.and_then(|other| self.find(other)) {
            other.links.asks_for = None;
            other.leave(at, turn, EndReason::Transferred, 0);
        }
    }

    /// It came to nothing. Whom we asked first is still there, or the caller is back.
    fn transfer_failed(&mut self, turn: &Turn, id: CallId, fault: TransferFault, code: Option<u16>) {
        let Some(call) = self.find(id) else { return };
        let Some(asked) = call.links.asked.as_mut().filter(|asked| asked.is_running()) else { return };
        asked.phase = Phase::Told(TransferStage::Failed(fault));
        asked.sip_code = code;
        asked.give_up_at = turn.now;
        let (takes_back, consultation) = (asked.takes_back, asked.consultation);
        let colleague_is_there = consultation
            .and_then(|other| self.find(other))
            .is_some_and(|other| matches!(other.state, State::Talking(_)));
        if takes_back && !colleague_is_there {
            self.take_back(id, consultation);
        }
    }

    /// The agent talks with `id` again, unless he does so with somebody who is not `left`.
    pub(super) fn take_back(&mut self, id: CallId, left: Option<CallId>) {
        if self.active.is_some_and(|active| active != id && Some(active) != left) {
            return;
        }
        let Some(call) = self.find(id) else { return };
        if call.come_back() {
            self.active = Some(id);
        }
    }

    /// Deadlines of transfers.
    pub(super) fn tick_transfers(&mut self, at: &mut Attachment, turn: &mut Turn) {
        let due: Vec<CallId> = self
            .calls
            .iter()
            .filter(|call| call.links.deadline().is_some_and(|deadline| deadline <= turn.now))
            .map(|call| call.id)
            .collect();
        for id in due {
            self.transfer_failed(turn, id, TransferFault::Silent, None);
            if let Some(call) = self.find(id).filter(|call| call.links.leave_at.is_some_and(|at| at <= turn.now)) {
                call.links.leave_at = None;
                call.leave(at, turn, EndReason::Transferred, 0);
            }
        }
    }

    /// What follows for a transfer from what its calls have become in this turn. True: something did.
    pub(super) fn follow_consultations(&mut self, at: &mut Attachment, turn: &mut Turn) -> bool {
        let ended: Vec<(CallId, CallId)> = self
            .calls
            .iter()
            .filter(|call| call.state.is_done())
            .filter_map(|call| Some((call.id, call.links.asks_for?)))
            .collect();
        for (id, about) in &ended {
            self.consultation_ended(turn, *id, *about);
        }
        let (calls, cleared) = (&self.calls, |id: CallId| {
            self.calls.iter().all(|call| call.id != id || matches!(call.state, State::Over { .. }))
        });
        let waiting: Vec<CallId> = calls
            .iter()
            .filter(|call| matches!(call.state, State::Talking(_)))
            .filter(|call| {
                let asked = call.links.asked.as_ref().filter(|asked| asked.phase == Phase::Clearing);
                asked.is_some_and(|asked| asked.consultation.is_none_or(cleared))
            })
            .map(|call| call.id)
            .collect();
        for id in &waiting {
            self.send_after(at, turn, *id);
        }
        !ended.is_empty() || !waiting.is_empty()
    }

    /// The call in which we asked is over, or ends.
    fn consultation_ended(&mut self, turn: &Turn, id: CallId, about: CallId) {
        let Some(call) = self.find(id) else { return };
        call.links.asks_for = None;
        let (party, code, was_answered) = (call.party.clone(), call.sip_code, call.answered_at.is_some());
        let reason = match call.state {
            State::Ending { reason, .. } | State::Over { reason } => reason,
            _ => return,
        };
        let Some(caller) = self.find(about).filter(|call| matches!(call.state, State::Talking(_))) else { return };
        if caller.links.is_transferring() {
            // The target has hung up because the caller takes our place there.
            if reason == EndReason::RemoteHangUp
                && let Some(call) = self.find(id)
            {
                call.state = State::Over { reason: EndReason::Transferred };
            }
            return;
        }
        if !was_answered && reason != EndReason::Cancelled {
            caller.links.asked = Some(Transfer::failed(party, TransferFault::Target(reason), code, turn.now));
        }
        self.take_back(about, Some(id));
    }

    /// The target does not ring for us any more: now the caller is sent there.
    fn send_after(&mut self, at: &mut Attachment, turn: &mut Turn, id: CallId) {
        let home = at.account().aor.host.clone();
        let Some(asked) = self.find(id).and_then(|call| call.links.asked.as_mut()) else { return };
        asked.phase = Phase::Told(TransferStage::Asked);
        asked.consultation = None;
        match dial::parse(&asked.to.number, &home) {
            Ok((target, _)) => self.refer(at, turn, id, &target),
            Err(_) => self.transfer_failed(turn, id, TransferFault::Target(EndReason::BadNumber), None),
        }
    }
}
