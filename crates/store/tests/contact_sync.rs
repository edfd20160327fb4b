//! Contacts that are kept at a team server as well, on real files: what waits, what comes, and where both differ (CT-02, SPEC 3 item 10).

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;

use base::{Chance, WallMs};
use book::number::Region;
use book::sync::{Edit, Held, Judgement, judge};
use model::{Book, Contact, ContactId};
use store::{
    ContactQuery, Dispute, DisputeWhy, FromServer, Kept, ListOrder, Prepared, Standing, Store, SyncFacts, Which,
};

const ME: &str = "https://care.maydan.example u-2107";
const PERSONAL: Book = Book::Personal;

async fn open(dir: &tempfile::TempDir) -> Store {
    Store::open(dir.path()).await.unwrap().store
}

fn contact(id: u128, name: &str) -> Contact {
    Contact { id: ContactId(id), first_name: name.into(), ..Contact::default() }
}

fn prepared(contact: Contact) -> Prepared {
    Prepared::new(contact, Region::UNKNOWN)
}

/// As the server would send it.
fn from(id: u128, change: u64, name: Option<&str>) -> FromServer {
    let contact = name.map(|name| prepared(Contact { change, ..contact(id, name) }));
    FromServer { id: ContactId(id), change, edit: format!("elsewhere.{change}"), contact }
}

async fn take(store: &Store, page: &[FromServer]) {
    let known = page.last().map_or(0, |last| last.change);
    store.take_contacts(ME, PERSONAL, page, known, true, Some(WallMs(7))).await.unwrap();
}

async fn save(store: &Store, id: u128, name: &str) {
    store.save_contact(ME, &prepared(contact(id, name))).await.unwrap();
}

async fn facts(store: &Store) -> SyncFacts {
    store.contact_sync(ME).await.unwrap().expect("it is synchronised")
}

async fn names(store: &Store, which: Which) -> Vec<String> {
    let asked = ContactQuery { text: String::new(), which, order: ListOrder::LatinFirst, offset: 0, limit: 100 };
    store.contacts(ME, &asked).await.unwrap().lines.into_iter().map(|line| line.name).collect()
}

async fn name(store: &Store, id: u128) -> Option<String> {
    store.contact(ME, ContactId(id)).await.unwrap().map(|contact| contact.first_name)
}

async fn acknowledge(store: &Store, change: u64) {
    let edits = store.contact_edits(ME, PERSONAL, 200).await.unwrap();
    let kept: Vec<_> = edits.into_iter().map(|edit| Kept { id: edit.id, edit: edit.edit, change }).collect();
    store.edits_answered(ME, PERSONAL, &kept, &[]).await.unwrap();
}

#[tokio::test]
async fn what_was_kept_before_is_adopted_and_an_account_without_a_server_queues_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    save(&store, 1, "Noor").await;
    save(&store, 2, "Gone").await;
    store.delete_contact(ME, ContactId(2), WallMs(1)).await.unwrap();
    store.save_contact("sip me", &prepared(contact(3, "Elsewhere"))).await.unwrap();
    assert_eq!(store.contact_sync(ME).await.unwrap(), None, "on this computer only");
    store.track_contacts(ME).await.unwrap();
    store.track_contacts(ME).await.unwrap();
    let edits = store.contact_edits(ME, PERSONAL, 200).await.unwrap();
    assert_eq!(edits.len(), 1, "once, and only what is there");
    assert_eq!((edits[0].id, edits[0].base), (ContactId(1), 0));
    assert_eq!(edits[0].contact.as_ref().unwrap().first_name, "Noor");
    assert_eq!(store.contact_sync("sip me").await.unwrap(), None);
    assert!(store.contact_edits("sip me", PERSONAL, 9).await.unwrap().is_empty());
    acknowledge(&store, 4).await;
    assert_eq!((facts(&store).await.personal.waiting, name(&store, 1).await.unwrap().as_str()), (0, "Noor"));
    assert_eq!(store.contact(ME, ContactId(1)).await.unwrap().unwrap().change, 4);
}

