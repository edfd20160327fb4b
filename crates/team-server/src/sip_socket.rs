//! SIP over WebSocket (RFC 7118), the web side: opens flows, carries frames between socket and voice task, notices dead peers.
//!
//! ```text
//!  reader: socket ─▶ VoiceInput::Frame ─▶ voice      writer: Outbound queue ─▶ socket, a ping every 10 s
//! ```
//! Whichever ends first ends the flow: the peer closed, was silent for 25 s, sent more than 64 KiB, or does not read.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade, close_code, rejection};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use base::FlowId;
use bytes::Bytes;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};
use tokio_util::sync::CancellationToken;

use crate::problem::Refusal;
use crate::seam::{Outbound, VoiceInput};
use crate::state::Server;

/// Longest SIP message.
pub(crate) const MAX_FRAME: usize = 64 * 1024;
/// A phone mostly waits, and its buffer with it. Longer messages are read in pieces.
const READ_BUFFER: usize = 4096;
const PING_EVERY: Duration = Duration::from_secs(10);
/// A peer that sends nothing, not even a pong, for so long is gone, and whoever had no other phone is offline (ST-11: within 30 s).
const SILENCE: Duration = Duration::from_secs(25);
/// A single frame must be taken by the peer in this time.
const WRITE: Duration = Duration::from_secs(10);
/// What is queued when the flow is closed from our side gets this time.
const DRAIN: Duration = Duration::from_secs(1);

pub(crate) async fn upgrade(
    State(server): State<Server>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, rejection::WebSocketUpgradeRejection>,
) -> Result<Response, Refusal> {
    let upgrade = upgrade.map_err(|_| Refusal::bad_request("This path speaks WebSocket only."))?;
    if !origin_allowed(server.config.allowed_origins.as_deref(), &headers) {
        return Err(Refusal::forbidden("This origin may not open SIP."));
    }
    let upgrade = upgrade.protocols(["sip"]);
    if upgrade.selected_protocol().is_none() {
        return Err(Refusal::bad_request("Ask for the sub-protocol sip."));
    }
    if server.voice.is_closed() {
        return Err(Refusal::busy());
    }
    let Ok(place) = server.flows.clone().try_acquire_owned() else {
        tracing::warn!(max = server.config.max_flows, "no place for another SIP flow");
        return Err(Refusal::busy());
    };
    let upgrade = upgrade
        .max_message_size(MAX_FRAME)
        .max_frame_size(MAX_FRAME)
        .max_write_buffer_size(4 * MAX_FRAME)
        .read_buffer_size(READ_BUFFER);
    let tasks = server.tasks.clone();
    Ok(upgrade
        .on_upgrade(move |socket| {
            tasks.track_future(async move {
                carry(&server, peer, socket).await;
                drop(place);
            })
        })
        .into_response())
}

fn origin_allowed(allowed: Option<&[String]>, headers: &HeaderMap) -> bool {
    let (Some(allowed), Some(origin)) = (allowed, headers.get(header::ORIGIN)) else { return true };
    origin.to_str().is_ok_and(|origin| allowed.iter().any(|a| a.eq_ignore_ascii_case(origin)))
}

/// The life of one flow.
async fn carry(server: &Server, peer: SocketAddr, socket: WebSocket) {
    let flow = FlowId(server.next_flow.fetch_add(1, Ordering::Relaxed));
    let (outbound, queue) = Outbound::channel();
    let closing = outbound.closing();
    if server.voice.send(VoiceInput::FlowUp { flow, peer, outbound: outbound.clone() }).await.is_err() {
        return;
    }
    tracing::debug!(flow.id = flow.0, "SIP flow up");
    let (sink, stream) = socket.split();
    let reader = read(stream, flow, &server.voice);
    let writer = write(sink, queue, closing, server.stop.clone());
    let why = tokio::select! {
        why = reader => why,
        why = writer => why,
    };
    outbound.close();
    tracing::debug!(flow.id = flow.0, why, "SIP flow down");
    // The voice task is gone: so are its flows.
    let _ = server.voice.send(VoiceInput::FlowDown { flow }).await;
}

async fn read(mut stream: SplitStream<WebSocket>, flow: FlowId, voice: &mpsc::Sender<VoiceInput>) -> &'static str {
    loop {
        let bytes: Bytes = match timeout(SILENCE, stream.next()).await {
            Err(_) => return "silent",
            Ok(None) => return "gone",
            Ok(Some(Err(_))) => return "broken",
            Ok(Some(Ok(Message::Close(_)))) => return "closed by peer",
            Ok(Some(Ok(Message::Ping(_) | Message::Pong(_)))) => continue,
            Ok(Some(Ok(Message::Text(text)))) => text.into(),
            Ok(Some(Ok(Message::Binary(bytes)))) => bytes,
        };
        if voice.send(VoiceInput::Frame { flow, bytes }).await.is_err() {
            return "no voice task";
        }
    }
}

async fn write(
    mut sink: SplitSink<WebSocket, Message>,
    mut queue: mpsc::Receiver<Bytes>,
    closing: CancellationToken,
    stop: CancellationToken,
) -> &'static str {
    let mut ping = interval(PING_EVERY);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ping.tick().await;
    loop {
        let message = tokio::select! {
            biased;
            () = closing.cancelled() => break,
            () = stop.cancelled() => break,
            bytes = queue.recv() => match bytes {
                Some(bytes) => sip_message(bytes),
                None => break,
            },
            _ = ping.tick() => Message::Ping(Bytes::new()),
        };
        let sent = tokio::select! {
            sent = timeout(WRITE, sink.send(message)) => sent,
            () = overdue(&closing) => return "does not read",
        };
        match sent {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return "broken",
            Err(_) => return "does not read",
        }
    }
    let end = Instant::now() + DRAIN;
    let drain = async {
        while let Ok(bytes) = queue.try_recv() {
            sink.send(sip_message(bytes)).await?;
        }
        let code = if stop.is_cancelled() { close_code::AWAY } else { close_code::POLICY };
        sink.send(Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::from_static("") }))).await
    };
    // Either way the socket is dropped now; a peer that took nothing for a second learns it from TCP.
    let _ = tokio::time::timeout_at(end, drain).await;
    "closed by us"
}

/// Resolves when the flow was to be closed a while ago.
async fn overdue(closing: &CancellationToken) {
    closing.cancelled().await;
    tokio::time::sleep(DRAIN).await;
}

/// Text when it is UTF-8, binary otherwise (RFC 7118 §5.1).
fn sip_message(bytes: Bytes) -> Message {
    match Utf8Bytes::try_from(bytes.clone()) {
        Ok(text) => Message::Text(text),
        Err(_) => Message::Binary(bytes),
    }
}
