//! The thread's loop.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use audio::Frame;
use audio::playout::Mixer;
use audio::tones::{Tone, ToneGenerator};
use audio_io::Health;
use base::{CallId, FRAME_MS, Now};
use tokio::sync::mpsc;

use super::call::{Call, First};
use super::command::{AudioCommand, AudioEvent, HeardPacket, PlaySource, SpeakerSink, Which};
use super::inbox::{Inbox, Waiting};
use super::joint::Joint;
use super::mic::Mic;
use super::openers::{Opened, Openers};
use super::ringer::Ringer;
use super::side_test::SideTest;
use super::speaker::Speaker;
use super::tap::{self, Tap};

const LEVELS_EVERY: Duration = Duration::from_millis(50);
const FRAME: Duration = Duration::from_millis(FRAME_MS as u64);
/// We come a little after the device's callback, so that its samples are there.
const AFTER_CALLBACK: Duration = Duration::from_micros(700);
/// Never more often than this, whatever a device does.
const SHORTEST_NAP: Duration = Duration::from_millis(2);
/// Events that wait for a slow reader; levels never wait.
const MOST_EVENTS: usize = 64;

/// Runs until the inbox is ended.
pub(super) fn run(inbox: Arc<Inbox>, events: mpsc::Sender<AudioEvent>, epoch: Instant) {
    let openers = Openers::new(inbox.clone(), std::thread::current());
    let mut worker = Worker::new(openers, Events { tx: events, waiting: VecDeque::new() }, epoch);
    let mut taken = Waiting::default();
    loop {
        {
            let mut waiting = inbox.lock();
            if waiting.ended {
                break;
            }
            // Both sides keep their room: nothing allocates once the queues have grown.
            std::mem::swap(&mut waiting.commands, &mut taken.commands);
            std::mem::swap(&mut waiting.packets, &mut taken.packets);
            std::mem::swap(&mut waiting.opened, &mut taken.opened);
            worker.packets_dropped = waiting.packets_dropped;
        }
        worker.take(&mut taken);
        worker.step();
        match worker.nap() {
            Some(nap) => std::thread::park_timeout(nap),
            None => std::thread::park(),
        }
    }
    worker.finish();
}

struct Worker {
    epoch: Instant,
    openers: Openers,
    events: Events,
    mic: Mic,
    muted: bool,
    /// What was told last.
    speaks_while_muted: bool,
    speaker: Speaker,
    /// The speaker that was asked for last.
    speaker_asked: Option<SpeakerSink>,
    /// Gain of the callers.
    volume: f32,
    ringer: Ringer,
    side_test: SideTest,
    tone: Option<ToneGenerator>,
    key: Option<ToneGenerator>,
    mixer: Mixer,
    calls: Vec<Call>,
    /// A guest in one of them.
    joint: Option<Joint>,
    /// Calls that are recorded.
    taps: Vec<Tap>,
    /// A recording that is listened to.
    played: Option<PlaySource>,
    next_levels: Now,
    packets_dropped: u64,
}

impl Worker {
    fn new(openers: Openers, events: Events, epoch: Instant) -> Self {
        let now = Now::at(epoch.elapsed());
        Worker {
            epoch,
            openers,
            events,
            mic: Mic::new(now),
            muted: false,
            speaks_while_muted: false,
            speaker: Speaker::new(Which::Speaker, now),
            speaker_asked: None,
            volume: 1.0,
            ringer: Ringer::default(),
            side_test: SideTest::default(),
            tone: None,
            key: None,
            mixer: Mixer::default(),
            calls: Vec::new(),
            joint: None,
            taps: Vec::new(),
            played: None,
            next_levels: now,
            packets_dropped: 0,
        }
    }

    fn take(&mut self, taken: &mut Waiting) {
        let now = self.now();
        taken.opened.drain(..).for_each(|opened| self.opened(opened, now));
        taken.commands.drain(..).for_each(|command| self.command(command, now));
        taken.packets.drain(..).for_each(|packet| self.packet(&packet));
    }

