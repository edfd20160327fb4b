//! The person at this phone as an agent of queues (SPEC 3 item 4).
//!
//! `agent_ready()` ends wrap-up, `agent_extend()` makes it longer; both are true once `UiEvent::Agent` says so.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How an agent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each variant means what model::AgentState says")]
pub enum AgentState {
    Ready,
    Offered,
    Talking,
    WrapUp,
    Delayed,
    Blocked,
}

/// What keeps calls from an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each variant means what model::GateWhy says")]
pub enum GateWhy {
    Status,
    ForcedBreak,
    LoggedOut,
    NotRegistered,
    Offered,
    InQueueCall,
    NotReady,
    WrapUp,
    BusyDelay,
    RejectDelay,
    NoAnswerDelay,
    NotRegisteredDelay,
    OtherCall,
    Skill,
    NoQueue,
    Other,
}

/// One thing that keeps calls from an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AgentGate {
    /// What.
    pub why: GateWhy,
    /// Milliseconds until it opens by itself, at the moment this was sent.
    pub left_ms: Option<u64>,
    /// Of `forcedBreak`: calls in a row that were not answered.
    pub missed: Option<u16>,
    /// Of `skill`: name of the queue, isolate it; empty when it is not known.
    pub queue: Option<String>,
    /// Of `skill`: what is missing, isolate it.
    pub skill: Option<String>,
}

/// The person at this phone as an agent of queues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OwnAgent {
    /// How they stand.
    pub state: AgentState,
    /// Milliseconds until time alone ends that, at the moment this was sent.
    pub left_ms: Option<u64>,
    /// Everything that keeps calls away. Empty if and only if the next call would come.
    pub gates: Vec<AgentGate>,
    /// Calls in a row that were not answered.
    pub missed: u16,
}

impl From<&model::OwnAgent> for OwnAgent {
    fn from(own: &model::OwnAgent) -> Self {
        OwnAgent {
            state: match own.state {
                model::AgentState::Ready => AgentState::Ready,
                model::AgentState::Offered => AgentState::Offered,
                model::AgentState::Talking => AgentState::Talking,
                model::AgentState::WrapUp => AgentState::WrapUp,
                model::AgentState::Delayed => AgentState::Delayed,
                model::AgentState::Blocked => AgentState::Blocked,
            },
            left_ms: own.left.map(millis),
            gates: own.gates.iter().map(Into::into).collect(),
            missed: own.missed,
        }
    }
}

impl From<&model::AgentGate> for AgentGate {
    fn from(gate: &model::AgentGate) -> Self {
        let (mut missed, mut queue, mut skill) = (None, None, None);
        let why = match &gate.why {
            model::GateWhy::Status => GateWhy::Status,
            model::GateWhy::ForcedBreak { missed: count } => {
                missed = Some(*count);
                GateWhy::ForcedBreak
            }
            model::GateWhy::LoggedOut => GateWhy::LoggedOut,
            model::GateWhy::NotRegistered => GateWhy::NotRegistered,
            model::GateWhy::Offered => GateWhy::Offered,
            model::GateWhy::InQueueCall => GateWhy::InQueueCall,
            model::GateWhy::NotReady => GateWhy::NotReady,
            model::GateWhy::WrapUp => GateWhy::WrapUp,
            model::GateWhy::BusyDelay => GateWhy::BusyDelay,
            model::GateWhy::RejectDelay => GateWhy::RejectDelay,
            model::GateWhy::NoAnswerDelay => GateWhy::NoAnswerDelay,
            model::GateWhy::NotRegisteredDelay => GateWhy::NotRegisteredDelay,
            model::GateWhy::OtherCall => GateWhy::OtherCall,
            model::GateWhy::Skill { queue: asks, skill: lacks } => {
                (queue, skill) = (Some(asks.clone()), Some(lacks.clone()));
                GateWhy::Skill
            }
            model::GateWhy::NoQueue => GateWhy::NoQueue,
            model::GateWhy::Other => GateWhy::Other,
        };
        AgentGate { why, left_ms: gate.left.map(millis), missed, queue, skill }
    }
}

fn millis(time: std::time::Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
