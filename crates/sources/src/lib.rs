//! Outside address books: contacts that others keep, read over CardDAV and LDAP (SPEC 2 row 15, decision 21).
//!
//! ```text
//! Source, password ─▶ address (pure: where, and may the password go there?)
//!     ├─▶ dav  ask ─▶ http ─▶ multistatus ─▶ book::vcard ─┐
//!     └─▶ ldap message ─▶ talk ─▶ message ─▶ entry ───────┴─▶ Reading: what is new, what stayed
//! ```
//! What to ask and how to read answers is pure; `dav::http` and `ldap::talk` are the hands. Nothing here writes anything: neither at the
//! server nor at home. A server is a stranger: every answer has a limit of bytes, of contacts and of time ([`Limits`]), is read without
//! recursion, and sends us to no other host.

mod address;
mod connect;
mod dav;
mod key;
mod ldap;
mod limits;
mod reading;
mod stop;

use model::{Source, SourceFault, SourceKind, SourceTrial, SourceWhy};

pub use limits::Limits;
pub use reading::{Ask, Entry, Known, Reading};
use stop::Stop;

/// Whether an address book can be asked at all, before anything is sent: address, filter, certificates, and that no password travels
/// where others can read it.
///
/// # Errors
/// What has to be mended.
pub fn check(source: &Source, has_password: bool) -> Result<(), SourceFault> {
    if !source.certificates.is_empty() && sip_io::Trust::with_extra(&source.certificates).is_err() {
        return Err(SourceWhy::BadCertificateFile.into());
    }
    match source.kind {
        SourceKind::CardDav => address::dav(source, has_password).map(drop),
        SourceKind::Ldap => {
            address::ldap(source, has_password)?;
            ldap::filter(source).map(drop)
        }
    }
}

/// Whether both go to the same server over an equally safe way: a password that was kept for one may go to the other.
#[must_use]
pub fn same_server(one: &Source, other: &Source) -> bool {
    one.kind == other.kind
        && match one.kind {
            SourceKind::CardDav => {
                let at = |source| address::dav(source, true).map(|url| url.origin()).ok();
                at(one).is_some() && at(one) == at(other)
            }
            SourceKind::Ldap => {
                let at = |source| address::ldap(source, true).ok();
                at(one).is_some() && at(one) == at(other)
            }
        }
}

/// Reads an address book: what is new since `known`, and what stayed.
///
/// # Errors
/// Why it cannot be read; whatever was read before is as true as it was.
pub async fn read(ask: &Ask, known: &Known) -> Result<Reading, SourceFault> {
    check(&ask.source, ask.password.is_some())?;
    let reading = async {
        match ask.source.kind {
            SourceKind::CardDav => dav::read(ask, known).await,
            SourceKind::Ldap => ldap::read(ask, known).await,
        }
    };
    let outcome = tokio::time::timeout(ask.limits.whole, reading).await.unwrap_or(Err(SourceWhy::TimedOut.into()));
    outcome.map_err(Stop::into_fault)
}

/// Tries an address book, as the form's *Test* does: nothing is kept.
pub async fn test(ask: &Ask) -> SourceTrial {
    if let Err(fault) = check(&ask.source, ask.password.is_some()) {
        return SourceTrial::Fails(fault);
    }
    let trying = async {
        match ask.source.kind {
            SourceKind::CardDav => dav::test(ask).await,
            SourceKind::Ldap => ldap::test(ask).await,
        }
    };
    match tokio::time::timeout(ask.limits.whole, trying).await {
        Ok(Ok((count, names))) => SourceTrial::Works { count, names },
        Ok(Err(Stop::Choose(books))) => SourceTrial::Choose(books),
        Ok(Err(Stop::Fault(fault))) => SourceTrial::Fails(fault),
        Err(_) => SourceTrial::Fails(SourceWhy::TimedOut.into()),
    }
}
