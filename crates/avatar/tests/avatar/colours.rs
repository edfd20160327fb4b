//! Colours come out as they went in, whatever the file calls them.

use avatar::{Crop, Turn, open};
use png::{BitDepth, ColorType};

use crate::jpeg::Jpeg;
use crate::paper::{assert_plain, cell, cells, colour_jpeg, paint, ycbcr};
use crate::png_files::{interlaced, write, write_with};

/// What makes another kind of file of a plan.
type Shape = dyn Fn(Jpeg) -> Jpeg;

const SIDE: u32 = 40;
const ORANGE: [u8; 3] = [240, 120, 30];

fn check(file: &[u8], colour: [u8; 3], what: &str) {
    let picture = open(file).unwrap_or_else(|refused| panic!("{what}: {refused}"));
    let rendered = picture.render(Crop::centre_of(picture.size()), Turn::None).unwrap();
    assert_plain(&rendered.large, colour, what);
    assert_plain(&rendered.small, colour, what);
}

fn plain(values: &[u8], shape: impl Fn(Jpeg) -> Jpeg) -> Vec<u8> {
    let samples: Vec<_> = values.iter().map(|&value| move |_: u32, _: u32| value).collect();
    let samples: Vec<&dyn Fn(u32, u32) -> u8> = samples.iter().map(|s| s as _).collect();
    shape(Jpeg::new(SIDE as u16, SIDE as u16, &samples)).write()
}

fn plain_png(color: ColorType, depth: BitDepth, pixel: &[u8]) -> Vec<u8> {
    write((SIDE, SIDE), color, depth, &pixel.repeat((SIDE * SIDE) as usize))
}

#[test]
fn cmyk_and_ycck_of_adobe_are_inverted() {
    // Ink by ink, as percentages of 255: none, cyan only, magenta and yellow, half black.
    for (ink, colour) in [
        ([0, 0, 0, 0], [255, 255, 255]),
        ([255, 0, 0, 0], [0, 255, 255]),
        ([0, 255, 255, 0], [255, 0, 0]),
        ([0, 0, 0, 127], [128, 128, 128]),
        ([15, 135, 225, 0], ORANGE),
        ([0, 0, 0, 255], [0, 0, 0]),
    ] {
        let inverted = ink.map(|i: u8| 255 - i);
        check(&plain(&inverted, |jpeg| jpeg.adobe(0)), colour, &format!("CMYK {ink:?}"));
        check(&plain(&inverted, |jpeg| jpeg.adobe(0).progressive()), colour, &format!("progressive CMYK {ink:?}"));
        // Without Adobe's mark nothing says otherwise, and browsers read it so too.
        check(&plain(&inverted, |jpeg| jpeg), colour, &format!("unmarked CMYK {ink:?}"));
        // YCCK: the three inks themselves are coded as if they were red, green and blue.
        let [y, cb, cr] = ycbcr([ink[0], ink[1], ink[2]]);
        check(&plain(&[y, cb, cr, inverted[3]], |jpeg| jpeg.adobe(2)), colour, &format!("YCCK {ink:?}"));
        check(
            &plain(&[y, cb, cr, inverted[3]], |jpeg| jpeg.adobe(2).progressive()),
            colour,
            &format!("progressive YCCK {ink:?}"),
        );
    }
}

#[test]
fn grey_rgb_and_ycbcr_jpeg_keep_their_colours() {
    check(&plain(&[90], |jpeg| jpeg), [90, 90, 90], "grey");
    check(&plain(&[90], |jpeg| jpeg.progressive()), [90, 90, 90], "progressive grey");
    check(&plain(&ORANGE, |jpeg| jpeg.adobe(0)), ORANGE, "RGB by Adobe's mark");
    check(&plain(&ycbcr(ORANGE), |jpeg| jpeg.adobe(1)), ORANGE, "YCbCr by Adobe's mark");
    check(&plain(&ycbcr(ORANGE), |jpeg| jpeg), ORANGE, "YCbCr");
}

#[test]
fn pr07_every_shape_of_jpeg_shows_the_same_picture() {
    let shapes: [(&str, &Shape); 6] = [
        ("baseline", &|jpeg| jpeg),
        ("progressive", &|jpeg| jpeg.progressive()),
        ("half chroma", &|jpeg| jpeg.subsampled()),
        ("progressive, half chroma", &|jpeg| jpeg.subsampled().progressive()),
        ("restart markers", &|jpeg| Jpeg { restart: 3, ..jpeg }),
        ("restart markers, half chroma", &|jpeg| Jpeg { restart: 1, ..jpeg.subsampled() }),
    ];
    for (what, shape) in shapes {
        let picture = open(&cells(shape)).unwrap_or_else(|refused| panic!("{what}: {refused}"));
        for (column, row) in [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)] {
            // Four pixels inside the cell: half chroma smooths the borders.
            let crop = Crop { x: column * 32 + 4, y: row * 32 + 4, side: 24 };
            assert_plain(&picture.render(crop, Turn::None).unwrap().large, cell(column, row), what);
        }
    }
}

