//! Bodies of requests to the team server, as an administrator and as somebody without a session: each has an answer, below
//! 500, and a refusal says why (RFC 9457).
//!
//! The first byte chooses the route, the second one who asks; the rest is the body. Run with
//! `cargo +nightly fuzz run rest_body` inside `crates/fuzz`.
#![no_main]

use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use base::Secret;
use libfuzzer_sys::fuzz_target;
use reqwest::{Client, Method};
use team_api::path;
use team_client::{TeamClient, tls_config};
use team_server::{NewUser, RunningServer, ServerConfig, add_user, start};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Longer than any case may take on a busy machine, passwords that are hashed included.
const DEADLINE: Duration = Duration::from_secs(20);

/// Every route that takes a body, but signing out; with what would end the session of the cases after it left out.
const ROUTES: &[(Method, &str)] = &[
    (Method::POST, path::LOGIN),
    (Method::POST, path::TRY),
    (Method::POST, path::FORGOT_PASSWORD),
    (Method::POST, path::RESET),
    (Method::PATCH, path::ME),
    (Method::PUT, path::MY_AVATAR),
    (Method::PUT, path::MY_PASSWORD),
    (Method::POST, path::SIP_CREDENTIALS),
    (Method::PUT, path::MY_STATUS),
    (Method::PUT, path::MY_STATUS_SETTINGS),
    (Method::POST, path::MANAGED_STATUSES),
    (Method::PATCH, path::MANAGED_STATUS),
    (Method::PUT, path::STATUS_ORDER),
    (Method::POST, path::CONTACTS_PUSH),
    (Method::PUT, path::CONTACT),
    (Method::DELETE, path::CONTACT),
];
/// In place of `{id}`: a status or a contact.
const STATUS: &str = "meeting";
const CONTACT: &str = "0198f000-0000-7000-8000-000000000001";
const PASSWORD: &str = "Correct-Horse-7";

struct Rig {
    _dir: TempDir,
    _server: RunningServer,
    base: String,
    token: Secret,
    client: Client,
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
static RIG: LazyLock<Mutex<Rig>> = LazyLock::new(|| Mutex::new(RUNTIME.block_on(begin())));

async fn begin() -> Rig {
    let dir = tempfile::tempdir().expect("a folder");
    let config = ServerConfig::in_dir("127.0.0.1:0".parse().expect("an address"), dir.path());
    let rana = NewUser {
        email: "rana@care.example".into(),
        name: "Rana".into(),
        extension: "100".into(),
        password: Secret::new(PASSWORD),
        admin: true,
    };
    add_user(&config.database_url, rana).await.expect("a new user");
    let server = start(config).await.expect("it starts");
    let base = format!("http://{}", server.addr());
    let signed_in = TeamClient::new(&base, None).expect("a plain address");
    let token = signed_in.login("rana@care.example", &Secret::new(PASSWORD), "").await.expect("a session").token;
    let tls = tls_config(None).expect("it has roots, or needs none");
    let client = Client::builder().use_preconfigured_tls((*tls).clone()).timeout(DEADLINE).build().expect("a client");
    Rig { _dir: dir, _server: server, base, token, client }
}

fuzz_target!(|data: &[u8]| {
    let Some((&[which, who], body)) = data.split_first_chunk() else { return };
    let (method, route) = &ROUTES[usize::from(which) % ROUTES.len()];
    let id = if *route == path::CONTACT { CONTACT } else { STATUS };
    let rig = RIG.lock().expect("one case at a time");
    RUNTIME.block_on(async {
        let mut asked = rig
            .client
            .request(method.clone(), format!("{}{}", rig.base, route.replace("{id}", id)))
            .body(body.to_vec());
        let is_picture = *route == path::MY_AVATAR && body.first() != Some(&b'{');
        asked = asked.header("content-type", if is_picture { "image/png" } else { "application/json" });
        if who & 1 == 0 {
            asked = asked.bearer_auth(rig.token.reveal());
        }
        let answer = asked.send().await.expect("an answer");
        let status = answer.status().as_u16();
        // Without mail, nobody can be sent a link.
        assert!(status < 500 || status == 501, "{method} {route}: {status}");
        let kind =
            answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
        let told = answer.bytes().await.expect("a whole body");
        if status >= 400 && *route != path::RESET {
            assert!(kind.starts_with("application/problem+json"), "{method} {route}: {status} {kind}");
            serde_json::from_slice::<team_api::Problem>(&told).expect("a problem");
        }
    });
});
