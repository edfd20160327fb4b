//! A change of address books, whole or not at all.

use std::ops::{Deref, DerefMut};

use sqlx::{Sqlite, SqliteConnection, Transaction};

use crate::open::Store;

/// A change under way; undone when it is dropped. What brings new words asks for it and not for any connection, because those are in the
/// index only once [`Change::commit`] or [`Change::index_words`] has sorted them.
pub(super) struct Change(Transaction<'static, Sqlite>);

impl Store {
    /// Begins. Other changes wait until it is over; reading goes on.
    pub(super) async fn change_contacts(&self) -> Result<Change, sqlx::Error> {
        Ok(Change(self.pool.begin().await?))
    }
}

impl Change {
    /// Brings new words into the index, in the order of its rows: FTS5 writes at once what comes in any other.
    pub(super) async fn index_words(&mut self) -> Result<(), sqlx::Error> {
        for step in [
            "INSERT INTO contact_words (rowid, folded, skeleton, digits) SELECT * FROM contact_new_words ORDER BY search_row",
            "DELETE FROM contact_new_words",
        ] {
            sqlx::query(step).execute(&mut *self.0).await?;
        }
        Ok(())
    }

    /// Keeps it.
    pub(super) async fn commit(mut self) -> Result<(), sqlx::Error> {
        self.index_words().await?;
        self.0.commit().await
    }
}

impl Deref for Change {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.0
    }
}

impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.0
    }
}
