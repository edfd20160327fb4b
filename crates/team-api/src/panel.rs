//! The live panel: what supervisors see of agents, queues and callers, and what they do about it (SPEC LP-01 to LP-04, CH-01 to CH-03).
//!
//! Durations are counted from the moment at which they are told. *Today* begins at the moment that the caller says: the midnight of their clock.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{CallWith, StatusNames};

/// Query of `GET` [`crate::path::PANEL`], body of `PUT` [`crate::path::PANEL_WATCH`]: the days of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct PanelDays {
    /// When today began. A whole quarter of an hour, not in the future, and 27 hours ago at most.
    pub today_ms: i64,
    /// When yesterday began: a whole quarter of an hour, and 27 hours before today began at most.
    pub yesterday_ms: i64,
}

/// Answer of `GET` [`crate::path::PANEL`] and data of [`crate::EventBody::PanelChanged`]: as much as the reader may see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Panel {
    /// Everybody's; `false`: that of the departments that the reader belongs to or watches over.
    pub all_departments: bool,
    /// Sums of what follows.
    pub sums: PanelSums,
    /// Queues that somebody of `agents` serves, by extension.
    pub queues: Vec<PanelQueue>,
    /// Callers without an agent, those who wait longest first; 500 at most.
    pub waiting: Vec<PanelCaller>,
    /// Agents, by extension.
    pub agents: Vec<PanelAgent>,
}

/// Sums over queues and agents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PanelSums {
    /// Callers without an agent.
    pub waiting: u32,
    /// How long the one who waits longest has been here; absent: nobody waits.
    pub longest_wait_ms: Option<u64>,
    /// Agents who would get the next call.
    pub ready: u32,
    /// Agents who are not offline.
    pub signed_in: u32,
    /// Agents on a call.
    pub on_calls: u32,
    /// How long a conversation from a queue took on average today; absent: there was none.
    pub average_talk_ms: Option<u64>,
    /// Answered today.
    pub answered: u64,
    /// Answered yesterday, the whole day.
    pub answered_yesterday: u64,
    /// Hung up today before anybody answered.
    pub abandoned: u64,
    /// Callers who came today.
    pub offered: u64,
    /// Service level of today, 0 to 100: of the callers who were answered, and of those who left without an agent after they had waited
    /// longer than the queue's `service_level_s`, the part that was answered within it. Whoever hangs up earlier counts for nothing, and so does whoever a
    /// supervisor sends on. Absent: there was nobody to count.
    pub service_level: Option<f64>,
    /// Per cent that there should be.
    pub target: u8,
    /// Seconds; where queues differ, the fewest.
    pub within_s: u32,
}

/// A queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PanelQueue {
    /// Its name for ever.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What callers dial.
    pub extension: String,
    /// Callers without an agent.
    pub waiting: u32,
    /// As in [`PanelSums`].
    pub longest_wait_ms: Option<u64>,
    /// Agents who would get the next call.
    pub ready: u32,
    /// Agents on a call from a queue, or about to be.
    pub busy: u32,
    /// Agents who are there and get no calls.
    pub paused: u32,
    /// Ids of those of [`Panel::agents`] who serve it.
    pub agents: Vec<String>,
    /// Answered today.
    pub answered: u64,
    /// Hung up today before anybody answered.
    pub abandoned: u64,
    /// As in [`PanelSums`].
    pub service_level: Option<f64>,
    /// Per cent that there should be.
    pub target: u8,
    /// Answered within so many seconds is answered in time.
    pub within_s: u32,
}

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PanelCaller {
    /// Names the stay, for [`crate::path::PANEL_PULL`] and [`crate::path::PANEL_SEND`].
    pub id: String,
    /// Id of the queue.
    pub queue: String,
    /// Name, if it is somebody of the team; else empty.
    pub name: String,
    /// Number or extension.
    pub number: String,
    /// For how long.
    pub waited_ms: u64,
    /// Id of the one of [`Panel::agents`] at whose phones it rings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered_to: Option<String>,
}

/// An agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PanelAgent {
    /// Id of the user.
    pub id: String,
    /// Name.
    pub name: String,
    /// Extension.
    pub extension: String,
    /// Id of the department that they belong to.
    pub department: String,
    /// Id of their status; `offline` when nothing reaches them.
    pub status: String,
    /// As in [`crate::StatusRow::kind`].
    pub kind: String,
    /// What it is called; absent: the words of its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<StatusNames>,
    /// Own words; else empty.
    pub text: String,
    /// `ready`, `ringing`, `talking`, `wrap_up`, `pausing`, `away` or `offline`. A call on hold is `talking`: the server does not hear of it.
    pub activity: String,
    /// For how long; where the status is the activity, since the status.
    pub for_ms: u64,
    /// Of `wrap_up` and `pausing`: how long it still takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_ms: Option<u64>,
    /// Id of the queue of their call or offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// The other side of their call, where the reader may see numbers of theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<CallWith>,
    /// How somebody supervises their call: `listen`, `whisper` or `barge`; only for those who may supervise it themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervised: Option<String>,
    /// The reader may set their status and end their sessions.
    pub may_force: bool,
    /// The reader may listen, whisper and barge in.
    pub may_supervise: bool,
    /// The reader may hear recordings of their calls.
    #[serde(default)]
    pub may_hear: bool,
}

/// Answer of `GET` [`crate::path::PANEL_CHARTS`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PanelCharts {
    /// Half hours of today up to this one, oldest first, of the queues that the caller sees.
    pub half_hours: Vec<PanelHalfHour>,
    /// What phones do now, of the users whom the caller sees (CH-01).
    pub states: PanelStates,
    /// Calls that are over and began today, of the ten such users with the most of them (CH-02).
    pub directions: Vec<PanelDirections>,
    /// Time that such users spent today in statuses that keep queues away, other than offline; longest first (CH-03).
    pub breaks: Vec<PanelBreak>,
}

/// What became of callers within half an hour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PanelHalfHour {
    /// When it began.
    pub starts_ms: i64,
    /// Answered.
    pub answered: u64,
    /// Hung up before anybody answered.
    pub abandoned: u64,
    /// As in [`PanelSums`].
    pub service_level: Option<f64>,
}

/// How many users do what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PanelStates {
    /// Registered, and not on a call.
    pub idle: u64,
    /// On a call, or it rings.
    pub busy: u64,
    /// No phone is registered.
    pub unregistered: u64,
}

/// Calls of an extension.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PanelDirections {
    /// Extension.
    pub extension: String,
    /// Name.
    pub name: String,
    /// From outside.
    pub inbound: u64,
    /// To outside.
    pub outbound: u64,
    /// Of three or more.
    pub conference: u64,
    /// Supervisions.
    pub eavesdrop: u64,
    /// With colleagues and queues of the team.
    pub internal: u64,
}

/// Break time by reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PanelBreak {
    /// Id of the status.
    pub status: String,
    /// As in [`crate::StatusRow::kind`].
    pub kind: String,
    /// What it is called; absent: the words of its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<StatusNames>,
    /// How long.
    pub ms: u64,
}

/// Body of `POST` [`crate::path::PANEL_SEND`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SendCaller {
    /// Extension of another queue, or of somebody who can be called now.
    pub to: String,
}
