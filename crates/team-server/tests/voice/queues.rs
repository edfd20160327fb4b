//! Queues at the running server (SPEC 1.7): phones, statuses, routes and the machine together.

use std::net::SocketAddr;
use std::time::Duration;

use base::Secret;
use serde_json::{Value, json};
use sip::ua::{DialogId, Event, QueuePlace};
use team_server::{NewUser, RunningServer, add_user, start};
use testkit::database::Place;

use crate::phones::*;
use crate::statuses::{AT_ONCE, OFFER, Stream, choose};

testkit::on_both_databases! {
    a_queue_call_goes_to_the_next_agent_wrap_up_and_ready_ao_01_ao_02,
    rejected_is_a_pause_and_three_missed_are_a_break_ao_03_ao_05,
    a_status_reaches_queues_at_which_nothing_else_happens_st_03,
    who_hangs_up_or_outlives_the_server_has_the_old_place,
    only_administrators_change_queues_and_settings_are_checked,
}

const QUEUE: &str = "800";

/// A practice server with an administrator and their token; `b` and `c` serve the queue, in this order, with these options.
struct Scene {
    server: RunningServer,
    admin: String,
    queue: String,
    a: Phone,
    b: Phone,
    c: Phone,
}

impl Scene {
    async fn new(place: &Place, wrap_up: u16) -> Scene {
        let config = practice_config(place);
        let (email, name) = ("admin@example.com".to_owned(), "Admin".to_owned());
        let new =
            NewUser { email, name, extension: "900".into(), password: Secret::new("Correct-Horse-7"), admin: true };
        add_user(&config.database_url, new).await.unwrap();
        let server = start(config).await.unwrap();
        let addr = server.addr();
        let body = json!({"email": "admin@example.com", "password": "Correct-Horse-7"}).to_string();
        let admin = post(addr, "/v1/login", "", &body).await["token"].as_str().unwrap().to_owned();
        let a = Phone::registered(addr, "a", 1).await;
        let b = Phone::registered(addr, "b", 2).await;
        let c = Phone::registered(addr, "c", 3).await;
        for profile in ["b", "c"] {
            hire(addr, &admin, &me(addr, profile).await, wrap_up).await;
        }
        let wish = json!({"name": "المبيعات", "extension": QUEUE, "strategy": "top_down"}).to_string();
        let (status, made) = request(addr, "POST", "/v1/queues", &admin, &wish).await;
        assert_eq!(status, 201, "{made}");
        let queue = made["id"].as_str().unwrap().to_owned();
        for (position, profile) in ["b", "c"].into_iter().enumerate() {
            let me = me(addr, profile).await;
            let path = format!("/v1/queues/{queue}/agents/{me}");
            let place = json!({"level": 1, "position": position}).to_string();
            assert_eq!(request(addr, "PUT", &path, &admin, &place).await.0, 200);
        }
        Scene { server, admin, queue, a, b, c }
    }

    async fn agent(&self, profile: &str) -> Value {
        let addr = self.server.addr();
        request(addr, "GET", "/v1/me/agent", &token(addr, profile).await, "").await.1
    }
}

async fn me(addr: SocketAddr, profile: &str) -> String {
    let (_, me) = request(addr, "GET", "/v1/me", &token(addr, profile).await, "").await;
    me["id"].as_str().unwrap().to_owned()
}

/// Makes an agent of somebody, on their card.
async fn hire(addr: SocketAddr, admin: &str, user: &str, wrap_up: u16) {
    let agent = json!({"is_agent": true, "call_timeout": 2, "wrap_up": wrap_up, "max_no_answer": 3, "busy_delay": 20, "reject_delay": 2, "no_answer_delay": 1});
    let (status, card) =
        request(addr, "PATCH", &format!("/v1/users/{user}"), admin, &json!({"version": 1, "agent": agent}).to_string())
            .await;
    assert_eq!(status, 200, "{card}");
}

async fn offered(phone: &mut Phone) -> DialogId {
    let (id, queue) = phone
        .wait(|e| match e {
            Event::Invited { id, queue, .. } => Some((*id, queue.clone())),
            _ => None,
        })
        .await;
    assert_eq!(queue.as_deref(), Some("المبيعات"), "the card says which queue");
    phone.with(|ua, now| ua.ring(now, id)).await;
    id
}

async fn stops(phone: &mut Phone, id: DialogId) {
    phone.wait(|e| matches!(e, Event::Cancelled { id: it, .. } if *it == id).then_some(())).await;
}

async fn queued(phone: &mut Phone) -> QueuePlace {
    phone.wait(|e| if let Event::Queued { place, .. } = e { Some(*place) } else { None }).await
}

fn gates(agent: &Value) -> Vec<&str> {
    agent["gates"].as_array().unwrap().iter().map(|gate| gate["why"].as_str().unwrap()).collect()
}

