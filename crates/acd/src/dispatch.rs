//! Who is offered which call: after every input, as far as there are agents and callers.

use std::collections::BTreeMap;
use std::time::Duration;

use base::Now;

use crate::acd::{Acd, Turn};
use crate::deadlines::REPEAT;
use crate::effect::Effect;
use crate::gate::gates;
use crate::ids::{AgentId, MemberId, QueueId};
use crate::member::MemberState;
use crate::queue::{Queue, Strategy};

impl Acd {
    /// Callers by how long they have waited, over all queues; each is offered to the first agent in the order of their queue.
    pub(crate) fn dispatch(&mut self, turn: &mut Turn) {
        let now = turn.now;
        let mut free: BTreeMap<QueueId, Vec<AgentId>> = BTreeMap::new();
        let mut callers: Vec<(Duration, MemberId)> = Vec::new();
        for (id, it) in &self.members {
            let Some(queue) = self.queues.get(&it.queue) else { continue };
            let may_be_asked = match it.state {
                MemberState::Waiting => true,
                MemberState::Trying(_) => queue.settings.strategy == Strategy::RingAll && !self.is_pulled(it),
                MemberState::Answered { .. } => false,
            };
            if !may_be_asked {
                continue;
            }
            if !free.contains_key(&it.queue) {
                free.insert(it.queue.clone(), self.free_agents(now, &it.queue, queue));
            }
            if !free[&it.queue].is_empty() {
                callers.push((it.score(now), *id));
            }
        }
        callers.sort_by_key(|(score, member)| (std::cmp::Reverse(*score), *member));
        for (waited, member) in callers {
            let Some(queue) = self.members.get(&member).map(|it| it.queue.clone()) else { continue };
            while let Some(agent) = self.pick(member, &queue, waited, &free[&queue]) {
                self.begin_offer(turn, member, &queue, &agent);
                free.values_mut().for_each(|agents| agents.retain(|it| *it != agent));
                if !self.rings_all(&queue) {
                    break;
                }
            }
        }
    }

    fn pick(&self, member: MemberId, queue: &QueueId, waited: Duration, free: &[AgentId]) -> Option<AgentId> {
        let (it, queue) = (self.members.get(&member)?, self.queues.get(queue)?);
        let open = free.iter().filter(|id| {
            queue.tiers.get(*id).is_some_and(|tier| queue.is_open(tier.level, waited, |other| self.is_there(other)))
        });
        self.first(it, queue, open).cloned()
    }

    fn free_agents(&self, now: Now, id: &QueueId, queue: &Queue) -> Vec<AgentId> {
        let is_free = |agent: &AgentId| {
            self.agents.get(agent).is_some_and(|it| gates(now, it, agent, (id, queue)).next().is_none())
        };
        queue.tiers.keys().filter(|agent| is_free(agent)).cloned().collect()
    }

    fn is_there(&self, agent: &AgentId) -> bool {
        self.agents.get(agent).is_some_and(crate::agent::Agent::is_there)
    }

    fn rings_all(&self, queue: &QueueId) -> bool {
        self.queues.get(queue).is_some_and(|queue| queue.settings.strategy == Strategy::RingAll)
    }

    /// Tells callers where they stand: what changed, and what was told long ago.
    pub(crate) fn tell_places(&mut self, turn: &mut Turn) {
        let mut rows: BTreeMap<&QueueId, Vec<(Duration, MemberId)>> = BTreeMap::new();
        for (id, it) in self.members.iter().filter(|(_, it)| it.waits()) {
            rows.entry(&it.queue).or_default().push((it.score(turn.now), *id));
        }
        let mut places = Vec::new();
        for (queue, mut row) in rows {
            row.sort_by_key(|(score, member)| (std::cmp::Reverse(*score), *member));
            let each = self.estimate(queue);
            for (index, (_, member)) in row.into_iter().enumerate() {
                let position = index + 1;
                let estimate = each.map(|each| each.saturating_mul(u32::try_from(position).unwrap_or(u32::MAX)));
                places.push((member, position, estimate));
            }
        }
        for (member, position, estimate) in places {
            let Some(it) = self.members.get_mut(&member) else { continue };
            // An estimate that moved alone can wait for its minute.
            if it.told.is_some_and(|(before, _, at)| before == position && turn.now.since(at) < REPEAT) {
                continue;
            }
            it.told = Some((position, estimate, turn.now));
            turn.effects.push(Effect::Position { member, position, estimate });
        }
    }

    /// How long one place in the row takes: what a call takes an agent, shared by those who are there and have no break.
    fn estimate(&self, queue: &QueueId) -> Option<Duration> {
        let queue = self.queues.get(queue)?;
        let working = |id: &&AgentId| {
            self.agents
                .get(*id)
                .is_some_and(|it| it.registered && it.availability == crate::agent::Availability::Available)
        };
        let agents = u32::try_from(queue.tiers.keys().filter(working).count()).unwrap_or(u32::MAX);
        queue.handling?.checked_div(agents)
    }
}
