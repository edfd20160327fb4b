//! What to play next: a packet, what a later one remembers of it, an invention, or silence.

use base::Now;

use super::{DEEP_FOR, FRAME, FrameKind, Joint, MOST_BEHIND, MS, ReceiveBuffer};
use crate::playout::decoders::Decoders;
use crate::playout::join::Continuation;
use crate::playout::pace::Wish;
use crate::playout::tape::HISTORY;

/// Concealment is at full level up to here …
const FADE_FROM: i64 = 200 * MS;
/// … and is silence from here on.
const FADE_TO: i64 = 300 * MS;
/// Shortest sound that Opus can conceal, 2.5 ms; a hole shorter than that is none.
const STEP: i64 = 120;

impl ReceiveBuffer {
    /// Decodes until `wanted` samples wait.
    pub(super) fn fill(&mut self, wanted: usize, wish: Wish, now: Now) {
        while self.tape.pending() < wanted {
            self.decode_next(wish, now);
        }
    }

    /// Decodes packets that follow directly until `wanted` samples wait; invents nothing.
    pub(super) fn fill_from_packets(&mut self, wanted: usize, now: Now) {
        while self.tape.pending() < wanted {
            match self.slots.get(self.next_seq) {
                Some(slot) if (slot.at - self.decode_at).abs() < STEP => self.play(self.next_seq, now),
                _ => return,
            }
        }
    }

    /// Puts some samples on the tape: the next packet's, or instead of it.
    fn decode_next(&mut self, wish: Wish, now: Now) {
        let Some(seq) = self.slots.first_from(self.next_seq) else { return self.wait(wish) };
        let slot = self.slots.get(seq).expect("first_from has just found it");
        let ahead = slot.at - self.decode_at;
        if ahead.abs() < STEP {
            self.play(seq, now);
        } else if ahead < 0 {
            self.play_late(seq, now);
        } else if seq == self.next_seq {
            self.play_pause(ahead, wish);
        } else {
            self.repair(seq, ahead, now);
        }
    }

    /// Nothing is there: it is late, lost, or was never sent.
    fn wait(&mut self, wish: Wish) {
        if self.pause {
            return self.comfort(FRAME);
        }
        if self.run == 0 && self.hold(wish) {
            return;
        }
        if self.run == 0 {
            self.dry = true;
        }
        self.conceal(FRAME);
    }

    /// The sender was silent for `ahead` samples, by its own count.
    fn play_pause(&mut self, ahead: i64, wish: Wish) {
        let excess = (self.pace.delay() - self.estimate.last_target()).min(ahead);
        if wish == Wish::Faster && excess >= STEP {
            // Nothing is shortened more easily than nothing.
            self.decode_at += excess;
            self.pace.stretched(-excess);
            self.stats.accelerated_samples += excess as u64;
            return;
        }
        let piece = (ahead - ahead % STEP).min(FRAME);
        if self.pause { self.comfort(piece) } else { self.conceal(piece) }
    }

    pub(super) fn play(&mut self, seq: i64, now: Now) {
        let slot = self.slots.get(seq).expect("the caller has found it");
        let (at, samples, codec) = (slot.at, slot.samples, slot.codec);
        let begins_pause = Decoders::begins_pause(codec, slot.payload());
        if self.decoders.change(codec) && self.joint == Joint::Seamless {
            self.joint = Joint::Over;
        }
        let decoded = self.decoders.decode(codec, slot.payload(), &mut self.scratch[..]);
        let quiet = self.pauses && decoded.is_ok_and(|count| self.is_quiet(&self.scratch[..count]));
        self.slots.remove(seq);
        self.advance(seq + 1, now);
        // A timestamp out of nowhere must not make more wait than may.
        self.decode_at = at.max(self.stream.end - MOST_BEHIND + self.tape.pending() as i64);
        match decoded {
            Ok(count) => {
                if self.run >= FADE_TO && self.joint == Joint::Seamless {
                    self.joint = Joint::Over;
                }
                self.append(0, count, FrameKind::Normal);
            }
            Err(_) => {
                self.stats.malformed += 1;
                self.conceal(samples.clamp(STEP, FRAME));
            }
        }
        self.pause = begins_pause || quiet;
    }

    /// The buffer ran dry and here is the sound: play it now, with a longer delay from here on.
    fn play_late(&mut self, seq: i64, now: Now) {
        let slot = self.slots.get(seq).expect("the caller has found it");
        self.stats.underruns += 1;
        self.pace.moved(self.decode_at - slot.at);
        self.joint = Joint::Late;
        self.play(seq, now);
    }

    /// Packets before `seq` are missing; it begins `ahead` samples from here.
    fn repair(&mut self, seq: i64, ahead: i64, now: Now) {
        let slot = self.slots.get(seq).expect("the caller has found it");
        let samples = slot.samples.max(FRAME);
        let restores = Decoders::restores(slot.codec, slot.payload());
        // The packet whose time this is is given up: coming now, it would only be torn in two.
        self.advance((seq - (ahead + samples - 1) / samples + 1).clamp(self.next_seq, seq), now);
        if restores && ahead < samples + STEP {
            return self.restore(seq, ahead.min(samples), samples, now);
        }
        let slot = self.slots.get(seq).expect("what is given up comes before it");
        let reach = self.decoders.reach(seq, slot.codec, slot.payload());
        if reach > 0 {
            self.deep.reach = if self.deep.frames_left == 0 { reach } else { reach.max(self.deep.reach) };
            self.deep.frames_left = DEEP_FOR;
        }
        // What neither reaches is invented, up to where the first of them does.
        let remembered = reach.max(if restores { samples } else { 0 });
        if reach > 0 && ahead < reach + STEP {
            let piece = if restores { ahead - samples } else { ahead }.clamp(STEP, FRAME);
            return self.restore_deep(ahead, piece - piece % STEP);
        }
        let piece = if remembered > 0 { ahead - remembered } else { ahead }.clamp(STEP, FRAME);
        self.conceal(piece - piece % STEP);
    }

