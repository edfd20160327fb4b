//! Who is speaking: digest where it is needed, and the rule that one speaks for oneself only.

use base::FlowId;

use super::door::{Edge, Turn};
use super::flow::Login;
use super::gate::Check;
use super::output::{CloseReason, EdgeEvent, EdgeOutput};
use crate::core::{HeaderName, Method, Request, TransactionId, header};

/// Wrong passwords after which a flow is closed.
const MAX_FAILURES: u32 = 20;

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
        match self.gate.check(turn.now, turn.wall, &presented, req) {
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
