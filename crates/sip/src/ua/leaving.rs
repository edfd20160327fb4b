//! How a call leg ends from our side: CANCEL, BYE, refusal (RFC 3261 §9.1, §15).

use base::Now;

use super::sending::Purpose;
use super::{DialogId, Event, Output, UserAgent};
use crate::core::{Method, T1, reply};
use crate::usage::{Reoffer, State};

impl UserAgent {
    /// Ends the call leg in the way that fits its state; always ends with [`Event::Closed`], after 32 s at the latest once
    /// the other side has been told. Handles that are not known any more are ignored.
    pub fn hang_up(&mut self, now: Now, id: DialogId) -> Vec<Output> {
        let mut out = Vec::new();
        let Some(call) = self.calls.get_mut(&id) else { return out };
        match &mut call.state {
            State::Inviting { tx, leaving, .. } => {
                *leaving = true;
                let tx = *tx;
                let wanted = self.core.cancel(now, tx, None);
                self.obey(now, wanted, &mut out);
            }
            State::Incoming { .. } => return self.reject(now, id, 603),
            // No BYE before the ACK or its absence (§15).
            State::Answered { leaving, .. } => *leaving = true,
            State::Confirmed { .. } => self.say_bye(now, id, &mut out),
            State::Leaving { .. } => {}
        }
        out
    }

    /// Refuses an incoming call with a final code (300..=699; others become 603).
    pub fn reject(&mut self, now: Now, id: DialogId, code: u16) -> Vec<Output> {
        let mut out = Vec::new();
        let Some(State::Incoming { tx, request, .. }) = self.calls.get(&id).map(|c| &c.state) else { return out };
        let code = if (300..700).contains(&code) { code } else { 603 };
        let response = reply(request, code, self.calls.get(&id).map(|c| c.local_tag.as_str()));
        let wanted = self.core.respond(now, *tx, response);
        self.obey(now, wanted, &mut out);
        self.over(id, Event::Closed { id }, &mut out);
        out
    }

    /// Sends BYE, or keeps it for the next flow.
    pub(super) fn say_bye(&mut self, now: Now, id: DialogId, out: &mut Vec<Output>) {
        self.drop_their_offer(now, id, out);
        let flow = self.flow.is_some();
        let Some(call) = self.calls.get_mut(&id) else { return };
        let dialog = match &mut call.state {
            State::Answered { dialog, .. } | State::Confirmed { dialog, .. } | State::Leaving { dialog, .. } => dialog,
            State::Inviting { .. } | State::Incoming { .. } => return,
        };
        let bye = flow.then(|| dialog.request(Method::Bye));
        call.state = State::Leaving { dialog: dialog.clone(), sent: flow, give_up_at: now + 64 * T1 };
        if let Some(mut bye) = bye {
            self.introduce(&mut bye);
            let (_, wanted) = self.send(now, bye, Purpose::Bye(id));
            self.obey(now, wanted, out);
        }
    }

    /// The BYE has its final answer, whichever.
    pub(super) fn bye_done(&mut self, id: DialogId, out: &mut Vec<Output>) {
        if matches!(self.calls.get(&id).map(|c| &c.state), Some(State::Leaving { .. })) {
            self.over(id, Event::Closed { id }, out);
        }
    }

    /// A lost flow keeps the BYE for the next one; silence has had its 32 s.
    pub(super) fn bye_unanswered(&mut self, id: DialogId, code: u16, out: &mut Vec<Output>) {
        if code != 503 {
            return self.bye_done(id, out);
        }
        if let Some(State::Leaving { sent, .. }) = self.calls.get_mut(&id).map(|c| &mut c.state) {
            *sent = false;
        }
    }

    /// The dialog is dead: the peer hears BYE if it can, the phone hears why.
    pub(super) fn dialog_died(&mut self, now: Now, id: DialogId, cause: u16, out: &mut Vec<Output>) {
        self.drop_their_offer(now, id, out);
        let Some(mut call) = self.calls.remove(&id) else { return };
        self.forget_refers(id);
        if let Some(dialog) = call.dialog_mut() {
            self.farewell(now, dialog, out);
        }
        Self::tell(Event::Ended { id, cause: Some(cause) }, out);
    }

    /// An offer of theirs that nobody will answer any more gets 487 (§15.1.2).
    pub(super) fn drop_their_offer(&mut self, now: Now, id: DialogId, out: &mut Vec<Output>) {
        let Some(State::Confirmed { reoffer, .. }) = self.calls.get_mut(&id).map(|c| &mut c.state) else { return };
        match std::mem::replace(reoffer, Reoffer::Idle) {
            Reoffer::Asked(asked) => {
                let wanted = self.core.respond(now, asked.tx, reply(&asked.request, 487, None));
                self.obey(now, wanted, out);
            }
            other => *reoffer = other,
        }
    }
}
