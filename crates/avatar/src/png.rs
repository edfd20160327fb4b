//! PNG, also animated (its still picture is taken), interlaced, with palette, 1 to 16 bits, with transparency.

use std::io::{Cursor, ErrorKind};

use png::{ColorType, Decoder, DecodingError, Transformations};

use crate::crop::Size;
use crate::limits::Limits;
use crate::pixels::{Pixels, upright_by};
use crate::refused::Refused;

/// Decodes the still picture. Refuses what exceeds `limits` before it allocates for pixels.
pub(crate) fn decode(bytes: &[u8], limits: &Limits) -> Result<Pixels, Refused> {
    let size = claimed_size(bytes)?;
    limits.check_size(size)?;
    let memory = png::Limits { bytes: usize::try_from(limits.memory_bytes).unwrap_or(usize::MAX) };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), memory);
    // Both may hold bombs of their own, and neither is of use here.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(refused)?;
    let (color, _) = reader.output_color_type();
    let needed = reader.output_buffer_size().ok_or(Refused::TooComplex)?;
    limits.check_memory(needed as u64 + if color.samples() < 3 { 3 * size.pixels() } else { 0 })?;
    let mut samples = vec![0; needed];
    let frame = reader.next_frame(&mut samples).map_err(refused)?;
    if Size::new(frame.width, frame.height) != size {
        return Err(Refused::Damaged);
    }
    // Reads to the end without decoding further frames: a file that lacks its end was cut off, and EXIF may stand there.
    reader.finish().map_err(refused)?;
    let upright = upright_by(reader.info().exif_metadata.as_deref());
    Ok(Pixels { size, rgb: on_white(color, samples)?, upright })
}

/// What IHDR says; it is always the first chunk, 13 bytes long (PNG, third edition, section 11.2.1).
fn claimed_size(bytes: &[u8]) -> Result<Size, Refused> {
    let header = bytes.get(8..24).ok_or(Refused::Truncated)?;
    if header[..8] != *b"\0\0\0\x0dIHDR" {
        return Err(Refused::Damaged);
    }
    let number = |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    Ok(Size::new(number(8), number(12)))
}

fn refused(error: DecodingError) -> Refused {
    match error {
        DecodingError::IoError(io) if io.kind() == ErrorKind::UnexpectedEof => Refused::Truncated,
        DecodingError::IoError(_) | DecodingError::Format(_) | DecodingError::Parameter(_) => Refused::Damaged,
        DecodingError::LimitsExceeded => Refused::TooComplex,
    }
}

/// What shows through is white: as on the sheet of paper that most logos were drawn for.
fn on_white(color: ColorType, mut samples: Vec<u8>) -> Result<Vec<u8>, Refused> {
    match color {
        ColorType::Rgb => Ok(samples),
        ColorType::Grayscale => Ok(samples.iter().flat_map(|&grey| [grey; 3]).collect()),
        ColorType::GrayscaleAlpha => {
            Ok(samples.as_chunks::<2>().0.iter().flat_map(|&[grey, alpha]| [over_white(grey, alpha); 3]).collect())
        }
        ColorType::Rgba => {
            // In place: a big picture needs no second buffer.
            for pixel in 0..samples.len() / 4 {
                let [from, to] = [pixel * 4, pixel * 3];
                let alpha = samples[from + 3];
                for channel in 0..3 {
                    samples[to + channel] = over_white(samples[from + channel], alpha);
                }
            }
            samples.truncate(samples.len() / 4 * 3);
            Ok(samples)
        }
        // EXPAND leaves none.
        ColorType::Indexed => Err(Refused::Damaged),
    }
}

fn over_white(sample: u8, alpha: u8) -> u8 {
    let sum = u32::from(sample) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
    ((sum + 127) / 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transparency_shows_white() {
        assert_eq!([over_white(0, 0), over_white(0, 255), over_white(255, 7), over_white(0, 128)], [255, 0, 255, 127]);
        assert_eq!(on_white(ColorType::Rgba, vec![9, 9, 9, 0, 1, 2, 3, 255]), Ok(vec![255, 255, 255, 1, 2, 3]));
    }
}
