//! From a crop to two squares.

use avatar::{Crop, OutsidePicture, PREVIEW_SIDE, SIDES, Size, Turn, Warning, open};

use crate::paper::{assert_plain, cells, colour_jpeg};
use crate::png_files::rgb;

const GREEN: [u8; 3] = [20, 160, 60];

fn squares(side: u32) -> [u32; 4] {
    let picture = open(&rgb((side + 7, side), |_, _| GREEN)).unwrap();
    let rendered = picture.render(Crop { x: 3, y: 0, side }, Turn::Half).unwrap();
    assert_plain(&rendered.large, GREEN, "large");
    assert_plain(&rendered.small, GREEN, "small");
    let [large, small] = [rendered.large.size, rendered.small.size];
    [large.width, large.height, small.width, small.height]
}

#[test]
fn pr07_result_is_a_square_of_the_standard_sizes_and_never_blown_up() {
    let [large, small] = SIDES;
    assert_eq!(squares(1000), [large, large, small, small]);
    assert_eq!(squares(large), [large, large, small, small]);
    assert_eq!(squares(200), [200, 200, small, small]);
    assert_eq!(squares(small), [small; 4]);
    assert_eq!(squares(1), [1; 4]);
}

#[test]
fn pr07_same_bytes_and_crop_give_the_same_picture() {
    let noise = |x: u32, y: u32| [(x * 7 + y * 13) as u8, (x * y) as u8, (x ^ y) as u8];
    let file = colour_jpeg((700, 640), noise, |jpeg| jpeg.subsampled());
    let crop = Crop { x: 33, y: 7, side: 601 };
    let render = || open(&file).unwrap().render(crop, Turn::Quarter).unwrap();
    assert_eq!(render(), render());
}

#[test]
fn pr07_crop_outside_the_picture_is_an_error_that_names_both() {
    let picture = open(&cells(|jpeg| jpeg)).unwrap();
    let size = Size { width: 96, height: 64 };
    for crop in [
        Crop { x: 0, y: 0, side: 0 },
        Crop { x: 33, y: 0, side: 64 },
        Crop { x: 0, y: 1, side: 64 },
        Crop { x: 96, y: 0, side: 1 },
        Crop { x: u32::MAX, y: u32::MAX, side: u32::MAX },
    ] {
        assert_eq!(picture.render(crop, Turn::None), Err(OutsidePicture { crop, size }));
        assert!(picture.render(crop.pushed_into(size), Turn::None).is_ok());
    }
}

#[test]
fn pr10_fewer_than_200_pixels_are_a_warning() {
    let warning = |width, height| open(&rgb((width, height), |_, _| GREEN)).unwrap().warning();
    assert_eq!(warning(200, 200), None);
    assert_eq!(warning(200, 900), None);
    assert_eq!(warning(199, 900), Some(Warning::Small { recommended: 200 }));
    assert_eq!(warning(900, 1), Some(Warning::Small { recommended: 200 }));
}

#[test]
fn preview_keeps_the_shape_and_the_bound() {
    let preview = |size: (u32, u32), max_side| {
        let shown = open(&rgb(size, |_, _| GREEN)).unwrap().preview(max_side);
        assert_plain(&shown, GREEN, "preview");
        (shown.size.width, shown.size.height)
    };
    assert_eq!(preview((400, 300), 200), (200, 150));
    assert_eq!(preview((300, 400), 200), (150, 200));
    assert_eq!(preview((400, 300), 4000), (400, 300));
    assert_eq!(preview((400, 300), 0), (1, 1));
    assert_eq!(preview((1000, 1), 100), (100, 1));
    assert_eq!(preview((3000, 30), u32::MAX), (PREVIEW_SIDE, 20));
}
