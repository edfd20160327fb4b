//! Audio workers joined back to back: WAV microphones in, WAV speakers out, spectra compared. No sound card is touched.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use base::{CallId, Dbfs, Ssrc, SuperviseMode};
use engine::audio::{
    AudioCommand, AudioEvent, AudioHandle, AudioWorker, CallSound, HeardPacket, MicSource, OpenFailure, PacketSink,
    SpeakerSink, SpokenPacket, Voice, Which, wav,
};
use testkit::fft;
use tokio::sync::{mpsc, oneshot};

const DEADLINE: Duration = Duration::from_secs(30);
const CALL: CallId = CallId(1);
const QUIET: f32 = -80.0;
const LOUD: f32 = -20.0;

/// A worker with a WAV speaker.
struct Station {
    worker: AudioWorker,
    handle: AudioHandle,
    events: mpsc::Receiver<AudioEvent>,
    file: PathBuf,
}

impl Station {
    /// Its microphone, if it has one, is a tone of `hz`.
    async fn start(folder: &std::path::Path, name: &str, hz: Option<f32>) -> Station {
        let (worker, handle, events) = AudioWorker::spawn(Instant::now()).expect("a thread");
        let file = folder.join(format!("{name}.wav"));
        let mut station = Station { worker, handle, events, file };
        station.tell(AudioCommand::OpenSpeaker { sink: SpeakerSink::Wav(station.file.clone()) });
        station.event("the speaker is open", |event| matches!(event, AudioEvent::SpeakerOpened)).await;
        if let Some(hz) = hz {
            let samples: Arc<[f32]> = fft::sine(hz, 0.25, 48_000, 48_000).into();
            station.tell(AudioCommand::OpenMic { source: MicSource::Samples(samples) });
            station.event("the microphone is open", |event| matches!(event, AudioEvent::MicOpened)).await;
        }
        station
    }

    fn tell(&self, command: AudioCommand) {
        assert!(self.handle.send(command), "the worker takes commands");
    }

    async fn event(&mut self, what: &str, wanted: impl Fn(&AudioEvent) -> bool) -> AudioEvent {
        let search = async {
            loop {
                let event = self.events.recv().await.expect("the worker runs");
                if wanted(&event) {
                    return event;
                }
            }
        };
        tokio::time::timeout(DEADLINE, search).await.unwrap_or_else(|_| panic!("waiting until {what}"))
    }

    /// Waits until a call's level fits.
    async fn level(&mut self, what: &str, call: CallId, fits: impl Fn(f32) -> bool) {
        self.event(what, |event| match event {
            AudioEvent::Levels { calls, .. } => calls.iter().any(|(id, Dbfs(level))| *id == call && fits(*level)),
            _ => false,
        })
        .await;
    }

    /// Waits for `seconds` of level events: so much sound has passed.
    async fn pass(&mut self, seconds: usize) {
        for _ in 0..seconds * 20 {
            self.event("levels come", |event| matches!(event, AudioEvent::Levels { .. })).await;
        }
    }

    async fn stats(&self, call: CallId) -> CallSound {
        let (reply, answer) = oneshot::channel();
        self.tell(AudioCommand::Stats { call, reply });
        tokio::time::timeout(DEADLINE, answer).await.expect("in time").expect("the call takes part")
    }

    /// Ends it and returns what its speaker played.
    fn recorded(self) -> Vec<f32> {
        drop(self.worker);
        wav::load(&self.file).expect("a complete file").to_vec()
    }
}

/// Carries packets to another worker as a network without loss would.
fn wire(to: &AudioHandle, call: CallId) -> PacketSink {
    let (to, mut seq, mut timestamp) = (to.clone(), 100u16, 0u32);
    let ssrc = Ssrc(call.0 as u32 + 77);
    Box::new(move |packet: SpokenPacket| {
        seq = seq.wrapping_add(1);
        timestamp = timestamp.wrapping_add(packet.ticks);
        to.packet(HeardPacket {
            call,
            ssrc,
            seq,
            timestamp,
            codec: packet.codec,
            redundant: false,
            payload: packet.payload,
            arrived: Instant::now(),
        });
    })
}

async fn pair(folder: &std::path::Path) -> (Station, Station) {
    let mut one = Station::start(folder, "one", Some(440.0)).await;
    let mut two = Station::start(folder, "two", Some(1000.0)).await;
    one.tell(AudioCommand::Join { call: CALL, out: wire(&two.handle, CALL), voice: Voice::default() });
    two.tell(AudioCommand::Join { call: CALL, out: wire(&one.handle, CALL), voice: Voice::default() });
    for station in [&mut one, &mut two] {
        station.event("the other is heard", |event| *event == AudioEvent::FirstHeard { call: CALL }).await;
    }
    (one, two)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("the temporary folder is writable")
}

