//! The queues at work: what the edge tells goes into the machine, what the machine wants goes to the edge.
//!
//! ```text
//!  EdgeEvent ──▶ hear ──▶ Acd::handle ──▶ carry out ──▶ Edge::queue_offer, queue_withdraw, queue_position, …
//!  Plan, statuses ─┘                          └───────▶ QueueNews: reports, agents' phones, forced breaks
//! ```

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use acd::{Acd, AgentId, AgentView, Effect, End, Input, MemberId, OfferId, Overflow, QueueId, Withdrawn};
use base::{Now, Redacted, WallMs};
use sip::edge::{CallKey, Edge, EdgeEvent, EdgeOutput, OfferKey};
use tokio::sync::mpsc;

use super::queue_words::{agent_data, event_row, settings};
use crate::queue_seam::{Availabilities, Plan, QueueInput, QueueNews};

/// Queues that one call may be sent on to: two that overflow into each other shall not play with a caller for ever.
const MOST_QUEUES: u32 = 5;

/// The queues of this server.
pub(super) struct Queues {
    pub(super) acd: Acd,
    pub(super) plan: Arc<Plan>,
    /// Held calls, and those that an agent of a queue has.
    pub(super) calls: BTreeMap<CallKey, Held>,
    pub(super) by_member: BTreeMap<MemberId, CallKey>,
    /// Calls of everybody that are none of a queue's.
    others: BTreeMap<String, BTreeSet<CallKey>>,
    availability: Availabilities,
    told: BTreeMap<AgentId, AgentView>,
    /// Since when agents are in the state that was told.
    pub(super) since: BTreeMap<AgentId, WallMs>,
    last_member: u64,
    news: mpsc::Sender<QueueNews>,
    /// Stays begin with it, so that those of two lives of a server differ.
    pub(super) life: String,
    lost: u64,
}

pub(super) struct Held {
    member: MemberId,
    pub(super) queue: QueueId,
    caller: String,
    /// Where it goes when the queue is removed meanwhile, or a supervisor sends it on.
    pub(super) overflow: Overflow,
    /// Queues it was in.
    pub(super) queues: u32,
}

/// The two clocks at one moment.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub now: Now,
    pub wall: WallMs,
}

impl Queues {
    pub(super) fn new(news: mpsc::Sender<QueueNews>, life: String) -> Self {
        Queues {
            acd: Acd::new(),
            plan: Arc::default(),
            calls: BTreeMap::new(),
            by_member: BTreeMap::new(),
            others: BTreeMap::new(),
            availability: Availabilities::new(),
            told: BTreeMap::new(),
            since: BTreeMap::new(),
            last_member: 0,
            news,
            life,
            lost: 0,
        }
    }

    /// When [`Queues::tick`] has something to do.
    pub(super) fn wake_at(&self) -> Option<Now> {
        self.acd.wake_at()
    }

    pub(super) fn tick(&mut self, at: At, edge: &mut Edge) -> Vec<EdgeOutput> {
        if self.acd.wake_at().is_none_or(|wake| wake > at.now) {
            return Vec::new();
        }
        self.put(at, edge, [Input::Tick])
    }

    /// The web server says something.
    pub(super) fn on_input(&mut self, at: At, edge: &mut Edge, input: QueueInput) -> Vec<EdgeOutput> {
        match input {
            QueueInput::Plan(plan) => self.follow(at, edge, plan),
            QueueInput::Remember(waiting) => {
                let remember = |(queue, caller, waited): (String, String, Duration)| Input::Remember {
                    queue: QueueId(queue.into()),
                    caller,
                    waited,
                };
                self.put(at, edge, waiting.into_iter().map(remember))
            }
            QueueInput::Ready(agent) => self.put(at, edge, [Input::Ready(AgentId(agent.into()))]),
            QueueInput::Extend(agent) => self.put(at, edge, [Input::Extend(AgentId(agent.into()))]),
            QueueInput::NoBreak(agent) => {
                let so = self.availability.get(&agent).copied();
                self.put(at, edge, so.map(|so| Input::Availability(AgentId(agent.into()), so)))
            }
            QueueInput::AskAgent(agent, answer) => {
                let id = AgentId(agent.into());
                let view = self.acd.agent(at.now, &id);
                // Whoever asked and left needs no answer.
                let _ = answer.send(agent_data(at.now, view.as_ref(), &self.plan));
                Vec::new()
            }
            QueueInput::AskAll(answer) => {
                let _ = answer.send(self.here(at));
                Vec::new()
            }
            QueueInput::Pull(stay, by, done) => {
                let (acted, input) = self.pull(&stay, &by);
                let _ = done.send(acted);
                self.put(at, edge, input)
            }
            QueueInput::Send(stay, to, done) => {
                let (acted, input) = self.send_on(at, edge, &stay, &to);
                let _ = done.send(acted);
                self.put(at, edge, input)
            }
            QueueInput::AskQueue(queue, answer) => {
                let _ = answer.send(self.acd.queue(at.now, &QueueId(queue.into())));
                Vec::new()
            }
        }
    }

