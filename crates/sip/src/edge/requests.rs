//! What is done with a new request (RFC 3261 §16.3–16.6).

use base::FlowId;

use super::door::{Edge, Turn};
use super::flow::Flow;
use super::fork::{Branch, Fork, PARKED_FOR, Phase};
use super::location::ContactKey;
use super::mailbox::VOICEMAIL;
use super::parking::slot_of;
use super::queue::{OfferKey, is_for_queue};
use super::route::Ends;
use super::stranded::via_of;
use crate::core::{
    From, Header, HeaderName, Headers, Method, Request, To, TransactionId, Uri, Via, call_id_of, from_tag_of, header,
    lossy, number, reply, text, to_tag_of, tokens,
};
use crate::usage::{Replaces, strip, strip_supervise, supervises};

/// What starts here and what we understand, for 405 and OPTIONS.
const ALLOW: &str = "INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, UPDATE, INFO, PRACK, REFER, NOTIFY, MESSAGE";

/// What one copy of a request says that the others do not.
pub(super) struct Label<'a> {
    /// It is part of an offer of a queue, to this agent.
    pub offer: Option<(OfferKey, &'a str)>,
    /// The row that says so.
    pub row: Header,
    /// A colleague takes the call.
    pub is_pickup: bool,
}

/// Where one copy of a request goes.
pub(super) struct Hop {
    pub flow: FlowId,
    /// The new Request-URI; in a dialog it stays as it is.
    pub uri: Option<Uri>,
}

impl Edge {
    pub(super) fn on_request(&mut self, turn: &mut Turn, tx: TransactionId, flow: FlowId, mut req: Request) {
        strip(&mut req.headers);
        if !matches!(req.method, Method::Invite | Method::Info) {
            strip_supervise(&mut req.headers);
        }
        if req.method == Method::Cancel {
            return self.on_cancel(turn, tx, flow, &req);
        }
        if let Some((code, extra)) = self.unacceptable(&req) {
            return self.refuse(turn, tx, &req, code, extra);
        }
        let in_dialog = to_tag_of(&req.headers).is_some();
        match req.method {
            Method::Register => self.on_register(turn, tx, flow, &req),
            _ if in_dialog => self.on_in_dialog(turn, tx, flow, req),
            Method::Options if req.uri.user().is_none() => self.refuse(turn, tx, &req, 200, vec![allow()]),
            Method::Invite | Method::Options => self.on_initial(turn, tx, flow, req),
            _ => self.refuse(turn, tx, &req, 405, vec![allow()]),
        }
    }

    /// An ACK for a 2xx: passed on without a transaction (§16.11). There is no answer to an ACK, so what does not fit is dropped.
    pub(super) fn on_ack(&mut self, turn: &mut Turn, flow: FlowId, mut req: Request) {
        if !self.flows.get(&flow).is_some_and(Flow::is_known) {
            return;
        }
        let (target, _) = self.in_dialog_target(flow, &mut req);
        let hops = number(&req.headers, &HeaderName::MaxForwards).unwrap_or(70);
        if let (Some(target), 1..) = (target, hops) {
            count_down(&mut req.headers);
            strip_credentials(&mut req.headers);
            let (_, sent) = self.core.send_ack(target, req);
            turn.todo.push_back(sent);
        }
    }

    /// Answers a request ourselves.
    pub(super) fn refuse(&mut self, turn: &mut Turn, tx: TransactionId, req: &Request, code: u16, extra: Vec<Header>) {
        let tag = self.core.token();
        let mut response = reply(req, code, Some(&tag));
        extra.into_iter().for_each(|h| response.headers.push(h));
        turn.todo.extend(self.core.respond(turn.now, tx, response));
    }

    /// Starts a fork and sends its first copies.
    pub(super) fn forward(&mut self, turn: &mut Turn, fork: Fork, hops: Vec<Hop>) {
        let (server, is_invite) = (fork.server, fork.request.method == Method::Invite);
        if is_invite {
            let trying = reply(&fork.request, 100, None);
            turn.todo.extend(self.core.respond(turn.now, server, trying));
        }
        let id = self.forks.insert(fork);
        if is_invite {
            self.forks.set_deadline(id, turn.now + self.config.ring_timeout);
        }
        for hop in hops {
            self.send_copy(turn, id, hop);
        }
        self.conclude(turn, id);
    }

    /// Sends one copy of a fork's request (§16.6).
    pub(super) fn send_copy(&mut self, turn: &mut Turn, id: super::fork::ForkId, hop: Hop) {
        self.send_labelled(turn, id, hop, None);
    }

