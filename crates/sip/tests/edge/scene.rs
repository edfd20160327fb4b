//! An edge, user agents on its flows, and a clock.

use std::collections::VecDeque;
use std::time::Duration;

use base::{Aor, Chance, FlowId, Now, Secret, WallMs};
use bytes::Bytes;
use sip::ViaTransport;
use sip::edge::{Edge, EdgeConfig, EdgeOutput, ephemeral_password};
use sip::ua::{DialogId, Event, Output, UaConfig, UserAgent};

const REALM: &str = "rannan.local";
const START_MS: i64 = 1_700_000_000_000;

/// Both legs of a call.
pub type AnyTalk = (DialogId, DialogId);

pub struct Scene {
    edge: Edge,
    pub agents: Vec<Agent>,
    now: Now,
    next_flow: u64,
    seed: u64,
}

pub struct Agent {
    pub ua: UserAgent,
    /// The flow that is up.
    pub flow: Option<FlowId>,
    pub events: Vec<Event>,
    /// Frames from the edge wait here while they are held back.
    held: Option<VecDeque<Bytes>>,
}

impl Scene {
    /// Registered agents, one for each entry.
    pub fn new(seed: u64, users: &[&str]) -> Self {
        let agents = users.iter().enumerate().map(|(n, user)| agent(user, seed * 100 + n as u64)).collect();
        let mut scene = Scene { edge: edge(seed), agents, now: Now::ZERO, next_flow: 1, seed };
        for n in 0..users.len() {
            scene.connect(n);
            scene.act(n, UserAgent::register);
            scene.tells(n, |e| matches!(e, Event::Registered { .. }));
        }
        scene
    }

    pub fn connect(&mut self, n: usize) {
        let flow = FlowId(self.next_flow);
        self.next_flow += 1;
        self.agents[n].flow = Some(flow);
        let out = self.edge.flow_up(self.now, flow, None);
        self.carry(out);
        self.act(n, UserAgent::flow_up);
    }

    pub fn cut(&mut self, n: usize) {
        let Some(flow) = self.agents[n].flow.take() else { return };
        self.agents[n].held = None;
        let out = self.edge.flow_down(self.now, flow);
        self.carry(out);
        self.act(n, UserAgent::flow_down);
    }

    /// The server dies and comes back without memory; everybody reconnects.
    pub fn restart(&mut self) {
        self.seed += 1;
        self.edge = edge(self.seed);
        for n in 0..self.agents.len() {
            if self.agents[n].flow.take().is_some() {
                self.act(n, UserAgent::flow_down);
            }
        }
        (0..self.agents.len()).for_each(|n| self.connect(n));
    }

    pub fn act(&mut self, n: usize, input: impl FnOnce(&mut UserAgent, Now) -> Vec<Output>) {
        let out = input(&mut self.agents[n].ua, self.now);
        self.obey(n, out);
    }

    pub fn invite(&mut self, n: usize, to: &str) -> DialogId {
        let (id, out) = self.agents[n].ua.invite(self.now, &Aor::new(to, REALM).unwrap(), "v=0 offer".into());
        self.obey(n, out);
        id
    }

    /// The call that just came in.
    pub fn invited(&mut self, n: usize) -> DialogId {
        let events = &mut self.agents[n].events;
        let at = events.iter().position(|e| matches!(e, Event::Invited { .. })).expect("a call came in");
        let Event::Invited { id, .. } = events.remove(at) else { unreachable!() };
        id
    }

    /// Sets a call up.
    pub fn talk(&mut self, a: usize, b: usize) -> AnyTalk {
        let to = if b == 0 { "101" } else { "102" };
        let at_a = self.invite(a, to);
        let at_b = self.invited(b);
        self.act(b, |ua, now| ua.answer(now, at_b, "v=0 answer".into()));
        self.tells(a, |e| matches!(e, Event::Accepted { .. }));
        (at_a, at_b)
    }

    /// Answers all offers that wait for it.
    pub fn answer_reoffers(&mut self) {
        for n in 0..self.agents.len() {
            while let Some(at) = self.agents[n].events.iter().position(|e| matches!(e, Event::Reoffered { .. })) {
                let Event::Reoffered { id, .. } = self.agents[n].events.remove(at) else { unreachable!() };
                self.act(n, |ua, now| ua.answer_reoffer(now, id, "v=0 again".into()));
            }
        }
    }

