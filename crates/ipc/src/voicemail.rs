//! One's own voice box.
//!
//! `voicemail()` answers with a [`VoiceBox`]; `message_heard(MessageHeard)` and `message_delete(MessageRef)` change it. A message is listened to with
//! `player({wish: "playMessage"})`, which marks it as heard.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the box stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BoxState {
    /// Callers may leave messages.
    pub enabled: bool,
    /// Messages in it.
    pub messages: u32,
    /// Those that were not heard yet.
    pub new: u32,
}

/// The box and what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VoiceBox {
    /// Callers may leave messages.
    pub enabled: bool,
    /// Newest first.
    pub messages: Vec<VoiceMessage>,
}

/// A message that somebody left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VoiceMessage {
    /// Its name for ever.
    pub id: String,
    /// Number of who left it, isolate it.
    pub number: String,
    /// Their name, isolate it; empty: unknown.
    pub name: String,
    /// When it was left.
    #[ts(type = "number")]
    pub started_at_ms: i64,
    /// Length in milliseconds.
    #[ts(type = "number")]
    pub duration_ms: u64,
    /// Its owner has heard it.
    pub heard: bool,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MessageRef {
    /// Id.
    pub message: String,
}

/// A message was heard, or shall be new again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MessageHeard {
    /// Id.
    pub message: String,
    /// Heard or new.
    pub heard: bool,
}

impl From<model::VoiceBox> for VoiceBox {
    fn from(mailbox: model::VoiceBox) -> Self {
        let message = |it: model::VoiceMessage| VoiceMessage {
            id: it.id,
            number: it.from,
            name: it.from_name,
            started_at_ms: it.left_at.0,
            duration_ms: it.duration_ms,
            heard: it.heard,
        };
        VoiceBox { enabled: mailbox.enabled, messages: mailbox.messages.into_iter().map(message).collect() }
    }
}
