//! Decoded sound: what was played last and what comes next, in one piece.

use super::receive::FrameKind;
use crate::codec::opus::MAX_PACKET_SAMPLES;
use crate::{Frame, SILENT_FRAME};

/// Played samples that stay at hand: two of the longest pitch periods and what is compared, 50 ms.
pub(super) const HISTORY: usize = 2400;
/// Room for what waits: a packet of any length behind what a stretch needs, twice.
const ROOM: usize = HISTORY + 2 * MAX_PACKET_SAMPLES + 4800;
/// Pieces of one kind that wait at most; more are counted to the last.
const MOST_PIECES: usize = 64;

/// A strip of samples with a play head. Its memory is taken once.
pub(super) struct Tape {
    samples: Box<[f32]>,
    head: usize,
    end: usize,
    pieces: Pieces,
}

impl Tape {
    /// Silence behind the head, nothing before it.
    pub(super) fn new() -> Self {
        let samples = vec![0.0; ROOM].into_boxed_slice();
        Tape { samples, head: HISTORY, end: HISTORY, pieces: Pieces::default() }
    }

    /// Appends; what finds no room is left out (it cannot happen while less than 100 ms wait).
    pub(super) fn push(&mut self, samples: &[f32], kind: FrameKind) {
        if self.end + samples.len() > self.samples.len() {
            self.samples.copy_within(self.head - HISTORY..self.end, 0);
            self.end -= self.head - HISTORY;
            self.head = HISTORY;
        }
        let count = samples.len().min(self.samples.len() - self.end);
        self.samples[self.end..self.end + count].copy_from_slice(&samples[..count]);
        self.end += count;
        self.pieces.push(count, kind);
    }

    /// Takes 10 ms and says what most of it is; silence in place of what is missing.
    pub(super) fn pop_frame(&mut self) -> (Frame, FrameKind) {
        let mut frame = SILENT_FRAME;
        let count = frame.len().min(self.pending());
        frame[..count].copy_from_slice(&self.samples[self.head..self.head + count]);
        self.head += count;
        (frame, self.pieces.pop(count))
    }

    /// Forgets what waits.
    pub(super) fn drop_pending(&mut self) {
        self.end = self.head;
        self.pieces.clear();
    }

    /// Silence again.
    pub(super) fn clear(&mut self) {
        self.samples.fill(0.0);
        (self.head, self.end) = (HISTORY, HISTORY);
        self.pieces.clear();
    }

    /// Plays the last `period` samples once more before what waits, cross-faded: the sound becomes longer.
    /// `period` is at most [`HISTORY`].
    pub(super) fn repeat(&mut self, period: usize) {
        if self.end + period > self.samples.len() {
            self.samples.copy_within(self.head - HISTORY..self.end, 0);
            self.end -= self.head - HISTORY;
            self.head = HISTORY;
        }
        let overlap = period.min(self.pending());
        self.samples.copy_within(self.head..self.end, self.head + period);
        for n in 0..period {
            let again = self.samples[self.head + n - period];
            self.samples[self.head + n] = if n < overlap {
                let weight = fade(n, overlap);
                self.samples[self.head + n + period] * (1.0 - weight) + again * weight
            } else {
                again
            };
        }
        self.end += period;
        self.pieces.lengthen(period);
    }

    /// Joins what comes now to what comes `period` samples later, cross-faded: the sound becomes shorter.
    pub(super) fn leave_out(&mut self, period: usize) {
        let Some(rest) = self.pending().checked_sub(period) else { return };
        let overlap = period.min(rest);
        for n in 0..overlap {
            let weight = fade(n, overlap);
            let (now, later) = (self.samples[self.head + n], self.samples[self.head + n + period]);
            self.samples[self.head + n] = now * (1.0 - weight) + later * weight;
        }
        self.samples.copy_within(self.head + period + overlap..self.end, self.head + overlap);
        self.end -= period;
        self.pieces.pop(period);
    }

    /// Samples that wait.
    pub(super) fn pending(&self) -> usize {
        self.end - self.head
    }

