//! What is done with the answers of the branches (RFC 3261 §16.7–16.10).

use super::best::{best, upstream};
use super::door::{Edge, Turn};
use super::flow::Flow;
use super::fork::{BranchEnd, Fork, ForkId, PARKED_FOR, Phase};
use super::location::ContactKey;
use super::output::CallKey;
use super::queue::stripped;
use crate::core::{HeaderName, Method, Response, TransactionId, call_id_of, from_tag_of, reply, to_tag_of};

/// RFC 3326: another device of the same user took the call.
pub(super) const ELSEWHERE: &str = "SIP;cause=200;text=\"Call completed elsewhere\"";

impl Edge {
    pub(super) fn on_response(&mut self, turn: &mut Turn, tx: TransactionId, resp: Response) {
        let Some(id) = self.forks.of_branch(tx) else { return };
        match resp.status.code() {
            100 => {}
            101..200 => match self.forks.offer_of(tx) {
                Some(offer) => self.on_offer_rings(turn, id, offer),
                // It rings for the caller already, or no more.
                None if self.forks.branch_mut(tx).is_some_and(|branch| branch.is_aside) => {}
                None => self.on_provisional(turn, id, &resp),
            },
            200..300 => self.on_success(turn, id, tx, resp),
            _ => self.on_failure(turn, id, tx, BranchEnd::Response(Box::new(resp))),
        }
    }

    /// No final response in time (Timers B and F, or after CANCEL).
    pub(super) fn on_silence(&mut self, turn: &mut Turn, tx: TransactionId) {
        if let Some(id) = self.forks.of_branch(tx) {
            self.on_failure(turn, id, tx, BranchEnd::Silent);
        }
    }

    /// The flow of a transaction is gone: a device's, or the caller's.
    pub(super) fn on_lost(&mut self, turn: &mut Turn, tx: TransactionId) {
        if let Some(id) = self.forks.of_branch(tx) {
            if !self.park_lost_bye(turn, id, tx) {
                self.on_failure(turn, id, tx, BranchEnd::Lost);
            }
            return;
        }
        let Some(id) = self.forks.of_server(tx) else { return };
        // A BYE that waits for its party is worth more than the answer to it.
        let Some(fork) = self.forks.get_mut(id).filter(|f| f.phase.is_open() && !f.is_parked()) else { return };
        Self::tell_left(turn, fork);
        fork.phase = Phase::Orphaned;
        let call = fork.call;
        self.forks.clear_deadline(id);
        self.cancel_branches(turn, id, None);
        if let Some(key) = call {
            turn.tell(|events| self.calls.failed(key, 487, events));
        }
        self.forks.drop_if_over(id);
    }

    /// It rang for too long (Timer C, §16.8), or the party that a BYE waited for did not come back.
    pub(super) fn time_is_up(&mut self, turn: &mut Turn, id: ForkId) {
        let Some(fork) = self.forks.get_mut(id).filter(|f| f.phase == Phase::Waiting) else { return };
        if !fork.branches.is_empty() {
            fork.phase = Phase::TimedOut;
            self.cancel_branches(turn, id, None);
        }
        self.forks.forget_parked(id);
        self.conclude(turn, id);
    }

    /// Gives the caller the best final response once every branch has one.
    pub(super) fn conclude(&mut self, turn: &mut Turn, id: ForkId) {
        let Some(fork) = self.forks.get_mut(id).filter(|f| f.phase.is_open() && f.is_decided()) else { return };
        let tag = self.core.token();
        let response = final_response(fork, &tag);
        let code = response.status.code();
        if self.goes_to_box(turn, id, code) {
            return;
        }
        let Some(fork) = self.forks.get_mut(id) else { return };
        fork.phase = Phase::Refused;
        let (server, call) = (fork.server, fork.call);
        self.forks.clear_deadline(id);
        turn.todo.extend(self.core.respond(turn.now, server, response));
        if let Some(key) = call {
            turn.tell(|events| self.calls.failed(key, code, events));
        }
        self.forks.drop_if_over(id);
    }

