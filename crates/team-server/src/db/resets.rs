//! Links of mails for forgotten passwords.

use super::Db;
use super::sessions::end_sessions;
use super::users::{User, user_columns};
use crate::auth::token::TokenHash;

impl Db {
    /// From now on `token` is the one link of this user; an older one is void.
    pub(crate) async fn begin_reset(&self, user: &str, token: &TokenHash, expires_ms: i64) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO password_resets (user_id, token_hash, expires_ms) VALUES ($1, $2, $3)
             ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, expires_ms = excluded.expires_ms",
        )
        .bind(user.to_owned())
        .bind(token.as_str().to_owned())
        .bind(expires_ms)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Whose link this is, while it is valid and the account may be used. It stays valid.
    pub(crate) async fn reset_user(&self, token: &TokenHash, now: i64) -> sqlx::Result<Option<User>> {
        let row = sqlx::query(concat!(
            "SELECT ",
            user_columns!(),
            " FROM password_resets JOIN users ON users.id = password_resets.user_id
             WHERE password_resets.token_hash = $1 AND password_resets.expires_ms > $2 AND users.status = 'active'"
        ))
        .bind(token.as_str().to_owned())
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(User::from_row).transpose()
    }

    /// Uses the link up: sets the password and ends every session of the user, or, when it was used or replaced meanwhile, does nothing.
    /// Returns the sessions that ended; `None` when the link was not valid.
    pub(crate) async fn reset_password(
        &self,
        token: &TokenHash,
        user: &User,
        password_hash: String,
        now: i64,
    ) -> sqlx::Result<Option<Vec<TokenHash>>> {
        let mut tx = self.pool.begin().await?;
        let used =
            sqlx::query("DELETE FROM password_resets WHERE token_hash = $1 AND user_id = $2 AND expires_ms > $3")
                .bind(token.as_str().to_owned())
                .bind(user.id.clone())
                .bind(now)
                .execute(&mut *tx)
                .await?;
        if used.rows_affected() != 1 {
            return Ok(None);
        }
        sqlx::query("UPDATE users SET password_hash = $1, password_changed_ms = $2 WHERE id = $3")
            .bind(password_hash)
            .bind(now)
            .bind(user.id.clone())
            .execute(&mut *tx)
            .await?;
        let ended = end_sessions(&mut tx, &user.id, None).await?;
        tx.commit().await?;
        Ok(Some(ended))
    }
}
