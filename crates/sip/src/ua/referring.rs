//! REFER inside a call, in both roles, and the NOTIFYs about it (RFC 3515, RFC 3892, RFC 4488).
//!
//! Deviations: the subscription of a REFER ends with the dialog in which it was made; whoever hangs up does not want to hear
//! more of it. REFER outside a dialog is not taken (`docs/protocols/sip.md`).

use base::{Aor, Now};
use bytes::Bytes;

use super::sending::Purpose;
use super::{DialogId, Event, Output, Referral, UserAgent};
use crate::core::{
    HeaderName, Headers, Method, Request, TransactionId, cseq_of, header, reason_phrase, reply, set_body, text,
};
use crate::dialog::caller_in;
use crate::usage::{ReferTo, Referred, Referring, Replaces, State, sipfrag_code};

/// For how long a report of ours may be awaited: longer than any phone rings.
const SUBSCRIBED_S: u32 = 180;
const SIPFRAG: &str = "message/sipfrag;version=2.0";

impl UserAgent {
    /// Asks the other side of a confirmed call to call `to` instead (blind transfer). Ends in [`Event::ReferFailed`], or in
    /// [`Event::ReferAccepted`] and what [`Event::ReferProgress`] says after it.
    pub fn refer(&mut self, now: Now, id: DialogId, to: &Aor) -> Vec<Output> {
        let address = to.to_string().replace('#', "%23");
        self.send_refer(now, id, &address, (None, None))
    }

    /// Asks the other side of a confirmed call to take our place in the confirmed dialog `other` (attended transfer,
    /// RFC 5589 §7).
    pub fn refer_into(&mut self, now: Now, id: DialogId, other: DialogId) -> Vec<Output> {
        let peer = self.peer_of(other);
        let dialog = match self.calls.get(&other).map(|c| &c.state) {
            Some(State::Answered { dialog, .. } | State::Confirmed { dialog, .. }) => Some(dialog),
            _ => None,
        };
        match (dialog, peer) {
            (Some(dialog), Some(peer)) => {
                let replaces = dialog.as_the_peer_names_it();
                // By what they have dialled, which need not be our own address: they let nobody else refer to this call.
                let known_as = self.address_in(&dialog.local());
                self.send_refer(now, id, &peer.to_string(), (Some(&replaces), known_as))
            }
            _ => vec![Output::Event(Event::ReferFailed { id, code: 481 })],
        }
    }

    /// Takes [`Event::Referred`]: 202, and the first report (100).
    pub fn accept_refer(&mut self, now: Now, id: DialogId) -> Vec<Output> {
        let mut out = Vec::new();
        let Some(Referred::Asked { tx, request }) = self.referred.remove(&id) else { return out };
        let quiet = wants_no_reports(&request.headers);
        let cseq = cseq_of(&request.headers).map_or(0, |(number, _)| number);
        let mut accepted = reply(&request, 202, None);
        self.reachable(&mut accepted.headers);
        if quiet {
            accepted.headers.push(header(HeaderName::ReferSub, "false"));
        }
        self.referred.insert(id, Referred::Accepted { cseq, quiet });
        self.respond(now, tx, accepted, &mut out);
        out.extend(self.notify_refer(now, id, 100));
        out
    }

    /// Refuses [`Event::Referred`].
    pub fn refuse_refer(&mut self, now: Now, id: DialogId, code: u16) -> Vec<Output> {
        let mut out = Vec::new();
        if let Some(Referred::Asked { tx, request }) = self.referred.remove(&id) {
            let code = if (300..700).contains(&code) { code } else { 603 };
            self.respond(now, tx, reply(&request, code, None), &mut out);
        }
        out
    }

    /// Reports how far we are with what [`UserAgent::accept_refer`] took; a final code ends it.
    pub fn notify_refer(&mut self, now: Now, id: DialogId, code: u16) -> Vec<Output> {
        let mut out = Vec::new();
        let Some(Referred::Accepted { cseq, quiet }) = self.referred.get(&id) else { return out };
        let (cseq, quiet, is_final) = (*cseq, *quiet, code >= 200);
        if is_final {
            self.referred.remove(&id);
        }
        if quiet {
            return out;
        }
        let Some(State::Confirmed { dialog, .. }) = self.calls.get_mut(&id).map(|c| &mut c.state) else { return out };
        let mut notify = dialog.request(Method::Notify);
        let state =
            if is_final { "terminated;reason=noresource".to_owned() } else { format!("active;expires={SUBSCRIBED_S}") };
        notify.headers.push(header(HeaderName::Event, format!("refer;id={cseq}")));
        notify.headers.push(header(HeaderName::SubscriptionState, state));
        self.reachable(&mut notify.headers);
        self.introduce(&mut notify);
        let body = Bytes::from(format!("SIP/2.0 {code} {}\r\n", reason_phrase(code)));
        set_body(&mut notify.headers, SIPFRAG, body.len());
        notify.set_body(body);
        let (_, wanted) = self.send(now, notify, Purpose::Notify(id));
        self.obey(now, wanted, &mut out);
        out
    }

