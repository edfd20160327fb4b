//! Everything that the phone can ask for. The list is the complete answer to "what can this code do to me?".

use base::{CallId, FlowId, SuperviseMode};
use bytes::Bytes;
use model::{CallRecord, DevicePreferences, Party, Server, StatusWish};

use crate::devices::DevicePlan;
use crate::sound_test::TestStep;

/// Where a flow shall go.
pub type FlowTarget = Server;

/// One thing to do.
#[derive(Debug)]
pub enum Effect {
    /// Open a flow (`sip-io`); answer with `FlowUp` or `FlowDown` of this id. Any older flow is closed by `CloseFlow`.
    OpenFlow(FlowId, FlowTarget),
    /// Close it after what was sent before has been written.
    CloseFlow(FlowId),
    /// Write one SIP message.
    Send(FlowId, Bytes),

    /// Create the media session of this call. It starts gathering at once.
    OpenMedia(CallId),
    /// Write the first offer → `MediaInput::Offer`.
    MakeOffer(CallId),
    /// Write a re-offer; `hold` means we do not want to hear (`sendonly`), `ice_restart` after a network change → `Offer`.
    MakeReoffer {
        /// Which call.
        call: CallId,
        /// On hold by us.
        hold: bool,
        /// New ICE credentials.
        ice_restart: bool,
    },
    /// Apply this offer and write the answer → `MediaInput::Answer`. `hold`: we hold, answer accordingly.
    MakeAnswer {
        /// Which call.
        call: CallId,
        /// The far end's SDP.
        offer: String,
        /// On hold by us.
        hold: bool,
    },
    /// Apply the far end's answer → `Applied`.
    ApplyAnswer(CallId, String),
    /// Our re-offer was refused: back to what was agreed before.
    RollbackOffer(CallId),
    /// End the media session.
    CloseMedia(CallId),
    /// Send digits as telephone-events.
    SendDtmf(CallId, String),

    /// Microphone and speaker belong to this call now (opens them if needed). Both directions flow.
    JoinAudio(CallId),
    /// Only listen (early media, or the far end's ringback).
    ListenAudio(CallId),
    /// A guest takes part in a running call: both directions of it are mixed into that call, as its mode says. Again with other values
    /// when they change.
    Bridge {
        /// The guest.
        guest: CallId,
        /// In this call.
        to: CallId,
        /// Who hears whom.
        mode: SuperviseMode,
        /// The agent talks to somebody else: the guest hears and says nothing.
        apart: bool,
        /// A supervisor, of whom nothing is shown; else one of two calls that the agent has joined.
        supervisor: bool,
    },
    /// The guest takes part no more.
    EndBridge(CallId),
    /// Neither send nor play (hold, end). Closes devices when no call is left that needs them.
    LeaveAudio(CallId),
    /// Record this call, or go on with it differently. What cannot be kept is answered by `Input::RecordingFailed`.
    Record(CallId, RecordStep),
    /// Silence the microphone on the wire, or not.
    MuteMicrophone(bool),
    /// Play a tone to the agent until the next `Tone` or `StopTone`.
    Tone(Tone),
    /// Stop any tone.
    StopTone,
    /// Ring on the ringing device(s).
    StartRinging(CallId),
    /// Stop ringing.
    StopRinging,

    /// Use these devices from now on: what is open moves over, what is closed stays closed.
    UseDevices(Box<DevicePlan>),
    /// Keep what was chosen.
    RememberDevices(Box<DevicePreferences>),
    /// Go on with a test of devices; the first step opens what it needs.
    Test(Box<TestStep>),
    /// The test is over: close what it opened, forget what it recorded.
    EndTest,

    /// Keep a row in the history.
    Store(Box<CallRecord>),
    /// Ask the team server; answered by `TeamInput`.
    AskStatus(StatusAsk),
    /// Keep this user's wish for a status over restarts, or forget the one that is kept.
    KeepStatusWish(Option<(String, StatusWish)>),
}

/// What happens to a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordStep {
    /// From now on both sides are recorded.
    Begin(Box<RecordingOf>),
    /// What is said is left out.
    Pause,
    /// No more.
    Resume,
    /// It is complete.
    End,
}

/// What is known of the call that is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordingOf {
    /// The other side.
    pub party: Party,
    /// We called.
    pub outgoing: bool,
    /// The other side is nobody of the team.
    pub outside: bool,
    /// The queue that it came from.
    pub queue: Option<String>,
    /// The agent pressed the button; else the rules ask for it.
    pub by_button: bool,
}

/// What is asked of the team server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatusAsk {
    /// Which statuses there are, and one's own → `Statuses` or `StatusesNotNow`.
    Everything,
    /// Choose this one → `StatusAnswer` with this number.
    Choose {
        /// Comes back with the answer.
        number: u64,
        /// Which. It replaces one that was asked for before and is not sent yet.
        wish: StatusWish,
    },
    /// How sign-ins begin → `StatusAnswer` with this number.
    OfflineAtSignIn {
        /// Comes back with the answer.
        number: u64,
        /// Marked offline.
        on: bool,
    },
}

/// Tones for the agent's ear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The far end rings and sends no early media.
    Ringback,
    /// Busy or failed: plays once, ends by itself after about two seconds.
    Ended(RejectTone),
    /// A second call waits.
    CallWaiting,
    /// Feedback for a key.
    Dtmf(char),
}

/// Which ending tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RejectTone {
    /// The other side is busy or declined.
    Busy,
    /// Anything else that failed.
    Congestion,
}