fn last_second(sound: &[f32]) -> &[f32] {
    &sound[sound.len() - 48_000..]
}

/// Whether a quarter of a second fits: on a busy computer a thread comes late and concealment fills in, which is right but not a clean tone.
fn somewhere(sound: &[f32], fits: impl Fn(&[f32]) -> bool) -> bool {
    sound.windows(12_000).step_by(6000).any(fits)
}

/// The network in the decoder that takes coding noise out of speech makes a tone up to 1.5 dB louder.
fn is_clean_tone(sound: &[f32], hz: f32) -> bool {
    let found = fft::dominant(sound, 48_000);
    found.is_some_and(|found| (found.hz - hz).abs() < 3.0 && (found.amplitude - 0.25).abs() < 0.05)
        && fft::rest_rms(sound, 48_000, hz) < 0.01
}

#[tokio::test]
async fn two_workers_hear_each_other() {
    let folder = folder();
    let before = Instant::now();
    let (mut one, two) = pair(folder.path()).await;
    eprintln!("both heard each other {:?} after the start", before.elapsed());
    one.pass(3).await;
    let stats = one.stats(CALL).await;
    assert!(stats.send_packets > 100 && stats.receive.played_frames > 200, "{stats:?}");
    assert_eq!(stats.queue_dropped, 0);
    for (station, hz) in [(one, 1000.0), (two, 440.0)] {
        let sound = station.recorded();
        let last = &sound[sound.len() - 2 * 48_000..];
        let heard = fft::dominant(last, 48_000);
        assert!(somewhere(last, |part| is_clean_tone(part, hz)), "{hz} Hz is not clean anywhere: {heard:?}, {stats:?}");
        assert!(heard.is_some_and(|tone| (tone.hz - hz).abs() < 3.0), "{heard:?} for {hz} Hz");
    }
}

#[tokio::test]
async fn mute_is_silence_on_the_wire_while_the_meter_still_moves() {
    let folder = folder();
    let (mut one, mut two) = pair(folder.path()).await;
    one.tell(AudioCommand::Mute { on: true });
    two.level("the muted one is silent", CALL, |level| level < QUIET).await;
    let mic_moves = |event: &AudioEvent| matches!(event, AudioEvent::Levels { mic, muted: true, .. } if mic.0 > LOUD);
    one.event("the meter moves", mic_moves).await;
    let sent = one.stats(CALL).await.send_packets;
    one.pass(1).await;
    assert!(one.stats(CALL).await.send_packets > sent + 20, "silence is still sent");
    one.tell(AudioCommand::Mute { on: false });
    two.level("it is heard again", CALL, |level| level > LOUD).await;
}

#[tokio::test]
async fn hold_sends_nothing_and_comes_back() {
    let folder = folder();
    let (mut one, mut two) = pair(folder.path()).await;
    for on in [false, true] {
        one.tell(AudioCommand::SetSend { call: CALL, on });
        one.tell(AudioCommand::SetReceive { call: CALL, on });
        if on {
            two.level("the held one is heard again", CALL, |level| level > LOUD).await;
            one.level("it hears again", CALL, |level| level > LOUD).await;
        } else {
            two.level("nothing comes", CALL, |level| level < QUIET).await;
            let hears_nobody =
                |event: &AudioEvent| matches!(event, AudioEvent::Levels { calls, .. } if calls.is_empty());
            one.event("it hears nobody", hears_nobody).await;
            let sent = one.stats(CALL).await.send_packets;
            one.pass(1).await;
            assert_eq!(one.stats(CALL).await.send_packets, sent);
        }
    }
    one.pass(2).await;
    let sound = one.recorded();
    let found = fft::dominant(last_second(&sound), 48_000).expect("a tone");
    assert!((found.hz - 1000.0).abs() < 2.0, "{found:?}");
}

