//! The client against the real server, and against what is none.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::sync::Arc;
use std::time::Duration;

use base::Secret;
use team_client::{PasswordMail, StreamItem, TeamClient, TeamError};
use team_server::{NewUser, RunningServer, ServerConfig, add_user, start};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::timeout;

const DEADLINE: Duration = Duration::from_secs(20);

async fn practice(dir: &tempfile::TempDir) -> (RunningServer, TeamClient) {
    let server = start(ServerConfig::practice(dir.path())).await.unwrap();
    let client = TeamClient::new(&format!("http://{}", server.addr()), None).unwrap();
    (server, client)
}

async fn with_user(dir: &tempfile::TempDir) -> (RunningServer, TeamClient) {
    let config = ServerConfig::in_dir("127.0.0.1:0".parse().unwrap(), dir.path());
    let user = NewUser {
        email: "Sara@Example.com".into(),
        name: "سارة Example".into(),
        extension: "201".into(),
        password: Secret::new("Correct-Horse-7"),
        admin: true,
    };
    add_user(&config.database_url, user).await.unwrap();
    let server = start(config).await.unwrap();
    let client = TeamClient::new(&format!("http://{}", server.addr()), None).unwrap();
    (server, client)
}

#[tokio::test]
async fn signing_in_gives_oneself_and_credentials_and_signing_out_ends_it() {
    let dir = tempfile::tempdir().unwrap();
    let (server, client) = with_user(&dir).await;
    let health = client.health().await.unwrap();
    assert_eq!(health.instance, server.instance());

    let session = client.login(" sara@example.com ", &Secret::new("Correct-Horse-7"), "desk").await.unwrap();
    assert_eq!(
        (session.me.name.as_str(), session.me.extension.as_str(), session.me.role),
        ("سارة Example", "201", model::Role::SystemOwner)
    );
    assert_eq!(client.me().await.unwrap(), session.me);
    let credentials = client.sip_credentials().await.unwrap();
    assert_eq!(credentials.aor.to_string(), "sip:201@rannan.local");
    assert_eq!(credentials.ws, [format!("ws://{}/sip", server.addr())]);
    assert_eq!(credentials.user.split_once(':').unwrap().1, "201");

    let resumed = TeamClient::new(client.base_url(), None).unwrap().with_token(session.token.clone());
    assert_eq!(resumed.me().await.unwrap(), session.me);
    client.logout().await.unwrap();
    assert_eq!(resumed.me().await, Err(TeamError::Expired));
    assert_eq!(client.me().await, Err(TeamError::Expired), "the token is forgotten");
    server.shutdown().await;
}

#[tokio::test]
async fn a_wrong_password_counts_down_to_a_wait_and_an_unknown_user_looks_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let (server, client) = with_user(&dir).await;
    for email in ["sara@example.com", "nobody@example.com"] {
        for left in [4, 3, 2, 1, 0] {
            let refused = client.login(email, &Secret::new("wrong"), "").await.unwrap_err();
            assert_eq!(refused, TeamError::WrongCredentials { tries_left: Some(left) }, "{email}");
        }
        match client.login(email, &Secret::new("Correct-Horse-7"), "").await {
            Err(TeamError::RateLimited { retry_after }) => assert!(retry_after > Duration::from_secs(200)),
            other => panic!("{other:?}"),
        }
    }
    server.shutdown().await;
}

#[tokio::test]
async fn each_profile_has_its_own_agent_and_keeps_it() {
    let dir = tempfile::tempdir().unwrap();
    let (server, client) = practice(&dir).await;
    let first = client.try_practice("default").await.unwrap();
    let second = client.try_practice("second").await.unwrap();
    assert_ne!(first.me.extension, second.me.extension);
    assert_eq!(client.try_practice("default").await.unwrap().me, first.me);
    server.shutdown().await;

    let (server, client) = practice(&dir).await;
    assert_eq!(client.try_practice("second").await.unwrap().me, second.me, "also after a restart");
    assert_eq!(TeamClient::new(client.base_url(), None).unwrap().with_token(first.token).me().await.unwrap(), first.me);
    for n in 3..=8 {
        client.try_practice(&format!("profile {n}")).await.unwrap();
    }
    let refused = client.try_practice("one too many").await.unwrap_err();
    assert_eq!(refused, TeamError::Server { status: 409, code: "no-free-agent".into() });
    server.shutdown().await;
}

