//! What became of the callers of each queue: sums over the event log.

use std::collections::BTreeMap;

use sqlx::Row as _;
use team_api::PanelDays;

use super::Db;

/// Half an hour.
pub(crate) const SLOT_MS: i64 = 30 * 60 * 1000;

/// What became of callers, of one queue or of several together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fates {
    pub answered: u64,
    pub in_time: u64,
    pub abandoned: u64,
    /// Left without an agent after they had waited longer than they should have, and were not sent on by a supervisor.
    pub late: u64,
}

/// What became of the callers of a queue on two days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DaySums {
    pub fates: Fates,
    pub came: u64,
    pub talks: u64,
    pub talked_ms: u64,
    pub answered_yesterday: u64,
}

impl Fates {
    pub(crate) fn add(&mut self, other: Fates) {
        self.answered += other.answered;
        self.in_time += other.in_time;
        self.abandoned += other.abandoned;
        self.late += other.late;
    }

    /// Per cent of those who were answered, or were not and should have been; `None`: there was nobody.
    pub(crate) fn service_level(self) -> Option<f64> {
        let all = self.answered + self.late;
        // Counts of people are far below 2⁵².
        #[allow(clippy::cast_precision_loss, reason = "see above")]
        (all > 0).then(|| self.in_time as f64 * 100.0 / all as f64)
    }
}

impl DaySums {
    pub(crate) fn add(&mut self, other: DaySums) {
        self.fates.add(other.fates);
        self.came += other.came;
        self.talks += other.talks;
        self.talked_ms += other.talked_ms;
        self.answered_yesterday += other.answered_yesterday;
    }
}

macro_rules! fates {
    () => {
        "COUNT(CASE WHEN event = 'answered' THEN 1 END) AS answered,
         COUNT(CASE WHEN event = 'answered' AND took_ms <= limit_ms THEN 1 END) AS in_time,
         COUNT(CASE WHEN event = 'left' AND detail = 'abandoned' THEN 1 END) AS abandoned,
         COUNT(CASE WHEN event = 'left' AND detail <> 'sent_on' AND took_ms > limit_ms THEN 1 END) AS late"
    };
}

impl Db {
    /// Of each queue, by id.
    pub(crate) async fn day_sums(&self, days: PanelDays) -> sqlx::Result<BTreeMap<String, DaySums>> {
        let rows = sqlx::query(concat!(
            "SELECT queue_id, ",
            fates!(),
            ", COUNT(CASE WHEN event IN ('joined', 'resumed') THEN 1 END) AS came,
             COUNT(CASE WHEN event = 'over' THEN 1 END) AS talks,
             CAST(COALESCE(SUM(CASE WHEN event = 'over' THEN took_ms END), 0) AS BIGINT) AS talked_ms
             FROM (SELECT queue_id, event, detail, took_ms, service_level_s * 1000 AS limit_ms
                   FROM queue_events JOIN queues ON queues.id = queue_events.queue_id WHERE at_ms >= $1) AS today
             GROUP BY queue_id"
        ))
        .bind(days.today_ms)
        .fetch_all(&self.pool)
        .await?;
        let mut sums = BTreeMap::new();
        for row in &rows {
            let sum = DaySums {
                fates: fates(row)?,
                came: count(row, "came")?,
                talks: count(row, "talks")?,
                talked_ms: count(row, "talked_ms")?,
                answered_yesterday: 0,
            };
            sums.insert(row.try_get("queue_id")?, sum);
        }
        let rows = sqlx::query(
            "SELECT queue_id, COUNT(*) AS answered FROM queue_events
             WHERE event = 'answered' AND at_ms >= $1 AND at_ms < $2 GROUP BY queue_id",
        )
        .bind(days.yesterday_ms)
        .bind(days.today_ms)
        .fetch_all(&self.pool)
        .await?;
        for row in &rows {
            let sum: &mut DaySums = sums.entry(row.try_get("queue_id")?).or_default();
            sum.answered_yesterday = count(row, "answered")?;
        }
        Ok(sums)
    }

    /// By half hour since then and queue: which half hour, which queue, what became of whom.
    pub(crate) async fn half_hours(&self, since_ms: i64) -> sqlx::Result<Vec<(usize, String, Fates)>> {
        let rows = sqlx::query(concat!(
            "SELECT queue_id, slot, ",
            fates!(),
            " FROM (SELECT queue_id, event, detail, took_ms, service_level_s * 1000 AS limit_ms,
                           (at_ms - $1) / 1800000 AS slot
                    FROM queue_events JOIN queues ON queues.id = queue_events.queue_id
                    WHERE at_ms >= $2 AND event IN ('answered', 'left')) AS today
              GROUP BY queue_id, slot"
        ))
        .bind(since_ms)
        .bind(since_ms)
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                let slot = usize::try_from(row.try_get::<i64, _>("slot")?).unwrap_or(usize::MAX);
                Ok((slot, row.try_get("queue_id")?, fates(row)?))
            })
            .collect()
    }
}

fn fates(row: &sqlx::any::AnyRow) -> sqlx::Result<Fates> {
    Ok(Fates {
        answered: count(row, "answered")?,
        in_time: count(row, "in_time")?,
        abandoned: count(row, "abandoned")?,
        late: count(row, "late")?,
    })
}

fn count(row: &sqlx::any::AnyRow, column: &str) -> sqlx::Result<u64> {
    row.try_get::<i64, _>(column).map(i64::unsigned_abs)
}
