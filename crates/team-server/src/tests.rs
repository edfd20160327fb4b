//! The web side with a voice task that the test plays: flows, frames, events.

use std::time::Duration;

use base::FlowId;
use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use team_api::{Event, EventBody};
use testkit::database::Place;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::random::wall_ms;
use crate::seam::{Outbound, VoiceEvent, VoiceInput};
use crate::start::start_with;
use crate::{RunningServer, ServerConfig};

const DEADLINE: Duration = Duration::from_secs(10);

testkit::on_both_databases! {
    frames_go_both_ways_and_both_ends_may_close,
    a_message_beyond_64_kib_ends_the_flow,
    who_does_not_read_is_closed_and_others_are_not_held_up,
    no_more_flows_than_allowed,
    sip_is_refused_when_the_voice_task_has_died,
    everybody_sees_their_own_events_only,
    a_reconnecting_stream_gets_what_it_missed_or_is_told_of_the_gap,
    streams_are_told_when_the_server_ends,
}

struct Rig {
    server: RunningServer,
    inputs: mpsc::Receiver<VoiceInput>,
    events: mpsc::Sender<VoiceEvent>,
    _place: Place,
}

async fn rig(place: Place, change: impl FnOnce(&mut ServerConfig)) -> Rig {
    let mut config = ServerConfig { database_url: place.url(), ..ServerConfig::practice(place.dir()) };
    change(&mut config);
    let mut ends = None;
    let server = start_with(config, async |setup| {
        assert_eq!(setup.extensions.len(), 8);
        ends = Some((setup.inputs, setup.events));
        Ok(tokio::spawn(async {}))
    })
    .await
    .unwrap();
    let (inputs, events) = ends.unwrap();
    Rig { server, inputs, events, _place: place }
}

impl Rig {
    async fn sip(&self) -> Result<WebSocketStream<TcpStream>, u16> {
        self.socket("/sip", &[("sec-websocket-protocol", "sip")]).await
    }