    fn step(&mut self) {
        if self.is_idle() {
            return self.events.flush();
        }
        let now = self.now();
        // What is played comes first: the microphone may hear it.
        self.sound(now);
        self.speak(now);
        if self.ringer.step(now).is_err() {
            self.events.tell(AudioEvent::RingerLost);
        }
        if self.side_test.step(now).is_err() {
            self.events.tell(AudioEvent::SideTestLost);
        }
        if now >= self.next_levels && (self.mic.is_open() || !self.calls.is_empty()) {
            self.levels(now);
        }
        self.events.flush();
    }

    fn speak(&mut self, now: Now) {
        let Worker { calls, joint, taps, events, mic, .. } = self;
        let lost = mic.frames(self.muted, now, |frame| {
            let said = joint.as_mut().map(|joint| joint.speak(frame, calls));
            for call in calls.iter_mut() {
                let frame = match (&*joint, &said) {
                    (Some(joint), Some(said)) => joint.for_call(call.id, said, frame),
                    _ => frame,
                };
                if call.speak(&tap::sent(taps, call.id, frame)).is_some() {
                    events.tell(AudioEvent::FirstSpoken { call: call.id });
                }
            }
        });
        if lost.is_err() {
            events.tell(AudioEvent::MicLost);
        }
        let speaks = mic.speaks_while_muted();
        if std::mem::replace(&mut self.speaks_while_muted, speaks) != speaks {
            self.events.tell(AudioEvent::SpeaksWhileMuted(speaks));
        }
    }

    fn sound(&mut self, now: Now) {
        let due = match self.speaker.due(now) {
            Ok(due) => due,
            Err(_) => {
                self.ringer.speaker_changed(&self.speaker, &self.openers, now);
                self.events.tell(AudioEvent::SpeakerLost);
                return;
            }
        };
        for _ in 0..due {
            self.sound_frame(now);
        }
    }

    fn sound_frame(&mut self, now: Now) {
        for call in &mut self.calls {
            let Some((mut frame, first)) = call.listen(now) else { continue };
            let hidden = self.joint.as_ref().is_some_and(|joint| joint.hides(call.id));
            if first == Some(First) && self.speaker.is_open() && !hidden {
                call.mark_heard();
                self.events.tell(AudioEvent::FirstHeard { call: call.id });
            }
            if let Some(tap) = self.taps.iter_mut().find(|tap| tap.call == call.id) {
                tap.hears(&frame);
            }
            if self.joint.as_mut().is_some_and(|joint| !joint.hears(call.id, &frame)) {
                continue;
            }
            scale(&mut frame, self.volume);
            self.mixer.add(&frame);
        }
        if let Some(mut frame) = self.joint.as_mut().and_then(Joint::heard) {
            scale(&mut frame, self.volume);
            self.mixer.add(&frame);
        }
        for generator in [&mut self.tone, &mut self.key] {
            match generator.as_mut().map(ToneGenerator::next_frame) {
                Some(Some(frame)) => self.mixer.add(&frame),
                Some(None) => *generator = None,
                None => {}
            }
        }
        for frame in self.taps.iter().filter_map(Tap::for_agent) {
            self.mixer.add(&frame);
        }
        match self.played.as_mut().map(|next| next()) {
            Some(Some(frame)) => self.mixer.add(&frame),
            Some(None) => self.played = None,
            None => {}
        }
        if let Some(frame) = self.ringer.through_speaker() {
            self.mixer.add(&frame);
        }
        let frame = self.mixer.finish();
        self.speaker.play(&frame);
        if self.speaker.is_device() {
            self.mic.played(&frame);
        }
    }

    fn levels(&mut self, now: Now) {
        self.next_levels = now + LEVELS_EVERY;
        let mic = self.mic.level();
        let Worker { calls, joint, .. } = self;
        let shown = calls.iter_mut().filter(|call| !joint.as_ref().is_some_and(|joint| joint.hides(call.id)));
        let calls = shown.filter_map(|call| Some((call.id, call.level()?))).collect();
        self.events.tell_if_room(AudioEvent::Levels { mic, muted: self.muted, calls });
    }

