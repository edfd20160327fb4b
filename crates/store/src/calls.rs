//! Call history.

use base::{AccountId, WallMs};
use book::fold::query;
use model::{CallRecord, CallTransfer, Direction, EndReason, Party};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row as _};

use crate::call_search::{self, CallQuery};
use crate::error::StoreError;
use crate::open::Store;
use crate::quality;

/// Most rows of a page.
pub const MAX_PAGE: u32 = 200;

/// The last row of a page: the next page begins after it. Stays right when rows come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallCursor {
    /// Start of that call.
    pub started_at: WallMs,
    /// Its row.
    pub id: i64,
}

/// Calls, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallPage {
    /// At most as many as were asked for.
    pub calls: Vec<CallRecord>,
    /// Where to go on; `None`: this was the last page.
    pub next: Option<CallCursor>,
}

impl Store {
    /// Adds a call, with how it sounded, and returns it with its id. An id other than 0 is kept: that is how a delete is undone.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is stored then.
    pub async fn add_call(&self, record: &CallRecord) -> Result<CallRecord, StoreError> {
        let transfer = record.transfer.as_ref().map(|transfer| match transfer {
            CallTransfer::To(party) => ("to", party),
            CallTransfer::By(party) => ("by", party),
        });
        let mut change = self.pool.begin().await?;
        let id = sqlx::query_scalar(
            "INSERT INTO calls (id, account, direction, number, display_name, started_ms, answered_ms, ended_ms, reason, sip_code, unseen, note,
                                transfer, transfer_number, transfer_name)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id",
        )
        .bind((record.id != 0).then_some(record.id))
        .bind(i64::from(record.account.0))
        .bind(direction_word(record.direction))
        .bind(&record.party.number)
        .bind(&record.party.display_name)
        .bind(record.started_at.0)
        .bind(record.answered_at.map(|at| at.0))
        .bind(record.ended_at.0)
        .bind(record.reason.code())
        .bind(record.sip_code.map(i64::from))
        .bind(record.unseen)
        .bind(&record.note)
        .bind(transfer.map(|(way, _)| way))
        .bind(transfer.map(|(_, party)| &party.number))
        .bind(transfer.map(|(_, party)| &party.display_name))
        .fetch_one(&mut *change)
        .await?;
        call_search::index(&mut change, id, &record.party).await?;
        if let Some(passport) = &record.quality {
            quality::add(&mut change, id, passport).await?;
        }
        change.commit().await?;
        Ok(CallRecord { id, ..record.clone() })
    }

    /// A page of the history, `limit` rows (1..=[`MAX_PAGE`]) after `after`, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn calls(
        &self,
        asked: impl Into<CallQuery>,
        after: Option<CallCursor>,
        limit: u32,
    ) -> Result<CallPage, StoreError> {
        let limit = limit.clamp(1, MAX_PAGE);
        let asked = asked.into();
        let after = after.unwrap_or(CallCursor { started_at: WallMs(i64::MAX), id: i64::MAX });
        let Some((condition, words)) = asked.condition() else {
            return Ok(CallPage { calls: Vec::new(), next: None });
        };
        let [exact, tails] = asked.number_keys();
        let contacts = match (&words, &asked.owner) {
            (Some(_), Some(owner)) => {
                self.words.catch_up(&mut *self.searches.acquire().await?).await?;
                self.words.find_all(owner, &query(&asked.text))
            }
            _ => Vec::new(),
        };
        let text = format!(
            "SELECT * FROM calls WHERE (started_ms, id) < ($1, $2) AND started_ms >= $6 AND {condition}
             ORDER BY started_ms DESC, id DESC LIMIT $3"
        );
        // One row more than wanted tells whether there is a next page.
        let rows = sqlx::query(AssertSqlSafe(text))
            .bind(after.started_at.0)
            .bind(after.id)
            .bind(i64::from(limit) + 1)
            .bind(words)
            .bind(serde_json::Value::from(contacts).to_string())
            .bind(asked.since.map_or(i64::MIN, |since| since.0))
            .bind(exact)
            .bind(tails)
            .fetch_all(&self.pool)
            .await?;
        let mut calls = rows.iter().map(record).collect::<Result<Vec<_>, _>>()?;
        let more = calls.len() > limit as usize;
        calls.truncate(limit as usize);
        let next = calls.last().filter(|_| more).map(|last| CallCursor { started_at: last.started_at, id: last.id });
        calls.retain(|call| asked.is_with(&call.party.number));
        Ok(CallPage { calls, next })
    }

    /// One call, with how it sounded. `None`: there is no such row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn call(&self, id: i64) -> Result<Option<CallRecord>, StoreError> {
        let row = sqlx::query("SELECT * FROM calls WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        let Some(found) = row.as_ref().map(record).transpose()? else { return Ok(None) };
        Ok(Some(CallRecord { quality: self.quality(id).await?.map(Box::new), ..found }))
    }

    /// Missed calls that nobody has looked at: the badge.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unseen_missed(&self) -> Result<u32, StoreError> {
        let count: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM calls WHERE unseen = 1").fetch_one(&self.pool).await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// The history was looked at. Returns how many rows were new.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn mark_seen(&self) -> Result<u32, StoreError> {
        let done = sqlx::query("UPDATE calls SET unseen = 0 WHERE unseen = 1").execute(&self.pool).await?;
        Ok(u32::try_from(done.rows_affected()).unwrap_or(u32::MAX))
    }

    /// Writes a note to a call; an empty one takes it away. False: there is no such row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn note_call(&self, id: i64, note: &str) -> Result<bool, StoreError> {
        let done =
            sqlx::query("UPDATE calls SET note = $2 WHERE id = $1").bind(id).bind(note).execute(&self.pool).await?;
        Ok(done.rows_affected() > 0)
    }

    /// Deletes a call and returns it, so that [`Store::add_call`] can undo it. `None`: there was no such row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete_call(&self, id: i64) -> Result<Option<CallRecord>, StoreError> {
        let quality = self.quality(id).await?.map(Box::new);
        let mut change = self.pool.begin().await?;
        sqlx::query("DELETE FROM call_words WHERE rowid = $1").bind(id).execute(&mut *change).await?;
        let row =
            sqlx::query("DELETE FROM calls WHERE id = $1 RETURNING *").bind(id).fetch_optional(&mut *change).await?;
        change.commit().await?;
        let deleted = row.as_ref().map(record).transpose()?;
        Ok(deleted.map(|record| CallRecord { quality, ..record }))
    }
}

