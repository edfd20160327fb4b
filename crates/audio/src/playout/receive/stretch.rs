//! Longer and shorter by whole pitch periods.

use base::{FRAME_SAMPLES, Now};

use super::{FRAME, MS, ReceiveBuffer};
use crate::codec::opus::MAX_PACKET_SAMPLES;
use crate::level;
use crate::playout::pace::Wish;
use crate::playout::pitch::{self, LONGEST, Match, SHORTEST, WINDOW};
use crate::playout::tape::HISTORY;

/// Two pieces must be so alike that one in place of both is not heard.
const ALIKE: f32 = 0.9;
/// When the buffer is about to run dry, less has to do.
const ALIKE_IN_A_HURRY: f32 = 0.7;
/// Quieter than −50 dBFS is a pause, whatever it sounds like …
const PAUSE_RMS: f32 = 0.003;
/// … and so is what is hardly louder than the background, as long as that is below −34 dBFS.
const ABOVE_FLOOR: f32 = 1.8;
const LOUDEST_FLOOR: f32 = 0.02;
/// The background is believed to become louder by this factor for each frame.
const FLOOR_RISE: f32 = 1.01;
/// Running dry, one period is repeated if the delay is not longer than the target by more than this.
const HOLD_BEYOND: i64 = 20 * MS;
/// … unless so many per cent are lost: then it is probably lost, and not late.
const LOSSY: f32 = 1.0;

/// With so much decoded there is no need to hurry, whatever the numbers of a strange sender say; the tape has room for it.
const MOST_LENGTHENED: usize = 2 * MAX_PACKET_SAMPLES;

impl ReceiveBuffer {
    /// Makes what waits longer or shorter by a period, where it is not heard.
    pub(super) fn stretch(&mut self, wish: Wish, now: Now) {
        match wish {
            Wish::Keep | Wish::Cut => {}
            Wish::Slower => self.lengthen(ALIKE),
            Wish::SlowerNow => self.lengthen(ALIKE_IN_A_HURRY),
            Wish::Faster => self.shorten(now),
        }
        let (around, head) = self.tape.around();
        let loudness = level::rms(&around[head..head + FRAME_SAMPLES.min(around.len() - head)]);
        self.floor = if loudness > 0.0 { loudness.min(self.floor * FLOOR_RISE).max(1e-5) } else { self.floor };
    }

    fn lengthen(&mut self, alike: f32) {
        if self.run > 0 || !(WINDOW..MOST_LENGTHENED).contains(&self.tape.pending()) {
            return;
        }
        let (around, head) = self.tape.around();
        let found = pitch::backward(around, head);
        let quiet = self.is_quiet(&around[head - WINDOW..head + WINDOW]);
        let missing = self.estimate.last_target() - self.pace.delay();
        if let Some(period) = usable(found, alike, quiet, missing) {
            self.tape.repeat(period);
            self.note_longer(period);
        }
    }

    fn shorten(&mut self, now: Now) {
        if self.run > 0 {
            return;
        }
        self.fill_from_packets(FRAME_SAMPLES + LONGEST, now);
        let (around, head) = self.tape.around();
        let Some(longest) = self.tape.pending().checked_sub(WINDOW.max(FRAME_SAMPLES)) else { return };
        if longest < SHORTEST {
            return;
        }
        let found = pitch::forward(around, head, longest);
        let quiet = self.is_quiet(&around[head..head + WINDOW]);
        let excess = self.pace.delay() - self.estimate.last_target();
        if let Some(period) = usable(found, ALIKE, quiet, excess) {
            let period = period.min(longest);
            self.tape.leave_out(period);
            self.pace.stretched(-(period as i64));
            self.stats.accelerated_samples += period as u64;
            self.stats.stretches += 1;
        }
    }

    /// Nothing waits: plays the last period once more, so that what comes next still follows from it. The decoder does not
    /// notice. Once for each dry spell, and only while a longer delay is welcome.
    pub(super) fn hold(&mut self, wish: Wish) -> bool {
        let welcome = matches!(wish, Wish::Slower | Wish::SlowerNow)
            || (self.losses.picture().percent() < LOSSY
                && self.pace.delay() < self.estimate.last_target() + HOLD_BEYOND);
        if self.held || !welcome || self.tape.pending() as i64 >= FRAME {
            return false;
        }
        self.held = true;
        let tail = self.tape.tail(HISTORY);
        let found = pitch::backward(tail, HISTORY - WINDOW);
        let quiet = self.is_quiet(&tail[HISTORY - WINDOW..]);
        let Some(period) = usable(found, ALIKE_IN_A_HURRY, quiet, FRAME) else { return false };
        // As often as a frame needs, in one go: the periods stay in step.
        let missing = FRAME_SAMPLES - self.tape.pending();
        for _ in 0..missing.div_ceil(period) {
            self.tape.repeat(period);
            self.note_longer(period);
        }
        true
    }

    fn note_longer(&mut self, period: usize) {
        self.pace.stretched(period as i64);
        self.stats.slowed_samples += period as u64;
        self.stats.stretches += 1;
    }

    /// Whether this is a pause: nobody speaks.
    pub(super) fn is_quiet(&self, samples: &[f32]) -> bool {
        let loudness = level::rms(samples);
        loudness < PAUSE_RMS || (loudness < LOUDEST_FLOOR && loudness < self.floor * ABOVE_FLOOR)
    }
}

/// The period to leave out or repeat, if that is not heard; what is quiet has no period and can give or take what is `wanted`.
fn usable(found: Match, alike: f32, quiet: bool, wanted: i64) -> Option<usize> {
    if quiet {
        return Some(wanted.clamp(SHORTEST as i64, LONGEST as i64) as usize);
    }
    (found.likeness > alike).then_some(found.shift)
}
