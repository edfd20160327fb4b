//! Queues, for those who set them up: asked of the server and nowhere kept.

use model::{ManagedQueue, QueueSetup};
use team_client::{TeamClient, TeamError, code};

use crate::handle::EngineHandle;
use crate::session::SignInError;

/// Why queues were not read or changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueueAdminError {
    /// There is no team account in use.
    #[error("no team account is in use")]
    NotSignedIn,
    /// They are not theirs to administer.
    #[error("the queues are not yours to administer")]
    NotYours,
    /// Somebody else has changed or removed the queue, or the person, since they were read.
    #[error("somebody else has changed the queue")]
    Changed,
    /// A user or another queue has the extension.
    #[error("the extension is taken")]
    ExtensionTaken,
    /// It cannot be set up like that.
    #[error("a queue cannot be set up like that")]
    Settings,
    /// There are 200.
    #[error("there are 200 queues")]
    TooMany,
    /// The server was not reached, or refuses for another reason.
    #[error(transparent)]
    Server(#[from] SignInError),
}

/// Queues as they are set up.
impl EngineHandle {
    /// Every queue, by extension.
    ///
    /// # Errors
    /// [`QueueAdminError`].
    pub async fn managed_queues(&self) -> Result<Vec<ManagedQueue>, QueueAdminError> {
        self.queues_of().await?.managed_queues().await.map_err(refused)
    }

    /// Makes one, which nobody serves yet. It can be called at once.
    ///
    /// # Errors
    /// [`QueueAdminError`]; nothing is changed then.
    pub async fn add_queue(&self, setup: &QueueSetup) -> Result<ManagedQueue, QueueAdminError> {
        self.queues_of().await?.add_queue(setup).await.map_err(refused)
    }

    /// Says how one shall stand, based on the version that was read. It holds at once, also for who waits.
    ///
    /// # Errors
    /// [`QueueAdminError`]; nothing is changed then.
    pub async fn edit_queue(
        &self,
        id: &str,
        version: u64,
        setup: &QueueSetup,
    ) -> Result<ManagedQueue, QueueAdminError> {
        self.queues_of().await?.edit_queue(id, version, setup).await.map_err(refused)
    }

    /// Removes one. Who waits in it is sent away.
    ///
    /// # Errors
    /// [`QueueAdminError`]; `Changed` when it is gone already.
    pub async fn remove_queue(&self, id: &str) -> Result<(), QueueAdminError> {
        self.queues_of().await?.remove_queue(id).await.map_err(refused)
    }

    /// Somebody serves a queue, at this level and position within it.
    ///
    /// # Errors
    /// [`QueueAdminError`].
    pub async fn put_queue_member(
        &self,
        queue: &str,
        user: &str,
        place: (u16, u16),
    ) -> Result<ManagedQueue, QueueAdminError> {
        self.queues_of().await?.put_queue_member(queue, user, place).await.map_err(refused)
    }

    /// Somebody serves a queue no more.
    ///
    /// # Errors
    /// [`QueueAdminError`]; `Changed` when they did not.
    pub async fn remove_queue_member(&self, queue: &str, user: &str) -> Result<ManagedQueue, QueueAdminError> {
        self.queues_of().await?.remove_queue_member(queue, user).await.map_err(refused)
    }

    async fn queues_of(&self) -> Result<TeamClient, QueueAdminError> {
        self.team_client().await.ok_or(QueueAdminError::NotSignedIn)
    }
}

fn refused(error: TeamError) -> QueueAdminError {
    match error {
        TeamError::Server { code, .. } if code == code::EXTENSION_TAKEN => QueueAdminError::ExtensionTaken,
        TeamError::Server { code, .. } if code == code::TOO_MANY_QUEUES => QueueAdminError::TooMany,
        TeamError::Server { code, .. } if code == code::QUEUE_SETTINGS => QueueAdminError::Settings,
        TeamError::Server { status: 403, .. } => QueueAdminError::NotYours,
        TeamError::Server { status: 404 | 409, .. } => QueueAdminError::Changed,
        error => QueueAdminError::Server(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_that_is_told_otherwise_has_a_name() {
        let server = |status, code: &str| refused(TeamError::Server { status, code: code.into() });
        assert_eq!(server(409, code::EXTENSION_TAKEN), QueueAdminError::ExtensionTaken);
        assert_eq!(server(409, code::TOO_MANY_QUEUES), QueueAdminError::TooMany);
        assert_eq!(server(422, code::QUEUE_SETTINGS), QueueAdminError::Settings);
        assert_eq!(server(409, code::QUEUE_CHANGED), QueueAdminError::Changed);
        assert_eq!(server(404, code::NOT_FOUND), QueueAdminError::Changed);
        assert_eq!(server(403, code::FORBIDDEN), QueueAdminError::NotYours);
        assert_eq!(refused(TeamError::Unreachable), QueueAdminError::Server(SignInError::Unreachable));
    }
}
