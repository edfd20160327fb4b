//! All calls of the phone: which one has the agent, which are held, which ring, and what that sounds like.

use base::{Aor, CallId, Now};
use model::{EndReason, Party};
use sip::ua::{Caller, DialogId, Event};

use super::call::Call;
use super::guest::{Bridged, Guest};
use super::negotiation::Refused;
use super::policy;
use super::sound::Sound;
use super::state::{Exchange, State};
use crate::account::Attachment;
use crate::dial;
use crate::effect::{Effect, Tone};
use crate::input::{MediaInput, RecordingRules};
use crate::notice::{CallView, CommandError, MediaState, Notice};
use crate::phone::PhoneConfig;
use crate::supervise::Leaves;
use crate::turn::Turn;

/// The calls in the order in which they began. Few: at most `PhoneConfig::max_calls` and those that are being refused.
#[derive(Default)]
pub(crate) struct Lineup {
    pub(super) calls: Vec<Call>,
    /// The call that the agent works with: dialled, answered or taken back last. It alone may have microphone and speaker.
    pub(super) active: Option<CallId>,
    pub(super) sound: Sound,
    /// The word of a call that is picked up here, and until when it is waited for.
    pickup: Option<(String, Now)>,
    /// Supervisors in these calls.
    pub(super) guests: Vec<Guest>,
    /// Who was mixed into which call, as far as we asked for it.
    pub(super) bridged: Option<Bridged>,
    /// Two calls whose far ends hear each other.
    pub(super) joined: Option<(CallId, CallId)>,
    /// What is recorded; `None`: nothing.
    pub(super) rules: Option<RecordingRules>,
}

pub(super) type Done = Result<(), CommandError>;

impl Lineup {
    /// Calls `target`. Whoever talks is held, whoever rings goes on silently.
    pub(crate) fn dial(
        &mut self,
        at: &Attachment,
        turn: &mut Turn,
        id: CallId,
        (target, party): (Aor, Party),
        config: &PhoneConfig,
    ) -> Done {
        if !at.can_call() {
            return Err(CommandError::NotRegistered);
        }
        if self.calls.len() >= config.max_calls {
            return Err(CommandError::TooManyCalls);
        }
        // One mouth: a second attempt beside a first that may be answered any moment would leave somebody in silence.
        if self.find(id).is_some() || self.calls.iter().any(|call| call.state.is_outgoing_unanswered()) {
            return Err(CommandError::NotNow);
        }
        self.make_way(id);
        self.calls.push(Call::dialled(id, at.account().id, target, party, turn));
        self.active = Some(id);
        Ok(())
    }

    /// Somebody calls.
    pub(crate) fn invited(
        &mut self,
        at: &mut Attachment,
        turn: &mut Turn,
        id: CallId,
        (dialog, from, offer, queue): (DialogId, Caller, Option<String>, Option<String>),
        config: &PhoneConfig,
    ) {
        let party = Party { number: from.number, display_name: from.display_name };
        let state = State::RingingHere { offer, give_up_at: turn.now + config.ring_timeout };
        let line_free = self.calls.len() < config.max_calls;
        let mut call = Call::incoming(id, at.account().id, dialog, party, state, turn);
        call.queue = queue;
        if at.is_signing_out() {
            call.leave(at, turn, EndReason::Missed, policy::SIGNING_OUT);
        } else if !line_free {
            call.leave(at, turn, EndReason::Missed, policy::NO_LINE_FREE);
        } else {
            at.ask(turn, |ua, now| ua.ring(now, dialog));
            call.open_media(turn);
        }
        self.calls.push(call);
    }

    /// A call came because somebody sent it. That is shown of one that was parked: nobody took it there.
    pub(crate) fn came_back(&mut self, id: CallId, by: Caller) {
        if by.number == policy::PARKING
            && let Some(call) = self.find(id)
        {
            call.links.by = Some(Party { number: by.number, display_name: by.display_name });
        }
    }

