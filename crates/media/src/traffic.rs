//! What the session, its sender task and the engine's taps share while packets flow.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use base::{CodecKind, Pt, Ssrc};
use bytes::Bytes;
use rtc::rtcp::Packet as RtcpPacket;
use tokio::sync::mpsc;

use crate::quality::{FarLosses, LossMap, Reception, Report, RoundTrip};
use crate::reports::{self, Extended, Facts, Sent};
use crate::sdp::{Carries, Direction, Event, Formats};
use crate::stats::{FarPlayout, Playout};
use crate::{InPacket, MediaError, MediaEvent, Stats, dtmf, red};

/// Room in the event queue that packets leave to everything else.
const RESERVED: usize = 16;
/// Room in the event queue: 1.2 s of packets.
pub(crate) const EVENTS: usize = 64 + RESERVED;
/// More than the packets behind that a redundant one can repeat.
const REPAIRED: usize = 32;

/// What was agreed, for the side of packets. What we send bears the far end's numbers, what we receive ours; most often they
/// are the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Agreed {
    pub direction: Option<Direction>,
    pub theirs: Formats,
    pub ours: Formats,
    /// What we send speech as.
    pub speech: Option<CodecKind>,
    pub digits: Option<Event>,
    /// The far end asked for extended reports.
    pub metrics: bool,
}

impl Agreed {
    /// What an arriving packet carries: by our numbers, else by theirs, since some send what they want to receive.
    fn carries(&self, pt: Pt) -> Option<Carries> {
        self.ours.carries(pt).or_else(|| self.theirs.carries(pt))
    }

    /// The clock of an arriving packet's timestamp.
    fn clock_of(&self, pt: Pt) -> Option<u32> {
        self.carries(pt).map(|carries| match carries {
            Carries::Speech(kind) => kind.clock_rate(),
            Carries::Digits(clock_rate) => clock_rate,
            Carries::Red => CodecKind::Opus.clock_rate(),
        })
    }
}

/// Without a packet for so long, a far end that answers no checks is taken for gone.
const SILENCE: Duration = Duration::from_secs(2);

pub(crate) struct Traffic {
    pub ssrc: Ssrc,
    /// Packets may leave: from the first connection until it failed or ended. A pause in between is no reason to fall silent: consent
    /// lasts 30 s (RFC 7675 §5.1), and what is sent may well arrive.
    pub connected: AtomicBool,
    /// Counts what ICE says, so that an older doubt ends with the next word.
    word: AtomicU64,
    repeats: AtomicBool,
    fate: Mutex<Fate>,
    pub dropped_out: AtomicU64,
    cname: String,
    /// The engine knows one payload type and refuses all others; the real one of each packet on its way through it, by the low
    /// byte of the sequence number.
    names: [AtomicU8; 256],
    events: mpsc::Sender<MediaEvent>,
    agreed: Mutex<Arc<Agreed>>,
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
    /// The last numbers that came inside later packets: the packet after repeats them once more.
    repaired: VecDeque<u16>,
    far_losses: FarLosses,
    playout: Option<Playout>,
    /// Timestamp, departure and clock of our last packet of speech.
    last_out: Option<(u32, Instant, u32)>,
    /// What a packet lasts, milliseconds, of the last two that came in sequence.
    packet_ms: Option<f32>,
    last_in: Option<(u16, u32)>,
    last_arrival: Option<Instant>,
    /// Packets that had left when the last report was written.
    reported_sent: u64,
}

