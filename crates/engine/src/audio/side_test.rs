//! A sound on one side of a speaker, for its test.

use audio_io::Output;
use base::Now;
use phone::Side;
use rtrb::Producer;

use super::command::OpenFailure;
use super::mic::Lost;
use super::openers::{self, Openers};
use super::pace::Watchdog;

/// A soft tone; both sides together sound a third higher, so that they differ for every ear.
const HZ: f32 = 523.25;
const BOTH_HZ: f32 = 659.25;
const AMPLITUDE: f32 = 0.2;
const SOUND_MS: u32 = 900;
/// Rise and fall of the tone.
const EDGE_MS: u32 = 40;
/// Kept in the ring of the device.
const AHEAD_MS: u32 = 30;

/// The speaker under test, with left and right of its own.
#[derive(Default)]
pub(super) struct SideTest {
    attempt: u64,
    open: Option<Open>,
    next: Option<Side>,
    wanted: bool,
}

struct Open {
    output: Output,
    ring: Producer<f32>,
    watchdog: Watchdog,
    tone: Option<(Side, u32)>,
}

impl SideTest {
    /// Sounds on this side; opens the device first if it is not open.
    pub(super) fn sound(&mut self, device: Option<String>, side: Side, openers: &Openers) {
        self.next = Some(side);
        if !std::mem::replace(&mut self.wanted, true) {
            self.attempt += 1;
            openers.sides(self.attempt, device);
        }
    }

    /// Closes the device.
    pub(super) fn end(&mut self) {
        self.wanted = false;
        self.next = None;
        self.attempt += 1;
        if let Some(open) = self.open.take() {
            openers::close((open.output, open.ring));
        }
    }

    /// As for the microphone.
    pub(super) fn opened(
        &mut self,
        attempt: u64,
        outcome: Result<openers::Device, OpenFailure>,
        now: Now,
    ) -> Option<Result<(), OpenFailure>> {
        if attempt != self.attempt {
            openers::close(outcome);
            return None;
        }
        match outcome {
            Ok(openers::Device::Speaker(output, ring)) => {
                self.open = Some(Open { output, ring, watchdog: Watchdog::new(now), tone: None });
                Some(Ok(()))
            }
            Ok(other) => {
                openers::close(other);
                None
            }
            Err(why) => {
                self.end();
                Some(Err(why))
            }
        }
    }

    /// Keeps the device supplied. `Err`: it is lost.
    pub(super) fn step(&mut self, now: Now) -> Result<(), Lost> {
        let Some(open) = &mut self.open else { return Ok(()) };
        if open.watchdog.is_dead(open.output.health(), now) {
            self.end();
            return Err(Lost);
        }
        if let Some(side) = self.next.take() {
            open.tone = Some((side, 0));
        }
        open.fill();
        Ok(())
    }

    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }
}

impl Open {
    fn fill(&mut self) {
        let rate = self.output.rate().0;
        let ahead = (2 * rate / 1000 * AHEAD_MS) as usize;
        while self.ring.buffer().capacity() - self.ring.slots() < ahead {
            let (left, right) = self.next_moment(rate);
            // The ring holds a fifth of a second, more than we keep in it.
            let _ = self.ring.push(left);
            let _ = self.ring.push(right);
        }
    }

    fn next_moment(&mut self, rate: u32) -> (f32, f32) {
        let Some((side, at)) = self.tone else { return (0.0, 0.0) };
        let (length, edge) = (rate / 1000 * SOUND_MS, rate / 1000 * EDGE_MS);
        self.tone = (at + 1 < length).then_some((side, at + 1));
        let gain = (at.min(length - at) as f32 / edge as f32).min(1.0) * AMPLITUDE;
        let hz = if side == Side::Both { BOTH_HZ } else { HZ };
        let sample = gain * (at as f32 * hz / rate as f32 * std::f32::consts::TAU).sin();
        match side {
            Side::Left => (sample, 0.0),
            Side::Right => (0.0, sample),
            Side::Both => (sample, sample),
        }
    }
}
