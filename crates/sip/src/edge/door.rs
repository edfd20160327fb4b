//! The edge itself: inputs, deadlines and the order in which things are done.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::IpAddr;
use std::time::Duration;

use base::{Chance, FlowId, Now, WallMs};
use ipnet::IpNet;

use super::calls::Calls;
use super::config::EdgeConfig;
use super::flow::{Admission, Flow};
use super::fork::Forks;
use super::gate::Gate;
use super::location::{Binding, Location};
use super::output::{CloseReason, DeviceSeen, EdgeEvent, EdgeOutput};
use super::route::Routes;
use super::stranded::Stranded;
use crate::ViaTransport;
use crate::core::{Core, CoreLimits, CoreOut};

/// Registrar, location service and forking proxy of one realm. One owner; every input returns all its consequences.
pub struct Edge {
    pub(super) config: EdgeConfig,
    /// The host in our Vias. Nobody resolves it (RFC 7118 §5.2.1); it tells us our own Vias from all others.
    pub(super) sent_by: String,
    pub(super) core: Core,
    pub(super) gate: Gate,
    pub(super) routes: Routes,
    pub(super) location: Location,
    pub(super) forks: Forks,
    pub(super) stranded: Stranded,
    pub(super) calls: Calls,
    pub(super) flows: BTreeMap<FlowId, Flow>,
    pub(super) known: BTreeSet<String>,
    /// Whom no call reaches just now, and what the caller hears instead.
    pub(super) turned_away: BTreeMap<String, u16>,
    /// Networks from which some users may register and call; everybody else may from everywhere.
    pub(super) networks: BTreeMap<String, Vec<IpNet>>,
    /// Credentials of these users that end by then do not count any more.
    pub(super) void_until: BTreeMap<String, WallMs>,
    /// Extensions of queues.
    pub(super) queues: BTreeSet<String>,
    /// Who has a voice box.
    pub(super) boxes: BTreeSet<String>,
    /// Leaves to supervise that were used, and when they are void anyway.
    pub(super) spent: BTreeMap<String, WallMs>,
    flooded: u64,
    sweep_at: Now,
}

/// What happened since the start; for logs and gauges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EdgeCounters {
    /// Frames that were no SIP message and could not be answered.
    pub malformed: u64,
    /// Requests refused for their form (400, 505).
    pub refused: u64,
    /// Requests answered 503 because their flow had too many open.
    pub overloaded: u64,
    /// Responses that fitted nothing.
    pub strays: u64,
    /// Frames dropped because their flow was too fast.
    pub flooded: u64,
}

/// One input being worked off.
pub(super) struct Turn {
    pub now: Now,
    pub wall: WallMs,
    pub todo: VecDeque<CoreOut>,
    pub out: Vec<EdgeOutput>,
}

impl Turn {
    pub(super) fn new(now: Now, wall: WallMs) -> Self {
        Turn { now, wall, todo: VecDeque::new(), out: Vec::new() }
    }

    pub(super) fn tell(&mut self, news: impl FnOnce(&mut Vec<EdgeEvent>)) {
        let mut events = Vec::new();
        news(&mut events);
        self.out.extend(events.into_iter().map(EdgeOutput::Event));
    }
}

/// Server transactions of one flow; a phone has a handful.
const OPEN_PER_FLOW: usize = 256;
/// Unreadable frames after which a flow is closed.
const MAX_GARBAGE: u32 = 100;
/// How often calls that nobody holds any more are looked for.
const SWEEP: Duration = Duration::from_secs(30);

impl Edge {
    /// An edge without flows and users.
    #[must_use]
    pub fn new(config: EdgeConfig, mut chance: Chance) -> Self {
        let limits = CoreLimits { server_transactions_per_flow: OPEN_PER_FLOW };
        let sent_by = format!("{}.invalid", chance.token());
        Edge {
            core: Core::new(sent_by.clone(), limits, chance.fork()),
            sent_by,
            gate: Gate::new(&config.realm, config.ephemeral_secret.clone(), config.nonce_lifetime, chance.fork()),
            routes: Routes::new(&config.realm, &mut chance),
            location: Location::default(),
            forks: Forks::default(),
            stranded: Stranded::default(),
            calls: Calls::default(),
            flows: BTreeMap::new(),
            known: BTreeSet::new(),
            turned_away: BTreeMap::new(),
            networks: BTreeMap::new(),
            void_until: BTreeMap::new(),
            queues: BTreeSet::new(),
            boxes: BTreeSet::new(),
            spent: BTreeMap::new(),
            flooded: 0,
            sweep_at: Now::ZERO,
            config,
        }
    }

    /// Says which extensions exist. Others are answered 404; these 480 while no device is registered.
    pub fn set_users(&mut self, users: impl IntoIterator<Item = String>) {
        let trusted: Vec<String> = self.flows.values().filter_map(|f| f.trusted_as.clone()).collect();
        self.known = users.into_iter().chain(trusted).collect();
    }

