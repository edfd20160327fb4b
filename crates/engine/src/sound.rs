//! What the sound cards shall do: who needs microphone and speaker now, which tone plays, what rings.
//!
//! Calls say what they need; [`Sound::settle`] compares that with what is open and opens or closes. A call that was
//! answered keeps the devices while it is on hold, so that taking it back is immediate; when it ends they are released at once.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{CallId, Now};
use phone::{RejectTone, Tone};
use tokio::sync::mpsc;

use crate::audio::{AudioCommand, AudioEvent, AudioHandle, AudioWorker, PacketSink, SpeakerSink, Voice, Which};
use crate::clock::Clock;
use crate::devices::DeviceBoard;

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

/// The driver's side of the audio worker.
pub(crate) struct Sound {
    clock: Clock,
    tones: bool,
    /// Started when it is first needed: a phone that only registers has no audio thread.
    worker: Option<(AudioWorker, AudioHandle, mpsc::Receiver<AudioEvent>)>,
    calls: BTreeMap<CallId, Need>,
    microphone: Device,
    speaker: Device,
    tone_plays: bool,
    tone_ends: Option<Now>,
    key_ends: Option<Now>,
    rings: bool,
    muted: bool,
    volume_percent: u8,
}

impl Sound {
    pub(crate) fn new(clock: Clock, tones: bool) -> Sound {
        Sound {
            clock,
            tones,
            worker: None,
            calls: BTreeMap::new(),
            microphone: Device::Closed,
            speaker: Device::Closed,
            tone_plays: false,
            tone_ends: None,
            key_ends: None,
            rings: false,
            muted: false,
            volume_percent: 100,
        }
    }

    /// A call is dialled or answered: the devices will be needed in a moment.
    pub(crate) fn warm_up(&mut self, call: CallId) {
        let need = self.calls.entry(call).or_insert(Need::Nothing);
        if *need == Need::Nothing {
            *need = Need::Soon;
        }
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
        if self.worker.is_some() {
            self.command(AudioCommand::Mute { on });
        }
    }

    pub(crate) fn volume(&mut self, percent: u8) {
        self.volume_percent = percent;
        if self.worker.is_some() {
            self.command(AudioCommand::Volume { percent });
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

    pub(crate) fn stop_tone(&mut self) {
        if self.tone_plays {
            self.tone_plays = false;
            self.tone_ends = None;
            self.command(AudioCommand::StopTone);
        }
    }

    pub(crate) fn ring(&mut self, devices: &DeviceBoard) {
        if !self.tones || self.rings {
            return;
        }
        // A name without a list cannot be looked up in time: it rings on the default rather than not at all.
        let sink = devices.ring_sink().unwrap_or(Some(SpeakerSink::Device(None)));
        if let Some(sink) = sink {
            self.rings = true;
            self.command(AudioCommand::Ring { sink });
        }
    }

    pub(crate) fn stop_ringing(&mut self) {
        if self.rings {
            self.rings = false;
            self.command(AudioCommand::StopRing);
        }
    }

    /// The ringer could not be opened, or is gone: rings on the system's default, unless that is what failed.
    pub(crate) fn ringer_failed(&mut self, devices: &DeviceBoard) {
        let was_default = matches!(devices.ring_sink(), Ok(None | Some(SpeakerSink::Device(None))));
        if self.rings && !was_default {
            self.command(AudioCommand::Ring { sink: SpeakerSink::Device(None) });
        }
    }

    /// A device failed or was lost; it is tried again while it is needed.
    pub(crate) fn device_failed(&mut self, which: Which) {
        let failed = Device::Failed(self.clock.now() + RETRY_EVERY);
        match which {
            Which::Mic if self.microphone != Device::Closed => self.microphone = failed,
            Which::Speaker if self.speaker != Device::Closed => self.speaker = failed,
            Which::Mic | Which::Speaker | Which::Ringer => {}
        }
    }

    /// Other devices were chosen or came: what failed is tried now.
    pub(crate) fn try_again(&mut self) {
        for device in [&mut self.microphone, &mut self.speaker] {
            if let Device::Failed(_) = device {
                *device = Device::Failed(Now::ZERO);
            }
        }
    }

    /// Another microphone was chosen.
    pub(crate) fn reopen_microphone(&mut self) {
        if self.microphone == Device::Open {
            self.microphone = Device::Failed(Now::ZERO);
        }
    }

    /// Another speaker was chosen.
    pub(crate) fn reopen_speaker(&mut self) {
        if self.speaker == Device::Open {
            self.speaker = Device::Failed(Now::ZERO);
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
        let microphone = needs(&[Need::Soon, Need::Talk, Need::Hold]);
        let speaker = microphone || needs(&[Need::Listen]) || self.tone_plays || self.key_ends.is_some();
        let speaker = speaker || (devices.speaker_is_file() && self.speaker == Device::Open);
        let mut list_first = false;

        match (microphone, self.microphone) {
            (true, Device::Closed) => list_first |= !self.open_microphone(devices),
            (true, Device::Failed(at)) if at <= now => list_first |= !self.open_microphone(devices),
            (false, Device::Open) => {
                self.microphone = Device::Closed;
                self.command(AudioCommand::CloseMic);
            }
            (false, Device::Failed(_)) => self.microphone = Device::Closed,
            (true, Device::Open | Device::Failed(_)) | (false, Device::Closed) => {}
        }
        match (speaker, self.speaker) {
            (true, Device::Closed) => list_first |= !self.open_speaker(devices),
            (true, Device::Failed(at)) if at <= now => list_first |= !self.open_speaker(devices),
            (false, Device::Open) => {
                self.speaker = Device::Closed;
                self.command(AudioCommand::CloseSpeaker);
            }
            (false, Device::Failed(_)) => self.speaker = Device::Closed,
            (true, Device::Open | Device::Failed(_)) | (false, Device::Closed) => {}
        }
        list_first
    }

    /// When `settle` is due although nothing comes in.
    pub(crate) fn wake_at(&self) -> Option<Now> {
        let retry = |device| match device {
            Device::Failed(at) => Some(at),
            Device::Open | Device::Closed => None,
        };
        [self.tone_ends, self.key_ends, retry(self.microphone), retry(self.speaker)].into_iter().flatten().min()
    }

    /// News from the worker; waits for ever while there is none.
    pub(crate) async fn next_event(&mut self) -> AudioEvent {
        if let Some((_, _, events)) = &mut self.worker {
            if let Some(event) = events.recv().await {
                return event;
            }
            tracing::error!("the audio worker has ended; a new one is started when sound is needed");
            self.worker = None;
            self.microphone = Device::Closed;
            self.speaker = Device::Closed;
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

    /// False: devices must be listed first.
    fn open_microphone(&mut self, devices: &DeviceBoard) -> bool {
        let Ok(source) = devices.mic_source() else { return false };
        self.microphone = Device::Open;
        self.command(AudioCommand::OpenMic { source });
        true
    }

    fn open_speaker(&mut self, devices: &DeviceBoard) -> bool {
        let Ok(sink) = devices.speaker_sink() else { return false };
        self.speaker = Device::Open;
        self.command(AudioCommand::OpenSpeaker { sink });
        true
    }

    fn command(&mut self, command: AudioCommand) {
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
                    self.worker = Some((worker, handle, events));
                }
                Err(error) => tracing::error!(%error, "the audio thread cannot be started"),
            }
        }
        self.worker.as_ref().map(|(_, handle, _)| handle)
    }
}
