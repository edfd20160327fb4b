//! Creating, changing and deleting contacts.

use base::WallMs;
use model::{Book, Contact, ContactId};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use super::index::index;
use super::prepared::Prepared;
use super::sync::{is_open, queue};
use crate::error::StoreError;
use crate::open::Store;

impl Store {
    /// Keeps a contact under its id, new or changed, and returns it with its new version. One that was deleted is there again.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn save_contact(&self, owner: &str, prepared: &Prepared) -> Result<Contact, StoreError> {
        let mut change = self.pool.begin().await?;
        put(&mut change, owner, prepared).await?;
        let version: i64 = sqlx::query_scalar("SELECT version FROM contacts WHERE owner = $1 AND id = $2")
            .bind(owner)
            .bind(prepared.contact.id.to_string())
            .fetch_one(&mut *change)
            .await?;
        queue(&mut change, owner, prepared.contact.id).await?;
        change.commit().await?;
        Ok(Contact { version: u64::try_from(version).unwrap_or(1), ..prepared.contact.clone() })
    }

    /// Marks a contact as deleted at `at`; [`Store::restore_contact`] undoes it until it is purged. False: there was no such contact,
    /// or it has two versions and the agent has not decided yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete_contact(&self, owner: &str, id: ContactId, at: WallMs) -> Result<bool, StoreError> {
        let mut change = self.pool.begin().await?;
        if is_open(&mut change, owner, id).await? {
            return Ok(false);
        }
        let done =
            sqlx::query("UPDATE contacts SET deleted_ms = $3 WHERE owner = $1 AND id = $2 AND deleted_ms IS NULL")
                .bind(owner)
                .bind(id.to_string())
                .bind(at.0)
                .execute(&mut *change)
                .await?;
        if done.rows_affected() > 0 {
            queue(&mut change, owner, id).await?;
        }
        change.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Brings a deleted contact back. False: it was not deleted, or too long ago.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn restore_contact(&self, owner: &str, id: ContactId) -> Result<bool, StoreError> {
        let mut change = self.pool.begin().await?;
        let done = sqlx::query(
            "UPDATE contacts SET deleted_ms = NULL WHERE owner = $1 AND id = $2 AND deleted_ms IS NOT NULL",
        )
        .bind(owner)
        .bind(id.to_string())
        .execute(&mut *change)
        .await?;
        if done.rows_affected() > 0 {
            queue(&mut change, owner, id).await?;
        }
        change.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Makes deletes final that are as old as `before`, in every book. Returns how many.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn purge_contacts(&self, before: WallMs) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM contacts WHERE deleted_ms IS NOT NULL AND deleted_ms <= $1")
            .bind(before.0)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }

    /// Makes a contact a favourite, or none. False: there is no such contact.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn favour_contact(&self, owner: &str, id: ContactId, favourite: bool) -> Result<bool, StoreError> {
        let mut change = self.pool.begin().await?;
        let book: Option<String> = sqlx::query_scalar(
            "UPDATE contacts SET favourite = $3, version = version + 1 WHERE owner = $1 AND id = $2 AND deleted_ms IS NULL
             RETURNING book",
        )
        .bind(owner)
        .bind(id.to_string())
        .bind(favourite)
        .fetch_optional(&mut *change)
        .await?;
        // Which contacts of the company are favourites is everybody's own, and stays on this computer.
        if book.as_deref() == Some(Book::Personal.code()) {
            queue(&mut change, owner, id).await?;
        }
        change.commit().await?;
        Ok(book.is_some())
    }
}

/// The book of what comes from outside: nobody edits it, and no server is told of it.
const OUTSIDE: &str = "outside";

