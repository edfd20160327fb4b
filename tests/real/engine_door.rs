//! The engine's door as a window uses it, against the server inside the same process.

use std::sync::Arc;
use std::time::Duration;

use engine::{
    CallFilter, DeviceId, DevicePurpose, EngineConfig, EngineEvent, EngineHandle, EventStream, LightLevel,
    MemorySecrets, MicOverride, Registration, Secret, SecretStore, Session, SignInError, SignedOutWhy, Snapshot,
    SoundOverride, SpeakerOverride, WhyDown,
};
use serde_json::json;
use team_server::{NewUser, RunningServer, ServerConfig};
use tokio::time::timeout;

use crate::rig::{DEADLINE, post};

/// The engine as a window sees it.
pub(crate) struct Window {
    pub(crate) engine: EngineHandle,
    events: EventStream,
}

impl Window {
    pub(crate) fn open(dir: &std::path::Path, secrets: Arc<dyn SecretStore>) -> Window {
        let config = EngineConfig {
            data_dir: dir.to_owned(),
            user_agent: "Rannan-test/0".into(),
            device_name: "test".into(),
            extra_ca: None,
            tones: false,
            // Never the microphone of whoever runs the tests.
            sound: SoundOverride {
                microphone: Some(MicOverride::Samples(Arc::from([0.0; 480]))),
                speaker: Some(SpeakerOverride::Wav(dir.with_extension("wav"))),
                voice: None,
            },
            codecs: engine::ALL_CODECS.to_vec(),
            secrets,
        };
        let (engine, events) = engine::start(config).expect("starts");
        Window { engine, events }
    }

    pub(crate) async fn wait<T>(&mut self, what: &str, is_it: impl Fn(EngineEvent) -> Option<T>) -> T {
        let search = async {
            loop {
                let event = self.events.recv().await.expect("the engine lives");
                if let Some(found) = is_it(event) {
                    return found;
                }
            }
        };
        timeout(DEADLINE, search).await.unwrap_or_else(|_| panic!("waited for {what}"))
    }

    pub(crate) async fn wait_registered(&mut self) {
        // Whoever looks late finds it in the snapshot.
        let registered = |event| match event {
            EngineEvent::Registration(Registration::Registered) => Some(()),
            EngineEvent::Snapshot(snapshot) => (snapshot.registration == Registration::Registered).then_some(()),
            _ => None,
        };
        self.wait("registered", registered).await;
    }

    pub(crate) async fn snapshot(&self) -> Snapshot {
        self.engine.snapshot().await.expect("the engine lives")
    }
}

pub(crate) async fn practice(dir: &std::path::Path) -> (RunningServer, String) {
    let server = team_server::start(ServerConfig::practice(dir)).await.expect("starts");
    let url = format!("http://{}", server.addr());
    (server, url)
}

#[tokio::test]
async fn practice_agents_sign_in_register_and_show_green_lights() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, url) = practice(&dir.path().join("server")).await;
    let mut window = Window::open(&dir.path().join("phone"), Arc::new(MemorySecrets::default()));
    assert!(matches!(window.events.recv().await, Some(EngineEvent::Snapshot(_))), "a stream begins with a snapshot");
    let check = window.engine.check_server(&url).await.expect("a server");
    assert!(!check.version.is_empty() && check.rtt < DEADLINE);
    let user = window.engine.sign_in_practice(&url, "one").await.expect("lets us in");
    assert!(user.practice && !user.extension.is_empty());
    window.wait_registered().await;
    let lights = |event| match event {
        EngineEvent::System(system) => {
            let green =
                [&system.web_phone, &system.live_panel, &system.internet].iter().all(|l| l.level == LightLevel::Ok);
            (green && system.internet_rtt.is_some()).then_some(())
        }
        _ => None,
    };
    window.wait("three green lights", lights).await;
    assert_eq!(window.snapshot().await.session, Session::SignedIn(user));
    window.engine.shutdown().await;
    assert!(window.engine.snapshot().await.is_none(), "it has ended");
}

