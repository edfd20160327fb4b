//! Echo in synthetic rooms: how much is taken away, how much of the person stays, and what a headset costs.
//!
//! `ECHO_ROOMS=1 cargo test -p audio --test echo_rooms -- --nocapture` prints the figures of docs/benchmarks.md.
//! `ROOM_FAR` and `ROOM_NEAR` may name recordings (16-bit mono, 48 kHz, no header) to take the place of the synthetic voices.

mod rooms;

use audio::capture::{CaptureChain, EchoMode, Microphone, NoiseMode, Reference};
use audio::{Frame, SILENT_FRAME};
use rooms::{RATE, Room, db, power};

const SETTINGS: Microphone =
    Microphone { echo: EchoMode::Auto, noise: NoiseMode::Standard, gain: false, high_pass: true };

/// For the level of the person by correlation: the high-pass turns phases below 200 Hz, which would be taken for loss.
const WITHOUT_HIGH_PASS: Microphone = Microphone { high_pass: false, ..SETTINGS };

struct Heard {
    room: Room,
    microphone: Vec<f32>,
    out: Vec<f32>,
    /// For each frame whether echo was cancelled.
    cancelling: Vec<bool>,
}

fn through(room: Room, settings: Microphone) -> Heard {
    let mut chain = CaptureChain::new(settings);
    let microphone = room.microphone();
    let (mut out, mut cancelling) = (Vec::new(), Vec::new());
    for (played, heard) in frames(&room.played).zip(frames(&microphone)) {
        chain.render(played);
        out.extend_from_slice(&chain.process(heard, false));
        cancelling.push(chain.follows_echo());
    }
    Heard { room, microphone, out, cancelling }
}

fn frames(sound: &[f32]) -> impl Iterator<Item = &Frame> {
    sound.as_chunks::<480>().0.iter()
}

impl Heard {
    /// Power of the microphone against what is left, over the frames in which echo is heard, decibels.
    fn erle(&self, from: f32, to: f32) -> f64 {
        let (mut before, mut after) = (0.0, 0.0);
        for frame in (from * 100.0) as usize..(to * 100.0) as usize {
            let (start, end) = (frame as f32 / 100.0, (frame + 1) as f32 / 100.0);
            if db(power(&self.room.echo, start, end)) > -55.0 {
                before += power(&self.microphone, start, end);
                after += power(&self.out, start, end);
            }
        }
        db(before / after)
    }

    /// How much of the person's voice is in what is sent: the best-fitting gain over all delays, decibels.
    fn kept(&self, from: f32, to: f32) -> f64 {
        let (from, to) = ((from * RATE as f32) as usize, (to * RATE as f32) as usize - 1200);
        let near = &self.room.near[from..to];
        let energy: f64 = near.iter().step_by(3).map(|s| f64::from(s * s)).sum();
        let fit = |lag: usize| {
            let common = near.iter().zip(&self.out[from + lag..]).step_by(3).map(|(a, b)| f64::from(a * b));
            common.sum::<f64>() / energy
        };
        let gain = (0..1200).step_by(4).map(fit).fold(0.0, f64::max);
        db(gain * gain)
    }

    fn cancelling_at(&self, second: f32) -> bool {
        self.cancelling[(second * 100.0) as usize]
    }

    fn changes(&self) -> Vec<(bool, f32)> {
        let pairs = self.cancelling.windows(2).enumerate();
        pairs.filter(|(_, w)| w[0] != w[1]).map(|(n, w)| (w[1], (n + 1) as f32 / 100.0)).collect()
    }
}

fn tell(line: impl FnOnce() -> String) {
    if std::env::var_os("ECHO_ROOMS").is_some() {
        println!("{}", line());
    }
}

#[test]
fn room_a_overdriven_loudspeaker() {
    let a = through(Room::a(), SETTINGS);
    let (converged, later) = (a.erle(5.0, 20.0), a.erle(52.0, 60.0));
    let plain = through(Room::a(), WITHOUT_HIGH_PASS);
    let (alone, both) = (plain.kept(40.5, 50.0), plain.kept(22.0, 40.0));
    tell(|| {
        let early = a.erle(0.2, 2.0);
        format!(
            "A: ERLE 0-2 s {early:.1}, 5-20 s {converged:.1}, 52-60 s {later:.1} dB; kept alone {alone:.1}, both {both:.1} dB; {:?}",
            a.changes()
        )
    });
    assert!(converged >= 30.0 && later >= 30.0, "ERLE {converged:.1} and {later:.1} dB");
    // An echo as loud as the person and full of overtones that are no linear copy costs the person more than elsewhere.
    assert!(alone >= -4.0 && both >= -5.0, "kept {alone:.1} alone, {both:.1} dB with both");
}

