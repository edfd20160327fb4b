//! `rannan-server demo` as a newcomer meets it: it lives, it is heard, and it leaves nothing behind.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[allow(dead_code, reason = "shared with the tests of voice, which need more of it")]
#[path = "../voice/phones.rs"]
mod phones;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use futures_util::StreamExt as _;
use media::{MediaConfig, MediaEvent, MediaSession};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use phones::{Phone, credentials, post, request};

/// Everything that a busy quarter of an hour shows, on a machine that has other things to do.
const DEADLINE: Duration = Duration::from_secs(150);
const QUARTER_MS: i64 = 15 * 60 * 1000;

/// The program, and what it has told.
struct Demo {
    program: Child,
    told: Value,
    at: SocketAddr,
}

impl Demo {
    async fn open(scratch: &Path, words: &[&str]) -> Demo {
        let mut program = Command::new(env!("CARGO_BIN_EXE_rannan-server"))
            .args(["demo", "--json", "--listen", "127.0.0.1:0"])
            .args(words)
            .env("TMPDIR", scratch)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let line = timeout(DEADLINE, lines.next_line()).await.expect("it opens in time").unwrap().expect("a line");
        let told: Value = serde_json::from_str(&line).unwrap();
        let at = told["address"].as_str().unwrap().strip_prefix("http://").unwrap().parse().unwrap();
        Demo { program, told, at }
    }

    async fn sign_in(&self) -> String {
        let body = json!({ "email": self.told["email"], "password": self.told["password"] }).to_string();
        let session = post(self.at, "/v1/login", "", &body).await;
        session["token"].as_str().expect("the newcomer signs in").to_owned()
    }

    /// Asks it to end, as a service manager does.
    async fn end(mut self) {
        let pid = self.program.id().expect("it runs").to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
        let ended = timeout(Duration::from_secs(20), self.program.wait()).await.expect("it ends in time").unwrap();
        assert_eq!(ended.code(), Some(0));
    }
}

/// What has been seen of the life in there.
#[derive(Debug, Default)]
struct Seen {
    /// Extensions that were reachable.
    there: BTreeSet<String>,
    /// Statuses that somebody had.
    statuses: BTreeSet<String>,
    /// Somebody was on a call that was answered.
    talked: bool,
    most_waiting: u64,
    answered: BTreeSet<u64>,
    abandoned: u64,
    activities: BTreeSet<String>,
}

impl Seen {
    fn hear(&mut self, event: &Value) {
        let data = &event["data"];
        match event["type"].as_str().unwrap_or_default() {
            "presence.changed" => {
                let status = data["status"].as_str().unwrap_or_default().to_owned();
                if status != "offline" {
                    self.there.insert(data["extension"].as_str().unwrap_or_default().to_owned());
                }
                self.talked |= data["call"]["ringing"] == false;
                self.statuses.insert(status);
            }
            "panel.changed" => {
                let sums = &data["sums"];
                self.most_waiting = self.most_waiting.max(sums["waiting"].as_u64().unwrap_or_default());
                self.answered.extend(sums["answered"].as_u64());
                self.abandoned = self.abandoned.max(sums["abandoned"].as_u64().unwrap_or_default());
                let agents = data["agents"].as_array().into_iter().flatten();
                self.activities.extend(agents.filter_map(|agent| agent["activity"].as_str().map(str::to_owned)));
            }
            _ => {}
        }
    }

