//! The directory: users as administrators see, make and change them (SPEC 1.6, 1.7), and the phones that are registered (EX-01).
//!
//! `directory_get()` answers with [`Directory`], and events `directoryChanged` follow until `directory_leave()`;
//! `directory_search(DirectorySearch)` answers with ids. `user_get(UserOf)`, `user_add(NewUser)` and `user_edit(EditUser)` answer with
//! the [`UserCard`]; `user_delete(DeleteUser)`, `user_force_status(ForceStatus)` and `user_end_sessions(UserOf)` with nothing.
//! `user_password()` answers with a password that keeps every rule. `extensions_get()` answers with [`RegisteredPhone`]s,
//! `extension_unregister(ExtensionOf)` with nothing.

use base::Secret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Role, StatusKind, StatusNames};

/// The directory at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Directory {
    /// By extension.
    pub users: Vec<DirectoryUser>,
    /// News of it come by themselves; false: the connection is lost, and what is shown may be old.
    pub complete: bool,
}

/// Somebody in the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryUser {
    /// Id of the user. Their picture is that of the face with this id.
    pub id: String,
    /// SIP id and phone number (DR-01), isolate it.
    pub extension: String,
    /// Name (DR-02), isolate it.
    pub name: String,
    /// Sign-in name, isolate it.
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
    /// DR-06.
    pub cc: CallCentre,
    /// DR-07.
    pub state: PhoneState,
    /// Their status (DR-08).
    pub status: SeenStatus,
    /// It is the person at this phone.
    pub mine: bool,
    /// Their role is none above that of the person at this phone.
    pub may_edit: bool,
}

/// Whether somebody works as an agent (DR-06).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CallCentre {
    /// An agent who is there, be it on a break.
    In,
    /// An agent who is not there.
    Out,
    /// No agent.
    None,
}

/// What the phones of somebody do (DR-07).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PhoneState {
    /// Registered, and nobody is on a call.
    Idle,
    /// On a call, or it rings.
    Busy,
    /// No phone is registered.
    Unregistered,
}

/// A status as somebody has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SeenStatus {
    /// Its name for ever.
    pub id: String,
    /// What it is.
    pub kind: StatusKind,
    /// What it is called, isolate it; none: the words of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub names: Option<StatusNames>,
    /// Own words, isolate them; else empty (DR-09).
    pub text: String,
}

/// How somebody takes calls from queues (EC-07). Times in seconds; each number is 0 to 999.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
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
    pub skills: Vec<SkillLevel>,
}

/// Something to be good at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SkillLevel {
    /// What, 1 to 64 characters; isolate it.
    pub skill: String,
    /// How good, 1 to 100.
    pub level: u8,
}

/// Everything that is said of a user. Role and department are changed with `rights_put`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserCard {
    /// Id of the user.
    pub id: String,
    /// SIP id and phone number; stays (EC-01).
    pub extension: String,
    /// Name (EC-02), isolate it.
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
    /// Networks from which their phones may register and call; none: from everywhere (EC-09).
    pub acl: Vec<String>,
    /// There is an access PIN (EC-05). What it is, nobody is told.
    pub has_pin: bool,
    /// Callers who do not reach them may leave a message (EC-08).
    pub use_voicemail: bool,
    /// What a change is based on.
    pub version: u32,
}

/// `user_get(UserOf)`, `user_end_sessions(UserOf)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserOf {
    /// Id of the user.
    pub id: String,
}

/// `directory_search(DirectorySearch)`: ids of those whose extension, name, e-mail or own words match; everybody for nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DirectorySearch {
    /// As typed.
    pub text: String,
}

/// `user_add(NewUser)`.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewUser {
    /// 1 to 32 letters, digits or `. - _`.
    pub extension: String,
    /// 1 to 200 characters in one line.
    pub name: String,
    /// Sign-in name.
    pub email: String,
    /// Keeps the rules of PW-02.
    pub password: String,
    /// None above the own one.
    pub role: Role,
    /// Id of a department; none: that of the person at this phone.
    #[serde(default)]
    pub department: Option<String>,
    /// How they take calls from queues.
    pub agent: AgentCard,
    /// IPv4 and IPv6 networks, `address/prefix` or an address, 64 at most; none: from everywhere.
    pub acl: Vec<String>,
    /// 4 to 12 digits in any script; empty: none.
    pub pin: String,
    /// As in [`UserCard::use_voicemail`].
    pub use_voicemail: bool,
}

