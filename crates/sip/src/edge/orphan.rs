//! A phone answered a call that nobody waits for any more: the caller's connection died, or time was up a moment before.
//!
//! A textbook proxy would pass the 2xx upstream and leave the rest to the caller. Here the caller cannot hear it, and the
//! phone would sit in a dead call for 32 s, so the edge acknowledges and ends the call in the caller's name.
//!
//! A re-INVITE is another matter: the call stands and lives by its media. There the edge only acknowledges, so that the
//! phone does not end the call for want of ACK (RFC 3261 §13.3.1.4); the caller offers anew when it is back.

use super::door::{Edge, Turn};
use crate::core::{
    Contact, Header, HeaderName, Method, Request, Response, TransactionId, cseq_header, cseq_of, header, request,
};

impl Edge {
    /// Sends ACK for this 2xx, and BYE if it was the first of a branch that would have begun a call.
    pub(super) fn end_unwanted(&mut self, turn: &mut Turn, tx: TransactionId, resp: &Response) {
        let Some(fork) = self.forks.of_branch(tx).and_then(|id| self.forks.get(id)) else { return };
        let begins_call = fork.call.is_some();
        if !begins_call && fork.request.body().is_empty() {
            return; // The offer is in the 2xx and its answer would be in the ACK (§13.2.1): only the caller can write that.
        }
        let Some(branch) = self.forks.branch_mut(tx) else { return };
        let (flow, again) = (branch.flow, std::mem::replace(&mut branch.ended_by_us, true));
        let Some(ack) = in_dialog(resp, Method::Ack, 0) else { return };
        let (_, sent) = self.core.send_ack(flow, ack);
        turn.todo.push_back(sent);
        if let (true, false, Some(mut bye)) = (begins_call, again, in_dialog(resp, Method::Bye, 1)) {
            bye.headers.push(header(HeaderName::Reason, "SIP;cause=487;text=\"Caller is gone\""));
            let (_, sent) = self.core.send_request(turn.now, flow, bye);
            turn.todo.extend(sent);
        }
    }
}

/// A request in the dialog that this 2xx made, in the caller's direction. The device is our neighbour, so no Route is needed.
fn in_dialog(resp: &Response, method: Method, later: u32) -> Option<Request> {
    let contact = resp.headers.typed::<Contact>()?.ok()?;
    let (number, _) = cseq_of(&resp.headers)?;
    let mut req = request(method.clone(), contact.uri.clone());
    for name in [HeaderName::From, HeaderName::To, HeaderName::CallId] {
        let row: Header = resp.headers.get(&name)?.clone();
        req.headers.push(row);
    }
    req.headers.push(cseq_header(number.checked_add(later)?, &method));
    Some(req)
}
