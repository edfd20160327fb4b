//! What there is to choose from.

use crate::OpenError;

/// A device in one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudioDeviceInfo {
    /// Stable name of the sound system, `host:id`. Keep it together with `name`: some systems renumber.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// A microphone (else a loudspeaker).
    pub is_input: bool,
    /// The system's default in this direction.
    pub is_default: bool,
    /// Muted in the system's mixer. False where the system does not say.
    pub is_muted: bool,
}

/// All microphones and loudspeakers, the defaults first. Opens none of them. Blocks for some milliseconds.
///
/// Leaves out what is no device of its own: monitors of loudspeakers (unless one is the default microphone) and the
/// pseudo devices of ALSA.
///
/// # Errors
/// [`OpenError::Backend`] when the sound system does not answer.
pub fn list() -> Result<Vec<AudioDeviceInfo>, OpenError> {
    #[cfg(target_os = "linux")]
    let found = if crate::pulse::is_asked_for(None) { crate::pulse::list() } else { crate::system::list() };
    #[cfg(not(target_os = "linux"))]
    let found = crate::system::list();
    let mut devices = found?;
    devices.sort_by_key(|device| !device.is_default);
    Ok(devices)
}
