//! The server's front door: registrar, location, digest check and forking proxy.
//!
//! ```text
//!  frame ─▶ core ─▶ requests ─┬─ REGISTER ─▶ gate ─▶ registrar ─▶ location
//!                             ├─ INVITE   ─▶ gate ─▶ location ─▶ fork: one branch per binding
//!                             ├─ to a queue ─▶ held until an agent takes it (see `queue`)
//!                             ├─ in dialog ─────────▶ location by Contact, else the flow in the route token
//!                             └─ CANCEL, ACK, OPTIONS
//!           core ─▶ responses ─▶ fork ─▶ first 2xx, or the best of all (§16.7) ─▶ caller
//! ```
//! A peer is a *flow* (one WebSocket). A flow proves who it is with short-lived credentials (digest, RFC 7616) and is then
//! that user until they expire; the From of what starts a dialog must be that user. The edge keeps no state about
//! dialogs that it needs to route them, so calls survive a restart of the server once both ends have registered again.
//! It deliberately does not touch SDP, does not follow redirects and does not relay to other domains.

mod best;
mod calls;
mod config;
mod door;
mod ephemeral;
mod flow;
mod fork;
mod gate;
mod identity;
mod location;
mod mailbox;
mod nonce;
mod operate;
mod orphan;
mod output;
mod parking;
mod queue;
mod registrar;
mod requests;
mod responses;
mod route;
mod stranded;
mod supervised;
#[cfg(test)]
mod tests;

pub use config::EdgeConfig;
pub use door::{Edge, EdgeCounters};
pub use ephemeral::ephemeral_password;
pub use identity::NOT_FROM_HERE;
pub use mailbox::{VOICEMAIL, box_of};
pub use operate::NotOperated;
pub use output::{CallKey, CloseReason, DeviceSeen, EdgeEvent, EdgeOutput};
pub use parking::{PARKING, SLOTS, slot_extension, slot_in, slot_of};
pub use queue::OfferKey;
pub use supervised::SuperviseFault;
