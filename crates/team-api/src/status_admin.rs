//! Statuses as administrators see and change them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::StatusBlocks;

/// What a status is called, in the languages that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatusNames {
    /// English, 1 to 40 characters in one line.
    pub en: String,
    /// Arabic, the same.
    pub ar: String,
}

/// Answer of `GET` [`crate::path::MANAGED_STATUSES`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ManagedStatuses {
    /// In the order in which they are shown, retired ones too.
    pub statuses: Vec<ManagedStatus>,
}

/// A status with all that can be said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ManagedStatus {
    /// Its name for ever.
    pub id: String,
    /// As in [`crate::StatusRow::kind`]: its shape, its colour, and whether it wants own words.
    pub kind: String,
    /// What it is called; `None`: the words of its kind.
    pub names: Option<StatusNames>,
    /// Which calls it keeps away.
    pub blocks: StatusBlocks,
    /// It means what it says, so what it blocks cannot be changed: available, do not disturb, offline.
    pub blocks_fixed: bool,
    /// Is always there and cannot be retired.
    pub built_in: bool,
    /// Whoever has it keeps it, nobody chooses it.
    pub retired: bool,
    /// How many people have it.
    pub people: u64,
    /// Rises with each change. Name it when you change it.
    pub version: u64,
}

/// Body of `POST` [`crate::path::MANAGED_STATUSES`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewStatus {
    /// Any kind but `offline`; it stays.
    pub kind: String,
    /// What it is called.
    pub names: StatusNames,
    /// Which calls it keeps away.
    pub blocks: StatusBlocks,
}

/// Body of `PATCH` [`crate::path::MANAGED_STATUS`]. What is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EditStatus {
    /// The version that this is made on. Another one: [`crate::code::STATUS_CHANGED`], and nothing is changed.
    pub version: u64,
    /// What it is called. Both empty: the words of its kind, for those that are built in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<StatusNames>,
    /// Which calls it keeps away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocks: Option<StatusBlocks>,
    /// Retire it, or bring it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<bool>,
}

/// Body of `PUT` [`crate::path::STATUS_ORDER`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderStatuses {
    /// All that are not retired, each once.
    pub ids: Vec<String>,
}