async fn a_queue_call_goes_to_the_next_agent_wrap_up_and_ready_ao_01_ao_02(place: Place) {
    let mut s = Scene::new(&place, 60).await;
    let addr = s.server.addr();
    let mut news = Stream::open(addr, &token(addr, "c").await).await;
    let call = s.a.call(QUEUE, OFFER.into()).await;
    assert_eq!(queued(&mut s.a).await.position, 1);
    let at_b = offered(&mut s.b).await;
    assert_eq!(gates(&s.agent("b").await), ["offered"]);
    stops(&mut s.b, at_b).await;
    let at_c = offered(&mut s.c).await;
    s.c.with(|ua, now| ua.answer(now, at_c, OFFER.into())).await;
    s.a.accepted(call).await;
    news.wait(AT_ONCE, |event| event["type"] == "agent.changed" && event["data"]["state"] == "talking").await;
    assert_eq!(s.agent("b").await["missed"], 1);

    s.a.with(|ua, now| ua.hang_up(now, call)).await;
    s.c.wait(|e| matches!(e, Event::Ended { id, .. } if *id == at_c).then_some(())).await;
    let told =
        news.wait(AT_ONCE, |event| event["type"] == "agent.changed" && event["data"]["state"] == "wrap_up").await;
    let left = told["data"]["left_ms"].as_u64().unwrap();
    assert!((50_000..=60_001).contains(&left), "{left}");
    let token_c = token(addr, "c").await;
    let (_, longer) = request(addr, "POST", "/v1/me/agent/extend", &token_c, "").await;
    assert!(longer["left_ms"].as_u64().unwrap() > 60_001, "{longer}");
    let (_, ready) = request(addr, "POST", "/v1/me/agent/ready", &token_c, "").await;
    assert_eq!((&ready["state"], gates(&ready).len()), (&json!("ready"), 0));

    let (_, live) = request(addr, "GET", &format!("/v1/queues/{}", s.queue), &s.admin, "").await;
    assert_eq!((&live["waiting"], &live["queue"]["extension"]), (&json!(0), &json!(QUEUE)));
    // The log is written in the background; reading it again is not timing but waiting for the truth.
    let answered = async {
        loop {
            let (_, live) = request(addr, "GET", &format!("/v1/queues/{}", s.queue), &s.admin, "").await;
            if live["answered"] == 1 && live["answered_in_time"] == 1 {
                break;
            }
        }
    };
    tokio::time::timeout(DEADLINE, answered).await.expect("the log says that the call was answered");
    s.server.shutdown().await;
}

async fn rejected_is_a_pause_and_three_missed_are_a_break_ao_03_ao_05(place: Place) {
    let mut s = Scene::new(&place, 0).await;
    let addr = s.server.addr();
    let token_b = token(addr, "b").await;
    assert_eq!(choose(addr, &token(addr, "c").await, "break", "").await.0, 200);
    let mut news = Stream::open(addr, &token_b).await;
    let call = s.a.call(QUEUE, OFFER.into()).await;
    let at_b = offered(&mut s.b).await;
    s.b.with(|ua, now| ua.reject(now, at_b, 603)).await;
    let paused =
        news.wait(AT_ONCE, |event| event["type"] == "agent.changed" && event["data"]["state"] == "delayed").await;
    assert_eq!(gates(&paused["data"]), ["reject_delay"]);
    assert_eq!(paused["data"]["missed"], 0, "not counted");
    for _ in 0..3 {
        let at_b = offered(&mut s.b).await;
        stops(&mut s.b, at_b).await;
    }
    // The gate and the real status, for everybody to see: either may be told first.
    let (mut missed, mut status) = (Value::Null, Value::Null);
    let both = |event: &Value| {
        let data = &event["data"];
        match event["type"].as_str() {
            Some("agent.changed") if data["gates"][0]["why"] == "forced_break" => {
                missed = data["gates"][0]["missed"].clone();
            }
            Some("status.changed") => status = data["status"].clone(),
            _ => {}
        }
        !missed.is_null() && !status.is_null()
    };
    news.wait(DEADLINE, both).await;
    assert_eq!((missed, status), (json!(3), json!("break")));

    assert_eq!(choose(addr, &token_b, "available", "").await.0, 200);
    let at_b = offered(&mut s.b).await;
    s.b.with(|ua, now| ua.answer(now, at_b, OFFER.into())).await;
    s.a.accepted(call).await;
    s.server.shutdown().await;
}

async fn a_status_reaches_queues_at_which_nothing_else_happens_st_03(place: Place) {
    let mut s = Scene::new(&place, 0).await;
    let addr = s.server.addr();
    let mut news = Stream::open(addr, &token(addr, "b").await).await;
    for profile in ["b", "c"] {
        assert_eq!(choose(addr, &token(addr, profile).await, "break", "").await.0, 200);
    }
    // No phone says anything, and nobody asks the queues.
    let told = news.wait(AT_ONCE, |event| event["type"] == "agent.changed").await;
    assert_eq!(gates(&told["data"]), ["status"]);
    let call = s.a.call(QUEUE, OFFER.into()).await;
    queued(&mut s.a).await;
    assert_eq!(choose(addr, &token(addr, "b").await, "available", "").await.0, 200);
    let at_b = tokio::time::timeout(AT_ONCE, offered(&mut s.b)).await.expect("who waits is offered at once");
    s.b.with(|ua, now| ua.answer(now, at_b, OFFER.into())).await;
    s.a.accepted(call).await;
    s.server.shutdown().await;
}

