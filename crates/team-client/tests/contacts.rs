//! Address books through the client, against the real server (CT-01, CT-02).

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::time::Duration;

use base::Secret;
use model::{Book, Contact, ContactId};
use team_client::{ContactEdit, PushedContact, StreamItem, TeamClient, TeamEvent, code};
use team_server::{NewUser, RunningServer, ServerConfig, add_user, start};
use tokio::time::timeout;

const DEADLINE: Duration = Duration::from_secs(20);

/// 101 is an administrator, 102 and 103 are not.
async fn server(dir: &tempfile::TempDir) -> RunningServer {
    let config = ServerConfig::in_dir("127.0.0.1:0".parse().unwrap(), dir.path());
    for extension in ["101", "102", "103"] {
        let user = NewUser {
            email: format!("{extension}@example.test"),
            name: extension.into(),
            extension: extension.into(),
            password: Secret::new("Kanarienvogel-7"),
            admin: extension == "101",
        };
        add_user(&config.database_url, user).await.unwrap();
    }
    start(config).await.unwrap()
}

async fn client(server: &RunningServer, extension: &str) -> TeamClient {
    let client = TeamClient::new(&format!("http://{}", server.addr()), None).unwrap();
    client.login(&format!("{extension}@example.test"), &Secret::new("Kanarienvogel-7"), "test").await.unwrap();
    client
}

fn edit(id: u128, base: u64, tag: &str, name: &str) -> ContactEdit {
    let contact = Contact { id: ContactId(id), first_name: name.into(), ..Contact::default() };
    ContactEdit { id: ContactId(id), base, edit: tag.into(), contact: Some(contact) }
}

fn delete(id: u128, base: u64, tag: &str) -> ContactEdit {
    ContactEdit { contact: None, ..edit(id, base, tag, "") }
}

async fn push(client: &TeamClient, book: Book, edit: ContactEdit) -> PushedContact {
    client.push_contacts(book, vec![edit]).await.unwrap().remove(0)
}

async fn names(client: &TeamClient, book: Book) -> Vec<Option<String>> {
    let changes = client.contact_changes(book, 0).await.unwrap().changes;
    changes.into_iter().map(|change| change.contact.map(|contact| contact.first_name)).collect()
}

