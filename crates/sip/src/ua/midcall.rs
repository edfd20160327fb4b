//! Inside a dialog: requests from the peer, and offers in both directions (RFC 3261 §12.2, §14; RFC 3311).

use base::Now;

use super::sending::Purpose;
use super::{DialogId, Event, Output, UserAgent};
use crate::core::{
    Header, HeaderName, Headers, Message, Method, Request, Response, TransactionId, cseq_of, header, reason_cause,
    reply, sdp_body, to_tag_of,
};
use crate::usage::{Asked, MAX_COLLISIONS, Reoffer, State, TargetRefresh, Unacked, glare_pause};

impl UserAgent {
    /// Offers a change of the session (re-INVITE). Ends in [`Event::ReofferAnswered`], [`Event::ReofferFailed`], or the end
    /// of the call. Glare (491) is tried again inside after the pause of §14.1; if the peer's offer comes first meanwhile,
    /// ours fails with 491 and is for the caller to make anew.
    pub fn reoffer(&mut self, now: Now, id: DialogId, offer: String) -> Vec<Output> {
        let mut out = Vec::new();
        let pause = glare_pause(&mut self.chance, self.calls.get(&id).is_some_and(|c| c.outgoing));
        let failed = Event::ReofferFailed { id, code: 491 };
        match self.calls.get_mut(&id).map(|c| &mut c.state) {
            Some(State::Confirmed { reoffer, .. }) => match reoffer {
                Reoffer::Idle => self.send_reinvite(now, id, offer, 0, &mut out),
                Reoffer::Glare { offer: waiting, .. } => *waiting = offer,
                Reoffer::Answered(_) => *reoffer = Reoffer::Glare { offer, collisions: 0, again_at: now + pause },
                Reoffer::Sent { .. } | Reoffer::Asked(_) => Self::tell(failed, &mut out),
            },
            Some(State::Answered { .. } | State::Inviting { .. } | State::Incoming { .. }) => {
                Self::tell(failed, &mut out)
            }
            // Ended meanwhile: the caller has been or will be told.
            Some(State::Leaving { .. }) | None => {}
        }
        out
    }

    /// Answers [`Event::Reoffered`] with 200 and SDP.
    pub fn answer_reoffer(&mut self, now: Now, id: DialogId, sdp: String) -> Vec<Output> {
        let mut out = Vec::new();
        let Some(asked) = self.take_asked(id) else { return out };
        let ok = self.ok_with_sdp(&asked.request, None, sdp);
        let Some(State::Confirmed { dialog, reoffer, .. }) = self.calls.get_mut(&id).map(|c| &mut c.state) else {
            return out;
        };
        dialog.refresh(&asked.request.headers);
        if asked.request.method == Method::Invite {
            let cseq = cseq_of(&asked.request.headers).map_or(0, |(number, _)| number);
            let bytes = Message::Response(ok.clone()).to_bytes();
            *reoffer = Reoffer::Answered(Unacked::new(now, bytes, cseq, asked.offerless));
        }
        self.respond(now, asked.tx, ok, &mut out);
        out
    }

    /// Refuses [`Event::Reoffered`]; the session goes on as it was. 488 when we cannot, 500 when we cannot now.
    pub fn refuse_reoffer(&mut self, now: Now, id: DialogId, code: u16) -> Vec<Output> {
        let mut out = Vec::new();
        let Some(asked) = self.take_asked(id) else { return out };
        let code = if (300..700).contains(&code) { code } else { 488 };
        let mut refusal = reply(&asked.request, code, None);
        if code == 500 {
            refusal.headers.push(self.retry_after());
        }
        self.respond(now, asked.tx, refusal, &mut out);
        out
    }

    /// Tells every peer where we are now, after a new flow has registered: UPDATE without body where the peer knows it
    /// (repeated while the path is not there yet), else [`Event::WantsReoffer`]. What may have gone down with the last flow
    /// is said again before that.
    pub fn refresh_targets(&mut self, now: Now) -> Vec<Output> {
        let mut out = Vec::new();
        self.repeat_what_may_be_lost(now, &mut out);
        let ids: Vec<DialogId> = self.calls.keys().copied().collect();
        for id in ids {
            self.refresh_target(now, id, 0, &mut out);
        }
        out
    }

    pub(super) fn refresh_target(&mut self, now: Now, id: DialogId, failures: u8, out: &mut Vec<Output>) {
        let Some(State::Confirmed { dialog, refresh, .. }) = self.calls.get_mut(&id).map(|c| &mut c.state) else {
            return;
        };
        if !dialog.peer_updates {
            return Self::tell(Event::WantsReoffer { id }, out);
        }
        *refresh = TargetRefresh::Sent { failures };
        let mut update = dialog.request(Method::Update);
        self.reachable(&mut update.headers);
        self.introduce(&mut update);
        let (_, wanted) = self.send(now, update, Purpose::Update(id));
        self.obey(now, wanted, out);
    }

