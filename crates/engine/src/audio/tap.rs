//! What both sides of one call say, brought together on the microphone's clock.

use std::sync::Arc;

use audio::Frame;
use audio::capture::Reference;
use audio::tones::{Tone, ToneGenerator};
use base::CallId;

use super::command::{Announcement, RecordSink};

/// The recording of one call, as the worker carries it. The far end is taken as it is decoded: before it is mixed with anything, and however
/// loud the agent hears it. The near end is what goes to the far end: with who barges in, without what is muted.
pub(super) struct Tap {
    pub(super) call: CallId,
    out: RecordSink,
    far: Reference,
    rests: bool,
    says: Says,
}

/// How far an announcement is.
enum Says {
    Nothing,
    Tone(ToneGenerator),
    Words(Arc<[Frame]>, usize),
}

impl Says {
    fn begin(what: Announcement) -> Says {
        match what {
            Announcement::Nothing => Says::Nothing,
            Announcement::Tone => Says::Tone(ToneGenerator::new(Tone::Recorded, 1.0)),
            Announcement::Words(frames) => Says::Words(frames, 0),
        }
    }

    /// 10 ms of it, which stays to be said.
    fn peek(&self) -> Option<Frame> {
        match self {
            Says::Nothing => None,
            Says::Tone(tone) => tone.clone().next_frame(),
            Says::Words(frames, at) => frames.get(*at).copied(),
        }
    }

    fn next(&mut self) -> Option<Frame> {
        let frame = match self {
            Says::Nothing => None,
            Says::Tone(tone) => tone.next_frame(),
            Says::Words(frames, at) => {
                *at += 1;
                frames.get(*at - 1).copied()
            }
        };
        if frame.is_none() {
            *self = Says::Nothing;
        }
        frame
    }
}

impl Tap {
    pub(super) fn new(call: CallId, out: RecordSink, first: Announcement) -> Self {
        let mut tap = Tap { call, out, far: Reference::default(), rests: true, says: Says::Nothing };
        tap.rest(false, first);
        tap
    }

    pub(super) fn rest(&mut self, on: bool, first: Announcement) {
        if self.rests && !on {
            self.says = Says::begin(first);
        }
        self.rests = on;
    }

    /// 10 ms of the loudspeaker's clock: what the far end says.
    pub(super) fn hears(&mut self, frame: &Frame) {
        self.far.play(frame, true);
    }

    /// 10 ms of what the loudspeaker plays: the announcement is for the agent as well.
    pub(super) fn for_agent(&self) -> Option<Frame> {
        self.says.peek()
    }

    /// 10 ms of the microphone's clock: what is to be sent. Gives what is sent.
    pub(super) fn speaks(&mut self, frame: &Frame) -> Frame {
        let mut sent = *frame;
        if let Some(more) = self.says.next() {
            sent.iter_mut().zip(more).for_each(|(sample, more)| *sample += more);
        }
        let far = self.far.next_frame();
        if !self.rests {
            (self.out)(&far, &sent);
        }
        sent
    }
}

/// What is sent to a call that may be recorded.
pub(super) fn sent(taps: &mut [Tap], call: CallId, frame: &Frame) -> Frame {
    taps.iter_mut().find(|tap| tap.call == call).map_or(*frame, |tap| tap.speaks(frame))
}

#[cfg(test)]
mod tests {
    use audio::SILENT_FRAME;
    use std::sync::{Arc, Mutex};

    use super::*;

    type Taken = Arc<Mutex<Vec<(f32, f32)>>>;

    fn tap(first: Announcement) -> (Tap, Taken) {
        let taken = Taken::default();
        let log = taken.clone();
        let out = Box::new(move |far: &Frame, near: &Frame| log.lock().unwrap().push((far[100], near[100])));
        (Tap::new(CallId(1), out, first), taken)
    }

    #[test]
    fn both_sides_are_taken_together_rg_12() {
        let (mut tap, taken) = tap(Announcement::Nothing);
        for n in 0..50 {
            tap.hears(&[0.25; 480]);
            let frame = [n as f32 / 100.0; 480];
            assert_eq!(tap.speaks(&frame), frame, "nothing is added to what is sent");
        }
        let taken = taken.lock().unwrap();
        assert_eq!(taken.len(), 50);
        assert!(taken[10..].iter().all(|(far, _)| (far - 0.25).abs() < 0.01), "{taken:?}");
        assert!(taken.iter().enumerate().all(|(n, (_, near))| *near == n as f32 / 100.0));
    }

    #[test]
    fn a_pause_leaves_out_what_is_said_rg_12() {
        let (mut tap, taken) = tap(Announcement::Nothing);
        for (rests, near) in [(false, 0.1), (true, 0.2), (false, 0.3)] {
            tap.rest(rests, Announcement::Nothing);
            (0..20).for_each(|_| _ = tap.speaks(&[near; 480]));
        }
        let near: Vec<f32> = taken.lock().unwrap().iter().map(|(_, near)| *near).collect();
        assert_eq!(near, [vec![0.1; 20], vec![0.3; 20]].concat());
    }

    #[test]
    fn the_tone_is_sent_and_recorded_when_it_begins_and_when_it_goes_on() {
        let (mut tap, taken) = tap(Announcement::Tone);
        let loud = |tap: &mut Tap| (0..40).filter(|_| tap.speaks(&SILENT_FRAME) != SILENT_FRAME).count();
        assert_eq!(loud(&mut tap), 20);
        tap.rest(false, Announcement::Tone);
        assert_eq!(loud(&mut tap), 0, "it goes on already");
        tap.rest(true, Announcement::Tone);
        assert_eq!(loud(&mut tap), 0);
        tap.rest(false, Announcement::Tone);
        assert_eq!(loud(&mut tap), 20);
        assert_eq!(taken.lock().unwrap().len(), 120);
    }

    #[test]
    fn words_are_heard_by_both_and_recorded_once_each_rg_12() {
        let words: Arc<[Frame]> = (1..=3).map(|n| [n as f32 / 10.0; 480]).collect();
        let (mut tap, taken) = tap(Announcement::Words(words));
        for expected in [0.1, 0.2, 0.3] {
            assert_eq!(tap.for_agent(), Some([expected; 480]));
            assert_eq!(tap.for_agent(), Some([expected; 480]), "the loudspeaker's clock may be faster");
            assert_eq!(tap.speaks(&SILENT_FRAME), [expected; 480]);
        }
        assert_eq!(tap.speaks(&SILENT_FRAME), SILENT_FRAME);
        assert_eq!(tap.for_agent(), None);
        let near: Vec<f32> = taken.lock().unwrap().iter().map(|(_, near)| *near).collect();
        assert_eq!(near, [0.1, 0.2, 0.3, 0.0]);
    }
}
