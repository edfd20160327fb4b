//! Inside the transaction layer: from message and deadline to machine, and from what the machine says to what is done.

use std::time::Duration;

use base::{FlowId, Now};
use sipx_sip::{ClientTransaction, Output, Reliability, ServerTransaction, Timers, TransactionKey, TuEvent};

use super::message::{
    HeaderName, Message, Method, Request, Response, complete_length, cseq_header, cseq_of, header, reply,
};
use super::output::{CoreOut, TransactionId, ViaTransport};
use super::transactions::{Cancel, Core, Deadline, Machine, Side, T1, Transaction};

impl Core {
    pub(super) fn receive_request(&mut self, now: Now, flow: FlowId, request: Request, out: &mut Vec<CoreOut>) {
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

    pub(super) fn receive_response(&mut self, now: Now, flow: FlowId, response: Response, out: &mut Vec<CoreOut>) {
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

    pub(super) fn send_held_cancel(&mut self, now: Now, tx: TransactionId, out: &mut Vec<CoreOut>) {
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

    pub(super) fn start_client(
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

    pub(super) fn forget(&mut self, tx: TransactionId, out: &mut Vec<CoreOut>) {
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
    pub(super) fn obey(&mut self, now: Now, tx: TransactionId, outputs: Vec<Output>, out: &mut Vec<CoreOut>) {
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

    pub(super) fn fire(&mut self, now: Now, tx: TransactionId, deadline: Deadline, out: &mut Vec<CoreOut>) {
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

    pub(super) fn push_via(&mut self, flow: FlowId, request: &mut Request) {
        let transport = self.flows.get(&flow).map_or(ViaTransport::Wss, |f| f.via);
        let branch = self.chance.token();
        let via = format!("SIP/2.0/{transport} {};branch=z9hG4bK{branch}", self.sent_by);
        request.headers.push_front(header(HeaderName::Via, via));
    }
}

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
