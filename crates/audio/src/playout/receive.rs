//! Packets in, a frame every 10 ms out.
//!
//! The first packet sounds at once. The delay then follows what the network asks for ([`super::estimate`]): it grows by playing
//! single pitch periods twice and shrinks by leaving some out, where that is not heard. A hole is filled from the redundancy
//! of a packet behind it, else invented, and fades to silence after a while. When the buffer runs dry and the missing sound
//! comes after all, it is played: the delay has grown by as much as we waited.
//!
//! ```text
//! packet ─► stream (numbers) ─► slots ─► decoders ─► tape (join, stretch) ─► frame
//!              └─► estimate ─► target ─► pace ────────┘
//! ```
//!
//! *Places* are positions in the stream in samples at 48 kHz, whatever the codec's clock is.

mod decode;
mod stream;
mod stretch;

use base::{CodecKind, FRAME_MS, FRAME_SAMPLES, Now, Ssrc};

use self::stream::Stream;
use super::MS;
use super::decoders::Decoders;
use super::estimate::DelayEstimator;
use super::losses::{LossPicture, Losses};
use super::pace::{Pace, Wish};
use super::slots::{MAX_PAYLOAD_BYTES, SLOTS, Slots};
use super::stats::ReceiveStats;
use super::tape::Tape;
use crate::codec::opus::{CodecError, MAX_PACKET_SAMPLES};
use crate::{Frame, SILENT_FRAME};

/// Where the sound of a frame comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// From its packet.
    Normal,
    /// From the redundancy in the next packet.
    Fec,
    /// From the deep redundancy in a packet up to a second later.
    Dred,
    /// Invented.
    Concealed,
    /// The sender is silent on purpose: background noise.
    ComfortNoise,
    /// There is nothing: no packet yet, or none for so long that concealment has faded out.
    Silence,
}

/// A packet as it came from the network.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// RTP sequence number.
    pub seq: u16,
    /// RTP timestamp of the first sample, in ticks of the codec's clock.
    pub timestamp: u32,
    /// Who sends.
    pub ssrc: Ssrc,
    /// How the payload is written.
    pub codec: CodecKind,
    /// A copy taken out of a later packet (RED, RFC 2198): it fills a hole and says nothing about the network's timing.
    pub redundant: bool,
    /// What was written.
    pub payload: &'a [u8],
}

const FRAME: i64 = FRAME_SAMPLES as i64;
/// More sound than this never waits.
const MOST_WAITING: i64 = 1000 * MS;
/// A sender whose timestamps jump back by hours makes no delay of hours: more than this is not told.
const MOST_TOLD: i64 = 10_000 * MS;
/// What is decoded next lies at most so far back; the rest is room for a frame and what is stretched.
const MOST_BEHIND: i64 = MOST_WAITING - 50 * MS;
/// How long packets of the SSRC before are ignored as stragglers.
const STRAGGLERS_MS: u128 = 1000;
/// A packet with a copy of the one before it promises so many more.
const MENDS_FOR: u32 = 50;
/// Loss above the first, in per cent, switches enhancement on; below the second off.
const ENHANCE: (f32, f32) = (3.0, 1.5);

/// How new sound follows from the sound before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Joint {
    /// The decoder sees to it.
    #[default]
    Seamless,
    /// In its right place, but made in another way: cross-faded.
    Over,
    /// Not in its place: it sets in where the waveforms fit.
    Late,
}

/// Deep redundancy seen lately.
#[derive(Clone, Copy, Debug, Default)]
struct Deep {
    /// It is expected for so many frames more.
    frames_left: u32,
    /// How far back it reached at most, samples.
    reach: i64,
}

/// Deep redundancy was seen: expect it for 20 s.
const DEEP_FOR: u32 = 2000;

