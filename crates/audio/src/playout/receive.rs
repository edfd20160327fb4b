//! Packets in, a frame every 10 ms out.
//!
//! The delay is fixed as long as the network keeps to it: sound is played `target` after its packet should have come.
//! A hole is filled from the redundancy of the packet behind it, else invented, and fades to silence after 120 ms. When the
//! buffer runs dry and the missing sound comes after all, it is played (the delay grows by as much as we waited) and the
//! target is raised a step; when more than the target waits for a second, 10 ms are left out, in a pause if there is one.
//! It does not stretch time and does not predict jitter.
//!
//! ```text
//!            first packet                 target waits
//!   Empty ─────────────────► Filling ─────────────────► Playing
//!     ▲                         ▲                          │
//!     └── SSRC change, jump ────┴──── late after silence ──┘
//! ```

use std::time::Duration;

use base::{FRAME_MS, FRAME_SAMPLES, Now, Ssrc};

use super::slots::{MAX_PAYLOAD_BYTES, SLOTS, Slots};
use super::stats::ReceiveStats;
use crate::codec::opus::{self, CodecError, Decoder, MAX_PACKET_SAMPLES};
use crate::{Frame, SILENT_FRAME, SampleFifo, level};

/// Where the sound of a frame comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// From its packet.
    Normal,
    /// From the redundancy in the next packet.
    Fec,
    /// Invented by the decoder.
    Concealed,
    /// There is nothing: no packet yet, or none for so long that concealment has faded out.
    Silence,
}

const MS: i64 = base::SAMPLE_RATE as i64 / 1000;
const FRAME: i64 = FRAME_SAMPLES as i64;
const FIRST_TARGET: i64 = 40 * MS;
const MOST_TARGET: i64 = 120 * MS;
const TARGET_STEP: i64 = 20 * MS;
/// Concealment is at full level up to here …
const FADE_FROM: i64 = 120 * MS;
/// … and is silence from here on.
const FADE_TO: i64 = 180 * MS;
/// A timestamp further off than this starts the stream anew.
const JUMP: i64 = 1000 * MS;
/// Waiting sound beyond target plus this after a stall is thrown away at once.
const CATCH_UP: i64 = 60 * MS;
/// Frames over which the least delay is observed.
const WINDOW_FRAMES: u32 = 100;
const CALM_AFTER: Duration = Duration::from_secs(30);
/// How long packets of the SSRC before are ignored as stragglers.
const STRAGGLERS: Duration = Duration::from_secs(1);
/// So many packets with ascending old numbers in a row mean that the sender started its count anew.
const RESTART_AFTER: u32 = 3;
/// Shortest sound that Opus can conceal: 2.5 ms.
const OPUS_STEP: i64 = 120;
/// Quieter than −50 dBFS is a pause.
const PAUSE_RMS: f32 = 0.003;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// No packet yet.
    Empty,
    /// The first packet is there; we wait until enough sound lies behind it.
    Filling { since: Now },
    /// One frame each 10 ms.
    Playing,
}

/// Reorders, delays, decodes and repairs one incoming Opus stream.
///
/// At most 64 packets wait. All memory (about 150 kB) is taken at construction.
pub struct ReceiveBuffer {
    state: State,
    decoder: Decoder,
    slots: Slots,
    /// Decoded and not yet played.
    pcm: SampleFifo,
    scratch: Box<[f32; MAX_PACKET_SAMPLES]>,
    /// What the samples at the end of `pcm` are.
    pcm_kind: FrameKind,
    stream: Stream,
    /// Timestamp of the next sample to decode.
    play_at: i64,
    /// The lowest sequence number that may still be played.
    next_seq: i64,
    /// Invented samples since the last real one.
    run: i64,
    /// Whether the run began because nothing was waiting (then the sound may still come), not because of a hole.
    ran_dry: bool,
    fade_in: bool,
    target: i64,
    last_underrun: Now,
    window: DelayWindow,
    stats: ReceiveStats,
}

/// Who sends, and where its numbers are.
#[derive(Default)]
struct Stream {
    ssrc: Option<Ssrc>,
    previous: Option<(Ssrc, Now)>,
    newest_seq: i64,
    newest_timestamp: i64,
    /// End of the newest packet.
    end: i64,
    /// Bit n: `newest_seq − n` was received.
    seen: u64,
    /// Old numbers in a row, and the last of them.
    old_run: (u32, u16),
}

/// The least that waited since the window began.
#[derive(Default)]
struct DelayWindow {
    frames: u32,
    least: Option<i64>,
    /// Frames since we want to leave something out.
    wanting: u32,
    /// Far too much waits: look again soon.
    hurry: bool,
}

