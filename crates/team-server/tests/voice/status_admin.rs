//! Administrators change what statuses are (ST-05): who may, what calls make of it, what phones hear.

use std::net::SocketAddr;

use base::Secret;
use serde_json::{Value, json};
use sip::ua::Event;
use team_server::{NewUser, RunningServer, add_user, start};
use testkit::database::Place;

use crate::phones::*;
use crate::statuses::{AT_ONCE, OFFER, Stream, choose};

testkit::on_both_databases! {
    only_administrators_manage_statuses_st_05,
    what_a_status_keeps_away_holds_for_the_next_call_st_05,
    an_administrators_own_status_is_chosen_seen_and_retired_st_05_st_06,
    what_is_built_in_stays_and_two_administrators_do_not_write_over_each_other_st_04,
}

const ALL: &str = "/v1/admin/statuses";
const ORDER: &str = "/v1/admin/status-order";

/// A practice server with an administrator, and the administrator's token.
pub async fn with_administrator(place: &Place) -> (RunningServer, String) {
    let config = practice_config(place);
    let (email, name) = ("admin@example.com".to_owned(), "Admin".to_owned());
    let new = NewUser { email, name, extension: "900".into(), password: Secret::new("Correct-Horse-7"), admin: true };
    add_user(&config.database_url, new).await.unwrap();
    let server = start(config).await.unwrap();
    let body = json!({"email": "admin@example.com", "password": "Correct-Horse-7"}).to_string();
    let token = post(server.addr(), "/v1/login", "", &body).await["token"].as_str().unwrap().to_owned();
    (server, token)
}

async fn list(addr: SocketAddr, token: &str) -> Vec<Value> {
    let (status, body) = request(addr, "GET", ALL, token, "").await;
    assert_eq!(status, 200, "{body}");
    body["statuses"].as_array().unwrap().clone()
}

async fn one(addr: SocketAddr, token: &str, id: &str) -> Value {
    list(addr, token).await.into_iter().find(|status| status["id"] == id).unwrap()
}

/// Changes one on its newest version.
async fn edit(addr: SocketAddr, token: &str, id: &str, mut change: Value) -> (u16, Value) {
    change["version"] = one(addr, token, id).await["version"].clone();
    request(addr, "PATCH", &format!("{ALL}/{id}"), token, &change.to_string()).await
}

