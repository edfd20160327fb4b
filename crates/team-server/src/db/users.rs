//! Users.

use sqlx::Row as _;
use sqlx::any::AnyRow;
use team_api::{AccountStatus, Me, Role};

use super::Db;

/// A user as far as signing in and calling need it.
#[derive(Clone)]
pub(crate) struct User {
    pub id: String,
    pub email: String,
    pub name: String,
    pub extension: String,
    pub role: Role,
    pub status: AccountStatus,
    pub password_hash: String,
}

/// The columns of [`User`], for every query that reads one.
macro_rules! user_columns {
    () => {
        "users.id, users.email, users.name, users.extension, users.role, users.status, users.password_hash"
    };
}
pub(crate) use user_columns;

impl User {
    pub(crate) fn from_row(row: &AnyRow) -> sqlx::Result<Self> {
        Ok(User {
            id: row.try_get("id")?,
            email: row.try_get("email")?,
            name: row.try_get("name")?,
            extension: row.try_get("extension")?,
            role: Role::from_word(row.try_get("role")?),
            status: AccountStatus::from_word(row.try_get("status")?),
            password_hash: row.try_get("password_hash")?,
        })
    }

    pub(crate) fn me(&self) -> Me {
        Me {
            id: self.id.clone(),
            email: self.email.clone(),
            name: self.name.clone(),
            extension: self.extension.clone(),
            role: self.role,
            account_status: self.status,
        }
    }
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
        .bind(new.role.as_str())
        .bind(new.password_hash.to_owned())
        .bind(i64::from(new.ready_made))
        .bind(new.created_ms)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}
