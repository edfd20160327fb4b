//! Calls of colleagues: taken, sent elsewhere while they ring, sent elsewhere while they run (RG-08); and refused to those who may not.

use std::time::Instant;

use serde_json::json;

use crate::rig::{Agent, Desk, Phone, PhoneSetup, Server, get, post, put, sound_turn};

fn phone(server: &Server, extension: &str) -> Phone {
    let mut phone = PhoneSetup::team(server, &Agent::of(extension)).with(&["--no-tones"]).start();
    phone.wait("registered");
    phone
}

fn id_of(server: &Server, admin: &str, extension: &str) -> String {
    let team = get(server.addr, "/v1/presence", admin);
    let people = team["people"].as_array().unwrap();
    people.iter().find(|person| person["extension"] == extension).unwrap()["id"].as_str().unwrap().to_owned()
}

fn may_operate(server: &Server, admin: &str, id: &str, on: bool) {
    let path = format!("/v1/users/{id}/rights");
    let mut card = get(server.addr, &path, admin);
    card["switches"]["operations"] = json!(on);
    put(server.addr, &path, admin, &card);
}

fn refused(phone: &mut Phone, line: &str, message: &str) {
    phone.say(line);
    let error = phone.wait_with("error", "code", "operate");
    assert!(error["message"].as_str().unwrap().contains(message), "{line}: {error}");
}

#[test]
fn who_picks_up_talks_with_the_caller_and_nobody_had_to_answer_rg_08() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102", "103"]);
    let admin = server.administrator("900");
    let (mut caller, mut taker) = (Desk::of(&server, "101", 440.0), Desk::of(&server, "103", 1000.0));
    let mut colleague = phone(&server, "102");
    let (colleague_id, taker_id) = (id_of(&server, &admin, "102"), id_of(&server, &admin, "103"));
    caller.phone.say("dial 102");
    colleague.wait("incoming");
    refused(&mut taker.phone, &format!("pick-up {colleague_id}"), "not yours");
    may_operate(&server, &admin, &taker_id, true);

    let began = Instant::now();
    taker.phone.say(&format!("pick-up {colleague_id}"));
    taker.phone.wait("answered");
    println!("picked up after {:?}", began.elapsed());
    assert_eq!(colleague.wait("ended")["reason"], "answered_elsewhere");
    caller.phone.wait("answered");
    caller.ear.hears_steadily(1000.0);
    taker.ear.hears_steadily(440.0);
    refused(&mut taker.phone, &format!("pick-up {colleague_id}"), "no such call");
    taker.phone.say("hangup");
    caller.phone.wait("ended");
}

#[test]
fn a_colleagues_call_is_sent_elsewhere_while_it_rings_and_while_it_runs_rg_08() {
    let server = Server::start(&["101", "102", "103", "104"]);
    let admin = server.administrator("900");
    let [mut caller, mut colleague, mut helper, mut other] = ["101", "102", "103", "104"].map(|it| phone(&server, it));
    let (colleague_id, helper_id) = (id_of(&server, &admin, "102"), id_of(&server, &admin, "103"));
    refused(&mut helper, &format!("divert {colleague_id} 104"), "not yours");
    may_operate(&server, &admin, &helper_id, true);
    refused(&mut helper, &format!("divert {colleague_id} 104"), "no such call");
    refused(&mut helper, &format!("transfer-of {colleague_id} 104"), "no such call");

    caller.say("dial 102");
    colleague.wait("incoming");
    refused(&mut helper, &format!("divert {colleague_id} 999"), "nobody");
    helper.say(&format!("divert {colleague_id} 104"));
    helper.wait("operated");
    assert_eq!(other.wait("incoming")["from"], "101");
    colleague.wait("ended");
    other.say("answer");
    caller.wait("answered");
    caller.say("hangup");
    other.wait("ended");

    caller.wait("ended");
    caller.say("dial 102");
    colleague.wait("incoming");
    colleague.say("answer");
    caller.wait("answered");
    colleague.wait("answered");
    helper.wait_where("presence", |found| found["extension"] == "102" && found["call"] == "talking");
    helper.say(&format!("transfer-of {colleague_id} 104"));
    helper.wait("operated");
    assert_eq!(other.wait("incoming")["from"], "101");
    other.say("answer");
    let ended = colleague.wait("ended");
    assert_eq!((&ended["reason"], &ended["transferred_to"]), (&json!("transferred"), &json!("104")), "{ended}");

    // Of another department nobody even hears whether there is somebody (RG-11).
    let sales = post(server.addr, "/v1/departments", Some(&admin), &json!({"name": "Sales"}));
    let path = format!("/v1/users/{colleague_id}/rights");
    let mut card = get(server.addr, &path, &admin);
    card["department"] = sales["id"].clone();
    put(server.addr, &path, &admin, &card);
    refused(&mut helper, &format!("divert {colleague_id} 104"), "not yours");
}