#[tokio::test]
async fn an_edit_waits_over_a_restart_and_one_made_meanwhile_goes_on_waiting() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    store.track_contacts(ME).await.unwrap();
    save(&store, 1, "Noor").await;
    store.close().await;
    let store = open(&dir).await;
    let sent = store.contact_edits(ME, PERSONAL, 200).await.unwrap();
    save(&store, 1, "Noor H.").await;
    let kept = Kept { id: sent[0].id, edit: sent[0].edit.clone(), change: 5 };
    store.edits_answered(ME, PERSONAL, &[kept], &[]).await.unwrap();
    let again = store.contact_edits(ME, PERSONAL, 200).await.unwrap();
    assert_eq!((again.len(), again[0].base), (1, 5), "on top of what the server has taken");
    assert_ne!(again[0].edit, sent[0].edit);
    // The answer to the first push was lost instead: its own row comes back, and is known by its tag.
    let own = FromServer { edit: sent[0].edit.clone(), ..from(1, 6, Some("Noor")) };
    take(&store, &[own]).await;
    let again = store.contact_edits(ME, PERSONAL, 200).await.unwrap();
    assert_eq!((again.len(), again[0].base, name(&store, 1).await.unwrap().as_str()), (1, 6, "Noor H."));
}

#[tokio::test]
async fn deletes_travel_both_ways_and_an_undone_one_revives() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    store.track_contacts(ME).await.unwrap();
    take(&store, &[from(1, 1, Some("Noor")), from(2, 2, Some("Rana")), from(9, 3, None)]).await;
    assert_eq!(names(&store, Which::All).await, ["Noor", "Rana"]);
    assert_eq!(facts(&store).await.personal.known, 3);
    take(&store, &[from(2, 4, None)]).await;
    assert_eq!(name(&store, 2).await, None);

    store.delete_contact(ME, ContactId(1), WallMs(10)).await.unwrap();
    assert_eq!(store.contact_edits(ME, PERSONAL, 9).await.unwrap()[0].contact, None);
    acknowledge(&store, 5).await;
    assert!(store.restore_contact(ME, ContactId(1)).await.unwrap());
    let back = store.contact_edits(ME, PERSONAL, 9).await.unwrap();
    assert_eq!((back[0].base, back[0].contact.is_some()), (5, true));
    acknowledge(&store, 6).await;

    store.delete_contact(ME, ContactId(1), WallMs(10)).await.unwrap();
    store.purge_contacts(WallMs(11)).await.unwrap();
    let edits = store.contact_edits(ME, PERSONAL, 9).await.unwrap();
    assert_eq!(
        (edits.len(), edits[0].base, &edits[0].contact),
        (1, 6, &None),
        "the delete waits though the row is gone"
    );
    acknowledge(&store, 7).await;
    assert_eq!(facts(&store).await.personal.waiting, 0);
}

#[tokio::test]
async fn changed_in_two_places_both_are_kept_until_the_agent_decides() {
    for decision in ["Mine", "Theirs", "Both"] {
        let dir = tempfile::tempdir().unwrap();
        let store = open(&dir).await;
        store.track_contacts(ME).await.unwrap();
        take(&store, &[from(1, 1, Some("Noor"))]).await;
        save(&store, 1, "Mine").await;
        take(&store, &[from(1, 2, Some("Theirs"))]).await;
        assert_eq!(name(&store, 1).await.unwrap(), "Mine", "ours stays on screen");
        assert_eq!(names(&store, Which::Open).await, ["Mine"]);
        assert_eq!(store.contact_standing(ME, ContactId(1)).await.unwrap(), Standing::Conflict);
        let Dispute { why, mine, theirs } = store.contact_dispute(ME, ContactId(1)).await.unwrap().unwrap();
        assert_eq!((why, mine.unwrap().first_name.as_str()), (DisputeWhy::Conflict, "Mine"));
        assert_eq!(theirs.unwrap().first_name, "Theirs");
        assert!(store.contact_edits(ME, PERSONAL, 9).await.unwrap().is_empty(), "nothing is sent meanwhile");
        assert!(!store.delete_contact(ME, ContactId(1), WallMs(1)).await.unwrap());
        assert_eq!(names(&store, Which::All).await, ["Mine"], "theirs is in nobody's list");

        let decided = prepared(contact(1, decision));
        assert!(store.resolve_contact(ME, ContactId(1), Some(&decided)).await.unwrap());
        assert_eq!((name(&store, 1).await.unwrap().as_str(), facts(&store).await.personal.conflicts), (decision, 0));
        let edits = store.contact_edits(ME, PERSONAL, 9).await.unwrap();
        if decision == "Theirs" {
            assert!(edits.is_empty());
            assert_eq!(store.contact(ME, ContactId(1)).await.unwrap().unwrap().change, 2);
        } else {
            assert_eq!((edits.len(), edits[0].base), (1, 2));
        }
        assert!(!store.resolve_contact(ME, ContactId(1), None).await.unwrap(), "decided once");
    }
}