async fn who_hangs_up_or_outlives_the_server_has_the_old_place(place: Place) {
    let mut s = Scene::new(&place, 0).await;
    let addr = s.server.addr();
    for profile in ["b", "c"] {
        assert_eq!(choose(addr, &token(addr, profile).await, "break", "").await.0, 200);
    }
    let mut d = Phone::registered(addr, "d", 4).await;
    let first = s.a.call(QUEUE, OFFER.into()).await;
    assert_eq!(queued(&mut s.a).await.position, 1);
    // Places are kept to the millisecond: whoever comes in the same one may be before or after.
    tokio::time::sleep(Duration::from_millis(10)).await;
    let _second = d.call(QUEUE, OFFER.into()).await;
    assert_eq!(queued(&mut d).await.position, 2);
    s.a.hang_up(first).await;
    assert_eq!(queued(&mut d).await.position, 1);
    let again = s.a.call(QUEUE, OFFER.into()).await;
    assert_eq!(queued(&mut s.a).await.position, 1, "the old place");
    assert_eq!(queued(&mut d).await.position, 2);
    let _ = again;

    // What the queues told last is written before the server ends.
    s.server.shutdown().await;
    let mut config = practice_config(&place);
    config.bind = addr;
    let server = start(config).await.unwrap();
    d.reconnect(addr).await;
    s.a.reconnect(addr).await;
    d.call(QUEUE, OFFER.into()).await;
    assert_eq!(queued(&mut d).await.position, 1);
    s.a.call(QUEUE, OFFER.into()).await;
    assert_eq!(queued(&mut s.a).await.position, 1, "longer there, before and after the restart");
    tokio::time::timeout(Duration::from_secs(10), server.shutdown()).await.expect("it ends with callers waiting");
}

async fn only_administrators_change_queues_and_settings_are_checked(place: Place) {
    let s = Scene::new(&place, 0).await;
    let addr = s.server.addr();
    let member = token(addr, "a").await;
    let one = format!("/v1/queues/{}", s.queue);
    let agent = format!("{one}/agents/{}", me(addr, "b").await);
    let wish = json!({"name": "Help", "extension": "801"}).to_string();
    let edit = json!({"version": 1, "name": "Help", "extension": "801"}).to_string();
    let put = json!({"level": 1, "position": 1}).to_string();
    for (method, path, body) in [
        ("GET", "/v1/queues", ""),
        ("POST", "/v1/queues", wish.as_str()),
        ("GET", &one, ""),
        ("PATCH", &one, &edit),
        ("DELETE", &one, ""),
        ("PUT", &agent, &put),
        ("DELETE", &agent, ""),
    ] {
        for (token, expected) in [(member.as_str(), 403), ("", 401)] {
            assert_eq!(request(addr, method, path, token, body).await.0, expected, "{method} {path}");
        }
    }
    for (wish, expected) in [
        (json!({"name": "", "extension": "801"}), (422, "queue-settings")),
        (json!({"name": "Help", "extension": "801", "overflow": "queue", "overflow_to": "x"}), (422, "queue-settings")),
        (json!({"name": "Help", "extension": QUEUE}), (409, "extension-taken")),
        (json!({"name": "Help", "extension": "900"}), (409, "extension-taken")),
    ] {
        let (status, problem) = request(addr, "POST", "/v1/queues", &s.admin, &wish.to_string()).await;
        assert_eq!((status, problem["code"].as_str().unwrap()), expected, "{wish}");
    }
    assert_eq!(request(addr, "PATCH", &one, &s.admin, &edit).await.1["extension"], "801");
    let (status, problem) = request(addr, "PATCH", &one, &s.admin, &edit).await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("queue-changed")));
    let no_agent = format!("{one}/agents/{}", me(addr, "a").await);
    let (_, row) = request(addr, "PUT", &no_agent, &s.admin, &json!({"level": 2, "position": 0}).to_string()).await;
    let who = |agent: &Value| (agent["name"].as_str().unwrap().is_empty(), agent["is_agent"].as_bool().unwrap());
    let agents: Vec<_> = row["agents"].as_array().unwrap().iter().map(who).collect();
    assert_eq!(agents, [(false, true), (false, true), (false, false)], "{row}");
    assert_eq!(request(addr, "DELETE", &no_agent, &s.admin, "").await.0, 200);
    assert_eq!(request(addr, "DELETE", &agent, &s.admin, "").await.1["agents"].as_array().unwrap().len(), 1);
    assert_eq!(gates(&s.agent("b").await), ["no_queue"]);
    assert_eq!(gates(&s.agent("a").await), ["not_an_agent"]);
    assert_eq!(request(addr, "DELETE", &one, &s.admin, "").await.0, 204);
    assert_eq!(request(addr, "GET", &one, &s.admin, "").await.0, 404);
    s.server.shutdown().await;
}
