//! Users.

use model::{Role, name_parts};
use sqlx::Row as _;
use sqlx::any::AnyRow;
use team_api::{AccountStatus, Me, Service};

use super::Db;

/// A user as far as signing in and calling need it.
#[derive(Clone)]
pub(crate) struct User {
    pub id: String,
    pub email: String,
    pub name: String,
    pub first_name: String,
    pub last_name: String,
    /// Revision of the picture.
    pub avatar: Option<String>,
    pub profile_version: u64,
    pub extension: String,
    pub role: Role,
    pub service: Service,
    pub status: AccountStatus,
    pub password_hash: String,
    pub password_changed_ms: Option<i64>,
}

/// The columns of [`User`], for every query that reads one.
macro_rules! user_columns {
    () => {
        "users.id, users.email, users.name, users.first_name, users.last_name, users.avatar, users.profile_version,
         users.extension, users.role, users.service, users.status, users.password_hash, users.password_changed_ms"
    };
}
pub(crate) use user_columns;

impl User {
    pub(crate) fn from_row(row: &AnyRow) -> sqlx::Result<Self> {
        let name: String = row.try_get("name")?;
        let (mut first_name, mut last_name): (String, String) = (row.try_get("first_name")?, row.try_get("last_name")?);
        if first_name.is_empty() && last_name.is_empty() {
            (first_name, last_name) = {
                let (first, last) = name_parts(&name);
                (first.to_owned(), last.to_owned())
            };
        }
        Ok(User {
            id: row.try_get("id")?,
            email: row.try_get("email")?,
            name,
            first_name,
            last_name,
            avatar: some_text(row.try_get("avatar")?),
            profile_version: row.try_get::<i64, _>("profile_version")?.unsigned_abs(),
            extension: row.try_get("extension")?,
            role: role(row.try_get("role")?),
            service: Service::from_word(row.try_get("service")?),
            status: AccountStatus::from_word(row.try_get("status")?),
            password_hash: row.try_get("password_hash")?,
            password_changed_ms: Some(row.try_get::<i64, _>("password_changed_ms")?).filter(|at| *at > 0),
        })
    }

    pub(crate) fn me(&self) -> Me {
        Me {
            id: self.id.clone(),
            email: self.email.clone(),
            name: self.name.clone(),
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            avatar: self.avatar.clone(),
            profile_version: self.profile_version,
            extension: self.extension.clone(),
            role: self.role.into(),
            service: self.service,
            password_changed_ms: self.password_changed_ms,
            account_status: self.status,
        }
    }
}

/// A word of another version counts as the least.
fn role(word: &str) -> Role {
    Role::from_code(word).unwrap_or(Role::User)
}

/// Empty means none.
pub(super) fn some_text(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// A row to insert.
pub(crate) struct NewRow<'a> {
    pub id: String,
    pub email: &'a str,
    pub name: &'a str,
    pub extension: &'a str,
    pub role: Role,
    pub password_hash: &'a str,
    pub ready_made: bool,
    pub created_ms: i64,
}

impl Db {
    pub(crate) async fn user_by_email(&self, email: &str) -> sqlx::Result<Option<User>> {
        let row = sqlx::query(concat!("SELECT ", user_columns!(), " FROM users WHERE email = $1"))
            .bind(email.to_owned())
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(User::from_row).transpose()
    }

    pub(crate) async fn user_of_extension(&self, extension: &str) -> sqlx::Result<Option<User>> {
        let row = sqlx::query(concat!("SELECT ", user_columns!(), " FROM users WHERE extension = $1"))
            .bind(extension.to_owned())
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(User::from_row).transpose()
    }

    /// Extensions that may register.
    pub(crate) async fn active_extensions(&self) -> sqlx::Result<Vec<String>> {
        sqlx::query_scalar("SELECT extension FROM users WHERE status = 'active'").fetch_all(&self.pool).await
    }

    /// Adds a user; `false` when e-mail or extension are taken.
    pub(crate) async fn insert_user(&self, new: NewRow<'_>) -> sqlx::Result<bool> {
        let done = sqlx::query(
            "INSERT INTO users (id, email, name, extension, role, status, password_hash, ready_made, created_ms)
             VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, $8) ON CONFLICT DO NOTHING",
        )
        .bind(new.id)
        .bind(new.email.to_owned())
        .bind(new.name.to_owned())
        .bind(new.extension.to_owned())
        .bind(new.role.code())
        .bind(new.password_hash.to_owned())
        .bind(i64::from(new.ready_made))
        .bind(new.created_ms)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}
