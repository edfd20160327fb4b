//! One call: its facts, its view, its end.

use base::{AccountId, Aor, CallId, Now, WallMs};
use model::{CallRecord, Direction, EndReason, Party};
use sip::ua::DialogId;

use super::links::Links;
use super::policy::{self, ENDING_PATIENCE};
use super::recording::Take;
use super::state::State;
use super::supervising::Supervising;
use crate::account::Attachment;
use crate::effect::Effect;
use crate::notice::{CallView, LineState, MediaState, Notice, QueuePlace, RecordingView, SupervisedBy};
use crate::quality::QualityLog;
use crate::turn::Turn;

/// A call as the user sees it, from `Dial` or INVITE to its row in the history.
pub(crate) struct Call {
    pub(crate) id: CallId,
    /// The INVITE usage that carries it, once there is one.
    pub(crate) dialog: Option<DialogId>,
    pub(crate) account: AccountId,
    pub(crate) direction: Direction,
    pub(crate) party: Party,
    pub(crate) started_at: WallMs,
    pub(crate) answered_at: Option<(Now, WallMs)>,
    pub(crate) state: State,
    pub(crate) media: MediaState,
    /// `OpenMedia` was asked for and `CloseMedia` was not.
    pub(crate) has_media: bool,
    /// The user wants it on hold, or another call took his ear. May be ahead of what was agreed.
    pub(crate) wants_hold: bool,
    pub(crate) held_by_far_end: bool,
    pub(crate) silenced: bool,
    pub(crate) sip_code: Option<u16>,
    /// Our addresses may have changed since media was set up: do not wait until it fails for good.
    pub(crate) path_is_suspect: bool,
    /// The queue that offers it.
    pub(crate) queue: Option<String>,
    /// Where it waits, if we called a queue.
    pub(crate) queue_place: Option<QueuePlace>,
    /// A queue has told its place: it keeps it for a while when the connection breaks.
    pub(crate) waits_in_queue: bool,
    /// Whom we invited with which offer, while it is not answered.
    pub(crate) invited: Option<(Aor, String)>,
    /// What ties it to other calls.
    pub(crate) links: Links,
    /// It supervises somebody.
    pub(crate) supervision: Option<Supervising>,
    /// Who supervises it, where the agent may know.
    pub(super) supervised_by: Option<SupervisedBy>,
    /// Its far end and another one hear each other.
    pub(super) conference: bool,
    /// Its recording, and how that is shown.
    pub(super) take: Take,
    pub(super) recording: RecordingView,
    /// How it sounds and has sounded.
    pub(super) quality: QualityLog,
    /// What was told last.
    shown: Option<CallView>,
}

impl Call {
    /// We call. Media is opened and asked for an offer at once.
    pub(crate) fn dialled(id: CallId, account: AccountId, target: Aor, party: Party, turn: &mut Turn) -> Self {
        let mut call = Call::new(id, account, Direction::Outgoing, party, State::Preparing { target }, turn);
        call.open_media(turn);
        turn.effect(Effect::MakeOffer(id));
        call
    }

    /// We are called.
    pub(crate) fn incoming(
        id: CallId,
        account: AccountId,
        dialog: DialogId,
        party: Party,
        state: State,
        turn: &mut Turn,
    ) -> Self {
        let mut call = Call::new(id, account, Direction::Incoming, party, state, turn);
        call.dialog = Some(dialog);
        call
    }

    fn new(id: CallId, account: AccountId, direction: Direction, party: Party, state: State, turn: &Turn) -> Self {
        Call {
            id,
            dialog: None,
            account,
            direction,
            party,
            started_at: turn.wall,
            answered_at: None,
            state,
            media: MediaState::None,
            has_media: false,
            wants_hold: false,
            held_by_far_end: false,
            silenced: false,
            sip_code: None,
            path_is_suspect: false,
            queue: None,
            queue_place: None,
            waits_in_queue: false,
            invited: None,
            links: Links::default(),
            supervision: None,
            supervised_by: None,
            conference: false,
            take: Take::default(),
            recording: RecordingView::default(),
            quality: QualityLog::default(),
            shown: None,
        }
    }

