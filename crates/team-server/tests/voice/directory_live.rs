//! What administrators do to others, and what they see of it live (DR-00 to DR-12, EC-05, EC-09, EX-01).

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};
use sip::ua::{Event, RegisterFailure};
use testkit::database::Place;

use crate::directory::{PASSWORD, code, edit, in_directory, layla, make, sign_in, with};
use crate::phones::*;
use crate::status_admin::with_administrator;
use crate::statuses::{AT_ONCE, OFFER, Stream, choose};

testkit::on_both_databases! {
    rows_are_told_live_to_those_who_administer_them_dr_00_dr_05_dr_06_dr_07,
    many_changes_become_few_events_dr_00,
    who_is_deleted_is_gone_everywhere_dr_10,
    nobody_deletes_themselves_or_the_last_owner_dr_10,
    a_forced_status_counts_and_says_by_whom_dr_11,
    ended_sessions_take_the_phones_along,
    registered_phones_are_listed_and_ended_ex_01,
    phones_come_from_allowed_networks_only_ec_09,
    a_pin_is_never_told_again_ec_05,
}

/// The time in which a row is told.
const SOON: Duration = Duration::from_secs(3);

async fn layla_signed_in(addr: SocketAddr, admin: &str) -> (Value, String) {
    let (status, card) = make(addr, admin, &layla()).await;
    assert_eq!(status, 201, "{card}");
    let (_, session) = sign_in(addr, "layla@care.example", PASSWORD).await;
    (card, session["token"].as_str().unwrap().to_owned())
}

/// The next row of this extension that is so.
async fn row(news: &mut Stream, extension: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    let rows = |event: &Value| event["data"]["changed"].as_array().cloned().unwrap_or_default();
    let found = |event: &Value| rows(event).into_iter().find(|row| row["extension"] == extension && is_so(row));
    let is_it = |event: &Value| event["type"] == "directory.changed" && found(event).is_some();
    let event = news.wait(SOON, is_it).await;
    found(&event).unwrap()
}

async fn act(addr: SocketAddr, admin: &str, id: &Value, what: &str, body: &Value) -> (u16, Value) {
    request(addr, "POST", &format!("/v1/users/{}/{what}", id.as_str().unwrap()), admin, &body.to_string()).await
}

async fn delete(addr: SocketAddr, admin: &str, id: &Value, version: u64) -> (u16, Value) {
    let path = format!("/v1/users/{}?version={version}", id.as_str().unwrap());
    request(addr, "DELETE", &path, admin, "").await
}

