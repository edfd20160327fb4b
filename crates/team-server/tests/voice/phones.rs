//! Phones on WebSockets, and the requests that give them their credentials.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

use base::{Aor, Chance, Now, Secret};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use sip::ViaTransport;
use sip::ua::{DialogId, Event, Output, RegisterFailure, UaConfig, UserAgent};
use team_server::{RunningServer, ServerConfig, start};
use testkit::database::Place;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

pub const DEADLINE: Duration = Duration::from_secs(20);

pub async fn post(addr: SocketAddr, path: &str, token: &str, body: &str) -> Value {
    request(addr, "POST", path, token, body).await.1
}

/// Status and body of the answer.
pub async fn request(addr: SocketAddr, method: &str, path: &str, token: &str, body: &str) -> (u16, Value) {
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(addr).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut text = String::new();
    timeout(DEADLINE, stream.read_to_string(&mut text)).await.expect("an answer in time").unwrap();
    let (head, body) = text.split_once("\r\n\r\n").expect("a whole answer");
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or(Value::Null))
}

/// A session of this profile's agent.
pub async fn token(addr: SocketAddr, profile: &str) -> String {
    let session = post(addr, "/v1/try", "", &format!(r#"{{"profile":"{profile}"}}"#)).await;
    session["token"].as_str().unwrap().to_owned()
}

/// Short-lived SIP credentials: AOR, user, password.
pub async fn credentials(addr: SocketAddr, token: &str) -> (Aor, String, Secret) {
    let sip = post(addr, "/v1/me/sip-credentials", token, "").await;
    let word = |name: &str| sip[name].as_str().unwrap().to_owned();
    (word("aor").parse().unwrap(), word("user"), Secret::new(word("password")))
}

/// One phone: a user agent on a WebSocket.
pub struct Phone {
    pub ws: WebSocketStream<MaybeTlsStream<TcpStream>>,
    ua: UserAgent,
    pub aor: Aor,
    epoch: Instant,
    events: VecDeque<Event>,
}

impl Phone {
    /// Signs in and registers.
    pub async fn registered(addr: SocketAddr, profile: &str, seed: u64) -> Phone {
        Phone::registered_with(addr, &token(addr, profile).await, profile, seed).await
    }

    /// Registers in a session that there is.
    pub async fn registered_with(addr: SocketAddr, token: &str, profile: &str, seed: u64) -> Phone {
        let (aor, auth_user, password) = credentials(addr, token).await;
        Phone::line(addr, aor, auth_user, password, profile, seed).await
    }

    /// Registers with these credentials.
    pub async fn line(addr: SocketAddr, aor: Aor, auth_user: String, password: Secret, name: &str, seed: u64) -> Phone {
        let registered = Phone::tries_to_register(addr, aor, auth_user, password, name, seed).await;
        registered.unwrap_or_else(|why| panic!("{name} is not registered: {why:?}"))
    }

    /// Why these credentials do not register.
    pub async fn tries(
        addr: SocketAddr,
        aor: Aor,
        auth_user: String,
        password: Secret,
        name: &str,
        seed: u64,
    ) -> RegisterFailure {
        match Phone::tries_to_register(addr, aor, auth_user, password, name, seed).await {
            Ok(_) => panic!("{name} is registered"),
            Err(why) => why,
        }
    }

    /// Registers with these credentials, or hears why not.
    pub async fn tries_to_register(
        addr: SocketAddr,
        aor: Aor,
        auth_user: String,
        password: Secret,
        name: &str,
        seed: u64,
    ) -> Result<Phone, RegisterFailure> {
        let config = UaConfig {
            aor: aor.clone(),
            display_name: name.into(),
            auth_user,
            password,
            transport: ViaTransport::Ws,
            instance: format!("urn:uuid:{seed}"),
            user_agent: "test".into(),
            expires: Duration::from_secs(600),
        };
        let ua = UserAgent::new(config, Chance::from_number(seed));
        let mut phone = Phone { ws: socket(addr).await, ua, aor, epoch: Instant::now(), events: VecDeque::new() };
        let now = phone.now();
        let mut out = phone.ua.flow_up(now);
        out.extend(phone.ua.register(now));
        phone.obey(out).await;
        let answer = phone.wait(|e| match e {
            Event::Registered { .. } => Some(Ok(())),
            Event::RegistrationFailed { why, .. } => Some(Err(*why)),
            _ => None,
        });
        answer.await?;
        Ok(phone)
    }

    /// The server closes the connection.
    pub async fn is_let_go(&mut self) {
        let end = async {
            while let Some(Ok(message)) = self.ws.next().await
                && !message.is_close()
            {}
        };
        timeout(DEADLINE, end).await.expect("the connection is closed");
    }

    /// The server came back: a new socket, the same phone.
    pub async fn reconnect(&mut self, addr: SocketAddr) {
        let now = self.now();
        let mut out = self.ua.flow_down(now);
        self.ws = socket(addr).await;
        out.extend(self.ua.flow_up(now));
        self.events.clear();
        self.obey(out).await;
        self.wait(|e| matches!(e, Event::Registered { .. }).then_some(())).await;
    }

    pub async fn call(&mut self, to: &str, offer: String) -> DialogId {
        let target = Aor::new(to, &self.aor.host).unwrap();
        let now = self.now();
        let (id, out) = self.ua.invite(now, &target, offer);
        self.obey(out).await;
        id
    }

    pub async fn with(&mut self, input: impl FnOnce(&mut UserAgent, Now) -> Vec<Output>) {
        let now = self.now();
        let out = input(&mut self.ua, now);
        self.obey(out).await;
    }

    /// Works until an event is what we look for; others are passed over.
    pub async fn wait<T>(&mut self, wanted: impl FnMut(&Event) -> Option<T>) -> T {
        self.wait_for(DEADLINE, wanted).await
    }

    pub async fn wait_for<T>(&mut self, longest: Duration, mut wanted: impl FnMut(&Event) -> Option<T>) -> T {
        let end = Instant::now() + longest;
        let mut passed = Vec::new();
        loop {
            while let Some(event) = self.events.pop_front() {
                if let Some(found) = wanted(&event) {
                    return found;
                }
                passed.push(event);
            }
            let wake = self.ua.wake_at().map_or(end, |at| self.epoch + at.since_epoch());
            tokio::select! {
                frame = self.ws.next() => match frame {
                    Some(Ok(Message::Text(text))) => self.with(|ua, now| ua.receive(now, text.as_bytes())).await,
                    Some(Ok(_)) => {}
                    other => panic!("the socket ended: {other:?}"),
                },
                () = sleep_until(wake.min(end)) => self.with(|ua, now| ua.tick(now)).await,
            }
            assert!(Instant::now() < end, "the awaited event did not come, but {passed:?}");
        }
    }

    /// Reads and answers what has come, until nothing comes for so long.
    pub async fn reads(&mut self, quiet: Duration) {
        while let Ok(frame) = timeout(quiet, self.ws.next()).await {
            match frame {
                Some(Ok(Message::Text(text))) => self.with(|ua, now| ua.receive(now, text.as_bytes())).await,
                Some(Ok(_)) => {}
                other => panic!("the socket ended: {other:?}"),
            }
        }
    }

    pub async fn accepted(&mut self, id: DialogId) -> String {
        self.wait(|e| match e {
            Event::Accepted { id: it, answer } if *it == id => Some(answer.clone().unwrap_or_default()),
            Event::Failed { code, reason_phrase, .. } => panic!("{code} {reason_phrase}"),
            _ => None,
        })
        .await
    }

    pub async fn failed(&mut self, id: DialogId) -> u16 {
        self.wait(|e| match e {
            Event::Failed { id: it, code, .. } if *it == id => Some(*code),
            _ => None,
        })
        .await
    }

    pub async fn hang_up(&mut self, id: DialogId) {
        self.with(|ua, now| ua.hang_up(now, id)).await;
        self.wait(|e| matches!(e, Event::Closed { id: it } if *it == id).then_some(())).await;
    }

    pub async fn obey(&mut self, out: Vec<Output>) {
        for one in out {
            match one {
                Output::Send(bytes) => {
                    let text = String::from_utf8(bytes.to_vec()).unwrap();
                    self.ws.send(Message::text(text)).await.unwrap();
                }
                Output::Event(event) => self.events.push_back(event),
            }
        }
    }

    pub fn now(&self) -> Now {
        Now::at(self.epoch.elapsed())
    }
}

pub async fn socket(addr: SocketAddr) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
    let mut request = format!("ws://{addr}/sip").into_client_request().unwrap();
    request.headers_mut().insert("Sec-WebSocket-Protocol", "sip".parse().unwrap());
    tokio_tungstenite::connect_async(request).await.unwrap().0
}

pub fn practice_config(place: &Place) -> ServerConfig {
    ServerConfig { database_url: place.url(), ..ServerConfig::practice(place.dir()) }
}

pub async fn practice(place: &Place) -> RunningServer {
    start(practice_config(place)).await.unwrap()
}
