//! Offers: how they begin, and every way in which they end (rows 1, 2 and 5 to 9 of the table).

use std::time::Duration;

use crate::acd::{Acd, Offer, Turn};
use crate::agent::State;
use crate::effect::{Effect, QueueEvent, Withdrawn};
use crate::ids::{AgentId, MemberId, OfferId, QueueId};
use crate::member::{End, MemberState};
use crate::outcome::Miss;
use crate::queue::TierState;

impl Acd {
    /// Row 1. The agent has no gate and the member waits: `dispatch` has just seen to it.
    pub(crate) fn begin_offer(&mut self, turn: &mut Turn, member: MemberId, queue_id: &QueueId, agent_id: &AgentId) {
        let offer = self.next_offer();
        let (Some(it), Some(queue), Some(agent)) =
            (self.members.get_mut(&member), self.queues.get_mut(queue_id), self.agents.get_mut(agent_id))
        else {
            return;
        };
        let place = queue.tiers.get(agent_id).map(|tier| (tier.level, tier.position, agent_id.clone()));
        it.last_asked.clone_from(&place);
        queue.last_asked = place;
        it.begin(offer);
        agent.state = State::Reserved(offer);
        let until = turn.now + Duration::from_secs(u64::from(agent.options.call_timeout.max(1)));
        self.set_tiers(agent_id, Some(queue_id), TierState::Offering);
        self.offers
            .insert(offer, Offer { member, agent: agent_id.clone(), queue: queue_id.clone(), until, pulled: false });
        let (agent, queue) = (agent_id.clone(), queue_id.clone());
        turn.log(Some(&queue), Some(member), Some(&agent), QueueEvent::Offered);
        turn.change(&agent);
        turn.effects.push(Effect::Offer { offer, member, agent, queue });
    }

    pub(crate) fn on_ringing(&mut self, turn: &mut Turn, offer: OfferId) {
        let Some(it) = self.offers.get(&offer) else { return };
        let Some(agent) = self.agents.get_mut(&it.agent).filter(|a| a.state == State::Reserved(offer)) else { return };
        agent.state = State::Receiving(offer);
        turn.change(&it.agent);
    }

    /// Row 2. An offer that was withdrawn a moment ago can still be answered: the 2xx crossed our CANCEL, and the two talk.
    pub(crate) fn on_answered(&mut self, turn: &mut Turn, offer: OfferId) {
        let late = || {
            let found = |it: &crate::member::Member| it.withdrawn.iter().find(|(id, _)| *id == offer).cloned();
            self.members.iter().find_map(|(member, it)| Some((*member, found(it)?.1)))
        };
        let Some((member, id)) = self.offers.get(&offer).map(|it| (it.member, it.agent.clone())).or_else(late) else {
            return;
        };
        if !self.members.get(&member).is_some_and(crate::member::Member::waits) {
            return;
        }
        if self.offers.contains_key(&offer) {
            self.drop_offer(offer, TierState::Ready);
        }
        // What else rings at this agent, late answers only, lost the race.
        self.withdraw_from(turn, &id, |_| true);
        let others = self.members.get(&member).map(|it| it.offers().to_vec()).unwrap_or_default();
        for other in others {
            self.withdraw(turn, other, Withdrawn::AnsweredElsewhere);
        }
        let Some(it) = self.members.get_mut(&member) else { return };
        it.state = MemberState::Answered { agent: id.clone(), since: turn.now };
        it.withdrawn.clear();
        let (queue, waited) = (it.queue.clone(), turn.now.since(it.came));
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.state = State::InQueueCall(member);
            agent.calls_answered += 1;
            agent.no_answer_count = 0;
            agent.wrap_up_until = None;
        }
        self.set_tiers(&id, Some(&queue), TierState::ActiveInbound);
        turn.log(Some(&queue), Some(member), Some(&id), QueueEvent::Answered { waited });
        turn.effects.push(Effect::Ended { member, end: End::Answered });
        turn.change(&id);
    }

    /// Rows 5, 6 and 7.
    pub(crate) fn on_refused(&mut self, turn: &mut Turn, offer: OfferId, code: u16) {
        self.miss(turn, offer, Miss::of_code(code));
    }

    /// Row 8.
    pub(crate) fn on_unreachable(&mut self, turn: &mut Turn, offer: OfferId) {
        self.miss(turn, offer, Miss::NotRegistered);
    }

    /// Row 5 by time: the call timeout of the agent is over.
    pub(crate) fn rang_out(&mut self, turn: &mut Turn, offer: OfferId) {
        let Some(it) = self.offers.get(&offer) else { return };
        let (member, agent) = (it.member, it.agent.clone());
        if let Some(member) = self.members.get_mut(&member) {
            member.remember(offer, agent.clone());
        }
        turn.effects.push(Effect::Withdraw { offer, member, agent, why: Withdrawn::RangOut });
        self.miss(turn, offer, Miss::NoAnswer);
    }

    fn miss(&mut self, turn: &mut Turn, offer: OfferId, miss: Miss) {
        let pulled = self.offers.get(&offer).is_some_and(|it| it.pulled);
        let tier = if miss == Miss::NoAnswer && !pulled { TierState::NoAnswer } else { TierState::Ready };
        let Some(Offer { member, agent: id, queue, .. }) = self.drop_offer(offer, tier) else { return };
        turn.log(Some(&queue), Some(member), Some(&id), QueueEvent::Missed(miss));
        turn.change(&id);
        if pulled {
            return;
        }
        if let Some(missed) = self.agents.get_mut(&id).and_then(|agent| agent.missed(turn.now, miss)) {
            turn.log(None, None, Some(&id), QueueEvent::ForcedBreak { missed });
            turn.effects.push(Effect::ForceBreak { agent: id, missed });
        }
    }

    /// Row 9: it is over without anybody's fault.
    pub(crate) fn withdraw(&mut self, turn: &mut Turn, offer: OfferId, why: Withdrawn) {
        let Some(Offer { member, agent, .. }) = self.drop_offer(offer, TierState::Ready) else { return };
        if let Some(member) = self.members.get_mut(&member) {
            member.remember(offer, agent.clone());
        }
        turn.change(&agent);
        turn.effects.push(Effect::Withdraw { offer, member, agent, why });
    }

    /// Row 11: what rings at an agent, of the queues that are meant.
    pub(crate) fn withdraw_from(&mut self, turn: &mut Turn, agent: &AgentId, meant: impl Fn(&QueueId) -> bool) {
        let offer = self.agents.get(agent).and_then(crate::agent::Agent::offer);
        let offer = offer.filter(|offer| self.offers.get(offer).is_some_and(|it| meant(&it.queue)));
        if let Some(offer) = offer {
            self.withdraw(turn, offer, Withdrawn::AgentLeft);
        }
    }

    /// Member and agent are free of each other again; `tier` is what the queue thinks of the agent.
    fn drop_offer(&mut self, offer: OfferId, tier: TierState) -> Option<Offer> {
        let it = self.offers.remove(&offer)?;
        if let Some(member) = self.members.get_mut(&it.member) {
            member.finish(offer);
        }
        if let Some(agent) = self.agents.get_mut(&it.agent).filter(|agent| agent.offer() == Some(offer)) {
            agent.state = State::Waiting;
            self.set_tiers(&it.agent, None, TierState::Ready);
        }
        if let Some(mine) = self.queues.get_mut(&it.queue).and_then(|queue| queue.tiers.get_mut(&it.agent)) {
            mine.state = tier;
        }
        Some(it)
    }
}