    /// Statuses were chosen, or mean something else.
    pub(super) fn heed(&mut self, at: At, edge: &mut Edge, now_so: Availabilities) -> Vec<EdgeOutput> {
        let changed: Vec<Input> = now_so
            .iter()
            .filter(|(who, so)| self.availability.get(*who) != Some(so))
            .map(|(who, so)| Input::Availability(AgentId(who.as_str().into()), *so))
            .collect();
        self.availability = now_so;
        self.put(at, edge, changed)
    }

    /// What happened at the edge, as far as it is about queues and agents.
    pub(super) fn hear(&mut self, at: At, edge: &mut Edge, event: &EdgeEvent) -> Vec<EdgeOutput> {
        match event {
            EdgeEvent::QueueCalled { key, from, to } => {
                let queue = self.plan.queues.iter().find(|queue| queue.settings.extension == *to);
                let Some(queue) = queue.map(|queue| QueueId(queue.id.as_str().into())) else {
                    return edge.queue_refuse(at.now, *key, 480);
                };
                let input = self.enter(*key, queue, from.clone(), 1);
                self.put(at, edge, [input])
            }
            EdgeEvent::QueueLeft { key } => self.about(at, edge, *key, Input::HungUp),
            EdgeEvent::OfferRinging { offer, .. } => self.put(at, edge, [Input::Ringing(OfferId(offer.0))]),
            EdgeEvent::OfferTaken { offer, .. } => self.put(at, edge, [Input::Answered(OfferId(offer.0))]),
            EdgeEvent::OfferOver { offer, code: Some(code), .. } => {
                self.put(at, edge, [Input::Refused(OfferId(offer.0), *code)])
            }
            EdgeEvent::OfferOver { offer, code: None, .. } => {
                self.put(at, edge, [Input::Unreachable(OfferId(offer.0))])
            }
            EdgeEvent::CallStarted { key, from, .. } => self.begins(at, edge, *key, from),
            EdgeEvent::CallRinging { key, to, .. } | EdgeEvent::CallAnswered { key, to, .. } => {
                if self.calls.contains_key(key) { Vec::new() } else { self.begins(at, edge, *key, to) }
            }
            EdgeEvent::CallEnded { key, from, to, .. } => {
                let mut out = self.about(at, edge, *key, Input::HungUp);
                if let Some(held) = self.calls.remove(key) {
                    self.by_member.remove(&held.member);
                }
                for who in [from, to] {
                    out.extend(self.is_over_for(at, edge, *key, who));
                }
                out
            }
            EdgeEvent::CallMoved { key, was, .. } => self.is_over_for(at, edge, *key, was),
            EdgeEvent::Registered { user, .. } | EdgeEvent::Unregistered { user, .. } => {
                let registered = edge.is_registered(user);
                self.put(at, edge, [Input::Registered(AgentId(user.as_str().into()), registered)])
            }
            EdgeEvent::CallTurnedAway { .. }
            | EdgeEvent::AuthFailed { .. }
            | EdgeEvent::Supervised { .. }
            | EdgeEvent::SuperviseOver { .. }
            | EdgeEvent::SuperviseRefused { .. } => Vec::new(),
        }
    }

    fn begins(&mut self, at: At, edge: &mut Edge, key: CallKey, who: &str) -> Vec<EdgeOutput> {
        let calls = self.others.entry(who.to_owned()).or_default();
        calls.insert(key);
        let calls = calls.len();
        self.put(at, edge, [Input::OtherCalls(AgentId(who.into()), calls)])
    }

    fn is_over_for(&mut self, at: At, edge: &mut Edge, key: CallKey, who: &str) -> Vec<EdgeOutput> {
        let Some(calls) = self.others.get_mut(who).filter(|calls| calls.contains(&key)) else { return Vec::new() };
        calls.remove(&key);
        let left = calls.len();
        if left == 0 {
            self.others.remove(who);
        }
        self.put(at, edge, [Input::OtherCalls(AgentId(who.into()), left)])
    }

    fn about(&mut self, at: At, edge: &mut Edge, key: CallKey, input: fn(MemberId) -> Input) -> Vec<EdgeOutput> {
        let member = self.calls.get(&key).map(|held| held.member);
        self.put(at, edge, member.map(input))
    }

