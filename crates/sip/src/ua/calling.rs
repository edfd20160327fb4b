//! The calling side of INVITE (RFC 3261 §13.2): provisional answers, forks, the 2xx and its ACK.

use std::time::Duration;

use base::{Aor, Now};

use super::sending::Purpose;
use super::{DialogId, Event, Output, Referral, UserAgent};
use crate::core::{
    HeaderName, Method, Response, TransactionId, cseq_header, header, lossy, number, request, sdp_body, to_tag_of, uri,
};
use crate::dialog::Dialog;
use crate::usage::{Call, Fork, MAX_FORKS, Reoffer, State, TargetRefresh, place_of, supervise_header};

impl UserAgent {
    /// Calls `target` with an SDP offer. Ends in [`Event::Accepted`] or one of the events that free the handle.
    pub fn invite(&mut self, now: Now, target: &Aor, offer: String) -> (DialogId, Vec<Output>) {
        self.invite_referred(now, target, offer, Referral::default())
    }

    /// The same because somebody sent us there (RFC 3515 §2.4.4): says who, and whose place we take.
    pub fn invite_referred(
        &mut self,
        now: Now,
        target: &Aor,
        offer: String,
        referral: Referral,
    ) -> (DialogId, Vec<Output>) {
        let mut out = Vec::new();
        let id = self.next_id();
        // `#` may be dialled but may not stand in a URI unescaped (RFC 3261 §25.1).
        let Some(target) = uri(&target.to_string().replace('#', "%23")) else {
            let reason_phrase = "Address Incomplete".to_owned();
            Self::tell(Event::Failed { id, code: 484, reason_phrase, retry_after: None }, &mut out);
            return (id, out);
        };
        let (call_id, local_tag) = (self.core.token() + &self.core.token(), self.core.token());
        let mut invite = request(Method::Invite, target.clone());
        let rows = [
            header(HeaderName::From, format!("{}<{}>;tag={local_tag}", self.quoted_name(), self.config.aor)),
            header(HeaderName::To, format!("<{target}>")),
            header(HeaderName::CallId, call_id.clone()),
            cseq_header(1, &Method::Invite),
        ];
        rows.into_iter().for_each(|h| invite.headers.push(h));
        self.reachable(&mut invite.headers);
        self.introduce(&mut invite);
        for (name, value) in [(HeaderName::Replaces, referral.replaces), (HeaderName::ReferredBy, referral.referred_by)]
        {
            value.into_iter().for_each(|value| invite.headers.push(header(name.clone(), value)));
        }
        referral.supervise.iter().for_each(|token| invite.headers.push(supervise_header(token)));
        Self::with_sdp(&mut invite, offer);
        let (tx, wanted) = self.send(now, invite, Purpose::Invite(id));
        let state = State::Inviting { tx, forks: Vec::new(), leaving: false };
        self.calls.insert(id, Call { call_id, local_tag, outgoing: true, state });
        self.obey(now, wanted, &mut out);
        (id, out)
    }

    pub(super) fn invite_answered(
        &mut self,
        now: Now,
        id: DialogId,
        tx: TransactionId,
        response: &Response,
        out: &mut Vec<Output>,
    ) {
        match response.status.code() {
            ..=100 => {}
            101..200 => self.progress(id, response, out),
            200..300 => self.accepted(now, id, tx, response, out),
            code => self.refused(id, code, response, out),
        }
    }

    /// Silence (408) or a lost flow (503) instead of an answer.
    pub(super) fn invite_unanswered(&mut self, id: DialogId, tx: TransactionId, code: u16, out: &mut Vec<Output>) {
        match self.calls.get(&id).map(|c| &c.state) {
            Some(State::Inviting { tx: current, leaving, .. }) if *current == tx => {
                let event = match (leaving, code) {
                    (true, _) => Event::Closed { id },
                    (false, 503) => Event::FlowLost { id },
                    (false, _) => Event::TimedOut { id },
                };
                self.over(id, event, out);
            }
            // The call got its answer in another way: nothing hangs on this transaction.
            _ => {}
        }
    }