    fn command(&mut self, command: AudioCommand, now: Now) {
        match command {
            AudioCommand::OpenMic { source } => {
                if self.mic.open(source, &self.openers, now) {
                    self.events.tell(AudioEvent::MicOpened);
                }
            }
            AudioCommand::CloseMic => self.mic.close(now),
            AudioCommand::OpenSpeaker { sink } => {
                if self.speaker_asked.as_ref() != Some(&sink) {
                    self.speaker_asked = Some(sink.clone());
                    self.mic.speaker_changed();
                }
                self.speaker.open(sink, &self.openers);
                self.ringer.speaker_changed(&self.speaker, &self.openers, now);
            }
            AudioCommand::CloseSpeaker => {
                self.speaker.close(now);
                self.ringer.speaker_changed(&self.speaker, &self.openers, now);
            }
            AudioCommand::Join { call, out, voice } => match Call::new(call, out, voice) {
                Ok(joined) => {
                    self.calls.retain(|other| other.id != call);
                    self.calls.push(joined);
                }
                Err(error) => tracing::error!(call.id = %call, %error, "no codec for the call"),
            },
            AudioCommand::Bridge { guest, to, mode, apart, hidden } => match &mut self.joint {
                Some(joint) if joint.is_between(guest, to) => joint.set(mode, apart),
                joint => *joint = Some(Joint::new(guest, to, mode, apart, hidden)),
            },
            AudioCommand::EndBridge { guest } => self.joint = self.joint.take().filter(|joint| !joint.concerns(guest)),
            AudioCommand::Record { call, out, first } => {
                self.taps.retain(|tap| tap.call != call);
                self.taps.push(Tap::new(call, out, first));
            }
            AudioCommand::PauseRecord { call, on, first } => {
                let taps = self.taps.iter_mut().filter(|tap| tap.call == call);
                taps.for_each(|tap| tap.rest(on, first.clone()));
            }
            AudioCommand::EndRecord { call } => self.taps.retain(|tap| tap.call != call),
            AudioCommand::Play(source) => self.played = Some(source),
            AudioCommand::StopPlay => self.played = None,
            AudioCommand::Leave { call } => {
                self.taps.retain(|tap| tap.call != call);
                self.joint = self.joint.take().filter(|joint| !joint.concerns(call));
                self.calls.retain(|other| other.id != call);
            }
            AudioCommand::SetSend { call, on } => self.with(call, |call| call.set_send(on)),
            AudioCommand::SetReceive { call, on } => self.with(call, |call| call.set_receive(on)),
            AudioCommand::Voice { call, voice } => self.with(call, |call| call.set_voice(voice)),
            AudioCommand::Protect { call, protection } => self.with(call, |call| call.protect(&protection)),
            AudioCommand::Mute { on } => self.muted = on,
            AudioCommand::Treat(settings) => self.mic.treat(settings),
            AudioCommand::Volume { percent } => self.volume = gain(percent),
            AudioCommand::Tone(tone @ Tone::Dtmf(_)) => self.key = Some(ToneGenerator::new(tone, 1.0)),
            AudioCommand::Tone(tone) => self.tone = Some(ToneGenerator::new(tone, 1.0)),
            AudioCommand::StopTone => self.tone = None,
            AudioCommand::Ring { sinks, percent } => {
                self.ringer.start(sinks, gain(percent), &self.speaker, &self.openers, now);
            }
            AudioCommand::SideSound { device, side } => self.side_test.sound(device, side, &self.openers),
            AudioCommand::EndSideSound => self.side_test.end(),
            AudioCommand::StopRing => self.ringer.stop(now),
            AudioCommand::Stats { call, reply } => {
                let dropped = self.packets_dropped;
                self.with(call, |call| {
                    // Whoever asked may have gone away.
                    let _ = reply.send(call.stats(dropped));
                });
            }
        }
    }

