//! The phone's front door: one [`UserAgent`] per account.
//!
//! ```text
//!  user wishes ┐                                  ┌ Output::Send(bytes)   one frame for the flow
//!  frames      ├─▶ UserAgent ─▶ usage, dialog ─▶ ─┤ Output::Event(event)  what the phone must know
//!  time, flow  ┘        └─▶ core (transactions)   └ wake_at               when to call tick
//! ```
//! It matches requests and responses to registrations, calls and dialogs. It does not open flows, does not decide when to
//! register again after a failure, and does not look into SDP. Every input has an answer in every state; what comes late
//! or twice is ignored on purpose.

mod agent;
mod called;
mod calling;
mod config;
mod event;
mod leaving;
mod midcall;
mod referring;
mod registering;
mod sending;
mod sessions;
mod supervising;

pub use crate::usage::QueuePlace;
pub use agent::UserAgent;
pub use config::UaConfig;
pub use event::{Caller, Counters, DialogId, Event, Output, Referral, RegisterFailure};
