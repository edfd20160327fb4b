//! Who sees what of a call, judged by the bytes that reach them. Noor dials 17778732492, which is nobody's extension: a line to the outside.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use sip::ua::{DialogId, Event};
use sqlx::any::install_default_drivers;
use testkit::database::Place;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::phones::*;
use crate::status_admin::with_administrator;
use crate::statuses::{AT_ONCE, OFFER, choose};

testkit::on_both_databases! {
    no_byte_that_reaches_a_viewer_holds_what_they_may_not_see_rg_02_rg_03_rg_04_rg_05_rg_06_rg_07,
    rights_end_at_the_department_rg_11,
    a_change_of_rights_reaches_open_streams_within_a_second_rg_01_rp_01,
}

const NUMBER: &str = "17778732492";

type Bytes = Arc<Mutex<Vec<u8>>>;

/// A connection whose other side is written down.
struct Tapped {
    tcp: TcpStream,
    heard: Bytes,
}

impl AsyncRead for Tapped {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        let done = Pin::new(&mut self.tcp).poll_read(context, into);
        self.heard.lock().unwrap().extend_from_slice(&into.filled()[before..]);
        done
    }
}

impl AsyncWrite for Tapped {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tcp).poll_write(context, bytes)
    }
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(context)
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(context)
    }
}

/// Somebody who looks: an event stream, and every byte that the server has sent to them.
struct Viewer {
    addr: SocketAddr,
    token: String,
    id: String,
    stream: WebSocketStream<Tapped>,
    heard: Bytes,
    /// Number of the first event.
    since: u64,
}

impl Viewer {
    async fn open(addr: SocketAddr, profile: &str) -> Viewer {
        let token = token(addr, profile).await;
        let (_, me) = request(addr, "GET", "/v1/me", &token, "").await;
        let heard = Bytes::default();
        let (stream, since) = stream(addr, &token, "", &heard).await;
        Viewer { addr, token, id: me["id"].as_str().unwrap().to_owned(), stream, heard, since }
    }

    /// The next event that is looked for, at once.
    async fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        timeout(AT_ONCE, next(&mut self.stream, wanted)).await.expect("the event comes at once")
    }

    /// Everything that was told before this has arrived afterwards.
    async fn settle(&mut self, status: &str) {
        assert_eq!(choose(self.addr, &self.token, status, "").await.0, 200);
        let is_it = |event: &Value| event["type"] == "status.changed" && event["data"]["status"] == status;
        timeout(DEADLINE, next(&mut self.stream, is_it)).await.expect("the own status is told");
    }

    /// What they see of somebody when they ask, every byte of the answer written down.
    async fn look(&self, extension: &str) -> Value {
        let text = format!(
            "GET /v1/presence HTTP/1.1\r\nHost: {0}\r\nConnection: close\r\nAuthorization: Bearer {1}\r\n\r\n",
            self.addr, self.token
        );
        let mut tcp = TcpStream::connect(self.addr).await.unwrap();
        tcp.write_all(text.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        timeout(DEADLINE, tcp.read_to_end(&mut answer)).await.expect("an answer in time").unwrap();
        self.heard.lock().unwrap().extend_from_slice(&answer);
        let text = String::from_utf8(answer).unwrap();
        let people: Value = serde_json::from_str(text.split_once("\r\n\r\n").unwrap().1).unwrap();
        let people = people["people"].as_array().unwrap().clone();
        people.into_iter().find(|person| person["extension"] == extension).expect("who they are is told to everybody")
    }

    /// Reads what a phone that was away is told when it comes back.
    async fn come_back(&self) {
        let (mut again, _) = stream(self.addr, &self.token, &format!("?since={}", self.since), &self.heard).await;
        assert_eq!(choose(self.addr, &self.token, "break", "").await.0, 200);
        let is_it = |event: &Value| event["type"] == "status.changed" && event["data"]["status"] == "break";
        timeout(DEADLINE, next(&mut again, is_it)).await.expect("the own status is told");
    }

    fn heard(&self, word: &str) -> bool {
        self.heard.lock().unwrap().windows(word.len()).any(|bytes| bytes == word.as_bytes())
    }
}

async fn stream(addr: SocketAddr, token: &str, query: &str, heard: &Bytes) -> (WebSocketStream<Tapped>, u64) {
    let mut request = format!("ws://{addr}/v1/events{query}").into_client_request().unwrap();
    request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    let tcp = TcpStream::connect(addr).await.unwrap();
    let (mut stream, _) = client_async(request, Tapped { tcp, heard: heard.clone() }).await.unwrap();
    let hello = next(&mut stream, |event| event["type"] == "hello").await;
    (stream, hello["seq"].as_u64().unwrap())
}

