//! A test picture of six coloured cells, three across and two down, and a look at what was written.

use avatar::Encoded;
use zune_jpeg::zune_core::bytestream::ZCursor;

use crate::jpeg::Jpeg;

/// Side of a cell in pixels.
pub const CELL: u32 = 32;
/// The upright picture.
pub const WIDTH: u32 = 3 * CELL;
pub const HEIGHT: u32 = 2 * CELL;

const CELLS: [[[u8; 3]; 3]; 2] =
    [[[230, 30, 30], [30, 200, 30], [30, 30, 220]], [[240, 220, 20], [20, 20, 20], [240, 240, 240]]];

/// The colour of the cell in this column and row.
pub fn cell(column: u32, row: u32) -> [u8; 3] {
    CELLS[row as usize][column as usize]
}

/// The colour of a pixel of the upright picture.
pub fn paint(x: u32, y: u32) -> [u8; 3] {
    cell((x / CELL).min(2), (y / CELL).min(1))
}

/// YCbCr by JFIF (BT.601, full range).
pub fn ycbcr([r, g, b]: [u8; 3]) -> [u8; 3] {
    let [r, g, b] = [r, g, b].map(f32::from);
    let y = 0.299 * r + 0.587 * g + 0.114 * b;
    [y, 128.0 + (b - y) * 0.564_334, 128.0 + (r - y) * 0.713_267].map(|v| v.round().clamp(0.0, 255.0) as u8)
}

/// A colour JPEG of these colours, shaped by `shape`.
pub fn colour_jpeg(size: (u16, u16), colour: impl Fn(u32, u32) -> [u8; 3], shape: impl Fn(Jpeg) -> Jpeg) -> Vec<u8> {
    let channel = |c: usize| {
        let colour = &colour;
        move |x, y| ycbcr(colour(x, y))[c]
    };
    let (y, cb, cr) = (channel(0), channel(1), channel(2));
    shape(Jpeg::new(size.0, size.1, &[&y, &cb, &cr])).write()
}

/// The six cells as a JPEG.
pub fn cells(shape: impl Fn(Jpeg) -> Jpeg) -> Vec<u8> {
    colour_jpeg((WIDTH as u16, HEIGHT as u16), paint, shape)
}

/// The pixels of a written picture.
pub fn pixels(encoded: &Encoded) -> Vec<[u8; 3]> {
    let rgb = zune_jpeg::JpegDecoder::new(ZCursor::new(&encoded.bytes)).decode().expect("we write what can be read");
    assert_eq!(rgb.len() as u32, encoded.size.width * encoded.size.height * 3);
    rgb.as_chunks::<3>().0.to_vec()
}

/// Asserts that every pixel is this colour, give or take what two encodings change.
pub fn assert_plain(encoded: &Encoded, colour: [u8; 3], what: &str) {
    for pixel in pixels(encoded) {
        assert!(near(pixel, colour), "{what}: {pixel:?} instead of {colour:?}");
    }
}

/// Whether two colours are one to the eye.
pub fn near(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(&a, b)| a.abs_diff(b) <= 6)
}
