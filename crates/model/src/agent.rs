//! How an agent takes calls from queues (SPEC 1.7, AO-01 to AO-07).

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
