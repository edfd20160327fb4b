//! The address book on a real file (CT-01, CT-02, SPEC 3 item 5).

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeSet;

use base::WallMs;
use book::fold::{query, search_words};
use book::number::Region;
use model::{Book, Contact, ContactField, ContactId, ContactNumber, NumberKind};
use store::{Added, ContactQuery, ContactsPage, ListOrder, MOST_FOUND, Prepared, Store, Which};

const ME: &str = "care.maydan.example u-2107";

async fn open(dir: &tempfile::TempDir) -> Store {
    Store::open(dir.path()).await.unwrap().store
}

fn number(number: &str, kind: NumberKind) -> ContactNumber {
    ContactNumber { number: number.into(), kind, label: String::new(), primary: false }
}

fn contact(id: u128, name: &str, numbers: &[&str]) -> Contact {
    let numbers = numbers.iter().map(|n| number(n, NumberKind::Mobile)).collect();
    Contact { id: ContactId(id), first_name: name.into(), numbers, ..Contact::default() }
}

fn full() -> Contact {
    Contact {
        id: ContactId(0xfeed),
        book: Book::Personal,
        first_name: "خالد".into(),
        last_name: "الأمين".into(),
        display_name: String::new(),
        company: "Maydan Retail".into(),
        job_title: "Purchasing manager".into(),
        numbers: vec![
            ContactNumber { label: "Summer office".into(), ..number("+966 11 000 0142", NumberKind::Work) },
            ContactNumber { primary: true, ..number("050 000 0142", NumberKind::Mobile) },
        ],
        emails: vec!["khaled@maydan.example".into(), "k@maydan.example".into()],
        sip_addresses: vec!["khaled@pbx.example".into()],
        groups: vec!["VIP".into(), "جملة".into()],
        fields: vec![ContactField { name: "Branch".into(), value: "Riyadh".into() }],
        note: "Prefers calls after ten.\nAlways ask for the order number.".into(),
        favourite: true,
        change: 4,
        version: 1,
        updated_at: WallMs(1_700_000_000_000),
        source: None,
    }
}

async fn keep(store: &Store, contacts: &[Contact]) {
    let mut import = store.import_contacts(ME).await.unwrap();
    let prepared: Vec<Prepared> = contacts.iter().map(|it| Prepared::new(it.clone(), Region::SA)).collect();
    import.add_again(&prepared).await.unwrap();
    import.finish().await.unwrap();
}

fn asked(text: &str) -> ContactQuery {
    ContactQuery { text: text.into(), which: Which::All, order: ListOrder::LatinFirst, offset: 0, limit: 100 }
}

async fn names(store: &Store, text: &str) -> Vec<String> {
    named(&store.contacts(ME, &asked(text)).await.unwrap())
}

fn named(page: &ContactsPage) -> Vec<String> {
    page.lines.iter().map(|line| line.name.clone()).collect()
}

#[tokio::test]
async fn ct_01_a_contact_is_created_changed_and_read_back_whole() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    let kept = store.save_contact(ME, &Prepared::new(full(), Region::SA)).await.unwrap();
    assert_eq!(kept, full());
    assert_eq!(store.contact(ME, full().id).await.unwrap(), Some(full()));

    let changed =
        Contact { last_name: "Al-Amin".into(), numbers: Vec::new(), groups: vec!["Wholesale".into()], ..full() };
    let kept = store.save_contact(ME, &Prepared::new(changed.clone(), Region::SA)).await.unwrap();
    assert_eq!(kept, Contact { version: 2, ..changed });
    assert_eq!(store.contact(ME, full().id).await.unwrap(), Some(kept.clone()));
    assert_eq!(store.all_contacts(ME).await.unwrap(), [kept]);
    assert_eq!(names(&store, "0142").await, <[&str; 0]>::default(), "its numbers are gone from the search");
    assert_eq!(store.who_is(ME, "+966500000142", Region::SA).await.unwrap(), None);

    drop(store);
    let store = open(&dir).await;
    assert_eq!(names(&store, "amin").await, ["خالد Al-Amin"], "after a restart");
}

