//! A peer whose messages a test writes by hand: for what a polite phone never does.

use bytes::Bytes;

use super::network::Owner;
use super::sip_text::{SipText, body};
use super::world::{REALM, World};

/// Which raw peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawId(pub(super) usize);

/// A registered address that does nothing by itself.
pub struct RawPeer {
    /// Extension.
    pub user: String,
    /// Everything that came, oldest first.
    pub inbox: Vec<SipText>,
    sent: u32,
    /// CSeq of our newest INVITE: what an ACK of ours is for.
    invited: u32,
}

impl RawPeer {
    pub(super) fn new(user: &str) -> Self {
        RawPeer { user: user.to_owned(), inbox: Vec::new(), sent: 0, invited: 0 }
    }

    /// The newest message of a method and, for responses, a code.
    #[must_use]
    pub fn last(&self, method: &str, code: Option<u16>) -> Option<&SipText> {
        self.inbox.iter().rev().find(|message| message.method() == method && message.code() == code)
    }

    /// How many requests of a method came.
    #[must_use]
    pub fn requests(&self, method: &str) -> usize {
        self.inbox.iter().filter(|message| message.method() == method && message.code().is_none()).count()
    }

    /// Its Contact.
    #[must_use]
    pub fn contact(&self) -> String {
        format!("<sip:{0}@{0}.invalid;transport=ws>", self.user)
    }

    pub(super) fn register(&mut self, realm: &str) -> String {
        let (user, contact) = (self.user.clone(), self.contact());
        let head = self.head("REGISTER", &format!("sip:{realm}"), "reg");
        format!(
            "{head}From: <sip:{user}@{realm}>;tag=r\r\nTo: <sip:{user}@{realm}>\r\nCSeq: {} REGISTER\r\nContact: {contact}\r\nExpires: 600\r\n{}",
            self.sent,
            body(None)
        )
    }

    /// A request outside a dialog. `extra` are header lines, each with its CRLF.
    #[must_use]
    pub fn request(
        &mut self,
        method: &str,
        to: &str,
        realm: &str,
        call_id: &str,
        extra: &str,
        sdp: Option<&str>,
    ) -> String {
        let (user, contact) = (self.user.clone(), self.contact());
        let head = self.head(method, &format!("sip:{to}@{realm}"), call_id);
        format!(
            "{head}From: <sip:{user}@{realm}>;tag={user}\r\nTo: <sip:{to}@{realm}>\r\nCSeq: {} {method}\r\nContact: {contact}\r\n{extra}{}",
            self.sent,
            body(sdp)
        )
    }

    /// A request inside the dialog that `invite` (theirs) began and we answered with `tag`.
    #[must_use]
    pub fn in_dialog_of(&mut self, invite: &SipText, tag: &str, method: &str, sdp: Option<&str>) -> String {
        let target = bracketed(invite.header("Contact")).to_owned();
        let routes: String = invite.all("Record-Route").map(|route| format!("Route: {route}\r\n")).collect();
        self.in_dialog(
            &target,
            &routes,
            invite,
            (&format!("{};tag={tag}", invite.header("To")), invite.header("From")),
            method,
            sdp,
        )
    }

    /// A request inside the dialog that we began and `response` (theirs, 2xx) made.
    #[must_use]
    pub fn in_dialog_by(&mut self, response: &SipText, method: &str, sdp: Option<&str>) -> String {
        let target = bracketed(response.header("Contact")).to_owned();
        let mut routes: Vec<&str> = response.all("Record-Route").collect();
        routes.reverse();
        let routes: String = routes.iter().map(|route| format!("Route: {route}\r\n")).collect();
        self.in_dialog(&target, &routes, response, (response.header("From"), response.header("To")), method, sdp)
    }

    fn in_dialog(
        &mut self,
        target: &str,
        routes: &str,
        about: &SipText,
        (from, to): (&str, &str),
        method: &str,
        sdp: Option<&str>,
    ) -> String {
        let contact = self.contact();
        let head = self.head(method, target, about.header("Call-ID"));
        let cseq = match method {
            "ACK" => self.invited,
            _ => self.sent,
        };
        format!(
            "{head}{routes}From: {from}\r\nTo: {to}\r\nCSeq: {cseq} {method}\r\nContact: {contact}\r\n{}",
            body(sdp)
        )
    }

