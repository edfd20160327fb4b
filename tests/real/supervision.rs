//! Listen, whisper and barge in with three phones, a server and sound: who hears whom, and who may (RG-09, RG-10, RG-11).

use serde_json::{Value, json};

use crate::rig::{Agent, Desk, Phone, PhoneSetup, Server, get, post, put, sound_turn};

const CUSTOMER: f32 = 440.0;
const AGENT: f32 = 1000.0;
const SUPERVISOR: f32 = 2300.0;

/// Id of somebody.
fn id_of(server: &Server, admin: &str, extension: &str) -> String {
    let team = get(server.addr, "/v1/presence", admin);
    let people = team["people"].as_array().unwrap();
    people.iter().find(|person| person["extension"] == extension).unwrap()["id"].as_str().unwrap().to_owned()
}

/// Changes the rights of somebody.
fn change(server: &Server, admin: &str, extension: &str, change: impl FnOnce(&mut Value)) {
    let path = format!("/v1/users/{}/rights", id_of(server, admin, extension));
    let mut card = get(server.addr, &path, admin);
    change(&mut card);
    put(server.addr, &path, admin, &card);
}

/// A manager with the switch.
fn may_supervise(server: &Server, admin: &str, extension: &str) {
    change(server, admin, extension, |card| {
        card["role"] = json!("manager");
        card["switches"]["monitoring"] = json!(true);
    });
}

#[test]
fn each_of_the_three_hears_whom_the_mode_says_rg_10() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102", "103"]);
    let admin = server.administrator("900");
    may_supervise(&server, &admin, "103");
    let (mut customer, mut agent) = (Desk::of(&server, "101", CUSTOMER), Desk::of(&server, "102", AGENT));
    let mut supervisor = Desk::of(&server, "103", SUPERVISOR);
    customer.phone.say("dial 102");
    agent.phone.wait("incoming");
    agent.phone.say("answer");
    for phone in [&mut customer.phone, &mut agent.phone] {
        phone.wait("answered");
        phone.wait_with("media", "state", "first_heard");
    }
    let mark = agent.phone.mark();

    supervisor.phone.say("supervise 102 listen");
    let told = supervisor.phone.wait_with("supervising", "mode", "listen");
    assert_eq!((&told["extension"], &told["other"]), (&json!("102"), &json!("101")));
    supervisor.ear.hears_these(&[CUSTOMER, AGENT], &[]);
    customer.ear.hears_these(&[AGENT], &[SUPERVISOR]);
    agent.ear.hears_these(&[CUSTOMER], &[SUPERVISOR]);

    supervisor.phone.say("supervise 102 whisper");
    supervisor.phone.wait_with("supervising", "mode", "whisper");
    agent.ear.hears_these(&[CUSTOMER, SUPERVISOR], &[]);
    customer.ear.hears_these(&[AGENT], &[SUPERVISOR]);
    supervisor.ear.hears_these(&[CUSTOMER, AGENT], &[SUPERVISOR]);

    supervisor.phone.say("supervise 102 barge");
    supervisor.phone.wait_with("supervising", "mode", "barge");
    customer.ear.hears_these(&[AGENT, SUPERVISOR], &[CUSTOMER]);
    agent.ear.hears_these(&[CUSTOMER, SUPERVISOR], &[]);

    // The agent has the customer wait, and the two speak with each other.
    agent.phone.say("hold");
    agent.phone.wait("held");
    customer.ear.hears_nothing();
    agent.ear.hears_these(&[SUPERVISOR], &[CUSTOMER]);
    supervisor.ear.hears_these(&[AGENT], &[CUSTOMER]);
    agent.phone.say("resume");
    agent.phone.wait("resumed");

    supervisor.phone.say("supervise 102 whisper");
    supervisor.phone.wait_with("supervising", "mode", "whisper");
    customer.ear.hears_these(&[AGENT], &[SUPERVISOR]);
    supervisor.phone.say("supervise-leave");
    supervisor.phone.wait("ended");
    customer.ear.hears_steadily(AGENT);
    agent.ear.hears_steadily(CUSTOMER);
    agent.phone.say("stats");
    agent.phone.wait("stats");
    for event in ["incoming", "supervised", "missed", "ended", "error"] {
        assert!(!agent.phone.told_since(mark, event), "the agent's phone tells {event}");
    }

    // A right that is taken away ends it.
    supervisor.phone.say("supervise 102 listen");
    supervisor.phone.wait_with("supervising", "mode", "listen");
    change(&server, &admin, "103", |card| card["switches"]["monitoring"] = json!(false));
    supervisor.phone.wait("ended");
    customer.ear.hears_steadily(AGENT);
}

