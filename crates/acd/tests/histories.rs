//! Random histories in virtual time: no agent is offered a call who must not get it, no caller is lost, and the explanation is the
//! router's decision (SPEC section 3, 4).
//!
//! As many as [`USUAL`] run by default. All of them ([`ALL`]): `RANNAN_HISTORIES=100000 cargo test --release -p acd --test histories`.

#![allow(clippy::unwrap_used, reason = "tests")]

mod rig;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use acd::{
    Acd, AgentId, Availability, Effect, End, Input, MemberId, Miss, OfferId, Overflow, QueueEvent, QueueId,
    QueueSettings, Strategy, TierRules, Withdrawn,
};
use base::{Chance, Now};
use model::{AgentOptions, Skill};

/// Histories of a run in the development profile.
const USUAL: u64 = 2_000;
/// Histories of the whole proof.
#[allow(dead_code, reason = "documents the whole proof; the number is given in the environment")]
const ALL: u64 = 100_000;
/// Inputs of one history.
const STEPS: usize = 80;
/// Steps between two questions why an agent gets no calls: 20 in each history.
const PROBE_EVERY: usize = 4;

const AGENTS: [&str; 5] = ["101", "102", "103", "104", "105"];
const QUEUES: [&str; 3] = ["sales", "help", "arabic"];
/// Supervisors who are no agents, and one who is.
const SUPERVISORS: [&str; 3] = ["900", "901", "103"];
const CALLERS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// What is known of an agent without asking the machine.
#[derive(Clone)]
struct Known {
    options: AgentOptions,
    skills: Vec<Skill>,
    available: bool,
    registered: bool,
    other_calls: usize,
    offer: Option<OfferId>,
    talks: Option<MemberId>,
    pause: Now,
    /// The last moment of wrap-up.
    wrap_up: Option<Now>,
    bridge_end: Now,
    missed: u16,
}

struct History {
    seed: u64,
    chance: Chance,
    now: Now,
    acd: Acd,
    agents: BTreeMap<AgentId, Known>,
    queues: BTreeMap<QueueId, QueueSettings>,
    tiers: BTreeMap<(QueueId, AgentId), u16>,
    waiting: BTreeMap<MemberId, QueueId>,
    talking: BTreeMap<MemberId, AgentId>,
    ended: BTreeSet<MemberId>,
    offers: BTreeMap<OfferId, (MemberId, AgentId)>,
    old_offers: Vec<OfferId>,
    /// Whom a supervisor pulls just now.
    pulling: Option<(MemberId, AgentId)>,
    /// Offers that are pulls.
    pulls: BTreeSet<OfferId>,
    answered_by: Option<AgentId>,
    next: u64,
}