/// Reorders, delays, decodes and repairs one incoming stream.
///
/// At most 128 packets wait. All memory (about 300 kB beside the decoders') is taken at construction.
pub struct ReceiveBuffer {
    stream: Stream,
    slots: Slots,
    decoders: Decoders,
    /// Decoded and not yet played, and a little of what was played.
    tape: Tape,
    scratch: Box<[f32; MAX_PACKET_SAMPLES]>,
    estimate: DelayEstimator,
    pace: Pace,
    losses: Losses,
    /// A frame was taken since the stream began.
    started: bool,
    /// Place of the next sample to decode.
    decode_at: i64,
    /// The lowest sequence number that may still be played.
    next_seq: i64,
    /// Duration of the packets, samples.
    packet: i64,
    /// Invented samples since the last real one.
    run: i64,
    /// Whether the run began because nothing was waiting (then the sound may still come), not because of a hole.
    dry: bool,
    /// One period was played twice instead of inventing, since the last packet.
    held: bool,
    /// The sender said that it will be silent, or has the habit and nobody speaks.
    pause: bool,
    /// The sender has the habit (Opus with DTX): it left out time without leaving out a number. It does not say so beforehand.
    pauses: bool,
    /// How what is decoded next follows from what is on the tape.
    joint: Joint,
    /// For so many packets more, copies of lost packets are expected.
    mends: u32,
    deep: Deep,
    /// The loudness of the background, root mean square.
    floor: f32,
    stats: ReceiveStats,
}

impl ReceiveBuffer {
    /// An empty buffer.
    ///
    /// # Errors
    /// [`CodecError::Library`] when a decoder cannot be made.
    pub fn new() -> Result<Self, CodecError> {
        Ok(ReceiveBuffer {
            stream: Stream::default(),
            slots: Slots::new(),
            decoders: Decoders::new()?,
            tape: Tape::new(),
            scratch: Box::new([0.0; MAX_PACKET_SAMPLES]),
            estimate: DelayEstimator::new(),
            pace: Pace::new(),
            losses: Losses::new(),
            started: false,
            decode_at: 0,
            next_seq: 0,
            packet: 2 * FRAME,
            run: 0,
            dry: false,
            held: false,
            pause: false,
            pauses: false,
            joint: Joint::Seamless,
            mends: 0,
            deep: Deep::default(),
            floor: 0.0,
            stats: ReceiveStats::default(),
        })
    }

    /// Takes a packet that arrived at `now`. Nothing is refused loudly: what cannot be used is counted. Does not allocate.
    pub fn insert(&mut self, packet: Received<'_>, now: Now) {
        let Received { seq, timestamp, ssrc, codec, redundant, payload } = packet;
        let samples = match Decoders::samples(codec, payload) {
            Some(samples) if payload.len() <= MAX_PAYLOAD_BYTES => samples,
            _ => {
                self.stats.malformed += 1;
                return;
            }
        };
        if redundant {
            return self.insert_copy(packet, samples);
        }
        if self.stream.ssrc != Some(ssrc) {
            let stragglers = |(old, since): (Ssrc, Now)| old == ssrc && (now - since).as_millis() < STRAGGLERS_MS;
            if self.stream.previous.is_some_and(stragglers) {
                self.stats.late += 1;
                return;
            }
            self.begin(&packet, now);
        }
        let mut number = self.stream.number(seq);
        if number >= self.next_seq + SLOTS || self.stream.counts_anew(number, seq) {
            self.begin(&packet, now);
            number = self.stream.number(seq);
        }
        if self.stream.has_seen(number) {
            self.stats.duplicates += 1;
            return;
        }
        if self.stream.rate() != codec.clock_rate() {
            if number <= self.stream.newest_seq {
                self.stats.late += 1;
                return;
            }
            self.stream.change_rate(number, timestamp, codec.clock_rate(), samples.max(FRAME));
        }
        let at = self.stream.place(timestamp);
        let overtaken = number < self.stream.newest_seq;
        self.pauses |=
            codec == CodecKind::Opus && number == self.stream.newest_seq + 1 && at - self.stream.end >= self.packet;
        self.stream.note(number, timestamp, samples);
        self.estimate.note(at, overtaken, now);
        self.stats.received += 1;
        self.stats.reordered += u64::from(overtaken);
        self.mends = if Decoders::restores(codec, payload) { MENDS_FOR } else { self.mends.saturating_sub(1) };
        if samples > 0 {
            self.packet = samples;
        }
        if !self.started && (1..8).contains(&(self.next_seq - number)) {
            // The very first packet had overtaken this one.
            self.next_seq = number;
            self.decode_at = at;
        }
        if number < self.next_seq {
            self.stats.late += 1;
        } else {
            self.slots.put(number, at, samples, codec, payload);
        }
    }

