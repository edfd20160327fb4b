//! What client and team server say to each other: paths, bodies, events, problems. Shapes and their conversion, nothing else.
//!
//! JSON over HTTP, UTF-8, `snake_case`. Times are milliseconds since 1970 UTC and end in `_ms`. A reader ignores members and event
//! types it does not know, so both sides may be of different age. Described for people in `docs/protocols/team-api.md`.

mod account;
mod audit;
mod contact;
mod directory;
mod event;
mod health;
mod openapi;
mod operate;
mod panel;
mod parking;
pub mod path;
mod problem;
mod profile;
mod queue;
mod recording;
mod rights;
mod secret;
mod status;
mod status_admin;
mod supervision;
mod voicemail;

pub use account::{AccountStatus, ForgotPassword, Login, LoginAnswer, Me, Role, Service, SipCredentials, Try};
pub use audit::{AuditChange, AuditEntry, AuditPage};
pub use contact::{
    CardField, CardNumber, ContactCard, ContactChanges, ContactConflict, ContactEdit, ContactRow, ContactsData,
    PushContacts, PushedContact, PushedContacts, PutContact,
};
pub use directory::{
    AgentCard, Device, Devices, Directory, DirectoryData, DirectoryUser, EditUser, ForceStatus, NewUser,
    StatusForcedData, UserCard,
};
pub use event::{CallData, CallEndData, Event, EventBody, HelloData, RegistrationData};
pub use health::{Health, PRODUCT};
pub use openapi::openapi_json;
pub use operate::{PickUp, SendTo, TransferAskedData};
pub use panel::{
    Panel, PanelAgent, PanelBreak, PanelCaller, PanelCharts, PanelDays, PanelDirections, PanelHalfHour, PanelQueue,
    PanelStates, PanelSums, SendCaller,
};
pub use parking::{ParkPlace, Parked, ParkedCall, ParkedParty, ParkingRules};
pub use problem::{PROBLEM_TYPE, Problem, code, problem_type};
pub use profile::{AvatarSize, ChangeMe, ChangePassword, ProfileData};
pub use queue::{
    AgentData, AgentGate, EditQueue, PutQueueAgent, QueueAgent, QueueLive, QueueRow, QueueSettings, QueueSkill,
    QueueTierRules, Queues,
};
pub use recording::{
    Consent, OpenRecording, RecordedBy, Recording, RecordingDone, RecordingPart, RecordingPolicy, Recordings,
};
pub use rights::{
    Department, DepartmentRef, Departments, EditDepartment, MyRights, NewDepartment, PutRole, PutUserRights,
    RoleRights, RoleRow, Roles, Switches, UserRights,
};
pub use status::{
    CallWith, MyStatus, People, PersonCall, PersonMay, PersonStatus, SetStatus, StatusBlocks, StatusList, StatusRow,
    StatusSettings,
};
pub use status_admin::{EditStatus, ManagedStatus, ManagedStatuses, NewStatus, OrderStatuses, StatusNames};
pub use supervision::{Supervise, SuperviseLeave, SuperviseMode, SupervisionEndData, SupervisionPolicy};
pub use voicemail::{PutVoiceMessage, VoiceMessage, Voicemail, VoicemailData};
