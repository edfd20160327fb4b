//! What is used now, and how that is told.

use model::{AudioDevice, DeviceId, KnownDevice, Ringers};

/// What shall be used from now on. It says nothing about whether anything is open: that follows from the calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DevicePlan {
    /// Microphone; `None`: whatever the system takes for its default, because there is none or none was listed yet.
    pub microphone: Option<DeviceId>,
    /// Speaker; as the microphone.
    pub speaker: Option<DeviceId>,
    /// It rings on all of these; none: on the system's default.
    pub ringers: Vec<DeviceId>,
    /// Loudness of the bell, 0..=100.
    pub ring_percent: u8,
}

impl Default for DevicePlan {
    fn default() -> Self {
        DevicePlan { microphone: None, speaker: None, ringers: Vec::new(), ring_percent: 100 }
    }
}

/// One purpose, for the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slot {
    /// What the agent wants first; `None`: the system's default. It may be absent.
    pub wanted: Option<KnownDevice>,
    /// What is used; `None`: there is nothing, or nothing was listed yet.
    pub live: Option<DeviceId>,
    /// `live` is not what is wanted first.
    pub is_fallback: bool,
    /// Chosen before, the best first; also those that are absent.
    pub remembered: Vec<KnownDevice>,
}

/// Ringing, for the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RingSlot {
    /// What was chosen.
    pub ringers: Ringers,
    /// Where it really rings.
    pub live: Vec<DeviceId>,
    /// None of the chosen ones is there: it rings on the speaker instead.
    pub is_fallback: bool,
}

/// Everything about devices, for the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DevicesView {
    /// `None`: not listed yet.
    pub list: Option<Vec<AudioDevice>>,
    /// Microphone.
    pub microphone: Slot,
    /// Speaker.
    pub speaker: Slot,
    /// Ringing.
    pub ringers: RingSlot,
}

/// Why another device is live although nobody chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
