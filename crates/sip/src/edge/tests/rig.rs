//! An edge, some hand-made phones, and a clock that moves when told.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use base::{Chance, FlowId, Now, Secret, WallMs};

use crate::core::digest::{Credentials, challenge, respond};
use crate::edge::{Edge, EdgeConfig, EdgeEvent, EdgeOutput, ephemeral_password};

pub const REALM: &str = "rannan.local";
const START_S: i64 = 1_700_000_000;

pub struct Rig {
    pub edge: Edge,
    pub now: Now,
    pub inbox: BTreeMap<FlowId, VecDeque<String>>,
    pub events: Vec<EdgeEvent>,
    pub closed: Vec<FlowId>,
    branch: u32,
}

/// One phone: a flow, an extension and a Contact that stays.
#[derive(Clone)]
pub struct Phone {
    pub flow: FlowId,
    pub user: String,
    pub contact: String,
}

pub fn phone(flow: u64, user: &str) -> Phone {
    Phone { flow: FlowId(flow), user: user.into(), contact: format!("sip:p{flow}@p{flow}.invalid;transport=ws") }
}

pub fn config() -> EdgeConfig {
    EdgeConfig::new(REALM, Secret::new("s3cret"))
}

impl Rig {
    pub fn new() -> Self {
        Self::with(config())
    }

    pub fn with(config: EdgeConfig) -> Self {
        let mut edge = Edge::new(config, Chance::from_number(7));
        edge.set_users(["101", "102", "103"].map(str::to_owned));
        Rig { edge, now: Now::ZERO, inbox: BTreeMap::new(), events: Vec::new(), closed: Vec::new(), branch: 0 }
    }

    /// Registered phones of these users, on flows 1, 2, 3 …
    pub fn registered<const N: usize>(users: [&str; N]) -> (Self, [Phone; N]) {
        let (mut rig, mut flow) = (Self::new(), 0);
        let phones = users.map(|user| {
            flow += 1;
            phone(flow, user)
        });
        phones.iter().for_each(|p| rig.register(p));
        (rig, phones)
    }

    /// A phone on flow 1 that has said nothing yet.
    pub fn connected(user: &str) -> (Self, Phone) {
        let (mut rig, p) = (Self::new(), phone(1, user));
        rig.up(&p);
        (rig, p)
    }

    /// The server process dies and comes back: another edge, other secrets of its own, no flows.
    pub fn restart(&mut self) {
        self.edge = Edge::new(config(), Chance::from_number(8));
        self.edge.set_users(["101", "102", "103"].map(str::to_owned));
        self.inbox.clear();
    }

    pub fn wall(&self) -> WallMs {
        WallMs(START_S * 1000 + i64::try_from(self.now.since_epoch().as_millis()).expect("small"))
    }

    pub fn up(&mut self, phone: &Phone) {
        let out = self.edge.flow_up(self.now, phone.flow, None);
        self.take(out);
    }

    pub fn down(&mut self, phone: &Phone) {
        let out = self.edge.flow_down(self.now, phone.flow);
        self.take(out);
    }

    /// Hands a frame in; `\n` stands for CRLF.
    pub fn send(&mut self, phone: &Phone, text: &str) {
        self.send_bytes(phone.flow, text.replace('\n', "\r\n").as_bytes());
    }

    pub fn send_bytes(&mut self, flow: FlowId, bytes: &[u8]) {
        let out = self.edge.receive(self.now, self.wall(), flow, bytes);
        self.take(out);
    }

