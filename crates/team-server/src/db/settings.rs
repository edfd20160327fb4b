//! Facts about the installation.

use serde_json::json;

use super::Db;
use super::status_rows::{Hand, note};

impl Db {
    /// The value of `key`; `make` gives it when there is none yet. Two servers on one database agree on the first.
    pub(crate) async fn setting_or(&self, key: &str, make: impl FnOnce() -> String) -> sqlx::Result<String> {
        if let Some(value) = self.setting(key).await? {
            return Ok(value);
        }
        sqlx::query("INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING")
            .bind(key.to_owned())
            .bind(make())
            .execute(&self.pool)
            .await?;
        self.setting(key).await?.ok_or(sqlx::Error::RowNotFound)
    }

    /// From now on the value of `key`, as somebody wants it.
    pub(crate) async fn set_setting(&self, key: &str, value: &str, hand: Hand<'_>) -> sqlx::Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .bind(key.to_owned())
        .bind(value.to_owned())
        .execute(&mut *tx)
        .await?;
        note(&mut tx, hand, "setting.changed", key, json!({ "after": value })).await?;
        tx.commit().await
    }

    pub(crate) async fn setting(&self, key: &str) -> sqlx::Result<Option<String>> {
        sqlx::query_scalar("SELECT value FROM settings WHERE key = $1")
            .bind(key.to_owned())
            .fetch_optional(&self.pool)
            .await
    }

    /// There is no value of `key` any more, as if nobody had ever said one.
    #[cfg(test)]
    pub(crate) async fn forget_setting(&self, key: &str) -> sqlx::Result<()> {
        sqlx::query("DELETE FROM settings WHERE key = $1").bind(key.to_owned()).execute(&self.pool).await.map(drop)
    }
}
