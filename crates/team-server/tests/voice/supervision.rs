//! Leave to supervise: who gets it, what it opens, and what is written down.

use std::net::SocketAddr;

use base::{Aor, Secret};
use serde_json::{Value, json};
use sip::ua::{DialogId, Event, Referral};
use sip::{SuperviseToken, supervise_key};
use sqlx::Row as _;
use sqlx::any::install_default_drivers;
use testkit::database::Place;

use crate::phones::*;
use crate::rights::change;
use crate::status_admin::with_administrator;
use crate::statuses::{AT_ONCE, OFFER, Stream, choose};

testkit::on_both_databases! {
    leave_needs_right_role_department_and_call_and_each_wish_is_written_down_rg_09_rg_11,
    with_leave_a_supervisor_reaches_the_agent_once_and_nobody_else_hears_of_it_rg_10,
    a_right_that_is_taken_away_is_told_to_both_phones_rg_09,
    whether_agents_see_it_is_for_administrators_to_say_rg_10,
    administrators_read_what_was_done_page_by_page_dr_12,
}

/// Somebody with a session.
struct Person {
    token: String,
    id: String,
}

async fn person(addr: SocketAddr, profile: &str) -> Person {
    let token = token(addr, profile).await;
    let (_, me) = request(addr, "GET", "/v1/me", &token, "").await;
    Person { id: me["id"].as_str().unwrap().to_owned(), token }
}

async fn ask(addr: SocketAddr, by: &Person, of: &str, mode: &str) -> (u16, Value) {
    request(addr, "POST", &format!("/v1/users/{of}/supervise"), &by.token, &json!({ "mode": mode }).to_string()).await
}

async fn may_supervise(addr: SocketAddr, admin: &str, who: &Person) {
    let done = change(addr, admin, &who.id, |card| {
        card["role"] = json!("manager");
        card["switches"]["monitoring"] = json!(true);
    });
    assert_eq!(done.await.0, 200);
}

/// What was written down of supervision, oldest first as far as milliseconds tell: by whom, what, of whom, mode and reason.
async fn audit(place: &Place) -> Vec<(String, String, String, Value, Value)> {
    install_default_drivers();
    let pool = sqlx::AnyPool::connect(&place.url()).await.unwrap();
    let rows = sqlx::query(
        "SELECT user_id, action, subject, details FROM audit WHERE action LIKE 'supervision.%' ORDER BY id",
    );
    let rows = rows.fetch_all(&pool).await.unwrap();
    pool.close().await;
    let text = |row: &sqlx::any::AnyRow, at: &str| row.try_get::<String, _>(at).unwrap();
    rows.iter()
        .map(|row| {
            let details: Value = serde_json::from_str(&text(row, "details")).unwrap();
            let (mode, why) = (details["mode"].clone(), details["why"].clone());
            (text(row, "user_id"), text(row, "action"), text(row, "subject"), mode, why)
        })
        .collect()
}

/// Waits until the newest row says this.
async fn until_written(place: &Place, action: &str) -> Vec<(String, String, String, Value, Value)> {
    let end = tokio::time::Instant::now() + DEADLINE;
    loop {
        let rows = audit(place).await;
        if rows.last().is_some_and(|row| row.1 == action) {
            return rows;
        }
        assert!(tokio::time::Instant::now() < end, "no {action} in {rows:?}");
        tokio::task::yield_now().await;
    }
}

/// The agent answers the customer.
async fn talk(customer: &mut Phone, agent: &mut Phone) -> DialogId {
    let call = customer.call(&agent.aor.user.clone(), OFFER.into()).await;
    let rings = agent.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
    agent.with(|ua, now| ua.answer(now, rings, OFFER.into())).await;
    customer.accepted(call).await;
    agent.wait(|e| matches!(e, Event::Confirmed { .. }).then_some(())).await;
    call
}

/// A supervisor calls with a leave.
async fn join(supervisor: &mut Phone, of: &Aor, leave: &str) -> DialogId {
    let mut dialog = None;
    supervisor
        .with(|ua, now| {
            let (id, out) = ua.invite_referred(now, of, OFFER.into(), Referral::supervising(leave.to_owned()));
            dialog = Some(id);
            out
        })
        .await;
    dialog.unwrap()
}