    /// One more extension exists.
    pub fn add_user(&mut self, user: &str) {
        self.known.insert(user.to_owned());
    }

    /// From now on, calls to these users are answered with this code (480, 486) and ring nowhere. Replaces what was said before;
    /// calls that ring or run are left alone, and so are those that these users make.
    pub fn turn_away(&mut self, users: BTreeMap<String, u16>) {
        self.turned_away = users;
    }

    /// A connection is open. `trusted_as` makes it an in-process service that is this user without proof.
    pub fn flow_up(&mut self, now: Now, flow: FlowId, trusted_as: Option<String>) -> Vec<EdgeOutput> {
        self.known.extend(trusted_as.clone());
        self.core.flow_up(flow, ViaTransport::Ws);
        self.flows.entry(flow).or_insert_with(|| Flow::new(now, trusted_as, self.config.burst));
        Vec::new()
    }

    /// From where the connection comes, for [`Edge::restrict`]. One that does not say comes from nowhere.
    pub fn flow_comes_from(&mut self, flow: FlowId, peer: IpAddr) {
        if let Some(state) = self.flows.get_mut(&flow) {
            state.peer = Some(peer.to_canonical());
        }
    }

    /// From now on this user registers and calls from these networks only, else they are answered 403 with
    /// [`NOT_FROM_HERE`](super::NOT_FROM_HERE); from everywhere when there are none. What is registered stays until it has to be renewed,
    /// and calls that run are left alone.
    pub fn restrict(&mut self, user: &str, networks: Vec<IpNet>) {
        if networks.is_empty() {
            self.networks.remove(user);
        } else {
            self.networks.insert(user.to_owned(), networks);
        }
    }

    /// The connection is gone. Its bindings go with it; what it was being asked is answered; calls that run are left alone.
    pub fn flow_down(&mut self, now: Now, flow: FlowId) -> Vec<EdgeOutput> {
        let mut turn = Turn::new(now, WallMs(0));
        self.flows.remove(&flow);
        let gone = self.location.sweep(|b| b.flow == flow);
        Self::tell_unbound(&mut turn, gone);
        turn.todo.extend(self.core.flow_down(flow));
        self.run(turn)
    }

    /// One WebSocket message came in on a flow.
    pub fn receive(&mut self, now: Now, wall: WallMs, flow: FlowId, bytes: &[u8]) -> Vec<EdgeOutput> {
        let Some(state) = self.flows.get_mut(&flow) else { return Vec::new() };
        match state.admit(now, self.config.frames_per_second, self.config.burst) {
            Admission::Take => {}
            Admission::Drop => {
                self.flooded += 1;
                return Vec::new();
            }
            Admission::Close => {
                self.flooded += 1;
                state.closing = true;
                return vec![EdgeOutput::Close { flow, why: CloseReason::Flood }];
            }
        }
        let before = self.core.counters();
        let mut turn = Turn::new(now, wall);
        turn.todo.extend(self.core.receive(now, flow, bytes));
        let after = self.core.counters();
        let broken = (after.malformed + after.refused) - (before.malformed + before.refused);
        self.count_garbage(&mut turn, flow, broken);
        self.run(turn)
    }

    /// A deadline given by [`Edge::wake_at`] is reached. Early and extra calls are harmless.
    pub fn tick(&mut self, now: Now, wall: WallMs) -> Vec<EdgeOutput> {
        let mut turn = Turn::new(now, wall);
        let expired = self.location.sweep(|b| b.expires_at <= now);
        Self::tell_unbound(&mut turn, expired);
        while let Some(id) = self.forks.take_due(now) {
            self.time_is_up(&mut turn, id);
        }
        while let Some(tx) = self.stranded.take_due(now) {
            self.forks.branch_ended(tx);
        }
        turn.todo.extend(self.core.tick(now));
        if self.sweep_at <= now {
            self.sweep_at = now + SWEEP;
            let location = &self.location;
            turn.tell(|events| self.calls.sweep(now, |user| !location.of_user(user).is_empty(), events));
        }
        self.run(turn)
    }

    /// When [`Edge::tick`] has something to do.
    #[must_use]
    pub fn wake_at(&self) -> Option<Now> {
        let sweep = (!self.calls.is_empty()).then_some(self.sweep_at);
        let forks = [self.forks.next_deadline(), self.stranded.next_deadline()];
        [self.core.wake_at(), self.location.next_expiry(), sweep].into_iter().chain(forks).flatten().min()
    }