#[tokio::test]
async fn deleted_in_one_place_and_changed_in_the_other() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    store.track_contacts(ME).await.unwrap();
    take(&store, &[from(1, 1, Some("One")), from(2, 2, Some("Two")), from(3, 3, Some("Three"))]).await;
    for id in [1, 3] {
        store.delete_contact(ME, ContactId(id), WallMs(1)).await.unwrap();
    }
    store.purge_contacts(WallMs(2)).await.unwrap();
    save(&store, 2, "Two here").await;
    take(&store, &[from(1, 4, Some("One there")), from(2, 5, None), from(3, 6, None)]).await;
    assert_eq!(names(&store, Which::Open).await, ["One there", "Two here"], "both deleted the third");
    let one = store.contact_dispute(ME, ContactId(1)).await.unwrap().unwrap();
    assert_eq!((one.mine.is_none(), one.theirs.unwrap().first_name.as_str()), (true, "One there"));
    let two = store.contact_dispute(ME, ContactId(2)).await.unwrap().unwrap();
    assert_eq!((two.mine.unwrap().first_name.as_str(), two.theirs), ("Two here", None));

    store.resolve_contact(ME, ContactId(1), None).await.unwrap();
    store.resolve_contact(ME, ContactId(2), None).await.unwrap();
    assert_eq!(names(&store, Which::All).await, <[&str; 0]>::default());
    let edits = store.contact_edits(ME, PERSONAL, 9).await.unwrap();
    assert_eq!((edits.len(), edits[0].id, edits[0].base), (1, ContactId(1), 4), "the second is gone there already");
}

#[tokio::test]
async fn what_the_server_does_not_take_is_kept_until_it_is_edited_or_given_up() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    store.track_contacts(ME).await.unwrap();
    save(&store, 1, "Too long").await;
    let edit = store.contact_edits(ME, PERSONAL, 9).await.unwrap().remove(0);
    store.edit_refused(ME, edit.id, "another", "contact-limits", None).await.unwrap();
    assert_eq!(facts(&store).await.personal.waiting, 1, "that was another edit");
    store.edit_refused(ME, edit.id, &edit.edit, "contact-limits", None).await.unwrap();
    let dispute = store.contact_dispute(ME, edit.id).await.unwrap().unwrap();
    assert_eq!((dispute.why, dispute.theirs), (DisputeWhy::Refused("contact-limits".into()), None));
    save(&store, 1, "Short").await;
    let again = store.contact_edits(ME, PERSONAL, 9).await.unwrap().remove(0);
    assert_eq!(facts(&store).await.personal.refused, 0);
    store.edit_refused(ME, again.id, &again.edit, "forbidden", None).await.unwrap();
    store.resolve_contact(ME, again.id, None).await.unwrap();
    assert_eq!((name(&store, 1).await, facts(&store).await.personal.refused), (None, 0));
}

#[tokio::test]
async fn favourites_of_the_company_book_stay_here() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    store.track_contacts(ME).await.unwrap();
    let company = |change, name: &str| {
        let contact = Contact { book: Book::Company, change, ..contact(1, name) };
        FromServer { id: ContactId(1), change, edit: "elsewhere.1".into(), contact: Some(prepared(contact)) }
    };
    store.take_contacts(ME, Book::Company, &[company(1, "Desk")], 1, false, Some(WallMs(7))).await.unwrap();
    assert!(!facts(&store).await.company.writable);
    store.favour_contact(ME, ContactId(1), true).await.unwrap();
    assert_eq!(facts(&store).await.company.waiting, 0);
    store.take_contacts(ME, Book::Company, &[company(2, "Help desk")], 2, false, Some(WallMs(8))).await.unwrap();
    assert_eq!(names(&store, Which::Favourites).await, ["Help desk"]);
    assert_eq!((names(&store, Which::Company).await.len(), names(&store, Which::Personal).await.len()), (1, 0));
    take(&store, &[from(1, 9, Some("Impostor"))]).await;
    assert_eq!(name(&store, 1).await.unwrap(), "Help desk", "a contact stays in its book");
}

