//! The live panel, from callers and agents through the server to a supervisor's phone.

use serde_json::{Value, json};

use crate::rig::{Agent, Phone, PhoneSetup, Server, get, patch, post, put};

const QUEUE: &str = "800";

fn phone(server: &Server, extension: &str) -> Phone {
    let mut phone = PhoneSetup::team(server, &Agent::of(extension)).with(&["--no-tones"]).start();
    phone.wait("registered");
    phone
}

fn agent<'a>(panel: &'a Value, extension: &str) -> &'a Value {
    panel["agents"].as_array().unwrap().iter().find(|row| row["extension"] == extension).unwrap_or(&Value::Null)
}

#[test]
fn a_supervisor_sees_a_caller_wait_takes_them_and_loses_the_server_lp_02_lp_03_lp_04() {
    let mut server = Server::start(&["101", "102"]);
    let token = server.administrator("900");
    let queue = post(server.addr, "/v1/queues", Some(&token), &json!({"name": "المبيعات", "extension": QUEUE}));
    let team = get(server.addr, "/v1/presence", &token);
    let people = team["people"].as_array().unwrap();
    let rana = people.iter().find(|person| person["extension"] == "102").unwrap()["id"].as_str().unwrap();
    patch(server.addr, &format!("/v1/users/{rana}"), &token, &json!({"version": 1, "agent": {"is_agent": true}}));
    let path = format!("/v1/queues/{}/agents/{rana}", queue["id"].as_str().unwrap());
    put(server.addr, &path, &token, &json!({"level": 1, "position": 1}));

    let mut supervisor = phone(&server, "900");
    let (mut noor, mut agent_102) = (phone(&server, "101"), phone(&server, "102"));
    supervisor.say("panel");
    supervisor.wait_where("panel", |panel| agent(panel, "102")["activity"] == "ready");
    supervisor.say(&format!("panel-force {rana} meeting"));
    agent_102.wait("status_forced");
    supervisor.wait_where("panel", |panel| agent(panel, "102")["activity"] == "away");
    noor.say(&format!("dial {QUEUE}"));
    let panel = supervisor.wait_where("panel", |panel| panel["sums"]["waiting"] == 1);
    assert_eq!((&panel["complete"], &panel["waiting"][0]["number"]), (&json!(true), &json!("101")));
    supervisor.say(&format!("panel-pull {}", panel["waiting"][0]["id"].as_str().unwrap()));
    supervisor.wait("incoming");
    supervisor.say("answer");
    noor.wait("answered");
    supervisor.wait_where("panel", |panel| panel["sums"]["answered"] == 1 && panel["sums"]["waiting"] == 0);
    noor.say("hangup");
    supervisor.wait("ended");
    supervisor.say("panel-charts");
    let charts = supervisor.wait("panel_charts");
    assert!(!charts["half_hours"].as_array().unwrap().is_empty(), "{charts}");

    // The server dies: what is shown is old, and with the new one it is asked for again by itself.
    server.kill();
    let old = supervisor.wait_where("panel", |panel| panel["complete"] == false);
    assert_eq!(agent(&old, "102")["activity"], "away");
    server.start_again();
    supervisor.wait_where("panel", |panel| panel["complete"] == true && agent(panel, "102")["status"] == "meeting");

    // Who is no supervisor.
    noor.say("panel");
    noor.wait("error");
}
