//! Requests of ours: what they were for, and how they are sent again after a challenge.

use base::{FlowId, Now};
use bytes::Bytes;

use super::{DialogId, Event, Output, UserAgent};
use crate::core::{
    CoreOut, HeaderName, Method, Request, Response, TransactionId, cseq_header, cseq_of, header, set_body, to_tag_of,
};
use crate::usage::{State, Tries, Verdict};

/// A request of ours that still has a transaction.
pub(super) struct Sent {
    pub(super) purpose: Purpose,
    /// As we made it: no Via, no credentials.
    request: Request,
    tries: Tries,
    /// For INVITE: the ACK of each 2xx by its To tag. The same 2xx gets the same ACK again (§13.2.2.4).
    pub(super) acks: Vec<(String, Bytes)>,
}

/// What a request of ours is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Register {
        round: u64,
    },
    Invite(DialogId),
    Reinvite(DialogId),
    Update(DialogId),
    Bye(DialogId),
    Refer(DialogId),
    /// INFO with a leave to supervise.
    Supervise(DialogId),
    /// A report about their REFER.
    Notify(DialogId),
    /// A BYE that nobody waits for: for a late fork, or for a dialog that died.
    Farewell,
}

/// The methods we understand, for Allow.
pub(super) const ALLOW: &str = "INVITE, ACK, CANCEL, BYE, UPDATE, INFO, REFER, NOTIFY, OPTIONS";
/// Extensions that we understand (RFC 3891, RFC 4488), for Supported.
const SUPPORTED: &str = "replaces, norefersub";
pub(super) const SDP: &str = "application/sdp";

/// The flow number that is never up.
const NOWHERE: FlowId = FlowId(0);

impl UserAgent {
    /// Signs and sends a request. Note the transaction in the usage's state before obeying what comes with it.
    pub(super) fn send(&mut self, now: Now, request: Request, purpose: Purpose) -> (TransactionId, Vec<CoreOut>) {
        self.send_try(now, request, purpose, Tries::default())
    }

    fn send_try(
        &mut self,
        now: Now,
        request: Request,
        purpose: Purpose,
        tries: Tries,
    ) -> (TransactionId, Vec<CoreOut>) {
        let mut signed = request.clone();
        self.keyring.sign(&mut self.chance, &mut signed);
        let (tx, wanted) = self.core.send_request(now, self.flow.unwrap_or(NOWHERE), signed);
        self.sent.insert(tx, Sent { purpose, request, tries, acks: Vec::new() });
        (tx, wanted)
    }

    /// Adds what every request and response of ours carries beside its purpose.
    pub(super) fn introduce(&self, request: &mut Request) {
        request.headers.push(header(HeaderName::UserAgent, self.config.user_agent.clone()));
    }

    /// Contact, Allow and Supported: for whatever makes or refreshes a dialog.
    pub(super) fn reachable(&self, headers: &mut crate::core::Headers) {
        headers.push(header(HeaderName::Contact, self.contact.clone()));
        headers.push(header(HeaderName::Allow, ALLOW));
        headers.push(header(HeaderName::Supported, SUPPORTED));
    }

    pub(super) fn with_sdp(request: &mut Request, sdp: String) {
        set_body(&mut request.headers, SDP, sdp.len());
        request.set_body(Bytes::from(sdp));
    }

    /// A response to a request of ours.
    pub(super) fn response(&mut self, now: Now, tx: TransactionId, response: &Response, out: &mut Vec<Output>) {
        let Some(purpose) = self.sent.get(&tx).map(|s| s.purpose) else { return };
        let code = response.status.code();
        let mut verdict = None;
        if matches!(code, 401 | 407) && !self.gives_up(purpose) {
            match self.challenged(now, tx, response, out) {
                Verdict::Again => return,
                other => verdict = Some(other),
            }
        }
        match purpose {
            Purpose::Register { round } => self.register_answered(now, round, response, verdict, out),
            Purpose::Invite(id) => self.invite_answered(now, id, tx, response, out),
            Purpose::Reinvite(id) => self.reinvite_answered(now, id, tx, response, out),
            Purpose::Update(id) => self.update_answered(now, id, code, &response.headers, out),
            Purpose::Bye(id) if code >= 200 => self.bye_done(id, out),
            Purpose::Supervise(id) => self.supervision_changed(id, code, out),
            Purpose::Refer(id) => self.refer_answered(now, id, code, &response.headers, out),
            Purpose::Notify(id) => self.notify_answered(id, code),
            Purpose::Bye(_) | Purpose::Farewell => {}
        }
    }

