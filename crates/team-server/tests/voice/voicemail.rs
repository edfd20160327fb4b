//! Voice boxes: messages are left, told, heard and deleted (EC-08).

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use bytes::Bytes;
use media::{CodecKind, MediaConfig, MediaEvent, MediaSession, OutPacket};
use serde_json::{Value, json};
use sip::ua::{DialogId, Event};
use testkit::database::Place;
use testkit::http::ask_as;
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::directory::{PASSWORD, make, sign_in};
use crate::phones::*;
use crate::status_admin::with_administrator;
use crate::statuses::{Stream, choose};

testkit::on_both_databases! {
    a_message_is_left_told_heard_and_deleted_by_its_owner_alone_ec_08,
    busy_declined_and_turned_away_go_to_the_box_and_without_one_they_do_not_ec_08,
    an_owner_opens_the_box_by_phone_hears_deletes_and_records_a_greeting_ec_05_ec_08,
    nobody_opens_a_box_without_its_pin_ec_05,
    a_queue_without_agents_sends_its_callers_to_a_box_or_to_whom_has_one_ec_08,
}

struct Person {
    id: String,
    token: String,
    extension: String,
}

async fn person(addr: SocketAddr, admin: &str, extension: &str) -> Person {
    let email = format!("u{extension}@example.com");
    let wish = json!({"extension": extension, "name": format!("User {extension}"), "email": email, "password": PASSWORD, "role": "user"});
    let (status, card) = make(addr, admin, &wish).await;
    assert_eq!(status, 201, "{card}");
    assert_eq!(card["use_voicemail"], false);
    let (_, session) = sign_in(addr, &email, PASSWORD).await;
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    // Whoever had a phone once can be called.
    credentials(addr, &word(&session["token"])).await;
    Person { id: word(&card["id"]), token: word(&session["token"]), extension: extension.to_owned() }
}

impl Person {
    async fn uses_voicemail(&self, addr: SocketAddr, admin: &str, on: bool) {
        let path = format!("/v1/users/{}", self.id);
        let version = request(addr, "GET", &path, admin, "").await.1["version"].clone();
        let edit = json!({"version": version, "use_voicemail": on}).to_string();
        let (status, card) = request(addr, "PATCH", &path, admin, &edit).await;
        assert_eq!((status, &card["use_voicemail"]), (200, &json!(on)));
    }

    async fn has_pin(&self, addr: SocketAddr, admin: &str, pin: &str) {
        let path = format!("/v1/users/{}", self.id);
        let version = request(addr, "GET", &path, admin, "").await.1["version"].clone();
        let (status, card) =
            request(addr, "PATCH", &path, admin, &json!({"version": version, "pin": pin}).to_string()).await;
        assert_eq!((status, &card["has_pin"]), (200, &json!(true)));
    }

    async fn phone(&self, addr: SocketAddr, seed: u64) -> Phone {
        Phone::registered_with(addr, &self.token, &self.extension, seed).await
    }

    async fn mail(&self, addr: SocketAddr) -> Vec<Value> {
        let (status, mail) = request(addr, "GET", "/v1/me/voicemail", &self.token, "").await;
        assert_eq!(status, 200);
        mail["messages"].as_array().unwrap().clone()
    }
}

/// A call that the box has answered.
struct OnLine {
    session: MediaSession,
    events: mpsc::Receiver<MediaEvent>,
    id: DialogId,
}

impl OnLine {
    async fn calls(phone: &mut Phone, to: &str) -> OnLine {
        let (session, events) = MediaSession::new(MediaConfig::opus(vec![[127, 0, 0, 1].into()])).await.unwrap();
        let id = phone.call(to, session.make_offer().await.unwrap()).await;
        let answer = phone.accepted(id).await;
        session.apply_answer(&answer).await.unwrap();
        OnLine { session, events, id }
    }