    fn progress(&mut self, id: DialogId, response: &Response, out: &mut Vec<Output>) {
        let Some(State::Inviting { forks, leaving: false, .. }) = self.calls.get_mut(&id).map(|c| &mut c.state) else {
            return;
        };
        let sdp = sdp_body(&response.headers, response.body());
        let mut early_sdp = None;
        // Without a To tag there is no early dialog, and nothing to tie the SDP to (§12.1).
        if let Some(tag) = to_tag_of(&response.headers) {
            let room = forks.len() < MAX_FORKS;
            match forks.iter_mut().find(|f| f.tag == tag) {
                Some(fork) if fork.sdp.is_none() => {
                    fork.sdp.clone_from(&sdp);
                    early_sdp = sdp;
                }
                Some(_) => {}
                None if room => {
                    forks.push(Fork { tag, sdp: sdp.clone() });
                    early_sdp = sdp;
                }
                None => {}
            }
        }
        let code = response.status.code();
        Self::tell(Event::Provisional { id, code, early_sdp }, out);
        if let (182, Some(place)) = (code, place_of(&response.headers)) {
            Self::tell(Event::Queued { id, place }, out);
        }
    }

    fn accepted(&mut self, now: Now, id: DialogId, tx: TransactionId, response: &Response, out: &mut Vec<Output>) {
        if self.acknowledge_again(tx, response, out) {
            return;
        }
        let known = self.sent.get(&tx).map_or(0, |s| s.acks.len());
        let Some(invite) = self.sent_request(tx).filter(|_| known < MAX_FORKS) else { return };
        let Some(mut dialog) = Dialog::of_caller(&invite, response) else {
            // A 2xx without To tag: no dialog can be made, the far end will give up for want of ACK.
            return self.refused(id, 500, response, out);
        };
        let tag = to_tag_of(&response.headers).unwrap_or_default();
        self.acknowledge(tx, tag.clone(), dialog.ack(&invite), out);
        let Some(call) = self.calls.get_mut(&id) else { return self.farewell(now, &mut dialog, out) };
        match &mut call.state {
            State::Inviting { tx: current, forks, leaving } if *current == tx => {
                if *leaving {
                    // Our CANCEL crossed their 200 (§9.1, §15).
                    call.state = State::Leaving { dialog: Box::new(dialog), sent: false, give_up_at: now };
                    return self.say_bye(now, id, out);
                }
                let early = forks.iter_mut().find(|f| f.tag == tag).and_then(|f| f.sdp.take());
                let answer = sdp_body(&response.headers, response.body()).or(early);
                let dialog = Box::new(dialog);
                call.state = State::Confirmed { dialog, reoffer: Reoffer::Idle, refresh: TargetRefresh::None };
                Self::tell(Event::Accepted { id, answer }, out);
            }
            // Another phone of theirs took it as well (§13.2.2.4).
            _ => self.farewell(now, &mut dialog, out),
        }
    }

    fn refused(&mut self, id: DialogId, code: u16, response: &Response, out: &mut Vec<Output>) {
        let event = match self.calls.get(&id).map(|c| &c.state) {
            Some(State::Inviting { leaving: true, .. }) => Event::Closed { id },
            Some(State::Inviting { leaving: false, .. }) => Event::Failed {
                id,
                code,
                reason_phrase: lossy(&response.reason).chars().filter(|c| !c.is_control()).take(128).collect(),
                retry_after: number(&response.headers, &HeaderName::RetryAfter).map(|s| Duration::from_secs(s.into())),
            },
            _ => return,
        };
        self.over(id, event, out);
    }

    /// BYE in a dialog that no call owns.
    pub(super) fn farewell(&mut self, now: Now, dialog: &mut Dialog, out: &mut Vec<Output>) {
        let mut bye = dialog.request(Method::Bye);
        self.introduce(&mut bye);
        let (_, wanted) = self.send(now, bye, Purpose::Farewell);
        self.obey(now, wanted, out);
    }

    fn quoted_name(&self) -> String {
        let name: String = self.config.display_name.chars().filter(|c| !c.is_control()).collect();
        if name.trim().is_empty() {
            return String::new();
        }
        format!("\"{}\" ", name.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
