//! Call history.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{CallDirection, EndReason, Person, RowTransfer};

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryRow {
    /// Row id.
    pub id: i64,
    /// Direction.
    pub direction: CallDirection,
    /// The other side.
    pub person: Person,
    /// Unix milliseconds.
    pub started_at_ms: i64,
    /// Seconds talked; `None` when it was not answered.
    pub talked_s: Option<u32>,
    /// Seconds it rang or waited.
    pub rang_s: u32,
    /// Outcome.
    pub reason: EndReason,
    /// SIP status code.
    pub sip_code: Option<u16>,
    /// Missed and not yet looked at.
    pub unseen: bool,
    /// How it was part of a transfer.
    pub transfer: Option<RowTransfer>,
    /// What the agent wrote about it, isolate it; empty: nothing.
    pub note: String,
    /// The contact to whom the number belongs, under whose name it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub contact: Option<String>,
}

/// A page, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryPage {
    /// Rows.
    pub rows: Vec<HistoryRow>,
    /// Give this as `before` for the next page; `None` at the end.
    pub next_before: Option<i64>,
}
