//! The list on screen, and the search.

use std::collections::BTreeSet;

use book::fold::{Query, query};
use model::{Book, ContactId};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::read::id;
use crate::error::StoreError;
use crate::open::Store;

/// Most lines of a page.
pub const MAX_LINES: u32 = 500;

/// Most contacts that a search finds: whoever looks for somebody types on, and nobody scrolls through more.
pub const MOST_FOUND: u32 = 1_000;

/// Which script comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListOrder {
    /// Latin names, then Arabic ones.
    LatinFirst,
    /// Arabic names, then Latin ones.
    ArabicFirst,
}

/// A part of the book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// All of it, one's own and the company's.
    #[default]
    All,
    /// Favourites.
    Favourites,
    /// One's own.
    Personal,
    /// The company's.
    Company,
    /// Those with two versions, or with an edit that the server did not take.
    Open,
}

/// Which contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactQuery {
    /// As typed; nothing asks for the whole book, sorted by name.
    pub text: String,
    /// A part of it only.
    pub which: Which,
    /// Order of the list; a search puts what is spelled alike before what sounds alike.
    pub order: ListOrder,
    /// Lines to leave out at the beginning.
    pub offset: u32,
    /// Lines wanted, 1..=[`MAX_LINES`].
    pub limit: u32,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactLine {
    /// Which.
    pub id: ContactId,
    /// What is shown.
    pub name: String,
    /// Organisation.
    pub company: String,
    /// The number to call when nothing else is said; empty when there is none.
    pub number: String,
    /// Among the favourites.
    pub favourite: bool,
    /// In whose book.
    pub book: Book,
    /// Has two versions, or an edit that the server did not take.
    pub open: bool,
    /// What the outside address book is called that it comes from.
    pub source: Option<String>,
}

/// How many contacts stand under a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterCount {
    /// The letter; `#` for what has none.
    pub letter: String,
    /// How many.
    pub count: u32,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactsPage {
    /// Lines.
    pub lines: Vec<ContactLine>,
    /// All that fit the question; of a search at most [`MOST_FOUND`].
    pub total: u32,
    /// A search that would have found even more.
    pub more: bool,
    /// The letters of the whole list, in its order; empty for a search, and on every page but the first.
    pub letters: Vec<LetterCount>,
}

const NUMBER: &str = "COALESCE((SELECT n.number FROM contact_numbers n WHERE n.contact = c.row
    ORDER BY n.is_primary DESC, n.kind = 'fax', n.place LIMIT 1), '') AS number";

/// What the outside address book is called.
const SOURCE: &str = "(SELECT s.name FROM sources s WHERE s.id = c.source) AS source_name";

const OPEN: &str =
    "EXISTS (SELECT 1 FROM contact_outbox o WHERE o.owner = c.owner AND o.id = c.id AND o.state <> 'queued') AS open";

