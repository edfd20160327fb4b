//! One's own voice box.

use base::WallMs;
use model::{VoiceBox, VoiceMessage};
use reqwest::Method;
use team_api::{PutVoiceMessage, Voicemail, path};

use crate::client::TeamClient;
use crate::error::TeamError;

/// Longest message that is fetched: three minutes, several times over.
const MAX_SOUND: usize = 8 * 1024 * 1024;

impl TeamClient {
    /// The box and what is in it.
    ///
    /// # Errors
    /// [`TeamError`]; `Server { status: 404, .. }` from a server without voice boxes.
    pub async fn voicemail(&self) -> Result<VoiceBox, TeamError> {
        let Voicemail { enabled, messages } = self.ask(self.authorized(Method::GET, path::MY_VOICEMAIL)?, true).await?;
        let message = |it: team_api::VoiceMessage| VoiceMessage {
            id: it.id,
            from: it.from,
            from_name: it.from_name,
            left_at: WallMs(it.left_at_ms),
            duration_ms: it.duration_ms,
            heard: it.heard,
        };
        Ok(VoiceBox { enabled, messages: messages.into_iter().map(message).collect() })
    }

    /// The sound of a message, an Ogg Opus file.
    ///
    /// # Errors
    /// [`TeamError`]; `Server { status: 404, .. }` when it is gone.
    pub async fn message_audio(&self, id: &str) -> Result<Vec<u8>, TeamError> {
        let request = self.authorized(Method::GET, &named(path::MY_VOICE_MESSAGE_AUDIO, id)?)?;
        self.fetch(request, true, MAX_SOUND).await.map(|(_, sound)| sound)
    }

    /// It was heard, or shall be new again.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn message_heard(&self, id: &str, heard: bool) -> Result<(), TeamError> {
        let request = self.authorized(Method::PUT, &named(path::MY_VOICE_MESSAGE, id)?)?;
        self.ask(request.json(&PutVoiceMessage { heard }), true).await.map(|_: team_api::VoiceMessage| ())
    }

    /// Deletes a message for good.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn delete_message(&self, id: &str) -> Result<(), TeamError> {
        let request = self.authorized(Method::DELETE, &named(path::MY_VOICE_MESSAGE, id)?)?;
        self.fetch(request, true, 0).await.map(drop)
    }
}

/// Ids are UUIDs; whatever else came must not become another path.
pub(crate) fn named(template: &str, id: &str) -> Result<String, TeamError> {
    let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let gone = TeamError::Server { status: 404, code: team_api::code::NOT_FOUND.to_owned() };
    if is_id { Ok(template.replace("{id}", id)) } else { Err(gone) }
}
