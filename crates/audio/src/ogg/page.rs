//! Pages (RFC 3533 §6).

/// Bytes before the lacing values.
pub(super) const HEAD: usize = 27;
/// Most lacing values of a page.
pub(super) const MOST_SEGMENTS: usize = 255;
/// It goes on with a packet of the page before.
pub(super) const CONTINUED: u8 = 1;
/// The first of the stream.
pub(super) const FIRST: u8 = 2;
/// The last of the stream.
pub(super) const LAST: u8 = 4;

const POLYNOMIAL: u32 = 0x04c1_1db7;

const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut rest = (byte as u32) << 24;
        let mut bit = 0;
        while bit < 8 {
            rest = if rest & 0x8000_0000 == 0 { rest << 1 } else { (rest << 1) ^ POLYNOMIAL };
            bit += 1;
        }
        table[byte] = rest;
        byte += 1;
    }
    table
};

/// The check sum of a page whose own field counts as zero. Neither reflected nor inverted, as that of zip files is.
pub(super) fn checksum(page: &[u8]) -> u32 {
    page.iter().enumerate().fold(0, |sum, (at, byte)| {
        let byte = if (22..26).contains(&at) { 0 } else { *byte };
        (sum << 8) ^ TABLE[usize::from((sum >> 24) as u8 ^ byte)]
    })
}

/// Adds the lacing values of a packet.
pub(super) fn lace(packet: usize, segments: &mut Vec<u8>) {
    segments.extend(std::iter::repeat_n(255, packet / 255));
    segments.push((packet % 255) as u8);
}

/// Adds a page.
pub(super) fn write(
    flags: u8,
    granule: u64,
    serial: u32,
    number: u32,
    (segments, body): (&[u8], &[u8]),
    out: &mut Vec<u8>,
) {
    let start = out.len();
    out.extend_from_slice(b"OggS\0");
    out.push(flags);
    out.extend_from_slice(&granule.to_le_bytes());
    out.extend_from_slice(&serial.to_le_bytes());
    out.extend_from_slice(&number.to_le_bytes());
    out.extend_from_slice(&[0; 4]);
    out.push(segments.len() as u8);
    out.extend_from_slice(segments);
    out.extend_from_slice(body);
    let sum = checksum(&out[start..]);
    out[start + 22..start + 26].copy_from_slice(&sum.to_le_bytes());
}
