//! The list on screen, and the search.

use book::fold::query;
use model::{Book, ContactId};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::read::id;
use crate::error::StoreError;
use crate::open::Store;

/// Most lines of a page.
pub const MAX_LINES: u32 = 500;

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
    /// Order of the list; a search puts what fits best first.
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
    /// All that fit the question.
    pub total: u32,
    /// The letters of the whole list, in its order; empty for a search, and on every page but the first.
    pub letters: Vec<LetterCount>,
}

const NUMBER: &str = "COALESCE((SELECT n.number FROM contact_numbers n WHERE n.contact = c.row
    ORDER BY n.is_primary DESC, n.kind = 'fax', n.place LIMIT 1), '') AS number";

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
        match query(&asked.text).match_expression() {
            Some(expression) => self.found(owner, asked, &expression).await,
            None => Ok(ContactsPage { lines: Vec::new(), total: 0, letters: Vec::new() }),
        }
    }

    async fn listed(&self, owner: &str, asked: &ContactQuery) -> Result<ContactsPage, StoreError> {
        let (sort, only) = (sort(asked.order), only(asked.which));
        // The index alone tells which rows; only those are read.
        let rows = sqlx::query(AssertSqlSafe(format!(
            "SELECT c.id, c.name, c.company, c.favourite, c.book, {NUMBER}, {OPEN} FROM contacts c
             WHERE c.row IN (SELECT row FROM contacts WHERE owner = $1 AND deleted_ms IS NULL {only}
                             ORDER BY {sort}, letter, row LIMIT $2 OFFSET $3)
             ORDER BY c.{sort}, c.letter, c.row"
        )))
        .bind(owner)
        .bind(i64::from(asked.limit.clamp(1, MAX_LINES)))
        .bind(i64::from(asked.offset))
        .fetch_all(&self.reads)
        .await?;
        let lines = rows.iter().map(line).collect::<Result<Vec<_>, _>>()?;
        if asked.offset > 0 {
            let total = sqlx::query_scalar(AssertSqlSafe(format!(
                "SELECT COUNT(*) FROM contacts WHERE owner = $1 AND deleted_ms IS NULL {only}"
            )));
            return Ok(ContactsPage {
                lines,
                total: count(total.bind(owner).fetch_one(&self.reads).await?),
                letters: Vec::new(),
            });
        }
        let counts = sqlx::query(AssertSqlSafe(format!(
            "SELECT letter, COUNT(*) AS count FROM contacts WHERE owner = $1 AND deleted_ms IS NULL {only}
             GROUP BY substr({sort}, 1, 1), letter ORDER BY MIN({sort})"
        )))
        .bind(owner)
        .fetch_all(&self.reads)
        .await?;
        let letters = counts
            .iter()
            .map(|row| Ok(LetterCount { letter: row.try_get("letter")?, count: count(row.try_get("count")?) }))
            .collect::<Result<Vec<_>, sqlx::Error>>()?;
        Ok(ContactsPage { total: letters.iter().map(|letter| letter.count).sum(), lines, letters })
    }

    async fn found(&self, owner: &str, asked: &ContactQuery, expression: &str) -> Result<ContactsPage, StoreError> {
        let (sort, only) = (sort(asked.order), only(asked.which));
        let of = format!(
            "FROM contact_words w CROSS JOIN contacts c ON c.row = w.rowid
             WHERE contact_words MATCH $1 AND c.owner = $2 AND c.deleted_ms IS NULL {only}"
        );
        let rows = sqlx::query(AssertSqlSafe(format!(
            "SELECT c.id, c.name, c.company, c.favourite, c.book, {NUMBER}, {OPEN} {of}
             ORDER BY bm25(contact_words, 10.0, 1.0, 5.0), c.{sort}, c.row LIMIT $3 OFFSET $4"
        )))
        .bind(expression)
        .bind(owner)
        .bind(i64::from(asked.limit.clamp(1, MAX_LINES)))
        .bind(i64::from(asked.offset))
        .fetch_all(&self.reads)
        .await?;
        let total: i64 = sqlx::query_scalar(AssertSqlSafe(format!("SELECT COUNT(*) {of}")))
            .bind(expression)
            .bind(owner)
            .fetch_one(&self.reads)
            .await?;
        let lines = rows.iter().map(line).collect::<Result<Vec<_>, _>>()?;
        Ok(ContactsPage { lines, total: count(total), letters: Vec::new() })
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
    })
}
