//! A shared computer (LO-02): after logout, exit or a killed program nothing of whoever was in is found in the profile's folder or in the
//! keychain. Every byte of every file is searched.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base::Secret;
use engine::{EngineEvent, Keep, MemorySecrets, NoKeychain, SecretStore, Session};
use model::{Contact, ContactNumber};
use team_server::{NewUser, RunningServer, ServerConfig};
use tokio::runtime::Runtime;

use crate::engine_door::Window;

const EMAIL: &str = "noor.haddad@example.test";
const PASSWORD: &str = "Kanarienvogel-7";
const CONTACT: &str = "Zubaydah";
const NUMBER: &str = "96611000142";
const DIALLED: &str = "70455013";
/// What somebody would look for who uses the computer next.
const TRACES: [&str; 5] = [EMAIL, "Noor Haddad", CONTACT, NUMBER, DIALLED];

/// A keychain that counts what is put into it.
#[derive(Default)]
struct Counting {
    kept: MemorySecrets,
    sets: AtomicUsize,
}

impl SecretStore for Counting {
    fn get(&self, name: &str) -> Result<Option<Secret>, NoKeychain> {
        self.kept.get(name)
    }

    fn set(&self, name: &str, secret: &Secret) -> Result<(), NoKeychain> {
        self.sets.fetch_add(1, Ordering::Relaxed);
        self.kept.set(name, secret)
    }

    fn delete(&self, name: &str) -> Result<(), NoKeychain> {
        self.kept.delete(name)
    }
}

async fn server(dir: &Path) -> (RunningServer, String) {
    std::fs::create_dir_all(dir).unwrap();
    let config = ServerConfig::in_dir("127.0.0.1:0".parse().unwrap(), dir);
    let new = NewUser {
        email: EMAIL.into(),
        name: "Noor Haddad".into(),
        extension: "101".into(),
        password: Secret::new(PASSWORD),
        admin: false,
    };
    team_server::add_user(&config.database_url, new).await.expect("adds");
    let server = team_server::start(config).await.expect("starts");
    let url = format!("http://{}", server.addr());
    (server, url)
}

/// Signs in, keeps a contact, and makes a call that becomes a row of the history.
async fn work(dir: &Path, url: &str, secrets: Arc<dyn SecretStore>, keep: Keep) -> Window {
    let mut window = Window::open(dir, secrets);
    window.engine.sign_in_team(url, EMAIL, Secret::new(PASSWORD), keep).await.expect("lets us in");
    window.wait_registered().await;
    let number = ContactNumber { number: NUMBER.into(), ..ContactNumber::default() };
    let contact = Contact { first_name: CONTACT.into(), numbers: vec![number], ..Contact::default() };
    let saved = window.engine.contact_save(contact).await.expect("answers");
    assert!(matches!(saved, engine::Saved::Kept(_)), "{saved:?}");
    window.engine.dial(DIALLED);
    window.wait("the end of the call", |event| matches!(event, EngineEvent::CallEnded(_)).then_some(())).await;
    window.wait("its row", |event| matches!(event, EngineEvent::History { .. }).then_some(())).await;
    window
}

/// Traces that some file below `dir` holds.
fn traces(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(traces(&path));
            continue;
        }
        // A write-ahead log may go while we look.
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for trace in TRACES {
            if bytes.windows(trace.len()).any(|part| part.eq_ignore_ascii_case(trace.as_bytes())) {
                found.push(format!("{trace} in {}", path.display()));
            }
        }
    }
    found
}

#[test]
fn nothing_is_left_after_exit_lo_02() {
    let dir = tempfile::tempdir().unwrap();
    let phone = dir.path().join("phone");
    let rt = Runtime::new().unwrap();
    let (_server, url) = rt.block_on(server(&dir.path().join("server")));
    let secrets: Arc<Counting> = Arc::default();
    rt.block_on(async {
        let window = work(&phone, &url, secrets.clone(), Keep::Nothing).await;
        assert!(!traces(&phone).is_empty(), "while the agent works, the search finds what is there");
        window.engine.shutdown().await;
    });
    assert_eq!(traces(&phone), Vec::<String>::new());
    assert_eq!(secrets.sets.load(Ordering::Relaxed), 0, "nothing goes into the keychain");

    rt.block_on(async {
        let window = Window::open(&phone, secrets);
        assert!(!window.engine.resume_session().await, "the next start asks who it is");
        let filled = |session: Session| matches!(session, Session::SignedOut { email, .. } if !email.is_empty());
        assert!(!filled(window.snapshot().await.session), "and the form is empty");
        window.engine.shutdown().await;
    });
}

