//! Packets to pages.

use super::Layout;
use super::page::{self, FIRST, LAST, MOST_SEGMENTS};

/// Samples that are put into a page: 200 ms.
const PAGE_SAMPLES: u64 = 9600;
/// What an encoder for voice needs before its first true sample (`OPUS_GET_LOOKAHEAD`): 6.5 ms.
const PRE_SKIP: u16 = 312;
const VENDOR: &[u8] = b"Rannan";

/// Writes one stream. Whatever it has to say is added to the `out` that is passed.
#[derive(Clone, Debug)]
pub struct Writer {
    serial: u32,
    pages: u32,
    /// Samples up to the end of what was put in.
    granule: u64,
    /// The same at the end of the page that was written last.
    written: u64,
    segments: Vec<u8>,
    body: Vec<u8>,
}

impl Writer {
    /// Begins with the two pages that say what follows. `serial` is any number: it tells the streams of one file apart.
    #[must_use]
    pub fn begin(serial: u32, layout: Layout, out: &mut Vec<u8>) -> Writer {
        let mut writer = Writer { serial, pages: 0, granule: 0, written: 0, segments: Vec::new(), body: Vec::new() };
        writer.page_of(FIRST, &identity(layout), out);
        let mut tags = b"OpusTags".to_vec();
        tags.extend_from_slice(&(VENDOR.len() as u32).to_le_bytes());
        tags.extend_from_slice(VENDOR);
        tags.extend_from_slice(&0u32.to_le_bytes());
        writer.page_of(0, &tags, out);
        writer
    }

    /// Adds a packet of so many samples (48 kHz). A page leaves when the next packet would make it longer than 200 ms. A packet longer
    /// than a page holds (65,025 bytes) is left out; Opus has none.
    pub fn packet(&mut self, packet: &[u8], samples: u32, out: &mut Vec<u8>) {
        let needs = packet.len() / 255 + 1;
        if needs > MOST_SEGMENTS {
            return;
        }
        let is_full = self.granule - self.written >= PAGE_SAMPLES || self.segments.len() + needs > MOST_SEGMENTS;
        if is_full && !self.segments.is_empty() {
            self.flush(0, out);
        }
        page::lace(packet.len(), &mut self.segments);
        self.body.extend_from_slice(packet);
        self.granule += u64::from(samples);
    }

    /// Samples put in so far.
    #[must_use]
    pub fn samples(&self) -> u64 {
        self.granule
    }

    /// Writes the last page.
    pub fn finish(mut self, out: &mut Vec<u8>) {
        self.flush(LAST, out);
    }

    fn page_of(&mut self, flags: u8, packet: &[u8], out: &mut Vec<u8>) {
        page::lace(packet.len(), &mut self.segments);
        self.body.extend_from_slice(packet);
        self.flush(flags, out);
    }

    fn flush(&mut self, flags: u8, out: &mut Vec<u8>) {
        page::write(flags, self.granule, self.serial, self.pages, (&self.segments, &self.body), out);
        self.pages += 1;
        self.written = self.granule;
        self.segments.clear();
        self.body.clear();
    }
}

/// The identification header (RFC 7845 §5.1).
fn identity(layout: Layout) -> Vec<u8> {
    let (streams, coupled) = layout.streams();
    let mut head = b"OpusHead\x01".to_vec();
    head.push(layout.channels() as u8);
    head.extend_from_slice(&PRE_SKIP.to_le_bytes());
    head.extend_from_slice(&base::SAMPLE_RATE.to_le_bytes());
    head.extend_from_slice(&0i16.to_le_bytes());
    match layout {
        Layout::Mono | Layout::Coupled => head.push(0),
        Layout::TwoVoices => head.extend_from_slice(&[1, streams, coupled, 0, 1]),
    }
    head
}
