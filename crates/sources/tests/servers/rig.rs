//! What these tests share.

use std::collections::HashMap;
use std::time::Duration;

use base::Secret;
use model::{Source, SourceId, SourceKind, SourceTrial, SourceWhy};
use sources::{Ask, Entry, Known, Limits, Reading};

/// Short enough for a test, long enough for a busy machine.
pub fn limits() -> Limits {
    Limits { connect: Duration::from_secs(5), answer: Duration::from_secs(10), ..Limits::default() }
}

pub fn ask(kind: SourceKind, address: &str, user: &str, password: &str) -> Ask {
    let source = Source {
        id: SourceId(7),
        kind,
        name: "Book".into(),
        address: address.into(),
        user: user.into(),
        base_dn: testkit::slapd::BASE.into(),
        starttls: false,
        ..Source::default()
    };
    let password = (!password.is_empty()).then(|| Secret::new(password));
    Ask { source, password, limits: limits() }
}

/// What *Test* names.
pub async fn named(ask: &Ask) -> SourceWhy {
    match sources::test(ask).await {
        SourceTrial::Fails(fault) => fault.why,
        other => panic!("{other:?}"),
    }
}

/// Reads, and what is known then.
pub async fn reading(ask: &Ask, known: &mut Known) -> (Vec<Entry>, usize) {
    match sources::read(ask, known).await.expect("reads") {
        Reading::Same => (Vec::new(), known.tags.len()),
        Reading::New { mark, entries, same, .. } => {
            let kept = same.iter().filter_map(|key| known.tags.remove_entry(key));
            let tags: HashMap<_, _> = kept.chain(entries.iter().map(|it| (it.key.clone(), it.tag.clone()))).collect();
            *known = Known { mark, tags };
            (entries, same.len())
        }
    }
}

pub fn names(entries: &[Entry]) -> Vec<String> {
    let mut names: Vec<_> = entries.iter().map(|entry| book::name::shown(&entry.contact)).collect();
    names.sort();
    names
}

/// A certificate for `localhost` and its key, in PEM.
pub fn certificate(name: &str) -> (String, String) {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).expect("a certificate");
    (made.cert.pem(), made.signing_key.serialize_pem())
}