    pub fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some(at) = self.edge.wake_at().filter(|at| *at <= end) {
            self.now = self.now.max(at);
            let out = self.edge.tick(self.now, self.wall());
            self.take(out);
        }
        self.now = end;
    }

    /// The next frame for a phone; panics when there is none.
    pub fn next(&mut self, phone: &Phone) -> String {
        self.inbox
            .get_mut(&phone.flow)
            .and_then(VecDeque::pop_front)
            .unwrap_or_else(|| panic!("nothing for {}", phone.user))
    }

    /// The next frame, which must begin with `start`.
    pub fn expect(&mut self, phone: &Phone, start: &str) -> String {
        let frame = self.next(phone);
        assert!(frame.starts_with(start), "expected {start}, got\n{frame}");
        frame
    }

    pub fn silent(&self, phone: &Phone) -> bool {
        self.inbox.get(&phone.flow).is_none_or(VecDeque::is_empty)
    }

    pub fn branch(&mut self) -> String {
        self.branch += 1;
        format!("z9hG4bKtest{}", self.branch)
    }

    /// A request with a Via of its own.
    pub fn request(&mut self, from: &Phone, method: &str, uri: &str, rest: &str) -> String {
        let branch = self.branch();
        let host = format!("p{}.invalid", from.flow);
        format!(
            "{method} {uri} SIP/2.0\nVia: SIP/2.0/WS {host};branch={branch}\nMax-Forwards: 70\n{rest}Content-Length: 0\n\n"
        )
    }

    pub fn register_text(&mut self, p: &Phone, cseq: u32, expires: &str, extra: &str) -> String {
        let (user, contact, flow) = (&p.user, &p.contact, p.flow);
        let rest = format!(
            "From: <sip:{user}@{REALM}>;tag=r{flow}\nTo: <sip:{user}@{REALM}>\nCall-ID: reg-{flow}\nCSeq: {cseq} REGISTER\n\
             Contact: <{contact}>{expires}\n{extra}"
        );
        self.request(p, "REGISTER", &format!("sip:{REALM}"), &rest)
    }

    /// Brings a phone up and registers it.
    pub fn register(&mut self, p: &Phone) {
        self.up(p);
        let text = self.register_text(p, 1, ";expires=300", "");
        self.send(p, &text);
        let challenge = self.expect(p, "SIP/2.0 401");
        let auth = self.answer(&challenge, "REGISTER", &format!("sip:{REALM}"), &p.user, 3600);
        let text = self.register_text(p, 2, ";expires=300", &format!("Authorization: {auth}\n"));
        self.send(p, &text);
        self.expect(p, "SIP/2.0 200");
    }

    /// Credentials for the first challenge in a 401 or 407, good for `seconds` from now.
    pub fn answer(&self, response: &str, method: &str, uri: &str, user: &str, seconds: i64) -> String {
        let name = format!("{}:{user}", self.wall().0 / 1000 + seconds);
        let password = ephemeral_password(&Secret::new("s3cret"), &name);
        answer_with(response, method, uri, &name, password.reveal())
    }

    /// An INVITE that needs no challenge, since the flow is proven.
    pub fn invite(&mut self, from: &Phone, to: &str, call_id: &str) -> String {
        self.invite_saying(from, to, call_id, "")
    }

    /// The same with more rows.
    pub fn invite_saying(&mut self, from: &Phone, to: &str, call_id: &str, rows: &str) -> String {
        let (user, contact) = (&from.user, &from.contact);
        let rest = format!(
            "From: <sip:{user}@{REALM}>;tag=f{call_id}\nTo: <sip:{to}@{REALM}>\nCall-ID: {call_id}\nCSeq: 1 INVITE\n\
             Contact: <{contact}>\n{rows}"
        );
        let text = self.request(from, "INVITE", &format!("sip:{to}@{REALM}"), &rest);
        self.send(from, &text);
        text
    }

    /// Sets a call up between two registered phones and gives the dialog of either.
    pub fn call(&mut self, a: &Phone, b: &Phone, call_id: &str) -> (Dialog, Dialog) {
        self.invite(a, &b.user, call_id);
        self.expect(a, "SIP/2.0 100");
        let invite = self.expect(b, "INVITE");
        let ok = reply(&invite, "200 OK", "bt", &format!("Contact: <{}>\n", b.contact));
        self.send(b, &ok);
        let ok = self.expect(a, "SIP/2.0 200");
        let dialogs = (Dialog::of_caller(&ok), Dialog::of_callee(&invite));
        let ack = self.in_dialog(a, &dialogs.0, "ACK", 1, "");
        self.send(a, &ack);
        self.expect(b, "ACK");
        dialogs
    }

    /// The caller's side of the dialog that a 200 makes.
    pub fn dialog_of(&self, ok: &str) -> Dialog {
        Dialog::of_caller(ok)
    }

    pub fn in_dialog(&mut self, p: &Phone, d: &Dialog, method: &str, cseq: u32, extra: &str) -> String {
        let Dialog { local, remote, call_id, target, route } = d;
        let rest = format!(
            "{route}From: {local}\nTo: {remote}\nCall-ID: {call_id}\nCSeq: {cseq} {method}\nContact: <{}>\n{extra}",
            p.contact
        );
        self.request(p, method, target, &rest)
    }

    /// What the server does about a held call.
    pub fn queue(&mut self, act: impl FnOnce(&mut Edge, Now) -> Vec<EdgeOutput>) {
        let out = act(&mut self.edge, self.now);
        self.take(out);
    }

    pub fn ended_codes(&self) -> Vec<u16> {
        let code = |e: &EdgeEvent| if let EdgeEvent::CallEnded { code, .. } = e { Some(*code) } else { None };
        self.events.iter().filter_map(code).collect()
    }

    fn take(&mut self, out: Vec<EdgeOutput>) {
        for one in out {
            match one {
                EdgeOutput::Send { flow, bytes } => {
                    let text = String::from_utf8(bytes.to_vec()).expect("text").replace("\r\n", "\n");
                    self.inbox.entry(flow).or_default().push_back(text);
                }
                EdgeOutput::Close { flow, .. } => self.closed.push(flow),
                EdgeOutput::Event(event) => self.events.push(event),
            }
        }
    }
}

