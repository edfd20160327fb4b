//! Plain nouns of the product. No behaviour, no wire shapes: `ipc`, `team-api` and `store` convert.

mod account;
mod agent;
mod audit;
mod call;
mod contact;
mod department;
mod device;
mod directory;
mod panel;
mod parking;
mod password;
mod profile;
mod quality;
mod queue;
mod recording;
mod rights;
mod source;
mod status;
mod supervision;
mod user_rules;
mod voice;
mod voicemail;

pub use account::{Account, AccountKind, Registration, RegistrationFailure, Server, Transport};
pub use agent::{AGENT_OPTION_MAX, AgentGate, AgentOptions, AgentState, GateWhy, OwnAgent, Skill};
pub use audit::{AuditChange, AuditEntry, AuditPage, AuditQuery};
pub use call::{CallRecord, CallTransfer, Direction, EndReason, Party};
pub use contact::{Book, Contact, ContactField, ContactId, ContactNumber, NumberKind};
pub use department::{DEPARTMENT_NAME, Department, OwnRights, RightsCard, department_name};
pub use device::{
    AudioDevice, DeviceChoice, DeviceId, DeviceKind, DevicePreferences, DevicePurpose, KnownDevice, Ranking, Ringers,
};
pub use directory::{AgentCard, DirectoryUser, EditUser, ForcedStatus, NewUser, RegisteredDevice, UserCard};
pub use panel::{
    Panel, PanelAct, PanelActivity, PanelAgent, PanelBreak, PanelCaller, PanelCharts, PanelDays, PanelDirections,
    PanelHalfHour, PanelQueue, PanelSums,
};
pub use parking::{ParkPlace, ParkedCall};
pub use password::{MADE_PASSWORD, PASSWORD_LENGTH, PasswordRule, PasswordRules, made_password};
pub use profile::{NAME_PART, name_part, name_parts, whole_name};
pub use quality::{Fault, FaultCause, FaultySide, Passport, Quality, VoiceProtection, WayPassport, WayQuality};
pub use queue::{ManagedQueue, QueueMember, QueueOverflow, QueueSetup, QueueStrategy, QueueTiers};
pub use recording::{Consent, NewRecording, RecordingPolicy, RecordingRow, RecordingsAsked};
pub use rights::{Act, Reach, Recording, Rights, Role, RoleRights, Standing, may};
pub use source::{FoundBook, Source, SourceFault, SourceId, SourceKind, SourceTrial, SourceWhy, USUAL_FILTER};
pub use status::{
    Blocks, CallOrigin, Colleague, ColleagueCall, ColleagueMay, ColleagueParty, ManagedStatus, OwnStatus, STATUS_TEXT,
    Status, StatusKind, StatusNames, StatusWish, status_text,
};
pub use supervision::Supervised;
pub use user_rules::{EMAIL, EXTENSION, PIN, USER_NAME, is_extension, is_line, normal_email, pin_digits, user_name};
pub use voice::{EchoCancellation, NoiseSuppression, VoiceProcessing};
pub use voicemail::{VoiceBox, VoiceMessage};
