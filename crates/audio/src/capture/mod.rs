//! The microphone's path: device samples in, frames to encode out.

mod bands;
mod chain;
mod coupling;
mod decimated;
mod drift;
mod echo;
mod echo_watch;
mod floor;
mod gain;
mod high_pass;
mod microphone;
mod noise;
mod path;
mod reference;
mod room;
mod speech;
mod switch;

pub use chain::CaptureChain;
pub use microphone::{EchoMode, Microphone, NoiseMode};
pub use path::CapturePath;
pub use reference::Reference;
pub use speech::{MutedSpeech, SpeechDetector};