    /// A colleague's call was asked for: it comes with this word.
    pub(crate) fn expect_pickup(&mut self, now: Now, word: String) {
        self.pickup = Some((word, now + policy::PICKUP_PATIENCE));
    }

    /// A call came with a word: if it was asked for here, it is answered; else it rings, as another phone of this user picks it up.
    pub(crate) fn picked_up(&mut self, at: &mut Attachment, turn: &mut Turn, id: CallId, word: &str) {
        let is_ours = |(expected, until): &mut (String, Now)| expected == word && turn.now <= *until;
        if self.pickup.take_if(is_ours).is_some()
            && let Err(error) = self.answer(at, turn, id)
        {
            turn.notice(Notice::Refused(Some(id), error));
        }
    }

    /// The call that the agent talks in, else the only one that is held.
    pub(crate) fn that_runs(&self) -> Option<CallId> {
        let talks = |call: &&Call| matches!(call.state, State::Talking(_)) && call.supervision.is_none();
        let active = self.active().filter(talks).map(|call| call.id);
        let mut all = self.calls.iter().filter(talks).map(|call| call.id);
        active.or_else(|| all.next().filter(|_| all.next().is_none()))
    }

    /// The agent takes a ringing call; whoever talks is held.
    pub(crate) fn answer(&mut self, at: &mut Attachment, turn: &mut Turn, id: CallId) -> Done {
        match self.known(id)?.state {
            State::RingingHere { .. } => {}
            State::Answering { .. } | State::AwaitingAck { .. } | State::Talking(_) => return Ok(()), // Pressed twice.
            _ => return Err(CommandError::NotNow),
        }
        self.take_agent_from_others(at, turn, id);
        self.known(id)?.answer(turn);
        Ok(())
    }

    /// The agent declines, or hangs up.
    pub(crate) fn hang_up(&mut self, at: &mut Attachment, turn: &mut Turn, id: CallId) -> Done {
        let on_another_call = self.calls.iter().any(|call| call.id != id && call.state.is_engaging());
        self.known(id)?.hang_up(at, turn, on_another_call);
        Ok(())
    }

    /// Only a ringing call can be declined.
    pub(crate) fn decline(&mut self, at: &mut Attachment, turn: &mut Turn, id: CallId) -> Done {
        match self.known(id)?.state {
            State::RingingHere { .. } => self.hang_up(at, turn, id),
            State::Ending { .. } | State::Over { .. } => Ok(()),
            _ => Err(CommandError::NotNow),
        }
    }

    /// Rings on without noise.
    pub(crate) fn silence(&mut self, id: CallId) -> Done {
        let call = self.known(id)?;
        if !matches!(call.state, State::RingingHere { .. }) {
            return Err(CommandError::NotNow);
        }
        call.silenced = true;
        Ok(())
    }

    /// Puts a call on hold. It is silent from this moment; the far end is told as soon as possible.
    pub(crate) fn hold(&mut self, id: CallId) -> Done {
        let call = self.known(id)?;
        if !matches!(call.state, State::Talking(_)) || call.supervision.is_some() {
            return Err(CommandError::NotNow);
        }
        call.wants_hold = true;
        if self.active == Some(id) {
            self.active = None;
        }
        Ok(())
    }

    /// Takes a call back; whoever talks is held.
    pub(crate) fn resume(&mut self, at: &mut Attachment, turn: &mut Turn, id: CallId) -> Done {
        if !matches!(self.known(id)?.state, State::Talking(_)) {
            return Err(CommandError::NotNow);
        }
        self.take_agent_from_others(at, turn, id);
        self.known(id)?.come_back();
        Ok(())
    }

    /// Sends telephone-events.
    pub(crate) fn dtmf(&mut self, turn: &mut Turn, id: CallId, typed: &str) -> Done {
        let digits = dial::dtmf_digits(typed).ok_or(CommandError::BadDigit)?;
        let is_active = self.active == Some(id);
        let call = self.known(id)?;
        let can_send = matches!(call.state, State::Talking(_) | State::EarlyMedia { .. });
        if !can_send || !is_active || call.supervision.is_some() || call.media != MediaState::Connected {
            return Err(CommandError::NotNow);
        }
        if let Some(digit) = digits.chars().last() {
            self.sound.play_once(Tone::Dtmf(digit));
        }
        turn.effect(Effect::SendDtmf(id, digits));
        Ok(())
    }

