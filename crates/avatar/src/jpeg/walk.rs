//! A walk over the markers of a JPEG (ITU-T T.81, annex B), without decoding.

use crate::crop::Size;

/// What a walk has seen.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    /// The first frame header.
    pub frame: Option<Frame>,
    /// Scans before the end.
    pub scans: u32,
    /// Bytes from the first scan to the end.
    pub scan_bytes: usize,
    /// Whether the end stands where it should, behind a scan.
    pub ended: bool,
}

/// A frame header (SOF).
#[derive(Debug)]
pub(crate) struct Frame {
    /// SOF0 to SOF15.
    process: u8,
    precision_bits: u8,
    pub size: Size,
    /// Sampling factors of each component, across and down.
    sampling: Vec<(u8, u8)>,
}

impl Frame {
    /// Baseline, extended or progressive with Huffman codes, 8 bits, one, three or four components.
    pub fn is_common(&self) -> bool {
        self.process <= 2 && self.precision_bits == 8 && matches!(self.sampling.len(), 1 | 3 | 4)
    }

    /// The fewest bytes of scans that can hold the picture: each block takes a code of one bit for its mean, and in a
    /// sequential file another for its end. What claims more pixels than that was cut, or lies.
    pub fn least_scan_bytes(&self) -> u64 {
        let bits = if self.process == 2 { 1 } else { 2 };
        self.blocks() * bits / 8
    }

    /// Memory while decoding: the pixels, and the coefficients if they come in more than one scan.
    pub fn decoding_bytes(&self, scans: u32) -> u64 {
        let coefficients = if scans > 1 || self.process == 2 { self.blocks() * 64 * 2 } else { 0 };
        self.size.pixels() * 3 + coefficients
    }

    /// Blocks of 8 by 8 coefficients in all components, with those that fill up the last units.
    fn blocks(&self) -> u64 {
        let most = |of: fn(&(u8, u8)) -> u8| u64::from(self.sampling.iter().map(of).max().unwrap_or(1).max(1));
        let (across, down) = (most(|s| s.0), most(|s| s.1));
        let units = u64::from(self.size.width).div_ceil(8 * across) * u64::from(self.size.height).div_ceil(8 * down);
        self.sampling.iter().map(|&(h, v)| units * u64::from(h) * u64::from(v)).sum()
    }
}

/// Walks from the first marker to the end of the first picture, or to the end of the bytes.
pub(crate) fn walk(bytes: &[u8]) -> Walk {
    let mut seen = Walk::default();
    let mut first_scan = 0;
    let mut at = 2;
    while let Some((marker, next)) = next_marker(bytes, at) {
        at = next;
        match marker {
            // Stuffed zero, TEM, RST0 to RST7, SOI: no segment follows.
            0x00 | 0x01 | 0xD0..=0xD8 => {}
            0xD9 if seen.scans > 0 => {
                seen.ended = true;
                seen.scan_bytes = at - first_scan;
                return seen;
            }
            0xD9 => {}
            _ => {
                let Some(segment) = segment(bytes, at) else { return seen };
                at += segment.len() + 2;
                match marker {
                    0xDA => {
                        first_scan = if seen.scans == 0 { at } else { first_scan };
                        seen.scans = seen.scans.saturating_add(1);
                    }
                    0xC4 | 0xC8 | 0xCC => {}
                    0xC0..=0xCF if seen.frame.is_none() => seen.frame = frame(marker - 0xC0, segment),
                    _ => {}
                }
            }
        }
    }
    seen
}

/// The next marker and where the bytes after it begin. Bytes before it are skipped: entropy-coded data, or rubbish.
fn next_marker(bytes: &[u8], from: usize) -> Option<(u8, usize)> {
    let start = from + bytes.get(from..)?.iter().position(|&b| b == 0xFF)?;
    let fill = bytes[start..].iter().position(|&b| b != 0xFF)?;
    Some((bytes[start + fill], start + fill + 1))
}

/// The segment's content behind its length; `None` if it reaches over the end.
fn segment(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
    bytes.get(at + 2..at + length.max(2))
}

fn frame(process: u8, segment: &[u8]) -> Option<Frame> {
    let [precision_bits, h1, h0, w1, w0, count, components @ ..] = segment else { return None };
    let sampling = components.as_chunks::<3>().0.iter().take(usize::from(*count));
    Some(Frame {
        process,
        precision_bits: *precision_bits,
        size: Size::new(u16::from_be_bytes([*w1, *w0]).into(), u16::from_be_bytes([*h1, *h0]).into()),
        sampling: sampling.map(|[_, factors, _]| (factors >> 4, factors & 15)).collect(),
    })
}
