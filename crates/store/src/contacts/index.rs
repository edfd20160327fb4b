//! What contacts are found by: words, and numbers as they are compared.

use book::fold::Indexed;
use book::number::Region;
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use super::prepared::Prepared;
use super::read::read_row;
use crate::error::StoreError;
use crate::open::Store;

/// Contacts of an older version that are made findable in one transaction.
const AT_ONCE: u16 = 500;

impl Store {
    /// Works out anew what all contacts of a book are found by, after the region of their numbers has changed. All or nothing.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn reindex_contacts(&self, owner: &str, region: Region) -> Result<(), StoreError> {
        let contacts = self.all_contacts(owner).await?;
        let mut change = self.pool.begin().await?;
        for some in contacts.chunks(AT_ONCE.into()) {
            let prepared: Vec<Prepared> = some.iter().map(|it| Prepared::new(it.clone(), region)).collect();
            index(&mut change, owner, &prepared.iter().collect::<Vec<_>>()).await?;
        }
        Ok(change.commit().await?)
    }

    /// Reads into memory what is searched, so that the first search need not. For after many contacts have come.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn learn_contacts(&self) -> Result<(), StoreError> {
        Ok(self.words.catch_up(&mut *self.searches.acquire().await?).await?)
    }

    /// Makes contacts findable that an older version has kept, in every book. Broken off, it goes on where it was.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn index_old_contacts(&self, region: Region) -> Result<(), StoreError> {
        let mut after = 0;
        loop {
            let mut change = self.pool.begin().await?;
            let old: Vec<(String, i64)> = sqlx::query_as(
                "SELECT owner, row FROM contacts WHERE row > $2 AND row NOT IN (SELECT contact FROM contact_words) ORDER BY row LIMIT $1",
            )
            .bind(AT_ONCE)
            .bind(after)
            .fetch_all(&mut *change)
            .await?;
            if old.is_empty() {
                return Ok(());
            }
            for (owner, row) in old {
                let prepared = Prepared::new(read_row(&mut change, row).await?, region);
                index(&mut change, &owner, &[&prepared]).await?;
                after = row;
            }
            change.commit().await?;
        }
    }
}

/// In one go, as when contacts are written. `$2` is a JSON array of: id, numbers and SIP addresses as they are written and compared, words.
const INDEX: &str = "
    DELETE FROM contact_keys WHERE contact IN
        (SELECT c.row FROM json_each($2) one CROSS JOIN contacts c ON c.owner = $1 AND c.id = one.value ->> 0);
    INSERT INTO contact_keys
        SELECT c.row, it.value ->> 0, it.value ->> 1, it.value ->> 2
        FROM json_each($2) one CROSS JOIN contacts c ON c.owner = $1 AND c.id = one.value ->> 0 CROSS JOIN json_each(one.value, '$[1]') it;
    INSERT OR REPLACE INTO contact_words
        SELECT c.row, one.value ->> 2, one.value ->> 3, one.value ->> 4
        FROM json_each($2) one CROSS JOIN contacts c ON c.owner = $1 AND c.id = one.value ->> 0";

/// Writes anew what kept contacts are found by.
pub(super) async fn index(to: &mut SqliteConnection, owner: &str, contacts: &[&Prepared]) -> Result<(), sqlx::Error> {
    let row = |prepared: &&Prepared| {
        let keys: Value = prepared.keys.iter().map(|(written, keys)| json!([written, keys.exact, keys.tail])).collect();
        let Indexed { folded, skeleton, digits } = &prepared.indexed;
        json!([prepared.contact.id.to_string(), keys, folded, skeleton, digits])
    };
    let rows: Value = contacts.iter().map(row).collect();
    sqlx::query(INDEX).bind(owner).bind(rows.to_string()).execute(to).await?;
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
        for old in ["DELETE FROM contact_words", "DELETE FROM contact_keys"] {
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
