//! What to play next: a packet, what its successor remembers of it, an invention, or silence.

use base::Now;

use super::{CATCH_UP, FRAME, FrameKind, MOST_TARGET, MS, ReceiveBuffer, State, TARGET_STEP};
use crate::codec::opus;

/// Concealment is at full level up to here …
const FADE_FROM: i64 = 120 * MS;
/// … and is silence from here on.
const FADE_TO: i64 = 180 * MS;
/// A timestamp further off than this starts the stream anew.
const JUMP: i64 = 1000 * MS;
/// Shortest sound that Opus can conceal: 2.5 ms.
const OPUS_STEP: i64 = 120;

impl ReceiveBuffer {
    /// Decodes until `wanted` samples wait.
    pub(super) fn fill(&mut self, wanted: usize, now: Now) {
        while self.pcm.len() < wanted {
            self.decode_next(now);
        }
    }

    /// Appends some samples to `pcm`: the next packet's, or instead of it.
    pub(super) fn decode_next(&mut self, now: Now) {
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

    pub(super) fn play(&mut self, seq: i64) {
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
    pub(super) fn restore(&mut self, seq: i64, samples: i64) {
        let slot = self.slots.get(seq).expect("the caller has found it");
        let restored = self.decoder.decode_fec(slot.payload(), &mut self.scratch[..samples as usize]);
        self.next_seq = seq;
        match restored {
            Ok(count) => self.append(count, FrameKind::Fec),
            Err(_) => self.conceal(FRAME.min(samples)),
        }
    }

    /// The buffer ran dry and here is the sound: play it now, with a longer delay from here on.
    pub(super) fn play_late(&mut self, seq: i64, now: Now) {
        self.stats.underruns += 1;
        self.target = (self.target + TARGET_STEP).min(MOST_TARGET);
        self.last_underrun = now;
        let seq = self.catch_up().unwrap_or(seq);
        self.play(seq);
    }

    /// After a stall the network delivers all at once: keeps only what the target asks for. Returns the first packet kept.
    pub(super) fn catch_up(&mut self) -> Option<i64> {
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

    pub(super) fn give_up(&mut self, seq: i64) {
        self.slots.remove(seq);
        self.next_seq = seq + 1;
    }

    /// `samples` is a multiple of 2.5 ms, at most a frame.
    pub(super) fn conceal(&mut self, samples: i64) {
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

    pub(super) fn append_silence(&mut self, samples: i64) {
        self.scratch[..samples as usize].fill(0.0);
        let run = self.run + samples;
        self.append(samples as usize, FrameKind::Silence);
        self.run = run;
    }

    pub(super) fn append(&mut self, count: usize, kind: FrameKind) {
        self.pcm.push(&self.scratch[..count]);
        self.pcm_kind = kind;
        self.play_at += count as i64;
        self.run = 0;
        if matches!(kind, FrameKind::Normal | FrameKind::Fec) {
            self.ran_dry = false;
        }
    }
}