    fn opened(&mut self, Opened { which, attempt, outcome }: Opened, now: Now) {
        let opened = match which {
            Which::Mic => self.mic.opened(attempt, outcome, now),
            Which::Speaker => self.speaker.opened(attempt, outcome, now),
            Which::Ringer => self.ringer.opened(attempt, outcome, now),
            Which::SideTest => self.side_test.opened(attempt, outcome, now),
        };
        match (opened, which) {
            (Some(Ok(())), Which::Mic) => self.events.tell(AudioEvent::MicOpened),
            (Some(Ok(())), Which::Speaker) => self.events.tell(AudioEvent::SpeakerOpened),
            (Some(Ok(())), Which::Ringer | Which::SideTest) | (None, _) => {}
            // What rang through a speaker that did not open rings by itself.
            (Some(Err(why)), Which::Speaker) => {
                self.ringer.speaker_changed(&self.speaker, &self.openers, now);
                self.events.tell(AudioEvent::OpenFailed { which, why });
            }
            (Some(Err(why)), which) => self.events.tell(AudioEvent::OpenFailed { which, why }),
        }
    }

    fn packet(&mut self, packet: &HeardPacket) {
        let arrived = Now::at(packet.arrived.saturating_duration_since(self.epoch));
        self.with(packet.call, |call| call.packet(packet, arrived));
    }

    fn with(&mut self, id: CallId, change: impl FnOnce(&mut Call)) {
        if let Some(call) = self.calls.iter_mut().find(|call| call.id == id) {
            change(call);
        }
    }

    fn now(&self) -> Now {
        Now::at(self.epoch.elapsed())
    }

    /// Nothing to hear, to send or to watch.
    fn is_idle(&self) -> bool {
        self.calls.is_empty()
            && !self.mic.is_open()
            && !self.speaker.is_open()
            && !self.ringer.rings_alone()
            && !self.side_test.is_open()
    }

    /// How long to sleep; `None`: until somebody wakes us.
    fn nap(&self) -> Option<Duration> {
        if !self.events.waiting.is_empty() {
            return Some(FRAME);
        }
        if self.is_idle() {
            return None;
        }
        let (now, instant) = (self.now(), Instant::now());
        // The microphone sets the pace where there is one: what it brings must leave at once, while the speaker's ring has a frame to spare.
        let next = if self.mic.is_open() || !self.calls.is_empty() {
            self.mic.next_frame_in(now, instant)
        } else if self.speaker.is_open() {
            self.speaker.next_frame_in(now, instant)
        } else if self.ringer.rings_alone() {
            self.ringer.next_frame_in(now, instant)
        } else {
            FRAME
        };
        Some(next.clamp(SHORTEST_NAP, FRAME + SHORTEST_NAP))
    }

    fn finish(self) {
        self.speaker.finish();
        self.ringer.finish();
    }
}

/// Only what is turned down is touched.
fn scale(frame: &mut Frame, volume: f32) {
    if volume < 1.0 {
        frame.iter_mut().for_each(|sample| *sample *= volume);
    }
}

/// 0..=100 as a factor.
fn gain(percent: u8) -> f32 {
    f32::from(percent.min(100)) / 100.0
}

/// How long until just after the next callback of a device that calls every 10 ms.
pub(super) fn until_callback(health: &Health, now: Instant) -> Duration {
    let Some(since) = health.since_callback(now) else { return FRAME };
    let next = FRAME + AFTER_CALLBACK;
    if since >= next { SHORTEST_NAP } else { next - since }
}

struct Events {
    tx: mpsc::Sender<AudioEvent>,
    waiting: VecDeque<AudioEvent>,
}

impl Events {
    fn tell(&mut self, event: AudioEvent) {
        if self.waiting.len() >= MOST_EVENTS {
            tracing::error!("nobody reads the audio worker's events");
            self.waiting.pop_front();
        }
        self.waiting.push_back(event);
    }

    fn tell_if_room(&mut self, event: AudioEvent) {
        // Half of the queue stays free for what must not be lost. A full or closed one drops this level.
        if self.waiting.is_empty() && self.tx.capacity() > MOST_EVENTS / 2 {
            let _ = self.tx.try_send(event);
        }
    }

    fn flush(&mut self) {
        while let Some(event) = self.waiting.pop_front() {
            match self.tx.try_send(event) {
                Ok(()) => {}
                Err(mpsc::error::TrySendError::Full(event)) => return self.waiting.push_front(event),
                Err(mpsc::error::TrySendError::Closed(_)) => {}
            }
        }
    }
}