/// What a phone remembers about a dialog.
#[derive(Clone, Debug)]
pub struct Dialog {
    pub local: String,
    pub remote: String,
    pub call_id: String,
    pub target: String,
    pub route: String,
}

impl Dialog {
    fn of_caller(ok: &str) -> Self {
        Self::new(row(ok, "From"), row(ok, "To"), ok)
    }

    fn of_callee(invite: &str) -> Self {
        Self::new(format!("{};tag=bt", row(invite, "To")), row(invite, "From"), invite)
    }

    fn new(local: String, remote: String, message: &str) -> Self {
        let contact = row(message, "Contact");
        let target = contact.trim_start_matches('<').trim_end_matches('>').to_owned();
        Dialog {
            local,
            remote,
            call_id: row(message, "Call-ID"),
            target,
            route: format!("Route: {}\n", row(message, "Record-Route")),
        }
    }
}

pub fn answer_with(response: &str, method: &str, uri: &str, name: &str, password: &str) -> String {
    let proxy = response.starts_with("SIP/2.0 407");
    let value = row(response, if proxy { "Proxy-Authenticate" } else { "WWW-Authenticate" });
    let challenge = challenge(value.as_bytes(), proxy).expect("a digest challenge");
    respond(&challenge, &Credentials::new(name, password), method, uri, 1, "c0ffee")
}

/// The value of the first header row with this name.
pub fn row(message: &str, name: &str) -> String {
    let start = format!("{name}: ");
    let line = message.lines().find(|l| l.starts_with(&start)).unwrap_or_else(|| panic!("no {name} in\n{message}"));
    line[start.len()..].to_owned()
}

/// What a phone answers to a request it got.
pub fn reply(request: &str, status: &str, tag: &str, extra: &str) -> String {
    let kept = |l: &&str| ["Via:", "From:", "Call-ID:", "CSeq:", "Record-Route:"].iter().any(|n| l.starts_with(n));
    let rows: String = request.lines().filter(kept).map(|l| format!("{l}\n")).collect();
    let to = row(request, "To");
    let to = if to.contains(";tag=") { to } else { format!("{to};tag={tag}") };
    format!("SIP/2.0 {status}\n{rows}To: {to}\n{extra}Content-Length: 0\n\n")
}
