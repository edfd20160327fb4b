//! Units of sound and RTP.

/// The rate at which everything inside the phone runs, in samples per second.
pub const SAMPLE_RATE: u32 = 48_000;
/// Length of a frame in milliseconds. A *frame* is 10 ms of samples; a *packet* is what is on the wire.
pub const FRAME_MS: u32 = 10;
/// Samples of a frame: 480 at 48 kHz mono.
pub const FRAME_SAMPLES: usize = (SAMPLE_RATE / 1000 * FRAME_MS) as usize;

/// Samples per second of a device or codec.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SampleRate(pub u32);

/// Packet time in milliseconds (RFC 8866 §6.4): how much sound one packet carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ptime(pub u8);

/// RTP payload type, 0..=127 (RFC 3550 §5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pt(pub u8);

/// RTP synchronisation source (RFC 3550 §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ssrc(pub u32);

/// A level relative to full scale in decibels: 0.0 is the loudest possible, silence is −∞ and kept as [`Dbfs::SILENCE`].
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Dbfs(pub f32);

impl Dbfs {
    /// What we call silence: below the noise of any sound card.
    pub const SILENCE: Dbfs = Dbfs(-127.0);

    /// From an amplitude (0.0..=1.0), floor at [`Dbfs::SILENCE`].
    #[must_use]
    pub fn from_amplitude(amplitude: f32) -> Self {
        if amplitude <= 0.0 || !amplitude.is_finite() {
            return Self::SILENCE;
        }
        Dbfs((20.0 * amplitude.log10()).max(Self::SILENCE.0))
    }
}

/// How speech is written in RTP payloads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodecKind {
    /// RFC 6716, RFC 7587: 48 kHz on the clock.
    Opus,
    /// ITU-T G.722 at 64 kbit/s: 16 kHz sound, 8 kHz on the clock (RFC 3551 §4.5.2).
    G722,
    /// ITU-T G.711 µ-law, 8 kHz.
    Pcmu,
    /// ITU-T G.711 A-law, 8 kHz.
    Pcma,
    /// Comfort noise (RFC 3389), 8 kHz: what the room sounds like while nobody speaks.
    ComfortNoise,
}

crate::codes! { CodecKind { Opus = "opus", G722 = "g722", Pcmu = "pcmu", Pcma = "pcma", ComfortNoise = "cn" } }

impl CodecKind {
    /// RTP clock rate, ticks per second.
    #[must_use]
    pub fn clock_rate(self) -> u32 {
        match self {
            CodecKind::Opus => 48_000,
            CodecKind::G722 | CodecKind::Pcmu | CodecKind::Pcma | CodecKind::ComfortNoise => 8_000,
        }
    }
}
