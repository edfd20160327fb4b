//! One's own voice box (EC-08): asked of the server and nowhere kept. How many messages are new is told without being asked.

use model::VoiceBox;
use team_client::{TeamClient, TeamError};

use crate::handle::EngineHandle;
use crate::recording::RecordingsError;
use crate::session::SignInError;

/// How the box stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BoxState {
    /// Callers may leave messages.
    pub enabled: bool,
    /// Messages in it.
    pub messages: usize,
    /// Those that were not heard yet.
    pub new: usize,
}

impl From<&VoiceBox> for BoxState {
    fn from(mailbox: &VoiceBox) -> Self {
        let new = mailbox.messages.iter().filter(|message| !message.heard).count();
        BoxState { enabled: mailbox.enabled, messages: mailbox.messages.len(), new }
    }
}

/// The voice box.
impl EngineHandle {
    /// What is in it, newest first.
    ///
    /// # Errors
    /// [`RecordingsError`].
    pub async fn voicemail(&self) -> Result<VoiceBox, RecordingsError> {
        self.mailbox().await?.voicemail().await.map_err(refused)
    }

    /// It was heard, or shall be new again.
    ///
    /// # Errors
    /// [`RecordingsError`].
    pub async fn message_heard(&self, id: &str, heard: bool) -> Result<(), RecordingsError> {
        self.mailbox().await?.message_heard(id, heard).await.map_err(refused)
    }

    /// Deletes a message for good.
    ///
    /// # Errors
    /// [`RecordingsError`].
    pub async fn delete_message(&self, id: &str) -> Result<(), RecordingsError> {
        self.mailbox().await?.delete_message(id).await.map_err(refused)
    }

    async fn mailbox(&self) -> Result<TeamClient, RecordingsError> {
        self.team_client().await.ok_or(RecordingsError::NotSignedIn)
    }
}

fn refused(error: TeamError) -> RecordingsError {
    match error {
        TeamError::Server { status: 403 | 404, .. } => RecordingsError::NotYours,
        error => RecordingsError::Server(SignInError::from(error)),
    }
}
