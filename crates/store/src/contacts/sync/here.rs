//! How a contact stands on this computer.

use book::sync::Mine;
use model::{Book, Contact, ContactId};
use sqlx::{Row as _, SqliteConnection};

use super::outbox::number;
use super::state;
use crate::contacts::read::read;

/// How a contact stands here.
pub(super) struct Here {
    pub(super) mine: Mine,
    /// What we say of it; `None`: it is deleted, or never was here. Only looked up when something waits.
    pub(super) says: Option<Contact>,
    pub(super) hidden: bool,
    /// In whose book it stands, when it is here.
    pub(super) book: Option<Book>,
}

pub(super) async fn standing(change: &mut SqliteConnection, owner: &str, id: ContactId) -> Result<Here, sqlx::Error> {
    let row = sqlx::query("SELECT change, deleted_ms, book FROM contacts WHERE owner = $1 AND id = $2")
        .bind(owner)
        .bind(id.to_string())
        .fetch_optional(&mut *change)
        .await?;
    let edit = sqlx::query(
        "SELECT base, state, theirs_change, mine_deleted, book FROM contact_outbox WHERE owner = $1 AND id = $2",
    )
    .bind(owner)
    .bind(id.to_string())
    .fetch_optional(&mut *change)
    .await?;
    let hidden = row.as_ref().map(|row| row.try_get::<Option<i64>, _>("deleted_ms")).transpose()?.flatten().is_some();
    let book = match row.as_ref().or(edit.as_ref()) {
        Some(row) => Book::from_code(row.try_get("book")?),
        None => None,
    };
    let (mine, says) = match (edit, row) {
        (Some(edit), _) => {
            let (base, theirs) = (number(edit.try_get("base")?), number(edit.try_get("theirs_change")?));
            let mine = match edit.try_get::<&str, _>("state")? {
                state::QUEUED => Mine::Waiting { base },
                _ => Mine::Open { theirs: theirs.max(base) },
            };
            let deleted: bool = edit.try_get("mine_deleted")?;
            (mine, if deleted { None } else { read(change, owner, id).await? })
        }
        (None, Some(row)) => (Mine::Clean { change: number(row.try_get("change")?) }, None),
        (None, None) => (Mine::Absent, None),
    };
    Ok(Here { mine, says, hidden, book })
}

/// Whether it is a favourite here.
pub(super) async fn favourite(change: &mut SqliteConnection, owner: &str, id: ContactId) -> Result<bool, sqlx::Error> {
    let favourite = sqlx::query_scalar("SELECT favourite FROM contacts WHERE owner = $1 AND id = $2");
    Ok(favourite.bind(owner).bind(id.to_string()).fetch_optional(change).await?.unwrap_or(false))
}
