//! How a call sounds, and what is kept of it. Shares are 0.0..=1.0, scores are those of the E-model (ITU-T G.107), 1.0..=4.5.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How speech is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Codec {
    /// Opus.
    Opus,
    /// G.722.
    G722,
    /// G.711 µ-law.
    Pcmu,
    /// G.711 A-law.
    Pcma,
    /// Comfort noise.
    ComfortNoise,
}

/// Whose it is to mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FaultySide {
    /// The agent's microphone.
    Microphone,
    /// The agent's computer.
    Computer,
    /// The agent's connection.
    OwnNetwork,
    /// The server, the far end, or what lies between.
    FarEnd,
}

/// What is wrong; a code for the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FaultCause {
    /// The microphone is missing, busy, refused or lost.
    NoMicrophone,
    /// This computer is too slow.
    Stalls,
    /// Packets to us are lost.
    LossIn,
    /// Packets from us are lost.
    LossOut,
    /// Packets are lost both ways.
    LossBoth,
    /// Packets come too late.
    Jitter,
    /// It takes too long until one hears the other.
    Delay,
    /// Nothing arrives.
    Nothing,
    /// The far end plays our sound unevenly.
    FarPlayout,
}

/// What is wrong with a call's sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// Whose it is to mend.
    pub side: FaultySide,
    /// What it is.
    pub cause: FaultCause,
}

/// One direction of a call, now.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WayQuality {
    /// Codec.
    pub codec: Option<Codec>,
    /// Score; absent while nothing is known of this direction (no report yet, on hold).
    pub mos: Option<f32>,
    /// Share of packets lost on the network, before repair.
    pub lost: Option<f32>,
    /// Packets lost in a row on average, when any are.
    pub burst: Option<f32>,
    /// Jitter.
    pub jitter_ms: Option<f32>,
}

/// How a call sounds now; once a second while its media is up.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CallQuality {
    /// What we hear.
    pub heard: WayQuality,
    /// What the far end hears of us, as it reports.
    pub spoken: WayQuality,
    /// Round trip.
    pub rtt_ms: Option<f32>,
    /// From the far end's mouth to our ear, estimated.
    pub delay_ms: Option<u32>,
    /// Sound waiting in our receive buffer.
    pub buffer_ms: u32,
    /// Share of what was played that was invented.
    pub concealed: f32,
    /// Share of it that was restored from redundancy.
    pub repaired: f32,
    /// Share of packets that came too late.
    pub late: f32,
    /// Our voice carries in-band redundancy.
    pub fec: bool,
    /// Our voice carries deep redundancy.
    pub dred: bool,
    /// Our voice is sent twice.
    pub red: bool,
    /// What is wrong, if anything is.
    pub fault: Option<Fault>,
}

/// One direction of a whole call.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WayPassport {
    /// Codec that was used last.
    pub codec: Option<Codec>,
    /// Packets.
    pub packets: u64,
    /// Packets lost on the network.
    pub lost: u64,
    /// Mean score.
    pub mos: Option<f32>,
    /// Lowest score of five seconds.
    pub mos_least: Option<f32>,
    /// Mean jitter.
    pub jitter_ms: Option<u32>,
    /// Highest jitter.
    pub jitter_most_ms: Option<u32>,
}

/// The quality of a whole call. What is exported is this shape as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CallPassport {
    /// Seconds that were measured.
    pub seconds: u32,
    /// What we heard.
    pub heard: WayPassport,
    /// What the far end heard of us.
    pub spoken: WayPassport,
    /// Mean round trip.
    pub rtt_ms: Option<u32>,
    /// Longest round trip.
    pub rtt_most_ms: Option<u32>,
    /// Mean sound in the receive buffer.
    pub buffer_ms: u32,
    /// Share of what was played that was invented.
    pub concealed: f32,
    /// Share of it that was restored from redundancy.
    pub repaired: f32,
    /// Share of packets that came too late.
    pub late: f32,
    /// Seconds with trouble by the microphone.
    pub microphone_s: u32,
    /// Seconds in which this computer was too slow.
    pub computer_s: u32,
    /// Seconds with trouble by our network.
    pub own_network_s: u32,
    /// Seconds with trouble beyond it.
    pub far_end_s: u32,
    /// What was wrong longest.
    pub fault: Option<Fault>,
}

impl From<&model::Quality> for CallQuality {
    fn from(quality: &model::Quality) -> Self {
        CallQuality {
            heard: (&quality.heard).into(),
            spoken: (&quality.spoken).into(),
            rtt_ms: quality.rtt_ms,
            delay_ms: quality.delay_ms,
            buffer_ms: quality.buffer_ms,
            concealed: quality.concealed,
            repaired: quality.repaired,
            late: quality.late,
            fec: quality.protection.fec,
            dred: quality.protection.dred,
            red: quality.protection.red,
            fault: quality.fault.map(Into::into),
        }
    }
}

impl From<&model::WayQuality> for WayQuality {
    fn from(way: &model::WayQuality) -> Self {
        WayQuality {
            codec: way.codec.map(Into::into),
            mos: way.mos,
            lost: way.lost,
            burst: way.burst,
            jitter_ms: way.jitter_ms,
        }
    }
}

impl From<&model::Passport> for CallPassport {
    fn from(passport: &model::Passport) -> Self {
        let share = |permille: u32| permille as f32 / 1000.0;
        CallPassport {
            seconds: passport.seconds,
            heard: (&passport.heard).into(),
            spoken: (&passport.spoken).into(),
            rtt_ms: passport.rtt_ms,
            rtt_most_ms: passport.rtt_most_ms,
            buffer_ms: passport.buffer_ms,
            concealed: share(passport.concealed_permille),
            repaired: share(passport.repaired_permille),
            late: share(passport.late_permille),
            microphone_s: passport.microphone_s,
            computer_s: passport.computer_s,
            own_network_s: passport.own_network_s,
            far_end_s: passport.far_end_s,
            fault: passport.fault.map(Into::into),
        }
    }
}

impl From<&model::WayPassport> for WayPassport {
    fn from(way: &model::WayPassport) -> Self {
        let score = |hundredths: u32| hundredths as f32 / 100.0;
        WayPassport {
            codec: way.codec.map(Into::into),
            packets: way.packets,
            lost: way.lost,
            mos: way.mos_hundredths.map(score),
            mos_least: way.mos_least_hundredths.map(score),
            jitter_ms: way.jitter_ms,
            jitter_most_ms: way.jitter_most_ms,
        }
    }
}

impl From<model::Fault> for Fault {
    fn from(fault: model::Fault) -> Self {
        Fault { side: fault.side.into(), cause: fault.cause.into() }
    }
}
