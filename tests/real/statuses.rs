//! What an agent's status does, from one phone through the server to the next.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::rig::{Agent, Phone, PhoneSetup, Server, post};

/// A phone without sound, since nothing here is listened to, and the status that it begins with.
fn phone_and_status(server: &Server, extension: &str) -> (Phone, Value) {
    let mut phone = PhoneSetup::team(server, &Agent::of(extension)).with(&["--no-tones"]).start();
    let came = phone.wait_each(&["registered", "status"]);
    let status = came.into_iter().find(|event| event["event"] == "status").expect("both came");
    (phone, status)
}

fn phone(server: &Server, extension: &str) -> Phone {
    phone_and_status(server, extension).0
}

/// Waits until this phone sees the other extension like this.
fn sees(phone: &mut Phone, extension: &str, status: &str) {
    phone.wait_where("presence", |found| found["extension"] == extension && found["status"] == status);
}

/// Chooses a status and waits until it is true.
fn choose(phone: &mut Phone, status: &str) {
    phone.say(&format!("status {status}"));
    let name = status.split(' ').next().unwrap_or_default().to_owned();
    phone.wait_where("status", |found| {
        found["status"] == name.as_str() && found["pending"].is_null() && found["offline"] == false
    });
}

#[test]
fn do_not_disturb_is_busy_break_rings_and_the_team_sees_it_st_03_st_04_st_13() {
    let server = Server::start(&["101", "102"]);
    let mut a = phone(&server, "101");
    let mut b = phone(&server, "102");
    sees(&mut a, "102", "available");

    let began = Instant::now();
    b.say("status dnd");
    let asked = b.wait("status");
    assert_eq!((&asked["status"], &asked["pending"]), (&json!("available"), &json!("dnd")), "nothing is true yet");
    sees(&mut a, "102", "dnd");
    assert!(began.elapsed() < Duration::from_secs(1), "seen after {:?}", began.elapsed());
    b.wait_with("status", "status", "dnd");

    a.say("dial 102");
    let ended = a.wait("ended");
    assert_eq!((&ended["reason"], &ended["sip_code"]), (&json!("busy"), &json!(486)));
    // The next thing that b hears of is its own call: nothing has rung.
    b.say("dial 101");
    a.wait("incoming");
    a.say("decline");
    b.wait("ended");

    choose(&mut b, "break");
    sees(&mut a, "102", "break");
    a.say("dial 102");
    b.wait("incoming");
    a.say("hangup");
    b.wait("ended");

    choose(&mut b, "other تدريب على CRM");
    let seen = a.wait_where("presence", |found| found["status"] == "other");
    assert_eq!(seen["text"], "تدريب على CRM");
    b.say("status other");
    assert_eq!(b.wait("error")["code"], "status_text", "empty words are refused (ST-06)");

    b.say("quit");
    sees(&mut a, "102", "offline");
}

#[test]
fn a_wish_made_while_the_server_is_gone_is_told_when_it_is_back_and_only_the_newest_st_12() {
    let mut server = Server::start(&["101", "102"]);
    let mut b = phone(&server, "102");
    server.kill();
    b.wait("registration_failed");
    b.say("status break");
    b.wait_with("status", "pending", "break");
    b.say("status meeting");
    b.wait_with("status", "pending", "meeting");

    server.start_again();
    let true_now = b.wait_where("status", |found| found["pending"].is_null());
    assert_eq!(true_now["status"], "meeting");
    let (_again, status) = phone_and_status(&server, "102");
    assert_eq!(status["status"], "meeting", "another phone of the same person finds it so");
}

#[test]
fn marked_offline_at_sign_in_nothing_rings_until_the_agent_goes_online_st_07() {
    let server = Server::start(&["101", "102"]);
    let mut a = phone(&server, "101");
    let mut b = phone(&server, "102");
    b.say("offline-at-sign-in on");
    b.wait_where("status", |found| found["offline_at_sign_in"] == true && found["offline"] == false);
    b.say("quit");
    b.exit_code();
    sees(&mut a, "102", "offline");

    let (mut b, status) = phone_and_status(&server, "102");
    assert_eq!(status["offline"], true);
    a.say("dial 102");
    assert_eq!(a.wait("ended")["sip_code"], 480);
    choose(&mut b, "available");
    sees(&mut a, "102", "available");
    a.say("dial 102");
    b.wait("incoming");
    a.say("hangup");
    a.wait("ended");

    a.say("team");
    let team = a.wait("team");
    let people = team["people"].as_array().unwrap();
    assert_eq!(people.iter().map(|person| person["status"].as_str().unwrap()).collect::<Vec<_>>(), ["available"; 2]);
}

#[test]
fn the_team_sees_who_is_on_a_call_st_13() {
    let mut server = Server::start(&["101", "102", "103"]);
    let mut a = phone(&server, "101");
    let mut b = phone(&server, "102");
    let mut c = phone(&server, "103");
    let on_call = |phone: &mut Phone, extension: &str, call: Value| {
        let seen = phone.wait_where("presence", |found| found["extension"] == extension && found["call"] == call);
        assert_eq!(seen["status"], "available", "the status stays what was chosen");
    };
    a.say("dial 102");
    on_call(&mut c, "101", json!("talking"));
    on_call(&mut c, "102", json!("ringing"));
    b.wait("incoming");
    b.say("answer");
    on_call(&mut c, "102", json!("talking"));
    a.say("hangup");
    on_call(&mut c, "102", Value::Null);

    // What was missed while the server was away is asked for again.
    server.kill();
    c.wait("registration_failed");
    server.start_again();
    c.wait_where("presence", |found| {
        found["extension"] == "101" && found["status"] == "available" && found["call"].is_null()
    });
}

#[test]
fn a_status_that_an_administrator_makes_is_there_within_a_second_and_blocks_what_it_says_st_05() {
    let server = Server::start(&["101", "102"]);
    let mut a = phone(&server, "101");
    let mut b = phone(&server, "102");
    sees(&mut a, "102", "available");
    let admin = server.administrator("900");
    let began = Instant::now();
    let names = json!({"en": "Training", "ar": "تدريب"});
    let blocks = json!({"queue": true, "internal": true, "external": true});
    let new = json!({"kind": "break", "names": names, "blocks": blocks});
    let made = post(server.addr, "/v1/admin/statuses", Some(&admin), &new);
    let id = made["id"].as_str().expect("an id");
    let is_it = |choice: &Value| choice["id"] == id && choice["names"] == names;
    b.wait_where("status", |found| found["choices"].as_array().is_some_and(|all| all.iter().any(is_it)));
    assert!(began.elapsed() < Duration::from_secs(1), "offered after {:?}", began.elapsed());

    choose(&mut b, id);
    let seen = a.wait_where("presence", |found| found["status"] == id);
    assert_eq!(seen["names"], names);
    a.say("dial 102");
    assert_eq!(a.wait("ended")["sip_code"], 486);
}
