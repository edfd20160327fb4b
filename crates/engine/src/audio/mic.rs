//! The microphone: a device, a file, or nothing.
//!
//! What a device hears goes through the capture chain; a file is sent as it is.

use std::sync::Arc;
use std::time::Instant;

use audio::capture::{CaptureChain, CapturePath, Microphone, Reference};
use audio::{Frame, Meter, SILENT_FRAME};
use audio_io::Input;
use base::{Dbfs, Now};
use rtrb::Consumer;

use super::command::{MicSource, OpenFailure};
use super::fade::cross;
use super::openers::{self, Openers};
use super::pace::{FrameTimer, MOST_FRAMES, Watchdog};

pub(super) struct Mic {
    source: Source,
    /// What served before and still does, until the new device brings its first samples.
    leaving: Option<Box<Device>>,
    attempt: u64,
    /// Paces files, and silence where there is no microphone.
    timer: FrameTimer,
    meter: Meter,
    /// Kept from call to call: what it has learnt of devices and room stays true until they change.
    treatment: Treatment,
    /// The microphone that was asked for last.
    asked: Option<Option<String>>,
}

/// From what a device hears to what is sent.
struct Treatment {
    chain: CaptureChain,
    reference: Reference,
}

impl Treatment {
    fn frame(&mut self, heard: &Frame, muted: bool) -> Frame {
        self.chain.render(&self.reference.next_frame());
        self.chain.process(heard, muted)
    }
}

enum Source {
    Nothing,
    File { samples: Arc<[f32]>, at: usize },
    Device(Box<Device>),
}

struct Device {
    input: Input,
    ring: Consumer<f32>,
    path: CapturePath,
    watchdog: Watchdog,
    /// Its first samples came; until then silence is sent in their place.
    started: bool,
}

impl Mic {
    pub(super) fn new(now: Now) -> Self {
        Mic {
            source: Source::Nothing,
            leaving: None,
            attempt: 0,
            timer: FrameTimer::new(now),
            meter: Meter::default(),
            treatment: Treatment { chain: CaptureChain::new(Microphone::UNTOUCHED), reference: Reference::default() },
            asked: None,
        }
    }

    /// Other settings from the next frame on.
    pub(super) fn treat(&mut self, settings: Microphone) {
        self.treatment.chain.set(settings);
    }

    /// A loudspeaker plays this: what the microphone may hear of it is no voice.
    pub(super) fn played(&mut self, frame: &Frame) {
        if matches!(self.source, Source::Device(_)) {
            self.treatment.reference.play(frame, self.treatment.chain.follows_echo());
        }
    }

    /// Another loudspeaker: what was known of its echo is no longer true.
    pub(super) fn speaker_changed(&mut self) {
        self.treatment.chain.devices_changed();
    }

    /// True: it is open already (a file).
    pub(super) fn open(&mut self, wanted: MicSource, openers: &Openers, now: Now) -> bool {
        self.attempt += 1;
        match wanted {
            MicSource::Device(id) => {
                if self.asked.as_ref() != Some(&id) {
                    self.treatment.chain.devices_changed();
                    self.asked = Some(id.clone());
                }
                openers.microphone(self.attempt, id);
                false
            }
            MicSource::Samples(samples) => {
                self.replace(Source::File { samples, at: 0 }, now);
                true
            }
        }
    }

    pub(super) fn close(&mut self, now: Now) {
        self.attempt += 1;
        self.replace(Source::Nothing, now);
    }