#[tokio::test]
async fn of_two_calls_only_the_active_is_heard() {
    let folder = folder();
    let (first, second) = (CallId(1), CallId(2));
    let mut agent = Station::start(folder.path(), "agent", Some(600.0)).await;
    let low = Station::start(folder.path(), "low", Some(440.0)).await;
    let high = Station::start(folder.path(), "high", Some(1000.0)).await;
    for (caller, call) in [(&low, first), (&high, second)] {
        agent.tell(AudioCommand::Join { call, out: wire(&caller.handle, call), voice: Voice::default() });
        caller.tell(AudioCommand::Join { call, out: wire(&agent.handle, call), voice: Voice::default() });
    }
    agent.level("the first is heard", first, |level| level > LOUD).await;
    agent.level("the second is heard", second, |level| level > LOUD).await;
    agent.pass(2).await;
    agent.tell(AudioCommand::SetReceive { call: first, on: false });
    agent.tell(AudioCommand::SetSend { call: first, on: false });
    agent.pass(2).await;
    let sound = agent.recorded();
    let loud = |part: &[f32], hz| (fft::tone_amplitude(part, 48_000, hz) - 0.25).abs() < 0.05;
    let before = &sound[..sound.len() - 48_000 * 2];
    assert!(somewhere(before, |part| loud(part, 440.0) && loud(part, 1000.0)), "both in the mix");
    assert!(somewhere(last_second(&sound), |part| is_clean_tone(part, 1000.0)), "the active caller alone");
    assert!(fft::tone_amplitude(last_second(&sound), 48_000, 440.0) < 0.01, "the held caller is not heard");
}

#[tokio::test]
async fn ringback_plays_until_it_is_stopped_and_keys_sound_beside_it() {
    let folder = folder();
    let mut station = Station::start(folder.path(), "tones", None).await;
    // Levels, and with them a measure of time, come with a call only.
    station.tell(AudioCommand::Join { call: CALL, out: Box::new(|_| ()), voice: Voice::default() });
    station.tell(AudioCommand::Tone(audio::tones::Tone::Ringback));
    station.tell(AudioCommand::Tone(audio::tones::Tone::Dtmf('5')));
    station.pass(1).await;
    station.tell(AudioCommand::StopTone);
    station.pass(2).await;
    let sound = station.recorded();
    let first = sound.iter().position(|sample| sample.abs() > 0.001).expect("the tone sounds");
    let tones = &sound[first..first + 4800];
    for (hz, amplitude) in [(425.0, 0.1), (770.0, 0.04), (1336.0, 0.05)] {
        let found = fft::tone_amplitude(tones, 48_000, hz);
        assert!((found - amplitude).abs() < 0.015, "{hz} Hz: {found}");
    }
    assert!(fft::rms(last_second(&sound)) < 1e-4, "it has stopped");
}

#[tokio::test]
async fn volume_turns_callers_down_and_not_tones() {
    let folder = folder();
    let (mut one, _two) = pair(folder.path()).await;
    one.tell(AudioCommand::Volume { percent: 20 });
    one.tell(AudioCommand::Tone(audio::tones::Tone::Busy));
    one.pass(3).await;
    let sound = one.recorded();
    let is_quiet = |part: &[f32]| (fft::tone_amplitude(part, 48_000, 1000.0) - 0.05).abs() < 0.01;
    assert!(somewhere(last_second(&sound), is_quiet), "the caller is at a fifth");
    // Half a second of tone, half of pause: one tenth of a second at least is all tone.
    let loudness = last_second(&sound).chunks(4800).map(|tenth| fft::tone_amplitude(tenth, 48_000, 425.0));
    let tone = loudness.fold(0.0, f32::max);
    assert!((tone - 0.1).abs() < 0.02, "busy tone at {tone}");
}

#[tokio::test]
async fn ringing_goes_to_its_own_device_and_leaves_the_speaker_alone() {
    let folder = folder();
    let mut station = Station::start(folder.path(), "speaker", None).await;
    let bell = folder.path().join("bell.wav");
    station.tell(AudioCommand::Join { call: CALL, out: Box::new(|_| ()), voice: Voice::default() });
    station.tell(AudioCommand::Ring { sinks: vec![SpeakerSink::Wav(bell.clone())], percent: 100 });
    station.pass(2).await;
    station.tell(AudioCommand::StopRing);
    let ring_in_speaker = SpeakerSink::Wav(station.file.clone());
    station.pass(1).await;
    station.tell(AudioCommand::Ring { sinks: vec![ring_in_speaker], percent: 100 });
    station.pass(1).await;
    let sound = station.recorded();
    let rung = wav::load(&bell).expect("a complete file");
    assert!(fft::rms(&rung[..24_000]) > 0.02, "the bell rang");
    assert!(fft::rms(&sound[..48_000]) < 1e-4, "the speaker was silent");
    assert!(fft::rms(last_second(&sound)) > 0.02, "the same device rings through the speaker");
}

