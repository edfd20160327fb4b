//! The live panel at the running server (SPEC LP-01 to LP-04, CH-01 to CH-03, RG-11): phones, streams and routes together.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};
use sip::ua::{DialogId, Event};
use sqlx::any::install_default_drivers;
use team_server::RunningServer;
use testkit::database::Place;

use crate::directory::{PASSWORD, make, sign_in};
use crate::phones::*;
use crate::status_admin::with_administrator;
use crate::statuses::{AT_ONCE, OFFER, Stream, choose};

testkit::on_both_databases! {
    without_the_role_the_panel_is_refused_and_not_a_byte_is_told_lp_01_rp_01,
    the_state_of_an_agent_is_told_within_a_second_lp_02,
    figures_of_a_queue_follow_real_callers_lp_03_ch_01_ch_02,
    a_pulled_caller_rings_at_the_supervisor_and_is_written_down_lp_04,
    a_caller_is_sent_to_another_queue_and_to_somebody_lp_04,
    status_and_sessions_are_taken_from_the_panel_by_role_lp_04,
    other_departments_are_not_in_the_panel_rg_11,
    charts_are_a_recount_of_the_log_ch_02_ch_03,
}

const QUARTER_MS: i64 = 15 * 60 * 1000;

/// An administrator, a department *Care* with two agents and a queue, and a manager of it.
struct Scene {
    server: RunningServer,
    addr: SocketAddr,
    url: String,
    admin: String,
    care: String,
    queue: String,
    manager: String,
    noor: Person,
    rana: Person,
}

/// Somebody who is signed in, with a phone.
struct Person {
    id: String,
    token: String,
    phone: Phone,
}

impl Person {
    async fn new(addr: SocketAddr, admin: &str, body: &Value, seed: u64) -> Person {
        let (status, card) = make(addr, admin, body).await;
        assert_eq!(status, 201, "{card}");
        let token = session(addr, body["email"].as_str().unwrap()).await;
        let phone = Phone::registered_with(addr, &token, "p", seed).await;
        Person { id: card["id"].as_str().unwrap().to_owned(), token, phone }
    }
}

async fn session(addr: SocketAddr, email: &str) -> String {
    let (_, session) = sign_in(addr, email, PASSWORD).await;
    session["token"].as_str().expect("signed in").to_owned()
}

fn person(extension: &str, role: &str, department: &str) -> Value {
    let agent = json!({"is_agent": true, "call_timeout": 20, "wrap_up": 60, "max_no_answer": 0, "busy_delay": 1, "reject_delay": 20, "no_answer_delay": 1});
    json!({"extension": extension, "name": format!("Name {extension}"), "email": format!("{extension}@care.example"),
           "password": PASSWORD, "role": role, "department": department, "agent": if role == "user" { agent } else { json!({}) }})
}

async fn queue(addr: SocketAddr, admin: &str, extension: &str, agents: &[&str]) -> String {
    let wish = json!({"name": format!("Queue {extension}"), "extension": extension, "strategy": "top_down"});
    let (status, made) = request(addr, "POST", "/v1/queues", admin, &wish.to_string()).await;
    assert_eq!(status, 201, "{made}");
    let id = made["id"].as_str().unwrap().to_owned();
    for (position, agent) in agents.iter().enumerate() {
        let path = format!("/v1/queues/{id}/agents/{agent}");
        let place = json!({"level": 1, "position": position}).to_string();
        assert_eq!(request(addr, "PUT", &path, admin, &place).await.0, 200);
    }
    id
}

fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

/// Today began a quarter of an hour ago at least.
fn days() -> (i64, i64) {
    let now = now_ms();
    let today = now - now.rem_euclid(QUARTER_MS) - QUARTER_MS;
    (today, today - 24 * 60 * 60 * 1000)
}

async fn watch(addr: SocketAddr, token: &str) -> u16 {
    let (today, yesterday) = days();
    let body = json!({"today_ms": today, "yesterday_ms": yesterday}).to_string();
    request(addr, "PUT", "/v1/panel/watch", token, &body).await.0
}

async fn look(addr: SocketAddr, token: &str) -> (u16, Value) {
    let (today, yesterday) = days();
    request(addr, "GET", &format!("/v1/panel?today_ms={today}&yesterday_ms={yesterday}"), token, "").await
}

