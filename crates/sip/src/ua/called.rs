//! Requests from outside dialogs, and the called side of INVITE (RFC 3261 §8.2, §9.2, §13.3).

use base::Now;
use bytes::Bytes;

use super::sending::{ALLOW, SDP};
use super::{DialogId, Event, Output, UserAgent};
use crate::core::{
    Contact, HeaderName, Message, Method, Request, Response, TransactionId, call_id_of, complete_length, cseq_of,
    from_tag_of, header, reason_cause, reply, sdp_body, set_body, text, to_tag_of, tokens,
};
use crate::dialog::{Dialog, caller, caller_in};
use crate::usage::{Call, RING_AGAIN, Reoffer, State, TargetRefresh, Unacked, pickup_of, queue_of, supervise_of};

/// Call legs at a time; further callers hear 486.
const MAX_CALLS: usize = 32;

impl UserAgent {
    /// Says that it rings (180). Repeated every minute by [`UserAgent::tick`].
    pub fn ring(&mut self, now: Now, id: DialogId) -> Vec<Output> {
        let mut out = Vec::new();
        let Some(call) = self.calls.get_mut(&id) else { return out };
        let State::Incoming { tx, request, ring_again_at } = &mut call.state else { return out };
        *ring_again_at = Some(now + RING_AGAIN);
        let (tx, mut ringing) = (*tx, reply(request, 180, Some(&call.local_tag)));
        self.reachable(&mut ringing.headers);
        let wanted = self.core.respond(now, tx, ringing);
        self.obey(now, wanted, &mut out);
        out
    }

    /// Takes the call: 200 with `sdp`, repeated until ACK (§13.3.1.4). [`Event::Confirmed`] follows; without ACK in 32 s
    /// the call ends with BYE and [`Event::Ended`].
    pub fn answer(&mut self, now: Now, id: DialogId, sdp: String) -> Vec<Output> {
        let mut out = Vec::new();
        let Some(call) = self.calls.get(&id) else { return out };
        let State::Incoming { tx, request, .. } = &call.state else { return out };
        let Some(dialog) = Dialog::of_callee(request, &call.local_tag) else { return out };
        let (tx, offered) = (*tx, request.body().is_empty());
        let cseq = cseq_of(&request.headers).map_or(0, |(number, _)| number);
        let ok = self.ok_with_sdp(request, Some(&call.local_tag), sdp);
        let unacked = Unacked::new(now, Message::Response(ok.clone()).to_bytes(), cseq, offered);
        if let Some(call) = self.calls.get_mut(&id) {
            call.state = State::Answered { dialog: Box::new(dialog), unacked, leaving: false };
        }
        let wanted = self.core.respond(now, tx, ok);
        self.obey(now, wanted, &mut out);
        out
    }

    /// A request that made a new server transaction.
    pub(super) fn request(&mut self, now: Now, tx: TransactionId, request: Request, out: &mut Vec<Output>) {
        if request.method == Method::Cancel {
            return self.cancelled(now, tx, &request, out);
        }
        let mut unknown = tokens(&request.headers, &HeaderName::Require);
        unknown.retain(|token| !Self::fulfils(&request, token));
        if !unknown.is_empty() {
            let mut refusal = reply(&request, 420, Some(&self.core.token()));
            refusal.headers.push(header(HeaderName::Unsupported, unknown.join(", ")));
            return self.respond(now, tx, refusal, out);
        }
        if to_tag_of(&request.headers).is_some() {
            return self.inside(now, tx, request, out);
        }
        match request.method {
            Method::Invite => self.invited(now, tx, request, out),
            Method::Options => self.describe(now, tx, &request, out),
            Method::Bye | Method::Update | Method::Prack => self.respond_code(now, tx, &request, 481, out),
            _ => self.not_allowed(now, tx, &request, out),
        }
    }

