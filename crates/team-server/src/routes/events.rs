//! `WS /v1/events`: the event stream of the signed-in user.
//!
//! First `hello` with the number of the latest event, then what was missed since `?since`, then what happens. A ping every ten seconds;
//! a peer that is silent for 25 s or does not read is closed, and so is the stream of a session that was signed out.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade, close_code, rejection};
use axum::extract::{Query, State};
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use serde::Deserialize;
use team_api::{AccountStatus, Event, EventBody, HelloData};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use crate::addressed::json;
use crate::extract::Caller;
use crate::hub::Item;
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::state::Server;

const PING_EVERY: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_secs(25);
const WRITE: Duration = Duration::from_secs(10);
/// What happens so soon after something was written is written together: a large team's news cost a write each, for everybody, otherwise.
/// Whoever heard nothing lately hears at once.
const TOGETHER: Duration = Duration::from_millis(50);
/// Of the largest message that is read, and then some.
const READ_BUFFER: usize = 4 * MAX_FRAME;
/// Clients have nothing to say here but pongs.
const MAX_FRAME: usize = 1024;
/// Our own close code: the session ended.
const SIGNED_OUT: u16 = 4401;

#[derive(Deserialize)]
pub(crate) struct Since {
    since: Option<u64>,
}

pub(crate) async fn upgrade(
    State(server): State<Server>,
    caller: Caller,
    since: Result<Query<Since>, axum::extract::rejection::QueryRejection>,
    upgrade: Result<WebSocketUpgrade, rejection::WebSocketUpgradeRejection>,
) -> Result<Response, Refusal> {
    let Query(Since { since }) = since.map_err(|_| Refusal::bad_request("since is a number."))?;
    let upgrade = upgrade.map_err(|_| Refusal::bad_request("This path speaks WebSocket only."))?;
    let upgrade = upgrade.max_message_size(MAX_FRAME).max_frame_size(MAX_FRAME).read_buffer_size(READ_BUFFER);
    let tasks = server.tasks.clone();
    Ok(upgrade.on_upgrade(move |socket| tasks.track_future(stream(server, caller, since, socket))))
}

async fn stream(server: Server, caller: Caller, since: Option<u64>, socket: WebSocket) {
    let open = server.online.opened(&caller.user.extension);
    let seat = server.hub.panel.sit(&caller.token);
    server.hub.directory.touch(&caller.user.extension);
    let (sink, peer) = socket.split();
    let mut out = Out { sink };
    tracing::debug!(user.id = caller.user.id, "event stream open");
    let why = tokio::select! {
        why = watch(peer) => why,
        why = feed(&server, &caller, since, &mut out) => why,
    };
    drop((open, seat));
    server.hub.directory.touch(&caller.user.extension);
    if let Some(code) = why.code {
        // A peer that does not take the close frame sees the connection end.
        let _ = out.send(Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::from_static("") }))).await;
    }
    tracing::debug!(user.id = caller.user.id, why = why.word, "event stream closed");
}

/// How a stream ended, and the code the peer is told while it can still be told.
struct End {
    word: &'static str,
    code: Option<u16>,
}

impl End {
    const fn quietly(word: &'static str) -> Self {
        End { word, code: None }
    }
    const fn telling(word: &'static str, code: u16) -> Self {
        End { word, code: Some(code) }
    }
}

/// Reads pongs until the peer is gone.
async fn watch(mut peer: SplitStream<WebSocket>) -> End {
    loop {
        match timeout(SILENCE, peer.next()).await {
            Err(_) => return End::quietly("silent"),
            Ok(None | Some(Err(_))) => return End::quietly("gone"),
            Ok(Some(Ok(Message::Close(_)))) => return End::quietly("closed by peer"),
            Ok(Some(Ok(_))) => {}
        }
    }
}