async fn rows_are_told_live_to_those_who_administer_them_dr_00_dr_05_dr_06_dr_07(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let mut noor = Phone::registered(addr, "noor", 1).await;
    let mut news = Stream::open(addr, &admin).await;
    let mut member = Stream::open(addr, &token(addr, "noor").await).await;
    let (card, layla) = layla_signed_in(addr, &admin).await;
    let new = row(&mut news, "2119", |row| row["online"] == false).await;
    assert_eq!((&new["name"], &new["role"], &new["registered"]), (&card["name"], &json!("user"), &json!(false)));

    let stream = Stream::open(addr, &layla).await;
    row(&mut news, "2119", |row| row["online"] == true).await;
    let mut phone = Phone::registered_with(addr, &layla, "layla", 2).await;
    row(&mut news, "2119", |row| row["registered"] == true && row["kind"] == "available").await;
    let call = noor.call("2119", OFFER.into()).await;
    let at_layla = phone.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
    phone.with(|ua, now| ua.answer(now, at_layla, OFFER.into())).await;
    noor.accepted(call).await;
    row(&mut news, "2119", |row| row["on_call"] == true).await;

    // Her window is killed, without a good-bye: its row says so, and her phone is still there.
    drop(stream);
    let gone = row(&mut news, "2119", |row| row["online"] == false).await;
    assert_eq!((&gone["registered"], &gone["on_call"]), (&json!(true), &json!(true)), "State unaffected (DR-05)");
    choose(addr, &layla, "break", "").await;
    row(&mut news, "2119", |row| row["status"] == "break").await;
    let wish = json!({"version": 1, "name": "Layla Mansour", "agent": {"is_agent": true}});
    assert_eq!(edit(addr, &admin, &card["id"], wish).await.0, 200);
    row(&mut news, "2119", |row| row["name"] == "Layla Mansour" && row["agent"] == true).await;

    // Moved to another department: whoever administers only that one hears of her from then on.
    let (_, sales) = request(addr, "POST", "/v1/departments", &admin, &json!({"name": "Sales"}).to_string()).await;
    let rana = json!({"extension": "2200", "name": "Rana", "email": "rana@care.example", "password": PASSWORD,
                      "role": "department_administrator", "department": sales["id"]});
    assert_eq!(make(addr, &admin, &rana).await.0, 201);
    let (_, session) = sign_in(addr, "rana@care.example", PASSWORD).await;
    let mut of_sales = Stream::open(addr, session["token"].as_str().unwrap()).await;
    let rights = format!("/v1/users/{}/rights", card["id"].as_str().unwrap());
    let (_, before) = request(addr, "GET", &rights, &admin, "").await;
    let put = |department: &Value, version: &Value| {
        with(with(before.clone(), "department", department.clone()), "version", version.clone())
    };
    let (status, moved) =
        request(addr, "PUT", &rights, &admin, &put(&sales["id"], &before["version"]).to_string()).await;
    assert_eq!(status, 200, "{moved}");
    row(&mut of_sales, "2119", |row| row["department"] == sales["id"]).await;
    let back = put(&json!("default"), &moved["version"]).to_string();
    assert_eq!(request(addr, "PUT", &rights, &admin, &back).await.0, 200);
    let left = |event: &Value| event["type"] == "directory.changed" && event["data"]["gone"][0] == card["id"];
    let left = of_sales.wait(SOON, left).await;
    assert_eq!(left["data"]["changed"], json!([]));

    // A colleague who administers nobody has not heard a byte of all this.
    choose(addr, &layla, "dnd", "").await;
    let mut heard = Vec::new();
    member
        .wait(SOON, |event| {
            heard.push(event["type"].clone());
            event["type"] == "presence.changed" && event["data"]["status"] == "dnd"
        })
        .await;
    assert!(!heard.contains(&json!("directory.changed")), "{heard:?}");
    server.shutdown().await;
}

async fn many_changes_become_few_events_dr_00(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (_, layla) = layla_signed_in(addr, &admin).await;
    let _phone = Phone::registered_with(addr, &layla, "layla", 2).await;
    let mut news = Stream::open(addr, &admin).await;
    let began = std::time::Instant::now();
    for at in 0..50 {
        let status = if at % 2 == 0 { "break" } else { "meeting" };
        assert_eq!(choose(addr, &layla, status, "").await.0, 200);
    }
    choose(addr, &layla, "dnd", "").await;
    let took = began.elapsed();
    let mut events = 0;
    let last = |event: &Value| {
        let is_row = event["type"] == "directory.changed";
        events += usize::from(is_row);
        is_row && event["data"]["changed"][0]["status"] == "dnd"
    };
    news.wait(SOON, last).await;
    let most = took.as_millis() / 250 + 2;
    assert!(events as u128 <= most, "{events} events of 51 changes in {took:?}");
    server.shutdown().await;
}

