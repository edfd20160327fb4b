//! Whom to ask first.

use std::cmp::Reverse;
use std::time::Duration;

use base::Now;

use crate::acd::Acd;
use crate::agent::Agent;
use crate::ids::AgentId;
use crate::member::Member;
use crate::queue::{Queue, Strategy, Tier};

/// By level; within it as the strategy says; then by position.
type Rank = (u16, Within, u16);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Within {
    /// Of whom the last queue call ended earlier; those without one first.
    Idle(Option<Now>),
    /// After whom was asked last; the others after them.
    Turn {
        over: bool,
    },
    /// Of those who ring together.
    Together,
    Calls(u64),
    TalkTime(Duration),
    Fitness(Reverse<u32>),
}

impl Acd {
    /// Of these agents, who all may be asked for this member, the first one.
    pub(crate) fn first<'a>(
        &self,
        member: &Member,
        queue: &Queue,
        agents: impl Iterator<Item = &'a AgentId>,
    ) -> Option<&'a AgentId> {
        agents
            .filter_map(|id| Some((rank(member, queue, id, queue.tiers.get(id)?, self.agents.get(id)?), id)))
            .min()
            .map(|(_, id)| id)
    }
}

fn rank(member: &Member, queue: &Queue, id: &AgentId, tier: &Tier, agent: &Agent) -> Rank {
    let over = |last: &Option<(u16, u16, AgentId)>| {
        last.as_ref()
            .is_some_and(|(level, position, who)| *level == tier.level && (*position, who) >= (tier.position, id))
    };
    let within = match queue.settings.strategy {
        Strategy::LongestIdle => Within::Idle(agent.last_bridge_end),
        Strategy::RoundRobin => Within::Turn { over: over(&queue.last_asked) },
        Strategy::TopDown => Within::Turn { over: over(&member.last_asked) },
        Strategy::RingAll => Within::Together,
        Strategy::FewestCalls => Within::Calls(agent.calls_answered),
        Strategy::LeastTalkTime => Within::TalkTime(agent.talk_time),
        Strategy::Skills => Within::Fitness(Reverse(agent.fitness(&queue.settings.needs).unwrap_or(0))),
    };
    (tier.level, within, tier.position)
}
