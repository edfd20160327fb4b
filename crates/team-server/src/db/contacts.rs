//! Address books.

use book::sync::{Edit, Held, Judgement, judge};
use futures_util::TryStreamExt as _;
use model::Book;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};
use team_api::{ContactCard, ContactRow};

use super::Db;
use crate::contact_limits::has_room;

/// Rows of a page.
const PAGE: i64 = 500;
/// A page or an answer ends behind the row that reaches so many bytes.
const PAGE_BYTES: usize = 512 * 1024;
/// Key of the company's book; ids of users are longer.
const COMPANY: &str = "company";

/// Which book of whom.
#[derive(Clone, Copy)]
pub(crate) struct Shelf<'a> {
    pub user_id: &'a str,
    pub book: Book,
}

impl Shelf<'_> {
    fn key(&self) -> String {
        match self.book {
            Book::Personal => self.user_id.to_owned(),
            Book::Company => COMPANY.to_owned(),
        }
    }
}

/// What has changed in a book.
pub(crate) struct Changes {
    pub rows: Vec<ContactRow>,
    pub left: u64,
    pub newest: u64,
}

/// An edit that may be tried.
pub(crate) struct Change {
    /// 32 hexadecimal digits.
    pub id: String,
    pub base: u64,
    pub edit: String,
    /// JSON; empty deletes.
    pub card: String,
}

/// What became of it.
pub(crate) enum Changed {
    Kept { seq: u64 },
    Conflict(Box<ContactRow>),
    Full,
}

impl Db {
    /// What has changed since, oldest change first.
    pub(crate) async fn contact_changes(&self, shelf: Shelf<'_>, since: u64) -> sqlx::Result<Changes> {
        let since = i64::try_from(since).unwrap_or(i64::MAX);
        let mut look = self.pool.begin_with(self.dialect.begin_looking()).await?;
        let newest: Option<i64> = sqlx::query_scalar("SELECT seq FROM contact_books WHERE book = $1")
            .bind(shelf.key())
            .fetch_optional(&mut *look)
            .await?;
        let mut rows = Vec::new();
        let (mut bytes, mut last) = (0, since);
        {
            let mut found = sqlx::query(
                "SELECT id, seq, edit_tag, updated_ms, card FROM contacts WHERE book = $1 AND seq > $2 ORDER BY seq LIMIT $3",
            )
            .bind(shelf.key())
            .bind(since)
            .bind(PAGE)
            .fetch(&mut *look);
            while bytes < PAGE_BYTES
                && let Some(row) = found.try_next().await?
            {
                bytes += row.try_get::<String, _>("card")?.len();
                last = row.try_get("seq")?;
                rows.push(contact(&row)?);
            }
        }
        let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM contacts WHERE book = $1 AND seq > $2")
            .bind(shelf.key())
            .bind(last)
            .fetch_one(&mut *look)
            .await?;
        look.commit().await?;
        Ok(Changes { rows, left: number(left), newest: number(newest.unwrap_or(0)) })
    }

    /// How a contact stands, and how long its card is; `None`: it was never there.
    pub(crate) async fn contact(&self, shelf: Shelf<'_>, id: &str) -> sqlx::Result<Option<(ContactRow, usize)>> {
        let mut connection = self.pool.acquire().await?;
        held(&mut connection, &shelf.key(), id).await
    }

    /// Carries out edits, one after the other, in one transaction. `changed` has fewer when the answer would become too long.
    /// Gives the book's number too, when anything has changed.
    pub(crate) async fn change_contacts(
        &self,
        shelf: Shelf<'_>,
        changes: Vec<Change>,
        now: i64,
    ) -> sqlx::Result<(Vec<Changed>, Option<u64>)> {
        let key = shelf.key();
        let mut tx = self.pool.begin().await?;
        let mut book = lock(&mut tx, shelf).await?;
        let before = book.seq;
        let (mut done, mut bytes) = (Vec::with_capacity(changes.len()), 0);
        for change in changes {
            if bytes >= PAGE_BYTES {
                break;
            }
            let held = held(&mut tx, &key, &change.id).await?;
            let changed = match judged(held.as_ref().map(|(row, _)| row), &change) {
                Judgement::IsSo => held.map(|(row, _)| Changed::Kept { seq: row.seq }),
                Judgement::Disputed => held.map(|(row, length)| {
                    bytes += length;
                    Changed::Conflict(Box::new(row))
                }),
                Judgement::Accept => None,
            };
            done.push(match changed {
                Some(changed) => changed,
                None => book.take(&mut tx, &key, shelf.user_id, change, now).await?,
            });
        }
        sqlx::query("UPDATE contact_books SET seq = $1, rows_kept = $2, bytes_kept = $3 WHERE book = $4")
            .bind(book.seq)
            .bind(book.rows)
            .bind(book.bytes)
            .bind(key)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok((done, (book.seq > before).then_some(number(book.seq))))
    }
}

struct Locked {
    seq: i64,
    rows: i64,
    bytes: i64,
}