    /// The same with something that only this copy says. `true`: it was sent.
    pub(super) fn send_labelled(
        &mut self,
        turn: &mut Turn,
        id: super::fork::ForkId,
        hop: Hop,
        label: Option<Label<'_>>,
    ) -> bool {
        let Some(fork) = self.forks.get(id) else { return false };
        let mut copy = fork.request.clone();
        if let Some(uri) = hop.uri
            && copy.set_uri(uri).is_err()
        {
            return false;
        }
        let (mut offer, mut is_aside) = (None, false);
        if let Some(label) = label {
            copy.headers.push(label.row);
            offer = label.offer.map(|(offer, agent)| (offer, agent.to_owned()));
            is_aside = label.is_pickup;
        }
        count_down(&mut copy.headers);
        strip_credentials(&mut copy.headers);
        if fork.call.is_some() {
            let ends = Ends { caller: fork.from, callee: hop.flow };
            copy.headers.push_front(self.routes.record(ends, &call_id_of(&copy.headers).unwrap_or_default()));
        }
        let (tx, sent) = self.core.send_request(turn.now, hop.flow, copy);
        let user = self.flows.get(&hop.flow).and_then(Flow::user).map(str::to_owned);
        let mut branch = Branch::new(tx, hop.flow, user, via_of(self.core.request_of(tx)));
        (branch.offer, branch.is_aside) = (offer, is_aside);
        self.forks.add_branch(id, branch);
        turn.todo.extend(sent);
        true
    }

    fn unacceptable(&self, req: &Request) -> Option<(u16, Vec<Header>)> {
        if req.method == Method::Ack {
            return None;
        }
        if number(&req.headers, &HeaderName::MaxForwards) == Some(0) {
            return Some((483, Vec::new()));
        }
        let asked = if req.method == Method::Register { HeaderName::Require } else { HeaderName::ProxyRequire };
        let demands = tokens(&req.headers, &asked);
        if !demands.is_empty() {
            return Some((420, vec![header(HeaderName::Unsupported, demands.join(", "))]));
        }
        // We send to clients only, so whatever carries a Via of ours has come round (§16.3 item 4).
        let came_round = req
            .headers
            .typed_all::<Via>()
            .take(64)
            .flatten()
            .any(|via| lossy(&via.host.to_bytes()).eq_ignore_ascii_case(&self.sent_by));
        came_round.then(|| (482, Vec::new()))
    }

    fn on_initial(&mut self, turn: &mut Turn, tx: TransactionId, flow: FlowId, req: Request) {
        let Some(claimed) = req.headers.typed::<From>().and_then(Result::ok).and_then(|from| self.our_user(&from.uri))
        else {
            return self.refuse(turn, tx, &req, 403, Vec::new());
        };
        let Some(from) = self.authorise(turn, tx, flow, &req, Some(&claimed)) else { return };
        if !self.may_come_from(flow, &from) {
            return self.refuse_place(turn, tx, &req);
        }
        if !req.uri.scheme().is_sip() {
            return self.refuse(turn, tx, &req, 416, Vec::new());
        }
        let Some(to) = self.our_user(&req.uri) else { return self.refuse(turn, tx, &req, 404, Vec::new()) };
        if supervises(&req.headers) {
            return self.on_supervise(turn, tx, flow, req, (&from, &to));
        }
        if is_for_queue(&self.queues, &req, &to) {
            if self.forks.len() >= self.config.max_forks {
                return self.refuse(turn, tx, &req, 503, vec![header(HeaderName::RetryAfter, "5")]);
            }
            return self.hold(turn, tx, flow, req, &from, &to);
        }
        if let Some(slot) = slot_of(&to).filter(|_| req.method == Method::Invite) {
            return self.call_slot(turn, tx, flow, req, (&from, &to), slot);
        }
        let mut hops = Vec::new();
        for device in self.location.of_user(&to).iter().filter(|b| b.expires_at > turn.now && b.flow != flow) {
            hops.push(Hop { flow: device.flow, uri: Uri::parse(device.contact.clone()).ok() });
        }
        let mailbox = self.box_for(&req, &from, &to);
        if hops.is_empty() && mailbox.is_none() {
            let code = if self.known.contains(&to) { 480 } else { 404 };
            return self.refuse(turn, tx, &req, code, Vec::new());
        }
        let turned_away = self.turned_away.get(&to).copied();
        let turned_away = turned_away.filter(|_| req.method == Method::Invite && !self.goes_on(&req, &to));
        if let Some(code) = turned_away {
            turn.tell(|events| self.calls.turned_away(&from, &to, code, events));
            if mailbox.is_none() {
                return self.refuse(turn, tx, &req, code, Vec::new());
            }
            hops.clear();
        }
        if self.forks.len() >= self.config.max_forks {
            return self.refuse(turn, tx, &req, 503, vec![header(HeaderName::RetryAfter, "5")]);
        }
        let mut fork = Fork::new(tx, flow, req, None);
        (fork.verdict, fork.mailbox) = (turned_away, mailbox);
        let _ = self.routes.take(&mut fork.request.headers, "");
        if fork.request.method == Method::Invite {
            let headers = &fork.request.headers;
            let name = (call_id_of(headers).unwrap_or_default(), from_tag_of(headers).unwrap_or_default());
            // That it was turned away is told; what follows is a call to the box.
            let to = if turned_away.is_some() { VOICEMAIL } else { &to };
            turn.tell(|events| fork.call = Some(self.calls.start(&name.0, &name.1, &from, to, events)));
        }
        self.forward(turn, fork, hops);
    }

