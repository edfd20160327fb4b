//! The directory: users as administrators see, make and change them (SPEC 1.6, 1.7).

use std::net::SocketAddr;

use serde_json::{Value, json};
use sip::ua::Event;
use testkit::database::Place;

use crate::phones::*;
use crate::status_admin::with_administrator;
use crate::statuses::{AT_ONCE, OFFER, Stream};

testkit::on_both_databases! {
    who_is_made_signs_in_is_seen_and_is_called_dr_01_ec_02,
    what_cannot_be_is_refused_and_nothing_is_made_ec_01_pw_02,
    an_agent_is_made_on_the_card_and_serves_a_queue_ec_07_ao_01,
    nobody_writes_over_what_somebody_else_has_changed,
    who_is_suspended_is_gone_at_once_and_comes_back,
    administrators_of_a_department_reach_no_further_rg_11,
}

pub const PASSWORD: &str = "Correct-Horse-7";

pub fn layla() -> Value {
    json!({"extension": "2119", "name": " ليلى منصور ", "email": "Layla@Care.example", "password": PASSWORD, "role": "user"})
}

pub fn with(mut wish: Value, key: &str, value: Value) -> Value {
    wish[key] = value;
    wish
}

pub async fn make(addr: SocketAddr, admin: &str, wish: &Value) -> (u16, Value) {
    request(addr, "POST", "/v1/users", admin, &wish.to_string()).await
}

pub async fn edit(addr: SocketAddr, admin: &str, id: &Value, wish: Value) -> (u16, Value) {
    request(addr, "PATCH", &format!("/v1/users/{}", id.as_str().unwrap()), admin, &wish.to_string()).await
}

pub async fn sign_in(addr: SocketAddr, email: &str, password: &str) -> (u16, Value) {
    let body = json!({"email": email, "password": password}).to_string();
    request(addr, "POST", "/v1/login", "", &body).await
}

pub async fn in_directory(addr: SocketAddr, admin: &str, extension: &str) -> Option<Value> {
    let (status, all) = request(addr, "GET", "/v1/users", admin, "").await;
    assert_eq!(status, 200, "{all}");
    all["users"].as_array().unwrap().iter().find(|user| user["extension"] == extension).cloned()
}

pub fn code((status, problem): &(u16, Value)) -> (u16, &str) {
    (*status, problem["code"].as_str().unwrap_or_default())
}

async fn who_is_made_signs_in_is_seen_and_is_called_dr_01_ec_02(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let mut noor = Phone::registered(addr, "noor", 1).await;
    let mut news = Stream::open(addr, &token(addr, "noor").await).await;
    let (status, card) = make(addr, &admin, &layla()).await;
    assert_eq!(status, 201, "{card}");
    assert_eq!((&card["name"], &card["email"]), (&json!("ليلى منصور"), &json!("layla@care.example")));
    assert_eq!((&card["agent"]["is_agent"], &card["agent"]["wrap_up"]), (&json!(false), &json!(10)));
    assert!(!card.to_string().contains(PASSWORD));
    news.wait(AT_ONCE, |event| event["type"] == "presence.changed" && event["data"]["extension"] == "2119").await;

    let row = in_directory(addr, &admin, "2119").await.unwrap();
    assert_eq!((&row["online"], &row["registered"], &row["kind"]), (&json!(false), &json!(false), &json!("offline")));
    let (status, session) = sign_in(addr, "layla@care.example", PASSWORD).await;
    assert_eq!(status, 200, "{session}");
    let token = session["token"].as_str().unwrap();
    let stream = Stream::open(addr, token).await;
    let mut phone = Phone::registered_with(addr, token, "layla", 2).await;
    news.wait(AT_ONCE, |event| event["data"]["extension"] == "2119" && event["data"]["kind"] == "available").await;
    let row = in_directory(addr, &admin, "2119").await.unwrap();
    assert_eq!(
        (&row["online"], &row["registered"], &row["on_call"], &row["status"]),
        (&json!(true), &json!(true), &json!(false), &json!("available")),
        "DR-05, DR-07, DR-08"
    );
    let call = noor.call("2119", OFFER.into()).await;
    let at_layla = phone.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
    phone.with(|ua, now| ua.answer(now, at_layla, OFFER.into())).await;
    noor.accepted(call).await;
    assert_eq!(in_directory(addr, &admin, "2119").await.unwrap()["on_call"], true);

    drop(stream);
    let offline = async { while in_directory(addr, &admin, "2119").await.unwrap()["online"] == true {} };
    tokio::time::timeout(DEADLINE, offline).await.expect("a window that is gone is not online (DR-05)");
    assert_eq!(in_directory(addr, &admin, "2119").await.unwrap()["registered"], true, "the phone is still there");
    server.shutdown().await;
}

