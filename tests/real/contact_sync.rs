//! Contacts kept in step: two phones of one person, one of another, and the server between them (CT-01, CT-02, SPEC 3 item 10).

use std::path::Path;
use std::sync::Arc;

use engine::{
    BookError, ContactQuery, ContactsSync, EngineEvent, ListOrder, MemorySecrets, Secret, Session, Standing, SyncPhase,
    Which,
};
use model::{Book, Contact, ContactNumber};
use team_server::{NewUser, RunningServer, ServerConfig};

use crate::engine_door::Window;

const PASSWORD: &str = "Kanarienvogel-7";

/// 101 is an administrator, 102 is not.
async fn server(dir: &Path) -> (RunningServer, String) {
    std::fs::create_dir_all(dir).unwrap();
    let config = ServerConfig::in_dir("127.0.0.1:0".parse().unwrap(), dir);
    for extension in ["101", "102"] {
        let new = NewUser {
            email: format!("{extension}@example.test"),
            name: format!("Agent {extension}"),
            extension: extension.into(),
            password: Secret::new(PASSWORD),
            admin: extension == "101",
        };
        team_server::add_user(&config.database_url, new).await.expect("adds");
    }
    let server = team_server::start(config).await.expect("starts");
    let url = format!("http://{}", server.addr());
    (server, url)
}

async fn again(dir: &Path, url: &str) -> RunningServer {
    let bind = url.strip_prefix("http://").unwrap().parse().unwrap();
    team_server::start(ServerConfig::in_dir(bind, dir)).await.expect("starts again")
}

async fn signed_in(dir: &Path, url: &str, extension: &str) -> Window {
    let window = Window::open(dir, Arc::new(MemorySecrets::default()));
    let email = format!("{extension}@example.test");
    window.engine.sign_in_team(url, &email, Secret::new(PASSWORD), true).await.expect("lets us in");
    window
}

fn contact(name: &str, number: &str) -> Contact {
    let number = ContactNumber { number: number.into(), ..ContactNumber::default() };
    Contact { first_name: name.into(), numbers: vec![number], ..Contact::default() }
}

async fn keep(window: &Window, contact: Contact) -> Contact {
    match window.engine.contact_save(contact).await.expect("answers") {
        engine::Saved::Kept(kept) => *kept,
        engine::Saved::Refused(faults) => panic!("{faults:?}"),
    }
}

async fn names(window: &Window, which: Which) -> Vec<String> {
    let asked = ContactQuery { text: String::new(), which, order: ListOrder::LatinFirst, offset: 0, limit: 50 };
    window.engine.contacts(&asked).await.expect("reads").lines.into_iter().map(|line| line.name).collect()
}

/// Waits until the list is this.
async fn shows(window: &mut Window, which: Which, wanted: &[&str]) {
    while names(window, which).await != wanted {
        window.wait("the list to change", |event| matches!(event, EngineEvent::Contacts).then_some(())).await;
    }
}

/// Waits until the state of synchronising is one that fits.
async fn stands(window: &mut Window, what: &str, fits: impl Fn(&ContactsSync) -> bool) -> ContactsSync {
    loop {
        if let Some(sync) = window.engine.contacts_sync().filter(|sync| fits(sync)) {
            return sync;
        }
        window.wait(what, |event| matches!(event, EngineEvent::ContactsSync(_)).then_some(())).await;
    }
}

fn rested(sync: &ContactsSync) -> bool {
    sync.phase == SyncPhase::Rested && sync.waiting == 0 && sync.synced_at.is_some()
}