async fn who_is_deleted_is_gone_everywhere_dr_10(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let mut noor = Phone::registered(addr, "noor", 1).await;
    let agent = json!({"is_agent": true});
    let (_, card) = make(addr, &admin, &with(layla(), "agent", agent)).await;
    let (_, session) = sign_in(addr, "layla@care.example", PASSWORD).await;
    let layla = session["token"].as_str().unwrap().to_owned();
    let queue = json!({"name": "Sales", "extension": "800"}).to_string();
    let (_, queue) = request(addr, "POST", "/v1/queues", &admin, &queue).await;
    let queue = queue["id"].as_str().unwrap();
    let seat = format!("/v1/queues/{queue}/agents/{}", card["id"].as_str().unwrap());
    assert_eq!(request(addr, "PUT", &seat, &admin, &json!({"level": 1, "position": 1}).to_string()).await.0, 200);
    let mut phone = Phone::registered_with(addr, &layla, "layla", 2).await;
    noor.call("800", OFFER.into()).await;
    phone.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
    let mut news = Stream::open(addr, &admin).await;

    let stale = delete(addr, &admin, &card["id"], 7).await;
    assert_eq!(code(&stale), (409, "user-changed"));
    assert_eq!(delete(addr, &admin, &card["id"], 1).await.0, 204);
    assert_eq!(request(addr, "GET", "/v1/me", &layla, "").await.0, 401, "her sessions have ended");
    assert_eq!(sign_in(addr, "layla@care.example", PASSWORD).await.0, 401);
    assert_eq!(in_directory(addr, &admin, "2119").await, None);
    let gone = |event: &Value| event["type"] == "directory.changed" && event["data"]["gone"][0] == card["id"];
    news.wait(SOON, gone).await;
    let (_, live) = request(addr, "GET", &format!("/v1/queues/{queue}"), &admin, "").await;
    assert!(!live.to_string().contains("2119"), "she serves no queue any more: {live}");
    let (_, people) = request(addr, "GET", "/v1/presence", &admin, "").await;
    assert!(people["people"].as_array().unwrap().iter().all(|person| person["extension"] != "2119"));
    let (_, devices) = request(addr, "GET", "/v1/devices", &admin, "").await;
    assert!(!devices.to_string().contains("2119"), "{devices}");
    phone.is_let_go().await;
    assert_eq!(code(&delete(addr, &admin, &card["id"], 1).await), (404, "not-found"));

    // Extension and e-mail are free again; whoever has them is somebody else.
    let (status, again) = make(addr, &admin, &self::layla()).await;
    assert_eq!(status, 201, "{again}");
    assert_ne!(again["id"], card["id"]);
    server.shutdown().await;
}

async fn nobody_deletes_themselves_or_the_last_owner_dr_10(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (_, me) = request(addr, "GET", "/v1/me", &admin, "").await;
    assert_eq!(code(&delete(addr, &admin, &me["id"], 1).await), (409, "yourself"));
    let second = with(layla(), "role", json!("system_administrator"));
    assert_eq!(make(addr, &admin, &second).await.0, 201);
    let (_, session) = sign_in(addr, "layla@care.example", PASSWORD).await;
    let layla = session["token"].as_str().unwrap();
    let above = delete(addr, layla, &me["id"], 1).await;
    assert_eq!(code(&above), (403, "forbidden"), "nobody deletes who stands above them");
    let member = token(addr, "noor").await;
    for (method, path) in [
        ("DELETE", format!("/v1/users/{}?version=1", me["id"].as_str().unwrap())),
        ("POST", format!("/v1/users/{}/force", me["id"].as_str().unwrap())),
        ("POST", format!("/v1/users/{}/end-sessions", me["id"].as_str().unwrap())),
        ("GET", "/v1/devices".to_owned()),
        ("DELETE", "/v1/devices/x-1".to_owned()),
    ] {
        let body = json!({"status": "dnd"}).to_string();
        let refused = request(addr, method, &path, &member, &body).await;
        assert_eq!(code(&refused), (403, "forbidden"), "{method} {path}");
    }
    server.shutdown().await;
}

