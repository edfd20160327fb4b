//! Outside address books behind the engine's door, with servers that others have written (SPEC 2 row 15).

use std::sync::Arc;

use engine::{
    BookError, ContactLine, ContactQuery, EngineEvent, ListOrder, MemorySecrets, Saved, Secret, Source, SourceKept,
    SourceKind, SourceTrial, SourceView, SourceWhy, Which,
};
use testkit::radicale::{self, Radicale};
use testkit::slapd::{self, Slapd};

use crate::engine_door::{Window, practice};

const PEOPLE: &str = "\
dn: cn=noor,dc=maydan,dc=example
objectClass: inetOrgPerson
cn: noor
givenName: نور
sn: حداد
mobile: +966 50 123 4567
";

fn card(uid: &str, name: &str, number: &str) -> String {
    format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{name}\r\nN:;{name};;;\r\nTEL;TYPE=CELL:{number}\r\nEND:VCARD\r\n"
    )
}

fn dav(server: &Radicale) -> Source {
    Source {
        kind: SourceKind::CardDav,
        name: "عملاء".into(),
        address: server.address(),
        user: radicale::USER.into(),
        ..Source::default()
    }
}

async fn add(window: &Window, source: Source, password: &str) -> Source {
    match window.engine.source_save(source.clone(), Some(Secret::new(password))).await.expect("answers") {
        SourceKept::Kept(id) => Source { id, ..source },
        SourceKept::Refused(fault) => panic!("{fault}"),
    }
}

/// Waits until the first address book stands as wanted.
async fn until(window: &mut Window, what: &str, wanted: impl Fn(&SourceView) -> bool) -> SourceView {
    loop {
        let list = window.engine.sources().await.expect("lists");
        if let Some(view) = list.into_iter().next().filter(|view| !view.reading && wanted(view)) {
            return view;
        }
        window.wait(what, |event| matches!(event, EngineEvent::Sources).then_some(())).await;
    }
}

async fn found(window: &Window, text: &str) -> Vec<ContactLine> {
    let asked =
        ContactQuery { text: text.into(), which: Which::All, order: ListOrder::LatinFirst, offset: 0, limit: 50 };
    window.engine.contacts(&asked).await.expect("searches").lines
}

#[tokio::test]
async fn pain_15_ct_02_a_carddav_book_is_read_found_called_by_name_and_stays_when_the_server_dies() {
    let dir = tempfile::tempdir().expect("a folder");
    let (_server, url) = practice(&dir.path().join("server")).await;
    let mut server = Radicale::start(&[("customers", "Customers")], None);
    server.put("customers/1.vcf", &card("1", "نور حداد", "+966501234567")).await;
    let secrets = Arc::new(MemorySecrets::default());
    let mut window = Window::open(&dir.path().join("a"), secrets.clone());
    window.engine.sign_in_practice(&url, "a").await.expect("lets us in");
    window.wait_registered().await;
    let source = add(&window, dav(&server), radicale::PASSWORD).await;
    let view = until(&mut window, "a first reading", |view| view.read_at.is_some()).await;
    assert_eq!((view.count, &view.fault), (1, &None));
    let lines = found(&window, "noor").await;
    assert_eq!((lines[0].name.as_str(), lines[0].source.as_deref()), ("نور حداد", Some("عملاء")));
    let known = window.engine.contact_of("0501234567").await.expect("asks").expect("is known");
    assert_eq!(known.id, lines[0].id);

    // It is theirs: not edited, not deleted, but copied.
    let (_, can_edit) = window.engine.contact_standing(&known).await.expect("says");
    assert!(!can_edit);
    assert_eq!(window.engine.contact_delete(known.id).await, Err(BookError::NotOurs));
    assert!(matches!(window.engine.contact_save(known.clone()).await, Err(BookError::NotOurs)));
    let copy = window.engine.contact_copy(known.id).await.expect("copies");
    let mut copy = window.engine.contact(copy).await.expect("is there");
    assert_eq!((copy.source, copy.numbers.len()), (None, 1));
    copy.company = "Maydan".into();
    assert!(matches!(window.engine.contact_save(copy).await, Ok(Saved::Kept(_))));

    // The server dies: the error is shown, contacts stay, also after a restart without it.
    server.stop();
    window.engine.source_refresh(source.id).await;
    let view = until(&mut window, "the error", |view| view.fault.is_some()).await;
    assert_eq!(view.fault.map(|fault| fault.why), Some(SourceWhy::Unreachable));
    assert_eq!(view.count, 1);
    window.engine.shutdown().await;
    let mut window = Window::open(&dir.path().join("a"), secrets);
    window.engine.sign_in_practice(&url, "a").await.expect("lets us in");
    window.wait_registered().await;
    assert_eq!(found(&window, "حداد").await.len(), 2, "theirs and our copy");

    // It comes back with changes.
    server.run();
    server.put("customers/2.vcf", &card("2", "Layla", "204")).await;
    server.delete("customers/1.vcf").await;
    window.engine.source_refresh(source.id).await;
    until(&mut window, "a reading", |view| view.fault.is_none()).await;
    let names: Vec<_> = found(&window, "").await.into_iter().map(|line| (line.name, line.source)).collect();
    assert_eq!(names, [("Layla".into(), Some("عملاء".into())), ("نور حداد".into(), None)]);

    window.engine.source_remove(source.id).await.expect("removes");
    assert_eq!(window.engine.sources().await.expect("lists"), []);
    let names: Vec<_> = found(&window, "").await.into_iter().map(|line| line.name).collect();
    assert_eq!(names, ["نور حداد"], "our copy is ours");
    window.engine.shutdown().await;
}

