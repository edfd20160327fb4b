//! When parked calls come back.

use std::time::Duration;

use super::Db;
use super::status_rows::Hand;

/// The setting: seconds.
const RING_BACK: &str = "park_ring_back_s";

impl Db {
    /// After how long, if somebody has said so.
    pub(crate) async fn ring_back(&self) -> sqlx::Result<Option<Duration>> {
        Ok(self.setting(RING_BACK).await?.and_then(|text| text.parse().ok()).map(Duration::from_secs))
    }

    /// After how long from now on.
    pub(crate) async fn set_ring_back(&self, after: Duration, hand: Hand<'_>) -> sqlx::Result<()> {
        self.set_setting(RING_BACK, &after.as_secs().to_string(), hand).await
    }
}
