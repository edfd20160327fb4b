//! Recordings of calls (RG-12, RG-13).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What both sides notice of a recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Nothing: they are told in another way.
    #[default]
    None,
    /// A short tone when it begins and when it goes on.
    Tone,
    /// Words when it begins, in English and then in Arabic; a tone when it goes on.
    Words,
    /// The same in English.
    WordsEn,
    /// The same in Arabic.
    WordsAr,
}

/// Answer of [`crate::path::MY_RECORDING`]; answer and body of [`crate::path::RECORDING_POLICY`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecordingPolicy {
    /// What both sides notice.
    pub consent: Consent,
    /// Deleted after so many days, at most 36,500; 0: never.
    pub retention_days: u32,
    /// Agents may pause.
    pub may_pause: bool,
}

/// Why there is a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordedBy {
    /// The switch of the person asks for it (RG-12).
    Policy,
    /// The person pressed Record (RG-13).
    Button,
}

/// Body of [`crate::path::MY_RECORDING_OF`]: what is known of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpenRecording {
    /// Number of the other side.
    pub other: String,
    /// Their name, as the person saw it; may be empty.
    #[serde(default)]
    pub other_name: String,
    /// The person called.
    pub outgoing: bool,
    /// The other side is nobody of the team.
    pub external: bool,
    /// Name of the queue that the call came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// When it began.
    pub started_at_ms: i64,
    /// Why.
    pub by: RecordedBy,
}

/// Answer to [`OpenRecording`] and to each part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecordingPart {
    /// Bytes that the server has: the next part begins there.
    pub have: u64,
}

/// Body of [`crate::path::MY_RECORDING_DONE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecordingDone {
    /// Size of the whole file.
    pub bytes: u64,
    /// Length of the sound.
    pub duration_ms: u64,
    /// SHA-256 of the whole file, 64 hexadecimal digits in lower case.
    pub sha256: String,
}

/// Answer of [`crate::path::RECORDINGS`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recordings {
    /// Newest first.
    pub recordings: Vec<Recording>,
    /// Ask with this as `before` for older ones; absent: there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A recording that the server keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recording {
    /// Its name for ever.
    pub id: String,
    /// Id of the person whose call it is.
    pub user: String,
    /// Their name; empty: the account is gone.
    pub user_name: String,
    /// The call.
    #[serde(flatten)]
    pub of: OpenRecording,
    /// Length of the sound.
    pub duration_ms: u64,
    /// Size of the file.
    pub bytes: u64,
}
