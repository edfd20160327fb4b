//! The user agent: its parts, its clock, and the way of every input.

use std::collections::BTreeMap;

use base::{Chance, FlowId, Now, Secret};
use bytes::Bytes;

use super::sending::Sent;
use super::sessions::UnsureAck;
use super::{Counters, DialogId, Event, Output, UaConfig};
use crate::core::{Core, CoreLimits, CoreOut, Request, TransactionId};
use crate::usage::{Call, Keyring, Referred, Referring, Registration};

/// A SIP user agent for one account over one flow at a time.
///
/// The owner keeps three promises: it does what the outputs say, in their order; it calls [`UserAgent::tick`] at or after
/// [`UserAgent::wake_at`]; and it reports flows as they come and go. Not for several threads at once.
pub struct UserAgent {
    pub(super) config: UaConfig,
    /// `<sip:…@….invalid;transport=ws>`, the same for the life of the agent: what finds us after a reconnect (RFC 7118 §5.2.2).
    pub(super) contact: String,
    pub(super) contact_user: String,
    pub(super) chance: Chance,
    pub(super) core: Core,
    /// The flow that is up. Numbers are our own: a new flow gets a new one.
    pub(super) flow: Option<FlowId>,
    flows_seen: u64,
    pub(super) registration: Registration,
    pub(super) keyring: Keyring,
    pub(super) calls: BTreeMap<DialogId, Call>,
    calls_seen: u64,
    /// Our REFERs, by the call leg in which they are open.
    pub(super) referring: BTreeMap<DialogId, Referring>,
    /// Theirs.
    pub(super) referred: BTreeMap<DialogId, Referred>,
    /// Wishes of supervisors that the phone has not answered yet.
    pub(super) supervise_asked: BTreeMap<DialogId, (TransactionId, Box<Request>)>,
    pub(super) sent: BTreeMap<TransactionId, Sent>,
    /// ACKs that may have gone down with a flow.
    pub(super) unsure_acks: Vec<UnsureAck>,
    pub(super) repeated_answers: u64,
    pub(super) turned_away: u64,
}

/// Server transactions that one flow may hold open; honest servers never come near.
const LIMITS: CoreLimits = CoreLimits { server_transactions_per_flow: 256 };

impl UserAgent {
    /// A user agent that has no flow yet and wants nothing.
    #[must_use]
    pub fn new(config: UaConfig, mut chance: Chance) -> Self {
        let sent_by = format!("{}.invalid", chance.token());
        let contact_user = chance.token();
        let call_id = format!("{}@{sent_by}", chance.token());
        let from_tag = chance.token();
        UserAgent {
            contact: format!("<sip:{contact_user}@{sent_by};transport=ws>"),
            contact_user,
            core: Core::new(sent_by, LIMITS, chance.fork()),
            flow: None,
            flows_seen: 0,
            registration: Registration::new(call_id, from_tag, config.expires),
            keyring: Keyring::new(config.auth_user.clone(), config.password.clone()),
            calls: BTreeMap::new(),
            calls_seen: 0,
            referring: BTreeMap::new(),
            referred: BTreeMap::new(),
            supervise_asked: BTreeMap::new(),
            sent: BTreeMap::new(),
            unsure_acks: Vec::new(),
            repeated_answers: 0,
            turned_away: 0,
            chance,
            config,
        }
    }

    /// A fresh flow is connected. Registers if that is wanted, says the BYEs that had to wait, repeats unacknowledged 200s.
    pub fn flow_up(&mut self, now: Now) -> Vec<Output> {
        let mut out = if self.flow.is_some() { self.flow_down(now) } else { Vec::new() };
        self.flows_seen += 1;
        let flow = FlowId(self.flows_seen);
        self.core.flow_up(flow, self.config.transport);
        self.flow = Some(flow);
        if self.registration.wanted {
            self.send_register(now, 0, &mut out);
        }
        self.resume_calls(now, &mut out);
        out
    }

