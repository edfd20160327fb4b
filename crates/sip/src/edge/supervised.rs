//! Supervisors on their way to the phones of agents. A leave to supervise is judged here, so that nobody rings anywhere with one that is
//! worth nothing, and a second time by the agent's phone. With one that is good no status keeps the call away, and it is told to nobody
//! as a call.

use base::{FlowId, WallMs};

use super::door::{Edge, Turn};
use super::fork::Fork;
use super::output::{EdgeEvent, EdgeOutput};
use super::requests::Hop;
use crate::core::{HeaderName, Method, Request, To, TransactionId, Uri, call_id_of, from_tag_of, header, to_tag_of};
use crate::usage::{SuperviseToken, strip_supervise, supervise_key, supervise_of};

/// Leaves that are remembered as used; honest supervisors never come near.
const MOST_SPENT: usize = 4096;

/// Why a leave to supervise is worth nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SuperviseFault {
    /// We have not signed it, or it is not for this agent.
    Forged,
    /// It was given to somebody else.
    NotTheirs,
    /// Its time is over.
    Expired,
    /// It was used before.
    Used,
    /// The call that it is for does not run, or is not this agent's.
    NoCall,
}

base::codes! {
    SuperviseFault {
        Forged = "forged",
        NotTheirs = "not-theirs",
        Expired = "expired",
        Used = "used",
        NoCall = "no-call",
    }
}

impl Edge {
    /// Call-ID of the call on which somebody talks, and with whom, for whoever gives leave to supervise it.
    #[must_use]
    pub fn talk_of(&self, user: &str) -> Option<(&str, &str)> {
        self.calls.talk_of(user)
    }

    /// INVITE with a leave, `from` to `to`.
    pub(super) fn on_supervise(
        &mut self,
        turn: &mut Turn,
        tx: TransactionId,
        flow: FlowId,
        req: Request,
        (from, to): (&str, &str),
    ) {
        if req.method != Method::Invite {
            return self.refuse(turn, tx, &req, 403, Vec::new());
        }
        let Some(token) = self.judged(turn, tx, &req, (from, to)) else { return };
        let devices = self.location.of_user(to).iter().filter(|b| b.expires_at > turn.now && b.flow != flow);
        let hops: Vec<Hop> = devices.map(|b| Hop { flow: b.flow, uri: Uri::parse(b.contact.clone()).ok() }).collect();
        if hops.is_empty() {
            return self.refuse(turn, tx, &req, 480, Vec::new());
        }
        if self.forks.len() >= self.config.max_forks {
            return self.refuse(turn, tx, &req, 503, vec![header(HeaderName::RetryAfter, "5")]);
        }
        let mut fork = Fork::new(tx, flow, req, None);
        let _ = self.routes.take(&mut fork.request.headers, "");
        let headers = &fork.request.headers;
        let name = (call_id_of(headers).unwrap_or_default(), from_tag_of(headers).unwrap_or_default());
        let calls = &mut self.calls;
        turn.tell(|events| fork.call = Some(calls.supervise((&name.0, &name.1), (from, to), token.mode, events)));
        self.forward(turn, fork, hops);
    }

    /// INFO with a leave. `false`: it has been answered. One that changes nothing travels on without it.
    pub(super) fn may_change_supervision(
        &mut self,
        turn: &mut Turn,
        tx: TransactionId,
        req: &mut Request,
        from: &str,
    ) -> bool {
        if req.method != Method::Info {
            strip_supervise(&mut req.headers);
            return true;
        }
        let to = req.headers.typed::<To>().and_then(Result::ok).and_then(|to| self.our_user(&to.uri));
        let Some(token) = self.judged(turn, tx, req, (from, &to.unwrap_or_default())) else { return false };
        let call_id = call_id_of(&req.headers).unwrap_or_default();
        let tags = [from_tag_of(&req.headers), to_tag_of(&req.headers)];
        turn.tell(|events| self.calls.supervise_differently(&call_id, tags, token.mode, events));
        true
    }

    /// The leave that came with a request, spent by this. `None`: it was worth nothing, and the request has been answered.
    fn judged(
        &mut self,
        turn: &mut Turn,
        tx: TransactionId,
        req: &Request,
        (from, to): (&str, &str),
    ) -> Option<SuperviseToken> {
        match self.judge(turn.wall, &supervise_of(&req.headers).unwrap_or_default(), from, to) {
            Ok(token) => {
                self.spent.insert(token.id.clone(), token.until);
                Some(token)
            }
            Err(why) => {
                let refused = EdgeEvent::SuperviseRefused { by: from.to_owned(), of: to.to_owned(), why };
                turn.out.push(EdgeOutput::Event(refused));
                let code = if why == SuperviseFault::NoCall { 480 } else { 403 };
                self.refuse(turn, tx, req, code, Vec::new());
                None
            }
        }
    }

    fn judge(&mut self, wall: WallMs, signed: &str, from: &str, to: &str) -> Result<SuperviseToken, SuperviseFault> {
        let key = supervise_key(&self.config.ephemeral_secret, to);
        let token = SuperviseToken::read(signed, &key).filter(|token| token.of == to).ok_or(SuperviseFault::Forged)?;
        self.spent.retain(|_, until| *until > wall);
        if token.by != from {
            Err(SuperviseFault::NotTheirs)
        } else if token.until <= wall {
            Err(SuperviseFault::Expired)
        } else if self.spent.contains_key(&token.id) || self.spent.len() >= MOST_SPENT {
            Err(SuperviseFault::Used)
        } else if !self.calls.is_talk_of(&token.call, to) {
            Err(SuperviseFault::NoCall)
        } else {
            Ok(token)
        }
    }
}