    /// The next 10 ms to play and where they come from. Call once per 10 ms of the *device's* time. Does not allocate.
    pub fn next_frame(&mut self, now: Now) -> (Frame, FrameKind) {
        if self.stream.ssrc.is_none() {
            return (SILENT_FRAME, FrameKind::Silence);
        }
        self.started = true;
        self.losses.forget(now);
        let losses = self.losses.picture();
        self.follow_losses(&losses);
        let target = self.estimate.target(self.repair_wait(&losses), now);
        let mut wish = self.pace.wish(self.estimate.delay(self.position(), now), self.waiting(), target);
        if wish == Wish::Cut || self.waiting() > MOST_BEHIND {
            self.cut(target, now);
            wish = Wish::Keep;
        }
        self.fill(FRAME_SAMPLES, wish, now);
        self.stretch(wish, now);
        let (mut frame, kind) = self.tape.pop_frame();
        // The codec may go beyond full scale by a little; nobody behind us has room for that.
        frame.iter_mut().for_each(|sample| *sample = sample.clamp(-1.0, 1.0));
        match kind {
            FrameKind::Normal => self.stats.played_frames += 1,
            FrameKind::Fec => self.stats.fec_frames += 1,
            FrameKind::Dred => self.stats.dred_frames += 1,
            FrameKind::Concealed => self.stats.concealed_frames += 1,
            FrameKind::ComfortNoise => self.stats.comfort_frames += 1,
            FrameKind::Silence => {}
        }
        (frame, kind)
    }

    /// Throws away what waits, for a call that comes back from hold. Counters and what is known of the network stay.
    pub fn clear(&mut self) {
        self.stream = Stream::default();
        self.slots.clear();
        self.tape.clear();
    }

    /// Counters, and the delay now.
    #[must_use]
    pub fn stats(&self) -> ReceiveStats {
        let delay = if self.started && self.stream.ssrc.is_some() { self.pace.delay().clamp(0, MOST_TOLD) } else { 0 };
        ReceiveStats {
            delay_ms: (delay / MS) as u32,
            target_ms: (self.estimate.last_target() / MS) as u32,
            loss: self.losses.picture(),
            bursts: self.losses.bursts((self.packet / MS) as u32),
            ..self.stats
        }
    }

    /// A hole of the very packet before is filled; all else of a copy is of no use.
    fn insert_copy(&mut self, packet: Received<'_>, samples: i64) {
        let number = self.stream.number(packet.seq);
        let known = self.stream.ssrc == Some(packet.ssrc) && self.stream.rate() == packet.codec.clock_rate();
        let wanted = number >= self.next_seq && number < self.next_seq + SLOTS && !self.stream.has_seen(number);
        self.mends = MENDS_FOR;
        if known && wanted && samples > 0 && self.slots.get(number).is_none() {
            self.stats.redundant += 1;
            let at = self.stream.place(packet.timestamp);
            self.slots.put(number, at, samples, packet.codec, packet.payload);
        }
    }

    fn begin(&mut self, packet: &Received<'_>, now: Now) {
        self.stream.begin(packet.ssrc, packet.seq, packet.timestamp, packet.codec.clock_rate(), now);
        self.slots.clear();
        self.decoders.reset();
        self.tape.drop_pending();
        self.estimate.restart();
        self.pace.restart();
        self.started = false;
        self.decode_at = 0;
        self.next_seq = self.stream.newest_seq;
        self.run = 0;
        self.dry = false;
        self.held = false;
        self.pause = false;
        self.pauses = false;
        self.joint = Joint::Late;
        self.stats.starts += 1;
    }

    /// Place of the next sample to play.
    fn position(&self) -> i64 {
        self.decode_at - self.tape.pending() as i64
    }

    /// Samples between the loudspeaker and the newest packet.
    fn waiting(&self) -> i64 {
        (self.stream.end - self.position()).max(0)
    }

    /// How much later than a lost packet the one comes that restores it, or most of a burst.
    fn repair_wait(&self, losses: &LossPicture) -> i64 {
        let next = if self.mends > 0 && losses.events > 0 { self.packet } else { 0 };
        if self.deep.frames_left == 0 || !losses.is_bursty() {
            return next;
        }
        let usual = i64::from(losses.longest).min((2.0 * losses.mean_burst()).ceil() as i64);
        next.max((usual * self.packet).min(self.deep.reach + self.packet))
    }

    fn follow_losses(&mut self, losses: &LossPicture) {
        self.deep.frames_left = self.deep.frames_left.saturating_sub(1);
        let percent = losses.percent();
        if percent > ENHANCE.0 {
            self.decoders.enhance(true);
        } else if percent < ENHANCE.1 {
            self.decoders.enhance(false);
        }
    }
}

const _: () = assert!(FRAME_MS as i64 * MS == FRAME);

#[cfg(test)]
mod tests;
