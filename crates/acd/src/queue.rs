//! A queue, its settings and the agents in it.

use std::collections::BTreeMap;
use std::time::Duration;

use base::Now;
use model::Skill;

use crate::ids::{AgentId, QueueId};

/// Whom to ask first, within a level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strategy {
    /// Whose last queue call ended longest ago.
    #[default]
    LongestIdle,
    /// The next one after whom was asked last, for any caller.
    RoundRobin,
    /// From the top; the next one after whom this caller was offered to.
    TopDown,
    /// All at once; the first one has it.
    RingAll,
    /// Who answered the fewest.
    FewestCalls,
    /// Who talked least.
    LeastTalkTime,
    /// Who is best at what the queue needs.
    Skills,
}

impl Strategy {
    /// All of them.
    pub const ALL: [Strategy; 7] = [
        Strategy::LongestIdle,
        Strategy::RoundRobin,
        Strategy::TopDown,
        Strategy::RingAll,
        Strategy::FewestCalls,
        Strategy::LeastTalkTime,
        Strategy::Skills,
    ];

    /// Its name on the wire and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Strategy::LongestIdle => "longest_idle",
            Strategy::RoundRobin => "round_robin",
            Strategy::TopDown => "top_down",
            Strategy::RingAll => "ring_all",
            Strategy::FewestCalls => "fewest_calls",
            Strategy::LeastTalkTime => "least_talk_time",
            Strategy::Skills => "skills",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Strategy> {
        Strategy::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// When higher levels are asked as well. Without these rules they are asked as soon as the lower ones have nobody free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierRules {
    /// What a caller must have waited.
    pub wait: Duration,
    /// …times the level.
    pub multiply: bool,
    /// At once when nobody is logged in in the lower levels. An agent on a break is logged in.
    pub at_once_without_agents: bool,
}

/// Where a caller goes whom no agent takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Overflow {
    /// Nowhere.
    #[default]
    HangUp,
    /// Another queue.
    Queue(QueueId),
    /// Somebody's phones.
    Extension(String),
    /// Somebody's voice box.
    Voicemail(String),
}

/// What an administrator says of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueSettings {
    /// Whom to ask first.
    pub strategy: Strategy,
    /// When to ask higher levels.
    pub tier_rules: Option<TierRules>,
    /// After that a caller is sent on.
    pub max_wait: Option<Duration>,
    /// After that without any agent logged in a caller is sent on; one who comes later is, five seconds after they came.
    pub max_wait_no_agent: Option<Duration>,
    /// Where to.
    pub overflow: Overflow,
    /// How long an abandoned call is kept for its caller to come again.
    pub discard_abandoned_after: Duration,
    /// Whether who comes again has their old place.
    pub resume: bool,
    /// Agents who are on a call that is none of a queue are left alone.
    pub skip_other_calls: bool,
    /// Answered within that is answered in time.
    pub service_level: Duration,
    /// What an agent must be good at, with the least level.
    pub needs: Vec<Skill>,
    /// More are sent on at once. At most [`Limits::callers`].
    pub max_callers: usize,
}

impl Default for QueueSettings {
    fn default() -> Self {
        QueueSettings {
            strategy: Strategy::LongestIdle,
            tier_rules: None,
            max_wait: None,
            max_wait_no_agent: None,
            overflow: Overflow::HangUp,
            discard_abandoned_after: Duration::from_secs(60),
            resume: true,
            skip_other_calls: true,
            service_level: Duration::from_secs(20),
            needs: Vec::new(),
            max_callers: 100,
        }
    }
}

/// What strangers cannot exceed.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Callers in one queue.
    pub callers: usize,
    /// Calls of one caller in one queue.
    pub of_one_caller: usize,
    /// Abandoned calls that one queue keeps; of more the oldest is forgotten.
    pub abandoned: usize,
}

/// The limits of each queue.
pub const LIMITS: Limits = Limits { callers: 1000, of_one_caller: 3, abandoned: 1000 };

/// An agent in one queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TierState {
    /// Can be asked.
    Ready,
    /// Is being asked by another queue, or talks for it.
    Standby,
    /// Is being asked by this queue.
    Offering,
    /// Talks for this queue.
    ActiveInbound,
    /// Can be asked; did not answer the last time.
    NoAnswer,
}

#[derive(Clone, Debug)]
pub(crate) struct Tier {
    pub level: u16,
    pub position: u16,
    pub state: TierState,
}

/// Somebody who hung up, or waited when the server ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Abandoned {
    /// How long they had waited by `at`.
    pub waited: Duration,
    pub at: Now,
}

#[derive(Clone, Debug)]
pub(crate) struct Queue {
    pub settings: QueueSettings,
    pub tiers: BTreeMap<AgentId, Tier>,
    /// Who was asked last, for round robin.
    pub last_asked: Option<(u16, u16, AgentId)>,
    pub no_agent_since: Option<Now>,
    pub abandoned: BTreeMap<String, Abandoned>,
    /// How long an agent is taken by a call, on average; `None` before the first one.
    pub handling: Option<Duration>,
}

/// How much a new value moves the average.
const WEIGHT: u32 = 8;

impl Queue {
    pub fn new(settings: QueueSettings, now: Now) -> Self {
        Queue {
            settings,
            tiers: BTreeMap::new(),
            last_asked: None,
            no_agent_since: Some(now),
            abandoned: BTreeMap::new(),
            handling: None,
        }
    }

    /// A call took an agent for so long.
    pub fn handled(&mut self, took: Duration) {
        self.handling = Some(match self.handling {
            None => took,
            Some(average) => (average * (WEIGHT - 1) + took) / WEIGHT,
        });
    }

    /// Somebody left who may come again.
    pub fn keep(&mut self, caller: &str, waited: Duration, now: Now) {
        if !self.abandoned.contains_key(caller)
            && self.abandoned.len() >= LIMITS.abandoned
            && let Some(oldest) = self.abandoned.iter().min_by_key(|(_, it)| it.at).map(|(who, _)| who.clone())
        {
            self.abandoned.remove(&oldest);
        }
        self.abandoned.insert(caller.to_owned(), Abandoned { waited, at: now });
    }

    /// What whoever comes again has waited already, the time between included.
    pub fn take_place(&mut self, caller: &str, now: Now) -> Option<Duration> {
        let kept = self.abandoned.remove(caller)?;
        let in_time = now.since(kept.at) < self.settings.discard_abandoned_after;
        (in_time && self.settings.resume).then(|| kept.waited + now.since(kept.at))
    }

    /// Whether a caller who has waited so long may be offered to agents of this level.
    pub fn is_open(&self, level: u16, waited: Duration, is_there: impl Fn(&AgentId) -> bool) -> bool {
        let Some(rules) = self.settings.tier_rules else { return true };
        let lower = || self.tiers.iter().filter(|(_, tier)| tier.level < level);
        lower().next().is_none()
            || waited >= opens_after(rules, level)
            || (rules.at_once_without_agents && !lower().any(|(agent, _)| is_there(agent)))
    }
}

/// What a caller must have waited before this level is asked.
pub(crate) fn opens_after(rules: TierRules, level: u16) -> Duration {
    rules.wait.saturating_mul(if rules.multiply { u32::from(level) } else { 1 })
}
