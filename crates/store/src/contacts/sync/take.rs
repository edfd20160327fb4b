//! What came from the server.

use base::WallMs;
use book::sync::{Meeting, Theirs, is_from, meet};
use model::{Book, ContactId};
use sqlx::SqliteConnection;

use super::{here, theirs};
use crate::contacts::prepared::Prepared;
use crate::contacts::read::read;
use crate::contacts::write::{forget, put};
use crate::error::StoreError;
use crate::open::Store;

/// A contact as the server has it.
#[derive(Clone, Debug)]
pub struct FromServer {
    /// Which.
    pub id: ContactId,
    /// Number of the change.
    pub change: u64,
    /// Tag of the edit that made it so.
    pub edit: String,
    /// With its `change`; `None`: it was deleted.
    pub contact: Option<Prepared>,
}

/// An edit that the server has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Which contact.
    pub id: ContactId,
    /// Tag of the edit.
    pub edit: String,
    /// Its number.
    pub change: u64,
}

impl Store {
    /// Takes in a page of changes, oldest first; known are all up to `known` then. `at` when nothing is left: now it is in step.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn take_contacts(
        &self,
        owner: &str,
        book: Book,
        page: &[FromServer],
        known: u64,
        writable: bool,
        at: Option<WallMs>,
    ) -> Result<(), StoreError> {
        let mut change = self.pool.begin().await?;
        let device = device(&mut change).await?;
        for from in page {
            take(&mut change, owner, book, &device, from).await?;
        }
        sqlx::query(
            "UPDATE contact_books SET known = $3, writable = $4, synced_ms = COALESCE($5, synced_ms) WHERE owner = $1 AND book = $2",
        )
        .bind(owner)
        .bind(book.code())
        .bind(i64::try_from(known).unwrap_or(i64::MAX))
        .bind(writable)
        .bind(at.map(|at| at.0))
        .execute(&mut *change)
        .await?;
        Ok(change.commit().await?)
    }

    /// The server has taken these, and shows how those stand on which somebody else was faster.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn edits_answered(
        &self,
        owner: &str,
        book: Book,
        kept: &[Kept],
        conflicts: &[FromServer],
    ) -> Result<(), StoreError> {
        let mut change = self.pool.begin().await?;
        for kept in kept {
            keep(&mut change, owner, kept).await?;
        }
        let device = device(&mut change).await?;
        for from in conflicts {
            // The server was set back, and nobody noticed: our base is of a future that it does not know.
            sqlx::query(
                "UPDATE contact_outbox SET base = 0 WHERE owner = $1 AND id = $2 AND base > $3 AND state = 'queued'",
            )
            .bind(owner)
            .bind(from.id.to_string())
            .bind(i64::try_from(from.change).unwrap_or(i64::MAX))
            .execute(&mut *change)
            .await?;
            take(&mut change, owner, book, &device, from).await?;
        }
        Ok(change.commit().await?)
    }

    /// The server does not take an edit, and says why; `from` is how the contact stands there, when it is there.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn edit_refused(
        &self,
        owner: &str,
        id: ContactId,
        edit: &str,
        why: &str,
        from: Option<&FromServer>,
    ) -> Result<(), StoreError> {
        let mut change = self.pool.begin().await?;
        // Edited again meanwhile: that is tried first.
        let done = sqlx::query(
            "UPDATE contact_outbox SET state = 'refused', why = $4, theirs_change = $5
             WHERE owner = $1 AND id = $2 AND edit = $3 AND state = 'queued'",
        )
        .bind(owner)
        .bind(id.to_string())
        .bind(edit)
        .bind(why)
        .bind(from.map_or(0, |from| i64::try_from(from.change).unwrap_or(i64::MAX)))
        .execute(&mut *change)
        .await?;
        if done.rows_affected() > 0 {
            let mine_deleted = read(&mut change, owner, id).await?.is_none();
            let contact = from.and_then(|from| from.contact.as_ref());
            set_theirs(&mut change, owner, id, contact).await?;
            if let (true, Some(contact)) = (mine_deleted, contact) {
                // It is not gone, so it is shown again.
                put(&mut change, owner, contact).await?;
                set_mine_deleted(&mut change, owner, id).await?;
            }
        }
        Ok(change.commit().await?)
    }
}

async fn device(change: &mut SqliteConnection) -> Result<String, sqlx::Error> {
    let device = sqlx::query_scalar("SELECT value FROM settings WHERE key = 'contacts.device'");
    Ok(device.fetch_optional(change).await?.unwrap_or_default())
}

