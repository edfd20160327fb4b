//! Leave to supervise somebody's call.

use base::{Secret, SuperviseMode};
use model::Supervised;
use reqwest::Method;
use team_api::{Supervise, path};

use crate::client::TeamClient;
use crate::error::TeamError;
use crate::rights::id_in;

/// Leave to supervise, for a few seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuperviseLeave {
    /// What the agent's phone wants to see.
    pub token: Secret,
    /// Whom.
    pub whom: Supervised,
}

impl TeamClient {
    /// Asks for leave to supervise the call on which somebody talks.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `forbidden` without the right, the role or the department, `supervise-no-call` when nobody talks
    /// there, `supervise-taken` when somebody supervises already, `yourself` for oneself.
    pub async fn supervise(&self, id: &str, mode: SuperviseMode) -> Result<SuperviseLeave, TeamError> {
        let body = Supervise { mode: mode.into() };
        let request = self.authorized(Method::POST, &path::user_supervise(id_in(id)?))?.json(&body);
        let leave: team_api::SuperviseLeave = self.ask(request, true).await?;
        let whom = Supervised {
            user: id.to_owned(),
            name: leave.name,
            extension: leave.extension,
            other: leave.other.map(crate::status::with),
        };
        Ok(SuperviseLeave { token: leave.token, whom })
    }
}
