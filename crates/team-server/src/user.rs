//! Adding a user from the command line, before there is anybody who could do it on screen.

use base::{Aor, Secret};
use model::{PasswordRule, PasswordRules, Role, normal_email};

use crate::auth::password;
use crate::db::users::NewRow;
use crate::db::{Db, OpenError};
use crate::directory_rules;
use crate::random::{uuid_v7, wall_ms};

/// What is needed to add a user.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// E-mail, the sign-in name; at most 254 characters.
    pub email: String,
    /// Name as colleagues see it; at most 200 characters.
    pub name: String,
    /// Extension: 1..=32 of the characters that a SIP user may have unescaped, digits as a rule.
    pub extension: String,
    /// Password; keeps all of [`model::PasswordRules`].
    pub password: Secret,
    /// May administer.
    pub admin: bool,
}

/// Why a user was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddUserError {
    /// Not `name@host`, or too long.
    #[error("that is no e-mail address")]
    Email,
    /// Empty or too long.
    #[error("the name must have 1 to 200 characters")]
    Name,
    /// Empty, too long, or with characters that need escaping.
    #[error("the extension must have 1 to 32 letters, digits or . - _")]
    Extension,
    /// Breaks a rule of PW-02.
    #[error("the password is too weak, it lacks: {0}")]
    Password(String),
    /// There is a user with this e-mail or extension.
    #[error("this e-mail or extension is taken")]
    Taken,
    /// The database cannot be used.
    #[error("{0}")]
    Database(Box<dyn std::error::Error + Send + Sync>),
}

impl From<OpenError> for AddUserError {
    fn from(error: OpenError) -> Self {
        AddUserError::Database(error.into())
    }
}

/// Adds a user to the database at `database_url` (as in [`crate::ServerConfig`]). A running server knows the user at the first sign-in.
///
/// # Errors
/// [`AddUserError`].
pub async fn add_user(database_url: &str, new: NewUser) -> Result<(), AddUserError> {
    let email = normal_email(&new.email).ok_or(AddUserError::Email)?;
    let name = directory_rules::name(&new.name).map_err(|_| AddUserError::Name)?;
    directory_rules::extension(&new.extension).map_err(|_| AddUserError::Extension)?;
    debug_assert!(Aor::new(&new.extension, "x").is_ok());
    let lacks: Vec<&str> = PasswordRules::of(new.password.reveal()).broken().map(in_words).collect();
    if !lacks.is_empty() {
        return Err(AddUserError::Password(lacks.join(", ")));
    }
    let db = Db::open(database_url).await?;
    let hash = password::hash(new.password).await;
    let now = wall_ms();
    let row = NewRow {
        id: uuid_v7(now),
        email: &email,
        name,
        extension: &new.extension,
        role: if new.admin { Role::SystemOwner } else { Role::User },
        password_hash: &hash,
        ready_made: false,
        created_ms: now,
    };
    let added = db.insert_user(row).await.map_err(|e| AddUserError::Database(e.into()));
    db.close().await;
    if added? { Ok(()) } else { Err(AddUserError::Taken) }
}

fn in_words(rule: PasswordRule) -> &'static str {
    match rule {
        PasswordRule::Length => "8 characters",
        PasswordRule::Upper => "a capital letter",
        PasswordRule::Lower => "a small letter",
        PasswordRule::Number => "a number",
        PasswordRule::Special => "a special character",
    }
}
