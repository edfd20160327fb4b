//! People of a simulated contact centre: agents who answer, talk, hold, rest and take breaks, and callers who dial, wait, give up and talk.
//!
//! What each of them decides is pure ([`Agent`], [`Caller`]: chance and time in, effects out). What they do is real: each has a session at
//! the team server, a SIP registration over WebSocket, and in a call a media session that carries a voice-like sound.
//!
//! ```text
//!  mind (Agent | Caller) ◀── Input ── phone ──▶ sip::ua ──▶ sip-io flow ──▶ the server
//!          └── Effect ──▶  phone  ──▶ speech (media session, a packet of `voice` each 20 ms)
//! ```
//!
//! [`Troupe`] starts them all and ends them all.

mod agent;
mod caller;
mod draw;
mod mind;
mod pace;
mod phone;
mod speech;
mod troupe;
mod voice;

pub use agent::Agent;
pub use caller::{Caller, Target};
pub use mind::{Effect, Input, Mind, Mood};
pub use pace::{NoPace, Pace, Rhythm, Span};
pub use troupe::{Cast, CastError, Part, Troupe};
