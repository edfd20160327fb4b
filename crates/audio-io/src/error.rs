//! What can go wrong with a sound card.

/// Why a device could not be opened or listed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// There is no such device, or none at all when the default was asked for. Choose another.
    #[error("there is no such sound device: {id}")]
    Missing {
        /// What was asked for; `default` for the system's choice.
        id: String,
    },
    /// Another program holds it alone. Ask the user to close that one.
    #[error("the sound device is in use by another program")]
    Busy,
    /// The system does not allow it. Ask the user for permission.
    #[error("the system does not allow this sound device")]
    NoPermission,
    /// It offers nothing that we can use.
    #[error("the sound device offers no usable format")]
    Format,
    /// Anything else, in the sound system's words.
    #[error("sound system: {0}")]
    Backend(String),
}

/// Why an open stream ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StreamLost {
    /// The device was unplugged or removed.
    #[error("the device is gone")]
    Gone,
    /// The sound server ended the connection.
    #[error("the sound server is gone")]
    ServerLeft,
    /// The stream must be opened again, for instance because the device changed its rate.
    #[error("the stream has become invalid")]
    Invalid,
}
