//! Supervising somebody: a call to their phone, which joins us to the call that runs there. It ends when the agent answers or dials
//! anything else: a supervision on hold would be none.

use base::{CallId, Secret, SuperviseMode};
use model::{EndReason, Supervised};
use sip::ua::Referral;

use super::lineup::{Done, Lineup};
use super::policy;
use super::state::State;
use crate::account::Attachment;
use crate::dial;
use crate::notice::{CommandError, Notice, SupervisionView};
use crate::phone::PhoneConfig;
use crate::turn::Turn;

/// What a supervision is about.
#[derive(Debug)]
pub(crate) struct Supervising {
    whom: Supervised,
    /// What their phone has agreed to.
    pub(super) mode: SuperviseMode,
    /// What it was asked for and has not answered.
    asked: Option<SuperviseMode>,
    /// To be left in this turn.
    pub(super) is_over: bool,
}

impl Supervising {
    pub(super) fn view(&self) -> SupervisionView {
        SupervisionView { whom: self.whom.clone(), mode: self.mode }
    }
}

impl Lineup {
    /// Supervises somebody, or does so differently. Whoever is supervised besides is left.
    pub(crate) fn supervise(
        &mut self,
        at: &mut Attachment,
        turn: &mut Turn,
        id: CallId,
        (whom, mode, token): (Supervised, SuperviseMode, &Secret),
        config: &PhoneConfig,
    ) -> Done {
        let is_them = |about: &Supervising| about.whom.extension == whom.extension;
        let runs = |call: &&mut super::call::Call| {
            !call.state.is_done() && call.supervision.as_ref().is_some_and(|about| is_them(about) && !about.is_over)
        };
        if let Some(call) = self.calls.iter_mut().find(runs) {
            let (State::Talking(_), Some(dialog), Some(about)) = (&call.state, call.dialog, &mut call.supervision)
            else {
                return Err(CommandError::NotNow);
            };
            if !at.can_reach_dialogs() {
                return Err(CommandError::NotRegistered);
            }
            if about.asked.is_some() {
                return Err(CommandError::NotNow);
            }
            about.asked = Some(mode);
            at.ask(turn, |ua, now| ua.change_supervision(now, dialog, token.reveal()));
            return Ok(());
        }
        let home = at.account().aor.host.clone();
        let target = dial::parse(&whom.extension, &home).map_err(|_| CommandError::BadNumber)?;
        self.dial(at, turn, id, target, config)?;
        let call = self.known(id)?;
        call.links.referral = Referral::supervising(token.reveal().to_owned());
        call.supervision = Some(Supervising { whom, mode, asked: None, is_over: false });
        Ok(())
    }

    /// Their phone has answered the wish for another mode.
    pub(super) fn supervise_answered(&mut self, turn: &mut Turn, id: CallId, code: u16) {
        let Some(about) = self.find(id).and_then(|call| call.supervision.as_mut()) else { return };
        let Some(asked) = about.asked.take() else { return };
        if (200..300).contains(&code) {
            about.mode = asked;
        } else {
            turn.notice(Notice::Refused(Some(id), CommandError::SuperviseRefused));
        }
    }

    /// Leaves the supervisions of those who fit. `why` is what the supervisor is told.
    pub(crate) fn leave_supervision(
        &mut self,
        at: &mut Attachment,
        turn: &mut Turn,
        why: EndReason,
        fits: impl Fn(&Supervised) -> bool,
    ) {
        for call in &mut self.calls {
            if call.supervision.as_ref().is_some_and(|about| fits(&about.whom)) {
                call.leave(at, turn, why, policy::OUR_FAULT);
            }
        }
    }

    /// Leaves what has to give way to another call. True: something happened.
    pub(super) fn follow_supervision(&mut self, at: &mut Attachment, turn: &mut Turn) -> bool {
        let mut happened = false;
        for call in &mut self.calls {
            let is_over = call.supervision.as_ref().is_some_and(|about| about.is_over);
            if is_over && !call.state.is_done() {
                call.hang_up(at, turn, true);
                happened = true;
            }
        }
        happened
    }
}
