//! Calls to a queue: held as a proxy holds them, until an agent takes one (RFC 3261 §16).
//!
//! ```text
//!  INVITE to a queue ─▶ 100, held ── queue_position ─▶ 182 to the caller, again within each minute (§16.7 step 2, Timer C)
//!                          │
//!                          ├── queue_offer ────▶ one branch per device of the agent, with the caller's own offer
//!                          │      ├─ 18x ─▶ OfferRinging          (the caller goes on hearing 182)
//!                          │      ├─ ≥ 300, silence, flow lost ─▶ OfferOver: the next agent, nothing to the caller
//!                          │      └─ 2xx ─▶ to the caller; the other branches are cancelled: the two talk, without us
//!                          ├── queue_withdraw ─▶ CANCEL to the devices of one agent
//!                          ├── queue_divert ───▶ an ordinary call to somebody, and to their voice box if they take none
//!                          ├── queue_to_box ───▶ the voice box of somebody, whose phones stay silent
//!                          └── queue_refuse ───▶ a final answer
//! ```
//! Who is offered what is decided elsewhere; a caller who leaves is told as [`EdgeEvent::QueueLeft`]. The headers that say what a queue
//! knows are ours alone: the edge takes them off whatever a client sends.

use std::collections::BTreeSet;
use std::time::Duration;

use base::{FlowId, Now, WallMs};

use super::best::best;
use super::door::{Edge, Turn};
use super::flow::Flow;
use super::fork::{BranchEnd, Fork, ForkId, Phase};
use super::mailbox::VOICEMAIL;
use super::output::{CallKey, EdgeEvent, EdgeOutput};
use super::requests::{Hop, Label};
use crate::core::{Method, Request, Response, TransactionId, Uri, call_id_of, from_tag_of, reply};
use crate::usage::{place_headers, queue_header, strip};

/// One offer of a held call to an agent, as its maker counts them. Never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfferKey(pub u64);

/// A call that waits for an agent.
pub(super) struct Held {
    /// Our side of the early dialog that 182 makes.
    tag: String,
}

impl Edge {
    /// Calls to these extensions are held for [`Edge::queue_offer`]. Replaces what was said before; held calls stay.
    pub fn set_queues(&mut self, extensions: BTreeSet<String>) {
        self.queues = extensions;
    }

    /// Tells a waiting caller where they stand: 182, which also keeps proxies on the way from giving up.
    pub fn queue_position(
        &mut self,
        now: Now,
        key: CallKey,
        position: usize,
        wait: Option<Duration>,
    ) -> Vec<EdgeOutput> {
        let mut turn = Turn::new(now, WallMs(0));
        if let Some(fork) = self.held(key)
            && let Some(held) = &fork.held
        {
            let mut queued = reply(&fork.request, 182, Some(&held.tag));
            place_headers(position, wait).for_each(|row| queued.headers.push(row));
            let server = fork.server;
            turn.todo.extend(self.core.respond(now, server, queued));
        }
        self.run(turn)
    }

    /// Rings the devices of an agent. Without any, [`EdgeEvent::OfferOver`] says so at once.
    pub fn queue_offer(&mut self, now: Now, key: CallKey, offer: OfferKey, agent: &str, name: &str) -> Vec<EdgeOutput> {
        let mut turn = Turn::new(now, WallMs(0));
        let Some((id, from)) = self.forks.of_call(key).and_then(|id| Some((id, self.held(key)?.from))) else {
            return Vec::new();
        };
        let devices = self.location.of_user(agent).iter().filter(|b| b.expires_at > now && b.flow != from);
        let hops: Vec<Hop> = devices.map(|b| Hop { flow: b.flow, uri: Uri::parse(b.contact.clone()).ok() }).collect();
        self.forks.forget_ended_offers(id);
        let label = queue_header(name);
        let mut rings = false;
        for hop in hops {
            let label = Label { offer: Some((offer, agent)), row: label.clone(), is_pickup: false };
            rings |= self.send_labelled(&mut turn, id, hop, Some(label));
        }
        if !rings {
            let over = EdgeEvent::OfferOver { key, offer, agent: agent.to_owned(), code: None };
            turn.out.push(EdgeOutput::Event(over));
        }
        self.run(turn)
    }

