//! What administrators, agents and phones change about who is there.

use std::time::Duration;

use model::{AgentOptions, Skill};

use crate::acd::{Acd, Turn};
use crate::agent::{Agent, Availability, State};
use crate::effect::{QueueEvent, WrapUpEnd};
use crate::ids::{AgentId, QueueId};
use crate::member::{End, MemberState};
use crate::queue::{LIMITS, Queue, QueueSettings, Tier, TierState};

impl Acd {
    pub(crate) fn set_queue(&mut self, turn: &mut Turn, id: QueueId, mut settings: QueueSettings) {
        settings.max_callers = settings.max_callers.min(LIMITS.callers);
        let queue = self.queues.entry(id).or_insert_with(|| Queue::new(settings.clone(), turn.now));
        queue.settings = settings;
        turn.changed.extend(queue.tiers.keys().cloned());
    }

    pub(crate) fn remove_queue(&mut self, turn: &mut Turn, id: &QueueId) {
        let waiting: Vec<_> =
            self.members.iter().filter(|(_, it)| it.queue == *id && it.waits()).map(|(member, _)| *member).collect();
        for member in waiting {
            self.leave(turn, member, End::QueueGone);
        }
        if let Some(queue) = self.queues.remove(id) {
            turn.changed.extend(queue.tiers.into_keys());
        }
    }

    pub(crate) fn set_agent(
        &mut self,
        turn: &mut Turn,
        id: AgentId,
        options: AgentOptions,
        skills: Vec<Skill>,
        on_demand: bool,
    ) {
        turn.change(&id);
        // Whoever is an agent again while a call of theirs still runs.
        let talks = self.members.iter().find(|(_, it)| it.agent() == Some(&id)).map(|(member, _)| *member);
        let agent = self.agents.entry(id).or_insert_with(|| {
            let mut agent = Agent::new(options, Vec::new(), on_demand);
            agent.state = talks.map_or(State::Waiting, State::InQueueCall);
            agent
        });
        (agent.options, agent.skills, agent.on_demand) = (options, skills, on_demand);
        if !on_demand && agent.state == State::Idle {
            agent.state = State::Waiting;
        }
    }

    pub(crate) fn remove_agent(&mut self, turn: &mut Turn, id: &AgentId) {
        self.withdraw_from(turn, id, |_| true);
        self.agents.remove(id);
        for queue in self.queues.values_mut() {
            queue.tiers.remove(id);
        }
        turn.change(id);
    }

    pub(crate) fn set_tier(&mut self, turn: &mut Turn, queue: &QueueId, agent: AgentId, level: u16, position: u16) {
        let is_free = self.agents.get(&agent).is_none_or(|agent| agent.state == State::Waiting);
        let Some(queue) = self.queues.get_mut(queue) else { return };
        turn.change(&agent);
        let state = if is_free { TierState::Ready } else { TierState::Standby };
        let tier = queue.tiers.entry(agent).or_insert(Tier { level, position, state });
        (tier.level, tier.position) = (level, position);
    }

    pub(crate) fn remove_tier(&mut self, turn: &mut Turn, queue: &QueueId, agent: &AgentId) {
        self.withdraw_from(turn, agent, |of| of == queue);
        if let Some(queue) = self.queues.get_mut(queue) {
            queue.tiers.remove(agent);
            turn.change(agent);
        }
    }

    /// Rows 10 and 11.
    pub(crate) fn on_availability(&mut self, turn: &mut Turn, id: &AgentId, availability: Availability) {
        let Some(agent) = self.agents.get_mut(id) else { return };
        if !agent.choose(availability) {
            return;
        }
        turn.change(id);
        if availability != Availability::Available {
            self.withdraw_from(turn, id, |_| true);
        }
    }

    pub(crate) fn on_ready(&mut self, turn: &mut Turn, id: &AgentId) {
        let Some(agent) = self.agents.get_mut(id) else { return };
        if agent.wrap_up_until.take().is_some_and(|until| until > turn.now) {
            turn.log(None, None, Some(id), QueueEvent::WrapUpEnded(WrapUpEnd::Ready));
            turn.change(id);
        }
        if agent.state == State::Idle {
            agent.state = State::Waiting;
            turn.change(id);
        }
    }

    pub(crate) fn on_extend(&mut self, turn: &mut Turn, id: &AgentId) {
        if self.agents.get_mut(id).is_some_and(|agent| agent.extend(turn.now)) {
            turn.change(id);
        }
    }

    /// A phone that is lost while it rings says so itself ([`Input::Unreachable`](crate::Input::Unreachable)).
    pub(crate) fn on_registered(&mut self, turn: &mut Turn, id: &AgentId, registered: bool) {
        if let Some(agent) = self.agents.get_mut(id).filter(|agent| agent.registered != registered) {
            agent.registered = registered;
            turn.change(id);
        }
    }

    pub(crate) fn on_other_calls(&mut self, turn: &mut Turn, id: &AgentId, calls: usize) {
        if let Some(agent) = self.agents.get_mut(id).filter(|agent| agent.other_calls != calls) {
            agent.other_calls = calls;
            turn.change(id);
        }
    }

    /// Row 3: a conversation is over.
    pub(crate) fn on_bridge_ended(&mut self, turn: &mut Turn, member: crate::MemberId) {
        let Some(it) = self.members.get(&member) else { return };
        let MemberState::Answered { agent: id, since } = it.state.clone() else { return };
        let (queue_id, talked) = (it.queue.clone(), turn.now.since(since));
        self.members.remove(&member);
        turn.log(Some(&queue_id), Some(member), Some(&id), QueueEvent::Over { talked });
        let wrap_up = self.agents.get(&id).map_or(0, |agent| agent.options.wrap_up);
        if let Some(queue) = self.queues.get_mut(&queue_id) {
            queue.handled(talked + Duration::from_secs(u64::from(wrap_up)));
        }
        let Some(agent) = self.agents.get_mut(&id).filter(|agent| agent.state == State::InQueueCall(member)) else {
            return;
        };
        let until = agent.bridge_ended(turn.now, talked);
        self.set_tiers(&id, None, TierState::Ready);
        if wrap_up > 0 {
            turn.log(Some(&queue_id), Some(member), Some(&id), QueueEvent::WrapUpBegan { until });
        }
        turn.change(&id);
    }

    /// The tier of one queue becomes `here`, those of all others *Standby*; without a queue all become `here`, except that
    /// *No Answer* stays where nothing was asked.
    pub(crate) fn set_tiers(&mut self, agent: &AgentId, queue: Option<&QueueId>, here: TierState) {
        for (id, it) in &mut self.queues {
            let Some(tier) = it.tiers.get_mut(agent) else { continue };
            tier.state = match (queue, tier.state) {
                (None, TierState::NoAnswer) => TierState::NoAnswer,
                (None, _) => here,
                (Some(queue), _) if queue == id => here,
                // mod_callcenter moves *Ready* tiers only.
                (Some(_), TierState::Ready) => TierState::Standby,
                (Some(_), other) => other,
            };
        }
    }
}
