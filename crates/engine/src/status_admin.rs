//! The statuses of the team, for those who administer it: asked of the server and nowhere kept (ST-05).

use model::{Blocks, ManagedStatus, StatusKind, StatusNames};
use team_client::{TeamClient, TeamError, code};

use crate::handle::EngineHandle;
use crate::session::SignInError;

/// Why the statuses were not read or changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatusAdminError {
    /// There is no team account in use.
    #[error("no team account is in use")]
    NotSignedIn,
    /// They are not theirs to administer.
    #[error("the statuses are not yours to administer")]
    NotYours,
    /// Somebody else has changed them since they were read.
    #[error("somebody else has changed the statuses")]
    Changed,
    /// A name is missing, too long, or not one line.
    #[error("a status has a name of 1 to 40 characters in each language")]
    Names,
    /// There are 100, retired ones too.
    #[error("there are 100 statuses")]
    TooMany,
    /// The server was not reached, or refuses for another reason.
    #[error(transparent)]
    Server(#[from] SignInError),
}

/// Statuses of the team.
impl EngineHandle {
    /// Every status in its order, retired ones too.
    ///
    /// # Errors
    /// [`StatusAdminError`].
    pub async fn managed_statuses(&self) -> Result<Vec<ManagedStatus>, StatusAdminError> {
        self.statuses_of().await?.managed_statuses().await.map_err(refused)
    }

    /// Makes one, at the end. All as they are then.
    ///
    /// # Errors
    /// [`StatusAdminError`]; nothing is changed then.
    pub async fn add_status(
        &self,
        kind: StatusKind,
        names: &StatusNames,
        blocks: Blocks,
    ) -> Result<ManagedStatus, StatusAdminError> {
        self.statuses_of().await?.add_status(kind, names, blocks).await.map_err(refused)
    }

    /// Says how one shall stand, based on the version that was read. It holds for the next call, whoever has it.
    ///
    /// # Errors
    /// [`StatusAdminError`]; nothing is changed then.
    pub async fn edit_status(&self, wish: &ManagedStatus) -> Result<ManagedStatus, StatusAdminError> {
        self.statuses_of().await?.edit_status(wish).await.map_err(refused)
    }

    /// Puts all that are not retired into this order.
    ///
    /// # Errors
    /// [`StatusAdminError`]; `Changed` when these are not all.
    pub async fn order_statuses(&self, ids: Vec<String>) -> Result<Vec<ManagedStatus>, StatusAdminError> {
        self.statuses_of().await?.order_statuses(ids).await.map_err(refused)
    }

    async fn statuses_of(&self) -> Result<TeamClient, StatusAdminError> {
        self.team_client().await.ok_or(StatusAdminError::NotSignedIn)
    }
}

fn refused(error: TeamError) -> StatusAdminError {
    match error {
        TeamError::Server { code, .. } if code == code::STATUS_NAMES => StatusAdminError::Names,
        TeamError::Server { code, .. } if code == code::TOO_MANY_STATUSES => StatusAdminError::TooMany,
        TeamError::Server { status: 403, .. } => StatusAdminError::NotYours,
        // An order without all of them, and one that has become what it cannot be: somebody was faster.
        TeamError::Server { status: 404 | 409, .. } => StatusAdminError::Changed,
        TeamError::Server { code, .. } if code == code::BAD_BODY => StatusAdminError::Changed,
        error => StatusAdminError::Server(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_that_is_told_otherwise_has_a_name_st_05() {
        let server = |status, code: &str| refused(TeamError::Server { status, code: code.into() });
        assert_eq!(server(422, code::STATUS_NAMES), StatusAdminError::Names);
        assert_eq!(server(409, code::TOO_MANY_STATUSES), StatusAdminError::TooMany);
        assert_eq!(server(409, code::STATUS_CHANGED), StatusAdminError::Changed);
        assert_eq!(server(404, code::NOT_FOUND), StatusAdminError::Changed);
        assert_eq!(server(403, code::FORBIDDEN), StatusAdminError::NotYours);
        assert_eq!(refused(TeamError::Unreachable), StatusAdminError::Server(SignInError::Unreachable));
    }
}
