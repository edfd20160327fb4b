//! Names, pictures and passwords, as their owners change them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sqlx::Row as _;
use team_api::AvatarSize;

use super::Db;
use super::sessions::end_sessions;
use super::users::{User, user_columns};
use crate::auth::token::TokenHash;

/// A picture as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredAvatar {
    pub revision: String,
    pub jpeg: Vec<u8>,
}

impl Db {
    /// An active user.
    pub(crate) async fn active_user(&self, user_id: &str) -> sqlx::Result<Option<User>> {
        let row = sqlx::query(concat!("SELECT ", user_columns!(), " FROM users WHERE id = $1 AND status = 'active'"))
            .bind(user_id.to_owned())
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(User::from_row).transpose()
    }

    /// Another name. What is the same already changes nothing.
    pub(crate) async fn rename_user(&self, user_id: &str, first: &str, last: &str, whole: &str) -> sqlx::Result<()> {
        sqlx::query(
            "UPDATE users SET first_name = $1, last_name = $2, name = $3, profile_version = profile_version + 1
             WHERE id = $4 AND (first_name <> $5 OR last_name <> $6 OR name <> $7)",
        )
        .bind(first.to_owned())
        .bind(last.to_owned())
        .bind(whole.to_owned())
        .bind(user_id.to_owned())
        .bind(first.to_owned())
        .bind(last.to_owned())
        .bind(whole.to_owned())
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Another picture.
    pub(crate) async fn set_avatar(
        &self,
        user_id: &str,
        revision: &str,
        large: &[u8],
        small: &[u8],
    ) -> sqlx::Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO avatars (user_id, revision, large_jpeg, small_jpeg) VALUES ($1, $2, $3, $4)
             ON CONFLICT (user_id) DO UPDATE SET revision = excluded.revision,
                 large_jpeg = excluded.large_jpeg, small_jpeg = excluded.small_jpeg",
        )
        .bind(user_id.to_owned())
        .bind(revision.to_owned())
        .bind(STANDARD.encode(large))
        .bind(STANDARD.encode(small))
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE users SET avatar = $1, profile_version = profile_version + 1 WHERE id = $2")
            .bind(revision.to_owned())
            .bind(user_id.to_owned())
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }

    /// No picture any more.
    pub(crate) async fn remove_avatar(&self, user_id: &str) -> sqlx::Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("DELETE FROM avatars WHERE user_id = $1").bind(user_id.to_owned()).execute(&mut *tx).await?;
        sqlx::query(
            "UPDATE users SET avatar = '', profile_version = profile_version + 1 WHERE id = $1 AND avatar <> ''",
        )
        .bind(user_id.to_owned())
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// The revision of somebody's picture; `None`: they have none, or there is nobody.
    pub(crate) async fn avatar_revision(&self, user_id: &str) -> sqlx::Result<Option<String>> {
        sqlx::query_scalar("SELECT revision FROM avatars WHERE user_id = $1")
            .bind(user_id.to_owned())
            .fetch_optional(&self.pool)
            .await
    }

    /// Somebody's picture.
    pub(crate) async fn avatar(&self, user_id: &str, size: AvatarSize) -> sqlx::Result<Option<StoredAvatar>> {
        let query = match size {
            AvatarSize::Large => "SELECT revision, large_jpeg AS jpeg FROM avatars WHERE user_id = $1",
            AvatarSize::Small => "SELECT revision, small_jpeg AS jpeg FROM avatars WHERE user_id = $1",
        };
        let row = sqlx::query(query).bind(user_id.to_owned()).fetch_optional(&self.pool).await?;
        row.map(|row| {
            let text: String = row.try_get("jpeg")?;
            let jpeg = STANDARD.decode(text).map_err(|fault| sqlx::Error::Decode(fault.into()))?;
            Ok(StoredAvatar { revision: row.try_get("revision")?, jpeg })
        })
        .transpose()
    }

    /// Another password. Every session of the user but `kept` ends; theirs are the tokens that come back.
    pub(crate) async fn change_password(
        &self,
        user_id: &str,
        hash: &str,
        now: i64,
        kept: &TokenHash,
    ) -> sqlx::Result<Vec<TokenHash>> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("UPDATE users SET password_hash = $1, password_changed_ms = $2 WHERE id = $3")
            .bind(hash.to_owned())
            .bind(now)
            .bind(user_id.to_owned())
            .execute(&mut *tx)
            .await?;
        // Who asked for a mail before has found the password since.
        sqlx::query("DELETE FROM password_resets WHERE user_id = $1")
            .bind(user_id.to_owned())
            .execute(&mut *tx)
            .await?;
        let ended = end_sessions(&mut tx, user_id, Some(kept)).await?;
        tx.commit().await?;
        Ok(ended)
    }
}
