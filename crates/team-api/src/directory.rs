//! The directory: users as administrators see, make and change them (SPEC 1.6, 1.7).

use base::Secret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{QueueSkill, Role, StatusNames};

/// Answer of `GET` [`crate::path::USERS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Directory {
    /// Those whom the caller administers, by extension.
    pub users: Vec<DirectoryUser>,
}

/// A user in the directory, at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DirectoryUser {
    /// Its name for ever.
    pub id: String,
    /// SIP id and phone number (DR-01).
    pub extension: String,
    /// Name as colleagues see it (DR-02).
    pub name: String,
    /// Sign-in name.
    pub email: String,
    /// Role (DR-03).
    pub role: Role,
    /// Id of the department that they belong to.
    pub department: String,
    /// Takes calls from queues (DR-04).
    pub agent: bool,
    /// May sign in.
    pub active: bool,
    /// An event stream of theirs is open (DR-05).
    pub online: bool,
    /// A phone of theirs is registered (DR-07).
    pub registered: bool,
    /// They are on a call, or it rings at theirs (DR-07).
    pub on_call: bool,
    /// Id of the status that they have chosen; `offline` when nothing reaches them (DR-08).
    pub status: String,
    /// As in [`crate::StatusRow::kind`].
    pub kind: String,
    /// What it is called; absent: the words of its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<StatusNames>,
    /// Own words; else empty (DR-09).
    pub text: String,
}

/// Data of [`crate::EventBody::DirectoryChanged`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DirectoryData {
    /// Users as they are now, those whom the reader administers.
    pub changed: Vec<DirectoryUser>,
    /// Ids of users who are gone, or whom the reader does not administer any more.
    pub gone: Vec<String>,
}

/// How somebody takes calls from queues (EC-07, AO-01 to AO-07). Times in seconds; each number is 0 to 999.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct AgentCard {
    /// Does so at all.
    pub is_agent: bool,
    /// How long a call rings (AO-01); at least 1.
    pub call_timeout: u16,
    /// Pause after a call that was answered (AO-02).
    pub wrap_up: u16,
    /// So many calls in a row without an answer force a break; 0: never (AO-03).
    pub max_no_answer: u16,
    /// Pause when busy (AO-04).
    pub busy_delay: u16,
    /// Pause when rejected (AO-05).
    pub reject_delay: u16,
    /// Pause when not answered (AO-06).
    pub no_answer_delay: u16,
    /// What they are good at, 50 at most (AO-07).
    pub skills: Vec<QueueSkill>,
}

impl Default for AgentCard {
    fn default() -> Self {
        let usual = model::AgentOptions::USUAL;
        AgentCard {
            is_agent: false,
            call_timeout: usual.call_timeout,
            wrap_up: usual.wrap_up,
            max_no_answer: usual.max_no_answer,
            busy_delay: usual.busy_delay,
            reject_delay: usual.reject_delay,
            no_answer_delay: usual.no_answer_delay,
            skills: Vec::new(),
        }
    }
}

/// Everything that is said of a user. Role, department and rights are said apart: [`crate::path::USER_RIGHTS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UserCard {
    /// Its name for ever.
    pub id: String,
    /// SIP id and phone number; stays (EC-01).
    pub extension: String,
    /// Name as colleagues see it (EC-02).
    pub name: String,
    /// Sign-in name.
    pub email: String,
    /// Role (EC-06).
    pub role: Role,
    /// Id of the department that they belong to.
    pub department: String,
    /// May sign in.
    pub active: bool,
    /// When it was made.
    pub created_ms: i64,
    /// How they take calls from queues.
    pub agent: AgentCard,
    /// Networks from which their phones may register and call, `address/prefix` in canonical form; none: from everywhere (EC-09).
    #[serde(default)]
    pub acl: Vec<String>,
    /// There is an access PIN (EC-05). What it is, nobody is told.
    #[serde(default)]
    pub has_pin: bool,
    /// Callers may leave messages when nobody takes a call (EC-08).
    #[serde(default)]
    pub use_voicemail: bool,
    /// Rises with each change. Name it when you change it.
    pub version: u64,
}

