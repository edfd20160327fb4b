//! What the live panel asks of the queues, and what supervisors do in them (LP-03, LP-04).

use acd::{AgentId, Input, MemberId, Overflow, QueueId};
use base::{Now, WallMs};
use sip::edge::Edge;

use super::queue_words::millis;
use super::queues::{At, Queues};
use crate::panel::{AgentHere, QueuesHere, WaitingHere};
use crate::queue_seam::Acted;

impl Queues {
    /// Everything at this moment.
    pub(super) fn here(&self, at: At) -> QueuesHere {
        let waiting = self.acd.waiting(at.now).map(|(member, place, asked)| WaitingHere {
            stay: self.stay(member),
            queue: place.queue.0.to_string(),
            caller: place.caller,
            waited_ms: millis(place.waited).unsigned_abs(),
            asked: asked.into_iter().map(|agent| agent.0.to_string()).collect(),
        });
        let queue = |id: &String| Some((id.clone(), self.acd.queue(at.now, &QueueId(id.as_str().into()))?));
        let agents = self.plan.agents.iter().filter_map(|agent| {
            let id = AgentId(agent.extension.as_str().into());
            Some((agent.extension.clone(), self.agent_here(at, &id)?))
        });
        QueuesHere {
            waiting: waiting.collect(),
            queues: self.plan.queues.iter().filter_map(|it| queue(&it.id)).collect(),
            agents: agents.collect(),
            plan: self.plan.clone(),
        }
    }

    fn agent_here(&self, at: At, id: &AgentId) -> Option<AgentHere> {
        let view = self.acd.agent(at.now, id)?;
        let left = |until: Now| millis(until.since(at.now)).unsigned_abs();
        Some(AgentHere {
            state: view.state,
            since_ms: self.since.get(id).map_or(at.wall.0, |WallMs(since)| *since),
            left_ms: view.until.map(left),
            queue: self.acd.queue_of(id).map(|queue| queue.0.to_string()),
        })
    }

    /// A supervisor takes a caller to their own phones.
    pub(super) fn pull(&self, stay: &str, by: &str) -> (Acted, Option<Input>) {
        let by = AgentId(by.into());
        match self.waits(stay) {
            None => (Acted::Gone, None),
            Some(member) if !self.acd.can_pull(member, &by) => (Acted::Busy, None),
            Some(member) => (Acted::Done, Some(Input::Pull(member, by))),
        }
    }

    /// A supervisor sends a caller elsewhere, if they arrive there.
    pub(super) fn send_on(&mut self, at: At, edge: &Edge, stay: &str, to: &str) -> (Acted, Option<Input>) {
        let Some(member) = self.waits(stay) else { return (Acted::Gone, None) };
        let queue = self.plan.queues.iter().find(|queue| queue.settings.extension == to);
        let arrives = match queue {
            None => edge.can_be_rung(at.now, to),
            Some(queue) => {
                let waiting = self.acd.queue(at.now, &QueueId(queue.id.as_str().into())).map(|view| view.waiting);
                let most = usize::try_from(queue.settings.max_callers).unwrap_or(usize::MAX);
                waiting.is_some_and(|waiting| waiting < most)
            }
        };
        let overflow = match queue {
            None => Overflow::Extension(to.to_owned()),
            Some(queue) => Overflow::Queue(QueueId(queue.id.as_str().into())),
        };
        let held = self.by_member.get(&member).and_then(|key| self.calls.get_mut(key));
        let Some(held) = held.filter(|held| arrives && overflow != Overflow::Queue(held.queue.clone())) else {
            return (Acted::Unreachable, None);
        };
        held.overflow = overflow;
        // What somebody decides is no queue that overflows into another.
        held.queues = 0;
        (Acted::Done, Some(Input::SendOn(member)))
    }

    /// How this stay is called outside.
    pub(super) fn stay(&self, member: MemberId) -> String {
        format!("{}-{}", self.life, member.0)
    }

    /// The one who waits under this name.
    fn waits(&self, stay: &str) -> Option<MemberId> {
        let (life, member) = stay.rsplit_once('-')?;
        let member = MemberId(member.parse().ok()?);
        let is_here = life == self.life && self.by_member.contains_key(&member);
        // Whoever talks is known as well.
        (is_here && self.acd.waits(member)).then_some(member)
    }
}
