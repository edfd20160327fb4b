//! SIP for both ends of the line, without sockets and clocks: bytes and the time go in; bytes, events and deadlines come out.
//!
//! ```text
//!            phone                         team server
//!   ua  (one per account)                edge  (one per realm)
//!    ├── usage   register, INVITE, re-INVITE │
//!    ├── dialog  ids, routes, CSeq           │
//!    └──────────────┬────────────────────────┘
//!                 core   parse, validate, transactions (RFC 3261 §17) over the pinned `sipx-*` crates
//! ```
//! Nothing here panics, waits or grows without bound because of what a peer sends. Deviations from the RFCs and their
//! reasons: `docs/protocols/sip.md`.

pub(crate) mod core;
pub(crate) mod dialog;
pub mod edge;
pub mod ua;
pub(crate) mod usage;

pub use core::ViaTransport;
pub use usage::{SuperviseToken, supervise_key};