    pub(super) fn send_reinvite(
        &mut self,
        now: Now,
        id: DialogId,
        offer: String,
        collisions: u8,
        out: &mut Vec<Output>,
    ) {
        let Some(State::Confirmed { dialog, reoffer, .. }) = self.calls.get_mut(&id).map(|c| &mut c.state) else {
            return;
        };
        let mut reinvite = dialog.request(Method::Invite);
        *reoffer = Reoffer::Sent { offer: offer.clone(), collisions };
        self.reachable(&mut reinvite.headers);
        self.introduce(&mut reinvite);
        Self::with_sdp(&mut reinvite, offer);
        let (_, wanted) = self.send(now, reinvite, Purpose::Reinvite(id));
        self.obey(now, wanted, out);
    }

    pub(super) fn reinvite_answered(
        &mut self,
        now: Now,
        id: DialogId,
        tx: TransactionId,
        response: &Response,
        out: &mut Vec<Output>,
    ) {
        match response.status.code() {
            ..200 => {}
            200..300 => self.reinvite_accepted(id, tx, response, out),
            code => self.reinvite_failed(now, id, code, out),
        }
    }

    /// A refusal (or 408 for silence, 503 for a lost flow) of our offer.
    pub(super) fn reinvite_failed(&mut self, now: Now, id: DialogId, code: u16, out: &mut Vec<Output>) {
        // §12.2.1.2: the peer knows nothing of this dialog any more, or nobody is there.
        if matches!(code, 408 | 481) {
            if matches!(self.calls.get(&id).map(|c| &c.state), Some(State::Confirmed { .. })) {
                self.dialog_died(now, id, code, out);
            }
            return;
        }
        let pause = glare_pause(&mut self.chance, self.calls.get(&id).is_some_and(|c| c.outgoing));
        let Some(State::Confirmed { reoffer, .. }) = self.calls.get_mut(&id).map(|c| &mut c.state) else { return };
        let Reoffer::Sent { offer, collisions } = reoffer else { return };
        if code == 491 && *collisions < MAX_COLLISIONS {
            *reoffer =
                Reoffer::Glare { offer: std::mem::take(offer), collisions: *collisions + 1, again_at: now + pause };
        } else {
            *reoffer = Reoffer::Idle;
            Self::tell(Event::ReofferFailed { id, code }, out);
        }
    }

    pub(super) fn update_answered(
        &mut self,
        now: Now,
        id: DialogId,
        code: u16,
        headers: &Headers,
        out: &mut Vec<Output>,
    ) {
        let Some(State::Confirmed { dialog, refresh, .. }) = self.calls.get_mut(&id).map(|c| &mut c.state) else {
            return;
        };
        match code {
            ..200 => {}
            200..300 => {
                dialog.refresh(headers);
                *refresh = TargetRefresh::None;
            }
            481 => self.dialog_died(now, id, code, out),
            405 | 501 => {
                dialog.peer_updates = false;
                *refresh = TargetRefresh::None;
                Self::tell(Event::WantsReoffer { id }, out);
            }
            _ => self.update_failed(now, id, out),
        }
    }

    /// Nobody took the UPDATE. The peer may be reconnecting as we were: patience, the call lives by its media.
    pub(super) fn update_failed(&mut self, now: Now, id: DialogId, _out: &mut Vec<Output>) {
        if let Some(State::Confirmed { refresh, .. }) = self.calls.get_mut(&id).map(|c| &mut c.state) {
            *refresh = refresh.after_failure(now);
        }
    }

    /// A request with a To tag.
    pub(super) fn inside(&mut self, now: Now, tx: TransactionId, request: Request, out: &mut Vec<Output>) {
        let Some(id) = self.find(&request) else { return self.respond_code(now, tx, &request, 481, out) };
        if let Some(dialog) = self.calls.get_mut(&id).and_then(|c| c.dialog_mut())
            && !dialog.count(&request)
        {
            return self.respond_code(now, tx, &request, 500, out);
        }
        match request.method {
            Method::Bye => self.bye(now, tx, id, &request, out),
            Method::Invite | Method::Update => self.asked(now, tx, id, request, out),
            Method::Refer => self.referred(now, tx, id, request, out),
            Method::Notify => self.notified(now, tx, id, &request, out),
            Method::Info => self.informed(now, tx, id, request, out),
            Method::Options => self.describe(now, tx, &request, out),
            Method::Prack => self.respond_code(now, tx, &request, 481, out),
            _ => self.not_allowed(now, tx, &request, out),
        }
    }

