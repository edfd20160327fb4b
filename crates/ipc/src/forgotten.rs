//! A forgotten password.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `forgot_password(ForgotPassword) -> PasswordMail`: asks the server for a mail with a link to a new password.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForgotPassword {
    /// Server address as typed.
    pub server: String,
    /// E-mail as typed.
    pub email: String,
    /// Tag of the language that the window is in: mail and page are in it too.
    pub language: String,
}

/// Answer to `forgot_password`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "mail", rename_all = "camelCase")]
pub enum PasswordMail {
    /// On its way, if there is such an account: nobody is told whether there is.
    Asked,
    /// The server sends no mail.
    NotSent {
        /// Whom to ask instead, in the administrator's words; `null`: the administrator left no word.
        ask: Option<String>,
    },
}
