//! The server is killed while twenty calls are in a queue: conversations go on, whoever waited waits again in the old order, and no agent is
//! stuck, neither as one who talks although nobody is there, nor as one who is asked although somebody is.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base::Secret;
use serde_json::{Value, json};
use sip::ua::{DialogId, Event};
use team_server::{NewUser, add_user};
use testkit::database::Place;

use crate::directory::{PASSWORD, make, sign_in};
use crate::phones::*;
use crate::statuses::{OFFER, choose};

testkit::on_both_databases! {
    twenty_queue_calls_outlive_a_killed_server,
}

const CALLERS: usize = 20;
const AGENTS: usize = 6;
const QUEUE: &str = "800";
/// How long a phone listens before the other one has its turn.
const AGAIN: Duration = Duration::from_millis(2);

/// The server as a process of its own, killed and never asked to end.
struct Process {
    child: Child,
    at: SocketAddr,
}

impl Process {
    fn start(place: &Place) -> Process {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rannan-server"))
            .args(["--bind", "127.0.0.1:0", "--database", &place.url()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("asked for")).read_line(&mut line).expect("it says where");
        let at = line.trim().rsplit('/').next().and_then(|at| at.parse().ok()).expect("an address");
        Process { child, at }
    }

    fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it was killed");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have been killed already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Person {
    token: String,
    phone: Phone,
}

async fn hired(at: SocketAddr, admin: &str, number: usize, is_agent: bool) -> (String, Person) {
    let extension = (300 + number).to_string();
    let email = format!("{extension}@house.example");
    let wish = json!({
        "extension": extension, "name": extension, "email": email, "password": PASSWORD, "role": "user",
        "agent": {"is_agent": is_agent, "call_timeout": 60, "wrap_up": 0}
    });
    let (status, card) = make(at, admin, &wish).await;
    assert_eq!(status, 201, "{card}");
    let (_, session) = sign_in(at, &email, PASSWORD).await;
    let token = session["token"].as_str().unwrap().to_owned();
    let phone = Phone::registered_with(at, &token, &extension, number as u64).await;
    (card["id"].as_str().unwrap().to_owned(), Person { token, phone })
}

async fn agent(at: SocketAddr, person: &Person) -> Value {
    request(at, "GET", "/v1/me/agent", &person.token, "").await.1
}

/// Looks until an agent is as expected: the queues are told of calls in their own time.
async fn agent_is(at: SocketAddr, person: &Person, expected: impl Fn(&Value) -> bool) {
    let mut last = Value::Null;
    let look = async {
        loop {
            last = agent(at, person).await;
            if expected(&last) {
                return;
            }
        }
    };
    let found = tokio::time::timeout(DEADLINE, look).await;
    assert!(found.is_ok(), "the agent stays {last}");
}

async fn offered(phone: &mut Phone) -> DialogId {
    let id = phone.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
    phone.with(|ua, now| ua.ring(now, id)).await;
    id
}

async fn place(phone: &mut Phone) -> u32 {
    phone.wait(|e| if let Event::Queued { place, .. } = e { Some(place.position) } else { None }).await
}

async fn twenty_queue_calls_outlive_a_killed_server(place_of: Place) {
    let (email, name) = ("admin@house.example".to_owned(), "Admin".to_owned());
    let new =
        NewUser { email: email.clone(), name, extension: "900".into(), password: Secret::new(PASSWORD), admin: true };
    add_user(&place_of.url(), new).await.unwrap();
    let first_life = Process::start(&place_of);
    let at = first_life.at;
    let admin = sign_in(at, &email, PASSWORD).await.1["token"].as_str().unwrap().to_owned();
    let queue = json!({"name": "Sales", "extension": QUEUE, "strategy": "top_down"}).to_string();
    let (status, queue) = request(at, "POST", "/v1/queues", &admin, &queue).await;
    assert_eq!(status, 201, "{queue}");
    let queue = queue["id"].as_str().unwrap();
    let mut agents = Vec::new();
    for number in 0..AGENTS {
        let (id, person) = hired(at, &admin, number, true).await;
        let path = format!("/v1/queues/{queue}/agents/{id}");
        let tier = json!({"level": 1, "position": number}).to_string();
        assert_eq!(request(at, "PUT", &path, &admin, &tier).await.0, 200);
        agents.push(person);
    }
    let mut callers = Vec::new();
    for number in 0..CALLERS {
        callers.push(hired(at, &admin, AGENTS + number, false).await.1);
    }

    // Six talk, fourteen wait.
    let mut talks = Vec::new();
    for number in 0..CALLERS {
        let call = callers[number].phone.call(QUEUE, OFFER.into()).await;
        if number < AGENTS {
            let at_agent = offered(&mut agents[number].phone).await;
            agents[number].phone.with(|ua, now| ua.answer(now, at_agent, OFFER.into())).await;
            callers[number].phone.accepted(call).await;
            talks.push((call, at_agent));
        } else {
            assert_eq!(place(&mut callers[number].phone).await as usize, number - AGENTS + 1);
            // Places are kept to the millisecond: whoever comes in the same one may be before or after.
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    first_life.kill();
    let second_life = Process::start(&place_of);
    let at = second_life.at;
    for person in agents.iter_mut().chain(&mut callers) {
        person.phone.reconnect(at).await;
        person.phone.with(|ua, now| ua.refresh_targets(now)).await;
    }
    // The phones tell each other that they are back, through the server, which so learns of the calls.
    for (agent, caller) in agents.iter_mut().zip(&mut callers) {
        let mut last = Value::Null;
        let known_again = async {
            while !last["gates"].to_string().contains("other_call") {
                agent.phone.reads(AGAIN).await;
                caller.phone.reads(AGAIN).await;
                last = self::agent(at, agent).await;
            }
        };
        let found = tokio::time::timeout(DEADLINE, known_again).await;
        assert!(found.is_ok(), "the server does not know that the agent talks: {last}");
    }

    // Whoever waited waits again, in the old order although they come in the reverse one, and nobody who talks is asked.
    let mut calls = Vec::new();
    for number in (AGENTS..CALLERS).rev() {
        calls.push((number, callers[number].phone.call(QUEUE, OFFER.into()).await));
        place(&mut callers[number].phone).await;
    }
    let (_, live) = request(at, "GET", &format!("/v1/queues/{queue}"), &admin, "").await;
    assert_eq!((&live["waiting"], &live["free"]), (&json!(CALLERS - AGENTS), &json!(0)), "{live}");

    // The first conversation ends: its agent is asked at once, for the one who has waited longest.
    let (call, at_agent) = talks[0];
    callers[0].phone.with(|ua, now| ua.hang_up(now, call)).await;
    agents[0].phone.wait(|e| matches!(e, Event::Ended { id, .. } if *id == at_agent).then_some(())).await;
    let next = offered(&mut agents[0].phone).await;
    agents[0].phone.with(|ua, now| ua.answer(now, next, OFFER.into())).await;
    let longest = calls.iter().find(|(number, _)| *number == AGENTS).unwrap().1;
    callers[AGENTS].phone.accepted(longest).await;

    // The others hang up in the agents' phones: all are ready again, none is stuck.
    for number in 1..AGENTS {
        choose(at, &agents[number].token, "break", "").await;
        let (call, at_agent) = talks[number];
        agents[number].phone.with(|ua, now| ua.hang_up(now, at_agent)).await;
        callers[number].phone.wait(|e| matches!(e, Event::Ended { id, .. } if *id == call).then_some(())).await;
        agent_is(at, &agents[number], |view| !view["gates"].to_string().contains("other_call")).await;
    }
    second_life.kill();
}
