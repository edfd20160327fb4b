//! The server is killed while it writes, again and again: what it had confirmed is there, and nothing is damaged.
//!
//! A program of its own, because it starts itself: `killed server FOLDER` serves until it is killed, and says where.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use team_server::{ServerConfig, start};
use testkit::http::{ask, ask_as, try_ask};
use tokio::time::timeout;

/// As often it is killed.
const KILLS: u32 = 100;
/// The longest that it may write before.
const LONGEST: Duration = Duration::from_millis(150);

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [_, "server", folder] => runtime.block_on(serve(Path::new(folder))),
        // Nobody lists or filters the one test that this is.
        [_, "--list", ..] => {}
        _ => runtime.block_on(kill_and_look()),
    }
}

async fn serve(folder: &Path) {
    let server = start(ServerConfig::practice(folder)).await.expect("starts after a kill");
    println!("{}", server.addr());
    std::io::stdout().flush().expect("somebody reads");
    std::future::pending::<()>().await;
}

struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        self.0.kill().expect("it runs");
        self.0.wait().expect("it was killed");
    }
}

fn run(folder: &Path) -> (Killed, SocketAddr) {
    let program = std::env::current_exe().expect("this program");
    let mut child = Command::new(program).arg("server").arg(folder).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("asked for")).read_line(&mut line).expect("it says where");
    (Killed(child), line.trim().parse().expect("an address"))
}

/// Change `number` as a request: a contact of its own, a name or a status, by the number.
fn change(number: u64) -> (String, Value) {
    match number % 3 {
        0 => (
            format!("PUT /v1/contacts/{}", id(number)),
            json!({
                "book": "personal", "base": 0, "edit": format!("a.{number}"), "card": {"first_name": format!("Change {number}")},
            }),
        ),
        1 => ("PATCH /v1/me".into(), json!({ "first_name": format!("Noor {number}") })),
        _ => ("PUT /v1/me/status".into(), json!({ "status": "other", "text": number.to_string() })),
    }
}

fn id(number: u64) -> String {
    format!("0198f000-0000-7000-8000-{number:012x}")
}

async fn kill_and_look() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut token = String::new();
    let (mut first, mut kept) = (0, 0);
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..KILLS {
        let (server, at) = run(dir.path());
        if token.is_empty() {
            token = ask(at, "POST /v1/try", &[], r#"{"profile":"a"}"#).await.json()["token"]
                .as_str()
                .expect("a token")
                .to_owned();
        }
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = LONGEST.mul_f64(f64::from(u32::try_from(random >> 32).expect("half")) / f64::from(u32::MAX));
        let mut next = first;
        // The last one is under way when the time is over: whether it was kept cannot be known.
        let _over = timeout(moment, write(at, &token, &mut next)).await;
        drop(server);
        let (_server, at) = run(dir.path());
        look(at, &token, first, next).await;
        kept += next - first;
        first = next + 1;
    }
    assert!(kept > u64::from(KILLS), "it confirmed {kept} changes between {KILLS} kills");
    println!("killed {KILLS} times, {kept} confirmed changes were there each time");
}

/// Change after change; `next` is the one that is not confirmed yet.
async fn write(at: SocketAddr, token: &str, next: &mut u64) {
    let bearer = format!("Bearer {token}");
    loop {
        let (line, body) = change(*next);
        let answer =
            try_ask(at, &line, &[("Authorization", &bearer)], body.to_string()).await.expect("it is not killed yet");
        assert_eq!(answer.status, 200, "{line}: {}", answer.text());
        *next += 1;
    }
}

/// All of `first..next` is there; `next` may be. Who was signed in still is.
async fn look(at: SocketAddr, token: &str, first: u64, next: u64) {
    let asked = async |line: &str| {
        let answer = ask_as(at, token, line, "").await;
        assert_eq!(answer.status, 200, "{line}: {}", answer.text());
        answer.json()
    };
    let newest = |kind: u64| (first..next).rev().find(|number| number % 3 == kind);
    let number_in = |value: &Value| value.as_str().and_then(|text| text.rsplit(' ').next()?.parse::<u64>().ok());

    let me = asked("GET /v1/me").await;
    if let Some(newest) = newest(1) {
        let name = number_in(&me["first_name"]).expect("a number");
        assert!((newest..=next).contains(&name), "{name}, not {newest}");
    }
    let status = asked("GET /v1/me/status").await;
    if let Some(newest) = newest(2) {
        let text = number_in(&status["text"]).expect("a number");
        assert!((newest..=next).contains(&text), "{text}, not {newest}");
    }
    let mut found = Vec::new();
    let mut since = 0;
    loop {
        let page = asked(&format!("GET /v1/contacts?book=personal&since={since}")).await;
        let rows = page["rows"].as_array().expect("rows");
        found.extend(rows.iter().filter_map(|row| number_in(&row["card"]["first_name"])));
        since = rows.last().map_or(since, |row| row["seq"].as_u64().expect("a number"));
        if page["left"] == 0 {
            break;
        }
    }
    let lost: Vec<u64> = (first..next).filter(|number| number % 3 == 0 && !found.contains(number)).collect();
    assert!(lost.is_empty(), "contacts {lost:?} were confirmed");
}