#[tokio::test]
async fn ct_01_nobody_sees_the_book_of_somebody_else_and_all_see_the_company_s() {
    let dir = tempfile::tempdir().unwrap();
    let server = server(&dir).await;
    let (admin, agent) = (client(&server, "101").await, client(&server, "102").await);
    assert_eq!(push(&agent, Book::Personal, edit(1, 0, "a.1", "Mine")).await, PushedContact::Kept(1));
    assert_eq!(push(&admin, Book::Personal, edit(1, 0, "b.1", "Other")).await, PushedContact::Kept(1), "the same id");
    assert_eq!(names(&agent, Book::Personal).await, [Some("Mine".into())]);
    assert_eq!(names(&admin, Book::Personal).await, [Some("Other".into())]);

    assert_eq!(push(&admin, Book::Company, edit(7, 0, "b.2", "Desk")).await, PushedContact::Kept(1));
    assert_eq!(names(&agent, Book::Company).await, [Some("Desk".into())]);
    let changes = agent.contact_changes(Book::Company, 0).await.unwrap();
    assert!(!changes.writable && admin.contact_changes(Book::Company, 0).await.unwrap().writable);
    match push(&agent, Book::Company, edit(7, 1, "a.2", "Hacked")).await {
        PushedContact::Refused { code, theirs } => {
            assert_eq!(
                (code.as_str(), theirs.unwrap().contact.unwrap().first_name.as_str()),
                (code::FORBIDDEN, "Desk")
            );
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(names(&agent, Book::Company).await, [Some("Desk".into())]);
    server.shutdown().await;
}

#[tokio::test]
async fn an_edit_on_an_older_change_gets_the_newest_and_the_same_again_is_done_once() {
    let dir = tempfile::tempdir().unwrap();
    let server = server(&dir).await;
    let one = client(&server, "102").await;
    let other = client(&server, "102").await;
    assert_eq!(push(&one, Book::Personal, edit(1, 0, "a.1", "First")).await, PushedContact::Kept(1));
    assert_eq!(push(&one, Book::Personal, edit(1, 0, "a.1", "First")).await, PushedContact::Kept(1), "answer lost");
    assert_eq!(push(&other, Book::Personal, edit(1, 1, "b.1", "Second")).await, PushedContact::Kept(2));
    match push(&one, Book::Personal, edit(1, 1, "a.2", "Too late")).await {
        PushedContact::Conflict(theirs) => {
            assert_eq!((theirs.change, theirs.edit.as_str()), (2, "b.1"));
            assert_eq!(theirs.contact.unwrap().first_name, "Second");
        }
        other => panic!("{other:?}"),
    }
    assert!(matches!(push(&one, Book::Personal, delete(1, 1, "a.3")).await, PushedContact::Conflict(_)));
    assert_eq!(push(&one, Book::Personal, delete(1, 2, "a.4")).await, PushedContact::Kept(3));
    assert_eq!(push(&other, Book::Personal, delete(1, 2, "b.2")).await, PushedContact::Kept(3), "gone is gone");
    assert_eq!(names(&one, Book::Personal).await, [None], "whoever was away hears of it");
    assert_eq!(push(&one, Book::Personal, edit(1, 3, "a.5", "Back")).await, PushedContact::Kept(4));
    server.shutdown().await;
}

#[tokio::test]
async fn a_large_book_comes_in_pages_and_goes_in_batches() {
    let dir = tempfile::tempdir().unwrap();
    let server = server(&dir).await;
    let client = client(&server, "102").await;
    for batch in 0..6_u128 {
        let edits = (1..=200).map(|at| edit(batch * 200 + at, 0, &format!("a.{batch}.{at}"), "Somebody")).collect();
        let results = client.push_contacts(Book::Personal, edits).await.unwrap();
        assert!(results.len() == 200 && results.iter().all(|result| matches!(result, PushedContact::Kept(_))));
    }
    let too_many = (1..=201).map(|at| edit(at, 0, "x", "Somebody")).collect();
    assert!(client.push_contacts(Book::Personal, too_many).await.is_err());
    let (mut known, mut pages, mut rows) = (0, 0, 0);
    loop {
        let page = client.contact_changes(Book::Personal, known).await.unwrap();
        (pages, rows) = (pages + 1, rows + page.changes.len());
        assert_eq!(page.left, 1200 - rows as u64);
        assert!(page.changes.is_sorted_by_key(|change| change.change));
        known = page.changes.last().unwrap().change;
        if page.left == 0 {
            assert_eq!(known, page.newest);
            break;
        }
    }
    assert_eq!((pages, rows), (3, 1200));
    // Long ones fill a page, and the answer to a push, before there are many.
    let long = |at: u128, tag: &str| {
        let note = "ن".repeat(20_000);
        let mut edit = edit(5_000 + at, 0, tag, "Long");
        edit.contact.as_mut().unwrap().note = note;
        edit
    };
    for at in 0..20 {
        assert!(matches!(push(&client, Book::Personal, long(at, &format!("l.{at}"))).await, PushedContact::Kept(_)));
    }
    let page = client.contact_changes(Book::Personal, known).await.unwrap();
    assert!(page.left > 0 && page.changes.len() < 20, "{} of 20", page.changes.len());
    let disputed = client.push_contacts(Book::Personal, (0..20).map(|at| long(at, "m")).collect()).await.unwrap();
    assert!(disputed.len() < 20 && disputed.iter().all(|result| matches!(result, PushedContact::Conflict(_))));
    server.shutdown().await;
}

#[tokio::test]
async fn what_is_too_much_is_refused_and_the_rest_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let server = server(&dir).await;
    let client = client(&server, "102").await;
    let mut long = edit(2, 0, "a.2", "Too long");
    long.contact.as_mut().unwrap().note = "x".repeat(20_001);
    let edits = vec![edit(1, 0, "a.1", "Good"), long, edit(3, 0, "a.3", "Good too")];
    let results = client.push_contacts(Book::Personal, edits).await.unwrap();
    assert_eq!((&results[0], &results[2]), (&PushedContact::Kept(1), &PushedContact::Kept(2)));
    assert_eq!(results[1], PushedContact::Refused { code: code::CONTACT_LIMITS.into(), theirs: None });
    assert_eq!(names(&client, Book::Personal).await.len(), 2);
    server.shutdown().await;
}

#[tokio::test]
async fn changes_are_told_to_one_s_own_phones_and_those_of_the_company_to_everybody() {
    let dir = tempfile::tempdir().unwrap();
    let server = server(&dir).await;
    let (admin, agent, other) =
        (client(&server, "101").await, client(&server, "102").await, client(&server, "103").await);
    let mut streams = [admin.events(), agent.events(), other.events()];
    for stream in &mut streams {
        assert!(matches!(next(stream).await, StreamItem::Connected { .. }));
    }
    push(&agent, Book::Personal, edit(1, 0, "a.1", "Mine")).await;
    push(&admin, Book::Company, edit(7, 0, "b.1", "Desk")).await;
    let [admin, agent, other] = &mut streams;
    assert_eq!(contacts(agent).await, (Book::Personal, 1));
    for stream in [admin, agent, other] {
        assert_eq!(contacts(stream).await, (Book::Company, 1), "the next that each hears of");
    }
    server.shutdown().await;
}

async fn next(stream: &mut team_client::EventStream) -> StreamItem {
    timeout(DEADLINE, stream.next()).await.expect("in time").expect("the stream lives")
}

async fn contacts(stream: &mut team_client::EventStream) -> (Book, u64) {
    loop {
        if let StreamItem::Event(TeamEvent::ContactsChanged { book, change }) = next(stream).await {
            return (book, change);
        }
    }
}
