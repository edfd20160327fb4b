//! Outside address books: which there are, how reading them went, and what was read.

use std::collections::{HashMap, HashSet};

use base::WallMs;
use model::{Source, SourceFault, SourceId, SourceKind, SourceWhy};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::prepared::Prepared;
use super::write::{forget, put_all};
use crate::error::StoreError;
use crate::open::Store;

/// Contacts that are written in one go.
const AT_ONCE: usize = 500;

/// An outside address book and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// As it was set up.
    pub source: Source,
    /// Contacts of it that are kept here.
    pub count: u32,
    /// When it was read well, last.
    pub read_at: Option<WallMs>,
    /// What went wrong last; `None` when it was read well.
    pub fault: Option<SourceFault>,
}

/// What was read of an outside address book.
#[derive(Clone, Debug)]
pub struct SourceNews {
    /// How it stands now.
    pub mark: String,
    /// New and changed contacts: key, tag and the contact, whose [`model::Contact::source`] says where it is from.
    pub entries: Vec<(String, String, Prepared)>,
    /// Keys of those that are as they were. Whatever is in neither list is gone.
    pub same: Vec<String>,
}

impl Store {
    /// The outside address books of somebody, in the order in which they were added.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sources(&self, owner: &str) -> Result<Vec<SourceRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT s.*, (SELECT COUNT(*) FROM source_entries e WHERE e.source = s.id) AS count
             FROM sources s WHERE s.owner = $1 ORDER BY s.row",
        )
        .bind(owner)
        .fetch_all(&self.reads)
        .await?;
        Ok(rows.iter().map(source_row).collect::<Result<_, _>>()?)
    }

    /// Keeps an outside address book under its id, new or changed. Where it is was changed: it is read anew as a whole.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn save_source(&self, owner: &str, source: &Source) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO sources (owner, id, kind, name, address, user_name, base_dn, filter, starttls, certificates, mark, why, detail)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', '')
             ON CONFLICT (id) DO UPDATE SET
                 mark = CASE WHEN (kind, address, user_name, base_dn, filter)
                              IS (excluded.kind, excluded.address, excluded.user_name, excluded.base_dn, excluded.filter)
                        THEN mark ELSE '' END,
                 kind = excluded.kind, name = excluded.name, address = excluded.address, user_name = excluded.user_name,
                 base_dn = excluded.base_dn, filter = excluded.filter, starttls = excluded.starttls, certificates = excluded.certificates
             WHERE owner = excluded.owner",
        )
        .bind(owner)
        .bind(source.id.to_string())
        .bind(source.kind.code())
        .bind(&source.name)
        .bind(&source.address)
        .bind(&source.user)
        .bind(&source.base_dn)
        .bind(&source.filter)
        .bind(source.starttls)
        .bind(&source.certificates)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Forgets an outside address book and its contacts. False: there was none.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn remove_source(&self, owner: &str, id: SourceId) -> Result<bool, StoreError> {
        let mut change = self.pool.begin().await?;
        let done = sqlx::query("DELETE FROM sources WHERE owner = $1 AND id = $2")
            .bind(owner)
            .bind(id.to_string())
            .execute(&mut *change)
            .await?;
        if done.rows_affected() > 0 {
            // Their words and their rows of `source_entries` go with them.
            sqlx::query("DELETE FROM contacts WHERE owner = $1 AND source = $2")
                .bind(owner)
                .bind(id.to_string())
                .execute(&mut *change)
                .await?;
        }
        change.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// How an outside address book stood when it was read last, and the tag of each of its contacts by key.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn source_known(&self, id: SourceId) -> Result<(String, HashMap<String, String>), StoreError> {
        let mut look = self.reads.begin().await?;
        let mark: Option<String> = sqlx::query_scalar("SELECT mark FROM sources WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *look)
            .await?;
        let tags: Vec<(String, String)> = sqlx::query_as("SELECT key, tag FROM source_entries WHERE source = $1")
            .bind(id.to_string())
            .fetch_all(&mut *look)
            .await?;
        Ok((mark.unwrap_or_default(), tags.into_iter().collect()))
    }

    /// Takes in what was read at `at`; `None`: all is as it was. False: the address book was removed meanwhile, and nothing is taken in.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn take_source(
        &self,
        owner: &str,
        id: SourceId,
        news: Option<&SourceNews>,
        at: WallMs,
    ) -> Result<bool, StoreError> {
        let mut change = self.pool.begin().await?;
        let done = sqlx::query(
            "UPDATE sources SET read_ms = $3, why = '', detail = '', mark = COALESCE($4, mark) WHERE owner = $1 AND id = $2",
        )
        .bind(owner)
        .bind(id.to_string())
        .bind(at.0)
        .bind(news.map(|news| news.mark.as_str()))
        .execute(&mut *change)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        if let Some(news) = news {
            drop_gone(&mut change, owner, id, news).await?;
            for some in news.entries.chunks(AT_ONCE) {
                take(&mut change, owner, id, some).await?;
            }
        }
        change.commit().await?;
        Ok(true)
    }

    /// It could not be read. What was read before stays.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn source_failed(&self, owner: &str, id: SourceId, fault: &SourceFault) -> Result<(), StoreError> {
        sqlx::query("UPDATE sources SET why = $3, detail = $4 WHERE owner = $1 AND id = $2")
            .bind(owner)
            .bind(id.to_string())
            .bind(fault.why.code())
            .bind(&fault.detail)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// What an outside address book is called; `None`: there is no such book.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn source_name(&self, owner: &str, id: SourceId) -> Result<Option<String>, StoreError> {
        let name = sqlx::query_scalar("SELECT name FROM sources WHERE owner = $1 AND id = $2");
        Ok(name.bind(owner).bind(id.to_string()).fetch_optional(&self.reads).await?)
    }
}

