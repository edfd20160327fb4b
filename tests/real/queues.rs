//! A call from a queue, from one phone through the server to the agent's, and what keeps the next one away.

use serde_json::{Value, json};

use crate::rig::{Agent, Phone, PhoneSetup, Server, get, patch, post, put};

const QUEUE: &str = "800";

fn phone(server: &Server, extension: &str) -> Phone {
    PhoneSetup::team(server, &Agent::of(extension)).with(&["--no-tones"]).start()
}

/// 101 calls, 102 serves the queue alone, with these options.
fn scene(options: Value) -> (Server, Phone, Phone) {
    let server = Server::start(&["101", "102"]);
    let admin = server.administrator("900");
    let queue = post(server.addr, "/v1/queues", Some(&admin), &json!({"name": "المبيعات", "extension": QUEUE}));
    let team = get(server.addr, "/v1/presence", &admin);
    let people = team["people"].as_array().unwrap();
    let rana = people.iter().find(|person| person["extension"] == "102").unwrap()["id"].as_str().unwrap();
    patch(server.addr, &format!("/v1/users/{rana}"), &admin, &json!({"version": 1, "agent": options}));
    let path = format!("/v1/queues/{}/agents/{rana}", queue["id"].as_str().unwrap());
    put(server.addr, &path, &admin, &json!({"level": 1, "position": 1}));
    let (mut noor, mut rana) = (phone(&server, "101"), phone(&server, "102"));
    noor.wait("registered");
    // They may come in any order, and it may stand otherwise before its phone is registered.
    let came = rana.wait_each(&["registered", "status", "agent"]);
    if !came.iter().any(|event| event["state"] == "ready") {
        stands(&mut rana, "ready");
    }
    (server, noor, rana)
}

/// Waits until the agent's own phone says this.
fn stands(agent: &mut Phone, state: &str) -> Value {
    agent.wait_with("agent", "state", state)
}

fn whys(told: &Value) -> Vec<&str> {
    told["gates"].as_array().unwrap().iter().map(|gate| gate["why"].as_str().unwrap()).collect()
}

#[test]
fn wrap_up_is_counted_down_made_longer_and_ended_and_the_next_caller_comes_at_once_ao_02() {
    let (_server, mut noor, mut rana) = scene(json!({"is_agent": true, "wrap_up": 60}));
    noor.say(&format!("dial {QUEUE}"));
    let offered = rana.wait("incoming");
    assert_eq!((&offered["from"], &offered["queue"]), (&json!("101"), &json!("المبيعات")));
    rana.say("answer");
    noor.wait("answered");
    stands(&mut rana, "talking");

    noor.say("hangup");
    let told = stands(&mut rana, "wrap_up");
    let left = told["left_ms"].as_u64().unwrap();
    assert!((50_000..=60_001).contains(&left), "{told}");
    assert_eq!(whys(&told), ["wrap_up"]);
    rana.say("extend");
    let told = rana.wait_where("agent", |told| told["left_ms"].as_u64() > Some(left));
    assert_eq!(told["state"], "wrap_up");

    // The next one waits, since nothing rings before the agent is ready.
    noor.wait("ended");
    noor.say(&format!("dial {QUEUE}"));
    noor.wait("dialling");
    rana.say("ready");
    let next = rana.wait_each(&["agent", "incoming"]);
    assert!(next.iter().any(|event| event["event"] == "incoming"), "{next:?}");
    rana.say("answer");
    noor.wait("answered");
}

#[test]
fn three_missed_calls_force_a_break_that_says_why_and_available_ends_it_ao_03() {
    let (_server, mut noor, mut rana) = scene(json!({"is_agent": true, "call_timeout": 1, "no_answer_delay": 1}));
    noor.say(&format!("dial {QUEUE}"));
    for _ in 0..3 {
        rana.wait("incoming");
        rana.wait("ended");
    }
    let told = rana.wait_where("agent", |told| told["gates"][0]["why"] == "forced_break");
    assert_eq!(told["gates"][0]["missed"], 3);
    rana.say("status available");
    rana.wait("incoming");
    rana.say("answer");
    noor.wait("answered");
}

#[test]
fn do_not_disturb_is_the_gate_that_the_agent_is_told_st_04() {
    let (_server, _noor, mut rana) = scene(json!({"is_agent": true}));
    rana.say("status dnd");
    let told = stands(&mut rana, "blocked");
    assert_eq!(whys(&told), ["status"]);
    rana.say("status available");
    assert!(whys(&stands(&mut rana, "ready")).is_empty());
}

#[test]
fn who_waits_when_the_server_is_killed_waits_again_in_the_old_place_and_who_talks_goes_on() {
    let (mut server, mut noor, mut rana) = scene(json!({"is_agent": true, "wrap_up": 0}));
    noor.say(&format!("dial {QUEUE}"));
    rana.wait("incoming");
    rana.say("answer");
    noor.wait("answered");
    noor.wait_with("media", "state", "connected");
    stands(&mut rana, "talking");
    let token = server.administrator("901");
    let [mut first, mut second] = ["103", "104"].map(|extension| {
        let agent = server.more(extension);
        let mut phone = PhoneSetup::team(&server, &agent).with(&["--no-tones"]).start();
        phone.wait("registered");
        phone.say(&format!("dial {QUEUE}"));
        phone.wait("queued");
        phone
    });

    server.kill();
    for phone in [&mut noor, &mut rana, &mut first, &mut second] {
        phone.wait("registration_failed");
    }
    server.start_again();
    for phone in [&mut noor, &mut rana, &mut first, &mut second] {
        phone.wait("registered");
    }
    // They come in any order, and stand in the old one.
    first.wait_where("queued", |told| told["position"] == 1);
    second.wait_where("queued", |told| told["position"] == 2);
    let whys_now = |told: &Value| whys(told) == ["other_call"];
    rana.wait_where("agent", whys_now);
    let queues = get(server.addr, "/v1/queues", &token);
    let live = get(server.addr, &format!("/v1/queues/{}", queues["queues"][0]["id"].as_str().unwrap()), &token);
    assert_eq!((&live["waiting"], &live["free"]), (&json!(2), &json!(0)), "{live}");

    // The conversation went on all the time; when it ends, the one who has waited longest is next.
    noor.say("hangup");
    assert_eq!(noor.wait("ended")["reason"], "local_hang_up");
    assert_eq!(rana.wait("incoming")["from"], "103");
    rana.say("answer");
    first.wait("answered");
    first.say("hangup");
    assert_eq!(rana.wait("incoming")["from"], "104");
    rana.say("answer");
    second.wait("answered");
}

#[test]
fn whoever_sends_a_caller_into_a_queue_is_free_at_once_and_may_get_the_caller_from_it() {
    let (_server, mut noor, mut rana) = scene(json!({"is_agent": true, "wrap_up": 0}));
    noor.say("dial 102");
    rana.wait("incoming");
    rana.say("answer");
    noor.wait("answered");
    // Nobody else serves the queue: before she is free, nobody answers there.
    rana.say(&format!("transfer {QUEUE}"));
    rana.wait("ended");
    let offered = rana.wait("incoming");
    assert_eq!((&offered["from"], &offered["queue"]), (&json!("101"), &json!("المبيعات")));
    rana.say("answer");
    noor.wait("answered");
}