    fn all(&self, agents: usize) -> bool {
        self.there.len() >= agents
            && self.talked
            && self.most_waiting > 0
            && self.answered.len() >= 5
            && self.abandoned > 0
            && ["available", "offline"].iter().all(|usual| self.statuses.contains(*usual))
            && self.statuses.len() > 2
            && ["talking", "ringing", "ready"].iter().all(|it| self.activities.contains(*it))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_sees_a_contact_centre_at_work_and_hears_an_agent() {
    let scratch = tempfile::tempdir().unwrap();
    // More calls than so few can take: somebody waits and gives up before long, on any machine.
    let demo = Demo::open(scratch.path(), &["--agents", "5", "--pace", "90", "--seed", "1"]).await;
    let agents = demo.told["agents"].as_array().unwrap().len();
    assert_eq!(agents, 5);
    let token = demo.sign_in().await;

    let mut ask = format!("ws://{}/v1/events", demo.at).into_client_request().unwrap();
    ask.headers_mut().insert("Authorization", format!("Bearer {token}").parse().unwrap());
    let mut stream = tokio_tungstenite::connect_async(ask).await.unwrap().0;
    // The session has a stream only when it says hello, a moment after the connection is up.
    let hello = timeout(DEADLINE, stream.next()).await.expect("hello in time").unwrap().unwrap();
    assert!(hello.to_text().unwrap().contains("\"hello\""), "{hello:?}");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64;
    let today = now - now.rem_euclid(QUARTER_MS) - QUARTER_MS;
    let days = json!({ "today_ms": today, "yesterday_ms": today - 24 * 3600 * 1000 }).to_string();
    assert_eq!(request(demo.at, "PUT", "/v1/panel/watch", &token, &days).await.0, 204);

    // Those who were there before we listened.
    let mut seen = Seen::default();
    for person in request(demo.at, "GET", "/v1/presence", &token, "").await.1["people"].as_array().unwrap() {
        seen.hear(&json!({ "type": "presence.changed", "data": person }));
    }
    let watching = async {
        while !seen.all(agents) {
            if let Message::Text(text) = stream.next().await.expect("the stream is open").unwrap() {
                seen.hear(&serde_json::from_str(&text).unwrap());
            }
        }
    };
    let watched = timeout(DEADLINE, watching).await;
    assert!(watched.is_ok(), "not everything was seen: {seen:#?}");

    hears_an_agent(demo.at, &token, demo.told["queues"][1]["extension"].as_str().unwrap()).await;
    demo.end().await;
    let left: Vec<_> = std::fs::read_dir(scratch.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

/// The newcomer calls a queue with a phone of their own.
async fn hears_an_agent(at: SocketAddr, token: &str, queue: &str) {
    let (aor, user, password) = credentials(at, token).await;
    let mut phone = Phone::line(at, aor, user, password, "newcomer", 42).await;
    let (session, mut heard) = MediaSession::new(MediaConfig::opus(vec![at.ip()])).await.unwrap();
    let call = phone.call(queue, session.make_offer().await.unwrap()).await;
    let answer = phone
        .wait_for(DEADLINE, |event| match event {
            sip::ua::Event::Accepted { id, answer } if *id == call => Some(answer.clone().unwrap()),
            sip::ua::Event::Failed { code, .. } => panic!("refused with {code}"),
            _ => None,
        })
        .await;
    session.apply_answer(&answer).await.unwrap();
    let packets = async {
        let mut count = 0;
        while count < 25 {
            match heard.recv().await.expect("the session is open") {
                MediaEvent::Packet(packet) => count += usize::from(packet.payload.len() > 10),
                MediaEvent::Failed(error) => panic!("no path to the agent: {error}"),
                _ => {}
            }
        }
    };
    timeout(DEADLINE, packets).await.expect("half a second of speech");
    phone.with(|ua, now| ua.hang_up(now, call)).await;
    session.close().await;
}

#[tokio::test]
async fn a_folder_with_a_real_team_is_refused_and_not_changed() {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("server.db").display());
    let new = team_server::NewUser {
        email: "noor@example.com".into(),
        name: "Noor".into(),
        extension: "101".into(),
        password: base::Secret::new("Correct-Horse-7"),
        admin: true,
    };
    team_server::add_user(&url, new).await.unwrap();
    let refused = Command::new(env!("CARGO_BIN_EXE_rannan-server"))
        .args(["demo", "--listen", "127.0.0.1:0", "--data"])
        .arg(dir.path())
        .output()
        .await
        .unwrap();
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("real team"), "{refused:?}");
    assert!(!team_server::is_free(&url).await.unwrap(), "the team is still there");
}

#[tokio::test]
async fn a_folder_of_an_earlier_demo_begins_anew() {
    let dir = tempfile::tempdir().unwrap();
    let words = ["--agents", "1", "--pace", "slow", "--data", dir.path().to_str().unwrap()];
    let first = Demo::open(dir.path(), &words).await;
    let password = first.told["password"].clone();
    first.end().await;
    let second = Demo::open(dir.path(), &words).await;
    assert_ne!(second.told["password"], password);
    second.sign_in().await;
    second.end().await;
}
