//! The transaction layer (RFC 3261 §17, RFC 6026): which message belongs to what, who is told, and when time is up.
//!
//! All flows are reliable (WS, WSS, TCP, TLS), so nothing is sent twice here but what a transaction user asks for. Keys
//! are looked up per flow and per side: a peer can neither reach another flow's transactions nor confuse a request it
//! invents with one that we sent.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::time::Duration;

use base::{Chance, FlowId, Now};
use bytes::Bytes;
use sipx_sip::transaction::{ClientState, ServerState};
use sipx_sip::{ClientTransaction, Output, Reliability, ServerTransaction, Timer, Timers, TransactionKey, TuEvent};

use super::inbound::{Inbound, read};
use super::message::{
    HeaderName, Message, Method, Request, Response, complete_length, cseq_header, cseq_of, header, reply,
};

/// One transaction of ours, client or server. Never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TransactionId(pub u64);

/// What the Via of our requests says about the flow (RFC 7118 §5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViaTransport {
    /// `ws://`.
    Ws,
    /// `wss://`.
    Wss,
}

impl fmt::Display for ViaTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ViaTransport::Ws => "WS",
            ViaTransport::Wss => "WSS",
        })
    }
}

/// What the core wants done or known, in this order.
#[derive(Debug)]
#[must_use]
pub(crate) enum CoreOut {
    /// Write these bytes as one frame.
    Send { flow: FlowId, bytes: Bytes },
    /// A new request (never ACK, but CANCEL as well). Answer it with [`Core::respond`].
    Request { tx: TransactionId, flow: FlowId, req: Request },
    /// An ACK for a 2xx, or one that fits nothing.
    Ack { flow: FlowId, req: Request },
    /// A response to a request of ours: provisional, final, and every repetition of a 2xx to INVITE.
    Response { tx: TransactionId, resp: Response },
    /// No final answer in 64·T1 (Timers B and F), or none in 64·T1 after CANCEL (§9.1). For a server transaction: no ACK (H).
    TimedOut { tx: TransactionId },
    /// The flow went before the transaction was answered.
    TransportError { tx: TransactionId },
    /// The transaction is over and forgotten; follows the event that told why.
    Terminated { tx: TransactionId },
    /// A response that fits no transaction: a 2xx that came after Timer M, or nonsense.
    Stray { flow: FlowId, resp: Response },
}

/// Bounds on what a peer can make us keep.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CoreLimits {
    /// Server transactions of one flow; further INVITEs are answered 503 and forgotten, other requests at twice as many, CANCEL never.
    pub server_transactions_per_flow: usize,
}

/// What happened on the wire, since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CoreCounters {
    /// Frames that were no SIP message and could not be answered.
    pub malformed: u64,
    /// Requests refused before any user of the core saw them (400, 505).
    pub refused: u64,
    /// Requests answered 503 because the flow had too many open.
    pub overloaded: u64,
    /// Repeated requests that an existing transaction swallowed.
    pub retransmissions: u64,
    /// Responses that fitted no transaction.
    pub strays: u64,
}

/// The transaction layer over any number of flows.
pub(crate) struct Core {
    sent_by: String,
    chance: Chance,
    limits: CoreLimits,
    flows: BTreeMap<FlowId, Flow>,
    transactions: BTreeMap<TransactionId, Transaction>,
    index: HashMap<(FlowId, Side, TransactionKey), TransactionId>,
    deadlines: BTreeMap<(Now, u64), (TransactionId, Deadline)>,
    next: u64,
    counters: CoreCounters,
}

struct Flow {
    via: ViaTransport,
    server_transactions: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    Client,
    Server,
}

struct Transaction {
    flow: FlowId,
    key: TransactionKey,
    machine: Machine,
    cancel: Cancel,
    deadlines: Vec<(Deadline, (Now, u64))>,
}

enum Machine {
    Client(ClientTransaction),
    Server(ServerTransaction),
    /// A CANCEL of ours: its answer interests nobody.
    OwnCancel(ClientTransaction),
}

