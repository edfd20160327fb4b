//! Queues, and agents as they see themselves.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Answer of `GET` [`crate::path::QUEUES`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Queues {
    /// By extension.
    pub queues: Vec<QueueRow>,
}

/// A queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueueRow {
    /// Its name for ever.
    pub id: String,
    /// What an administrator says of it.
    #[serde(flatten)]
    pub settings: QueueSettings,
    /// Who serves it.
    pub agents: Vec<QueueAgent>,
    /// Rises with each change of the settings. Name it when you change them.
    pub version: u64,
}

/// Body of `POST` [`crate::path::QUEUES`], and what is said of a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct QueueSettings {
    /// 1 to 100 characters.
    pub name: String,
    /// What callers dial; of nobody else.
    pub extension: String,
    /// `longest_idle`, `round_robin`, `top_down`, `ring_all`, `fewest_calls`, `least_talk_time` or `skills`.
    pub strategy: String,
    /// When higher levels are asked; absent: as soon as the lower ones have nobody free.
    pub tier_rules: Option<QueueTierRules>,
    /// Seconds after which a caller is sent on; 0: never.
    pub max_wait_s: u32,
    /// Seconds without any agent logged in after which callers are sent on; 0: never.
    pub max_wait_no_agent_s: u32,
    /// `hang_up`, `queue`, `extension` or `voicemail`.
    pub overflow: String,
    /// Id of the queue, or the extension whose phones or voice box the caller is sent to.
    pub overflow_to: String,
    /// Seconds for which an abandoned call is kept for its caller to come again.
    pub discard_abandoned_after_s: u32,
    /// Whether who comes again has their old place.
    pub resume: bool,
    /// Agents on a call that is none of a queue are left alone.
    pub skip_other_calls: bool,
    /// Answered within so many seconds is answered in time.
    pub service_level_s: u32,
    /// More callers are sent on at once; at most 1000.
    pub max_callers: u32,
    /// What an agent must be good at, with the least level.
    pub skills: Vec<QueueSkill>,
}

impl Default for QueueSettings {
    fn default() -> Self {
        QueueSettings {
            name: String::new(),
            extension: String::new(),
            strategy: "longest_idle".to_owned(),
            tier_rules: None,
            max_wait_s: 0,
            max_wait_no_agent_s: 0,
            overflow: "hang_up".to_owned(),
            overflow_to: String::new(),
            discard_abandoned_after_s: 60,
            resume: true,
            skip_other_calls: true,
            service_level_s: 20,
            max_callers: 100,
            skills: Vec::new(),
        }
    }
}

/// Body of `PATCH` [`crate::path::QUEUE`]: the settings as they shall be, all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EditQueue {
    /// The version that was looked at.
    pub version: u64,
    /// What is absent is as usual.
    #[serde(flatten)]
    pub settings: QueueSettings,
}

/// When higher levels of a queue are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueueTierRules {
    /// Seconds that a caller must have waited.
    pub wait_s: u32,
    /// Times the level.
    pub multiply: bool,
    /// At once when nobody of a lower level is logged in.
    pub at_once_without_agents: bool,
}

/// Something that an agent must be good at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueueSkill {
    /// What.
    pub name: String,
    /// How good, 1 to 100.
    pub level: u8,
}

/// An agent of a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueueAgent {
    /// Id of the user.
    pub user_id: String,
    /// Their name.
    pub name: String,
    /// Their extension.
    pub extension: String,
    /// Whether they take calls from queues at all.
    pub is_agent: bool,
    /// Lower levels are asked first.
    pub level: u16,
    /// Lower positions are asked first, within a level.
    pub position: u16,
}

/// Body of `PUT` [`crate::path::QUEUE_AGENT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PutQueueAgent {
    /// Lower levels are asked first.
    pub level: u16,
    /// Lower positions are asked first, within a level.
    pub position: u16,
}

/// Answer of `GET` [`crate::path::QUEUE`]: a queue at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueueLive {
    /// The queue.
    pub queue: QueueRow,
    /// Callers without an agent.
    pub waiting: u32,
    /// How long the one who waits longest has been here; `None` when nobody waits.
    pub longest_wait_ms: Option<u64>,
    /// Agents who would get the next call.
    pub free: u32,
    /// Agents on a call from a queue, or about to be.
    pub busy: u32,
    /// Agents who are there and get no calls.
    pub paused: u32,
    /// Agents who are not there.
    pub away: u32,
    /// Calls answered in the last 24 hours.
    pub answered: u64,
    /// Of these within the service level.
    pub answered_in_time: u64,
    /// Callers who hung up in the last 24 hours.
    pub abandoned: u64,
    /// Callers who were sent on in the last 24 hours.
    pub sent_on: u64,
}

/// An agent as they see themselves: answer of `GET` [`crate::path::MY_AGENT`] and data of `agent.changed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AgentData {
    /// `ready`, `offered`, `talking`, `wrap_up`, `delayed` or `blocked`; `none`: this user is no agent.
    pub state: String,
    /// How long until time alone ends it; counted from the moment at which it was told.
    pub left_ms: Option<u64>,
    /// Everything that keeps calls away. Empty if and only if the next call would come.
    pub gates: Vec<AgentGate>,
    /// Calls in a row that were not answered.
    pub missed: u16,
}

/// One thing that keeps calls from an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AgentGate {
    /// `status`, `forced_break`, `logged_out`, `not_registered`, `offered`, `in_queue_call`, `not_ready`, `wrap_up`, `busy_delay`, `reject_delay`,
    /// `no_answer_delay`, `not_registered_delay`, `other_call`, `skill`, `no_queue` or `not_an_agent`.
    pub why: String,
    /// How long until it opens by itself, counted from the moment at which it was told.
    pub left_ms: Option<u64>,
    /// Of `forced_break`: calls that were not answered.
    pub missed: Option<u16>,
    /// Of `skill`: the name of the queue.
    pub queue: Option<String>,
    /// Of `skill`: what is missing.
    pub skill: Option<String>,
}
