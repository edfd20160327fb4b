//! Edits that wait for the server.

use base::WallMs;
use model::{Book, Contact, ContactId};
use sqlx::{Row as _, SqliteConnection};

use super::state;
use crate::contacts::read::id;
use crate::error::StoreError;
use crate::open::Store;

/// An edit that is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedEdit {
    /// Which contact.
    pub id: ContactId,
    /// The server's change that it was made on; 0: the server did not know the contact.
    pub base: u64,
    /// Tag of the edit.
    pub edit: String,
    /// What stands there from now on; `None` deletes.
    pub contact: Option<Contact>,
}

/// One book of a synchronised account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BookFacts {
    /// The server's changes up to this number are here.
    pub known: u64,
    /// When nothing was left to fetch, last.
    pub synced_at: Option<WallMs>,
    /// The server lets us change it, as far as is known.
    pub writable: bool,
    /// Edits that wait.
    pub waiting: u64,
    /// Contacts that were changed in two places: the agent is asked.
    pub conflicts: u64,
    /// Edits that the server did not take.
    pub refused: u64,
}

/// How a synchronised account stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SyncFacts {
    /// One's own book.
    pub personal: BookFacts,
    /// The company's.
    pub company: BookFacts,
}

impl SyncFacts {
    /// One of them.
    #[must_use]
    pub fn of(&self, book: Book) -> &BookFacts {
        match book {
            Book::Personal => &self.personal,
            Book::Company => &self.company,
        }
    }

    fn of_mut(&mut self, book: Book) -> &mut BookFacts {
        match book {
            Book::Personal => &mut self.personal,
            Book::Company => &mut self.company,
        }
    }
}

impl Store {
    /// From now on edits of this account wait for a server; what stood in its own book before waits too.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn track_contacts(&self, owner: &str) -> Result<(), StoreError> {
        let mut change = self.pool.begin().await?;
        // Names this computer in the tags of its edits.
        sqlx::query(
            "INSERT OR IGNORE INTO settings (key, value) VALUES ('contacts.device', lower(hex(randomblob(8))))",
        )
        .execute(&mut *change)
        .await?;
        for book in [Book::Personal, Book::Company] {
            sqlx::query(
                "INSERT OR IGNORE INTO contact_books (owner, book, known, synced_ms, writable) VALUES ($1, $2, 0, NULL, $3)",
            )
            .bind(owner)
            .bind(book.code())
            .bind(book == Book::Personal)
            .execute(&mut *change)
            .await?;
        }
        adopt(&mut change, owner).await?;
        Ok(change.commit().await?)
    }

    /// How an account stands; `None`: it is on this computer only.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn contact_sync(&self, owner: &str) -> Result<Option<SyncFacts>, StoreError> {
        let books = sqlx::query("SELECT book, known, synced_ms, writable FROM contact_books WHERE owner = $1")
            .bind(owner)
            .fetch_all(&self.reads)
            .await?;
        if books.is_empty() {
            return Ok(None);
        }
        let mut facts = SyncFacts::default();
        for row in &books {
            let Some(book) = Book::from_code(row.try_get("book")?) else { continue };
            *facts.of_mut(book) = BookFacts {
                known: number(row.try_get("known")?),
                synced_at: row.try_get::<Option<i64>, _>("synced_ms")?.map(WallMs),
                writable: row.try_get("writable")?,
                ..BookFacts::default()
            };
        }
        let waiting = sqlx::query(
            "SELECT book, state, COUNT(*) AS count FROM contact_outbox WHERE owner = $1 GROUP BY book, state",
        );
        for row in waiting.bind(owner).fetch_all(&self.reads).await? {
            let Some(book) = Book::from_code(row.try_get("book")?) else { continue };
            let (facts, count) = (facts.of_mut(book), number(row.try_get("count")?));
            match row.try_get::<&str, _>("state")? {
                state::QUEUED => facts.waiting = count,
                state::CONFLICT => facts.conflicts = count,
                _ => facts.refused = count,
            }
        }
        Ok(Some(facts))
    }

    /// The oldest edits that wait, `limit` at most.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn contact_edits(&self, owner: &str, book: Book, limit: u32) -> Result<Vec<QueuedEdit>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, base, edit FROM contact_outbox WHERE owner = $1 AND book = $2 AND state = 'queued'
             ORDER BY place LIMIT $3",
        )
        .bind(owner)
        .bind(book.code())
        .bind(i64::from(limit))
        .fetch_all(&self.reads)
        .await?;
        let mut edits = Vec::with_capacity(rows.len());
        for row in &rows {
            let id = id(row)?;
            edits.push(QueuedEdit {
                id,
                base: number(row.try_get("base")?),
                edit: row.try_get("edit")?,
                // Edited again since the row was read: then its tag is another, and this answer counts for the base only.
                contact: self.contact(owner, id).await?,
            });
        }
        Ok(edits)
    }

    /// The server was set back to an older copy of itself, whose last change is `newest`: everything is fetched anew, and what
    /// it does not know any more waits to be sent.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn contacts_set_back(&self, owner: &str, book: Book, newest: u64) -> Result<(), StoreError> {
        let mut change = self.pool.begin().await?;
        for text in [
            "UPDATE contact_books SET known = 0 WHERE owner = $1 AND book = $2 AND $3 >= 0",
            "UPDATE contacts SET change = 0 WHERE owner = $1 AND book = $2 AND change > $3",
            "UPDATE contact_outbox SET base = 0 WHERE owner = $1 AND book = $2 AND base > $3",
            "UPDATE contact_outbox SET theirs_change = 0 WHERE owner = $1 AND book = $2 AND theirs_change > $3",
        ] {
            sqlx::query(text)
                .bind(owner)
                .bind(book.code())
                .bind(i64::try_from(newest).unwrap_or(i64::MAX))
                .execute(&mut *change)
                .await?;
        }
        adopt(&mut change, owner).await?;
        Ok(change.commit().await?)
    }
}

