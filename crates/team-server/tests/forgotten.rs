//! Forgotten passwords (PW-03) over real sockets: the request, the mail as a mail server gets it, the page as a browser gets it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};

use base::Secret;
use serde_json::{Value, json};
use team_server::{MailSecurity, MailSettings, NewUser, RunningServer, ServerConfig, StartError, add_user, start};
use testkit::database::Place;
use testkit::http::{self, Answer};
use testkit::mail::{Letter, MailSink};

const OLD: &str = "Correct-Horse-7";
const NEW: &str = "Battery-قهوة-8";
const EMAIL: &str = "sara@example.com";

testkit::on_both_databases! {
    the_link_of_the_mail_sets_the_password_once_and_ends_every_session,
    a_newer_mail_ends_the_older_link,
    known_and_unknown_addresses_get_the_same_answers_and_the_same_limit,
    mail_and_page_are_in_the_language_of_the_request_from_right_to_left,
    the_page_loads_nothing_and_tells_nobody_where_it_was,
    links_cannot_be_guessed_at_leisure,
    without_mail_the_server_says_whom_to_ask,
    no_secret_is_logged_even_at_trace,
}

struct Rig {
    server: RunningServer,
    sink: MailSink,
    place: Place,
}

fn config(place: &Place) -> ServerConfig {
    let bind = "127.0.0.1:0".parse().unwrap();
    ServerConfig { database_url: place.url(), ..ServerConfig::in_dir(bind, place.dir()) }
}

async fn rig(place: Place) -> Rig {
    let sink = MailSink::start(Some("bounce@"));
    let mut config = config(&place);
    for (email, name, extension) in [(EMAIL, "سارة <b>", "201"), ("bounce@example.com", "Bounce", "202")] {
        let (email, name, extension) = (email.into(), name.into(), extension.into());
        let user = NewUser { email, name, extension, password: Secret::new(OLD), admin: false };
        add_user(&config.database_url, user).await.unwrap();
    }
    config.mail = Some(MailSettings {
        host: "127.0.0.1".into(),
        port: sink.addr().port(),
        security: MailSecurity::None,
        user: None,
        password: None,
        from: "Rannan <rannan@example.com>".into(),
    });
    Rig { server: start(config).await.unwrap(), sink, place }
}

/// From a host that is not ours: links of mails must not lead there.
async fn ask(at: SocketAddr, line: &str, kind: &str, more: Option<(&str, &str)>, body: &str) -> Answer {
    let headers: Vec<_> = [("Host", "evil.test"), ("Content-Type", kind)].into_iter().chain(more).collect();
    http::ask(at, line, &headers, body).await
}

impl Rig {
    fn at(&self) -> SocketAddr {
        self.server.addr()
    }

    async fn json(&self, path: &str, body: Value) -> Answer {
        ask(self.at(), &format!("POST {path}"), "application/json", None, &body.to_string()).await
    }

    async fn forgot(&self, email: &str, language: &str) -> Answer {
        self.json("/v1/password/forgot", json!({ "email": email, "language": language })).await
    }

    async fn page(&self, query: &str, more: Option<(&str, &str)>) -> Answer {
        ask(self.at(), &format!("GET /reset{query}"), "text/plain", more, "").await
    }

    async fn set(&self, token: &str, password: &str, again: &str) -> Answer {
        let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let body = format!("token={token}&lang=en&password={}&again={}", encode(password), encode(again));
        ask(self.at(), "POST /reset", "application/x-www-form-urlencoded", None, &body).await
    }

    async fn sign_in(&self, password: &str) -> Answer {
        self.json("/v1/login", json!({ "email": EMAIL, "password": password })).await
    }

    async fn me(&self, token: &str) -> u16 {
        ask(self.at(), "GET /v1/me", "text/plain", Some(("Authorization", &format!("Bearer {token}"))), "").await.status
    }
}

fn link(letter: &Letter) -> String {
    let plain = &letter.parts()[0];
    plain.lines().find(|line| line.starts_with("http")).expect("a line with the link alone").trim().to_owned()
}

fn token(letter: &Letter) -> String {
    link(letter).split("token=").nth(1).unwrap().split('&').next().unwrap().to_owned()
}

