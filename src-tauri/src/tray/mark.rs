//! The tray's picture: the product's mark with the shape of the state on it (design 4). Pure: pixels in, pixels out.

use super::presence::Mark;

/// Side of the picture.
pub const SIDE: u32 = 32;

/// Colours of `tokens.css` that reach 3:1 on light and on dark panels.
const GREEN: [u8; 3] = [0x1C, 0x93, 0x5A];
const BRASS: [u8; 3] = [0xB2, 0x79, 0x0E];
const RED: [u8; 3] = [0xCF, 0x3A, 0x38];
const VIOLET: [u8; 3] = [0x7B, 0x46, 0xBE];
const TEAL: [u8; 3] = [0x0F, 0x7F, 0x89];
const SLATE: [u8; 3] = [0x64, 0x6C, 0x7A];
const LAPIS: [u8; 3] = [0x2D, 0x46, 0xBE];
const WHITE: [u8; 3] = [0xFF, 0xFF, 0xFF];

/// Middle and radius of the shape, at the lower end of the picture, and of the dot for missed calls above it.
const SHAPE: (f32, f32, f32) = (22.5, 22.5, 8.5);
const DOT: (f32, f32, f32) = (25.5, 6.5, 6.0);
/// Clear space around a shape, so that it stands out from the mark.
const GAP: f32 = 1.5;

/// Draws the state on `base`: rows of RGBA, [`SIDE`] squared.
#[must_use]
pub fn draw(base: &[u8], mark: Mark, missed: bool) -> Vec<u8> {
    let mut picture = base.to_vec();
    for (at, pixel) in picture.chunks_exact_mut(4).enumerate() {
        let (x, y) = ((at as u32 % SIDE) as f32 + 0.5, (at as u32 / SIDE) as f32 + 0.5);
        stamp(pixel, x, y, SHAPE, |u, v| shape(mark, u, v));
        if missed {
            stamp(pixel, x, y, DOT, |u, v| (u * u + v * v <= 1.0).then_some(RED));
        }
    }
    picture
}

/// Paints one pixel of a shape that fills a disc; around the disc it clears what was there.
fn stamp(
    pixel: &mut [u8],
    x: f32,
    y: f32,
    (cx, cy, radius): (f32, f32, f32),
    colour: impl Fn(f32, f32) -> Option<[u8; 3]>,
) {
    let (u, v) = ((x - cx) / radius, (y - cy) / radius);
    if u.hypot(v) > 1.0 + GAP / radius {
        return;
    }
    match colour(u, v) {
        Some([r, g, b]) => pixel.copy_from_slice(&[r, g, b, 0xFF]),
        None => pixel.copy_from_slice(&[0; 4]),
    }
}

/// Colour at a place of the shape, −1..=1 from its middle; none: nothing is there.
fn shape(mark: Mark, u: f32, v: f32) -> Option<[u8; 3]> {
    let r = u.hypot(v);
    let disc = |colour| (r <= 1.0).then_some(colour);
    let cut = |colour, white: bool| if white && r <= 1.0 { Some(WHITE) } else { disc(colour) };
    match mark {
        Mark::Available => disc(GREEN),
        Mark::Break => cut(BRASS, (0.15..0.42).contains(&u.abs()) && v.abs() < 0.5),
        Mark::DoNotDisturb => cut(RED, u.abs() < 0.6 && v.abs() < 0.2),
        Mark::Meeting => {
            let white = u.abs() < 0.55 && (-0.5..-0.2).contains(&v);
            (u.abs() <= 0.88 && v.abs() <= 0.88).then_some(if white { WHITE } else { VIOLET })
        }
        Mark::Other => (u.abs() + v.abs() <= 1.0).then_some(TEAL),
        Mark::Offline => (0.62..=1.0).contains(&r).then_some(SLATE),
        Mark::Ringing => (r <= 0.4 || ((0.68..=1.0).contains(&r) && u.abs() > v.abs())).then_some(GREEN),
        Mark::OnCall => (r <= 0.42 || (0.68..=1.0).contains(&r)).then_some(LAPIS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKS: [Mark; 8] = [
        Mark::Available,
        Mark::Break,
        Mark::DoNotDisturb,
        Mark::Meeting,
        Mark::Other,
        Mark::Offline,
        Mark::Ringing,
        Mark::OnCall,
    ];

    /// Design: no state is told by colour alone.
    #[test]
    fn each_state_has_a_shape_of_its_own() {
        let base = vec![0x80; (SIDE * SIDE * 4) as usize];
        let shape = |mark| -> Vec<bool> {
            let inside = |pixel: &[u8]| pixel[3] == 0xFF && pixel[..3] != WHITE;
            draw(&base, mark, false).chunks_exact(4).map(inside).collect()
        };
        for (at, mark) in MARKS.into_iter().enumerate() {
            for other in &MARKS[at + 1..] {
                assert_ne!(shape(mark), shape(*other), "{mark:?} and {other:?} look alike");
            }
        }
    }

    #[test]
    fn missed_calls_add_a_dot_and_the_mark_is_still_there() {
        let base = vec![0x80; (SIDE * SIDE * 4) as usize];
        let [without, with] = [false, true].map(|missed| draw(&base, Mark::Available, missed));
        assert_ne!(without, with);
        assert_eq!(without.len(), base.len());
        assert_eq!(without[..4], base[..4], "the other corner is as it was");
    }
}
