//! Signed in or not.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{IpcError, Profile};

/// The person at this phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Stable id: the avatar's tint is a hash of it.
    pub id: String,
    /// Full name.
    pub name: String,
    /// E-mail; empty for a SIP account.
    pub email: String,
    /// Extension.
    pub extension: String,
    /// Server or domain, for people.
    pub server: String,
    /// A practice account on this computer.
    pub practice: bool,
    /// What the team server knows of them; none for a SIP account.
    pub profile: Option<Profile>,
}

/// Where we stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "phase", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Session {
    /// Not signed in: show the sign-in page.
    SignedOut {
        /// Why, when it was not the user's wish.
        why: Option<SignedOutWhy>,
        /// Server last used, to fill the form.
        server: String,
        /// E-mail last used, to fill the form.
        email: String,
    },
    /// On the way (also at start, with a kept session).
    SigningIn,
    /// In.
    SignedIn {
        /// Who.
        user: User,
    },
    /// Unregistering, 5 s at most.
    SigningOut,
}

/// Why we are out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SignedOutWhy {
    /// The kept session is no longer valid.
    Expired,
    /// The kept session could not be resumed.
    Failed {
        /// The error.
        error: IpcError,
    },
    /// The account was suspended (PS-02).
    Suspended,
    /// No keychain: nothing could be kept, the password is asked at each start.
    NoKeychain,
}
