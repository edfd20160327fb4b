//! The store on a real file.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

use base::{AccountId, CodecKind, WallMs};
use book::number::Region;
use model::{
    CallRecord, CallTransfer, Contact, ContactId, ContactNumber, Direction, EndReason, Fault, FaultCause, FaultySide,
    Party, Passport, WayPassport,
};
use sqlx::Connection as _;
use store::{CallFilter, CallQuery, Opened, Prepared, Store, StoreError};

fn call(started: i64, reason: EndReason) -> CallRecord {
    CallRecord {
        id: 0,
        account: AccountId(1),
        direction: Direction::Incoming,
        party: Party { number: "102".into(), display_name: "خالد الأمين".into() },
        started_at: WallMs(started),
        answered_at: (reason == EndReason::RemoteHangUp).then_some(WallMs(started + 4_000)),
        ended_at: WallMs(started + 60_000),
        reason,
        sip_code: Some(487),
        unseen: reason == EndReason::Missed,
        note: String::new(),
        quality: None,
        transfer: None,
    }
}

/// Every field another number, so that no two can be mixed up.
fn passport() -> Passport {
    let way = |from: u32| WayPassport {
        codec: Some(CodecKind::G722),
        packets: u64::from(from),
        lost: u64::from(from) + 1,
        mos_hundredths: Some(from + 2),
        mos_least_hundredths: Some(from + 3),
        jitter_ms: Some(from + 4),
        jitter_most_ms: Some(from + 5),
    };
    Passport {
        seconds: 1,
        heard: way(10),
        spoken: WayPassport { codec: None, jitter_ms: None, ..way(20) },
        rtt_ms: None,
        rtt_most_ms: Some(3),
        buffer_ms: 4,
        concealed_permille: 5,
        repaired_permille: 6,
        late_permille: 7,
        microphone_s: 30,
        computer_s: 31,
        own_network_s: 32,
        far_end_s: 33,
        fault: Some(Fault { side: FaultySide::OwnNetwork, cause: FaultCause::LossBoth }),
    }
}

#[tokio::test]
async fn how_a_call_sounded_is_kept_with_it_and_comes_back_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let quiet = store.add_call(&call(1, EndReason::Missed)).await.unwrap();
    assert_eq!(store.quality(quiet.id).await.unwrap(), None);
    let heard = CallRecord { quality: Some(Box::new(passport())), ..call(2, EndReason::RemoteHangUp) };
    let stored = store.add_call(&heard).await.unwrap();
    assert_eq!(store.quality(stored.id).await.unwrap(), Some(passport()));
    assert_eq!(store.call(stored.id).await.unwrap().as_ref(), Some(&stored), "one row is read with it");
    assert_eq!(store.call(quiet.id).await.unwrap(), Some(quiet));

    let deleted = store.delete_call(stored.id).await.unwrap().unwrap();
    assert_eq!(deleted, stored);
    assert_eq!(store.quality(stored.id).await.unwrap(), None, "it goes with its call");
    assert_eq!(store.call(stored.id).await.unwrap(), None);
    store.add_call(&deleted).await.unwrap();
    assert_eq!(store.quality(stored.id).await.unwrap(), Some(passport()));
}

async fn open(dir: &Path) -> Store {
    let Opened { store, set_aside } = Store::open(dir).await.unwrap();
    assert_eq!(set_aside, None);
    store
}

#[tokio::test]
async fn everything_is_there_after_reopening() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("new/folder")).await;
    let stored = store.add_call(&call(5, EndReason::RemoteHangUp)).await.unwrap();
    assert_ne!(stored.id, 0);
    store.set_setting("language", "ar").await.unwrap();
    store.set_setting("language", "en").await.unwrap();
    store.close().await;

    let store = open(&dir.path().join("new/folder")).await;
    let page = store.calls(CallFilter::All, None, 10).await.unwrap();
    assert_eq!(page.calls, [stored]);
    assert_eq!(page.next, None);
    assert_eq!(store.setting("language").await.unwrap().as_deref(), Some("en"));
    store.remove_setting("language").await.unwrap();
    assert_eq!(store.setting("language").await.unwrap(), None);
}

