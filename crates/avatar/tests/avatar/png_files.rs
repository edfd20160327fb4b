//! PNG files: written by the library where it can, by hand where it will not.

use png::{BitDepth, ColorType, Encoder};

pub const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A sound file of these samples.
pub fn write(size: (u32, u32), color: ColorType, depth: BitDepth, samples: &[u8]) -> Vec<u8> {
    write_with(size, color, depth, samples, |_| {})
}

/// A sound file with more in its header: palette, transparency, animation.
pub fn write_with(
    size: (u32, u32),
    color: ColorType,
    depth: BitDepth,
    samples: &[u8],
    more: impl Fn(&mut Encoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, size.0, size.1);
    encoder.set_color(color);
    encoder.set_depth(depth);
    more(&mut encoder);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(samples).unwrap();
    writer.finish().unwrap();
    out
}

/// RGB of these colours.
pub fn rgb(size: (u32, u32), colour: impl Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
    let samples: Vec<u8> =
        (0..size.1).flat_map(|y| (0..size.0).map(move |x| (x, y))).flat_map(|(x, y)| colour(x, y)).collect();
    write(size, ColorType::Rgb, BitDepth::Eight, &samples)
}

/// A chunk with its length and checksum.
pub fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let body = [&kind[..], content].concat();
    [&(content.len() as u32).to_be_bytes()[..], &body, &crc(&body).to_be_bytes()].concat()
}

/// IHDR: size, depth, colour type, interlacing.
pub fn header(width: u32, height: u32, depth: u8, color: u8, interlaced: bool) -> Vec<u8> {
    let sizes = [width.to_be_bytes(), height.to_be_bytes()].concat();
    chunk(b"IHDR", &[&sizes[..], &[depth, color, 0, 0, u8::from(interlaced)]].concat())
}

/// A file of these chunks behind the signature.
pub fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
    [SIGNATURE, &chunks.concat()].concat()
}

/// The end chunk.
pub fn end() -> Vec<u8> {
    chunk(b"IEND", b"")
}

/// Data in zlib's wrapping without compression, at most 65535 bytes.
pub fn stored(data: &[u8]) -> Vec<u8> {
    let length = data.len() as u16;
    let sums = data.iter().fold((1_u32, 0_u32), |(a, b), &byte| {
        let a = (a + u32::from(byte)) % 65521;
        (a, (b + a) % 65521)
    });
    [
        &[0x78, 0x01, 0x01][..],
        &length.to_le_bytes(),
        &(!length).to_le_bytes(),
        data,
        &(sums.1 << 16 | sums.0).to_be_bytes(),
    ]
    .concat()
}

/// `chunks` put in front of the first chunk of `kind`.
pub fn insert_before(file: &[u8], kind: &[u8; 4], chunks: &[u8]) -> Vec<u8> {
    let at = file.windows(4).position(|w| w == kind).unwrap() - 4;
    [&file[..at], chunks, &file[at..]].concat()
}

/// An interlaced (Adam7) RGB file of these colours.
pub fn interlaced(size: (u32, u32), colour: impl Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
    const PASSES: [(u32, u32, u32, u32); 7] =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
    let mut data = Vec::new();
    for (left, top, across, down) in PASSES {
        for y in (top..size.1).step_by(down as usize) {
            if left < size.0 {
                data.push(0);
            }
            (left..size.0).step_by(across as usize).for_each(|x| data.extend(colour(x, y)));
        }
    }
    file(&[header(size.0, size.1, 8, 2, true), chunk(b"IDAT", &stored(&data)), end()])
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| crc >> 1 ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 })
    })
}
