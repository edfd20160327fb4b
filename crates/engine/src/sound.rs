//! What the sound cards shall do: who needs microphone and speaker now, which tone plays, what rings.
//!
//! Calls say what they need; [`Sound::settle`] compares that with what is open and opens or closes. A call that was
//! answered keeps the devices while it is on hold, so that taking it back is immediate; when it ends they are released at once.

use std::collections::BTreeMap;
use std::time::Duration;

use audio::capture::{EchoMode, Microphone, NoiseMode};
use base::{CallId, Now, SuperviseMode, WallMs};
use model::{DeviceId, DeviceKind, EchoCancellation, NoiseSuppression, VoiceProcessing};
use phone::{RejectTone, SoundFault, Tone};
use tokio::sync::mpsc;

use crate::audio::{
    AudioCommand, AudioEvent, AudioHandle, AudioWorker, MicSource, PacketSink, PlaySource, SpeakerSink, Voice, Which,
};
use crate::clock::Clock;
use crate::devices::{DeviceBoard, ListFirst};
use crate::sound_test::RunningTest;

/// An ending tone plays this long.
const END_TONE: Duration = Duration::from_secs(2);
/// After a key tone outside a call the speaker stays open this long, so that typing a number sounds even.
const KEY_TONE: Duration = Duration::from_secs(3);
/// A device that failed is tried again this often while it is needed.
const RETRY_EVERY: Duration = Duration::from_secs(2);

/// What a call needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    /// Nothing yet.
    Nothing,
    /// Both devices in a moment: it is being set up after the user dialled or answered.
    Soon,
    /// To be heard only.
    Listen,
    /// Both ways.
    Talk,
    /// Was talking, is on hold.
    Hold,
}

/// A device that is open, should be, or failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Device {
    Closed,
    /// Asked for, or open: the worker does not need to be told again.
    Open,
    /// Tried again at.
    Failed(Now),
}

/// A device and what it shall be.
#[derive(Debug)]
struct Line {
    state: Device,
    /// What was asked for last.
    asked: Option<Target>,
    /// What runs, as far as the worker has said.
    runs: Option<Target>,
    /// When it stopped last.
    lost_at: Option<Now>,
}

/// What can be asked for, without the sound that a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    /// By id; `None`: the system's default.
    Device(Option<String>),
    File,
}

impl Line {
    const CLOSED: Line = Line { state: Device::Closed, asked: None, runs: None, lost_at: None };

    /// Whether it shall be opened, or opened anew because something else is wanted.
    fn wants_opening(&self, wanted: &Target, default: Option<&DeviceId>, now: Now) -> bool {
        match self.state {
            Device::Closed => true,
            Device::Failed(at) => at <= now,
            Device::Open => match (&self.asked, wanted) {
                // What was opened before anything was listed is the default.
                (Some(Target::Device(None)), Target::Device(Some(id))) => {
                    default.is_none_or(|default| default.0 != *id)
                }
                (Some(asked), wanted) => asked != wanted,
                (None, _) => true,
            },
        }
    }

    fn open(&mut self, target: Target) {
        self.state = Device::Open;
        self.asked = Some(target);
    }

    fn close(&mut self) {
        *self = Line { lost_at: self.lost_at, ..Line::CLOSED };
    }

    /// False: what stopped is not what is wanted; that is on its way.
    fn failed(&mut self, fault: SoundFault, now: Now) -> bool {
        if self.state == Device::Closed {
            return false;
        }
        if fault == SoundFault::Lost {
            let stopped = self.runs.take();
            if self.state == Device::Open && stopped.is_some() && stopped != self.asked {
                return false;
            }
            // The first time it is tried again at once; what stops again and again waits.
            let at_once = self.lost_at.is_none_or(|before| now.since(before) > RETRY_EVERY);
            self.lost_at = Some(now);
            self.state = Device::Failed(if at_once { now } else { now + RETRY_EVERY });
        } else {
            self.state = Device::Failed(now + RETRY_EVERY);
        }
        true
    }
}

/// What rings.
#[derive(Debug)]
struct Rings {
    sinks: Vec<SpeakerSink>,
    percent: u8,
    /// All of them failed.
    failed: bool,
}

/// The driver's side of the audio worker.
pub(crate) struct Sound {
    clock: Clock,
    tones: bool,
    /// Started when it is first needed: a phone that only registers has no audio thread.
    worker: Option<(AudioWorker, AudioHandle, mpsc::Receiver<AudioEvent>)>,
    calls: BTreeMap<CallId, Need>,
    microphone: Line,
    speaker: Line,
    pub(crate) test: Option<RunningTest>,
    /// A recording is listened to.
    plays: bool,
    tone_plays: bool,
    tone_ends: Option<Now>,
    key_ends: Option<Now>,
    rings: Option<Rings>,
    pub(crate) muted: bool,
    volume_percent: u8,
    voice: VoiceProcessing,
}

