use base::{CodecKind, FRAME_SAMPLES, Ptime};

use super::*;
use crate::codec::VoiceEncoder;

const MICROPHONE_HZ: f32 = 500.0;
const CUSTOMER_HZ: f32 = 900.0;
/// What the guest says, by mode: a watermark.
const GUEST_HZ: [f32; 3] = [2100.0, 2900.0, 3700.0];

/// A steady tone of one second's periods.
fn tone(hz: f32, frame: usize) -> Frame {
    std::array::from_fn(|n| {
        let at = (frame * FRAME_SAMPLES + n) % 48_000;
        0.25 * (at as f32 * hz / 48_000.0 * std::f32::consts::TAU).sin()
    })
}

fn hz_of(mode: SuperviseMode) -> f32 {
    let at = SuperviseMode::every().iter().position(|one| *one == mode).unwrap();
    GUEST_HZ[at]
}

/// Amplitude of a tone in a stretch of sound, under a window whose side lobes fall below −90 dB.
fn amplitude(sound: &[f32], hz: f32) -> f32 {
    let length = sound.len() as f32;
    let (mut re, mut im, mut sum) = (0.0f64, 0.0f64, 0.0f64);
    for (n, sample) in sound.iter().enumerate() {
        let turn = n as f32 / length * std::f32::consts::TAU;
        let window = 0.358_75 - 0.488_29 * turn.cos() + 0.141_28 * (2.0 * turn).cos() - 0.011_68 * (3.0 * turn).cos();
        let phase = f64::from(hz) * n as f64 / 48_000.0 * std::f64::consts::TAU;
        re += f64::from(window * sample) * phase.cos();
        im += f64::from(window * sample) * phase.sin();
        sum += f64::from(window);
    }
    (2.0 * (re * re + im * im).sqrt() / sum) as f32
}

struct Chance(u32);

impl Chance {
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % most
    }

    fn mode(&mut self) -> SuperviseMode {
        SuperviseMode::every()[self.below(3) as usize]
    }
}

/// All three legs, frame by frame. The guest says the tone of the mode, from the moment of the change.
struct Room {
    bridge: Bridge,
    mode: SuperviseMode,
    at: usize,
    customer: Vec<f32>,
    guest: Vec<f32>,
    speaker: Vec<f32>,
}

impl Room {
    fn new(mode: SuperviseMode) -> Room {
        Room { bridge: Bridge::new(mode), mode, at: 0, customer: Vec::new(), guest: Vec::new(), speaker: Vec::new() }
    }

    fn switch(&mut self, mode: SuperviseMode) {
        self.mode = mode;
        self.bridge.set(mode, false);
    }

    fn frame(&mut self) {
        let from_customer = tone(CUSTOMER_HZ, self.at);
        let ear = self.bridge.hear(Some(&from_customer), Some(&tone(hz_of(self.mode), self.at)));
        self.speaker.extend(from_customer.iter().zip(ear.unwrap_or(SILENT_FRAME)).map(|(a, b)| a + b));
        let said = self.bridge.speak(&tone(MICROPHONE_HZ, self.at), true);
        self.customer.extend_from_slice(&said.customer);
        self.guest.extend_from_slice(&said.guest);
        self.at += 1;
    }

    fn frames(&mut self, count: usize) {
        (0..count).for_each(|_| self.frame());
    }
}

#[test]
fn each_mode_lets_each_ear_hear_whom_it_should_rg_10() {
    for mode in SuperviseMode::every() {
        let mut room = Room::new(*mode);
        room.frames(100);
        let late = |sound: &[f32], hz| amplitude(&sound[sound.len() - 24_000..], hz) > 0.1;
        let guest = hz_of(*mode);
        let of = |sound: &[f32]| [MICROPHONE_HZ, CUSTOMER_HZ, guest].map(|hz| late(sound, hz));
        let barges = *mode == SuperviseMode::Barge;
        assert_eq!(of(&room.customer), [true, false, barges], "the customer, {mode:?}");
        assert_eq!(of(&room.guest), [true, true, false], "the guest, {mode:?}");
        assert_eq!(of(&room.speaker), [false, true, mode.speaks()], "the agent, {mode:?}");
    }
}