    fn head(&mut self, method: &str, target: &str, call_id: &str) -> String {
        self.sent += 1;
        if method == "INVITE" {
            self.invited = self.sent;
        }
        format!(
            "{method} {target} SIP/2.0\r\nVia: SIP/2.0/WS {0}.invalid;branch=z9hG4bK{0}{1}\r\nMax-Forwards: 70\r\nCall-ID: {call_id}\r\n",
            self.user, self.sent
        )
    }
}

/// Driving raw peers.
impl World {
    /// Sends a message of a raw peer.
    pub fn raw_send(&mut self, id: RawId, message: String) {
        let flow = self.links_of(Owner::Raw(id.0)).pop();
        let flow = flow.expect("a raw peer has a link from its birth");
        self.send_up(flow, Bytes::from(message));
    }

    /// Lets a raw peer write a request outside a dialog.
    pub fn raw_request(&mut self, id: RawId, method: &str, to: &str, extra: &str, sdp: Option<&str>) {
        let message = self.raws[id.0].request(method, to, REALM, "raw-call", extra, sdp);
        self.raw_send(id, message);
    }

    /// Lets a raw peer answer the newest request of `method`.
    pub fn raw_respond(&mut self, id: RawId, method: &str, code: u16, extra: &str, sdp: Option<&str>) {
        let peer = &self.raws[id.0];
        let request = peer.last(method, None).expect("the test waited for this request");
        let response = request.respond(code, "rawtag", &peer.contact(), extra, sdp);
        self.raw_send(id, response);
    }

    /// Lets a raw peer send a request inside the dialog that their newest INVITE began.
    pub fn raw_in_dialog(&mut self, id: RawId, method: &str, sdp: Option<&str>) {
        let peer = &mut self.raws[id.0];
        let first = peer.inbox.iter().find(|message| message.method() == "INVITE" && message.code().is_none());
        let invite = first.expect("the test waited for INVITE").clone();
        let message = peer.in_dialog_of(&invite, "rawtag", method, sdp);
        self.raw_send(id, message);
    }

    /// The same with header lines, each with its CRLF, and a body that they describe.
    pub fn raw_in_dialog_saying(&mut self, id: RawId, method: &str, extra: &str, text: &str) {
        let peer = &mut self.raws[id.0];
        let first = peer.inbox.iter().find(|message| message.method() == "INVITE" && message.code().is_none());
        let invite = first.expect("the test waited for INVITE").clone();
        let message = peer.in_dialog_of(&invite, "rawtag", method, None);
        self.raw_send(id, said(&message, extra, text));
    }

    /// The same inside the dialog that its own INVITE began.
    pub fn raw_in_own_dialog_saying(&mut self, id: RawId, method: &str, extra: &str, text: &str) {
        let peer = &mut self.raws[id.0];
        let accepted = peer.last("INVITE", Some(200)).expect("the test waited for 200").clone();
        let message = peer.in_dialog_by(&accepted, method, None);
        self.raw_send(id, said(&message, extra, text));
    }

    /// Lets a raw peer send a request inside the dialog that its own INVITE began.
    pub fn raw_in_own_dialog(&mut self, id: RawId, method: &str, sdp: Option<&str>) {
        let peer = &mut self.raws[id.0];
        let accepted = peer.last("INVITE", Some(200)).expect("the test waited for 200").clone();
        let message = peer.in_dialog_by(&accepted, method, sdp);
        self.raw_send(id, message);
    }
}

fn said(message: &str, extra: &str, text: &str) -> String {
    let end = format!("{extra}Content-Length: {}\r\n\r\n{text}", text.len());
    message.replace("Content-Length: 0\r\n\r\n", &end)
}

fn bracketed(value: &str) -> &str {
    value.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(value, |(uri, _)| uri)
}