#[tokio::test]
async fn ct_01_a_delete_can_be_undone_until_it_is_final() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    store.save_contact(ME, &Prepared::new(full(), Region::SA)).await.unwrap();
    assert!(store.delete_contact(ME, full().id, WallMs(1_000)).await.unwrap());
    assert!(!store.delete_contact(ME, full().id, WallMs(1_001)).await.unwrap(), "twice");
    assert_eq!(store.contact(ME, full().id).await.unwrap(), None);
    assert_eq!(names(&store, "").await, <[&str; 0]>::default());
    assert_eq!(names(&store, "khaled").await, <[&str; 0]>::default());
    assert_eq!(store.who_is(ME, "0500000142", Region::SA).await.unwrap(), None);

    assert!(store.restore_contact(ME, full().id).await.unwrap());
    assert_eq!(names(&store, "khaled").await, ["خالد الأمين"]);

    store.delete_contact(ME, full().id, WallMs(2_000)).await.unwrap();
    assert_eq!(store.purge_contacts(WallMs(1_999)).await.unwrap(), 0, "still to be undone");
    assert_eq!(store.purge_contacts(WallMs(2_000)).await.unwrap(), 1);
    assert!(!store.restore_contact(ME, full().id).await.unwrap());
    store.save_contact(ME, &Prepared::new(contact(9, "Noor", &[]), Region::SA)).await.unwrap();
    assert_eq!(names(&store, "khaled").await, <[&str; 0]>::default(), "a new row does not inherit words of an old one");
}

#[tokio::test]
async fn each_account_has_its_own_book() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    store.save_contact(ME, &Prepared::new(full(), Region::SA)).await.unwrap();
    let other = "practice u-1";
    assert_eq!(store.contact(other, full().id).await.unwrap(), None);
    assert_eq!(store.contacts(other, &asked("")).await.unwrap().total, 0);
    assert_eq!(store.contacts(other, &asked("khaled")).await.unwrap().total, 0);
    assert_eq!(store.who_is(other, "0500000142", Region::SA).await.unwrap(), None);
    assert!(!store.favour_contact(other, full().id, false).await.unwrap());
    assert!(!store.delete_contact(other, full().id, WallMs(1)).await.unwrap());
}

#[tokio::test]
async fn the_list_is_sorted_by_script_and_letter_and_comes_in_pages() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    let people = ["Zaki", "الحربي", "Éva", "إبراهيم", "adam", "آمال", "+966 1", "بركات"];
    keep(&store, &(1..).zip(people).map(|(id, name)| contact(id, name, &[])).collect::<Vec<_>>()).await;
    let latin = ["adam", "Éva", "Zaki", "إبراهيم", "آمال", "بركات", "الحربي", "+966 1"];
    let page = store.contacts(ME, &asked("")).await.unwrap();
    assert_eq!(named(&page), latin);
    let letters: Vec<_> = page.letters.iter().map(|letter| (letter.letter.as_str(), letter.count)).collect();
    assert_eq!(letters, [("A", 1), ("E", 1), ("Z", 1), ("أ", 2), ("ب", 1), ("ح", 1), ("#", 1)]);
    let arabic = ContactQuery { order: ListOrder::ArabicFirst, offset: 2, limit: 3, ..asked("") };
    let page = store.contacts(ME, &arabic).await.unwrap();
    assert_eq!(named(&page), ["بركات", "الحربي", "adam"]);
    assert_eq!((page.total, page.letters.len()), (8, 0));
}

#[tokio::test]
async fn favourites_can_be_looked_at_alone() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    keep(&store, &[contact(1, "Noor", &[]), contact(2, "Sami", &[]), contact(3, "Nora", &[])]).await;
    assert!(store.favour_contact(ME, ContactId(3), true).await.unwrap());
    let favourites = |text| ContactQuery { which: Which::Favourites, ..asked(text) };
    let page = store.contacts(ME, &favourites("")).await.unwrap();
    assert_eq!((named(&page), page.total, page.letters.len()), (vec!["Nora".to_owned()], 1, 1));
    assert_eq!(store.contacts(ME, &favourites("no")).await.unwrap().total, 1);
    assert!(!store.favour_contact(ME, ContactId(99), true).await.unwrap());
}

