//! Creating, changing and deleting contacts.

use base::WallMs;
use book::number::Region;
use model::{Book, Contact, ContactId};
use sqlx::SqliteConnection;

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
            "DELETE FROM contact_words WHERE rowid IN (SELECT row FROM contacts WHERE deleted_ms IS NOT NULL AND deleted_ms <= $1)",
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

    /// Works out anew what all contacts of a book are found by, after the region of their numbers has changed. All or nothing.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn reindex_contacts(&self, owner: &str, region: Region) -> Result<(), StoreError> {
        let contacts = self.all_contacts(owner).await?;
        let mut change = self.pool.begin().await?;
        for contact in contacts {
            let prepared = Prepared::new(contact, region);
            let row: Option<i64> = sqlx::query_scalar("SELECT row FROM contacts WHERE owner = $1 AND id = $2")
                .bind(owner)
                .bind(prepared.contact.id.to_string())
                .fetch_optional(&mut *change)
                .await?;
            let Some(row) = row else { continue };
            sqlx::query("DELETE FROM contact_keys WHERE contact = $1").bind(row).execute(&mut *change).await?;
            find_by(&mut change, row, &prepared).await?;
        }
        Ok(change.commit().await?)
    }
}

/// Writes a contact with all that belongs to it; gives its version.
pub(super) async fn put(to: &mut SqliteConnection, owner: &str, prepared: &Prepared) -> Result<u64, sqlx::Error> {
    let contact = &prepared.contact;
    let (row, version): (i64, i64) = sqlx::query_as(
        "INSERT INTO contacts (owner, id, book, first_name, last_name, display_name, company, job_title, note, favourite, change,
                               version, updated_ms, name, letter, sort_latin, sort_arabic)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $13, $14, $15, $16)
         ON CONFLICT (owner, id) DO UPDATE SET
             book = excluded.book, first_name = excluded.first_name, last_name = excluded.last_name,
             display_name = excluded.display_name, company = excluded.company, job_title = excluded.job_title,
             note = excluded.note, favourite = excluded.favourite, change = max(contacts.change, excluded.change), version = version + 1,
             updated_ms = excluded.updated_ms, deleted_ms = NULL, name = excluded.name, letter = excluded.letter,
             sort_latin = excluded.sort_latin, sort_arabic = excluded.sort_arabic
         RETURNING row, version",
    )
    .bind(owner)
    .bind(contact.id.to_string())
    .bind(contact.book.code())
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
    .fetch_one(&mut *to)
    .await?;
    if version > 1 {
        for table in [
            "DELETE FROM contact_numbers WHERE contact = $1",
            "DELETE FROM contact_lines WHERE contact = $1",
            "DELETE FROM contact_keys WHERE contact = $1",
        ] {
            sqlx::query(table).bind(row).execute(&mut *to).await?;
        }
    }
    lines(to, row, contact).await?;
    find_by(to, row, prepared).await?;
    Ok(u64::try_from(version).unwrap_or(1))
}

/// Takes a contact out of the book, at once.
pub(super) async fn forget(from: &mut SqliteConnection, owner: &str, id: ContactId) -> Result<(), sqlx::Error> {
    let row: Option<i64> = sqlx::query_scalar("DELETE FROM contacts WHERE owner = $1 AND id = $2 RETURNING row")
        .bind(owner)
        .bind(id.to_string())
        .fetch_optional(&mut *from)
        .await?;
    if let Some(row) = row {
        sqlx::query("DELETE FROM contact_words WHERE rowid = $1").bind(row).execute(&mut *from).await?;
    }
    Ok(())
}

async fn lines(to: &mut SqliteConnection, row: i64, contact: &Contact) -> Result<(), sqlx::Error> {
    for (place, number) in (0_i64..).zip(&contact.numbers) {
        sqlx::query("INSERT INTO contact_numbers VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(row)
            .bind(place)
            .bind(&number.number)
            .bind(number.kind.code())
            .bind(&number.label)
            .bind(number.primary)
            .execute(&mut *to)
            .await?;
    }
    let plain =
        |kind, values| (0_i64..).zip(values).map(move |(place, value): (i64, &String)| (kind, place, "", value));
    let fields = (0_i64..).zip(&contact.fields).map(|(place, f)| (line::FIELD, place, f.name.as_str(), &f.value));
    let all = plain(line::EMAIL, contact.emails.iter())
        .chain(plain(line::SIP, contact.sip_addresses.iter()))
        .chain(plain(line::GROUP, contact.groups.iter()))
        .chain(fields);
    for (kind, place, name, value) in all {
        sqlx::query("INSERT INTO contact_lines VALUES ($1, $2, $3, $4, $5)")
            .bind(row)
            .bind(kind)
            .bind(place)
            .bind(name)
            .bind(value)
            .execute(&mut *to)
            .await?;
    }
    Ok(())
}

/// The search and the question who is calling. Keys of before are gone already.
async fn find_by(to: &mut SqliteConnection, row: i64, prepared: &Prepared) -> Result<(), sqlx::Error> {
    for (written, keys) in &prepared.keys {
        sqlx::query("INSERT INTO contact_keys VALUES ($1, $2, $3, $4)")
            .bind(row)
            .bind(written)
            .bind(&keys.exact)
            .bind(&keys.tail)
            .execute(&mut *to)
            .await?;
    }
    sqlx::query("INSERT OR REPLACE INTO contact_words (rowid, folded, skeleton, digits) VALUES ($1, $2, $3, $4)")
        .bind(row)
        .bind(&prepared.indexed.folded)
        .bind(&prepared.indexed.skeleton)
        .bind(&prepared.indexed.digits)
        .execute(&mut *to)
        .await?;
    Ok(())
}

/// What a row of `contact_lines` is.
pub(super) mod line {
    pub(in crate::contacts) const EMAIL: &str = "email";
    pub(in crate::contacts) const SIP: &str = "sip";
    pub(in crate::contacts) const GROUP: &str = "group";
    pub(in crate::contacts) const FIELD: &str = "field";
}