/// SPEC 3 item 7: watermark tones on each leg, cross-talk below −60 dB over 1 000 random changes of mode.
#[test]
fn no_whisper_reaches_the_customer_over_a_thousand_changes_rg_10() {
    let mut chance = Chance(7);
    let mut room = Room::new(SuperviseMode::Listen);
    for _ in 0..1000 {
        let frames = 4 + chance.below(60) as usize;
        room.frames(frames);
        let mode = chance.mode();
        room.switch(mode);
    }
    room.frames(50);
    let mut worst = f32::MIN;
    // Windows of 40 ms that overlap by half: the frames around each change are in several of them.
    for start in (0..room.customer.len() - 1920).step_by(960) {
        let window = &room.customer[start..start + 1920];
        for mode in [SuperviseMode::Listen, SuperviseMode::Whisper] {
            worst = worst.max(amplitude(window, hz_of(mode)));
        }
    }
    let worst_db = 20.0 * (worst / 0.25).log10();
    assert!(worst_db < -60.0, "{worst_db} dB of what was not for the customer");
    // Nor does the agent stop for the customer, not for a moment: no window is without, and no step is larger than two tones make.
    for window in room.customer.chunks_exact(960) {
        let voice = amplitude(window, MICROPHONE_HZ);
        assert!((voice - 0.25).abs() < 0.01, "the agent's voice at {voice}");
    }
    let most = 0.25 * std::f32::consts::TAU * (MICROPHONE_HZ + hz_of(SuperviseMode::Barge)) / 48_000.0;
    let step = room.customer.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
    assert!(step < 1.1 * most, "a step of {step}");
}

/// Neither has the guest a gap: the agent and the customer are heard all the time, whatever is changed.
#[test]
fn the_guest_hears_both_without_a_gap_rg_10() {
    let mut chance = Chance(3);
    let mut room = Room::new(SuperviseMode::Listen);
    for _ in 0..300 {
        room.frames(3);
        let mode = chance.mode();
        room.switch(mode);
    }
    // What is carried from clock to clock comes some frames later.
    for window in room.guest[9600..].chunks_exact(960) {
        for hz in [MICROPHONE_HZ, CUSTOMER_HZ] {
            let voice = amplitude(window, hz);
            assert!((voice - 0.25).abs() < 0.03, "{hz} Hz at {voice}");
        }
    }
    let step = room.guest[9600..].windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
    let most = 0.25 * std::f32::consts::TAU * (MICROPHONE_HZ + CUSTOMER_HZ) / 48_000.0;
    assert!(step < 1.1 * most, "a step of {step}");
}

/// While nobody barges in, the customer's packets are those of a call without a guest, to the last bit: with the real encoder.
#[test]
fn a_listener_changes_no_bit_of_what_the_customer_gets_rg_10() {
    let mut encoders = [(); 2].map(|()| VoiceEncoder::new(CodecKind::Opus, Ptime(20)).unwrap());
    let mut chance = Chance(11);
    let mut bridge = Bridge::new(SuperviseMode::Listen);
    let mut packets = 0;
    for at in 0..4000 {
        if at % 4 == 0 {
            let mode = if chance.below(2) == 0 { SuperviseMode::Listen } else { SuperviseMode::Whisper };
            bridge.set(mode, false);
        }
        let microphone = tone(MICROPHONE_HZ, at);
        bridge.hear(Some(&tone(CUSTOMER_HZ, at)), Some(&tone(GUEST_HZ[1], at)));
        let said = bridge.speak(&microphone, true);
        assert_eq!(said.customer, microphone);
        let [alone, watched] = &mut encoders;
        let alone = alone.encode(&microphone).unwrap().map(|packet| packet.payload.to_vec());
        let watched = watched.encode(&said.customer).unwrap().map(|packet| packet.payload.to_vec());
        assert_eq!(alone, watched);
        packets += usize::from(alone.is_some());
    }
    assert_eq!(packets, 2000);
}

#[test]
fn a_sum_that_is_too_loud_is_turned_down_and_not_clipped_rg_10() {
    let mut bridge = Bridge::new(SuperviseMode::Barge);
    let loud = |hz, at| tone(hz, at).map(|sample| 3.8 * sample);
    for at in 0..200 {
        bridge.hear(Some(&loud(CUSTOMER_HZ, at)), Some(&loud(GUEST_HZ[2], at)));
        let said = bridge.speak(&loud(MICROPHONE_HZ, at), true);
        for leg in [said.customer, said.guest] {
            assert!(leg.iter().all(|sample| sample.abs() <= 0.981));
        }
        if at == 199 {
            let both = [MICROPHONE_HZ, GUEST_HZ[2]].map(|hz| amplitude(&said.customer, hz));
            assert!((both[0] - both[1]).abs() < 0.05 && both[0] > 0.3, "both are there, alike: {both:?}");
        }
    }
}

/// The agent talks to somebody else: nothing of that goes to the guest, and nothing of the guest to anybody.
#[test]
fn a_guest_has_no_part_in_another_call_rg_10() {
    for mode in SuperviseMode::every() {
        let mut bridge = Bridge::new(*mode);
        bridge.set(*mode, true);
        for at in 0..50 {
            assert_eq!(bridge.hear(None, Some(&tone(hz_of(*mode), at))), None);
            let microphone = tone(MICROPHONE_HZ, at);
            assert_eq!(bridge.speak(&microphone, false), Said { customer: microphone, guest: SILENT_FRAME });
        }
    }
}
