//! Statuses: which there are, one's own, those of the team.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::StatusNames;

/// Answer of [`crate::path::STATUSES`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatusList {
    /// In the order in which they are shown. The one of kind `offline` cannot be chosen.
    pub statuses: Vec<StatusRow>,
}

/// A status that can be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatusRow {
    /// Its name for ever.
    pub id: String,
    /// `available`, `break`, `dnd`, `meeting`, `other` (with a text) or `offline`; treat others like `other`.
    pub kind: String,
    /// Which calls it keeps away.
    pub blocks: StatusBlocks,
    /// What it is called; absent: the words of its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<StatusNames>,
}

/// Which calls a status keeps away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct StatusBlocks {
    /// Calls from queues.
    pub queue: bool,
    /// Calls from the same team.
    pub internal: bool,
    /// Calls from outside.
    pub external: bool,
}

/// Answer of [`crate::path::MY_STATUS`] and [`crate::path::MY_STATUS_SETTINGS`], and of an event to one's own phones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MyStatus {
    /// The status that was chosen.
    pub status: String,
    /// Its kind, as in [`StatusRow::kind`].
    pub kind: String,
    /// What it is called; absent: the words of its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<StatusNames>,
    /// Own words, with kind `other`; else empty.
    pub text: String,
    /// Since when.
    pub since_ms: i64,
    /// Every call is kept away until a status is chosen again (ST-07).
    pub marked_offline: bool,
    /// Each sign-in begins like that.
    pub offline_at_sign_in: bool,
    /// The last own words, newest first, three at most.
    pub recent_texts: Vec<String>,
    /// Rises with each change: the higher one is the later one.
    pub version: u64,
}

/// Body of `PUT` [`crate::path::MY_STATUS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SetStatus {
    /// Which, by id.
    pub status: String,
    /// 1..=40 characters with kind `other`; passed over with others.
    #[serde(default)]
    pub text: String,
    /// How long ago it was chosen, when the server could not be told at once. A later choice made elsewhere wins
    /// ([`crate::code::NEWER_STATUS`]). An age and not a time, because no two clocks agree.
    #[serde(default)]
    pub age_ms: u64,
}

/// Body of `PUT` [`crate::path::MY_STATUS_SETTINGS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatusSettings {
    /// Each sign-in begins marked offline (ST-07).
    pub offline_at_sign_in: bool,
}

/// Answer of [`crate::path::PRESENCE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct People {
    /// Everybody of the team, oneself too, by extension; of each as much as the caller may see.
    pub people: Vec<PersonStatus>,
}

/// Somebody of the team, as the others see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PersonStatus {
    /// Id of the user.
    pub id: String,
    /// Name.
    pub name: String,
    /// Extension.
    pub extension: String,
    /// Revision of their picture, if they have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// Rises with each change of name or picture: the higher one is the later one.
    #[serde(default)]
    pub profile_version: u64,
    /// Which status; the one of kind `offline` when nothing reaches them.
    pub status: String,
    /// Its kind, as in [`StatusRow::kind`].
    pub kind: String,
    /// What it is called; absent: the words of its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<StatusNames>,
    /// Own words, with kind `other`; else empty.
    pub text: String,
    /// Since when; absent when the server does not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since_ms: Option<i64>,
    /// A call of theirs; absent without one, and from a server that does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<PersonCall>,
    /// Id of the department that they belong to; absent when the reader may not see their presence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// The reader may not see their presence (RG-05, RG-11): who they are is told, everything else is as of somebody who is offline.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// What the reader may do with a call of theirs; the server judges again when it is done.
    #[serde(default)]
    pub may: PersonMay,
}

/// What may be done with the calls of somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PersonMay {
    /// Listen, whisper and barge in (RG-09).
    pub supervise: bool,
    /// Divert, transfer and pick up (RG-08).
    pub operate: bool,
}

/// A call of somebody's, as far as the reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PersonCall {
    /// It rings at theirs and is not answered yet. Told to those who may see calls (RG-06).
    #[serde(default)]
    pub ringing: bool,
    /// Since when it is so. Told to those who may see calls (RG-06).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since_ms: Option<i64>,
    /// With whom. Told to those who may see numbers (RG-02, RG-03).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<CallWith>,
}

/// The other side of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CallWith {
    /// The other side called.
    pub incoming: bool,
    /// Number or extension.
    pub number: String,
    /// Name, if it is one of the team; else empty.
    #[serde(default)]
    pub name: String,
}