#[tokio::test]
async fn missed_calls_are_counted_until_they_are_seen() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    for (started, reason) in [(1, EndReason::Missed), (2, EndReason::Busy), (3, EndReason::Missed)] {
        store.add_call(&call(started, reason)).await.unwrap();
    }
    assert_eq!(store.unseen_missed().await.unwrap(), 2);
    let missed = store.calls(CallFilter::Missed, None, 10).await.unwrap();
    assert_eq!(missed.calls.iter().map(|c| c.started_at.0).collect::<Vec<_>>(), [3, 1]);
    assert_eq!(store.mark_seen().await.unwrap(), 2);
    assert_eq!(store.unseen_missed().await.unwrap(), 0);
    assert_eq!(store.mark_seen().await.unwrap(), 0);
}

#[tokio::test]
async fn a_deleted_call_comes_back_where_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    for started in 1..=3 {
        store.add_call(&call(started, EndReason::Missed)).await.unwrap();
    }
    let before = store.calls(CallFilter::All, None, 10).await.unwrap();
    let last = before.calls[0].clone();
    assert_eq!(store.delete_call(last.id).await.unwrap(), Some(last.clone()));
    assert_eq!(store.delete_call(last.id).await.unwrap(), None);
    assert_eq!(store.calls(CallFilter::All, None, 10).await.unwrap().calls.len(), 2);
    // A call that arrives before the undo must not take its id.
    let fresh = store.add_call(&call(9, EndReason::Busy)).await.unwrap();
    assert_ne!(fresh.id, last.id);
    assert_eq!(store.add_call(&last).await.unwrap(), last);
    assert_eq!(store.calls(CallFilter::All, None, 10).await.unwrap().calls[1..], before.calls[..]);
}

#[tokio::test]
async fn ten_thousand_calls_are_paged_without_gap_or_repeat() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    for n in 0..10_000 {
        // Many share a start, as when clocks are coarse: the id decides.
        store.add_call(&call(n / 7, if n % 3 == 0 { EndReason::Missed } else { EndReason::Busy })).await.unwrap();
    }
    for (filter, expected) in [(CallFilter::All, 10_000), (CallFilter::Missed, 3_334)] {
        let (mut ids, mut cursor) = (Vec::new(), None);
        loop {
            let page = store.calls(filter, cursor, 200).await.unwrap();
            ids.extend(page.calls.iter().map(|c| c.id));
            // A call that comes in while paging is newer than all pages to come.
            store.add_call(&call(1_000_000, EndReason::Busy)).await.unwrap();
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(ids.len(), expected, "{filter:?}");
        assert!(ids.windows(2).all(|w| w[0] > w[1]), "{filter:?}: newest first, none twice");
    }
}

#[tokio::test]
async fn a_damaged_file_is_moved_aside_and_kept() {
    for damage in [b"this was never a database, it is a letter to my aunt".to_vec(), torn()] {
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path()).await;
        for n in 0..500 {
            store.add_call(&call(n, EndReason::Missed)).await.unwrap();
        }
        store.close().await;
        let file = dir.path().join("phone.db");
        let mut bytes = std::fs::read(&file).unwrap();
        let at = if damage.len() > 1000 { 8192 } else { 0 };
        bytes[at..at + damage.len()].copy_from_slice(&damage);
        std::fs::write(&file, &bytes).unwrap();

        let Opened { store, set_aside } = Store::open(dir.path()).await.unwrap();
        let aside = set_aside.expect("the caller is told");
        assert_eq!(std::fs::read(&aside).unwrap(), bytes, "nothing is lost silently");
        assert_eq!(store.calls(CallFilter::All, None, 10).await.unwrap().calls, []);
        store.add_call(&call(1, EndReason::Busy)).await.unwrap();
        store.close().await;
        assert_eq!(Store::open(dir.path()).await.unwrap().set_aside, None);
    }
}

