//! Which calls: filters, and the search by name and number.

use base::WallMs;
use book::fold::{query, search_words};
use book::number::{Likeness, Region, keys, matches};
use model::{Contact, ContactNumber, Party};
use sqlx::{Row as _, SqliteConnection};

use crate::error::StoreError;
use crate::open::Store;

/// Rows of an older version that are made findable in one transaction.
const AT_ONCE: i64 = 500;

/// Which calls, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CallFilter {
    /// All.
    #[default]
    All,
    /// [`model::EndReason::Missed`] only.
    Missed,
    /// Only those that came in.
    Incoming,
    /// Only those that went out.
    Outgoing,
}

/// Which calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallQuery {
    /// By what became of them.
    pub filter: CallFilter,
    /// Only those that began then or later.
    pub since: Option<WallMs>,
    /// As typed: part of a name in any script, or of a number in any form. Nothing: every call.
    pub text: String,
    /// Only those with one of these numbers, in whatever form; none: every call.
    pub numbers: Vec<String>,
    /// Whose address book knows more names for the numbers.
    pub owner: Option<String>,
}

impl From<CallFilter> for CallQuery {
    fn from(filter: CallFilter) -> Self {
        CallQuery { filter, ..CallQuery::default() }
    }
}

/// Calls that stand under a name or number of their own, and those whose number is of a contact that is found.
/// Numbers are compared by their last digits where the country is not known, as far as a search may.
const FOUND: &str = "(id IN (SELECT rowid FROM call_words WHERE call_words MATCH $4)
    OR exact IN (SELECT k.exact FROM json_each($5) found CROSS JOIN contact_keys k ON k.contact = found.value)
    OR tail IN (SELECT k.tail FROM json_each($5) found CROSS JOIN contact_keys k ON k.contact = found.value WHERE k.tail IS NOT NULL))";

/// Calls with one of some numbers.
const WITH: &str = "(exact IN (SELECT value FROM json_each($7)) OR tail IN (SELECT value FROM json_each($8)))";

impl CallQuery {
    /// The condition, and the words for `$4`. `None`: nothing in the text can be searched, so nothing is found.
    pub(crate) fn condition(&self) -> Option<(String, Option<String>)> {
        let filter = match self.filter {
            CallFilter::All => "1",
            CallFilter::Missed => "reason = 'missed'",
            CallFilter::Incoming => "direction = 'incoming'",
            CallFilter::Outgoing => "direction = 'outgoing'",
        };
        let with = if self.numbers.is_empty() { "1" } else { WITH };
        if self.text.trim().is_empty() {
            return Some((format!("{filter} AND {with}"), None));
        }
        let words = query(&self.text).match_expression()?;
        Some((format!("{filter} AND {with} AND {FOUND}"), Some(words)))
    }

    /// What the numbers are compared by, for `$7` and `$8`: JSON arrays.
    pub(crate) fn number_keys(&self) -> [String; 2] {
        // As calls are kept: where a number is at home is a setting that may change.
        let keys: Vec<_> = self.numbers.iter().filter_map(|number| keys(number, Region::UNKNOWN)).collect();
        let array = |texts: Vec<&str>| serde_json::Value::from(texts).to_string();
        [
            array(keys.iter().map(|keys| keys.exact.as_str()).collect()),
            array(keys.iter().filter_map(|keys| keys.tail.as_deref()).collect()),
        ]
    }

    /// Whether a call that was found by the end of its number is one that is meant.
    pub(crate) fn is_with(&self, number: &str) -> bool {
        let same = |asked: &String| matches(number, asked, Region::UNKNOWN) != Likeness::No;
        self.numbers.is_empty() || self.numbers.iter().any(same)
    }
}

impl Store {
    /// Makes rows findable that were written before there was a search.
    pub(crate) async fn index_old_calls(&self) -> Result<(), StoreError> {
        loop {
            let mut change = self.pool.begin().await?;
            let rows = sqlx::query("SELECT id, number, display_name FROM calls WHERE indexed = 0 LIMIT $1")
                .bind(AT_ONCE)
                .fetch_all(&mut *change)
                .await?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in &rows {
                let party = Party { number: row.try_get("number")?, display_name: row.try_get("display_name")? };
                index(&mut change, row.try_get("id")?, &party).await?;
            }
            change.commit().await?;
        }
    }
}

/// Makes a call findable by the name that it came with and by its number.
pub(crate) async fn index(to: &mut SqliteConnection, id: i64, party: &Party) -> Result<(), StoreError> {
    let number = ContactNumber { number: party.number.clone(), ..ContactNumber::default() };
    let somebody = Contact { display_name: party.display_name.clone(), numbers: vec![number], ..Contact::default() };
    // Where a number is at home is a setting that may change; its last digits do not.
    let words = search_words(&somebody, Region::UNKNOWN);
    let keys = keys(&party.number, Region::UNKNOWN);
    sqlx::query("INSERT OR REPLACE INTO call_words (rowid, folded, skeleton, digits) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(&words.folded)
        .bind(&words.skeleton)
        .bind(&words.digits)
        .execute(&mut *to)
        .await?;
    sqlx::query("UPDATE calls SET exact = $2, tail = $3, indexed = 1 WHERE id = $1")
        .bind(id)
        .bind(keys.as_ref().map(|keys| &keys.exact))
        .bind(keys.as_ref().and_then(|keys| keys.tail.as_ref()))
        .execute(&mut *to)
        .await?;
    Ok(())
}
