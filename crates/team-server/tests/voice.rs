//! Phones at the running server: real WebSockets, real media.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

use base::{Aor, Chance, Now, Secret};
use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use media::{CodecKind, Direction, MediaConfig, MediaEvent, MediaSession, OutPacket};
use serde_json::Value;
use sip::ViaTransport;
use sip::ua::{DialogId, Event, Output, UaConfig, UserAgent};
use team_server::{RunningServer, ServerConfig, start};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

const DEADLINE: Duration = Duration::from_secs(20);

async fn post(addr: SocketAddr, path: &str, token: &str, body: &str) -> Value {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(addr).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut text = String::new();
    timeout(DEADLINE, stream.read_to_string(&mut text)).await.expect("an answer in time").unwrap();
    serde_json::from_str(text.split_once("\r\n\r\n").expect("a body").1).unwrap()
}

/// Short-lived SIP credentials: AOR, user, password.
async fn credentials(addr: SocketAddr, profile: &str) -> (Aor, String, Secret) {
    let session = post(addr, "/v1/try", "", &format!(r#"{{"profile":"{profile}"}}"#)).await;
    let sip = post(addr, "/v1/me/sip-credentials", session["token"].as_str().unwrap(), "").await;
    let word = |name: &str| sip[name].as_str().unwrap().to_owned();
    (word("aor").parse().unwrap(), word("user"), Secret::new(word("password")))
}

/// One phone: a user agent on a WebSocket.
struct Phone {
    ws: WebSocketStream<MaybeTlsStream<TcpStream>>,
    ua: UserAgent,
    aor: Aor,
    epoch: Instant,
    events: VecDeque<Event>,
}

impl Phone {
    async fn registered(addr: SocketAddr, profile: &str, seed: u64) -> Phone {
        let (aor, auth_user, password) = credentials(addr, profile).await;
        let config = UaConfig {
            aor: aor.clone(),
            display_name: profile.into(),
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
        phone.wait(|e| matches!(e, Event::Registered { .. }).then_some(())).await;
        phone
    }

    /// The server came back: a new socket, the same phone.
    async fn reconnect(&mut self, addr: SocketAddr) {
        let now = self.now();
        let mut out = self.ua.flow_down(now);
        self.ws = socket(addr).await;
        out.extend(self.ua.flow_up(now));
        self.events.clear();
        self.obey(out).await;
        self.wait(|e| matches!(e, Event::Registered { .. }).then_some(())).await;
    }

    async fn call(&mut self, to: &str, offer: String) -> DialogId {
        let target = Aor::new(to, &self.aor.host).unwrap();
        let now = self.now();
        let (id, out) = self.ua.invite(now, &target, offer);
        self.obey(out).await;
        id
    }

    async fn with(&mut self, input: impl FnOnce(&mut UserAgent, Now) -> Vec<Output>) {
        let now = self.now();
        let out = input(&mut self.ua, now);
        self.obey(out).await;
    }

    /// Works until an event is what we look for; others are passed over.
    async fn wait<T>(&mut self, wanted: impl FnMut(&Event) -> Option<T>) -> T {
        self.wait_for(DEADLINE, wanted).await
    }

    async fn wait_for<T>(&mut self, longest: Duration, mut wanted: impl FnMut(&Event) -> Option<T>) -> T {
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

    async fn accepted(&mut self, id: DialogId) -> String {
        self.wait(|e| match e {
            Event::Accepted { id: it, answer } if *it == id => Some(answer.clone().unwrap_or_default()),
            Event::Failed { code, reason_phrase, .. } => panic!("{code} {reason_phrase}"),
            _ => None,
        })
        .await
    }

    async fn failed(&mut self, id: DialogId) -> u16 {
        self.wait(|e| match e {
            Event::Failed { id: it, code, .. } if *it == id => Some(*code),
            _ => None,
        })
        .await
    }

    async fn hang_up(&mut self, id: DialogId) {
        self.with(|ua, now| ua.hang_up(now, id)).await;
        self.wait(|e| matches!(e, Event::Closed { id: it } if *it == id).then_some(())).await;
    }

    async fn obey(&mut self, out: Vec<Output>) {
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

    fn now(&self) -> Now {
        Now::at(self.epoch.elapsed())
    }
}

async fn socket(addr: SocketAddr) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
    let mut request = format!("ws://{addr}/sip").into_client_request().unwrap();
    request.headers_mut().insert("Sec-WebSocket-Protocol", "sip".parse().unwrap());
    tokio_tungstenite::connect_async(request).await.unwrap().0
}

async fn practice() -> (tempfile::TempDir, RunningServer) {
    let dir = tempfile::tempdir().unwrap();
    let server = start(ServerConfig::practice(dir.path())).await.unwrap();
    (dir, server)
}

async fn session() -> (MediaSession, mpsc::Receiver<MediaEvent>) {
    let config = MediaConfig::opus(vec![[127, 0, 0, 1].into()]);
    MediaSession::new(config).await.unwrap()
}

async fn connected(events: &mut mpsc::Receiver<MediaEvent>) {
    let wait = async {
        while let Some(event) = events.recv().await {
            match event {
                MediaEvent::Connected => return,
                MediaEvent::Failed(why) => panic!("{why}"),
                _ => {}
            }
        }
        panic!("the session closed");
    };
    timeout(DEADLINE, wait).await.expect("media connect in time");
}

/// Sends packets that carry their number and waits until enough of them came back.
async fn hear_oneself(session: &MediaSession, events: &mut mpsc::Receiver<MediaEvent>, mark: u8) {
    let mut pace = tokio::time::interval(Duration::from_millis(20));
    let mut back: Vec<u8> = Vec::new();
    let mut number = 0u8;
    let talk = async {
        while back.len() < 20 {
            tokio::select! {
                        _ = pace.tick() => {
                            session.write(OutPacket {
                codec: CodecKind::Opus,
                payload: Bytes::from(vec![mark, number, 7, 7]),
                ticks: 960,
                marker: number == 0,
                red: false,
            });
                            number = number.wrapping_add(1);
                        }
                        event = events.recv() => match event {
                            Some(MediaEvent::Packet(packet)) if packet.payload.first() == Some(&mark) => back.push(packet.payload[1]),
                            Some(MediaEvent::Failed(why)) => panic!("{why}"),
                            Some(_) => {}
                            None => panic!("the session closed"),
                        },
                    }
        }
    };
    timeout(DEADLINE, talk).await.expect("packets come back in time");
    assert!(back.windows(2).all(|w| w[0] < w[1]), "in order and once: {back:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn echo_returns_what_it_hears_also_after_hold() {
    let (_dir, server) = practice().await;
    let mut phone = Phone::registered(server.addr(), "first", 1).await;
    let (session, mut events) = session().await;
    let id = phone.call("*43", session.make_offer().await.unwrap()).await;
    let answer = phone.accepted(id).await;
    session.apply_answer(&answer).await.unwrap();
    connected(&mut events).await;
    hear_oneself(&session, &mut events, 1).await;

    for (mark, wanted) in [(2, Direction::SendOnly), (3, Direction::SendRecv)] {
        let offer = session.make_reoffer(wanted, false).await.unwrap();
        phone.with(|ua, now| ua.reoffer(now, id, offer)).await;
        let answer = phone
            .wait(|e| match e {
                Event::ReofferAnswered { answer, .. } => Some(answer.clone().expect("an answer")),
                Event::ReofferFailed { code, .. } => panic!("{code}"),
                _ => None,
            })
            .await;
        let agreed = session.apply_answer(&answer).await.unwrap();
        assert_eq!(agreed.direction, wanted);
        if wanted == Direction::SendRecv {
            hear_oneself(&session, &mut events, mark).await;
        }
    }
    phone.hang_up(id).await;
    session.close().await;
    server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn echo_serves_sixteen_and_is_then_busy() {
    let (_dir, server) = practice().await;
    let mut phone = Phone::registered(server.addr(), "first", 1).await;
    let (session, _events) = session().await;
    let offer = session.make_offer().await.unwrap();
    let mut calls = Vec::new();
    for _ in 0..16 {
        let id = phone.call("*43", offer.clone()).await;
        phone.accepted(id).await;
        calls.push(id);
    }
    let one_more = phone.call("*43", offer.clone()).await;
    assert_eq!(phone.failed(one_more).await, 486);
    phone.hang_up(calls[0]).await;
    let again = phone.call("*43", offer).await;
    phone.accepted(again).await;
    server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn echo_refuses_what_it_cannot_speak() {
    let (_dir, server) = practice().await;
    let mut phone = Phone::registered(server.addr(), "first", 1).await;
    let plain = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
    for offer in [plain, "nonsense"] {
        let id = phone.call("*43", offer.to_owned()).await;
        assert_eq!(phone.failed(id).await, 488, "{offer}");
    }
    server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn echo_hangs_up_when_the_path_is_lost() {
    let (_dir, server) = practice().await;
    let mut phone = Phone::registered(server.addr(), "first", 1).await;
    let (session, _events) = session().await;
    let id = phone.call("*43", session.make_offer().await.unwrap()).await;
    phone.accepted(id).await;
    // Our answer is never applied, so nobody is at the other end of its path.
    session.close().await;
    let longest = Duration::from_secs(60);
    phone.wait_for(longest, |e| matches!(e, Event::Ended { id: it, .. } if *it == id).then_some(())).await;
    server.shutdown().await;
}

/// Sets up a call between two phones; the media do not matter here.
async fn talking(a: &mut Phone, b: &mut Phone) -> (DialogId, DialogId) {
    let to = b.aor.user.clone();
    let at_a = a.call(&to, "v=0\r\n".into()).await;
    let at_b = b
        .wait(|e| match e {
            Event::Invited { id, .. } => Some(*id),
            _ => None,
        })
        .await;
    b.with(|ua, now| ua.ring(now, at_b)).await;
    a.wait(|e| matches!(e, Event::Provisional { code: 180, .. }).then_some(())).await;
    b.with(|ua, now| ua.answer(now, at_b, "v=0\r\n".into())).await;
    a.accepted(at_a).await;
    b.wait(|e| matches!(e, Event::Confirmed { .. }).then_some(())).await;
    (at_a, at_b)
}

/// One phone hangs up; both learn of the end.
async fn bye(a: &mut Phone, at_a: DialogId, b: &mut Phone, at_b: DialogId) {
    a.with(|ua, now| ua.hang_up(now, at_a)).await;
    b.wait(|e| matches!(e, Event::Ended { id, .. } if *id == at_b).then_some(())).await;
    a.wait(|e| matches!(e, Event::Closed { id } if *id == at_a).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_users_call_each_other() {
    let (_dir, server) = practice().await;
    let mut a = Phone::registered(server.addr(), "first", 1).await;
    let mut b = Phone::registered(server.addr(), "second", 2).await;
    let (at_a, at_b) = talking(&mut a, &mut b).await;
    bye(&mut a, at_a, &mut b, at_b).await;
    let (at_b, at_a) = talking(&mut b, &mut a).await;
    bye(&mut a, at_a, &mut b, at_b).await;
    server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn call_survives_a_restart_of_the_server() {
    let (dir, server) = practice().await;
    let addr = server.addr();
    let mut a = Phone::registered(addr, "first", 1).await;
    let mut b = Phone::registered(addr, "second", 2).await;
    let (at_a, at_b) = talking(&mut a, &mut b).await;
    server.shutdown().await;
    let config = ServerConfig { bind: addr, ..ServerConfig::practice(dir.path()) };
    let server = start(config).await.unwrap();
    a.reconnect(addr).await;
    // b is still away when a hangs up: the BYE waits for it.
    a.with(|ua, now| ua.hang_up(now, at_a)).await;
    b.reconnect(addr).await;
    b.wait(|e| matches!(e, Event::Ended { id, .. } if *id == at_b).then_some(())).await;
    a.wait(|e| matches!(e, Event::Closed { id } if *id == at_a).then_some(())).await;
    server.shutdown().await;
}
