//! Voice boxes (EC-08).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A message that somebody left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VoiceMessage {
    /// Its name for ever.
    pub id: String,
    /// Number of who left it.
    pub from: String,
    /// Their name as their phone said it; may be empty.
    pub from_name: String,
    /// When it was left.
    pub left_at_ms: i64,
    /// How long it is.
    pub duration_ms: u64,
    /// Its owner has heard it.
    pub heard: bool,
}

/// Answer of [`crate::path::MY_VOICEMAIL`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Voicemail {
    /// There is a box: callers may leave messages.
    pub enabled: bool,
    /// The newest first.
    pub messages: Vec<VoiceMessage>,
}

/// Body of `PUT` [`crate::path::MY_VOICE_MESSAGE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PutVoiceMessage {
    /// It was heard, or shall be new again.
    pub heard: bool,
}

/// Data of `voicemail.changed`: how many messages are in the user's box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VoicemailData {
    /// Those that were not heard yet.
    pub new: u32,
    /// The others.
    pub old: u32,
}