async fn charts(addr: SocketAddr, token: &str) -> Value {
    let (status, charts) = request(addr, "GET", &format!("/v1/panel/charts?today_ms={}", days().0), token, "").await;
    assert_eq!(status, 200, "{charts}");
    charts
}

/// Somebody who looks at the panel.
async fn looking(addr: SocketAddr, token: &str) -> Stream {
    let stream = Stream::open(addr, token).await;
    assert_eq!(watch(addr, token).await, 204);
    stream
}

/// The next panel that is so.
async fn shows(news: &mut Stream, longest: Duration, is_so: impl Fn(&Value) -> bool) -> Value {
    news.wait(longest, |event| event["type"] == "panel.changed" && is_so(&event["data"])).await["data"].clone()
}

fn row<'a>(panel: &'a Value, list: &str, key: &str, is: &str) -> &'a Value {
    let rows = panel[list].as_array().unwrap();
    rows.iter().find(|row| row[key] == is).unwrap_or(&Value::Null)
}

fn agent<'a>(panel: &'a Value, extension: &str) -> &'a Value {
    row(panel, "agents", "extension", extension)
}

async fn invited(phone: &mut Phone) -> DialogId {
    let id = phone.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
    phone.with(|ua, now| ua.ring(now, id)).await;
    id
}

async fn audited(url: &str, action: &str) -> Vec<(String, String)> {
    install_default_drivers();
    let pool = sqlx::AnyPool::connect(url).await.unwrap();
    let rows = sqlx::query_as("SELECT user_id, subject FROM audit WHERE action = $1 ORDER BY id")
        .bind(action.to_owned())
        .fetch_all(&pool)
        .await
        .unwrap();
    pool.close().await;
    rows
}

impl Scene {
    async fn new(place: &Place) -> Scene {
        let (server, admin) = with_administrator(place).await;
        let addr = server.addr();
        let (_, care) = request(addr, "POST", "/v1/departments", &admin, &json!({"name": "Care"}).to_string()).await;
        let care = care["id"].as_str().unwrap().to_owned();
        let noor = Person::new(addr, &admin, &person("2101", "user", &care), 11).await;
        let rana = Person::new(addr, &admin, &person("2102", "user", &care), 12).await;
        assert_eq!(make(addr, &admin, &person("2100", "manager", &care)).await.0, 201);
        let manager = session(addr, "2100@care.example").await;
        let queue = queue(addr, &admin, "800", &[&noor.id, &rana.id]).await;
        Scene { server, addr, url: place.url(), admin, care, queue, manager, noor, rana }
    }

    async fn supervisor_phone(&self) -> Phone {
        Phone::registered_with(self.addr, &self.manager, "m", 10).await
    }

    async fn rests(&self) {
        for who in [&self.noor, &self.rana] {
            assert_eq!(choose(self.addr, &who.token, "break", "").await.0, 200);
        }
    }
}

