//! The event stream: one task that connects, listens, notices silence and connects again, for ever.
//!
//! ```text
//!  connect ──▶ hello ──▶ listening ──▶ lost ──▶ wait 0.5 s, 1 s, 2 s … 10 s (± a quarter) ──▶ connect
//!     └─ 401 ──▶ Lost(Expired), the end
//! ```

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::StatusCode;
use rustls::pki_types::ServerName;
use team_api::{Event, EventBody, Problem, path};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use crate::client::{TeamClient, refusal};
use crate::error::TeamError;
use crate::nouns::TeamEvent;

/// TCP, TLS and the upgrade together.
const CONNECT: Duration = Duration::from_secs(8);
/// The server pings every ten seconds; nothing for so long means that it is gone.
const SILENCE: Duration = Duration::from_secs(25);
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// Items that wait for the reader; then the socket waits, and the server closes it in the end.
const QUEUE: usize = 256;
/// The live panel of some thousand agents.
const MAX_FRAME: usize = 2 * 1024 * 1024;

/// What the stream tells.
#[derive(Clone, Debug, PartialEq)]
pub enum StreamItem {
    /// The stream is open.
    Connected {
        /// Events may have been missed: ask again for everything that is shown.
        resync: bool,
    },
    /// The stream is closed, or could not be opened. Tried again by itself, except after `Expired`.
    Lost {
        /// Why.
        why: TeamError,
        /// When it is tried again.
        retry_in: Duration,
    },
    /// Something happened.
    Event(TeamEvent),
}

/// The stream of one session. Dropping it closes it.
#[derive(Debug)]
pub struct EventStream {
    items: mpsc::Receiver<StreamItem>,
    task: tokio::task::JoinHandle<()>,
}

impl EventStream {
    pub(crate) fn open(client: TeamClient) -> Self {
        let (sender, items) = mpsc::channel(QUEUE);
        let task = tokio::spawn(async move {
            // The reader is gone: so is the reason to listen.
            let _ = (Listener { client, items: sender, since: None }).run().await;
        });
        EventStream { items, task }
    }

