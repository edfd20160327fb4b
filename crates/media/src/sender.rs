//! The task that numbers packets and hands them to the engine.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use rtc::rtp;
use tokio::sync::Notify;
use webrtc::media_stream::track_local::TrackLocal;
use webrtc::media_stream::track_local::static_rtp::TrackLocalStaticRTP;

use crate::sdp::Carries;
use crate::stream::{Line, Numbers};
use crate::traffic::{Agreed, Traffic, lock};
use crate::{Direction, OutPacket, dtmf, engine};

/// Packets that may wait: 320 ms. What is older is of no use to a listener.
const QUEUE: usize = 16;

/// Packets from before the connection that are sent first of all when it is up, and how old they may be. The first syllable
/// is spoken while keys are exchanged; more than this would be delay that the far end's buffer has to work off.
const EARLY: usize = 3;
const FRESH: Duration = Duration::from_millis(80);

/// What the session puts in and the task takes out.
#[derive(Default)]
pub(crate) struct Outbox {
    inner: Mutex<Inner>,
    pub wake: Arc<Notify>,
}

#[derive(Default)]
struct Inner {
    packets: VecDeque<OutPacket>,
    /// The newest packets from before the connection was up, and when each was made.
    early: VecDeque<(OutPacket, Instant)>,
    keys: dtmf::Keys,
    closed: bool,
}

/// What the task does next.
enum Work {
    Speech(OutPacket),
    /// Speech that a digit displaces.
    Displaced(OutPacket),
    Digit(dtmf::Step),
    WaitUntil(Instant),
    Wait,
    End,
}

impl Outbox {
    /// False when the oldest packet had to go for it.
    pub fn put(&self, packet: OutPacket) -> bool {
        let mut inner = lock(&self.inner);
        if inner.closed {
            return false;
        }
        let full = inner.packets.len() >= QUEUE;
        if full {
            inner.packets.pop_front();
        }
        inner.packets.push_back(packet);
        drop(inner);
        self.wake.notify_one();
        !full
    }

    /// Keeps a packet for the moment of connection; only the newest few.
    pub fn keep(&self, packet: OutPacket) {
        let early = &mut lock(&self.inner).early;
        if early.len() >= EARLY {
            early.pop_front();
        }
        early.push_back((packet, Instant::now()));
    }

    pub fn press(&self, event: u8, duration_ms: u16) -> bool {
        let taken = lock(&self.inner).keys.push(event, duration_ms);
        self.wake.notify_one();
        taken
    }

    pub fn close(&self) {
        let mut inner = lock(&self.inner);
        inner.closed = true;
        inner.packets.clear();
        inner.early.clear();
        inner.keys.clear();
        drop(inner);
        self.wake.notify_one();
    }

    fn next(&self, now: Instant, agreed: &Agreed, connected: bool) -> Work {
        let mut inner = lock(&self.inner);
        if inner.closed {
            return Work::End;
        }
        if !connected {
            return Work::Wait;
        }
        if !agreed.direction.is_some_and(Direction::sends) {
            inner.packets.clear();
            inner.keys.clear();
            return Work::Wait;
        }
        if let Some(event) = agreed.digits
            && let Some(step) = inner.keys.next(now, event.clock_rate)
        {
            return Work::Digit(step);
        }
        while let Some((packet, made)) = inner.early.pop_front() {
            if now.saturating_duration_since(made) <= FRESH {
                return Work::Speech(packet);
            }
        }
        match inner.packets.pop_front() {
            Some(packet) if inner.keys.sounding() => Work::Displaced(packet),
            Some(packet) => Work::Speech(packet),
            None => inner.keys.wake_at(now).map_or(Work::Wait, Work::WaitUntil),
        }
    }
}

/// Runs until the outbox is closed or the engine is gone.
pub(crate) async fn run(outbox: Arc<Outbox>, traffic: Arc<Traffic>, track: Arc<TrackLocalStaticRTP>, random: u64) {
    let mut line = Line::new(random);
    // Of speech, if each is sent twice.
    let mut before: Option<rtp::Packet> = None;
    loop {
        let now = Instant::now();
        let connected = traffic.connected.load(Ordering::Acquire);
        let agreed = traffic.agreed();
        let (numbers, pt, payload, is_speech) = match outbox.next(now, &agreed, connected) {
            Work::Speech(packet) => {
                let carries = if packet.red { Carries::Red } else { Carries::Speech(packet.codec) };
                let Some(pt) = agreed.theirs.pt_of(carries) else {
                    traffic.dropped_out.fetch_add(1, Ordering::Relaxed);
                    continue;
                };
                line.set_clock(packet.codec.clock_rate());
                let numbers = line.sound(packet.ticks, packet.marker, now);
                traffic.spoken(numbers.timestamp, packet.codec.clock_rate(), now);
                (numbers, pt, packet.payload, true)
            }
            Work::Displaced(packet) => {
                line.set_clock(packet.codec.clock_rate());
                line.skip(packet.ticks);
                continue;
            }
            Work::Digit(step) => {
                let Some(event) = agreed.digits else { continue };
                let numbers = if step.start { line.event_start(now) } else { line.event_next() };
                (numbers, event.pt, Bytes::copy_from_slice(&step.payload.encode()), false)
            }
            Work::WaitUntil(at) => {
                // Either is a reason to look again.
                let _ = tokio::time::timeout_at(at.into(), outbox.wake.notified()).await;
                continue;
            }
            Work::Wait => {
                outbox.wake.notified().await;
                continue;
            }
            Work::End => return,
        };
        traffic.note_name(numbers.seq, pt);
        let packet = packet(numbers, traffic.ssrc.0, payload);
        let mut again = None;
        if is_speech {
            let keep = traffic.repeats().then(|| packet.clone());
            again = std::mem::replace(&mut before, keep);
        }
        for packet in std::iter::once(packet).chain(again) {
            if let Err(error) = track.write_rtp(packet).await {
                tracing::debug!(%error, "the media engine takes no more packets");
                return;
            }
        }
    }
}

/// As the engine wants it: always of the one payload type that it knows. The tap writes the real one over it.
fn packet(numbers: Numbers, ssrc: u32, payload: Bytes) -> rtp::Packet {
    let header = rtp::Header {
        version: 2,
        marker: numbers.marker,
        payload_type: engine::OPUS,
        sequence_number: numbers.seq,
        timestamp: numbers.timestamp,
        ssrc,
        ..Default::default()
    };
    rtp::Packet { header, payload }
}
