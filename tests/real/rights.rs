//! What colleagues see of a call, from one phone through the server to the next, and what administrators say about it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::rig::{Agent, Phone, PhoneSetup, Server, get, put};

const NUMBER: &str = "17778732492";

fn phone(server: &Server, extension: &str) -> Phone {
    let mut phone = PhoneSetup::team(server, &Agent::of(extension)).with(&["--no-tones"]).start();
    phone.wait("registered");
    phone
}

/// Ids of everybody, by extension, as the administrator sees them.
fn id_of(server: &Server, admin: &str, extension: &str) -> String {
    let team = get(server.addr, "/v1/presence", admin);
    let people = team["people"].as_array().unwrap();
    people.iter().find(|person| person["extension"] == extension).unwrap()["id"].as_str().unwrap().to_owned()
}

/// Turns one switch of somebody.
fn turn(server: &Server, admin: &str, id: &str, switch: &str, on: bool) {
    let path = format!("/v1/users/{id}/rights");
    let mut card = get(server.addr, &path, admin);
    card["switches"][switch] = json!(on);
    put(server.addr, &path, admin, &card);
}

/// Waits until this phone sees Noor's call like this.
fn sees(phone: &mut Phone, fits: impl Fn(&Value) -> bool) -> Value {
    phone.wait_where("presence", |found| found["extension"] == "101" && fits(found))
}

#[test]
fn noor_dials_a_number_and_rana_sees_what_noor_shows_and_rana_may_see_rg_02_rg_03_rg_07() {
    let server = Server::start(&["101", "102", NUMBER]);
    let admin = server.administrator("900");
    let mut noor = phone(&server, "101");
    let mut rana = phone(&server, "102");
    let mut outside = phone(&server, NUMBER);
    sees(&mut rana, |found| found["status"] == "available");
    let (noor_id, rana_id) = (id_of(&server, &admin, "101"), id_of(&server, &admin, "102"));

    noor.say(&format!("dial {NUMBER}"));
    let seen = sees(&mut rana, |found| found["call"] == "talking");
    assert_eq!((&seen["with"]["number"], &seen["with"]["direction"]), (&json!(NUMBER), &json!("outgoing")), "RG-02");
    outside.wait("incoming");
    outside.say("answer");
    noor.wait("answered");

    let began = Instant::now();
    turn(&server, &admin, &noor_id, "show_my_calls", false);
    let seen = sees(&mut rana, |found| found["with"].is_null());
    assert!(began.elapsed() < Duration::from_secs(1), "taken away after {:?}", began.elapsed());
    assert_eq!(seen["call"], "talking", "RG-03: only that Noor is on a call");

    turn(&server, &admin, &noor_id, "show_my_calls", true);
    sees(&mut rana, |found| found["with"]["number"] == NUMBER);

    let began = Instant::now();
    turn(&server, &admin, &rana_id, "calls", false);
    let seen = sees(&mut rana, |found| found["with"].is_null());
    assert!(began.elapsed() < Duration::from_secs(1), "taken away after {:?}", began.elapsed());
    assert_eq!((&seen["call"], &seen["hidden"]), (&json!("talking"), &json!(false)), "RG-07: presence of Noor");

    turn(&server, &admin, &rana_id, "presence", false);
    let seen = sees(&mut rana, |found| found["hidden"] == true);
    assert_eq!((&seen["call"], &seen["text"]), (&Value::Null, &json!("")), "RG-05: nothing of the department");
    noor.say("hangup");
    outside.wait("ended");

    turn(&server, &admin, &rana_id, "presence", true);
    let seen = sees(&mut rana, |found| found["hidden"] == false);
    assert_eq!((&seen["status"], &seen["call"]), (&json!("available"), &Value::Null));
}
