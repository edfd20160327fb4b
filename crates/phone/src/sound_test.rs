//! Testing devices: who may open them, for how long, and what came of it.
//!
//! ```text
//! microphone   Opening ─▶ Recording (4 s) ─▶ Playing (as long) ─▶ over: Heard
//!                              └─ nothing heard for 5 s ─▶ over: Silent
//! speaker      Sounding left ─▶ right ─▶ both ─▶ left … until the agent says whether it is heard ─▶ over: Heard, NotHeard
//! ringers      Sounding both, the same
//! ```
//!
//! A test ends by itself after 30 s, and at once by a call, by the device being unplugged, or by the agent. The microphone is open
//! for no longer than the test.

use std::time::Duration;

use base::Now;
use model::{DeviceId, DeviceKind, DevicePurpose};

use crate::effect::Effect;
use crate::input::SoundFault;
use crate::notice::Notice;
use crate::turn::Turn;

/// No test lasts longer.
const LONGEST: Duration = Duration::from_secs(30);
/// What is recorded of the microphone and played back.
const RECORDING: Duration = Duration::from_secs(4);
/// The microphone is silent when nothing was heard for so long.
const PATIENCE: Duration = Duration::from_secs(5);
/// Each side sounds for so long.
const SIDE: Duration = Duration::from_millis(1200);

/// What shall be tested. Devices as chosen on the screen, saved or not; `None`: the system's default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestRequest {
    /// Record, and play back as a caller would hear it.
    Microphone {
        /// Which.
        device: Option<DeviceId>,
        /// Where it is played back.
        speaker: Option<DeviceId>,
    },
    /// Left, right, both.
    Speaker {
        /// Which.
        device: Option<DeviceId>,
    },
    /// Ring.
    Ringers {
        /// On these; none: on the system's default.
        devices: Vec<DeviceId>,
        /// Loudness, 0..=100.
        percent: u8,
    },
}

/// What is to be done for a test, one step after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestStep {
    /// Open this microphone and the speaker for what comes; record from the first sample on. Answered by `MicrophoneOpen` or
    /// `TestFailed`, then by `TestVoice` when something is heard.
    Record {
        /// Microphone.
        device: Option<DeviceId>,
        /// Speaker.
        speaker: Option<DeviceId>,
    },
    /// Stop recording, play it back through everything that a call's sound passes.
    PlayBack,
    /// Sound on this side of this speaker; the first one opens it.
    Sound {
        /// Speaker.
        device: Option<DeviceId>,
        /// Side.
        side: Side,
    },
    /// Ring.
    Ring {
        /// On these; none: on the system's default.
        devices: Vec<DeviceId>,
        /// Loudness, 0..=100.
        percent: u8,
    },
}

/// A side of a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Left ear.
    Left,
    /// Right ear.
    Right,
    /// Both.
    Both,
}

/// Where a test stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TestPhase {
    /// The device is being opened.
    Opening,
    /// Speak now.
    Recording,
    /// What was recorded is played back.
    Playing,
    /// A sound plays on this side: do you hear it?
    Sounding(Side),
    /// Over.
    Over(TestOutcome),
}

/// What came of it; each has its own words and cure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TestOutcome {
    /// It works.
    Heard,
    /// The microphone is open and silent.
    Silent,
    /// The agent hears nothing.
    NotHeard,
    /// The system forbids it.
    NoPermission,
    /// Another program holds it.
    Busy,
    /// It is not there, or was unplugged.
    Gone,
    /// It does not work for another reason.
    Failed,
    /// A call rings or runs.
    InUse,
    /// Ended by the agent or by time.
    Stopped,
}

/// A test, for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestView {
    /// What is tested; `None`: nothing was tested yet.
    pub purpose: Option<DevicePurpose>,
    /// On which device; `None`: the system's default, or several.
    pub device: Option<DeviceId>,
    /// Where it stands.
    pub phase: TestPhase,
}

impl Default for TestView {
    fn default() -> Self {
        TestView { purpose: None, device: None, phase: TestPhase::Over(TestOutcome::Stopped) }
    }
}

/// The test that runs, if any.
#[derive(Default)]
pub(crate) struct SoundTest {
    view: TestView,
    running: Option<Running>,
}

struct Running {
    request: TestRequest,
    ends_at: Now,
    /// The phase goes on then.
    next_at: Option<Now>,
    recording_since: Now,
    voice: bool,
}

impl SoundTest {
    /// Begins a test, in place of one that runs; refused when a call needs the devices.
    pub(crate) fn begin(&mut self, turn: &mut Turn, request: TestRequest, free: bool) {
        self.stopped(turn);
        let (purpose, device) = match &request {
            TestRequest::Microphone { device, .. } => (DevicePurpose::Microphone, device.clone()),
            TestRequest::Speaker { device } => (DevicePurpose::Speaker, device.clone()),
            TestRequest::Ringers { devices, .. } => (DevicePurpose::Ringer, devices.first().cloned()),
        };
        self.view = TestView { purpose: Some(purpose), device, phase: TestPhase::Opening };
        if !free {
            return self.show(turn, TestPhase::Over(TestOutcome::InUse));
        }
        let (step, phase, next_at) = match &request {
            TestRequest::Microphone { device, speaker } => {
                let step = TestStep::Record { device: device.clone(), speaker: speaker.clone() };
                (step, TestPhase::Opening, None)
            }
            TestRequest::Speaker { device } => {
                let step = TestStep::Sound { device: device.clone(), side: Side::Left };
                (step, TestPhase::Sounding(Side::Left), Some(turn.now + SIDE))
            }
            TestRequest::Ringers { devices, percent } => {
                let step = TestStep::Ring { devices: devices.clone(), percent: *percent };
                (step, TestPhase::Sounding(Side::Both), None)
            }
        };
        let ends_at = turn.now + LONGEST;
        self.running = Some(Running { request, ends_at, next_at, recording_since: turn.now, voice: false });
        turn.effect(Effect::Test(Box::new(step)));
        self.show(turn, phase);
    }

