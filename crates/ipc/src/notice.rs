//! The small window beside the main one: who rings, and whom one missed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Person;

/// What the small window shows. The shell decides it; the window draws it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// Calls that ring here, oldest first.
    pub ringing: Vec<NoticeCall>,
    /// The call that is talked on meanwhile; answering another puts it on hold.
    pub talking: Option<String>,
    /// Calls that were missed and not looked at since, newest first.
    pub missed: Vec<NoticeCall>,
}

/// A call in the small window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NoticeCall {
    /// Id of the call.
    pub id: String,
    /// The other side; none: the agent wants nobody to read it here.
    pub person: Option<Person>,
    /// Milliseconds since the call began, when this was sent.
    pub age_ms: u64,
    /// Its ring was silenced.
    pub silenced: bool,
    /// A command is on its way and not yet true.
    pub pending: bool,
}