    /// Everything that is said until nothing came for half a second.
    async fn hears(&mut self) -> Vec<Bytes> {
        let mut heard = Vec::new();
        let all = async {
            loop {
                match timeout(Duration::from_millis(500), self.events.recv()).await {
                    Ok(Some(MediaEvent::Packet(packet))) => heard.push(packet.payload.clone()),
                    Ok(Some(MediaEvent::Failed(why))) => panic!("{why}"),
                    Ok(Some(_)) => {}
                    Ok(None) => panic!("closed"),
                    Err(_) if heard.is_empty() => {}
                    Err(_) => return,
                }
            }
        };
        timeout(Duration::from_secs(50), all).await.expect("it ends");
        heard
    }

    /// Waits until all that was said with this word is played, in its order.
    async fn hears_all_of(&mut self, word: u8) {
        let mut numbers = Vec::new();
        let all = async {
            while numbers.len() < 75 {
                match self.events.recv().await.expect("it is open") {
                    MediaEvent::Packet(packet) => numbers.extend(said(&[packet.payload], word)),
                    MediaEvent::Failed(why) => panic!("{why}"),
                    _ => {}
                }
            }
        };
        timeout(Duration::from_secs(30), all).await.expect("it is played");
        assert_eq!(numbers, (0..75).collect::<Vec<u8>>());
    }

    /// Seventy-five packets that can be told from others.
    async fn says(&self, word: u8) {
        let mut pace = tokio::time::interval(Duration::from_millis(20));
        for number in 0..75u8 {
            pace.tick().await;
            let payload = Bytes::from(vec![0x78, number, word, 7]);
            self.session.write(OutPacket {
                codec: CodecKind::Opus,
                payload,
                ticks: 960,
                marker: number == 0,
                red: false,
            });
        }
        pace.tick().await;
    }

    /// The first of what is said has come.
    async fn begins(&mut self) {
        let first = async { while !matches!(self.events.recv().await.expect("it is open"), MediaEvent::Packet(_)) {} };
        timeout(Duration::from_secs(20), first).await.expect("something is said");
    }

    fn presses(&self, keys: &str) {
        keys.chars().for_each(|key| self.session.send_dtmf(key, 100).unwrap());
    }

    async fn hangs_up(self, phone: &mut Phone) {
        phone.hang_up(self.id).await;
        self.session.close().await;
    }

    /// Sooner than the menu of an open box has been said.
    async fn ends_by_itself(self, phone: &mut Phone) {
        let id = self.id;
        let over =
            |e: &Event| matches!(e, Event::Ended { id: it, .. } | Event::Closed { id: it } if *it == id).then_some(());
        phone.wait_for(Duration::from_secs(12), over).await;
        self.session.close().await;
    }
}

/// Numbers of the packets that somebody said with this word.
fn said(packets: &[Bytes], word: u8) -> Vec<u8> {
    packets.iter().filter(|p| p.len() == 4 && (p[0], p[2], p[3]) == (0x78, word, 7)).map(|p| p[1]).collect()
}

/// Calls and is answered by the box; listens to the greeting, says 75 numbered packets after the tone, and hangs up.
async fn leaves(phone: &mut Phone, to: &str) {
    let mut line = OnLine::calls(phone, to).await;
    let heard = line.hears().await.len();
    assert!(heard > 250, "a greeting in two languages and a tone: {heard} packets");
    line.says(7).await;
    line.hangs_up(phone).await;
}

async fn changed(stream: &mut Stream) -> Value {
    stream.wait(DEADLINE, |event| event["type"] == "voicemail.changed").await
}

async fn tries(phone: &mut Phone, to: &str) -> (MediaSession, DialogId) {
    let (session, _) = MediaSession::new(MediaConfig::opus(vec![[127, 0, 0, 1].into()])).await.unwrap();
    let offer = session.make_offer().await.unwrap();
    let id = phone.call(to, offer).await;
    (session, id)
}