#[tokio::test]
async fn a_stream_is_lost_with_the_server_and_found_again() {
    let dir = tempfile::tempdir().unwrap();
    let (server, client) = practice(&dir).await;
    let addr = server.addr();
    client.try_practice("default").await.unwrap();
    let mut events = client.events();
    assert_eq!(next(&mut events).await, StreamItem::Connected { resync: false });
    server.shutdown().await;
    assert!(matches!(next(&mut events).await, StreamItem::Lost { why: TeamError::Unreachable, .. }));

    let mut config = ServerConfig::practice(dir.path());
    config.bind = addr;
    let server = start(config).await.unwrap();
    loop {
        match next(&mut events).await {
            StreamItem::Lost { why: TeamError::Unreachable, .. } => {}
            // What happened in between is not known to the new process.
            StreamItem::Connected { resync: true } => break,
            other => panic!("{other:?}"),
        }
    }
    client.logout().await.unwrap();
    assert!(matches!(next(&mut events).await, StreamItem::Lost { .. }));
    loop {
        match timeout(DEADLINE, events.next()).await.unwrap() {
            Some(StreamItem::Lost { .. }) => {}
            Some(other) => panic!("{other:?}"),
            None => break,
        }
    }
    server.shutdown().await;
}

async fn next(events: &mut team_client::EventStream) -> StreamItem {
    timeout(DEADLINE, events.next()).await.expect("in time").expect("the stream goes on")
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    // A port that was free a moment ago.
    let addr = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for url in [format!("http://{addr}"), format!("https://{addr}")] {
        let client = TeamClient::new(&url, None).unwrap();
        assert_eq!(client.health().await.unwrap_err(), TeamError::Unreachable, "{url}");
    }
    let client = TeamClient::new("nobody.invalid", None).unwrap();
    assert_eq!(client.health().await.unwrap_err(), TeamError::Unreachable);
}

/// Serves every connection with `reply`, over TLS if an acceptor is given.
async fn stranger(reply: impl Into<Vec<u8>>, tls: Option<tokio_rustls::TlsAcceptor>) -> std::net::SocketAddr {
    let reply: Arc<[u8]> = reply.into().into();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut tcp, _)) = listener.accept().await {
            let (tls, reply) = (tls.clone(), reply.clone());
            tokio::spawn(async move {
                let mut head = [0; 2048];
                match tls {
                    Some(tls) => {
                        let Ok(mut stream) = tls.accept(tcp).await else { return };
                        let _ = stream.read(&mut head).await;
                        let _ = stream.write_all(&reply).await;
                        let _ = stream.shutdown().await;
                    }
                    None => {
                        let _ = tcp.read(&mut head).await;
                        let _ = tcp.write_all(&reply).await;
                    }
                }
            });
        }
    });
    addr
}