/// `user_edit(EditUser)`: what is absent stays; `userChanged` when somebody was faster.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EditUser {
    /// Id of the user.
    pub id: String,
    /// The version that was read.
    pub version: u32,
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
    /// Sign-in name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    /// Password; every session of theirs ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub password: Option<String>,
    /// May sign in; false: every session of theirs ends and their phones are gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub active: Option<bool>,
    /// All of it, as it shall be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub agent: Option<AgentCard>,
    /// All of it, as it shall be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub acl: Option<Vec<String>>,
    /// Empty: none any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pin: Option<String>,
    /// As in [`UserCard::use_voicemail`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub use_voicemail: Option<bool>,
}

/// `user_delete(DeleteUser)`: `userChanged` when somebody was faster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeleteUser {
    /// Id of the user.
    pub id: String,
    /// The version of the card that was read.
    pub version: u32,
}

/// `user_force_status(ForceStatus)` (DR-11): they are told who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForceStatus {
    /// Id of the user.
    pub id: String,
    /// Id of one of the statuses that can be chosen.
    pub status_id: String,
    /// Own words, with `other`: 1 to 40 characters; else empty.
    #[serde(default)]
    pub text: String,
}

/// A phone that is registered (EX-01).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RegisteredPhone {
    /// Names it as long as it is registered.
    pub id: String,
    /// Extension, isolate it.
    pub extension: String,
    /// Id of the user.
    pub user_id: String,
    /// Name of the user, isolate it.
    pub name: String,
    /// What it says that it is, isolate it; empty: nothing.
    pub agent: String,
    /// `ws` or `wss`.
    pub transport: String,
    /// From where, `address:port`, isolate it.
    pub address: String,
    /// Since when.
    pub since_ms: i64,
    /// Until when, unless it registers again.
    pub until_ms: i64,
}

/// `extension_unregister(ExtensionOf)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExtensionOf {
    /// Id of the [`RegisteredPhone`].
    pub id: String,
}

impl DirectoryUser {
    /// As this account sees them.
    #[must_use]
    pub fn from_model(user: &model::DirectoryUser, mine: bool, may_edit: bool) -> Self {
        let is_there = user.kind != model::StatusKind::Offline;
        DirectoryUser {
            id: user.id.clone(),
            extension: user.extension.clone(),
            name: user.name.clone(),
            email: user.email.clone(),
            role: user.role.into(),
            department: user.department.clone(),
            agent: user.agent,
            active: user.active,
            online: user.online,
            cc: match (user.agent, is_there) {
                (false, _) => CallCentre::None,
                (true, true) => CallCentre::In,
                (true, false) => CallCentre::Out,
            },
            state: match (user.registered, user.on_call) {
                (false, _) => PhoneState::Unregistered,
                (true, true) => PhoneState::Busy,
                (true, false) => PhoneState::Idle,
            },
            status: SeenStatus {
                id: user.status.clone(),
                kind: user.kind.into(),
                names: user.status_names.as_ref().map(StatusNames::of),
                text: user.text.clone(),
            },
            mine,
            may_edit,
        }
    }
}

impl From<&model::ForcedStatus> for SeenStatus {
    fn from(forced: &model::ForcedStatus) -> Self {
        SeenStatus {
            id: forced.status.clone(),
            kind: forced.kind.into(),
            names: forced.names.as_ref().map(StatusNames::of),
            text: forced.text.clone(),
        }
    }
}

impl From<model::AgentCard> for AgentCard {
    fn from(card: model::AgentCard) -> Self {
        let model::AgentOptions { call_timeout, wrap_up, max_no_answer, busy_delay, reject_delay, no_answer_delay } =
            card.options;
        let skill = |skill: model::Skill| SkillLevel { skill: skill.name, level: skill.level };
        AgentCard {
            is_agent: card.is_agent,
            call_timeout,
            wrap_up,
            max_no_answer,
            busy_delay,
            reject_delay,
            no_answer_delay,
            skills: card.skills.into_iter().map(skill).collect(),
        }
    }
}