/// Our wish to cancel an INVITE of ours.
enum Cancel {
    None,
    /// Held back until a provisional response proves that the other side has the INVITE (§9.1).
    Held {
        reason: Option<String>,
    },
    Sent,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Deadline {
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

    /// The flow of a transaction that is still known.
    pub(crate) fn flow_of(&self, tx: TransactionId) -> Option<FlowId> {
        self.transactions.get(&tx).map(|t| t.flow)
    }

    /// Whether a flow is up.
    pub(crate) fn has_flow(&self, flow: FlowId) -> bool {
        self.flows.contains_key(&flow)
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

    fn receive_request(&mut self, now: Now, flow: FlowId, request: Request, out: &mut Vec<CoreOut>) {
        let Some(key) = TransactionKey::from_request(&request) else {
            self.counters.malformed += 1;
            return;
        };
        let index = (flow, Side::Server, key);
        if let Some(&tx) = self.index.get(&index) {
            if request.method != Method::Ack {
                self.counters.retransmissions += 1;
            }
            let Some(Transaction { machine: Machine::Server(machine), .. }) = self.transactions.get_mut(&tx) else {
                return;
            };
            let outputs = machine.on_request(&request);
            return self.obey(now, tx, outputs, out);
        }
        if request.method == Method::Ack {
            return out.push(CoreOut::Ack { flow, req: request });
        }
        let Some(state) = self.flows.get_mut(&flow) else { return };
        // INVITEs stay open while people think; they must not lock out what ends them.
        let limit = match request.method {
            Method::Cancel => usize::MAX,
            Method::Invite => self.limits.server_transactions_per_flow,
            _ => self.limits.server_transactions_per_flow * 2,
        };
        if state.server_transactions >= limit {
            self.counters.overloaded += 1;
            let response = reply(&request, 503, Some("busy"));
            return out.push(Self::send_directly(flow, Message::Response(response)));
        }
        state.server_transactions += 1;
        let (machine, outputs) = ServerTransaction::new(request, Reliability::Reliable, Timers::default());
        let tx = self.insert(flow, index.2, Machine::Server(machine), Side::Server);
        self.obey(now, tx, outputs, out);
    }

    fn receive_response(&mut self, now: Now, flow: FlowId, response: Response, out: &mut Vec<CoreOut>) {
        let known = TransactionKey::from_response(&response)
            .and_then(|key| self.index.get(&(flow, Side::Client, key)).copied());
        let Some(tx) = known else {
            self.counters.strays += 1;
            return out.push(CoreOut::Stray { flow, resp: response });
        };
        let provisional = response.status.is_provisional();
        let Some(Transaction { machine: Machine::Client(machine) | Machine::OwnCancel(machine), .. }) =
            self.transactions.get_mut(&tx)
        else {
            return;
        };
        let outputs = machine.on_response(response);
        self.obey(now, tx, outputs, out);
        if provisional {
            self.send_held_cancel(now, tx, out);
        } else {
            self.disarm(tx, Deadline::CancelledSilence);
        }
    }

    fn send_held_cancel(&mut self, now: Now, tx: TransactionId, out: &mut Vec<CoreOut>) {
        let Some(Transaction { flow, machine: Machine::Client(machine), cancel, .. }) = self.transactions.get_mut(&tx)
        else {
            return;
        };
        let Cancel::Held { reason } = cancel else { return };
        let (flow, mut request) = (*flow, cancel_for(machine.request()));
        if let Some(reason) = reason.take() {
            request.headers.push(header(HeaderName::Reason, reason));
        }
        *cancel = Cancel::Sent;
        self.arm(now + 64 * T1, tx, Deadline::CancelledSilence);
        let (_, sent) = self.start_client(now, flow, request, Machine::OwnCancel);
        out.extend(sent);
    }

    fn start_client(
        &mut self,
        now: Now,
        flow: FlowId,
        mut request: Request,
        kind: fn(ClientTransaction) -> Machine,
    ) -> (TransactionId, Vec<CoreOut>) {
        let mut out = Vec::new();
        let length = request.body().len();
        complete_length(&mut request.headers, length);
        let key = TransactionKey::from_sent_request(&request);
        let (Some(key), true) = (key, self.flows.contains_key(&flow)) else {
            self.next += 1;
            let tx = TransactionId(self.next);
            out.push(CoreOut::TransportError { tx });
            out.push(CoreOut::Terminated { tx });
            return (tx, out);
        };
        let (machine, outputs) = ClientTransaction::new(request, Reliability::Reliable, Timers::default());
        let tx = self.insert(flow, key, kind(machine), Side::Client);
        self.obey(now, tx, outputs, &mut out);
        (tx, out)
    }

    fn insert(&mut self, flow: FlowId, key: TransactionKey, machine: Machine, side: Side) -> TransactionId {
        self.next += 1;
        let tx = TransactionId(self.next);
        self.index.insert((flow, side, key.clone()), tx);
        self.transactions.insert(tx, Transaction { flow, key, machine, cancel: Cancel::None, deadlines: Vec::new() });
        tx
    }

    fn forget(&mut self, tx: TransactionId, out: &mut Vec<CoreOut>) {
        let Some(gone) = self.transactions.remove(&tx) else { return };
        let side = match gone.machine {
            Machine::Client(_) | Machine::OwnCancel(_) => Side::Client,
            Machine::Server(_) => {
                if let Some(flow) = self.flows.get_mut(&gone.flow) {
                    flow.server_transactions = flow.server_transactions.saturating_sub(1);
                }
                Side::Server
            }
        };
        self.index.remove(&(gone.flow, side, gone.key));
        for (_, at) in gone.deadlines {
            self.deadlines.remove(&at);
        }
        if !matches!(gone.machine, Machine::OwnCancel(_)) {
            out.push(CoreOut::Terminated { tx });
        }
    }

    /// Does what a transaction machine asks for. Deadlines of zero (reliable flows absorb nothing) fire at once.
    fn obey(&mut self, now: Now, tx: TransactionId, outputs: Vec<Output>, out: &mut Vec<CoreOut>) {
        let Some(transaction) = self.transactions.get(&tx) else { return };
        let flow = transaction.flow;
        let silent = matches!(transaction.machine, Machine::OwnCancel(_));
        let mut due = Vec::new();
        for output in outputs {
            match output {
                Output::Send(message) => out.push(CoreOut::Send { flow, bytes: message.to_bytes() }),
                Output::SetTimer { timer, after } if after == Duration::ZERO => due.push(timer),
                Output::SetTimer { timer, after } => self.arm(now + after, tx, Deadline::Rfc(timer)),
                Output::ClearTimer(timer) => self.disarm(tx, Deadline::Rfc(timer)),
                Output::ToTu(event) if !silent => out.push(match *event {
                    TuEvent::Request(req) => CoreOut::Request { tx, flow, req: *req },
                    TuEvent::Response(resp) => CoreOut::Response { tx, resp: *resp },
                    TuEvent::Ack(req) => CoreOut::Ack { flow, req: *req },
                    TuEvent::Timeout => CoreOut::TimedOut { tx },
                    TuEvent::TransportError => CoreOut::TransportError { tx },
                    _ => continue,
                }),
                Output::Terminated(_) => return self.forget(tx, out),
                _ => {}
            }
        }
        for timer in due {
            self.fire(now, tx, Deadline::Rfc(timer), out);
        }
    }

    fn fire(&mut self, now: Now, tx: TransactionId, deadline: Deadline, out: &mut Vec<CoreOut>) {
        let Some(transaction) = self.transactions.get_mut(&tx) else { return };
        match deadline {
            Deadline::Rfc(timer) => {
                let outputs = match &mut transaction.machine {
                    Machine::Client(m) | Machine::OwnCancel(m) => m.on_timer(timer),
                    Machine::Server(m) => m.on_timer(timer),
                };
                self.obey(now, tx, outputs, out);
            }
            Deadline::CancelledSilence => {
                out.push(CoreOut::TimedOut { tx });
                self.forget(tx, out);
            }
        }
    }

    fn arm(&mut self, at: Now, tx: TransactionId, deadline: Deadline) {
        self.disarm(tx, deadline);
        self.next += 1;
        let key = (at, self.next);
        self.deadlines.insert(key, (tx, deadline));
        if let Some(t) = self.transactions.get_mut(&tx) {
            t.deadlines.push((deadline, key));
        }
    }

    fn disarm(&mut self, tx: TransactionId, deadline: Deadline) {
        let Some(t) = self.transactions.get_mut(&tx) else { return };
        let deadlines = &mut self.deadlines;
        t.deadlines.retain(|(d, at)| {
            let stop = *d == deadline;
            if stop {
                deadlines.remove(at);
            }
            !stop
        });
    }

    fn push_via(&mut self, flow: FlowId, request: &mut Request) {
        let transport = self.flows.get(&flow).map_or(ViaTransport::Wss, |f| f.via);
        let branch = self.chance.token();
        let via = format!("SIP/2.0/{transport} {};branch=z9hG4bK{branch}", self.sent_by);
        request.headers.push_front(header(HeaderName::Via, via));
    }
}

/// RFC 3261 §17.1.1.1: the estimate of the round trip from which every other timer is made.
pub(crate) const T1: Duration = Duration::from_millis(500);
/// The longest pause between repetitions (§17.1.2.1).
pub(crate) const T2: Duration = Duration::from_secs(4);

/// The CANCEL for an INVITE of ours (§9.1): same Request-URI, Call-ID, To, From, Route, number and top Via.
fn cancel_for(invite: &Request) -> Request {
    let mut cancel = Request::new(Method::Cancel, invite.uri.clone());
    if let Some(via) = invite.headers.get(&HeaderName::Via) {
        cancel.headers.push(via.clone());
    }
    cancel.headers.push(header(HeaderName::MaxForwards, "70"));
    for name in [HeaderName::Route, HeaderName::From, HeaderName::To, HeaderName::CallId] {
        invite.headers.get_all(&name).for_each(|h| cancel.headers.push(h.clone()));
    }
    let number = cseq_of(&invite.headers).map_or(1, |(number, _)| number);
    cancel.headers.push(cseq_header(number, &Method::Cancel));
    cancel
}
