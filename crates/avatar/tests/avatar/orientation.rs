//! However the camera was held, the picture stands upright (SPEC PR-07).

use avatar::{Crop, Picture, Size, Turn, open};
use png::{BitDepth, ColorType};

use crate::exif::{ORDERS, app1, tiff};
use crate::paper::{CELL, HEIGHT, WIDTH, assert_plain, cell, colour_jpeg, near, paint, pixels};
use crate::png_files::{chunk, insert_before, rgb, write_with};

/// Where a stored pixel is seen (EXIF 2.32, 4.6.4 A: which sides row 0 and column 0 show), in a picture of `WIDTH` × `HEIGHT`.
fn seen(orientation: u16, x: u32, y: u32) -> (u32, u32) {
    let (right, bottom) = (WIDTH - 1, HEIGHT - 1);
    match orientation {
        2 => (right - x, y),
        3 => (right - x, bottom - y),
        4 => (x, bottom - y),
        5 => (y, x),
        6 => (right - y, x),
        7 => (right - y, bottom - x),
        8 => (y, bottom - x),
        _ => (x, y),
    }
}

fn stored(orientation: u16) -> ((u32, u32), impl Fn(u32, u32) -> [u8; 3]) {
    let size = if (5..=8).contains(&orientation) { (HEIGHT, WIDTH) } else { (WIDTH, HEIGHT) };
    (size, move |x, y| {
        let (x, y) = seen(orientation, x, y);
        paint(x, y)
    })
}

fn assert_upright(picture: &Picture, what: &str) {
    assert_eq!(picture.size(), Size { width: WIDTH, height: HEIGHT }, "{what}");
    for (column, row) in (0..2).flat_map(|row| (0..3).map(move |column| (column, row))) {
        let crop = Crop { x: column * CELL, y: row * CELL, side: CELL };
        let rendered = picture.render(crop, Turn::None).unwrap();
        assert_plain(&rendered.large, cell(column, row), &format!("{what}, cell {column}.{row}"));
    }
    let preview = picture.preview(WIDTH);
    assert_eq!(preview.size, picture.size(), "{what}");
    let shown = pixels(&preview);
    for (x, y) in [(8, 8), (50, 10), (90, 5), (5, 60), (45, 50), (90, 60)] {
        let colour = shown[(y * WIDTH + x) as usize];
        assert!(near(colour, paint(x, y)), "{what}, preview at {x}.{y}: {colour:?}");
    }
}

#[test]
fn pr07_jpeg_stands_upright_in_all_orientations_and_byte_orders() {
    for order in ORDERS {
        for orientation in 1..=8 {
            let ((width, height), colour) = stored(orientation);
            let exif = app1(&tiff(order, orientation));
            let file = colour_jpeg((width as u16, height as u16), colour, |jpeg| jpeg.segment(0xE1, &exif));
            assert_upright(&open(&file).unwrap(), &format!("JPEG, {order:?}, {orientation}"));
        }
    }
}

#[test]
fn pr07_png_stands_upright_whether_exif_comes_before_or_after_the_pixels() {
    for order in ORDERS {
        for orientation in 1..=8 {
            let (size, colour) = stored(orientation);
            let file = rgb(size, colour);
            let exif = chunk(b"eXIf", &tiff(order, orientation));
            for before in [b"IDAT", b"IEND"] {
                let picture = open(&insert_before(&file, before, &exif)).unwrap();
                assert_upright(&picture, &format!("PNG, {order:?}, {orientation}, before {before:?}"));
            }
        }
    }
}

#[test]
fn pr07_orientation_that_does_not_exist_or_is_cut_leaves_the_picture_as_stored() {
    let whole = tiff(ORDERS[0], 6);
    let mut blocks: Vec<Vec<u8>> = (0..whole.len() - 30).step_by(3).map(|end| whole[..end].to_vec()).collect();
    blocks.extend([0, 9, 255, 65535].map(|orientation| tiff(ORDERS[1], orientation)));
    let mut far = whole.clone();
    far[4..8].fill(0xFF);
    blocks.push(far);
    for (at, block) in blocks.iter().enumerate() {
        let orientation_is_whole = block.len() >= 34 && block == &whole[..block.len()];
        if orientation_is_whole {
            continue;
        }
        let exif = app1(block);
        let file = crate::paper::cells(|jpeg| jpeg.segment(0xE1, &exif));
        assert_upright(&open(&file).unwrap(), &format!("block {at} of {} bytes", block.len()));
    }
}

#[test]
fn pr07_quarter_turns_go_clockwise() {
    let picture = open(&write_with((2, 2), ColorType::Grayscale, BitDepth::Eight, &[0, 255, 0, 0], |_| {})).unwrap();
    let brightest = |turn| {
        let rendered = picture.render(Crop { x: 0, y: 0, side: 2 }, turn).unwrap();
        let shown = pixels(&rendered.large);
        (0..4).max_by_key(|&at| shown[at][1]).unwrap()
    };
    let corners = [Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarters].map(brightest);
    assert_eq!(corners, [1, 3, 2, 0], "from the upper right corner to the lower right, lower left, upper left");
}