#[test]
fn odd_sizes_of_jpeg_are_whole_to_the_last_pixel() {
    let shapes: [&Shape; 3] = [&|jpeg| jpeg, &|jpeg| jpeg.subsampled(), &|jpeg| jpeg.subsampled().progressive()];
    for size in [(1, 1), (1, 9), (7, 1), (9, 17), (15, 33), (17, 16), (250, 3)] {
        for shape in shapes {
            let file = colour_jpeg((size.0 as u16, size.1 as u16), |_, _| ORANGE, shape);
            let picture = open(&file).unwrap_or_else(|refused| panic!("{size:?}: {refused}"));
            assert_eq!((picture.size().width, picture.size().height), size);
            assert_plain(&picture.preview(250), ORANGE, &format!("{size:?}"));
        }
    }
}

#[test]
fn every_kind_of_png_keeps_its_colours() {
    use {BitDepth::*, ColorType::*};
    check(&plain_png(Rgb, Eight, &ORANGE), ORANGE, "RGB");
    check(&plain_png(Rgb, Sixteen, &[240, 255, 120, 0, 30, 7]), ORANGE, "RGB of 16 bits");
    check(&plain_png(Grayscale, Eight, &[70]), [70; 3], "grey");
    check(&plain_png(Grayscale, Sixteen, &[70, 200]), [70; 3], "grey of 16 bits");
    check(&write((SIDE, SIDE), Grayscale, One, &[0xFF; 5 * SIDE as usize]), [255; 3], "one bit");
    check(&write((SIDE, SIDE), Grayscale, Two, &[0x55; 10 * SIDE as usize]), [85; 3], "two bits");
    check(&write((SIDE, SIDE), Grayscale, Four, &[0x33; 20 * SIDE as usize]), [51; 3], "four bits");
    let palette = |depth, samples: &[u8]| {
        write_with((SIDE, SIDE), Indexed, depth, samples, |png| png.set_palette([&[0, 0, 0][..], &ORANGE].concat()))
    };
    check(&palette(Eight, &[1; (SIDE * SIDE) as usize]), ORANGE, "palette");
    check(&palette(One, &[0xFF; 5 * SIDE as usize]), ORANGE, "palette of one bit");
    let picture = open(&interlaced((96, 64), paint)).unwrap();
    let crop = Crop { x: 64, y: 0, side: 32 };
    assert_plain(&picture.render(crop, Turn::None).unwrap().large, cell(2, 0), "interlaced");
}

#[test]
fn what_shows_through_is_white() {
    use {BitDepth::*, ColorType::*};
    let half = [247, 187, 142];
    check(&plain_png(Rgba, Eight, &[240, 120, 30, 0]), [255; 3], "clear");
    check(&plain_png(Rgba, Eight, &[240, 120, 30, 255]), ORANGE, "opaque");
    check(&plain_png(Rgba, Eight, &[240, 120, 30, 128]), half, "half");
    check(&plain_png(Rgba, Sixteen, &[240, 0, 120, 0, 30, 0, 128, 0]), half, "half, of 16 bits");
    check(&plain_png(GrayscaleAlpha, Eight, &[0, 128]), [127; 3], "grey, half");
    check(&plain_png(GrayscaleAlpha, Sixteen, &[0, 0, 0, 0]), [255; 3], "grey of 16 bits, clear");
    let see_through = |color, pixel: &[u8], transparent: &[u8]| {
        let samples = pixel.repeat((SIDE * SIDE) as usize);
        write_with((SIDE, SIDE), color, Eight, &samples, |png| {
            if color == Indexed {
                png.set_palette(ORANGE.to_vec());
            }
            png.set_trns(transparent.to_vec());
        })
    };
    check(&see_through(Rgb, &ORANGE, &[0, 240, 0, 120, 0, 30]), [255; 3], "a colour that is clear");
    check(&see_through(Grayscale, &[9], &[0, 9]), [255; 3], "a grey that is clear");
    check(&see_through(Indexed, &[0], &[128]), half, "a palette that is half clear");
}
