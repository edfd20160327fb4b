//! The bridge between shell and webview: requests, events and error codes. Shapes and conversion, nothing else.
//!
//! TypeScript is generated from these (`cargo xtask codegen` → `ui/src/backend/generated.ts`). Errors cross as a code with
//! parameters, never as a sentence: the catalogues own the words.

mod agent;
mod call;
mod contact;
mod contact_convert;
mod contact_sync;
mod convert;
mod device;
mod directory;
mod directory_bulk;
mod error;
mod event;
mod forgotten;
mod history;
mod import;
mod notice;
mod operate;
mod panel;
mod parking;
mod passport_file;
mod profile;
mod quality;
mod queue_admin;
mod recording;
mod request;
mod rights;
mod rules;
mod session;
mod settings;
mod source;
mod source_convert;
mod status;
mod status_admin;
mod supervision;
mod system;
mod team;
mod transfer;
mod typescript;
mod voicemail;

pub use agent::{AgentGate, AgentState, GateWhy, OwnAgent};
pub use call::{Call, CallDirection, CallLine, CallMedia, EndReason, Person, QueuePlace};
pub use contact::{
    Contact, ContactFault, ContactFaultWhy, ContactFavourite, ContactField, ContactLine, ContactNumber, ContactPart,
    ContactRef, ContactSaved, ContactsExport, ContactsPage, ContactsQuery, ContactsRegion, ExportFormat, LetterCount,
    NumberKind, NumberRef,
};
pub use contact_sync::{
    ContactBook, ContactDecision, ContactLook, ContactStanding, ContactVersions, ContactsSync, ContactsSyncPhase,
    ContactsWhich,
};
pub use device::{
    Device, DeviceSlot, DeviceTest, Devices, EchoCancellation, KnownDevice, MoveWhy, NoiseSuppression, RingSlot,
    TestOutcome, TestPhase, VoiceProcessing,
};
pub use directory::{
    AgentCard, CallCentre, DeleteUser, Directory, DirectorySearch, DirectoryUser, EditUser, ExtensionOf, ForceStatus,
    NewUser, PhoneState, RegisteredPhone, SeenStatus, SkillLevel, UserCard, UserOf,
};
pub use directory_bulk::{
    Bulk, BulkFaults, BulkFile, BulkLook, BulkOf, BulkPage, BulkPhase, BulkPlan, BulkRange, BulkReason, BulkRow,
    BulkRowOf, BulkState, BulkTableOf, BulkWhy, DirectoryExport, UserField,
};
pub use error::{ErrorCode, IpcError};
pub use event::{Levels, Snapshot, UiEvent};
pub use forgotten::{ForgotPassword, PasswordMail};
pub use history::{HistoryPage, HistoryRow};
pub use import::{
    ImportCharset, ImportColumn, ImportOptions, ImportPreview, ImportReport, ImportSeparator, ImportTable, ImportWish,
    PreviewImport, SkipWhy, Skipped,
};
pub use notice::{Notice, NoticeCall};
pub use operate::{PickUpOf, SendCallOf};
pub use panel::{
    Panel, PanelAct, PanelActivity, PanelAgent, PanelBreak, PanelCaller, PanelCharts, PanelDirections, PanelHalfHour,
    PanelMay, PanelQueue, PanelStates, PanelSums,
};
pub use parking::{ParkPlace, ParkedCall};
pub use passport_file::PassportFile;
pub use profile::{
    ChangePassword, Face, PasswordDraft, PasswordRules, PhotoCrop, PhotoFault, PhotoOpened, PhotoRef, PictureRef,
    Profile, ProfileService, Rename, Role,
};
pub use quality::{CallPassport, CallQuality, Codec, Fault, FaultCause, FaultySide, WayPassport, WayQuality};
pub use queue_admin::{
    EditQueue, ManagedQueue, PutQueueMember, QueueMember, QueueMemberRef, QueueOverflow, QueueRef, QueueSetup,
    QueueStrategy, QueueTiers,
};
pub use recording::{
    CallRecording, CallSwitch, Consent, Player, PlayerPeaks, PlayerState, PlayerWish, RecordedCall, RecordingPolicy,
    RecordingRef, RecordingState, RecordingsPage, RecordingsWish,
};
pub use request::{
    CallRef, ChooseDevice, DevicePurpose, Dial, Dtmf, HistoryFilter, HistoryKind, HistoryNote, HistoryQuery,
    HistoryRef, Mute, OpenSystemSettings, SaveDevices, ServerCheck, ServerState, SignIn, SignInSip, SystemSettingsPage,
    TestDevice, TestHeard, Volume,
};
pub use rights::{Department, OwnRights, PutRights, Reach, Recording, RightsCard, RightsOf, Switches};
pub use rules::{AuditChange, AuditEntry, AuditPage, AuditWish, ParkingRules, TeamRules};
pub use session::{Session, SignedOutWhy, User};
pub use settings::{Digits, Language, LoginStart, NoticeWhen, Settings, Theme};
pub use source::{
    FoundBook, Source, SourceDraft, SourceFault, SourceKind, SourceRef, SourceSaved, SourceTrial, SourceWhy,
};
pub use status::{OfflineAtSignIn, OwnStatus, PendingStatus, SetStatus, StatusChoice, StatusKind, StatusNames};
pub use status_admin::{ManagedStatus, NewStatus, StatusBlocks, StatusOrder};
pub use supervision::{Supervise, SuperviseMode, SupervisedBy, Supervision};
pub use system::{Light, LightLevel, SoundFault, System, WhyDown};
pub use team::{Colleague, ColleagueCall, ColleagueMay, ColleagueParty, Team};
pub use transfer::{
    CallTransfer, CompleteTransfer, Consult, RowTransfer, Transfer, TransferFault, TransferStage, TransferWay,
};
pub use typescript::typescript;
pub use voicemail::{BoxState, MessageHeard, MessageRef, VoiceBox, VoiceMessage};
