//! How a call sounds, and what is kept of it.

use base::CodecKind;

/// How one direction of a call sounds now.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WayQuality {
    /// Codec in use.
    pub codec: Option<CodecKind>,
    /// Mean opinion score by the E-model (ITU-T G.107), 1.0..=4.5; `None` while nothing is known of this direction.
    pub mos: Option<f32>,
    /// Share of packets lost in the last seconds, before any repair, 0.0..=1.0.
    pub lost: Option<f32>,
    /// How many packets in a row are lost on average, when any are.
    pub burst: Option<f32>,
    /// Interarrival jitter.
    pub jitter_ms: Option<f32>,
}

/// How a call sounds now. Told once a second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quality {
    /// What we hear.
    pub heard: WayQuality,
    /// What the far end hears of us, as it reports.
    pub spoken: WayQuality,
    /// Round trip of the media.
    pub rtt_ms: Option<f32>,
    /// From the far end's mouth to our ear, estimated; `None` without a round trip.
    pub delay_ms: Option<u32>,
    /// Sound that waits in our receive buffer.
    pub buffer_ms: u32,
    /// Share of what was played in the last second that had to be invented, 0.0..=1.0.
    pub concealed: f32,
    /// Share of it that was restored from redundancy.
    pub repaired: f32,
    /// Share of packets that came too late.
    pub late: f32,
    /// What protects our voice against loss now.
    pub protection: VoiceProtection,
    /// What is wrong, if anything is.
    pub fault: Option<Fault>,
}

/// What protects our voice against loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VoiceProtection {
    /// In-band forward error correction.
    pub fec: bool,
    /// Deep redundancy.
    pub dred: bool,
    /// Each packet twice.
    pub red: bool,
}

/// What is wrong with a call's sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fault {
    /// Whose it is to mend.
    pub side: FaultySide,
    /// What it is.
    pub cause: FaultCause,
}

/// Whose fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultySide {
    /// The agent's microphone.
    Microphone,
    /// The agent's computer: it does not keep up.
    Computer,
    /// The agent's connection.
    OwnNetwork,
    /// The server, the far end, or what lies between: not ours to mend.
    FarEnd,
}

base::codes! {
    FaultySide { Microphone = "microphone", Computer = "computer", OwnNetwork = "own_network", FarEnd = "far_end" }
}

/// What is wrong. The screen owns the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultCause {
    /// The microphone is missing, busy, refused or lost.
    NoMicrophone,
    /// Sound was dropped because this computer was too slow.
    Stalls,
    /// Packets to us are lost.
    LossIn,
    /// Packets from us are lost.
    LossOut,
    /// Packets are lost both ways.
    LossBoth,
    /// Packets arrive so unevenly that some are too late.
    Jitter,
    /// It takes too long until one hears the other.
    Delay,
    /// Nothing arrives.
    Nothing,
    /// The far end plays our sound unevenly.
    FarPlayout,
}

base::codes! {
    FaultCause {
        NoMicrophone = "no_microphone",
        Stalls = "stalls",
        LossIn = "loss_in",
        LossOut = "loss_out",
        LossBoth = "loss_both",
        Jitter = "jitter",
        Delay = "delay",
        Nothing = "nothing",
        FarPlayout = "far_playout",
    }
}

/// The quality of a whole call, kept with its row in the history. Whole numbers: it is stored, and two are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Passport {
    /// Seconds that were measured.
    pub seconds: u32,
    /// What we heard.
    pub heard: WayPassport,
    /// What the far end heard of us, as it reported.
    pub spoken: WayPassport,
    /// Mean round trip; `None` when it was never known.
    pub rtt_ms: Option<u32>,
    /// Longest round trip.
    pub rtt_most_ms: Option<u32>,
    /// Mean sound in the receive buffer.
    pub buffer_ms: u32,
    /// Of what was played, invented: thousandths.
    pub concealed_permille: u32,
    /// Of what was played, restored from redundancy: thousandths.
    pub repaired_permille: u32,
    /// Packets that came too late: thousandths.
    pub late_permille: u32,
    /// Seconds with trouble by the microphone.
    pub microphone_s: u32,
    /// Seconds in which this computer was too slow.
    pub computer_s: u32,
    /// Seconds with trouble by our network.
    pub own_network_s: u32,
    /// Seconds with trouble beyond it.
    pub far_end_s: u32,
    /// What was wrong longest, if anything was for a noticeable time.
    pub fault: Option<Fault>,
}

/// One direction of a whole call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct WayPassport {
    /// Codec that was used last.
    pub codec: Option<CodecKind>,
    /// Packets of this direction.
    pub packets: u64,
    /// Packets lost on the network.
    pub lost: u64,
    /// Mean score, hundredths: 100..=450; `None` when it was never known.
    pub mos_hundredths: Option<u32>,
    /// Lowest score of five seconds, hundredths.
    pub mos_least_hundredths: Option<u32>,
    /// Mean jitter; `None` when it was never known.
    pub jitter_ms: Option<u32>,
    /// Highest jitter.
    pub jitter_most_ms: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_a_fault_is_read_back() {
        assert!(FaultySide::ALL.iter().all(|side| FaultySide::from_code(side.code()) == Some(*side)));
        assert!(FaultCause::ALL.iter().all(|cause| FaultCause::from_code(cause.code()) == Some(*cause)));
        assert_eq!((FaultySide::from_code("other"), FaultCause::from_code("other")), (None, None));
    }
}
