//! Pictures that people upload, and names that people have: there is an answer within bounds, and what is written can be
//! opened again.
//!
//! The first six bytes choose crop, turn and signature; the rest is the file. Run with `cargo +nightly fuzz run avatar` inside
//! `crates/fuzz`.
#![no_main]

use avatar::{Crop, Initials, Limits, SIDES, Turn, open_within};
use libfuzzer_sys::fuzz_target;

/// Small enough for many cases a second.
const LIMITS: Limits = Limits { pixels: 200_000, memory_bytes: 8 << 20, scanned_pixels: 2_000_000, ..Limits::PICKED };

const TURNS: [Turn; 4] = [Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarters];

fuzz_target!(|data: &[u8]| {
    let Some((&[x, y, side, turn, signature, _], rest)) = data.split_first_chunk() else { return };
    let file = match signature % 4 {
        0 => [&[0xFF, 0xD8, 0xFF][..], rest].concat(),
        1 => [b"\x89PNG\r\n\x1a\n", rest].concat(),
        2 => {
            if let Ok(name) = std::str::from_utf8(rest) {
                assert!(Initials::of_display_name(name).is_empty() == Initials::of_names(name, "").is_empty());
            }
            return;
        }
        _ => rest.to_vec(),
    };
    let Ok(picture) = open_within(&file, &LIMITS) else { return };
    let size = picture.size();
    assert!(u64::from(size.width) * u64::from(size.height) <= LIMITS.pixels);
    let crop = Crop { x: u32::from(x) * 4, y: u32::from(y) * 4, side: u32::from(side) * 4 }.pushed_into(size);
    let rendered = picture.render(crop, TURNS[usize::from(turn % 4)]).expect("pushed into the picture");
    for (written, side) in [(&rendered.large, SIDES[0]), (&rendered.small, SIDES[1])] {
        let again = open_within(&written.bytes, &Limits::PICKED).expect("our own picture");
        assert_eq!(again.size(), written.size);
        assert_eq!(again.size().width, crop.side.min(side));
    }
    assert!(picture.preview(100).size.width <= 100);
});