/// What the server never had waits to be sent.
async fn adopt(change: &mut SqliteConnection, owner: &str) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO contact_outbox (owner, id, book, base, edit, state, mine_deleted, theirs_change, why)
         SELECT c.owner, c.id, c.book, 0, (SELECT value FROM settings WHERE key = 'contacts.device') || '.' || lower(hex(randomblob(8))),
                'queued', 0, 0, ''
         FROM contacts c WHERE c.owner = $1 AND c.book = 'personal' AND c.change = 0 AND c.deleted_ms IS NULL ORDER BY c.row
         ON CONFLICT (owner, id) DO NOTHING",
    )
    .bind(owner)
    .execute(change)
    .await?;
    Ok(())
}

/// The contact has changed here: that waits, when its account is synchronised. In the same change as the edit itself.
pub(in crate::contacts) async fn queue(
    change: &mut SqliteConnection,
    owner: &str,
    contact: ContactId,
) -> Result<(), sqlx::Error> {
    queue_all(change, owner, &[contact]).await
}

/// As [`queue`], of several.
pub(in crate::contacts) async fn queue_all(
    change: &mut SqliteConnection,
    owner: &str,
    contacts: &[ContactId],
) -> Result<(), sqlx::Error> {
    let ids: serde_json::Value = contacts.iter().map(ToString::to_string).collect();
    // A conflict stays one until it is decided, except that what is edited is theirs already: then it builds on that.
    sqlx::query(
        "INSERT INTO contact_outbox (owner, id, book, base, edit, state, mine_deleted, theirs_change, why)
         SELECT c.owner, c.id, c.book, c.change, (SELECT value FROM settings WHERE key = 'contacts.device') || '.' || lower(hex(randomblob(8))),
                'queued', 0, 0, ''
         FROM json_each($2) one CROSS JOIN contacts c ON c.owner = $1 AND c.id = one.value
         WHERE EXISTS (SELECT 1 FROM contact_books b WHERE b.owner = c.owner)
         ON CONFLICT (owner, id) DO UPDATE SET
             edit = excluded.edit, why = '',
             base = CASE WHEN mine_deleted = 1 THEN theirs_change ELSE base END,
             state = CASE WHEN state = 'conflict' AND mine_deleted = 0 THEN 'conflict' ELSE 'queued' END,
             mine_deleted = 0",
    )
    .bind(owner)
    .bind(ids.to_string())
    .execute(&mut *change)
    .await?;
    Ok(())
}

/// True while the agent has not decided between two versions.
pub(in crate::contacts) async fn is_open(
    change: &mut SqliteConnection,
    owner: &str,
    contact: ContactId,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM contact_outbox WHERE owner = $1 AND id = $2 AND state = 'conflict')",
    )
    .bind(owner)
    .bind(contact.to_string())
    .fetch_one(change)
    .await
}

pub(super) fn number(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}