fn record(row: &SqliteRow) -> Result<CallRecord, sqlx::Error> {
    let word = |column: &str| row.try_get::<String, _>(column);
    let odd = |column: &str| sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: "a word from another version".into(),
    };
    let narrow = |column: &str, value: i64| u32::try_from(value).map_err(|_| odd(column));
    Ok(CallRecord {
        id: row.try_get("id")?,
        account: AccountId(narrow("account", row.try_get("account")?)?),
        direction: read_direction(&word("direction")?).ok_or_else(|| odd("direction"))?,
        party: Party { number: word("number")?, display_name: word("display_name")? },
        started_at: WallMs(row.try_get("started_ms")?),
        answered_at: row.try_get::<Option<i64>, _>("answered_ms")?.map(WallMs),
        ended_at: WallMs(row.try_get("ended_ms")?),
        reason: EndReason::from_code(&word("reason")?).ok_or_else(|| odd("reason"))?,
        sip_code: row.try_get::<Option<i64>, _>("sip_code")?.and_then(|code| u16::try_from(code).ok()),
        unseen: row.try_get("unseen")?,
        note: row.try_get("note")?,
        quality: None,
        transfer: transfer(row)?,
    })
}

/// A word that is neither is of a later version: the call is shown without it.
fn transfer(row: &SqliteRow) -> Result<Option<CallTransfer>, sqlx::Error> {
    let text = |column: &str| Ok::<_, sqlx::Error>(row.try_get::<Option<String>, _>(column)?.unwrap_or_default());
    let party = Party { number: text("transfer_number")?, display_name: text("transfer_name")? };
    Ok(match text("transfer")?.as_str() {
        "to" => Some(CallTransfer::To(party)),
        "by" => Some(CallTransfer::By(party)),
        _ => None,
    })
}

fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Incoming => "incoming",
        Direction::Outgoing => "outgoing",
    }
}

fn read_direction(word: &str) -> Option<Direction> {
    [Direction::Incoming, Direction::Outgoing].into_iter().find(|d| direction_word(*d) == word)
}
