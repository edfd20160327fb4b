//! Sound cards: list them, open them, move samples between their callbacks and lock-free rings.
//!
//! ```text
//! microphone ─► callback (to mono, f32) ─► ring ─► whoever holds the Consumer      rings are mono at the device's rate
//! whoever holds the Producer ─► ring ─► callback (fan out) ─► loudspeaker
//! ```
//!
//! On Linux the sound server (PulseAudio, or PipeWire in its place) is spoken to directly, because the general library asks
//! it for the smallest latency and more callbacks than a call can afford (docs/decisions/0006-pulseaudio-directly.md). Without
//! a sound server, and on other systems, `cpal` opens the devices. Nothing here knows calls.
//!
//! A callback moves samples, counts and returns. A ring that is full loses the newest samples, one that is empty plays
//! zeros; both are counted. Whether a stream still lives is asked with [`Health`].

mod device;
mod error;
mod health;
mod priority;
#[cfg(target_os = "linux")]
mod pulse;
mod stream;
mod system;
mod watch;

#[cfg(test)]
mod no_allocation;

pub use device::{AudioDeviceInfo, list};
pub use error::{OpenError, StreamLost};
pub use health::Health;
pub use priority::raise_priority;
pub use stream::{Input, Output};
pub use watch::DeviceWatch;