    fn reinvite_accepted(&mut self, id: DialogId, tx: TransactionId, response: &Response, out: &mut Vec<Output>) {
        if self.acknowledge_again(tx, response, out) {
            return;
        }
        let Some(invite) = self.sent_request(tx) else { return };
        let Some(call) = self.calls.get_mut(&id) else { return };
        let Some(dialog) = call.dialog_mut() else { return };
        dialog.refresh(&response.headers);
        let ack = dialog.ack(&invite);
        if let State::Confirmed { reoffer, .. } = &mut call.state
            && matches!(reoffer, Reoffer::Sent { .. })
        {
            *reoffer = Reoffer::Idle;
            let answer = sdp_body(&response.headers, response.body());
            self.acknowledge(tx, to_tag_of(&response.headers).unwrap_or_default(), ack, out);
            return Self::tell(Event::ReofferAnswered { id, answer }, out);
        }
        // We are leaving already; the 2xx still wants its ACK.
        self.acknowledge(tx, to_tag_of(&response.headers).unwrap_or_default(), ack, out);
    }

    fn bye(&mut self, now: Now, tx: TransactionId, id: DialogId, bye: &Request, out: &mut Vec<Output>) {
        match self.calls.get(&id).map(|c| &c.state) {
            // Only the caller may end an early dialog with BYE (§15).
            Some(State::Inviting { .. }) | None => self.respond_code(now, tx, bye, 481, out),
            Some(State::Incoming { .. }) => {
                self.respond_code(now, tx, bye, 200, out);
                self.terminated(now, id, Event::Cancelled { id, elsewhere: false }, out);
            }
            Some(State::Answered { .. } | State::Confirmed { .. }) => {
                self.respond_code(now, tx, bye, 200, out);
                self.drop_their_offer(now, id, out);
                let cause = reason_cause(&bye.headers);
                let ours = matches!(self.calls.get(&id).map(|c| &c.state), Some(State::Answered { leaving: true, .. }));
                let event = if ours { Event::Closed { id } } else { Event::Ended { id, cause } };
                self.over(id, event, out);
            }
            // Both said BYE; ours is still answered.
            Some(State::Leaving { .. }) => self.respond_code(now, tx, bye, 200, out),
        }
    }

    /// re-INVITE or UPDATE.
    fn asked(&mut self, now: Now, tx: TransactionId, id: DialogId, request: Request, out: &mut Vec<Output>) {
        if Self::strange_body(&request) {
            return self.unsupported_media(now, tx, &request, out);
        }
        let retry_after = self.retry_after();
        let Some(call) = self.calls.get_mut(&id) else { return };
        let offer = sdp_body(&request.headers, request.body());
        if request.method == Method::Update && offer.is_none() {
            match &mut call.state {
                State::Answered { dialog, .. } | State::Confirmed { dialog, .. } => dialog.refresh(&request.headers),
                State::Leaving { .. } => return self.respond_code(now, tx, &request, 481, out),
                State::Inviting { .. } | State::Incoming { .. } => {}
            }
            let mut ok = reply(&request, 200, None);
            self.reachable(&mut ok.headers);
            return self.respond(now, tx, ok, out);
        }
        match &mut call.state {
            State::Leaving { .. } => self.respond_code(now, tx, &request, 481, out),
            // An offer is open already: ours, or the first one (§14.2; RFC 3311 §5.2; RFC 5407 §3.1.4).
            State::Inviting { .. } | State::Incoming { .. } | State::Answered { .. } => {
                self.respond_code(now, tx, &request, 491, out);
            }
            State::Confirmed { reoffer, .. } => match reoffer {
                Reoffer::Sent { .. } => self.respond_code(now, tx, &request, 491, out),
                Reoffer::Answered(unacked) if unacked.offered || request.method == Method::Update => {
                    self.respond_code(now, tx, &request, 491, out);
                }
                Reoffer::Asked(_) => {
                    let mut refusal = reply(&request, 500, None);
                    refusal.headers.push(retry_after);
                    self.respond(now, tx, refusal, out);
                }
                // A new INVITE says that the last one is over for them, whatever became of its ACK; its offer has its answer.
                Reoffer::Idle | Reoffer::Glare { .. } | Reoffer::Answered(_) => {
                    if matches!(reoffer, Reoffer::Glare { .. }) {
                        Self::tell(Event::ReofferFailed { id, code: 491 }, out);
                    }
                    *reoffer = Reoffer::Asked(Box::new(Asked { tx, offerless: offer.is_none(), request }));
                    Self::tell(Event::Reoffered { id, offer }, out);
                }
            },
        }
    }

    fn take_asked(&mut self, id: DialogId) -> Option<Asked> {
        let State::Confirmed { reoffer, .. } = &mut self.calls.get_mut(&id)?.state else { return None };
        match std::mem::replace(reoffer, Reoffer::Idle) {
            Reoffer::Asked(asked) => Some(*asked),
            other => {
                *reoffer = other;
                None
            }
        }
    }

    /// Between 0 and 10 s (§14.2).
    fn retry_after(&mut self) -> Header {
        header(HeaderName::RetryAfter, self.chance.below(11).to_string())
    }
}