async fn feed(server: &Server, caller: &Caller, since: Option<u64>, out: &mut Out) -> End {
    let mine = &caller.user.extension;
    let mut subscription = server.hub.subscribe(since);
    let missed = subscription.missed.take();
    let hello = HelloData { instance: server.instance.clone(), resync: missed.is_none() };
    if out.tell(&Event { seq: subscription.seq, at_ms: wall_ms(), body: EventBody::Hello(hello) }).await.is_err() {
        return End::quietly("does not read");
    }
    for event in missed.into_iter().flatten() {
        if out.put(event.told_to(mine, &server.presence)).await.is_err() {
            return End::quietly("does not read");
        }
    }
    if out.flush().await.is_err() {
        return End::quietly("does not read");
    }
    let ends_in = u64::try_from(caller.expires_ms.saturating_sub(wall_ms())).unwrap_or_default();
    // A client connects anew long before thirty years have passed.
    let ends_at = Instant::now() + Duration::from_millis(ends_in).min(Duration::from_secs(30 * 365 * 24 * 3600));
    let mut ping = interval(PING_EVERY);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ping.tick().await;
    let mut listens_at = Instant::now();
    loop {
        let next = async {
            sleep_until(listens_at).await;
            subscription.items.recv().await
        };
        let sent = tokio::select! {
            () = server.stop.cancelled() => return End::telling("server ends", close_code::AWAY),
            () = sleep_until(ends_at) => return End::telling("session ended", SIGNED_OUT),
            _ = ping.tick() => match session_lives(server, caller).await {
                true => out.send(Message::Ping(Bytes::new())).await,
                false => return End::telling("session over", SIGNED_OUT),
            },
            item = next => match tell_heap(server, caller, item, &mut subscription.items, out).await {
                Ok(written) => {
                    if written {
                        listens_at = Instant::now() + TOGETHER;
                    }
                    Ok(())
                }
                Err(Some(end)) => return end,
                Err(None) => Err(Stuck),
            },
        };
        if sent.is_err() {
            return End::quietly("does not read");
        }
    }
}

/// Writes an item and all that wait behind it. Says whether there was something for this peer; the error is the end, `None`: it does not read.
async fn tell_heap(
    server: &Server,
    caller: &Caller,
    first: Result<Item, RecvError>,
    items: &mut Receiver<Item>,
    out: &mut Out,
) -> Result<bool, Option<End>> {
    let mut next = first;
    let mut written = false;
    loop {
        let text = match next {
            Ok(Item::Event(event)) => event.told_to(&caller.user.extension, &server.presence),
            Ok(Item::Panel(item)) => server.panel_event(caller, &item).as_ref().map(json),
            Ok(Item::Revoked(token)) if token == caller.token => {
                return Err(Some(End::telling("signed out", SIGNED_OUT)));
            }
            Ok(Item::Revoked(_)) => None,
            Err(RecvError::Lagged(_)) => return Err(Some(End::telling("too slow", close_code::AGAIN))),
            Err(RecvError::Closed) => return Err(Some(End::telling("server ends", close_code::AWAY))),
        };
        written |= text.is_some();
        out.put(text).await.map_err(|Stuck| None)?;
        next = match items.try_recv() {
            Ok(item) => Ok(item),
            Err(TryRecvError::Empty) => break,
            Err(TryRecvError::Lagged(missed)) => Err(RecvError::Lagged(missed)),
            Err(TryRecvError::Closed) => Err(RecvError::Closed),
        };
    }
    if written {
        out.flush().await.map_err(|Stuck| None)?;
    }
    Ok(written)
}

/// False for somebody who was suspended, or whose session another process has ended: nobody has told this one (PS-02).
async fn session_lives(server: &Server, caller: &Caller) -> bool {
    match server.db.session(&caller.token, wall_ms()).await {
        Ok(session) => session.is_some_and(|session| session.user.status == AccountStatus::Active),
        Err(error) => {
            tracing::warn!(%error, "a session could not be looked at");
            true
        }
    }
}

struct Out {
    sink: SplitSink<WebSocket, Message>,
}

/// The peer is gone or does not read.
struct Stuck;

impl Out {
    /// Puts down what is written with the next [`flush`](Self::flush), or before if it is much.
    async fn put(&mut self, text: Option<Utf8Bytes>) -> Result<(), Stuck> {
        match text {
            Some(text) => in_time(self.sink.feed(Message::Text(text))).await,
            None => Ok(()),
        }
    }

    async fn flush(&mut self) -> Result<(), Stuck> {
        in_time(self.sink.flush()).await
    }

    async fn tell(&mut self, event: &Event) -> Result<(), Stuck> {
        self.send(Message::Text(json(event))).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Stuck> {
        in_time(self.sink.send(message)).await
    }
}

async fn in_time(write: impl Future<Output = Result<(), axum::Error>>) -> Result<(), Stuck> {
    match timeout(WRITE, write).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Stuck),
    }
}