/// Two pages of noise, as a bad sector leaves them.
fn torn() -> Vec<u8> {
    (0..8192u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a-file");
    std::fs::write(&file, "x").unwrap();
    match Store::open(&file.join("below")).await {
        Err(StoreError::Folder { path, .. }) => assert_eq!(path, file.join("below")),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    store.close().await;
    let path = dir.path().join("phone.db");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations SELECT 9999, 'later', installed_on, 1, checksum, 0 FROM _sqlx_migrations LIMIT 1",
    )
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;
    let refused = Store::open(dir.path()).await;
    assert!(matches!(refused, Err(StoreError::Newer)), "{refused:?}");
    assert!(path.exists());
}

#[tokio::test]
async fn a_file_that_another_program_holds_is_said_to_be_locked() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    store.add_call(&call(1, EndReason::Busy)).await.unwrap();
    store.close().await;
    let path = dir.path().join("phone.db");
    let other = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    let mut held = other.acquire().await.unwrap();
    sqlx::query("PRAGMA locking_mode = EXCLUSIVE").execute(&mut *held).await.unwrap();
    sqlx::query("BEGIN EXCLUSIVE").execute(&mut *held).await.unwrap();
    let refused = Store::open(dir.path()).await;
    assert!(matches!(refused, Err(StoreError::Locked)), "{refused:?}");
    sqlx::query("ROLLBACK").execute(&mut *held).await.unwrap();
    drop(held);
    other.close().await;
    let page = open(dir.path()).await.calls(CallFilter::All, None, 10).await.unwrap();
    assert_eq!(page.calls.len(), 1, "nothing was moved aside");
}

#[tokio::test]
async fn a_transfer_is_remembered_with_its_call() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let party = Party { number: "104".into(), display_name: "رنا خوري".into() };
    let sent = CallRecord { transfer: Some(CallTransfer::To(party.clone())), ..call(1, EndReason::Transferred) };
    let came = CallRecord { transfer: Some(CallTransfer::By(party)), ..call(2, EndReason::RemoteHangUp) };
    let (sent, came) = (store.add_call(&sent).await.unwrap(), store.add_call(&came).await.unwrap());
    assert_eq!(store.calls(CallFilter::All, None, 10).await.unwrap().calls, [came, sent.clone()]);
    let deleted = store.delete_call(sent.id).await.unwrap();
    assert_eq!(deleted, Some(sent), "and comes back with it");
}

fn call_of(name: &str, number: &str, direction: Direction, started: i64) -> CallRecord {
    let party = Party { number: number.into(), display_name: name.into() };
    CallRecord { party, direction, ..call(started, EndReason::RemoteHangUp) }
}

async fn found(store: &Store, asked: CallQuery) -> Vec<i64> {
    store.calls(asked, None, 100).await.unwrap().calls.iter().map(|call| call.started_at.0).collect()
}

fn typed(text: &str) -> CallQuery {
    CallQuery { text: text.into(), owner: Some("me".into()), ..CallQuery::default() }
}

