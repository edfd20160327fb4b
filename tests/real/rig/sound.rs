//! A voice that speaks into a sound server, and an ear that listens to one.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Instant;

use testkit::fft::{dominant, rms, sine, tone_amplitude};

use super::DEADLINE;

const RATE: u32 = 48_000;
/// What is looked at in one go: a quarter of a second resolves 4 Hz.
const WINDOW: usize = RATE as usize / 4;
/// Louder than this is no silence. The tones are at −20 dBFS; comfort noise and dither are far below this.
const AUDIBLE: f32 = 2e-3;

/// Sound on its way into a microphone; stops when dropped.
pub struct Voice(Child);

impl Voice {
    /// Begins to speak a steady tone into this sink.
    pub fn speak(pulse: &str, sink: &str, hz: f32) -> Voice {
        Voice::say(pulse, sink, &steady(hz))
    }

    /// Begins to say this second again and again.
    pub fn say(pulse: &str, sink: &str, second: &[f32]) -> Voice {
        let mut child = pacat("--playback", pulse, sink).stdin(Stdio::piped()).spawn().expect(MISSING);
        let mut stdin = child.stdin.take().expect("was asked for");
        let second: Vec<u8> = second.iter().flat_map(|s| s.to_le_bytes()).collect();
        // Ends with the program that reads.
        std::thread::spawn(move || while stdin.write_all(&second).is_ok() {});
        Voice(child)
    }
}

/// A second of a tone. It holds a whole number of periods, so that it can be repeated.
pub fn steady(hz: f32) -> Vec<f32> {
    sine(hz, 0.1, RATE, RATE as usize)
}

/// A second of two syllables: 300 ms of a hum with harmonics or of noise each, then a pause.
pub fn syllables(voiced: bool) -> Vec<f32> {
    let mut chance = 1u32;
    (0..RATE as usize)
        .map(|n| {
            let at = (n % (RATE as usize / 2)) as f32 / RATE as f32;
            chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = chance as i32 as f32 / 2_147_483_648.0;
            let hum: f32 =
                (1..=8u8).map(|k| (n as f32 / RATE as f32 * 150.0 * f32::from(k) * std::f32::consts::TAU).sin()).sum();
            let edge = (at.min(0.3 - at) / 0.02).clamp(0.0, 1.0);
            edge * if voiced { 0.05 * hum } else { 0.2 * noise }
        })
        .collect()
}

/// The way of sound from a loudspeaker through the room into a microphone; ends when dropped.
pub struct Room {
    ends: [Child; 2],
}

impl Room {
    /// What `record` hears goes into `feed`, at a quarter of its loudness.
    pub fn between(pulse: &str, record: &str, feed: &str) -> Room {
        // The end first: what the beginning hands over before that waits in the pipe, and makes the room longer than any.
        // The volume is a quarter of the amplitude.
        let mut to = pacat("--playback", pulse, feed);
        let mut to = to.args(["--volume", "41285"]).stdin(Stdio::piped()).spawn().expect(MISSING);
        let sound = to.stdin.take().expect("was asked for");
        let from = pacat("--record", pulse, record).stdout(sound).spawn().expect(MISSING);
        Room { ends: [from, to] }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.ends.iter_mut().for_each(end);
    }
}

/// Listens to a loudspeaker; stops when dropped.
pub struct Ear {
    child: Child,
    windows: Receiver<Vec<f32>>,
}

impl Ear {
    /// Begins to listen to this source.
    pub fn listen(pulse: &str, source: &str) -> Ear {
        let mut child = pacat("--record", pulse, source).stdout(Stdio::piped()).spawn().expect(MISSING);
        let mut stdout = child.stdout.take().expect("was asked for");
        // Nobody may be listening for a while: then old sound is lost, and that is what `fresh` is about.
        let (tx, windows) = sync_channel(4);
        std::thread::spawn(move || {
            let mut bytes = vec![0; WINDOW * 4];
            while stdout.read_exact(&mut bytes).is_ok() {
                let samples = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
                // Full: the oldest would be better to lose, but the reader drains before it listens.
                let _ = tx.try_send(samples);
            }
        });
        Ear { child, windows }
    }

