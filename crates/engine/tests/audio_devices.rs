//! The audio worker with devices of a private sound server: missing, opened, unplugged, replaced, server gone.
#![cfg(target_os = "linux")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use base::{CallId, Ssrc};
use engine::audio::{
    AudioCommand, AudioEvent, AudioHandle, AudioWorker, HeardPacket, MicSource, OpenFailure, SpeakerSink, SpokenPacket,
    Voice, Which,
};
use testkit::card::{Player, Tap};
use testkit::pulse::{FakeCard, PulseServer};
use tokio::sync::mpsc;

const DEADLINE: Duration = Duration::from_secs(30);
const CALL: CallId = CallId(1);

/// One test, because it points the whole process to its own sound server.
#[test]
fn a_call_survives_missing_unplugged_and_replaced_devices() {
    let server = PulseServer::start(&["a", "b"]);
    server.use_in_this_process();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build().expect("a runtime");
    runtime.block_on(walk(&server));
}

async fn walk(server: &PulseServer) {
    let (_worker, handle, mut events) = AudioWorker::spawn(Instant::now()).expect("a thread");
    let mut rig = Rig { handle: handle.clone(), events: &mut events };
    let sent = Arc::new(AtomicU64::new(0));
    rig.tell(AudioCommand::Join { call: CALL, out: echo(&handle, &sent), voice: Voice::default() });

    rig.tell(microphone("nobody"));
    rig.until(AudioEvent::OpenFailed { which: Which::Mic, why: OpenFailure::Missing }).await;
    rig.tell(speaker("nobody"));
    rig.until(AudioEvent::OpenFailed { which: Which::Speaker, why: OpenFailure::Missing }).await;
    rig.goes_on(&sent, "without devices").await;

    let before = Instant::now();
    rig.tell(microphone("mic_a"));
    rig.tell(speaker("spk_a"));
    rig.until(AudioEvent::MicOpened).await;
    eprintln!("both devices asked for; the microphone was open after {:?}", before.elapsed());
    rig.is_heard_through("a", 500.0).await;
    let (cpu, start) = (cpu_seconds(), Instant::now());
    rig.pass(3).await;
    eprintln!(
        "worker and two streams: {:.1} % of a core",
        (cpu_seconds() - cpu) / start.elapsed().as_secs_f64() * 100.0
    );

    server.unplug("a");
    // Both are told; in which order they are noticed is not ours to say.
    let first = rig.next(|event| matches!(event, AudioEvent::MicLost | AudioEvent::SpeakerLost)).await;
    rig.until(if first == AudioEvent::MicLost { AudioEvent::SpeakerLost } else { AudioEvent::MicLost }).await;
    rig.goes_on(&sent, "with silence").await;

    rig.tell(microphone("mic_b"));
    rig.tell(speaker("spk_b"));
    rig.until(AudioEvent::MicOpened).await;
    rig.is_heard_through("b", 800.0).await;

    server.kill();
    let first = rig.next(|event| matches!(event, AudioEvent::MicLost | AudioEvent::SpeakerLost)).await;
    rig.until(if first == AudioEvent::MicLost { AudioEvent::SpeakerLost } else { AudioEvent::MicLost }).await;
    rig.goes_on(&sent, "after the sound server died").await;
}

struct Rig<'a> {
    handle: AudioHandle,
    events: &'a mut mpsc::Receiver<AudioEvent>,
}

impl Rig<'_> {
    fn tell(&self, command: AudioCommand) {
        assert!(self.handle.send(command), "the worker takes commands");
    }

    async fn until(&mut self, wanted: AudioEvent) {
        self.next(|event| *event == wanted).await;
    }

    async fn next(&mut self, wanted: impl Fn(&AudioEvent) -> bool) -> AudioEvent {
        let mut seen = Vec::new();
        let search = async {
            loop {
                let event = self.events.recv().await.expect("the worker runs");
                if wanted(&event) {
                    return event;
                }
                if !matches!(event, AudioEvent::Levels { .. }) {
                    seen.push(event);
                }
            }
        };
        let found = tokio::time::timeout(DEADLINE, search).await;
        found.unwrap_or_else(|_| panic!("an event did not come; these came: {seen:?}"))
    }

    async fn pass(&mut self, seconds: usize) {
        for _ in 0..seconds * 20 {
            self.next(|event| matches!(event, AudioEvent::Levels { .. })).await;
        }
    }

    async fn goes_on(&mut self, sent: &AtomicU64, how: &str) {
        let before = sent.load(Ordering::Relaxed);
        self.pass(1).await;
        assert!(sent.load(Ordering::Relaxed) > before + 20, "the call goes on {how}");
    }

    /// Plays a tone into the card's microphone and finds it at its speaker: the call echoes.
    async fn is_heard_through(&mut self, card: &str, hz: f32) {
        let card = FakeCard::named(card);
        let tap = Tap::start(&card.record);
        let start = Instant::now();
        let player = Player::tone(&card.feed, hz);
        let tone = tokio::task::block_in_place(|| tap.wait_for_tone(hz, DEADLINE));
        assert!((tone.amplitude - 0.25).abs() < 0.04, "{tone:?}");
        eprintln!("{hz} Hz was heard clean for a second {:?} after the device was asked to play it", start.elapsed());
        drop(player);
        tokio::task::block_in_place(|| tap.wait_for_silence(DEADLINE));
    }
}

fn microphone(name: &str) -> AudioCommand {
    AudioCommand::OpenMic { source: MicSource::Device(Some(format!("pulseaudio:{name}"))) }
}

fn speaker(name: &str) -> AudioCommand {
    AudioCommand::OpenSpeaker { sink: SpeakerSink::Device(Some(format!("pulseaudio:{name}"))) }
}

/// What is spoken comes back as if the other side had said it.
fn echo(to: &AudioHandle, sent: &Arc<AtomicU64>) -> Box<dyn FnMut(SpokenPacket) + Send> {
    let (to, sent, mut seq, mut timestamp) = (to.clone(), sent.clone(), 0u16, 0u32);
    Box::new(move |packet| {
        sent.fetch_add(1, Ordering::Relaxed);
        seq = seq.wrapping_add(1);
        timestamp = timestamp.wrapping_add(packet.ticks);
        to.packet(HeardPacket {
            call: CALL,
            ssrc: Ssrc(9),
            seq,
            timestamp,
            codec: packet.codec,
            redundant: false,
            payload: packet.payload,
            arrived: Instant::now(),
        });
    })
}

/// User and system time of this process.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields: Vec<&str> = stat.rsplit(')').next().expect("a name in brackets").split_whitespace().collect();
    let ticks = |index: usize| fields[index].parse::<f64>().expect("a number");
    (ticks(11) + ticks(12)) / 100.0
}
