//! One's own profile: name, picture, password.

use base::Secret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Body of `PATCH` [`crate::path::ME`]. What is absent stays. Whatever the administrator sets is refused with
/// [`crate::code::FORBIDDEN`], and nothing is changed then (PR-04).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ChangeMe {
    /// First name, kept byte for byte but for white space around it; at most 100 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Last name, the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Set by the administrator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Set by the administrator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// Set by the administrator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Set by the administrator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Set by the administrator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_status: Option<String>,
}

impl ChangeMe {
    /// Asks for something that only an administrator may do.
    #[must_use]
    pub fn is_for_administrators(&self) -> bool {
        [&self.email, &self.extension, &self.role, &self.service, &self.account_status].iter().any(|it| it.is_some())
    }
}

/// Body of `PUT` [`crate::path::MY_PASSWORD`]. Every other session of the user ends.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChangePassword {
    /// The password of now.
    #[serde(with = "crate::secret")]
    #[schema(value_type = String, format = Password)]
    pub current: Secret,
    /// The next one; it keeps all five rules (PW-02).
    #[serde(with = "crate::secret")]
    #[schema(value_type = String, format = Password)]
    pub new: Secret,
}

/// Which of the two squares of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AvatarSize {
    /// 128 pixels on a side at most, for lists.
    #[default]
    Small,
    /// 512 pixels on a side at most.
    Large,
}

impl AvatarSize {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            AvatarSize::Small => "small",
            AvatarSize::Large => "large",
        }
    }
}

/// Data of [`crate::EventBody::ProfileChanged`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProfileData {
    /// Id of the user.
    pub id: String,
    /// Extension.
    pub extension: String,
    /// Name as colleagues see it.
    pub name: String,
    /// Revision of the picture; absent: there is none (any more).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// The higher one is the later one.
    pub profile_version: u64,
}
