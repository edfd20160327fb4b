//! Facts about the installation.

use super::Db;

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

    async fn setting(&self, key: &str) -> sqlx::Result<Option<String>> {
        sqlx::query_scalar("SELECT value FROM settings WHERE key = $1")
            .bind(key.to_owned())
            .fetch_optional(&self.pool)
            .await
    }
}