async fn a_forced_status_counts_and_says_by_whom_dr_11(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let mut noor = Phone::registered(addr, "noor", 1).await;
    let (card, layla) = layla_signed_in(addr, &admin).await;
    let _phone = Phone::registered_with(addr, &layla, "layla", 2).await;
    let mut hers = Stream::open(addr, &layla).await;
    let mut others = Stream::open(addr, &token(addr, "noor").await).await;
    let wish = json!({"status": "other", "text": " In training "});
    assert_eq!(act(addr, &admin, &card["id"], "force", &wish).await.0, 204);
    let mut seen = Vec::new();
    let forced = hers
        .wait(AT_ONCE, |event| {
            seen.push(event["type"].clone());
            event["type"] == "status.forced"
        })
        .await;
    assert_eq!(
        (&forced["data"]["by"], &forced["data"]["by_extension"], &forced["data"]["kind"], &forced["data"]["text"]),
        (&json!("Admin"), &json!("900"), &json!("other"), &json!("In training"))
    );
    assert!(seen.contains(&json!("status.changed")), "what counts is told as after an own choice: {seen:?}");
    others.sees(AT_ONCE, "2119", "other").await;
    assert_eq!(act(addr, &admin, &card["id"], "force", &json!({"status": "dnd"})).await.0, 204);
    let mut heard = Vec::new();
    others
        .wait(AT_ONCE, |event| {
            heard.push(event["type"].clone());
            event["type"] == "presence.changed" && event["data"]["status"] == "dnd"
        })
        .await;
    assert!(!heard.contains(&json!("status.forced")), "nobody else is told who did it");
    let call = noor.call("2119", OFFER.into()).await;
    assert_eq!(noor.failed(call).await, 486, "calls obey it like an own choice");
    // What she chooses afterwards is newer.
    assert_eq!(choose(addr, &layla, "available", "").await.0, 200);

    let wordless = act(addr, &admin, &card["id"], "force", &json!({"status": "other", "text": " "})).await;
    assert_eq!(code(&wordless), (422, "status-text"));
    for nothing in ["offline", "holiday"] {
        let refused = act(addr, &admin, &card["id"], "force", &json!({"status": nothing})).await;
        assert_eq!(code(&refused), (422, "unknown-status"), "{nothing}");
    }
    assert_eq!(
        code(&act(addr, &admin, &json!("nobody"), "force", &json!({"status": "dnd"})).await),
        (404, "not-found")
    );
    server.shutdown().await;
}

async fn ended_sessions_take_the_phones_along(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (card, layla) = layla_signed_in(addr, &admin).await;
    let (aor, user, password) = credentials(addr, &layla).await;
    let mut news = Stream::open(addr, &admin).await;
    let mut phone = Phone::line(addr, aor.clone(), user.clone(), password.clone(), "layla", 2).await;
    row(&mut news, "2119", |row| row["registered"] == true).await;
    assert_eq!(act(addr, &admin, &card["id"], "end-sessions", &json!({})).await.0, 204);
    assert_eq!(request(addr, "GET", "/v1/me", &layla, "").await.0, 401);
    row(&mut news, "2119", |row| row["registered"] == false && row["kind"] == "offline").await;
    phone.is_let_go().await;
    let old = Phone::tries(addr, aor, user, password, "layla", 3).await;
    assert_eq!(old, RegisterFailure::WrongCredentials, "what a lost computer still knows does not register");

    let (status, session) = sign_in(addr, "layla@care.example", PASSWORD).await;
    assert_eq!(status, 200, "she may sign in again");
    // Credentials are told in whole seconds: those of the next one are newer.
    let (again, mut registered) = (session["token"].as_str().unwrap(), false);
    let end = tokio::time::Instant::now() + DEADLINE;
    while !registered && tokio::time::Instant::now() < end {
        let (aor, user, password) = credentials(addr, again).await;
        registered = Phone::tries_to_register(addr, aor, user, password, "layla", 4).await.is_ok();
    }
    assert!(registered);
    server.shutdown().await;
}