#[tokio::test]
async fn after_the_server_was_set_back_nothing_of_ours_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    store.track_contacts(ME).await.unwrap();
    take(&store, &[from(1, 3, Some("Old")), from(2, 9, Some("New"))]).await;
    store.contacts_set_back(ME, PERSONAL, 5).await.unwrap();
    assert_eq!(facts(&store).await.personal.known, 0);
    let edits = store.contact_edits(ME, PERSONAL, 9).await.unwrap();
    assert_eq!((edits.len(), edits[0].id, edits[0].base), (1, ContactId(2), 0), "the server knows the other");
}

/// A server in a few lines, to play with.
#[derive(Default)]
struct Server {
    rows: BTreeMap<u128, (u64, String, Option<Contact>)>,
    change: u64,
}

impl Server {
    async fn exchange(&mut self, store: &Store, answers: bool) {
        let known = facts(store).await.personal.known;
        let mut news: Vec<_> =
            self.rows.iter().filter(|(_, row)| row.0 > known).map(|(id, row)| row_of(*id, row)).collect();
        news.sort_by_key(|row| row.change);
        let last = news.last().map_or(known, |row| row.change);
        store.take_contacts(ME, PERSONAL, &news, last, true, Some(WallMs(1))).await.unwrap();
        let (mut kept, mut conflicts) = (Vec::new(), Vec::new());
        for edit in store.contact_edits(ME, PERSONAL, 200).await.unwrap() {
            let row = self.rows.get(&edit.id.0);
            let held =
                row.map(|(change, tag, contact)| Held { change: *change, deleted: contact.is_none(), edit: tag });
            let wish = Edit { base: edit.base, deleted: edit.contact.is_none(), edit: &edit.edit };
            match (judge(held, wish), row) {
                (Judgement::Disputed, Some(row)) => conflicts.push(row_of(edit.id.0, row)),
                (Judgement::IsSo, Some(row)) => kept.push(Kept { id: edit.id, edit: edit.edit, change: row.0 }),
                _ => {
                    self.change += 1;
                    self.rows.insert(edit.id.0, (self.change, edit.edit.clone(), edit.contact));
                    kept.push(Kept { id: edit.id, edit: edit.edit, change: self.change });
                }
            }
        }
        if answers {
            store.edits_answered(ME, PERSONAL, &kept, &conflicts).await.unwrap();
        }
    }
}

fn row_of(id: u128, (change, edit, contact): &(u64, String, Option<Contact>)) -> FromServer {
    let contact = contact.clone().map(|contact| prepared(Contact { change: *change, ..contact }));
    FromServer { id: ContactId(id), change: *change, edit: edit.clone(), contact }
}

#[tokio::test]
async fn random_histories_of_two_real_stores_converge() {
    for seed in 0..30 {
        let mut chance = Chance::from_number(seed);
        let dirs = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let stores = [open(&dirs[0]).await, open(&dirs[1]).await];
        for store in &stores {
            store.track_contacts(ME).await.unwrap();
        }
        let mut server = Server::default();
        for step in 0..40 {
            let store = &stores[usize::try_from(chance.below(2)).unwrap()];
            let id = u128::from(chance.below(3)) + 1;
            match chance.below(9) {
                0..=2 => save(store, id, &format!("Name {step}")).await,
                3 => drop(store.delete_contact(ME, ContactId(id), WallMs(step)).await.unwrap()),
                4 => drop(store.restore_contact(ME, ContactId(id)).await.unwrap()),
                5 => drop(store.purge_contacts(WallMs(step)).await.unwrap()),
                6 => decide(store, ContactId(id), &mut chance).await,
                7 => server.exchange(store, false).await,
                _ => server.exchange(store, true).await,
            }
        }
        for _ in 0..20 {
            for store in &stores {
                server.exchange(store, true).await;
                for id in 1..=3 {
                    decide(store, ContactId(id), &mut chance).await;
                }
            }
        }
        for store in &stores {
            let at = facts(store).await.personal;
            assert_eq!((at.waiting, at.conflicts, at.refused), (0, 0, 0), "history {seed}");
            for id in 1..=3 {
                let there =
                    server.rows.get(&id).and_then(|row| row.2.as_ref()).map(|contact| contact.first_name.clone());
                assert_eq!(name(store, id).await, there, "history {seed}, contact {id}");
            }
        }
    }
}

async fn decide(store: &Store, id: ContactId, chance: &mut Chance) {
    let Some(Dispute { mine, theirs, .. }) = store.contact_dispute(ME, id).await.unwrap() else { return };
    let decided = if chance.below(2) == 0 { mine } else { theirs };
    let decided = decided.map(prepared);
    store.resolve_contact(ME, id, decided.as_ref()).await.unwrap();
}