    /// The flow is gone. Everything that waited on it fails at once; confirmed dialogs survive, and where an offer was open in
    /// one, [`Event::WantsReoffer`] asks for another: nobody knows how much of the exchange got through.
    pub fn flow_down(&mut self, now: Now) -> Vec<Output> {
        let mut out = Vec::new();
        if let Some(flow) = self.flow.take() {
            self.doubt_acks(now);
            let lost = self.core.flow_down(flow);
            self.obey(now, lost, &mut out);
            self.drop_unconfirmed_answers(&mut out);
            self.registration_lost_flow(&mut out);
        }
        out
    }

    /// One frame came in on the current flow. Keep-alives are answered; what is broken is counted, and answered if it can be.
    pub fn receive(&mut self, now: Now, bytes: &[u8]) -> Vec<Output> {
        let mut out = Vec::new();
        if let Some(flow) = self.flow {
            let arrived = self.core.receive(now, flow, bytes);
            self.obey(now, arrived, &mut out);
        }
        out
    }

    /// Time has passed. Calling it too early does nothing.
    pub fn tick(&mut self, now: Now) -> Vec<Output> {
        let mut out = Vec::new();
        let due = self.core.tick(now);
        self.obey(now, due, &mut out);
        self.registration_due(now, &mut out);
        let waiting: Vec<DialogId> = self
            .calls
            .iter()
            .filter(|(_, call)| call.wake_at().is_some_and(|at| at <= now))
            .map(|(id, _)| *id)
            .collect();
        for id in waiting {
            self.call_due(now, id, &mut out);
        }
        out
    }

    /// When [`UserAgent::tick`] has something to do; `None`: not before the next input.
    #[must_use]
    pub fn wake_at(&self) -> Option<Now> {
        let calls = self.calls.values().filter_map(Call::wake_at);
        calls.chain(self.core.wake_at()).chain(self.registration.wake_at()).min()
    }

    /// New credentials, from the next request on.
    pub fn set_credentials(&mut self, auth_user: String, password: Secret) {
        self.config.auth_user.clone_from(&auth_user);
        self.config.password = password.clone();
        self.keyring = Keyring::new(auth_user, password);
    }

    /// Another name for others to see, from the next request on.
    pub fn set_display_name(&mut self, name: String) {
        self.config.display_name = name;
    }

    /// What happened on the wire so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        let core = self.core.counters();
        Counters {
            malformed: core.malformed,
            refused: core.refused,
            overloaded: core.overloaded + self.turned_away,
            retransmissions: core.retransmissions,
            unmatched_responses: core.strays,
            repeated_answers: self.repeated_answers,
        }
    }

    /// Call legs and transactions in memory, for tests of boundedness.
    #[must_use]
    pub fn load(&self) -> (usize, usize) {
        (self.calls.len(), self.core.len())
    }

    pub(super) fn next_id(&mut self) -> DialogId {
        self.calls_seen += 1;
        DialogId(self.calls_seen)
    }

    /// Passes on what the core wants, and lets the usages react.
    pub(super) fn obey(&mut self, now: Now, wanted: Vec<CoreOut>, out: &mut Vec<Output>) {
        for one in wanted {
            match one {
                CoreOut::Send { bytes, .. } => out.push(Output::Send(bytes)),
                CoreOut::Request { tx, req, .. } => self.request(now, tx, req, out),
                CoreOut::Ack { req, .. } => self.acknowledged(now, &req, out),
                CoreOut::Response { tx, resp } => self.response(now, tx, &resp, out),
                CoreOut::TimedOut { tx } => self.unanswered(now, tx, 408, out),
                CoreOut::TransportError { tx } => self.unanswered(now, tx, 503, out),
                CoreOut::Terminated { tx } => {
                    self.sent.remove(&tx);
                }
                // A 2xx later than Timer M, or nonsense: counted by the core; the far end gives up by itself.
                CoreOut::Stray { .. } => {}
            }
        }
    }

    pub(super) fn send_bytes(bytes: Bytes, out: &mut Vec<Output>) {
        out.push(Output::Send(bytes));
    }

    pub(super) fn tell(event: Event, out: &mut Vec<Output>) {
        out.push(Output::Event(event));
    }
}
