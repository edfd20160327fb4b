//! The program is killed while it writes, again and again: what it had confirmed is there, and nothing is damaged.
//!
//! A program of its own, because it starts itself: `killed writer FOLDER FIRST` writes change after change and says each one's
//! number once it is kept.

use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use base::{AccountId, WallMs};
use book::number::Region;
use model::{CallRecord, Contact, ContactId, ContactNumber, Direction, EndReason, Party};
use store::{CallQuery, ContactQuery, ListOrder, Opened, Prepared, Store, Which};

const ME: &str = "me";
/// As often it is killed.
const KILLS: u64 = 100;
/// The longest that it may write before.
const LONGEST: Duration = Duration::from_millis(120);
/// Contacts of an import; all of them are kept, or none.
const IMPORTED: u64 = 20;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [_, "writer", folder, first] => {
            runtime.block_on(write(Path::new(folder), first.parse().expect("a number")));
        }
        // Nobody lists or filters the one test that this is.
        [_, "--list", ..] => {}
        _ => runtime.block_on(kill_and_look()),
    }
}

async fn open(folder: &Path) -> Store {
    let Opened { store, set_aside } = Store::open(folder).await.expect("opens after a kill");
    assert_eq!(set_aside, None, "nothing is damaged");
    store
}

fn contact(id: u64, change: u64) -> Contact {
    let number = ContactNumber { number: format!("+9665{change:08}"), ..ContactNumber::default() };
    Contact {
        id: ContactId(u128::from(id) + 1),
        first_name: format!("Change{change}x"),
        note: format!("note {change}"),
        numbers: vec![number],
        ..Contact::default()
    }
}

fn call(change: u64) -> CallRecord {
    let at = WallMs(i64::try_from(change).expect("few"));
    CallRecord {
        id: 0,
        account: AccountId(1),
        direction: Direction::Outgoing,
        party: Party { number: format!("7{change:08}"), display_name: String::new() },
        started_at: at,
        answered_at: Some(at),
        ended_at: at,
        reason: EndReason::LocalHangUp,
        sip_code: None,
        unseen: false,
        note: String::new(),
        quality: None,
        transfer: None,
    }
}

/// Contacts of imports stand beside those that are saved one by one.
fn imported(change: u64) -> impl Iterator<Item = Contact> {
    (0..IMPORTED).map(move |at| contact(1_000_000 + change * IMPORTED + at, change))
}

/// Writes until it is killed. A change is one of four kinds, by its number.
async fn write(folder: &Path, first: u64) {
    let store = open(folder).await;
    for change in first.. {
        match change % 4 {
            // The same forty contacts again and again: words of before have to go.
            0 => {
                let prepared = Prepared::new(contact(change % 40, change), Region::SA);
                store.save_contact(ME, &prepared).await.expect("keeps");
            }
            1 => {
                let kept = store.add_call(&call(change)).await.expect("keeps");
                assert!(store.note_call(kept.id, &format!("note {change}")).await.expect("keeps"));
            }
            2 => store.set_setting("change", &change.to_string()).await.expect("keeps"),
            _ => {
                let mut import = store.import_contacts(ME).await.expect("begins");
                for contact in imported(change) {
                    import.add_again(&[Prepared::new(contact, Region::SA)]).await.expect("adds");
                }
                import.finish().await.expect("keeps");
            }
        }
        let mut out = std::io::stdout().lock();
        // Whoever reads may have killed us already.
        if writeln!(out, "{change}").and_then(|()| out.flush()).is_err() {
            return;
        }
    }
}

async fn kill_and_look() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut first = 1;
    let mut kept = 0;
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..KILLS {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = LONGEST.mul_f64(f64::from(u32::try_from(random >> 32).expect("half")) / f64::from(u32::MAX));
        let last = run_and_kill(dir.path(), first, moment);
        kept += last + 1 - first;
        look(&open(dir.path()).await, first, last).await;
        // Whether the change after the last one was kept cannot be known.
        first = last + 2;
    }
    assert!(kept > KILLS, "it wrote {kept} changes between {KILLS} kills");
    println!("killed {KILLS} times, {kept} confirmed changes were there each time");
}

/// The last change that was confirmed; at least one is waited for, then it goes on for `moment`.
fn run_and_kill(folder: &Path, first: u64, moment: Duration) -> u64 {
    let program = std::env::current_exe().expect("this program");
    let mut child = Command::new(program)
        .arg("writer")
        .arg(folder)
        .arg(first.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let (tx, said) = channel();
    let out = BufReader::new(child.stdout.take().expect("asked for"));
    let reader = std::thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            let change: u64 = line.parse().expect("a number");
            if tx.send(change).is_err() {
                return;
            }
        }
    });
    let mut last = said.recv_timeout(Duration::from_secs(60)).expect("it writes");
    let deadline = std::time::Instant::now() + moment;
    while let Ok(change) = said.recv_timeout(deadline.saturating_duration_since(std::time::Instant::now())) {
        last = change;
    }
    child.kill().expect("it runs");
    child.wait().expect("it was killed");
    reader.join().expect("it reads to the end");
    said.try_iter().last().unwrap_or(last)
}

/// All that was confirmed of `first..=last` is there, whole, and found.
async fn look(store: &Store, first: u64, last: u64) {
    let all =
        ContactQuery { text: String::new(), which: Which::All, order: ListOrder::LatinFirst, offset: 0, limit: 1 };
    let everybody = store.all_contacts(ME).await.expect("reads");
    let counted = store.contacts(ME, &all).await.expect("lists").total;
    assert_eq!(counted as usize, everybody.len(), "the head of the list counts what is there");
    for change in first..=last {
        match change % 4 {
            0 => {
                let newest = (change..=last + 1).filter(|later| later % 40 == change % 40).collect::<Vec<_>>();
                let found = store.contact(ME, contact(change % 40, 0).id).await.expect("reads").expect("it is there");
                assert!(newest.iter().any(|change| found.note == format!("note {change}")), "{change}: {found:?}");
                let asked = ContactQuery { text: found.first_name.clone(), limit: 100, ..all.clone() };
                let lines = store.contacts(ME, &asked).await.expect("searches").lines;
                assert!(lines.iter().any(|line| line.id == found.id), "{change} is found");
            }
            1 => {
                let asked = CallQuery { numbers: vec![call(change).party.number], ..CallQuery::default() };
                let calls = store.calls(asked, None, 10).await.expect("reads").calls;
                assert_eq!(calls.len(), 1, "{change}");
                assert_eq!(calls[0].note, format!("note {change}"));
            }
            2 => {
                let value: u64 = store
                    .setting("change")
                    .await
                    .expect("reads")
                    .and_then(|value| value.parse().ok())
                    .expect("it is there");
                assert!(value >= change, "{value}, not {change} or later");
            }
            _ => {
                for contact in imported(change) {
                    assert!(everybody.iter().any(|kept| kept.id == contact.id), "{change}: all of an import");
                }
            }
        }
    }
    // What was under way is there as a whole, or not at all.
    let unknown: Vec<ContactId> = imported(last + 1).map(|contact| contact.id).collect();
    let half = everybody.iter().filter(|kept| unknown.contains(&kept.id)).count() as u64;
    assert!(half == 0 || half == IMPORTED, "{half} of an import of {IMPORTED}");
}
