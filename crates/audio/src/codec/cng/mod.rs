//! Comfort noise (RFC 3389): what the room sounds like while nobody speaks, in a handful of bytes.
//!
//! ```text
//! room noise ─► Analyser ─► Sid { level, reflection coefficients } ─► payload ─► Sid ─► Generator ─► noise of that level and colour
//! ```
//!
//! Payload type 13 is for codecs at 8 kHz (RFC 3551 §4.5.15); so are analyser and generator.

mod analyser;
mod generator;
mod sid;

pub use analyser::Analyser;
pub use generator::Generator;
pub use sid::{MAX_ORDER, Sid};

#[cfg(test)]
mod tests;
