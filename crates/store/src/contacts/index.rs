//! What contacts are found by: words, and numbers as they are compared.

use book::number::Region;
use sqlx::SqliteConnection;

use super::change::Change;
use super::prepared::Prepared;
use super::read::read_row;
use super::search_row;
use super::write::keys;
use crate::error::StoreError;
use crate::open::Store;

/// Contacts of an older version that are made findable in one transaction.
const AT_ONCE: i64 = 500;

impl Store {
    /// Works out anew what all contacts of a book are found by, after the region of their numbers has changed. All or nothing.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn reindex_contacts(&self, owner: &str, region: Region) -> Result<(), StoreError> {
        let contacts = self.all_contacts(owner).await?;
        let mut change = self.change_contacts().await?;
        for contact in contacts {
            let prepared = Prepared::new(contact, region);
            let row: Option<i64> = sqlx::query_scalar("SELECT row FROM contacts WHERE owner = $1 AND id = $2")
                .bind(owner)
                .bind(prepared.contact.id.to_string())
                .fetch_optional(&mut *change)
                .await?;
            if let Some(row) = row {
                index(&mut change, owner, row, &prepared).await?;
            }
        }
        Ok(change.commit().await?)
    }

    /// Makes contacts findable that an older version has kept, in every book. Broken off, it goes on where it was.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn index_old_contacts(&self, region: Region) -> Result<(), StoreError> {
        loop {
            let mut change = self.change_contacts().await?;
            let old: Vec<(String, i64)> =
                sqlx::query_as("SELECT owner, row FROM contacts WHERE search_row IS NULL LIMIT $1")
                    .bind(AT_ONCE)
                    .fetch_all(&mut *change)
                    .await?;
            if old.is_empty() {
                return Ok(());
            }
            for (owner, row) in old {
                let prepared = Prepared::new(read_row(&mut change, row).await?, region);
                index(&mut change, &owner, row, &prepared).await?;
            }
            change.commit().await?;
        }
    }
}

/// In one go, as when a contact is written.
const INDEX: &str = "
    UPDATE contacts SET search_row = $2 WHERE row = $1;
    DELETE FROM contact_keys WHERE contact = $1;
    INSERT INTO contact_keys SELECT $1, value ->> 0, value ->> 1, value ->> 2 FROM json_each($3);
    INSERT INTO contact_new_words VALUES ($2, $4, $5, $6)";

/// Writes anew what a kept contact is found by.
async fn index(to: &mut Change, owner: &str, row: i64, prepared: &Prepared) -> Result<(), sqlx::Error> {
    let search_row = search_row::take(to, owner, prepared).await?;
    sqlx::query(INDEX)
        .bind(row)
        .bind(search_row)
        .bind(keys(prepared).to_string())
        .bind(&prepared.indexed.folded)
        .bind(&prepared.indexed.skeleton)
        .bind(&prepared.indexed.digits)
        .execute(&mut **to)
        .await?;
    Ok(())
}

/// Takes words out of the index, also such as are still on their way.
pub(super) async fn drop_words(from: &mut SqliteConnection, search_row: i64) -> Result<(), sqlx::Error> {
    for table in ["DELETE FROM contact_words WHERE rowid = $1", "DELETE FROM contact_new_words WHERE search_row = $1"] {
        sqlx::query(table).bind(search_row).execute(&mut *from).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use model::{Contact, ContactId};

    use super::*;
    use crate::{ContactQuery, ListOrder, Which};

    #[tokio::test]
    async fn contacts_of_an_older_version_are_found_once_they_are_indexed() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = Store::open(dir.path()).await.expect("opens").store;
        for id in 1..=3 {
            let contact = Contact { id: ContactId(id), first_name: format!("Noor {id}"), ..Contact::default() };
            store.save_contact("me", &Prepared::new(contact, Region::SA)).await.expect("keeps");
        }
        for old in ["UPDATE contacts SET search_row = NULL", "DELETE FROM contact_words", "DELETE FROM contact_keys"] {
            sqlx::query(old).execute(&store.pool).await.expect("runs");
        }
        let asked =
            ContactQuery { text: "nur".into(), which: Which::All, order: ListOrder::LatinFirst, offset: 0, limit: 10 };
        assert_eq!(store.contacts("me", &asked).await.expect("searches").total, 0);
        store.index_old_contacts(Region::SA).await.expect("indexes");
        let page = store.contacts("me", &asked).await.expect("searches");
        let names: Vec<_> = page.lines.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names, ["Noor 1", "Noor 2", "Noor 3"]);
    }
}
