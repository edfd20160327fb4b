//! What the session, its sender task and the engine's taps share while packets flow.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use base::{Pt, Ssrc};
use bytes::Bytes;
use tokio::sync::mpsc;

use crate::quality::{Reception, Report, RoundTrip};
use crate::sdp::{Direction, Event};
use crate::{InPacket, MediaError, MediaEvent, Stats, dtmf};

/// Room in the event queue that packets leave to everything else.
const RESERVED: usize = 16;
/// Room in the event queue: 1.2 s of packets.
pub(crate) const EVENTS: usize = 64 + RESERVED;

/// The payload types that the engine knows: those of the first agreement. It refuses to send any other, so the sender task
/// uses these and the tap writes today's over them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EngineTypes {
    pub opus: Pt,
    pub dtmf: Pt,
}

/// Payload types as agreed. What we send bears the far end's numbers, what we receive ours; most often they are the same.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Agreed {
    pub direction: Option<Direction>,
    pub opus_out: Option<Pt>,
    pub opus_in: Option<Pt>,
    pub dtmf_out: Option<Event>,
    pub dtmf_in: Option<Event>,
}

pub(crate) struct Traffic {
    pub ssrc: Ssrc,
    pub connected: AtomicBool,
    fate: Mutex<Fate>,
    pub dropped_out: AtomicU64,
    pub engine_types: OnceLock<EngineTypes>,
    events: mpsc::Sender<MediaEvent>,
    agreed: Mutex<Agreed>,
    tally: Mutex<Tally>,
}

/// What may still be told about the connection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Never connected so far.
    Connecting,
    /// Was connected at least once.
    Connected,
    /// Failure was told; an ICE restart may still bring it back.
    Failed,
    /// Closed by us: whatever the engine tells now is of no interest.
    Ended,
}

#[derive(Default)]
struct Tally {
    stats: Stats,
    reception: Option<Reception>,
    /// Losses of streams that ended or restarted.
    lost_before: u64,
    round_trip: RoundTrip,
    ear: dtmf::Ear,
}

impl Traffic {
    pub fn new(ssrc: Ssrc, events: mpsc::Sender<MediaEvent>) -> Self {
        Traffic {
            ssrc,
            connected: AtomicBool::new(false),
            fate: Mutex::new(Fate::Connecting),
            dropped_out: AtomicU64::new(0),
            engine_types: OnceLock::new(),
            events,
            agreed: Mutex::new(Agreed::default()),
            tally: Mutex::new(Tally::default()),
        }
    }

    /// Tells something that is no packet. A receiver that let so many of these pile up is not listening any more.
    pub fn tell(&self, event: MediaEvent) {
        if let Err(error) = self.events.try_send(event) {
            tracing::debug!(%error, "a media event found no listener");
        }
    }

    /// ICE and DTLS are done.
    pub fn connect(&self) {
        let mut fate = lock(&self.fate);
        if *fate != Fate::Ended {
            *fate = Fate::Connected;
            self.connected.store(true, Ordering::Release);
            self.tell(MediaEvent::Connected);
        }
    }

    /// Nothing came for a while.
    pub fn disconnect(&self) {
        self.connected.store(false, Ordering::Release);
        if *lock(&self.fate) == Fate::Connected {
            self.tell(MediaEvent::Disconnected);
        }
    }

    /// No path any more, or never one. Told once.
    pub fn fail(&self) {
        self.connected.store(false, Ordering::Release);
        self.fail_if(|fate| matches!(fate, Fate::Connecting | Fate::Connected));
    }

    /// The time to connect is over.
    pub fn give_up_unless_connected(&self) {
        self.fail_if(|fate| fate == Fate::Connecting);
    }

    fn fail_if(&self, may_fail: impl Fn(Fate) -> bool) {
        let mut fate = lock(&self.fate);
        if may_fail(*fate) {
            *fate = Fate::Failed;
            self.tell(MediaEvent::Failed(MediaError::NoPath));
        }
    }

    /// We close.
    pub fn end(&self) {
        self.connected.store(false, Ordering::Release);
        *lock(&self.fate) = Fate::Ended;
    }

    pub fn agree(&self, agreed: Agreed) {
        *lock(&self.agreed) = agreed;
    }

    pub fn agreed(&self) -> Agreed {
        *lock(&self.agreed)
    }

