//! Vocabulary of the field: identifiers, units, addresses and the things that cores are given from outside (time, chance).
//!
//! A leaf: no behaviour beyond small conversions, no I/O, no clock. Whoever owns a clock builds [`Now`] from it and passes it in.

mod address;
mod chance;
mod codes;
mod digits;
mod ids;
mod privacy;
mod supervise;
mod time;
mod units;

pub use address::{Aor, AorError};
pub use chance::Chance;
pub use digits::ascii_digit;
pub use ids::{AccountId, CallId, FlowId};
pub use privacy::{Redacted, Secret};
pub use supervise::SuperviseMode;
pub use time::{Now, WallMs};
pub use units::{CodecKind, Dbfs, FRAME_MS, FRAME_SAMPLES, Pt, Ptime, SAMPLE_RATE, SampleRate, Ssrc};
