//! What the transaction layer tells, and within which bounds it works.

use std::fmt;

use base::FlowId;
use bytes::Bytes;

use super::message::{Request, Response};

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
    /// A response that fits no transaction: a 2xx that came after Timer M or on another flow, or nonsense. It has been counted.
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