    /// Waits until it hears this tone and nothing louder.
    pub fn hears(&mut self, hz: f32) {
        self.until(&format!("a tone of {hz} Hz"), |sound| is_tone(sound, hz));
    }

    /// Waits until it hears nothing.
    pub fn hears_nothing(&mut self) {
        self.until("silence", |sound| rms(sound) < AUDIBLE);
    }

    /// Hears only this tone for a second on end: no gap, no silence, no other voice.
    pub fn hears_steadily(&mut self, hz: f32) {
        self.hears(hz);
        for _ in 0..4 {
            let sound = self.next();
            assert!(
                is_tone(&sound, hz),
                "expected {hz} Hz all the time, heard {:?}, rms {}",
                dominant(&sound, RATE),
                rms(&sound)
            );
        }
    }

    /// Waits until it hears each of these tones and none of those, and then for a second on end: none of those is louder than −40 dB
    /// beside a voice, which is what codecs and a busy machine leave of it.
    pub fn hears_these(&mut self, there: &[f32], absent: &[f32]) {
        let fits = |sound: &[f32]| {
            let level = |hz: &f32| tone_amplitude(sound, RATE, *hz);
            there.iter().all(|hz| level(hz) > 0.02) && absent.iter().all(|hz| level(hz) < 1e-3)
        };
        let told = |sound: &[f32]| -> Vec<(f32, f32)> {
            there.iter().chain(absent).map(|hz| (*hz, tone_amplitude(sound, RATE, *hz))).collect()
        };
        while self.windows.try_recv().is_ok() {}
        let deadline = Instant::now() + DEADLINE;
        let mut in_a_row = 0;
        while in_a_row < 4 {
            let sound = self.next();
            in_a_row = if fits(&sound) { in_a_row + 1 } else { 0 };
            assert!(Instant::now() < deadline, "waited for {there:?} without {absent:?}, heard {:?}", told(&sound));
        }
    }

    /// The loudest quarter of a second of the next two seconds, dBFS.
    pub fn loudest_dbfs(&mut self) -> f32 {
        while self.windows.try_recv().is_ok() {}
        let loudest = (0..8).map(|_| rms(&self.next())).fold(0.0, f32::max);
        20.0 * loudest.max(1e-6).log10()
    }

    fn until(&mut self, what: &str, is_it: impl Fn(&[f32]) -> bool) {
        while self.windows.try_recv().is_ok() {}
        let deadline = Instant::now() + DEADLINE;
        loop {
            let sound = self.next();
            if is_it(&sound) {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "waited for {what}, heard {:?}, rms {}",
                dominant(&sound, RATE),
                rms(&sound)
            );
        }
    }

    fn next(&mut self) -> Vec<f32> {
        self.windows.recv_timeout(DEADLINE).expect("the sound server delivers sound all the time")
    }
}

/// A frame that a busy machine lost shifts the phase, which looks like a few Hz; the voices are hundreds apart.
fn is_tone(sound: &[f32], hz: f32) -> bool {
    dominant(sound, RATE).is_some_and(|found| (found.hz - hz).abs() < 15.0 && found.amplitude > 0.02)
}

const MISSING: &str = "the program `pacat` runs (package `pulseaudio-utils`)";

fn pacat(way: &str, pulse: &str, device: &str) -> Command {
    let mut command = Command::new("pacat");
    command
        .args([way, "--raw", "--device", device, "--rate", "48000", "--channels", "1", "--format", "float32le"])
        .args(["--latency-msec", "60"])
        .env("PULSE_SERVER", pulse)
        .stderr(Stdio::null());
    command
}

fn end(child: &mut Child) {
    // An error means that it has ended already.
    let _ = child.kill();
    let _ = child.wait();
}

impl Drop for Voice {
    fn drop(&mut self) {
        end(&mut self.0);
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}
