//! Rights of others, for those who administer them: asked of the server and nowhere kept.

use model::{Department, RightsCard};
use team_client::{TeamClient, TeamError, code};

use crate::handle::EngineHandle;
use crate::session::SignInError;

/// Why rights were not read or changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RightsError {
    /// There is no team account in use.
    #[error("no team account is in use")]
    NotSignedIn,
    /// It is not theirs to see or to give.
    #[error("this is not yours to administer")]
    NotYours,
    /// Somebody else has changed them since they were read.
    #[error("somebody else has changed these rights")]
    Changed,
    /// Nobody would be left who administers everybody.
    #[error("nobody would be left who administers everybody")]
    LastOwner,
    /// The server was not reached, or refuses for another reason.
    #[error(transparent)]
    Server(#[from] SignInError),
}

/// Rights of others.
impl EngineHandle {
    /// The departments that the person at this phone administers.
    ///
    /// # Errors
    /// [`RightsError`].
    pub async fn departments(&self) -> Result<Vec<Department>, RightsError> {
        self.administered().await?.departments().await.map_err(refused)
    }

    /// What somebody may see and do, by id.
    ///
    /// # Errors
    /// [`RightsError`].
    pub async fn rights_of(&self, user: &str) -> Result<RightsCard, RightsError> {
        self.administered().await?.user_rights(user).await.map_err(refused)
    }

    /// Says what somebody may see and do. How it stands then; it holds in every open window within a second.
    ///
    /// # Errors
    /// [`RightsError`]; nothing is changed then.
    pub async fn put_rights_of(&self, user: &str, wish: &RightsCard) -> Result<RightsCard, RightsError> {
        self.administered().await?.put_user_rights(user, wish).await.map_err(refused)
    }

    async fn administered(&self) -> Result<TeamClient, RightsError> {
        self.team_client().await.ok_or(RightsError::NotSignedIn)
    }
}

fn refused(error: TeamError) -> RightsError {
    match error {
        TeamError::Server { status: 409, code } if code == code::RIGHTS_CHANGED => RightsError::Changed,
        TeamError::Server { status: 409, code } if code == code::LAST_OWNER => RightsError::LastOwner,
        TeamError::Server { status: 403 | 404, .. } => RightsError::NotYours,
        error => RightsError::Server(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_that_is_told_otherwise_has_a_name() {
        let server = |status, code: &str| refused(TeamError::Server { status, code: code.into() });
        assert_eq!(server(409, code::RIGHTS_CHANGED), RightsError::Changed);
        assert_eq!(server(409, code::LAST_OWNER), RightsError::LastOwner);
        assert_eq!(server(403, code::FORBIDDEN), RightsError::NotYours);
        assert_eq!(server(404, code::NOT_FOUND), RightsError::NotYours);
        assert_eq!(refused(TeamError::Unreachable), RightsError::Server(SignInError::Unreachable));
    }
}