#[tokio::test]
async fn sy_03_a_server_that_goes_turns_the_lights_red_within_seconds() {
    let dir = tempfile::tempdir().unwrap();
    let (server, url) = practice(&dir.path().join("server")).await;
    let mut window = Window::open(&dir.path().join("phone"), Arc::new(MemorySecrets::default()));
    window.engine.sign_in_practice(&url, "one").await.expect("lets us in");
    window.wait_registered().await;
    let live = |event| match event {
        EngineEvent::System(system) => (system.live_panel.level == LightLevel::Ok).then_some(()),
        _ => None,
    };
    window.wait("the live panel", live).await;
    drop(server);
    let red = |event| match event {
        EngineEvent::System(system) => {
            let red = [&system.web_phone, &system.live_panel, &system.internet]
                .iter()
                .all(|l| l.level == LightLevel::Bad && l.why == Some(WhyDown::Unreachable));
            red.then_some(())
        }
        _ => None,
    };
    timeout(Duration::from_secs(3), window.wait("three red lights", red)).await.expect("within three seconds");
    assert!(matches!(window.snapshot().await.session, Session::SignedIn(_)), "nobody is thrown out for it");
    window.engine.shutdown().await;
}

#[tokio::test]
async fn a_kept_session_is_resumed_after_a_restart_and_forgotten_after_signing_out() {
    let dir = tempfile::tempdir().unwrap();
    let server_dir = dir.path().join("server");
    let config = ServerConfig::in_dir("127.0.0.1:0".parse().unwrap(), &server_dir);
    let new = NewUser {
        email: "a@example.test".into(),
        name: "A".into(),
        extension: "101".into(),
        password: Secret::new("Kanarienvogel-7"),
        admin: false,
    };
    std::fs::create_dir_all(&server_dir).unwrap();
    team_server::add_user(&config.database_url, new).await.expect("adds");
    let server = team_server::start(config).await.expect("starts");
    let url = format!("http://{}", server.addr());
    let secrets: Arc<MemorySecrets> = Arc::default();
    let phone_dir = dir.path().join("phone");

    let mut window = Window::open(&phone_dir, secrets.clone());
    assert!(!window.engine.resume_session().await, "nothing is kept yet");
    let wrong = window.engine.sign_in_team(&url, "a@example.test", Secret::new("wrong"), true).await;
    assert!(matches!(wrong, Err(SignInError::WrongCredentials { .. })), "{wrong:?}");
    window.engine.sign_in_team(&url, "a@example.test", Secret::new("Kanarienvogel-7"), true).await.expect("lets us in");
    window.wait_registered().await;
    window.engine.shutdown().await;

    let mut window = Window::open(&phone_dir, secrets.clone());
    assert!(window.engine.resume_session().await, "the session was kept");
    window.wait_registered().await;
    window.engine.sign_out();
    let out = |event| {
        matches!(event, EngineEvent::Session(Session::SignedOut { why: None, email, .. }) if email == "a@example.test")
            .then_some(())
    };
    window.wait("signed out, with the form filled", out).await;
    assert!(!window.engine.resume_session().await, "nothing is kept any more");
    window.engine.shutdown().await;
}

