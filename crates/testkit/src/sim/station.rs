//! One phone with what it needs around it, and a watchful eye on what it asks for.

use std::collections::{BTreeMap, BTreeSet};

use base::{CallId, FlowId, Now};
use model::CallRecord;
use phone::{CallView, CommandError, Effect, LineState, Notice, Phone, RecordStep, Tone};

use super::media::FakeMedia;

/// How a call is connected to microphone and speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Both ways.
    Joined,
    /// Only listening.
    Listening,
}

/// One phone, its media sessions, its sound and its history.
pub struct Station {
    /// Extension.
    pub user: String,
    /// The phone itself.
    pub phone: Phone,
    /// Media sessions that are open.
    pub media: BTreeMap<CallId, FakeMedia>,
    /// Does media get through?
    pub media_path: bool,
    /// The call that has microphone and speaker.
    pub ear: Option<(CallId, Heard)>,
    /// Guest, call, mode, and whether the agent is elsewhere.
    pub bridge: Option<(CallId, CallId, base::SuperviseMode, bool)>,
    /// Calls that are recorded, and whether what is said is taken.
    pub recordings: BTreeMap<CallId, bool>,
    /// The call that rings aloud.
    pub ringing: Option<CallId>,
    /// The last tone, until it was stopped.
    pub tone: Option<Tone>,
    /// Is the microphone muted?
    pub muted: bool,
    /// Digits that were sent.
    pub digits: Vec<(CallId, String)>,
    /// History, oldest first.
    pub records: Vec<CallRecord>,
    /// Last views of calls that are over, oldest first.
    pub ended: Vec<CallView>,
    /// Commands that were refused.
    pub refused: Vec<(Option<CallId>, CommandError)>,
    /// Everything that was told.
    pub notices: Vec<(Now, Notice)>,
    /// What must never happen and did.
    pub faults: Vec<String>,
    /// Flow that was opened last and not closed.
    pub flow: Option<FlowId>,
    born: BTreeSet<CallId>,
    pub(super) dialled: u64,
}

impl Station {
    pub(super) fn new(user: &str, phone: Phone) -> Self {
        Station {
            user: user.to_owned(),
            phone,
            media: BTreeMap::new(),
            media_path: true,
            ear: None,
            bridge: None,
            recordings: BTreeMap::new(),
            ringing: None,
            tone: None,
            muted: false,
            digits: Vec::new(),
            records: Vec::new(),
            ended: Vec::new(),
            refused: Vec::new(),
            notices: Vec::new(),
            faults: Vec::new(),
            flow: None,
            born: BTreeSet::new(),
            dialled: 0,
        }
    }

    pub(super) fn fault(&mut self, text: impl Into<String>) {
        self.faults.push(format!("{}: {}", self.user, text.into()));
    }

    /// Looks at one effect before it is carried out.
    pub(super) fn watch(&mut self, effect: &Effect) {
        match effect {
            Effect::OpenMedia(call) => {
                if !self.born.insert(*call) {
                    self.fault(format!("media of call {call} opened twice"));
                }
            }
            Effect::CloseMedia(call) => {
                if !self.media.contains_key(call) {
                    self.fault(format!("media of call {call} closed twice"));
                }
                if self.bridge.is_some_and(|(guest, to, ..)| guest == *call || to == *call) {
                    self.fault(format!("call {call} is still mixed when its media is closed"));
                }
                if self.ear.is_some_and(|(joined, _)| joined == *call) {
                    self.fault(format!("call {call} still has the microphone when its media is closed"));
                }
            }
            Effect::MakeOffer(call)
            | Effect::MakeReoffer { call, .. }
            | Effect::MakeAnswer { call, .. }
            | Effect::ApplyAnswer(call, _)
            | Effect::RollbackOffer(call)
            | Effect::SendDtmf(call, _) => {
                if !self.media.contains_key(call) {
                    self.fault(format!("{effect:?} without a media session"));
                }
            }
            Effect::JoinAudio(call) => self.watch_ear(*call, Heard::Joined),
            Effect::ListenAudio(call) => self.watch_ear(*call, Heard::Listening),
            Effect::LeaveAudio(call) => {
                if self.ear.take().map(|(joined, _)| joined) != Some(*call) {
                    self.fault(format!("call {call} leaves the microphone that it had not"));
                }
            }
            Effect::Bridge { guest, to, mode, apart, .. } => {
                if !self.media.contains_key(guest) || !self.media.contains_key(to) {
                    self.fault(format!("{effect:?} without a media session"));
                }
                if self.bridge.is_some_and(|(other, ..)| other != *guest) {
                    self.fault(format!("{effect:?} beside another one"));
                }
                self.bridge = Some((*guest, *to, *mode, *apart));
            }
            Effect::EndBridge(guest) => {
                if self.bridge.take().map(|(other, ..)| other) != Some(*guest) {
                    self.fault(format!("{effect:?} that was none"));
                }
            }
            Effect::Record(call, step) => self.watch_recording(*call, step),
            Effect::MuteMicrophone(muted) => self.muted = *muted,
            Effect::Tone(tone) => self.tone = Some(*tone),
            Effect::StopTone => self.tone = None,
            Effect::StartRinging(call) => {
                if !self.born.contains(call) {
                    self.fault(format!("unknown call {call} rings"));
                }
                self.ringing = Some(*call);
            }
            Effect::StopRinging => {
                if self.ringing.take().is_none() {
                    self.fault("silence stopped");
                }
            }
            Effect::Store(record) => self.records.push((**record).clone()),
            Effect::OpenFlow(..) | Effect::CloseFlow(_) | Effect::Send(..) => {}
            Effect::UseDevices(_) | Effect::RememberDevices(_) | Effect::Test(_) | Effect::EndTest => {}
            Effect::AskStatus(_) | Effect::KeepStatusWish(_) => {}
        }
    }

