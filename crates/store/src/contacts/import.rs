//! Many contacts in one change.

use serde_json::{Value, json};

use super::change::Change;
use super::prepared::Prepared;
use super::sync::queue;
use super::write::put;
use crate::error::StoreError;
use crate::open::Store;

/// Contacts whose words are brought into the index in one go: many, but not so many that one waits for the end.
const AT_ONCE: u32 = 5_000;

/// What became of a contact of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It stands in the book.
    Yes,
    /// One of the same name with one of its numbers was there already; nothing was changed.
    AlreadyThere,
}

/// An import under way: all of it is kept by [`ContactImport::finish`], or none when it is dropped before.
pub struct ContactImport {
    change: Change,
    owner: String,
    added: u32,
}

impl Store {
    /// Begins. Other changes wait until it is over; reading goes on.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn import_contacts(&self, owner: &str) -> Result<ContactImport, StoreError> {
        Ok(ContactImport { change: self.change_contacts().await?, owner: owner.to_owned(), added: 0 })
    }
}

impl ContactImport {
    /// Adds a contact that is not there yet.
    ///
    /// # Errors
    /// [`StoreError`]; drop the import then.
    pub async fn add(&mut self, prepared: &Prepared) -> Result<Added, StoreError> {
        if self.is_there(prepared).await? { Ok(Added::AlreadyThere) } else { self.add_again(prepared).await }
    }

    /// Adds a contact, also beside one of the same name and number.
    ///
    /// # Errors
    /// [`StoreError`]; drop the import then.
    pub async fn add_again(&mut self, prepared: &Prepared) -> Result<Added, StoreError> {
        put(&mut self.change, &self.owner, prepared).await?;
        self.added += 1;
        if self.added.is_multiple_of(AT_ONCE) {
            self.change.index_words().await?;
        }
        queue(&mut self.change, &self.owner, prepared.contact.id).await?;
        Ok(Added::Yes)
    }

    /// Keeps all that was added.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is kept then.
    pub async fn finish(self) -> Result<(), StoreError> {
        Ok(self.change.commit().await?)
    }

    async fn is_there(&mut self, prepared: &Prepared) -> Result<bool, sqlx::Error> {
        let exact: Value = prepared.keys.iter().map(|(_, keys)| json!(keys.exact)).collect();
        // Who has neither number nor SIP address is told by the company.
        sqlx::query_scalar(
            "SELECT EXISTS (
                 SELECT 1 FROM contacts c WHERE c.owner = $1 AND c.sort_latin = $2 AND c.deleted_ms IS NULL AND c.source IS NULL AND CASE json_array_length($3)
                     WHEN 0 THEN c.company = $4 AND NOT EXISTS (SELECT 1 FROM contact_keys k WHERE k.contact = c.row)
                     ELSE EXISTS (SELECT 1 FROM contact_keys k WHERE k.contact = c.row AND k.exact IN (SELECT value FROM json_each($3)))
                 END
             )",
        )
        .bind(&self.owner)
        .bind(&prepared.sort_latin)
        .bind(exact.to_string())
        .bind(&prepared.contact.company)
        .fetch_one(&mut *self.change)
        .await
    }
}