async fn next(stream: &mut WebSocketStream<Tapped>, wanted: impl Fn(&Value) -> bool) -> Value {
    loop {
        let Some(Ok(message)) = stream.next().await else { panic!("the stream ended") };
        let Message::Text(text) = message else { continue };
        let event: Value = serde_json::from_str(&text).unwrap();
        if wanted(&event) {
            return event;
        }
    }
}

/// Changes the rights of somebody, on the newest version.
pub async fn change(addr: SocketAddr, admin: &str, id: &str, change: impl FnOnce(&mut Value)) -> (u16, Value) {
    let path = format!("/v1/users/{id}/rights");
    let (_, mut card) = request(addr, "GET", &path, admin, "").await;
    change(&mut card);
    request(addr, "PUT", &path, admin, &card.to_string()).await
}

async fn department(addr: SocketAddr, admin: &str, name: &str) -> String {
    let (status, made) = request(addr, "POST", "/v1/departments", admin, &json!({ "name": name }).to_string()).await;
    assert_eq!(status, 201, "{made}");
    made["id"].as_str().unwrap().to_owned()
}

/// The line to the outside: a device that is registered under a number that is nobody's account. The credentials are those of an account
/// that has the number for just this moment, so that the team never sees it in its list.
async fn outside(place: &Place, addr: SocketAddr) -> Phone {
    let token = token(addr, "line").await;
    let (_, me) = request(addr, "GET", "/v1/me", &token, "").await;
    let own = me["extension"].as_str().unwrap();
    install_default_drivers();
    let pool = sqlx::AnyPool::connect(&place.url()).await.unwrap();
    let rename = async |from: &str, to: &str| {
        let rename = sqlx::query("UPDATE users SET extension = $1 WHERE extension = $2");
        rename.bind(to.to_owned()).bind(from.to_owned()).execute(&pool).await.unwrap();
    };
    rename(own, NUMBER).await;
    let (aor, user, password) = credentials(addr, &token).await;
    rename(NUMBER, own).await;
    pool.close().await;
    Phone::line(addr, aor, user, password, "Grace", 99).await
}

/// Noor dials the number, and it is answered.
async fn conversation(noor: &mut Phone, outside: &mut Phone) -> DialogId {
    let call = noor.call(NUMBER, OFFER.into()).await;
    let rings = outside.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
    outside.with(|ua, now| ua.answer(now, rings, OFFER.into())).await;
    noor.accepted(call).await;
    call
}

/// Noor hangs up, and the line hears of it.
async fn hang_up(noor: &mut Phone, line: &mut Phone, call: DialogId) {
    noor.with(|ua, now| ua.hang_up(now, call)).await;
    line.wait(|e| matches!(e, Event::Ended { .. }).then_some(())).await;
}

async fn no_byte_that_reaches_a_viewer_holds_what_they_may_not_see_rg_02_rg_03_rg_04_rg_05_rg_06_rg_07(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let cartier = department(addr, &admin, "Cartier").await;
    let mut noor = Phone::registered(addr, "noor", 1).await;
    let extension = noor.aor.user.clone();
    let (_, me) = request(addr, "GET", "/v1/me", &token(addr, "noor").await, "").await;
    let noor_id = me["id"].as_str().unwrap().to_owned();
    let mut line = outside(&place, addr).await;

    for show_my_calls in [true, false] {
        let (status, _) = change(addr, &admin, &noor_id, |card| {
            card["department"] = json!(cartier);
            card["switches"]["show_my_calls"] = json!(show_my_calls);
        })
        .await;
        assert_eq!(status, 200);
        let mut viewers = Vec::new();
        for (profile, presence, calls) in
            [("a", true, true), ("b", true, false), ("c", false, true), ("d", false, false)]
        {
            let id = Viewer::open(addr, profile).await.id;
            let (status, _) = change(addr, &admin, &id, |card| {
                card["department"] = json!(cartier);
                card["switches"]["presence"] = json!(presence);
                card["switches"]["calls"] = json!(calls);
            })
            .await;
            assert_eq!(status, 200);
            viewers.push((Viewer::open(addr, profile).await, presence, calls));
        }
        let call = conversation(&mut noor, &mut line).await;
        for (viewer, presence, calls) in &mut viewers {
            let row = format!("presence {presence}, calls {calls}, show my calls {show_my_calls}");
            viewer.settle("meeting").await;
            let seen = viewer.look(&extension).await;
            viewer.come_back().await;
            let may = [*presence, *presence && *calls, *presence && *calls && show_my_calls];
            assert_eq!(viewer.heard(NUMBER), may[2], "{row}: the number, in any byte");
            assert_eq!(seen["call"]["with"]["number"] == NUMBER, may[2], "{row}: {seen}");
            assert_eq!(seen["call"]["since_ms"].is_number(), may[1], "{row}: the row of the call: {seen}");
            assert_eq!(seen["call"].is_object(), may[0], "{row}: that they are on a call: {seen}");
            assert_eq!(seen["status"] == "available", may[0], "{row}: the status: {seen}");
            assert_eq!(seen["hidden"] == true, !may[0], "{row}: {seen}");
        }
        hang_up(&mut noor, &mut line, call).await;
        for (viewer, _, _) in &mut viewers {
            viewer.settle("available").await;
            assert!(viewer.heard(NUMBER) == (show_my_calls && viewer_sees(viewer, &extension).await), "afterwards");
        }
    }
    server.shutdown().await;
}