async fn leave_needs_right_role_department_and_call_and_each_wish_is_written_down_rg_09_rg_11(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (rana, noor) = (person(addr, "rana").await, person(addr, "noor").await);
    let mut expected = Vec::new();
    let mut refused = async |of: &str, mode: &str, status: u16, code: &str, why: &str| {
        let (found, problem) = ask(addr, &rana, of, mode).await;
        assert_eq!((found, problem["code"].as_str()), (status, Some(code)), "{problem}");
        expected.push((rana.id.clone(), "supervision.refused".to_owned(), of.to_owned(), json!(mode), json!(why)));
    };
    refused(&noor.id, "listen", 403, "forbidden", "no-right").await;
    change(addr, &admin, &rana.id, |card| card["role"] = json!("manager")).await;
    refused(&noor.id, "listen", 403, "forbidden", "no-right").await;
    change(addr, &admin, &rana.id, |card| {
        card["role"] = json!("user");
        card["switches"]["monitoring"] = json!(true);
    })
    .await;
    refused(&noor.id, "whisper", 403, "forbidden", "no-right").await;
    may_supervise(addr, &admin, &rana).await;
    refused(&noor.id, "barge", 409, "supervise-no-call", "no-call").await;
    refused(&rana.id, "listen", 409, "yourself", "yourself").await;
    refused("nobody", "listen", 403, "forbidden", "no-right").await;
    let (_, sales) = request(addr, "POST", "/v1/departments", &admin, r#"{"name":"Sales"}"#).await;
    change(addr, &admin, &noor.id, |card| card["department"] = sales["id"].clone()).await;
    refused(&noor.id, "listen", 403, "forbidden", "no-right").await;
    change(addr, &admin, &rana.id, |card| card["watches"] = json!([sales["id"]])).await;
    refused(&noor.id, "listen", 409, "supervise-no-call", "no-call").await;
    assert_eq!(ask(addr, &rana, &noor.id, "shout").await.0, 422);

    let (mut line, mut agent) = (Phone::registered(addr, "grace", 1).await, Phone::registered(addr, "noor", 2).await);
    talk(&mut line, &mut agent).await;
    let (status, leave) = ask(addr, &rana, &noor.id, "listen").await;
    assert_eq!((status, leave["extension"].as_str()), (200, Some(agent.aor.user.as_str())), "{leave}");
    assert_eq!(leave["other"]["number"], line.aor.user, "with whom");
    let grace = person(addr, "grace").await;
    change(addr, &admin, &grace.id, |card| card["watches"] = json!([sales["id"]])).await;
    may_supervise(addr, &admin, &grace).await;
    let (status, problem) = ask(addr, &grace, &noor.id, "listen").await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("yourself")), "Grace is the one who talks there");
    expected.push((grace.id, "supervision.refused".into(), noor.id.clone(), json!("listen"), json!("own-call")));
    expected.push((rana.id.clone(), "supervision.allowed".into(), noor.id.clone(), json!("listen"), Value::Null));
    let rows = audit(&place).await;
    assert_eq!(rows.len(), expected.len());
    assert!(expected.iter().all(|row| rows.contains(row)), "{rows:?}");
    server.shutdown().await;
}

