//! Sessions: who holds a token, until when.

use sqlx::{AnyConnection, Row as _};

use super::Db;
use super::users::{User, user_columns};
use crate::auth::token::TokenHash;

/// Sessions of one user that are kept; the oldest goes first.
const PER_USER: i64 = 20;
/// A session in use is written to at most once in this time.
const WRITE_EVERY_MS: i64 = 24 * 3600 * 1000;

/// A session that is alive.
pub(crate) struct Session {
    pub user: User,
    pub expires_ms: i64,
}

impl Db {
    pub(crate) async fn add_session(
        &self,
        token: &TokenHash,
        user: &User,
        device: &str,
        now: i64,
        expires_ms: i64,
    ) -> sqlx::Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO sessions (token_hash, user_id, device, created_ms, expires_ms) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(token.as_str().to_owned())
        .bind(user.id.clone())
        .bind(device.to_owned())
        .bind(now)
        .bind(expires_ms)
        .execute(&mut *tx)
        .await?;
        sqlx::query("DELETE FROM sessions WHERE expires_ms <= $1").bind(now).execute(&mut *tx).await?;
        sqlx::query(
            "DELETE FROM sessions WHERE user_id = $1 AND token_hash NOT IN
             (SELECT token_hash FROM sessions WHERE user_id = $2 ORDER BY created_ms DESC, token_hash LIMIT $3)",
        )
        .bind(user.id.clone())
        .bind(user.id.clone())
        .bind(PER_USER)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// The living session behind a token; its user may be suspended.
    pub(crate) async fn session(&self, token: &TokenHash, now: i64) -> sqlx::Result<Option<Session>> {
        let row = sqlx::query(concat!(
            "SELECT ",
            user_columns!(),
            ", sessions.expires_ms FROM sessions JOIN users ON users.id = sessions.user_id
             WHERE sessions.token_hash = $1 AND sessions.expires_ms > $2"
        ))
        .bind(token.as_str().to_owned())
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| Ok(Session { user: User::from_row(&row)?, expires_ms: row.try_get("expires_ms")? })).transpose()
    }

    /// A session that is used lives on. Returns when it ends now.
    pub(crate) async fn prolong_session(
        &self,
        token: &TokenHash,
        expires_ms: i64,
        now: i64,
        lifetime_ms: i64,
    ) -> sqlx::Result<i64> {
        let wanted = now.saturating_add(lifetime_ms);
        if wanted - expires_ms < WRITE_EVERY_MS.min(lifetime_ms / 2) {
            return Ok(expires_ms);
        }
        sqlx::query("UPDATE sessions SET expires_ms = $1 WHERE token_hash = $2")
            .bind(wanted)
            .bind(token.as_str().to_owned())
            .execute(&self.pool)
            .await?;
        Ok(wanted)
    }

    /// Sessions that are alive.
    pub(crate) async fn count_sessions(&self, now: i64) -> sqlx::Result<u64> {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sessions WHERE expires_ms > $1")
            .bind(now)
            .fetch_one(&self.pool)
            .await?;
        Ok(count.unsigned_abs())
    }

    pub(crate) async fn remove_session(&self, token: &TokenHash) -> sqlx::Result<()> {
        sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
            .bind(token.as_str().to_owned())
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

/// Ends every session of a user but `kept`; theirs are the tokens that come back.
pub(super) async fn end_sessions(
    tx: &mut AnyConnection,
    user_id: &str,
    kept: Option<&TokenHash>,
) -> sqlx::Result<Vec<TokenHash>> {
    // No token has an empty hash.
    let kept = kept.map_or("", TokenHash::as_str);
    let ended: Vec<String> =
        sqlx::query_scalar("SELECT token_hash FROM sessions WHERE user_id = $1 AND token_hash <> $2")
            .bind(user_id.to_owned())
            .bind(kept.to_owned())
            .fetch_all(&mut *tx)
            .await?;
    sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND token_hash <> $2")
        .bind(user_id.to_owned())
        .bind(kept.to_owned())
        .execute(&mut *tx)
        .await?;
    Ok(ended.into_iter().map(TokenHash::stored).collect())
}