async fn a_message_is_left_told_heard_and_deleted_by_its_owner_alone_ec_08(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (rana, omar) = (person(addr, &admin, "701").await, person(addr, &admin, "702").await);
    rana.uses_voicemail(addr, &admin, true).await;
    let mut stream = Stream::open(addr, &rana.token).await;
    let mut phone = omar.phone(addr, 1).await;
    // Her phone is not registered at all.
    leaves(&mut phone, "701").await;
    let ended = Instant::now();
    let told = changed(&mut stream).await;
    assert!(ended.elapsed() < Duration::from_secs(2), "{:?}", ended.elapsed());
    assert_eq!(told["data"], json!({"new": 1, "old": 0}));

    let mail = rana.mail(addr).await;
    assert_eq!((mail.len(), &mail[0]["from"], &mail[0]["heard"]), (1, &json!("702"), &json!(false)));
    let id = mail[0]["id"].as_str().unwrap();
    let sound = ask_as(addr, &rana.token, &format!("GET /v1/me/voicemail/{id}/audio"), "").await;
    assert_eq!(sound.status, 200);
    let file = audio::ogg::read(&sound.body).unwrap();
    let numbers: Vec<u8> = file.packets.iter().filter(|p| p[0] == 0x78).map(|p| p[1]).collect();
    assert_eq!(numbers, (0..75).collect::<Vec<u8>>(), "every packet, at its place");

    for stranger in [&omar.token, &admin] {
        for wish in ["GET /v1/me/voicemail/{}/audio", "DELETE /v1/me/voicemail/{}"] {
            let answer = ask_as(addr, stranger, &wish.replace("{}", id), "").await;
            assert_eq!(answer.status, 404, "nobody but the owner");
        }
    }
    let path = format!("/v1/me/voicemail/{id}");
    let (status, message) = request(addr, "PUT", &path, &rana.token, r#"{"heard":true}"#).await;
    assert_eq!((status, &message["heard"]), (200, &json!(true)));
    assert_eq!(changed(&mut stream).await["data"], json!({"new": 0, "old": 1}));
    assert_eq!(ask_as(addr, &rana.token, &format!("DELETE {path}"), "").await.status, 204);
    assert_eq!(changed(&mut stream).await["data"], json!({"new": 0, "old": 0}));
    assert!(rana.mail(addr).await.is_empty());
    server.shutdown().await;
}

async fn busy_declined_and_turned_away_go_to_the_box_and_without_one_they_do_not_ec_08(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (rana, omar) = (person(addr, &admin, "701").await, person(addr, &admin, "702").await);
    let mut caller = omar.phone(addr, 1).await;
    let (_session, id) = tries(&mut caller, "701").await;
    assert_eq!(caller.failed(id).await, 480, "no box: as before");
    rana.uses_voicemail(addr, &admin, true).await;
    let mut called = rana.phone(addr, 2).await;
    for code in [486, 603] {
        let (_session, id) = tries(&mut caller, "701").await;
        let rings = called.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
        called.with(|ua, now| ua.reject(now, rings, code)).await;
        caller.accepted(id).await;
        caller.hang_up(id).await;
    }
    assert_eq!(choose(addr, &rana.token, "dnd", "").await.0, 200);
    let (_session, id) = tries(&mut caller, "701").await;
    caller.accepted(id).await;
    caller.hang_up(id).await;
    rana.uses_voicemail(addr, &admin, false).await;
    let (_session, id) = tries(&mut caller, "701").await;
    assert!(matches!(caller.failed(id).await, 480 | 486));
    assert!(rana.mail(addr).await.is_empty(), "nothing was said");
    server.shutdown().await;
}

async fn an_owner_opens_the_box_by_phone_hears_deletes_and_records_a_greeting_ec_05_ec_08(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (rana, omar) = (person(addr, &admin, "701").await, person(addr, &admin, "702").await);
    rana.uses_voicemail(addr, &admin, true).await;
    rana.has_pin(addr, &admin, "4711").await;
    let mut caller = omar.phone(addr, 1).await;
    leaves(&mut caller, "701").await;

    let mut stream = Stream::open(addr, &rana.token).await;
    let mut phone = rana.phone(addr, 2).await;
    let mut line = OnLine::calls(&mut phone, "*97").await;
    line.begins().await;
    line.presses("1111#4711#");
    line.hears_all_of(7).await;
    // That it was left may be told only now.
    let heard = json!({"new": 0, "old": 1});
    stream.wait(DEADLINE, |event| event["type"] == "voicemail.changed" && event["data"] == heard).await;
    line.presses("1");
    line.hears_all_of(7).await;
    line.presses("2");
    assert_eq!(changed(&mut stream).await["data"], json!({"new": 0, "old": 0}));
    assert!(rana.mail(addr).await.is_empty());
    line.presses("4");
    line.hears().await;
    line.says(9).await;
    line.presses("#");
    line.hears_all_of(9).await;
    line.presses("*");
    line.ends_by_itself(&mut phone).await;

    assert_eq!(choose(addr, &rana.token, "dnd", "").await.0, 200);
    let mut caller = omar.phone(addr, 3).await;
    let mut line = OnLine::calls(&mut caller, "701").await;
    let heard = line.hears().await;
    assert_eq!(said(&heard, 9).len(), 75, "callers hear the own greeting");
    assert!((76..150).contains(&heard.len()), "and the tone alone: {}", heard.len());
    line.hangs_up(&mut caller).await;
    server.shutdown().await;
}

async fn nobody_opens_a_box_without_its_pin_ec_05(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (rana, omar) = (person(addr, &admin, "701").await, person(addr, &admin, "702").await);
    rana.uses_voicemail(addr, &admin, true).await;
    let (mut caller, mut phone) = (omar.phone(addr, 1).await, rana.phone(addr, 2).await);
    let mut line = OnLine::calls(&mut phone, "*97").await;
    line.begins().await;
    line.presses("0000#");
    line.ends_by_itself(&mut phone).await;
    rana.has_pin(addr, &admin, "4711").await;
    // Three in a call, six in a quarter of an hour.
    for _ in 0..2 {
        let mut line = OnLine::calls(&mut phone, "*97").await;
        line.begins().await;
        line.presses("1#2#3#");
        line.ends_by_itself(&mut phone).await;
    }
    let mut line = OnLine::calls(&mut phone, "*97").await;
    line.begins().await;
    line.presses("4711#");
    // Not before the quarter of an hour is over.
    line.ends_by_itself(&mut phone).await;
    // Somebody who has no box has none to open.
    let mut line = OnLine::calls(&mut caller, "*97").await;
    line.begins().await;
    line.presses("4711#");
    line.ends_by_itself(&mut caller).await;
    server.shutdown().await;
}

/// A queue that nobody serves, and that sends its callers there after a second.
async fn queue(addr: SocketAddr, admin: &str, extension: &str, overflow: &str, to: &str) {
    let wish = json!({
        "name": format!("Queue {extension}"), "extension": extension,
        "max_wait_s": 1, "overflow": overflow, "overflow_to": to,
    });
    let (status, made) = request(addr, "POST", "/v1/queues", admin, &wish.to_string()).await;
    assert_eq!((status, &made["overflow"], &made["overflow_to"]), (201, &json!(overflow), &json!(to)), "{made}");
}

async fn a_queue_without_agents_sends_its_callers_to_a_box_or_to_whom_has_one_ec_08(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (rana, omar) = (person(addr, &admin, "701").await, person(addr, &admin, "702").await);
    queue(addr, &admin, "801", "voicemail", "701").await;
    queue(addr, &admin, "802", "extension", "701").await;
    let mut caller = omar.phone(addr, 1).await;
    let (_session, id) = tries(&mut caller, "801").await;
    assert_eq!(caller.failed(id).await, 480, "she has no box: refused, as a queue that hangs up does");

    rana.uses_voicemail(addr, &admin, true).await;
    let mut stream = Stream::open(addr, &rana.token).await;
    let mut called = rana.phone(addr, 2).await;
    leaves(&mut caller, "801").await;
    assert_eq!(changed(&mut stream).await["data"], json!({"new": 1, "old": 0}));
    let mail = rana.mail(addr).await;
    assert_eq!((mail.len(), &mail[0]["from"]), (1, &json!("702")), "who called, not the queue");

    // Her phone rings for the other queue alone: the first invitation that it sees is this one.
    let (_session, id) = tries(&mut caller, "802").await;
    let rings = called
        .wait(|e| if let Event::Invited { id, from, .. } = e { Some((*id, from.number.clone())) } else { None })
        .await;
    assert_eq!(rings.1, "702");
    called.with(|ua, now| ua.reject(now, rings.0, 603)).await;
    caller.accepted(id).await;
    caller.hang_up(id).await;
    server.shutdown().await;
}