    /// A device came. `None`: it was for an attempt that is no longer wanted.
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
        let (input, ring) = match outcome {
            Ok(openers::Device::Microphone(input, ring)) => (input, ring),
            Ok(other) => {
                openers::close(other);
                return None;
            }
            Err(why) => return Some(Err(why)),
        };
        let Ok(path) = CapturePath::new(input.rate()) else {
            openers::close((input, ring));
            return Some(Err(OpenFailure::Format));
        };
        let device = Device { input, ring, path, watchdog: Watchdog::new(now), started: false };
        match std::mem::replace(&mut self.source, Source::Nothing) {
            Source::Device(before) => {
                let older = self.leaving.replace(before);
                openers::close(older);
            }
            Source::File { .. } | Source::Nothing => self.timer = FrameTimer::new(now),
        }
        self.source = Source::Device(Box::new(device));
        Some(Ok(()))
    }

    /// Hands out the frames that are there, at most three; silence where there is no microphone. `Err`: the device is lost.
    pub(super) fn frames(&mut self, muted: bool, now: Now, mut each: impl FnMut(&Frame)) -> Result<(), Lost> {
        let Mic { source, leaving, timer, meter, treatment, .. } = self;
        match source {
            Source::Nothing => (0..timer.due(now)).for_each(|_| each(&SILENT_FRAME)),
            Source::File { samples, at } => {
                for _ in 0..timer.due(now) {
                    let mut frame = SILENT_FRAME;
                    for sample in &mut frame {
                        *sample = samples[*at];
                        *at = (*at + 1) % samples.len();
                    }
                    meter.add(&frame);
                    each(if muted { &SILENT_FRAME } else { &frame });
                }
            }
            Source::Device(device) => {
                device.drain();
                let mut from = None;
                if device.started {
                    if let Some(mut old) = leaving.take() {
                        old.drain();
                        // What the old one had to say and nobody took is lost; its next frame carries the fade.
                        from = Some(old.path.next_frame().unwrap_or(SILENT_FRAME));
                        openers::close(old);
                    }
                } else if leaving.as_mut().is_some_and(|old| old.watchdog.is_dead(old.input.health(), now)) {
                    openers::close(leaving.take());
                    *timer = FrameTimer::new(now);
                } else if let Some(old) = leaving {
                    old.drain();
                    for _ in 0..MOST_FRAMES {
                        let Some(frame) = old.path.next_frame() else { break };
                        each(&treatment.frame(&frame, muted));
                    }
                } else {
                    (0..timer.due(now)).for_each(|_| each(&SILENT_FRAME));
                }
                for _ in 0..MOST_FRAMES {
                    let Some(mut frame) = device.path.next_frame() else { break };
                    if let Some(from) = from.take() {
                        cross(from, &mut frame);
                    }
                    each(&treatment.frame(&frame, muted));
                }
                if device.watchdog.is_dead(device.input.health(), now) {
                    self.replace(Source::Nothing, now);
                    return Err(Lost);
                }
            }
        }
        Ok(())
    }

    /// Somebody speaks into the muted microphone.
    pub(super) fn speaks_while_muted(&self) -> bool {
        matches!(self.source, Source::Device(_)) && self.treatment.chain.speaks_while_muted()
    }

    /// Level since the last time, before anything is changed or muted.
    pub(super) fn level(&mut self) -> Dbfs {
        match &mut self.source {
            Source::Device(device) => device.path.level().rms,
            Source::File { .. } | Source::Nothing => self.meter.read().rms,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        !matches!(self.source, Source::Nothing)
    }

    /// How long until the next frame can be there: the device's period is taken for 10 ms, as we asked.
    pub(super) fn next_frame_in(&self, now: Now, instant: Instant) -> std::time::Duration {
        match &self.source {
            Source::Device(device) if device.started => super::worker::until_callback(device.input.health(), instant),
            Source::Device(_) | Source::File { .. } | Source::Nothing => match &self.leaving {
                Some(old) => super::worker::until_callback(old.input.health(), instant),
                None => self.timer.next().since(now),
            },
        }
    }

    fn replace(&mut self, source: Source, now: Now) {
        if let Some(old) = self.leaving.take() {
            openers::close(old);
        }
        self.timer = FrameTimer::new(now);
        match std::mem::replace(&mut self.source, source) {
            Source::Device(device) => openers::close(device),
            Source::File { .. } | Source::Nothing => {}
        }
    }
}

/// A device stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lost;

impl Device {
    fn drain(&mut self) {
        let waiting = self.ring.slots();
        self.started |= waiting > 0;
        if let Ok(chunk) = self.ring.read_chunk(waiting) {
            let (first, second) = chunk.as_slices();
            self.path.push(first);
            self.path.push(second);
            chunk.commit_all();
        }
    }
}
