//! Voice boxes (EC-08).

use base::WallMs;

/// A message that somebody left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceMessage {
    /// Id.
    pub id: String,
    /// Number of who left it.
    pub from: String,
    /// Their name, as their phone said it; may be empty.
    pub from_name: String,
    /// When it was left.
    pub left_at: WallMs,
    /// Length.
    pub duration_ms: u64,
    /// Its owner has heard it.
    pub heard: bool,
}

/// The box of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoiceBox {
    /// Callers may leave messages.
    pub enabled: bool,
    /// Newest first.
    pub messages: Vec<VoiceMessage>,
}