    fn watch_recording(&mut self, call: CallId, step: &RecordStep) {
        let before = match step {
            RecordStep::End => self.recordings.remove(&call),
            step => self.recordings.insert(call, *step != RecordStep::Pause),
        };
        let fits = match step {
            RecordStep::Begin(_) => before.is_none() && self.media.contains_key(&call),
            RecordStep::Pause => before == Some(true),
            RecordStep::Resume => before == Some(false),
            RecordStep::End => before.is_some(),
        };
        if !fits {
            self.fault(format!("recording of call {call}: {step:?} after {before:?}"));
        }
    }

    fn watch_ear(&mut self, call: CallId, heard: Heard) {
        if !self.media.contains_key(&call) {
            self.fault(format!("call {call} gets the microphone without a media session"));
        }
        match self.ear {
            Some((other, _)) if other != call => self.fault(format!("calls {other} and {call} share the microphone")),
            Some((_, same)) if same == heard => self.fault(format!("call {call} joined twice")),
            _ => {}
        }
        self.ear = Some((call, heard));
    }

    /// Keeps what was told in one turn.
    pub(super) fn listen(&mut self, now: Now, notices: Vec<Notice>, stored: usize) {
        let mut ended = 0;
        for notice in notices {
            match &notice {
                Notice::Call(view) => {
                    self.born.insert(view.call);
                    if self.ended.iter().any(|over| over.call == view.call) {
                        self.fault(format!("call {} changed after its end", view.call));
                    }
                    if view.ended.is_some() || view.line == LineState::Ended {
                        self.fault(format!("call {} is over and still told as running", view.call));
                    }
                }
                Notice::CallEnded(view) => {
                    // A supervision leaves no row.
                    ended += usize::from(view.supervision.is_none());
                    if self.ended.iter().any(|over| over.call == view.call) {
                        self.fault(format!("call {} ended twice", view.call));
                    }
                    if view.ended.is_none() || view.line != LineState::Ended {
                        self.fault(format!("call {} ended without a reason", view.call));
                    }
                    if self.recordings.contains_key(&view.call) {
                        self.fault(format!("call {} ended and is still recorded", view.call));
                    }
                    if self.media.contains_key(&view.call) {
                        self.fault(format!("call {} ended with open media", view.call));
                    }
                    self.ended.push((**view).clone());
                }
                Notice::Refused(call, error) => self.refused.push((*call, *error)),
                Notice::Registration(_)
                | Notice::Microphone(_)
                | Notice::Speaker(_)
                | Notice::Muted(_)
                | Notice::Devices(_)
                | Notice::DeviceMoved { .. }
                | Notice::Test(_)
                | Notice::Quality(..)
                | Notice::Passport(..)
                | Notice::Status(_)
                | Notice::StatusRefused(_)
                | Notice::HistoryChanged => {}
            }
            self.notices.push((now, notice));
        }
        if ended != stored {
            self.fault(format!("{ended} calls ended, {stored} rows stored"));
        }
    }

    /// After all calls: nothing may be left.
    pub(super) fn watch_emptiness(&mut self) {
        let left = [
            (!self.phone.calls().is_empty(), "a call"),
            (!self.media.is_empty(), "a media session"),
            (self.ear.is_some(), "an open microphone"),
            (self.ringing.is_some(), "a ringing bell"),
            (matches!(self.tone, Some(Tone::Ringback | Tone::CallWaiting)), "a tone without end"),
            (self.bridge.is_some(), "a guest"),
            (
                self.ended.iter().filter(|over| over.supervision.is_none()).count() != self.records.len(),
                "a row too many or too few",
            ),
        ];
        for (_, what) in left.into_iter().filter(|(is_left, _)| *is_left) {
            self.fault(format!("{what} is left"));
        }
    }
}
