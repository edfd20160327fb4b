//! A queue as those who administer it set it up.

use crate::agent::Skill;

/// Whom a queue asks first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueStrategy {
    /// Who has been idle longest.
    LongestIdle,
    /// Each in turn.
    RoundRobin,
    /// By level and position, always from the top.
    TopDown,
    /// All who are free, at once.
    RingAll,
    /// Who has had the fewest calls.
    FewestCalls,
    /// Who has talked least.
    LeastTalkTime,
    /// Who is best at what the queue needs.
    Skills,
}

impl QueueStrategy {
    /// Every one, with its name on the wire.
    pub const ALL: [(QueueStrategy, &'static str); 7] = [
        (QueueStrategy::LongestIdle, "longest_idle"),
        (QueueStrategy::RoundRobin, "round_robin"),
        (QueueStrategy::TopDown, "top_down"),
        (QueueStrategy::RingAll, "ring_all"),
        (QueueStrategy::FewestCalls, "fewest_calls"),
        (QueueStrategy::LeastTalkTime, "least_talk_time"),
        (QueueStrategy::Skills, "skills"),
    ];

    /// Its name on the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("longest_idle", |(_, code)| code)
    }

    /// The one that is called so on the wire.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == code).map(|(one, _)| *one)
    }
}

/// Where a caller goes whom nobody takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueOverflow {
    /// Nowhere: the call ends.
    HangUp,
    /// To the queue with this id.
    Queue(String),
    /// To the phones of this extension.
    Extension(String),
    /// Into the voice box of this extension.
    Voicemail(String),
}

/// When higher levels of a queue are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueTiers {
    /// Seconds that a caller must have waited.
    pub wait_s: u32,
    /// Times the level.
    pub multiply: bool,
    /// At once when nobody of a lower level is logged in.
    pub at_once_without_agents: bool,
}

/// What an administrator says of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueSetup {
    /// 1 to 100 characters.
    pub name: String,
    /// What callers dial; of nobody else.
    pub extension: String,
    /// Whom it asks first.
    pub strategy: QueueStrategy,
    /// None: higher levels are asked as soon as the lower ones have nobody free.
    pub tiers: Option<QueueTiers>,
    /// Seconds after which a caller is sent on; 0: never.
    pub max_wait_s: u32,
    /// Seconds without any agent logged in after which callers are sent on; 0: never.
    pub max_wait_no_agent_s: u32,
    /// Where to.
    pub overflow: QueueOverflow,
    /// Seconds for which an abandoned call is kept for its caller to come again.
    pub discard_abandoned_after_s: u32,
    /// Whether who comes again has their old place.
    pub resume: bool,
    /// Agents on a call that is none of a queue are left alone.
    pub skip_other_calls: bool,
    /// Answered within so many seconds is answered in time.
    pub service_level_s: u32,
    /// More callers are sent on at once; 1 to 1000.
    pub max_callers: u32,
    /// What an agent must be good at, with the least level.
    pub skills: Vec<Skill>,
}

/// Who serves a queue, at which place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueMember {
    /// Id of the user.
    pub user: String,
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

/// A queue with all that can be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedQueue {
    /// Its name for ever.
    pub id: String,
    /// What an administrator says of it.
    pub setup: QueueSetup,
    /// By level, position and extension.
    pub members: Vec<QueueMember>,
    /// What a change of the set-up is based on.
    pub version: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_strategy_has_a_name_of_its_own() {
        for (strategy, code) in QueueStrategy::ALL {
            assert_eq!(QueueStrategy::from_code(code), Some(strategy));
            assert_eq!(strategy.code(), code);
        }
        assert_eq!(QueueStrategy::from_code("best"), None);
    }
}
