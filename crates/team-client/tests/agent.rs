//! An agent through the client, against the real server.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::time::Duration;

use base::Secret;
use model::{AgentState, GateWhy, OwnAgent};
use serde_json::json;
use team_client::{StreamItem, TeamClient, TeamEvent};
use team_server::{NewUser, ServerConfig, add_user, start};
use testkit::http::ask_as;
use tokio::time::timeout;

const DEADLINE: Duration = Duration::from_secs(20);

fn whys(own: &OwnAgent) -> Vec<&GateWhy> {
    own.gates.iter().map(|gate| &gate.why).collect()
}

#[tokio::test]
async fn an_agent_reads_how_it_stands_and_hears_of_its_own_status_ao_02() {
    let dir = tempfile::tempdir().unwrap();
    let config = ServerConfig::practice(dir.path());
    let (email, name, password) = ("owner@example.com".to_owned(), "Owner".to_owned(), Secret::new("Correct-Horse-7"));
    let new = NewUser { email: email.clone(), name, extension: "900".into(), password: password.clone(), admin: true };
    add_user(&config.database_url, new).await.unwrap();
    let server = start(config).await.unwrap();
    let client = || TeamClient::new(&format!("http://{}", server.addr()), None).unwrap();
    let owner = client().login(&email, &password, "test").await.unwrap();
    let card = json!({"extension": "201", "name": "Rana", "email": "rana@example.com", "password": password.reveal(),
                      "role": "user", "agent": {"is_agent": true}});
    let made = ask_as(server.addr(), owner.token.reveal(), "POST /v1/users", card.to_string()).await;
    assert_eq!(made.status, 201);

    let rana = client();
    rana.login("rana@example.com", &password, "test").await.unwrap();
    let mut events = rana.events();
    while !matches!(timeout(DEADLINE, events.next()).await.unwrap(), Some(StreamItem::Connected { .. })) {}
    let own = rana.my_agent().await.unwrap().expect("an agent");
    assert_eq!(own.state, AgentState::Blocked);
    assert!(whys(&own).contains(&&GateWhy::NotRegistered), "{own:?}");
    assert!(!whys(&own).contains(&&GateWhy::Status), "{own:?}");
    // Nothing to end and nothing to make longer: harmless.
    assert_eq!(rana.agent_ready().await.unwrap().as_ref(), Some(&own));
    assert_eq!(rana.agent_extend().await.unwrap().as_ref(), Some(&own));

    rana.choose_status("break", "", Duration::ZERO).await.unwrap();
    let told = async {
        loop {
            if let StreamItem::Event(TeamEvent::AgentChanged(own)) = events.next().await.expect("the session lives") {
                break own.expect("still an agent");
            }
        }
    };
    let told = timeout(DEADLINE, told).await.expect("it is told");
    assert!(whys(&told).contains(&&GateWhy::Status), "{told:?}");

    let noor = client();
    noor.try_practice("noor").await.unwrap();
    assert_eq!(noor.my_agent().await.unwrap(), None);
    server.shutdown().await;
}
