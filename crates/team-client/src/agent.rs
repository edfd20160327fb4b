//! The person at this phone as an agent of queues.

use std::time::Duration;

use model::{AgentGate, AgentState, GateWhy, OwnAgent};
use reqwest::Method;
use team_api::{AgentData, path};

use crate::client::TeamClient;
use crate::error::TeamError;

/// So many gates are read; a server has one of each kind, and one of each queue that asks for a skill.
const MOST_GATES: usize = 200;

impl TeamClient {
    /// How we stand with the queues; `None`: we are no agent.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn my_agent(&self) -> Result<Option<OwnAgent>, TeamError> {
        self.ask(self.authorized(Method::GET, path::MY_AGENT)?, true).await.map(own_agent)
    }

    /// Ends wrap-up now (AO-02). How we stand then.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn agent_ready(&self) -> Result<Option<OwnAgent>, TeamError> {
        self.ask(self.authorized(Method::POST, path::MY_AGENT_READY)?, true).await.map(own_agent)
    }

    /// More wrap-up (AO-02). How we stand then.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn agent_extend(&self) -> Result<Option<OwnAgent>, TeamError> {
        self.ask(self.authorized(Method::POST, path::MY_AGENT_EXTEND)?, true).await.map(own_agent)
    }
}

/// As the server tells it. Words of a newer server keep what counts: no gate, and the next call comes.
pub(crate) fn own_agent(data: AgentData) -> Option<OwnAgent> {
    let left = |ms: Option<u64>| ms.map(Duration::from_millis);
    if data.state == "none" {
        return None;
    }
    let unknown = || if data.gates.is_empty() { AgentState::Ready } else { AgentState::Blocked };
    let state = AgentState::from_code(&data.state).unwrap_or_else(unknown);
    let gates = data.gates.into_iter().take(MOST_GATES);
    let gates = gates.map(|gate| AgentGate { left: left(gate.left_ms), why: why(gate) });
    Some(OwnAgent { state, left: left(data.left_ms), gates: gates.collect(), missed: data.missed })
}

fn why(gate: team_api::AgentGate) -> GateWhy {
    match gate.why.as_str() {
        "status" => GateWhy::Status,
        "forced_break" => GateWhy::ForcedBreak { missed: gate.missed.unwrap_or_default() },
        "logged_out" => GateWhy::LoggedOut,
        "not_registered" => GateWhy::NotRegistered,
        "offered" => GateWhy::Offered,
        "in_queue_call" => GateWhy::InQueueCall,
        "not_ready" => GateWhy::NotReady,
        "wrap_up" => GateWhy::WrapUp,
        "busy_delay" => GateWhy::BusyDelay,
        "reject_delay" => GateWhy::RejectDelay,
        "no_answer_delay" => GateWhy::NoAnswerDelay,
        "not_registered_delay" => GateWhy::NotRegisteredDelay,
        "other_call" => GateWhy::OtherCall,
        "skill" => GateWhy::Skill { queue: gate.queue.unwrap_or_default(), skill: gate.skill.unwrap_or_default() },
        "no_queue" => GateWhy::NoQueue,
        _ => GateWhy::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(state: &str, gates: &[&str]) -> AgentData {
        let gate = |why: &&str| team_api::AgentGate {
            why: (*why).to_owned(),
            left_ms: Some(3000),
            missed: None,
            queue: None,
            skill: None,
        };
        AgentData { state: state.into(), left_ms: Some(3000), gates: gates.iter().map(gate).collect(), missed: 2 }
    }

    #[test]
    fn the_words_of_the_server_are_ours_and_newer_ones_are_harmless_ao_02_ao_03() {
        assert_eq!(own_agent(data("none", &["not_an_agent"])), None);
        let own = own_agent(data("wrap_up", &["wrap_up"])).unwrap();
        let left = Some(Duration::from_secs(3));
        assert_eq!((own.state, own.left, own.missed), (AgentState::WrapUp, left, 2));
        assert_eq!(own.gates, [AgentGate { why: GateWhy::WrapUp, left }]);
        let newer = own_agent(data("meditating", &["full_moon"])).unwrap();
        assert_eq!((newer.state, &newer.gates[0].why), (AgentState::Blocked, &GateWhy::Other));
        assert_eq!(own_agent(data("meditating", &[])).unwrap().state, AgentState::Ready);
        let forced = AgentData {
            gates: vec![team_api::AgentGate { missed: Some(3), ..data("", &["forced_break"]).gates.remove(0) }],
            ..data("blocked", &[])
        };
        assert_eq!(own_agent(forced).unwrap().gates[0].why, GateWhy::ForcedBreak { missed: 3 });
        let many: Vec<&str> = vec!["skill"; 10_000];
        assert_eq!(own_agent(data("blocked", &many)).unwrap().gates.len(), MOST_GATES);
    }
}