async fn registered_phones_are_listed_and_ended_ex_01(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (card, layla) = layla_signed_in(addr, &admin).await;
    let mut first = Phone::registered_with(addr, &layla, "layla", 2).await;
    let _second = Phone::registered_with(addr, &layla, "layla-2", 3).await;
    let (status, all) = request(addr, "GET", "/v1/devices", &admin, "").await;
    assert_eq!(status, 200, "{all}");
    let devices = all["devices"].as_array().unwrap();
    assert_eq!(devices.len(), 2, "services of ours are no phones: {all}");
    let device = &devices[0];
    assert_eq!(
        (&device["extension"], &device["user"], &device["agent"], &device["transport"]),
        (&json!("2119"), &card["id"], &json!("test"), &json!("ws"))
    );
    assert!(device["address"].as_str().unwrap().starts_with("127.0.0.1:"), "{device}");
    let (since, until) = (device["since_ms"].as_i64().unwrap(), device["until_ms"].as_i64().unwrap());
    assert!((1..=600_000).contains(&(until - since)), "{device}");

    let path = format!("/v1/devices/{}", device["id"].as_str().unwrap());
    assert_eq!(request(addr, "DELETE", &path, &admin, "").await.0, 204);
    let (_, left) = request(addr, "GET", "/v1/devices", &admin, "").await;
    assert_eq!(left["devices"].as_array().unwrap().len(), 1, "{left}");
    assert_eq!(code(&request(addr, "DELETE", &path, &admin, "").await), (404, "not-found"));
    first.is_let_go().await;
    // It may still register: it comes back as after a break of the network, as another registration.
    first.reconnect(addr).await;
    let (_, back) = request(addr, "GET", "/v1/devices", &admin, "").await;
    assert_eq!(back["devices"].as_array().unwrap().len(), 2);
    assert!(!back.to_string().contains(device["id"].as_str().unwrap()));
    server.shutdown().await;
}

async fn phones_come_from_allowed_networks_only_ec_09(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let mut noor = Phone::registered(addr, "noor", 1).await;
    let elsewhere = with(layla(), "acl", json!(["192.0.2.77/24", "2001:DB8::/32"]));
    let (status, card) = make(addr, &admin, &elsewhere).await;
    assert_eq!((status, &card["acl"]), (201, &json!(["192.0.2.0/24", "2001:db8::/32"])), "in canonical form");
    let (_, session) = sign_in(addr, "layla@care.example", PASSWORD).await;
    let layla = session["token"].as_str().unwrap();
    let (aor, user, password) = credentials(addr, layla).await;
    let refused = Phone::tries(addr, aor.clone(), user.clone(), password.clone(), "layla", 2).await;
    assert_eq!(refused, RegisterFailure::NotFromHere);

    let here = json!({"version": 1, "acl": ["127.0.0.0/8"]});
    assert_eq!(edit(addr, &admin, &card["id"], here).await.0, 200);
    let mut phone = Phone::line(addr, aor, user, password, "layla", 3).await;
    // From now on not from here any more: what is registered stays, and the next call does not go.
    let nowhere = json!({"version": 2, "acl": ["192.0.2.1"]});
    assert_eq!(edit(addr, &admin, &card["id"], nowhere).await.0, 200);
    let call = phone.call("101", OFFER.into()).await;
    assert_eq!(phone.failed(call).await, 403);
    let everywhere = json!({"version": 3, "acl": []});
    assert_eq!(edit(addr, &admin, &card["id"], everywhere).await.0, 200);
    phone.call("101", OFFER.into()).await;
    noor.wait(|e| matches!(e, Event::Invited { .. }).then_some(())).await;
    for flawed in [json!(["192.0.2.0/33"]), json!(["care.example"]), json!(vec!["10.0.0.1"; 65])] {
        let refused = edit(addr, &admin, &card["id"], json!({"version": 4, "acl": flawed})).await;
        assert_eq!(code(&refused), (422, "user-acl"));
    }
    server.shutdown().await;
}

async fn a_pin_is_never_told_again_ec_05(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (status, card) = make(addr, &admin, &with(layla(), "pin", json!("٤٧١١٩"))).await;
    assert_eq!((status, &card["has_pin"]), (201, &json!(true)));
    assert!(!card.to_string().contains("4711"), "{card}");
    let (_, card) = edit(addr, &admin, &card["id"], json!({"version": 1, "name": "Layla"})).await;
    assert_eq!(card["has_pin"], true, "another name leaves it alone");
    assert_eq!(code(&edit(addr, &admin, &card["id"], json!({"version": 2, "pin": "12a4"})).await), (422, "user-pin"));
    let (status, card) = edit(addr, &admin, &card["id"], json!({"version": 2, "pin": ""})).await;
    assert_eq!((status, &card["has_pin"]), (200, &json!(false)));
    server.shutdown().await;
}
