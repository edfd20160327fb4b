//! Paths below the base URL of a server.

/// `GET`: who answers here. No token needed.
pub const HEALTH: &str = "/v1/health";
/// The same, at the place where orchestrators look.
pub const HEALTHZ: &str = "/healthz";
/// `GET` → [`crate::openapi_json`]. No token needed.
pub const OPENAPI: &str = "/v1/openapi.json";
/// `POST` [`crate::Login`] → [`crate::LoginAnswer`].
pub const LOGIN: &str = "/v1/login";
/// `POST` [`crate::Try`] → [`crate::LoginAnswer`]. Only on a practice server, only from this computer.
pub const TRY: &str = "/v1/try";
/// `POST` [`crate::ForgotPassword`] → 204, whether or not there is such an account. No token needed.
pub const FORGOT_PASSWORD: &str = "/v1/password/forgot";
/// The server's own page, for a browser: `GET` with `?token=…&lang=…` from the mail, `POST` of its form.
pub const RESET: &str = "/reset";
/// `POST` without a body → 204. The token is void afterwards.
pub const LOGOUT: &str = "/v1/logout";
/// `GET` → [`crate::Me`]; `PATCH` [`crate::ChangeMe`] → [`crate::Me`].
pub const ME: &str = "/v1/me";
/// `PUT` the bytes of a JPEG or PNG file → [`crate::Me`]; `DELETE` → [`crate::Me`].
pub const MY_AVATAR: &str = "/v1/me/avatar";
/// `PUT` [`crate::ChangePassword`] → [`crate::Me`].
pub const MY_PASSWORD: &str = "/v1/me/password";
/// `GET` → JPEG, its revision in `ETag`. `?size=` is an [`crate::AvatarSize`]. For [`user_avatar`].
pub const USER_AVATAR: &str = "/v1/users/{id}/avatar";
/// `POST` without a body → [`crate::SipCredentials`].
pub const SIP_CREDENTIALS: &str = "/v1/me/sip-credentials";
/// `GET` → [`crate::StatusList`]: the statuses that there are.
pub const STATUSES: &str = "/v1/statuses";
/// For administrators: `GET` → [`crate::ManagedStatuses`]; `POST` [`crate::NewStatus`] → [`crate::ManagedStatus`].
pub const MANAGED_STATUSES: &str = "/v1/admin/statuses";
/// For administrators: `PATCH` [`crate::EditStatus`] → [`crate::ManagedStatus`].
pub const MANAGED_STATUS: &str = "/v1/admin/statuses/{id}";
/// For administrators: `PUT` [`crate::OrderStatuses`] → [`crate::ManagedStatuses`].
pub const STATUS_ORDER: &str = "/v1/admin/status-order";
/// `GET` → [`crate::MyStatus`]; `PUT` [`crate::SetStatus`] → [`crate::MyStatus`].
pub const MY_STATUS: &str = "/v1/me/status";
/// `PUT` [`crate::StatusSettings`] → [`crate::MyStatus`].
pub const MY_STATUS_SETTINGS: &str = "/v1/me/status/settings";
/// `GET` → [`crate::People`]: who can be reached, of the whole team.
pub const PRESENCE: &str = "/v1/presence";
/// For administrators: `GET` → [`crate::Queues`]; `POST` [`crate::QueueSettings`] → [`crate::QueueRow`].
pub const QUEUES: &str = "/v1/queues";
/// For administrators: `GET` → [`crate::QueueLive`]; `PATCH` [`crate::EditQueue`] → [`crate::QueueRow`]; `DELETE` → 204.
pub const QUEUE: &str = "/v1/queues/{id}";
/// For administrators: `PUT` [`crate::PutQueueAgent`] → [`crate::QueueRow`]; `DELETE` → [`crate::QueueRow`].
pub const QUEUE_AGENT: &str = "/v1/queues/{id}/agents/{user}";
/// `GET` → [`crate::AgentData`]: how one stands with the queues.
pub const MY_AGENT: &str = "/v1/me/agent";
/// `POST` without a body → [`crate::AgentData`]: ends wrap-up.
pub const MY_AGENT_READY: &str = "/v1/me/agent/ready";
/// `POST` without a body → [`crate::AgentData`]: 30 s more wrap-up.
pub const MY_AGENT_EXTEND: &str = "/v1/me/agent/extend";
/// For roles that see the live panel: `GET ?today_ms=MS&yesterday_ms=MS` → [`crate::Panel`].
pub const PANEL: &str = "/v1/panel";
/// For the same: `PUT` [`crate::PanelDays`] → 204, and the stream of this session tells it; `DELETE` → 204.
pub const PANEL_WATCH: &str = "/v1/panel/watch";
/// For the same: `GET ?today_ms=MS` → [`crate::PanelCharts`].
pub const PANEL_CHARTS: &str = "/v1/panel/charts";
/// For the same: `POST` [`crate::ForceStatus`] → 204.
pub const PANEL_FORCE: &str = "/v1/panel/agents/{id}/force";
/// For the same: `POST` without a body → 204.
pub const PANEL_END_SESSIONS: &str = "/v1/panel/agents/{id}/end-sessions";
/// For the same: `POST` without a body → 204.
pub const PANEL_PULL: &str = "/v1/panel/callers/{id}/pull";
/// For the same: `POST` [`crate::SendCaller`] → 204.
pub const PANEL_SEND: &str = "/v1/panel/callers/{id}/send";
/// `GET` → [`crate::MyRights`]: what the caller may see and do.
pub const MY_RIGHTS: &str = "/v1/me/rights";
/// For administrators: `GET` → [`crate::Directory`]; `POST` [`crate::NewUser`] → [`crate::UserCard`].
pub const USERS: &str = "/v1/users";
/// For administrators: `GET` → [`crate::UserCard`]; `PATCH` [`crate::EditUser`] → [`crate::UserCard`]; `DELETE ?version=N` → 204.
pub const USER: &str = "/v1/users/{id}";
/// For administrators: `POST` [`crate::ForceStatus`] → 204.
pub const USER_FORCE: &str = "/v1/users/{id}/force";
/// For administrators: `POST` without a body → 204.
pub const USER_END_SESSIONS: &str = "/v1/users/{id}/end-sessions";
/// For those who may operate their calls: `POST` [`crate::PickUp`] → 204.
pub const USER_PICK_UP: &str = "/v1/users/{id}/pick-up";
/// For those who may operate their calls: `POST` [`crate::SendTo`] → 204.
pub const USER_DIVERT: &str = "/v1/users/{id}/divert";
/// For those who may operate their calls: `POST` [`crate::SendTo`] → 204.
pub const USER_TRANSFER: &str = "/v1/users/{id}/transfer";
/// `POST` [`crate::Supervise`] → [`crate::SuperviseLeave`]. For [`user_supervise`].
pub const USER_SUPERVISE: &str = "/v1/users/{id}/supervise";
/// `GET`: what was done by administrators and supervisors, newest first (`before`, `area`, `person`, `limit`).
pub const AUDIT: &str = "/v1/admin/audit";
/// For administrators: `GET` → [`crate::SupervisionPolicy`]; `PUT` [`crate::SupervisionPolicy`] → the same.
pub const SUPERVISION_POLICY: &str = "/v1/admin/supervision";
/// `GET` → [`crate::RecordingPolicy`].
pub const MY_RECORDING: &str = "/v1/me/recording";
/// For administrators: `GET` → [`crate::RecordingPolicy`]; `PUT` [`crate::RecordingPolicy`] → the same.
pub const RECORDING_POLICY: &str = "/v1/admin/recording";
/// `PUT` [`crate::OpenRecording`] → [`crate::RecordingPart`].
pub const MY_RECORDING_OF: &str = "/v1/me/recordings/{id}";
/// `PUT` bytes (`offset`) → [`crate::RecordingPart`].
pub const MY_RECORDING_BYTES: &str = "/v1/me/recordings/{id}/bytes";
/// `POST` [`crate::RecordingDone`] → [`crate::Recording`].
pub const MY_RECORDING_DONE: &str = "/v1/me/recordings/{id}/done";
/// `GET` (`user`, `before`, `limit`) → [`crate::Recordings`].
pub const RECORDINGS: &str = "/v1/recordings";
/// `DELETE` → 204.
pub const RECORDING: &str = "/v1/recordings/{id}";
/// `GET` → an Ogg Opus file.
pub const RECORDING_AUDIO: &str = "/v1/recordings/{id}/audio";
/// `GET` → [`crate::Parked`]; for those who may park: `POST` without a body → [`crate::ParkPlace`].
pub const PARKED: &str = "/v1/parked";
/// For administrators: `GET` → [`crate::ParkingRules`]; `PUT` [`crate::ParkingRules`] → the same.
pub const PARKING_RULES: &str = "/v1/admin/parking";
/// `GET` → [`crate::Voicemail`].
pub const MY_VOICEMAIL: &str = "/v1/me/voicemail";
/// `PUT` [`crate::PutVoiceMessage`] → [`crate::VoiceMessage`]; `DELETE` → 204.
pub const MY_VOICE_MESSAGE: &str = "/v1/me/voicemail/{id}";
/// `GET` → an Ogg Opus file.
pub const MY_VOICE_MESSAGE_AUDIO: &str = "/v1/me/voicemail/{id}/audio";
/// For administrators: `GET` → [`crate::Devices`].
pub const DEVICES: &str = "/v1/devices";
/// For administrators: `DELETE` → 204.
pub const DEVICE: &str = "/v1/devices/{id}";
/// For administrators: `GET` → [`crate::UserRights`]; `PUT` [`crate::PutUserRights`] → [`crate::UserRights`]. For [`user_rights`].
pub const USER_RIGHTS: &str = "/v1/users/{id}/rights";
/// For administrators: `GET` → [`crate::Departments`]; `POST` [`crate::NewDepartment`] → [`crate::Department`].
pub const DEPARTMENTS: &str = "/v1/departments";
/// For administrators: `PATCH` [`crate::EditDepartment`] → [`crate::Department`]; `DELETE ?version=N` → 204.
pub const DEPARTMENT: &str = "/v1/departments/{id}";
/// For the system owner: `GET` → [`crate::Roles`].
pub const ROLES: &str = "/v1/roles";
/// For the system owner: `PUT` [`crate::PutRole`] → [`crate::RoleRow`]. The id is the word of [`crate::Role`].
pub const ROLE: &str = "/v1/roles/{id}";
/// `GET ?book=BOOK&since=SEQ` → [`crate::ContactChanges`].
pub const CONTACTS: &str = "/v1/contacts";
/// `POST` [`crate::PushContacts`] → [`crate::PushedContacts`].
pub const CONTACTS_PUSH: &str = "/v1/contacts/push";
/// `PUT` [`crate::PutContact`] → [`crate::ContactRow`]; `DELETE` → [`crate::ContactRow`].
pub const CONTACT: &str = "/v1/contacts/{id}";
/// `GET` with a WebSocket upgrade; text frames with one [`crate::Event`] each. `?since=SEQ` asks for what was missed.
pub const EVENTS: &str = "/v1/events";
/// `GET` with a WebSocket upgrade and sub-protocol `sip` (RFC 7118).
pub const SIP: &str = "/sip";

/// [`USER_RIGHTS`] of somebody. `id` is one that the server gave.
#[must_use]
pub fn user_rights(id: &str) -> String {
    USER_RIGHTS.replace("{id}", id)
}

/// [`USER_SUPERVISE`] of somebody. `id` is one that the server gave.
#[must_use]
pub fn user_supervise(id: &str) -> String {
    USER_SUPERVISE.replace("{id}", id)
}

/// [`USER_AVATAR`] of somebody. `id` is one that the server gave.
#[must_use]
pub fn user_avatar(id: &str) -> String {
    USER_AVATAR.replace("{id}", id)
}