    /// The last `ahead` samples before packet `seq`, out of that packet, which knows `samples` of them.
    fn restore(&mut self, seq: i64, ahead: i64, samples: i64, now: Now) {
        let slot = self.slots.get(seq).expect("the caller has found it");
        let restored = self.decoders.restore(slot.payload(), &mut self.scratch[..samples as usize]);
        self.advance(seq, now);
        let Ok(count) = restored else { return self.conceal((ahead - ahead % STEP).min(FRAME)) };
        let skip = (count as i64 - ahead).max(0);
        if skip > 0 && self.dry && self.pace.delay() + skip <= self.estimate.last_target() {
            // We ran dry, and want a longer delay anyway: all of it is played, late.
            self.pace.moved(skip);
            self.decode_at -= skip;
            self.joint = Joint::Late;
            return self.append(0, count, FrameKind::Fec);
        }
        if skip > 0 {
            self.joint = Joint::Over;
        }
        self.append(skip as usize, count, FrameKind::Fec);
    }

    /// `samples` that begin `before` samples before a packet with deep redundancy, which was asked just now.
    fn restore_deep(&mut self, before: i64, samples: i64) {
        match self.decoders.restore_deep(before, &mut self.scratch[..samples as usize]) {
            Ok(count) => self.append(0, count, FrameKind::Dred),
            Err(_) => self.conceal(samples),
        }
    }

    /// After a stall: keeps only what the target asks for.
    pub(super) fn cut(&mut self, target: i64, now: Now) {
        let excess = self.pace.delay().min(self.waiting()) - target;
        let mut goal = self.position() + excess.max(0);
        if self.stream.end - goal > MOST_BEHIND {
            goal = self.stream.end - target;
        }
        while let Some(seq) = self.slots.first_from(self.next_seq) {
            let slot = self.slots.get(seq).expect("first_from has just found it");
            if slot.end() > goal || seq == self.stream.newest_seq {
                goal = slot.at;
                break;
            }
            self.stats.skipped += 1;
            self.slots.remove(seq);
            self.advance(seq + 1, now);
        }
        self.tape.drop_pending();
        self.decode_at = goal;
        self.joint = Joint::Late;
        self.pace.restart();
    }

    /// The numbers before `to` have had their time.
    fn advance(&mut self, to: i64, now: Now) {
        for number in self.next_seq..to {
            self.losses.note(self.stream.has_seen(number), now);
        }
        self.next_seq = self.next_seq.max(to);
    }

    /// `samples` is a multiple of 2.5 ms, at most a frame.
    pub(super) fn conceal(&mut self, samples: i64) {
        if self.run >= FADE_TO {
            return self.append_invented(samples, FrameKind::Silence);
        }
        let piece = &mut self.scratch[..samples as usize];
        if !self.decoders.conceal(piece) {
            repeat_tail(self.tape.tail(HISTORY), self.run, piece);
            self.joint = Joint::Over;
        }
        for (n, sample) in piece.iter_mut().enumerate() {
            let past = (self.run + n as i64 - FADE_FROM).max(0) as f32;
            *sample *= (1.0 - past / (FADE_TO - FADE_FROM) as f32).max(0.0);
        }
        self.stats.concealment_events += u64::from(self.run == 0);
        self.append_invented(samples, FrameKind::Concealed);
    }

    /// The background while the sender is silent.
    fn comfort(&mut self, samples: i64) {
        let piece = &mut self.scratch[..samples as usize];
        if !self.decoders.comfort(piece) {
            piece.fill(0.0);
        }
        self.append(0, samples as usize, FrameKind::ComfortNoise);
    }

    fn append_invented(&mut self, samples: i64, kind: FrameKind) {
        if kind == FrameKind::Silence {
            self.scratch[..samples as usize].fill(0.0);
        }
        let (run, joint) = (self.run + samples, std::mem::take(&mut self.joint));
        self.append(0, samples as usize, kind);
        (self.run, self.joint) = (run, joint);
    }

    /// Puts `scratch[from..to]` on the tape.
    fn append(&mut self, from: usize, to: usize, kind: FrameKind) {
        if from == to {
            return;
        }
        match std::mem::take(&mut self.joint) {
            Joint::Seamless => {}
            Joint::Over => Continuation::new(self.tape.tail(HISTORY)).over(&mut self.scratch[from..to]),
            Joint::Late => {
                let continuation = Continuation::new(self.tape.tail(HISTORY));
                let lead = continuation.lead_in(&mut self.scratch[from..to]);
                self.tape.push(lead, kind);
                self.pace.moved(lead.len() as i64);
            }
        }
        self.tape.push(&self.scratch[from..to], kind);
        self.decode_at += (to - from) as i64;
        self.run = 0;
        if matches!(kind, FrameKind::Normal | FrameKind::Fec | FrameKind::Dred) {
            self.dry = false;
            self.held = false;
        }
    }
}

/// Waveform concealment for codecs that have none of their own, after ITU-T G.711 appendix I: the last pitch period again and again,
/// from the second frame on quieter by a fifth each.
fn repeat_tail(tail: &[f32], run: i64, out: &mut [f32]) {
    let continuation = Continuation::new(tail);
    let (count, falls) = (FRAME as f32, if run >= FRAME { 0.2 } else { 0.0 });
    for (n, (sample, again)) in out.iter_mut().zip(continuation.samples()).enumerate() {
        *sample = again * (1.0 - falls * n as f32 / count);
    }
}
