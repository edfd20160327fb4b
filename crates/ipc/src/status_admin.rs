//! The statuses of the team, for those who administer it (ST-05).
//!
//! `statuses_get()` takes nothing and answers with every [`ManagedStatus`] in its order; `status_add(NewStatus)` and
//! `status_edit(ManagedStatus)` answer with the one, `statuses_order(StatusOrder)` with all.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{StatusKind, StatusNames};

/// Which calls a status keeps away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatusBlocks {
    /// Calls from queues.
    pub queue: bool,
    /// Calls from the same team.
    pub internal: bool,
    /// Calls from outside.
    pub external: bool,
}

/// A status with all that can be said of it. In a request: as it shall be, on the version that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ManagedStatus {
    /// Its name for ever.
    pub id: String,
    /// What it is; it stays.
    pub kind: StatusKind,
    /// What it is called, isolate it; none: the words of its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub names: Option<StatusNames>,
    /// What it keeps away.
    pub blocks: StatusBlocks,
    /// What it keeps away is what it means, and stays.
    pub blocks_fixed: bool,
    /// Is always there.
    pub built_in: bool,
    /// Whoever has it keeps it, nobody chooses it.
    pub retired: bool,
    /// How many people have it.
    pub people: u32,
    /// What a change is based on.
    pub version: u32,
}

/// `status_add(NewStatus)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewStatus {
    /// Any but offline; it stays.
    pub kind: StatusKind,
    /// 1 to 40 characters in each language.
    pub names: StatusNames,
    /// What it keeps away.
    pub blocks: StatusBlocks,
}

/// `statuses_order(StatusOrder)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatusOrder {
    /// All that are not retired, each once.
    pub ids: Vec<String>,
}

impl From<model::Blocks> for StatusBlocks {
    fn from(blocks: model::Blocks) -> Self {
        let model::Blocks { queue, internal, external } = blocks;
        StatusBlocks { queue, internal, external }
    }
}

impl From<StatusBlocks> for model::Blocks {
    fn from(blocks: StatusBlocks) -> Self {
        let StatusBlocks { queue, internal, external } = blocks;
        model::Blocks { queue, internal, external }
    }
}

impl From<StatusNames> for model::StatusNames {
    fn from(names: StatusNames) -> Self {
        model::StatusNames { en: names.en, ar: names.ar }
    }
}

impl From<&model::ManagedStatus> for ManagedStatus {
    fn from(managed: &model::ManagedStatus) -> Self {
        let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        ManagedStatus {
            id: managed.status.id.clone(),
            kind: managed.status.kind.into(),
            names: managed.status.names.as_ref().map(StatusNames::of),
            blocks: managed.status.blocks.into(),
            blocks_fixed: managed.blocks_fixed,
            built_in: managed.built_in,
            retired: managed.retired,
            people: narrow(managed.people),
            version: narrow(managed.version),
        }
    }
}

impl From<ManagedStatus> for model::ManagedStatus {
    fn from(wish: ManagedStatus) -> Self {
        model::ManagedStatus {
            status: model::Status {
                id: wish.id,
                kind: wish.kind.into(),
                names: wish.names.map(Into::into),
                blocks: wish.blocks.into(),
            },
            blocks_fixed: wish.blocks_fixed,
            built_in: wish.built_in,
            retired: wish.retired,
            people: wish.people.into(),
            version: wish.version.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_the_same_after_both_ways_st_05() {
        let status = model::ManagedStatus {
            status: model::Status {
                id: "training".into(),
                kind: model::StatusKind::Meeting,
                names: Some(model::StatusNames { en: "Training".into(), ar: "تدريب".into() }),
                blocks: model::Blocks { queue: true, internal: false, external: true },
            },
            blocks_fixed: false,
            built_in: false,
            retired: true,
            people: 3,
            version: 7,
        };
        assert_eq!(model::ManagedStatus::from(ManagedStatus::from(&status)), status);
    }
}
