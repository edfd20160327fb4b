//! The search, in memory, and how it keeps up with the file.
//!
//! ```text
//! contacts, contact_words ─ all of them, the first time ─┐
//! contact_news ─────────── what changed since ───────────┴─▶ Searched ─▶ rows of contacts, in the order of the list
//! ```
//! Whatever writes a contact, here or in another program, leaves its row in `contact_news` in the same transaction: what is searched is
//! what stands in the file at the moment of the question.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use book::fold::{Found, Indexed, Places, Query, WordIndex};
use model::Book;
use sqlx::SqliteConnection;

use super::list::{ListOrder, Which};

/// Contacts that are read in one go.
const AT_ONCE: i64 = 5_000;
/// Removed contacts that are kept in memory at least.
const REMOVED: u32 = 1_000;
/// Changes that are kept in the file for who reads it next; whoever has missed more reads everything.
const KEPT_NEWS: i64 = 20_000;

/// What is searched, of all address books of the file.
#[derive(Default)]
pub(crate) struct Words(Mutex<Searched>);

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Words").finish_non_exhaustive()
    }
}

#[derive(Default)]
struct Searched {
    index: WordIndex,
    /// One for each place of the index. Those that were read together stand in the order of a list with Latin names first.
    lines: Vec<Line>,
    /// How many those are, by the scripts of that list: Latin, Arabic, all others.
    sorted: [usize; 3],
    /// Where a row of `contacts` stands.
    places: HashMap<i64, u32>,
    owners: Vec<String>,
    /// The last of `contact_news` that is known; none: nothing has been read.
    seq: Option<i64>,
}

/// What decides whether somebody is shown, and where.
struct Line {
    row: i64,
    owner: usize,
    /// None: a book that is neither one's own nor the company's.
    book: Option<Book>,
    favourite: bool,
    deleted: bool,
    sort: Box<str>,
}

/// A contact as it is read: row, owner, book, favourite, deleted, key of the order, words.
type Row = (i64, Option<String>, Option<String>, Option<i64>, Option<i64>, Option<String>, [Option<String>; 3]);

const COLUMNS: &str = "json_array(n.row, c.owner, c.book, c.favourite, c.deleted_ms IS NOT NULL, c.sort_latin,
                                  json_array(w.folded, w.skeleton, w.digits))";

impl Words {
    /// Reads what is new in the file, as `from` sees it. Two at a time would do the same work twice, so `from` should be of a pool of one.
    pub(crate) async fn catch_up(&self, from: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        let (first, last): (i64, i64) = sqlx::query_as(
            "SELECT COALESCE((SELECT seq FROM contact_news ORDER BY seq LIMIT 1), 0),
                    COALESCE((SELECT seq FROM contact_news ORDER BY seq DESC LIMIT 1), 0)",
        )
        .fetch_one(&mut *from)
        .await?;
        let known = self.lock().seq;
        match known {
            Some(known) if known == last => Ok(()),
            // Nothing that is new is missing, and it is less than everything.
            Some(known) if known < last && first <= known + 1 && last - known <= AT_ONCE => {
                let news: String = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
                    "SELECT json_group_array({COLUMNS})
                     FROM (SELECT DISTINCT contact AS row FROM contact_news WHERE seq > $1) n
                     LEFT JOIN contacts c ON c.row = n.row LEFT JOIN contact_words w ON w.contact = n.row"
                )))
                .bind(known)
                .fetch_one(&mut *from)
                .await?;
                let rows = read(&news)?;
                let is_worn = {
                    let mut searched = self.lock();
                    if searched.seq == Some(known) {
                        rows.into_iter().for_each(|row| searched.take(row));
                        searched.seq = Some(last);
                    }
                    searched.index.removed() > REMOVED + searched.index.added() / 2
                };
                if is_worn { self.read_all(from, last).await } else { Ok(()) }
            }
            _ => self.read_all(from, last).await,
        }
    }

    async fn read_all(&self, from: &mut SqliteConnection, last: i64) -> Result<(), sqlx::Error> {
        let mut all: Vec<Row> = Vec::new();
        let mut after = 0;
        loop {
            let (some, end): (String, Option<i64>) = sqlx::query_as(sqlx::AssertSqlSafe(format!(
                "SELECT json_group_array({COLUMNS}), MAX(n.row)
                 FROM (SELECT row FROM contacts WHERE row > $1 ORDER BY row LIMIT $2) n
                 CROSS JOIN contacts c ON c.row = n.row JOIN contact_words w ON w.contact = n.row"
            )))
            .bind(after)
            .bind(AT_ONCE)
            .fetch_one(&mut *from)
            .await?;
            all.extend(read(&some)?);
            match end {
                Some(end) => after = end,
                None => break,
            }
        }
        all.sort_unstable_by(|a, b| (&a.5, a.0).cmp(&(&b.5, b.0)));
        let mut searched = Searched { seq: Some(last), ..Searched::default() };
        all.into_iter().for_each(|row| searched.take(row));
        let of =
            |ranks: std::ops::RangeInclusive<u8>| searched.lines.iter().filter(|it| ranks.contains(&it.rank())).count();
        searched.sorted = [of(0..=b'1'), of(b'2'..=b'2'), of(b'3'..=u8::MAX)];
        *self.lock() = searched;
        Ok(())
    }

    /// Rows of contacts that are found, as many as `most`: first who is spelled like the question, then who sounds like it, each in the
    /// order of the list. `only`: of these rows.
    pub(super) fn find(
        &self,
        owner: &str,
        which: Which,
        order: ListOrder,
        asked: &Query,
        only: Option<&BTreeSet<i64>>,
        most: usize,
    ) -> Vec<i64> {
        let searched = self.lock();
        let Found { spelled, heard } = searched.index.find(asked);
        let mut rows = Vec::new();
        for places in [spelled, heard] {
            rows.extend(searched.first(owner, which, order, &places, only, most - rows.len()));
        }
        rows
    }

    /// Rows of all contacts of an owner that are found, in no order.
    pub(crate) fn find_all(&self, owner: &str, asked: &Query) -> Vec<i64> {
        let searched = self.lock();
        let Found { spelled, heard } = searched.index.find(asked);
        let Some(owner) = searched.owner(owner) else { return Vec::new() };
        let shown = |place| searched.shown(place, owner, Which::All, None);
        spelled.iter().chain(heard.iter()).filter_map(shown).map(|line| line.row).collect()
    }

    /// Whoever was interrupted while it held the lock may have left half of it: then it is read again.
    fn lock(&self) -> MutexGuard<'_, Searched> {
        self.0.lock().unwrap_or_else(|poisoned| {
            self.0.clear_poison();
            let mut searched = PoisonError::into_inner(poisoned);
            *searched = Searched::default();
            searched
        })
    }
}