impl Sound {
    pub(crate) fn new(clock: Clock, tones: bool, voice: VoiceProcessing) -> Sound {
        Sound {
            clock,
            tones,
            worker: None,
            calls: BTreeMap::new(),
            microphone: Line::CLOSED,
            speaker: Line::CLOSED,
            test: None,
            plays: false,
            tone_plays: false,
            tone_ends: None,
            key_ends: None,
            rings: None,
            muted: false,
            volume_percent: 100,
            voice,
        }
    }

    /// A call is dialled or answered: the devices will be needed in a moment.
    pub(crate) fn warm_up(&mut self, call: CallId) {
        let need = self.calls.entry(call).or_insert(Need::Nothing);
        if *need == Need::Nothing {
            *need = Need::Soon;
        }
    }

    /// The wall clock.
    pub(crate) fn wall(&self) -> WallMs {
        self.clock.wall()
    }

    /// Both directions flow.
    pub(crate) fn talk(&mut self, call: CallId, voice: Voice, out: impl FnOnce() -> PacketSink) {
        self.join(call, Need::Talk, voice, out);
        self.command(AudioCommand::SetSend { call, on: true });
        self.command(AudioCommand::SetReceive { call, on: true });
    }

    /// Only hear it.
    pub(crate) fn listen(&mut self, call: CallId, voice: Voice, out: impl FnOnce() -> PacketSink) {
        self.join(call, Need::Listen, voice, out);
        self.command(AudioCommand::SetSend { call, on: false });
        self.command(AudioCommand::SetReceive { call, on: true });
    }

    /// A guest of another call, both ways; the microphone is open for that other call already.
    pub(crate) fn bridge(
        &mut self,
        (guest, to): (CallId, CallId),
        (mode, apart, hidden): (SuperviseMode, bool, bool),
        voice: Voice,
        out: impl FnOnce() -> PacketSink,
    ) {
        if !matches!(self.calls.get(&guest), Some(Need::Talk)) {
            self.talk(guest, voice, out);
        }
        self.command(AudioCommand::Bridge { guest, to, mode, apart, hidden });
    }

    /// The guest takes part no more, and says and hears nothing.
    pub(crate) fn end_bridge(&mut self, guest: CallId) {
        self.command(AudioCommand::EndBridge { guest });
        self.hold(guest);
    }

    /// Neither way, for now.
    pub(crate) fn hold(&mut self, call: CallId) {
        let Some(need) = self.calls.get_mut(&call) else { return };
        match need {
            Need::Talk | Need::Listen | Need::Hold => {
                *need = Need::Hold;
                self.command(AudioCommand::SetSend { call, on: false });
                self.command(AudioCommand::SetReceive { call, on: false });
            }
            Need::Nothing | Need::Soon => *need = Need::Nothing,
        }
    }

    /// The call is ending, or over: it needs nothing any more.
    pub(crate) fn leave(&mut self, call: CallId) {
        if let Some(Need::Talk | Need::Listen | Need::Hold) = self.calls.remove(&call) {
            self.command(AudioCommand::Leave { call });
        }
    }

    pub(crate) fn mute(&mut self, on: bool) {
        self.muted = on;
        if self.worker.is_some() && self.test.is_none() {
            self.command(AudioCommand::Mute { on });
        }
    }

    pub(crate) fn volume(&mut self, percent: u8) {
        self.volume_percent = percent;
        if self.worker.is_some() {
            self.command(AudioCommand::Volume { percent });
        }
    }

    /// How the agent's voice is treated from now on.
    pub(crate) fn treat(&mut self, voice: VoiceProcessing) {
        self.voice = voice;
        if self.worker.is_some() {
            self.command(AudioCommand::Treat(microphone(voice)));
        }
    }

    pub(crate) fn tone(&mut self, tone: Tone) {
        if !self.tones {
            return;
        }
        let now = self.clock.now();
        let (tone, ends) = match tone {
            Tone::Ringback => (audio::tones::Tone::Ringback, None),
            Tone::CallWaiting => (audio::tones::Tone::CallWaiting, None),
            Tone::Ended(RejectTone::Busy) => (audio::tones::Tone::Busy, Some(now + END_TONE)),
            Tone::Ended(RejectTone::Congestion) => (audio::tones::Tone::Congestion, Some(now + END_TONE)),
            Tone::Dtmf(key) => {
                self.key_ends = Some(now + KEY_TONE);
                self.command(AudioCommand::Tone(audio::tones::Tone::Dtmf(key)));
                return;
            }
        };
        self.tone_plays = true;
        self.tone_ends = ends;
        self.command(AudioCommand::Tone(tone));
    }