async fn what_cannot_be_is_refused_and_nothing_is_made_ec_01_pw_02(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    assert_eq!(make(addr, &admin, &layla()).await.0, 201);
    let queue = json!({"name": "Sales", "extension": "800"}).to_string();
    assert_eq!(request(addr, "POST", "/v1/queues", &admin, &queue).await.0, 201);
    let other = with(with(layla(), "extension", json!("2120")), "email", json!("other@care.example"));
    for (wish, expected) in [
        (with(other.clone(), "extension", json!("2119")), (409, "extension-taken")),
        (with(other.clone(), "extension", json!("800")), (409, "extension-taken")),
        (with(other.clone(), "email", json!("layla@care.example")), (409, "email-taken")),
        (with(other.clone(), "extension", json!("21 20")), (422, "user-extension")),
        (with(other.clone(), "extension", json!("../me")), (422, "user-extension")),
        (with(other.clone(), "name", json!("  ")), (422, "user-name")),
        (with(other.clone(), "email", json!("nobody")), (422, "user-email")),
        (with(other.clone(), "password", json!("weak")), (422, "weak-password")),
        (with(other.clone(), "agent", json!({"is_agent": true, "wrap_up": 1000})), (422, "user-card")),
        (with(other.clone(), "agent", json!({"call_timeout": 0})), (422, "user-card")),
        (with(other.clone(), "department", json!("nowhere")), (422, "bad-body")),
        (with(other.clone(), "role", json!("emperor")), (422, "bad-body")),
    ] {
        assert_eq!(code(&make(addr, &admin, &wish).await), expected, "{wish}");
    }
    assert_eq!(in_directory(addr, &admin, "2120").await, None);
    for nobody in ["nothing", "..%2Fme", "%00"] {
        let found = request(addr, "GET", &format!("/v1/users/{nobody}"), &admin, "").await;
        assert_eq!(code(&found), (404, "not-found"), "{nobody}");
    }
    server.shutdown().await;
}

async fn an_agent_is_made_on_the_card_and_serves_a_queue_ec_07_ao_01(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let agent = json!({"is_agent": true, "wrap_up": 0, "skills": [{"name": "العربية", "level": 90}]});
    let (_, card) = make(addr, &admin, &with(layla(), "agent", agent)).await;
    assert_eq!(card["agent"]["skills"][0]["level"], 90, "{card}");
    let (_, session) = sign_in(addr, "layla@care.example", PASSWORD).await;
    let token = session["token"].as_str().unwrap();
    let mut phone = Phone::registered_with(addr, token, "layla", 2).await;
    let queue = json!({"name": "Sales", "extension": "800", "skills": [{"name": "العربية", "level": 80}]}).to_string();
    let (_, queue) = request(addr, "POST", "/v1/queues", &admin, &queue).await;
    let seat = format!("/v1/queues/{}/agents/{}", queue["id"].as_str().unwrap(), card["id"].as_str().unwrap());
    assert_eq!(request(addr, "PUT", &seat, &admin, &json!({"level": 1, "position": 1}).to_string()).await.0, 200);
    let (_, stands) = request(addr, "GET", "/v1/me/agent", token, "").await;
    assert_eq!(stands["state"], "ready", "{stands}");

    let mut noor = Phone::registered(addr, "noor", 1).await;
    let call = noor.call("800", OFFER.into()).await;
    let offer = phone.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
    phone.with(|ua, now| ua.answer(now, offer, OFFER.into())).await;
    noor.accepted(call).await;
    noor.with(|ua, now| ua.hang_up(now, call)).await;
    phone.wait(|e| matches!(e, Event::Ended { id, .. } if *id == offer).then_some(())).await;

    let wish = json!({"version": card["version"], "agent": {"is_agent": false}});
    assert_eq!(edit(addr, &admin, &card["id"], wish).await.0, 200);
    let (_, stands) = request(addr, "GET", "/v1/me/agent", token, "").await;
    assert_eq!(stands["state"], "none", "who is no agent any more is offered nothing: {stands}");
    server.shutdown().await;
}