impl From<AgentCard> for model::AgentCard {
    fn from(card: AgentCard) -> Self {
        let AgentCard { is_agent, call_timeout, wrap_up, max_no_answer, busy_delay, reject_delay, .. } = card;
        let no_answer_delay = card.no_answer_delay;
        let skill = |it: SkillLevel| model::Skill { name: it.skill, level: it.level };
        model::AgentCard {
            is_agent,
            options: model::AgentOptions {
                call_timeout,
                wrap_up,
                max_no_answer,
                busy_delay,
                reject_delay,
                no_answer_delay,
            },
            skills: card.skills.into_iter().map(skill).collect(),
        }
    }
}

impl From<model::UserCard> for UserCard {
    fn from(card: model::UserCard) -> Self {
        UserCard {
            id: card.id,
            extension: card.extension,
            name: card.name,
            email: card.email,
            role: card.role.into(),
            department: card.department,
            active: card.active,
            created_ms: card.created.0,
            agent: card.agent.into(),
            acl: card.acl,
            has_pin: card.has_pin,
            use_voicemail: card.use_voicemail,
            version: u32::try_from(card.version).unwrap_or(u32::MAX),
        }
    }
}

impl From<NewUser> for model::NewUser {
    fn from(new: NewUser) -> Self {
        model::NewUser {
            extension: new.extension,
            name: new.name,
            email: new.email,
            password: Secret::new(new.password),
            role: new.role.into(),
            department: new.department,
            agent: new.agent.into(),
            acl: new.acl,
            pin: Secret::new(new.pin),
            use_voicemail: new.use_voicemail,
        }
    }
}

impl From<EditUser> for model::EditUser {
    fn from(edit: EditUser) -> Self {
        model::EditUser {
            version: edit.version.into(),
            name: edit.name,
            email: edit.email,
            password: edit.password.map(Secret::new),
            active: edit.active,
            agent: edit.agent.map(Into::into),
            acl: edit.acl,
            pin: edit.pin.map(Secret::new),
            use_voicemail: edit.use_voicemail,
        }
    }
}

impl From<model::RegisteredDevice> for RegisteredPhone {
    fn from(device: model::RegisteredDevice) -> Self {
        RegisteredPhone {
            id: device.id,
            extension: device.extension,
            user_id: device.user,
            name: device.name,
            agent: device.agent,
            transport: device.transport,
            address: device.address,
            since_ms: device.since.0,
            until_ms: device.until.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user() -> model::DirectoryUser {
        model::DirectoryUser {
            id: "u".into(),
            extension: "2119".into(),
            name: "ليلى".into(),
            email: "l@care.example".into(),
            role: model::Role::User,
            department: "default".into(),
            agent: true,
            active: true,
            online: true,
            registered: true,
            on_call: true,
            status: "break".into(),
            kind: model::StatusKind::Break,
            status_names: None,
            text: String::new(),
        }
    }

    #[test]
    fn an_agent_is_in_while_reachable_be_it_on_a_break_dr_06() {
        let cc =
            |agent, kind| DirectoryUser::from_model(&model::DirectoryUser { agent, kind, ..user() }, false, true).cc;
        assert_eq!(cc(true, model::StatusKind::Available), CallCentre::In);
        assert_eq!(cc(true, model::StatusKind::Break), CallCentre::In);
        assert_eq!(cc(true, model::StatusKind::Offline), CallCentre::Out);
        assert_eq!(cc(false, model::StatusKind::Available), CallCentre::None);
    }

    #[test]
    fn a_phone_that_is_not_registered_is_not_busy_dr_07() {
        let state = |registered, on_call| {
            DirectoryUser::from_model(&model::DirectoryUser { registered, on_call, ..user() }, false, true).state
        };
        assert_eq!(state(true, false), PhoneState::Idle);
        assert_eq!(state(true, true), PhoneState::Busy);
        assert_eq!(state(false, true), PhoneState::Unregistered);
    }

    #[test]
    fn options_of_an_agent_are_the_same_after_both_ways_ao_01() {
        let card = model::AgentCard {
            is_agent: true,
            options: model::AgentOptions {
                call_timeout: 1,
                wrap_up: 2,
                max_no_answer: 3,
                busy_delay: 4,
                reject_delay: 5,
                no_answer_delay: 6,
            },
            skills: vec![model::Skill { name: "العربية".into(), level: 7 }],
        };
        assert_eq!(model::AgentCard::from(AgentCard::from(card.clone())), card);
    }
}
