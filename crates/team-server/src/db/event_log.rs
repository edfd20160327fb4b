//! What the live panel counts: how everybody was seen, and calls that are over. Kept for [`KEPT_MS`].

use sqlx::Row as _;

use super::Db;
use crate::random::uuid_v7;

/// How long rows of the three logs are kept: a year and a month, so that a month can be compared with the same one a year before.
pub(crate) const KEPT_MS: i64 = 400 * 24 * 60 * 60 * 1000;

/// One user's part of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CallRow {
    pub call: String,
    pub extension: String,
    pub direction: &'static str,
    pub began_ms: i64,
    /// 0: nobody answered.
    pub answered_ms: i64,
    pub ended_ms: i64,
}

/// Time that somebody spent in a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spent {
    pub user_id: String,
    pub status_id: String,
    pub ms: u64,
}

impl Db {
    /// Somebody is seen like this from now on.
    pub(crate) async fn log_status(&self, user_id: &str, status_id: &str, since_ms: i64) -> sqlx::Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("UPDATE status_log SET until_ms = $1 WHERE user_id = $2 AND until_ms = 0")
            .bind(since_ms)
            .bind(user_id.to_owned())
            .execute(&mut *tx)
            .await?;
        sqlx::query("INSERT INTO status_log (id, user_id, status_id, since_ms, until_ms) VALUES ($1, $2, $3, $4, 0)")
            .bind(uuid_v7(since_ms))
            .bind(user_id.to_owned())
            .bind(status_id.to_owned())
            .bind(since_ms)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }

    /// The last server is gone. Nobody was seen after the last thing that it wrote down.
    pub(crate) async fn close_status_log(&self) -> sqlx::Result<()> {
        sqlx::query(
            "UPDATE status_log SET until_ms =
                 (SELECT MAX(at_ms) FROM (SELECT COALESCE(MAX(since_ms), 0) AS at_ms FROM status_log
                  UNION ALL SELECT COALESCE(MAX(until_ms), 0) FROM status_log
                  UNION ALL SELECT COALESCE(MAX(ended_ms), 0) FROM call_log
                  UNION ALL SELECT COALESCE(MAX(at_ms), 0) FROM queue_events) AS known)
             WHERE until_ms = 0",
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    pub(crate) async fn log_call(&self, row: &CallRow) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO call_log (id, call, extension, direction, began_ms, answered_ms, ended_ms)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(uuid_v7(row.began_ms))
        .bind(row.call.clone())
        .bind(row.extension.clone())
        .bind(row.direction)
        .bind(row.began_ms)
        .bind(row.answered_ms)
        .bind(row.ended_ms)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Calls that began since then: extension, direction, how many.
    pub(crate) async fn calls_by_direction(&self, since_ms: i64) -> sqlx::Result<Vec<(String, String, u64)>> {
        let rows = sqlx::query(
            "SELECT extension, direction, COUNT(*) AS calls FROM call_log WHERE began_ms >= $1
             GROUP BY extension, direction ORDER BY extension, direction",
        )
        .bind(since_ms)
        .fetch_all(&self.pool)
        .await?;
        let count = |row: &sqlx::any::AnyRow| row.try_get::<i64, _>("calls").map(i64::unsigned_abs);
        rows.iter().map(|row| Ok((row.try_get("extension")?, row.try_get("direction")?, count(row)?))).collect()
    }

    /// Time between the two moments that people spent in statuses that keep queues away, other than offline; what still runs runs until
    /// `now_ms`.
    pub(crate) async fn breaks(&self, since_ms: i64, now_ms: i64) -> sqlx::Result<Vec<Spent>> {
        let rows = sqlx::query(
            "SELECT user_id, status_id, CAST(SUM(ended - began) AS BIGINT) AS spent FROM (
                 SELECT status_log.user_id, status_log.status_id,
                        CASE WHEN since_ms < $1 THEN $2 ELSE since_ms END AS began,
                        CASE WHEN until_ms = 0 THEN $3 ELSE until_ms END AS ended
                 FROM status_log JOIN statuses ON statuses.id = status_log.status_id
                 WHERE statuses.blocks_queue = 1 AND statuses.kind <> 'offline' AND (until_ms = 0 OR until_ms > $4)
             ) AS parts WHERE ended > began GROUP BY user_id, status_id ORDER BY user_id, status_id",
        )
        .bind(since_ms)
        .bind(since_ms)
        .bind(now_ms)
        .bind(since_ms)
        .fetch_all(&self.pool)
        .await?;
        let spent = |row: &sqlx::any::AnyRow| row.try_get::<i64, _>("spent").map(i64::unsigned_abs);
        rows.iter()
            .map(|row| {
                Ok(Spent { user_id: row.try_get("user_id")?, status_id: row.try_get("status_id")?, ms: spent(row)? })
            })
            .collect()
    }

    /// Forgets what is older than [`KEPT_MS`]. How many rows.
    pub(crate) async fn forget_logs(&self, now_ms: i64) -> sqlx::Result<u64> {
        let before = now_ms.saturating_sub(KEPT_MS);
        let mut gone = 0;
        for sql in [
            "DELETE FROM status_log WHERE until_ms <> 0 AND until_ms < $1",
            "DELETE FROM call_log WHERE began_ms < $1",
            "DELETE FROM queue_events WHERE at_ms < $1",
        ] {
            gone += sqlx::query(sql).bind(before).execute(&self.pool).await?.rows_affected();
        }
        Ok(gone)
    }

    /// What a supervisor has done to a caller, for the audit.
    pub(crate) async fn note_caller(
        &self,
        action: &str,
        subject: &str,
        details: serde_json::Value,
        hand: super::status_rows::Hand<'_>,
    ) -> sqlx::Result<()> {
        let mut tx = self.pool.begin().await?;
        super::status_rows::note(&mut tx, hand, action, subject, details).await?;
        tx.commit().await
    }
}

#[cfg(test)]
#[path = "event_log_tests.rs"]
mod tests;
