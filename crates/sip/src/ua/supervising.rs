//! Supervising a call: the leave in INVITE, another one in INFO (RFC 6086 style, without a body) for another mode. INFO changes no session,
//! so the sound goes on untouched while it is on its way.

use base::Now;

use super::sending::Purpose;
use super::{DialogId, Event, Output, UserAgent};
use crate::core::{Method, Request, TransactionId};
use crate::usage::{State, supervise_header, supervise_of};

impl UserAgent {
    /// Asks the other side, whose call we supervise, for another mode. Ends in [`Event::SuperviseAnswered`], or the end of the call.
    pub fn change_supervision(&mut self, now: Now, id: DialogId, token: &str) -> Vec<Output> {
        let mut out = Vec::new();
        let Some(State::Confirmed { dialog, .. }) = self.calls.get_mut(&id).map(|call| &mut call.state) else {
            Self::tell(Event::SuperviseAnswered { id, code: 481 }, &mut out);
            return out;
        };
        let mut info = dialog.request(Method::Info);
        self.introduce(&mut info);
        info.headers.push(supervise_header(token));
        let (_, wanted) = self.send(now, info, Purpose::Supervise(id));
        self.obey(now, wanted, &mut out);
        out
    }

    /// Answers [`Event::SuperviseAsked`].
    pub fn answer_supervise(&mut self, now: Now, id: DialogId, code: u16) -> Vec<Output> {
        let mut out = Vec::new();
        if let Some((tx, request)) = self.supervise_asked.remove(&id) {
            self.respond_code(now, tx, &request, code, &mut out);
        }
        out
    }

    /// Call-ID of a call leg.
    #[must_use]
    pub fn call_id(&self, id: DialogId) -> Option<&str> {
        self.calls.get(&id).map(|call| call.call_id.as_str())
    }

    /// INFO in a call. What it may hold beside a leave means nothing to us (RFC 6086 §4.2.2: 200 all the same).
    pub(super) fn informed(&mut self, now: Now, tx: TransactionId, id: DialogId, info: Request, out: &mut Vec<Output>) {
        match supervise_of(&info.headers) {
            None => self.respond_code(now, tx, &info, 200, out),
            Some(_) if self.supervise_asked.contains_key(&id) => self.respond_code(now, tx, &info, 491, out),
            Some(token) => {
                self.supervise_asked.insert(id, (tx, Box::new(info)));
                Self::tell(Event::SuperviseAsked { id, token }, out);
            }
        }
    }

    /// INFO was answered, or was not.
    pub(super) fn supervision_changed(&self, id: DialogId, code: u16, out: &mut Vec<Output>) {
        if code >= 200 && self.calls.contains_key(&id) {
            Self::tell(Event::SuperviseAnswered { id, code }, out);
        }
    }
}
