//! Ringing: on a device of its own, or through the speaker if that is the same.

use std::time::{Duration, Instant};

use audio::Frame;
use audio::tones::{Tone, ToneGenerator};
use base::Now;

use super::command::{OpenFailure, SpeakerSink, Which};
use super::mic::Lost;
use super::openers::{self, Openers};
use super::speaker::Speaker;

pub(super) struct Ringer {
    bell: Option<ToneGenerator>,
    sink: Option<SpeakerSink>,
    own: Speaker,
    through_speaker: bool,
}

impl Ringer {
    pub(super) fn new(now: Now) -> Self {
        Ringer { bell: None, sink: None, own: Speaker::new(Which::Ringer, now), through_speaker: false }
    }

    pub(super) fn start(&mut self, sink: SpeakerSink, speaker: &Speaker, openers: &Openers, now: Now) {
        self.bell = Some(ToneGenerator::new(Tone::Ring, 1.0));
        self.through_speaker = speaker.is(&sink);
        if self.through_speaker {
            self.own.close(now);
        } else {
            self.own.open(sink.clone(), openers);
        }
        self.sink = Some(sink);
    }

    pub(super) fn stop(&mut self, now: Now) {
        self.bell = None;
        self.sink = None;
        self.through_speaker = false;
        self.own.close(now);
    }

    /// The speaker that we rang through is closed: the bell goes on by itself. Not into a file, that would begin anew.
    pub(super) fn speaker_closed(&mut self, openers: &Openers, now: Now) {
        if !std::mem::take(&mut self.through_speaker) {
            return;
        }
        match &self.sink {
            Some(sink @ SpeakerSink::Device(_)) => self.own.open(sink.clone(), openers),
            Some(SpeakerSink::Wav(_)) | None => self.stop(now),
        }
    }

    pub(super) fn opened(
        &mut self,
        attempt: u64,
        outcome: Result<openers::Device, OpenFailure>,
        now: Now,
    ) -> Option<Result<(), OpenFailure>> {
        let opened = self.own.opened(attempt, outcome, now)?;
        if opened.is_err() {
            self.stop(now);
        }
        Some(opened)
    }

    /// Rings on its own device. `Err`: that is lost, and the ringing with it.
    pub(super) fn step(&mut self, now: Now) -> Result<(), Lost> {
        if !self.rings_alone() {
            return Ok(());
        }
        let due = self.own.due(now).inspect_err(|_| self.bell = None)?;
        // The bell begins when its device is there.
        if self.own.is_open() {
            for _ in 0..due {
                if let Some(frame) = self.bell.as_mut().and_then(ToneGenerator::next_frame) {
                    self.own.play(&frame);
                }
            }
        }
        Ok(())
    }

    /// The next frame for the speaker, if we ring through it.
    pub(super) fn through_speaker(&mut self) -> Option<Frame> {
        self.bell.as_mut().filter(|_| self.through_speaker)?.next_frame()
    }

    pub(super) fn rings_alone(&self) -> bool {
        self.bell.is_some() && !self.through_speaker
    }

    pub(super) fn next_frame_in(&self, now: Now, instant: Instant) -> Duration {
        self.own.next_frame_in(now, instant)
    }

    pub(super) fn finish(self) {
        self.own.finish();
    }
}
