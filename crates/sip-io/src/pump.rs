//! Moves frames between an open WebSocket and the two queues until one side ends.

use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use crate::FlowFault;
use crate::connect::Socket;
use crate::flow::{Ear, FlowNews};

/// Longest frame that is taken, in bytes. A longer one ends the flow (RFC 6455 §7.4.1, code 1009).
pub const MAX_FRAME_BYTES: usize = 64 * 1024;
/// A ping is sent this often; it also keeps NATs and proxies from forgetting us.
pub const PING_EVERY: Duration = Duration::from_secs(5);
/// When nothing at all was received for this long, the flow is down: two pings went unanswered.
pub const SILENCE_LIMIT: Duration = Duration::from_secs(12);
/// One frame may take this long to leave.
pub const WRITE_LIMIT: Duration = Duration::from_secs(5);
/// Closing politely may take this long.
const CLOSE_LIMIT: Duration = Duration::from_millis(500);

/// Runs the flow. `None`: we closed it ourselves.
pub(crate) async fn run(socket: Socket, mut frames: mpsc::Receiver<Bytes>, ear: &Ear) -> Option<FlowFault> {
    let (sink, stream) = socket.split();
    let epoch = Instant::now();
    // Both run at once, so that a peer that does not read cannot keep us from reading.
    tokio::select! {
        fault = listen(stream, epoch, ear) => Some(fault),
        ended = speak(sink, epoch, &mut frames) => ended.err(),
    }
}

async fn listen(mut stream: SplitStream<Socket>, epoch: Instant, ear: &Ear) -> FlowFault {
    loop {
        let message = match timeout(SILENCE_LIMIT, stream.next()).await {
            Err(_) => return FlowFault::TimedOut,
            Ok(None | Some(Err(_) | Ok(Message::Close(_)))) => return FlowFault::Closed,
            Ok(Some(Ok(message))) => message,
        };
        let news = match message {
            Message::Text(text) => FlowNews::Frame(Bytes::from(text)),
            Message::Binary(bytes) => FlowNews::Frame(bytes),
            Message::Pong(echo) => match round_trip(&echo, epoch) {
                Some(rtt) => FlowNews::RoundTrip(rtt),
                None => continue,
            },
            // The library answers pings; raw frames are never read.
            Message::Ping(_) | Message::Frame(_) => continue,
            Message::Close(_) => return FlowFault::Closed,
        };
        ear.tell(news).await;
    }
}

async fn speak(
    mut sink: SplitSink<Socket, Message>,
    epoch: Instant,
    frames: &mut mpsc::Receiver<Bytes>,
) -> Result<(), FlowFault> {
    let mut ping = interval_at(epoch + PING_EVERY, PING_EVERY);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let message = tokio::select! {
            frame = frames.recv() => match frame {
                Some(frame) => as_message(frame),
                None => {
                    // Closing is a courtesy; whether the peer still takes it changes nothing.
                    let _ = timeout(CLOSE_LIMIT, sink.close()).await;
                    return Ok(());
                }
            },
            _ = ping.tick() => Message::Ping(Bytes::copy_from_slice(&micros(epoch).to_be_bytes())),
        };
        match timeout(WRITE_LIMIT, sink.send(message)).await {
            Err(_) => return Err(FlowFault::TimedOut),
            Ok(Err(_)) => return Err(FlowFault::Closed),
            Ok(Ok(())) => {}
        }
    }
}

/// Text when it can be text (RFC 7118 §5 allows both; some servers only like text), else binary.
fn as_message(frame: Bytes) -> Message {
    match Utf8Bytes::try_from(frame.clone()) {
        Ok(text) => Message::Text(text),
        Err(_) => Message::Binary(frame),
    }
}

fn micros(epoch: Instant) -> u64 {
    u64::try_from(epoch.elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// How long ago the ping was sent that this pong echoes. Other pongs are unasked for and mean nothing.
fn round_trip(echo: &[u8], epoch: Instant) -> Option<Duration> {
    let sent = u64::from_be_bytes(echo.try_into().ok()?);
    micros(epoch).checked_sub(sent).map(Duration::from_micros)
}