    pub(super) fn cancel_branches(&mut self, turn: &mut Turn, id: ForkId, reason: Option<&str>) {
        let Some(fork) = self.forks.get(id) else { return };
        let open: Vec<TransactionId> = fork.branches.iter().filter(|b| b.end.is_none()).map(|b| b.tx).collect();
        for tx in open {
            turn.todo.extend(self.core.cancel(turn.now, tx, reason));
        }
    }

    /// A party came back: what waited for it goes there now.
    pub(super) fn deliver_parked(&mut self, turn: &mut Turn, key: &ContactKey, flow: base::FlowId) {
        for id in self.forks.unpark(key) {
            if self.forks.get(id).is_some_and(|f| f.phase == Phase::Waiting) {
                self.forks.clear_deadline(id);
                self.send_copy(turn, id, super::requests::Hop { flow, uri: None });
                self.conclude(turn, id);
            }
        }
    }

    fn on_provisional(&mut self, turn: &mut Turn, id: ForkId, resp: &Response) {
        let Some(fork) = self.forks.get_mut(id).filter(|f| f.phase == Phase::Waiting) else { return };
        let first = !std::mem::replace(&mut fork.rang, true);
        let (server, call, upward) = (fork.server, fork.call, towards_caller(fork, resp));
        turn.todo.extend(self.core.respond(turn.now, server, upward));
        if let (true, Some(key)) = (first, call) {
            turn.tell(|events| self.calls.ringing(key, events));
        }
    }

    /// Every 2xx goes to the caller, repeated ones and those of a second branch as well (§16.7 step 5). The first one
    /// ends the other branches.
    pub(super) fn on_success(&mut self, turn: &mut Turn, id: ForkId, tx: TransactionId, resp: Response) {
        let Some(fork) = self.forks.get_mut(id) else { return };
        let nobody_waits = match fork.phase {
            Phase::Refused | Phase::Orphaned => true,
            // Whoever made a call and heard the 2xx acknowledges it from the next flow. In a call that stands, the 2xx or its
            // ACK may have gone down with the flow, and the callee must not wait for it until it gives the call up.
            Phase::Answered => fork.call.is_none() && !self.flows.contains_key(&fork.from),
            Phase::Waiting | Phase::Cancelled | Phase::TimedOut | Phase::Declined => false,
        };
        if nobody_waits {
            let is_invite = fork.request.method == Method::Invite;
            self.end_branch(tx, BranchEnd::Silent);
            if is_invite {
                self.end_unwanted(turn, tx, &resp);
            }
            return self.forks.drop_if_over(id);
        }
        let first = fork.phase != Phase::Answered;
        let offer = self.forks.offer_of(tx);
        let Some(fork) = self.forks.get_mut(id) else { return };
        fork.phase = Phase::Answered;
        let (server, call, upward) = (fork.server, fork.call, towards_caller(fork, &resp));
        turn.todo.extend(self.core.respond(turn.now, server, upward));
        self.end_branch(tx, BranchEnd::Response(Box::new(resp)));
        if first {
            if let Some(offer) = offer {
                self.on_offer_taken(turn, id, offer);
            } else {
                self.on_picked_up(turn, call, tx);
            }
            self.forks.clear_deadline(id);
            self.cancel_branches(turn, id, Some(ELSEWHERE));
            match call {
                Some(key) => turn.tell(|events| self.calls.answered(key, events)),
                None => self.on_dialog_alive(turn, id, tx),
            }
        }
        self.forks.drop_if_over(id);
    }

    /// A colleague took the call, which is theirs from now on.
    fn on_picked_up(&mut self, turn: &mut Turn, call: Option<CallKey>, tx: TransactionId) {
        let user = self.forks.branch_mut(tx).filter(|branch| branch.is_aside).and_then(|branch| branch.user.clone());
        if let (Some(key), Some(user)) = (call, user) {
            turn.tell(|events| self.calls.moves(key, &user, events));
        }
    }

