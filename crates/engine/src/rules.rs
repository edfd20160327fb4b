//! What holds for the whole team, and what was done: asked of the server and nowhere kept.

use model::{AuditPage, AuditQuery};
use team_client::{TeamClient, TeamError};

use crate::handle::EngineHandle;
use crate::session::SignInError;

/// Why a rule of the team or the audit was not read or changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// There is no team account in use.
    #[error("no team account is in use")]
    NotSignedIn,
    /// It is not theirs to administer.
    #[error("this is not yours to administer")]
    NotYours,
    /// The server was not reached, or refuses for another reason.
    #[error(transparent)]
    Server(#[from] SignInError),
}

/// Rules of the team, and the audit.
impl EngineHandle {
    /// What was done, newest first.
    ///
    /// # Errors
    /// [`RulesError`].
    pub async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, RulesError> {
        self.rules_of().await?.audit(query).await.map_err(refused)
    }

    /// Do agents see who supervises their calls?
    ///
    /// # Errors
    /// [`RulesError`].
    pub async fn agents_see_supervision(&self) -> Result<bool, RulesError> {
        self.rules_of().await?.agents_see_supervision().await.map_err(refused)
    }

    /// Says whether they do, for supervisions that begin from now on.
    ///
    /// # Errors
    /// [`RulesError`]; nothing is changed then.
    pub async fn show_supervision(&self, agents_see: bool) -> Result<bool, RulesError> {
        self.rules_of().await?.show_supervision(agents_see).await.map_err(refused)
    }

    /// Seconds after which a parked call rings at the one who parked it (RG-08).
    ///
    /// # Errors
    /// [`RulesError`].
    pub async fn park_ring_back(&self) -> Result<u32, RulesError> {
        self.rules_of().await?.park_ring_back().await.map_err(refused)
    }

    /// Says after how many, 5 to 3600; also for calls that are parked already.
    ///
    /// # Errors
    /// [`RulesError`]; nothing is changed then.
    pub async fn set_park_ring_back(&self, seconds: u32) -> Result<u32, RulesError> {
        self.rules_of().await?.set_park_ring_back(seconds).await.map_err(refused)
    }

    async fn rules_of(&self) -> Result<TeamClient, RulesError> {
        self.team_client().await.ok_or(RulesError::NotSignedIn)
    }
}

fn refused(error: TeamError) -> RulesError {
    match error {
        TeamError::Server { status: 403, .. } => RulesError::NotYours,
        error => RulesError::Server(error.into()),
    }
}