    /// Gives an outgoing packet the number that the far end knows it by.
    pub fn name_outgoing(&self, payload_type: &mut u8) {
        let Some(engine) = self.engine_types.get() else { return };
        let agreed = self.agreed();
        let named = match Pt(*payload_type) {
            pt if pt == engine.opus => agreed.opus_out,
            pt if pt == engine.dtmf => agreed.dtmf_out.map(|event| event.pt),
            _ => None,
        };
        if let Some(named) = named {
            *payload_type = named.0;
        }
    }

    /// An RTP packet leaves.
    pub fn sent(&self, payload: usize) {
        let mut tally = lock(&self.tally);
        tally.stats.sent_packets += 1;
        tally.stats.sent_bytes += payload as u64;
        let first = tally.stats.sent_packets == 1;
        drop(tally);
        if first {
            self.tell(MediaEvent::FirstSent);
        }
    }

    pub fn sender_report_sent(&self, ntp: u64, now: Instant) {
        lock(&self.tally).round_trip.report_sent(ntp, now);
    }

    /// A report block about our stream came.
    pub fn report_received(&self, report: Report, last_report: u32, delay: u32, now: Instant) {
        let mut tally = lock(&self.tally);
        tally.round_trip.block_received(last_report, delay, now);
        tally.stats.lost_out = Some(report.total_lost);
        tally.stats.fraction_lost_out = Some(report.fraction_lost);
        tally.stats.jitter_out_ms = Some(report.jitter_ms);
    }

    /// An authentic RTP packet arrived, whatever it carries.
    pub fn arrived(&self, ssrc: u32, seq: u16, timestamp: u32, payload: usize, now: Instant) {
        let mut tally = lock(&self.tally);
        tally.stats.received_packets += 1;
        tally.stats.received_bytes += payload as u64;
        let goes_on = tally
            .reception
            .as_mut()
            .is_some_and(|stream| stream.ssrc() == ssrc && stream.arrived(seq, timestamp, 48_000, now));
        if !goes_on && let Some(old) = tally.reception.replace(Reception::new(ssrc, seq, timestamp, now)) {
            tally.lost_before += u64::from(old.lost());
        }
    }

    /// Sorts an arrived packet: speech and digits are told, the rest is counted.
    pub fn deliver(&self, packet: InPacket) {
        let agreed = self.agreed();
        if !agreed.direction.is_some_and(Direction::receives) {
            return self.ignore();
        }
        let is = |pt: Option<Pt>| pt == Some(packet.pt);
        if is(agreed.opus_in) || is(agreed.opus_out) {
            self.deliver_speech(packet);
        } else if let Some(event) = [agreed.dtmf_in, agreed.dtmf_out].into_iter().flatten().find(|e| e.pt == packet.pt)
        {
            let heard = lock(&self.tally).ear.hear(packet.timestamp, &packet.payload, event.clock_rate);
            if let Some((digit, duration_ms)) = heard {
                self.tell(MediaEvent::Dtmf { digit, duration_ms });
            }
        } else {
            self.ignore();
        }
    }

    fn deliver_speech(&self, packet: InPacket) {
        if self.events.capacity() <= RESERVED || self.events.try_send(MediaEvent::Packet(packet)).is_err() {
            lock(&self.tally).stats.dropped_in += 1;
        }
    }

    fn ignore(&self) {
        lock(&self.tally).stats.ignored_in += 1;
    }

    pub fn stats(&self) -> Stats {
        let tally = lock(&self.tally);
        let lost = tally.reception.as_ref().map(|stream| tally.lost_before + u64::from(stream.lost()));
        Stats {
            dropped_out: self.dropped_out.load(Ordering::Relaxed),
            lost_in: lost,
            jitter_in_ms: tally.reception.as_ref().map(|stream| stream.jitter_ms(48_000)),
            rtt_ms: tally.round_trip.ms(),
            ..tally.stats
        }
    }
}

/// A packet as the taps see it.
pub(crate) fn in_packet(packet: &rtc::rtp::Packet, arrived: Instant) -> InPacket {
    let header = &packet.header;
    InPacket {
        pt: Pt(header.payload_type),
        ssrc: Ssrc(header.ssrc),
        seq: header.sequence_number,
        timestamp: header.timestamp,
        marker: header.marker,
        payload: Bytes::clone(&packet.payload),
        arrived,
    }
}

/// None of our locks guards an invariant that a panic could have broken half-way.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
