//! What both front doors stand on: messages, digest answers and the transaction layer.
//!
//! The only place that names the pinned `sipx-*` crates. Comes in: one WebSocket frame, stream message or datagram at a
//! time, on a named flow. Goes out: [`CoreOut`], in the order in which it must happen. It does not know dialogs, users or
//! registrations: those belong to the transaction user above (`ua`, `edge`).

pub(crate) mod digest;
mod inbound;
mod machinery;
mod message;
mod output;
mod transactions;

pub(crate) use message::*;
pub use output::ViaTransport;
pub(crate) use output::{CoreLimits, CoreOut, TransactionId};
pub(crate) use transactions::{Core, T1, T2};