    /// Creates the media session: candidates are gathered from now on.
    pub(crate) fn open_media(&mut self, turn: &mut Turn) {
        self.has_media = true;
        turn.effect(Effect::OpenMedia(self.id));
    }

    /// Ends the media session of a call that is done.
    pub(crate) fn close_media_when_done(&mut self, turn: &mut Turn) {
        if self.has_media && self.state.is_done() {
            self.has_media = false;
            turn.effect(Effect::CloseMedia(self.id));
        }
    }

    /// It is answered in this instant, by either side.
    pub(crate) fn mark_answered(&mut self, turn: &Turn) {
        self.answered_at.get_or_insert((turn.now, turn.wall));
    }

    /// The far end or the network ended it; nothing more is sent. The first reason stays.
    pub(crate) fn finish(&mut self, reason: EndReason) {
        let reason = match self.state {
            State::Ending { reason, .. } | State::Over { reason } => reason,
            // It goes on elsewhere: the far end hung up because of that.
            _ if self.links.leave_at.is_some() && reason == EndReason::RemoteHangUp => EndReason::Transferred,
            _ => reason,
        };
        self.state = State::Over { reason };
    }

    /// We end it: nothing, CANCEL, a refusal with `refusal` or BYE, whatever fits.
    pub(crate) fn leave(&mut self, at: &mut Attachment, turn: &mut Turn, reason: EndReason, refusal: u16) {
        match (&self.state, self.dialog) {
            (State::Ending { .. } | State::Over { .. }, _) => return, // Pressed twice.
            (State::Preparing { .. } | State::QueueingAgain { .. }, _) | (_, None) => return self.finish(reason),
            (State::RingingHere { .. } | State::Answering { .. }, Some(dialog)) => {
                self.sip_code = Some(refusal);
                at.ask(turn, |ua, now| ua.reject(now, dialog, refusal));
            }
            (
                State::Calling
                | State::RingingThere
                | State::EarlyMedia { .. }
                | State::AwaitingAck { .. }
                | State::Talking(_),
                Some(dialog),
            ) => at.ask(turn, |ua, now| ua.hang_up(now, dialog)),
        }
        self.state = State::Ending { reason, give_up_at: turn.now + ENDING_PATIENCE };
    }

    /// The user hangs up or declines. The reason is the one that fits the moment.
    pub(crate) fn hang_up(&mut self, at: &mut Attachment, turn: &mut Turn, on_another_call: bool) {
        let reason = match self.state {
            State::RingingHere { .. } | State::Answering { .. } => EndReason::Declined,
            State::Preparing { .. }
            | State::Calling
            | State::RingingThere
            | State::EarlyMedia { .. }
            | State::QueueingAgain { .. } => EndReason::Cancelled,
            State::AwaitingAck { .. } | State::Talking(_) | State::Ending { .. } | State::Over { .. } => {
                EndReason::LocalHangUp
            }
        };
        self.leave(at, turn, reason, policy::decline_code(on_another_call));
    }

    /// Wants to be talked with again. False: it cannot be.
    pub(crate) fn come_back(&mut self) -> bool {
        let State::Talking(session) = &mut self.state else { return false };
        self.wants_hold = false;
        session.holds_alone = false;
        if !session.agreed_hold {
            session.held_at = None;
        }
        true
    }

