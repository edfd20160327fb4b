//! Adding a user from the command line, before there is anybody who could do it on screen.

use base::{Aor, Secret};
use model::{AgentOptions, PasswordRule, PasswordRules, Role};

use crate::auth::password;
use crate::db::users::NewRow;
use crate::db::{Db, OpenError};
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

/// Makes the person with this extension an agent in the database at `database_url`, with these options. A running server
/// knows it when its queues are edited, or when it starts again. `false`: nobody has this extension.
///
/// # Errors
/// [`AddUserError`] of the database.
pub async fn hire(database_url: &str, extension: &str, options: AgentOptions) -> Result<bool, AddUserError> {
    let db = Db::open(database_url).await?;
    let done = db.put_agent_options(extension, options).await.map_err(|e| AddUserError::Database(e.into()));
    db.close().await;
    done
}

/// Adds a user to the database at `database_url` (as in [`crate::ServerConfig`]). A running server knows the user at the first sign-in.
///
/// # Errors
/// [`AddUserError`].
pub async fn add_user(database_url: &str, new: NewUser) -> Result<(), AddUserError> {
    let email = normal_email(&new.email).ok_or(AddUserError::Email)?;
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
        return Err(AddUserError::Name);
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    if !(1..=32).contains(&new.extension.len()) || !new.extension.chars().all(plain) {
        return Err(AddUserError::Extension);
    }
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

/// Trimmed and lower case; `None` when it cannot be an e-mail address.
pub(crate) fn normal_email(text: &str) -> Option<String> {
    let email = text.trim().to_lowercase();
    let (mailbox, host) = email.rsplit_once('@')?;
    let fits = !mailbox.is_empty() && !host.is_empty() && email.len() <= 254;
    (fits && !email.chars().any(|c| c.is_control() || c.is_whitespace())).then_some(email)
}