    /// The agent answers.
    pub(crate) fn answered(&mut self, turn: &mut Turn, heard: bool) {
        if let TestPhase::Sounding(_) = self.view.phase {
            self.end(turn, if heard { TestOutcome::Heard } else { TestOutcome::NotHeard });
        }
    }

    /// The agent ends it.
    pub(crate) fn stopped(&mut self, turn: &mut Turn) {
        self.end(turn, TestOutcome::Stopped);
    }

    /// A call rings or was dialled: it needs the devices.
    pub(crate) fn call_came(&mut self, turn: &mut Turn) {
        self.end(turn, TestOutcome::InUse);
    }

    /// The microphone under test is open.
    pub(crate) fn microphone_open(&mut self, turn: &mut Turn) {
        let Some(running) = &mut self.running else { return };
        if self.view.phase == TestPhase::Opening {
            running.recording_since = turn.now;
            running.next_at = Some(turn.now + RECORDING);
            self.show(turn, TestPhase::Recording);
        }
    }

    /// The device under test failed.
    pub(crate) fn failed(&mut self, turn: &mut Turn, fault: SoundFault) {
        let outcome = match fault {
            SoundFault::Missing | SoundFault::Lost => TestOutcome::Gone,
            SoundFault::Busy => TestOutcome::Busy,
            SoundFault::NoPermission => TestOutcome::NoPermission,
            SoundFault::Failed => TestOutcome::Failed,
        };
        self.end(turn, outcome);
    }

    /// The microphone under test hears something.
    pub(crate) fn voice(&mut self) {
        if let Some(running) = &mut self.running {
            running.voice = true;
        }
    }

    /// Devices came or went: a test on one that is gone is over.
    pub(crate) fn devices_changed(&mut self, turn: &mut Turn, has: impl Fn(DeviceKind, &DeviceId) -> bool) {
        let Some(running) = &self.running else { return };
        let there = |kind, id: &Option<DeviceId>| id.as_ref().is_none_or(|id| has(kind, id));
        let all_there = match &running.request {
            TestRequest::Microphone { device, speaker } => {
                there(DeviceKind::Microphone, device) && there(DeviceKind::Speaker, speaker)
            }
            TestRequest::Speaker { device } => there(DeviceKind::Speaker, device),
            TestRequest::Ringers { devices, .. } => {
                devices.is_empty() || devices.iter().any(|id| has(DeviceKind::Speaker, id))
            }
        };
        if !all_there {
            self.end(turn, TestOutcome::Gone);
        }
    }

    /// Time passed.
    pub(crate) fn tick(&mut self, turn: &mut Turn) {
        let Some(running) = &mut self.running else { return };
        if turn.now >= running.ends_at {
            return self.end(turn, TestOutcome::Stopped);
        }
        if running.next_at.is_none_or(|at| turn.now < at) {
            return;
        }
        match self.view.phase {
            TestPhase::Recording if running.voice => {
                running.next_at = Some(turn.now + turn.now.since(running.recording_since));
                turn.effect(Effect::Test(Box::new(TestStep::PlayBack)));
                self.show(turn, TestPhase::Playing);
            }
            TestPhase::Recording if turn.now < running.recording_since + PATIENCE => {
                running.next_at = Some(running.recording_since + PATIENCE);
            }
            TestPhase::Recording => self.end(turn, TestOutcome::Silent),
            TestPhase::Playing => self.end(turn, TestOutcome::Heard),
            TestPhase::Sounding(side) => {
                let TestRequest::Speaker { device } = &running.request else { return };
                let next = match side {
                    Side::Left => Side::Right,
                    Side::Right => Side::Both,
                    Side::Both => Side::Left,
                };
                running.next_at = Some(turn.now + SIDE);
                turn.effect(Effect::Test(Box::new(TestStep::Sound { device: device.clone(), side: next })));
                self.show(turn, TestPhase::Sounding(next));
            }
            TestPhase::Opening | TestPhase::Over(_) => {}
        }
    }

    fn end(&mut self, turn: &mut Turn, outcome: TestOutcome) {
        if self.running.take().is_some() {
            turn.effect(Effect::EndTest);
            self.show(turn, TestPhase::Over(outcome));
        }
    }

    fn show(&mut self, turn: &mut Turn, phase: TestPhase) {
        self.view.phase = phase;
        turn.notice(Notice::Test(Box::new(self.view.clone())));
    }

    pub(crate) fn is_running(&self) -> bool {
        self.running.is_some()
    }

    pub(crate) fn wake_at(&self) -> Option<Now> {
        let running = self.running.as_ref()?;
        Some(running.next_at.map_or(running.ends_at, |next| next.min(running.ends_at)))
    }

    pub(crate) fn view(&self) -> &TestView {
        &self.view
    }
}

#[cfg(test)]
mod tests;