/// Changes of one book come one after the other, so that who reads sees numbers rise.
async fn lock(tx: &mut AnyConnection, shelf: Shelf<'_>) -> sqlx::Result<Locked> {
    let new = match shelf.book {
        Book::Personal => {
            "INSERT INTO contact_books (book, user_id, seq, rows_kept, bytes_kept) VALUES ($1, $2, 0, 0, 0) ON CONFLICT DO NOTHING"
        }
        Book::Company => {
            "INSERT INTO contact_books (book, user_id, seq, rows_kept, bytes_kept) VALUES ($1, NULL, 0, 0, 0) ON CONFLICT DO NOTHING"
        }
    };
    let new = sqlx::query(new).bind(shelf.key());
    match shelf.book {
        Book::Personal => new.bind(shelf.user_id.to_owned()),
        Book::Company => new,
    }
    .execute(&mut *tx)
    .await?;
    let row = sqlx::query("UPDATE contact_books SET seq = seq WHERE book = $1 RETURNING seq, rows_kept, bytes_kept")
        .bind(shelf.key())
        .fetch_one(&mut *tx)
        .await?;
    Ok(Locked { seq: row.try_get("seq")?, rows: row.try_get("rows_kept")?, bytes: row.try_get("bytes_kept")? })
}

impl Locked {
    async fn take(
        &mut self,
        tx: &mut AnyConnection,
        key: &str,
        user_id: &str,
        change: Change,
        now: i64,
    ) -> sqlx::Result<Changed> {
        let before = held(tx, key, &change.id).await?;
        let rows = self.rows + i64::from(before.is_none());
        let length = |bytes: usize| i64::try_from(bytes).unwrap_or(i64::MAX);
        let bytes = self.bytes - length(before.map_or(0, |(_, length)| length)) + length(change.card.len());
        // A delete of what is there makes room.
        if !has_room(rows, bytes) && (rows > self.rows || bytes > self.bytes) {
            return Ok(Changed::Full);
        }
        (self.seq, self.rows, self.bytes) = (self.seq + 1, rows, bytes);
        sqlx::query(
            "INSERT INTO contacts (book, id, seq, edit_tag, updated_ms, updated_by, card) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (book, id) DO UPDATE SET seq = excluded.seq, edit_tag = excluded.edit_tag,
                 updated_ms = excluded.updated_ms, updated_by = excluded.updated_by, card = excluded.card",
        )
        .bind(key.to_owned())
        .bind(change.id)
        .bind(self.seq)
        .bind(change.edit)
        .bind(now)
        .bind(user_id.to_owned())
        .bind(change.card)
        .execute(&mut *tx)
        .await?;
        Ok(Changed::Kept { seq: number(self.seq) })
    }
}

fn judged(held: Option<&ContactRow>, change: &Change) -> Judgement {
    let held = held.map(|row| Held { change: row.seq, deleted: row.card.is_none(), edit: &row.edit });
    judge(held, Edit { base: change.base, deleted: change.card.is_empty(), edit: &change.edit })
}

/// How it stands, and how long its card is.
async fn held(connection: &mut AnyConnection, key: &str, id: &str) -> sqlx::Result<Option<(ContactRow, usize)>> {
    let row = sqlx::query("SELECT id, seq, edit_tag, updated_ms, card FROM contacts WHERE book = $1 AND id = $2")
        .bind(key.to_owned())
        .bind(id.to_owned())
        .fetch_optional(connection)
        .await?;
    row.map(|row| Ok((contact(&row)?, row.try_get::<String, _>("card")?.len()))).transpose()
}

fn contact(row: &AnyRow) -> sqlx::Result<ContactRow> {
    let card: String = row.try_get("card")?;
    let card = if card.is_empty() {
        None
    } else {
        let read = serde_json::from_str::<ContactCard>(&card);
        Some(read.map_err(|fault| sqlx::Error::ColumnDecode { index: "card".to_owned(), source: Box::new(fault) })?)
    };
    Ok(ContactRow {
        id: row.try_get("id")?,
        seq: number(row.try_get("seq")?),
        edit: row.try_get("edit_tag")?,
        updated_ms: row.try_get("updated_ms")?,
        card,
    })
}

fn number(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use testkit::database::Place;

    use super::*;

    testkit::on_both_databases! {
        a_page_is_of_one_moment_however_much_is_changed_meanwhile,
    }

    const SHELF: Shelf<'_> = Shelf { user_id: "nobody", book: Book::Company };

    /// A page whose rows are newer than the number that it names as the book's newest would look like a book that was set back.
    async fn a_page_is_of_one_moment_however_much_is_changed_meanwhile(place: Place) {
        let db = Db::open(&place.url()).await.unwrap();
        let writer = db.clone();
        let writes = tokio::spawn(async move {
            for number in 0..300u64 {
                let change = Change {
                    id: format!("{:032x}", number % 7),
                    base: number.saturating_sub(6) * u64::from(number >= 7),
                    edit: format!("t.{number}"),
                    card: r#"{"first_name":"Noor"}"#.to_owned(),
                };
                let (changed, newest) = writer.change_contacts(SHELF, vec![change], 5).await.unwrap();
                assert!(matches!(changed[..], [Changed::Kept { .. }]) && newest == Some(number + 1));
            }
        });
        let mut seen = 0;
        while !writes.is_finished() {
            let page = db.contact_changes(SHELF, 0).await.unwrap();
            let last = page.rows.last().map_or(0, |row| row.seq);
            assert_eq!(
                (last, page.left),
                (page.newest, 0),
                "the newest row is the newest change, and nothing is behind it"
            );
            assert!(page.newest >= seen, "time does not run backwards");
            assert_eq!(
                page.rows.iter().map(|row| (&row.id, row.seq)).collect::<BTreeMap<_, _>>().len(),
                page.rows.len()
            );
            seen = page.newest;
        }
        writes.await.unwrap();
        assert_eq!(db.contact_changes(SHELF, 0).await.unwrap().newest, 300);
        db.close().await;
    }
}