    /// The next item; `None` after the session ended. Cancel-safe.
    pub async fn next(&mut self) -> Option<StreamItem> {
        self.items.recv().await
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Nobody reads the stream any more.
struct NoReader;

/// How a connection ended.
enum End {
    Lost(TeamError),
    NoReader,
}

impl From<NoReader> for End {
    fn from(_: NoReader) -> Self {
        End::NoReader
    }
}

impl From<TeamError> for End {
    fn from(error: TeamError) -> Self {
        End::Lost(error)
    }
}

struct Listener {
    client: TeamClient,
    items: mpsc::Sender<StreamItem>,
    /// Number of the last event that was passed on.
    since: Option<u64>,
}

impl Listener {
    async fn run(&mut self) -> Result<(), NoReader> {
        let mut wait = FIRST_WAIT;
        loop {
            let was_open = &mut false;
            let why = match self.once(was_open).await {
                End::Lost(why) => why,
                End::NoReader => return Err(NoReader),
            };
            if *was_open {
                wait = FIRST_WAIT;
            }
            let retry_in = scattered(wait);
            tracing::info!(%why, retry_in_ms = retry_in.as_millis() as u64, "event stream lost");
            let over = matches!(why, TeamError::Expired | TeamError::Suspended);
            self.tell(StreamItem::Lost { why, retry_in }).await?;
            if over {
                return Ok(());
            }
            sleep(retry_in).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    /// One connection, from connecting to its end.
    async fn once(&mut self, was_open: &mut bool) -> End {
        let socket = match timeout(CONNECT, connect(&self.client, self.since)).await {
            Ok(Ok(socket)) => socket,
            Ok(Err(why)) => return End::Lost(why),
            Err(_) => return End::Lost(TeamError::Unreachable),
        };
        match self.listen(socket, was_open).await {
            Ok(never) => match never {},
            Err(end) => end,
        }
    }

    async fn listen(
        &mut self,
        mut socket: WebSocketStream<Box<dyn Pipe>>,
        was_open: &mut bool,
    ) -> Result<std::convert::Infallible, End> {
        loop {
            let message = match timeout(SILENCE, socket.next()).await {
                Err(_) | Ok(None) => return Err(TeamError::Unreachable.into()),
                Ok(Some(Err(error))) => return Err(TeamError::from_transport(&error).into()),
                Ok(Some(Ok(message))) => message,
            };
            match message {
                Message::Text(text) => {
                    // An event of a kind that this version does not know.
                    let Ok(event) = serde_json::from_str::<Event>(&text) else { continue };
                    self.take(event, was_open).await?;
                }
                // The answer to a ping is queued by the socket; flushing sends it.
                Message::Ping(_) => socket.flush().await.map_err(|e| TeamError::from_transport(&e))?,
                Message::Close(_) => return Err(TeamError::Unreachable.into()),
                Message::Binary(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
    }

    async fn take(&mut self, event: Event, was_open: &mut bool) -> Result<(), NoReader> {
        match event.body {
            EventBody::Hello(hello) => {
                *was_open = true;
                // With a replay to come, the number stays behind until the replayed events are here.
                if self.since.is_none() || hello.resync {
                    self.since = Some(event.seq);
                }
                self.tell(StreamItem::Connected { resync: hello.resync }).await
            }
            EventBody::Resync => {
                self.since = Some(event.seq);
                self.tell(StreamItem::Connected { resync: true }).await
            }
            body => {
                self.since = Some(event.seq);
                match TeamEvent::from_wire(body) {
                    Some(event) => self.tell(StreamItem::Event(event)).await,
                    None => Ok(()),
                }
            }
        }
    }

    async fn tell(&self, item: StreamItem) -> Result<(), NoReader> {
        self.items.send(item).await.map_err(|_| NoReader)
    }
}

/// `wait`, a quarter more or less, so that all phones do not come back in the same second.
fn scattered(wait: Duration) -> Duration {
    use std::hash::{BuildHasher as _, Hasher as _};
    // The standard library seeds each of these with fresh random bits.
    let random = std::hash::RandomState::new().build_hasher().finish();
    wait.mul_f64(0.75 + (random >> 11) as f64 / (1u64 << 53) as f64 / 2.0)
}

trait Pipe: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Pipe for T {}

async fn connect(client: &TeamClient, since: Option<u64>) -> Result<WebSocketStream<Box<dyn Pipe>>, TeamError> {
    let token = client.token().ok_or(TeamError::Expired)?;
    let base = &client.inner().base;
    let secure = base.scheme() == "https";
    let mut url = base.join(path::EVENTS).expect("paths of the contract are valid below any base URL");
    url.set_query(since.map(|seq| format!("since={seq}")).as_deref());
    let ws = url.as_str().replacen("http", "ws", 1);
    let mut request = ws.into_client_request().map_err(|e| TeamError::from_transport(&e))?;
    let bearer = format!("Bearer {}", token.reveal()).parse().map_err(|_| TeamError::Expired)?;
    request.headers_mut().insert("authorization", bearer);

    let host = base.host_str().unwrap_or_default();
    let port = base.port_or_known_default().unwrap_or(443);
    let tcp = TcpStream::connect((host.trim_matches(['[', ']']), port)).await.map_err(|_| TeamError::Unreachable)?;
    tcp.set_nodelay(true).map_err(|_| TeamError::Unreachable)?;
    let pipe: Box<dyn Pipe> = if secure {
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned()).map_err(|_| TeamError::BadAddress)?;
        let connector = TlsConnector::from(client.inner().tls.clone());
        Box::new(connector.connect(name, tcp).await.map_err(|e| TeamError::from_transport(&e))?)
    } else {
        Box::new(tcp)
    };
    let config = WebSocketConfig::default().max_message_size(Some(MAX_FRAME)).max_frame_size(Some(MAX_FRAME));
    match client_async_with_config(request, pipe, Some(config)).await {
        Ok((socket, _)) => Ok(socket),
        Err(tungstenite::Error::Http(response)) => {
            let status = StatusCode::from_u16(response.status().as_u16()).unwrap_or(StatusCode::NOT_FOUND);
            let problem = response.body().as_deref().and_then(|body| serde_json::from_slice::<Problem>(body).ok());
            // tungstenite reads only the part of the body that came with the head: the status must do.
            Err(match status {
                StatusCode::UNAUTHORIZED => TeamError::Expired,
                // Nothing else is forbidden to somebody with a session.
                StatusCode::FORBIDDEN => TeamError::Suspended,
                status => refusal(status, problem, true),
            })
        }
        Err(error) => Err(TeamError::from_transport(&error)),
    }
}
