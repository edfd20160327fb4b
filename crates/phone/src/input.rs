//! Everything that can come in, grouped by origin.

use base::{CallId, FlowId, Secret, SuperviseMode};
use bytes::Bytes;
use model::{
    Account, AudioDevice, DeviceChoice, DeviceId, DevicePreferences, DevicePurpose, OwnStatus, RegistrationFailure,
    Status, StatusWish, Supervised,
};

use crate::sound_test::TestRequest;

use crate::quality::Measured;
use crate::status::StatusAnswer;

/// One fact or wish. The time it happened is given beside it.
#[derive(Debug)]
pub enum Input {
    /// From the user (window, command line, headset): all the same commands.
    User(Command),
    /// From the network: a flow to the registrar is up.
    FlowUp(FlowId),
    /// From the network: connecting failed or the flow died. `why` is shown while we are not registered.
    FlowDown(FlowId, RegistrationFailure),
    /// From the network: one SIP message.
    Sip(FlowId, Bytes),
    /// The addresses of this computer changed, or it woke from sleep: do not trust the flow any more.
    NetworkChanged,
    /// From the media session of a call.
    Media(CallId, MediaInput),
    /// From the sound card side.
    Sound(SoundInput),
    /// From the team server.
    Team(TeamInput),
    /// The recording of this call cannot be kept.
    RecordingFailed(CallId),
    /// A deadline passed (see `Phone::wake_at`).
    Tick,
}

/// What a user can ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Use this account: connect and register. Replaces the one before (its calls end).
    SignIn(Box<Account>),
    /// New digest credentials for the same account (short-lived ones were renewed); re-registers if it was refused.
    Renew {
        /// Digest user.
        auth_user: String,
        /// Digest password.
        password: Secret,
    },
    /// Another name for others to see, from the next call on (PR-02).
    Rename(String),
    /// Unregister (confirmed, or 5 s), end calls, drop the flow.
    SignOut,
    /// Try to connect now instead of at the end of the back-off.
    RetryNow,
    /// Call what was typed. The id was chosen by whoever sent the command, so that it can answer at once.
    Dial {
        /// Id of the new call.
        call: CallId,
        /// Extension, number, feature code or SIP URI, as typed; any digits, spaces, brackets.
        target: String,
    },
    /// Answer; a running call is put on hold first.
    Answer(CallId),
    /// Decline a ringing call: 603 by the user, 486 when he is on another call (DECISIONS 9).
    Decline(CallId),
    /// Stop ringing aloud, keep the call offered.
    Silence(CallId),
    /// End: CANCEL, BYE or 603, whatever fits.
    HangUp(CallId),
    /// Put on hold.
    Hold(CallId),
    /// Take back; a running other call is put on hold first.
    Resume(CallId),
    /// A call that carries this word was asked for here: it is answered when it comes, within ten seconds (RG-08).
    ExpectPickup(String),
    /// Send the far end to somebody else without asking there (blind transfer).
    Transfer {
        /// Which call.
        call: CallId,
        /// As in `Dial`.
        target: String,
    },
    /// Call somebody to ask before `about` is transferred there; `about` is held.
    Consult {
        /// Id of the new call.
        call: CallId,
        /// The call that shall be transferred.
        about: CallId,
        /// As in `Dial`.
        target: String,
    },
    /// Connect the far ends of two calls (attended transfer).
    CompleteTransfer {
        /// Who is sent.
        call: CallId,
        /// The call with whom it is sent to. While it rings it is given up first.
        to: CallId,
    },
    /// Listen to a colleague's call, whisper or barge in, with the leave that the server gave; or take part differently in the one that
    /// is supervised already.
    Supervise {
        /// Id of the new call.
        call: CallId,
        /// Whom.
        whom: Supervised,
        /// How.
        mode: SuperviseMode,
        /// The leave.
        token: Secret,
    },
    /// Join the call that is spoken on with the one that is held: each of the three hears the others.
    Conference,
    /// Supervise nobody any more.
    SuperviseLeave,
    /// Record a call that is not recorded by itself, or no longer (RG-13).
    Record {
        /// Which.
        call: CallId,
        /// Yes or no.
        on: bool,
    },
    /// Leave out what is said from now on, or go on: while a card number is said.
    PauseRecording {
        /// Which.
        call: CallId,
        /// Yes or no.
        on: bool,
    },
    /// Mute or unmute the microphone for all calls.
    Mute(bool),
    /// Send telephone-events (RFC 4733): `0-9*#A-D`, others are refused.
    Dtmf {
        /// On which call.
        call: CallId,
        /// Digits in order.
        digits: String,
    },
    /// Use these devices from now on, also in a running call, and remember them.
    SaveDevices(Box<DeviceChoice>),
    /// Switch one device, as in a call; `None`: the system's default. It is remembered.
    SwitchDevice(DevicePurpose, Option<DeviceId>),
    /// Test a device. Refused while a call rings or runs. A test that runs gives way.
    Test(Box<TestRequest>),
    /// The agent's answer to "do you hear it?".
    TestHeard(bool),
    /// End the test.
    EndTest,
    /// Choose a status, by id.
    SetStatus {
        /// Which.
        status: String,
        /// Own words, where the status wants them.
        text: String,
    },
    /// Whether each sign-in begins marked offline (ST-07).
    OfflineAtSignIn(bool),
}