    /// Stops the ringing of one offer.
    pub fn queue_withdraw(&mut self, now: Now, key: CallKey, offer: OfferKey, elsewhere: bool) -> Vec<EdgeOutput> {
        let mut turn = Turn::new(now, WallMs(0));
        if let Some(id) = self.forks.of_call(key) {
            let reason = elsewhere.then_some(super::responses::ELSEWHERE);
            self.cancel_offer(&mut turn, id, offer, reason);
        }
        self.run(turn)
    }

    /// Nobody takes the call: the caller gets this final code (300..=699; others become 480).
    pub fn queue_refuse(&mut self, now: Now, key: CallKey, code: u16) -> Vec<EdgeOutput> {
        let mut turn = Turn::new(now, WallMs(0));
        self.give_up_holding(&mut turn, key, if (300..700).contains(&code) { code } else { 480 });
        self.run(turn)
    }

    /// The call goes to somebody's devices, as if they had been dialled; whom no call reaches is not rung. Whoever has a voice box has the
    /// call there when nobody takes it (EC-08).
    pub fn queue_divert(&mut self, now: Now, key: CallKey, user: &str) -> Vec<EdgeOutput> {
        let Some((id, from)) = self.forks.of_call(key).and_then(|id| Some((id, self.held(key)?.from))) else {
            return Vec::new();
        };
        let devices = self.location.of_user(user).iter().filter(|b| b.expires_at > now && b.flow != from);
        let hops: Vec<Hop> = devices.map(|b| Hop { flow: b.flow, uri: Uri::parse(b.contact.clone()).ok() }).collect();
        let away = self.turned_away.get(user).copied().or(hops.is_empty().then_some(480));
        if let Some(code) = away {
            return self.queue_to_box(now, key, user, code);
        }
        let mut turn = Turn::new(now, WallMs(0));
        let mailbox = self.box_of_diverted(from, user);
        if let Some(fork) = self.forks.get_mut(id) {
            (fork.held, fork.mailbox) = (None, mailbox);
        }
        self.calls.reaches(key, user);
        self.forks.set_deadline(id, now + self.config.ring_timeout);
        for hop in hops {
            self.send_copy(&mut turn, id, hop);
        }
        self.conclude(&mut turn, id);
        self.run(turn)
    }

    /// The call goes to somebody's voice box, and their phones do not ring. Without a box the caller gets `code`
    /// (300..=699; others become 480).
    pub fn queue_to_box(&mut self, now: Now, key: CallKey, user: &str, code: u16) -> Vec<EdgeOutput> {
        let Some((id, from)) = self.forks.of_call(key).and_then(|id| Some((id, self.held(key)?.from))) else {
            return Vec::new();
        };
        let Some(owner) = self.box_of_diverted(from, user) else { return self.queue_refuse(now, key, code) };
        let mut turn = Turn::new(now, WallMs(0));
        if let Some(fork) = self.forks.get_mut(id) {
            // Agents whose phones still ring are cancelled by now; the box is asked when the last of them has said so.
            (fork.held, fork.mailbox, fork.verdict) = (None, Some(owner), Some(480));
        }
        self.calls.reaches(key, VOICEMAIL);
        self.conclude(&mut turn, id);
        self.run(turn)
    }

    /// The box of somebody to whom a queue sends a caller. Nobody leaves a message for themselves.
    fn box_of_diverted(&self, from: FlowId, user: &str) -> Option<String> {
        let caller = self.flows.get(&from).and_then(Flow::user);
        (caller != Some(user) && self.has_box(user)).then(|| user.to_owned())
    }

    /// An INVITE to a queue.
    pub(super) fn hold(
        &mut self,
        turn: &mut Turn,
        tx: TransactionId,
        flow: FlowId,
        req: Request,
        from: &str,
        to: &str,
    ) {
        let mut fork = Fork::new(tx, flow, req, None);
        let _ = self.routes.take(&mut fork.request.headers, "");
        let trying = reply(&fork.request, 100, None);
        turn.todo.extend(self.core.respond(turn.now, tx, trying));
        let headers = &fork.request.headers;
        let name = (call_id_of(headers).unwrap_or_default(), from_tag_of(headers).unwrap_or_default());
        turn.tell(|events| fork.call = Some(self.calls.start(&name.0, &name.1, from, to, events)));
        fork.held = Some(Held { tag: self.core.token() });
        let call = fork.call;
        let id = self.forks.insert(fork);
        if let Some(key) = call {
            self.forks.know_call(key, id);
            let called = EdgeEvent::QueueCalled { key, from: from.to_owned(), to: to.to_owned() };
            turn.out.push(EdgeOutput::Event(called));
        }
    }

