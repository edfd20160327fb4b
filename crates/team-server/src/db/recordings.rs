//! Which recordings there are.

use serde_json::json;
use sqlx::Row as _;
use sqlx::any::AnyRow;
use team_api::{OpenRecording, RecordedBy};

use super::Db;
use super::status_rows::{Hand, note};

/// A recording as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecordingRecord {
    pub id: String,
    pub user_id: String,
    pub of: OpenRecording,
    pub duration_ms: i64,
    pub bytes: i64,
    pub done: bool,
}

/// Of whom recordings are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Of everybody, also of accounts that are no more.
    Everybody,
    /// Of these people, by id.
    These(Vec<String>),
}

/// How an attempt to begin a recording ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opened {
    /// It is on its way, or was.
    Yes,
    /// All of it is there already.
    Done,
    /// Somebody else has one of this name.
    Taken,
    /// Too many are on their way.
    TooMany,
}

const COLUMNS: &str =
    "id, user_id, other, other_name, outgoing, external, queue, started_ms, by_button, duration_ms, bytes, done";

impl Db {
    /// Begins a recording of this person, or finds the one that was begun.
    pub(crate) async fn open_recording(
        &self,
        id: &str,
        of: &OpenRecording,
        hand: Hand<'_>,
        most: i64,
    ) -> sqlx::Result<Opened> {
        if let Some(there) = self.recording(id).await? {
            return Ok(match there.user_id == hand.user_id {
                true if there.done => Opened::Done,
                true => Opened::Yes,
                false => Opened::Taken,
            });
        }
        let coming: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM recordings WHERE user_id = $1 AND done = 0")
            .bind(hand.user_id.to_owned())
            .fetch_one(&self.pool)
            .await?;
        if coming >= most {
            return Ok(Opened::TooMany);
        }
        let done = sqlx::query(
            "INSERT INTO recordings (id, user_id, other, other_name, outgoing, external, queue, started_ms, by_button, opened_ms,
                                     duration_ms, bytes, done)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, 0) ON CONFLICT (id) DO NOTHING",
        )
        .bind(id.to_owned())
        .bind(hand.user_id.to_owned())
        .bind(of.other.clone())
        .bind(of.other_name.clone())
        .bind(i64::from(of.outgoing))
        .bind(i64::from(of.external))
        .bind(of.queue.clone().unwrap_or_default())
        .bind(of.started_at_ms)
        .bind(i64::from(of.by == RecordedBy::Button))
        .bind(hand.now)
        .execute(&self.pool)
        .await?;
        // Two requests at once: the other one was faster.
        Ok(if done.rows_affected() == 1 { Opened::Yes } else { Opened::Taken })
    }

    /// One of them.
    pub(crate) async fn recording(&self, id: &str) -> sqlx::Result<Option<RecordingRecord>> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM recordings WHERE id = $1")))
            .bind(id.to_owned())
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(record).transpose()
    }

    /// All of it is there.
    pub(crate) async fn recording_done(&self, id: &str, bytes: i64, duration_ms: i64) -> sqlx::Result<()> {
        sqlx::query("UPDATE recordings SET done = 1, bytes = $1, duration_ms = $2 WHERE id = $3")
            .bind(bytes)
            .bind(duration_ms)
            .bind(id.to_owned())
            .execute(&self.pool)
            .await
            .map(drop)
    }

    /// Complete ones, newest first, that began before this one: time and id.
    pub(crate) async fn recordings_before(
        &self,
        (at_ms, id): (i64, &str),
        whose: &Whose,
        limit: i64,
    ) -> sqlx::Result<Vec<RecordingRecord>> {
        let users = match whose {
            Whose::Everybody => &[][..],
            Whose::These(users) if users.is_empty() => return Ok(Vec::new()),
            Whose::These(users) => users.as_slice(),
        };
        let marks: Vec<String> = (5..5 + users.len()).map(|n| format!("${n}")).collect();
        let of = if marks.is_empty() { String::new() } else { format!("AND user_id IN ({})", marks.join(", ")) };
        let sql = format!(
            "SELECT {COLUMNS} FROM recordings
             WHERE done = 1 AND (started_ms < $1 OR (started_ms = $2 AND id < $3)) {of}
             ORDER BY started_ms DESC, id DESC LIMIT $4"
        );
        // Numbers and `$` alone were put together: what comes from outside is bound.
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(at_ms).bind(at_ms).bind(id.to_owned()).bind(limit);
        let rows = users.iter().fold(query, |query, id| query.bind(id.clone())).fetch_all(&self.pool).await?;
        rows.iter().map(record).collect()
    }

    /// Those that began before `done_before`, and those on their way that were begun before `open_before`: their ids.
    pub(crate) async fn old_recordings(&self, done_before: i64, open_before: i64) -> sqlx::Result<Vec<String>> {
        sqlx::query_scalar(
            "SELECT id FROM recordings WHERE (done = 1 AND started_ms < $1) OR (done = 0 AND opened_ms < $2) LIMIT 1000",
        )
        .bind(done_before)
        .bind(open_before)
        .fetch_all(&self.pool)
        .await
    }

    /// Forgets one. `hand`: who has deleted it; `None`: it was old.
    pub(crate) async fn forget_recording(&self, id: &str, hand: Option<Hand<'_>>) -> sqlx::Result<()> {
        let mut tx = self.pool.begin().await?;
        let row = sqlx::query("DELETE FROM recordings WHERE id = $1 RETURNING user_id, other")
            .bind(id.to_owned())
            .fetch_optional(&mut *tx)
            .await?;
        if let (Some(row), Some(hand)) = (row, hand) {
            let (user, other): (String, String) = (row.try_get("user_id")?, row.try_get("other")?);
            note(&mut tx, hand, "recording.deleted", &user, json!({ "other": { "before": other } })).await?;
        }
        tx.commit().await
    }

    /// Writes down that somebody has heard the recording of somebody else, or that old ones were deleted.
    pub(crate) async fn note_recording(
        &self,
        hand: Hand<'_>,
        action: &str,
        subject: &str,
        details: serde_json::Value,
    ) -> sqlx::Result<()> {
        let mut tx = self.pool.begin().await?;
        note(&mut tx, hand, action, subject, details).await?;
        tx.commit().await
    }
}

fn record(row: &AnyRow) -> sqlx::Result<RecordingRecord> {
    let is = |column: &str| row.try_get::<i64, _>(column).map(|value| value != 0);
    let queue: String = row.try_get("queue")?;
    Ok(RecordingRecord {
        id: row.try_get("id")?,
        user_id: row.try_get("user_id")?,
        of: OpenRecording {
            other: row.try_get("other")?,
            other_name: row.try_get("other_name")?,
            outgoing: is("outgoing")?,
            external: is("external")?,
            queue: (!queue.is_empty()).then_some(queue),
            started_at_ms: row.try_get("started_ms")?,
            by: if is("by_button")? { RecordedBy::Button } else { RecordedBy::Policy },
        },
        duration_ms: row.try_get("duration_ms")?,
        bytes: row.try_get("bytes")?,
        done: is("done")?,
    })
}
