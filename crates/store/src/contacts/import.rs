//! Many contacts in one change.

use std::collections::{BTreeSet, HashMap};

use model::ContactId;
use serde_json::{Value, json};
use sqlx::{Sqlite, Transaction};

use super::prepared::Prepared;
use super::sync::queue_all;
use super::write::put_all;
use crate::error::StoreError;
use crate::open::Store;

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
    change: Transaction<'static, Sqlite>,
    owner: String,
}

impl Store {
    /// Begins. Other changes wait until it is over; reading goes on.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn import_contacts(&self, owner: &str) -> Result<ContactImport, StoreError> {
        Ok(ContactImport { change: self.pool.begin().await?, owner: owner.to_owned() })
    }
}

impl ContactImport {
    /// Adds those that are not there yet, neither in the book nor earlier among them.
    ///
    /// # Errors
    /// [`StoreError`]; drop the import then.
    pub async fn add(&mut self, contacts: &[Prepared]) -> Result<Vec<Added>, StoreError> {
        let there: BTreeSet<usize> = self.there(contacts).await?.into_iter().collect();
        let mut fresh: Vec<&Prepared> = Vec::with_capacity(contacts.len());
        let mut namesakes: HashMap<&str, Vec<&Prepared>> = HashMap::new();
        let mut added = Vec::with_capacity(contacts.len());
        for (at, prepared) in contacts.iter().enumerate() {
            let earlier = namesakes.entry(&prepared.sort_latin).or_default();
            if there.contains(&at) || earlier.iter().any(|other| is_one(prepared, other)) {
                added.push(Added::AlreadyThere);
            } else {
                earlier.push(prepared);
                fresh.push(prepared);
                added.push(Added::Yes);
            }
        }
        self.put(&fresh).await?;
        Ok(added)
    }

    /// Adds all, also beside others of the same name and number.
    ///
    /// # Errors
    /// [`StoreError`]; drop the import then.
    pub async fn add_again(&mut self, contacts: &[Prepared]) -> Result<(), StoreError> {
        self.put(&contacts.iter().collect::<Vec<_>>()).await
    }

    async fn put(&mut self, contacts: &[&Prepared]) -> Result<(), StoreError> {
        put_all(&mut self.change, &self.owner, contacts).await?;
        let ids: Vec<ContactId> = contacts.iter().map(|prepared| prepared.contact.id).collect();
        Ok(queue_all(&mut self.change, &self.owner, &ids).await?)
    }

    /// Keeps all that was added.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is kept then.
    pub async fn finish(self) -> Result<(), StoreError> {
        Ok(self.change.commit().await?)
    }

    /// Which of these stand in the book.
    async fn there(&mut self, contacts: &[Prepared]) -> Result<Vec<usize>, StoreError> {
        let asked: Value = contacts
            .iter()
            .map(|it| {
                let exact: Value = it.keys.iter().map(|(_, keys)| json!(keys.exact)).collect();
                json!([it.sort_latin, it.contact.company, exact])
            })
            .collect();
        // As `is_one` says it.
        let there: String = sqlx::query_scalar(
            "SELECT json_group_array(one.key) FROM json_each($2) one WHERE EXISTS (
                 SELECT 1 FROM contacts c
                 WHERE c.owner = $1 AND c.sort_latin = one.value ->> 0 AND c.deleted_ms IS NULL AND c.source IS NULL AND CASE json_array_length(one.value, '$[2]')
                     WHEN 0 THEN c.company = one.value ->> 1 AND NOT EXISTS (SELECT 1 FROM contact_keys k WHERE k.contact = c.row)
                     ELSE EXISTS (SELECT 1 FROM contact_keys k WHERE k.contact = c.row
                                  AND k.exact IN (SELECT value FROM json_each(one.value, '$[2]')))
                 END
             )",
        )
        .bind(&self.owner)
        .bind(asked.to_string())
        .fetch_one(&mut *self.change)
        .await?;
        Ok(serde_json::from_str(&there).map_err(|fault| sqlx::Error::Decode(fault.into()))?)
    }
}

/// Whether two of the same name are one: a number or SIP address of theirs is the same. Those who have none are told by the company.
fn is_one(one: &Prepared, other: &Prepared) -> bool {
    if one.keys.is_empty() {
        return other.keys.is_empty() && one.contact.company == other.contact.company;
    }
    one.keys.iter().any(|(_, own)| other.keys.iter().any(|(_, keys)| keys.exact == own.exact))
}