    /// A deadline of this call may have passed.
    pub(crate) fn tick(&mut self, at: &mut Attachment, turn: &mut Turn) {
        if self.state.deadline().is_none_or(|deadline| deadline > turn.now) {
            return;
        }
        match self.state {
            State::RingingHere { .. } => self.leave(at, turn, EndReason::Missed, policy::NOBODY_THERE),
            State::Talking(ref mut session) if session.mend_until.is_none_or(|until| until > turn.now) => {
                session.again_at = None; // `Call::pursue_wishes` goes on at the end of this turn.
            }
            State::Talking(_) => {
                self.media = MediaState::Failed;
                self.leave(at, turn, EndReason::MediaFailed, policy::OUR_FAULT);
            }
            State::QueueingAgain { .. } => self.finish(EndReason::Offline),
            State::Ending { reason, .. } => self.finish(reason),
            _ => {}
        }
    }

    /// Tells the view if it changed. An ended call is told by [`Call::farewell`].
    pub(crate) fn tell(&mut self, turn: &mut Turn) {
        let view = self.view();
        if self.shown.as_ref() != Some(&view) {
            self.shown = Some(view.clone());
            turn.notice(Notice::Call(Box::new(view)));
        }
    }

    /// Last view and the row in the history.
    pub(crate) fn farewell(&self, reason: EndReason, turn: &mut Turn) {
        let quality = self.quality.passport().map(Box::new);
        if let Some(passport) = &quality {
            turn.notice(Notice::Passport(self.id, passport.clone()));
        }
        if self.supervision.is_some() {
            // Who listened to whom stands in the server's audit, not among the calls.
            return turn.notice(Notice::CallEnded(Box::new(self.view())));
        }
        turn.effect(Effect::Store(Box::new(CallRecord {
            id: 0,
            account: self.account,
            direction: self.direction,
            party: self.party.clone(),
            started_at: self.started_at,
            answered_at: self.answered_at.map(|(_, wall)| wall),
            ended_at: turn.wall,
            reason,
            sip_code: self.sip_code,
            unseen: reason == EndReason::Missed,
            note: String::new(),
            quality,
            transfer: self.links.record(),
        })));
        turn.notice(Notice::CallEnded(Box::new(self.view())));
    }

    /// The call as it is shown: a pure function of signalling and media.
    pub(crate) fn view(&self) -> CallView {
        let session = match &self.state {
            State::Talking(session) => Some(session),
            _ => None,
        };
        let is_held = session.is_some_and(|session| session.is_held());
        CallView {
            call: self.id,
            direction: self.direction,
            party: self.party.clone(),
            line: self.line(),
            media: self.media,
            pending: matches!(self.state, State::Ending { .. }) || (session.is_some() && is_held != self.wants_hold),
            started_at: self.started_at,
            answered_at: self.answered_at.map(|(now, _)| now),
            held_at: session.and_then(|session| session.held_at),
            held_by_far_end: self.held_by_far_end,
            silenced: self.silenced,
            ended: match self.state {
                State::Over { reason } => Some(reason),
                _ => None,
            },
            sip_code: self.sip_code,
            transfer: self.links.view(),
            transferred_by: self.links.by.clone(),
            asks_for: self.links.asks_for,
            queue: self.queue.clone(),
            queue_place: self.queue_place.filter(|_| matches!(self.state, State::Calling)),
            supervision: self.supervision.as_ref().map(Supervising::view),
            supervised_by: self.supervised_by.clone(),
            conference: self.conference,
            recording: self.recording,
        }
    }

    fn line(&self) -> LineState {
        match &self.state {
            State::Preparing { .. } => LineState::Preparing,
            State::Calling | State::QueueingAgain { .. } => LineState::Calling,
            State::RingingThere => LineState::RingingThere,
            State::EarlyMedia { .. } => LineState::EarlyMedia,
            State::RingingHere { .. } => LineState::RingingHere,
            State::Answering { .. } | State::AwaitingAck { .. } => LineState::Answering,
            State::Talking(session) if session.is_held() => LineState::Held,
            State::Talking(_) => LineState::Talking,
            State::Ending { .. } => LineState::Ending,
            State::Over { .. } => LineState::Ended,
        }
    }
}