#[tokio::test]
async fn ct_01_two_phones_of_one_person_see_the_same_book_and_nobody_else_does() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, url) = server(&dir.path().join("server")).await;
    let mut desk = signed_in(&dir.path().join("desk"), &url, "102").await;
    let mut home = signed_in(&dir.path().join("home"), &url, "102").await;
    let mut admin = signed_in(&dir.path().join("admin"), &url, "101").await;
    for window in [&mut desk, &mut home, &mut admin] {
        stands(window, "in step", rested).await;
    }
    let noor = keep(&desk, contact("نور", "+966 50 111 1111")).await;
    assert_eq!(noor.id.0 >> 76 & 0xf, 7, "made here, as UUIDv7");
    shows(&mut home, Which::All, &["نور"]).await;
    home.engine.contact_favourite(noor.id, true).await.expect("favours");
    shows(&mut desk, Which::Favourites, &["نور"]).await;
    home.engine.contact_delete(noor.id).await.expect("deletes");
    shows(&mut desk, Which::All, &[]).await;
    home.engine.contact_restore(noor.id).await.expect("brings back");
    shows(&mut desk, Which::Personal, &["نور"]).await;

    // The company's book is read by all and changed by administrators.
    let desk_of_help = Contact { book: Book::Company, ..contact("Help Desk", "100") };
    assert_eq!(desk.engine.contact_save(desk_of_help.clone()).await, Err(BookError::NotOurs));
    assert!(stands(&mut admin, "the right", |sync| sync.company_writable).await.company_writable);
    let kept = keep(&admin, desk_of_help).await;
    shows(&mut desk, Which::Company, &["Help Desk"]).await;
    shows(&mut home, Which::All, &["Help Desk", "نور"]).await;
    assert_eq!(names(&admin, Which::Personal).await, <[&str; 0]>::default(), "nobody sees the other's book");
    assert_eq!(desk.engine.contact_delete(kept.id).await, Err(BookError::NotOurs));
    desk.engine.contact_favourite(kept.id, true).await.expect("favourites are one's own");
    admin.engine.contact_delete(kept.id).await.expect("deletes");
    shows(&mut desk, Which::Company, &[]).await;
    for window in [desk, home, admin] {
        window.engine.shutdown().await;
    }
}

#[tokio::test]
async fn ct_02_edits_made_while_the_server_is_gone_are_counted_sent_and_conflicts_are_shown() {
    let dir = tempfile::tempdir().unwrap();
    let server_dir = dir.path().join("server");
    let (first, url) = server(&server_dir).await;
    let mut desk = signed_in(&dir.path().join("desk"), &url, "102").await;
    let mut home = signed_in(&dir.path().join("home"), &url, "102").await;
    stands(&mut desk, "in step", rested).await;
    stands(&mut home, "in step", rested).await;
    let noor = keep(&desk, contact("Noor", "101")).await;
    let rana = keep(&desk, contact("Rana", "102")).await;
    shows(&mut home, Which::All, &["Noor", "Rana"]).await;
    stands(&mut desk, "in step", rested).await;

    drop(first);
    for window in [&mut desk, &mut home] {
        stands(window, "offline", |sync| sync.phase == SyncPhase::Offline).await;
    }
    keep(&desk, Contact { company: "Here".into(), ..noor.clone() }).await;
    desk.engine.contact_delete(rana.id).await.expect("deletes");
    keep(&desk, contact("Salma", "103")).await;
    let waits = stands(&mut desk, "three edits", |sync| sync.waiting == 3).await;
    assert!(waits.synced_at.is_some(), "the time of the copy");
    keep(&home, Contact { company: "There".into(), ..noor.clone() }).await;
    stands(&mut home, "an edit", |sync| sync.waiting == 1).await;

    let _second = again(&server_dir, &url).await;
    // Whoever comes second has the conflict.
    stands(&mut desk, "all sent", |sync| sync.phase == SyncPhase::Rested && sync.waiting == 0).await;
    stands(&mut home, "all sent", |sync| sync.phase == SyncPhase::Rested && sync.waiting == 0).await;
    shows(&mut home, Which::All, &["Noor", "Salma"]).await;
    shows(&mut desk, Which::All, &["Noor", "Salma"]).await;
    let conflicts = |window: &Window| window.engine.contacts_sync().expect("synchronised").conflicts;
    assert_eq!(conflicts(&desk) + conflicts(&home), 1);
    let (mut late, mut early) = if conflicts(&desk) == 1 { (desk, home) } else { (home, desk) };
    assert_eq!(names(&late, Which::Open).await, ["Noor"]);
    let here = late.engine.contact(noor.id).await.expect("reads");
    assert_eq!(late.engine.contact_standing(&here).await, Ok((Standing::Conflict, true)));
    let dispute = late.engine.contact_dispute(noor.id).await.expect("reads").expect("two versions");
    let (mine, theirs) = (dispute.mine.expect("ours"), dispute.theirs.expect("theirs"));
    assert_eq!(theirs.company, early.engine.contact(noor.id).await.expect("reads").company);
    assert_ne!(mine.company, theirs.company, "nothing was written over");

    let both = Contact { company: theirs.company.clone(), job_title: "Buyer".into(), ..mine };
    late.engine.contact_resolve(noor.id, Some(both)).await.expect("decides");
    stands(&mut late, "decided and sent", |sync| sync.conflicts == 0 && rested(sync)).await;
    while early.engine.contact(noor.id).await.expect("reads").job_title != "Buyer" {
        early.wait("the decision", |event| matches!(event, EngineEvent::Contacts).then_some(())).await;
    }
    late.engine.shutdown().await;
    early.engine.shutdown().await;
}