impl Store {
    /// A page of the book, or of what was found in it. A text in which nothing can be searched finds nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn contacts(&self, owner: &str, asked: &ContactQuery) -> Result<ContactsPage, StoreError> {
        if asked.text.trim().is_empty() {
            return self.listed(owner, asked).await;
        }
        self.found(owner, asked, &query(&asked.text)).await
    }

    async fn listed(&self, owner: &str, asked: &ContactQuery) -> Result<ContactsPage, StoreError> {
        let (sort, only) = (sort(asked.order), only(asked.which));
        // Few are favourites: to sort them costs less than to look for them in the sorted book.
        let contacts = match asked.which {
            Which::Favourites => "contacts INDEXED BY contacts_favourite",
            _ => "contacts",
        };
        // The index alone tells which rows; only those are read.
        let rows = sqlx::query(AssertSqlSafe(format!(
            "SELECT c.id, c.name, c.company, c.favourite, c.book, {SOURCE}, {NUMBER}, {OPEN} FROM contacts c
             WHERE c.row IN (SELECT row FROM {contacts} WHERE owner = $1 AND deleted_ms IS NULL {only}
                             ORDER BY {sort}, letter, row LIMIT $2 OFFSET $3)
             ORDER BY c.{sort}, c.letter, c.row"
        )))
        .bind(owner)
        .bind(i64::from(asked.limit.clamp(1, MAX_LINES)))
        .bind(i64::from(asked.offset))
        .fetch_all(&self.reads)
        .await?;
        let lines = rows.iter().map(line).collect::<Result<Vec<_>, _>>()?;
        let counts = sqlx::query(AssertSqlSafe(match asked.which {
            Which::All | Which::Personal | Which::Company => format!(
                "SELECT letter, SUM(count) AS count FROM contact_letters WHERE owner = $1 AND count > 0 {only}
                 GROUP BY letter ORDER BY MIN({sort})"
            ),
            // Those are few.
            Which::Favourites | Which::Open => format!(
                "SELECT letter, COUNT(*) AS count FROM {contacts} WHERE owner = $1 AND deleted_ms IS NULL {only}
                 GROUP BY letter ORDER BY MIN({sort})"
            ),
        }))
        .bind(owner)
        .fetch_all(&self.reads)
        .await?;
        let letters = counts
            .iter()
            .map(|row| Ok(LetterCount { letter: row.try_get("letter")?, count: count(row.try_get("count")?) }))
            .collect::<Result<Vec<_>, sqlx::Error>>()?;
        let total = letters.iter().map(|letter| letter.count).sum();
        let letters = if asked.offset > 0 { Vec::new() } else { letters };
        Ok(ContactsPage { lines, total, more: false, letters })
    }

    async fn found(&self, owner: &str, asked: &ContactQuery, meant: &Query) -> Result<ContactsPage, StoreError> {
        // One transaction: who is found, and what is read of them, is of the same moment.
        let mut look = self.searches.begin().await?;
        self.words.catch_up(&mut look).await?;
        let open: Option<BTreeSet<i64>> = match asked.which {
            Which::Open => {
                let rows: Vec<i64> = sqlx::query_scalar(
                    "SELECT c.row FROM contact_outbox o JOIN contacts c ON c.owner = o.owner AND c.id = o.id
                     WHERE o.owner = $1 AND o.state <> 'queued'",
                )
                .bind(owner)
                .fetch_all(&mut *look)
                .await?;
                Some(rows.into_iter().collect())
            }
            Which::All | Which::Favourites | Which::Personal | Which::Company => None,
        };
        // One more than is shown, to know that there are more.
        let mut found = self.words.find(owner, asked.which, asked.order, meant, open.as_ref(), MOST_FOUND as usize + 1);
        let more = found.len() > MOST_FOUND as usize;
        found.truncate(MOST_FOUND as usize);
        let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let limit = asked.limit.clamp(1, MAX_LINES) as usize;
        let page: serde_json::Value = found.iter().skip(asked.offset as usize).take(limit).copied().collect();
        let lines = sqlx::query(AssertSqlSafe(format!(
            "SELECT c.id, c.name, c.company, c.favourite, c.book, {SOURCE}, {NUMBER}, {OPEN}
             FROM json_each($1) page CROSS JOIN contacts c ON c.row = page.value ORDER BY page.key"
        )))
        .bind(page.to_string())
        .fetch_all(&mut *look)
        .await?
        .iter()
        .map(line)
        .collect::<Result<Vec<_>, _>>()?;
        Ok(ContactsPage { lines, total, more, letters: Vec::new() })
    }
}

fn sort(order: ListOrder) -> &'static str {
    match order {
        ListOrder::LatinFirst => "sort_latin",
        ListOrder::ArabicFirst => "sort_arabic",
    }
}

fn only(which: Which) -> &'static str {
    match which {
        Which::All => "",
        Which::Favourites => "AND favourite = 1",
        Which::Personal => "AND book = 'personal'",
        Which::Company => "AND book = 'company'",
        Which::Open => "AND (owner, id) IN (SELECT o.owner, o.id FROM contact_outbox o WHERE o.state <> 'queued')",
    }
}

fn count(value: i64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn line(row: &SqliteRow) -> Result<ContactLine, sqlx::Error> {
    Ok(ContactLine {
        id: id(row)?,
        name: row.try_get("name")?,
        company: row.try_get("company")?,
        number: row.try_get("number")?,
        favourite: row.try_get("favourite")?,
        book: Book::from_code(row.try_get("book")?).unwrap_or_default(),
        open: row.try_get("open")?,
        source: row.try_get("source_name")?,
    })
}