    /// Mutes the microphone for all calls.
    pub(crate) fn mute(&mut self, muted: bool, turn: &mut Turn) {
        self.sound.mute(muted, turn);
    }

    /// An event of some dialog.
    pub(crate) fn on_sip(
        &mut self,
        at: &mut Attachment,
        turn: &mut Turn,
        dialog: DialogId,
        event: Event,
        leaves: &mut Leaves,
    ) {
        let Some(event) = self.on_guest(at, turn, dialog, event, leaves) else { return };
        // A dialog without a call: we gave it up before the user agent did.
        let Some(call) = self.calls.iter_mut().find(|call| call.dialog == Some(dialog)) else { return };
        let id = call.id;
        let refused = match event {
            Event::SuperviseAnswered { code, .. } => return self.supervise_answered(turn, id, code),
            Event::ReferAccepted { reports, .. } => return self.refer_accepted(at, turn, id, reports),
            Event::ReferFailed { code, .. } => return self.refer_refused(turn, id, code),
            Event::ReferProgress { code, over, .. } => return self.refer_progress(at, turn, id, code, over),
            Event::ReofferFailed { code, .. } => {
                let refused = call.reoffer_failed(at, turn, code);
                if refused.is_some() {
                    call.sip_code = Some(code);
                }
                refused
            }
            event => {
                call.on_sip(at, turn, event);
                None
            }
        };
        self.accept_refusal(turn, id, refused);
    }

    /// A report of some call's media session.
    pub(crate) fn on_media(&mut self, at: &mut Attachment, turn: &mut Turn, id: CallId, input: MediaInput) {
        if self.on_guest_media(at, turn, id, &input) {
            return;
        }
        let Some(call) = self.find(id) else { return }; // The session outlived its call for a moment.
        let writing_offer =
            matches!(&call.state, State::Talking(session) if matches!(session.exchange, Exchange::WritingOffer(_)));
        let unwritten = writing_offer && matches!(input, MediaInput::BadDescription | MediaInput::NothingInCommon);
        if unwritten {
            let refused = call.reoffer_unwritten();
            self.accept_refusal(turn, id, refused);
        } else {
            call.on_media(at, turn, input);
        }
    }

    /// Addresses or flow changed under the running calls.
    pub(crate) fn suspect_paths(&mut self) {
        for call in self.calls.iter_mut().chain(self.guests.iter_mut().map(|guest| &mut guest.call)) {
            call.path_is_suspect |= call.state.is_answered();
        }
    }

    /// The account is registered on a new flow.
    pub(crate) fn reconnected(&mut self, at: &mut Attachment, turn: &mut Turn) {
        for call in self.calls.iter_mut().chain(self.guests.iter_mut().map(|guest| &mut guest.call)) {
            call.reconnected(at, turn);
        }
    }

    /// Ends all calls because the account goes.
    pub(crate) fn leave_all(&mut self, at: &mut Attachment, turn: &mut Turn) {
        for call in self.calls.iter_mut().chain(self.guests.iter_mut().map(|guest| &mut guest.call)) {
            match call.state {
                State::RingingHere { .. } | State::Answering { .. } => {
                    call.leave(at, turn, EndReason::Declined, policy::SIGNING_OUT);
                }
                _ => call.hang_up(at, turn, false),
            }
        }
    }

    /// Nothing can be heard from the far ends any more.
    pub(crate) fn finish_all(&mut self) {
        for call in self.calls.iter_mut().chain(self.guests.iter_mut().map(|guest| &mut guest.call)) {
            call.finish(EndReason::LocalHangUp);
        }
    }

