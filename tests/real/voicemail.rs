//! A voice box, with two phones, a server and sound (EC-08).

use serde_json::json;

use crate::rig::{Desk, Server, get, patch, sound_turn};

const CUSTOMER: f32 = 440.0;
/// Between the sentences of the greeting it is never as quiet for two seconds.
const QUIET_DBFS: f32 = -55.0;

#[test]
fn a_caller_leaves_a_message_and_its_owner_hears_and_deletes_it_ec_08() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102"]);
    let admin = server.administrator("900");
    let users = get(server.addr, "/v1/users", &admin);
    let id = users["users"].as_array().unwrap().iter().find(|it| it["extension"] == "102").unwrap()["id"].clone();
    let path = format!("/v1/users/{}", id.as_str().unwrap());
    let version = get(server.addr, &path, &admin)["version"].clone();
    patch(server.addr, &path, &admin, &json!({"version": version, "use_voicemail": true}));

    let (mut customer, mut owner) = (Desk::of(&server, "101", CUSTOMER), Desk::of(&server, "102", 1000.0));
    owner.phone.wait_where("voicemail", |event| event["enabled"] == true && event["messages"] == 0);
    owner.phone.say("status dnd");
    owner.phone.wait_where("status", |event| event["status"] == "dnd" && event["pending"].is_null());
    customer.phone.say("dial 102");
    customer.phone.wait("answered");
    customer.phone.wait_with("media", "state", "first_heard");
    assert!(customer.ear.loudest_dbfs() > -40.0, "the greeting is heard");
    while customer.ear.loudest_dbfs() > QUIET_DBFS {}
    customer.phone.say("hangup");
    customer.phone.wait("ended");

    owner.phone.wait_where("voicemail", |event| event["new"] == 1 && event["messages"] == 1);
    owner.phone.say("messages");
    let told = owner.phone.wait("messages");
    let message = &told["messages"][0];
    assert_eq!((&message["from"], &message["heard"]), (&json!("101"), &json!(false)), "{told}");
    assert!(message["duration_ms"].as_u64().unwrap() >= 1000, "{told}");
    let id = message["id"].as_str().unwrap();
    owner.phone.say(&format!("message-play {id}"));
    owner.phone.wait_with("player", "state", "playing");
    owner.ear.hears(CUSTOMER);
    owner.phone.wait_where("voicemail", |event| event["new"] == 0 && event["messages"] == 1);
    owner.phone.wait_with("player", "state", "ended");
    owner.phone.say(&format!("message-delete {id}"));
    owner.phone.wait_where("voicemail", |event| event["messages"] == 0);
    owner.phone.say(&format!("message-play {id}"));
    owner.phone.wait_with("player", "state", "gone");
}
