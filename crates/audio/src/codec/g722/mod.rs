//! ITU-T G.722 at 64 kbit/s: 16 kHz speech in two bands of ADPCM, six bits for the lower, two for the upper (RTP payload type 9).
//!
//! ```text
//! 16 kHz ─► QMF ─┬─ 0…4 kHz ─► ADPCM, 6 bits ─┐
//!                └─ 4…8 kHz ─► ADPCM, 2 bits ─┴─► one byte for two samples
//! ```
//!
//! A port of the recommendation's block diagrams in the same integer arithmetic, so both directions are bit-exact. On the wire the
//! clock says 8000 although the sound has 16 000 samples a second (RFC 3551 §4.5.2): 20 ms are 160 bytes and 160 ticks.
//! The mode switching of 56 and 48 kbit/s with a data channel is not for RTP and not here.

mod band;
mod decoder;
mod encoder;
mod qmf;

pub use decoder::Decoder;
pub use encoder::Encoder;

#[cfg(test)]
mod tests;