#[tokio::test]
async fn spec_3_item_5_names_are_found_in_both_scripts_and_numbers_in_any_form() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    keep(
        &store,
        &[
            contact(1, "محمد العتيبي", &["+966501234567"]),
            contact(2, "Mohammed Haddad", &["0119876543"]),
            contact(3, "نور", &["101"]),
            contact(4, "Grace Whitfield", &["+44 20 7946 0958"]),
        ],
    )
    .await;
    for (text, found) in [
        ("محمد", &["محمد العتيبي", "Mohammed Haddad"][..]),
        ("mohamed", &["Mohammed Haddad", "محمد العتيبي"]),
        ("otaibi", &["محمد العتيبي"]),
        ("مُحَمَّد الـعتيبى", &["محمد العتيبي"]),
        ("noor", &["نور"]),
        ("nour", &["نور"]),
        ("whit", &["Grace Whitfield"]),
        ("٠٥٠١٢٣", &["محمد العتيبي"]),
        ("050 123-45", &["محمد العتيبي"]),
        ("00966501234567", &["محمد العتيبي"]),
        ("4567", &["محمد العتيبي"]),
        ("۱۰۱", &["نور"]),
        ("grace 7946", &["Grace Whitfield"]),
        ("\" OR 1", &[]),
        ("؟؟؟", &[]),
    ] {
        let mut names = names(&store, text).await;
        if text == "mohamed" || text == "محمد" {
            names.sort();
            let mut found = found.to_vec();
            found.sort_unstable();
            assert_eq!(names, found, "{text:?}");
        } else {
            assert_eq!(names, found, "{text:?}");
        }
    }
    assert_eq!(names(&store, "mohamm").await[0], "Mohammed Haddad", "what is spelled alike comes first");
}

#[tokio::test]
async fn spec_2_row_14_who_calls_is_found_by_any_form_of_the_number() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    let sip = Contact { sip_addresses: vec!["sami@pbx.example".into()], ..contact(6, "Sami", &[]) };
    keep(
        &store,
        &[
            contact(1, "نور", &["050 123 4567"]),
            contact(2, "Extension", &["101"]),
            contact(3, "Office", &["+966 11 000 0142"]),
            contact(4, "Ali", &["2345678"]),
            contact(5, "Veli", &["12345678"]),
            sip,
        ],
    )
    .await;
    let who = async |number: &str, region| store.who_is(ME, number, region).await.unwrap().map(|known| known.name);
    for number in
        ["+966501234567", "00966501234567", "0501234567", "٠٥٠١٢٣٤٥٦٧", "501234567", "sip:+966501234567@gw.example"]
    {
        assert_eq!(who(number, Region::SA).await.as_deref(), Some("نور"), "{number}");
    }
    assert_eq!(who("101", Region::SA).await.as_deref(), Some("Extension"));
    assert_eq!(who("1101", Region::SA).await, None);
    assert_eq!(who("sip:sami@PBX.example", Region::SA).await.as_deref(), Some("Sami"));
    assert_eq!(who("+971501234567", Region::SA).await, None, "the same digits in another country");
    assert_eq!(who("", Region::SA).await, None);
    assert_eq!(who("anonymous", Region::SA).await, None);

    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    let mut import = store.import_contacts(ME).await.unwrap();
    for contact in
        [contact(1, "نور", &["050 123 4567"]), contact(2, "Sami", &["101"]), contact(3, "Grace", &["+442079460958"])]
    {
        import.add(&[Prepared::new(contact, Region::UNKNOWN)]).await.unwrap();
    }
    import.finish().await.unwrap();
    let who = async |number: &str| store.who_is(ME, number, Region::UNKNOWN).await.unwrap().map(|known| known.name);
    assert_eq!(who("101").await.as_deref(), Some("Sami"), "nobody has said where we are");
    assert_eq!(who("00442079460958").await.as_deref(), Some("Grace"), "00 means nothing then, but it ends alike");
    assert_eq!(who("+44 20 7946 0958").await.as_deref(), Some("Grace"));
    assert_eq!(who("+966501234567").await.as_deref(), Some("نور"), "it ends alike");
}