/// PW-03.
async fn the_link_of_the_mail_sets_the_password_once_and_ends_every_session(place: Place) {
    let rig = rig(place).await;
    let session = rig.sign_in(OLD).await.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(rig.forgot(" SARA@example.com ", "en-GB").await.status, 204);
    let letter = rig.sink.letter();
    assert_eq!(letter.to, ["<sara@example.com>"]);
    assert!(link(&letter).starts_with(&format!("http://{}/reset?token=", rig.at())), "never by the header Host");
    let token = token(&letter);
    assert_eq!(rig.me(&session).await, 200, "asking changes nothing");

    // Mail servers look at links: that does not use them up.
    for _ in 0..2 {
        let page = rig.page(&format!("?token={token}&lang=en"), None).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("سارة &lt;b&gt;") && !page.text().contains("<b>"), "names are escaped");
    }
    let weak = rig.set(&token, "password", "password").await;
    assert_eq!(weak.status, 422);
    assert_eq!(weak.text().matches("class=\"kept\"").count(), 2, "length and small letter");
    assert_eq!(weak.text().matches("class=\"broken\"").count(), 3);
    assert!(!weak.text().contains("value=\"password\""), "what was typed does not come back");
    assert_eq!(rig.set(&token, NEW, OLD).await.status, 422, "the two differ");
    let long = format!("{NEW}{}", "x".repeat(2000));
    assert_eq!(rig.set(&token, &long, &long).await.status, 422);
    assert_eq!(rig.sign_in(OLD).await.status, 200, "nothing has changed so far");

    assert_eq!(rig.set(&token, NEW, NEW).await.status, 200);
    assert_eq!(rig.me(&session).await, 401, "signed out everywhere");
    assert_eq!(rig.sign_in(OLD).await.status, 401);
    assert_eq!(rig.sign_in(NEW).await.status, 200);
    assert_eq!(rig.set(&token, OLD, OLD).await.status, 410, "once");
    assert_eq!(rig.page(&format!("?token={token}"), None).await.status, 410);
    assert_eq!(rig.sign_in(NEW).await.status, 200);
    rig.server.shutdown().await;
    for entry in std::fs::read_dir(rig.place.dir()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(token.len()).any(|w| w == token.as_bytes()), "the database does not hold the token");
    }
}

/// PW-03.
async fn a_newer_mail_ends_the_older_link(place: Place) {
    let rig = rig(place).await;
    rig.forgot(EMAIL, "en").await;
    let older = token(&rig.sink.letter());
    rig.forgot(EMAIL, "en").await;
    let newer = token(&rig.sink.letter());
    assert_eq!(rig.set(&older, NEW, NEW).await.status, 410);
    assert_eq!(rig.set(&newer, NEW, NEW).await.status, 200);
    rig.server.shutdown().await;
}

/// PW-03.
async fn known_and_unknown_addresses_get_the_same_answers_and_the_same_limit(place: Place) {
    let rig = rig(place).await;
    let mut answers = Vec::new();
    for email in [EMAIL, "nobody@example.com", "bounce@example.com"] {
        let mut seen = Vec::new();
        for _ in 0..4 {
            let answer = rig.forgot(email, "en").await;
            let heads: Vec<_> = answer
                .head
                .lines()
                .filter(|l| !l.starts_with("date") && !l.starts_with("retry"))
                .map(str::to_owned)
                .collect();
            seen.push((answer.status, heads, answer.json()["code"].clone()));
        }
        answers.push(seen);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
    let statuses: Vec<_> = answers[0].iter().map(|(status, ..)| *status).collect();
    assert_eq!(statuses, [204, 204, 204, 429]);
    for _ in 0..3 {
        assert_eq!(rig.sink.letter().to, ["<sara@example.com>"]);
    }
    assert!(rig.sink.letter_now().is_none());
    assert_eq!(rig.forgot("no address", "en").await.status, 422);
    rig.server.shutdown().await;
}

/// PW-03, LG-01.
async fn mail_and_page_are_in_the_language_of_the_request_from_right_to_left(place: Place) {
    let rig = rig(place).await;
    rig.forgot(EMAIL, "ar").await;
    let letter = rig.sink.letter();
    let [plain, html] = letter.parts().try_into().unwrap_or_else(|parts: Vec<_>| panic!("{} parts", parts.len()));
    assert!(plain.contains("\u{2068}سارة <b>\u{2069}"), "{plain}");
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">") && html.contains("سارة &lt;b&gt;"), "{html}");
    assert!(link(&letter).ends_with("&lang=ar"));
    let token = token(&letter);
    let page = rig.page(&format!("?token={token}&lang=ar"), None).await;
    assert!(page.text().contains("<html lang=\"ar\" dir=\"rtl\">"), "{}", page.text());
    assert_eq!(page.text().matches("<li>").count(), 5, "the rules of PW-02");
    assert!(
        page.text().contains(&format!("href=\"/reset?token={token}&amp;lang=en\"")),
        "the other language is offered"
    );
    let preferred = rig.page(&format!("?token={token}"), Some(("Accept-Language", "ar-SA,en;q=0.5"))).await;
    assert!(preferred.text().contains("dir=\"rtl\""));
    rig.server.shutdown().await;
}

