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
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use crate::extract::Caller;
use crate::hub::{Addressed, Item};
use crate::presence::Presence;
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::state::Server;

const PING_EVERY: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_secs(25);
const WRITE: Duration = Duration::from_secs(10);
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
    let upgrade = upgrade.max_message_size(MAX_FRAME).max_frame_size(MAX_FRAME);
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
        if out.tell_what_is_for(mine, &event, &server.presence).await.is_err() {
            return End::quietly("does not read");
        }
    }
    let ends_in = u64::try_from(caller.expires_ms.saturating_sub(wall_ms())).unwrap_or_default();
    // A client connects anew long before thirty years have passed.
    let ends_at = Instant::now() + Duration::from_millis(ends_in).min(Duration::from_secs(30 * 365 * 24 * 3600));
    let mut ping = interval(PING_EVERY);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ping.tick().await;
    loop {
        let sent = tokio::select! {
            () = server.stop.cancelled() => return End::telling("server ends", close_code::AWAY),
            () = sleep_until(ends_at) => return End::telling("session ended", SIGNED_OUT),
            _ = ping.tick() => match session_lives(server, caller).await {
                true => out.send(Message::Ping(Bytes::new())).await,
                false => return End::telling("session over", SIGNED_OUT),
            },
            item = subscription.items.recv() => match item {
                Ok(Item::Event(event)) => out.tell_what_is_for(mine, &event, &server.presence).await,
                Ok(Item::Panel(item)) => out.tell_some(server.panel_event(caller, &item)).await,
                Ok(Item::Revoked(token)) if token == caller.token => return End::telling("signed out", SIGNED_OUT),
                Ok(Item::Revoked(_)) => Ok(()),
                Err(RecvError::Lagged(_)) => return End::telling("too slow", close_code::AGAIN),
                Err(RecvError::Closed) => return End::telling("server ends", close_code::AWAY),
            },
        };
        if sent.is_err() {
            return End::quietly("does not read");
        }
    }
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
    /// Judged by the rights of this moment, also what happened before it.
    async fn tell_what_is_for(&mut self, me: &str, event: &Addressed, presence: &Presence) -> Result<(), Stuck> {
        match event.told_to(me, presence) {
            Some(event) => self.tell(&event).await,
            None => Ok(()),
        }
    }

    async fn tell_some(&mut self, event: Option<Event>) -> Result<(), Stuck> {
        match event {
            Some(event) => self.tell(&event).await,
            None => Ok(()),
        }
    }

    async fn tell(&mut self, event: &Event) -> Result<(), Stuck> {
        let text = serde_json::to_string(event).expect("an event is made of strings and numbers");
        self.send(Message::text(text)).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Stuck> {
        match timeout(WRITE, self.sink.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Stuck),
        }
    }
}
