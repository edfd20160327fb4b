//! Flows: the connections over which SIP travels. Today SIP over WebSocket (RFC 7118), plain and over TLS.
//!
//! ```text
//!  Flow::open(id, target, trust, events) ──▶ connect ──▶ pump ──▶ FlowEvent { flow, news: Up | Frame | RoundTrip | Down }
//!  Flow::send(bytes) ──▶ bounded queue ──────────────────▲
//! ```
//!
//! A flow is used once: when it is down it stays down, and whoever wants another opens another. What stands in a frame is
//! not looked at here, so no message, however malformed, can take the phone off the air. A peer that falls silent is found
//! out by WebSocket pings within [`SILENCE_LIMIT`].

mod connect;
mod fault;
mod flow;
mod pump;
mod target;
mod trust;

pub use fault::FlowFault;
pub use flow::{Flow, FlowEvent, FlowNews};
pub use pump::{MAX_FRAME_BYTES, PING_EVERY, SILENCE_LIMIT, WRITE_LIMIT};
pub use target::{FlowTarget, TargetError};
pub use trust::{Trust, TrustError};
