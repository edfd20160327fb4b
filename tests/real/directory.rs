//! The directory, from one phone through the server to the next.

use std::time::Instant;

use serde_json::{Value, json};

use crate::rig::{Agent, DEADLINE, Phone, PhoneSetup, Server, get, patch};

fn phone(server: &Server, extension: &str) -> Phone {
    let mut phone = PhoneSetup::team(server, &Agent::of(extension)).with(&["--no-tones"]).start();
    phone.wait("registered");
    phone
}

/// Waits until the list that is looked at says this of somebody.
fn row(phone: &mut Phone, extension: &str, fits: impl Fn(&Value) -> bool) -> Value {
    let of = |found: &Value| found["changed"].as_array().cloned().unwrap_or_default();
    let is_it = |row: &Value| row["extension"] == extension && fits(row);
    let found = phone.wait_where("directory", |found| of(found).iter().any(is_it));
    of(&found).into_iter().find(is_it).unwrap()
}

#[test]
fn an_administrator_watches_forces_a_status_and_signs_out_dr_00_dr_05_dr_11() {
    let mut server = Server::start(&["101"]);
    let token = server.administrator("900");
    let mut admin = phone(&server, "900");
    admin.say("users");
    let list = admin.wait("users");
    let users = list["users"].as_array().unwrap();
    assert_eq!(users.iter().map(|user| user["extension"].as_str().unwrap()).collect::<Vec<_>>(), ["101", "900"]);
    assert_eq!((&users[0]["mine"], &users[1]["mine"]), (&json!(false), &json!(true)));
    let noor_id = users[0]["id"].as_str().unwrap().to_owned();

    let mut noor = phone(&server, "101");
    row(&mut admin, "101", |row| row["online"] == true && row["registered"] == true);
    admin.say(&format!("user-force {noor_id} other In training"));
    admin.wait("forced");
    let forced = noor.wait("status_forced");
    assert_eq!((&forced["by"], &forced["by_extension"]), (&json!("Agent 900"), &json!("900")));
    assert_eq!((&forced["kind"], &forced["text"]), (&json!("other"), &json!("In training")));
    row(&mut admin, "101", |row| row["text"] == "In training");

    // The server dies and comes back: what was shown may be old, and is asked for again by itself.
    server.kill();
    server.start_again();
    admin.wait("directory_stale");
    noor.wait("registered");
    let is_online = |list: &Value| {
        list["users"].as_array().unwrap().iter().any(|user| user["extension"] == "101" && user["online"] == true)
    };
    let began = Instant::now();
    loop {
        // The stream of her window comes back apart from her phone.
        admin.say("users");
        if is_online(&admin.wait("users")) {
            break;
        }
        assert!(began.elapsed() < DEADLINE, "her window does not come back");
    }
    admin.say(&format!("user-force {noor_id} dnd"));
    noor.wait_with("status_forced", "kind", "dnd");
    row(&mut admin, "101", |row| row["status"] == "dnd");

    admin.say("devices");
    let devices = admin.wait("devices");
    let device = devices["devices"].as_array().unwrap().iter().find(|device| device["extension"] == "101").unwrap();
    admin.say(&format!("device-unregister {}", device["id"].as_str().unwrap()));
    admin.wait("device_unregistered");
    noor.wait("registered");

    // From elsewhere only: with the next registration the phone is told why.
    let path = format!("/v1/users/{noor_id}");
    let version = get(server.addr, &path, &token)["version"].clone();
    patch(server.addr, &path, &token, &json!({"version": version, "acl": ["192.0.2.0/24"]}));
    admin.say("devices");
    let devices = admin.wait("devices");
    let device = devices["devices"].as_array().unwrap().iter().find(|device| device["extension"] == "101").unwrap();
    admin.say(&format!("device-unregister {}", device["id"].as_str().unwrap()));
    noor.wait_with("registration_failed", "code", "not_from_here");

    admin.say(&format!("user-end-sessions {noor_id}"));
    admin.wait("sessions_ended");
    row(&mut admin, "101", |row| row["online"] == false && row["registered"] == false);
    admin.say(&format!("user-delete {noor_id}"));
    admin.wait_where("directory", |found| found["gone"][0] == noor_id.as_str());
}
