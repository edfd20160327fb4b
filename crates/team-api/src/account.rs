//! Sign-in and the signed-in user.

use base::Secret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Body of [`crate::path::LOGIN`].
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Login {
    /// E-mail address; upper and lower case are the same.
    pub email: String,
    /// Password as typed.
    #[serde(with = "crate::secret")]
    #[schema(value_type = String, format = Password)]
    pub password: Secret,
    /// Name of the computer, for the list of sessions. At most 128 characters are kept.
    #[serde(default)]
    pub device: String,
}

/// Body of [`crate::path::TRY`].
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Try {
    /// Profile of the app, 1..=64 characters. The same profile always gets the same agent.
    pub profile: String,
}

/// Body of [`crate::path::FORGOT_PASSWORD`].
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ForgotPassword {
    /// E-mail address; upper and lower case are the same.
    pub email: String,
    /// Language of the mail and of the page, a tag as `ar` or `en-GB`; one that the server has no words for is English.
    #[serde(default)]
    pub language: String,
}

/// Answer of [`crate::path::LOGIN`] and [`crate::path::TRY`].
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct LoginAnswer {
    /// Opaque; sent as `Authorization: Bearer TOKEN`.
    #[serde(with = "crate::secret")]
    #[schema(value_type = String, format = Password)]
    pub token: Secret,
    /// Who signed in.
    pub me: Me,
}

/// Answer of [`crate::path::ME`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Me {
    /// Id of the user.
    pub id: String,
    /// Set by the administrator (PR-04).
    pub email: String,
    /// Name as colleagues see it, byte for byte as it was entered (PR-03).
    pub name: String,
    /// First name; part of `name`.
    #[serde(default)]
    pub first_name: String,
    /// Last name; part of `name`.
    #[serde(default)]
    pub last_name: String,
    /// Revision of the picture, if there is one.
    #[serde(default)]
    pub avatar: Option<String>,
    /// Rises with each change of name or picture: the higher one is the later one.
    #[serde(default)]
    pub profile_version: u64,
    /// Extension: the user part of the AOR.
    pub extension: String,
    /// What the installation gives this user (PS-03).
    #[serde(default)]
    pub service: Service,
    /// When the password was last changed by its owner.
    #[serde(default)]
    pub password_changed_ms: Option<i64>,
    /// Role (PS-03).
    pub role: Role,
    /// Status of the account (PS-02), not of the person.
    pub account_status: AccountStatus,
}

/// What a user is in the team; see [`model::Role`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes and makes calls.
    User,
    /// Also takes calls for others.
    Receptionist,
    /// Administers the users of the own department.
    DepartmentAdministrator,
    /// Watches over departments.
    Manager,
    /// Watches over a department and administers it.
    Owner,
    /// Administers everybody.
    SystemAdministrator,
    /// Everything.
    SystemOwner,
    /// A role of a newer server: treat as the least.
    #[serde(other)]
    Unknown,
}

impl From<model::Role> for Role {
    fn from(role: model::Role) -> Role {
        match role {
            model::Role::User => Role::User,
            model::Role::Receptionist => Role::Receptionist,
            model::Role::DepartmentAdministrator => Role::DepartmentAdministrator,
            model::Role::Manager => Role::Manager,
            model::Role::Owner => Role::Owner,
            model::Role::SystemAdministrator => Role::SystemAdministrator,
            model::Role::SystemOwner => Role::SystemOwner,
        }
    }
}

impl Role {
    /// The role; `None` for one of a newer server.
    #[must_use]
    pub fn known(self) -> Option<model::Role> {
        Some(match self {
            Role::User => model::Role::User,
            Role::Receptionist => model::Role::Receptionist,
            Role::DepartmentAdministrator => model::Role::DepartmentAdministrator,
            Role::Manager => model::Role::Manager,
            Role::Owner => model::Role::Owner,
            Role::SystemAdministrator => model::Role::SystemAdministrator,
            Role::SystemOwner => model::Role::SystemOwner,
            Role::Unknown => return None,
        })
    }
}

/// What a user is served with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Calls from and to people.
    Voice,
    /// Calls from queues as well.
    ContactCentre,
    /// A service of a newer server.
    #[default]
    #[serde(other)]
    Unknown,
}

impl Service {
    /// Reads the word of the database; anything else is [`Service::Unknown`].
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "voice" => Service::Voice,
            "contact_centre" => Service::ContactCentre,
            _ => Service::Unknown,
        }
    }
}

/// May this account be used?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// Yes.
    Active,
    /// No: signing in is refused with [`crate::code::ACCOUNT_SUSPENDED`].
    Suspended,
    /// A status of a newer server: treat as not usable.
    #[serde(other)]
    Unknown,
}

impl AccountStatus {
    /// The word on the wire and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            AccountStatus::Active => "active",
            AccountStatus::Suspended => "suspended",
            AccountStatus::Unknown => "unknown",
        }
    }

    /// Reads the word; anything else is [`AccountStatus::Unknown`].
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "active" => AccountStatus::Active,
            "suspended" => AccountStatus::Suspended,
            _ => AccountStatus::Unknown,
        }
    }
}

/// Answer of [`crate::path::SIP_CREDENTIALS`]: everything that is needed to register, for a short while.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SipCredentials {
    /// Address of record, `sip:EXT@domain`.
    pub aor: String,
    /// Display name for From.
    pub display_name: String,
    /// WebSockets to try, in this order.
    pub ws: Vec<String>,
    /// Digest user name, `EXPIRY:EXT`, EXPIRY in seconds since 1970.
    pub user: String,
    /// Digest password.
    #[serde(with = "crate::secret")]
    #[schema(value_type = String, format = Password)]
    pub password: Secret,
    /// When registrar and proxy stop accepting it; ask for new ones before.
    pub expires_at_ms: i64,
    /// With what the user's phones judge leaves to supervise their calls; absent from a server that gives none.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::secret::some")]
    #[schema(value_type = Option<String>, format = Password)]
    pub supervision_key: Option<Secret>,
    /// What the server's clock says, since leaves end by it.
    #[serde(default)]
    pub now_ms: i64,
    /// ICE servers (`stun:`, `turn:`); empty: host candidates are enough.
    pub ice: Vec<String>,
}
