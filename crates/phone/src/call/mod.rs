//! Calls: what each of them is doing, and how they share one agent, one microphone and one ear.

#[expect(clippy::module_inception, reason = "one noun per file: this one is the call itself")]
mod call;
mod conference;
pub(crate) mod end_reason;
mod guest;
mod lineup;
mod links;
mod media;
mod negotiation;
mod policy;
mod recording;
mod sdp_direction;
mod settling;
mod signalling;
mod sound;
mod state;
mod supervising;
mod transfer;
mod transferee;

pub(crate) use lineup::Lineup;
pub(crate) use transferee::Invitation;