    /// Both ends of a dialog agree that it stands. When this server was started anew meanwhile, that is how it learns of the call: who is in
    /// it is on a call, and no queue asks them.
    fn on_dialog_alive(&mut self, turn: &mut Turn, id: ForkId, tx: TransactionId) {
        let Some(fork) = self.forks.get(id) else { return };
        if !matches!(fork.request.method, Method::Invite | Method::Update) {
            return;
        }
        let headers = &fork.request.headers;
        let (Some(call_id), Some(ours), Some(theirs)) = (call_id_of(headers), from_tag_of(headers), to_tag_of(headers))
        else {
            return;
        };
        let to = fork.branches.iter().find(|branch| branch.tx == tx).and_then(|branch| branch.user.as_deref());
        let from = self.flows.get(&fork.from).and_then(Flow::user);
        if let (Some(from), Some(to)) = (from, to) {
            turn.tell(|events| self.calls.found(&call_id, [&ours, &theirs], from, to, events));
        }
    }

    fn on_failure(&mut self, turn: &mut Turn, id: ForkId, tx: TransactionId, end: BranchEnd) {
        let code = end.code();
        let known = self.forks.branch_mut(tx).is_some_and(|branch| branch.end.is_some());
        self.end_branch(tx, end);
        if let Some(offer) = self.forks.offer_of(tx) {
            return if known { self.conclude(turn, id) } else { self.on_offer_failed(turn, id, offer, code) };
        }
        let is_aside = self.forks.branch_mut(tx).is_some_and(|branch| branch.is_aside);
        let Some(fork) = self.forks.get_mut(id) else { return };
        if code >= 600 && fork.phase == Phase::Waiting && !is_aside {
            fork.phase = Phase::Declined;
            let reason = format!("SIP;cause={code};text=\"Declined elsewhere\"");
            self.cancel_branches(turn, id, Some(&reason));
        }
        self.conclude(turn, id);
    }

    /// The socket of the party died under a BYE: it waits for the next one. `true` when it does.
    fn park_lost_bye(&mut self, turn: &mut Turn, id: ForkId, tx: TransactionId) -> bool {
        let Some(fork) = self.forks.get_mut(id) else { return false };
        let waits = fork.request.method == Method::Bye && fork.phase == Phase::Waiting && fork.branches.len() == 1;
        let Some(key) = ContactKey::of(&fork.request.uri).filter(|_| waits) else { return false };
        if !self.forks.park(id, key, turn.now + PARKED_FOR) {
            return false;
        }
        self.end_branch(tx, BranchEnd::Lost);
        if let Some(fork) = self.forks.get_mut(id) {
            fork.branches.clear();
        }
        true
    }

    fn end_branch(&mut self, tx: TransactionId, end: BranchEnd) {
        if let Some(branch) = self.forks.branch_mut(tx)
            && branch.end.is_none()
        {
            branch.end = Some(end);
        }
    }
}

/// A device's response as the caller gets it: with exactly the Vias of the request (§16.7 step 3).
fn towards_caller(fork: &Fork, resp: &Response) -> Response {
    let mut upward = resp.clone();
    upward.headers.remove_all(&HeaderName::Via);
    let vias: Vec<_> = fork.request.headers.get_all(&HeaderName::Via).cloned().collect();
    vias.into_iter().rev().for_each(|via| upward.headers.push_front(via));
    stripped(upward)
}

fn final_response(fork: &Fork, tag: &str) -> Response {
    if fork.phase == Phase::Cancelled {
        return reply(&fork.request, 487, Some(tag));
    }
    if let Some(code) = fork.verdict {
        return reply(&fork.request, code, Some(tag));
    }
    // What agents said is between them and the queue.
    let ends: Vec<&BranchEnd> =
        fork.branches.iter().filter(|b| b.offer.is_none() && !b.is_aside).filter_map(|b| b.end.as_ref()).collect();
    let ended_by_us = fork.phase == Phase::TimedOut;
    let codes: Vec<u16> = ends.iter().map(|e| if ended_by_us && e.code() == 487 { 408 } else { e.code() }).collect();
    let Some(index) = best(&codes) else { return reply(&fork.request, 480, Some(tag)) };
    let code = upstream(codes[index]);
    match ends[index] {
        BranchEnd::Response(resp) if resp.status.code() == code => towards_caller(fork, resp),
        _ => reply(&fork.request, code, Some(tag)),
    }
}