    async fn socket(&self, path: &str, headers: &[(&'static str, &str)]) -> Result<WebSocketStream<TcpStream>, u16> {
        let mut request = format!("ws://{}{path}", self.server.addr()).into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        let stream = TcpStream::connect(self.server.addr()).await.unwrap();
        match client_async(request, stream).await {
            Ok((socket, _)) => Ok(socket),
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(other) => panic!("{other}"),
        }
    }

    async fn input(&mut self) -> VoiceInput {
        timeout(DEADLINE, self.inputs.recv()).await.expect("in time").expect("the server lives")
    }

    async fn flow_up(&mut self) -> (FlowId, Outbound) {
        match self.input().await {
            VoiceInput::FlowUp { flow, peer, outbound } => {
                assert!(peer.ip().is_loopback());
                (flow, outbound)
            }
            other => panic!("{other:?}"),
        }
    }

    async fn flow_down(&mut self, expected: FlowId) {
        match self.input().await {
            VoiceInput::FlowDown { flow } => assert_eq!(flow, expected),
            other => panic!("{other:?}"),
        }
    }

    async fn frame(&mut self) -> Bytes {
        match self.input().await {
            VoiceInput::Frame { bytes, .. } => bytes,
            other => panic!("{other:?}"),
        }
    }
}

async fn next(socket: &mut WebSocketStream<TcpStream>) -> Option<Message> {
    loop {
        match timeout(DEADLINE, socket.next()).await.expect("in time") {
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Ok(message)) => return Some(message),
            Some(Err(_)) | None => return None,
        }
    }
}

async fn frames_go_both_ways_and_both_ends_may_close(place: Place) {
    let mut rig = rig(place, |_| {}).await;
    let mut socket = rig.sip().await.unwrap();
    let (first, outbound) = rig.flow_up().await;
    socket.send(Message::text("OPTIONS sip:x SIP/2.0\r\n\r\n")).await.unwrap();
    assert_eq!(rig.frame().await, "OPTIONS sip:x SIP/2.0\r\n\r\n");
    socket.send(Message::binary(b"\r\n\r\n".as_slice())).await.unwrap();
    assert_eq!(rig.frame().await, "\r\n\r\n");
    outbound.send("SIP/2.0 200 OK\r\n\r\n".into());
    outbound.send(Bytes::from_static(b"\xff\xfe"));
    assert_eq!(next(&mut socket).await, Some(Message::text("SIP/2.0 200 OK\r\n\r\n")));
    assert_eq!(next(&mut socket).await, Some(Message::binary(b"\xff\xfe".as_slice())), "no UTF-8, so binary");
    socket.close(None).await.unwrap();
    rig.flow_down(first).await;

    let mut socket = rig.sip().await.unwrap();
    let (second, outbound) = rig.flow_up().await;
    assert_ne!(first, second);
    outbound.send("BYE".into());
    outbound.close();
    assert_eq!(next(&mut socket).await, Some(Message::text("BYE")), "what was queued is sent before closing");
    assert!(matches!(next(&mut socket).await, Some(Message::Close(_)) | None));
    rig.flow_down(second).await;
    rig.server.shutdown().await;
}

async fn a_message_beyond_64_kib_ends_the_flow(place: Place) {
    let mut rig = rig(place, |_| {}).await;
    let mut socket = rig.sip().await.unwrap();
    let (flow, _outbound) = rig.flow_up().await;
    socket.send(Message::text("x".repeat(crate::sip_socket::MAX_FRAME))).await.unwrap();
    assert_eq!(rig.frame().await.len(), crate::sip_socket::MAX_FRAME);
    let _ = socket.send(Message::text("x".repeat(crate::sip_socket::MAX_FRAME + 1))).await;
    rig.flow_down(flow).await;
    rig.server.shutdown().await;
}

async fn who_does_not_read_is_closed_and_others_are_not_held_up(place: Place) {
    let mut rig = rig(place, |_| {}).await;
    let deaf = rig.sip().await.unwrap();
    let (deaf_flow, deaf_outbound) = rig.flow_up().await;
    let mut other = rig.sip().await.unwrap();
    let (_, other_outbound) = rig.flow_up().await;
    let message = Bytes::from("x".repeat(60_000));
    for _ in 0..2000 {
        deaf_outbound.send(message.clone());
        tokio::task::yield_now().await;
    }
    other_outbound.send("hello".into());
    assert_eq!(next(&mut other).await, Some(Message::text("hello")));
    rig.flow_down(deaf_flow).await;
    drop(deaf);
    rig.server.shutdown().await;
}

async fn no_more_flows_than_allowed(place: Place) {
    let mut rig = rig(place, |config| config.max_flows = 1).await;
    let socket = rig.sip().await.unwrap();
    let (flow, _outbound) = rig.flow_up().await;
    assert_eq!(rig.sip().await.err(), Some(503));
    drop(socket);
    rig.flow_down(flow).await;
    // The place is free once the task has ended, shortly after its last word.
    let found = timeout(DEADLINE, async {
        while rig.sip().await.is_err() {
            tokio::task::yield_now().await;
        }
    });
    found.await.expect("the place becomes free");
    rig.server.shutdown().await;
}

async fn sip_is_refused_when_the_voice_task_has_died(place: Place) {
    let mut rig = rig(place, |_| {}).await;
    rig.inputs.close();
    assert_eq!(rig.sip().await.err(), Some(503));
    rig.server.shutdown().await;
}

/// Signs a profile in and opens its stream.
async fn stream(rig: &Rig, profile: &str, since: &str) -> (String, WebSocketStream<TcpStream>) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let body = format!(r#"{{"profile":"{profile}"}}"#);
    let mut tcp = TcpStream::connect(rig.server.addr()).await.unwrap();
    let head = "POST /v1/try HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json";
    tcp.write_all(format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await.unwrap();
    let mut answer = String::new();
    tcp.read_to_string(&mut answer).await.unwrap();
    let answer: team_api::LoginAnswer = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    let bearer = format!("Bearer {}", answer.token.reveal());
    let socket = rig.socket(&format!("/v1/events{since}"), &[("authorization", &bearer)]).await.unwrap();
    (answer.me.extension, socket)
}

async fn event(socket: &mut WebSocketStream<TcpStream>) -> Event {
    match next(socket).await {
        Some(Message::Text(text)) => serde_json::from_str(&text).unwrap(),
        other => panic!("{other:?}"),
    }
}

/// The next event that is not about the presence of somebody, which everybody sees.
async fn own_event(socket: &mut WebSocketStream<TcpStream>) -> Event {
    loop {
        let event = event(socket).await;
        if !matches!(event.body, EventBody::PresenceChanged(_)) {
            return event;
        }
    }
}

async fn hello(socket: &mut WebSocketStream<TcpStream>) -> (u64, bool) {
    match event(socket).await {
        Event { seq, body: EventBody::Hello(hello), .. } => (seq, hello.resync),
        other => panic!("{other:?}"),
    }
}

async fn everybody_sees_their_own_events_only(place: Place) {
    let rig = rig(place, |_| {}).await;
    let (mine, mut me) = stream(&rig, "me", "").await;
    let (theirs, mut them) = stream(&rig, "them", "").await;
    assert!(!hello(&mut me).await.1);
    hello(&mut them).await;
    for extension in [&theirs, &mine] {
        let event = VoiceEvent::RegistrationChanged { extension: extension.clone(), registered: true };
        rig.events.send(event).await.unwrap();
    }
    let call = VoiceEvent::CallEnded { call: "c".into(), from: mine.clone(), to: "199".into(), code: 404 };
    rig.events.send(call).await.unwrap();
    for (socket, expected) in [(&mut me, &mine), (&mut them, &theirs)] {
        match own_event(socket).await.body {
            EventBody::RegistrationChanged(data) => assert_eq!((&data.extension, data.registered), (expected, true)),
            other => panic!("{other:?}"),
        }
    }
    match own_event(&mut me).await.body {
        EventBody::CallEnded(data) => assert_eq!((data.to.as_str(), data.code), ("199", 404)),
        other => panic!("{other:?}"),
    }
    rig.server.shutdown().await;
}

async fn a_reconnecting_stream_gets_what_it_missed_or_is_told_of_the_gap(place: Place) {
    let rig = rig(place, |_| {}).await;
    let (mine, mut socket) = stream(&rig, "me", "").await;
    let (seq, _) = hello(&mut socket).await;
    for to in ["198", "199"] {
        let ringing = VoiceEvent::CallRinging { call: "c".into(), from: mine.clone(), to: to.into() };
        rig.events.send(ringing).await.unwrap();
    }
    let first = event(&mut socket).await.seq;
    let second = event(&mut socket).await.seq;
    assert!(seq < first && first < second);
    drop(socket);

    let (_, mut again) = stream(&rig, "me", &format!("?since={first}")).await;
    assert_eq!(hello(&mut again).await, (second, false));
    assert_eq!(event(&mut again).await.seq, second);
    let (_, mut stranger) = stream(&rig, "me", "?since=12").await;
    assert_eq!(hello(&mut stranger).await, (second, true));
    assert!(second <= u64::try_from(wall_ms()).unwrap() + 2, "numbers rise across restarts");
    rig.server.shutdown().await;
}

async fn streams_are_told_when_the_server_ends(place: Place) {
    let rig = rig(place, |_| {}).await;
    let (_, mut socket) = stream(&rig, "me", "").await;
    let mut sip = rig.sip().await.unwrap();
    hello(&mut socket).await;
    rig.server.shutdown().await;
    for socket in [&mut socket, &mut sip] {
        match next(socket).await {
            Some(Message::Close(Some(frame))) => assert_eq!(u16::from(frame.code), 1001),
            other => panic!("{other:?}"),
        }
    }
}
