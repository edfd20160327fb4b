//! Real streams against a private sound server: tone in, spectrum out, devices that vanish, what it costs.
#![cfg(target_os = "linux")]

use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use audio_io::{AudioDeviceInfo, DeviceWatch, Input, OpenError, Output, StreamLost};
use rtrb::{Consumer, Producer};
use testkit::fft;
use testkit::pulse::{FakeCard, PulseServer};

const DEADLINE: Duration = Duration::from_secs(20);

/// One test, because it points the whole process to its own sound server.
#[test]
fn a_private_sound_server_from_listing_to_unplugging() {
    let server = PulseServer::start(&["a", "b"]);
    server.use_in_this_process();
    lists_microphones_and_speakers();
    unknown_devices_are_missing();
    a_tone_passes_both_ways();
    a_watch_tells_of_plug_default_mute_and_unplug(&server);
    left_and_right_are_told_apart(&server);
    unplugging_is_noticed(&server);
    a_dying_server_is_noticed(&server);
}

fn lists_microphones_and_speakers() {
    let devices = audio_io::list().expect("the server answers");
    let shown: Vec<(&str, bool, bool)> = devices.iter().map(|d| (d.id.as_str(), d.is_input, d.is_default)).collect();
    for expected in [
        ("pulseaudio:mic_a", true, true),
        ("pulseaudio:mic_b", true, false),
        ("pulseaudio:spk_a", false, true),
        ("pulseaudio:spk_b", false, false),
    ] {
        assert!(shown.contains(&expected), "{expected:?} in {shown:?}");
    }
    assert!(!shown.iter().any(|(id, ..)| id.ends_with(".monitor")), "monitors are hidden: {shown:?}");
    assert!(shown[0].2 && shown[1].2, "the defaults come first: {shown:?}");
}

fn unknown_devices_are_missing() {
    let missing = OpenError::Missing { id: "pulseaudio:nobody".into() };
    assert_eq!(Input::open(Some("pulseaudio:nobody")).err(), Some(missing.clone()));
    assert_eq!(Output::open(Some("pulseaudio:nobody")).err(), Some(missing));
}

fn a_tone_passes_both_ways() {
    let (card, other) = (FakeCard::named("a"), FakeCard::named("b"));
    let before = Instant::now();
    let (feed, mut into_microphone) = Output::open(Some(&card.feed)).expect("opens");
    let (microphone, mut from_microphone) = Input::open(None).expect("the default microphone opens");
    let (speaker, mut to_speaker) = Output::open(Some("pulseaudio:spk_b")).expect("opens by id");
    let (tap, mut from_speaker) = Input::open(Some(&other.record)).expect("a monitor opens by name");
    assert!(before.elapsed() < Duration::from_secs(5), "opening four streams took {:?}", before.elapsed());
    let rate = microphone.rate().0;
    assert_eq!((rate, feed.rate().0, speaker.rate().0, tap.rate().0), (48_000, 48_000, 48_000, 48_000));

    let (high, low) = (Tone::new(1000.0), Tone::new(440.0));
    let cpu_before = cpu_seconds();
    let start = Instant::now();
    let (mut heard, mut recorded) = (Vec::new(), Vec::new());
    let (mut high, mut low) = (high, low);
    while heard.len() < 4 * 48_000 || recorded.len() < 4 * 48_000 {
        assert!(start.elapsed() < DEADLINE, "{} and {} samples came", heard.len(), recorded.len());
        high.top_up(&mut into_microphone);
        low.top_up(&mut to_speaker);
        drain(&mut from_microphone, &mut heard);
        drain(&mut from_speaker, &mut recorded);
        std::thread::sleep(Duration::from_millis(5));
    }
    let (cpu, seconds) = (cpu_seconds() - cpu_before, start.elapsed().as_secs_f64());
    eprintln!("four streams: {:.1} % of a core, {} callbacks", cpu / seconds * 100.0, microphone.health().callbacks());
    for (name, sound, hz) in [("microphone", &heard, 1000.0), ("speaker", &recorded, 440.0)] {
        let last = &sound[sound.len() - 48_000..];
        let found = fft::dominant(last, 48_000).unwrap_or_else(|| panic!("{name}: silence"));
        assert!((found.hz - hz).abs() < 1.0 && (found.amplitude - 0.25).abs() < 0.03, "{name}: {found:?}");
    }
    assert!((100..=1000).contains(&microphone.health().callbacks()), "{} callbacks", microphone.health().callbacks());
}

