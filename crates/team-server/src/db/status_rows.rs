//! Statuses as administrators change them. Every change leaves a row in `audit`, in the same transaction.

use model::{Blocks, Status, StatusKind, StatusNames};
use serde_json::{Value, json};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::Db;
use super::statuses::status;
use crate::random::uuid_v7;

/// Statuses that there may be, retired ones too.
const MOST: i64 = 100;

/// A status with all that is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StatusRecord {
    pub status: Status,
    pub built_in: bool,
    pub retired: bool,
    /// Who have it.
    pub people: u64,
    pub version: u64,
}

/// What an administrator decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    pub names: Option<StatusNames>,
    pub blocks: Blocks,
    pub retired: bool,
}

/// Who does it, when.
#[derive(Clone, Copy)]
pub(crate) struct Hand<'a> {
    pub user_id: &'a str,
    pub now: i64,
}

/// Whoever has no row of their own is available.
const RECORDS: &str = "SELECT id AS status_id, kind, blocks_queue, blocks_internal, blocks_external, name_en, name_ar, built_in, retired, version,
        CASE WHEN id = 'available'
             THEN (SELECT COUNT(*) FROM users LEFT JOIN user_statuses ON user_statuses.user_id = users.id
                   WHERE users.status = 'active' AND COALESCE(user_statuses.status_id, 'available') = 'available')
             ELSE (SELECT COUNT(*) FROM users JOIN user_statuses ON user_statuses.user_id = users.id
                   WHERE users.status = 'active' AND user_statuses.status_id = statuses.id)
        END AS people
    FROM statuses ORDER BY place, id";

impl Db {
    /// All of them, in their order.
    pub(crate) async fn status_records(&self) -> sqlx::Result<Vec<StatusRecord>> {
        let rows = sqlx::query(RECORDS).fetch_all(&self.pool).await?;
        rows.iter().map(record).collect()
    }

    /// Makes a new one, the last of all; its id. `None`: there are as many as there may be.
    pub(crate) async fn add_status(
        &self,
        kind: StatusKind,
        draft: &Draft,
        hand: Hand<'_>,
    ) -> sqlx::Result<Option<String>> {
        let id = uuid_v7(hand.now);
        let (en, ar) = columns(draft.names.as_ref());
        let mut tx = self.pool.begin().await?;
        lock(&mut tx).await?;
        let done = sqlx::query(
            "INSERT INTO statuses (id, kind, place, blocks_queue, blocks_internal, blocks_external, name_en, name_ar)
             SELECT $1, $2, COALESCE(MAX(place), 0) + 1, $3, $4, $5, $6, $7 FROM statuses HAVING COUNT(*) < $8",
        )
        .bind(id.clone())
        .bind(kind.code())
        .bind(i64::from(draft.blocks.queue))
        .bind(i64::from(draft.blocks.internal))
        .bind(i64::from(draft.blocks.external))
        .bind(en.to_owned())
        .bind(ar.to_owned())
        .bind(MOST)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(None);
        }
        let details = json!({ "kind": kind.code(), "after": told(draft) });
        note(&mut tx, hand, "status.created", &id, details).await?;
        tx.commit().await?;
        Ok(Some(id))
    }

    /// Changes one that still stands as `before`. `false`: somebody was faster.
    pub(crate) async fn change_status(
        &self,
        before: &StatusRecord,
        draft: &Draft,
        hand: Hand<'_>,
    ) -> sqlx::Result<bool> {
        let (en, ar) = columns(draft.names.as_ref());
        let mut tx = self.pool.begin().await?;
        let done = sqlx::query(
            "UPDATE statuses SET blocks_queue = $1, blocks_internal = $2, blocks_external = $3, name_en = $4, name_ar = $5,
                 retired = $6, version = version + 1
             WHERE id = $7 AND version = $8",
        )
        .bind(i64::from(draft.blocks.queue))
        .bind(i64::from(draft.blocks.internal))
        .bind(i64::from(draft.blocks.external))
        .bind(en.to_owned())
        .bind(ar.to_owned())
        .bind(i64::from(draft.retired))
        .bind(before.status.id.clone())
        .bind(i64::try_from(before.version).unwrap_or(i64::MAX))
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let stood = Draft { names: before.status.names.clone(), blocks: before.status.blocks, retired: before.retired };
        let details = json!({ "before": told(&stood), "after": told(draft) });
        note(&mut tx, hand, "status.changed", &before.status.id, details).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Puts those that are not retired into this order. `false`: `ids` does not name each of them once.
    pub(crate) async fn order_statuses(&self, ids: &[String], hand: Hand<'_>) -> sqlx::Result<bool> {
        let mut tx = self.pool.begin().await?;
        lock(&mut tx).await?;
        let mut held: Vec<String> =
            sqlx::query_scalar("SELECT id FROM statuses WHERE retired = 0").fetch_all(&mut *tx).await?;
        let mut wanted = ids.to_vec();
        held.sort_unstable();
        wanted.sort_unstable();
        if held != wanted {
            return Ok(false);
        }
        for (place, id) in (1i64..).zip(ids) {
            sqlx::query("UPDATE statuses SET place = $1 WHERE id = $2")
                .bind(place)
                .bind(id.clone())
                .execute(&mut *tx)
                .await?;
        }
        note(&mut tx, hand, "status.ordered", "", json!({ "after": ids })).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// What was done, newest first: when, by whom, what, to what, with which details.
    #[cfg(test)]
    pub(crate) async fn audit(&self) -> sqlx::Result<Vec<(String, String, String, Value)>> {
        let rows = sqlx::query("SELECT user_id, action, subject, details FROM audit ORDER BY at_ms DESC, id DESC")
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| {
                let details: String = row.try_get("details")?;
                let details = serde_json::from_str(&details).map_err(|fault| sqlx::Error::Decode(fault.into()))?;
                Ok((row.try_get("user_id")?, row.try_get("action")?, row.try_get("subject")?, details))
            })
            .collect()
    }
}

