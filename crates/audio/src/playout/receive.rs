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

mod decode;
mod stream;
mod window;

use std::time::Duration;

use base::{FRAME_MS, FRAME_SAMPLES, Now, Ssrc};

use self::stream::{Stream, near_seq, near_timestamp};
use self::window::DelayWindow;
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
/// Waiting sound beyond target plus this after a stall is thrown away at once.
const CATCH_UP: i64 = 60 * MS;
/// Quieter than −50 dBFS is a pause.
const PAUSE_RMS: f32 = 0.003;
const CALM_AFTER: Duration = Duration::from_secs(30);
/// How long packets of the SSRC before are ignored as stragglers.
const STRAGGLERS: Duration = Duration::from_secs(1);

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
        if number >= self.next_seq + SLOTS || self.stream.counts_anew(number, seq) {
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
        let shorten = self.window.wants_shortening(self.waiting(), self.target);
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

    /// Samples between the loudspeaker and the newest packet.
    fn waiting(&self) -> i64 {
        self.stream.end - self.play_at + self.pcm.len() as i64
    }

    /// Joins `frame` to the one after the next, if this is a pause or we have waited for one long enough.
    fn leave_out(&mut self, frame: &mut Frame, now: Now) {
        let pause = level::rms(frame) < PAUSE_RMS;
        if self.run > 0 || !(pause || self.window.is_impatient()) || self.slots.first_from(self.next_seq).is_none() {
            return;
        }
        self.fill(FRAME_SAMPLES, now);
        let Some(next) = self.pcm.pop_frame() else { return };
        for (n, (sample, after)) in frame.iter_mut().zip(&next).enumerate() {
            let weight = n as f32 / FRAME_SAMPLES as f32;
            *sample = *sample * (1.0 - weight) + after * weight;
        }
        self.stats.shortened_frames += 1;
        self.window.shortened();
    }
}

const _: () = assert!(FRAME_MS as i64 * MS == FRAME);

#[cfg(test)]
mod tests;