/// PW-03.
async fn the_page_loads_nothing_and_tells_nobody_where_it_was(place: Place) {
    let rig = rig(place).await;
    rig.forgot(EMAIL, "en").await;
    let token = token(&rig.sink.letter());
    for page in [
        rig.page(&format!("?token={token}"), None).await,
        rig.page("?token=%22%3E%3Cscript%3E", None).await,
        rig.page("", None).await,
    ] {
        for line in ["referrer-policy: no-referrer", "cache-control: no-store", "x-content-type-options: nosniff"] {
            assert!(page.head.contains(line), "{line}: {}", page.head);
        }
        let policy = page.head.lines().find(|line| line.starts_with("content-security-policy")).unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        for part in ["<script", "<img", "<link", "http://", "https://"] {
            assert!(!page.text().contains(part), "{part}: {}", page.text());
        }
    }
    rig.server.shutdown().await;
}

/// PW-03.
async fn links_cannot_be_guessed_at_leisure(place: Place) {
    let rig = rig(place).await;
    let mut statuses = Vec::new();
    for guess in 0..21 {
        statuses.push(rig.set(&format!("guess-{guess}"), NEW, NEW).await.status);
    }
    assert!(statuses[..20].iter().all(|status| *status == 410), "{statuses:?}");
    assert_eq!(statuses[20], 429);
    rig.server.shutdown().await;
}

/// PW-03.
async fn without_mail_the_server_says_whom_to_ask(place: Place) {
    let mut config = config(&place);
    config.help = Some("Rana, extension 100".into());
    let server = start(config).await.unwrap();
    let body = json!({ "email": EMAIL }).to_string();
    let answer = ask(server.addr(), "POST /v1/password/forgot", "application/json", None, &body).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (501, Some("no-mail")));
    assert_eq!(answer.json()["ask"], "Rana, extension 100");
    server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_on_a_network_needs_the_address_that_people_reach() {
    let dir = tempfile::tempdir().unwrap();
    for url in
        [None, Some("phones.example.com"), Some("ftp://phones.example.com"), Some("https://phones.example.com/?x")]
    {
        let mut config = ServerConfig::in_dir("0.0.0.0:0".parse().unwrap(), dir.path());
        config.public_url = url.map(str::to_owned);
        config.mail = Some(MailSettings {
            host: "127.0.0.1".into(),
            port: 25,
            security: MailSecurity::None,
            user: None,
            password: None,
            from: "rannan@example.com".into(),
        });
        assert!(matches!(start(config).await.err(), Some(StartError::PublicUrl)), "{url:?}");
    }
}

/// What a log would have held.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// PW-03: canaries in every place where a secret enters or leaves, with everything logged that anybody can log.
async fn no_secret_is_logged_even_at_trace(place: Place) {
    // One log for the process, whichever database comes first.
    static LOG: OnceLock<Log> = OnceLock::new();
    let log = LOG.get_or_init(|| {
        let log = Log::default();
        let writer = log.clone();
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .init();
        log
    });
    let rig = rig(place).await;
    let session = rig.sign_in(OLD).await.json()["token"].as_str().unwrap().to_owned();
    let wrong = "Canary-Wrong-1";
    rig.sign_in(wrong).await;
    rig.json("/v1/login", json!({ "email": EMAIL, "password": ["Canary-Shape-2"] })).await;
    ask(rig.at(), "POST /v1/login", "application/json", None, "{\"password\":\"Canary-Broken-3").await;
    rig.forgot(EMAIL, "en").await;
    let token = token(&rig.sink.letter());
    rig.page(&format!("?token={token}"), None).await;
    rig.set(&token, "Canary-Differs-4", NEW).await;
    assert_eq!(rig.set(&token, NEW, NEW).await.status, 200);
    rig.server.shutdown().await;
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("password set with a link"), "the log is heard");
    for (what, secret) in [
        ("password", OLD),
        ("new password", NEW),
        ("wrong password", wrong),
        ("session", &session),
        ("token", &token),
        ("canary", "Canary-"),
        ("address", EMAIL),
    ] {
        assert!(!text.contains(secret), "the log holds a {what}");
    }
}