/// Changes of the whole list come one after the other.
async fn lock(tx: &mut AnyConnection) -> sqlx::Result<()> {
    sqlx::query("UPDATE statuses SET place = place WHERE id = 'available'").execute(tx).await?;
    Ok(())
}

impl Db {
    /// Writes down what somebody has done to somebody else, where nothing else is written.
    pub(crate) async fn note_action(
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
}

/// Writes down what an administrator has done.
pub(super) async fn note(
    tx: &mut AnyConnection,
    hand: Hand<'_>,
    action: &str,
    subject: &str,
    details: Value,
) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO audit (id, at_ms, user_id, action, subject, details) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(uuid_v7(hand.now))
        .bind(hand.now)
        .bind(hand.user_id.to_owned())
        .bind(action.to_owned())
        .bind(subject.to_owned())
        .bind(details.to_string())
        .execute(tx)
        .await?;
    Ok(())
}

fn told(draft: &Draft) -> Value {
    let (en, ar) = columns(draft.names.as_ref());
    let Blocks { queue, internal, external } = draft.blocks;
    json!({ "en": en, "ar": ar, "queue": queue, "internal": internal, "external": external, "retired": draft.retired })
}

fn columns(names: Option<&StatusNames>) -> (&str, &str) {
    names.map_or(("", ""), |names| (&names.en, &names.ar))
}

fn record(row: &AnyRow) -> sqlx::Result<StatusRecord> {
    Ok(StatusRecord {
        status: status(row)?,
        built_in: row.try_get::<i64, _>("built_in")? == 1,
        retired: row.try_get::<i64, _>("retired")? == 1,
        people: row.try_get::<i64, _>("people")?.unsigned_abs(),
        version: row.try_get::<i64, _>("version")?.unsigned_abs(),
    })
}

#[cfg(test)]
mod tests {
    use testkit::database::Place;

    use super::*;

    testkit::on_both_databases! {
        every_change_of_a_status_says_who_made_it_st_05,
        there_is_an_end_to_new_statuses,
    }

    const HAND: Hand<'_> = Hand { user_id: "u-admin", now: 1_764_000_000_000 };

    fn draft(en: &str) -> Draft {
        let names = Some(StatusNames { en: en.to_owned(), ar: "تدريب".to_owned() });
        Draft { names, blocks: Blocks { queue: true, internal: false, external: true }, retired: false }
    }

    async fn every_change_of_a_status_says_who_made_it_st_05(place: Place) {
        let db = Db::open(&place.url()).await.unwrap();
        let id = db.add_status(StatusKind::Break, &draft("Training"), HAND).await.unwrap().unwrap();
        let record = db.status_records().await.unwrap().pop().unwrap();
        assert_eq!((record.status.id.as_str(), record.version, record.built_in), (id.as_str(), 1, false));
        assert!(db.change_status(&record, &draft("Course"), HAND).await.unwrap());
        assert!(!db.change_status(&record, &draft("Lost"), HAND).await.unwrap(), "on what is no longer so");
        let mut ids: Vec<String> = db.statuses().await.unwrap().into_iter().map(|status| status.id).collect();
        ids.reverse();
        assert!(db.order_statuses(&ids, HAND).await.unwrap());
        assert!(!db.order_statuses(&ids[1..], HAND).await.unwrap());
        assert_eq!(db.statuses().await.unwrap()[0].id, id);

        let audit = db.audit().await.unwrap();
        let found = |action: &str| {
            let (who, _, subject, details) = audit.iter().find(|row| row.1 == action).unwrap();
            assert_eq!(who, "u-admin");
            (subject.clone(), details.clone())
        };
        assert_eq!(audit.len(), 3, "what was refused leaves nothing: {audit:?}");
        assert_eq!(found("status.created").1["after"]["en"], "Training");
        let (subject, details) = found("status.changed");
        assert_eq!(
            (subject, &details["before"]["en"], &details["after"]["en"]),
            (id, &json!("Training"), &json!("Course"))
        );
        assert_eq!(found("status.ordered").1["after"][0], ids[0]);
        db.close().await;
    }

    async fn there_is_an_end_to_new_statuses(place: Place) {
        let db = Db::open(&place.url()).await.unwrap();
        let mut made = 0;
        while db.add_status(StatusKind::Other, &draft("One more"), HAND).await.unwrap().is_some() {
            made += 1;
            assert!(made <= MOST);
        }
        assert_eq!(made + 6, MOST);
        db.close().await;
    }
}
