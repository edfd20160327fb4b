//! Listening to somebody's call, as both ends of the line and the mixer name it.

/// How a supervisor takes part in an agent's call (RG-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SuperviseMode {
    /// Hears both; nobody hears the supervisor.
    Listen,
    /// Hears both; the agent alone hears the supervisor.
    Whisper,
    /// All three hear each other.
    Barge,
}

crate::codes! {
    SuperviseMode {
        Listen = "listen",
        Whisper = "whisper",
        Barge = "barge",
    }
}

impl SuperviseMode {
    /// All of them, from the least on.
    #[must_use]
    pub const fn every() -> &'static [SuperviseMode] {
        SuperviseMode::ALL
    }

    /// The supervisor says something that somebody hears.
    #[must_use]
    pub const fn speaks(self) -> bool {
        match self {
            SuperviseMode::Listen => false,
            SuperviseMode::Whisper | SuperviseMode::Barge => true,
        }
    }
}