async fn with_leave_a_supervisor_reaches_the_agent_once_and_nobody_else_hears_of_it_rg_10(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (rana, noor, omar) = (person(addr, "rana").await, person(addr, "noor").await, person(addr, "omar").await);
    may_supervise(addr, &admin, &rana).await;
    may_supervise(addr, &admin, &omar).await;
    let (mut line, mut agent) = (Phone::registered(addr, "grace", 1).await, Phone::registered(addr, "noor", 2).await);
    let mut supervisor = Phone::registered(addr, "rana", 3).await;
    talk(&mut line, &mut agent).await;
    let mut events = Stream::open(addr, &noor.token).await;
    // Whatever the status says.
    assert_eq!(choose(addr, &noor.token, "dnd", "").await.0, 200);
    events.sees(AT_ONCE, &agent.aor.user, "dnd").await;

    let (_, leave) = ask(addr, &rana, &noor.id, "listen").await;
    let leave = leave["token"].as_str().unwrap().to_owned();
    let of = agent.aor.clone();
    let joins = join(&mut supervisor, &of, &leave).await;
    let (came, shown) = agent
        .wait(|e| match e {
            Event::Invited { id, supervise, .. } => Some((*id, supervise.clone())),
            _ => None,
        })
        .await;
    assert_eq!(shown.as_deref(), Some(leave.as_str()));
    // The agent's phone can judge it alone.
    let (_, sip) = request(addr, "POST", "/v1/me/sip-credentials", &noor.token, "").await;
    let key = Secret::new(sip["supervision_key"].as_str().unwrap());
    let read = SuperviseToken::read(&leave, &key).expect("signed for this agent");
    assert_eq!((read.by, read.of, read.shown), (supervisor.aor.user.clone(), of.user.clone(), false));
    assert!((0..=30_000).contains(&(read.until.0 - sip["now_ms"].as_i64().unwrap())));
    agent.with(|ua, now| ua.answer(now, came, OFFER.into())).await;
    supervisor.accepted(joins).await;
    until_written(&place, "supervision.began").await;
    // Somebody else may not join, and a leave is good once.
    let (status, problem) = ask(addr, &omar, &noor.id, "listen").await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("supervise-taken")));
    let again = join(&mut supervisor, &of, &leave).await;
    assert_eq!(supervisor.failed(again).await, 403);
    let forged = leave.replace(";listen;", ";barge;");
    let forged = join(&mut supervisor, &of, &forged).await;
    assert_eq!(supervisor.failed(forged).await, 403);

    let (_, other) = ask(addr, &rana, &noor.id, "whisper").await;
    let other = other["token"].as_str().unwrap().to_owned();
    supervisor.with(|ua, now| ua.change_supervision(now, joins, &other)).await;
    agent.wait(|e| matches!(e, Event::SuperviseAsked { token, .. } if *token == other).then_some(())).await;
    agent.with(|ua, now| ua.answer_supervise(now, came, 200)).await;
    supervisor.wait(|e| matches!(e, Event::SuperviseAnswered { code: 200, .. }).then_some(())).await;
    supervisor.with(|ua, now| ua.hang_up(now, joins)).await;
    agent.wait(|e| matches!(e, Event::Ended { id, .. } if *id == came).then_some(())).await;
    let rows = until_written(&place, "supervision.ended").await;
    let mut told: Vec<(&str, Option<&str>)> = rows.iter().map(|row| (row.1.as_str(), row.4.as_str())).collect();
    let mut expected = [
        ("supervision.allowed", None),
        ("supervision.began", None),
        ("supervision.refused", Some("taken")),
        ("supervision.refused", Some("used")),
        ("supervision.refused", Some("forged")),
        ("supervision.allowed", None),
        ("supervision.changed", None),
        ("supervision.ended", None),
    ];
    // Rows of the same millisecond are in no order.
    told.sort_unstable();
    expected.sort_unstable();
    assert_eq!(told, expected);
    assert!(rows.iter().all(|row| row.2 == noor.id), "of whom: {rows:?}");
    // Presence knows the one call with the customer, and the supervisor talks to nobody.
    let (_, people) = request(addr, "GET", "/v1/presence", &noor.token, "").await;
    let of = |extension: &str| {
        people["people"].as_array().unwrap().iter().find(|p| p["extension"] == extension).unwrap().clone()
    };
    assert_eq!(of(&agent.aor.user)["call"]["with"]["number"], line.aor.user);
    assert_eq!(of(&supervisor.aor.user)["call"], Value::Null);
    server.shutdown().await;
}

async fn a_right_that_is_taken_away_is_told_to_both_phones_rg_09(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (rana, noor) = (person(addr, "rana").await, person(addr, "noor").await);
    may_supervise(addr, &admin, &rana).await;
    let (mut line, mut agent) = (Phone::registered(addr, "grace", 1).await, Phone::registered(addr, "noor", 2).await);
    let mut supervisor = Phone::registered(addr, "rana", 3).await;
    talk(&mut line, &mut agent).await;
    let (_, leave) = ask(addr, &rana, &noor.id, "barge").await;
    let joins = join(&mut supervisor, &agent.aor.clone(), leave["token"].as_str().unwrap()).await;
    let came = agent.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
    agent.with(|ua, now| ua.answer(now, came, OFFER.into())).await;
    supervisor.accepted(joins).await;
    until_written(&place, "supervision.began").await;
    let (mut at_rana, mut at_noor) = (Stream::open(addr, &rana.token).await, Stream::open(addr, &noor.token).await);
    let (_, me) = request(addr, "GET", "/v1/presence", &noor.token, "").await;
    let rana_seen = me["people"].as_array().unwrap().iter().find(|p| p["id"] == rana.id).unwrap();
    assert_eq!(rana_seen["may"]["supervise"], false, "an agent supervises nobody");
    change(addr, &admin, &rana.id, |card| card["switches"]["monitoring"] = json!(false)).await;
    for stream in [&mut at_rana, &mut at_noor] {
        let told = stream.wait(AT_ONCE, |event| event["type"] == "supervision.ended").await;
        assert_eq!(told["data"], json!({"by": supervisor.aor.user, "of": agent.aor.user}));
    }
    server.shutdown().await;
}

