//! Settings: a text for a key. What the text means is the business of who asks.

use crate::error::StoreError;
use crate::open::Store;

impl Store {
    /// The value of `key`, if it was set.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let value = sqlx::query_scalar("SELECT value FROM settings WHERE key = $1").bind(key);
        Ok(value.fetch_optional(&self.pool).await?)
    }

    /// Sets `key`.
    ///
    /// # Errors
    /// [`StoreError`]; the old value stays then.
    pub async fn set_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .bind(key)
        .bind(value)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Forgets `key`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remove_setting(&self, key: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM settings WHERE key = $1").bind(key).execute(&self.pool).await?;
        Ok(())
    }
}