/// May they see the status of this extension, calls included?
async fn viewer_sees(viewer: &Viewer, extension: &str) -> bool {
    let (_, rights) = request(viewer.addr, "GET", "/v1/me/rights", &viewer.token, "").await;
    viewer.look(extension).await["hidden"] != true && rights["switches"]["calls"] == true
}

async fn rights_end_at_the_department_rg_11(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (cartier, sales) = (department(addr, &admin, "Cartier").await, department(addr, &admin, "Sales").await);
    let mut noor = Phone::registered(addr, "noor", 1).await;
    let extension = noor.aor.user.clone();
    let (_, me) = request(addr, "GET", "/v1/me", &token(addr, "noor").await, "").await;
    change(addr, &admin, me["id"].as_str().unwrap(), |card| card["department"] = json!(cartier)).await;
    let mut far = Viewer::open(addr, "rana").await;
    change(addr, &admin, &far.id, |card| card["department"] = json!(sales)).await;
    far.wait(|event| event["type"] == "rights.changed").await;
    far.heard.lock().unwrap().clear();

    let mut line = outside(&place, addr).await;
    let call = conversation(&mut noor, &mut line).await;
    far.settle("meeting").await;
    let seen = far.look(&extension).await;
    assert_eq!((&seen["hidden"], &seen["call"], &seen["department"]), (&json!(true), &Value::Null, &Value::Null));
    assert!(!far.heard(NUMBER) && !far.heard(&cartier), "neither number nor department");

    // Who watches over the department sees it as if it were the own.
    let (status, _) = change(addr, &admin, &far.id, |card| card["watches"] = json!([cartier])).await;
    assert_eq!(status, 200);
    far.wait(|event| event["type"] == "rights.changed").await;
    let seen = far.look(&extension).await;
    assert_eq!((&seen["call"]["with"]["number"], &seen["department"]), (&json!(NUMBER), &json!(cartier)));
    hang_up(&mut noor, &mut line, call).await;
    server.shutdown().await;
}

async fn a_change_of_rights_reaches_open_streams_within_a_second_rg_01_rp_01(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let mut noor = Phone::registered(addr, "noor", 1).await;
    let extension = noor.aor.user.clone();
    let (_, me) = request(addr, "GET", "/v1/me", &token(addr, "noor").await, "").await;
    let noor_id = me["id"].as_str().unwrap().to_owned();
    let mut rana = Viewer::open(addr, "rana").await;
    let mut line = outside(&place, addr).await;
    let call = conversation(&mut noor, &mut line).await;
    let of_noor =
        |event: &Value| event["type"] == "presence.changed" && event["data"]["extension"] == extension.as_str();
    rana.wait(|event| of_noor(event) && event["data"]["call"]["with"]["number"] == NUMBER).await;

    for show in [false, true, false] {
        change(addr, &admin, &noor_id, |card| card["switches"]["show_my_calls"] = json!(show)).await;
        let told = rana.wait(of_noor).await;
        assert_eq!(told["data"]["call"]["with"]["number"] == NUMBER, show, "{told}");
        assert!(told["data"]["call"]["since_ms"].is_number(), "the call itself is still seen: {told}");
    }
    change(addr, &admin, &noor_id, |card| card["switches"]["show_my_calls"] = json!(true)).await;
    rana.wait(of_noor).await;

    // What Rana may see herself: she is told, and what she asks for then is less.
    let (status, _) = change(addr, &admin, &rana.id.clone(), |card| card["switches"]["calls"] = json!(false)).await;
    assert_eq!(status, 200);
    rana.wait(|event| event["type"] == "rights.changed").await;
    rana.heard.lock().unwrap().clear();
    let (_, mine) = request(addr, "GET", "/v1/me/rights", &rana.token, "").await;
    assert_eq!((&mine["switches"]["presence"], &mine["switches"]["calls"]), (&json!(true), &json!(false)));
    let seen = rana.look(&extension).await;
    assert_eq!(seen["call"], json!({"ringing": false}), "on a call, and no more");
    hang_up(&mut noor, &mut line, call).await;
    let told = rana.wait(of_noor).await;
    assert!(told["data"]["call"].is_null(), "{told}");
    assert!(!rana.heard(NUMBER));
    server.shutdown().await;
}