    fn enter(&mut self, key: CallKey, queue: QueueId, caller: String, queues: u32) -> Input {
        self.last_member += 1;
        let member = MemberId(self.last_member);
        let overflow = self.acd.overflow(&queue).cloned().unwrap_or_default();
        let held = Held { member, queue: queue.clone(), caller: caller.clone(), overflow, queues };
        if let Some(before) = self.calls.insert(key, held) {
            self.by_member.remove(&before.member);
        }
        self.by_member.insert(member, key);
        Input::Join { member, queue, caller }
    }

    /// Makes queues and agents those of the plan.
    fn follow(&mut self, at: At, edge: &mut Edge, plan: Plan) -> Vec<EdgeOutput> {
        let before = std::mem::replace(&mut self.plan, Arc::new(plan));
        edge.set_queues(self.plan.queues.iter().map(|queue| queue.settings.extension.clone()).collect());
        let mut inputs = Vec::new();
        for old in &before.queues {
            let id = QueueId(old.id.as_str().into());
            match self.plan.queues.iter().find(|queue| queue.id == old.id) {
                None => inputs.push(Input::RemoveQueue(id)),
                Some(new) => {
                    let gone = old.agents.iter().filter(|a| !new.agents.iter().any(|b| a.extension == b.extension));
                    inputs.extend(gone.map(|a| Input::RemoveTier(id.clone(), AgentId(a.extension.as_str().into()))));
                }
            }
        }
        for old in &before.agents {
            if !self.plan.agents.iter().any(|agent| agent.extension == old.extension) {
                inputs.push(Input::RemoveAgent(AgentId(old.extension.as_str().into())));
            }
        }
        for queue in &self.plan.queues {
            inputs.push(Input::SetQueue(QueueId(queue.id.as_str().into()), settings(&queue.settings)));
        }
        for agent in &self.plan.agents {
            let id = AgentId(agent.extension.as_str().into());
            let is_new = !before.agents.iter().any(|old| old.extension == agent.extension);
            let (options, skills) = (agent.options, agent.skills.clone());
            inputs.push(Input::SetAgent { agent: id.clone(), options, skills, on_demand: false });
            if is_new {
                let availability = self.availability.get(&agent.extension).copied();
                inputs.extend(availability.map(|so| Input::Availability(id.clone(), so)));
                inputs.push(Input::Registered(id.clone(), edge.is_registered(&agent.extension)));
                let others = self.others.get(&agent.extension).map_or(0, BTreeSet::len);
                inputs.push(Input::OtherCalls(id, others));
            }
        }
        for queue in &self.plan.queues {
            for it in queue.agents.iter().filter(|it| self.plan.agents.iter().any(|a| a.extension == it.extension)) {
                inputs.push(Input::SetTier {
                    queue: QueueId(queue.id.as_str().into()),
                    agent: AgentId(it.extension.as_str().into()),
                    level: it.level,
                    position: it.position,
                });
            }
        }
        self.put(at, edge, inputs)
    }

    fn put(&mut self, at: At, edge: &mut Edge, inputs: impl IntoIterator<Item = Input>) -> Vec<EdgeOutput> {
        let mut out = Vec::new();
        let mut todo: VecDeque<Input> = inputs.into_iter().collect();
        // Told once, however many inputs were about them: a new plan has several for each of thousands.
        let mut changed = BTreeSet::new();
        while let Some(input) = todo.pop_front() {
            for effect in self.acd.handle(at.now, input) {
                match effect {
                    Effect::AgentChanged(agent) => drop(changed.insert(agent)),
                    effect => out.extend(self.carry_out(at, edge, effect, &mut todo)),
                }
            }
        }
        for agent in &changed {
            self.tell_agent(at, agent);
        }
        out
    }

    fn carry_out(&mut self, at: At, edge: &mut Edge, effect: Effect, todo: &mut VecDeque<Input>) -> Vec<EdgeOutput> {
        match effect {
            Effect::Offer { offer, member, agent, queue } => {
                let Some(key) = self.by_member.get(&member) else { return Vec::new() };
                let name = self.plan.queues.iter().find(|it| *it.id == *queue.0).map(|it| it.settings.name.clone());
                edge.queue_offer(at.now, *key, OfferKey(offer.0), &agent.0, &name.unwrap_or_default())
            }
            Effect::Withdraw { offer, member, why, .. } => {
                let Some(key) = self.by_member.get(&member) else { return Vec::new() };
                edge.queue_withdraw(at.now, *key, OfferKey(offer.0), why == Withdrawn::AnsweredElsewhere)
            }
            Effect::Position { member, position, estimate } => {
                let Some(key) = self.by_member.get(&member) else { return Vec::new() };
                edge.queue_position(at.now, *key, position, estimate)
            }
            Effect::Ended { member, end } => self.on_ended(at, edge, member, end, todo),
            Effect::ForceBreak { agent, missed } => {
                tracing::info!(extension = %Redacted(&agent.0), missed, "an agent is given a break");
                self.tell(QueueNews::ForceBreak { extension: agent.0.to_string(), missed });
                Vec::new()
            }
            // Gathered by `put`.
            Effect::AgentChanged(_) => Vec::new(),
            Effect::Log { queue, member, agent, event } => {
                self.keep_place(at, queue.as_ref(), member, &event);
                let stay = member.map(|member| self.stay(member));
                self.tell(QueueNews::Event(event_row(at, queue, stay, agent, event)));
                Vec::new()
            }
        }
    }

