//! Recordings at the server: handed over in parts, heard by those who may, gone when they are old (RG-09, RG-12, RG-13).

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use team_server::start;
use testkit::database::Place;
use testkit::http::{Answer, ask_as};

use crate::directory::{PASSWORD, make, sign_in};
use crate::phones::*;
use crate::rights::change;
use crate::status_admin::with_administrator;
use crate::statuses::Stream;

testkit::on_both_databases! {
    a_recording_comes_in_parts_and_is_there_when_it_is_as_announced_rg_12,
    recordings_are_heard_by_who_may_and_by_nobody_else_rg_09_rg_11_rg_12,
    rules_reach_every_phone_and_old_recordings_go_rg_12,
}

const ID: &str = "0190a000-0000-7000-8000-0000000000a1";

struct Person {
    id: String,
    token: String,
}

async fn person(addr: SocketAddr, admin: &str, extension: &str, role: &str) -> Person {
    let email = format!("u{extension}@example.com");
    let wish = json!({"extension": extension, "name": format!("User {extension}"), "email": email, "password": PASSWORD, "role": role});
    let (status, card) = make(addr, admin, &wish).await;
    assert_eq!(status, 201, "{card}");
    let (_, session) = sign_in(addr, &email, PASSWORD).await;
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    Person { id: word(&card["id"]), token: word(&session["token"]) }
}

/// What a phone would send: the head is true, the rest is any bytes.
fn sound() -> Vec<u8> {
    let mut file = b"OggS\0\x02".to_vec();
    file.resize(28, 0);
    file.extend_from_slice(b"OpusHead\x01\x02");
    file.extend((0..300_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8));
    file
}

fn now_ms() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64
}

fn about(started_at_ms: i64) -> String {
    json!({
        "other": "+966501234567", "other_name": "ليلى", "outgoing": false, "external": true, "queue": "Support",
        "started_at_ms": started_at_ms, "by": "policy"
    })
    .to_string()
}

fn end_of(sound: &[u8]) -> String {
    let sha256: String = Sha256::digest(sound).iter().map(|byte| format!("{byte:02x}")).collect();
    json!({"bytes": sound.len(), "duration_ms": 61_000, "sha256": sha256}).to_string()
}

fn told(answer: &Answer) -> (u16, Value) {
    (answer.status, answer.json())
}

fn code(answer: &Answer) -> (u16, String) {
    (answer.status, answer.json()["code"].as_str().unwrap_or_default().to_owned())
}

async fn part(addr: SocketAddr, token: &str, id: &str, offset: usize, bytes: &[u8]) -> Answer {
    ask_as(addr, token, &format!("PUT /v1/me/recordings/{id}/bytes?offset={offset}"), bytes).await
}

/// Hands one over as a whole.
async fn hand_over(addr: SocketAddr, token: &str, id: &str, started_at_ms: i64) {
    let sound = sound();
    let opened = ask_as(addr, token, &format!("PUT /v1/me/recordings/{id}"), about(started_at_ms)).await;
    assert_eq!(told(&opened), (200, json!({"have": 0})));
    assert_eq!(part(addr, token, id, 0, &sound).await.status, 200);
    let done = ask_as(addr, token, &format!("POST /v1/me/recordings/{id}/done"), end_of(&sound)).await;
    assert_eq!(done.status, 200, "{}", done.text());
}

