//! Who acts: one agent with a scripted far end ([`Solo`]), or two agents on one line ([`Duo`]). Time only moves when told.

use std::collections::VecDeque;
use std::time::Duration;

use base::{Aor, Chance, Now, Secret};
use sip::ViaTransport;
use sip::ua::{DialogId, Event, Output, UaConfig, UserAgent};

use crate::message::{Msg, invite};

pub fn agent(user: &str, seed: u64) -> UserAgent {
    let config = UaConfig {
        aor: Aor::new(user, "rannan.local").unwrap(),
        display_name: format!("Agent {user}"),
        auth_user: user.to_owned(),
        password: Secret::new(format!("secret-{user}")),
        transport: ViaTransport::Wss,
        instance: format!("urn:uuid:00000000-0000-4000-8000-{seed:012}"),
        user_agent: "Rannan/test".to_owned(),
        expires: Duration::from_secs(600),
    };
    UserAgent::new(config, Chance::from_number(seed))
}

pub fn aor(user: &str) -> Aor {
    Aor::new(user, "rannan.local").unwrap()
}

pub const fn secs(s: u64) -> Duration {
    Duration::from_secs(s)
}

pub const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// One agent whose far end is the test itself.
pub struct Solo {
    pub ua: UserAgent,
    pub now: Now,
    /// What it sent and nobody has looked at yet.
    pub sent: VecDeque<Msg>,
    pub events: VecDeque<Event>,
}

impl Solo {
    /// With a flow, not registered.
    pub fn new() -> Solo {
        let mut solo = Solo { ua: agent("101", 1), now: Now::ZERO, sent: VecDeque::new(), events: VecDeque::new() };
        solo.act(|ua, now| ua.flow_up(now));
        solo
    }

    /// Has sent the INVITE that is given back.
    pub fn calling() -> (Solo, DialogId, Msg) {
        let mut solo = Solo::new();
        let (id, invite) = solo.calls();
        (solo, id, invite)
    }

    /// In a call that it made with the INVITE that is given back.
    pub fn talking() -> (Solo, DialogId, Msg) {
        let mut solo = Solo::new();
        let (id, invite) = solo.talks();
        (solo, id, invite)
    }

    /// Somebody calls, with Call-ID `c1`.
    pub fn called() -> (Solo, DialogId) {
        let mut solo = Solo::new();
        solo.hears(&invite("1", "c1"));
        let id = solo.invited();
        (solo, id)
    }

    pub fn act(&mut self, f: impl FnOnce(&mut UserAgent, Now) -> Vec<Output>) {
        let out = f(&mut self.ua, self.now);
        self.take(out);
    }

    pub fn take(&mut self, out: Vec<Output>) {
        for one in out {
            match one {
                Output::Send(bytes) if &bytes[..] == b"\r\n" => {}
                Output::Send(bytes) => self.sent.push_back(Msg::read(&bytes)),
                Output::Event(event) => self.events.push_back(event),
            }
        }
    }

    pub fn hears(&mut self, message: &Msg) {
        let bytes = message.bytes();
        self.act(|ua, now| ua.receive(now, &bytes));
    }

    /// Moves time in the steps the agent asks for.
    pub fn wait(&mut self, duration: Duration) {
        let until = self.now + duration;
        while let Some(at) = self.ua.wake_at().filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.act(|ua, now| ua.tick(now));
            assert!(self.ua.wake_at() != Some(at), "a tick leaves no work behind for the same instant");
        }
        self.now = until;
    }

    pub fn calls(&mut self) -> (DialogId, Msg) {
        let (id, out) = self.ua.invite(self.now, &aor("102"), "v=0 ours".into());
        self.take(out);
        let invite = self.says("INVITE");
        (id, invite)
    }

    /// Calls, and is answered by a far end with tag `b`.
    pub fn talks(&mut self) -> (DialogId, Msg) {
        let (id, invite) = self.calls();
        self.hears(&invite.accept(200, "b").sdp("v=0 theirs"));
        self.says("ACK");
        self.tells(&Event::Accepted { id, answer: Some("v=0 theirs".into()) });
        (id, invite)
    }

    /// The next message must be this request.
    #[track_caller]
    pub fn says(&mut self, method: &str) -> Msg {
        let message = self.sent.pop_front().unwrap_or_else(|| panic!("expected {method}, nothing was sent"));
        assert!(message.is(method), "expected {method}, got {message:#?}");
        message
    }

    /// The next message must be this response.
    #[track_caller]
    pub fn replies(&mut self, code: u16) -> Msg {
        let message = self.sent.pop_front().unwrap_or_else(|| panic!("expected {code}, nothing was sent"));
        assert_eq!(message.code(), Some(code), "{message:#?}");
        message
    }

    #[track_caller]
    pub fn tells(&mut self, event: &Event) {
        assert_eq!(self.events.pop_front().as_ref(), Some(event));
    }

    #[track_caller]
    pub fn is_quiet(&self) {
        assert!(self.sent.is_empty() && self.events.is_empty(), "{:#?} {:#?}", self.sent, self.events);
    }

    #[track_caller]
    pub fn invited(&mut self) -> DialogId {
        match self.events.pop_front() {
            Some(Event::Invited { id, .. }) => id,
            other => panic!("expected an invitation, got {other:?}"),
        }
    }
}

