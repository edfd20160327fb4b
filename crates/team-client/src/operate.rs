//! What is done with calls of colleagues (RG-08).

use reqwest::Method;
use team_api::path;

use crate::client::TeamClient;
use crate::directory::at;
use crate::error::TeamError;

impl TeamClient {
    /// Takes a colleague's ringing call: it rings here too, in an INVITE that carries `word`.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `forbidden`, `no-call`, `call-of-queue` or `nobody-there`.
    pub async fn pick_up(&self, user: &str, word: &str) -> Result<(), TeamError> {
        let body = team_api::PickUp { word: word.to_owned() };
        self.done(self.authorized(Method::POST, &at(path::USER_PICK_UP, user)?)?.json(&body)).await
    }

    /// Sends a colleague's ringing call to another extension.
    ///
    /// # Errors
    /// As [`TeamClient::pick_up`].
    pub async fn divert(&self, user: &str, to: &str) -> Result<(), TeamError> {
        let body = team_api::SendTo { to: to.to_owned() };
        self.done(self.authorized(Method::POST, &at(path::USER_DIVERT, user)?)?.json(&body)).await
    }

    /// Sends a colleague's running call to another extension.
    ///
    /// # Errors
    /// As [`TeamClient::pick_up`].
    pub async fn transfer_call_of(&self, user: &str, to: &str) -> Result<(), TeamError> {
        let body = team_api::SendTo { to: to.to_owned() };
        self.done(self.authorized(Method::POST, &at(path::USER_TRANSFER, user)?)?.json(&body)).await
    }
}