#[tokio::test]
async fn pain_15_an_ldap_book_is_read_at_the_next_sign_in_with_the_kept_password() {
    let dir = tempfile::tempdir().expect("a folder");
    let (_server, url) = practice(&dir.path().join("server")).await;
    let mut server = Slapd::start(PEOPLE, None, "");
    let secrets = Arc::new(MemorySecrets::default());
    let mut window = Window::open(&dir.path().join("a"), secrets.clone());
    window.engine.sign_in_practice(&url, "a").await.expect("lets us in");
    window.wait_registered().await;
    let source = Source {
        kind: SourceKind::Ldap,
        name: "Offices".into(),
        address: server.address(),
        user: slapd::USER.into(),
        base_dn: slapd::BASE.into(),
        ..Source::default()
    };
    let password = || Some(Secret::new(slapd::PASSWORD));
    let trial = window.engine.source_test(source.clone(), password()).await.expect("tries");
    assert_eq!(trial, SourceTrial::Works { count: 1, names: vec!["نور حداد".into()] });
    assert_eq!(window.engine.sources().await.expect("lists"), [], "a test keeps nothing");
    let source = add(&window, source, slapd::PASSWORD).await;
    until(&mut window, "a first reading", |view| view.count == 1).await;

    // The kept password serves the form that is opened again, and goes to no other server.
    assert!(matches!(window.engine.source_test(source.clone(), None).await, Ok(SourceTrial::Works { .. })));
    for elsewhere in [
        Source { address: "ldaps://other.example".into(), ..source.clone() },
        Source { user: "cn=admin,dc=maydan,dc=example".into(), ..source.clone() },
    ] {
        let SourceTrial::Fails(fault) = window.engine.source_test(elsewhere.clone(), None).await.expect("tries") else {
            panic!("the password went elsewhere")
        };
        assert_eq!(fault.why, SourceWhy::NoPassword);
        let kept = window.engine.source_save(elsewhere, None).await.expect("answers");
        assert!(matches!(kept, SourceKept::Refused(fault) if fault.why == SourceWhy::NoPassword));
    }
    window.engine.shutdown().await;

    server.edit("dn: cn=noor,dc=maydan,dc=example\nchangetype: modify\nreplace: sn\nsn: العلي\n");
    let mut window = Window::open(&dir.path().join("a"), secrets);
    window.engine.sign_in_practice(&url, "a").await.expect("lets us in");
    window.wait_registered().await;
    while found(&window, "العلي").await.is_empty() {
        window.wait("what was changed meanwhile", |event| matches!(event, EngineEvent::Contacts).then_some(())).await;
    }
    for file in std::fs::read_dir(dir.path().join("a")).expect("a folder").flatten() {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        let held = bytes.windows(slapd::PASSWORD.len()).any(|some| some == slapd::PASSWORD.as_bytes());
        assert!(!held, "the password stands in {}", file.path().display());
    }
    window.engine.shutdown().await;
}
