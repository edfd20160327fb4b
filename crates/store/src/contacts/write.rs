//! Creating, changing and deleting contacts.

use base::WallMs;
use model::{Book, Contact, ContactId};
use serde_json::{Value, json};
use sqlx::{Row as _, SqliteConnection};

use super::change::Change;
use super::index::drop_words;
use super::prepared::Prepared;
use super::search_row;
use super::sync::{is_open, queue};
use crate::error::StoreError;
use crate::open::Store;

impl Store {
    /// Keeps a contact under its id, new or changed, and returns it with its new version. One that was deleted is there again.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn save_contact(&self, owner: &str, prepared: &Prepared) -> Result<Contact, StoreError> {
        let mut change = self.change_contacts().await?;
        let version = put(&mut change, owner, prepared).await?;
        queue(&mut change, owner, prepared.contact.id).await?;
        change.commit().await?;
        Ok(Contact { version, ..prepared.contact.clone() })
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
        let mut change = self.pool.begin().await?;
        sqlx::query(
            "DELETE FROM contact_words WHERE rowid IN (SELECT search_row FROM contacts WHERE deleted_ms IS NOT NULL AND deleted_ms <= $1)",
        )
        .bind(before.0)
        .execute(&mut *change)
        .await?;
        let done = sqlx::query("DELETE FROM contacts WHERE deleted_ms IS NOT NULL AND deleted_ms <= $1")
            .bind(before.0)
            .execute(&mut *change)
            .await?;
        change.commit().await?;
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

/// A contact with all that belongs to it, in one go: the way to the database and back costs as much as writing a row. Numbers, lines and
/// keys come as JSON, one array for each row.
const PUT: &str = "
    INSERT INTO contacts (owner, id, book, first_name, last_name, display_name, company, job_title, note, favourite, change,
                          version, updated_ms, name, letter, sort_latin, sort_arabic, search_row, source)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $13, $14, $15, $16, $17, $24)
    ON CONFLICT (owner, id) DO UPDATE SET
        book = excluded.book, first_name = excluded.first_name, last_name = excluded.last_name,
        display_name = excluded.display_name, company = excluded.company, job_title = excluded.job_title,
        note = excluded.note, favourite = excluded.favourite, change = max(contacts.change, excluded.change), version = version + 1,
        updated_ms = excluded.updated_ms, deleted_ms = NULL, name = excluded.name, letter = excluded.letter,
        sort_latin = excluded.sort_latin, sort_arabic = excluded.sort_arabic, search_row = excluded.search_row,
        source = excluded.source
    RETURNING version;

    DELETE FROM contact_numbers WHERE contact = (SELECT row FROM contacts WHERE owner = $1 AND id = $2);
    INSERT INTO contact_numbers
        SELECT row, key, value ->> 0, value ->> 1, value ->> 2, value ->> 3
        FROM contacts, json_each($18) WHERE contacts.owner = $1 AND contacts.id = $2;

    DELETE FROM contact_lines WHERE contact = (SELECT row FROM contacts WHERE owner = $1 AND id = $2);
    INSERT INTO contact_lines
        SELECT row, value ->> 0, value ->> 1, value ->> 2, value ->> 3
        FROM contacts, json_each($19) WHERE contacts.owner = $1 AND contacts.id = $2;

    DELETE FROM contact_keys WHERE contact = (SELECT row FROM contacts WHERE owner = $1 AND id = $2);
    INSERT INTO contact_keys
        SELECT row, value ->> 0, value ->> 1, value ->> 2
        FROM contacts, json_each($20) WHERE contacts.owner = $1 AND contacts.id = $2;

    INSERT INTO contact_new_words VALUES ($17, $21, $22, $23)";

/// Writes a contact with all that belongs to it; gives its version.
pub(super) async fn put(to: &mut Change, owner: &str, prepared: &Prepared) -> Result<u64, sqlx::Error> {
    let contact = &prepared.contact;
    let search_row = search_row::take(to, owner, prepared).await?;
    let rows = sqlx::query(PUT)
        .bind(owner)
        .bind(contact.id.to_string())
        .bind(if contact.source.is_some() { OUTSIDE } else { contact.book.code() })
        .bind(&contact.first_name)
        .bind(&contact.last_name)
        .bind(&contact.display_name)
        .bind(&contact.company)
        .bind(&contact.job_title)
        .bind(&contact.note)
        .bind(contact.favourite)
        .bind(i64::try_from(contact.change).unwrap_or(i64::MAX))
        .bind(contact.updated_at.0)
        .bind(&prepared.name)
        .bind(&prepared.letter)
        .bind(&prepared.sort_latin)
        .bind(&prepared.sort_arabic)
        .bind(search_row)
        .bind(numbers(contact).to_string())
        .bind(lines(contact).to_string())
        .bind(keys(prepared).to_string())
        .bind(&prepared.indexed.folded)
        .bind(&prepared.indexed.skeleton)
        .bind(&prepared.indexed.digits)
        .bind(contact.source.map(|id| id.to_string()))
        .fetch_all(&mut **to)
        .await?;
    let version: i64 = rows.first().ok_or(sqlx::Error::RowNotFound)?.try_get("version")?;
    Ok(u64::try_from(version).unwrap_or(1))
}

/// Takes a contact out of the book, at once.
pub(super) async fn forget(from: &mut SqliteConnection, owner: &str, id: ContactId) -> Result<(), sqlx::Error> {
    let search_row: Option<i64> =
        sqlx::query_scalar("DELETE FROM contacts WHERE owner = $1 AND id = $2 RETURNING search_row")
            .bind(owner)
            .bind(id.to_string())
            .fetch_optional(&mut *from)
            .await?
            .flatten();
    match search_row {
        Some(search_row) => drop_words(from, search_row).await,
        None => Ok(()),
    }
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

/// As it is written, as it is compared, and its end.
pub(super) fn keys(prepared: &Prepared) -> Value {
    prepared.keys.iter().map(|(written, keys)| json!([written, keys.exact, keys.tail])).collect()
}

/// What a row of `contact_lines` is.
pub(super) mod line {
    pub(in crate::contacts) const EMAIL: &str = "email";
    pub(in crate::contacts) const SIP: &str = "sip";
    pub(in crate::contacts) const GROUP: &str = "group";
    pub(in crate::contacts) const FIELD: &str = "field";
}
