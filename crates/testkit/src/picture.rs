//! Pictures as files, made without a library: PNG with stored blocks (RFC 1951 §3.2.4), so that what is tested is not what tests.

/// A picture of one colour, three bytes a pixel: `[red, green, blue]`.
#[must_use]
pub fn png(width: u32, height: u32, colour: [u8; 3]) -> Vec<u8> {
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([8, 2, 0, 0, 0]);
    let line: Vec<u8> = std::iter::once(0).chain(colour.into_iter().cycle().take(width as usize * 3)).collect();
    let pixels = line.repeat(height as usize);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, b"IHDR", &head);
    chunk(&mut file, b"IDAT", &zlib_stored(&pixels));
    chunk(&mut file, b"IEND", &[]);
    file
}

/// The same picture in exactly `size_bytes`: a private chunk before the end takes the rest.
///
/// # Panics
/// When the file is longer already, or shorter by less than an empty chunk.
#[must_use]
pub fn padded(png: &[u8], size_bytes: usize) -> Vec<u8> {
    const EMPTY: usize = 12;
    let (before, end) = png.split_at(png.len() - EMPTY);
    let rest = size_bytes.checked_sub(png.len() + EMPTY).expect("the file is smaller than that");
    let mut file = before.to_vec();
    chunk(&mut file, b"raNd", &vec![7; rest]);
    file.extend_from_slice(end);
    file
}

/// Claims `width` × `height` pixels and has none of them.
#[must_use]
pub fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([8, 2, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, b"IHDR", &head);
    chunk(&mut file, b"IDAT", &zlib_stored(&[0; 64]));
    chunk(&mut file, b"IEND", &[]);
    file
}

/// The smallest GIF.
pub const GIF: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    file.extend((data.len() as u32).to_be_bytes());
    let from = file.len();
    file.extend_from_slice(kind);
    file.extend_from_slice(data);
    let crc = crc32(&file[from..]);
    file.extend(crc.to_be_bytes());
}

fn zlib_stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let blocks = data.chunks(0xffff);
    let last = blocks.len().saturating_sub(1);
    for (at, block) in blocks.enumerate() {
        out.push(u8::from(at == last));
        let length = block.len() as u16;
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend_from_slice(block);
    }
    out.extend(adler32(data).to_be_bytes());
    out
}

fn crc32(data: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    };
    !data.iter().fold(!0, step)
}

fn adler32(data: &[u8]) -> u32 {
    let (a, b) = data.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    (b << 16) | a
}