impl Traffic {
    pub fn new(ssrc: Ssrc, cname: String, events: mpsc::Sender<MediaEvent>) -> Self {
        Traffic {
            ssrc,
            cname,
            names: std::array::from_fn(|_| AtomicU8::new(0)),
            connected: AtomicBool::new(false),
            word: AtomicU64::new(0),
            repeats: AtomicBool::new(false),
            fate: Mutex::new(Fate::Connecting),
            dropped_out: AtomicU64::new(0),
            events,
            agreed: Mutex::default(),
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
        self.word.fetch_add(1, Ordering::Relaxed);
        let mut fate = lock(&self.fate);
        if *fate != Fate::Ended {
            *fate = Fate::Connected;
            self.connected.store(true, Ordering::Release);
            self.tell(MediaEvent::Connected);
        }
    }

    /// ICE heard no answer to its checks for a while. On a lossy link that happens again and again while the call is well: it is told
    /// when packets have stopped coming, too.
    pub fn doubt(self: &Arc<Self>) {
        let word = self.word.fetch_add(1, Ordering::Relaxed) + 1;
        let traffic = Arc::downgrade(self);
        tokio::spawn(async move {
            while let Some(traffic) = traffic.upgrade().filter(|it| it.word.load(Ordering::Relaxed) == word) {
                let silent_at = lock(&traffic.tally).last_arrival.map(|at| at + SILENCE);
                let Some(silent_at) = silent_at.filter(|at| *at > Instant::now()) else {
                    return traffic.disconnect();
                };
                drop(traffic);
                tokio::time::sleep_until(silent_at.into()).await;
            }
        });
    }

    fn disconnect(&self) {
        if *lock(&self.fate) == Fate::Connected {
            self.tell(MediaEvent::Disconnected);
        }
    }

    /// No path any more, or never one. Told once.
    pub fn fail(&self) {
        self.word.fetch_add(1, Ordering::Relaxed);
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

    /// See [`Traffic::repeat`].
    pub fn repeats(&self) -> bool {
        self.repeats.load(Ordering::Relaxed)
    }

    /// Whether each packet of speech is sent a second time, with the next one.
    pub fn repeat(&self, on: bool) {
        self.repeats.store(on, Ordering::Relaxed);
    }

    /// We close.
    pub fn end(&self) {
        self.word.fetch_add(1, Ordering::Relaxed);
        self.connected.store(false, Ordering::Release);
        *lock(&self.fate) = Fate::Ended;
    }

    pub fn agree(&self, agreed: Agreed) {
        *lock(&self.agreed) = Arc::new(agreed);
    }

    pub fn agreed(&self) -> Arc<Agreed> {
        lock(&self.agreed).clone()
    }

    /// A packet goes into the engine; it shall come out with this payload type.
    pub fn note_name(&self, seq: u16, pt: Pt) {
        self.names[usize::from(seq & 0xff)].store(pt.0, Ordering::Release);
    }

    /// Gives an outgoing packet the number that the far end knows it by.
    pub fn name_outgoing(&self, seq: u16, payload_type: &mut u8) {
        *payload_type = self.names[usize::from(seq & 0xff)].load(Ordering::Acquire);
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

    /// A packet of speech was numbered.
    pub fn spoken(&self, timestamp: u32, clock_rate: u32, now: Instant) {
        lock(&self.tally).last_out = Some((timestamp, now, clock_rate));
    }

    /// How our own playing goes, for our reports.
    pub fn note_playout(&self, playout: Playout) {
        lock(&self.tally).playout = Some(playout);
    }

    /// A report block about our stream came.
    pub fn report_received(&self, ssrc: u32, report: &Received, now: Instant) {
        let clock = self.agreed().speech.map_or(48_000, CodecKind::clock_rate);
        let mut tally = lock(&self.tally);
        tally.stats.reports_in += 1;
        if let (Some(ntp), Some(reception)) = (report.ntp, tally.reception.as_mut())
            && reception.ssrc() == ssrc
        {
            reception.report_received(ntp, now);
        }
        for block in report.blocks.iter().filter(|block| block.ssrc == self.ssrc.0) {
            let said = Report::new(block.fraction_lost, block.total_lost, block.jitter, clock);
            tally.round_trip.block_received(block.last_sender_report, block.delay, now);
            tally.stats.lost_out = Some(said.total_lost);
            tally.stats.fraction_lost_out = Some(said.fraction_lost);
            tally.stats.jitter_out_ms = Some(said.jitter_ms);
        }
    }

    /// The far end told which of our packets came.
    pub fn loss_map_received(&self, map: &LossMap) {
        lock(&self.tally).far_losses.add(map);
    }

    /// The far end told how its playing goes.
    pub fn far_playout_received(&self, far: FarPlayout) {
        lock(&self.tally).stats.far = Some(far);
    }

    /// Our report, now.
    pub fn report(&self, ntp: u64, now: Instant) -> Vec<Box<dyn RtcpPacket>> {
        let agreed = self.agreed();
        let mut tally = lock(&self.tally);
        let tally = &mut *tally;
        let has_sent = tally.stats.sent_packets > tally.reported_sent;
        tally.reported_sent = tally.stats.sent_packets;
        let sent = tally.last_out.filter(|_| has_sent).map(|(timestamp, at, clock)| {
            let since = now.saturating_duration_since(at).as_secs_f64() * f64::from(clock);
            let timestamp = timestamp.wrapping_add(since as u32);
            // RFC 3550 §6.4.1: both counters wrap.
            Sent { ntp, timestamp, packets: tally.stats.sent_packets as u32, bytes: tally.stats.sent_bytes as u32 }
        });
        if sent.is_some() {
            tally.round_trip.report_sent(ntp, now);
        }
        let rtt_ms = tally.round_trip.ms();
        let block = tally.reception.as_mut().map(|reception| reception.report(now));
        let extended = tally.reception.as_ref().filter(|_| agreed.metrics).map(|reception| Extended {
            lost: reception.lost() as f32 / reception.expected().max(1) as f32,
            bursts: reception.bursts().picture(),
            packet_ms: tally.packet_ms.unwrap_or(20.0),
            rtt_ms,
            playout: tally.playout,
            map: LossMap::of(reception.history()),
        });
        reports::compose(Facts { ssrc: self.ssrc.0, cname: &self.cname, sent, block, extended })
    }

    /// An authentic RTP packet arrived, whatever it carries.
    pub fn arrived(&self, packet: &InHeader, now: Instant) {
        let clock = self.agreed().clock_of(packet.pt);
        let mut tally = lock(&self.tally);
        tally.last_arrival = Some(now);
        tally.stats.received_packets += 1;
        tally.stats.received_bytes += packet.payload as u64;
        let InHeader { ssrc, seq, timestamp, .. } = *packet;
        // Another stream may use numbers that we do not know; its clock matters for jitter only.
        let clock = clock.unwrap_or(48_000);
        let goes_on = tally
            .reception
            .as_mut()
            .is_some_and(|stream| stream.ssrc() == ssrc && stream.arrived(seq, timestamp, clock, now));
        if !goes_on && let Some(old) = tally.reception.replace(Reception::new(ssrc, seq, timestamp, clock, now)) {
            tally.lost_before += u64::from(old.lost());
        }
        if let Some((before, stamp)) = tally.last_in.replace((seq, timestamp))
            && seq == before.wrapping_add(1)
        {
            let ms = timestamp.wrapping_sub(stamp) as f32 * 1000.0 / clock as f32;
            tally.packet_ms = Some(ms).filter(|ms| (5.0..=120.0).contains(ms)).or(tally.packet_ms);
        }
    }

    /// Sorts an arrived packet: speech and digits are told, the rest is counted.
    pub fn deliver(&self, packet: Arrived) {
        let agreed = self.agreed();
        if !agreed.direction.is_some_and(Direction::receives) {
            return self.ignore();
        }
        match agreed.carries(packet.pt) {
            Some(Carries::Speech(kind)) => self.deliver_speech(packet.speech(kind, false)),
            Some(Carries::Red) => self.deliver_repeated(&agreed, &packet),
            Some(Carries::Digits(clock_rate)) => {
                let heard = lock(&self.tally).ear.hear(packet.timestamp, &packet.payload, clock_rate);
                if let Some((digit, duration_ms)) = heard {
                    self.tell(MediaEvent::Dtmf { digit, duration_ms });
                }
            }
            None => self.ignore(),
        }
    }

    /// A redundant packet: what of it did not come by itself, then the newest.
    fn deliver_repeated(&self, agreed: &Agreed, packet: &Arrived) {
        let Some(blocks) = red::read(&packet.payload) else { return self.ignore() };
        let older = blocks.len() - 1;
        for (at, red::Block { pt, age, payload }) in blocks.into_iter().enumerate() {
            let Some(Carries::Speech(kind)) = agreed.carries(pt) else { continue };
            // The numbers of repeated packets are not told: each was sent one before the next.
            let seq = packet.seq.wrapping_sub((older - at) as u16);
            if at < older {
                let mut tally = lock(&self.tally);
                let missing = tally.reception.as_ref().is_some_and(|stream| stream.history().has(seq) == Some(false));
                if !missing || tally.repaired.contains(&seq) {
                    continue;
                }
                if tally.repaired.len() == REPAIRED {
                    tally.repaired.pop_front();
                }
                tally.repaired.push_back(seq);
                tally.stats.repaired_in += 1;
            }
            let timestamp = packet.timestamp.wrapping_sub(age);
            let block = Arrived { pt, seq, timestamp, payload, marker: packet.marker && at == older, ..*packet };
            self.deliver_speech(block.speech(kind, at < older));
        }
    }

    fn deliver_speech(&self, packet: InPacket) {
        let kind = packet.codec;
        if kind != CodecKind::ComfortNoise {
            lock(&self.tally).stats.codec_in = Some(kind);
        }
        if self.events.capacity() <= RESERVED || self.events.try_send(MediaEvent::Packet(packet)).is_err() {
            lock(&self.tally).stats.dropped_in += 1;
        }
    }

    fn ignore(&self) {
        lock(&self.tally).stats.ignored_in += 1;
    }

    pub fn stats(&self) -> Stats {
        let speech = self.agreed().speech;
        let tally = lock(&self.tally);
        let reception = tally.reception.as_ref();
        let far = tally.far_losses.bursts();
        Stats {
            codec_out: speech,
            dropped_out: self.dropped_out.load(Ordering::Relaxed),
            lost_in: reception.map(|stream| tally.lost_before + u64::from(stream.lost())),
            fraction_lost_in: reception.map(|stream| stream.bursts().recent_loss()),
            burst_in: reception.and_then(|stream| stream.bursts().recent_run()),
            jitter_in_ms: reception.map(Reception::jitter_ms),
            burst_out: far.and_then(crate::quality::Bursts::recent_run),
            rtt_ms: tally.round_trip.ms(),
            ..tally.stats
        }
    }
}

/// A report that came.
pub(crate) struct Received<'a> {
    /// NTP stamp, if it is a sender's report.
    pub ntp: Option<u64>,
    pub blocks: &'a [rtc::rtcp::reception_report::ReceptionReport],
}

/// What counting needs of an arriving packet.
pub(crate) struct InHeader {
    pub pt: Pt,
    pub ssrc: u32,
    pub seq: u16,
    pub timestamp: u32,
    pub payload: usize,
}

/// A packet as the taps see it.
pub(crate) struct Arrived {
    pt: Pt,
    ssrc: Ssrc,
    seq: u16,
    timestamp: u32,
    marker: bool,
    payload: Bytes,
    at: Instant,
}

impl Arrived {
    pub fn new(packet: &rtc::rtp::Packet, at: Instant) -> Self {
        let header = &packet.header;
        Arrived {
            pt: Pt(header.payload_type),
            ssrc: Ssrc(header.ssrc),
            seq: header.sequence_number,
            timestamp: header.timestamp,
            marker: header.marker,
            payload: Bytes::clone(&packet.payload),
            at,
        }
    }

    fn speech(self, codec: CodecKind, redundant: bool) -> InPacket {
        let Arrived { pt, ssrc, seq, timestamp, marker, payload, at } = self;
        InPacket { codec, pt, ssrc, seq, timestamp, marker, redundant, payload, arrived: at }
    }
}

/// None of our locks guards an invariant that a panic could have broken half-way.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