    /// `known_as`: the address under which we refer, if it is not our own.
    fn send_refer(
        &mut self,
        now: Now,
        id: DialogId,
        to: &str,
        (replaces, known_as): (Option<&Replaces>, Option<Aor>),
    ) -> Vec<Output> {
        let mut out = Vec::new();
        let busy = self.referring.contains_key(&id);
        let Some(State::Confirmed { dialog, .. }) = self.calls.get_mut(&id).map(|c| &mut c.state).filter(|_| !busy)
        else {
            Self::tell(Event::ReferFailed { id, code: 491 }, &mut out);
            return out;
        };
        let mut refer = dialog.request(Method::Refer);
        let cseq = cseq_of(&refer.headers).map_or(0, |(number, _)| number);
        refer.headers.push(header(HeaderName::ReferTo, ReferTo::value(to, replaces)));
        refer
            .headers
            .push(header(HeaderName::ReferredBy, format!("<{}>", known_as.as_ref().unwrap_or(&self.config.aor))));
        self.reachable(&mut refer.headers);
        self.introduce(&mut refer);
        self.referring.insert(id, Referring { cseq, accepted: false });
        let (_, wanted) = self.send(now, refer, Purpose::Refer(id));
        self.obey(now, wanted, &mut out);
        out
    }

    /// The answer to our REFER.
    pub(super) fn refer_answered(
        &mut self,
        now: Now,
        id: DialogId,
        code: u16,
        headers: &Headers,
        out: &mut Vec<Output>,
    ) {
        match code {
            ..200 => {}
            200..300 => {
                // Its reports may have been faster, and the last of them has ended it.
                let Some(referring) = self.referring.get_mut(&id) else { return };
                referring.accepted = true;
                let quiet = wants_no_reports(headers);
                if quiet {
                    self.referring.remove(&id);
                }
                Self::tell(Event::ReferAccepted { id, reports: !quiet }, out);
            }
            code => self.refer_failed(now, id, code, out),
        }
    }

    /// A refusal of our REFER (or 408 for silence, 503 for a lost flow).
    pub(super) fn refer_failed(&mut self, now: Now, id: DialogId, code: u16, out: &mut Vec<Output>) {
        if self.referring.remove(&id).is_some() {
            Self::tell(Event::ReferFailed { id, code }, out);
        }
        // §12.2.1.2: the peer knows nothing of this dialog any more.
        if code == 481 && matches!(self.calls.get(&id).map(|c| &c.state), Some(State::Confirmed { .. })) {
            self.dialog_died(now, id, code, out);
        }
    }

    /// A report of ours was refused: they do not want to hear more.
    pub(super) fn notify_answered(&mut self, id: DialogId, code: u16) {
        if code == 481 {
            self.referred.remove(&id);
        }
    }

    /// REFER from the peer.
    pub(super) fn referred(
        &mut self,
        now: Now,
        tx: TransactionId,
        id: DialogId,
        request: Request,
        out: &mut Vec<Output>,
    ) {
        let refusal = match self.calls.get(&id).map(|c| &c.state) {
            Some(State::Confirmed { .. }) if self.referred.contains_key(&id) => Some(491),
            Some(State::Confirmed { .. }) => None,
            Some(State::Inviting { .. } | State::Incoming { .. } | State::Answered { .. }) => Some(403),
            Some(State::Leaving { .. }) | None => Some(481),
        };
        if let Some(code) = refusal {
            return self.respond_code(now, tx, &request, code, out);
        }
        let to = match ReferTo::of(&request.headers) {
            Ok(to) => to,
            Err(code) => return self.respond_code(now, tx, &request, code, out),
        };
        let referred_by = text(&request.headers, &HeaderName::ReferredBy).filter(|value| value.len() <= 512);
        self.referred.insert(id, Referred::Asked { tx, request: Box::new(request) });
        let referral = Referral { replaces: to.replaces, referred_by, supervise: None };
        Self::tell(Event::Referred { id, to: to.address, referral }, out);
    }