/// Body of `POST` [`crate::path::USERS`].
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct NewUser {
    /// SIP id and phone number: 1 to 32 letters, digits or `. - _`; of nobody and no queue else.
    pub extension: String,
    /// 1 to 200 characters in one line.
    pub name: String,
    /// Sign-in name; nobody else has it.
    pub email: String,
    /// As [`crate::code::WEAK_PASSWORD`] wants it.
    #[serde(with = "crate::secret")]
    #[schema(value_type = String)]
    pub password: Secret,
    /// None above the caller's own.
    pub role: Role,
    /// Id of a department that the caller administers; absent: the caller's own.
    #[serde(default)]
    pub department: Option<String>,
    /// How they take calls from queues; absent: not at all.
    #[serde(default)]
    pub agent: AgentCard,
    /// IPv4 and IPv6 networks, `address/prefix` or an address, 64 at most; none: from everywhere (EC-09).
    #[serde(default)]
    pub acl: Vec<String>,
    /// 4 to 12 digits; absent or empty: none (EC-05).
    #[serde(default, with = "crate::secret::some", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub pin: Option<Secret>,
    /// Callers may leave messages when nobody takes a call (EC-08).
    #[serde(default)]
    pub use_voicemail: bool,
}

/// Body of `PATCH` [`crate::path::USER`]. What is absent stays.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EditUser {
    /// The version that this is made on. Another one: [`crate::code::USER_CHANGED`], and nothing is changed.
    pub version: u64,
    /// As in [`NewUser::name`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// As in [`NewUser::email`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// As in [`NewUser::password`]. Every session of theirs ends.
    #[serde(default, with = "crate::secret::some", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub password: Option<Secret>,
    /// `false`: they may not sign in any more, every session of theirs ends and their phones are gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// All of it, as it shall be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentCard>,
    /// As in [`NewUser::acl`], all of it. It holds for the next registration and the next call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acl: Option<Vec<String>>,
    /// As in [`NewUser::pin`]; empty: none any more.
    #[serde(default, with = "crate::secret::some", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub pin: Option<Secret>,
    /// Callers may leave messages, from the next call on. What was left stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub use_voicemail: Option<bool>,
}

/// Body of `POST` [`crate::path::USER_FORCE`]: the status that somebody shall have (DR-11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ForceStatus {
    /// Id of a status that can be chosen.
    pub status: String,
    /// Own words, where the status wants them.
    #[serde(default)]
    pub text: String,
}

/// Data of [`crate::EventBody::StatusForced`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatusForcedData {
    /// Name of who did it.
    pub by: String,
    /// Extension of who did it.
    pub by_extension: String,
    /// Id of the status.
    pub status: String,
    /// As in [`crate::StatusRow::kind`].
    pub kind: String,
    /// What it is called; absent: the words of its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<StatusNames>,
    /// Own words; else empty.
    pub text: String,
}

/// Answer of `GET` [`crate::path::DEVICES`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Devices {
    /// Phones that are registered, of those whom the caller administers, by extension.
    pub devices: Vec<Device>,
}

/// A registered phone (EX-01).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Device {
    /// Names it as long as it is registered.
    pub id: String,
    /// SIP id and phone number of the user.
    pub extension: String,
    /// Id of the user.
    pub user: String,
    /// Name of the user.
    pub name: String,
    /// What it says that it is (`User-Agent`); empty: nothing.
    pub agent: String,
    /// `ws` or `wss`.
    pub transport: String,
    /// `address:port` from which it is connected.
    pub address: String,
    /// Since when it is registered without a gap.
    pub since_ms: i64,
    /// Until when, unless it registers again.
    pub until_ms: i64,
}