    fn on_ended(
        &mut self,
        at: At,
        edge: &mut Edge,
        member: MemberId,
        end: End,
        todo: &mut VecDeque<Input>,
    ) -> Vec<EdgeOutput> {
        let code = match end {
            // The call is known until it is over.
            End::Answered => return Vec::new(),
            End::Abandoned => 487,
            End::Full => 486,
            End::TimedOut | End::NoAgent | End::QueueGone | End::SentOn => 480,
        };
        let Some(key) = self.by_member.remove(&member) else { return Vec::new() };
        let Some(held) = self.calls.remove(&key).filter(|_| end != End::Abandoned) else { return Vec::new() };
        let usual = || self.acd.overflow(&held.queue).cloned();
        match (end != End::SentOn).then(usual).flatten().unwrap_or(held.overflow) {
            Overflow::Queue(next) if held.queues < MOST_QUEUES => {
                todo.push_back(self.enter(key, next, held.caller, held.queues + 1));
                Vec::new()
            }
            Overflow::Extension(extension) => edge.queue_divert(at.now, key, &extension),
            Overflow::Voicemail(owner) => edge.queue_to_box(at.now, key, &owner, code),
            Overflow::HangUp | Overflow::Queue(_) => edge.queue_refuse(at.now, key, code),
        }
    }

    /// What a later life of the server needs to give a caller their old place.
    fn keep_place(&mut self, at: At, queue: Option<&QueueId>, member: Option<MemberId>, event: &acd::QueueEvent) {
        let (Some(queue), Some(member)) = (queue, member) else { return };
        let caller = || self.by_member.get(&member).and_then(|key| Some(self.calls.get(key)?.caller.clone()));
        let queue = queue.0.to_string();
        match event {
            acd::QueueEvent::Joined { .. } => {
                let waited = self.acd.place(at.now, member).map_or(Duration::ZERO, |place| place.waited);
                let waited = i64::try_from(waited.as_millis()).unwrap_or(i64::MAX);
                if let Some(caller) = caller() {
                    let joined_ms = at.wall.0.saturating_sub(waited);
                    self.tell(QueueNews::Waits { queue, caller, joined_ms });
                }
            }
            acd::QueueEvent::Left { end: End::Abandoned, .. } => {
                if let Some(caller) = caller() {
                    self.tell(QueueNews::Abandoned { queue, caller, left_ms: at.wall.0 });
                }
            }
            acd::QueueEvent::Answered { .. } | acd::QueueEvent::Left { .. } => {
                if let Some(caller) = caller() {
                    self.tell(QueueNews::WaitsNoMore { queue, caller });
                }
            }
            acd::QueueEvent::Offered
            | acd::QueueEvent::Missed(_)
            | acd::QueueEvent::Over { .. }
            | acd::QueueEvent::WrapUpBegan { .. }
            | acd::QueueEvent::WrapUpEnded(_)
            | acd::QueueEvent::ForcedBreak { .. } => {}
        }
    }

    fn tell_agent(&mut self, at: At, agent: &AgentId) {
        let view = self.acd.agent(at.now, agent);
        if self.told.get(agent) == view.as_ref() {
            return;
        }
        let is_same = view.as_ref().map(|it| it.state) == self.told.get(agent).map(|it| it.state);
        if view.is_none() {
            self.since.remove(agent);
        } else if !is_same {
            self.since.insert(agent.clone(), at.wall);
        }
        let data = agent_data(at.now, view.as_ref(), &self.plan);
        match view {
            Some(view) => self.told.insert(agent.clone(), view),
            None => self.told.remove(agent),
        };
        self.tell(QueueNews::Agent { extension: agent.0.to_string(), data });
    }

    fn tell(&mut self, news: QueueNews) {
        if self.news.try_send(news).is_err() {
            self.lost += 1;
            if self.lost.is_power_of_two() {
                tracing::warn!(lost = self.lost, "news of the queues are not fetched");
            }
        }
    }
}