impl Searched {
    /// A contact as it stands now, in place of how it stood.
    fn take(&mut self, (row, owner, book, favourite, deleted, sort, words): Row) {
        if let Some(before) = self.places.remove(&row) {
            self.index.remove(before);
        }
        // One without words is gone, or has not been made findable yet.
        let (Some(owner), Some(sort), [Some(folded), Some(skeleton), Some(digits)]) = (owner, sort, words) else {
            return;
        };
        let place = self.index.add(&Indexed { folded, skeleton, digits });
        let owner = self.owners.iter().position(|known| *known == owner).unwrap_or_else(|| {
            self.owners.push(owner);
            self.owners.len() - 1
        });
        self.places.insert(row, place);
        self.lines.push(Line {
            row,
            owner,
            book: book.and_then(|code| Book::from_code(&code)),
            favourite: favourite == Some(1),
            deleted: deleted == Some(1),
            sort: sort.into(),
        });
    }

    fn owner(&self, owner: &str) -> Option<usize> {
        self.owners.iter().position(|known| known == owner)
    }

    /// The contact of a place, if it is to be shown.
    fn shown(&self, place: u32, owner: usize, which: Which, only: Option<&BTreeSet<i64>>) -> Option<&Line> {
        let line = self.lines.get(place as usize)?;
        let is_of = match which {
            Which::All | Which::Open => true,
            Which::Favourites => line.favourite,
            Which::Personal => line.book == Some(Book::Personal),
            Which::Company => line.book == Some(Book::Company),
        };
        (line.owner == owner && !line.deleted && is_of && only.is_none_or(|rows| rows.contains(&line.row)))
            .then_some(line)
    }

