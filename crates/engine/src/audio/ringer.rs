//! Ringing: on several devices at once, each with a bell of its own clock, or through the speaker if that is one of them.

use std::time::{Duration, Instant};

use audio::Frame;
use audio::tones::{Tone, ToneGenerator};
use base::Now;

use super::command::{OpenFailure, SpeakerSink, Which};
use super::mic::Lost;
use super::openers::{self, Openers};
use super::speaker::Speaker;

#[derive(Default)]
pub(super) struct Ringer {
    bells: Vec<Bell>,
    /// Bells that were ever made: each has attempts of its own.
    made: u64,
}

struct Bell {
    sink: SpeakerSink,
    tone: ToneGenerator,
    gain: f32,
    /// `None`: through the speaker.
    own: Option<Speaker>,
}

impl Ringer {
    /// Rings on these. One that rings already goes on where it is, one that is no longer asked for stops.
    pub(super) fn start(&mut self, sinks: Vec<SpeakerSink>, gain: f32, speaker: &Speaker, openers: &Openers, now: Now) {
        for mut bell in self.bells.extract_if(.., |bell| !sinks.contains(&bell.sink)) {
            bell.close(now);
        }
        for sink in sinks {
            match self.bells.iter_mut().find(|bell| bell.sink == sink) {
                Some(bell) => bell.gain = gain,
                None => {
                    let own = (!speaker.is(&sink)).then(|| self.device(&sink, openers, now));
                    self.bells.push(Bell { sink, tone: ToneGenerator::new(Tone::Ring, 1.0), gain, own });
                }
            }
        }
    }

    pub(super) fn stop(&mut self, now: Now) {
        for mut bell in self.bells.drain(..) {
            bell.close(now);
        }
    }

    /// The speaker is closed, or is another one: a bell that sounded through it goes on by itself. Not into a file, that would begin
    /// anew.
    pub(super) fn speaker_changed(&mut self, speaker: &Speaker, openers: &Openers, now: Now) {
        self.bells
            .retain(|bell| bell.own.is_some() || matches!(bell.sink, SpeakerSink::Device(_)) || speaker.is(&bell.sink));
        for at in 0..self.bells.len() {
            if self.bells[at].own.is_none() && !speaker.is(&self.bells[at].sink) {
                let sink = self.bells[at].sink.clone();
                self.bells[at].own = Some(self.device(&sink, openers, now));
            }
        }
    }

    fn device(&mut self, sink: &SpeakerSink, openers: &Openers, now: Now) -> Speaker {
        self.made += 1;
        let mut own = Speaker::numbered(Which::Ringer, self.made << 32, now);
        own.open(sink.clone(), openers);
        own
    }

    /// `Some(Err)`: that was the last one, nothing rings any more.
    pub(super) fn opened(
        &mut self,
        attempt: u64,
        outcome: Result<openers::Device, OpenFailure>,
        now: Now,
    ) -> Option<Result<(), OpenFailure>> {
        let waits = |bell: &Bell| bell.own.as_ref().is_some_and(|own| own.waits_for(attempt));
        let Some(at) = self.bells.iter().position(waits) else {
            openers::close(outcome);
            return None;
        };
        let opened = self.bells[at].own.as_mut().and_then(|own| own.opened(attempt, outcome, now))?;
        if let Err(why) = opened {
            tracing::warn!(?why, "a ringing device does not open");
            self.bells.swap_remove(at);
            return self.bells.is_empty().then_some(Err(why));
        }
        Some(Ok(()))
    }

    /// Rings on devices of its own. `Err`: the last one is lost, and the ringing with it.
    pub(super) fn step(&mut self, now: Now) -> Result<(), Lost> {
        let before = self.bells.len();
        self.bells.retain_mut(|bell| bell.step(now).is_ok());
        if before > 0 && self.bells.is_empty() { Err(Lost) } else { Ok(()) }
    }

    /// The next frame for the speaker, if we ring through it.
    pub(super) fn through_speaker(&mut self) -> Option<Frame> {
        self.bells.iter_mut().find(|bell| bell.own.is_none())?.next_frame()
    }

    pub(super) fn rings_alone(&self) -> bool {
        self.bells.iter().any(|bell| bell.own.is_some())
    }

    pub(super) fn next_frame_in(&self, now: Now, instant: Instant) -> Duration {
        let own = self.bells.iter().filter_map(|bell| bell.own.as_ref());
        own.map(|own| own.next_frame_in(now, instant)).min().unwrap_or(Duration::MAX)
    }

    pub(super) fn finish(self) {
        self.bells.into_iter().filter_map(|bell| bell.own).for_each(Speaker::finish);
    }
}

impl Bell {
    fn step(&mut self, now: Now) -> Result<(), Lost> {
        let Some(own) = &mut self.own else { return Ok(()) };
        let due = own.due(now)?;
        // The bell begins when its device is there.
        if own.is_open() {
            for _ in 0..due {
                if let Some(frame) = next_frame(&mut self.tone, self.gain) {
                    own.play(&frame);
                }
            }
        }
        Ok(())
    }

    fn next_frame(&mut self) -> Option<Frame> {
        next_frame(&mut self.tone, self.gain)
    }

    fn close(&mut self, now: Now) {
        if let Some(own) = &mut self.own {
            own.close(now);
        }
    }
}

fn next_frame(tone: &mut ToneGenerator, gain: f32) -> Option<Frame> {
    let mut frame = tone.next_frame()?;
    frame.iter_mut().for_each(|sample| *sample *= gain);
    Some(frame)
}
