//! The machine: what comes in, in which order it is worked off, and what is in memory.

use std::collections::{BTreeMap, BTreeSet};

use base::Now;

use crate::agent::Agent;
use crate::effect::{Effect, QueueEvent};
use crate::ids::{AgentId, MemberId, OfferId, QueueId};
use crate::input::Input;
use crate::member::Member;
use crate::queue::Queue;

/// All queues of one server. One owner; every input returns all its consequences.
#[derive(Clone, Debug, Default)]
pub struct Acd {
    pub(crate) agents: BTreeMap<AgentId, Agent>,
    pub(crate) queues: BTreeMap<QueueId, Queue>,
    pub(crate) members: BTreeMap<MemberId, Member>,
    pub(crate) offers: BTreeMap<OfferId, Offer>,
    next_offer: u64,
    wake: Option<Now>,
}

/// A member at the phones of an agent.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub member: MemberId,
    pub agent: AgentId,
    pub queue: QueueId,
    /// The call timeout of the agent (AO-01).
    pub until: Now,
    /// A supervisor has pulled the caller: it is nobody's turn, and nobody's fault if it is missed.
    pub pulled: bool,
}

/// One input being worked off.
pub(crate) struct Turn {
    pub now: Now,
    pub effects: Vec<Effect>,
    pub changed: BTreeSet<AgentId>,
}

impl Turn {
    pub fn log(
        &mut self,
        queue: Option<&QueueId>,
        member: Option<MemberId>,
        agent: Option<&AgentId>,
        event: QueueEvent,
    ) {
        self.effects.push(Effect::Log { queue: queue.cloned(), member, agent: agent.cloned(), event });
    }

    pub fn change(&mut self, agent: &AgentId) {
        if !self.changed.contains(agent) {
            self.changed.insert(agent.clone());
        }
    }
}

impl Acd {
    /// Without queues and agents.
    #[must_use]
    pub fn new() -> Self {
        Acd::default()
    }

    /// Something happened. What time alone has done by `now` is done first.
    #[must_use]
    pub fn handle(&mut self, now: Now, input: Input) -> Vec<Effect> {
        let mut turn = Turn { now, effects: Vec::new(), changed: BTreeSet::new() };
        self.expire(&mut turn);
        self.take(&mut turn, input);
        self.count_heads(now);
        self.dispatch(&mut turn);
        self.tell_places(&mut turn);
        self.wake = self.next_deadline(now);
        turn.effects.extend(turn.changed.into_iter().map(Effect::AgentChanged));
        turn.effects
    }

    /// When [`Input::Tick`] has something to do.
    #[must_use]
    pub fn wake_at(&self) -> Option<Now> {
        self.wake
    }

    fn take(&mut self, turn: &mut Turn, input: Input) {
        match input {
            Input::SetQueue(queue, settings) => self.set_queue(turn, queue, settings),
            Input::RemoveQueue(queue) => self.remove_queue(turn, &queue),
            Input::SetAgent { agent, options, skills, on_demand } => {
                self.set_agent(turn, agent, options, skills, on_demand);
            }
            Input::RemoveAgent(agent) => self.remove_agent(turn, &agent),
            Input::SetTier { queue, agent, level, position } => self.set_tier(turn, &queue, agent, level, position),
            Input::RemoveTier(queue, agent) => self.remove_tier(turn, &queue, &agent),
            Input::Pull(member, agent) => self.on_pull(turn, member, &agent),
            Input::SendOn(member) => self.on_send_on(turn, member),
            Input::Availability(agent, availability) => self.on_availability(turn, &agent, availability),
            Input::Ready(agent) => self.on_ready(turn, &agent),
            Input::Extend(agent) => self.on_extend(turn, &agent),
            Input::Registered(agent, registered) => self.on_registered(turn, &agent, registered),
            Input::OtherCalls(agent, calls) => self.on_other_calls(turn, &agent, calls),
            Input::Join { member, queue, caller } => self.on_join(turn, member, queue, caller),
            Input::Remember { queue, caller, waited } => {
                if let Some(queue) = self.queues.get_mut(&queue) {
                    queue.keep(&caller, waited, turn.now);
                }
            }
            Input::HungUp(member) => self.on_hung_up(turn, member),
            Input::Ringing(offer) => self.on_ringing(turn, offer),
            Input::Answered(offer) => self.on_answered(turn, offer),
            Input::Refused(offer, code) => self.on_refused(turn, offer, code),
            Input::Unreachable(offer) => self.on_unreachable(turn, offer),
            Input::BridgeEnded(member) => self.on_bridge_ended(turn, member),
            Input::Tick => {}
        }
    }

    pub(crate) fn next_offer(&mut self) -> OfferId {
        self.next_offer += 1;
        OfferId(self.next_offer)
    }
}