impl ReceiveBuffer {
    /// An empty buffer.
    ///
    /// # Errors
    /// [`CodecError::Library`] when the decoder cannot be made.
    pub fn new() -> Result<Self, CodecError> {
        Ok(ReceiveBuffer {
            state: State::Empty,
            decoder: Decoder::new()?,
            slots: Slots::new(),
            pcm: SampleFifo::new(MAX_PACKET_SAMPLES + 2 * FRAME_SAMPLES),
            scratch: Box::new([0.0; MAX_PACKET_SAMPLES]),
            pcm_kind: FrameKind::Silence,
            stream: Stream::default(),
            play_at: 0,
            next_seq: 0,
            run: 0,
            ran_dry: false,
            fade_in: false,
            target: FIRST_TARGET,
            last_underrun: Now::ZERO,
            window: DelayWindow::default(),
            stats: ReceiveStats::default(),
        })
    }

    /// Takes a packet that arrived at `now`. Nothing is refused loudly: what cannot be used is counted.
    pub fn insert(&mut self, seq: u16, timestamp: u32, ssrc: Ssrc, payload: &[u8], now: Now) {
        let samples = match opus::packet_samples(payload) {
            Ok(samples) if payload.len() <= MAX_PAYLOAD_BYTES => samples as i64,
            _ => {
                self.stats.malformed += 1;
                return;
            }
        };
        if self.stream.ssrc != Some(ssrc) {
            if self.stream.previous.is_some_and(|(old, since)| old == ssrc && now.since(since) < STRAGGLERS) {
                self.stats.late += 1;
                return;
            }
            let previous = self.stream.ssrc.map(|old| (old, now));
            self.decoder.reset();
            self.stream = Stream { ssrc: Some(ssrc), previous, ..Stream::default() };
            self.begin(seq, timestamp, now);
        }
        let mut number = near_seq(self.stream.newest_seq, seq);
        if number >= self.next_seq + SLOTS || self.counts_anew(number, seq) {
            self.begin(seq, timestamp, now);
            number = near_seq(self.stream.newest_seq, seq);
        }
        if self.stream.has_seen(number) {
            self.stats.duplicates += 1;
            return;
        }
        if matches!(self.state, State::Filling { .. }) && self.run == 0 && (1..8).contains(&(self.next_seq - number)) {
            // The very first packet had overtaken this one.
            self.next_seq = number;
            self.play_at = near_timestamp(self.stream.newest_timestamp, timestamp);
        }
        if number < self.next_seq {
            self.stats.late += 1;
        } else {
            let at = near_timestamp(self.stream.newest_timestamp, timestamp);
            self.stats.received += 1;
            self.stats.reordered += u64::from(number < self.stream.newest_seq);
            self.stream.note(number, at, samples);
            self.slots.put(number, at, samples, payload);
        }
    }

    /// The next 10 ms to play and where they come from. Call once per 10 ms of the *device's* time. Does not allocate.
    pub fn next_frame(&mut self, now: Now) -> (Frame, FrameKind) {
        if let State::Filling { since } = self.state {
            let waits = self.stream.end - self.play_at >= self.target + FRAME;
            if waits || now.since(since) >= Duration::from_millis((self.target / MS) as u64) {
                self.state = State::Playing;
                self.catch_up();
            }
        }
        if self.state != State::Playing {
            return (SILENT_FRAME, FrameKind::Silence);
        }
        if self.target > FIRST_TARGET && now.since(self.last_underrun) > CALM_AFTER {
            self.target -= TARGET_STEP;
            self.last_underrun = now;
        }
        let shorten = self.wants_shortening();
        self.fill(FRAME_SAMPLES, now);
        let Some(mut frame) = self.pcm.pop_frame() else { return (SILENT_FRAME, FrameKind::Silence) };
        if shorten {
            self.leave_out(&mut frame, now);
        }
        if std::mem::take(&mut self.fade_in) {
            frame[..240].iter_mut().enumerate().for_each(|(n, sample)| *sample *= n as f32 / 240.0);
        }
        let kind = self.pcm_kind;
        match kind {
            FrameKind::Normal => self.stats.played_frames += 1,
            FrameKind::Fec => self.stats.fec_frames += 1,
            FrameKind::Concealed => self.stats.concealed_frames += 1,
            FrameKind::Silence => {}
        }
        (frame, kind)
    }

    /// Throws away what waits, for a call that comes back from hold. Counters and target stay.
    pub fn clear(&mut self) {
        self.state = State::Empty;
        self.stream.ssrc = None;
        self.stream.previous = None;
        self.slots.clear();
        self.pcm.clear();
    }

    /// Counters, and the delay now.
    #[must_use]
    pub fn stats(&self) -> ReceiveStats {
        let delay = if self.state == State::Empty { 0 } else { self.waiting().max(0) };
        ReceiveStats { delay_ms: (delay / MS) as u32, target_ms: (self.target / MS) as u32, ..self.stats }
    }

