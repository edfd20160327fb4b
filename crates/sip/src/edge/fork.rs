//! One request on its way through the proxy: the response context of RFC 3261 §16.
//!
//! ```text
//!              ┌────────────── 2xx ──────────────▶ Answered
//!   Waiting ───┼─ CANCEL ──▶ Cancelled ─┐
//!      │       ├─ time up ─▶ TimedOut ──┼─ all branches done ─▶ Refused
//!      │       └─ 6xx ─────▶ Declined ──┘        (2xx still wins)
//!      │                                            ▲
//!      ├─ all branches done ────────────────────────┘
//!      └─ the caller's flow is gone ─▶ Orphaned
//! ```
//! A 2xx in `Refused` or `Orphaned` has nobody to go to: it is settled on the spot (see `orphan`). A branch whose flow breaks
//! stays for a while, since its 2xx may come on the next flow (see `stranded`).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use base::{FlowId, Now};

use super::location::ContactKey;
use super::output::CallKey;
use super::queue::{Held, OfferKey};
use crate::core::{Request, Response, TransactionId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ForkId(u64);

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// No final response yet and nobody wants it to end.
    Waiting,
    /// The caller gave up; the branches were cancelled.
    Cancelled,
    /// It rang for too long; the branches were cancelled.
    TimedOut,
    /// One branch said 6xx; the others were cancelled.
    Declined,
    /// A 2xx went to the caller.
    Answered,
    /// Another final response went to the caller.
    Refused,
    /// The caller's flow is gone; the branches were cancelled.
    Orphaned,
}

impl Phase {
    /// Whether the caller still waits for a final response.
    pub(super) fn is_open(self) -> bool {
        match self {
            Phase::Waiting | Phase::Cancelled | Phase::TimedOut | Phase::Declined => true,
            Phase::Answered | Phase::Refused | Phase::Orphaned => false,
        }
    }
}

pub(super) struct Fork {
    /// The transaction towards the caller.
    pub server: TransactionId,
    pub from: FlowId,
    pub request: Request,
    /// Set for an INVITE that starts a call.
    pub call: Option<CallKey>,
    pub phase: Phase,
    /// It waits in a queue.
    pub held: Option<Held>,
    /// What the caller gets, whatever the branches said.
    pub verdict: Option<u16>,
    /// Whose voice box it goes on to when nobody takes it.
    pub mailbox: Option<String>,
    pub branches: Vec<Branch>,
    pub rang: bool,
    deadline: Option<Now>,
}

/// One copy of the request, sent to one device.
pub(super) struct Branch {
    pub tx: TransactionId,
    pub flow: FlowId,
    /// Who is behind the flow.
    pub user: Option<String>,
    /// The branch parameter of our Via.
    pub via: Vec<u8>,
    pub end: Option<BranchEnd>,
    /// It may still bring another 2xx.
    pub alive: bool,
    /// A 2xx of this branch was ended by us.
    pub ended_by_us: bool,
    /// It is part of an offer of a queue, to this agent.
    pub offer: Option<(OfferKey, String)>,
    /// The agent's phone said that it rings.
    pub rang: bool,
    /// What it says is no answer to the caller, unless it takes the call: a colleague picks up, or it is rung no more.
    pub is_aside: bool,
}

impl Branch {
    pub(super) fn new(tx: TransactionId, flow: FlowId, user: Option<String>, via: Vec<u8>) -> Self {
        Branch {
            tx,
            flow,
            user,
            via,
            end: None,
            alive: true,
            ended_by_us: false,
            offer: None,
            rang: false,
            is_aside: false,
        }
    }

    pub(super) fn is_of(&self, offer: OfferKey) -> bool {
        self.offer.as_ref().is_some_and(|(key, _)| *key == offer)
    }
}

/// How a branch ended.
pub(super) enum BranchEnd {
    /// A final response.
    Response(Box<Response>),
    /// None came in time: as good as 408 (§16.8).
    Silent,
    /// Its flow went away: as good as 480.
    Lost,
}

impl BranchEnd {
    pub(super) fn code(&self) -> u16 {
        match self {
            BranchEnd::Response(r) => r.status.code(),
            BranchEnd::Silent => 408,
            BranchEnd::Lost => 480,
        }
    }
}

impl Fork {
    pub(super) fn new(server: TransactionId, from: FlowId, request: Request, call: Option<CallKey>) -> Self {
        Fork {
            server,
            from,
            request,
            call,
            phase: Phase::Waiting,
            held: None,
            verdict: None,
            mailbox: None,
            branches: Vec::new(),
            rang: false,
            deadline: None,
        }
    }

    /// Every branch has its final answer, so the caller can have one.
    pub(super) fn is_decided(&self) -> bool {
        let waits_for_agents = self.held.is_some() && self.phase == Phase::Waiting;
        !waits_for_agents && self.branches.iter().all(|b| b.end.is_some())
    }

    /// To whom an offer goes.
    pub(super) fn agent_of(&self, offer: OfferKey) -> Option<String> {
        let branch = self.branches.iter().find(|b| b.is_of(offer))?;
        branch.offer.as_ref().map(|(_, agent)| agent.clone())
    }

    /// It waits for a party to come back.
    pub(super) fn is_parked(&self) -> bool {
        self.branches.is_empty() && self.phase == Phase::Waiting && self.held.is_none()
    }

    fn is_over(&self) -> bool {
        !self.phase.is_open() && self.branches.iter().all(|b| !b.alive)
    }
}

