//! Sound devices.

/// Stable name of a device: `host:id` as the sound system gives it (`pulseaudio:alsa_input.usb-…`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeviceId(pub String);

/// Which way sound goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeviceKind {
    /// Makes sound for us.
    Microphone,
    /// Plays sound.
    Speaker,
}

/// A device that makes or plays sound.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AudioDevice {
    /// Stable id; store it together with `name`, some systems renumber.
    pub id: DeviceId,
    /// Name for people.
    pub name: String,
    /// Microphone or speaker.
    pub kind: DeviceKind,
    /// The system's default of its kind.
    pub is_default: bool,
    /// Muted in the system's mixer; false where the system does not say.
    pub is_muted: bool,
}

/// A device as it is remembered: it may be unplugged for years. Found again by its id, else by its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KnownDevice {
    /// The id it had last.
    pub id: DeviceId,
    /// The name it had last; empty when it was never seen.
    pub name: String,
}

impl From<&AudioDevice> for KnownDevice {
    fn from(device: &AudioDevice) -> Self {
        KnownDevice { id: device.id.clone(), name: device.name.clone() }
    }
}

/// What a device is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DevicePurpose {
    /// The agent's voice.
    Microphone,
    /// The caller's voice and tones.
    Speaker,
    /// Ringing.
    Ringer,
}

/// Every device that was ever chosen for one purpose, the best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// The system's default is wanted before all of them.
    pub follow_default: bool,
    /// Chosen ones, the last choice first.
    pub devices: Vec<KnownDevice>,
}

impl Default for Ranking {
    fn default() -> Self {
        Ranking { follow_default: true, devices: Vec::new() }
    }
}

/// Where it rings: on several devices at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ringers {
    /// Also on the speaker of calls.
    pub with_speaker: bool,
    /// Devices that were ever chosen, and whether each rings.
    pub devices: Vec<(KnownDevice, bool)>,
    /// Loudness of the bell, 0..=100.
    pub percent: u8,
}

impl Default for Ringers {
    fn default() -> Self {
        Ringers { with_speaker: true, devices: Vec::new(), percent: 100 }
    }
}

/// What is remembered of devices over restarts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DevicePreferences {
    /// Microphones.
    pub microphone: Ranking,
    /// Speakers.
    pub speaker: Ranking,
    /// Ringing.
    pub ringers: Ringers,
}

/// What is saved on the screen of devices. `None`: the system's default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceChoice {
    /// Microphone.
    pub microphone: Option<DeviceId>,
    /// Speaker.
    pub speaker: Option<DeviceId>,
    /// Rings on the speaker.
    pub ring_with_speaker: bool,
    /// Rings on these.
    pub ringers: Vec<DeviceId>,
    /// Loudness of the bell, 0..=100.
    pub ring_percent: u8,
}