#[test]
fn nobody_supervises_without_right_role_department_or_call_rg_09_rg_11() {
    let server = Server::start(&["101", "102", "103"]);
    let admin = server.administrator("900");
    let phone = |extension| {
        let mut phone: Phone = PhoneSetup::team(&server, &Agent::of(extension)).with(&["--no-tones"]).start();
        phone.wait("registered");
        phone
    };
    let (mut customer, mut agent, mut supervisor) = (phone("101"), phone("102"), phone("103"));
    let mut refused = |line: &str, code: &str| {
        supervisor.say(line);
        assert_eq!(supervisor.wait("error")["code"], code, "{line}");
    };
    refused("supervise 102 listen", "supervise_refused");
    change(&server, &admin, "103", |card| card["switches"]["monitoring"] = json!(true));
    refused("supervise 102 listen", "supervise_refused");
    may_supervise(&server, &admin, "103");
    refused("supervise 102 listen", "supervise_no_call");
    refused("supervise 103 listen", "supervise_own");
    refused("supervise nobody listen", "supervise_refused");

    customer.say("dial 102");
    agent.wait("incoming");
    agent.say("answer");
    customer.wait("answered");
    let sales = post(server.addr, "/v1/departments", Some(&admin), &json!({"name": "Sales"}));
    change(&server, &admin, "102", |card| card["department"] = sales["id"].clone());
    refused("supervise 102 barge", "supervise_refused");
    change(&server, &admin, "103", |card| card["watches"] = json!([sales["id"]]));
    supervisor.say("supervise 102 listen");
    supervisor.wait_with("supervising", "mode", "listen");
    customer.say("hangup");
    assert_eq!(agent.wait("ended")["reason"], "remote_hang_up");
    assert_eq!(supervisor.wait("ended")["reason"], "remote_hang_up");
}

#[test]
fn an_agent_joins_two_calls_and_all_three_hear_each_other() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102", "103"]);
    let (mut first, mut agent) = (Desk::of(&server, "101", CUSTOMER), Desk::of(&server, "102", AGENT));
    let mut second = Desk::of(&server, "103", SUPERVISOR);
    first.phone.say("dial 102");
    agent.phone.wait("incoming");
    agent.phone.say("answer");
    first.phone.wait("answered");
    agent.phone.wait_with("media", "state", "first_heard");
    agent.phone.say("dial 103");
    second.phone.wait("incoming");
    second.phone.say("answer");
    agent.phone.wait("held");
    second.ear.hears(AGENT);
    first.ear.hears_nothing();
    agent.phone.say("conference");
    agent.phone.wait_where("conference", |told| told["on"] == true);
    first.ear.hears_these(&[AGENT, SUPERVISOR], &[CUSTOMER]);
    second.ear.hears_these(&[AGENT, CUSTOMER], &[SUPERVISOR]);
    agent.ear.hears_these(&[CUSTOMER, SUPERVISOR], &[]);
    second.phone.say("hangup");
    agent.phone.wait("ended");
    agent.ear.hears_steadily(CUSTOMER);
    first.ear.hears_steadily(AGENT);
}