#[tokio::test]
async fn of_several_with_a_number_a_favourite_is_named_and_of_several_likely_ones_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    keep(&store, &[contact(1, "Anna", &["+966110000142"]), contact(2, "Berta", &["0110000142"])]).await;
    let who = async |number: &str| store.who_is(ME, number, Region::SA).await.unwrap().map(|known| known.name);
    assert_eq!(who("+966110000142").await.as_deref(), Some("Anna"));
    store.favour_contact(ME, ContactId(2), true).await.unwrap();
    assert_eq!(who("+966110000142").await.as_deref(), Some("Berta"));
    keep(&store, &[contact(3, "Carl", &["+966110000177 ext. 1"]), contact(4, "Dora", &["+966110000177 ext. 2"])]).await;
    assert_eq!(who("+966110000177").await, None);
}

#[tokio::test]
async fn a_new_region_finds_what_the_old_one_did_not() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    store.save_contact(ME, &Prepared::new(contact(1, "Noor", &["0501234567"]), Region::UNKNOWN)).await.unwrap();
    assert_eq!(names(&store, "966501").await, <[&str; 0]>::default());
    store.reindex_contacts(ME, Region::SA).await.unwrap();
    assert_eq!(names(&store, "966501").await, ["Noor"]);
    assert!(store.who_is(ME, "00966501234567", Region::SA).await.unwrap().is_some());
}

#[tokio::test]
async fn an_import_adds_nobody_twice_and_leaves_nothing_when_it_is_dropped() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    let noor = |id| Prepared::new(contact(id, "Noor", &["0501234567", "101"]), Region::SA);
    let mut import = store.import_contacts(ME).await.unwrap();
    assert_eq!(import.add(&[noor(1)]).await.unwrap(), [Added::Yes]);
    drop(import);
    assert_eq!(store.contacts(ME, &asked("")).await.unwrap().total, 0);

    let mut import = store.import_contacts(ME).await.unwrap();
    assert_eq!(import.add(&[noor(1)]).await.unwrap(), [Added::Yes]);
    assert_eq!(import.add(&[noor(2)]).await.unwrap(), [Added::AlreadyThere]);
    assert_eq!(store.contacts(ME, &asked("")).await.unwrap().total, 0, "reading goes on meanwhile");
    assert_eq!(
        import.add(&[Prepared::new(contact(3, "Noor", &["0509999999"]), Region::SA)]).await.unwrap(),
        [Added::Yes]
    );
    assert_eq!(import.add(&[Prepared::new(contact(4, "Sami", &[]), Region::SA)]).await.unwrap(), [Added::Yes]);
    assert_eq!(import.add(&[Prepared::new(contact(5, "sami", &[]), Region::SA)]).await.unwrap(), [Added::AlreadyThere]);
    import.add_again(&[noor(6)]).await.unwrap();
    import.finish().await.unwrap();
    assert_eq!(names(&store, "").await, ["Noor", "Noor", "Noor", "Sami"]);
}