/// What comes from the team server, and from those who hold the line to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TeamInput {
    /// A team account of this user is in use from now on.
    Opened {
        /// Id of the user.
        user: String,
    },
    /// None is in use any more: signed out.
    Closed,
    /// The server tells what happens, at first or again: what is shown may be old.
    Connected,
    /// Answer to `StatusAsk::Everything`.
    Statuses {
        /// All that there are.
        choices: Vec<Status>,
        /// One's own.
        own: Box<OwnStatus>,
    },
    /// `StatusAsk::Everything` was not answered.
    StatusesNotNow,
    /// One's own status changed.
    Status(Box<OwnStatus>),
    /// Answer to `StatusAsk::Choose` or `StatusAsk::OfflineAtSignIn`.
    StatusAnswer {
        /// As asked.
        number: u64,
        /// How it ended.
        answer: StatusAnswer,
    },
    /// What was asked for in an earlier run and never confirmed.
    Kept {
        /// By this user.
        user: String,
        /// This.
        wish: StatusWish,
    },
    /// A colleague who may sends the call that runs to this extension.
    TransferAsked {
        /// As in [`Command::Dial`].
        to: String,
    },
    /// With what leaves to supervise our calls are judged.
    SuperviseKey {
        /// Ours alone.
        key: Secret,
        /// The server's clock is so much ahead of ours.
        ahead_ms: i64,
    },
    /// What is recorded of this person's calls from now on, also of those that run.
    Recording(RecordingRules),
    /// A supervision may not go on.
    SuperviseRevoked {
        /// Extension of the supervisor.
        by: String,
        /// Extension of the agent.
        of: String,
    },
    /// A call was turned away by the server, because one's own status blocks it.
    CallBlocked {
        /// The caller's extension.
        from: String,
        /// What the caller was answered.
        code: u16,
    },
}

/// What is recorded, and who may do what about it (RG-12, RG-13).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordingRules {
    /// Without anybody asking.
    pub automatic: model::Recording,
    /// The agent may press Record.
    pub press: bool,
    /// The agent may pause.
    pub may_pause: bool,
    /// Both sides hear a short tone when it begins and when it goes on.
    pub tone: bool,
}

/// What a media session reports. Text is SDP.
#[derive(Clone, Debug, PartialEq)]
pub enum MediaInput {
    /// Answer to `MakeOffer` or `MakeReoffer`.
    Offer(String),
    /// Answer to `MakeAnswer`.
    Answer(String),
    /// `ApplyAnswer` worked.
    Applied,
    /// ICE and DTLS are up.
    Connected,
    /// ICE consent was lost; it may come back by itself.
    Disconnected,
    /// The first packet was sent (milliseconds count from nothing here; the notice is stamped by the engine).
    FirstSent,
    /// The first sound of the other side was played.
    FirstHeard,
    /// Making or applying a description failed: the description is unusable.
    BadDescription,
    /// No codec or security in common.
    NothingInCommon,
    /// Media is lost for good.
    Failed,
    /// What was measured in the last second, while media is up.
    Measured(Box<Measured>),
}

/// What the sound side reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SoundInput {
    /// Microphone opened.
    MicrophoneOpen,
    /// Microphone missing, busy, refused or lost. The call goes on without it and says so.
    MicrophoneFailed(SoundFault),
    /// Speaker opened.
    SpeakerOpen,
    /// Speaker missing, busy or lost.
    SpeakerFailed(SoundFault),
    /// All devices that are there now.
    Devices(Vec<AudioDevice>),
    /// What was remembered from an earlier run.
    Remembered(Box<DevicePreferences>),
    /// A device under test did not open, or stopped.
    TestFailed(SoundFault),
    /// The microphone under test hears something.
    TestVoice,
}

/// Why a device does not work; different advice on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SoundFault {
    /// No such device, or none at all.
    Missing,
    /// Another program holds it.
    Busy,
    /// The system refused.
    NoPermission,
    /// It stopped in mid-stream (unplugged).
    Lost,
    /// Anything else.
    Failed,
}