    /// Rows of the first of some places, in the order of the list. Most stand in it already; what came later is sorted in.
    fn first(
        &self,
        owner: &str,
        which: Which,
        order: ListOrder,
        places: &Places,
        only: Option<&BTreeSet<i64>>,
        most: usize,
    ) -> impl Iterator<Item = i64> {
        let mut lines: Vec<&Line> = Vec::new();
        if let Some(owner) = self.owner(owner) {
            let [latin, arabic, others] = self.sorted;
            let [latin, arabic, others] = [0..latin, latin..latin + arabic, latin + arabic..latin + arabic + others];
            let late = others.end..self.lines.len();
            let scripts = match order {
                ListOrder::LatinFirst => [latin, arabic, others],
                ListOrder::ArabicFirst => [arabic, latin, others],
            };
            let shown = |place| self.shown(place, owner, which, only);
            lines.extend(scripts.into_iter().flat_map(|script| places.within(script)).filter_map(shown).take(most));
            let sorted = lines.len();
            lines.extend(places.within(late).filter_map(shown));
            if lines.len() > sorted {
                lines.sort_by(|a, b| a.place_in(order).cmp(&b.place_in(order)));
                lines.truncate(most);
            }
        }
        lines.into_iter().map(|line| line.row)
    }
}

impl Line {
    /// Of the script, in a list with Latin names first.
    fn rank(&self) -> u8 {
        *self.sort.as_bytes().first().unwrap_or(&b'4')
    }

    /// The rank of the script, the name, and of namesakes who came first.
    fn place_in(&self, order: ListOrder) -> (u8, &[u8], i64) {
        let rank = match (order, self.rank()) {
            (ListOrder::ArabicFirst, b'1') => b'2',
            (ListOrder::ArabicFirst, b'2') => b'1',
            (_, rank) => rank,
        };
        (rank, self.sort.as_bytes().get(1..).unwrap_or_default(), self.row)
    }
}

fn read(rows: &str) -> Result<Vec<Row>, sqlx::Error> {
    serde_json::from_str(rows).map_err(|fault| sqlx::Error::Decode(fault.into()))
}

/// Forgets changes that nobody will read. For when the file is opened.
pub(crate) async fn trim_news(of: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM contact_news WHERE seq <= (SELECT MAX(seq) FROM contact_news) - $1")
        .bind(KEPT_NEWS)
        .execute(of)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use book::fold::query;
    use book::number::Region;
    use model::{Contact, ContactId};

    use crate::{ContactQuery, ListOrder, Prepared, Store, Which};

    fn named(id: u128, name: &str) -> Prepared {
        Prepared::new(Contact { id: ContactId(id), first_name: name.into(), ..Contact::default() }, Region::SA)
    }

    async fn names(store: &Store, text: &str) -> Vec<String> {
        let asked =
            ContactQuery { text: text.into(), which: Which::All, order: ListOrder::LatinFirst, offset: 0, limit: 10 };
        store.contacts("me", &asked).await.expect("searches").lines.into_iter().map(|line| line.name).collect()
    }

    #[tokio::test]
    async fn what_another_program_writes_is_found() {
        let dir = tempfile::tempdir().expect("a folder");
        let [one, two] =
            [Store::open(dir.path()).await, Store::open(dir.path()).await].map(|it| it.expect("opens").store);
        assert!(names(&one, "noor").await.is_empty());
        two.save_contact("me", &named(1, "Noor")).await.expect("keeps");
        assert_eq!(names(&one, "nour").await, ["Noor"]);
        two.save_contact("me", &named(1, "Lina")).await.expect("keeps");
        assert_eq!(names(&one, "nour").await, <[&str; 0]>::default());
        assert_eq!(names(&one, "lina").await, ["Lina"]);
        two.save_contact("you", &named(2, "Lina")).await.expect("keeps");
        assert_eq!(names(&one, "lina").await, ["Lina"]);
    }

    #[tokio::test]
    async fn whoever_has_missed_what_is_forgotten_reads_everything() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = Store::open(dir.path()).await.expect("opens").store;
        store.save_contact("me", &named(1, "Noor")).await.expect("keeps");
        assert_eq!(names(&store, "n").await, ["Noor"]);
        for id in 2..=9 {
            store.save_contact("me", &named(id, &format!("Nadia {id}"))).await.expect("keeps");
        }
        sqlx::query("DELETE FROM contact_news WHERE seq < (SELECT MAX(seq) FROM contact_news)")
            .execute(&store.pool)
            .await
            .expect("forgets");
        assert_eq!(names(&store, "n").await.len(), 9);
    }

    #[tokio::test]
    async fn a_contact_that_is_changed_often_is_kept_once() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = Store::open(dir.path()).await.expect("opens").store;
        for change in 0..2_400 {
            store.save_contact("me", &named(1, &format!("Noor {change}"))).await.expect("keeps");
            if change % 3 == 0 {
                assert_eq!(names(&store, &format!("noor {change}")).await, [format!("Noor {change}")]);
            }
        }
        let kept = store.words.lock().index.added();
        assert!(kept < 1_100, "{kept}");
        assert_eq!(store.words.find_all("me", &query("nour")).len(), 1);
    }
}
