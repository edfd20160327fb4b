//! A forgotten password (PW-03), before anybody is signed in.

use reqwest::Method;
use team_api::{ForgotPassword, code, path};

use crate::client::{MAX_ANSWER, TeamClient, refusal};
use crate::error::TeamError;

/// What became of a request for a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordMail {
    /// A mail is on its way, if there is such an account: the server does not tell.
    Asked,
    /// This server sends no mail.
    NotSent {
        /// Whom to ask instead, in the administrator's words.
        ask: Option<String>,
    },
}

impl TeamClient {
    /// Asks for a mail with a link to a new password. `language` is a tag (`ar`, `en`): the mail and the page are in it.
    ///
    /// # Errors
    /// [`TeamError`]; `RateLimited` for known and unknown addresses alike.
    pub async fn forgot_password(&self, email: &str, language: &str) -> Result<PasswordMail, TeamError> {
        let body = ForgotPassword { email: email.to_owned(), language: language.to_owned() };
        match self.answer(self.request(Method::POST, path::FORGOT_PASSWORD).json(&body), MAX_ANSWER).await? {
            Ok(_) => Ok(PasswordMail::Asked),
            Err(refused) => match refused.problem {
                Some(problem) if problem.code == code::NO_MAIL => Ok(PasswordMail::NotSent { ask: problem.ask }),
                problem => Err(refusal(refused.status, problem, false)),
            },
        }
    }
}