#[test]
fn no_agent_is_bothered_no_caller_is_lost_and_the_explanation_is_true_ao_01_ao_07() {
    let count = std::env::var("RANNAN_HISTORIES").ok().and_then(|n| n.parse().ok()).unwrap_or(USUAL);
    let first = std::env::var("RANNAN_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let (mut offers, mut probes) = (0, 0);
    for seed in first..first + count {
        let mut history = History::new(seed);
        for step in 0..STEPS {
            history.step();
            if step % PROBE_EVERY == 0 {
                probes += u64::from(history.probe());
            }
        }
        offers += history.close();
    }
    assert!(offers > count && probes > count, "the histories are empty: {offers} offers, {probes} probes");
}

impl History {
    fn new(seed: u64) -> History {
        let chance = Chance::from_number(seed);
        let mut history = History {
            seed,
            chance,
            now: Now::from_millis(1_000_000),
            acd: Acd::new(),
            agents: BTreeMap::new(),
            queues: BTreeMap::new(),
            tiers: BTreeMap::new(),
            waiting: BTreeMap::new(),
            talking: BTreeMap::new(),
            ended: BTreeSet::new(),
            offers: BTreeMap::new(),
            old_offers: Vec::new(),
            pulling: None,
            pulls: BTreeSet::new(),
            answered_by: None,
            next: 0,
        };
        for queue in QUEUES {
            history.set_queue(queue.into());
        }
        for agent in AGENTS {
            history.set_agent(agent.into());
            history.put(Input::Availability(agent.into(), Availability::Available));
            history.put(Input::Registered(agent.into(), true));
            history.agents.entry(agent.into()).and_modify(|it| (it.available, it.registered) = (true, true));
            for queue in QUEUES {
                if history.chance.below(2) == 0 {
                    history.set_tier(queue.into(), agent.into());
                }
            }
        }
        history
    }

    fn any<T: Clone>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.chance.below(of.len() as u64)).unwrap()].clone()
    }

    fn maybe(&mut self, most: u64) -> Option<Duration> {
        (self.chance.below(2) == 0).then(|| Duration::from_secs(1 + self.chance.below(most)))
    }

    fn skill(&mut self) -> Vec<Skill> {
        let level = 1 + u8::try_from(self.chance.below(100)).unwrap();
        if self.chance.below(3) == 0 { vec![Skill { name: "arabic".into(), level }] } else { Vec::new() }
    }

    fn set_queue(&mut self, queue: QueueId) {
        let settings = QueueSettings {
            strategy: self.any(&Strategy::ALL),
            tier_rules: (self.chance.below(3) == 0).then(|| TierRules {
                wait: Duration::from_secs(self.chance.below(20)),
                multiply: self.chance.below(2) == 0,
                at_once_without_agents: self.chance.below(2) == 0,
            }),
            max_wait: self.maybe(120),
            max_wait_no_agent: self.maybe(30),
            overflow: Overflow::HangUp,
            discard_abandoned_after: Duration::from_secs(self.chance.below(90)),
            resume: self.chance.below(2) == 0,
            skip_other_calls: self.chance.below(3) > 0,
            service_level: Duration::from_secs(20),
            needs: self.skill(),
            max_callers: 2 + usize::try_from(self.chance.below(10)).unwrap(),
        };
        self.queues.insert(queue.clone(), settings.clone());
        self.put(Input::SetQueue(queue, settings));
    }

    fn set_agent(&mut self, agent: AgentId) {
        let mut n = |most| u16::try_from(self.chance.below(most)).unwrap();
        let options = AgentOptions {
            call_timeout: n(20),
            wrap_up: n(15),
            max_no_answer: n(4),
            busy_delay: n(20),
            reject_delay: n(20),
            no_answer_delay: n(20),
        };
        let skills = self.skill();
        let talks = self.talking.iter().find(|(_, it)| **it == agent).map(|(member, _)| *member);
        let fresh = Known {
            options,
            skills: skills.clone(),
            available: false,
            registered: false,
            other_calls: 0,
            offer: None,
            talks,
            pause: Now::ZERO,
            wrap_up: None,
            bridge_end: Now::ZERO,
            missed: 0,
        };
        let known = self.agents.entry(agent.clone()).or_insert(fresh);
        (known.options, known.skills) = (options, skills.clone());
        self.put(Input::SetAgent { agent, options, skills, on_demand: false });
    }

    fn set_tier(&mut self, queue: QueueId, agent: AgentId) {
        if !self.queues.contains_key(&queue) {
            return;
        }
        let (level, position) = (1 + self.chance.below(3), self.chance.below(4));
        let level = u16::try_from(level).unwrap();
        self.tiers.insert((queue.clone(), agent.clone()), level);
        self.put(Input::SetTier { queue, agent, level, position: u16::try_from(position).unwrap() });
    }

    /// Time passes, with ticks in time or late, then something happens.
    fn step(&mut self) {
        let until = self.now + Duration::from_millis(self.chance.below(8_000));
        if self.chance.below(4) > 0 {
            while let Some(at) = self.acd.wake_at().filter(|at| *at <= until) {
                self.now = at.max(self.now);
                self.put(Input::Tick);
            }
        }
        self.now = until;
        self.put(Input::Tick);
        self.happen();
        self.nobody_is_left_standing();
    }

    fn happen(&mut self) {
        let (agent, queue) = (AgentId::from(self.any(&AGENTS)), QueueId::from(self.any(&QUEUES)));
        let ringing: Vec<OfferId> = self.offers.keys().copied().collect();
        let offer = if ringing.is_empty() { OfferId(0) } else { self.any(&ringing) };
        let waiting: Vec<MemberId> = self.waiting.keys().copied().collect();
        let talking: Vec<MemberId> = self.talking.keys().copied().collect();
        match self.chance.below(106) {
            0..25 => self.join(queue),
            25..31 if !waiting.is_empty() => {
                let member = self.any(&waiting);
                self.put(Input::HungUp(member));
            }
            31..40 => self.put(Input::Ringing(offer)),
            40..55 => self.answer(offer),
            55..57 if !self.old_offers.is_empty() => {
                let late = self.any(&self.old_offers.clone());
                self.answer(late);
            }
            57..67 => {
                let code = self.any(&[480, 486, 603, 404, 408, 500, 600, 608, 401, 407, 302, 487, 699]);
                self.refuse(offer, Miss::of_code(code));
                self.put(Input::Refused(offer, code));
            }
            67..69 => {
                self.refuse(offer, Miss::NotRegistered);
                self.put(Input::Unreachable(offer));
            }
            69..77 if !talking.is_empty() => {
                let member = self.any(&talking);
                self.bridge_end(member);
            }
            77..84 => {
                let to = self.any(&[
                    Availability::Available,
                    Availability::Available,
                    Availability::Blocked,
                    Availability::LoggedOut,
                ]);
                if let Some(known) = self.agents.get_mut(&agent) {
                    let now_available = to == Availability::Available;
                    if now_available && self.acd.availability(&agent) != Some(to) {
                        known.missed = 0;
                    }
                    known.available = now_available;
                }
                self.put(Input::Availability(agent, to));
            }
            84..88 => {
                let registered = self.chance.below(4) > 0;
                self.agents.entry(agent.clone()).and_modify(|it| it.registered = registered);
                self.put(Input::Registered(agent, registered));
            }
            88..91 => {
                let calls = usize::try_from(self.chance.below(2)).unwrap();
                self.agents.entry(agent.clone()).and_modify(|it| it.other_calls = calls);
                self.put(Input::OtherCalls(agent, calls));
            }
            91..93 => {
                self.agents.entry(agent.clone()).and_modify(|it| it.wrap_up = None);
                self.put(Input::Ready(agent));
            }
            93..95 => {
                if let Some(it) = self.agents.get_mut(&agent)
                    && let Some(until) = it.wrap_up.filter(|until| *until >= self.now)
                {
                    it.wrap_up = Some((until + acd::EXTENSION).min((it.bridge_end + acd::MAX_WRAP_UP).max(until)));
                }
                self.put(Input::Extend(agent));
            }
            95 => self.set_agent(agent),
            96 => self.set_tier(queue, agent),
            97 => {
                self.tiers.remove(&(queue.clone(), agent.clone()));
                self.put(Input::RemoveTier(queue, agent));
            }
            98 if self.chance.below(2) == 0 => {
                self.queues.remove(&queue);
                self.tiers.retain(|(of, _), _| *of != queue);
                self.put(Input::RemoveQueue(queue));
            }
            98 => self.set_queue(queue),
            100..104 if !waiting.is_empty() => {
                let (member, by) = (self.any(&waiting), AgentId::from(self.any(&SUPERVISORS)));
                self.pulling = Some((member, by.clone()));
                self.put(Input::Pull(member, by));
                self.pulling = None;
            }
            104..106 if !waiting.is_empty() => {
                let member = self.any(&waiting);
                self.put(Input::SendOn(member));
            }
            99 => {
                self.agents.remove(&agent);
                self.tiers.retain(|(_, who), _| *who != agent);
                self.put(Input::RemoveAgent(agent));
            }
            _ => {}
        }
    }

    fn join(&mut self, queue: QueueId) {
        self.next += 1;
        let (member, caller) = (MemberId(self.next), self.any(&CALLERS).to_owned());
        self.waiting.insert(member, queue.clone());
        self.put(Input::Join { member, queue, caller });
    }

    fn answer(&mut self, offer: OfferId) {
        // Of the machine's own effects the withdrawals come first; this one is answered and no longer rings.
        self.offers.remove(&offer);
        self.put(Input::Answered(offer));
    }

    fn refuse(&mut self, offer: OfferId, miss: Miss) {
        let Some((_, agent)) = self.offers.remove(&offer) else { return };
        let now = self.now;
        let Some(it) = self.agents.get_mut(&agent) else { return };
        it.offer = None;
        if self.pulls.contains(&offer) {
            return;
        }
        it.pause = now + pause(it, miss);
        it.missed += u16::from(miss == Miss::NoAnswer);
    }

    fn bridge_end(&mut self, member: MemberId) {
        let agent = self.talking.remove(&member).unwrap();
        let now = self.now;
        if let Some(it) = self.agents.get_mut(&agent).filter(|it| it.talks == Some(member)) {
            it.talks = None;
            it.bridge_end = now;
            it.wrap_up = Some(now + Duration::from_secs(u64::from(it.options.wrap_up)));
        }
        self.put(Input::BridgeEnded(member));
    }

    fn put(&mut self, input: Input) {
        for effect in self.acd.handle(self.now, input.clone()) {
            self.heed(&effect, &input);
        }
    }

    fn heed(&mut self, effect: &Effect, input: &Input) {
        let seed = self.seed;
        match effect {
            Effect::Offer { offer, member, agent, queue } => {
                assert_eq!(self.waiting.get(member), Some(queue), "seed {seed}: a caller who is not there is offered");
                if self.pulling.as_ref() == Some(&(*member, agent.clone())) && matches!(input, Input::Pull(..)) {
                    self.pulling = None;
                    self.pulls.insert(*offer);
                } else {
                    let why = self.must_not(agent, queue);
                    assert_eq!(why, None, "seed {seed}: {agent} is offered a call after {input:?}");
                }
                let alone = |id: &OfferId, of: &MemberId| of != member || !self.pulls.contains(id) || id == offer;
                assert!(
                    self.offers.iter().all(|(id, (of, _))| alone(id, of)),
                    "seed {seed}: pulled, and rings elsewhere"
                );
                self.offers.insert(*offer, (*member, agent.clone()));
                self.agents.entry(agent.clone()).and_modify(|it| it.offer = Some(*offer));
            }
            Effect::Withdraw { offer, why, .. } => {
                self.old_offers.push(*offer);
                if *why == Withdrawn::RangOut {
                    return self.refuse(*offer, Miss::NoAnswer);
                }
                let (_, agent) = self.offers.remove(offer).unwrap();
                self.agents.entry(agent).and_modify(|it| it.offer = None);
            }
            Effect::Ended { member, end } => {
                assert!(self.waiting.remove(member).is_some(), "seed {seed}: {member:?} ended without being there");
                assert!(self.ended.insert(*member), "seed {seed}: {member:?} ended twice");
                if *end == End::Answered {
                    let agent = self.answered_by.take().expect("the log comes first");
                    self.connect(*member, agent);
                }
                let still = self.offers.values().any(|(of, _)| of == member);
                assert!(!still, "seed {seed}: phones ring for nobody");
            }
            Effect::ForceBreak { agent, missed } => {
                let it = self.agents.get_mut(agent).unwrap();
                it.available = false;
                let enough = it.options.max_no_answer > 0 && it.missed >= it.options.max_no_answer;
                assert!(enough && it.missed == *missed, "seed {seed}: {missed} are no reason for a break");
            }
            Effect::Position { member, position, .. } => {
                assert!(self.waiting.contains_key(member) && *position > 0, "seed {seed}");
            }
            Effect::Log { agent: Some(agent), event: QueueEvent::Answered { .. }, .. } => {
                self.answered_by = Some(agent.clone());
            }
            Effect::AgentChanged(_) | Effect::Log { .. } => {}
        }
    }

    /// The log says who answered, also where the offer had been withdrawn a moment before.
    fn connect(&mut self, member: MemberId, agent: AgentId) {
        self.talking.insert(member, agent.clone());
        if let Some(it) = self.agents.get_mut(&agent) {
            (it.offer, it.talks, it.missed, it.wrap_up) = (None, Some(member), 0, None);
        }
    }

    /// Why this agent must not get a call of this queue, by the rules and from outside.
    fn must_not(&self, agent: &AgentId, queue: &QueueId) -> Option<&'static str> {
        let Some(it) = self.agents.get(agent) else { return Some("no agent") };
        let Some(settings) = self.queues.get(queue) else { return Some("no queue") };
        let lacks = |need: &Skill| !it.skills.iter().any(|skill| skill.name == need.name && skill.level >= need.level);
        [
            (!self.tiers.contains_key(&(queue.clone(), agent.clone())), "not in this queue"),
            (!it.available, "status"),
            (!it.registered, "no phone"),
            (it.offer.is_some(), "rings already"),
            (it.talks.is_some_and(|member| self.talking.contains_key(&member)), "talks"),
            (it.pause > self.now, "pause"),
            (it.wrap_up.is_some_and(|last| last >= self.now), "wrap-up"),
            (settings.skip_other_calls && it.other_calls > 0, "another call"),
            (settings.needs.iter().any(lacks), "skill"),
        ]
        .into_iter()
        .find_map(|(keeps, why)| keeps.then_some(why))
    }

    /// No caller waits while somebody could be asked; whoever came is waiting, talking or gone.
    fn nobody_is_left_standing(&self) {
        let asked: BTreeSet<&MemberId> = self.offers.values().map(|(member, _)| member).collect();
        for (member, queue) in self.waiting.iter().filter(|(member, _)| !asked.contains(member)) {
            let rules = self.queues.get(queue).and_then(|it| it.tier_rules);
            let free = AGENTS.iter().find(|id| self.must_not(&AgentId::from(**id), queue).is_none());
            assert!(rules.is_some() || free.is_none(), "seed {}: {member:?} waits while {free:?} is free", self.seed);
        }
        assert_eq!(self.acd.load().0, self.waiting.len() + self.talking.len(), "seed {}: somebody is lost", self.seed);
        assert_eq!(self.acd.load().1, self.offers.len(), "seed {}", self.seed);
    }

    /// Asks why, then tries: alone in their queues, with a caller who has waited for ever, is this agent asked? `true`: they were.
    fn probe(&mut self) -> bool {
        let agent = AgentId::from(self.any(&AGENTS));
        let gates = self.acd.explain(self.now, &agent);
        let mut acd = self.acd.clone();
        let mut offered = false;
        for member in self.waiting.keys() {
            let _ = acd.handle(self.now, Input::HungUp(*member));
        }
        // Whoever was being asked is free by that, so what was explained is asked for again only if it was not the reason.
        let was_asked = self.agents.get(&agent).is_some_and(|it| it.offer.is_some());
        for (queue, who) in self.tiers.keys() {
            if *who != agent {
                let _ = acd.handle(self.now, Input::RemoveTier(queue.clone(), who.clone()));
            }
        }
        for queue in QUEUES {
            let mut acd = acd.clone();
            let remember =
                Input::Remember { queue: queue.into(), caller: "probe".into(), waited: Duration::from_secs(900_000) };
            let mut settings = self.queues.get(&QueueId::from(queue)).cloned().unwrap_or_default();
            if !self.queues.contains_key(&QueueId::from(queue)) {
                continue;
            }
            (settings.resume, settings.discard_abandoned_after) = (true, Duration::from_secs(60));
            let _ = acd.handle(self.now, Input::SetQueue(queue.into(), settings));
            let _ = acd.handle(self.now, remember);
            let join = Input::Join { member: MemberId(u64::MAX), queue: queue.into(), caller: "probe".into() };
            let effects = acd.handle(self.now, join);
            offered |= effects.iter().any(|it| matches!(it, Effect::Offer { agent: who, .. } if *who == agent));
        }
        assert!(
            offered == gates.is_empty() || was_asked,
            "seed {}: {agent} is offered a call: {offered}, but the explanation is {gates:?}",
            self.seed
        );
        assert!(
            !was_asked || !gates.is_empty(),
            "seed {}: who is asked is told that nothing keeps calls away",
            self.seed
        );
        offered && !was_asked
    }

    /// Everybody goes home. The number of offers that were made.
    fn close(&mut self) -> u64 {
        for member in self.talking.keys().copied().collect::<Vec<_>>() {
            self.bridge_end(member);
        }
        for agent in AGENTS {
            self.agents.entry(agent.into()).and_modify(|it| it.available = false);
            self.put(Input::Availability(agent.into(), Availability::LoggedOut));
        }
        for member in self.waiting.keys().copied().collect::<Vec<_>>() {
            self.put(Input::HungUp(member));
        }
        self.nobody_is_left_standing();
        assert!(self.waiting.is_empty() && self.offers.is_empty(), "seed {}", self.seed);
        assert_eq!(self.ended.len() as u64, self.next, "seed {}: each stay ends exactly once", self.seed);
        self.old_offers.len() as u64 + self.ended.len() as u64
    }
}

fn pause(it: &Known, miss: Miss) -> Duration {
    Duration::from_secs(match miss {
        Miss::Busy => u64::from(it.options.busy_delay),
        Miss::Rejected => u64::from(it.options.reject_delay),
        Miss::NoAnswer => u64::from(it.options.no_answer_delay),
        Miss::NotRegistered => 5,
    })
}
