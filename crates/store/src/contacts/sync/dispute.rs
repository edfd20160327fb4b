//! Two versions of one contact, until the agent has decided.

use model::{Contact, ContactId};
use sqlx::Row as _;

use super::outbox::number;
use super::take::{FromServer, drop_edit, set_theirs, take_over};
use super::{state, theirs};
use crate::contacts::prepared::Prepared;
use crate::contacts::read::read;
use crate::contacts::write::{forget, put};
use crate::error::StoreError;
use crate::open::Store;

/// How an edit of a contact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing waits.
    Clean,
    /// It waits for the server.
    Waiting,
    /// It was changed in two places.
    Conflict,
    /// The server did not take it.
    Refused,
}

/// Why there are two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DisputeWhy {
    /// It was changed in two places.
    Conflict,
    /// The server did not take ours; its code says why.
    Refused(String),
}

/// Both versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// Why.
    pub why: DisputeWhy,
    /// Ours; `None`: we deleted it.
    pub mine: Option<Contact>,
    /// The server's; `None`: it is not there, or not any more.
    pub theirs: Option<Contact>,
}

impl Store {
    /// How an edit of a contact stands.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn contact_standing(&self, owner: &str, id: ContactId) -> Result<Standing, StoreError> {
        let state: Option<String> = sqlx::query_scalar("SELECT state FROM contact_outbox WHERE owner = $1 AND id = $2")
            .bind(owner)
            .bind(id.to_string())
            .fetch_optional(&self.reads)
            .await?;
        Ok(match state.as_deref() {
            None => Standing::Clean,
            Some(state::QUEUED) => Standing::Waiting,
            Some(state::CONFLICT) => Standing::Conflict,
            Some(_) => Standing::Refused,
        })
    }

    /// Both versions; `None`: there is nothing to decide.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn contact_dispute(&self, owner: &str, id: ContactId) -> Result<Option<Dispute>, StoreError> {
        let row = sqlx::query(
            "SELECT state, why, mine_deleted FROM contact_outbox WHERE owner = $1 AND id = $2 AND state <> 'queued'",
        )
        .bind(owner)
        .bind(id.to_string())
        .fetch_optional(&self.reads)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let why = match row.try_get::<&str, _>("state")? {
            state::CONFLICT => DisputeWhy::Conflict,
            _ => DisputeWhy::Refused(row.try_get("why")?),
        };
        let mine = if row.try_get("mine_deleted")? { None } else { self.contact(owner, id).await? };
        Ok(Some(Dispute { why, mine, theirs: self.contact(&theirs(owner), id).await? }))
    }

    /// The agent has decided: this stands from now on; `None` deletes. False: there was nothing to decide.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn resolve_contact(
        &self,
        owner: &str,
        id: ContactId,
        decided: Option<&Prepared>,
    ) -> Result<bool, StoreError> {
        let mut change = self.pool.begin().await?;
        let row = sqlx::query(
            "SELECT base, theirs_change FROM contact_outbox WHERE owner = $1 AND id = $2 AND state <> 'queued'",
        )
        .bind(owner)
        .bind(id.to_string())
        .fetch_optional(&mut *change)
        .await?;
        let Some(row) = row else { return Ok(false) };
        let newest = number(row.try_get("theirs_change")?).max(number(row.try_get("base")?));
        let there = read(&mut change, &theirs(owner), id).await?;
        let agreed = match (decided, &there) {
            (None, None) => true,
            (Some(decided), Some(there)) => decided.contact.says_the_same(there),
            _ => false,
        };
        if agreed {
            drop_edit(&mut change, owner, id).await?;
            let contact = decided.map(|decided| {
                let mut theirs = decided.clone();
                theirs.contact.change = newest;
                theirs
            });
            let from = FromServer { id, change: newest, edit: String::new(), contact };
            take_over(&mut change, owner, &from, false).await?;
        } else {
            match decided {
                Some(decided) => put(&mut change, owner, decided).await?,
                None => forget(&mut change, owner, id).await?,
            }
            set_theirs(&mut change, owner, id, None).await?;
            sqlx::query(
                "UPDATE contact_outbox SET state = 'queued', why = '', mine_deleted = 0, theirs_change = 0, base = $3,
                     edit = (SELECT value FROM settings WHERE key = 'contacts.device') || '.' || lower(hex(randomblob(8)))
                 WHERE owner = $1 AND id = $2",
            )
            .bind(owner)
            .bind(id.to_string())
            .bind(i64::try_from(newest).unwrap_or(i64::MAX))
            .execute(&mut *change)
            .await?;
        }
        change.commit().await?;
        Ok(true)
    }
}
