//! Devices, which of them are used, and their tests.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{DevicePurpose, SoundFault};

/// A device that is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    /// Id.
    pub id: String,
    /// Name for people; from the system: isolate it.
    pub name: String,
    /// The system's default.
    pub is_default: bool,
    /// Muted in the system's mixer.
    pub is_muted: bool,
}

/// A device that is remembered; it may be unplugged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KnownDevice {
    /// Id.
    pub id: String,
    /// Name for people, or the id when it was never seen; isolate it.
    pub name: String,
}

/// One purpose: what is wanted and what is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeviceSlot {
    /// What the agent chose; `None`: the system's default. It may be unplugged.
    pub wanted: Option<KnownDevice>,
    /// What is used now; `None`: there is none.
    pub live: Option<KnownDevice>,
    /// `live` is not what is wanted.
    pub is_fallback: bool,
}

/// Ringing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RingSlot {
    /// Rings on the speaker.
    pub with_speaker: bool,
    /// Rings on these, as chosen; some may be unplugged.
    pub wanted: Vec<KnownDevice>,
    /// Where it really rings.
    pub live: Vec<KnownDevice>,
    /// None of the chosen ones is there: it rings on the speaker instead.
    pub is_fallback: bool,
    /// Loudness of the bell, 0..=100.
    pub percent: u8,
}

/// Devices and what is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Devices {
    /// False until they were listed: show that it loads.
    pub listed: bool,
    /// Microphones.
    pub microphones: Vec<Device>,
    /// Speakers.
    pub speakers: Vec<Device>,
    /// Microphone.
    pub microphone: DeviceSlot,
    /// Speaker.
    pub speaker: DeviceSlot,
    /// Ringing.
    pub ringers: RingSlot,
    /// Trouble with the microphone.
    pub microphone_fault: Option<SoundFault>,
    /// Trouble with the speaker.
    pub speaker_fault: Option<SoundFault>,
    /// Loudness of the caller, 0..=100.
    pub volume_percent: u8,
    /// How the agent's voice is treated.
    pub voice: VoiceProcessing,
    /// Somebody speaks into the muted microphone.
    pub speaks_while_muted: bool,
    /// The test that runs, or the last one; `None`: nothing was tested yet.
    pub test: Option<DeviceTest>,
}

/// How the agent's voice is treated before it is sent. `voice_processing(VoiceProcessing)`: acts at once, also in a call, and is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VoiceProcessing {
    /// Noise suppression.
    pub noise: NoiseSuppression,
    /// Echo cancellation.
    pub echo: EchoCancellation,
    /// Automatic gain.
    pub gain: bool,
}

/// Suppression of what is not speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NoiseSuppression {
    /// None.
    Off,
    /// Steady noise.
    Standard,
    /// Also keyboards and voices in the background.
    Strong,
}

/// Cancellation of what the loudspeaker plays into the microphone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum EchoCancellation {
    /// While there is an echo.
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

/// A test of a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeviceTest {
    /// What is tested.
    pub purpose: DevicePurpose,
    /// On which device; `None`: the system's default.
    pub device: Option<String>,
    /// Where it stands.
    pub phase: TestPhase,
    /// What came of it, once it is over.
    pub outcome: Option<TestOutcome>,
}

/// Where a test stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TestPhase {
    /// The device is being opened.
    Opening,
    /// Speak now.
    Recording,
    /// What was recorded is played back.
    Playing,
    /// A sound plays in the left ear.
    SoundingLeft,
    /// A sound plays in the right ear.
    SoundingRight,
    /// A sound plays in both ears, or it rings.
    SoundingBoth,
    /// Over.
    Over,
}

/// What came of a test; each has its own words and cure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TestOutcome {
    /// It works.
    Heard,
    /// The microphone is open and silent.
    Silent,
    /// The agent hears nothing.
    NotHeard,
    /// The system forbids it.
    NoPermission,
    /// Another program holds it.
    Busy,
    /// It is not there, or was unplugged.
    Gone,
    /// It does not work for another reason.
    Failed,
    /// A call rings or runs.
    InUse,
    /// Ended by the agent or by time.
    Stopped,
}

/// Why another device is used although nobody chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MoveWhy {
    /// The one that is wanted is not there.
    Gone,
    /// The one that is wanted does not work.
    Failing,
    /// The one that is wanted is there again.
    Back,
    /// The system has another default.
    NewDefault,
}
