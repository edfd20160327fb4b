//! The phone at work: the pure telephone with a clock, sockets, media, sound cards, a database and a team server around it.
//!
//! ```text
//!  EngineHandle ─▶ mail ─▶ driver ─▶ Phone::handle ─▶ hands ─┬─▶ sip-io   (flows)
//!                            ▲              │                ├─▶ calls    (one media task each)
//!                            │              ▼                ├─▶ sound    (audio worker)
//!   flows, media, sound, team, watch      board ─▶ feed      └─▶ archive  (store)
//! ```
//!
//! One task owns the phone and everything that it moves; others send letters. Whatever waits (disk, server, device list)
//! waits in a task of its own, so that ringing never does.

pub mod audio;

mod agent;
mod archive;
mod board;
mod calls;
mod clock;
mod contacts;
mod devices;
mod directory;
mod driver;
mod event;
mod feed;
mod forgotten;
mod handle;
mod hands;
mod history;
mod lobby;
mod mail;
mod operate;
mod panel;
mod profile;
mod quality;
mod queue_admin;
mod recording;
mod rights;
mod roster;
mod rules;
mod secrets;
mod session;
mod shared_computer;
mod sound;
mod sound_test;
mod sources;
mod start;
mod status;
mod status_admin;
mod supervision;
mod system;
mod team;
mod transfer;
mod voicemail;
mod watch;

pub use agent::AgentError;
pub use archive::{HistoryPage, StorageFailed};
/// Why a file does not become a picture.
pub use avatar::{Foreign as ForeignPicture, Refused as PictureRefused};
pub use base::CodecKind;
pub use base::Secret;
pub use base::SuperviseMode;
/// The line that names a contact.
pub use book::name::shown as shown_name;
/// How a table of contacts is written, and what its columns hold.
pub use book::{
    charset::Charset,
    csv::{Column, Mapping, Options},
};
pub use calls::CallStats;
pub use contacts::{
    BookError, ContactFault, ContactPart, ContactsSync, ExportFormat, FaultWhy, FileKind, ImportPreview, ImportReport,
    ImportWish, Saved, SkipWhy, Skipped, SyncPhase, TableLook,
};
pub use devices::{Devices, MicOverride, SoundOverride, SpeakerOverride};
pub use directory::{
    BulkCounts, BulkError, BulkFile, BulkNews, BulkPhase, BulkRow, BulkTable, BulkView, BulkWhy, Directory,
    DirectoryError, DirectoryRow, RangeFault, RangeWish, RowFault, RowState, TableLanguage, UserField,
};
pub use event::{EngineEvent, Levels, MediaStep, Problem, Snapshot};
pub use feed::EventStream;
pub use handle::{EngineHandle, ServerCheck};
pub use history::HistoryFault;
pub use media::{ALL_CODECS, Stats as NetworkStats};
pub use model::{
    AgentCard, AgentGate, AgentOptions, AgentState, AudioDevice, Blocks, Colleague, ColleagueCall, ColleagueParty,
    Department, DeviceChoice, DeviceId, DeviceKind, DevicePurpose, DirectoryUser, EchoCancellation, EditUser, Fault,
    FaultCause, FaultySide, ForcedStatus, GateWhy, KnownDevice, ManagedStatus, NewUser, NoiseSuppression, OwnAgent,
    OwnRights, OwnStatus, Passport, Quality, RegisteredDevice, Registration, RightsCard, Skill, Status, StatusKind,
    StatusNames, StatusWish, UserCard, VoiceProcessing, VoiceProtection, WayPassport, WayQuality,
};
pub use model::{ColleagueMay, ParkPlace, ParkedCall, Supervised};
pub use model::{Consent, NewRecording, Recording, RecordingPolicy, RecordingRow, RecordingsAsked};
/// Outside address books.
pub use model::{FoundBook, Source, SourceFault, SourceId, SourceKind, SourceTrial, SourceWhy};
pub use model::{
    Panel, PanelAct, PanelActivity, PanelAgent, PanelBreak, PanelCaller, PanelCharts, PanelDirections, PanelHalfHour,
    PanelQueue, PanelSums,
};
pub use model::{VoiceBox, VoiceMessage};
pub use operate::OperateError;
pub use panel::{PanelError, ShownPanel};
pub use phone::{
    CallView, CommandError, LineState, MediaState, MoveWhy, RecordingState, RecordingView, RingSlot, Side, Slot,
    SoundFault, StatusFault, StatusView, SupervisedBy, SupervisionView, TestOutcome, TestPhase, TestRequest, TestView,
    TransferFault, TransferStage, TransferView,
};
pub use profile::{Face, OpenedPhoto, PhotoCrop, Profile, ProfileError};
pub use queue_admin::QueueAdminError;
pub use recording::{PEAKS, Peaks, PlayerState, PlayerView, PlayerWish, RecordingsError, Sounding};
pub use rights::RightsError;
pub use roster::Team;
pub use rules::RulesError;
pub use secrets::{MemorySecrets, NoKeychain, SecretStore};
pub use session::{Keep, Session, SignInError, SignedOutWhy, SipSignIn, User};
pub use sources::{SourceKept, SourceView};
pub use start::{EngineConfig, StartError, start};
pub use status_admin::StatusAdminError;
pub use store::{
    CallFilter, CallQuery, ContactLine, ContactQuery, ContactsPage, Dispute, DisputeWhy, LetterCount, ListOrder,
    Standing, Which,
};
pub use supervision::SuperviseError;
pub use system::{Light, LightLevel, SystemStatus, WhyDown};
pub use team_client::PasswordMail;
pub use team_client::{AccountStatus, Service};
pub use voicemail::BoxState;
