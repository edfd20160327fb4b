//! Whole-house tests with nothing emulated but the sound cards: `rannan-cli` processes, the `rannan-server` program, real
//! sockets on this computer, a PulseAudio daemon for each agent.
//!
//! Tests wait for events, each with a deadline; nothing sleeps to let something else happen. Those that listen to sound run
//! one after another, because two cores cannot play ten voices in time.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod bulk;
mod calls;
mod codecs;
mod contact_sync;
mod contacts;
mod devices;
mod directory;
mod engine_door;
mod failures;
mod operate;
mod panel;
mod parking;
mod privacy;
mod profile;
mod queues;
mod recording;
mod rig;
mod rights;
mod server_loss;
mod shared_computer;
mod sources;
mod statuses;
mod supervision;
mod transfers;
mod voice;
mod voicemail;
