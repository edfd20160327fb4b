//! Whole phones, their server and a network in one thread and in moved time.
//!
//! ```text
//!   Station (Phone + fake media + fake sound) ──Send──▶ Link (delay, cut, silence) ──▶ sip::edge::Edge
//!        ▲        ▲                                                                        │
//!        │        └────────────── ToPhone, FlowUp, FlowDown ◀──────── Link ◀──────────────┘
//!        └─ commands from the test                          RawPeer: messages written by hand
//! ```
//! Nothing sleeps: [`World`] takes the next thing that happens and moves the clock to it. The same seed goes the same
//! way. What must never happen (two calls on one microphone, an effect for a call that is over …) is collected as
//! *faults* while it runs; [`World::assert_sound`] shows them with the seed.

mod flows;
mod look;
mod media;
mod network;
mod obey;
mod raw;
mod sessions;
mod sip_text;
mod station;
mod supervise;
mod trouble;
mod world;

pub use media::{FakeMedia, Sdp, Way};
pub use network::{Link, Owner, Weather};
pub use raw::{RawId, RawPeer};
pub use sip_text::SipText;
pub use station::{Heard, Station};
pub use world::{PhoneId, REALM, World};
