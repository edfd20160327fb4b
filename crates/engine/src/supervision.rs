//! Listening to calls of others, and speaking into them: the server is asked for leave, the rest is a call.

use std::sync::atomic::Ordering;

use base::{CallId, SuperviseMode};
use phone::Command;
use team_client::{TeamError, code};

use crate::handle::EngineHandle;
use crate::session::SignInError;

/// Why nobody is supervised.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SuperviseError {
    /// There is no team account in use.
    #[error("no team account is in use")]
    NotSignedIn,
    /// Without the right and the role, or outside of the department.
    #[error("this needs the right and the role, within the department")]
    NoRight,
    /// Nobody talks there.
    #[error("nobody talks there")]
    NoCall,
    /// Somebody supervises this call already.
    #[error("somebody supervises this call already")]
    Taken,
    /// Nobody supervises themselves.
    #[error("nobody supervises themselves")]
    Own,
    /// The server was not reached, or refuses for another reason.
    #[error(transparent)]
    Server(#[from] SignInError),
}

impl EngineHandle {
    /// Supervises the call on which a colleague talks, or does so differently. The server has given leave when this returns; the rest
    /// comes as events of a call with `supervision`.
    ///
    /// # Errors
    /// [`SuperviseError`]; nothing is changed then.
    pub async fn supervise(&self, user: &str, mode: SuperviseMode) -> Result<(), SuperviseError> {
        let server = self.team_client().await.ok_or(SuperviseError::NotSignedIn)?;
        let leave = server.supervise(user, mode).await.map_err(refused)?;
        let call = CallId(self.0.next_call.fetch_add(1, Ordering::Relaxed));
        self.command(Command::Supervise { call, whom: leave.whom, mode, token: leave.token });
        Ok(())
    }

    /// Supervises nobody any more.
    pub fn supervise_leave(&self) {
        self.command(Command::SuperviseLeave);
    }

    /// Joins the call that is spoken on with the one that is held: each of the three hears the others.
    pub fn conference(&self) {
        self.command(Command::Conference);
    }
}

fn refused(error: TeamError) -> SuperviseError {
    let (status, word) = match error {
        TeamError::Server { status, code } => (status, code),
        error => return SuperviseError::Server(error.into()),
    };
    match (status, word.as_str()) {
        (_, code::SUPERVISE_NO_CALL) => SuperviseError::NoCall,
        (_, code::SUPERVISE_TAKEN) => SuperviseError::Taken,
        (_, code::YOURSELF) => SuperviseError::Own,
        (403 | 404, _) => SuperviseError::NoRight,
        (status, _) => SuperviseError::Server(SignInError::Server { status, code: word }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_that_is_told_otherwise_has_a_name_rg_09() {
        let server = |status, code: &str| refused(TeamError::Server { status, code: code.into() });
        assert_eq!(server(403, code::FORBIDDEN), SuperviseError::NoRight);
        assert_eq!(server(404, code::NOT_FOUND), SuperviseError::NoRight);
        assert_eq!(server(409, code::SUPERVISE_NO_CALL), SuperviseError::NoCall);
        assert_eq!(server(409, code::SUPERVISE_TAKEN), SuperviseError::Taken);
        assert_eq!(server(409, code::YOURSELF), SuperviseError::Own);
        assert_eq!(refused(TeamError::Unreachable), SuperviseError::Server(SignInError::Unreachable));
    }
}