/// CT-02: what the database finds among 50,000 is what the same question finds in memory.
#[tokio::test]
async fn ct_02_fifty_thousand_contacts_are_searched_rightly() {
    const FIRST: [&str; 7] = ["Khaled", "محمد", "نورة", "Grace", "عبدالعزيز", "Jürgen", "Mohammed"];
    const LAST: [&str; 5] = ["Al-Amin", "العتيبي", "Whitfield", "القحطاني", "El Sayed"];
    let pick = |list: &[&str], at: u32| list[at as usize % list.len()].to_owned();
    let people: Vec<Contact> = (0..50_000_u32)
        .map(|at| Contact {
            last_name: format!("{} {at}", pick(&LAST, at / 7)),
            ..contact(u128::from(at) + 1, &pick(&FIRST, at), &[&format!("05{:08}", u64::from(at) * 1871 % 99_999_989)])
        })
        .collect();
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    keep(&store, &people).await;
    let page = store.contacts(ME, &ContactQuery { offset: 49_990, ..asked("") }).await.unwrap();
    assert_eq!((page.total, page.lines.len()), (50_000, 10));
    let indexed: Vec<_> = people.iter().map(|contact| (contact.id, search_words(contact, Region::SA))).collect();
    for text in ["mohamed otaibi", "نورة 123", "gra", "0551234", "whitfield 49999", "m", "م"] {
        let meant = query(text);
        let expected: BTreeSet<ContactId> =
            indexed.iter().filter(|(_, words)| meant.hit(words).is_some()).map(|(id, _)| *id).collect();
        let shown = expected.len().min(MOST_FOUND as usize);
        let mut found = BTreeSet::new();
        let mut offset = 0;
        loop {
            let page = store.contacts(ME, &ContactQuery { offset, limit: 500, ..asked(text) }).await.unwrap();
            assert_eq!((page.total as usize, page.more), (shown, expected.len() > shown), "{text:?}");
            offset += 500;
            found.extend(page.lines.into_iter().map(|line| line.id));
            if offset >= page.total {
                break;
            }
        }
        assert_eq!(found.len(), shown, "{text:?}: nobody stands there twice");
        assert!(found.is_subset(&expected), "{text:?}");
    }
}

/// CT-02: what is found stands in the order of the book, in either script, and what is spelled alike before what sounds alike.
#[tokio::test]
async fn ct_02_what_is_found_is_sorted() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    let latin = ["Customer 10", "Customer 2", "Customer Adam", "Customer Zaki", "Nadia", "Noor"];
    let people: Vec<Contact> = latin
        .into_iter()
        .chain(["نور", "عميل"])
        .rev()
        .zip(1..)
        .map(|(name, id)| contact(id, name, &["0501"]))
        .collect();
    keep(&store, &people).await;
    assert_eq!(names(&store, "custom").await, latin[..4]);
    assert_eq!(names(&store, "noor").await, ["Noor", "نور"]);
    assert_eq!(names(&store, "0501").await[..2], latin[..2]);
    let arabic = ContactQuery { order: ListOrder::ArabicFirst, ..asked("0501") };
    assert_eq!(named(&store.contacts(ME, &arabic).await.unwrap())[..3], ["عميل", "نور", "Customer 10"]);
    let renamed = Contact { first_name: "Aaron".into(), ..people[0].clone() };
    store.save_contact(ME, &Prepared::new(renamed, Region::SA)).await.unwrap();
    assert_eq!(names(&store, "0501").await[0], "Aaron");
    assert_eq!(names(&store, "عميل").await, <[&str; 0]>::default(), "not under the name of before");
}

/// The head of the list is counted while contacts come, move and go.
#[tokio::test]
async fn letters_are_counted_through_every_change() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir).await;
    let letters = async || {
        let page = store.contacts(ME, &asked("")).await.unwrap();
        assert_eq!(page.total as usize, page.lines.len());
        page.letters.iter().map(|letter| format!("{}{}", letter.letter, letter.count)).collect::<Vec<_>>().join(" ")
    };
    keep(&store, &[contact(1, "Adam", &[]), contact(2, "Anna", &[]), contact(3, "نور", &[])]).await;
    assert_eq!(letters().await, "A2 ن1");
    store.save_contact(ME, &Prepared::new(contact(2, "Berta", &[]), Region::SA)).await.unwrap();
    assert_eq!(letters().await, "A1 B1 ن1");
    store.delete_contact(ME, ContactId(1), WallMs(5)).await.unwrap();
    assert_eq!(letters().await, "B1 ن1");
    store.restore_contact(ME, ContactId(1)).await.unwrap();
    store.delete_contact(ME, ContactId(3), WallMs(5)).await.unwrap();
    store.purge_contacts(WallMs(6)).await.unwrap();
    assert_eq!(letters().await, "A1 B1");
}
