//! JPEG: baseline and progressive, 8 bits, grey, YCbCr, RGB, CMYK and YCCK, also with more behind its end (MPO).
//!
//! The file is walked once for its frame, scans and end, so that the limits are judged before anything is decoded and a
//! file that was cut off is told from one that is damaged. CMYK is read as Adobe writes it (inverted), as browsers do.

mod walk;

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;

use crate::crop::Size;
use crate::limits::Limits;
use crate::pixels::{Pixels, upright_by};
use crate::refused::Refused;
use walk::{Walk, walk};

/// Decodes the first picture. Refuses what exceeds `limits` before it allocates for pixels.
pub(crate) fn decode(bytes: &[u8], limits: &Limits) -> Result<Pixels, Refused> {
    let size = judge(&walk(bytes), limits)?;
    // Strict: damage is an error, not a grey area that nobody asked for. What the decoder cannot tell is a scan that was cut
    // in the middle and given an end: it is shown as far as it goes, as in browsers, and the person sees it in the preview.
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(size.width as usize)
        .set_max_height(size.height as usize)
        .jpeg_set_max_scans(limits.scans as usize)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(refused)?;
    let rgb_bytes = size.pixels() * 3;
    if decoder.output_buffer_size().map(|n| n as u64) != Some(rgb_bytes) {
        return Err(Refused::Damaged);
    }
    let mut rgb = vec![0; usize::try_from(rgb_bytes).map_err(|_| Refused::TooComplex)?];
    decoder.decode_into(&mut rgb).map_err(refused)?;
    let upright = upright_by(decoder.exif().map(Vec::as_slice));
    Ok(Pixels { size, rgb, upright })
}

fn judge(walk: &Walk, limits: &Limits) -> Result<Size, Refused> {
    let Some(frame) = &walk.frame else {
        return Err(if walk.ended { Refused::Damaged } else { Refused::Truncated });
    };
    limits.check_size(frame.size)?;
    if !frame.is_common() {
        return Err(Refused::Unsupported);
    }
    if !walk.ended {
        return Err(Refused::Truncated);
    }
    limits.check_scans(walk.scans, frame.size)?;
    limits.check_memory(frame.decoding_bytes(walk.scans))?;
    if (walk.scan_bytes as u64) < frame.least_scan_bytes() {
        return Err(Refused::Truncated);
    }
    Ok(frame.size)
}

fn refused(error: DecodeErrors) -> Refused {
    match error {
        DecodeErrors::Unsupported(_) => Refused::Unsupported,
        _ => Refused::Damaged,
    }
}
