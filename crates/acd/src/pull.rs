//! What supervisors do with callers who wait (LP-04): pull one to their own phones, or send one elsewhere. Neither can lose a caller: a pull that
//! is not answered leaves them where they were, and who is sent on is told of with [`Effect::Ended`](crate::Effect::Ended) like everybody who leaves.

use std::time::Duration;

use crate::acd::{Acd, Offer, Turn};
use crate::agent::State;
use crate::effect::{Effect, QueueEvent, Withdrawn};
use crate::ids::{AgentId, MemberId};
use crate::member::{End, Member};
use crate::queue::TierState;

/// How long a pulled call rings.
pub const PULL_RINGS: Duration = Duration::from_secs(30);

impl Acd {
    /// Whether this caller waits, and this person can be rung: nothing of a queue rings at theirs, and they talk for none.
    #[must_use]
    pub fn can_pull(&self, member: MemberId, by: &AgentId) -> bool {
        let is_free = self.agents.get(by).is_none_or(|agent| agent.state == State::Waiting);
        let busy = || self.offers.values().any(|it| it.agent == *by);
        self.members.get(&member).is_some_and(Member::waits) && is_free && !busy()
    }

    pub(crate) fn on_pull(&mut self, turn: &mut Turn, member: MemberId, by: &AgentId) {
        if !self.can_pull(member, by) {
            return;
        }
        let others = self.members.get(&member).map(|it| it.offers().to_vec()).unwrap_or_default();
        for other in others {
            self.withdraw(turn, other, Withdrawn::AnsweredElsewhere);
        }
        let offer = self.next_offer();
        let Some(it) = self.members.get_mut(&member) else { return };
        it.begin(offer);
        let queue = it.queue.clone();
        if let Some(agent) = self.agents.get_mut(by) {
            agent.state = State::Reserved(offer);
        }
        self.set_tiers(by, Some(&queue), TierState::Offering);
        let until = turn.now + PULL_RINGS;
        self.offers.insert(offer, Offer { member, agent: by.clone(), queue: queue.clone(), until, pulled: true });
        turn.log(Some(&queue), Some(member), Some(by), QueueEvent::Offered);
        turn.change(by);
        turn.effects.push(Effect::Offer { offer, member, agent: by.clone(), queue });
    }

    pub(crate) fn on_send_on(&mut self, turn: &mut Turn, member: MemberId) {
        if self.members.get(&member).is_some_and(Member::waits) {
            self.leave(turn, member, End::SentOn);
        }
    }

    /// It rings at the phones of a supervisor, and shall at nobody else's.
    pub(crate) fn is_pulled(&self, member: &Member) -> bool {
        member.offers().iter().any(|offer| self.offers.get(offer).is_some_and(|it| it.pulled))
    }
}