async fn drop_gone(
    change: &mut SqliteConnection,
    owner: &str,
    id: SourceId,
    news: &SourceNews,
) -> Result<(), sqlx::Error> {
    let here: Vec<(String, String)> = sqlx::query_as(
        "SELECT e.key, c.id FROM source_entries e JOIN contacts c ON c.row = e.contact WHERE e.source = $1",
    )
    .bind(id.to_string())
    .fetch_all(&mut *change)
    .await?;
    let stays: HashSet<&str> =
        news.same.iter().map(String::as_str).chain(news.entries.iter().map(|(key, ..)| key.as_str())).collect();
    for (_, contact) in here.iter().filter(|(key, _)| !stays.contains(key.as_str())) {
        if let Ok(contact) = contact.parse() {
            forget(change, owner, contact).await?;
        }
    }
    Ok(())
}

async fn take(
    change: &mut SqliteConnection,
    owner: &str,
    id: SourceId,
    entries: &[(String, String, Prepared)],
) -> Result<(), sqlx::Error> {
    // Which of them are favourites is known here only.
    let favourites = favourites(change, owner, entries).await?;
    // A server that names an entry twice is believed once.
    let mut seen = HashSet::new();
    let prepared: Vec<Prepared> = entries
        .iter()
        .filter(|(.., prepared)| seen.insert(prepared.contact.id))
        .map(|(.., prepared)| {
            let mut prepared = prepared.clone();
            prepared.contact.source = Some(id);
            prepared.contact.favourite = favourites.contains(&prepared.contact.id.to_string());
            prepared
        })
        .collect();
    put_all(change, owner, &prepared.iter().collect::<Vec<_>>()).await?;
    let rows: Value = entries.iter().map(|(key, tag, it)| json!([key, tag, it.contact.id.to_string()])).collect();
    sqlx::query(
        "INSERT INTO source_entries
         SELECT $2, one.value ->> 0, one.value ->> 1, c.row
         FROM json_each($3) one CROSS JOIN contacts c ON c.owner = $1 AND c.id = one.value ->> 2 WHERE TRUE
         ON CONFLICT (source, key) DO UPDATE SET tag = excluded.tag, contact = excluded.contact",
    )
    .bind(owner)
    .bind(id.to_string())
    .bind(rows.to_string())
    .execute(change)
    .await?;
    Ok(())
}

async fn favourites(
    change: &mut SqliteConnection,
    owner: &str,
    entries: &[(String, String, Prepared)],
) -> Result<HashSet<String>, sqlx::Error> {
    let ids: Value = entries.iter().map(|(.., it)| json!(it.contact.id.to_string())).collect();
    let found: Vec<String> = sqlx::query_scalar(
        "SELECT c.id FROM json_each($2) one CROSS JOIN contacts c ON c.owner = $1 AND c.id = one.value WHERE c.favourite = 1",
    )
    .bind(owner)
    .bind(ids.to_string())
    .fetch_all(change)
    .await?;
    Ok(found.into_iter().collect())
}

/// The outside address book that a column names.
pub(super) fn source_id(row: &SqliteRow) -> Result<Option<SourceId>, sqlx::Error> {
    Ok(row.try_get::<Option<String>, _>("source")?.and_then(|id| id.parse().ok()))
}

fn source_row(row: &SqliteRow) -> Result<SourceRow, sqlx::Error> {
    let id: String = row.try_get("id")?;
    let why: String = row.try_get("why")?;
    let detail: String = row.try_get("detail")?;
    Ok(SourceRow {
        source: Source {
            id: id
                .parse()
                .map_err(|fault| sqlx::Error::ColumnDecode { index: "id".to_owned(), source: Box::new(fault) })?,
            kind: SourceKind::from_code(row.try_get("kind")?).unwrap_or_default(),
            name: row.try_get("name")?,
            address: row.try_get("address")?,
            user: row.try_get("user_name")?,
            base_dn: row.try_get("base_dn")?,
            filter: row.try_get("filter")?,
            starttls: row.try_get("starttls")?,
            certificates: row.try_get("certificates")?,
        },
        count: u32::try_from(row.try_get::<i64, _>("count")?).unwrap_or(u32::MAX),
        read_at: row.try_get::<Option<i64>, _>("read_ms")?.map(WallMs),
        // A word of another version is a failure that we do not know.
        fault: (!why.is_empty())
            .then(|| SourceFault::new(SourceWhy::from_code(&why).unwrap_or(SourceWhy::ServerFailed), &detail)),
    })
}