async fn without_the_role_the_panel_is_refused_and_not_a_byte_is_told_lp_01_rp_01(place: Place) {
    let s = Scene::new(&place).await;
    let addr = s.addr;
    let mut member = Stream::open(addr, &s.noor.token).await;
    assert_eq!(watch(addr, &s.noor.token).await, 403);
    for (method, path, body) in [
        ("GET", "/v1/panel?today_ms=0&yesterday_ms=0".to_owned(), ""),
        ("GET", "/v1/panel/charts?today_ms=0".to_owned(), ""),
        ("POST", format!("/v1/panel/agents/{}/force", s.rana.id), r#"{"status":"break"}"#),
        ("POST", format!("/v1/panel/agents/{}/end-sessions", s.rana.id), ""),
        ("POST", "/v1/panel/callers/x-1/pull".to_owned(), ""),
        ("POST", "/v1/panel/callers/x-1/send".to_owned(), r#"{"to":"800"}"#),
    ] {
        let (status, refusal) = request(addr, method, &path, &s.noor.token, body).await;
        assert_eq!((status, &refusal["code"]), (403, &json!("forbidden")), "{path}");
    }
    // A manager who looks, and whose role is taken away while they do.
    let mut news = looking(addr, &s.manager).await;
    shows(&mut news, DEADLINE, |_| true).await;
    let (_, me) = request(addr, "GET", "/v1/me", &s.manager, "").await;
    let path = format!("/v1/users/{}/rights", me["id"].as_str().unwrap());
    let (_, mut rights) = request(addr, "GET", &path, &s.admin, "").await;
    rights["role"] = json!("user");
    assert_eq!(request(addr, "PUT", &path, &s.admin, &rights.to_string()).await.0, 200);
    assert_eq!(look(addr, &s.manager).await.0, 403);
    choose(addr, &s.rana.token, "dnd", "").await;
    // What comes after it, and later than a panel would have: all that is told to both until then.
    let mut heard = Vec::new();
    let until = tokio::time::Instant::now() + AT_ONCE;
    while tokio::time::Instant::now() < until {
        for status in ["break", "meeting"] {
            assert_eq!(choose(addr, &s.rana.token, status, "").await.0, 200);
            for stream in [&mut news, &mut member] {
                let is_it = |event: &Value| event["type"] == "presence.changed" && event["data"]["status"] == status;
                stream
                    .wait(DEADLINE, |event| {
                        heard.push(event["type"].clone());
                        is_it(event)
                    })
                    .await;
            }
        }
    }
    assert!(!heard.contains(&json!("panel.changed")), "{heard:?}");
    s.server.shutdown().await;
}

async fn the_state_of_an_agent_is_told_within_a_second_lp_02(place: Place) {
    let mut s = Scene::new(&place).await;
    let addr = s.addr;
    choose(addr, &s.rana.token, "break", "").await;
    let mut a = Phone::registered(addr, "a", 1).await;
    let mut news = looking(addr, &s.manager).await;
    let first = shows(&mut news, DEADLINE, |panel| agent(panel, "2102")["activity"] == "away").await;
    assert_eq!(agent(&first, "2101")["activity"], "ready");
    assert_eq!((&first["all_departments"], first["agents"].as_array().unwrap().len()), (&json!(false), 2));

    let call = a.call("800", OFFER.into()).await;
    let at_noor = invited(&mut s.noor.phone).await;
    let ringing = shows(&mut news, AT_ONCE, |panel| agent(panel, "2101")["activity"] == "ringing").await;
    assert_eq!(agent(&ringing, "2101")["queue"], s.queue.as_str());
    let caller = &ringing["waiting"][0];
    assert_eq!((&caller["number"], &caller["offered_to"]), (&json!(a.aor.user), &json!(s.noor.id)));

    s.noor.phone.with(|ua, now| ua.answer(now, at_noor, OFFER.into())).await;
    a.accepted(call).await;
    let talking = shows(&mut news, AT_ONCE, |panel| agent(panel, "2101")["activity"] == "talking").await;
    let it = agent(&talking, "2101");
    assert_eq!((&it["queue"], &it["with"]["number"]), (&json!(s.queue), &json!(a.aor.user)), "shares numbers (RG-02)");
    assert!(it["for_ms"].as_u64().unwrap() < 2000 && talking["waiting"] == json!([]), "{talking}");

    a.with(|ua, now| ua.hang_up(now, call)).await;
    let after = shows(&mut news, AT_ONCE, |panel| agent(panel, "2101")["activity"] == "wrap_up").await;
    let left = agent(&after, "2101")["left_ms"].as_u64().unwrap();
    assert!((50_000..=60_001).contains(&left), "{left}");
    let (_, _) = request(addr, "POST", "/v1/me/agent/ready", &s.noor.token, "").await;
    shows(&mut news, AT_ONCE, |panel| agent(panel, "2101")["activity"] == "ready").await;
    choose(addr, &s.noor.token, "meeting", "").await;
    let away = shows(&mut news, AT_ONCE, |panel| agent(panel, "2101")["activity"] == "away").await;
    assert_eq!(agent(&away, "2101")["status"], "meeting");

    // Nobody looks any more: nothing is told.
    assert_eq!(request(addr, "DELETE", "/v1/panel/watch", &s.manager, "").await.0, 204);
    choose(addr, &s.noor.token, "dnd", "").await;
    let mut heard = Vec::new();
    choose(addr, &s.rana.token, "other", "course").await;
    news.wait(AT_ONCE, |event| {
        heard.push(event["type"].clone());
        event["data"]["text"] == "course"
    })
    .await;
    assert!(!heard.contains(&json!("panel.changed")), "{heard:?}");
    s.server.shutdown().await;
}

async fn figures_of_a_queue_follow_real_callers_lp_03_ch_01_ch_02(place: Place) {
    let mut s = Scene::new(&place).await;
    let addr = s.addr;
    s.rests().await;
    let mut news = looking(addr, &s.manager).await;
    let (mut a, mut b) = (Phone::registered(addr, "a", 1).await, Phone::registered(addr, "b", 2).await);
    let first = a.call("800", OFFER.into()).await;
    let second = b.call("800", OFFER.into()).await;
    for phone in [&mut a, &mut b] {
        phone.wait(|e| matches!(e, Event::Queued { .. }).then_some(())).await;
    }
    let panel = shows(&mut news, AT_ONCE, |panel| panel["sums"]["waiting"] == 2).await;
    let queue = row(&panel, "queues", "extension", "800").clone();
    assert_eq!((&queue["waiting"], &queue["ready"], &queue["paused"]), (&json!(2), &json!(0), &json!(2)));
    assert_eq!(queue["agents"], json!([s.noor.id, s.rana.id]));
    assert!(queue["longest_wait_ms"].is_u64() && panel["waiting"].as_array().unwrap().len() == 2);

    b.with(|ua, now| ua.hang_up(now, second)).await;
    shows(&mut news, AT_ONCE, |panel| panel["sums"]["waiting"] == 1 && panel["sums"]["abandoned"] == 1).await;
    choose(addr, &s.noor.token, "available", "").await;
    let at_noor = invited(&mut s.noor.phone).await;
    s.noor.phone.with(|ua, now| ua.answer(now, at_noor, OFFER.into())).await;
    a.accepted(first).await;
    let panel = shows(&mut news, AT_ONCE, |panel| panel["sums"]["answered"] == 1).await;
    let sums = &panel["sums"];
    assert_eq!((&sums["offered"], &sums["on_calls"], &sums["waiting"]), (&json!(2), &json!(1), &json!(0)));
    assert_eq!((&sums["service_level"], &sums["target"], &sums["within_s"]), (&json!(100.0), &json!(80), &json!(20)));
    a.with(|ua, now| ua.hang_up(now, first)).await;
    s.noor.phone.wait(|e| matches!(e, Event::Ended { id, .. } if *id == at_noor).then_some(())).await;
    shows(&mut news, AT_ONCE, |panel| panel["sums"]["average_talk_ms"].is_u64()).await;

    let ended = async {
        loop {
            let charts = charts(addr, &s.manager).await;
            if row(&charts, "directions", "extension", "2101")["internal"] == 1 {
                break charts;
            }
        }
    };
    let charts = tokio::time::timeout(DEADLINE, ended).await.expect("the call is in the log");
    // Noor and Rana have phones that are idle, the manager has none.
    assert_eq!(charts["states"], json!({"idle": 2, "busy": 0, "unregistered": 1}));
    let halves = charts["half_hours"].as_array().unwrap();
    let sum = |what: &str| halves.iter().map(|it| it[what].as_u64().unwrap()).sum::<u64>();
    assert_eq!((sum("answered"), sum("abandoned")), (1, 1));
    s.server.shutdown().await;
}

async fn a_pulled_caller_rings_at_the_supervisor_and_is_written_down_lp_04(place: Place) {
    let s = Scene::new(&place).await;
    let addr = s.addr;
    s.rests().await;
    let mut phone = s.supervisor_phone().await;
    let mut news = looking(addr, &s.manager).await;
    let mut a = Phone::registered(addr, "a", 1).await;
    let call = a.call("800", OFFER.into()).await;
    let panel = shows(&mut news, AT_ONCE, |panel| panel["sums"]["waiting"] == 1).await;
    let caller = panel["waiting"][0]["id"].as_str().unwrap().to_owned();
    let pull = format!("/v1/panel/callers/{caller}/pull");
    assert_eq!(request(addr, "POST", &pull, &s.manager, "").await.0, 204);
    let at_manager = invited(&mut phone).await;
    let (status, busy) = request(addr, "POST", &pull, &s.manager, "").await;
    assert_eq!((status, &busy["code"]), (409, &json!("not-now")), "it rings already");
    // Not wanted after all: the caller waits on, and is pulled again.
    phone.with(|ua, now| ua.reject(now, at_manager, 486)).await;
    let again = async { while request(addr, "POST", &pull, &s.manager, "").await.0 != 204 {} };
    tokio::time::timeout(DEADLINE, again).await.expect("the caller waits");
    let at_manager = invited(&mut phone).await;
    phone.with(|ua, now| ua.answer(now, at_manager, OFFER.into())).await;
    a.accepted(call).await;
    let panel = shows(&mut news, AT_ONCE, |panel| panel["sums"]["answered"] == 1).await;
    assert_eq!(panel["waiting"], json!([]));
    assert_eq!(request(addr, "POST", &pull, &s.manager, "").await.0, 404, "waits no more");
    let (_, me) = request(addr, "GET", "/v1/me", &s.manager, "").await;
    let done = (me["id"].as_str().unwrap().to_owned(), caller);
    assert_eq!(audited(&s.url, "caller.pulled").await, [done.clone(), done]);
    s.server.shutdown().await;
}

async fn a_caller_is_sent_to_another_queue_and_to_somebody_lp_04(place: Place) {
    let mut s = Scene::new(&place).await;
    let addr = s.addr;
    s.rests().await;
    let other = queue(addr, &s.admin, "801", &[&s.noor.id]).await;
    let mut news = looking(addr, &s.manager).await;
    let mut a = Phone::registered(addr, "a", 1).await;
    let call = a.call("800", OFFER.into()).await;
    let panel = shows(&mut news, AT_ONCE, |panel| panel["sums"]["waiting"] == 1).await;
    let send = |panel: &Value, to: &str| {
        let path = format!("/v1/panel/callers/{}/send", panel["waiting"][0]["id"].as_str().unwrap());
        let (manager, body) = (s.manager.clone(), json!({"to": to}).to_string());
        async move { request(addr, "POST", &path, &manager, &body).await }
    };
    for nowhere in ["800", "2999"] {
        let (status, refusal) = send(&panel, nowhere).await;
        assert_eq!((status, &refusal["code"]), (409, &json!("not-now")), "{nowhere}: the caller is not lost");
    }
    assert_eq!(send(&panel, "a b").await.0, 422);
    assert_eq!(send(&panel, "801").await.0, 204);
    let moved = shows(&mut news, AT_ONCE, |panel| panel["waiting"][0]["queue"] == other.as_str()).await;
    assert_eq!(send(&panel, "801").await.0, 404, "that stay is over");
    assert_eq!(send(&moved, "2102").await.0, 204);
    let at_rana = invited(&mut s.rana.phone).await;
    s.rana.phone.with(|ua, now| ua.answer(now, at_rana, OFFER.into())).await;
    a.accepted(call).await;
    assert_eq!(audited(&s.url, "caller.sent_on").await.len(), 2);
    let panel = shows(&mut news, AT_ONCE, |panel| panel["waiting"] == json!([])).await;
    assert_eq!(
        (&panel["sums"]["abandoned"], &panel["sums"]["service_level"]),
        (&json!(0), &Value::Null),
        "nobody's fault"
    );
    s.server.shutdown().await;
}

async fn status_and_sessions_are_taken_from_the_panel_by_role_lp_04(place: Place) {
    let s = Scene::new(&place).await;
    let addr = s.addr;
    let mut hers = Stream::open(addr, &s.noor.token).await;
    let act = |id: &str, what: &str, body: &str| {
        let (path, token, body) = (format!("/v1/panel/agents/{id}/{what}"), s.manager.clone(), body.to_owned());
        async move { request(addr, "POST", &path, &token, &body).await }
    };
    // A manager administers nobody, and may do this all the same.
    assert_eq!(act(&s.noor.id, "force", r#"{"status":"meeting"}"#).await.0, 204);
    let forced = hers.wait(AT_ONCE, |event| event["type"] == "status.forced").await;
    assert_eq!((&forced["data"]["by_extension"], &forced["data"]["status"]), (&json!("2100"), &json!("meeting")));
    assert_eq!(act(&s.noor.id, "force", r#"{"status":"nap"}"#).await.0, 422);
    let (_, owner) = make(addr, &s.admin, &person("2109", "owner", &s.care)).await;
    let owner = owner["id"].as_str().unwrap();
    assert_eq!(act(owner, "force", r#"{"status":"break"}"#).await.0, 403, "a higher role");
    let (_, me) = request(addr, "GET", "/v1/me", &s.manager, "").await;
    assert_eq!(act(me["id"].as_str().unwrap(), "end-sessions", "").await.0, 403, "oneself");
    let (_, far) = make(addr, &s.admin, &person("2301", "user", "default")).await;
    assert_eq!(act(far["id"].as_str().unwrap(), "end-sessions", "").await.0, 404, "another department (RG-11)");
    assert_eq!(act("nobody", "end-sessions", "").await.0, 404);
    assert_eq!(act(&s.noor.id, "end-sessions", "").await.0, 204);
    assert_eq!(request(addr, "GET", "/v1/me", &s.noor.token, "").await.0, 401);
    let by = |rows: Vec<(String, String)>| rows.into_iter().filter(|row| row.0 == me["id"].as_str().unwrap()).count();
    assert_eq!(by(audited(&s.url, "user.status_forced").await), 1, "who is written down");
    assert_eq!(by(audited(&s.url, "user.sessions_ended").await), 1);
    s.server.shutdown().await;
}

async fn other_departments_are_not_in_the_panel_rg_11(place: Place) {
    let s = Scene::new(&place).await;
    let addr = s.addr;
    let (_, sales) = request(addr, "POST", "/v1/departments", &s.admin, &json!({"name": "Sales"}).to_string()).await;
    let sami = Person::new(addr, &s.admin, &person("3301", "user", sales["id"].as_str().unwrap()), 13).await;
    let far = queue(addr, &s.admin, "890", &[&sami.id]).await;
    choose(addr, &sami.token, "break", "").await;
    let mut stranger = Phone::registered(addr, "a", 1).await;
    let mut news = looking(addr, &s.manager).await;
    stranger.call("890", OFFER.into()).await;
    let mut all = looking(addr, &s.admin).await;
    let whole = shows(&mut all, DEADLINE, |panel| panel["sums"]["waiting"] == 1).await;
    assert_eq!((&whole["all_departments"], agent(&whole, "3301")["extension"].as_str()), (&json!(true), Some("3301")));
    let caller = whole["waiting"][0]["id"].as_str().unwrap().to_owned();

    choose(addr, &s.noor.token, "meeting", "").await;
    let told = shows(&mut news, AT_ONCE, |panel| agent(panel, "2101")["status"] == "meeting").await;
    let (_, asked) = look(addr, &s.manager).await;
    for panel in [told, asked, charts(addr, &s.manager).await] {
        let text = panel.to_string();
        for word in ["\"3301\"", sami.id.as_str(), "\"890\"", far.as_str(), caller.as_str()] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
    for what in ["pull", "send"] {
        let path = format!("/v1/panel/callers/{caller}/{what}");
        assert_eq!(request(addr, "POST", &path, &s.manager, r#"{"to":"800"}"#).await.0, 404, "{what}");
    }
    s.server.shutdown().await;
}

async fn charts_are_a_recount_of_the_log_ch_02_ch_03(place: Place) {
    let s = Scene::new(&place).await;
    let addr = s.addr;
    for status in ["break", "meeting", "available", "break", "dnd"] {
        assert_eq!(choose(addr, &s.noor.token, status, "").await.0, 200);
    }
    assert_eq!(choose(addr, &s.rana.token, "meeting", "").await.0, 200);
    install_default_drivers();
    let pool = sqlx::AnyPool::connect(&s.url).await.unwrap();
    let today = days().0;
    let recounted = async {
        loop {
            let before = now_ms();
            let charts = charts(addr, &s.manager).await;
            let after = now_ms();
            let rows: Vec<(String, String, i64, i64)> =
                sqlx::query_as("SELECT user_id, status_id, since_ms, until_ms FROM status_log")
                    .fetch_all(&pool)
                    .await
                    .unwrap();
            let spent = |status: &str, now: i64| {
                let mine = rows.iter().filter(|row| row.1 == status && [&s.noor.id, &s.rana.id].contains(&&row.0));
                mine.map(|row| (if row.3 == 0 { now } else { row.3 }) - row.2.max(today))
                    .filter(|ms| *ms > 0)
                    .sum::<i64>()
            };
            let told = |status: &str| row(&charts, "breaks", "status", status)["ms"].as_i64().unwrap_or(0);
            let fits = |status| (spent(status, before)..=spent(status, after)).contains(&told(status));
            let rests = ["break", "meeting", "dnd"];
            if rows.iter().filter(|row| row.3 == 0 && rests.contains(&row.1.as_str())).count() == 2 {
                assert!(rests.iter().all(|status| fits(status)), "{charts} {rows:?}");
                assert_eq!(row(&charts, "breaks", "status", "available"), &Value::Null);
                break;
            }
        }
    };
    tokio::time::timeout(DEADLINE, recounted).await.expect("the log is written");
    pool.close().await;
    s.server.shutdown().await;
}