#[test]
fn room_b_delay_jumps() {
    let b = through(Room::b(), SETTINGS);
    let (before, first, then) = (b.erle(5.0, 20.0), b.erle(20.0, 21.0), b.erle(22.0, 39.0));
    tell(|| {
        format!(
            "B: ERLE 5-20 s {before:.1}, first second after the jump {first:.1}, 2 s after {then:.1} dB; {:?}",
            b.changes()
        )
    });
    assert!(before >= 30.0 && then >= 30.0, "ERLE {before:.1} before, {then:.1} dB after");
}

#[test]
fn room_c_clocks_drift() {
    let room = Room::c();
    let mut chain = CaptureChain::new(SETTINGS);
    let mut reference = Reference::default();
    let sound = room.played.clone();
    let mut played = frames(&sound);
    let microphone = room.microphone();
    let (mut out, mut cancelling, mut given) = (Vec::new(), Vec::new(), 0u32);
    for (step, heard) in frames(&microphone).enumerate() {
        // By the slow microphone's clock the loudspeaker plays a little more.
        while f64::from(given + 1) <= (step + 1) as f64 * (1.0 + 200e-6) {
            reference.play(played.next().unwrap_or(&SILENT_FRAME), chain.follows_echo());
            given += 1;
        }
        chain.render(&reference.next_frame());
        out.extend_from_slice(&chain.process(heard, false));
        cancelling.push(chain.follows_echo());
    }
    let corrected = Heard { room, microphone, out, cancelling };
    let raw = through(Room::c(), SETTINGS);
    let (early, late) = (corrected.erle(5.0, 20.0), corrected.erle(28.0, 39.0));
    tell(|| {
        format!(
            "C: ERLE 5-20 s {early:.1}, 28-39 s {late:.1} dB (uncorrected {:.1} and {:.1})",
            raw.erle(5.0, 20.0),
            raw.erle(28.0, 39.0)
        )
    });
    assert!(late >= 30.0, "ERLE {late:.1} dB");
}

#[test]
fn room_d_weak_echo_and_both_speak() {
    let d = through(Room::d(), SETTINGS);
    let plain = through(Room::d(), WITHOUT_HIGH_PASS);
    let (erle, kept) = (d.erle(2.0, 14.0), plain.kept(16.0, 39.0));
    tell(|| format!("D: ERLE 2-14 s {erle:.1} dB; kept with both {kept:.1} dB; {:?}", d.changes()));
    assert!(erle >= 30.0, "ERLE {erle:.1} dB");
    assert!(kept >= -4.0, "kept {kept:.1} dB");
}

#[test]
fn on_a_headset_the_canceller_steps_back_and_stays_away() {
    let headset = through(Room::headset(), SETTINGS);
    tell(|| format!("headset: {:?}", headset.changes()));
    assert!(!headset.cancelling_at(12.0), "stepped back after some seconds of sound: {:?}", headset.changes());
    assert!(headset.changes().len() == 1, "{:?}", headset.changes());
}

#[test]
fn the_canceller_steps_back_when_the_echo_is_gone() {
    let mut room = Room::d();
    // From a loudspeaker to a headset; both speak from 15 s on.
    room.echo[10 * RATE..].fill(0.0);
    let heard = through(room, SETTINGS);
    tell(|| format!("echo until 10 s: {:?}", heard.changes()));
    assert!(heard.cancelling_at(2.0) && heard.cancelling_at(9.9), "{:?}", heard.changes());
    assert!(!heard.cancelling_at(20.0), "{:?}", heard.changes());
}

#[test]
fn the_canceller_is_back_within_a_second_when_echo_appears() {
    let mut room = Room::d();
    let mut quiet = RATE * 12;
    room.near.fill(0.0);
    room.echo[..quiet].fill(0.0);
    // The sound comes back with the first echo that can be heard.
    while room.echo[quiet].abs() < 0.003 {
        quiet += 1;
    }
    let began = quiet as f32 / RATE as f32;
    let heard = through(room, SETTINGS);
    tell(|| format!("echo from {began:.2} s: {:?}", heard.changes()));
    assert!(!heard.cancelling_at(11.9), "{:?}", heard.changes());
    assert!(heard.cancelling_at(began + 1.0), "echo began at {began} s: {:?}", heard.changes());
}
