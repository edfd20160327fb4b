//! What can be asked.

use std::time::Duration;

use base::Now;
use model::AgentState;

use crate::acd::Acd;
use crate::agent::{Agent, Availability, State};
use crate::gate::{Gate, Why, gates, own_gates};
use crate::ids::{AgentId, MemberId, QueueId};
use crate::queue::{Overflow, TierState};

/// An agent, as they may see it themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentView {
    /// In one word.
    pub state: AgentState,
    /// When this is over, where time alone ends it.
    pub until: Option<Now>,
    /// Everything that keeps calls away; empty if and only if the next call would come.
    pub gates: Vec<Gate>,
    /// Calls in a row that were not answered.
    pub missed: u16,
    /// Calls answered since they were last away.
    pub answered: u64,
}

/// A queue at this moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueView {
    /// Callers without an agent.
    pub waiting: usize,
    /// How long the one who waits longest has been here, this time.
    pub longest: Option<Duration>,
    /// Agents who would get the next call.
    pub free: usize,
    /// Agents on a call from a queue, or about to be.
    pub busy: usize,
    /// Agents who are there and get no calls.
    pub paused: usize,
    /// Agents who are not there.
    pub away: usize,
}

/// Where a caller stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The queue.
    pub queue: QueueId,
    /// Who.
    pub caller: String,
    /// How long they have waited, what counts from earlier included.
    pub waited: Duration,
}

impl Acd {
    /// Everything that keeps calls from this agent, each once. Empty if and only if a caller of one of their queues would be offered.
    #[must_use]
    pub fn explain(&self, now: Now, id: &AgentId) -> Vec<Gate> {
        let Some(agent) = self.agents.get(id) else { return vec![Gate { why: Why::NotAnAgent, until: None }] };
        let mut all: Vec<Gate> = own_gates(now, agent).collect();
        let mut serves_any = false;
        for queue in self.queues.iter().filter(|(_, queue)| queue.tiers.contains_key(id)) {
            serves_any = true;
            let here: Vec<Gate> = gates(now, agent, id, queue).collect();
            if here.is_empty() {
                return Vec::new();
            }
            for gate in here {
                if !all.contains(&gate) {
                    all.push(gate);
                }
            }
        }
        if !serves_any {
            all.push(Gate { why: Why::NoQueue, until: None });
        }
        all
    }

    /// An agent; `None` for anybody else.
    #[must_use]
    pub fn agent(&self, now: Now, id: &AgentId) -> Option<AgentView> {
        let agent = self.agents.get(id)?;
        let gates = self.explain(now, id);
        let until_of =
            |wanted: fn(&Why) -> bool| gates.iter().find(|gate| wanted(&gate.why)).and_then(|gate| gate.until);
        let wrap_up = until_of(|why| matches!(why, Why::WrapUp));
        let delay = until_of(|why| matches!(why, Why::Delay(_)));
        let (state, until) = match agent.state {
            State::Reserved(offer) | State::Receiving(offer) => {
                (AgentState::Offered, self.offers.get(&offer).map(|it| it.until))
            }
            State::InQueueCall(_) => (AgentState::Talking, None),
            State::Waiting | State::Idle if wrap_up.is_some() => (AgentState::WrapUp, wrap_up),
            State::Waiting if gates.is_empty() => (AgentState::Ready, None),
            State::Waiting if delay.is_some() => (AgentState::Delayed, delay),
            State::Waiting | State::Idle => (AgentState::Blocked, None),
        };
        Some(AgentView { state, until, gates, missed: agent.no_answer_count, answered: agent.calls_answered })
    }

    /// A queue; `None` if there is none of this id.
    #[must_use]
    pub fn queue(&self, now: Now, id: &QueueId) -> Option<QueueView> {
        let queue = self.queues.get(id)?;
        let mut view = QueueView::default();
        for it in self.members.values().filter(|it| it.queue == *id && it.waits()) {
            view.waiting += 1;
            view.longest = view.longest.max(Some(now.since(it.came)));
        }
        for agent in queue.tiers.keys() {
            let Some(it) = self.agents.get(agent).filter(|it| it.is_there()) else {
                view.away += 1;
                continue;
            };
            let place = match it.state {
                State::Reserved(_) | State::Receiving(_) | State::InQueueCall(_) => &mut view.busy,
                State::Waiting | State::Idle if gates(now, it, agent, (id, queue)).next().is_none() => &mut view.free,
                State::Waiting | State::Idle => &mut view.paused,
            };
            *place += 1;
        }
        Some(view)
    }

    /// Where this caller stands, while they wait.
    #[must_use]
    pub fn place(&self, now: Now, member: MemberId) -> Option<Place> {
        let it = self.members.get(&member).filter(|it| it.waits())?;
        Some(Place { queue: it.queue.clone(), caller: it.caller.clone(), waited: it.score(now) })
    }

    /// Everybody who waits, with the agents at whose phones it rings; those who came earlier first.
    pub fn waiting(&self, now: Now) -> impl Iterator<Item = (MemberId, Place, Vec<AgentId>)> + '_ {
        self.members.iter().filter(|(_, it)| it.waits()).map(move |(member, it)| {
            let place = Place { queue: it.queue.clone(), caller: it.caller.clone(), waited: now.since(it.came) };
            let asked = it.offers().iter().filter_map(|offer| Some(self.offers.get(offer)?.agent.clone()));
            (*member, place, asked.collect())
        })
    }

    /// Does this caller wait?
    #[must_use]
    pub fn waits(&self, member: MemberId) -> bool {
        self.members.get(&member).is_some_and(crate::member::Member::waits)
    }

    /// The queue of the call that this person has or is offered, be they an agent or have pulled it.
    #[must_use]
    pub fn queue_of(&self, id: &AgentId) -> Option<&QueueId> {
        let offered = || self.offers.values().find(|it| it.agent == *id).map(|it| &it.queue);
        match self.agents.get(id).map(|agent| agent.state) {
            Some(State::InQueueCall(member)) => self.members.get(&member).map(|it| &it.queue),
            Some(State::Reserved(offer) | State::Receiving(offer)) => self.offers.get(&offer).map(|it| &it.queue),
            Some(State::Waiting | State::Idle) => None,
            None => {
                let talks = self.members.values().find(|it| it.agent() == Some(id)).map(|it| &it.queue);
                talks.or_else(offered)
            }
        }
    }

    /// Where callers of this queue go whom no agent takes.
    #[must_use]
    pub fn overflow(&self, queue: &QueueId) -> Option<&Overflow> {
        self.queues.get(queue).map(|queue| &queue.settings.overflow)
    }

    /// What a queue thinks of an agent.
    #[must_use]
    pub fn tier(&self, queue: &QueueId, agent: &AgentId) -> Option<TierState> {
        Some(self.queues.get(queue)?.tiers.get(agent)?.state)
    }

    /// Whether calls from queues may come at all, as the chosen status says.
    #[must_use]
    pub fn availability(&self, agent: &AgentId) -> Option<Availability> {
        self.agents.get(agent).map(|it: &Agent| it.availability)
    }

    /// Members, offers and abandoned calls in memory; for tests of boundedness.
    #[must_use]
    pub fn load(&self) -> (usize, usize, usize) {
        (self.members.len(), self.offers.len(), self.queues.values().map(|it| it.abandoned.len()).sum())
    }
}