async fn whether_agents_see_it_is_for_administrators_to_say_rg_10(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (rana, noor) = (person(addr, "rana").await, person(addr, "noor").await);
    may_supervise(addr, &admin, &rana).await;
    let policy = "/v1/admin/supervision";
    assert_eq!(request(addr, "GET", policy, &admin, "").await, (200, json!({"agents_see": false})));
    assert_eq!(request(addr, "PUT", policy, &rana.token, r#"{"agents_see":true}"#).await.0, 403);
    for on in [true, false, true] {
        let body = json!({ "agents_see": on });
        assert_eq!(request(addr, "PUT", policy, &admin, &body.to_string()).await, (200, body.clone()));
        assert_eq!(request(addr, "GET", policy, &admin, "").await, (200, body));
    }
    let (mut line, mut agent) = (Phone::registered(addr, "grace", 1).await, Phone::registered(addr, "noor", 2).await);
    talk(&mut line, &mut agent).await;
    let (_, leave) = ask(addr, &rana, &noor.id, "listen").await;
    let (_, sip) = request(addr, "POST", "/v1/me/sip-credentials", &noor.token, "").await;
    let key = Secret::new(sip["supervision_key"].as_str().unwrap());
    assert!(SuperviseToken::read(leave["token"].as_str().unwrap(), &key).unwrap().shown);
    assert_ne!(supervise_key(&key, &agent.aor.user).reveal(), key.reveal());
    server.shutdown().await;
}

async fn administrators_read_what_was_done_page_by_page_dr_12(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (rana, noor) = (person(addr, "rana").await, person(addr, "noor").await);
    may_supervise(addr, &admin, &rana).await;
    assert_eq!(request(addr, "PUT", "/v1/admin/supervision", &admin, r#"{"agents_see":true}"#).await.0, 200);
    assert_eq!(ask(addr, &rana, &noor.id, "listen").await.0, 409, "nobody talks there");
    let read = async |query: &str| request(addr, "GET", &format!("/v1/admin/audit{query}"), &admin, "").await;
    let (status, all) = read("").await;
    assert_eq!(status, 200);
    let told: Vec<(String, String, String)> = all["entries"].as_array().unwrap().iter().take(3).map(triple).collect();
    let (_, me) = request(addr, "GET", "/v1/me", &admin, "").await;
    let (_, of) = request(addr, "GET", "/v1/me", &noor.token, "").await;
    let (_, by) = request(addr, "GET", "/v1/me", &rana.token, "").await;
    let name = |who: &Value| who["name"].as_str().unwrap().to_owned();
    assert_eq!(told[0], (name(&by), "supervision.refused".into(), name(&of)));
    assert_eq!(told[1].0, name(&me));
    assert_eq!(told[1].1, "setting.changed");
    assert_eq!(told[2], (name(&me), "rights.changed".into(), name(&by)));
    let changes = all["entries"][2]["changes"].as_array().unwrap();
    let change = |what: &str| changes.iter().find(|one| one["what"] == what).unwrap_or_else(|| panic!("{what}: {all}"));
    assert_eq!(change("role"), &json!({"what": "role", "before": "user", "after": "manager"}));
    assert_eq!(change("switches.monitoring")["after"], "true");
    assert!(changes.iter().all(|one| one["what"] != "switches.calls"), "{all}");

    // One entry a page, and each once.
    let (mut seen, mut query) = (Vec::new(), "?limit=1".to_owned());
    loop {
        let (_, page) = read(&query).await;
        let entries = page["entries"].as_array().unwrap();
        assert!(entries.len() <= 1);
        seen.extend(entries.iter().map(|entry| entry["id"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        query = format!("?limit=1&before={next}");
    }
    let ids: Vec<Value> = all["entries"].as_array().unwrap().iter().map(|entry| entry["id"].clone()).collect();
    assert_eq!(seen, ids);

    let (_, only) = read("?area=rights").await;
    assert!(only["entries"].as_array().unwrap().iter().all(|entry| entry["action"] == "rights.changed"));
    assert_eq!(only["entries"].as_array().unwrap().len(), 1);
    let (_, his) = read(&format!("?person={}", noor.id)).await;
    assert_eq!(his["entries"].as_array().unwrap().len(), 1);
    for odd in ["?limit=0", "?limit=201", "?limit=x", "?before=%00", "?area=%25", "?person=a%27b"] {
        assert_eq!(read(odd).await.0, 400, "{odd}");
    }
    assert_eq!(request(addr, "GET", "/v1/admin/audit", &rana.token, "").await.0, 403);
    server.shutdown().await;
}

/// By whom, what, to whom.
fn triple(entry: &Value) -> (String, String, String) {
    let text = |at: &str| entry[at].as_str().unwrap().to_owned();
    (text("by"), text("action"), text("subject"))
}