    /// The caller of a held call is gone.
    pub(super) fn tell_left(turn: &mut Turn, fork: &Fork) {
        if let (Some(key), Some(_)) = (fork.call, &fork.held) {
            turn.out.push(EdgeOutput::Event(EdgeEvent::QueueLeft { key }));
        }
    }

    /// A device of an agent rings. Only the first one is told, and the caller is not.
    pub(super) fn on_offer_rings(&mut self, turn: &mut Turn, id: ForkId, offer: OfferKey) {
        let Some(fork) = self.forks.get_mut(id).filter(|fork| fork.phase == Phase::Waiting) else { return };
        let (key, first) = (fork.call, !fork.branches.iter().any(|b| b.is_of(offer) && b.rang));
        let agent = fork.agent_of(offer);
        for branch in fork.branches.iter_mut().filter(|b| b.is_of(offer)) {
            branch.rang = true;
        }
        if let (Some(key), Some(agent), true) = (key, agent, first) {
            turn.out.push(EdgeOutput::Event(EdgeEvent::OfferRinging { key, offer, agent }));
        }
    }

    /// A device of an agent took the call, which is the agent's from now on.
    pub(super) fn on_offer_taken(&mut self, turn: &mut Turn, id: ForkId, offer: OfferKey) {
        let Some(fork) = self.forks.get(id) else { return };
        let (Some(key), Some(agent)) = (fork.call, fork.agent_of(offer)) else { return };
        self.calls.reaches(key, &agent);
        turn.out.push(EdgeOutput::Event(EdgeEvent::OfferTaken { key, offer, agent }));
    }

    /// A device of an agent will not take the call. 6xx speaks for all devices of that agent, and for nobody else's.
    pub(super) fn on_offer_failed(&mut self, turn: &mut Turn, id: ForkId, offer: OfferKey, code: u16) {
        if code >= 600 {
            let reason = format!("SIP;cause={code};text=\"Declined elsewhere\"");
            self.cancel_offer(turn, id, offer, Some(&reason));
        }
        let Some(fork) = self.forks.get(id) else { return };
        let ends: Option<Vec<&BranchEnd>> =
            fork.branches.iter().filter(|b| b.is_of(offer)).map(|b| b.end.as_ref()).collect();
        if let (Some(key), Some(agent), Some(ends)) = (fork.call, fork.agent_of(offer), ends) {
            let codes: Vec<u16> =
                ends.iter().filter(|end| !matches!(end, BranchEnd::Lost)).map(|end| end.code()).collect();
            let code = best(&codes).map(|index| codes[index]);
            turn.out.push(EdgeOutput::Event(EdgeEvent::OfferOver { key, offer, agent, code }));
        }
        self.conclude(turn, id);
    }

    fn held(&self, key: CallKey) -> Option<&Fork> {
        let fork = self.forks.get(self.forks.of_call(key)?)?;
        (fork.phase == Phase::Waiting && fork.held.is_some()).then_some(fork)
    }

    fn give_up_holding(&mut self, turn: &mut Turn, key: CallKey, code: u16) {
        let Some(id) = self.forks.of_call(key) else { return };
        let Some(fork) = self.forks.get_mut(id).filter(|f| f.phase == Phase::Waiting && f.held.is_some()) else {
            return;
        };
        fork.held = None;
        fork.verdict = Some(code);
        fork.phase = Phase::TimedOut;
        self.cancel_branches(turn, id, None);
        self.conclude(turn, id);
    }

    fn cancel_offer(&mut self, turn: &mut Turn, id: ForkId, offer: OfferKey, reason: Option<&str>) {
        let Some(fork) = self.forks.get(id) else { return };
        let open = fork.branches.iter().filter(|b| b.is_of(offer) && b.end.is_none()).map(|b| b.tx);
        for tx in open.collect::<Vec<_>>() {
            turn.todo.extend(self.core.cancel(turn.now, tx, reason));
        }
    }
}

/// Whether an INVITE is for a queue.
pub(super) fn is_for_queue(queues: &BTreeSet<String>, req: &Request, to: &str) -> bool {
    req.method == Method::Invite && queues.contains(to)
}

/// A response as it goes to a caller: without what only we may say.
pub(super) fn stripped(mut response: Response) -> Response {
    strip(&mut response.headers);
    response
}