/// Two agents on one line without anything between them. What one sends arrives in order, but only when the test runs it.
pub struct Duo {
    pub sides: [UserAgent; 2],
    pub now: Now,
    /// To whom, and what.
    pub wire: VecDeque<(usize, Vec<u8>)>,
    pub events: [VecDeque<Event>; 2],
    /// Everything that was carried, for a look back.
    pub log: Vec<(usize, Msg)>,
}

impl Duo {
    pub fn new() -> Duo {
        Duo::seeded(7)
    }

    pub fn seeded(seed: u64) -> Duo {
        let mut duo = Duo {
            sides: [agent("101", seed), agent("102", seed + 1)],
            now: Now::ZERO,
            wire: VecDeque::new(),
            events: [VecDeque::new(), VecDeque::new()],
            log: Vec::new(),
        };
        duo.act(0, |ua, now| ua.flow_up(now));
        duo.act(1, |ua, now| ua.flow_up(now));
        duo
    }

    /// In a call from side 0 to side 1.
    pub fn in_call() -> (Duo, DialogId, DialogId) {
        let mut duo = Duo::new();
        let (a, b) = duo.talking();
        (duo, a, b)
    }

    pub fn act(&mut self, side: usize, f: impl FnOnce(&mut UserAgent, Now) -> Vec<Output>) {
        let out = f(&mut self.sides[side], self.now);
        for one in out {
            match one {
                Output::Send(bytes) => self.wire.push_back((1 - side, bytes.to_vec())),
                Output::Event(event) => self.events[side].push_back(event),
            }
        }
    }

    /// Carries what is on the wire until nobody says anything.
    pub fn run(&mut self) {
        for _ in 0..1000 {
            let Some((to, bytes)) = self.wire.pop_front() else { return };
            self.log.push((to, Msg::read(&bytes)));
            self.act(to, |ua, now| ua.receive(now, &bytes));
        }
        panic!("the line never came to rest");
    }

    pub fn wait(&mut self, duration: Duration) {
        let until = self.now + duration;
        loop {
            self.run();
            let next = self.sides.iter().filter_map(UserAgent::wake_at).min().filter(|at| *at <= until);
            let Some(at) = next else { break };
            self.now = self.now.max(at);
            self.act(0, |ua, now| ua.tick(now));
            self.act(1, |ua, now| ua.tick(now));
        }
        self.now = until;
    }

    /// A call from side 0 to side 1 that both sides hold for standing.
    pub fn talking(&mut self) -> (DialogId, DialogId) {
        let (a, out) = self.sides[0].invite(self.now, &aor("102"), "v=0 a".into());
        self.act(0, |_, _| out);
        self.run();
        let Some(Event::Invited { id: b, offer, .. }) = self.events[1].pop_front() else { panic!("no invitation") };
        assert_eq!(offer.as_deref(), Some("v=0 a"));
        self.act(1, |ua, now| ua.ring(now, b));
        self.run();
        assert_eq!(self.events[0].pop_front(), Some(Event::Provisional { id: a, code: 180, early_sdp: None }));
        self.act(1, |ua, now| ua.answer(now, b, "v=0 b".into()));
        self.run();
        assert_eq!(self.events[0].pop_front(), Some(Event::Accepted { id: a, answer: Some("v=0 b".into()) }));
        assert_eq!(self.events[1].pop_front(), Some(Event::Confirmed { id: b }));
        (a, b)
    }

    #[track_caller]
    pub fn tells(&mut self, side: usize, event: &Event) {
        assert_eq!(self.events[side].pop_front().as_ref(), Some(event), "side {side}");
    }

    #[track_caller]
    pub fn is_over(&self) {
        assert!(self.events.iter().all(VecDeque::is_empty), "{:?}", self.events);
        assert_eq!(self.sides.each_ref().map(|ua| ua.load().0), [0, 0], "no call leg is left");
    }
}
