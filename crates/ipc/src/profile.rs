//! One's own profile, the photograph that is being cropped, and the faces of the team.
//!
//! `photo_open` takes the bytes of a file as its body and answers with a [`PhotoOpened`]. `photo_preview(PhotoRef)` and
//! `picture(PictureRef)` answer with the bytes of a JPEG, the second with none when there is no picture. `photo_remove()` takes
//! nothing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the team server knows of the person at this phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Revision of the picture, if there is one.
    pub avatar: Option<String>,
    /// What the installation gives this user (PS-03).
    pub service: ProfileService,
    /// Role (PS-03).
    pub role: Role,
    /// The account may be used (PS-02).
    pub active: bool,
    /// When the password was last changed by its owner, milliseconds since 1970.
    pub password_changed_ms: Option<i64>,
}

/// What the installation gives a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ProfileService {
    /// Calls from and to people.
    Voice,
    /// Calls from queues as well.
    ContactCentre,
    /// Something of a newer server.
    Unknown,
}

/// What a user is in the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
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

/// Name and picture of somebody of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Face {
    /// Stable id.
    pub id: String,
    /// Extension: calls and rows are found by it.
    pub extension: String,
    /// Name; isolate it.
    pub name: String,
    /// Revision of the picture, if there is one.
    pub avatar: Option<String>,
}

/// `rename(Rename)`: one's own name; true once the session says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Rename {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
}

/// Answer to `photo_open`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PhotoOpened {
    /// It can be cropped.
    Open {
        /// For what comes next.
        photo: u32,
        /// Pixels from left to right, when it stands upright.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
        /// It will look coarse: its shorter side has fewer pixels than this.
        smaller_than: Option<u32>,
    },
    /// It does not become a picture.
    Refused {
        /// Why.
        why: PhotoFault,
        /// With `foreign`: what it is, as its makers write it (`GIF`).
        format: Option<String>,
    },
}

/// Why a file does not become a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PhotoFault {
    /// Nothing in it.
    Empty,
    /// More than 5 MiB.
    TooManyBytes,
    /// Known, but neither JPEG nor PNG.
    Foreign,
    /// Not a picture at all.
    Unknown,
    /// More pixels than any camera makes.
    TooManyPixels,
    /// It would take too long to open.
    TooComplex,
    /// A rare kind of JPEG.
    Unsupported,
    /// The file ends too early.
    Truncated,
    /// It contradicts itself.
    Damaged,
}

/// `photo_preview(PhotoRef)`, `photo_close(PhotoRef)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PhotoRef {
    /// As `photo_open` said.
    pub photo: u32,
}

/// `photo_save(PhotoCrop)`: this square of the upright photograph, then turned, becomes one's picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PhotoCrop {
    /// As `photo_open` said.
    pub photo: u32,
    /// Pixels left of the square.
    pub x: u32,
    /// Pixels above it.
    pub y: u32,
    /// Pixels on each side.
    pub side: u32,
    /// Quarters of a circle, clockwise.
    pub quarters: u8,
}

/// `picture(PictureRef)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PictureRef {
    /// Whose, by id.
    pub user: String,
    /// Which.
    pub revision: String,
    /// 512 pixels on a side instead of 128.
    pub large: bool,
}

/// `password_rules(PasswordDraft) -> PasswordRules`: judged while it is typed (PW-02).
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PasswordDraft {
    /// As typed so far.
    pub password: String,
}

/// Which rules a password keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PasswordRules {
    /// At least 8 characters.
    pub length: bool,
    /// A capital letter.
    pub upper: bool,
    /// A small letter.
    pub lower: bool,
    /// A number.
    pub number: bool,
    /// A special character.
    pub special: bool,
}

/// `change_password(ChangePassword)`: `wrongPassword` when the current one is not right.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangePassword {
    /// The password of now.
    pub current: String,
    /// The next one.
    pub new: String,
}

impl From<model::PasswordRules> for PasswordRules {
    fn from(rules: model::PasswordRules) -> Self {
        let model::PasswordRules { length, upper, lower, number, special } = rules;
        PasswordRules { length, upper, lower, number, special }
    }
}
