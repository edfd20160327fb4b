//! Codecs: packets ↔ samples.

pub mod cng;
mod decimate;
pub mod g711;
pub mod g722;
pub mod opus;
pub mod protect;
pub mod red;
#[cfg(test)]
pub(crate) mod spectrum;
#[cfg(test)]
pub(crate) mod voice;
mod voice_encoder;

pub(crate) use decimate::Decimator;
pub use voice_encoder::{SpeechPacket, VoiceEncoder};

/// From 16-bit PCM.
fn from_pcm16(sample: i16) -> f32 {
    f32::from(sample) / 32_768.0
}

/// To 16-bit PCM: too loud is full scale, not a number is silence.
fn to_pcm16(sample: f32) -> i16 {
    (sample * 32_768.0).round() as i16
}
