//! Queues whose clock stands still until a test moves it.

#![allow(dead_code, reason = "each test file uses its part")]

use std::time::Duration;

use acd::{
    Acd, AgentId, Availability, Delay, Effect, End, Gate, Input, MemberId, OfferId, QueueId, QueueSettings, TierState,
    Why,
};
use base::Now;
use model::{AgentOptions, AgentState};

/// The options that all agents of a rig have, unless a test says otherwise: all different, so that none is taken for another.
pub const OPTIONS: AgentOptions = AgentOptions {
    call_timeout: 15,
    wrap_up: 10,
    max_no_answer: 3,
    busy_delay: 20,
    reject_delay: 30,
    no_answer_delay: 40,
};

pub struct Rig {
    pub acd: Acd,
    pub now: Now,
    pub effects: Vec<Effect>,
}

pub fn secs(n: u64) -> Duration {
    Duration::from_secs(n)
}

impl Rig {
    /// One queue `q` and these agents in it, on level 1, available, each with a phone.
    pub fn new(settings: QueueSettings, agents: &[&str]) -> Rig {
        let mut rig = Rig { acd: Acd::new(), now: Now::from_millis(1_000_000), effects: Vec::new() };
        rig.put(Input::SetQueue("q".into(), settings));
        for (place, agent) in agents.iter().enumerate() {
            rig.hire(agent, OPTIONS);
            rig.tier("q", agent, 1, u16::try_from(place).unwrap());
        }
        rig
    }

    pub fn hire(&mut self, agent: &str, options: AgentOptions) {
        self.put(Input::SetAgent { agent: agent.into(), options, skills: Vec::new(), on_demand: false });
        self.put(Input::Availability(agent.into(), Availability::Available));
        self.put(Input::Registered(agent.into(), true));
    }

    pub fn tier(&mut self, queue: &str, agent: &str, level: u16, position: u16) {
        self.put(Input::SetTier { queue: queue.into(), agent: agent.into(), level, position });
    }

    /// What this input led to.
    pub fn put(&mut self, input: Input) -> Vec<Effect> {
        let effects = self.acd.handle(self.now, input);
        self.effects.extend(effects.clone());
        effects
    }

    /// Lets time pass, with a tick whenever the queues asked for one.
    pub fn pass(&mut self, time: Duration) -> Vec<Effect> {
        let (end, from) = (self.now + time, self.effects.len());
        while let Some(at) = self.acd.wake_at().filter(|at| *at <= end) {
            self.now = at.max(self.now);
            self.put(Input::Tick);
        }
        self.now = end;
        self.put(Input::Tick);
        self.effects[from..].to_vec()
    }

    pub fn join(&mut self, member: u64, caller: &str) -> Vec<Effect> {
        self.join_in("q", member, caller)
    }

    pub fn join_in(&mut self, queue: &str, member: u64, caller: &str) -> Vec<Effect> {
        self.put(Input::Join { member: MemberId(member), queue: queue.into(), caller: caller.into() })
    }

    /// The caller of this number comes, is offered to this agent, who answers.
    pub fn talk(&mut self, member: u64, agent: &str) {
        let (offer, who) = offer(&self.join(member, &member.to_string()));
        assert_eq!(who, agent);
        self.put(Input::Answered(offer));
    }

    pub fn gates(&self, agent: &str) -> Vec<Gate> {
        self.acd.explain(self.now, &agent.into())
    }

    /// Each gate with the whole seconds that are left.
    pub fn left(&self, agent: &str) -> Vec<(Why, Option<u64>)> {
        let left = |gate: Gate| (gate.why, gate.until.map(|until| until.since(self.now).as_secs()));
        self.gates(agent).into_iter().map(left).collect()
    }

    pub fn state(&self, agent: &str) -> AgentState {
        self.acd.agent(self.now, &agent.into()).unwrap().state
    }

    pub fn missed(&self, agent: &str) -> u16 {
        self.acd.agent(self.now, &agent.into()).unwrap().missed
    }

    pub fn in_tier(&self, queue: &str, agent: &str) -> TierState {
        self.acd.tier(&queue.into(), &agent.into()).unwrap()
    }
}

/// All offers, with the agent's name.
pub fn offers(effects: &[Effect]) -> Vec<(OfferId, String)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Offer { offer, agent, .. } => Some((*offer, agent.to_string())),
            _ => None,
        })
        .collect()
}

/// The only offer.
pub fn offer(effects: &[Effect]) -> (OfferId, String) {
    let all = offers(effects);
    assert_eq!(all.len(), 1, "{effects:?}");
    all[0].clone()
}

/// How which stay ended.
pub fn ends(effects: &[Effect]) -> Vec<(u64, End)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Ended { member, end } => Some((member.0, *end)),
            _ => None,
        })
        .collect()
}

/// Who hears which position.
pub fn positions(effects: &[Effect]) -> Vec<(u64, usize)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Position { member, position, .. } => Some((member.0, *position)),
            _ => None,
        })
        .collect()
}

pub fn delayed(delay: Delay, seconds: u64) -> Vec<(Why, Option<u64>)> {
    vec![(Why::Delay(delay), Some(seconds))]
}

pub fn queue(id: &str) -> QueueId {
    id.into()
}

pub fn agent(id: &str) -> AgentId {
    id.into()
}