/// Our edit stands at the server; one that was made since goes on waiting, on top of it.
async fn keep(change: &mut SqliteConnection, owner: &str, kept: &Kept) -> Result<(), sqlx::Error> {
    let number = i64::try_from(kept.change).unwrap_or(i64::MAX);
    let id = kept.id.to_string();
    let done =
        sqlx::query("DELETE FROM contact_outbox WHERE owner = $1 AND id = $2 AND edit = $3 AND state = 'queued'")
            .bind(owner)
            .bind(&id)
            .bind(&kept.edit)
            .execute(&mut *change)
            .await?;
    let rest = if done.rows_affected() > 0 {
        "UPDATE contacts SET change = $3 WHERE owner = $1 AND id = $2"
    } else {
        "UPDATE contact_outbox SET base = $3 WHERE owner = $1 AND id = $2 AND state = 'queued' AND base < $3"
    };
    sqlx::query(rest).bind(owner).bind(&id).bind(number).execute(&mut *change).await?;
    Ok(())
}

async fn take(
    change: &mut SqliteConnection,
    owner: &str,
    book: Book,
    device: &str,
    from: &FromServer,
) -> Result<(), sqlx::Error> {
    let standing = here::standing(change, owner, from.id).await?;
    if standing.book.is_some_and(|here| here != book) {
        tracing::warn!("a contact of one book has the id of one in the other; it is left out");
        return Ok(());
    }
    let contact = from.contact.as_ref();
    let told = Theirs {
        change: from.change,
        deleted: contact.is_none(),
        is_ours: is_from(&from.edit, device),
        is_same: match (&standing.says, contact) {
            (None, None) => true,
            (Some(mine), Some(theirs)) => mine.says_the_same(&theirs.contact),
            _ => false,
        },
    };
    match meet(standing.mine, told) {
        Meeting::Ignore => Ok(()),
        Meeting::Take => take_over(change, owner, from, standing.hidden).await,
        Meeting::Settle => {
            drop_edit(change, owner, from.id).await?;
            take_over(change, owner, from, standing.hidden).await
        }
        Meeting::Rebase => {
            sqlx::query("UPDATE contact_outbox SET base = $3 WHERE owner = $1 AND id = $2")
                .bind(owner)
                .bind(from.id.to_string())
                .bind(i64::try_from(from.change).unwrap_or(i64::MAX))
                .execute(&mut *change)
                .await?;
            Ok(())
        }
        Meeting::Dispute => dispute(change, owner, from, standing.says.is_none()).await,
    }
}

/// Theirs stands here. One that is hidden, because it was deleted here a moment ago, stays hidden when it is gone there too.
pub(super) async fn take_over(
    change: &mut SqliteConnection,
    owner: &str,
    from: &FromServer,
    hidden: bool,
) -> Result<(), sqlx::Error> {
    match &from.contact {
        Some(contact) => {
            let favourite = match contact.contact.book {
                Book::Personal => contact.contact.favourite,
                Book::Company => here::favourite(change, owner, from.id).await?,
            };
            let mut contact = contact.clone();
            contact.contact.favourite = favourite;
            put(change, owner, &contact).await
        }
        None if hidden => {
            sqlx::query("UPDATE contacts SET change = $3 WHERE owner = $1 AND id = $2")
                .bind(owner)
                .bind(from.id.to_string())
                .bind(i64::try_from(from.change).unwrap_or(i64::MAX))
                .execute(&mut *change)
                .await?;
            Ok(())
        }
        None => forget(change, owner, from.id).await,
    }
}

async fn dispute(
    change: &mut SqliteConnection,
    owner: &str,
    from: &FromServer,
    mine_deleted: bool,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE contact_outbox SET state = 'conflict', why = '', theirs_change = $3 WHERE owner = $1 AND id = $2",
    )
    .bind(owner)
    .bind(from.id.to_string())
    .bind(i64::try_from(from.change).unwrap_or(i64::MAX))
    .execute(&mut *change)
    .await?;
    set_theirs(change, owner, from.id, from.contact.as_ref()).await?;
    if let (true, Some(contact)) = (mine_deleted, &from.contact) {
        put(change, owner, contact).await?;
        set_mine_deleted(change, owner, from.id).await?;
    }
    Ok(())
}

/// The edit of a contact and the server's version beside it are no more.
pub(super) async fn drop_edit(change: &mut SqliteConnection, owner: &str, id: ContactId) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM contact_outbox WHERE owner = $1 AND id = $2")
        .bind(owner)
        .bind(id.to_string())
        .execute(&mut *change)
        .await?;
    set_theirs(change, owner, id, None).await
}

pub(super) async fn set_theirs(
    change: &mut SqliteConnection,
    owner: &str,
    id: ContactId,
    contact: Option<&Prepared>,
) -> Result<(), sqlx::Error> {
    let beside = theirs(owner);
    match contact {
        Some(contact) => put(change, &beside, contact).await,
        None => forget(change, &beside, id).await,
    }
}

async fn set_mine_deleted(change: &mut SqliteConnection, owner: &str, id: ContactId) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE contact_outbox SET mine_deleted = 1 WHERE owner = $1 AND id = $2")
        .bind(owner)
        .bind(id.to_string())
        .execute(change)
        .await?;
    Ok(())
}
