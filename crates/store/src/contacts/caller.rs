//! Who is calling?

use book::number::{Likeness, Region, keys, matches};
use model::ContactId;
use sqlx::Row as _;

use super::read::id;
use crate::error::StoreError;
use crate::open::Store;

/// Contacts that are judged for one number. A switchboard may stand in many; past this nobody is named.
const MOST_CANDIDATES: i64 = 200;

/// A contact to whom a number belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Which.
    pub id: ContactId,
    /// What is shown.
    pub name: String,
}

impl Store {
    /// To whom a number belongs (SPEC 2 row 14): the same number, else one that is the same as far as both tell. Of several with the
    /// same number a favourite comes first, then what stands in a book of ours, then the name. Several that are only likely are no answer: a wrong name is worse than none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn who_is(&self, owner: &str, number: &str, region: Region) -> Result<Option<Known>, StoreError> {
        let Some(keys) = keys(number, region) else { return Ok(None) };
        let rows = sqlx::query(
            "SELECT k.written, c.id, c.name FROM contact_keys k JOIN contacts c ON c.row = k.contact
             WHERE (k.exact = $2 OR k.tail = $3) AND c.owner = $1 AND c.deleted_ms IS NULL
             ORDER BY k.exact = $2 DESC, c.favourite DESC, c.source IS NOT NULL, c.sort_latin, c.row LIMIT $4",
        )
        .bind(owner)
        .bind(&keys.exact)
        .bind(&keys.tail)
        .bind(MOST_CANDIDATES)
        .fetch_all(&self.reads)
        .await?;
        let mut likely: Option<Known> = None;
        let mut unsure = false;
        for row in &rows {
            let known = Known { id: id(row)?, name: row.try_get("name")? };
            match matches(number, &row.try_get::<String, _>("written")?, region) {
                Likeness::Exact => return Ok(Some(known)),
                Likeness::Likely if likely.as_ref().is_some_and(|other| other.id != known.id) => unsure = true,
                Likeness::Likely => likely = Some(known),
                Likeness::No => {}
            }
        }
        Ok(likely.filter(|_| !unsure))
    }
}