async fn nobody_writes_over_what_somebody_else_has_changed(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (_, card) = make(addr, &admin, &layla()).await;
    let (_, session) = sign_in(addr, "layla@care.example", PASSWORD).await;
    let token = session["token"].as_str().unwrap().to_owned();
    let (status, kept) =
        edit(addr, &admin, &card["id"], json!({"version": card["version"], "name": "Layla Mansour"})).await;
    assert_eq!((status, &kept["name"], &kept["version"]), (200, &json!("Layla Mansour"), &json!(2)));
    let late = edit(addr, &admin, &card["id"], json!({"version": card["version"], "name": "Lost"})).await;
    assert_eq!(code(&late), (409, "user-changed"));
    let (_, me) = request(addr, "GET", "/v1/me", &token, "").await;
    assert_eq!((&me["name"], &me["first_name"]), (&json!("Layla Mansour"), &json!("Layla")));

    let wish = json!({"version": 2, "password": "Another-Horse-8", "email": "mansour@care.example"});
    let (status, kept) = edit(addr, &admin, &card["id"], wish).await;
    assert_eq!(status, 200, "{kept}");
    assert_eq!(request(addr, "GET", "/v1/me", &token, "").await.0, 401, "a new password ends every session");
    assert_eq!(sign_in(addr, "layla@care.example", PASSWORD).await.0, 401);
    assert_eq!(sign_in(addr, "mansour@care.example", "Another-Horse-8").await.0, 200);
    let weak = edit(addr, &admin, &card["id"], json!({"version": 3, "password": "weak"})).await;
    assert_eq!(code(&weak), (422, "weak-password"));
    server.shutdown().await;
}

async fn who_is_suspended_is_gone_at_once_and_comes_back(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (_, card) = make(addr, &admin, &layla()).await;
    let (_, session) = sign_in(addr, "layla@care.example", PASSWORD).await;
    let token = session["token"].as_str().unwrap().to_owned();
    let _phone = Phone::registered_with(addr, &token, "layla", 2).await;
    let mut news = Stream::open(addr, &admin).await;
    let (status, _) = edit(addr, &admin, &card["id"], json!({"version": 1, "active": false})).await;
    assert_eq!(status, 200);
    let gone = |event: &Value| event["data"]["extension"] == "2119" && event["data"]["kind"] == "offline";
    news.wait(AT_ONCE, gone).await;
    assert_eq!(request(addr, "GET", "/v1/me", &token, "").await.0, 401);
    assert_eq!(sign_in(addr, "layla@care.example", PASSWORD).await.0, 403);
    let row = in_directory(addr, &admin, "2119").await.unwrap();
    assert_eq!((&row["active"], &row["registered"]), (&json!(false), &json!(false)));

    assert_eq!(edit(addr, &admin, &card["id"], json!({"version": 2, "active": true})).await.0, 200);
    let (_, session) = sign_in(addr, "layla@care.example", PASSWORD).await;
    Phone::registered_with(addr, session["token"].as_str().unwrap(), "layla", 3).await;
    let (_, me) = request(addr, "GET", "/v1/me", &admin, "").await;
    let myself = edit(addr, &admin, &me["id"], json!({"version": 1, "active": false})).await;
    assert_eq!(code(&myself), (409, "yourself"));
    server.shutdown().await;
}

async fn administrators_of_a_department_reach_no_further_rg_11(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let sales = json!({"name": "Sales"}).to_string();
    let (_, sales) = request(addr, "POST", "/v1/departments", &admin, &sales).await;
    let owner = json!({"extension": "2200", "name": "Rana", "email": "rana@care.example", "password": PASSWORD,
                       "role": "department_administrator", "department": sales["id"]});
    assert_eq!(make(addr, &admin, &owner).await.0, 201);
    let (_, elsewhere) = make(addr, &admin, &layla()).await;
    let (_, session) = sign_in(addr, "rana@care.example", PASSWORD).await;
    let rana = session["token"].as_str().unwrap().to_owned();
    let (_, mine) = request(addr, "GET", "/v1/users", &rana, "").await;
    let extensions: Vec<&Value> = mine["users"].as_array().unwrap().iter().map(|user| &user["extension"]).collect();
    assert_eq!(extensions, [&json!("2200")]);

    let new = json!({"extension": "2201", "name": "Sami", "email": "sami@care.example", "password": PASSWORD, "role": "user"});
    let above = with(new.clone(), "role", json!("system_owner"));
    assert_eq!(code(&make(addr, &rana, &above).await), (403, "forbidden"));
    let far = with(new.clone(), "department", json!("default"));
    assert_eq!(code(&make(addr, &rana, &far).await), (403, "forbidden"));
    let (status, made) = make(addr, &rana, &new).await;
    assert_eq!((status, &made["department"]), (201, &sales["id"]), "the own department");
    let path = format!("/v1/users/{}", elsewhere["id"].as_str().unwrap());
    assert_eq!(code(&request(addr, "GET", &path, &rana, "").await), (404, "not-found"));
    let change = edit(addr, &rana, &elsewhere["id"], json!({"version": 1, "name": "Mine"})).await;
    assert_eq!(code(&change), (404, "not-found"));
    let member = token(addr, "noor").await;
    for (method, path) in
        [("GET", "/v1/users"), ("POST", "/v1/users"), ("GET", path.as_str()), ("PATCH", path.as_str())]
    {
        let body = if method == "POST" { new.to_string() } else { json!({"version": 1}).to_string() };
        assert_eq!(code(&request(addr, method, path, &member, &body).await), (403, "forbidden"), "{method} {path}");
    }
    server.shutdown().await;
}
