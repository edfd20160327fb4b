//! Calls that are parked: heard, taken by a colleague, taken back, and ringing again at whoever parked them (RG-08).

use std::time::Instant;

use serde_json::{Value, json};

use crate::rig::{Desk, Server, get, put, sound_turn};

fn may_park(server: &Server, admin: &str, extension: &str) {
    let team = get(server.addr, "/v1/presence", admin);
    let people = team["people"].as_array().unwrap();
    let id = &people.iter().find(|person| person["extension"] == extension).unwrap()["id"];
    let path = format!("/v1/users/{}/rights", id.as_str().unwrap());
    let mut card = get(server.addr, &path, admin);
    card["switches"]["parking"] = json!(true);
    put(server.addr, &path, admin, &card);
}

fn holds(count: usize) -> impl Fn(&Value) -> bool {
    move |event| event["calls"].as_array().is_some_and(|calls| calls.len() == count)
}

/// 101 has called 102, they talk.
fn talk(caller: &mut Desk, agent: &mut Desk) {
    caller.phone.say("dial 102");
    agent.phone.wait("incoming");
    agent.phone.say("answer");
    for phone in [&mut caller.phone, &mut agent.phone] {
        phone.wait("answered");
        phone.wait_with("media", "state", "first_heard");
    }
}

fn parks(agent: &mut Desk) {
    agent.phone.say("park");
    assert_eq!(agent.phone.wait("parks")["dial"], "*6801");
    let ended = agent.phone.wait("ended");
    assert_eq!((&ended["reason"], &ended["transferred_to"]), (&json!("transferred"), &json!("*6801")), "{ended}");
}

#[test]
fn a_parked_call_is_taken_by_a_colleague_and_the_two_talk_rg_08() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102", "103"]);
    let admin = server.administrator("900");
    let (mut caller, mut agent) = (Desk::of(&server, "101", 440.0), Desk::of(&server, "102", 700.0));
    let mut helper = Desk::of(&server, "103", 1000.0);
    talk(&mut caller, &mut agent);
    agent.phone.say("park");
    let refused = agent.phone.wait_with("error", "code", "operate");
    assert!(refused["message"].as_str().unwrap().contains("not yours"), "{refused}");
    may_park(&server, &admin, "102");
    may_park(&server, &admin, "103");

    let began = Instant::now();
    parks(&mut agent);
    let seen = helper.phone.wait_where("parked", holds(1));
    println!("parked after {:?}", began.elapsed());
    assert_eq!((&seen["calls"][0]["slot"], &seen["calls"][0]["number"]), (&json!(1), &json!("101")), "{seen}");
    caller.phone.wait("transferred_by");
    caller.ear.hears_these(&[], &[440.0, 700.0]);

    let began = Instant::now();
    helper.phone.say("unpark 1");
    helper.phone.wait("answered");
    assert_eq!(helper.phone.wait("transferred_by")["with"], "101");
    caller.ear.hears_steadily(1000.0);
    helper.ear.hears_steadily(440.0);
    println!("picked up and heard after {:?}", began.elapsed());
    helper.phone.wait_where("parked", holds(0));
    helper.phone.say("hangup");
    agent.ear.hears_nothing();
}

#[test]
fn whoever_parked_takes_it_back_and_is_rung_when_nobody_takes_it_rg_08() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102"]);
    let admin = server.administrator("900");
    let (mut caller, mut agent) = (Desk::of(&server, "101", 440.0), Desk::of(&server, "102", 700.0));
    may_park(&server, &admin, "102");
    put(server.addr, "/v1/admin/parking", &admin, &json!({"ring_back_s": 6}));
    talk(&mut caller, &mut agent);
    parks(&mut agent);
    agent.phone.say("unpark 1");
    // The call to the place ends, the other one goes on.
    agent.phone.wait_each(&["transferred_by", "ended"]);
    agent.ear.hears_steadily(440.0);

    parks(&mut agent);
    assert_eq!(agent.phone.wait("incoming")["from"], "101");
    agent.phone.say("answer");
    agent.ear.hears_steadily(440.0);
    caller.ear.hears_steadily(700.0);
    caller.phone.say("hangup");
    agent.phone.wait("ended");
}