fn a_watch_tells_of_plug_default_mute_and_unplug(server: &PulseServer) {
    let (tell, told) = channel();
    let watch = DeviceWatch::start(move |list| tell.send(list).expect("the test listens")).expect("a thread");
    let is = |id: &'static str, fits: fn(&AudioDeviceInfo) -> bool| {
        move |list: &[AudioDeviceInfo]| list.iter().any(|device| device.id == id && fits(device))
    };
    next_list(&told, "the list at the beginning", is("pulseaudio:mic_a", |d| d.is_default));
    server.plug("late");
    next_list(&told, "a plugged microphone", is("pulseaudio:mic_late", |d| !d.is_default && !d.is_muted));
    server.make_default("late");
    next_list(&told, "another default", is("pulseaudio:mic_late", |d| d.is_default));
    server.mute_microphone("late", true);
    next_list(&told, "a muted microphone", is("pulseaudio:mic_late", |d| d.is_muted));
    server.unplug("late");
    next_list(&told, "an unplugged card", |list| !list.iter().any(|device| device.id.ends_with("_late")));
    server.make_default("a");
    drop(watch);
    // Ends because the watch has ended, and its teller with it.
    told.iter().for_each(drop);
}

fn next_list(told: &Receiver<Vec<AudioDeviceInfo>>, what: &str, fits: impl Fn(&[AudioDeviceInfo]) -> bool) {
    let since = Instant::now();
    loop {
        let left = DEADLINE.saturating_sub(since.elapsed());
        let list = told.recv_timeout(left).unwrap_or_else(|_| panic!("waited for {what}"));
        if fits(&list) {
            break;
        }
    }
    eprintln!("{what} was told {:?} after we looked", since.elapsed());
}

fn left_and_right_are_told_apart(server: &PulseServer) {
    server.plug_stereo("wide");
    let (speaker, mut ring) = Output::open_stereo(Some("pulseaudio:spk_wide")).expect("opens");
    let (tap, mut heard) = Input::open(Some("spk_wide.monitor")).expect("a monitor opens by name");
    wait_until("both run", || speaker.health().callbacks() > 0 && tap.health().callbacks() > 0);
    let (mut sound, mut at) = (Vec::new(), 0u64);
    let start = Instant::now();
    while sound.len() < 2 * 48_000 {
        assert!(start.elapsed() < DEADLINE, "{} samples came", sound.len());
        // One side only: to one channel the server mixes both to half.
        while ring.buffer().capacity() - ring.slots() < 2 * 1920 {
            let turn = at as f64 * 600.0 / 48_000.0;
            at += 1;
            ring.push(0.5 * (turn * std::f64::consts::TAU).sin() as f32).expect("room for 200 ms");
            ring.push(0.0).expect("room for 200 ms");
        }
        drain(&mut heard, &mut sound);
        std::thread::sleep(Duration::from_millis(5));
    }
    let found = fft::dominant(&sound[48_000..], 48_000).expect("a tone");
    assert!((found.hz - 600.0).abs() < 1.0 && (found.amplitude - 0.25).abs() < 0.03, "{found:?}");
    drop((speaker, tap));
    server.unplug("wide");
}

fn unplugging_is_noticed(server: &PulseServer) {
    let (microphone, _ring) = Input::open(Some("pulseaudio:mic_b")).expect("opens");
    let (speaker, _ring) = Output::open(Some("pulseaudio:spk_b")).expect("opens");
    wait_until("the streams run", || microphone.health().callbacks() > 0 && speaker.health().callbacks() > 0);
    server.unplug("b");
    wait_until("both streams are lost", || microphone.health().lost().is_some() && speaker.health().lost().is_some());
    assert_eq!(microphone.health().lost(), Some(StreamLost::Gone));
    assert_eq!(speaker.health().lost(), Some(StreamLost::Gone));
}

fn a_dying_server_is_noticed(server: &PulseServer) {
    let (speaker, _ring) = Output::open(None).expect("opens");
    wait_until("the stream runs", || speaker.health().callbacks() > 0);
    server.kill();
    wait_until("the stream is lost", || speaker.health().lost().is_some());
    assert_eq!(speaker.health().lost(), Some(StreamLost::ServerLeft));
    assert!(matches!(Output::open(Some("pulseaudio:spk_a")), Err(OpenError::Backend(_) | OpenError::Missing { .. })));
}

struct Tone {
    hz: f64,
    at: u64,
}

impl Tone {
    fn new(hz: f64) -> Self {
        Tone { hz, at: 0 }
    }

    /// Keeps 40 ms in the ring.
    fn top_up(&mut self, ring: &mut Producer<f32>) {
        let waiting = ring.buffer().capacity() - ring.slots();
        for _ in waiting..1920 {
            let turn = self.at as f64 * self.hz / 48_000.0;
            self.at += 1;
            ring.push(0.25 * (turn * std::f64::consts::TAU).sin() as f32).expect("the ring holds 200 ms");
        }
    }
}

fn drain(ring: &mut Consumer<f32>, into: &mut Vec<f32>) {
    while let Ok(sample) = ring.pop() {
        into.push(sample);
    }
}

fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < DEADLINE, "waiting until {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// User and system time of this process.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields: Vec<&str> = stat.rsplit(')').next().expect("a name in brackets").split_whitespace().collect();
    let ticks = |index: usize| fields[index].parse::<f64>().expect("a number");
    (ticks(11) + ticks(12)) / 100.0
}
