//! A test of devices at work: what `phone` asks for, step by step, with the very chain of a call.
//!
//! ```text
//! microphone ─► the worker's capture ─► a call of its own ─► packets ─► clip (memory only, four seconds)
//! clip ─► that call's receive buffer ─► mixer ─► the chosen speaker
//! ```

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use base::{CallId, Dbfs, Ssrc};
use phone::TestStep;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

use crate::audio::{AudioCommand, AudioHandle, HeardPacket, PacketSink, SpeakerSink, SpokenPacket, Voice, Which};
use crate::sound::Sound;

/// The call that a microphone test is made of. No other has this number: ours count up from 1, incoming ones from 2⁴⁰.
pub(crate) const TEST_CALL: CallId = CallId(u64::MAX);
/// Louder than this is somebody speaking, or at least a microphone that works; a muted one is far below.
const VOICE: Dbfs = Dbfs(-50.0);
/// For so many readings, 50 ms each.
const VOICE_READINGS: u32 = 3;
/// Most packets kept: ten seconds.
const MOST_PACKETS: usize = 500;
const PACKET: Duration = Duration::from_millis(20);

/// What the worker does for a test.
pub(crate) enum RunningTest {
    /// Microphone.
    Record(Recording),
    /// Speaker.
    Sides,
    /// Ringers.
    Rings,
}

/// A microphone test.
pub(crate) struct Recording {
    pub(crate) microphone: Option<String>,
    pub(crate) speaker: Option<String>,
    clip: Arc<Mutex<Vec<SpokenPacket>>>,
    joined: bool,
    loud_readings: u32,
    playback: Option<JoinHandle<()>>,
}

impl Drop for Recording {
    fn drop(&mut self) {
        if let Some(playback) = &self.playback {
            playback.abort();
        }
    }
}

impl Sound {
    /// Goes on with a test.
    pub(crate) fn test(&mut self, step: TestStep) {
        match step {
            TestStep::Record { device, speaker } => {
                // Muting is for calls: whoever tests wants to be heard.
                self.command(AudioCommand::Mute { on: false });
                self.test = Some(RunningTest::Record(Recording {
                    microphone: device.map(|id| id.0),
                    speaker: speaker.map(|id| id.0),
                    clip: Arc::default(),
                    joined: false,
                    loud_readings: 0,
                    playback: None,
                }));
            }
            TestStep::PlayBack => self.play_back(),
            TestStep::Sound { device, side } => {
                self.test = Some(RunningTest::Sides);
                self.command(AudioCommand::SideSound { device: device.map(|id| id.0), side });
            }
            TestStep::Ring { devices, percent } => {
                self.test = Some(RunningTest::Rings);
                let mut sinks: Vec<_> = devices.into_iter().map(|id| SpeakerSink::Device(Some(id.0))).collect();
                if sinks.is_empty() {
                    sinks.push(SpeakerSink::Device(None));
                }
                self.command(AudioCommand::Ring { sinks, percent });
            }
        }
    }

    /// The test is over: nothing of it stays.
    pub(crate) fn end_test(&mut self) {
        match self.test.take() {
            Some(RunningTest::Record(recording)) => {
                if recording.joined {
                    self.command(AudioCommand::Leave { call: TEST_CALL });
                }
                let on = self.muted;
                self.command(AudioCommand::Mute { on });
            }
            Some(RunningTest::Sides) => self.command(AudioCommand::EndSideSound),
            Some(RunningTest::Rings) => self.command(AudioCommand::StopRing),
            None => {}
        }
    }

    /// From here on the microphone is recorded.
    pub(crate) fn test_microphone_open(&mut self) {
        let Some(RunningTest::Record(recording)) = &mut self.test else { return };
        if !std::mem::replace(&mut recording.joined, true) {
            let out = into_clip(&recording.clip);
            self.command(AudioCommand::Join { call: TEST_CALL, out, voice: Voice::default() });
        }
    }

    fn play_back(&mut self) {
        self.command(AudioCommand::SetSend { call: TEST_CALL, on: false });
        let Some(to) = self.running() else { return };
        let Some(RunningTest::Record(recording)) = &mut self.test else { return };
        let clip = std::mem::take(&mut *recording.clip.lock().unwrap_or_else(PoisonError::into_inner));
        recording.playback = Some(tokio::spawn(feed(to, clip)));
    }

    /// True once: somebody speaks into the microphone under test.
    pub(crate) fn test_hears(&mut self, microphone: Dbfs) -> bool {
        let Some(RunningTest::Record(recording)) = &mut self.test else { return false };
        if microphone.0 > VOICE.0 {
            recording.loud_readings += 1;
        }
        recording.loud_readings == VOICE_READINGS && microphone.0 > VOICE.0
    }

    /// Whether the test runs on this device, so that its failure is the test's result.
    pub(crate) fn is_tested(&self, which: Which) -> bool {
        match (&self.test, which) {
            (Some(RunningTest::Record(_)), Which::Mic | Which::Speaker)
            | (Some(RunningTest::Sides), Which::SideTest)
            | (Some(RunningTest::Rings), Which::Ringer) => true,
            (Some(_) | None, _) => false,
        }
    }
}

fn into_clip(clip: &Arc<Mutex<Vec<SpokenPacket>>>) -> PacketSink {
    let clip = clip.clone();
    Box::new(move |packet| {
        let mut clip = clip.lock().unwrap_or_else(PoisonError::into_inner);
        if clip.len() < MOST_PACKETS {
            clip.push(packet);
        }
    })
}

/// Gives the packets to the worker in the rhythm in which they were made.
async fn feed(to: AudioHandle, clip: Vec<SpokenPacket>) {
    let mut every = interval(PACKET);
    every.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let (mut seq, mut timestamp) = (0u16, 0u32);
    for SpokenPacket { codec, payload, ticks, .. } in clip {
        every.tick().await;
        seq = seq.wrapping_add(1);
        timestamp = timestamp.wrapping_add(ticks);
        to.packet(HeardPacket {
            call: TEST_CALL,
            ssrc: Ssrc(1),
            seq,
            timestamp,
            codec,
            redundant: false,
            payload,
            arrived: Instant::now(),
        });
    }
}