    /// Deadlines of calls.
    pub(crate) fn tick(&mut self, at: &mut Attachment, turn: &mut Turn) {
        for call in self.calls.iter_mut().chain(self.guests.iter_mut().map(|guest| &mut guest.call)) {
            call.tick(at, turn);
        }
        self.tick_transfers(at, turn);
    }

    /// What follows for other calls from what this turn has done. True: look again.
    pub(crate) fn follow(&mut self, at: &mut Attachment, turn: &mut Turn) -> bool {
        let calls = self.follow_consultations(at, turn) | self.follow_referrals(at, turn);
        calls | self.follow_supervision(at, turn) | self.follow_guests(at, turn)
    }

    /// Gives the agent to `id`: others are held, and an outgoing call that nobody has answered yet is given up, because
    /// whoever answered it now would meet silence.
    fn take_agent_from_others(&mut self, at: &mut Attachment, turn: &mut Turn, id: CallId) {
        for call in self.calls.iter_mut().filter(|call| call.id != id && call.state.is_outgoing_unanswered()) {
            call.hang_up(at, turn, true);
        }
        self.hold_others(id);
        self.active = Some(id);
    }

    /// `id` is about to be called: whoever talks is held, whoever rings goes on silently.
    pub(super) fn make_way(&mut self, id: CallId) {
        self.hold_others(id);
        for call in &mut self.calls {
            call.silenced |= matches!(call.state, State::RingingHere { .. });
        }
    }

    fn hold_others(&mut self, id: CallId) {
        for call in self.calls.iter_mut().filter(|call| call.id != id && call.state.is_answered()) {
            match &mut call.supervision {
                Some(about) => about.is_over = true,
                None => call.wants_hold = true,
            }
        }
    }

    /// The far end did not want to be held or taken back: what was true before is true again.
    fn accept_refusal(&mut self, turn: &mut Turn, id: CallId, refused: Option<Refused>) {
        let Some(refused) = refused else { return };
        let agent_is_elsewhere = self.active.is_some_and(|active| active != id);
        let now = turn.now;
        let Some(call) = self.find(id) else { return };
        match refused {
            Refused::Hold if agent_is_elsewhere => {
                // The agent cannot be on both: silent on our side, whatever the far end thinks.
                if let State::Talking(session) = &mut call.state {
                    session.holds_alone = true;
                    session.held_at.get_or_insert(now);
                }
                return;
            }
            Refused::Hold => {
                call.wants_hold = false;
                self.active = Some(id);
            }
            Refused::Resume => {
                call.wants_hold = true;
                if !agent_is_elsewhere {
                    self.active = None;
                }
            }
        }
        turn.notice(Notice::Refused(Some(id), CommandError::FarEndRefused));
    }

    pub(super) fn find(&mut self, id: CallId) -> Option<&mut Call> {
        self.calls.iter_mut().find(|call| call.id == id)
    }

    pub(super) fn known(&mut self, id: CallId) -> Result<&mut Call, CommandError> {
        self.find(id).ok_or(CommandError::NoSuchCall)
    }

    pub(super) fn active(&self) -> Option<&Call> {
        self.calls.iter().find(|call| Some(call.id) == self.active)
    }

    pub(super) fn is_engaged(&self) -> bool {
        self.calls.iter().any(|call| call.state.is_engaging())
    }

    /// No call at all: the devices are free for a test.
    pub(crate) fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    /// Are all calls over, as far as signalling goes?
    pub(crate) fn is_over(&self) -> bool {
        let mut all = self.calls.iter().chain(self.guests.iter().map(|guest| &guest.call));
        all.all(|call| matches!(call.state, State::Over { .. }))
    }

    pub(crate) fn is_muted(&self) -> bool {
        self.sound.is_muted()
    }

    pub(crate) fn views(&self) -> Vec<CallView> {
        self.calls.iter().map(Call::view).collect()
    }

    pub(crate) fn wake_at(&self) -> Option<Now> {
        let all = self.calls.iter().chain(self.guests.iter().map(|guest| &guest.call));
        all.flat_map(|call| [call.state.deadline(), call.links.deadline()]).flatten().min()
    }
}
