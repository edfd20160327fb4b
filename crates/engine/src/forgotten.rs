//! A forgotten password: asked before anybody is signed in, so the phone loop has no part in it.

use team_client::{PasswordMail, TeamClient};

use crate::handle::EngineHandle;
use crate::session::SignInError;

impl EngineHandle {
    /// Asks `server` for a mail with a link to a new password, in the language of this tag (PW-03).
    ///
    /// # Errors
    /// [`SignInError`] without the credentials' variants.
    pub async fn forgot_password(
        &self,
        server: &str,
        email: &str,
        language: &str,
    ) -> Result<PasswordMail, SignInError> {
        Ok(TeamClient::new(server, self.extra_ca())?.forgot_password(email, language).await?)
    }
}