#[tokio::test]
async fn a_kept_session_waits_for_a_server_that_is_not_there_yet() {
    let dir = tempfile::tempdir().unwrap();
    let (server, url) = practice(&dir.path().join("server")).await;
    let addr = server.addr();
    let secrets: Arc<MemorySecrets> = Arc::default();
    let phone_dir = dir.path().join("phone");
    let mut window = Window::open(&phone_dir, secrets.clone());
    let email = window.engine.sign_in_practice(&url, "one").await.expect("lets us in").email;
    window.wait_registered().await;
    window.engine.shutdown().await;
    // A practice session is not kept; keep one by hand, as a sign-in with a password does.
    let session =
        tokio::task::spawn_blocking(move || post(addr, "/v1/try", None, &json!({"profile": "one"}))).await.unwrap();
    let token = session["token"].as_str().expect("a token").to_owned();
    secrets.set(&format!("team-token {url} {email}"), &Secret::new(token)).unwrap();
    let window = Window::open(&phone_dir, secrets.clone());
    window.engine.set_setting("session.kind", "team").await.unwrap();
    window.engine.set_setting("session.server", &url).await.unwrap();
    window.engine.set_setting("session.email", &email).await.unwrap();
    window.engine.shutdown().await;

    server.shutdown().await;
    let mut window = Window::open(&phone_dir, secrets);
    assert!(window.engine.resume_session().await);
    let told = |event| match event {
        EngineEvent::Session(Session::SignedOut {
            why: Some(SignedOutWhy::Failed(SignInError::Unreachable)), ..
        }) => Some(()),
        _ => None,
    };
    window.wait("why we are not in", told).await;
    let mut config = ServerConfig::practice(&dir.path().join("server"));
    config.bind = addr;
    let _server = team_server::start(config).await.expect("starts again");
    window.wait_registered().await;
    window.engine.shutdown().await;
}

#[tokio::test]
async fn missed_calls_are_counted_seen_deleted_and_brought_back() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, url) = practice(&dir.path().join("server")).await;
    let mut caller = Window::open(&dir.path().join("a"), Arc::new(MemorySecrets::default()));
    let mut called = Window::open(&dir.path().join("b"), Arc::new(MemorySecrets::default()));
    caller.engine.sign_in_practice(&url, "a").await.expect("lets us in");
    let extension = called.engine.sign_in_practice(&url, "b").await.expect("lets us in").extension;
    caller.wait_registered().await;
    called.wait_registered().await;
    let call = caller.engine.dial(&extension);
    let rings =
        |event| matches!(event, EngineEvent::Call(view) if view.line == engine::LineState::RingingHere).then_some(());
    called.wait("a call", rings).await;
    caller.engine.hang_up(call);
    let counted = |wanted| {
        move |event| matches!(event, EngineEvent::History { unseen_missed } if unseen_missed == wanted).then_some(())
    };
    called.wait("a missed call", counted(1)).await;
    let page = called.engine.history(CallFilter::Missed, None, 10).await.expect("reads");
    assert_eq!(page.rows.len(), 1);
    let id = page.rows[0].id;
    called.engine.history_delete(id).await.expect("deletes");
    assert_eq!(called.engine.history(CallFilter::All, None, 10).await.expect("reads").rows, []);
    called.engine.history_restore(id).await.expect("brings back");
    assert_eq!(called.engine.history(CallFilter::All, None, 10).await.expect("reads").rows, page.rows);
    called.engine.history_seen().await.expect("writes");
    called.wait("nothing unseen", counted(0)).await;
    caller.engine.shutdown().await;
    called.engine.shutdown().await;
}

#[tokio::test]
async fn device_choice_and_volume_are_remembered() {
    let dir = tempfile::tempdir().unwrap();
    let window = Window::open(dir.path(), Arc::new(MemorySecrets::default()));
    window.engine.set_volume(40);
    window.engine.choose_device(DevicePurpose::Ringer, Some(DeviceId("desk".into())));
    window.engine.shutdown().await;
    let mut window = Window::open(dir.path(), Arc::new(MemorySecrets::default()));
    let remembered = |event| match event {
        EngineEvent::Devices(devices) => Some(devices),
        EngineEvent::Snapshot(snapshot) => Some(snapshot.devices),
        _ => None,
    };
    let as_chosen = |event| {
        let desk = |devices: &engine::Devices| {
            devices.ringers.ringers.devices.iter().any(|(known, rings)| known.id.0 == "desk" && *rings)
        };
        remembered(event).filter(|devices| devices.volume_percent == 40 && desk(devices)).map(|_| ())
    };
    window.wait("what was chosen before", as_chosen).await;
    window.engine.shutdown().await;
}
