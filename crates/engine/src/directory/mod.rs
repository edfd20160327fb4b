//! The directory, for those who administer people (SPEC 1.6, 1.7): a list that is kept up to date while it is looked at, and cards
//! that are asked of the server and nowhere kept.

mod bulk;
mod rows;

use base::{Chance, Secret};
use model::{DirectoryUser, EditUser, NewUser, RegisteredDevice, UserCard, made_password};
use team_client::{TeamClient, TeamError, code};
use tokio::sync::oneshot;

use crate::handle::EngineHandle;
use crate::mail::Mail;
use crate::session::SignInError;

pub(crate) use bulk::Bulk;
pub use bulk::{
    BulkCounts, BulkError, BulkFile, BulkNews, BulkPhase, BulkRow, BulkTable, BulkView, BulkWhy, RangeFault, RangeWish,
    RowFault, RowState, TableLanguage, UserField,
};
pub(crate) use rows::{Asker, DirectoryRows, Told};

/// Somebody in the directory, as this account may look at them and change them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryRow {
    /// The user.
    pub user: DirectoryUser,
    /// It is the one who is signed in here.
    pub mine: bool,
    /// Their role is none above the own one. What is changed of them is judged by the server all the same.
    pub may_edit: bool,
}

/// The directory at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    /// By extension.
    pub users: Vec<DirectoryRow>,
    /// The stream of news is open: what changes from now on is told.
    pub complete: bool,
}

/// Why the directory was not read or changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DirectoryError {
    /// There is no team account in use.
    #[error("no team account is in use")]
    NotSignedIn,
    /// It is not theirs to administer.
    #[error("this is not yours to administer")]
    NotYours,
    /// There is no such user, or it is not theirs to administer.
    #[error("there is no such user")]
    NoSuchUser,
    /// Somebody else has changed the user since the card was read.
    #[error("somebody else has changed this user")]
    Changed,
    /// A user or a queue has the extension.
    #[error("the extension is taken")]
    ExtensionTaken,
    /// Somebody signs in with the e-mail.
    #[error("the e-mail is taken")]
    EmailTaken,
    /// The password breaks a rule of PW-02.
    #[error("the password keeps not all rules")]
    WeakPassword,
    /// This cannot be an extension.
    #[error("this is no extension")]
    Extension,
    /// This cannot be a name.
    #[error("this is no name")]
    Name,
    /// This is no e-mail address.
    #[error("this is no e-mail address")]
    Email,
    /// One of these is no network, or there are too many (EC-09).
    #[error("these are no networks")]
    Acl,
    /// This is no PIN (EC-05).
    #[error("this is no PIN")]
    Pin,
    /// Something else on the card cannot be so.
    #[error("this cannot be said of a user")]
    Card,
    /// Nobody suspends or deletes themselves.
    #[error("nobody does this to themselves")]
    Yourself,
    /// Nobody would be left who administers everybody.
    #[error("nobody would be left who administers everybody")]
    LastOwner,
    /// There is no such status any more.
    #[error("there is no such status")]
    Status,
    /// The status wants words, and none came, or more than fit.
    #[error("the status wants words")]
    StatusText,
    /// The server was not reached, or refuses for another reason.
    #[error(transparent)]
    Server(#[from] SignInError),
}

/// The list.
impl EngineHandle {
    /// Everybody whom the person at this phone administers. From now on `EngineEvent::Directory` says what changes, until
    /// [`EngineHandle::leave_directory`] or the end of the sign-in.
    ///
    /// # Errors
    /// [`DirectoryError`].
    pub async fn directory(&self) -> Result<Directory, DirectoryError> {
        let (reply, answer) = oneshot::channel();
        self.0.mail.send(Mail::DirectoryOpen(reply)).await.map_err(|_| DirectoryError::NotSignedIn)?;
        answer.await.unwrap_or(Err(DirectoryError::NotSignedIn))
    }

    /// Nobody looks at the directory any more.
    pub async fn leave_directory(&self) {
        // The engine has ended: nothing is told anyway.
        let _ = self.0.mail.send(Mail::DirectoryLeave).await;
    }

    /// Ids of those in the list that is looked at whose extension, name, e-mail or own words match, compared like contacts: in
    /// either script, whatever marks and digits are written. Everybody when nothing is typed.
    pub async fn search_directory(&self, typed: &str) -> Vec<String> {
        let (reply, answer) = oneshot::channel();
        let letter = Mail::DirectorySearch { typed: typed.to_owned(), reply };
        match self.0.mail.send(letter).await {
            Ok(()) => answer.await.unwrap_or_default(),
            Err(_) => Vec::new(),
        }
    }
}

/// Cards.
impl EngineHandle {
    /// Everything that is said of somebody but what they may, by id.
    ///
    /// # Errors
    /// [`DirectoryError`].
    pub async fn user_card(&self, id: &str) -> Result<UserCard, DirectoryError> {
        self.directory_server().await?.user_card(id).await.map_err(refused)
    }

    /// Makes a user.
    ///
    /// # Errors
    /// [`DirectoryError`]; nothing is made then.
    pub async fn add_user(&self, new: NewUser) -> Result<UserCard, DirectoryError> {
        self.directory_server().await?.add_user(new).await.map_err(refused)
    }

