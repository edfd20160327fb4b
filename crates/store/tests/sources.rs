//! Outside address books on a real file (SPEC 2 row 15).

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use base::WallMs;
use book::number::Region;
use model::{Contact, ContactId, ContactNumber, Source, SourceFault, SourceId, SourceKind, SourceWhy};
use store::{ContactQuery, ListOrder, Prepared, SourceNews, Store, Which};

const ME: &str = "care.maydan.example u-2107";
const ID: SourceId = SourceId(7);

fn source(id: SourceId, name: &str) -> Source {
    Source { id, kind: SourceKind::Ldap, name: name.into(), address: "ldaps://x".into(), ..Source::default() }
}

fn contact(id: u128, name: &str, number: &str) -> Contact {
    let number = ContactNumber { number: number.into(), ..ContactNumber::default() };
    Contact { id: ContactId(id), first_name: name.into(), numbers: vec![number], ..Contact::default() }
}

fn news(mark: &str, entries: &[(&str, &str, Contact)], same: &[&str]) -> SourceNews {
    let entry = |(key, tag, contact): &(&str, &str, Contact)| {
        (key.to_string(), tag.to_string(), Prepared::new(contact.clone(), Region::SA))
    };
    let same = same.iter().map(|key| key.to_string()).collect();
    SourceNews { mark: mark.into(), entries: entries.iter().map(entry).collect(), same }
}

async fn open(dir: &tempfile::TempDir) -> Store {
    Store::open(dir.path()).await.unwrap().store
}

/// Names with the address books that they come from.
async fn found(store: &Store, text: &str, which: Which) -> Vec<(String, Option<String>)> {
    let asked = ContactQuery { text: text.into(), which, order: ListOrder::LatinFirst, offset: 0, limit: 10 };
    let page = store.contacts(ME, &asked).await.unwrap();
    page.lines.into_iter().map(|line| (line.name, line.source)).collect()
}

fn from(name: &str) -> (String, Option<String>) {
    (name.into(), Some("Offices".into()))
}

#[tokio::test]
async fn pain_15_contacts_of_an_outside_book_are_found_listed_and_recognised_and_go_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    store.save_source(ME, &source(ID, "Offices")).await.unwrap();
    let read = news("1", &[("a", "1", contact(1, "نور", "0501234567")), ("b", "1", contact(2, "Layla", "204"))], &[]);
    assert!(store.take_source(ME, ID, Some(&read), WallMs(5)).await.unwrap());
    assert_eq!(found(&store, "noor", Which::All).await, [from("نور")]);
    assert_eq!(found(&store, "", Which::All).await, [from("Layla"), from("نور")]);
    assert_eq!(found(&store, "", Which::Personal).await, [], "it is nobody's own book");
    let known = store.who_is(ME, "+966501234567", Region::SA).await.unwrap().unwrap();
    assert_eq!((known.id, known.name.as_str()), (ContactId(1), "نور"));
    assert_eq!(store.contact(ME, ContactId(1)).await.unwrap().unwrap().source, Some(ID));
    let rows = store.sources(ME).await.unwrap();
    assert_eq!((rows[0].count, rows[0].read_at, &rows[0].fault), (2, Some(WallMs(5)), &None));
    assert_eq!(store.sources("somebody else").await.unwrap(), []);

    // A contact of one's own with the same number comes first.
    store.save_contact(ME, &Prepared::new(contact(9, "Zain", "0501234567"), Region::SA)).await.unwrap();
    assert_eq!(store.who_is(ME, "0501234567", Region::SA).await.unwrap().unwrap().name, "Zain");

    assert!(store.remove_source(ME, ID).await.unwrap());
    assert!(!store.remove_source(ME, ID).await.unwrap());
    assert_eq!(found(&store, "", Which::All).await, [("Zain".into(), None)]);
    assert_eq!(found(&store, "noor", Which::All).await, []);
    assert!(!store.take_source(ME, ID, Some(&read), WallMs(6)).await.unwrap(), "what comes too late is left out");
    assert_eq!(found(&store, "noor", Which::All).await, []);
}

#[tokio::test]
async fn pain_15_what_changed_is_changed_what_is_gone_is_gone_and_favourites_stay() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    store.save_source(ME, &source(ID, "Offices")).await.unwrap();
    let three = [
        ("a", "1", contact(1, "Adel", "201")),
        ("b", "1", contact(2, "Badr", "202")),
        ("c", "1", contact(3, "Celine", "203")),
    ];
    store.take_source(ME, ID, Some(&news("1", &three, &[])), WallMs(5)).await.unwrap();
    assert!(store.favour_contact(ME, ContactId(1), true).await.unwrap());
    let (mark, tags) = store.source_known(ID).await.unwrap();
    assert_eq!((mark.as_str(), tags.len(), tags["b"].as_str()), ("1", 3, "1"));
    let next = news("2", &[("a", "2", contact(1, "Adel Haddad", "201"))], &["c"]);
    store.take_source(ME, ID, Some(&next), WallMs(6)).await.unwrap();
    assert_eq!(found(&store, "", Which::All).await, [from("Adel Haddad"), from("Celine")]);
    assert_eq!(found(&store, "badr", Which::All).await, []);
    assert_eq!(found(&store, "", Which::Favourites).await, [from("Adel Haddad")]);
    let (mark, tags) = store.source_known(ID).await.unwrap();
    assert_eq!((mark.as_str(), tags.len(), tags["a"].as_str()), ("2", 2, "2"));
    // Nothing of it waits for a server.
    assert_eq!(store.contact_sync(ME).await.unwrap(), None);
}

#[tokio::test]
async fn pain_15_a_fault_is_kept_and_contacts_stay() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    store.save_source(ME, &source(ID, "Offices")).await.unwrap();
    store.take_source(ME, ID, Some(&news("1", &[("a", "1", contact(1, "نور", "204"))], &[])), WallMs(5)).await.unwrap();
    let fault = SourceFault::new(SourceWhy::Unreachable, "connection refused");
    store.source_failed(ME, ID, &fault).await.unwrap();
    store.close().await;
    let store = open(&dir).await;
    let rows = store.sources(ME).await.unwrap();
    assert_eq!((rows[0].count, rows[0].read_at, rows[0].fault.as_ref()), (1, Some(WallMs(5)), Some(&fault)));
    assert_eq!(found(&store, "نور", Which::All).await, [from("نور")]);
    store.take_source(ME, ID, None, WallMs(9)).await.unwrap();
    let rows = store.sources(ME).await.unwrap();
    assert_eq!((rows[0].count, rows[0].read_at, &rows[0].fault), (1, Some(WallMs(9)), &None));
    assert_eq!(store.source_known(ID).await.unwrap().0, "1");

    // Another name is no reason to read all of it again; another place is.
    store.save_source(ME, &source(ID, "Branches")).await.unwrap();
    assert_eq!(store.source_known(ID).await.unwrap().0, "1");
    store.save_source(ME, &Source { base_dn: "dc=x".into(), ..source(ID, "Branches") }).await.unwrap();
    assert_eq!(store.source_known(ID).await.unwrap().0, "");
    assert_eq!(found(&store, "", Which::All).await, [("نور".into(), Some("Branches".into()))]);
}
