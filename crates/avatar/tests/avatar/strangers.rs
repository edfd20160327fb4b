//! Whatever bytes come, there is an answer, and what is written can be read (house rule: no panic, no hang, no growth). The
//! twin of the fuzz target `avatar`, on pictures that were sound before somebody touched them.

use avatar::{Crop, Initials, Limits, SIDES, Turn, open_within};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::exif::{ORDERS, app1, tiff};
use crate::jpeg::Jpeg;
use crate::paper::{cells, paint, pixels};
use crate::png_files::{interlaced, rgb};

/// Small enough for thousands of cases.
const LIMITS: Limits = Limits { pixels: 300_000, memory_bytes: 8 << 20, ..Limits::PICKED };

fn seeds() -> Vec<Vec<u8>> {
    let exif = app1(&tiff(ORDERS[1], 6));
    vec![
        cells(|jpeg| jpeg.segment(0xE1, &exif)),
        cells(|jpeg| jpeg.progressive()),
        cells(|jpeg| Jpeg { restart: 2, ..jpeg.subsampled() }),
        Jpeg::new(40, 30, &[&|x, _| x as u8, &|_, y| y as u8, &|_, _| 9, &|x, y| (x * y) as u8]).adobe(2).write(),
        rgb((96, 64), paint),
        interlaced((33, 17), paint),
    ]
}

fn assert_answered(bytes: &[u8], crop: Crop) {
    let Ok(picture) = open_within(bytes, &LIMITS) else { return };
    let size = picture.size();
    assert!(u64::from(size.width) * u64::from(size.height) <= LIMITS.pixels && size.shorter() > 0);
    let crop = crop.pushed_into(size);
    let rendered = picture.render(crop, Turn::Quarter).expect("pushed into the picture");
    assert_eq!(rendered.large.size.width, crop.side.min(SIDES[0]));
    assert_eq!(rendered.small.size.height, crop.side.min(SIDES[1]));
    pixels(&rendered.small);
    assert!(picture.preview(64).size.width <= 64);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn touched_pictures_are_answered(
        seed in 0..6_usize,
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
        repeat in prop::option::weighted(0.2, (any::<prop::sample::Index>(), 1..200_usize)),
        (x, y, side) in any::<(u32, u32, u32)>(),
    ) {
        let mut bytes = seeds().swap_remove(seed);
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Some((from, length)) = repeat {
            let from = from.index(bytes.len());
            let part = bytes[from..(from + length).min(bytes.len())].to_vec();
            bytes.splice(from..from, part);
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        assert_answered(&bytes, Crop { x, y, side });
    }

    #[test]
    fn bytes_behind_a_signature_are_answered(jpeg in any::<bool>(), bytes in vec(any::<u8>(), 0..400)) {
        let signature: &[u8] = if jpeg { &[0xFF, 0xD8, 0xFF] } else { crate::png_files::SIGNATURE };
        assert_answered(&[signature, &bytes].concat(), Crop { x: 0, y: 0, side: 1 });
    }

    #[test]
    fn pr05_any_name_has_at_most_two_letters_that_never_join(name in "[\\PC\u{200e}\u{202e}م ن\\(\\)\\-\\./A-Z ]{0,30}") {
        let initials = Initials::of_display_name(&name);
        let shown = initials.in_circle();
        prop_assert_eq!(initials.is_empty(), shown.is_empty());
        prop_assert!(shown.chars().all(|c| !c.is_whitespace() && !"()\u{200e}\u{202e}".contains(c)), "{shown:?}");
        let text = initials.to_string();
        let arabic = text.chars().filter(|c| ('\u{620}'..='\u{64a}').contains(c)).count();
        prop_assert!(arabic < 2 || text.contains('\u{200c}'), "{text:?}");
        prop_assert_eq!(Initials::of_names(&name, "").to_string(), text);
    }
}