    /// NOTIFY from the peer: a report about our REFER.
    pub(super) fn notified(
        &mut self,
        now: Now,
        tx: TransactionId,
        id: DialogId,
        request: &Request,
        out: &mut Vec<Output>,
    ) {
        let event = text(&request.headers, &HeaderName::Event).unwrap_or_default();
        let mut parts = event.split(';').map(str::trim);
        if !parts.next().is_some_and(|package| package.eq_ignore_ascii_case("refer")) {
            return self.respond_code(now, tx, request, 489, out);
        }
        let named = parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.eq_ignore_ascii_case("id"));
        let Some(referring) = self.referring.get(&id) else {
            return self.respond_code(now, tx, request, 481, out);
        };
        // Not the REFER that is open: a late word about one before.
        if named.is_some_and(|(_, number)| number.trim().parse() != Ok(referring.cseq)) {
            return self.respond_code(now, tx, request, 481, out);
        }
        self.respond_code(now, tx, request, 200, out);
        let state = text(&request.headers, &HeaderName::SubscriptionState).unwrap_or_default();
        let code = sipfrag_code(request.body());
        // A final code is the end, whatever the subscription says (RFC 3515 §2.4.5).
        let over = state.trim().to_ascii_lowercase().starts_with("terminated") || code.is_some_and(|code| code >= 200);
        if over {
            self.referring.remove(&id);
        }
        Self::tell(Event::ReferProgress { id, code, over }, out);
    }

    /// Which call of ours an INVITE wants to take the place of (RFC 3891 §3). `Err`: the code that refuses it.
    ///
    /// Call-ID and both tags name a dialog that only its two parties and what stands between them know. Beside them, who
    /// referred the caller must be the other party of that dialog, or we ourselves, if it says who it was.
    pub(super) fn replaced(&self, invite: &Request) -> Result<Option<DialogId>, u16> {
        let Some(replaces) = Replaces::of(&invite.headers)? else { return Ok(None) };
        let found = self.calls.iter().find(|(_, call)| {
            call.call_id == replaces.call_id
                && call.local_tag == replaces.to_tag
                && match &call.state {
                    State::Inviting { forks, .. } => forks.iter().any(|fork| fork.tag == replaces.from_tag),
                    State::Answered { dialog, .. }
                    | State::Confirmed { dialog, .. }
                    | State::Leaving { dialog, .. } => dialog.matches(&replaces.to_tag, &replaces.from_tag),
                    // An early dialog that we did not begin is not there to be taken over.
                    State::Incoming { .. } => false,
                }
        });
        let (id, call) = found.ok_or(481u16)?;
        match &call.state {
            State::Leaving { .. } | State::Inviting { leaving: true, .. } | State::Answered { leaving: true, .. } => {
                return Err(603);
            }
            State::Answered { .. } | State::Confirmed { .. } if replaces.early_only => return Err(486),
            State::Answered { .. } | State::Confirmed { .. } | State::Inviting { .. } | State::Incoming { .. } => {}
        }
        let referrer = text(&invite.headers, &HeaderName::ReferredBy).and_then(|value| self.address_in(&value));
        let peer = self.peer_of(*id);
        let same = |a: &Aor, b: &Aor| a.user == b.user && a.host.eq_ignore_ascii_case(&b.host);
        let allowed = referrer
            .is_none_or(|referrer| same(&referrer, &self.config.aor) || peer.is_none_or(|peer| same(&referrer, &peer)));
        if allowed { Ok(Some(*id)) } else { Err(403) }
    }

    /// The address of the other party.
    fn peer_of(&self, id: DialogId) -> Option<Aor> {
        match &self.calls.get(&id)?.state {
            State::Answered { dialog, .. } | State::Confirmed { dialog, .. } | State::Leaving { dialog, .. } => {
                self.address_in(&dialog.remote())
            }
            State::Inviting { tx, .. } => self.address_in(&text(&self.core.request_of(*tx)?.headers, &HeaderName::To)?),
            State::Incoming { request, .. } => self.address_in(&text(&request.headers, &HeaderName::From)?),
        }
    }

    fn address_in(&self, value: &str) -> Option<Aor> {
        caller_in(value, &self.config.aor.host).aor
    }

    /// The dialog is gone, and with it what was referred in it.
    pub(super) fn forget_refers(&mut self, id: DialogId) {
        self.referring.remove(&id);
        self.referred.remove(&id);
        self.supervise_asked.remove(&id);
    }

    /// Demands of `Require` that we fulfil.
    pub(super) fn fulfils(request: &Request, token: &str) -> bool {
        match request.method {
            Method::Invite => token.eq_ignore_ascii_case("replaces"),
            Method::Refer => token.eq_ignore_ascii_case("norefersub"),
            _ => false,
        }
    }
}

/// `Refer-Sub: false` (RFC 4488 §4): no NOTIFY is asked for, or none will come.
fn wants_no_reports(headers: &Headers) -> bool {
    text(headers, &HeaderName::ReferSub).is_some_and(|value| value.trim().to_ascii_lowercase().starts_with("false"))
}