fn ok(kind: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

#[tokio::test]
async fn something_else_is_not_a_server() {
    for reply in [
        ok("text/html", "<h1>Hello</h1>").as_bytes(),
        ok("application/json", r#"{"product":"x","version":"1","instance":"i"}"#).as_bytes(),
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x15\x03\x01\x00\x02\x02\x16",
    ] {
        let addr = stranger(reply, None).await;
        let client = TeamClient::new(&format!("http://{addr}"), None).unwrap().with_token(Secret::new("t"));
        assert_eq!(client.health().await.unwrap_err(), TeamError::NotAServer, "{}", String::from_utf8_lossy(reply));
        let mut events = client.events();
        assert!(matches!(next(&mut events).await, StreamItem::Lost { why: TeamError::NotAServer, .. }));
    }
    let plain = stranger("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", None).await;
    let client = TeamClient::new(&plain.to_string(), None).unwrap();
    assert_eq!(client.health().await.unwrap_err(), TeamError::NotAServer, "HTTPS to a port that speaks HTTP");
}

#[tokio::test]
async fn a_server_that_dies_while_it_is_asked_is_unreachable() {
    for part in ["", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"] {
        let addr = stranger(part, None).await;
        let client = TeamClient::new(&format!("http://{addr}"), None).unwrap().with_token(Secret::new("t"));
        assert_eq!(client.health().await.unwrap_err(), TeamError::Unreachable, "after {part:?}");
    }
    let client = TeamClient::new(&format!("http://{}", stranger("", None).await), None).unwrap();
    let mut events = client.with_token(Secret::new("t")).events();
    assert!(matches!(next(&mut events).await, StreamItem::Lost { why: TeamError::Unreachable, .. }));
}

#[tokio::test]
async fn a_proxy_without_its_server_is_a_server_failure() {
    let addr = stranger("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", None).await;
    let client = TeamClient::new(&format!("http://{addr}"), None).unwrap();
    assert_eq!(client.health().await.unwrap_err(), TeamError::Server { status: 502, code: "gateway".into() });
}

/// A server behind TLS with a certificate of its own making for 127.0.0.1, and that certificate in PEM.
async fn self_made(is_ca: rcgen::IsCa) -> (std::net::SocketAddr, String) {
    let mut params = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    params.is_ca = is_ca;
    let key = rcgen::KeyPair::generate().unwrap();
    let cert = params.self_signed(&key).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key.serialize_der().try_into().unwrap())
        .unwrap();
    let reply = ok("application/json", r#"{"product":"rannan","version":"1","instance":"i"}"#);
    (stranger(reply, Some(tokio_rustls::TlsAcceptor::from(Arc::new(config)))).await, cert.pem())
}

#[tokio::test]
async fn an_unknown_certificate_is_refused_and_a_given_one_is_trusted() {
    let (addr, pem) = self_made(rcgen::IsCa::NoCa).await;
    let client = TeamClient::new(&addr.to_string(), None).unwrap().with_token(Secret::new("t"));
    assert_eq!(client.health().await.unwrap_err(), TeamError::BadCertificate);
    let mut events = client.events();
    assert!(matches!(next(&mut events).await, StreamItem::Lost { why: TeamError::BadCertificate, .. }));

    let trusting = TeamClient::new(&addr.to_string(), Some(&pem)).unwrap();
    assert_eq!(trusting.health().await.unwrap().instance, "i");
    let wrong_name = TeamClient::new(&format!("localhost:{}", addr.port()), Some(&pem)).unwrap();
    assert_eq!(wrong_name.health().await.unwrap_err(), TeamError::BadCertificate, "for another name");
    let nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for pem in ["", "no pem", nonsense] {
        assert_eq!(TeamClient::new("x", Some(pem)).unwrap_err(), TeamError::BadCertificate, "{pem:?}");
    }
}

/// As `openssl req -x509` makes them: one certificate that is server and authority at once.
#[tokio::test]
async fn a_given_certificate_that_is_its_own_authority_is_trusted_for_its_names() {
    let (addr, pem) = self_made(rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained)).await;
    let client = TeamClient::new(&addr.to_string(), None).unwrap();
    assert_eq!(client.health().await.unwrap_err(), TeamError::BadCertificate);

    let trusting = TeamClient::new(&addr.to_string(), Some(&pem)).unwrap();
    assert_eq!(trusting.health().await.unwrap().instance, "i");
    // TLS stands; what answers there is no event stream.
    let mut events = trusting.with_token(Secret::new("t")).events();
    assert!(matches!(next(&mut events).await, StreamItem::Lost { why: TeamError::NotAServer, .. }));

    let wrong_name = TeamClient::new(&format!("localhost:{}", addr.port()), Some(&pem)).unwrap();
    assert_eq!(wrong_name.health().await.unwrap_err(), TeamError::BadCertificate, "for another name");
    let (_, other) = self_made(rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained)).await;
    let mistaken = TeamClient::new(&addr.to_string(), Some(&other)).unwrap();
    assert_eq!(mistaken.health().await.unwrap_err(), TeamError::BadCertificate, "not the one that was given");
}

/// PW-03.
#[tokio::test]
async fn a_server_without_mail_says_whom_to_ask_for_a_new_password() {
    let dir = tempfile::tempdir().unwrap();
    let mut config = ServerConfig::practice(dir.path());
    config.help = Some("Rana، 100".into());
    let server = start(config).await.unwrap();
    let client = TeamClient::new(&format!("http://{}", server.addr()), None).unwrap();
    let answer = client.forgot_password("sara@example.com", "ar").await;
    assert_eq!(answer, Ok(PasswordMail::NotSent { ask: Some("Rana، 100".into()) }));
    server.shutdown().await;
}