    /// The account was disabled: it does not exist any more, its devices are forgotten and their flows closed.
    pub fn revoke(&mut self, now: Now, user: &str) -> Vec<EdgeOutput> {
        let mut turn = Turn::new(now, WallMs(0));
        self.known.remove(user);
        self.boxes.remove(user);
        let gone = self.location.unbind(user, |_| true);
        Self::tell_unbound(&mut turn, gone);
        for (flow, state) in &mut self.flows {
            if state.login.as_ref().is_some_and(|l| l.user == user) {
                state.login = None;
                state.closing = true;
                turn.out.push(EdgeOutput::Close { flow: *flow, why: CloseReason::Revoked });
            }
        }
        self.run(turn)
    }

    /// Every session of this user was ended: their devices are forgotten and their flows closed, and credentials that end by
    /// `void_until` do not count any more. The account is still there.
    pub fn sign_out(&mut self, now: Now, user: &str, void_until: WallMs) -> Vec<EdgeOutput> {
        let out = self.revoke(now, user);
        self.known.insert(user.to_owned());
        self.void_until.insert(user.to_owned(), void_until);
        out
    }

    /// Devices that are registered, but for services of ours, by user.
    pub fn devices(&self) -> impl Iterator<Item = DeviceSeen<'_>> {
        let is_service = |flow| self.flows.get(&flow).is_some_and(|state| state.trusted_as.is_some());
        self.location.all().filter(move |binding| !is_service(binding.flow)).map(|binding| DeviceSeen {
            id: binding.id,
            user: &binding.user,
            user_agent: &binding.user_agent,
            flow: binding.flow,
            since: binding.since,
            until: binding.expires_at,
        })
    }

    /// Ends the registration of one device and closes its connection, which tells it: a device that may still register comes back as
    /// after a break of the network. Calls that run are left alone. `None`: it is not registered any more.
    pub fn unregister(&mut self, now: Now, id: u64) -> Option<Vec<EdgeOutput>> {
        let flow = self.devices().find(|device| device.id == id)?.flow;
        let mut turn = Turn::new(now, WallMs(0));
        let gone = self.location.sweep(|binding| binding.id == id);
        Self::tell_unbound(&mut turn, gone);
        if let Some(state) = self.flows.get_mut(&flow) {
            state.login = None;
            state.closing = true;
            turn.out.push(EdgeOutput::Close { flow, why: CloseReason::Unregistered });
        }
        Some(self.run(turn))
    }

    /// Whether at least one device of this user is registered.
    #[must_use]
    pub fn is_registered(&self, user: &str) -> bool {
        !self.location.of_user(user).is_empty()
    }

    /// Whether a call to this user would ring somewhere.
    #[must_use]
    pub fn can_be_rung(&self, now: Now, user: &str) -> bool {
        let here = self.location.of_user(user).iter().any(|binding| binding.expires_at > now);
        here && !self.turned_away.contains_key(user)
    }

    /// What happened so far.
    #[must_use]
    pub fn counters(&self) -> EdgeCounters {
        let core = self.core.counters();
        EdgeCounters {
            malformed: core.malformed,
            refused: core.refused,
            overloaded: core.overloaded,
            strays: core.strays,
            flooded: self.flooded,
        }
    }

    /// Requests on their way and transactions in memory, for tests of boundedness.
    #[must_use]
    pub fn load(&self) -> (usize, usize) {
        (self.forks.len(), self.core.len())
    }

    pub(super) fn tell_unbound(turn: &mut Turn, gone: Vec<Binding>) {
        let told = gone.into_iter().map(|b| EdgeEvent::Unregistered { contact: b.contact_text(), user: b.user });
        turn.out.extend(told.map(EdgeOutput::Event));
    }

    pub(super) fn run(&mut self, mut turn: Turn) -> Vec<EdgeOutput> {
        while let Some(next) = turn.todo.pop_front() {
            match next {
                CoreOut::Send { flow, bytes } => turn.out.push(EdgeOutput::Send { flow, bytes }),
                CoreOut::Request { tx, flow, req } => self.on_request(&mut turn, tx, flow, req),
                CoreOut::Ack { flow, req } => self.on_ack(&mut turn, flow, req),
                CoreOut::Response { tx, resp } => self.on_response(&mut turn, tx, resp),
                CoreOut::TimedOut { tx } => self.on_silence(&mut turn, tx),
                CoreOut::TransportError { tx } => self.on_lost(&mut turn, tx),
                CoreOut::Terminated { tx } => self.on_terminated(&mut turn, tx),
                CoreOut::Stray { flow, resp } => self.on_stray(&mut turn, flow, resp),
            }
        }
        turn.out
    }

    fn count_garbage(&mut self, turn: &mut Turn, flow: FlowId, broken: u64) {
        let Some(state) = self.flows.get_mut(&flow).filter(|s| broken > 0 && s.trusted_as.is_none()) else { return };
        state.garbage += 1;
        if state.garbage == MAX_GARBAGE {
            state.closing = true;
            turn.out.push(EdgeOutput::Close { flow, why: CloseReason::Garbage });
        }
    }
}
