//! Which microphone, speaker and ringers are used, and what follows when one comes, goes or fails.
//!
//! ```text
//! what was chosen, ever ─┐
//! what is plugged in ────┼─▶ rank, pick ─▶ DevicePlan (live) ─▶ Effect::UseDevices, Notice::Devices, Notice::DeviceMoved
//! what failed lately ────┘
//! ```
//!
//! The agent's last choice is wanted first, then the one before, and so on; then the system's default; then anything that makes
//! sound at all. Whatever returns is used again. A call never waits for any of it.

mod desk;
mod matching;
mod memory;
mod plan;
mod ranking;

pub(crate) use desk::Desk;
pub use memory::{ranking_from_text, ranking_to_text, ringers_from_text, ringers_to_text};
pub use plan::{DevicePlan, DevicesView, MoveWhy, RingSlot, Slot};
