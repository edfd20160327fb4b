//! A phone answered an INVITE while its connection broke: it repeats the 2xx on its next one (RFC 3261 §13.3.1.4), where
//! no transaction knows it, since those ended with the old flow.
//!
//! So the edge remembers the branches of INVITEs that were lost with their flow for as long as a 2xx may be repeated. One
//! that names such a branch in its Via, on a flow of the same user, is taken as if the old flow had brought it: it goes to
//! the caller, who acknowledges it once more, or it is ended when nobody waits for it (see `orphan`).

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use base::{FlowId, Now};

use super::door::{Edge, Turn};
use super::flow::Flow;
use crate::core::{Method, Request, Response, T1, TransactionId, Via, cseq_of};

/// A 2xx without ACK is repeated for so long.
const REPEATED_FOR: Duration = T1.saturating_mul(64);

/// Branches whose flow is gone, by their Via. As many at most as there are forks.
#[derive(Default)]
pub(super) struct Stranded {
    by_via: HashMap<Vec<u8>, TransactionId>,
    in_order: VecDeque<(Now, Vec<u8>)>,
}

impl Stranded {
    fn keep(&mut self, now: Now, via: Vec<u8>, tx: TransactionId) {
        self.in_order.push_back((now + REPEATED_FOR, via.clone()));
        self.by_via.insert(via, tx);
    }

    /// Takes the next one for which nothing can come any more.
    pub(super) fn take_due(&mut self, now: Now) -> Option<TransactionId> {
        let (_, via) = self.in_order.pop_front_if(|(until, _)| *until <= now)?;
        self.by_via.remove(&via)
    }

    pub(super) fn next_deadline(&self) -> Option<Now> {
        self.in_order.front().map(|(until, _)| *until)
    }
}

impl Edge {
    /// A transaction is over and forgotten; a branch that went with its flow is remembered.
    pub(super) fn on_terminated(&mut self, turn: &mut Turn, tx: TransactionId) {
        let fork = self.forks.of_branch(tx).and_then(|id| self.forks.get(id));
        let is_invite = fork.is_some_and(|fork| fork.request.method == Method::Invite);
        match self.forks.branch_mut(tx) {
            Some(branch) if is_invite && !self.flows.contains_key(&branch.flow) => {
                self.stranded.keep(turn.now, branch.via.clone(), tx);
            }
            _ => self.forks.branch_ended(tx),
        }
    }

    /// A response that fits no transaction. The core has counted it.
    pub(super) fn on_stray(&mut self, turn: &mut Turn, flow: FlowId, resp: Response) {
        let to_invite = cseq_of(&resp.headers).is_some_and(|(_, method)| method == Method::Invite);
        if !to_invite || !(200..300).contains(&resp.status.code()) {
            return;
        }
        let Some(Ok(via)) = resp.headers.typed::<Via>() else { return };
        let Some(tx) = via.branch().and_then(|branch| self.stranded.by_via.get(branch)).copied() else { return };
        let Some(id) = self.forks.of_branch(tx) else { return };
        let user = self.flows.get(&flow).and_then(Flow::user);
        let Some(branch) = self.forks.branch_mut(tx).filter(|b| user.is_some() && b.user.as_deref() == user) else {
            return;
        };
        branch.flow = flow;
        self.on_success(turn, id, tx, resp);
    }
}

/// What the answers to a request of ours have in their topmost Via.
pub(super) fn via_of(request: Option<&Request>) -> Vec<u8> {
    let via = request.and_then(|request| request.headers.typed::<Via>()?.ok());
    via.and_then(|via| via.branch().map(<[u8]>::to_vec)).unwrap_or_default()
}