    /// Frames to this agent wait from now on.
    pub fn hold_back(&mut self, n: usize) {
        self.agents[n].held = Some(VecDeque::new());
    }

    pub fn let_go(&mut self, n: usize) {
        for frame in self.agents[n].held.take().into_iter().flatten() {
            self.act(n, |ua, now| ua.receive(now, &frame));
        }
    }

    pub fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        loop {
            let agents = self.agents.iter().filter_map(|a| a.ua.wake_at());
            let Some(at) = agents.chain(self.edge.wake_at()).min().filter(|at| *at <= end) else { break };
            self.now = self.now.max(at);
            let out = self.edge.tick(self.now, self.wall());
            self.carry(out);
            (0..self.agents.len()).for_each(|n| self.act(n, UserAgent::tick));
        }
        self.now = end;
    }

    #[track_caller]
    pub fn tells(&mut self, n: usize, wanted: impl Fn(&Event) -> bool) {
        let events = &mut self.agents[n].events;
        let at = events.iter().position(wanted).unwrap_or_else(|| panic!("not told, but {events:?}"));
        events.remove(at);
    }

    pub fn count(&self, n: usize, wanted: impl Fn(&Event) -> bool) -> usize {
        self.agents[n].events.iter().filter(|e| wanted(e)).count()
    }

    pub fn is_registered(&self, user: &str) -> bool {
        self.edge.is_registered(user)
    }

    /// When everything has run out, nobody holds a call or a transaction.
    #[track_caller]
    pub fn nothing_is_left(&mut self) {
        self.pass(Duration::from_secs(100));
        for (n, agent) in self.agents.iter().enumerate() {
            assert_eq!(agent.ua.load(), (0, 0), "calls and transactions of agent {n}");
        }
        assert_eq!(self.edge.load(), (0, 0), "forks and transactions of the edge");
    }

    pub fn wall(&self) -> WallMs {
        WallMs(START_MS + i64::try_from(self.now.since_epoch().as_millis()).unwrap())
    }

    fn obey(&mut self, n: usize, out: Vec<Output>) {
        for one in out {
            match one {
                Output::Event(event) => self.agents[n].events.push(event),
                Output::Send(frame) => {
                    let Some(flow) = self.agents[n].flow else { continue };
                    let out = self.edge.receive(self.now, self.wall(), flow, &frame);
                    self.carry(out);
                }
            }
        }
    }

    fn carry(&mut self, out: Vec<EdgeOutput>) {
        for one in out {
            match one {
                EdgeOutput::Send { flow, bytes } => {
                    let Some(n) = self.agents.iter().position(|a| a.flow == Some(flow)) else { continue };
                    match &mut self.agents[n].held {
                        Some(held) => held.push_back(bytes),
                        None => self.act(n, |ua, now| ua.receive(now, &bytes)),
                    }
                }
                EdgeOutput::Close { why, .. } => panic!("an honest phone was thrown out: {why:?}"),
                EdgeOutput::Event(_) => {}
            }
        }
    }
}

fn edge(seed: u64) -> Edge {
    let mut edge = Edge::new(EdgeConfig::new(REALM, Secret::new("s3cret")), Chance::from_number(seed));
    edge.set_users(["101", "102", "103"].map(str::to_owned));
    edge
}

fn agent(user: &str, seed: u64) -> Agent {
    let auth_user = format!("{}:{user}", START_MS / 1000 + 3600);
    let config = UaConfig {
        aor: Aor::new(user, REALM).unwrap(),
        display_name: String::new(),
        password: ephemeral_password(&Secret::new("s3cret"), &auth_user),
        auth_user,
        transport: ViaTransport::Ws,
        instance: format!("urn:uuid:{seed}"),
        user_agent: "test".into(),
        expires: Duration::from_secs(600),
    };
    Agent { ua: UserAgent::new(config, Chance::from_number(seed)), flow: None, events: Vec::new(), held: None }
}