    /// Says something else of somebody, based on the version that was read.
    ///
    /// # Errors
    /// [`DirectoryError`]; nothing is changed then.
    pub async fn edit_user(&self, id: &str, edit: EditUser) -> Result<UserCard, DirectoryError> {
        self.directory_server().await?.edit_user(id, edit).await.map_err(refused)
    }

    /// Deletes somebody, as they were when they were looked at.
    ///
    /// # Errors
    /// [`DirectoryError`]; nothing is changed then.
    pub async fn delete_user(&self, id: &str, version: u64) -> Result<(), DirectoryError> {
        self.directory_server().await?.delete_user(id, version).await.map_err(refused)
    }

    /// Sets somebody's status; they are told by whom (DR-11).
    ///
    /// # Errors
    /// [`DirectoryError`]; nothing is changed then.
    pub async fn force_status(&self, id: &str, status: &str, text: &str) -> Result<(), DirectoryError> {
        self.directory_server().await?.force_status(id, status, text).await.map_err(refused)
    }

    /// Signs somebody out everywhere; their phones are gone.
    ///
    /// # Errors
    /// [`DirectoryError`].
    pub async fn end_sessions(&self, id: &str) -> Result<(), DirectoryError> {
        self.directory_server().await?.end_sessions(id).await.map_err(refused)
    }

    /// Phones that are registered, of those whom the person at this phone administers (EX-01).
    ///
    /// # Errors
    /// [`DirectoryError`].
    pub async fn registered_devices(&self) -> Result<Vec<RegisteredDevice>, DirectoryError> {
        self.directory_server().await?.registered_devices().await.map_err(refused)
    }

    /// Ends the registration of a phone.
    ///
    /// # Errors
    /// [`DirectoryError`]; `NoSuchUser` when it is not registered any more.
    pub async fn unregister_device(&self, id: &str) -> Result<(), DirectoryError> {
        self.directory_server().await?.unregister_device(id).await.map_err(refused)
    }

    /// A password that keeps every rule (EC-03). `None`: the system gives no random numbers.
    #[must_use]
    pub fn new_password(&self) -> Option<Secret> {
        let mut seed = [0u8; 32];
        getrandom::fill(&mut seed).ok()?;
        Some(made_password(&mut Chance::from_seed(seed)))
    }

    async fn directory_server(&self) -> Result<TeamClient, DirectoryError> {
        self.team_client().await.ok_or(DirectoryError::NotSignedIn)
    }
}

/// What the server's refusal means.
pub(crate) fn refused(error: TeamError) -> DirectoryError {
    let (status, word) = match error {
        TeamError::Server { status, code } => (status, code),
        error => return DirectoryError::Server(error.into()),
    };
    match (status, word.as_str()) {
        (_, code::USER_CHANGED) => DirectoryError::Changed,
        (_, code::EXTENSION_TAKEN) => DirectoryError::ExtensionTaken,
        (_, code::EMAIL_TAKEN) => DirectoryError::EmailTaken,
        (_, code::WEAK_PASSWORD) => DirectoryError::WeakPassword,
        (_, code::USER_EXTENSION) => DirectoryError::Extension,
        (_, code::USER_NAME) => DirectoryError::Name,
        (_, code::USER_EMAIL) => DirectoryError::Email,
        (_, code::USER_ACL) => DirectoryError::Acl,
        (_, code::USER_PIN) => DirectoryError::Pin,
        (_, code::USER_CARD) => DirectoryError::Card,
        (_, code::YOURSELF) => DirectoryError::Yourself,
        (_, code::LAST_OWNER) => DirectoryError::LastOwner,
        (_, code::UNKNOWN_STATUS) => DirectoryError::Status,
        (_, code::STATUS_TEXT) => DirectoryError::StatusText,
        (403, _) => DirectoryError::NotYours,
        (404, _) => DirectoryError::NoSuchUser,
        (status, _) => DirectoryError::Server(SignInError::Server { status, code: word }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_that_is_told_otherwise_has_a_name_us_01() {
        let server = |status, code: &str| refused(TeamError::Server { status, code: code.into() });
        for (status, word, expected) in [
            (409, code::USER_CHANGED, DirectoryError::Changed),
            (409, code::EXTENSION_TAKEN, DirectoryError::ExtensionTaken),
            (409, code::EMAIL_TAKEN, DirectoryError::EmailTaken),
            (422, code::WEAK_PASSWORD, DirectoryError::WeakPassword),
            (422, code::USER_EXTENSION, DirectoryError::Extension),
            (422, code::USER_NAME, DirectoryError::Name),
            (422, code::USER_EMAIL, DirectoryError::Email),
            (422, code::USER_ACL, DirectoryError::Acl),
            (422, code::USER_PIN, DirectoryError::Pin),
            (422, code::USER_CARD, DirectoryError::Card),
            (409, code::YOURSELF, DirectoryError::Yourself),
            (409, code::LAST_OWNER, DirectoryError::LastOwner),
            (422, code::UNKNOWN_STATUS, DirectoryError::Status),
            (422, code::STATUS_TEXT, DirectoryError::StatusText),
            (403, code::FORBIDDEN, DirectoryError::NotYours),
            (404, code::NOT_FOUND, DirectoryError::NoSuchUser),
        ] {
            assert_eq!(server(status, word), expected, "{word}");
        }
        assert_eq!(refused(TeamError::Unreachable), DirectoryError::Server(SignInError::Unreachable));
    }
}
