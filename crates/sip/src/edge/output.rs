//! What an edge wants done and has to tell.

use std::time::Duration;

use base::{FlowId, Now, SuperviseMode};
use bytes::Bytes;

use super::queue::OfferKey;
use super::supervised::SuperviseFault;

/// Consequences of one input, in the order in which they must happen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum EdgeOutput {
    /// Write these bytes as one WebSocket message.
    Send {
        /// The flow to write to.
        flow: FlowId,
        /// One SIP message, or CRLF.
        bytes: Bytes,
    },
    /// Close the flow once what was sent before is written; [`Edge::flow_down`](super::Edge::flow_down) is expected to follow.
    Close {
        /// The flow to close.
        flow: FlowId,
        /// Why, for the log.
        why: CloseReason,
    },
    /// Something others may want to know.
    Event(EdgeEvent),
}

/// Why a flow is not wanted any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseReason {
    /// Far more messages than any phone sends.
    Flood,
    /// Again and again frames that are no SIP.
    Garbage,
    /// Too many wrong passwords.
    Guessing,
    /// The account was disabled.
    Revoked,
    /// An administrator ended the registration of the device behind it.
    Unregistered,
}

/// A device that is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceSeen<'a> {
    /// Of this registration, never used again by this edge.
    pub id: u64,
    /// Whose.
    pub user: &'a str,
    /// What it says that it is, at most 128 characters; empty: nothing.
    pub user_agent: &'a str,
    /// Behind which connection.
    pub flow: FlowId,
    /// Since when it is registered without a gap.
    pub since: Now,
    /// Until when, unless it registers again.
    pub until: Now,
}

/// One call through this edge, from INVITE to BYE. Never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallKey(pub u64);

/// News for the rest of the server. Users are the user parts of AORs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EdgeEvent {
    /// A device registered or refreshed.
    Registered {
        /// Whose device.
        user: String,
        /// Its Contact URI.
        contact: String,
        /// Its User-Agent, at most 128 characters; empty when it did not say.
        user_agent: String,
        /// What was granted.
        expires: Duration,
    },
    /// A binding is gone: unregistered, expired, replaced, its flow closed or the account revoked.
    Unregistered {
        /// Whose device.
        user: String,
        /// Its Contact URI.
        contact: String,
    },
    /// An INVITE was accepted for forwarding.
    CallStarted {
        /// The call.
        key: CallKey,
        /// The caller.
        from: String,
        /// Who was dialled.
        to: String,
    },
    /// The first device rings.
    CallRinging {
        /// The call.
        key: CallKey,
        /// The caller.
        from: String,
        /// Who was dialled.
        to: String,
    },
    /// A device answered.
    CallAnswered {
        /// The call.
        key: CallKey,
        /// The caller.
        from: String,
        /// Who was dialled.
        to: String,
    },
    /// A colleague took a ringing call, or sent it to somebody else ([`Edge::pick_up`](super::Edge::pick_up),
    /// [`Edge::divert`](super::Edge::divert)): what is told of it from now on names the new one.
    CallMoved {
        /// The call.
        key: CallKey,
        /// Where it rang.
        was: String,
        /// Whose it is now.
        to: String,
    },
    /// The call is over.
    CallEnded {
        /// The call.
        key: CallKey,
        /// The caller.
        from: String,
        /// Who was dialled.
        to: String,
        /// The final response to INVITE; 200 after an answered call's BYE, 408 when both ends vanished without one.
        code: u16,
    },
    /// A call was answered by the edge itself, because the callee wants none ([`Edge::turn_away`](super::Edge::turn_away)).
    /// Nothing else is told of it.
    CallTurnedAway {
        /// The call.
        key: CallKey,
        /// The caller.
        from: String,
        /// Who was dialled.
        to: String,
        /// What the caller was answered.
        code: u16,
    },
    /// A call to a queue is held ([`Edge::queue_offer`](super::Edge::queue_offer)). Follows its `CallStarted`.
    QueueCalled {
        /// The call.
        key: CallKey,
        /// The caller.
        from: String,
        /// The queue's extension.
        to: String,
    },
    /// The caller of a held call gave up or is gone. `CallEnded` comes when the agents' devices have stopped.
    QueueLeft {
        /// The call.
        key: CallKey,
    },
    /// The first device of an agent rings with a held call.
    OfferRinging {
        /// The call.
        key: CallKey,
        /// The offer.
        offer: OfferKey,
        /// Whose device.
        agent: String,
    },
    /// A device of an agent took the call; `CallAnswered` follows, if it is the first one.
    OfferTaken {
        /// The call.
        key: CallKey,
        /// The offer.
        offer: OfferKey,
        /// Whose device.
        agent: String,
    },
    /// No device of the agent rings any more, and none took the call.
    OfferOver {
        /// The call.
        key: CallKey,
        /// The offer.
        offer: OfferKey,
        /// Whose devices.
        agent: String,
        /// The final response; `None` when there was no device, or the connections of all broke.
        code: Option<u16>,
    },
    /// A supervisor takes part in a call of somebody, or does so differently. Nothing else is told of it before its end.
    Supervised {
        /// The supervisor's own call.
        key: CallKey,
        /// The supervisor.
        by: String,
        /// Whose call it is.
        of: String,
        /// How.
        mode: SuperviseMode,
    },
    /// A supervisor has left, or the call is over.
    SuperviseOver {
        /// The supervisor's own call.
        key: CallKey,
        /// The supervisor.
        by: String,
        /// Whose call it was.
        of: String,
    },
    /// Somebody wanted to supervise with a leave that is worth nothing. No phone was asked.
    SuperviseRefused {
        /// Who.
        by: String,
        /// Whose call.
        of: String,
        /// Why.
        why: SuperviseFault,
    },
    /// Credentials were wrong, expired or somebody else's.
    AuthFailed {
        /// The extension they claim to be.
        user: String,
        /// Where they came from.
        flow: FlowId,
    },
}
