//! A speaker or ringer: a device, a file, or nothing.

use std::time::{Duration, Instant};

use audio::{Frame, Resampler};
use audio_io::Output;
use base::{FRAME_MS, Now, SAMPLE_RATE, SampleRate};
use rtrb::Producer;

use super::command::{OpenFailure, SpeakerSink, Which};
use super::fade::{fade_in, fade_out};
use super::mic::Lost;
use super::openers::{self, Openers};
use super::pace::{FrameTimer, GaplessTimer, MOST_FRAMES, Watchdog};
use super::recorder::Recorder;

/// The most that repeated gaps make it.
const MOST_FILL: usize = 6;
/// After so long without a gap one frame less is kept.
const CALM_AFTER: Duration = Duration::from_secs(30);
/// A device that gave way is closed when its last frame was heard: its ring and its own buffer are shorter than this.
const LEAVES_AFTER: Duration = Duration::from_millis(120);

pub(super) struct Speaker {
    which: Which,
    sink: Sink,
    /// What was asked for last; `None` when it shall be closed.
    wanted: Option<SpeakerSink>,
    attempt: u64,
    /// What played before: it fades out, and is closed when that was heard.
    leaving: Option<Leaving>,
    /// The next frame is the first of a new device.
    fresh: bool,
}

struct Leaving {
    device: Box<Device>,
    until: Now,
    faded: bool,
}

enum Sink {
    /// Frames are taken and thrown away, so that what waits for the speaker does not grow old.
    Nothing(FrameTimer),
    Device(Box<Device>),
    File {
        recorder: Recorder,
        timer: GaplessTimer,
    },
}

struct Device {
    output: Output,
    ring: Producer<f32>,
    resampler: Resampler,
    /// Samples of 10 ms at the device's rate.
    period: usize,
    watchdog: Watchdog,
    /// Frames kept in the ring.
    fill: usize,
    least_fill: usize,
    xruns: u64,
    last_change: Now,
}

impl Speaker {
    pub(super) fn new(which: Which, now: Now) -> Self {
        Speaker::numbered(which, 0, now)
    }

    /// One of several of its kind, whose attempts count up from `attempt`.
    pub(super) fn numbered(which: Which, attempt: u64, now: Now) -> Self {
        let sink = Sink::Nothing(FrameTimer::new(now));
        Speaker { which, sink, wanted: None, attempt, leaving: None, fresh: false }
    }

    pub(super) fn open(&mut self, sink: SpeakerSink, openers: &Openers) {
        self.attempt += 1;
        self.wanted = Some(sink.clone());
        openers.speaker(self.which, self.attempt, sink);
    }

    pub(super) fn close(&mut self, now: Now) {
        self.attempt += 1;
        self.wanted = None;
        self.replace(Sink::Nothing(FrameTimer::new(now)));
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
        let sink = match outcome {
            Ok(openers::Device::Speaker(output, ring)) => match Device::new(output, ring, now) {
                Ok(device) => Sink::Device(Box::new(device)),
                Err(why) => return Some(Err(why)),
            },
            Ok(openers::Device::File(recorder)) => Sink::File { recorder, timer: GaplessTimer::new(now) },
            Ok(other) => {
                openers::close(other);
                return None;
            }
            Err(why) => {
                self.wanted = None;
                return Some(Err(why));
            }
        };
        match std::mem::replace(&mut self.sink, sink) {
            Sink::Device(device) => {
                let before = self.leaving.replace(Leaving { device, until: now + LEAVES_AFTER, faded: false });
                openers::close(before.map(|older| older.device));
            }
            Sink::File { recorder, .. } => openers::close(recorder),
            Sink::Nothing(_) => {}
        }
        self.fresh = true;
        Some(Ok(()))
    }

    pub(super) fn waits_for(&self, attempt: u64) -> bool {
        self.attempt == attempt
    }