#[tokio::test]
async fn ct_02_the_kept_book_opens_without_the_server_and_what_is_edited_then_is_sent_later() {
    let dir = tempfile::tempdir().unwrap();
    let server_dir = dir.path().join("server");
    let (first, url) = server(&server_dir).await;
    let secrets: Arc<MemorySecrets> = Arc::default();
    let phone = dir.path().join("phone");
    let mut window = Window::open(&phone, secrets.clone());
    window.engine.sign_in_team(&url, "102@example.test", Secret::new(PASSWORD), true).await.expect("lets us in");
    keep(&window, contact("Noor", "101")).await;
    stands(&mut window, "in step", rested).await;
    window.engine.shutdown().await;
    drop(first);

    let mut window = Window::open(&phone, secrets.clone());
    assert!(window.engine.resume_session().await);
    let inside = |event| match event {
        EngineEvent::Session(Session::SignedIn(user)) => Some(user),
        EngineEvent::Snapshot(snapshot) => match snapshot.session {
            Session::SignedIn(user) => Some(user),
            _ => None,
        },
        _ => None,
    };
    let user = window.wait("the kept account", inside).await;
    assert_eq!((user.name.as_str(), user.extension.as_str()), ("Agent 102", "102"));
    let copy = stands(&mut window, "the kept book", |sync| sync.phase == SyncPhase::Offline).await;
    assert!(copy.synced_at.is_some(), "with the time of the copy");
    assert_eq!(names(&window, Which::All).await, ["Noor"]);
    keep(&window, contact("Salma", "103")).await;
    stands(&mut window, "an edit waits", |sync| sync.waiting == 1).await;

    let _second = again(&server_dir, &url).await;
    window.engine.retry_now();
    window.wait_registered().await;
    stands(&mut window, "all sent", rested).await;
    let mut other = signed_in(&dir.path().join("other"), &url, "102").await;
    shows(&mut other, Which::All, &["Noor", "Salma"]).await;
    other.engine.shutdown().await;
    // A session that the server does not know any more is at its end, and so is the book.
    window.engine.sign_out();
    let out = |event| matches!(event, EngineEvent::Session(Session::SignedOut { .. })).then_some(());
    window.wait("signed out", out).await;
    assert!(!window.engine.resume_session().await, "nothing is kept");
    assert_eq!(window.engine.contacts_sync(), None);
    window.engine.shutdown().await;
}

#[tokio::test]
async fn an_import_of_many_is_sent_in_batches_and_comes_to_another_phone_in_pages() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, url) = server(&dir.path().join("server")).await;
    let mut desk = signed_in(&dir.path().join("desk"), &url, "102").await;
    stands(&mut desk, "in step", rested).await;
    let rows: String = (0..1_200).map(|at| format!("Person {at:04};05{at:08}\r\n")).collect();
    let bytes = format!("Name;Mobile\r\n{rows}").into_bytes();
    let preview = desk.engine.contacts_open_file("people.csv", bytes).await.expect("a table");
    let engine::FileKind::Table(look) = preview.kind else { panic!("a table") };
    let wish = engine::ImportWish { file: preview.file, table: Some((look.options, look.mapping)), keep_both: true };
    assert_eq!(desk.engine.contacts_import(wish).await.expect("imports").imported, 1_200);
    let working =
        stands(&mut desk, "under way", |sync| matches!(sync.phase, SyncPhase::Working { total, .. } if total >= 200));
    working.await;
    stands(&mut desk, "all sent", rested).await;

    let mut home = signed_in(&dir.path().join("home"), &url, "102").await;
    stands(&mut home, "all fetched", rested).await;
    let asked =
        ContactQuery { text: String::new(), which: Which::All, order: ListOrder::LatinFirst, offset: 0, limit: 1 };
    assert_eq!(home.engine.contacts(&asked).await.expect("reads").total, 1_200);
    desk.engine.shutdown().await;
    home.engine.shutdown().await;
}

#[tokio::test]
async fn what_is_tried_out_on_this_computer_stays_on_it() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, url) = crate::engine_door::practice(&dir.path().join("server")).await;
    let mut window = Window::open(&dir.path().join("phone"), Arc::new(MemorySecrets::default()));
    window.engine.sign_in_practice(&url, "a").await.expect("lets us in");
    window.wait_registered().await;
    keep(&window, contact("Noor", "101")).await;
    assert_eq!(window.engine.contacts_sync(), None);
    window.engine.shutdown().await;
}
