//! SIP for both ends of the line, without sockets and clocks: bytes and the time go in; bytes, events and deadlines come out.
//!
//! ```text
//!            phone                         team server
//!   ua  (one per account)                edge  (one per realm)
//!        └──────────────┬───────────────────┘
//!                     core   parse, validate, transactions (RFC 3261 §17) over the pinned `sipx-*` crates
//! ```
//! Nothing here panics, waits or grows without bound because of what a peer sends.

// Until both doors are built some of it has one user or none.
#[allow(dead_code, unused_imports)]
pub(crate) mod core;
pub mod edge;

pub use core::ViaTransport;
