//! What holds for the whole team, and what was done.
//!
//! `audit_get(AuditWish)` answers with an [`AuditPage`]; `team_rules_get()` and `team_rules_put(TeamRules)` with the [`TeamRules`];
//! `parking_rules_get()` and `parking_rules_put(ParkingRules)` with the [`ParkingRules`].

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Rules of the team that administrators set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TeamRules {
    /// Agents see who supervises their calls, and how.
    pub agents_see_supervision: bool,
}

/// How calls are parked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ParkingRules {
    /// A call that nobody takes rings at the one who parked it after so many seconds: 5 to 3600.
    pub ring_back_s: u32,
}

/// Which entries of the audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AuditWish {
    /// From [`AuditPage::next`]; none: the newest.
    pub before: Option<String>,
    /// Only of this kind, the part of the action before the dot; none: all.
    pub area: Option<String>,
}

/// A page of the audit, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AuditPage {
    /// What was done.
    pub entries: Vec<AuditEntry>,
    /// Where older ones begin; none: there are none.
    pub next: Option<String>,
}

/// Something that an administrator or supervisor has done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// Its name for ever.
    pub id: String,
    /// When.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// Name of who did it, isolate it; empty: the account is gone, or it was the server.
    pub by: String,
    /// Their extension, isolate it; empty like the name.
    pub by_extension: String,
    /// What, such as `user.created`; those without a word of their own are shown as they are.
    pub action: String,
    /// Name of whom or what it was done to, isolate it; empty: all, or unknown.
    pub subject: String,
    /// What is different since.
    pub changes: Vec<AuditChange>,
}

/// One thing that is different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AuditChange {
    /// Which, such as `email`: a technical name.
    pub what: String,
    /// How it was, isolate it.
    pub before: Option<String>,
    /// How it is, isolate it.
    pub after: Option<String>,
}

impl From<AuditWish> for model::AuditQuery {
    fn from(AuditWish { before, area }: AuditWish) -> Self {
        model::AuditQuery { before, area }
    }
}

impl From<model::AuditPage> for AuditPage {
    fn from(page: model::AuditPage) -> Self {
        AuditPage { entries: page.entries.into_iter().map(Into::into).collect(), next: page.next }
    }
}

impl From<model::AuditEntry> for AuditEntry {
    fn from(entry: model::AuditEntry) -> Self {
        let model::AuditEntry { id, at, by, by_extension, action, subject, changes } = entry;
        let change = |model::AuditChange { what, before, after }| AuditChange { what, before, after };
        let changes = changes.into_iter().map(change).collect();
        AuditEntry { id, at_ms: at.0, by, by_extension, action, subject, changes }
    }
}
