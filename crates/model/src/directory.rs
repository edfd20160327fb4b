//! The directory: users as administrators see, make and change them (SPEC 1.6, 1.7).

use base::{Secret, WallMs};

use crate::{AgentOptions, Role, Skill, StatusKind, StatusNames};

/// A user in the directory, at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// A window of theirs is open (DR-05).
    pub online: bool,
    /// A phone of theirs is registered (DR-07).
    pub registered: bool,
    /// They are on a call, or it rings at theirs (DR-07).
    pub on_call: bool,
    /// Which status (DR-08).
    pub status: String,
    /// Its kind; [`StatusKind::Offline`] when nothing reaches them.
    pub kind: StatusKind,
    /// What it is called; `None`: the words of its kind.
    pub status_names: Option<StatusNames>,
    /// Own words; else empty (DR-09).
    pub text: String,
}

/// How somebody takes calls from queues (EC-07).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentCard {
    /// Does so at all.
    pub is_agent: bool,
    /// AO-01 to AO-06.
    pub options: AgentOptions,
    /// What they are good at (AO-07).
    pub skills: Vec<Skill>,
}

/// Everything that is said of a user but what they may.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    pub created: WallMs,
    /// How they take calls from queues.
    pub agent: AgentCard,
    /// Networks from which their phones may register and call, `address/prefix`; none: from everywhere (EC-09).
    pub acl: Vec<String>,
    /// There is an access PIN (EC-05). What it is, nobody is told.
    pub has_pin: bool,
    /// Callers who do not reach them may leave a message (EC-08).
    pub use_voicemail: bool,
    /// What a change is based on.
    pub version: u64,
}

/// A user to be made.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// SIP id and phone number.
    pub extension: String,
    /// Name as colleagues see it.
    pub name: String,
    /// Sign-in name.
    pub email: String,
    /// Keeps the rules of [`crate::PasswordRules`].
    pub password: Secret,
    /// Role.
    pub role: Role,
    /// Id of a department; `None`: that of whoever makes the user.
    pub department: Option<String>,
    /// How they take calls from queues.
    pub agent: AgentCard,
    /// As in [`UserCard::acl`].
    pub acl: Vec<String>,
    /// 4 to 12 digits; empty: none.
    pub pin: Secret,
    /// As in [`UserCard::use_voicemail`].
    pub use_voicemail: bool,
}

/// What shall be otherwise of a user, on the version that was read. `None` stays.
#[derive(Clone, Debug, Default)]
pub struct EditUser {
    /// The version that was read.
    pub version: u64,
    /// Name.
    pub name: Option<String>,
    /// Sign-in name.
    pub email: Option<String>,
    /// Password; every session of theirs ends.
    pub password: Option<Secret>,
    /// May sign in, or not any more.
    pub active: Option<bool>,
    /// All of it, as it shall be.
    pub agent: Option<AgentCard>,
    /// All of it, as it shall be.
    pub acl: Option<Vec<String>>,
    /// 4 to 12 digits; empty: none any more.
    pub pin: Option<Secret>,
    /// As in [`UserCard::use_voicemail`].
    pub use_voicemail: Option<bool>,
}

/// A phone that is registered (EX-01).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredDevice {
    /// Names it as long as it is registered.
    pub id: String,
    /// SIP id and phone number of the user.
    pub extension: String,
    /// Id of the user.
    pub user: String,
    /// Name of the user.
    pub name: String,
    /// What it says that it is; empty: nothing.
    pub agent: String,
    /// How it is connected, `ws` or `wss`.
    pub transport: String,
    /// From where, `address:port`.
    pub address: String,
    /// Since when, as far as the server knows.
    pub since: WallMs,
    /// Until when, unless it registers again.
    pub until: WallMs,
}

/// Somebody's status, set by somebody else (DR-11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForcedStatus {
    /// Name of who did it.
    pub by: String,
    /// Extension of who did it.
    pub by_extension: String,
    /// Which status.
    pub status: String,
    /// Its kind.
    pub kind: StatusKind,
    /// What it is called; `None`: the words of its kind.
    pub names: Option<StatusNames>,
    /// Own words; else empty.
    pub text: String,
}
