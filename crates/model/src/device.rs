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
}
