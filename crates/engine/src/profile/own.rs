//! What the server knows of the person at this phone.

use base::WallMs;
use model::Role;
use team_client::{AccountStatus, Me, Service};

/// The profile of a team account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Revision of the picture, if there is one.
    pub avatar: Option<String>,
    /// Rises with each change of name or picture.
    pub version: u64,
    /// What the installation gives this user (PS-03).
    pub service: Service,
    /// Role (PS-03).
    pub role: Role,
    /// May the account be used (PS-02)?
    pub account_status: AccountStatus,
    /// When the password was last changed by its owner.
    pub password_changed: Option<WallMs>,
}

impl From<&Me> for Profile {
    fn from(me: &Me) -> Self {
        Profile {
            first_name: me.first_name.clone(),
            last_name: me.last_name.clone(),
            avatar: me.avatar.clone(),
            version: me.profile_version,
            service: me.service,
            role: me.role,
            account_status: me.account_status,
            password_changed: me.password_changed,
        }
    }
}
