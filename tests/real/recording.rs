//! Calls that are recorded, with two phones, a server and sound: who is in which channel, and that nothing is lost (RG-12, RG-13).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use audio::codec::opus::{MAX_PACKET_SAMPLES, VoicesDecoder};
use engine::{EngineEvent, LineState, MemorySecrets, RecordingState, Secret, SecretStore};
use serde_json::{Value, json};

use team_server::{NewUser, ServerConfig};

use crate::engine_door::Window;
use crate::rig::{Agent, DEADLINE, Desk, PhoneSetup, Server, get, post, put, sound_turn};

const CUSTOMER: f32 = 440.0;
const AGENT: f32 = 1000.0;

/// What of somebody's calls is recorded.
fn rules(server: &Server, admin: &str, extension: &str, automatic: &str, press: bool) {
    let team = get(server.addr, "/v1/presence", admin);
    let people = team["people"].as_array().unwrap();
    let id = people.iter().find(|person| person["extension"] == extension).unwrap()["id"].as_str().unwrap();
    let path = format!("/v1/users/{id}/rights");
    let mut card = get(server.addr, &path, admin);
    card["switches"]["recording"] = json!(automatic);
    card["switches"]["press_record"] = json!(press);
    put(server.addr, &path, admin, &card);
}

/// The recordings that the server has, once there are so many.
fn recordings(server: &Server, admin: &str, count: usize) -> Vec<Value> {
    let began = Instant::now();
    loop {
        let page = get(server.addr, "/v1/recordings", admin);
        let found = page["recordings"].as_array().unwrap().clone();
        if found.len() >= count || began.elapsed() > DEADLINE {
            assert_eq!(found.len(), count, "{page}");
            return found;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The sound of one: the far end and the near end.
fn sound(server: &Server, recording: &Value) -> [Vec<f32>; 2] {
    let name = format!("{}.ogg", recording["id"].as_str().unwrap());
    let bytes = std::fs::read(server.data().join("recordings").join(name)).expect("the file is there");
    assert_eq!(bytes.len() as u64, recording["bytes"].as_u64().unwrap());
    let file = audio::ogg::read(&bytes).expect("an Ogg Opus file");
    assert_eq!(file.layout, audio::ogg::Layout::TwoVoices);
    assert_eq!(recording["duration_ms"].as_u64().unwrap(), file.packets.len() as u64 * 20);
    let (mut decoder, mut pcm) = (VoicesDecoder::new(file.layout).unwrap(), vec![0.0; 2 * MAX_PACKET_SAMPLES]);
    let mut sides = [Vec::new(), Vec::new()];
    for packet in &file.packets {
        let samples = decoder.decode(packet, &mut pcm).expect("a packet of two voices");
        for (n, sample) in pcm[..2 * samples].iter().enumerate() {
            sides[n % 2].push(*sample);
        }
    }
    sides
}

/// Amplitude of a tone in the middle of a sound.
fn amplitude(sound: &[f32], hz: f32) -> f32 {
    let middle = &sound[sound.len() / 3..sound.len() * 2 / 3];
    let (mut re, mut im) = (0.0f64, 0.0f64);
    for (n, sample) in middle.iter().enumerate() {
        let turn = n as f64 / middle.len() as f64 * std::f64::consts::TAU;
        let window = 0.5 - 0.5 * turn.cos();
        let phase = f64::from(hz) * n as f64 / 48_000.0 * std::f64::consts::TAU;
        re += window * f64::from(*sample) * phase.cos();
        im += window * f64::from(*sample) * phase.sin();
    }
    (4.0 * (re * re + im * im).sqrt() / middle.len() as f64) as f32
}

fn each_side_is_in_its_channel([far, near]: &[Vec<f32>; 2]) {
    for (side, own, other) in [(far, CUSTOMER, AGENT), (near, AGENT, CUSTOMER)] {
        let (voice, across) = (amplitude(side, own), amplitude(side, other));
        assert!(voice > 0.01, "{own} Hz at {voice}");
        let across_db = 20.0 * (across / voice).log10();
        assert!(across_db < -50.0, "{other} Hz at {across_db} dB beside {own} Hz");
    }
}

/// They talk, and both are heard. What was told of a recording that began by itself.
fn talk(customer: &mut Desk, agent: &mut Desk, by_itself: bool) -> Option<Value> {
    customer.phone.say("dial 102");
    agent.phone.wait("incoming");
    agent.phone.say("answer");
    agent.phone.wait("answered");
    let told = by_itself.then(|| agent.phone.wait_with("recording", "state", "on"));
    agent.phone.wait_with("media", "state", "first_heard");
    customer.phone.wait("answered");
    customer.phone.wait_with("media", "state", "first_heard");
    told
}

#[test]
fn a_call_is_recorded_by_the_rules_each_side_in_its_channel_rg_12() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102"]);
    let admin = server.administrator("900");
    rules(&server, &admin, "102", "all", false);
    put(
        server.addr,
        "/v1/admin/recording",
        &admin,
        &json!({"consent": "none", "retention_days": 0, "may_pause": true}),
    );
    let (mut customer, mut agent) = (Desk::of(&server, "101", CUSTOMER), Desk::of(&server, "102", AGENT));
    let told = talk(&mut customer, &mut agent, true).expect("it is recorded");
    assert_eq!(told["by"], "rules");
    customer.ear.hears_steadily(AGENT);
    agent.ear.hears_steadily(CUSTOMER);
    // What is recorded by itself cannot be switched off.
    agent.phone.say("record off");
    agent.phone.wait("error");
    // While it is paused, and while the call is on hold, nothing is taken.
    for (say, state) in [("record pause", "paused"), ("record resume", "on"), ("hold", "held")] {
        agent.phone.say(say);
        agent.phone.wait_with("recording", "state", state);
    }
    agent.phone.wait("held");
    agent.phone.say("resume");
    agent.phone.wait_with("recording", "state", "on");
    agent.ear.hears_steadily(CUSTOMER);
    let mark = customer.phone.mark();
    agent.phone.say("hangup");
    customer.phone.wait("ended");
    assert!(!customer.phone.told_since(mark, "recording"), "the other side's own rules say nothing");
    let found = recordings(&server, &admin, 1);
    assert_eq!(
        (&found[0]["other"], &found[0]["outgoing"], &found[0]["external"], &found[0]["by"]),
        (&json!("101"), &json!(false), &json!(false), &json!("policy"))
    );
    each_side_is_in_its_channel(&sound(&server, &found[0]));
    agent.phone.wait_where("recordings_waiting", |event| event["count"] == 0);
}

#[test]
fn the_button_records_where_it_may_be_pressed_rg_13() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102"]);
    let admin = server.administrator("900");
    let (mut customer, mut agent) = (Desk::of(&server, "101", CUSTOMER), Desk::of(&server, "102", AGENT));
    talk(&mut customer, &mut agent, false);
    agent.phone.say("record on");
    agent.phone.wait("error");
    // A right that is given counts at once, also in this call.
    rules(&server, &admin, "102", "external", true);
    let began = Instant::now();
    loop {
        let mark = agent.phone.mark();
        agent.phone.say("record on");
        agent.phone.say("mute");
        agent.phone.wait_where("muted", |event| event["on"] == true);
        agent.phone.say("unmute");
        agent.phone.wait_where("muted", |event| event["on"] == false);
        if agent.phone.told_since(mark, "recording") {
            break;
        }
        assert!(began.elapsed() < DEADLINE, "the right has not come");
    }
    agent.ear.hears_steadily(CUSTOMER);
    agent.phone.say("record off");
    agent.phone.wait_with("recording", "state", "off");
    let found = recordings(&server, &admin, 1);
    assert_eq!(found[0]["by"], "button");
    each_side_is_in_its_channel(&sound(&server, &found[0]));
    // One call can have several.
    agent.phone.say("record on");
    agent.phone.wait_with("recording", "state", "on");
    agent.ear.hears_steadily(CUSTOMER);
    customer.phone.say("hangup");
    agent.phone.wait("ended");
    let ids: BTreeSet<String> =
        recordings(&server, &admin, 2).iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 2);
}

