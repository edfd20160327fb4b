//! Bytes to packets.

use std::ops::Range;

use super::Layout;
use super::page::{CONTINUED, FIRST, HEAD, LAST, checksum};

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OggOpus {
    /// What a packet holds.
    pub layout: Layout,
    /// Samples at the beginning that are not to be heard.
    pub pre_skip: u16,
    /// Every packet.
    pub packets: Vec<Vec<u8>>,
    /// Samples that are to be heard, where the file says so.
    pub samples: Option<u64>,
    /// It was torn off: the end that it should have is not there.
    pub torn: bool,
}

/// Bytes that are no Ogg Opus file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadOgg {
    /// No first page of Ogg.
    #[error("not an Ogg file")]
    NotOgg,
    /// Another codec, or a header of a later kind.
    #[error("not an Opus stream that can be read")]
    NotOpus,
    /// Channels that we have no use for.
    #[error("neither one channel nor two")]
    Channels,
}

/// Reads a whole file. What follows a damaged page is left out.
///
/// # Errors
/// [`BadOgg`] where there is nothing to be heard in it.
pub fn read(bytes: &[u8]) -> Result<OggOpus, BadOgg> {
    let (first, mut rest) = Page::cut(bytes).filter(|(page, _)| page.flags & FIRST != 0).ok_or(BadOgg::NotOgg)?;
    let (layout, pre_skip) = identity(first.body)?;
    let mut found = OggOpus { layout, pre_skip, packets: Vec::new(), samples: None, torn: true };
    let (mut tags, mut number, mut begun) = (true, first.number, None::<Vec<u8>>);
    while let Some((page, after)) = Page::cut(rest) {
        rest = after;
        if page.serial != first.serial {
            continue;
        }
        number = number.wrapping_add(1);
        if page.number != number {
            break;
        }
        // A packet that begins on no page that we know.
        let mut orphan = page.flags & CONTINUED != 0 && begun.is_none();
        if page.flags & CONTINUED == 0 {
            begun = None;
        }
        for (range, whole) in page.pieces() {
            let piece = &page.body[range];
            let mut packet = begun.take().unwrap_or_default();
            packet.extend_from_slice(piece);
            match (whole, std::mem::take(&mut orphan)) {
                (_, true) => {}
                (false, false) => begun = Some(packet),
                // The second packet is the comment header (RFC 7845 §5.2).
                (true, false) if std::mem::take(&mut tags) => {}
                (true, false) => found.packets.push(packet),
            }
        }
        if page.granule != u64::MAX {
            found.samples = Some(page.granule.saturating_sub(u64::from(pre_skip)));
        }
        if page.flags & LAST != 0 {
            found.torn = false;
            break;
        }
    }
    Ok(found)
}

fn identity(packet: &[u8]) -> Result<(Layout, u16), BadOgg> {
    let head: &[u8; 19] = packet.first_chunk().ok_or(BadOgg::NotOpus)?;
    // The upper half of the version says whether what follows can be read.
    if &head[..8] != b"OpusHead" || head[8] >> 4 != 0 {
        return Err(BadOgg::NotOpus);
    }
    let layout = match (head[9], head[18], packet.get(19..)) {
        (1, 0, _) => Layout::Mono,
        (2, 0, _) => Layout::Coupled,
        (2, 1, Some([2, 0, 0, 1, ..])) => Layout::TwoVoices,
        (2, 1, Some([1, 1, 0, 1, ..])) => Layout::Coupled,
        (1, 1, Some([1, 0, 0, ..])) => Layout::Mono,
        _ => return Err(BadOgg::Channels),
    };
    Ok((layout, u16::from_le_bytes([head[10], head[11]])))
}

struct Page<'a> {
    flags: u8,
    granule: u64,
    serial: u32,
    number: u32,
    segments: &'a [u8],
    body: &'a [u8],
}

impl<'a> Page<'a> {
    /// The page that these bytes begin with, and what follows it. `None`: none, or one that is damaged or not whole.
    fn cut(bytes: &'a [u8]) -> Option<(Page<'a>, &'a [u8])> {
        let head: &[u8; HEAD] = bytes.first_chunk()?;
        if &head[..5] != b"OggS\0" {
            return None;
        }
        let segments = bytes.get(HEAD..HEAD + usize::from(head[26]))?;
        let start = HEAD + segments.len();
        let end = start + segments.iter().map(|length| usize::from(*length)).sum::<usize>();
        let body = bytes.get(start..end)?;
        let number = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        if number(22) != checksum(&bytes[..end]) {
            return None;
        }
        let granule = u64::from(number(6)) | u64::from(number(10)) << 32;
        let page = Page { flags: head[5], granule, serial: number(14), number: number(18), segments, body };
        Some((page, &bytes[end..]))
    }

    /// Where the packets of the page lie in its body; the last may go on on the next page.
    fn pieces(&self) -> Vec<(Range<usize>, bool)> {
        let (mut pieces, mut start, mut at) = (Vec::new(), 0, 0);
        for (index, length) in self.segments.iter().enumerate() {
            at += usize::from(*length);
            let whole = *length < 255;
            if whole || index + 1 == self.segments.len() {
                pieces.push((start..at, whole));
                start = at;
            }
        }
        pieces
    }
}
