//! SIP phones without sound.

use std::net::SocketAddr;
use std::time::Duration;

use base::{Aor, Chance, Now, Secret};
use futures_util::{SinkExt as _, StreamExt as _};
use sip::ViaTransport;
use sip::ua::{Event, Output, UaConfig, UserAgent};
use testkit::http::ask_as;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

const DEADLINE: Duration = Duration::from_secs(60);
/// The server passes it on as it is, and no agent ever sees it.
const OFFER: &str = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n";

/// A user agent on a WebSocket.
pub struct Phone {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    ua: UserAgent,
    host: String,
    epoch: Instant,
}

/// Asks for credentials and registers.
pub async fn registered(at: SocketAddr, token: &str, seed: u64) -> Result<Phone, String> {
    let answer = ask_as(at, token, "POST /v1/me/sip-credentials", "").await;
    let sip = answer.json();
    let word =
        |name: &str| sip[name].as_str().map(str::to_owned).ok_or_else(|| format!("no {name}: {}", answer.status));
    let aor: Aor = word("aor")?.parse().map_err(|_| "no address of record".to_owned())?;
    let config = UaConfig {
        aor: aor.clone(),
        display_name: String::new(),
        auth_user: word("user")?,
        password: Secret::new(word("password")?),
        transport: ViaTransport::Ws,
        instance: format!("urn:uuid:00000000-0000-4000-8000-{seed:012}"),
        user_agent: "load".to_owned(),
        expires: Duration::from_secs(600),
    };
    let ua = UserAgent::new(config, Chance::from_number(seed));
    let mut ask = format!("ws://{at}/sip").into_client_request().map_err(|e| e.to_string())?;
    ask.headers_mut().insert("Sec-WebSocket-Protocol", "sip".parse().map_err(|_| "a header")?);
    let (socket, _) = tokio_tungstenite::connect_async(ask).await.map_err(|e| e.to_string())?;
    let mut phone = Phone { socket, ua, host: aor.host, epoch: Instant::now() };
    let now = phone.now();
    let mut out = phone.ua.flow_up(now);
    out.extend(phone.ua.register(now));
    let mut events = phone.obey(out).await?;
    let registering = async {
        loop {
            for event in events.drain(..) {
                match event {
                    Event::Registered { .. } => return Ok(()),
                    Event::RegistrationFailed { why } => return Err(format!("not registered: {why:?}")),
                    _ => {}
                }
            }
            events = phone.turn().await?;
        }
    };
    timeout(DEADLINE, registering).await.map_err(|_| "no registration in time".to_owned())??;
    Ok(phone)
}

impl Phone {
    /// Calls, and waits until the server has told the place in the row.
    pub async fn wait_in_queue(&mut self, queue: &str) -> Result<(), String> {
        let target = Aor::new(queue, &self.host).map_err(|e| e.to_string())?;
        let now = self.now();
        let (_, out) = self.ua.invite(now, &target, OFFER.to_owned());
        let mut events = self.obey(out).await?;
        let queueing = async {
            loop {
                for event in events.drain(..) {
                    match event {
                        Event::Queued { .. } => return Ok(()),
                        Event::Failed { code, .. } => return Err(format!("the queue refused with {code}")),
                        _ => {}
                    }
                }
                events = self.turn().await?;
            }
        };
        timeout(DEADLINE, queueing).await.map_err(|_| "no place in time".to_owned())?
    }

    /// Stays registered for ever.
    pub async fn stay(mut self) {
        loop {
            if let Err(why) = self.turn().await {
                eprintln!("a phone is lost: {why}");
                return;
            }
        }
    }

    async fn turn(&mut self) -> Result<Vec<Event>, String> {
        let wake = self.ua.wake_at().map_or_else(|| Instant::now() + DEADLINE, |at| self.epoch + at.since_epoch());
        let out = tokio::select! {
            frame = self.socket.next() => match frame {
                Some(Ok(Message::Text(text))) => { let now = self.now(); self.ua.receive(now, text.as_bytes()) }
                Some(Ok(_)) => Vec::new(),
                other => return Err(format!("the socket ended: {other:?}")),
            },
            () = sleep_until(wake) => { let now = self.now(); self.ua.tick(now) }
        };
        self.obey(out).await
    }

    async fn obey(&mut self, out: Vec<Output>) -> Result<Vec<Event>, String> {
        let mut events = Vec::new();
        for one in out {
            match one {
                Output::Send(bytes) => {
                    let text = String::from_utf8(bytes.to_vec()).map_err(|e| e.to_string())?;
                    self.socket.send(Message::text(text)).await.map_err(|e| e.to_string())?;
                }
                Output::Event(event) => events.push(event),
            }
        }
        Ok(events)
    }

    fn now(&self) -> Now {
        Now::at(self.epoch.elapsed())
    }
}
