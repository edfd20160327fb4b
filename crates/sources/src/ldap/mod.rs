//! LDAP (RFC 4511): as much of it as reading a telephone book takes. Why not with a crate, says decision 21.

mod ber;
mod entry;
mod filter;
mod message;
mod talk;

use std::collections::{HashMap, HashSet};

use model::{Source, SourceFault, SourceWhy, USUAL_FILTER};

use crate::key::tag;
use crate::reading::{Ask, Entry, Known, Reading};
use crate::stop::Stop;
use message::{Attributes, Op, Outcome};
use talk::Talk;

/// Entries of one page (RFC 2696).
const PAGE: u32 = 500;
/// Names that a test shows.
const SHOWN: usize = 5;

/// The filter as it is sent.
pub(crate) fn filter(source: &Source) -> Result<Vec<u8>, SourceFault> {
    match source.filter.trim() {
        "" => filter::encode(USUAL_FILTER),
        own => filter::encode(own),
    }
}

/// See [`crate::read`]. LDAP has no way to ask for changes that all servers know, so all is read, and what says the same stays.
pub(crate) async fn read(ask: &Ask, known: &Known) -> Result<Reading, Stop> {
    let (entries, skipped) = all(ask).await?;
    let (same, entries): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|entry| known.tags.get(&entry.key) == Some(&entry.tag));
    if entries.is_empty() && same.len() == known.tags.len() && !known.mark.is_empty() {
        return Ok(Reading::Same);
    }
    let same = same.into_iter().map(|entry| entry.key).collect();
    Ok(Reading::New { mark: "read".to_owned(), entries, same, skipped })
}

/// See [`crate::test`].
pub(crate) async fn test(ask: &Ask) -> Result<(u32, Vec<String>), Stop> {
    let (entries, _) = all(ask).await?;
    let names = entries.iter().take(SHOWN).map(|entry| book::name::shown(&entry.contact)).collect();
    Ok((u32::try_from(entries.len()).unwrap_or(u32::MAX), names))
}

/// Every entry that is a contact, and how many were none.
async fn all(ask: &Ask) -> Result<(Vec<Entry>, u32), Stop> {
    let filter = filter(&ask.source)?;
    let mut talk = Talk::open(ask).await?;
    if let Some(password) = &ask.password {
        let id = talk.ask(|id| message::bind(id, ask.source.user.trim(), password.reveal())).await?;
        match talk.answer(id).await?.op {
            Op::BindDone(outcome) => bound(&outcome)?,
            _ => return Err(SourceWhy::NotUnderstood.into()),
        }
    }
    let (mut entries, mut keys, mut skipped, mut cookie) = (Vec::new(), HashSet::new(), 0, Vec::new());
    loop {
        let id = talk.ask(|id| message::search(id, ask.source.base_dn.trim(), &filter, PAGE, &cookie)).await?;
        cookie = loop {
            let answer = talk.answer(id).await?;
            match answer.op {
                Op::Entry { dn, attributes } => match contact(ask, &dn, &attributes) {
                    Some(entry) if keys.insert(entry.key.clone()) => entries.push(entry),
                    Some(_) | None => skipped += 1,
                },
                // To other servers: we go to none but our own.
                Op::Reference => {}
                Op::SearchDone(outcome) => {
                    searched(&outcome)?;
                    break answer.cookie;
                }
                Op::BindDone(_) | Op::Extended(_) | Op::Other => return Err(SourceWhy::NotUnderstood.into()),
            }
            // Also what is skipped has to end some time.
            if entries.len() + skipped as usize > ask.limits.contacts {
                return Err(SourceWhy::TooLarge.into());
            }
        };
        if cookie.is_empty() {
            break;
        }
    }
    talk.close().await;
    tracing::debug!(source.id = %ask.source.id, entries = entries.len(), skipped, "ldap");
    Ok((entries, skipped))
}

fn contact(ask: &Ask, dn: &str, attributes: &Attributes) -> Option<Entry> {
    let (key, contact) = entry::read(ask.source.id, dn, attributes)?;
    Some(Entry { tag: tag(&contact), key, contact })
}

fn bound(outcome: &Outcome) -> Result<(), Stop> {
    match outcome.code {
        0 => Ok(()),
        // Neither the name nor the password is right, or the name is no name.
        32 | 34 | 48 | 49 => Err(fault(SourceWhy::WrongCredentials, outcome)),
        _ => Err(general(outcome)),
    }
}

fn searched(outcome: &Outcome) -> Result<(), Stop> {
    match outcome.code {
        0 => Ok(()),
        32 | 34 => Err(fault(SourceWhy::NoSuchBase, outcome)),
        4 | 11 => Err(fault(SourceWhy::ServerLimit, outcome)),
        18 => Err(fault(SourceWhy::BadFilter, outcome)),
        // Active Directory says so to whoever has not signed in.
        1 => Err(fault(SourceWhy::NotAllowed, outcome)),
        _ => Err(general(outcome)),
    }
}

/// RFC 4511 appendix A.
fn general(outcome: &Outcome) -> Stop {
    let why = match outcome.code {
        3 => SourceWhy::TimedOut,
        8 | 13 | 50 | 53 => SourceWhy::NotAllowed,
        10 => SourceWhy::Elsewhere,
        49 => SourceWhy::WrongCredentials,
        _ => SourceWhy::ServerFailed,
    };
    fault(why, outcome)
}

fn fault(why: SourceWhy, outcome: &Outcome) -> Stop {
    Stop::new(why, &format!("LDAP {} {}", outcome.code, outcome.message))
}

/// Attributes by their name in small letters.
type ByName<'a> = HashMap<String, Vec<&'a [u8]>>;
