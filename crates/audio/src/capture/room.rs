//! How noisy the room is: the decision whether the standard noise suppression has anything to do.

use super::floor::NoiseFloor;
use crate::Frame;

/// Decibels full scale below which a room is quiet: 40 dB and more below a usual voice. In between nothing changes.
const QUIET: f32 = -66.0;
const NOISY: f32 = -61.0;
/// So many frames, 2 s beyond what the floor looks back, until a change is believed: a long breath of speech without a gap is no noise,
/// and the suppressor's coming and going is itself heard.
const CERTAIN: u16 = 200;

/// Follows the noise below what is heard.
pub(super) struct RoomNoise {
    floor: NoiseFloor,
    noisy: bool,
    /// For how many frames it has been otherwise.
    otherwise: u16,
}

impl RoomNoise {
    /// Until it is known better, there is noise.
    pub(super) fn new() -> Self {
        RoomNoise { floor: NoiseFloor::new(0.0), noisy: true, otherwise: 0 }
    }

    /// Whether there is noise to suppress.
    pub(super) fn hear(&mut self, frame: &Frame) -> bool {
        let power = frame.iter().map(|s| s * s).sum::<f32>() / frame.len() as f32;
        let level = self.floor.follow(10.0 * (power + 1e-12).log10());
        let is_otherwise = if self.noisy { level < QUIET } else { level > NOISY };
        self.otherwise = if is_otherwise { self.otherwise + 1 } else { 0 };
        if self.otherwise == CERTAIN {
            self.noisy = !self.noisy;
            self.otherwise = 0;
        }
        self.noisy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(dbfs: f32) -> impl FnMut() -> Frame {
        let (mut chance, peak) = (1u32, 10f32.powf(dbfs / 20.0) * 3f32.sqrt());
        move || {
            std::array::from_fn(|_| {
                chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                peak * (chance as i32 as f32 / 2_147_483_648.0)
            })
        }
    }

    fn after(room: &mut RoomNoise, dbfs: f32, frames: usize) -> bool {
        let mut frame = noise(dbfs);
        (0..frames).map(|_| room.hear(&frame())).last().expect("frames")
    }

    #[test]
    fn a_quiet_room_is_known_after_a_while_and_noise_within_five_seconds() {
        let mut room = RoomNoise::new();
        assert!(after(&mut room, -75.0, 150), "too soon to know");
        assert!(!after(&mut room, -75.0, 100));
        assert!(after(&mut room, -50.0, 500));
        assert!(after(&mut room, -63.0, 1000), "in between it stays as it was");
        assert!(!after(&mut room, -70.0, 600));
        assert!(!after(&mut room, -63.0, 1000));
    }

    #[test]
    fn speech_in_a_quiet_room_is_no_noise() {
        let mut room = RoomNoise::new();
        let (mut voice, mut silence) = (noise(-20.0), noise(-72.0));
        // Words of 800 ms, gaps of 200 ms.
        let noisy = (0..1500).map(|n| room.hear(&if n % 100 < 80 { voice() } else { silence() })).last();
        assert_eq!(noisy, Some(false));
        // In one breath: 3 s.
        assert!((0..300).all(|_| !room.hear(&voice())));
        assert!((0..20).all(|_| !room.hear(&silence())));
    }
}
