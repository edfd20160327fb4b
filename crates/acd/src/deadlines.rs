//! What time alone does, and when.

use std::time::Duration;

use base::Now;

use crate::acd::{Acd, Turn};
use crate::effect::{QueueEvent, WrapUpEnd};
use crate::ids::MemberId;
use crate::member::{End, Member};
use crate::queue::{Queue, opens_after};

/// A caller who comes to a queue without agents waits at least that long (row 13).
const GRACE: Duration = Duration::from_secs(5);
/// A caller hears where they stand at least that often: within the minute of RFC 3261 §13.3.1.1.
pub(crate) const REPEAT: Duration = Duration::from_secs(50);

impl Acd {
    /// Does everything whose time has come.
    pub(crate) fn expire(&mut self, turn: &mut Turn) {
        let now = turn.now;
        let rang: Vec<_> = self.offers.iter().filter(|(_, it)| it.until <= now).map(|(offer, _)| *offer).collect();
        for offer in rang {
            self.rang_out(turn, offer);
        }
        for (id, agent) in &mut self.agents {
            if agent.wrap_up_until.take_if(|until| *until <= now).is_some() {
                if agent.options.wrap_up > 0 {
                    turn.log(None, None, Some(id), QueueEvent::WrapUpEnded(WrapUpEnd::Over));
                }
                turn.change(id);
            }
            if agent.delay.take_if(|(_, until)| *until <= now).is_some() {
                turn.change(id);
            }
        }
        for queue in self.queues.values_mut() {
            let keep = queue.settings.discard_abandoned_after;
            queue.abandoned.retain(|_, it| now.since(it.at) < keep);
        }
        let mut over: Vec<(MemberId, End)> = Vec::new();
        for (member, it) in self.members.iter().filter(|(_, it)| it.waits()) {
            let Some(queue) = self.queues.get(&it.queue) else { continue };
            if no_agent_at(it, queue).is_some_and(|at| at <= now) {
                over.push((*member, End::NoAgent));
            } else if times_out_at(it, queue).is_some_and(|at| at <= now) {
                over.push((*member, End::TimedOut));
            }
        }
        for (member, end) in over {
            self.leave(turn, member, end);
        }
    }

    /// Notes since when nobody is there.
    pub(crate) fn count_heads(&mut self, now: Now) {
        for queue in self.queues.values_mut() {
            let there = queue.tiers.keys().any(|id| self.agents.get(id).is_some_and(crate::agent::Agent::is_there));
            queue.no_agent_since = if there { None } else { queue.no_agent_since.or(Some(now)) };
        }
    }

    /// When time alone changes something again.
    pub(crate) fn next_deadline(&self, now: Now) -> Option<Now> {
        let offers = self.offers.values().map(|it| it.until);
        let agents = self.agents.values().flat_map(|it| [it.wrap_up_until, it.delay.map(|(_, until)| until)]).flatten();
        let members = self.members.values().filter(|it| it.waits()).flat_map(|it| self.member_deadlines(now, it));
        let abandoned = self
            .queues
            .values()
            .flat_map(|it| it.abandoned.values().map(|a| a.at + it.settings.discard_abandoned_after));
        offers.chain(agents).chain(members).chain(abandoned).min()
    }

    fn member_deadlines<'a>(&'a self, now: Now, member: &'a Member) -> impl Iterator<Item = Now> + 'a {
        let queue = self.queues.get(&member.queue);
        let repeat = member.told.map(|(_, _, at)| at + REPEAT);
        let ends = queue.into_iter().flat_map(|queue| [no_agent_at(member, queue), times_out_at(member, queue)]);
        let levels = queue.into_iter().flat_map(move |queue| {
            let rules = queue.settings.tier_rules;
            let left = move |level| opens_after(rules?, level).checked_sub(member.score(now)).filter(|d| !d.is_zero());
            queue.tiers.values().filter_map(move |tier| Some(now + left(tier.level)?))
        });
        [repeat].into_iter().chain(ends).flatten().chain(levels)
    }
}

fn times_out_at(member: &Member, queue: &Queue) -> Option<Now> {
    Some(member.came + queue.settings.max_wait?)
}

fn no_agent_at(member: &Member, queue: &Queue) -> Option<Now> {
    let since = queue.no_agent_since? + queue.settings.max_wait_no_agent?;
    Some(since.max(member.came + GRACE))
}