#[test]
fn nothing_is_left_after_logout_and_the_next_user_begins_clean_lo_02() {
    let dir = tempfile::tempdir().unwrap();
    let phone = dir.path().join("phone");
    let rt = Runtime::new().unwrap();
    rt.block_on(async {
        let (_server, url) = server(&dir.path().join("server")).await;
        let secrets: Arc<Counting> = Arc::default();
        let mut window = work(&phone, &url, secrets.clone(), Keep::Nothing).await;
        window.engine.sign_out();
        let out = |event| match event {
            EngineEvent::Session(Session::SignedOut { email, .. }) => Some(email),
            _ => None,
        };
        assert_eq!(window.wait("signed out", out).await, "", "the form does not tell who was here");

        // Erased while the program goes on: the next user's first look is at a clean folder.
        let user = window.engine.sign_in_team(&url, EMAIL, Secret::new(PASSWORD), false).await.expect("lets us in");
        assert_eq!(user.email, EMAIL);
        let page = window.engine.history(engine::CallQuery::default(), None, 50).await.expect("reads");
        assert_eq!(page.rows, []);
        window.engine.shutdown().await;
        let left = traces(&phone);
        assert!(!left.iter().any(|trace| trace.starts_with(DIALLED)), "of the call nothing is left: {left:?}");
    });
}

#[test]
fn a_killed_program_is_cleaned_up_after_at_the_next_start_lo_02() {
    let dir = tempfile::tempdir().unwrap();
    let phone = dir.path().join("phone");
    let outside = Runtime::new().unwrap();
    let (_server, url) = outside.block_on(server(&dir.path().join("server")));
    let secrets: Arc<Counting> = Arc::default();

    let killed = Runtime::new().unwrap();
    let window = killed.block_on(work(&phone, &url, secrets.clone(), Keep::Nothing));
    killed.shutdown_background();
    drop(window);
    assert!(!traces(&phone).is_empty(), "the program could not clean up");

    outside.block_on(async {
        let window = Window::open(&phone, secrets);
        assert_eq!(traces(&phone), Vec::<String>::new(), "before anything else the start erases");
        window.engine.shutdown().await;
    });
}

#[test]
fn whose_computer_it_is_keeps_what_they_have_lo_02() {
    let dir = tempfile::tempdir().unwrap();
    let phone = dir.path().join("phone");
    let rt = Runtime::new().unwrap();
    rt.block_on(async {
        let (_server, url) = server(&dir.path().join("server")).await;
        let secrets: Arc<Counting> = Arc::default();
        let window = work(&phone, &url, secrets.clone(), Keep::Session).await;
        window.engine.shutdown().await;
        let left = traces(&phone);
        for trace in [CONTACT, DIALLED, EMAIL] {
            assert!(left.iter().any(|found| found.starts_with(trace)), "{trace} is kept: {left:?}");
        }
        assert!(secrets.sets.load(Ordering::Relaxed) > 0);

        // A guest comes and goes; the owner's history is as it was.
        let window = Window::open(&phone, secrets.clone());
        window.engine.sign_in_team(&url, EMAIL, Secret::new(PASSWORD), Keep::Nothing).await.expect("lets us in");
        let page = window.engine.history(engine::CallQuery::default(), None, 50).await.expect("reads");
        assert_eq!(page.rows, [], "the guest sees nothing of it");
        window.engine.sign_out();
        window.engine.shutdown().await;
        let mut window = Window::open(&phone, secrets);
        window.engine.sign_in_team(&url, EMAIL, Secret::new(PASSWORD), Keep::Data).await.expect("lets us in");
        window.wait_registered().await;
        let page = window.engine.history(engine::CallQuery::default(), None, 50).await.expect("reads");
        assert_eq!(page.rows.len(), 1);
        window.engine.shutdown().await;
    });
}
