//! Which recordings there are, and the rules for them: asked of the server and nowhere kept.

use base::CallId;
use model::{RecordingPolicy, RecordingRow, RecordingsAsked};
use phone::Command;
use team_client::{TeamClient, TeamError};

use super::PlayerWish;
use crate::handle::EngineHandle;
use crate::mail::Mail;
use crate::session::SignInError;

/// Why recordings are not shown, or rules not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordingsError {
    /// There is no team account in use.
    #[error("no team account is in use")]
    NotSignedIn,
    /// It is not there any more, or not theirs.
    #[error("it is not there, or not yours")]
    NotYours,
    /// The server was not reached, or refuses for another reason.
    #[error(transparent)]
    Server(#[from] SignInError),
}

/// Recordings.
impl EngineHandle {
    /// Recordings that may be heard, the newest first, and from where to ask for older ones.
    ///
    /// # Errors
    /// [`RecordingsError`].
    pub async fn recordings(
        &self,
        asked: &RecordingsAsked,
    ) -> Result<(Vec<RecordingRow>, Option<String>), RecordingsError> {
        self.recorded().await?.recordings(asked).await.map_err(refused)
    }

    /// Deletes one for good, for those who administer the person.
    ///
    /// # Errors
    /// [`RecordingsError`].
    pub async fn delete_recording(&self, id: &str) -> Result<(), RecordingsError> {
        self.recorded().await?.delete_recording(id).await.map_err(refused)
    }

    /// The team's rules for recordings.
    ///
    /// # Errors
    /// [`RecordingsError`].
    pub async fn recording_policy(&self) -> Result<RecordingPolicy, RecordingsError> {
        self.recorded().await?.recording_policy().await.map_err(refused)
    }

    /// Changes them, for those who administer everybody. How they stand then.
    ///
    /// # Errors
    /// [`RecordingsError`]; nothing is changed then.
    pub async fn put_recording_policy(&self, policy: &RecordingPolicy) -> Result<RecordingPolicy, RecordingsError> {
        self.recorded().await?.put_recording_policy(policy).await.map_err(refused)
    }

    /// Records a call that is not recorded by itself, or no longer.
    pub fn record(&self, call: CallId, on: bool) {
        self.command(Command::Record { call, on });
    }

    /// Leaves out what is said, or goes on.
    pub fn pause_recording(&self, call: CallId, on: bool) {
        self.command(Command::PauseRecording { call, on });
    }

    /// What a listener wants. What becomes of it comes as `Player` events.
    pub fn listen(&self, wish: PlayerWish) {
        self.post(Mail::Player(wish));
    }

    async fn recorded(&self) -> Result<TeamClient, RecordingsError> {
        self.team_client().await.ok_or(RecordingsError::NotSignedIn)
    }
}

fn refused(error: TeamError) -> RecordingsError {
    match error {
        TeamError::Server { status: 403 | 404, .. } => RecordingsError::NotYours,
        error => RecordingsError::Server(error.into()),
    }
}
