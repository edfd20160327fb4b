//! The live panel, for supervisors (SPEC LP-01 to LP-04): kept up to date while it is looked at, and only then. Charts are asked for.

mod days;
mod screen;

use model::{PanelAct, PanelCharts};
use team_client::{TeamClient, TeamError, code};
use tokio::sync::oneshot;

use crate::handle::EngineHandle;
use crate::mail::Mail;
use crate::session::SignInError;

pub(crate) use days::days;
pub(crate) use screen::{PanelAsker, PanelScreen};

/// The live panel at this moment. Durations are counted from it.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownPanel {
    /// What the server said.
    pub panel: model::Panel,
    /// The stream of news is open: what changes from now on is told.
    pub complete: bool,
    /// Id of the user at this phone.
    pub own: String,
}

/// Why the live panel was not read, or nothing was done in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PanelError {
    /// There is no team account in use.
    #[error("no team account is in use")]
    NotSignedIn,
    /// The role does not see the live panel, or not as much as that.
    #[error("this is not yours to see or do")]
    NotYours,
    /// The user or caller is not shown there any more.
    #[error("this is not there any more")]
    Gone,
    /// Not possible as things stand.
    #[error("this is not possible now")]
    NotNow,
    /// There is no such status any more, or another one was chosen later.
    #[error("the status was not taken")]
    Status,
    /// The status wants words, and none came, or more than fit.
    #[error("the status wants words")]
    StatusText,
    /// The server was not reached, or refuses for another reason.
    #[error(transparent)]
    Server(#[from] SignInError),
}

impl EngineHandle {
    /// The live panel. From now on `EngineEvent::Panel` tells it whenever it is otherwise, until [`EngineHandle::leave_panel`] or the end of the
    /// sign-in.
    ///
    /// # Errors
    /// [`PanelError`].
    pub async fn panel(&self) -> Result<ShownPanel, PanelError> {
        let (reply, answer) = oneshot::channel();
        self.0.mail.send(Mail::PanelOpen(reply)).await.map_err(|_| PanelError::NotSignedIn)?;
        answer.await.unwrap_or(Err(PanelError::NotSignedIn))
    }

    /// Nobody looks at the live panel any more.
    pub async fn leave_panel(&self) {
        // The engine has ended: nothing is told anyway.
        let _ = self.0.mail.send(Mail::PanelLeave).await;
    }

    /// Charts of the day of this computer.
    ///
    /// # Errors
    /// [`PanelError`].
    pub async fn panel_charts(&self) -> Result<PanelCharts, PanelError> {
        let today = days(self.0.clock.wall()).today;
        self.panel_server().await?.panel_charts(today).await.map_err(refused)
    }

    /// Does something in the panel (LP-04).
    ///
    /// # Errors
    /// [`PanelError`]; nothing is done then.
    pub async fn act_in_panel(&self, act: PanelAct) -> Result<(), PanelError> {
        self.panel_server().await?.act_in_panel(act).await.map_err(refused)
    }

    async fn panel_server(&self) -> Result<TeamClient, PanelError> {
        self.team_client().await.ok_or(PanelError::NotSignedIn)
    }
}

/// What the server's refusal means.
pub(crate) fn refused(error: TeamError) -> PanelError {
    let (status, word) = match error {
        TeamError::Server { status, code } => (status, code),
        error => return PanelError::Server(error.into()),
    };
    match (status, word.as_str()) {
        (_, code::NOT_NOW) => PanelError::NotNow,
        (_, code::NEWER_STATUS | code::UNKNOWN_STATUS) => PanelError::Status,
        (_, code::STATUS_TEXT) => PanelError::StatusText,
        (403, _) => PanelError::NotYours,
        (404, _) => PanelError::Gone,
        (status, _) => PanelError::Server(SignInError::Server { status, code: word }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_that_is_told_otherwise_has_a_name_lp_04() {
        for (status, word, expected) in [
            (409, code::NOT_NOW, PanelError::NotNow),
            (409, code::NEWER_STATUS, PanelError::Status),
            (422, code::UNKNOWN_STATUS, PanelError::Status),
            (422, code::STATUS_TEXT, PanelError::StatusText),
            (403, code::FORBIDDEN, PanelError::NotYours),
            (404, code::NOT_FOUND, PanelError::Gone),
        ] {
            assert_eq!(refused(TeamError::Server { status, code: word.into() }), expected, "{word}");
        }
        assert_eq!(refused(TeamError::Unreachable), PanelError::Server(SignInError::Unreachable));
    }
}