#[test]
fn a_server_that_dies_in_the_middle_gets_the_recording_when_it_is_back_rg_12() {
    let _turn = sound_turn();
    let mut server = Server::start(&["101", "102"]);
    let admin = server.administrator("900");
    rules(&server, &admin, "102", "all", false);
    let (mut customer, mut agent) = (Desk::of(&server, "101", CUSTOMER), Desk::of(&server, "102", AGENT));
    talk(&mut customer, &mut agent, true);
    agent.ear.hears_steadily(CUSTOMER);
    server.kill();
    agent.ear.hears_steadily(CUSTOMER);
    agent.phone.say("hangup");
    agent.phone.wait_where("recordings_waiting", |event| event["count"] == 1);
    agent.phone.wait("ended");
    server.start_again();
    let found = recordings(&server, &admin, 1);
    each_side_is_in_its_channel(&sound(&server, &found[0]));
    agent.phone.wait_where("recordings_waiting", |event| event["count"] == 0);
}

/// A program that is killed leaves its files as they are at that moment: a copy of them is what the next start finds.
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_was_killed_hands_over_what_it_had_when_it_starts_again_rg_12() {
    let dir = tempfile::tempdir().unwrap();
    let config = ServerConfig::practice(&dir.path().join("server"));
    let new = NewUser {
        email: "admin@example.com".into(),
        name: "Admin".into(),
        extension: "900".into(),
        password: Secret::new("Correct-Horse-7"),
        admin: true,
    };
    team_server::add_user(&config.database_url, new).await.unwrap();
    let server = team_server::start(config.clone()).await.unwrap();
    let addr = server.addr();
    let url = format!("http://{addr}");
    let login = json!({"email": "admin@example.com", "password": "Correct-Horse-7", "device": "test"});
    let admin = blocking(move || post(addr, "/v1/login", None, &login)).await["token"].as_str().unwrap().to_owned();

    let secrets: Arc<dyn SecretStore> = Arc::new(MemorySecrets::default());
    let mut agent = Window::open(&dir.path().join("agent"), secrets.clone());
    let mut customer = Window::open(&dir.path().join("customer"), Arc::new(MemorySecrets::default()));
    let who = agent.engine.sign_in_practice(&url, "one").await.expect("lets us in");
    customer.engine.sign_in_practice(&url, "two").await.expect("lets us in");
    agent.wait_registered().await;
    customer.wait_registered().await;
    let (path, token) = (format!("/v1/users/{}/rights", who.id), admin.clone());
    blocking(move || {
        let mut card = get(addr, &path, &token);
        card["switches"]["recording"] = json!("all");
        put(addr, &path, &token, &card)
    })
    .await;
    agent
        .wait("its rights", |event| match event {
            EngineEvent::Rights(Some(own)) => (own.rights.recording == engine::Recording::All).then_some(()),
            _ => None,
        })
        .await;
    customer.engine.dial(&who.extension);
    let ringing = |event| match event {
        EngineEvent::Call(view) => (view.line == LineState::RingingHere).then_some(view.call),
        _ => None,
    };
    let call = agent.wait("a call", ringing).await;
    agent.engine.answer(call);
    let recorded = |event| match event {
        EngineEvent::Call(view) => (view.recording.state == RecordingState::On).then_some(()),
        _ => None,
    };
    agent.wait("the recording", recorded).await;
    let spool = dir.path().join("agent/recordings");
    let began = Instant::now();
    // Some pages of sound.
    let size = || {
        std::fs::read_dir(&spool).into_iter().flatten().flatten().map(|it| it.metadata().unwrap().len()).sum::<u64>()
    };
    while size() < 4000 {
        assert!(began.elapsed() < DEADLINE, "nothing is written");
        tokio::task::yield_now().await;
    }
    // The end of the file is in the middle of a page.
    let after = dir.path().join("agent-after/recordings");
    std::fs::create_dir_all(&after).unwrap();
    for file in std::fs::read_dir(&spool).unwrap().flatten() {
        let bytes = std::fs::read(file.path()).unwrap();
        std::fs::write(after.join(file.file_name()), &bytes[..bytes.len() - 7]).unwrap();
    }
    // What went on after the moment of its death did not happen.
    server.shutdown().await;
    agent.engine.shutdown().await;
    customer.engine.shutdown().await;
    let config = ServerConfig { bind: addr, ..config };
    let server = team_server::start(config).await.unwrap();

    let stranger = Window::open(&dir.path().join("agent-after"), Arc::new(MemorySecrets::default()));
    stranger.engine.sign_in_practice(&url, "one").await.expect("lets us in");
    stranger.engine.shutdown().await;
    assert_eq!(std::fs::read_dir(&after).unwrap().count(), 1, "who has not the key can do nothing with it");

    let again = Window::open(&dir.path().join("agent-after"), secrets);
    again.engine.sign_in_practice(&url, "one").await.expect("lets us in");
    let token = admin.clone();
    let found = blocking(move || {
        let began = Instant::now();
        loop {
            let page = get(addr, "/v1/recordings", &token);
            if let Some(one) = page["recordings"].as_array().unwrap().first() {
                return one.clone();
            }
            assert!(began.elapsed() < DEADLINE, "it does not come");
        }
    })
    .await;
    assert_eq!(found["user"], json!(who.id));
    let file = dir.path().join("server/recordings").join(format!("{}.ogg", found["id"].as_str().unwrap()));
    let sound = audio::ogg::read(&std::fs::read(file).unwrap()).unwrap();
    assert!(sound.torn && !sound.packets.is_empty(), "{} packets", sound.packets.len());
    again.engine.shutdown().await;
    assert_eq!(std::fs::read_dir(&after).unwrap().count(), 0, "it is not kept twice");
    server.shutdown().await;
}

