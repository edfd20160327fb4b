//! Who is speaking: digest where it is needed, and the rule that one speaks for oneself only.

use std::net::IpAddr;

use base::FlowId;
use bytes::Bytes;

use super::door::{Edge, Turn};
use super::flow::Login;
use super::gate::Check;
use super::output::{CloseReason, EdgeEvent, EdgeOutput};
use crate::core::{HeaderName, Method, Request, TransactionId, header, reply};

/// Wrong passwords after which a flow is closed.
const MAX_FAILURES: u32 = 20;

/// Reason phrase of the 403 to somebody who is who they say, in a network from which they may not come (EC-09).
pub const NOT_FROM_HERE: &str = "Not From This Network";

impl Edge {
    /// Who sent this, or `None` when it has been answered: challenged, or refused because `claimed` is somebody else.
    /// In a dialog (`claimed` is `None`) anyone who was ever proven will do.
    pub(super) fn authorise(
        &mut self,
        turn: &mut Turn,
        tx: TransactionId,
        flow: FlowId,
        req: &Request,
        claimed: Option<&str>,
    ) -> Option<String> {
        let state = self.flows.get_mut(&flow)?;
        if let Some(user) = state.trusted_as.clone() {
            return self.only_if(turn, tx, flow, req, claimed, user);
        }
        let Some(presented) = self.gate.presented(&req.headers) else {
            let who = if claimed.is_none() && state.is_known() {
                state.login.as_ref().map(|l| l.user.clone())
            } else {
                state.is_now(turn.wall).filter(|user| claimed.is_none_or(|c| c == *user)).map(str::to_owned)
            };
            if who.is_none() {
                self.challenge(turn, tx, req, false);
            }
            return who;
        };
        let check = match self.gate.check(turn.now, turn.wall, &presented, req) {
            Check::Valid { user, until } if self.void_until.get(&user).is_some_and(|void| until <= *void) => {
                Check::Wrong { claimed: user }
            }
            check => check,
        };
        match check {
            Check::Valid { user, .. } if !self.known.contains(&user) => {
                self.refuse(turn, tx, req, 403, Vec::new());
                None
            }
            Check::Valid { user, until } => {
                state.failures = 0;
                state.login = Some(Login { user: user.clone(), until });
                self.only_if(turn, tx, flow, req, claimed, user)
            }
            Check::Stale => {
                self.challenge(turn, tx, req, true);
                None
            }
            Check::Wrong { claimed } => {
                state.failures += 1;
                let enough = state.failures == MAX_FAILURES;
                state.closing |= enough;
                turn.out.push(EdgeOutput::Event(EdgeEvent::AuthFailed { user: short(&claimed), flow }));
                self.challenge(turn, tx, req, false);
                if enough {
                    turn.out.push(EdgeOutput::Close { flow, why: CloseReason::Guessing });
                }
                None
            }
        }
    }

    /// May this user register and call over this connection? Services of ours may.
    pub(super) fn may_come_from(&self, flow: FlowId, user: &str) -> bool {
        let Some(networks) = self.networks.get(user) else { return true };
        let Some(state) = self.flows.get(&flow) else { return false };
        let is_inside = |peer: IpAddr| networks.iter().any(|network| network.contains(&peer));
        state.trusted_as.is_some() || state.peer.is_some_and(is_inside)
    }

    /// The credentials were right, the place is not: in words of its own, so that the phone can say so.
    pub(super) fn refuse_place(&mut self, turn: &mut Turn, tx: TransactionId, req: &Request) {
        let tag = self.core.token();
        let mut response = reply(req, 403, Some(&tag));
        response.reason = Bytes::from_static(NOT_FROM_HERE.as_bytes());
        turn.todo.extend(self.core.respond(turn.now, tx, response));
    }

    fn only_if(
        &mut self,
        turn: &mut Turn,
        tx: TransactionId,
        flow: FlowId,
        req: &Request,
        claimed: Option<&str>,
        user: String,
    ) -> Option<String> {
        if claimed.is_none_or(|c| c == user) {
            return Some(user);
        }
        turn.out.push(EdgeOutput::Event(EdgeEvent::AuthFailed { user: short(claimed.unwrap_or_default()), flow }));
        self.refuse(turn, tx, req, 403, Vec::new());
        None
    }

    fn challenge(&mut self, turn: &mut Turn, tx: TransactionId, req: &Request, stale: bool) {
        let (code, name) = match req.method {
            Method::Register => (401, HeaderName::WwwAuthenticate),
            _ => (407, HeaderName::ProxyAuthenticate),
        };
        let rows = self.gate.challenges(turn.now, stale).map(|value| header(name.clone(), value));
        self.refuse(turn, tx, req, code, rows.to_vec());
    }
}

/// What a stranger claims to be, short enough for a log.
fn short(user: &str) -> String {
    user.chars().take(64).collect()
}