    /// Plays this beside whatever else is heard.
    pub(crate) fn play(&mut self, source: PlaySource) {
        self.plays = true;
        self.command(AudioCommand::Play(source));
    }

    pub(crate) fn stop_play(&mut self) {
        if std::mem::take(&mut self.plays) {
            self.command(AudioCommand::StopPlay);
        }
    }

    pub(crate) fn stop_tone(&mut self) {
        if self.tone_plays {
            self.tone_plays = false;
            self.tone_ends = None;
            self.command(AudioCommand::StopTone);
        }
    }

    pub(crate) fn ring(&mut self, devices: &DeviceBoard) {
        if self.tones && self.rings.is_none() {
            self.ring_on(Rings { sinks: devices.ring_sinks(), percent: devices.ring_percent(), failed: false });
        }
    }

    fn ring_on(&mut self, rings: Rings) {
        self.command(AudioCommand::Ring { sinks: rings.sinks.clone(), percent: rings.percent });
        self.rings = Some(rings);
    }

    pub(crate) fn stop_ringing(&mut self) {
        if self.rings.take().is_some() {
            self.command(AudioCommand::StopRing);
        }
    }

    /// Nothing that should ring does: rings on the system's default, unless that is what failed. Other devices are tried when they come.
    pub(crate) fn ringer_failed(&mut self) {
        if let Some(rings) = &mut self.rings
            && !std::mem::replace(&mut rings.failed, true)
            && rings.sinks != [SpeakerSink::Device(None)]
        {
            let percent = rings.percent;
            self.command(AudioCommand::Ring { sinks: vec![SpeakerSink::Device(None)], percent });
        }
    }

    /// A device is open.
    pub(crate) fn opened(&mut self, which: Which) {
        match which {
            Which::Mic => {
                self.microphone.runs = self.microphone.asked.clone();
                self.test_microphone_open();
            }
            Which::Speaker => self.speaker.runs = self.speaker.asked.clone(),
            Which::Ringer | Which::SideTest => {}
        }
    }

    /// A device failed or was lost; it is tried again while it is needed. False: it is not the one that is wanted.
    pub(crate) fn device_failed(&mut self, which: Which, fault: SoundFault) -> bool {
        let now = self.clock.now();
        match which {
            Which::Mic => self.microphone.failed(fault, now),
            Which::Speaker => self.speaker.failed(fault, now),
            Which::Ringer | Which::SideTest => true,
        }
    }

    /// Other devices were chosen or came: what failed is tried now.
    pub(crate) fn try_again(&mut self) {
        for line in [&mut self.microphone, &mut self.speaker] {
            if let Device::Failed(_) = line.state {
                line.state = Device::Failed(Now::ZERO);
            }
        }
    }

    /// Opens what is needed and closes what is not. Call after every input. True: devices must be listed first.
    #[must_use]
    pub(crate) fn settle(&mut self, devices: &DeviceBoard) -> bool {
        let now = self.clock.now();
        if self.tone_ends.is_some_and(|at| at <= now) {
            self.stop_tone();
        }
        self.key_ends = self.key_ends.filter(|at| *at > now);

        let needs = |wanted: &[Need]| self.calls.values().any(|need| wanted.contains(need));
        let recording = matches!(self.test, Some(RunningTest::Record(_)));
        let microphone = needs(&[Need::Soon, Need::Talk, Need::Hold]) || recording;
        let speaker = microphone || needs(&[Need::Listen]) || self.tone_plays || self.key_ends.is_some() || self.plays;
        let speaker = speaker || (devices.speaker_is_file() && self.speaker.state == Device::Open);
        let microphone_done = self.settle_microphone(microphone, devices, now);
        let speaker_done = self.settle_speaker(speaker, devices, now);
        self.settle_ringing(devices);
        microphone_done.is_err() || speaker_done.is_err()
    }

    fn settle_microphone(&mut self, needed: bool, devices: &DeviceBoard, now: Now) -> Result<(), ListFirst> {
        if !needed {
            if self.microphone.state == Device::Open {
                self.command(AudioCommand::CloseMic);
            }
            self.microphone.close();
            return Ok(());
        }
        let source = match &self.test {
            Some(RunningTest::Record(test)) => MicSource::Device(test.microphone.clone()),
            _ => devices.mic_source()?,
        };
        let target = match &source {
            MicSource::Device(id) => Target::Device(id.clone()),
            MicSource::Samples(_) => Target::File,
        };
        if self.microphone.wants_opening(&target, devices.default_of(DeviceKind::Microphone).as_ref(), now) {
            self.microphone.open(target);
            self.command(AudioCommand::OpenMic { source });
        }
        Ok(())
    }