    /// Is it a call of `to` that goes on with somebody else (RFC 3891)? A status keeps new calls away, not those that run.
    fn goes_on(&self, invite: &Request, to: &str) -> bool {
        let Ok(Some(replaces)) = Replaces::of(&invite.headers) else { return false };
        self.calls.is_running(&replaces.call_id, [&replaces.to_tag, &replaces.from_tag], to)
    }

    fn on_in_dialog(&mut self, turn: &mut Turn, tx: TransactionId, flow: FlowId, mut req: Request) {
        let Some(from) = self.authorise(turn, tx, flow, &req, None) else { return };
        if supervises(&req.headers) && !self.may_change_supervision(turn, tx, &mut req, &from) {
            return;
        }
        if self.forks.len() >= self.config.max_forks {
            return self.refuse(turn, tx, &req, 503, vec![header(HeaderName::RetryAfter, "5")]);
        }
        let (target, key) = self.in_dialog_target(flow, &mut req);
        let is_bye = req.method == Method::Bye;
        if is_bye {
            let headers = &req.headers;
            let call_id = call_id_of(headers).unwrap_or_default();
            let tags = [from_tag_of(headers), to_tag_of(headers)];
            turn.tell(|events| self.calls.bye(&call_id, tags, events));
        }
        match (target, key) {
            (Some(target), _) => {
                let hop = Hop { flow: target, uri: None };
                self.forward(turn, Fork::new(tx, flow, req, None), vec![hop]);
            }
            (None, Some(key)) if is_bye => self.wait_for(turn, Fork::new(tx, flow, req, None), key),
            (None, _) if self.our_user(&req.uri).is_some() => self.refuse(turn, tx, &req, 481, Vec::new()),
            (None, _) => self.refuse(turn, tx, &req, 480, Vec::new()),
        }
    }

    /// The other party is away, perhaps just reconnecting: its BYE is kept for it, or its phone would go on alone.
    fn wait_for(&mut self, turn: &mut Turn, fork: Fork, key: ContactKey) {
        let (tx, request) = (fork.server, fork.request.clone());
        let id = self.forks.insert(fork);
        if !self.forks.park(id, key, turn.now + PARKED_FOR) {
            if let Some(fork) = self.forks.get_mut(id) {
                fork.phase = Phase::Refused;
            }
            self.forks.drop_if_over(id);
            self.refuse(turn, tx, &request, 480, Vec::new());
        }
    }

    /// The flow to the other party of a dialog: behind its Contact, else in our route token.
    pub(super) fn in_dialog_target(&self, flow: FlowId, req: &mut Request) -> (Option<FlowId>, Option<ContactKey>) {
        let call_id = call_id_of(&req.headers).unwrap_or_default();
        let ends = self.routes.take(&mut req.headers, &call_id);
        let key = ContactKey::of(&req.uri);
        let meant = req.headers.typed::<To>().and_then(Result::ok).and_then(|to| self.our_user(&to.uri));
        let bound = key.as_ref().and_then(|k| self.location.behind(k, meant.as_deref())).map(|b| b.flow);
        let target = bound.or_else(|| ends?.other(flow, |f| self.flows.contains_key(&f)));
        (target, key)
    }

    fn on_cancel(&mut self, turn: &mut Turn, tx: TransactionId, flow: FlowId, req: &Request) {
        let Some(invite) = self.core.cancelled_by(flow, req) else {
            return self.refuse(turn, tx, req, 481, Vec::new());
        };
        self.refuse(turn, tx, req, 200, Vec::new());
        let Some(id) = self.forks.of_server(invite) else { return };
        let Some(fork) = self.forks.get_mut(id).filter(|f| f.phase.is_open()) else { return };
        Self::tell_left(turn, fork);
        fork.phase = Phase::Cancelled;
        self.forks.clear_deadline(id);
        let reason = text(&req.headers, &HeaderName::Reason).filter(|r| r.len() <= 256);
        self.cancel_branches(turn, id, reason.as_deref());
        self.conclude(turn, id);
    }

    /// The user of an address in our realm.
    pub(super) fn our_user(&self, uri: &Uri) -> Option<String> {
        let ours = lossy(&uri.host()?.to_bytes()).eq_ignore_ascii_case(&self.config.realm);
        String::from_utf8(uri.decoded_user()?).ok().filter(|user| ours && !user.is_empty())
    }
}

fn allow() -> Header {
    header(HeaderName::Allow, ALLOW)
}

fn count_down(headers: &mut Headers) {
    let left = number(headers, &HeaderName::MaxForwards).unwrap_or(71).min(71).saturating_sub(1);
    headers.remove_all(&HeaderName::MaxForwards);
    headers.push(header(HeaderName::MaxForwards, left.to_string()));
}

/// What was meant for us alone, and what only we may assert, does not travel on.
fn strip_credentials(headers: &mut Headers) {
    for name in [HeaderName::ProxyAuthorization, HeaderName::Authorization, HeaderName::PAssertedIdentity] {
        headers.remove_all(&name);
    }
}
