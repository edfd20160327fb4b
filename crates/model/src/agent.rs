//! How an agent takes calls from queues (SPEC 1.7, AO-01 to AO-07).

use std::time::Duration;

/// Largest value of each option of an agent.
pub const AGENT_OPTION_MAX: u16 = 999;

/// The options of an agent. Times in whole seconds, 0..=[`AGENT_OPTION_MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgentOptions {
    /// How long a call from a queue rings; what is not answered by then counts as not answered (AO-01).
    pub call_timeout: u16,
    /// Pause after a call from a queue that was answered (AO-02).
    pub wrap_up: u16,
    /// So many calls in a row without an answer force a break; 0: never (AO-03).
    pub max_no_answer: u16,
    /// Pause after 486 or 600 (AO-04).
    pub busy_delay: u16,
    /// Pause after 603, 608, 401 to 403 or 407 (AO-05).
    pub reject_delay: u16,
    /// Pause after any other failure (AO-06).
    pub no_answer_delay: u16,
}

impl AgentOptions {
    /// What an agent has until an administrator says otherwise.
    pub const USUAL: AgentOptions = AgentOptions {
        call_timeout: 15,
        wrap_up: 10,
        max_no_answer: 3,
        busy_delay: 15,
        reject_delay: 15,
        no_answer_delay: 10,
    };
}

impl Default for AgentOptions {
    fn default() -> Self {
        AgentOptions::USUAL
    }
}

/// Something that an agent is good at (AO-07).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skill {
    /// What, in the words of the team.
    pub name: String,
    /// How good, 1..=100.
    pub level: u8,
}

/// The person at this phone as an agent of queues. Times count from the moment at which it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAgent {
    /// How they stand.
    pub state: AgentState,
    /// How long until time alone ends that.
    pub left: Option<Duration>,
    /// Everything that keeps calls away. Empty if and only if the next call would come.
    pub gates: Vec<AgentGate>,
    /// Calls in a row that were not answered.
    pub missed: u16,
}

impl OwnAgent {
    /// The same, told so much later. What is over by then has nothing left; only the server says that it has ended.
    #[must_use]
    pub fn later(&self, by: Duration) -> OwnAgent {
        let left = |before: Option<Duration>| before.map(|before| before.saturating_sub(by));
        let gates = self.gates.iter().map(|gate| AgentGate { left: left(gate.left), ..gate.clone() });
        OwnAgent { state: self.state, left: left(self.left), gates: gates.collect(), missed: self.missed }
    }
}

/// How an agent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentState {
    /// The next call would come.
    Ready,
    /// A call is offered to them.
    Offered,
    /// On a call from a queue.
    Talking,
    /// After such a call (AO-02).
    WrapUp,
    /// A pause after a call that was not taken (AO-04 to AO-06).
    Delayed,
    /// Something else keeps calls away.
    Blocked,
}

base::codes! {
    AgentState {
        Ready = "ready",
        Offered = "offered",
        Talking = "talking",
        WrapUp = "wrap_up",
        Delayed = "delayed",
        Blocked = "blocked",
    }
}

/// One thing that keeps calls from an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentGate {
    /// What.
    pub why: GateWhy,
    /// How long until it opens by itself.
    pub left: Option<Duration>,
}

/// What keeps calls from an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GateWhy {
    /// Their status.
    Status,
    /// A break after so many calls in a row that were not answered (AO-03).
    ForcedBreak {
        /// So many.
        missed: u16,
    },
    /// They are not there.
    LoggedOut,
    /// No phone of theirs is registered.
    NotRegistered,
    /// A call is offered to them already.
    Offered,
    /// They are on a call from a queue.
    InQueueCall,
    /// They are not ready yet.
    NotReady,
    /// Time after a call (AO-02).
    WrapUp,
    /// They were busy (AO-04).
    BusyDelay,
    /// They rejected a call (AO-05).
    RejectDelay,
    /// They did not answer (AO-06).
    NoAnswerDelay,
    /// Their phone was gone for a moment.
    NotRegisteredDelay,
    /// They are on a call that is none of a queue's.
    OtherCall,
    /// A queue asks for what they are not good enough at (AO-07).
    Skill {
        /// Name of the queue; isolate it. Empty: not known.
        queue: String,
        /// What is missing; isolate it.
        skill: String,
    },
    /// They serve no queue.
    NoQueue,
    /// Something that this program does not know.
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_later_has_less_left_and_never_less_than_nothing_ao_02() {
        let secs = Duration::from_secs;
        let gate = |left| AgentGate { why: GateWhy::WrapUp, left };
        let own = OwnAgent {
            state: AgentState::WrapUp,
            left: Some(secs(10)),
            gates: vec![gate(Some(secs(10))), gate(None)],
            missed: 1,
        };
        let later = own.later(secs(4));
        assert_eq!((later.left, later.state, later.missed), (Some(secs(6)), AgentState::WrapUp, 1));
        assert_eq!(later.gates, [gate(Some(secs(6))), gate(None)]);
        assert_eq!(own.later(secs(11)).left, Some(Duration::ZERO));
    }
}
