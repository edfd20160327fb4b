//! Who supervised whom, written down: rows are added and never changed.

use serde_json::Value;

use super::Db;
use super::status_rows::{Hand, note};

/// The setting: agents see who supervises them.
const AGENTS_SEE: &str = "supervision_shown";

impl Db {
    /// Writes down what became of a wish to supervise `subject`.
    pub(crate) async fn note_supervision(
        &self,
        hand: Hand<'_>,
        action: &str,
        subject: &str,
        details: Value,
    ) -> sqlx::Result<()> {
        let mut tx = self.pool.begin().await?;
        note(&mut tx, hand, action, subject, details).await?;
        tx.commit().await
    }

    /// Do agents see who supervises them?
    pub(crate) async fn agents_see_supervision(&self) -> sqlx::Result<bool> {
        Ok(self.setting(AGENTS_SEE).await?.as_deref() == Some("1"))
    }

    /// Whether they do from now on.
    pub(crate) async fn show_supervision(&self, on: bool, hand: Hand<'_>) -> sqlx::Result<()> {
        self.set_setting(AGENTS_SEE, if on { "1" } else { "0" }, hand).await
    }
}
