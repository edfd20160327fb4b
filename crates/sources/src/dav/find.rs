//! From what was typed to a book (RFC 6764, RFC 6352 §6).
//!
//! ```text
//! typed address ─ is it a book? ─▶ that one
//!        └─ whose are we (else /.well-known/carddav) ─▶ principal ─▶ home of books ─▶ the one book, or a choice
//! ```

use model::{FoundBook, SourceWhy};
use url::Url;

use super::http::Http;
use super::multistatus::Member;
use super::{ask, book_of};
use crate::stop::Stop;

/// Books that are offered.
const MOST_BOOKS: usize = 100;

/// An address book.
#[derive(Clone, Debug)]
pub(super) struct Book {
    /// Where.
    pub(super) at: Url,
    /// What it is called there.
    pub(super) name: String,
    /// Changes whenever anything in it does; empty when the server tells none.
    pub(super) tag: String,
}

/// What is at an address, if it is a book.
pub(super) async fn look(http: &Http<'_>, at: &Url) -> Result<Option<Book>, Stop> {
    let members = http.propfind(at, 0, ask::PLACE).await?;
    Ok(members.first().and_then(|member| book_of(http, at, member)))
}

/// The book that was meant by the address.
pub(super) async fn search(http: &Http<'_>) -> Result<Book, Stop> {
    // A server may have nothing at the address itself and still tell the way.
    let typed = absent(http.propfind(&http.typed, 0, ask::PLACE).await)?;
    if let Some(book) = typed.first().and_then(|member| book_of(http, &http.typed, member)) {
        return Ok(book);
    }
    let mut from = http.typed.clone();
    let mut start = typed;
    if principal(&start).is_none() && home(&start).is_none() {
        from = http.typed.join("/.well-known/carddav").map_err(|_| SourceWhy::NotABook)?;
        start = absent(http.propfind(&from, 0, ask::PLACE).await)?;
    }
    let shelf = match (home(&start), principal(&start)) {
        (Some(at), _) => ours(http, &from, &at)?,
        (None, Some(principal)) => {
            let at = ours(http, &from, &principal)?;
            let who = http.propfind(&at, 0, ask::PLACE).await?;
            ours(http, &at, &home(&who).ok_or(SourceWhy::NotABook)?)?
        }
        (None, None) => return Err(SourceWhy::NotABook.into()),
    };
    let members = http.propfind(&shelf, 1, ask::PLACE).await?;
    let mut books: Vec<_> =
        members.iter().filter_map(|member| book_of(http, &shelf, member)).take(MOST_BOOKS).collect();
    match (books.pop(), books.is_empty()) {
        (None, _) => Err(SourceWhy::NotABook.into()),
        (Some(only), true) => Ok(only),
        (Some(last), false) => {
            books.push(last);
            Err(Stop::Choose(books.into_iter().map(offer).collect()))
        }
    }
}

fn offer(book: Book) -> FoundBook {
    let clean = book::clean_line(&book.name);
    let name = if clean.is_empty() { book.at.path().to_owned() } else { clean.chars().take(200).collect() };
    FoundBook { name, address: book.at.into() }
}

fn absent(answer: Result<Vec<Member>, Stop>) -> Result<Vec<Member>, Stop> {
    match answer {
        Err(Stop::Fault(fault)) if fault.why == SourceWhy::NotABook => Ok(Vec::new()),
        other => other,
    }
}

fn principal(members: &[Member]) -> Option<String> {
    members.iter().find_map(|member| member.props.principal.clone())
}

fn home(members: &[Member]) -> Option<String> {
    members.iter().find_map(|member| member.props.home.clone())
}

fn ours(http: &Http<'_>, from: &Url, href: &str) -> Result<Url, Stop> {
    http.join(from, href).ok_or_else(|| Stop::new(SourceWhy::Elsewhere, href))
}