#[tokio::test]
async fn the_history_is_found_by_name_and_number_in_any_script_and_form() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    store.add_call(&call_of("نور الحربي", "+966501234567", Direction::Incoming, 1)).await.unwrap();
    store.add_call(&call_of("", "0501112222", Direction::Outgoing, 2)).await.unwrap();
    store.add_call(&call_of("", "*43", Direction::Outgoing, 3)).await.unwrap();
    // Who called under no name stands in the address book, written otherwise.
    let number = ContactNumber { number: "+966 50 111 2222".into(), ..ContactNumber::default() };
    let contact = Contact { id: ContactId(7), first_name: "Layla".into(), numbers: vec![number], ..Contact::default() };
    let mut import = store.import_contacts("me").await.unwrap();
    import.add_again(&[Prepared::new(contact, Region::SA)]).await.unwrap();
    import.finish().await.unwrap();

    for (text, expected) in [
        ("نور", vec![1]),
        ("noor", vec![1]),
        ("1234", vec![1]),
        ("٠٥٠١١١", vec![2]),
        ("layla", vec![2]),
        ("ليلى", vec![2]),
        ("nobody", vec![]),
        ("—", vec![]),
        ("  ", vec![3, 2, 1]),
    ] {
        assert_eq!(found(&store, typed(text)).await, expected, "{text}");
    }
    assert_eq!(found(&store, CallQuery { owner: Some("other".into()), ..typed("layla") }).await, Vec::<i64>::new());
    assert_eq!(found(&store, CallFilter::Outgoing.into()).await, [3, 2]);
    assert_eq!(found(&store, CallFilter::Incoming.into()).await, [1]);
    assert_eq!(found(&store, CallQuery { since: Some(WallMs(2)), ..CallQuery::default() }).await, [3, 2]);
    // What is deleted is not found, and what comes back is.
    let first = store.calls(typed("نور"), None, 1).await.unwrap().calls.remove(0);
    store.delete_call(first.id).await.unwrap();
    assert_eq!(found(&store, typed("نور")).await, Vec::<i64>::new());
    store.add_call(&first).await.unwrap();
    assert_eq!(found(&store, typed("نور")).await, [1]);
}

/// ST-08: the calls with one person, whichever of the numbers was used and however it is written.
#[tokio::test]
async fn calls_with_somebody_are_found_by_all_their_numbers() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let calls = ["+966501234567", "0501234567", "+971501234567", "101", "1101", "noor\"@pbx.example", "0112223344"];
    for (number, at) in calls.into_iter().zip(1..) {
        store.add_call(&call_of("", number, Direction::Incoming, at)).await.unwrap();
    }
    let with = |numbers: &[&str]| CallQuery {
        numbers: numbers.iter().map(ToString::to_string).collect(),
        ..CallQuery::default()
    };
    assert_eq!(found(&store, with(&["+966 50 123 4567", "101"])).await, [4, 2, 1]);
    assert_eq!(found(&store, with(&["noor\"@pbx.example"])).await, [6]);
    assert_eq!(found(&store, with(&["nobody", ""])).await, Vec::<i64>::new(), "not everybody's");
    assert_eq!(found(&store, with(&[])).await.len(), 7);
    let missed = CallQuery { filter: CallFilter::Outgoing, ..with(&["101"]) };
    assert_eq!(found(&store, missed).await, Vec::<i64>::new());
}

#[tokio::test]
async fn a_note_stays_with_its_call() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let kept = store.add_call(&call(1, EndReason::RemoteHangUp)).await.unwrap();
    assert!(store.note_call(kept.id, "يتصل غدًا — order 7").await.unwrap());
    assert!(!store.note_call(kept.id + 1, "x").await.unwrap());
    let deleted = store.delete_call(kept.id).await.unwrap().unwrap();
    assert_eq!(deleted.note, "يتصل غدًا — order 7");
    store.add_call(&deleted).await.unwrap();
    store.close().await;
    assert_eq!(open(dir.path()).await.call(kept.id).await.unwrap().unwrap().note, "يتصل غدًا — order 7");
}

#[tokio::test]
async fn calls_from_before_there_was_a_search_are_found() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    for started in 0..1_200 {
        store.add_call(&call(started, EndReason::Missed)).await.unwrap();
    }
    store.close().await;
    let url = format!("sqlite:{}", dir.path().join("phone.db").display());
    let mut file = sqlx::SqliteConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("DELETE FROM call_words; UPDATE calls SET indexed = 0, exact = NULL, tail = NULL")
        .execute(&mut file)
        .await
        .unwrap();
    file.close().await.unwrap();
    let store = open(dir.path()).await;
    let page = store.calls(typed("khaled"), None, 200).await.unwrap();
    assert_eq!((page.calls.len(), page.next.is_some()), (200, true));
}
