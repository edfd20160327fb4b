//! CardDAV (RFC 6352): finding the book, and reading of it what is new.

mod ask;
mod find;
mod http;
mod multistatus;

use std::collections::HashSet;

use book::vcard;
use model::SourceWhy;
use url::Url;

use crate::key::contact_id;
use crate::reading::{Ask, Entry, Known, Reading};
use crate::stop::Stop;
use find::{Book, look, search};
use http::Http;

/// Cards that are fetched with one request.
const AT_ONCE: usize = 50;
/// Names that a test shows.
const SHOWN: usize = 5;

/// See [`crate::read`]. A book that is as it was costs one request.
pub(crate) async fn read(ask: &Ask, known: &Known) -> Result<Reading, Stop> {
    let http = Http::open(ask).await?;
    let book = match known.mark.split_once('\n').and_then(|(at, tag)| Some((Url::parse(at).ok()?, tag))) {
        Some((at, tag)) if http.is_ours(&at) => match look(&http, &at).await {
            Ok(Some(book)) if !tag.is_empty() && book.tag == tag => return Ok(Reading::Same),
            Ok(Some(book)) => book,
            // It moved.
            Ok(None) | Err(Stop::Fault(model::SourceFault { why: SourceWhy::NotABook, .. })) => search(&http).await?,
            Err(stop) => return Err(stop),
        },
        Some(_) | None => search(&http).await?,
    };
    let there = list(&http, &book.at).await?;
    let is_same = |(key, tag): &(String, String)| !tag.is_empty() && known.tags.get(key) == Some(tag);
    let (same, changed): (Vec<_>, Vec<_>) = there.into_iter().partition(is_same);
    if book.tag.is_empty() && changed.is_empty() && same.len() == known.tags.len() && !known.mark.is_empty() {
        return Ok(Reading::Same);
    }
    let mut entries = Vec::new();
    for some in changed.chunks(AT_ONCE) {
        let keys: Vec<_> = some.iter().map(|(key, _)| key.clone()).collect();
        entries.append(&mut fetch(&http, &book.at, &keys).await?);
    }
    let skipped = u32::try_from(changed.len().saturating_sub(entries.len())).unwrap_or(u32::MAX);
    let mark = format!("{}\n{}", book.at, book.tag);
    Ok(Reading::New { mark, entries, same: same.into_iter().map(|(key, _)| key).collect(), skipped })
}

/// See [`crate::test`].
pub(crate) async fn test(ask: &Ask) -> Result<(u32, Vec<String>), Stop> {
    let http = Http::open(ask).await?;
    let book = search(&http).await?;
    let there = list(&http, &book.at).await?;
    let few: Vec<_> = there.iter().take(SHOWN).map(|(key, _)| key.clone()).collect();
    let entries = if few.is_empty() { Vec::new() } else { fetch(&http, &book.at, &few).await? };
    let names = entries.iter().map(|entry| book::name::shown(&entry.contact)).collect();
    Ok((u32::try_from(there.len()).unwrap_or(u32::MAX), names))
}

/// Keys and tags of all that is in a book.
async fn list(http: &Http<'_>, at: &Url) -> Result<Vec<(String, String)>, Stop> {
    let members = http.propfind(at, 1, ask::MEMBERS).await?;
    let mut seen = HashSet::new();
    let mut cards = Vec::new();
    for member in members {
        let Some(url) = http.join(at, &member.href) else { continue };
        let key = url.path().to_owned();
        if !member.props.collection && key != at.path() && seen.insert(key.clone()) {
            cards.push((key, member.props.etag.unwrap_or_default()));
        }
    }
    if cards.len() > http.limits.contacts { Err(SourceWhy::TooLarge.into()) } else { Ok(cards) }
}

/// Some cards. Whatever is gone meanwhile, or is no card, is left out.
async fn fetch(http: &Http<'_>, at: &Url, keys: &[String]) -> Result<Vec<Entry>, Stop> {
    let wanted: HashSet<&str> = keys.iter().map(String::as_str).collect();
    let members = http.report(at, &ask::multiget(keys)).await?;
    let mut entries = Vec::new();
    let mut seen = HashSet::new();
    for member in members {
        let (Some(url), Some(text)) = (http.join(at, &member.href), member.props.card) else { continue };
        let key = url.path().to_owned();
        // Only what was asked for: otherwise one answer could bring any number.
        if !wanted.contains(key.as_str()) || !seen.insert(key.clone()) {
            continue;
        }
        let Some(Ok(card)) = vcard::read(text.as_bytes()).next() else { continue };
        let mut contact = card.contact;
        contact.id = contact_id(http.source, &key);
        contact.favourite = false;
        entries.push(Entry { key, tag: member.props.etag.unwrap_or_default(), contact });
    }
    Ok(entries)
}

/// A book from what is told of it.
fn book_of(http: &Http<'_>, at: &Url, member: &multistatus::Member) -> Option<Book> {
    let props = &member.props;
    let url = http.join(at, &member.href)?;
    let tag = props.ctag.clone().or_else(|| props.sync_token.clone()).unwrap_or_default();
    props.addressbook.then(|| Book { at: url, name: props.name.clone(), tag: tag.replace('\n', " ") })
}
