//! Voice inside the server: who is registered, whom a call reaches, and the extension `*43` that sends back what it hears.
//!
//! ```text
//!  VoiceInput ─▶ ┌──────────── task ────────────┐ ─▶ Outbound of each flow
//!                │  Edge ◀── frames ──▶ Echo ─┐ │ ─▶ VoiceEvent
//!                └────────────────────────────┼─┘
//!                                  one media task per echo call
//! ```
//! One task owns the edge (registrar and proxy), the queues and the echo phone; nothing is locked. Media flow between the phones
//! themselves; the server ends media for the echo alone.

mod booth;
mod echo;
mod echo_call;
mod mail;
mod mail_call;
mod mail_sound;
mod news;
mod park;
mod park_call;
mod park_slots;
mod queue_panel;
mod queue_words;
mod queues;
mod task;

use tokio::task::JoinHandle;

use crate::seam::VoiceSetup;

/// Why the voice task did not start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum VoiceError {
    /// The system gave no random numbers.
    #[error("no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    /// The domain is none, so the echo has no address.
    #[error("the address of the echo: {0}")]
    Address(#[from] base::AorError),
    /// A prompt of the voice boxes is broken.
    #[error("a prompt of the voice boxes: {0}")]
    Prompt(#[from] audio::ogg::BadOgg),
    /// The edge did not take the echo's registration.
    #[error("the echo could not register")]
    Echo,
}

/// Starts the voice task. When this returns, the echo can be called. The task ends when `setup.stop` is cancelled or
/// `setup.inputs` is closed.
pub(crate) async fn start(setup: VoiceSetup) -> Result<JoinHandle<()>, VoiceError> {
    let task = task::VoiceTask::new(setup)?;
    Ok(tokio::spawn(task.run()))
}