    fn settle_speaker(&mut self, needed: bool, devices: &DeviceBoard, now: Now) -> Result<(), ListFirst> {
        if !needed {
            if self.speaker.state == Device::Open {
                self.command(AudioCommand::CloseSpeaker);
            }
            self.speaker.close();
            return Ok(());
        }
        let sink = match &self.test {
            Some(RunningTest::Record(test)) => SpeakerSink::Device(test.speaker.clone()),
            _ => devices.speaker_sink()?,
        };
        let target = match &sink {
            SpeakerSink::Device(id) => Target::Device(id.clone()),
            SpeakerSink::Wav(_) => Target::File,
        };
        if self.speaker.wants_opening(&target, devices.default_of(DeviceKind::Speaker).as_ref(), now) {
            self.speaker.open(target);
            self.command(AudioCommand::OpenSpeaker { sink });
        }
        Ok(())
    }

    /// Devices came or went while it rings.
    fn settle_ringing(&mut self, devices: &DeviceBoard) {
        let Some(rings) = &self.rings else { return };
        let (sinks, percent) = (devices.ring_sinks(), devices.ring_percent());
        if rings.sinks != sinks || rings.percent != percent {
            self.ring_on(Rings { sinks, percent, failed: false });
        }
    }

    /// When `settle` is due although nothing comes in.
    pub(crate) fn wake_at(&self) -> Option<Now> {
        let retry = |line: &Line| match line.state {
            Device::Failed(at) => Some(at),
            Device::Open | Device::Closed => None,
        };
        [self.tone_ends, self.key_ends, retry(&self.microphone), retry(&self.speaker)].into_iter().flatten().min()
    }

    /// News from the worker; waits for ever while there is none.
    pub(crate) async fn next_event(&mut self) -> AudioEvent {
        if let Some((_, _, events)) = &mut self.worker {
            if let Some(event) = events.recv().await {
                return event;
            }
            tracing::error!("the audio worker has ended; a new one is started when sound is needed");
            self.worker = None;
            self.microphone = Line::CLOSED;
            self.speaker = Line::CLOSED;
        }
        std::future::pending().await
    }

    /// For the media tasks, which give it what they hear.
    pub(crate) fn handle(&mut self) -> Option<AudioHandle> {
        self.worker().cloned()
    }

    /// The worker's handle, if there is a worker.
    pub(crate) fn running(&self) -> Option<AudioHandle> {
        self.worker.as_ref().map(|(_, handle, _)| handle.clone())
    }

    /// Ends the worker and completes a file that it writes. Blocks for a few milliseconds.
    pub(crate) fn end(&mut self) -> Option<AudioWorker> {
        self.worker.take().map(|(worker, ..)| worker)
    }

    fn join(&mut self, call: CallId, need: Need, voice: Voice, out: impl FnOnce() -> PacketSink) {
        let before = self.calls.insert(call, need);
        if !matches!(before, Some(Need::Talk | Need::Listen | Need::Hold)) {
            self.command(AudioCommand::Join { call, out: out(), voice });
        }
    }

    pub(crate) fn command(&mut self, command: AudioCommand) {
        if let Some(worker) = self.worker() {
            // A refusal is logged by the worker's handle.
            let _ = worker.send(command);
        }
    }

    fn worker(&mut self) -> Option<&AudioHandle> {
        if self.worker.is_none() {
            match AudioWorker::spawn(self.clock.epoch()) {
                Ok((worker, handle, events)) => {
                    // A new worker's queue is empty.
                    let _ = handle.send(AudioCommand::Mute { on: self.muted });
                    let _ = handle.send(AudioCommand::Volume { percent: self.volume_percent });
                    let _ = handle.send(AudioCommand::Treat(microphone(self.voice)));
                    self.worker = Some((worker, handle, events));
                }
                Err(error) => tracing::error!(%error, "the audio thread cannot be started"),
            }
        }
        self.worker.as_ref().map(|(_, handle, _)| handle)
    }
}

/// The same in the words of the audio room. Rumble is never wanted.
fn microphone(voice: VoiceProcessing) -> Microphone {
    Microphone {
        echo: match voice.echo {
            EchoCancellation::Auto => EchoMode::Auto,
            EchoCancellation::On => EchoMode::On,
            EchoCancellation::Off => EchoMode::Off,
        },
        noise: match voice.noise {
            NoiseSuppression::Off => NoiseMode::Off,
            NoiseSuppression::Standard => NoiseMode::Standard,
            NoiseSuppression::Strong => NoiseMode::Strong,
        },
        gain: voice.gain,
        high_pass: true,
    }
}
