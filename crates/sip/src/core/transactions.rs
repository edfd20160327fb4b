//! The transaction layer (RFC 3261 §17, RFC 6026): which message belongs to what, who is told, and when time is up.
//!
//! All flows are reliable (WS, WSS, TCP, TLS), so nothing is sent twice here but what a transaction user asks for. Keys
//! are looked up per flow and per side: a peer can neither reach another flow's transactions nor confuse a request it
//! invents with one that we sent.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use base::{Chance, FlowId, Now};
use bytes::Bytes;
use sipx_sip::transaction::{ClientState, ServerState};
use sipx_sip::{ClientTransaction, ServerTransaction, Timer, TransactionKey};

use super::inbound::{Inbound, read};
use super::message::{Message, Method, Request, Response, complete_length};
use super::output::{CoreCounters, CoreLimits, CoreOut, TransactionId, ViaTransport};

/// The transaction layer over any number of flows.
pub(crate) struct Core {
    pub(super) sent_by: String,
    pub(super) chance: Chance,
    pub(super) limits: CoreLimits,
    pub(super) flows: BTreeMap<FlowId, Flow>,
    pub(super) transactions: BTreeMap<TransactionId, Transaction>,
    pub(super) index: HashMap<(FlowId, Side, TransactionKey), TransactionId>,
    pub(super) deadlines: BTreeMap<(Now, u64), (TransactionId, Deadline)>,
    pub(super) next: u64,
    pub(super) counters: CoreCounters,
}

pub(super) struct Flow {
    pub(super) via: ViaTransport,
    pub(super) server_transactions: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Side {
    Client,
    Server,
}

pub(super) struct Transaction {
    pub(super) flow: FlowId,
    pub(super) key: TransactionKey,
    pub(super) machine: Machine,
    pub(super) cancel: Cancel,
    pub(super) deadlines: Vec<(Deadline, (Now, u64))>,
}

pub(super) enum Machine {
    Client(ClientTransaction),
    Server(ServerTransaction),
    /// A CANCEL of ours: its answer interests nobody.
    OwnCancel(ClientTransaction),
}

/// Our wish to cancel an INVITE of ours.
pub(super) enum Cancel {
    None,
    /// Held back until a provisional response proves that the other side has the INVITE (§9.1).
    Held {
        reason: Option<String>,
    },
    Sent,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Deadline {
    /// One of RFC 3261 Table 4.
    Rfc(Timer),
    /// 64·T1 after CANCEL without a final response to the INVITE: it is over (§9.1).
    CancelledSilence,
}

impl Core {
    /// `sent_by` is the Via host: `<token>.invalid` for a client behind WebSocket (RFC 7118 §5.2.1), the host name for a server.
    pub(crate) fn new(sent_by: impl Into<String>, limits: CoreLimits, chance: Chance) -> Self {
        Core {
            sent_by: sent_by.into(),
            chance,
            limits,
            flows: BTreeMap::new(),
            transactions: BTreeMap::new(),
            index: HashMap::new(),
            deadlines: BTreeMap::new(),
            next: 0,
            counters: CoreCounters::default(),
        }
    }

    /// A flow can carry messages from now on.
    pub(crate) fn flow_up(&mut self, flow: FlowId, via: ViaTransport) {
        self.flows.entry(flow).or_insert(Flow { via, server_transactions: 0 });
    }

    /// The flow is gone, and with it every transaction on it. Those still open report [`CoreOut::TransportError`].
    pub(crate) fn flow_down(&mut self, flow: FlowId) -> Vec<CoreOut> {
        let mut out = Vec::new();
        let dead: Vec<TransactionId> =
            self.transactions.iter().filter(|(_, t)| t.flow == flow).map(|(id, _)| *id).collect();
        for tx in dead {
            let told = self.transactions.get(&tx).is_some_and(|t| match &t.machine {
                Machine::Client(m) => {
                    matches!(m.state(), ClientState::Calling | ClientState::Trying | ClientState::Proceeding)
                }
                Machine::Server(m) => matches!(m.state(), ServerState::Trying | ServerState::Proceeding),
                Machine::OwnCancel(_) => false,
            });
            if told {
                out.push(CoreOut::TransportError { tx });
            }
            self.forget(tx, &mut out);
        }
        self.flows.remove(&flow);
        out
    }

    /// One frame came in.
    pub(crate) fn receive(&mut self, now: Now, flow: FlowId, frame: &[u8]) -> Vec<CoreOut> {
        let mut out = Vec::new();
        if !self.flows.contains_key(&flow) {
            return out;
        }
        match read(frame) {
            Inbound::Ping => out.push(CoreOut::Send { flow, bytes: Bytes::from_static(b"\r\n") }),
            Inbound::Pong => {}
            Inbound::Drop => self.counters.malformed += 1,
            Inbound::Refuse(response) => {
                self.counters.refused += 1;
                out.push(Self::send_directly(flow, Message::Response(*response)));
            }
            Inbound::Message(message) => match *message {
                Message::Request(request) => self.receive_request(now, flow, request, &mut out),
                Message::Response(response) => self.receive_response(now, flow, response, &mut out),
            },
        }
        out
    }