#[tokio::test]
async fn silence_is_sent_at_50_packets_a_second_without_a_microphone() {
    let folder = folder();
    let mut station = Station::start(folder.path(), "nobody", None).await;
    let (count, advance) = (Arc::new(AtomicU64::new(0)), Arc::new(Mutex::new(Vec::new())));
    let (counter, log) = (count.clone(), advance.clone());
    let out = Box::new(move |packet: SpokenPacket| {
        counter.fetch_add(1, Ordering::Relaxed);
        log.lock().expect("one writer").push((packet.ticks, packet.marker));
    });
    station.tell(AudioCommand::Join { call: CALL, out, voice: Voice::default() });
    station.event("the first packet left", |event| *event == AudioEvent::FirstSpoken { call: CALL }).await;
    let (start, before) = (Instant::now(), count.load(Ordering::Relaxed));
    station.pass(2).await;
    let (seconds, packets) = (start.elapsed().as_secs_f64(), count.load(Ordering::Relaxed) - before);
    assert!((packets as f64 / seconds - 50.0).abs() < 6.0, "{packets} packets in {seconds} s");
    let advance = advance.lock().expect("one writer");
    assert_eq!(advance[0], (960, true));
    assert!(advance[1..].iter().all(|packet| *packet == (960, false)));
}

#[tokio::test]
async fn a_speaker_file_that_cannot_be_written_is_told_and_the_call_goes_on() {
    let folder = folder();
    let mut station = Station::start(folder.path(), "fine", None).await;
    station.tell(AudioCommand::Join { call: CALL, out: Box::new(|_| ()), voice: Voice::default() });
    station.tell(AudioCommand::OpenSpeaker { sink: SpeakerSink::Wav(folder.path().join("no/such/folder.wav")) });
    let failed = |event: &AudioEvent| {
        matches!(event, AudioEvent::OpenFailed { which: Which::Speaker, why: OpenFailure::Backend(_) })
    };
    station.event("the failure is told", failed).await;
    station.pass(1).await;
    assert!(station.stats(CALL).await.send_packets > 10);
}

#[tokio::test]
async fn leaving_ends_the_packets_and_the_worker_sleeps() {
    let folder = folder();
    let (one, mut two) = pair(folder.path()).await;
    one.tell(AudioCommand::Leave { call: CALL });
    two.level("nothing comes", CALL, |level| level < QUIET).await;
    let (reply, answer) = oneshot::channel();
    one.tell(AudioCommand::Stats { call: CALL, reply });
    assert!(tokio::time::timeout(DEADLINE, answer).await.expect("in time").is_err(), "the call is unknown");
}

/// A guest joins, changes the mode and leaves: who hears whom, through encoders, receive buffers and files.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guest_is_mixed_as_the_mode_says_and_the_customer_has_no_gap_rg_10() {
    const GUEST: CallId = CallId(2);
    let folder = folder();
    let (mut agent, customer) = pair(folder.path()).await;
    let mut guest = Station::start(folder.path(), "guest", Some(3000.0)).await;
    agent.tell(AudioCommand::Join { call: GUEST, out: wire(&guest.handle, GUEST), voice: Voice::default() });
    guest.tell(AudioCommand::Join { call: GUEST, out: wire(&agent.handle, GUEST), voice: Voice::default() });
    guest.event("the agent is heard", |event| *event == AudioEvent::FirstHeard { call: GUEST }).await;
    let before = customer.stats(CALL).await;
    for mode in [SuperviseMode::Whisper, SuperviseMode::Barge, SuperviseMode::Listen, SuperviseMode::Whisper] {
        agent.tell(AudioCommand::Bridge { guest: GUEST, to: CALL, mode, apart: false, hidden: true });
        agent.pass(2).await;
    }
    let shown = agent.event("levels come", |event| matches!(event, AudioEvent::Levels { .. })).await;
    assert!(
        matches!(shown, AudioEvent::Levels { calls, .. } if calls.iter().all(|(id, _)| *id == CALL)),
        "no level of a guest"
    );
    let after = customer.stats(CALL).await;
    let played = after.receive.played_frames - before.receive.played_frames;
    assert!(played > 700, "the customer was played {played} frames in eight seconds");
    agent.tell(AudioCommand::EndBridge { guest: GUEST });
    agent.tell(AudioCommand::Leave { call: GUEST });
    agent.pass(1).await;

    let level = |sound: &[f32], hz| fft::tone_amplitude(sound, 48_000, hz);
    let [agent, customer, guest] = [agent, customer, guest].map(Station::recorded);
    let hears = |sound: &[f32], there: &[f32], absent: &[f32]| {
        somewhere(sound, |window| {
            there.iter().all(|hz| level(window, *hz) > 0.1) && absent.iter().all(|hz| level(window, *hz) < 0.005)
        })
    };
    assert!(hears(&guest, &[440.0, 1000.0], &[3000.0]), "the guest hears both");
    assert!(hears(&agent, &[1000.0, 3000.0], &[]), "the agent hears the guest beside the customer");
    assert!(hears(&customer, &[440.0, 3000.0], &[1000.0]), "the customer hears the guest who barges in");
    assert!(hears(last_second(&customer), &[440.0], &[3000.0]), "and the agent alone at the end");
}