    fn begin(&mut self, seq: u16, timestamp: u32, now: Now) {
        let (seq, at) = (i64::from(seq) + (1 << 16), i64::from(timestamp) + (1 << 32));
        self.slots.clear();
        self.pcm.clear();
        self.stream.newest_seq = seq;
        self.stream.newest_timestamp = at;
        self.stream.end = at;
        self.stream.seen = 0;
        self.stream.old_run = (0, 0);
        self.play_at = at;
        self.next_seq = seq;
        self.run = 0;
        self.ran_dry = false;
        self.fade_in = true;
        self.window = DelayWindow::default();
        self.state = State::Filling { since: now };
        self.stats.starts += 1;
    }

    /// A sender that restarted with the same SSRC comes with numbers far behind, one after the other (RFC 3550 A.1).
    fn counts_anew(&mut self, number: i64, seq: u16) -> bool {
        if number > self.stream.newest_seq - SLOTS {
            self.stream.old_run = (0, 0);
            return false;
        }
        let (count, last) = self.stream.old_run;
        let count = if count > 0 && seq == last.wrapping_add(1) { count + 1 } else { 1 };
        self.stream.old_run = (count, seq);
        count >= RESTART_AFTER
    }

    /// Decodes until `wanted` samples wait.
    fn fill(&mut self, wanted: usize, now: Now) {
        while self.pcm.len() < wanted {
            self.decode_next(now);
        }
    }

    /// Appends some samples to `pcm`: the next packet's, or instead of it.
    fn decode_next(&mut self, now: Now) {
        let Some(seq) = self.slots.first_from(self.next_seq) else {
            if self.run == 0 {
                self.ran_dry = true;
            }
            return self.conceal(FRAME);
        };
        let slot = self.slots.get(seq).expect("first_from has just found it");
        let (timestamp, samples, fec) = (slot.timestamp, slot.samples, opus::has_fec(slot.payload()));
        let ahead = timestamp - self.play_at;
        if ahead > JUMP || ahead < -(JUMP + self.run) {
            self.stream.end = timestamp + samples;
            self.stats.starts += 1;
            return self.play(seq);
        }
        match ahead {
            OPUS_STEP.. if ahead == samples && fec => self.restore(seq, samples),
            OPUS_STEP.. => {
                // The hole is given up: a packet that comes now would only be torn in two.
                if !self.ran_dry {
                    self.next_seq = seq;
                }
                self.conceal((ahead - ahead % OPUS_STEP).min(FRAME));
            }
            0..OPUS_STEP => self.play(seq),
            _ if !self.ran_dry => {
                self.stats.late += 1;
                self.give_up(seq);
            }
            _ if self.run >= FADE_TO => {
                // The sender was quiet or the network was gone: collect anew, or the first jitter would tear a hole.
                self.state = State::Filling { since: now };
                self.append_silence(FRAME);
                self.play_at = timestamp;
            }
            _ => self.play_late(seq, now),
        }
    }

    fn play(&mut self, seq: i64) {
        let slot = self.slots.get(seq).expect("the caller has found it");
        let (timestamp, samples) = (slot.timestamp, slot.samples);
        let decoded = self.decoder.decode(slot.payload(), &mut self.scratch[..]);
        self.give_up(seq);
        self.play_at = timestamp;
        match decoded {
            Ok(count) => {
                self.fade_in |= self.run >= FADE_TO;
                self.append(count, FrameKind::Normal);
            }
            Err(_) => {
                self.stats.malformed += 1;
                self.conceal(samples.min(FRAME));
            }
        }
    }

    /// The sound before packet `seq`, out of that packet.
    fn restore(&mut self, seq: i64, samples: i64) {
        let slot = self.slots.get(seq).expect("the caller has found it");
        let restored = self.decoder.decode_fec(slot.payload(), &mut self.scratch[..samples as usize]);
        self.next_seq = seq;
        match restored {
            Ok(count) => self.append(count, FrameKind::Fec),
            Err(_) => self.conceal(FRAME.min(samples)),
        }
    }

    /// The buffer ran dry and here is the sound: play it now, with a longer delay from here on.
    fn play_late(&mut self, seq: i64, now: Now) {
        self.stats.underruns += 1;
        self.target = (self.target + TARGET_STEP).min(MOST_TARGET);
        self.last_underrun = now;
        let seq = self.catch_up().unwrap_or(seq);
        self.play(seq);
    }

    /// After a stall the network delivers all at once: keeps only what the target asks for. Returns the first packet kept.
    fn catch_up(&mut self) -> Option<i64> {
        let mut seq = self.slots.first_from(self.next_seq)?;
        while let Some(slot) = self.slots.get(seq) {
            self.play_at = slot.timestamp;
            if self.stream.end - slot.timestamp <= self.target + CATCH_UP {
                break;
            }
            let Some(after) = self.slots.first_from(seq + 1) else { break };
            self.stats.skipped += 1;
            self.give_up(seq);
            seq = after;
        }
        Some(seq)
    }