/// All requests on their way.
#[derive(Default)]
pub(super) struct Forks {
    all: BTreeMap<ForkId, Fork>,
    by_server: HashMap<TransactionId, ForkId>,
    by_branch: HashMap<TransactionId, ForkId>,
    deadlines: BTreeSet<(Now, ForkId)>,
    parked: Vec<(ContactKey, ForkId)>,
    /// Those that were ever held for a queue.
    by_call: BTreeMap<CallKey, ForkId>,
    next: u64,
}

/// Requests that may wait for a party to come back.
const MAX_PARKED: usize = 256;

impl Forks {
    pub(super) fn insert(&mut self, fork: Fork) -> ForkId {
        self.next += 1;
        let id = ForkId(self.next);
        self.by_server.insert(fork.server, id);
        self.all.insert(id, fork);
        id
    }

    pub(super) fn add_branch(&mut self, id: ForkId, branch: Branch) {
        let Some(fork) = self.all.get_mut(&id) else { return };
        self.by_branch.insert(branch.tx, id);
        fork.branches.push(branch);
    }

    /// This is a held call.
    pub(super) fn know_call(&mut self, key: CallKey, id: ForkId) {
        self.by_call.insert(key, id);
    }

    pub(super) fn of_call(&self, key: CallKey) -> Option<ForkId> {
        self.by_call.get(&key).copied()
    }

    /// Of a call that waits for hours only the offers of the last seconds are remembered.
    pub(super) fn forget_ended_offers(&mut self, id: ForkId) {
        if let Some(fork) = self.all.get_mut(&id) {
            fork.branches.retain(|b| b.alive || b.end.is_none());
        }
    }

    /// All of them, the oldest first.
    pub(super) fn ids(&self) -> impl Iterator<Item = ForkId> {
        self.all.keys().copied()
    }

    pub(super) fn get(&self, id: ForkId) -> Option<&Fork> {
        self.all.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: ForkId) -> Option<&mut Fork> {
        self.all.get_mut(&id)
    }

    pub(super) fn of_server(&self, tx: TransactionId) -> Option<ForkId> {
        self.by_server.get(&tx).copied()
    }

    pub(super) fn of_branch(&self, tx: TransactionId) -> Option<ForkId> {
        self.by_branch.get(&tx).copied()
    }

    /// The offer that a branch is part of.
    pub(super) fn offer_of(&self, tx: TransactionId) -> Option<OfferKey> {
        let fork = self.all.get(self.by_branch.get(&tx)?)?;
        let branch = fork.branches.iter().find(|b| b.tx == tx)?;
        branch.offer.as_ref().map(|(offer, _)| *offer)
    }

    pub(super) fn branch_mut(&mut self, tx: TransactionId) -> Option<&mut Branch> {
        let id = self.by_branch.get(&tx)?;
        self.all.get_mut(id)?.branches.iter_mut().find(|b| b.tx == tx)
    }

    pub(super) fn set_deadline(&mut self, id: ForkId, at: Now) {
        self.clear_deadline(id);
        if let Some(fork) = self.all.get_mut(&id) {
            fork.deadline = Some(at);
            self.deadlines.insert((at, id));
        }
    }

    pub(super) fn clear_deadline(&mut self, id: ForkId) {
        if let Some(at) = self.all.get_mut(&id).and_then(|f| f.deadline.take()) {
            self.deadlines.remove(&(at, id));
        }
    }

    /// Takes the next fork whose time is up.
    pub(super) fn take_due(&mut self, now: Now) -> Option<ForkId> {
        let &(at, id) = self.deadlines.first()?;
        if at > now {
            return None;
        }
        self.clear_deadline(id);
        Some(id)
    }

    pub(super) fn next_deadline(&self) -> Option<Now> {
        self.deadlines.first().map(|d| d.0)
    }

    /// Lets a request wait for the party behind `key` to come back. `false`: too many wait already.
    pub(super) fn park(&mut self, id: ForkId, key: ContactKey, until: Now) -> bool {
        if self.parked.len() >= MAX_PARKED {
            return false;
        }
        self.parked.push((key, id));
        self.set_deadline(id, until);
        true
    }

    /// The requests that waited for the party behind `key`.
    pub(super) fn unpark(&mut self, key: &ContactKey) -> Vec<ForkId> {
        let (back, still): (Vec<_>, Vec<_>) = std::mem::take(&mut self.parked).into_iter().partition(|(k, _)| k == key);
        self.parked = still;
        back.into_iter().map(|(_, id)| id).collect()
    }

    /// Stops the waiting of one request.
    pub(super) fn forget_parked(&mut self, id: ForkId) {
        self.parked.retain(|(_, parked)| *parked != id);
    }

    /// A device has nothing more to say.
    pub(super) fn branch_ended(&mut self, tx: TransactionId) {
        if let Some(branch) = self.branch_mut(tx) {
            branch.alive = false;
        }
        if let Some(id) = self.by_branch.remove(&tx) {
            self.drop_if_over(id);
        }
    }

    /// Forgets a request when nothing can come any more.
    pub(super) fn drop_if_over(&mut self, id: ForkId) {
        if !self.all.get(&id).is_some_and(Fork::is_over) {
            return;
        }
        self.clear_deadline(id);
        self.forget_parked(id);
        if let Some(fork) = self.all.remove(&id) {
            self.by_server.remove(&fork.server);
            if let Some(key) = fork.call {
                self.by_call.remove(&key);
            }
            for branch in &fork.branches {
                self.by_branch.remove(&branch.tx);
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }
}

/// How long a BYE waits for a party that is just reconnecting. Below the 32 s after which its sender gives up (Timer F).
pub(super) const PARKED_FOR: Duration = Duration::from_secs(20);
