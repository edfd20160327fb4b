//! What has happened in the queues, and who waits in them.

use sqlx::Row as _;

use super::Db;
use crate::random::uuid_v7;

/// An entry for reports. Empty text: not about that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QueueEventRow {
    pub at_ms: i64,
    pub queue: String,
    pub stay: String,
    pub agent: String,
    pub event: &'static str,
    pub detail: String,
    pub took_ms: i64,
}

/// What became of the callers of a queue since some time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct QueueSums {
    pub answered: u64,
    pub answered_in_time: u64,
    pub abandoned: u64,
    pub sent_on: u64,
}

impl Db {
    pub(crate) async fn add_queue_event(&self, it: &QueueEventRow) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO queue_events (id, at_ms, queue_id, stay, agent, event, detail, took_ms)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(uuid_v7(it.at_ms))
        .bind(it.at_ms)
        .bind(it.queue.clone())
        .bind(it.stay.clone())
        .bind(it.agent.clone())
        .bind(it.event)
        .bind(it.detail.clone())
        .bind(it.took_ms)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    pub(crate) async fn queue_sums(&self, queue: &str, since_ms: i64, in_time_ms: i64) -> sqlx::Result<QueueSums> {
        let row = sqlx::query(
            "SELECT COUNT(CASE WHEN event = 'answered' THEN 1 END) AS answered,
                    COUNT(CASE WHEN event = 'answered' AND took_ms <= $1 THEN 1 END) AS in_time,
                    COUNT(CASE WHEN event = 'left' AND detail = 'abandoned' THEN 1 END) AS abandoned,
                    COUNT(CASE WHEN event = 'left' AND detail <> 'abandoned' THEN 1 END) AS sent_on
             FROM queue_events WHERE queue_id = $2 AND at_ms >= $3",
        )
        .bind(in_time_ms)
        .bind(queue.to_owned())
        .bind(since_ms)
        .fetch_one(&self.pool)
        .await?;
        let count = |column: &str| row.try_get::<i64, _>(column).map(i64::unsigned_abs);
        Ok(QueueSums {
            answered: count("answered")?,
            answered_in_time: count("in_time")?,
            abandoned: count("abandoned")?,
            sent_on: count("sent_on")?,
        })
    }

    /// Somebody waits, since then.
    pub(crate) async fn queue_waits(&self, queue: &str, caller: &str, joined_ms: i64) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO queue_waiting (queue_id, caller, joined_ms, left_ms)
             SELECT id, $1, $2, 0 FROM queues WHERE id = $3
             ON CONFLICT (queue_id, caller) DO UPDATE SET joined_ms = excluded.joined_ms, left_ms = 0",
        )
        .bind(caller.to_owned())
        .bind(joined_ms)
        .bind(queue.to_owned())
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Somebody hung up, and may come again.
    pub(crate) async fn queue_abandoned(&self, queue: &str, caller: &str, left_ms: i64) -> sqlx::Result<()> {
        sqlx::query("UPDATE queue_waiting SET left_ms = $1 WHERE queue_id = $2 AND caller = $3")
            .bind(left_ms)
            .bind(queue.to_owned())
            .bind(caller.to_owned())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Somebody waits no more.
    pub(crate) async fn queue_waits_no_more(&self, queue: &str, caller: &str) -> sqlx::Result<()> {
        sqlx::query("DELETE FROM queue_waiting WHERE queue_id = $1 AND caller = $2")
            .bind(queue.to_owned())
            .bind(caller.to_owned())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Who waited when the last server ended, or had hung up a moment before: queue, caller, since when. They are forgotten by that: whoever
    /// comes again waits again.
    pub(crate) async fn take_queue_waiting(&self, now: i64) -> sqlx::Result<Vec<(String, String, i64)>> {
        let rows = sqlx::query(
            "SELECT queue_waiting.queue_id, queue_waiting.caller, queue_waiting.joined_ms
             FROM queue_waiting JOIN queues ON queues.id = queue_waiting.queue_id
             WHERE queue_waiting.left_ms = 0 OR queue_waiting.left_ms + queues.discard_s * 1000 > $1",
        )
        .bind(now)
        .fetch_all(&self.pool)
        .await?;
        sqlx::query("DELETE FROM queue_waiting").execute(&self.pool).await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect()
    }
}