    fn give_up(&mut self, seq: i64) {
        self.slots.remove(seq);
        self.next_seq = seq + 1;
    }

    /// `samples` is a multiple of 2.5 ms, at most a frame.
    fn conceal(&mut self, samples: i64) {
        if self.run >= FADE_TO {
            return self.append_silence(samples);
        }
        let piece = &mut self.scratch[..samples as usize];
        if self.decoder.conceal(piece).is_err() {
            piece.fill(0.0);
        }
        for (n, sample) in piece.iter_mut().enumerate() {
            let past = (self.run + n as i64 - FADE_FROM).max(0) as f32;
            *sample *= (1.0 - past / (FADE_TO - FADE_FROM) as f32).max(0.0);
        }
        let run = self.run + samples;
        self.append(samples as usize, FrameKind::Concealed);
        self.run = run;
    }

    fn append_silence(&mut self, samples: i64) {
        self.scratch[..samples as usize].fill(0.0);
        let run = self.run + samples;
        self.append(samples as usize, FrameKind::Silence);
        self.run = run;
    }

    fn append(&mut self, count: usize, kind: FrameKind) {
        self.pcm.push(&self.scratch[..count]);
        self.pcm_kind = kind;
        self.play_at += count as i64;
        self.run = 0;
        if matches!(kind, FrameKind::Normal | FrameKind::Fec) {
            self.ran_dry = false;
        }
    }

    /// Samples between the loudspeaker and the newest packet.
    fn waiting(&self) -> i64 {
        self.stream.end - self.play_at + self.pcm.len() as i64
    }

    fn wants_shortening(&mut self) -> bool {
        let waiting = self.waiting();
        let window = &mut self.window;
        window.least = Some(window.least.map_or(waiting, |least| least.min(waiting)));
        window.frames += 1;
        if window.frames >= WINDOW_FRAMES {
            let excess = window.least.take().unwrap_or(0) - self.target;
            window.frames = 0;
            window.hurry = excess > CATCH_UP;
            window.wanting = match excess {
                e if e > CATCH_UP => WINDOW_FRAMES,
                e if e >= TARGET_STEP => window.wanting.max(1),
                _ => 0,
            };
        }
        if window.wanting > 0 {
            window.wanting += 1;
        }
        window.wanting > 0
    }

    /// Joins `frame` to the one after the next, if this is a pause or we have waited for one long enough.
    fn leave_out(&mut self, frame: &mut Frame, now: Now) {
        let pause = level::rms(frame) < PAUSE_RMS;
        let patient = self.window.wanting < WINDOW_FRAMES;
        if self.run > 0 || (patient && !pause) || self.slots.first_from(self.next_seq).is_none() {
            return;
        }
        self.fill(FRAME_SAMPLES, now);
        let Some(next) = self.pcm.pop_frame() else { return };
        for (n, (sample, after)) in frame.iter_mut().zip(&next).enumerate() {
            let weight = n as f32 / FRAME_SAMPLES as f32;
            *sample = *sample * (1.0 - weight) + after * weight;
        }
        self.stats.shortened_frames += 1;
        let frames = if self.window.hurry { WINDOW_FRAMES - 10 } else { 0 };
        self.window = DelayWindow { frames, ..DelayWindow::default() };
    }
}

impl Stream {
    fn has_seen(&self, number: i64) -> bool {
        let back = self.newest_seq - number;
        (0..64).contains(&back) && self.seen & (1 << back) != 0
    }

    fn note(&mut self, number: i64, timestamp: i64, samples: i64) {
        let forward = number - self.newest_seq;
        match forward {
            1.. => {
                self.seen = if forward < 64 { self.seen << forward | 1 } else { 1 };
                self.newest_seq = number;
                self.newest_timestamp = timestamp;
            }
            0 => self.seen |= 1,
            -63..0 => self.seen |= 1 << -forward,
            _ => {}
        }
        self.end = self.end.max(timestamp + samples);
    }
}

/// The extended number closest to `reference` that ends in `seq`.
fn near_seq(reference: i64, seq: u16) -> i64 {
    reference + i64::from(seq.wrapping_sub(reference as u16) as i16)
}

/// The extended timestamp closest to `reference` that ends in `timestamp`.
fn near_timestamp(reference: i64, timestamp: u32) -> i64 {
    reference + i64::from(timestamp.wrapping_sub(reference as u32) as i32)
}

const _: () = assert!(FRAME_MS as i64 * MS == FRAME);

#[cfg(test)]
#[path = "receive_tests.rs"]
mod tests;