    /// Time has passed.
    pub(crate) fn tick(&mut self, now: Now) -> Vec<CoreOut> {
        let mut out = Vec::new();
        while let Some(entry) = self.deadlines.first_entry() {
            if entry.key().0 > now {
                break;
            }
            let (at, (tx, deadline)) = (*entry.key(), *entry.get());
            entry.remove();
            if let Some(t) = self.transactions.get_mut(&tx) {
                t.deadlines.retain(|d| d.1 != at);
            }
            self.fire(now, tx, deadline, &mut out);
        }
        out
    }

    /// When [`Core::tick`] has something to do.
    pub(crate) fn wake_at(&self) -> Option<Now> {
        self.deadlines.first_key_value().map(|((at, _), _)| *at)
    }

    /// Sends a request in a new client transaction. Adds Via with a new branch, and Content-Length where it is missing.
    /// On a flow that is not up the transaction ends at once with [`CoreOut::TransportError`].
    pub(crate) fn send_request(
        &mut self,
        now: Now,
        flow: FlowId,
        mut request: Request,
    ) -> (TransactionId, Vec<CoreOut>) {
        self.push_via(flow, &mut request);
        self.start_client(now, flow, request, Machine::Client)
    }

    /// Answers a request. A second final answer and answers to forgotten transactions are ignored, but a 2xx to INVITE may
    /// be repeated (§13.3.1.4). Adds Content-Length where it is missing.
    pub(crate) fn respond(&mut self, now: Now, tx: TransactionId, mut response: Response) -> Vec<CoreOut> {
        let mut out = Vec::new();
        let length = response.body().len();
        complete_length(&mut response.headers, length);
        let Some(Transaction { machine: Machine::Server(machine), .. }) = self.transactions.get_mut(&tx) else {
            return out;
        };
        let outputs = machine.on_tu_response(response);
        self.obey(now, tx, outputs, &mut out);
        out
    }

    /// Sends a request outside transactions with a new Via: the ACK for a 2xx (§13.2.2.4). Keep the bytes: each repetition
    /// of the 2xx wants the same ACK again.
    pub(crate) fn send_ack(&mut self, flow: FlowId, mut request: Request) -> (Bytes, CoreOut) {
        self.push_via(flow, &mut request);
        let length = request.body().len();
        complete_length(&mut request.headers, length);
        let bytes = Message::Request(request).to_bytes();
        (bytes.clone(), CoreOut::Send { flow, bytes })
    }

    /// Sends a message exactly as it is: stateless forwarding, repeated responses.
    pub(crate) fn send_directly(flow: FlowId, mut message: Message) -> CoreOut {
        let length = message.body().len();
        complete_length(message.headers_mut(), length);
        CoreOut::Send { flow, bytes: message.to_bytes() }
    }

    /// Cancels an INVITE of ours: at once after a provisional response, else as soon as one comes; a final response makes
    /// it needless. `reason` becomes a Reason header (RFC 3326). The INVITE still ends with a response (487, or the 2xx
    /// that crossed it), [`CoreOut::TimedOut`] or [`CoreOut::TransportError`]. The CANCEL's own answer is not reported.
    pub(crate) fn cancel(&mut self, now: Now, tx: TransactionId, reason: Option<&str>) -> Vec<CoreOut> {
        let mut out = Vec::new();
        let Some(Transaction { machine: Machine::Client(machine), cancel, .. }) = self.transactions.get_mut(&tx) else {
            return out;
        };
        if machine.request().method != Method::Invite || !matches!(cancel, Cancel::None) {
            return out;
        }
        *cancel = Cancel::Held { reason: reason.map(str::to_owned) };
        if machine.state() == ClientState::Proceeding {
            self.send_held_cancel(now, tx, &mut out);
        }
        out
    }

    /// The INVITE transaction that a CANCEL which just came in means (§9.2): same flow, same branch.
    pub(crate) fn cancelled_by(&self, flow: FlowId, cancel: &Request) -> Option<TransactionId> {
        let key = match TransactionKey::from_request(cancel)? {
            TransactionKey::Rfc3261 { branch, sent_by, .. } => {
                TransactionKey::Rfc3261 { branch, sent_by, method: Method::Invite.as_bytes().to_vec() }
            }
            TransactionKey::Legacy { request_uri, top_via, from_tag, to_tag, call_id, cseq, .. } => {
                let method = Method::Invite.as_bytes().to_vec();
                TransactionKey::Legacy { request_uri, top_via, from_tag, to_tag, call_id, cseq, method }
            }
        };
        self.index.get(&(flow, Side::Server, key)).copied()
    }

    /// The request of a transaction that is still known, as it was sent or as it came.
    pub(crate) fn request_of(&self, tx: TransactionId) -> Option<&Request> {
        self.transactions.get(&tx).map(|t| match &t.machine {
            Machine::Client(m) | Machine::OwnCancel(m) => m.request(),
            Machine::Server(m) => m.request(),
        })
    }

    /// Transactions in memory; for tests and gauges.
    pub(crate) fn len(&self) -> usize {
        self.transactions.len()
    }

    /// What happened so far.
    pub(crate) fn counters(&self) -> CoreCounters {
        self.counters
    }

    /// 16 random hexadecimal digits: a tag, part of a Call-ID.
    pub(crate) fn token(&mut self) -> String {
        self.chance.token()
    }
}

/// RFC 3261 §17.1.1.1: the estimate of the round trip from which every other timer is made.
pub(crate) const T1: Duration = Duration::from_millis(500);
/// The longest pause between repetitions (§17.1.2.1).
pub(crate) const T2: Duration = Duration::from_secs(4);
