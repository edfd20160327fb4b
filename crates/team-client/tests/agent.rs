//! An agent through the client, against the real server.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::time::Duration;

use base::Secret;
use model::{AgentOptions, AgentState, GateWhy, OwnAgent};
use team_client::{StreamItem, TeamClient, TeamEvent};
use team_server::{NewUser, ServerConfig, add_user, hire, start};
use tokio::time::timeout;

const DEADLINE: Duration = Duration::from_secs(20);

fn whys(own: &OwnAgent) -> Vec<&GateWhy> {
    own.gates.iter().map(|gate| &gate.why).collect()
}

#[tokio::test]
async fn an_agent_reads_how_it_stands_and_hears_of_its_own_status_ao_02() {
    let dir = tempfile::tempdir().unwrap();
    let config = ServerConfig::practice(dir.path());
    let (email, name, password) = ("rana@example.com".to_owned(), "Rana".to_owned(), Secret::new("Correct-Horse-7"));
    let new = NewUser { email: email.clone(), name, extension: "201".into(), password: password.clone(), admin: false };
    add_user(&config.database_url, new).await.unwrap();
    assert!(hire(&config.database_url, "201", AgentOptions::USUAL).await.unwrap());
    assert!(!hire(&config.database_url, "202", AgentOptions::USUAL).await.unwrap(), "nobody has it");
    let server = start(config).await.unwrap();
    let client = || TeamClient::new(&format!("http://{}", server.addr()), None).unwrap();

    let rana = client();
    rana.login(&email, &password, "test").await.unwrap();
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