    /// How many frames it wants now. `Err`: the device is lost.
    pub(super) fn due(&mut self, now: Now) -> Result<usize, Lost> {
        if self.leaving.as_ref().is_some_and(|old| old.until <= now) {
            openers::close(self.leaving.take().map(|old| old.device));
        }
        let lost = match &mut self.sink {
            Sink::Nothing(timer) => return Ok(timer.due(now)),
            Sink::File { recorder, timer } => {
                if !recorder.has_failed() {
                    return Ok(timer.due(now));
                }
                Lost
            }
            Sink::Device(device) => {
                if !device.watchdog.is_dead(device.output.health(), now) {
                    return Ok(device.due(now));
                }
                Lost
            }
        };
        self.wanted = None;
        self.replace(Sink::Nothing(FrameTimer::new(now)));
        Err(lost)
    }

    /// Takes one of the frames that are due.
    pub(super) fn play(&mut self, frame: &Frame) {
        if let Some(old) = &mut self.leaving
            && !std::mem::replace(&mut old.faded, true)
        {
            let mut last = *frame;
            fade_out(&mut last);
            old.device.play(&last);
        }
        let mut first = *frame;
        if std::mem::take(&mut self.fresh) && matches!(self.sink, Sink::Device(_)) {
            fade_in(&mut first);
        }
        let frame = &first;
        match &mut self.sink {
            Sink::Nothing(_) => {}
            Sink::File { recorder, .. } => recorder.write(frame),
            Sink::Device(device) => device.play(frame),
        }
    }

    pub(super) fn is_open(&self) -> bool {
        !matches!(self.sink, Sink::Nothing(_))
    }

    /// It can be heard in the room.
    pub(super) fn is_device(&self) -> bool {
        matches!(self.sink, Sink::Device(_))
    }

    /// Whether this is, or is about to be, that very device or file.
    pub(super) fn is(&self, sink: &SpeakerSink) -> bool {
        self.wanted.as_ref() == Some(sink)
    }

    /// How long until the next frame will be wanted.
    pub(super) fn next_frame_in(&self, now: Now, instant: Instant) -> Duration {
        match &self.sink {
            Sink::Nothing(timer) => timer.next().since(now),
            Sink::File { timer, .. } => timer.next().since(now),
            Sink::Device(device) => super::worker::until_callback(device.output.health(), instant),
        }
    }

    fn replace(&mut self, sink: Sink) {
        if let Some(old) = self.leaving.take() {
            openers::close(old.device);
        }
        match std::mem::replace(&mut self.sink, sink) {
            Sink::Device(device) => openers::close(device),
            Sink::File { recorder, .. } => openers::close(recorder),
            Sink::Nothing(_) => {}
        }
    }

    /// Completes a file before it returns; for the worker's end.
    pub(super) fn finish(self) {
        drop(self.sink);
    }
}

impl Device {
    fn new(output: Output, ring: Producer<f32>, now: Now) -> Result<Self, OpenFailure> {
        let rate = output.rate();
        let resampler = Resampler::new(SampleRate(SAMPLE_RATE), rate).map_err(|_| OpenFailure::Format)?;
        let period = (rate.0 / 1000 * FRAME_MS) as usize;
        // One for its next callback, and one for our lateness if it does not wait for us.
        let fill = if output.waits() { 1 } else { 2 };
        Ok(Device {
            output,
            ring,
            resampler,
            period,
            watchdog: Watchdog::new(now),
            fill,
            least_fill: fill,
            xruns: 0,
            last_change: now,
        })
    }

    fn due(&mut self, now: Now) -> usize {
        self.adapt(now);
        let waiting = self.ring.buffer().capacity() - self.ring.slots();
        let missing = (self.fill * self.period).saturating_sub(waiting);
        ((missing + self.period / 2) / self.period).min(MOST_FRAMES)
    }

    /// A ring that ran empty gets a frame more; a calm one gives it back.
    fn adapt(&mut self, now: Now) {
        let xruns = self.output.health().xruns();
        if xruns > self.xruns {
            self.xruns = xruns;
            self.fill = (self.fill + 1).min(MOST_FILL);
            self.last_change = now;
        } else if self.fill > self.least_fill && now.since(self.last_change) > CALM_AFTER {
            self.fill -= 1;
            self.last_change = now;
        }
    }

    fn play(&mut self, frame: &Frame) {
        let ring = &mut self.ring;
        self.resampler.process(frame, |samples| {
            // `due` has left room; a device whose rate is not a whole number of samples per frame may round up once.
            let _ = ring.push_partial_slice(samples);
        });
    }
}