/// Contacts with all that belongs to them, in one go: the way to the database and back costs as much as writing a row. `$2` is a JSON
/// array with one array for each contact, as [`row`] makes it.
const PUT: &str = "
    INSERT INTO contacts (owner, id, book, first_name, last_name, display_name, company, job_title, note, favourite, change,
                          version, updated_ms, name, letter, sort_latin, sort_arabic, source)
    SELECT $1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8,
           value ->> 9, 1, value ->> 10, value ->> 11, value ->> 12, value ->> 13, value ->> 14,
           value ->> 17
    FROM json_each($2) WHERE TRUE
    ON CONFLICT (owner, id) DO UPDATE SET
        book = excluded.book, first_name = excluded.first_name, last_name = excluded.last_name,
        display_name = excluded.display_name, company = excluded.company, job_title = excluded.job_title,
        note = excluded.note, favourite = excluded.favourite, change = max(contacts.change, excluded.change), version = version + 1,
        updated_ms = excluded.updated_ms, deleted_ms = NULL, name = excluded.name, letter = excluded.letter,
        sort_latin = excluded.sort_latin, sort_arabic = excluded.sort_arabic, source = excluded.source;

    DELETE FROM contact_numbers WHERE contact IN
        (SELECT c.row FROM json_each($2) one CROSS JOIN contacts c ON c.owner = $1 AND c.id = one.value ->> 0);
    INSERT INTO contact_numbers
        SELECT c.row, it.key, it.value ->> 0, it.value ->> 1, it.value ->> 2, it.value ->> 3
        FROM json_each($2) one CROSS JOIN contacts c ON c.owner = $1 AND c.id = one.value ->> 0 CROSS JOIN json_each(one.value, '$[15]') it;

    DELETE FROM contact_lines WHERE contact IN
        (SELECT c.row FROM json_each($2) one CROSS JOIN contacts c ON c.owner = $1 AND c.id = one.value ->> 0);
    INSERT INTO contact_lines
        SELECT c.row, it.value ->> 0, it.value ->> 1, it.value ->> 2, it.value ->> 3
        FROM json_each($2) one CROSS JOIN contacts c ON c.owner = $1 AND c.id = one.value ->> 0 CROSS JOIN json_each(one.value, '$[16]') it";

/// Writes a contact with all that belongs to it.
pub(super) async fn put(to: &mut SqliteConnection, owner: &str, prepared: &Prepared) -> Result<(), sqlx::Error> {
    put_all(to, owner, &[prepared]).await
}

/// Writes several, each with an id of its own.
pub(super) async fn put_all(to: &mut SqliteConnection, owner: &str, contacts: &[&Prepared]) -> Result<(), sqlx::Error> {
    let rows: Value = contacts.iter().map(|prepared| row(prepared)).collect();
    sqlx::query(PUT).bind(owner).bind(rows.to_string()).execute(&mut *to).await?;
    index(to, owner, contacts).await
}

/// As [`PUT`] reads it.
fn row(prepared: &Prepared) -> Value {
    let Prepared { contact, name, letter, sort_latin, sort_arabic, indexed: _, keys: _ } = prepared;
    json!([
        contact.id.to_string(),
        if contact.source.is_some() { OUTSIDE } else { contact.book.code() },
        contact.first_name,
        contact.last_name,
        contact.display_name,
        contact.company,
        contact.job_title,
        contact.note,
        i64::from(contact.favourite),
        i64::try_from(contact.change).unwrap_or(i64::MAX),
        contact.updated_at.0,
        name,
        letter,
        sort_latin,
        sort_arabic,
        numbers(contact),
        lines(contact),
        contact.source.map(|id| id.to_string()),
    ])
}

/// Takes a contact out of the book, at once.
pub(super) async fn forget(from: &mut SqliteConnection, owner: &str, id: ContactId) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM contacts WHERE owner = $1 AND id = $2")
        .bind(owner)
        .bind(id.to_string())
        .execute(&mut *from)
        .await?;
    Ok(())
}

/// Number, kind, label, and whether it is the first to call.
fn numbers(contact: &Contact) -> Value {
    contact.numbers.iter().map(|it| json!([it.number, it.kind.code(), it.label, i64::from(it.primary)])).collect()
}

/// Kind, place, name and value.
fn lines(contact: &Contact) -> Value {
    let plain = |kind, values: &[String]| {
        values.iter().enumerate().map(|(place, value)| json!([kind, place, "", value])).collect()
    };
    let fields = contact.fields.iter().enumerate().map(|(place, it)| json!([line::FIELD, place, it.name, it.value]));
    let all: [Vec<Value>; 4] = [
        plain(line::EMAIL, &contact.emails),
        plain(line::SIP, &contact.sip_addresses),
        plain(line::GROUP, &contact.groups),
        fields.collect(),
    ];
    all.into_iter().flatten().collect()
}

/// What a row of `contact_lines` is.
pub(super) mod line {
    pub(in crate::contacts) const EMAIL: &str = "email";
    pub(in crate::contacts) const SIP: &str = "sip";
    pub(in crate::contacts) const GROUP: &str = "group";
    pub(in crate::contacts) const FIELD: &str = "field";
}