async fn blocking<T: Send + 'static>(ask: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(ask).await.unwrap()
}

#[test]
fn words_say_to_both_sides_that_the_call_is_recorded_rg_12() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102"]);
    let admin = server.administrator("900");
    rules(&server, &admin, "102", "all", false);
    let policy = json!({"consent": "words_en", "retention_days": 0, "may_pause": true});
    put(server.addr, "/v1/admin/recording", &admin, &policy);
    let silent = |extension: &str| Desk::saying(PhoneSetup::team(&server, &Agent::of(extension)), &[0.0; 48_000]);
    let (mut customer, mut agent) = (silent("101"), silent("102"));
    let level = |sound: &[f32]| sound.iter().fold(0.0f32, |most, sample| most.max(sample.abs()));
    for round in 1..=2 {
        customer.phone.say("dial 102");
        agent.phone.wait("incoming");
        agent.phone.say("answer");
        agent.phone.wait_with("recording", "state", "on");
        customer.phone.wait_with("media", "state", "first_heard");
        let listener = if round == 1 { &mut customer } else { &mut agent };
        let heard = listener.ear.loudest_dbfs();
        assert!(heard > -45.0, "call {round}: {heard} dBFS");
        agent.phone.say("hangup");
        customer.phone.wait("ended");
        agent.phone.wait("ended");
        let found = recordings(&server, &admin, round);
        let [far, near] = sound(&server, &found[0]);
        let (said, across) = (level(&near), level(&far));
        assert!(said > 0.05 && across < said / 100.0, "they are in the agent's channel alone: {said} {across}");
    }
}