    /// No response: `code` is 408 for silence and 503 for a lost flow (RFC 3261 §8.1.3.1). Server transactions come here too.
    pub(super) fn unanswered(&mut self, now: Now, tx: TransactionId, code: u16, out: &mut Vec<Output>) {
        let Some(purpose) = self.sent.get(&tx).map(|s| s.purpose) else {
            return self.caller_lost(tx, code, out);
        };
        match purpose {
            Purpose::Register { round } => self.register_unanswered(round, code, out),
            Purpose::Invite(id) => self.invite_unanswered(id, tx, code, out),
            Purpose::Reinvite(id) => self.reinvite_failed(now, id, code, out),
            Purpose::Update(id) => self.update_failed(now, id, out),
            Purpose::Bye(id) => self.bye_unanswered(id, code, out),
            Purpose::Supervise(id) => self.supervision_changed(id, code, out),
            Purpose::Refer(id) => self.refer_failed(now, id, code, out),
            // The call itself says whether they are still there.
            Purpose::Notify(_) | Purpose::Farewell => {}
        }
    }

    /// ACK for the 2xx to INVITE `tx`, kept for its repetitions. `ack` is built by the dialog.
    pub(super) fn acknowledge(&mut self, tx: TransactionId, tag: String, ack: Request, out: &mut Vec<Output>) {
        let Some(flow) = self.flow else { return };
        let (bytes, _) = self.core.send_ack(flow, ack);
        if let Some(sent) = self.sent.get_mut(&tx) {
            sent.acks.push((tag, bytes.clone()));
        }
        Self::send_bytes(bytes, out);
    }

    /// Sends the ACK of a 2xx again. False when this 2xx is new.
    pub(super) fn acknowledge_again(&mut self, tx: TransactionId, response: &Response, out: &mut Vec<Output>) -> bool {
        let tag = to_tag_of(&response.headers).unwrap_or_default();
        let known = self.sent.get(&tx).and_then(|s| s.acks.iter().find(|(t, _)| *t == tag));
        let Some((_, ack)) = known else { return false };
        self.repeated_answers += 1;
        Self::send_bytes(ack.clone(), out);
        true
    }

    /// The INVITE as it was sent, credentials included.
    pub(super) fn sent_request(&self, tx: TransactionId) -> Option<Request> {
        self.core.request_of(tx).cloned()
    }

    fn challenged(&mut self, now: Now, tx: TransactionId, response: &Response, out: &mut Vec<Output>) -> Verdict {
        let Some(sent) = self.sent.get_mut(&tx) else { return Verdict::Unreadable };
        let verdict = self.keyring.challenged(&mut sent.tries, &response.headers);
        if verdict != Verdict::Again {
            return verdict;
        }
        let (purpose, tries, mut request) = (sent.purpose, sent.tries.clone(), sent.request.clone());
        let method = request.method.clone();
        let number = cseq_of(&request.headers).map_or(1, |(n, _)| n).saturating_add(1);
        request.headers.remove_all(&HeaderName::CSeq);
        request.headers.push(cseq_header(number, &method));
        self.numbered(purpose, number);
        let (again, wanted) = self.send_try(now, request, purpose, tries);
        if let (Purpose::Invite(id), Method::Invite) = (purpose, method)
            && let Some(State::Inviting { tx, forks, .. }) = self.calls.get_mut(&id).map(|c| &mut c.state)
        {
            *tx = again;
            forks.clear();
        }
        self.obey(now, wanted, out);
        Verdict::Again
    }

    /// The number is used up for whoever counts.
    fn numbered(&mut self, purpose: Purpose, number: u32) {
        match purpose {
            Purpose::Register { .. } => self.registration.cseq = self.registration.cseq.max(number),
            Purpose::Reinvite(id)
            | Purpose::Update(id)
            | Purpose::Bye(id)
            | Purpose::Refer(id)
            | Purpose::Supervise(id)
            | Purpose::Notify(id) => {
                if let (Purpose::Refer(_), Some(referring)) = (purpose, self.referring.get_mut(&id)) {
                    referring.cseq = number;
                }
                if let Some(dialog) = self.calls.get_mut(&id).and_then(|c| c.dialog_mut()) {
                    dialog.used(number);
                }
            }
            // The dialog takes its first number from the INVITE that was answered.
            Purpose::Invite(_) | Purpose::Farewell => {}
        }
    }

    /// The user has lost interest: a challenge is as good as a refusal.
    fn gives_up(&self, purpose: Purpose) -> bool {
        match purpose {
            Purpose::Invite(id) => {
                !matches!(self.calls.get(&id).map(|c| &c.state), Some(State::Inviting { leaving: false, .. }))
            }
            Purpose::Register { round } => round != self.registration.round,
            Purpose::Reinvite(_)
            | Purpose::Update(_)
            | Purpose::Bye(_)
            | Purpose::Refer(_)
            | Purpose::Supervise(_)
            | Purpose::Notify(_)
            | Purpose::Farewell => false,
        }
    }

    /// The call is over and forgotten.
    pub(super) fn over(&mut self, id: DialogId, event: Event, out: &mut Vec<Output>) {
        if self.calls.remove(&id).is_some() {
            self.forget_refers(id);
            Self::tell(event, out);
        }
    }
}