/// The ids that phones offer.
async fn offered(addr: SocketAddr, token: &str) -> Vec<String> {
    let (_, body) = request(addr, "GET", "/v1/statuses", token, "").await;
    body["statuses"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
}

/// Calls, and is answered 603 by the one who rings or something else by the server.
async fn outcome(a: &mut Phone, b: &mut Phone, rings: bool) -> u16 {
    let call = a.call(&b.aor.user.clone(), OFFER.into()).await;
    if rings {
        let ringing = b.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
        b.with(|ua, now| ua.reject(now, ringing, 603)).await;
    }
    a.failed(call).await
}

fn blocks(queue: bool, internal: bool, external: bool) -> Value {
    json!({"queue": queue, "internal": internal, "external": external})
}

async fn only_administrators_manage_statuses_st_05(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let member = token(addr, "a").await;
    let before = list(addr, &admin).await;
    let new = json!({"kind": "break", "names": {"en": "Mine", "ar": "لي"}, "blocks": blocks(false, false, false)})
        .to_string();
    let change = json!({"version": 1, "blocks": blocks(false, false, false)}).to_string();
    let order = json!({"ids": ["offline", "other", "meeting", "dnd", "break", "available"]}).to_string();
    for (method, path, body) in [
        ("GET", ALL, ""),
        ("POST", ALL, &new),
        ("PATCH", "/v1/admin/statuses/meeting", &change),
        ("PATCH", "/v1/admin/statuses/nothing", &change),
        ("PUT", ORDER, &order),
    ] {
        for (token, status, code) in [(&member, 403, "forbidden"), (&String::new(), 401, "not-signed-in")] {
            let (got, problem) = request(addr, method, path, token, body).await;
            assert_eq!((got, problem["code"].as_str()), (status, Some(code)), "{method} {path}");
        }
    }
    assert_eq!(list(addr, &admin).await, before, "nothing was changed");
    server.shutdown().await;
}

async fn what_a_status_keeps_away_holds_for_the_next_call_st_05(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let mut a = Phone::registered(addr, "a", 1).await;
    let mut b = Phone::registered(addr, "b", 2).await;
    let token_b = token(addr, "b").await;
    let mut news = Stream::open(addr, &token_b).await;
    assert_eq!(choose(addr, &token_b, "meeting", "").await.0, 200);
    assert_eq!(
        outcome(&mut a, &mut b, true).await,
        603,
        "a meeting lets colleagues through until somebody decides otherwise"
    );

    let (status, changed) = edit(addr, &admin, "meeting", json!({"blocks": blocks(true, true, false)})).await;
    assert_eq!((status, &changed["blocks"]), (200, &blocks(true, true, false)));
    news.wait(AT_ONCE, |event| event["type"] == "statuses.changed").await;
    assert_eq!(outcome(&mut a, &mut b, false).await, 486, "at once, although nobody has chosen anything");
    news.wait(AT_ONCE, |event| event["type"] == "call.blocked").await;
    let (_, told) = request(addr, "GET", "/v1/statuses", &token_b, "").await;
    let meeting = told["statuses"].as_array().unwrap().iter().find(|it| it["id"] == "meeting").unwrap();
    assert_eq!(meeting["blocks"], blocks(true, true, false));

    assert_eq!(edit(addr, &admin, "meeting", json!({"blocks": blocks(true, false, false)})).await.0, 200);
    assert_eq!(outcome(&mut a, &mut b, true).await, 603);
    server.shutdown().await;
}

async fn an_administrators_own_status_is_chosen_seen_and_retired_st_05_st_06(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let mut a = Phone::registered(addr, "a", 1).await;
    let mut b = Phone::registered(addr, "b", 2).await;
    let (token_a, token_b) = (token(addr, "a").await, token(addr, "b").await);
    let mut news = Stream::open(addr, &token_a).await;
    let extension = b.aor.user.clone();

    let names = json!({"en": "Training", "ar": "تدريب"});
    let new = json!({"kind": "break", "names": names, "blocks": blocks(true, true, true)}).to_string();
    let (status, made) = request(addr, "POST", ALL, &admin, &new).await;
    assert_eq!((status, &made["names"], &made["built_in"]), (201, &names, &json!(false)));
    let id = made["id"].as_str().unwrap().to_owned();
    news.wait(AT_ONCE, |event| event["type"] == "statuses.changed").await;
    assert_eq!(choose(addr, &token_b, &id, "").await.1["names"], names);
    assert_eq!(news.sees(AT_ONCE, &extension, &id).await["names"], names);
    assert_eq!(outcome(&mut a, &mut b, false).await, 486);
    assert_eq!(one(addr, &admin, &id).await["people"], 1);

    let names = json!({"en": "Course", "ar": "دورة"});
    assert_eq!(edit(addr, &admin, &id, json!({ "names": names })).await.0, 200);
    assert_eq!(news.sees(AT_ONCE, &extension, &id).await["names"], names, "the team sees the new name");

    let mut order = offered(addr, &token_a).await;
    order.rotate_right(1);
    assert_eq!(request(addr, "PUT", ORDER, &admin, &json!({ "ids": order }).to_string()).await.0, 200);
    assert_eq!(offered(addr, &token_a).await, order);
    for wrong in [&order[1..], &["break".to_owned()], &[]] {
        let (status, problem) = request(addr, "PUT", ORDER, &admin, &json!({ "ids": wrong }).to_string()).await;
        assert_eq!((status, problem["code"].as_str()), (422, Some("bad-body")));
    }

    assert_eq!(edit(addr, &admin, &id, json!({"retired": true})).await.0, 200);
    assert!(!offered(addr, &token_a).await.contains(&id));
    let (status, problem) = choose(addr, &token_a, &id, "").await;
    assert_eq!((status, problem["code"].as_str()), (422, Some("unknown-status")));
    assert_eq!(outcome(&mut a, &mut b, false).await, 486, "whoever has it keeps it");
    assert_eq!(edit(addr, &admin, &id, json!({"retired": false})).await.0, 200);
    assert!(offered(addr, &token_a).await.contains(&id));
    server.shutdown().await;
}

async fn what_is_built_in_stays_and_two_administrators_do_not_write_over_each_other_st_04(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let fixed: Vec<_> =
        list(addr, &admin).await.iter().filter(|it| it["blocks_fixed"] == true).map(|it| it["id"].clone()).collect();
    assert_eq!(fixed, ["available", "dnd", "offline"]);
    for (id, change, expected) in [
        ("dnd", json!({"blocks": blocks(false, false, false)}), (409, "built-in-status")),
        ("available", json!({"blocks": blocks(true, false, false)}), (409, "built-in-status")),
        ("meeting", json!({"retired": true}), (409, "built-in-status")),
        ("meeting", json!({"names": {"en": "x".repeat(41), "ar": "ب"}}), (422, "status-names")),
        ("meeting", json!({"names": {"en": "Only"}}), (422, "bad-body")),
        ("meeting", json!({"blocks": "all"}), (422, "bad-body")),
    ] {
        let (status, problem) = edit(addr, &admin, id, change.clone()).await;
        assert_eq!((status, problem["code"].as_str().unwrap()), expected, "{id} {change}");
    }
    for wrong in [json!({"version": 7, "retired": false}), json!({"version": 0, "retired": false})] {
        let (status, problem) = request(addr, "PATCH", &format!("{ALL}/break"), &admin, &wrong.to_string()).await;
        assert_eq!((status, problem["code"].as_str()), (409, Some("status-changed")));
    }
    for nobody in ["nothing", "%00", "a%2Fb"] {
        let (status, _) = request(addr, "PATCH", &format!("{ALL}/{nobody}"), &admin, r#"{"version":1}"#).await;
        assert_eq!(status, 404, "{nobody}");
    }
    for (kind, expected) in [("offline", (422, "bad-body")), ("lunch", (422, "bad-body"))] {
        let new =
            json!({"kind": kind, "names": {"en": "a", "ar": "ب"}, "blocks": blocks(true, true, true)}).to_string();
        let (status, problem) = request(addr, "POST", ALL, &admin, &new).await;
        assert_eq!((status, problem["code"].as_str().unwrap()), expected, "{kind}");
    }
    server.shutdown().await;
}