async fn listed(addr: SocketAddr, token: &str, query: &str) -> (Vec<String>, Value) {
    let answer = ask_as(addr, token, &format!("GET /v1/recordings{query}"), "").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let page = answer.json();
    let ids = page["recordings"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
    (ids, page["next"].clone())
}

async fn a_recording_comes_in_parts_and_is_there_when_it_is_as_announced_rg_12(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let noor = person(addr, &admin, "711", "user").await;
    let (open, done) = (format!("PUT /v1/me/recordings/{ID}"), format!("POST /v1/me/recordings/{ID}/done"));
    let (sound, begun) = (sound(), now_ms() - 3_600_000);
    let to = |line: &str, body: String| {
        let (line, token) = (line.to_owned(), noor.token.clone());
        async move { ask_as(addr, &token, &line, body).await }
    };
    assert_eq!(part(addr, &noor.token, ID, 0, &sound[..10]).await.status, 404, "not before it is opened");
    assert_eq!(told(&to(&open, about(begun)).await), (200, json!({"have": 0})));
    assert_eq!(told(&part(addr, &noor.token, ID, 0, &sound[..100_000]).await), (200, json!({"have": 100_000})));
    for wrong in [0, 99_999, 100_001] {
        let refused = part(addr, &noor.token, ID, wrong, &sound[..10]).await;
        assert_eq!(code(&refused), (409, "recording-offset".into()), "{wrong}");
    }
    assert_eq!(part(addr, &noor.token, ID, 100_000, &vec![0; (1 << 20) + 1]).await.status, 413);
    assert_eq!(
        told(&to(&open, about(begun)).await),
        (200, json!({"have": 100_000})),
        "a phone that starts again goes on there"
    );
    assert_eq!(code(&to(&done, end_of(&sound)).await), (422, "recording-broken".into()));
    assert_eq!(told(&to(&open, about(begun)).await), (200, json!({"have": 0})), "what was broken is thrown away");
    assert!(listed(addr, &noor.token, "").await.0.is_empty());

    let mut stream = Stream::open(addr, &noor.token).await;
    assert_eq!(part(addr, &noor.token, ID, 0, &sound).await.status, 200);
    let answer = to(&done, end_of(&sound)).await;
    let recording = answer.json();
    assert_eq!(answer.status, 200, "{recording}");
    let expected = json!({
        "id": ID, "user": noor.id, "user_name": "User 711", "other": "+966501234567", "other_name": "ليلى", "outgoing": false,
        "external": true, "queue": "Support", "started_at_ms": begun, "by": "policy", "duration_ms": 61_000, "bytes": sound.len()
    });
    assert_eq!(recording, expected);
    stream.wait(DEADLINE, |event| event["type"] == "recordings.changed").await;
    // The answer was lost on the way: everything again is the same.
    assert_eq!(told(&to(&open, about(begun)).await), (200, json!({"have": sound.len()})));
    assert_eq!(to(&done, end_of(&sound)).await.json(), expected);
    assert_eq!(code(&part(addr, &noor.token, ID, sound.len(), b"more").await), (409, "recording-offset".into()));
    let heard = ask_as(addr, &noor.token, &format!("GET /v1/recordings/{ID}/audio"), "").await;
    assert_eq!((heard.status, heard.header("content-type")), (200, Some("audio/ogg")));
    assert!(heard.body == sound);
    for id in ["..%2f..%2fetc%2fpasswd", "0190A000-0000-7000-8000-0000000000A1", "x"] {
        assert_eq!(to(&format!("PUT /v1/me/recordings/{id}"), about(begun)).await.status, 404, "{id}");
    }
    // Not more than 64 are on their way.
    for n in 0..64 {
        let line = format!("PUT /v1/me/recordings/0190a000-0000-7000-8000-0000000001{n:02x}");
        assert_eq!(to(&line, about(begun)).await.status, 200);
    }
    let refused = to("PUT /v1/me/recordings/0190a000-0000-7000-8000-0000000002ff", about(begun)).await;
    assert_eq!(code(&refused), (409, "too-many-recordings".into()));
    server.shutdown().await;
}

async fn recordings_are_heard_by_who_may_and_by_nobody_else_rg_09_rg_11_rg_12(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let noor = person(addr, &admin, "711", "user").await;
    let omar = person(addr, &admin, "712", "user").await;
    let manager = person(addr, &admin, "713", "manager").await;
    let deputy = person(addr, &admin, "714", "manager").await;
    let keeper = person(addr, &admin, "715", "department_administrator").await;
    let far = person(addr, &admin, "716", "owner").await;
    let sales = request(addr, "POST", "/v1/departments", &admin, r#"{"name": "Sales"}"#).await.1["id"].clone();
    for (who, monitoring, department) in [(&manager, true, None), (&far, true, Some(&sales))] {
        let done = change(addr, &admin, &who.id, |card| {
            card["switches"]["monitoring"] = json!(monitoring);
            if let Some(department) = department {
                card["department"] = department.clone();
            }
        });
        assert_eq!(done.await.0, 200);
    }
    hand_over(addr, &noor.token, ID, 5).await;
    let (audio, path) = (format!("GET /v1/recordings/{ID}/audio"), format!("DELETE /v1/recordings/{ID}"));
    for (name, token, hears) in [
        ("the agent", &noor.token, true),
        ("a colleague", &omar.token, false),
        ("a manager who monitors", &manager.token, true),
        ("a manager without the switch", &deputy.token, false),
        ("who administers the department", &keeper.token, true),
        ("an owner of another department", &far.token, false),
        ("who administers everybody", &admin, true),
    ] {
        let answer = ask_as(addr, token, &audio, "").await;
        assert_eq!(answer.status, if hears { 200 } else { 404 }, "{name}");
        assert_eq!(!listed(addr, token, "").await.0.is_empty(), hears, "{name}");
        assert_eq!(!listed(addr, token, &format!("?user={}", noor.id)).await.0.is_empty(), hears, "{name}");
        let all = ask_as(addr, token, "GET /v1/recordings", "").await;
        assert_eq!(all.text().contains("966501234567"), hears, "{name}");
    }
    for (name, token) in [("a colleague", &omar.token), ("the owner of another department", &far.token)] {
        // Somebody else's id is as one that nobody has.
        let line = format!("PUT /v1/me/recordings/{ID}");
        assert_eq!(ask_as(addr, token, &line, about(5)).await.status, 404, "{name}");
        assert_eq!(part(addr, token, ID, 0, b"x").await.status, 404, "{name}");
        let done = ask_as(addr, token, &format!("POST /v1/me/recordings/{ID}/done"), end_of(b"x")).await;
        assert_eq!(done.status, 404, "{name}");
        assert_eq!(ask_as(addr, token, &path, "").await.status, 404, "{name}");
    }
    for token in [&noor.token, &manager.token] {
        assert_eq!(ask_as(addr, token, &path, "").await.status, 403, "who hears does not delete");
    }
    // Who heard somebody else's is written down; one's own is nobody's business.
    let audit = ask_as(addr, &admin, "GET /v1/admin/audit?area=recording", "").await.json();
    let heard: Vec<&str> =
        audit["entries"].as_array().unwrap().iter().map(|it| it["by_extension"].as_str().unwrap()).collect();
    assert_eq!(heard.len(), 3, "{audit}");
    assert!(["713", "715", "900"].iter().all(|it| heard.contains(it)), "{audit}");
    assert_eq!(ask_as(addr, &keeper.token, &path, "").await.status, 204);
    assert_eq!(ask_as(addr, &noor.token, &audio, "").await.status, 404);
    assert!(listed(addr, &noor.token, "").await.0.is_empty());
    let audit = ask_as(addr, &admin, "GET /v1/admin/audit?area=recording", "").await.json();
    assert_eq!(audit["entries"][0]["action"], "recording.deleted");

    // Pages: newest first, and only one's own are counted.
    for n in 0..7 {
        let of = if n % 2 == 0 { &noor } else { &omar };
        hand_over(addr, &of.token, &format!("0190a000-0000-7000-8000-0000000003{n:02x}"), now_ms() - 3_600_000 + n)
            .await;
    }
    let (first, next) = listed(addr, &noor.token, "?limit=3").await;
    let ends: Vec<&str> = first.iter().map(|id| &id[34..]).collect();
    assert_eq!(ends, ["06", "04", "02"]);
    let (rest, end) = listed(addr, &noor.token, &format!("?limit=3&before={}", next.as_str().unwrap())).await;
    assert_eq!((rest.len(), &rest[0][34..], end), (1, "00", Value::Null));
    for query in ["?limit=0", "?limit=201", "?before=x", "?before=5.x", "?user="] {
        let answer = ask_as(addr, &noor.token, &format!("GET /v1/recordings{query}"), "").await;
        assert_eq!(answer.status, 400, "{query}");
    }
    server.shutdown().await;
}

async fn rules_reach_every_phone_and_old_recordings_go_rg_12(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let noor = person(addr, &admin, "711", "user").await;
    let usual = json!({"consent": "none", "retention_days": 0, "may_pause": true});
    assert_eq!(ask_as(addr, &noor.token, "GET /v1/me/recording", "").await.json(), usual);
    assert_eq!(ask_as(addr, &noor.token, "GET /v1/admin/recording", "").await.status, 403);
    let mut stream = Stream::open(addr, &noor.token).await;
    let wish = json!({"consent": "tone", "retention_days": 2, "may_pause": false});
    assert_eq!(ask_as(addr, &noor.token, "PUT /v1/admin/recording", wish.to_string()).await.status, 403);
    assert_eq!(told(&ask_as(addr, &admin, "PUT /v1/admin/recording", wish.to_string()).await), (200, wish.clone()));
    stream.wait(Duration::from_secs(1), |event| event["type"] == "recording.policy").await;
    assert_eq!(ask_as(addr, &noor.token, "GET /v1/me/recording", "").await.json(), wish);

    let now = now_ms();
    let (old, young) = ("0190a000-0000-7000-8000-0000000000b1", "0190a000-0000-7000-8000-0000000000b2");
    hand_over(addr, &noor.token, old, now - 3 * 24 * 3_600_000).await;
    hand_over(addr, &noor.token, young, now - 24 * 3_600_000).await;
    drop(stream);
    server.shutdown().await;
    // It looks when it starts, and every hour.
    let server = start(practice_config(&place)).await.unwrap();
    let addr = server.addr();
    let mut stream = Stream::open(addr, &noor.token).await;
    let began = std::time::Instant::now();
    while listed(addr, &noor.token, "").await.0 != [young] {
        assert!(began.elapsed() < DEADLINE, "the old one is still there");
        tokio::task::yield_now().await;
    }
    assert_eq!(ask_as(addr, &noor.token, &format!("GET /v1/recordings/{old}/audio"), "").await.status, 404);
    let files: Vec<_> =
        std::fs::read_dir(place.dir().join("recordings")).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let mut audit = Value::Null;
    while audit["entries"][0]["action"] != "recording.expired" {
        assert!(began.elapsed() < DEADLINE, "{audit}");
        audit = ask_as(addr, &admin, "GET /v1/admin/audit?area=recording", "").await.json();
    }
    // A phone that is told of a change is told by name.
    ask_as(addr, &admin, "PUT /v1/admin/recording", usual.to_string()).await;
    stream.wait(Duration::from_secs(1), |event| event["type"] == "recording.policy").await;
    server.shutdown().await;
}
