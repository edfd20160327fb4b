//! Ogg Opus files (RFC 3533, RFC 7845): packets to bytes and back, without a file.
//!
//! ```text
//! packets of 20 ms ─▶ Writer ─▶ pages of 200 ms ─▶ … ─▶ read ─▶ packets, samples to skip
//! ```
//!
//! A page is the smallest thing that survives: of a file that was torn off, [`read`] gives everything up to the last whole page.

mod page;
mod reader;
mod writer;

pub use reader::{BadOgg, OggOpus, read};
pub use writer::Writer;

/// What a file's packets hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One voice.
    Mono,
    /// Two voices that share nothing: a packet is two mono packets, the first with its length (RFC 6716 appendix B).
    TwoVoices,
    /// One pair of channels that were encoded together. We write none of these.
    Coupled,
}

impl Layout {
    /// Channels of the sound.
    #[must_use]
    pub const fn channels(self) -> usize {
        match self {
            Layout::Mono => 1,
            Layout::TwoVoices | Layout::Coupled => 2,
        }
    }

    /// Streams in a packet, and how many of them are coupled (RFC 7845 §5.1.1).
    pub(crate) const fn streams(self) -> (u8, u8) {
        match self {
            Layout::Mono => (1, 0),
            Layout::TwoVoices => (2, 0),
            Layout::Coupled => (1, 1),
        }
    }
}

#[cfg(test)]
mod tests;
