//! A practice server with somebody who owns it.

use base::Secret;
use team_client::{TeamClient, TeamError};
use team_server::{NewUser, RunningServer, ServerConfig, add_user, start};

/// The server, and a client that the owner has signed in at.
pub async fn server(dir: &tempfile::TempDir) -> (RunningServer, TeamClient) {
    let config = ServerConfig::practice(dir.path());
    let (email, name) = ("owner@example.com".to_owned(), "Owner".to_owned());
    let password = Secret::new("Correct-Horse-7");
    let new = NewUser { email: email.clone(), name, extension: "900".into(), password: password.clone(), admin: true };
    add_user(&config.database_url, new).await.unwrap();
    let server = start(config).await.unwrap();
    let owner = client(&server);
    owner.login(&email, &password, "test").await.unwrap();
    (server, owner)
}

/// One that nobody has signed in at.
pub fn client(server: &RunningServer) -> TeamClient {
    TeamClient::new(&format!("http://{}", server.addr()), None).unwrap()
}

/// Status and code of a refusal.
pub fn refused<T: std::fmt::Debug>(result: Result<T, TeamError>) -> (u16, String) {
    match result {
        Err(TeamError::Server { status, code }) => (status, code),
        other => panic!("{other:?}"),
    }
}
