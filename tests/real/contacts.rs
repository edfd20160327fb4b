//! The address book behind the engine's door (CT-01, CT-02).

use std::sync::Arc;

use engine::{
    BookError, CallFilter, ContactPart, ContactQuery, EngineEvent, ExportFormat, FaultWhy, FileKind, ImportWish,
    ListOrder, MemorySecrets, Saved, SkipWhy, Which,
};
use model::{Contact, ContactNumber};

use crate::engine_door::{Window, practice};

fn contact(name: &str, number: &str) -> Contact {
    let number = ContactNumber { number: number.into(), ..ContactNumber::default() };
    Contact { first_name: name.into(), numbers: vec![number], ..Contact::default() }
}

async fn keep(window: &Window, contact: Contact) -> Contact {
    match window.engine.contact_save(contact).await.expect("answers") {
        Saved::Kept(kept) => *kept,
        Saved::Refused(faults) => panic!("{faults:?}"),
    }
}

async fn names(window: &Window, text: &str) -> Vec<String> {
    let asked =
        ContactQuery { text: text.into(), which: Which::All, order: ListOrder::LatinFirst, offset: 0, limit: 50 };
    let page = window.engine.contacts(&asked).await.expect("searches");
    page.lines.into_iter().map(|line| line.name).collect()
}

#[tokio::test]
async fn ct_02_a_caller_has_the_name_of_the_book_in_the_call_and_in_the_history() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, url) = practice(&dir.path().join("server")).await;
    let mut caller = Window::open(&dir.path().join("a"), Arc::new(MemorySecrets::default()));
    let mut called = Window::open(&dir.path().join("b"), Arc::new(MemorySecrets::default()));
    let us = caller.engine.sign_in_practice(&url, "a").await.expect("lets us in");
    let extension = called.engine.sign_in_practice(&url, "b").await.expect("lets us in").extension;
    caller.wait_registered().await;
    called.wait_registered().await;
    let kept = keep(&called, contact("نور العتيبي", &us.extension)).await;
    assert_eq!(names(&called, "noor otaibi").await, ["نور العتيبي"]);
    assert_eq!(names(&called, &us.extension).await, ["نور العتيبي"]);

    let call = caller.engine.dial(&extension);
    let party = called
        .wait("a call under the book's name", |event| match event {
            EngineEvent::Call(view) if view.party.display_name == "نور العتيبي" => Some(view.party),
            _ => None,
        })
        .await;
    assert_eq!(party.number, us.extension, "the number stays beside it");
    assert_eq!(called.snapshot().await.calls[0].party, party, "also for a window that opens now");

    called.engine.contact_delete(kept.id).await.expect("deletes");
    let unnamed = |event| matches!(event, EngineEvent::Call(view) if view.party.display_name == us.name).then_some(());
    called.wait("the name that it came with", unnamed).await;
    called.engine.contact_restore(kept.id).await.expect("brings back");
    caller.engine.hang_up(call);
    let missed = |event| matches!(event, EngineEvent::History { unseen_missed: 1 }).then_some(());
    called.wait("a missed call", missed).await;
    let page = called.engine.history(CallFilter::All, None, 10).await.expect("reads");
    assert_eq!(page.rows[0].party, party);
    assert_eq!(page.contacts, [Some(kept.id)]);
    caller.engine.shutdown().await;
    called.engine.shutdown().await;

    let mut again = Window::open(&dir.path().join("b"), Arc::new(MemorySecrets::default()));
    again.engine.sign_in_practice(&url, "b").await.expect("lets us in");
    again.wait_registered().await;
    assert_eq!(names(&again, "نور").await, ["نور العتيبي"], "after a restart");
    assert_eq!(again.engine.contact(kept.id).await.expect("reads").numbers, kept.numbers);
    again.engine.shutdown().await;
}

#[tokio::test]
async fn ct_01_the_book_opens_with_the_session_and_says_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, url) = practice(&dir.path().join("server")).await;
    let mut window = Window::open(&dir.path().join("a"), Arc::new(MemorySecrets::default()));
    let refused = window.engine.contact_save(contact("Noor", "101")).await;
    assert_eq!(refused, Err(BookError::SignedOut));
    window.engine.sign_in_practice(&url, "a").await.expect("lets us in");
    window.wait_registered().await;
    match window.engine.contact_save(contact("Noor", "call me")).await {
        Ok(Saved::Refused(faults)) => {
            assert_eq!(
                (faults[0].part, faults[0].place, faults[0].why),
                (ContactPart::Number, 0, FaultWhy::NotANumber)
            );
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(names(&window, "").await, <[&str; 0]>::default());
    window.engine.shutdown().await;
}

#[tokio::test]
async fn a_table_in_windows_1256_is_imported_told_and_exported_again() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, url) = practice(&dir.path().join("server")).await;
    let mut window = Window::open(&dir.path().join("a"), Arc::new(MemorySecrets::default()));
    window.engine.sign_in_practice(&url, "a").await.expect("lets us in");
    window.wait_registered().await;
    keep(&window, contact("Sami", "0502222222")).await;
    // الاسم;الهاتف, then نور, a number that a spreadsheet has rounded, and one who is there already.
    let mut bytes = b"\xC7\xE1\xC7\xD3\xE3;\xC7\xE1\xE5\xC7\xCA\xDD\r\n\xE4\xE6\xD1;0501111111\r\n".to_vec();
    bytes.extend_from_slice(b"Rana;9.66501E+11\r\nSami;0502222222\r\n");
    let preview = window.engine.contacts_open_file("عملاء.csv", bytes).await.expect("a table");
    let FileKind::Table(look) = preview.kind else { panic!("a table") };
    assert_eq!((look.options.charset, look.options.separator), (engine::Charset::Windows1256, b';'));
    assert_eq!((preview.contacts, preview.skipped_count, preview.skipped[0].why), (2, 1, SkipWhy::Rounded));
    assert_eq!(preview.sample[0].display_name, "نور");

    let wish = ImportWish { file: preview.file, table: Some((look.options, look.mapping)), keep_both: false };
    let report = window.engine.contacts_import(wish.clone()).await.expect("imports");
    assert_eq!((report.imported, report.skipped_count), (1, 2));
    let whys: Vec<_> = report.skipped.iter().map(|skipped| (skipped.line, skipped.why)).collect();
    assert_eq!(whys, [(3, SkipWhy::Rounded), (4, SkipWhy::AlreadyThere)]);
    window.wait("progress", |event| matches!(event, EngineEvent::ContactsImport { .. }).then_some(())).await;
    assert_eq!(window.engine.contacts_import(wish).await, Err(BookError::NoSuchFile), "a file is imported once");
    assert_eq!(names(&window, "noor").await, ["نور"]);

    for format in [ExportFormat::Cards, ExportFormat::Table { separator: b',' }] {
        let text = window.engine.contacts_export(format).await.expect("exports");
        let again = window.engine.contacts_open_file("again", text.into_bytes()).await.expect("our own");
        assert_eq!((again.contacts, again.skipped_count), (2, 0), "{format:?}");
    }
    window.engine.contacts_set_region("SA").await.expect("a country");
    assert_eq!(window.engine.contacts_region(), "SA");
    assert_eq!(names(&window, "+966501111111").await, ["نور"]);
    assert_eq!(window.engine.contacts_set_region("nowhere").await, Err(BookError::NoSuchRegion));
    window.engine.shutdown().await;
}
