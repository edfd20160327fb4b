//! Callers come and go (rows 12 and 13).

use crate::acd::{Acd, Turn};
use crate::effect::{Effect, QueueEvent, Withdrawn};
use crate::ids::{MemberId, QueueId};
use crate::member::{End, Member};
use crate::queue::LIMITS;

impl Acd {
    pub(crate) fn on_join(&mut self, turn: &mut Turn, member: MemberId, queue_id: QueueId, caller: String) {
        if self.members.contains_key(&member) {
            return;
        }
        let in_it = || self.members.values().filter(|it| it.queue == queue_id && it.waits());
        let (all, own) = in_it().fold((0, 0), |(all, own), it| (all + 1, own + usize::from(it.caller == caller)));
        let Some(queue) = self.queues.get_mut(&queue_id) else {
            turn.effects.push(Effect::Ended { member, end: End::QueueGone });
            return;
        };
        if all >= queue.settings.max_callers || own >= LIMITS.of_one_caller {
            turn.effects.push(Effect::Ended { member, end: End::Full });
            return;
        }
        let waited = queue.take_place(&caller, turn.now);
        turn.log(Some(&queue_id), Some(member), None, QueueEvent::Joined { resumed: waited.is_some() });
        let it = Member::new(queue_id, caller, turn.now, waited.unwrap_or_default());
        self.members.insert(member, it);
    }

    /// Row 12; of a conversation its end.
    pub(crate) fn on_hung_up(&mut self, turn: &mut Turn, member: MemberId) {
        match self.members.get(&member) {
            Some(it) if it.waits() => self.leave(turn, member, End::Abandoned),
            Some(_) => self.on_bridge_ended(turn, member),
            None => {}
        }
    }

    /// A stay ends without an agent.
    pub(crate) fn leave(&mut self, turn: &mut Turn, member: MemberId, end: End) {
        let Some(it) = self.members.get(&member) else { return };
        let why = if end == End::Abandoned { Withdrawn::CallerGone } else { Withdrawn::CallerMoved };
        for offer in it.offers().to_vec() {
            self.withdraw(turn, offer, why);
        }
        let Some(it) = self.members.remove(&member) else { return };
        if let (End::Abandoned, Some(queue)) = (end, self.queues.get_mut(&it.queue)) {
            queue.keep(&it.caller, it.score(turn.now), turn.now);
        }
        let waited = turn.now.since(it.came);
        turn.log(Some(&it.queue), Some(member), None, QueueEvent::Left { waited, end });
        turn.effects.push(Effect::Ended { member, end });
    }
}