    /// What was played and what waits, and where between them the head is (at least [`HISTORY`]).
    pub(super) fn around(&self) -> (&[f32], usize) {
        (&self.samples[..self.end], self.head)
    }

    /// The last samples on the tape, played or not; `count` is at most [`HISTORY`].
    pub(super) fn tail(&self, count: usize) -> &[f32] {
        &self.samples[self.end - count..self.end]
    }
}

/// Weight of the new sound at sample `n` of `count`.
pub(super) fn fade(n: usize, count: usize) -> f32 {
    (n as f32 + 0.5) / count as f32
}

/// Which part of what waits is of which kind.
struct Pieces {
    ring: [(usize, FrameKind); MOST_PIECES],
    first: usize,
    count: usize,
}

impl Default for Pieces {
    fn default() -> Self {
        Pieces { ring: [(0, FrameKind::Silence); MOST_PIECES], first: 0, count: 0 }
    }
}

impl Pieces {
    fn push(&mut self, samples: usize, kind: FrameKind) {
        let last = (self.first + self.count + MOST_PIECES - 1) % MOST_PIECES;
        if self.count > 0 && (self.ring[last].1 == kind || self.count == MOST_PIECES) {
            self.ring[last].0 += samples;
        } else {
            self.ring[(last + 1) % MOST_PIECES] = (samples, kind);
            self.count += 1;
        }
    }

    /// Takes so many samples away and says what most of them were.
    fn pop(&mut self, mut samples: usize) -> FrameKind {
        let mut most = (0, FrameKind::Silence);
        while samples > 0 && self.count > 0 {
            let piece = &mut self.ring[self.first];
            let taken = piece.0.min(samples);
            piece.0 -= taken;
            samples -= taken;
            if taken > most.0 {
                most = (taken, piece.1);
            }
            if piece.0 == 0 {
                self.first = (self.first + 1) % MOST_PIECES;
                self.count -= 1;
            }
        }
        most.1
    }

    fn lengthen(&mut self, samples: usize) {
        if self.count > 0 {
            self.ring[self.first].0 += samples;
        } else {
            self.push(samples, FrameKind::Normal);
        }
    }

    fn clear(&mut self) {
        self.count = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(period: usize, count: usize) -> Vec<f32> {
        (0..count).map(|n| (n as f32 / period as f32 * std::f32::consts::TAU).sin()).collect()
    }

    /// The steepest step between two samples next to each other.
    fn steepest(samples: &[f32]) -> f32 {
        samples.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
    }

    #[test]
    fn a_period_more_or_less_leaves_a_tone_as_it_is() {
        let mut tape = Tape::new();
        tape.push(&sine(200, 2400), FrameKind::Normal);
        let mut heard = Vec::new();
        heard.extend_from_slice(&tape.pop_frame().0);
        tape.repeat(200);
        assert_eq!(tape.pending(), 2120);
        heard.extend_from_slice(&tape.pop_frame().0);
        tape.leave_out(400);
        assert_eq!(tape.pending(), 1240);
        heard.extend_from_slice(&tape.pop_frame().0);
        heard.extend_from_slice(&tape.pop_frame().0);
        let error = heard.iter().zip(sine(200, heard.len())).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(error < 1e-4, "{error}");
    }

    #[test]
    fn any_other_length_does_not_click() {
        let mut tape = Tape::new();
        tape.push(&sine(200, 2400), FrameKind::Normal);
        let mut heard = tape.pop_frame().0.to_vec();
        tape.repeat(333);
        tape.leave_out(177);
        (0..3).for_each(|_| heard.extend_from_slice(&tape.pop_frame().0));
        assert!(steepest(&heard) < 0.045, "{}", steepest(&heard));
    }

    #[test]
    fn a_frame_is_what_most_of_it_is() {
        let mut tape = Tape::new();
        tape.push(&[0.0; 300], FrameKind::Normal);
        tape.push(&[0.0; 400], FrameKind::Fec);
        assert_eq!(tape.pop_frame().1, FrameKind::Normal);
        assert_eq!(tape.pop_frame().1, FrameKind::Fec);
        assert_eq!(tape.pop_frame().1, FrameKind::Silence);
    }
}
