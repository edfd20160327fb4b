//! System status.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How one of the four is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LightLevel {
    /// Works.
    Ok,
    /// Not used by this account (a SIP account has no live panel), or signed out.
    Off,
    /// Being set up, or works with trouble.
    Warn,
    /// Broken.
    Bad,
}

/// Why it does not work. The catalogue has the words and the cure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum WhyDown {
    /// Connecting.
    Connecting,
    /// No connection to the server.
    Unreachable,
    /// Certificate.
    BadCertificate,
    /// User name or password refused.
    WrongCredentials,
    /// The server does not take this account in this network (EC-09).
    NotFromHere,
    /// The server does not let this account in.
    Refused,
    /// No answer in time.
    NoAnswer,
    /// Server failure.
    ServerError,
    /// Slow: more than 300 ms.
    Slow,
    /// Microphone.
    MicrophoneMissing,
    /// Microphone.
    MicrophoneBusy,
    /// Microphone.
    MicrophoneRefused,
    /// Microphone.
    MicrophoneLost,
    /// Speaker.
    SpeakerMissing,
    /// Speaker.
    SpeakerBusy,
    /// Speaker.
    SpeakerLost,
    /// Muted in the system's mixer.
    MicrophoneMuted,
    /// Muted in the system's mixer.
    SpeakerMuted,
    /// The chosen one is not there, another is used.
    MicrophoneReplaced,
    /// The chosen one is not there, another is used.
    SpeakerReplaced,
    /// The last test heard nothing.
    MicrophoneSilent,
    /// The last test was not heard.
    SpeakerNotHeard,
    /// Sound system failed.
    SoundFailed,
}

/// One line of the system status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Light {
    /// Level.
    pub level: LightLevel,
    /// Why not ok.
    pub why: Option<WhyDown>,
    /// Milliseconds until it is tried again by itself, at the moment this was sent.
    pub retry_in_ms: Option<u64>,
    /// Technical line: SIP code or the system's message.
    pub detail: Option<String>,
}

/// System status (SY-01…05).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct System {
    /// SIP registration (SY-02).
    pub web_phone: Light,
    /// Event WebSocket (SY-03).
    pub live_panel: Light,
    /// Round trip to the server (SY-04).
    pub internet: Light,
    /// Last round trip.
    pub internet_ms: Option<u32>,
    /// Microphone and speaker (SY-05).
    pub sound: Light,
}

/// Why a device does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SoundFault {
    /// Not there.
    Missing,
    /// Held by another program.
    Busy,
    /// Refused by the system.
    NoPermission,
    /// Stopped.
    Lost,
    /// Other.
    Failed,
}