    /// ACK for a 2xx of ours. Others mean nothing to us.
    pub(super) fn acknowledged(&mut self, now: Now, ack: &Request, out: &mut Vec<Output>) {
        let Some(id) = self.find(ack) else { return };
        let number = cseq_of(&ack.headers).map(|(number, _)| number);
        let answer = sdp_body(&ack.headers, ack.body());
        let Some(call) = self.calls.get_mut(&id) else { return };
        match &mut call.state {
            State::Answered { unacked, leaving: true, .. } if number == Some(unacked.cseq) => {
                self.say_bye(now, id, out)
            }
            State::Answered { unacked, dialog, .. } if number == Some(unacked.cseq) => {
                let (dialog, offered) = (dialog.clone(), unacked.offered);
                call.state = State::Confirmed { dialog, reoffer: Reoffer::Idle, refresh: TargetRefresh::None };
                Self::tell(Event::Confirmed { id }, out);
                if offered {
                    Self::tell(Event::ReofferAnswered { id, answer }, out);
                }
            }
            State::Confirmed { reoffer, .. } => match reoffer {
                Reoffer::Answered(unacked) if number == Some(unacked.cseq) => {
                    let offered = unacked.offered;
                    *reoffer = Reoffer::Idle;
                    if offered {
                        Self::tell(Event::ReofferAnswered { id, answer }, out);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// A server transaction ended without us: its flow went (503), or no ACK came for a refusal (408, of no interest).
    pub(super) fn caller_lost(&mut self, tx: TransactionId, code: u16, out: &mut Vec<Output>) {
        if code != 503 {
            return;
        }
        let found = self.calls.iter_mut().find_map(|(id, call)| match &mut call.state {
            State::Incoming { tx: its, .. } if *its == tx => Some(*id),
            State::Confirmed { reoffer, .. } => {
                if matches!(reoffer, Reoffer::Asked(asked) if asked.tx == tx) {
                    *reoffer = Reoffer::Idle;
                    Self::tell(Event::WantsReoffer { id: *id }, out);
                }
                None
            }
            _ => None,
        });
        if let Some(id) = found {
            self.over(id, Event::FlowLost { id }, out);
        }
    }

    /// The call that a request inside a dialog means, by Call-ID and tags (§12.2.2).
    pub(super) fn find(&self, request: &Request) -> Option<DialogId> {
        let call_id = call_id_of(&request.headers)?;
        let (ours, theirs) = (to_tag_of(&request.headers)?, from_tag_of(&request.headers).unwrap_or_default());
        let matches = |call: &Call| {
            call.call_id == call_id
                && call.local_tag == ours
                && match &call.state {
                    State::Inviting { forks, .. } => forks.iter().any(|fork| fork.tag == theirs),
                    State::Incoming { request, .. } => from_tag_of(&request.headers).unwrap_or_default() == theirs,
                    State::Answered { dialog, .. }
                    | State::Confirmed { dialog, .. }
                    | State::Leaving { dialog, .. } => dialog.matches(&ours, &theirs),
                }
        };
        self.calls.iter().find(|(_, call)| matches(call)).map(|(id, _)| *id)
    }

    pub(super) fn respond(&mut self, now: Now, tx: TransactionId, response: Response, out: &mut Vec<Output>) {
        let wanted = self.core.respond(now, tx, response);
        self.obey(now, wanted, out);
    }

    pub(super) fn respond_code(
        &mut self,
        now: Now,
        tx: TransactionId,
        request: &Request,
        code: u16,
        out: &mut Vec<Output>,
    ) {
        let response = reply(request, code, Some(&self.core.token()));
        self.respond(now, tx, response, out);
    }

    pub(super) fn not_allowed(&mut self, now: Now, tx: TransactionId, request: &Request, out: &mut Vec<Output>) {
        let mut refusal = reply(request, 405, Some(&self.core.token()));
        refusal.headers.push(header(HeaderName::Allow, ALLOW));
        self.respond(now, tx, refusal, out);
    }

    /// OPTIONS: what we can (§11.2).
    pub(super) fn describe(&mut self, now: Now, tx: TransactionId, request: &Request, out: &mut Vec<Output>) {
        let mut ok = reply(request, 200, Some(&self.core.token()));
        self.reachable(&mut ok.headers);
        ok.headers.push(header(HeaderName::Accept, SDP));
        self.respond(now, tx, ok, out);
    }

    /// A 200 with SDP, complete to the last byte: it is repeated as it is.
    pub(super) fn ok_with_sdp(&self, request: &Request, to_tag: Option<&str>, sdp: String) -> Response {
        let mut ok = reply(request, 200, to_tag);
        self.reachable(&mut ok.headers);
        set_body(&mut ok.headers, SDP, sdp.len());
        complete_length(&mut ok.headers, sdp.len());
        ok.set_body(Bytes::from(sdp));
        ok
    }

    /// The code that says why a body cannot be an offer: 415 for another type, another encoding, or bytes that are no text.
    pub(super) fn strange_body(request: &Request) -> bool {
        let encoded = tokens(&request.headers, &HeaderName::ContentEncoding);
        let encoded = encoded.iter().any(|e| !e.eq_ignore_ascii_case("identity"));
        !request.body().is_empty() && (encoded || sdp_body(&request.headers, request.body()).is_none())
    }

    pub(super) fn unsupported_media(&mut self, now: Now, tx: TransactionId, request: &Request, out: &mut Vec<Output>) {
        let mut refusal = reply(request, 415, Some(&self.core.token()));
        refusal.headers.push(header(HeaderName::Accept, SDP));
        self.respond(now, tx, refusal, out);
    }

    fn invited(&mut self, now: Now, tx: TransactionId, request: Request, out: &mut Vec<Output>) {
        if !request.uri.scheme().is_sip() {
            return self.respond_code(now, tx, &request, 416, out);
        }
        if Self::strange_body(&request) {
            return self.unsupported_media(now, tx, &request, out);
        }
        let contact = request.headers.typed::<Contact>();
        let (Some(Ok(_)), Some(call_id)) = (contact, call_id_of(&request.headers)) else {
            return self.respond_code(now, tx, &request, 400, out);
        };
        if self.merged(&request, &call_id) {
            return self.respond_code(now, tx, &request, 482, out);
        }
        let replaces = match self.replaced(&request) {
            Ok(replaces) => replaces,
            Err(code) => return self.respond_code(now, tx, &request, code, out),
        };
        if self.calls.len() >= MAX_CALLS {
            self.turned_away += 1;
            return self.respond_code(now, tx, &request, 486, out);
        }
        let id = self.next_id();
        let from = caller(&request.headers, &self.config.aor.host);
        let referrer = text(&request.headers, &HeaderName::ReferredBy).filter(|value| value.len() <= 512);
        let referred_by = referrer.map(|value| Box::new(caller_in(&value, &self.config.aor.host)));
        let offer = sdp_body(&request.headers, request.body());
        let (queue, supervise) = (queue_of(&request.headers), supervise_of(&request.headers));
        let pickup = pickup_of(&request.headers);
        let state = State::Incoming { tx, request: Box::new(request), ring_again_at: None };
        self.calls.insert(id, Call { call_id, local_tag: self.core.token(), outgoing: false, state });
        Self::tell(Event::Invited { id, from, offer, replaces, referred_by, queue, pickup, supervise }, out);
    }

    /// The same INVITE by a second way, after a fork at a proxy (§8.2.2.2).
    fn merged(&self, request: &Request, call_id: &str) -> bool {
        let (tag, cseq) = (from_tag_of(&request.headers), cseq_of(&request.headers).map(|(n, _)| n));
        self.calls.values().filter(|call| call.call_id == call_id).any(|call| match &call.state {
            State::Incoming { request: first, .. } => {
                from_tag_of(&first.headers) == tag && cseq_of(&first.headers).map(|(n, _)| n) == cseq
            }
            State::Answered { unacked, .. } => Some(unacked.cseq) == cseq,
            State::Inviting { .. } | State::Confirmed { .. } | State::Leaving { .. } => false,
        })
    }

    fn cancelled(&mut self, now: Now, tx: TransactionId, cancel: &Request, out: &mut Vec<Output>) {
        let meant = self.flow.and_then(|flow| self.core.cancelled_by(flow, cancel));
        let Some(invite) = meant else { return self.respond_code(now, tx, cancel, 481, out) };
        self.respond_code(now, tx, cancel, 200, out);
        let elsewhere = reason_cause(&cancel.headers) == Some(200);
        let hit = self.calls.iter().find_map(|(id, call)| match &call.state {
            State::Incoming { tx, .. } if *tx == invite => Some((*id, true)),
            State::Confirmed { reoffer: Reoffer::Asked(asked), .. } if asked.tx == invite => Some((*id, false)),
            // Answered already: the 200 and this CANCEL crossed, and the caller will say BYE.
            _ => None,
        });
        match hit {
            Some((id, true)) => self.terminated(now, id, Event::Cancelled { id, elsewhere }, out),
            Some((id, false)) => self.drop_their_offer(now, id, out),
            None => {}
        }
    }

    /// 487 for an INVITE that nobody will answer any more.
    pub(super) fn terminated(&mut self, now: Now, id: DialogId, event: Event, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get(&id) else { return };
        if let State::Incoming { tx, request, .. } = &call.state {
            let (tx, response) = (*tx, reply(request, 487, Some(&call.local_tag)));
            self.respond(now, tx, response, out);
        }
        self.over(id, event, out);
    }
}
