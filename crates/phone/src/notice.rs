//! What is told to whoever watches. A screen only follows these.

use base::{CallId, Now, SuperviseMode, WallMs};
use model::{DevicePurpose, Direction, EndReason, KnownDevice, Party, Passport, Quality, Registration, Supervised};

use crate::devices::{DevicesView, MoveWhy};
use crate::input::SoundFault;
use crate::sound_test::TestView;
use crate::status::{StatusFault, StatusView};

/// One piece of news.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// Registration changed (SY-02).
    Registration(Registration),
    /// A call was born or changed; the view is complete, no need to merge.
    Call(Box<CallView>),
    /// A call is over. Its view is shown for a moment with the reason.
    CallEnded(Box<CallView>),
    /// How a call sounds, once a second while media is up.
    Quality(CallId, Box<Quality>),
    /// How a call has sounded, when it is over; comes before `CallEnded`.
    Passport(CallId, Box<Passport>),
    /// Microphone or speaker trouble, or its end (`None`).
    Microphone(Option<SoundFault>),
    /// Same for the speaker.
    Speaker(Option<SoundFault>),
    /// Devices came, went, were chosen, or others are live.
    Devices(Box<DevicesView>),
    /// Another device is live, though nobody chose it.
    DeviceMoved {
        /// For what.
        purpose: DevicePurpose,
        /// What is live now.
        to: KnownDevice,
        /// Why.
        why: MoveWhy,
    },
    /// A test of devices began, went on or ended.
    Test(Box<TestView>),
    /// The microphone is muted, or not.
    Muted(bool),
    /// A command could not be carried out; says which call if any.
    Refused(Option<CallId>, CommandError),
    /// A row was added to the history (the engine sends it when the store has it).
    HistoryChanged,
    /// One's own status, confirmed and asked for; `None`: this account has none, or it is not known yet.
    Status(Option<Box<StatusView>>),
    /// A status was not changed: what was confirmed before still counts.
    StatusRefused(StatusFault),
}

/// Why a command was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandError {
    /// Nothing that can be dialled is in the text.
    BadNumber,
    /// Not signed in.
    NoAccount,
    /// No connection to the server: cannot call now.
    NotRegistered,
    /// No such call (any more).
    NoSuchCall,
    /// Not in this state, e.g. hold before it is answered.
    NotNow,
    /// More calls than lines (8).
    TooManyCalls,
    /// Not a digit that can be sent.
    BadDigit,
    /// The far end refused hold or resume.
    FarEndRefused,
    /// The far end's phone does not let us supervise like that.
    SuperviseRefused,
}

/// A call as the user sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct CallView {
    /// Which call.
    pub call: CallId,
    /// Direction.
    pub direction: Direction,
    /// The other side.
    pub party: Party,
    /// What the line does.
    pub line: LineState,
    /// What the sound does; another axis.
    pub media: MediaState,
    /// A command is on its way and not yet true (hold, resume, end): show it as pending.
    pub pending: bool,
    /// Start, on the wall clock.
    pub started_at: WallMs,
    /// Answered at, on the monotonic clock: the timer counts from here. `None` before.
    pub answered_at: Option<Now>,
    /// On hold by us since.
    pub held_at: Option<Now>,
    /// The far end has put us on hold.
    pub held_by_far_end: bool,
    /// The ring was silenced.
    pub silenced: bool,
    /// Set once it is over.
    pub ended: Option<EndReason>,
    /// Last SIP status code that decided something.
    pub sip_code: Option<u16>,
    /// Its far end was asked to call somebody else: how far that is. A failure stays until something else is done.
    pub transfer: Option<TransferView>,
    /// Who sent it here.
    pub transferred_by: Option<Party>,
    /// This call is to ask before that one is transferred.
    pub asks_for: Option<CallId>,
    /// The queue that offers it.
    pub queue: Option<String>,
    /// Where it waits, when a queue was called and no agent has answered.
    pub queue_place: Option<QueuePlace>,
    /// It is a supervision by this phone.
    pub supervision: Option<SupervisionView>,
    /// Somebody supervises it, where that may be known.
    pub supervised_by: Option<SupervisedBy>,
    /// It is one of the two calls of a three-way conference.
    pub conference: bool,
    /// Its recording.
    pub recording: RecordingView,
}

/// The recording of a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordingView {
    /// How far.
    pub state: RecordingState,
    /// The rules ask for it.
    pub automatic: bool,
    /// The agent may begin or end it.
    pub may_press: bool,
    /// The agent may pause it.
    pub may_pause: bool,
}

/// What a recording does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecordingState {
    /// There is none.
    #[default]
    Off,
    /// It takes what is said.
    On,
    /// The agent has paused it.
    Paused,
    /// It rests while the call is on hold.
    Held,
    /// It could not be kept.
    Failed,
}

/// A supervision by this phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupervisionView {
    /// Of whom.
    pub whom: Supervised,
    /// What counts now.
    pub mode: SuperviseMode,
}

/// Who supervises a call of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupervisedBy {
    /// Name.
    pub name: String,
    /// How.
    pub mode: SuperviseMode,
}

/// Where our call stands in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuePlace {
    /// 1 is next.
    pub position: u32,
    /// How long it will take, as far as known.
    pub wait_s: Option<u32>,
}

/// A transfer that we asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferView {
    /// To whom.
    pub to: Party,
    /// How far it is.
    pub stage: TransferStage,
    /// The code that it failed with.
    pub sip_code: Option<u16>,
}

/// How far a transfer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransferStage {
    /// Asked for, no answer yet.
    Asked,
    /// The far end will do it.
    Accepted,
    /// It is calling.
    Trying,
    /// It rings at the target.
    Ringing,
    /// The target has answered: our call ends.
    Answered,
    /// It came to nothing; the caller is back.
    Failed(TransferFault),
}

/// Why a transfer came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransferFault {
    /// The caller's phone cannot be transferred (405, 501).
    NotSupported,
    /// The caller's phone, or a server, did not want it.
    Refused,
    /// Nothing was heard in time.
    Silent,
    /// The connection to the server was lost.
    Offline,
    /// It went as far as the target, and ended there like a call that ends like this.
    Target(EndReason),
}

/// What the line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineState {
    /// Outgoing: offer is being made, nothing was sent.
    Preparing,
    /// Outgoing: INVITE is on its way.
    Calling,
    /// Outgoing: it rings there.
    RingingThere,
    /// Outgoing: we hear something before the answer (183).
    EarlyMedia,
    /// Incoming: it rings here.
    RingingHere,
    /// Incoming: answered here, not confirmed yet.
    Answering,
    /// Talking.
    Talking,
    /// On hold by us.
    Held,
    /// Ending: BYE or CANCEL is on its way.
    Ending,
    /// Over.
    Ended,
}

/// What the sound does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaState {
    /// No session yet.
    None,
    /// ICE and DTLS are working on it.
    Connecting,
    /// Sound flows.
    Connected,
    /// Lost for the moment; it is being mended.
    Reconnecting,
    /// Given up.
    Failed,
}
