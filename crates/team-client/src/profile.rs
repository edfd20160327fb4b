//! One's own name, picture and password; pictures of others.

use base::Secret;
use reqwest::{Method, header};
use team_api::{AvatarSize, ChangeMe, ChangePassword, path};

use crate::client::TeamClient;
use crate::error::TeamError;
use crate::nouns::Me;

/// Longest picture that is read.
const MAX_PICTURE: usize = 2 * 1024 * 1024;

/// Somebody's picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Avatar {
    /// Of these bytes; later than the one that was asked for when it was changed meanwhile.
    pub revision: String,
    /// A square JPEG.
    pub jpeg: Vec<u8>,
}

impl TeamClient {
    /// Changes one's own name.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `name` when it cannot be one.
    pub async fn rename(&self, first: &str, last: &str) -> Result<Me, TeamError> {
        let body =
            ChangeMe { first_name: Some(first.to_owned()), last_name: Some(last.to_owned()), ..ChangeMe::default() };
        self.ask_me(self.authorized(Method::PATCH, path::ME)?.json(&body)).await
    }

    /// Changes one's own picture: a JPEG or PNG file, of which the largest square in the middle is taken.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `picture-…` or `too-large` when the file is none that is taken.
    pub async fn set_avatar(&self, file: Vec<u8>) -> Result<Me, TeamError> {
        let request = self.authorized(Method::PUT, path::MY_AVATAR)?.header(header::CONTENT_TYPE, "image/jpeg");
        self.ask_me(request.body(file)).await
    }

    /// Takes one's own picture away.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn remove_avatar(&self) -> Result<Me, TeamError> {
        self.ask_me(self.authorized(Method::DELETE, path::MY_AVATAR)?).await
    }

    /// Somebody's picture; `None`: they have none, or there is nobody.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn avatar(&self, user_id: &str, size: AvatarSize) -> Result<Option<Avatar>, TeamError> {
        // Ids of the server are UUIDs; whatever else came must not become another path.
        if user_id.is_empty() || !user_id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return Ok(None);
        }
        let request = self.authorized(Method::GET, &path::user_avatar(user_id))?.query(&[("size", size.as_str())]);
        let (head, jpeg) = match self.fetch(request, true, MAX_PICTURE).await {
            Ok(answer) => answer,
            Err(TeamError::Server { status: 404, .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let tag = head.get(header::ETAG).and_then(|tag| tag.to_str().ok()).ok_or(TeamError::NotAServer)?;
        let revision = tag.trim_matches('"').split('.').next().unwrap_or_default().to_owned();
        Ok(Some(Avatar { revision, jpeg }))
    }

    /// Changes one's own password. Every other session ends, this one stays.
    ///
    /// # Errors
    /// [`TeamError`]; `WrongCredentials` when `current` is not right, `Server` with `weak-password` when `new` is weak.
    pub async fn change_password(&self, current: &Secret, new: &Secret) -> Result<Me, TeamError> {
        let body = ChangePassword { current: current.clone(), new: new.clone() };
        self.ask_me(self.authorized(Method::PUT, path::MY_PASSWORD)?.json(&body)).await
    }

    async fn ask_me(&self, request: reqwest::RequestBuilder) -> Result<Me, TeamError> {
        let me: team_api::Me = self.ask(request, true).await?;
        Ok(me.into())
    }
}
