//! The profile's part of the engine's door.

use std::sync::Arc;

use avatar::Refused;
use base::Secret;
use model::{PasswordRules, name_part, whole_name};
use team_client::{AvatarSize, Me, TeamClient, TeamError, code};

use super::{OpenedPhoto, PhotoCrop};
use crate::handle::EngineHandle;
use crate::mail::Mail;
use crate::session::SignInError;

/// Why something of a profile was not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// There is no team account in use.
    #[error("no team account is in use")]
    NotSignedIn,
    /// A part of the name is too long or no line of text, or both are empty.
    #[error("this cannot be a name")]
    Name,
    /// The file does not become a picture.
    #[error("the picture is refused: {0}")]
    Refused(Refused),
    /// Another photograph was opened since, or it was put away.
    #[error("the photograph is not open any more")]
    NoSuchPhoto,
    /// The current password is not right.
    #[error("the current password is not right")]
    WrongPassword {
        /// Tries before a wait, when the server said so.
        tries_left: Option<u32>,
    },
    /// The new password breaks a rule.
    #[error("the new password is weak")]
    WeakPassword,
    /// The server was not reached, or refuses for another reason.
    #[error(transparent)]
    Server(#[from] SignInError),
    /// A bug of ours.
    #[error("{0}")]
    Internal(String),
}

/// One's own profile. What is done is true for every window once `EngineEvent::Session` says so.
impl EngineHandle {
    /// Changes one's own name (PR-03).
    ///
    /// # Errors
    /// [`ProfileError`].
    pub async fn rename(&self, first: &str, last: &str) -> Result<(), ProfileError> {
        let (first, last) = name_part(first).zip(name_part(last)).ok_or(ProfileError::Name)?;
        whole_name(first, last).ok_or(ProfileError::Name)?;
        let me = self.team().await?.rename(first, last).await.map_err(refused)?;
        self.is_me(me).await
    }

    /// Opens the bytes of a file that may become one's picture.
    ///
    /// # Errors
    /// [`ProfileError::Refused`] says why it cannot; size and kind are judged before anything is decoded.
    pub async fn photo_open(&self, file: Vec<u8>) -> Result<OpenedPhoto, ProfileError> {
        self.0.darkroom.open(file).await
    }

    /// The open photograph, whole and upright, as a JPEG that is small enough to be shown.
    ///
    /// # Errors
    /// [`ProfileError::NoSuchPhoto`].
    pub fn photo_preview(&self, number: u64) -> Result<Arc<[u8]>, ProfileError> {
        self.0.darkroom.preview(number)
    }

    /// Makes this square of the open photograph one's picture. The photograph stays open when that fails.
    ///
    /// # Errors
    /// [`ProfileError`].
    pub async fn photo_save(&self, number: u64, crop: PhotoCrop) -> Result<(), ProfileError> {
        let square = self.0.darkroom.develop(number, crop).await?;
        let me = self.team().await?.set_avatar(square).await.map_err(refused)?;
        self.0.darkroom.close(number);
        self.is_me(me).await
    }

    /// Puts the open photograph away.
    pub fn photo_close(&self, number: u64) {
        self.0.darkroom.close(number);
    }

    /// Takes one's own picture away (PR-11).
    ///
    /// # Errors
    /// [`ProfileError`].
    pub async fn photo_remove(&self) -> Result<(), ProfileError> {
        let me = self.team().await?.remove_avatar().await.map_err(refused)?;
        self.is_me(me).await
    }

    /// Changes one's own password (PW-01). The server ends every other session.
    ///
    /// # Errors
    /// [`ProfileError`].
    pub async fn change_password(&self, current: &Secret, new: &Secret) -> Result<(), ProfileError> {
        if !PasswordRules::of(new.reveal()).all_kept() {
            return Err(ProfileError::WeakPassword);
        }
        let me = self.team().await?.change_password(current, new).await.map_err(refused)?;
        self.is_me(me).await
    }

    /// Somebody's picture as a JPEG; `None`: they have none. A later one than `revision` when it was changed meanwhile.
    ///
    /// # Errors
    /// [`ProfileError`].
    pub async fn picture(&self, user: &str, revision: &str, large: bool) -> Result<Option<Arc<[u8]>>, ProfileError> {
        let size = if large { AvatarSize::Large } else { AvatarSize::Small };
        let client = self.team().await?;
        self.0.album.look(&client, user, revision, size).await.map_err(refused)
    }

    async fn team(&self) -> Result<TeamClient, ProfileError> {
        self.team_client().await.ok_or(ProfileError::NotSignedIn)
    }

    async fn is_me(&self, me: Me) -> Result<(), ProfileError> {
        // The engine has ended: nobody is left who could look.
        let _ = self.0.mail.send(Mail::Me(Box::new(me))).await;
        Ok(())
    }
}

fn refused(error: TeamError) -> ProfileError {
    match error {
        TeamError::WrongCredentials { tries_left } => ProfileError::WrongPassword { tries_left },
        TeamError::Server { status: 422, code } if code == code::NAME => ProfileError::Name,
        TeamError::Server { status: 422, code } if code == code::WEAK_PASSWORD => ProfileError::WeakPassword,
        error => ProfileError::Server(error.into()),
    }
}
