//! Redundant audio data (RFC 2198): each packet carries the one before it once more.
//!
//! ```text
//! |1| PT (7) | timestamp offset (14) | length (10) | 0| PT (7) | copy of the last payload | new payload |
//! ```

use base::Pt;

/// The two headers together.
pub const HEADER_BYTES: usize = 5;
/// The longest payload that can be repeated (§3: ten bits).
const MOST_COPY: usize = (1 << 10) - 1;
/// The farthest that a copy can reach back, RTP ticks (§3: fourteen bits).
const MOST_OFFSET: u32 = (1 << 14) - 1;

/// A block of a redundant payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block<'a> {
    /// Its payload type.
    pub pt: Pt,
    /// How many RTP ticks before the packet's timestamp it began; 0 for the new one.
    pub offset: u32,
    /// Its payload; may be empty.
    pub payload: &'a [u8],
}

/// Takes a redundant payload apart: oldest block first, the new one last; stops at what is damaged. At most `N` copies are looked at.
pub fn blocks<const N: usize>(payload: &[u8]) -> impl Iterator<Item = Block<'_>> {
    let mut heads = [(Pt(0), 0, 0); N];
    let (mut count, mut at, mut newest) = (0, 0, None);
    while let Some(&first) = payload.get(at) {
        if first & 0x80 == 0 {
            newest = Some(Pt(first));
            at += 1;
            break;
        }
        let Some(&[a, b, c]) = payload.get(at + 1..at + 4).and_then(|bytes| bytes.first_chunk()) else { break };
        if count == N {
            break;
        }
        let offset = u32::from(a) << 6 | u32::from(b) >> 2;
        heads[count] = (Pt(first & 0x7f), offset, usize::from(b & 3) << 8 | usize::from(c));
        count += 1;
        at += 4;
    }
    let complete =
        newest.is_some_and(|_| heads[..count].iter().map(|head| head.2).sum::<usize>() <= payload.len() - at);
    let mut rest = if complete { &payload[at..] } else { &[] };
    let mut heads = heads.into_iter().take(if complete { count } else { 0 });
    let mut newest = newest.filter(|_| complete);
    std::iter::from_fn(move || {
        if let Some((pt, offset, length)) = heads.next() {
            let (payload, later) = rest.split_at(length);
            rest = later;
            return Some(Block { pt, offset, payload });
        }
        newest.take().map(|pt| Block { pt, offset: 0, payload: rest })
    })
}

/// Remembers the last payload and packs it with the next.
pub(crate) struct RedWriter {
    last: Box<[u8; MOST_COPY]>,
    /// Length of the last payload, and ticks since it began.
    held: Option<(usize, u32)>,
}

impl RedWriter {
    pub(crate) fn new() -> Self {
        RedWriter { last: Box::new([0; MOST_COPY]), held: None }
    }

    /// Packs `payload`, which lasts `ticks`; returns the length. `out` has room for [`HEADER_BYTES`] and both payloads.
    pub(crate) fn write(&mut self, pt: Pt, payload: &[u8], ticks: u32, out: &mut [u8]) -> usize {
        let mut at = 0;
        if let Some((length, offset)) = self.held.filter(|(_, offset)| *offset <= MOST_OFFSET) {
            out[..4].copy_from_slice(&[
                0x80 | pt.0,
                (offset >> 6) as u8,
                (offset << 2) as u8 | (length >> 8) as u8,
                length as u8,
            ]);
            out[5..5 + length].copy_from_slice(&self.last[..length]);
            out[4] = pt.0 & 0x7f;
            at = HEADER_BYTES + length;
        } else {
            out[0] = pt.0 & 0x7f;
            at += 1;
        }
        out[at..at + payload.len()].copy_from_slice(payload);
        self.remember(payload, ticks);
        at + payload.len()
    }

    /// Notes a payload that was sent alone, so that redundancy can begin with the next packet.
    pub(crate) fn remember(&mut self, payload: &[u8], ticks: u32) {
        self.held = (payload.len() <= MOST_COPY).then(|| {
            self.last[..payload.len()].copy_from_slice(payload);
            (payload.len(), ticks)
        });
    }

    /// Sound was left out, or another codec begins: the last payload is not the neighbour of the next.
    pub(crate) fn forget(&mut self) {
        self.held = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PT: Pt = Pt(111);

    fn parsed(payload: &[u8]) -> Vec<(u8, u32, Vec<u8>)> {
        blocks::<4>(payload).map(|block| (block.pt.0, block.offset, block.payload.to_vec())).collect()
    }

    #[test]
    fn each_packet_carries_the_one_before() {
        let mut writer = RedWriter::new();
        let mut out = [0; 2000];
        let len = writer.write(PT, &[1, 2, 3], 960, &mut out);
        assert_eq!(parsed(&out[..len]), [(111, 0, vec![1, 2, 3])]);
        let second = vec![7; 600];
        let len = writer.write(PT, &second, 2880, &mut out);
        assert_eq!(out[..5], [0x80 | 111, 15, 0, 3, 111], "960 ticks back, three bytes");
        assert_eq!(parsed(&out[..len]), [(111, 960, vec![1, 2, 3]), (111, 0, second.clone())]);
        let len = writer.write(PT, &[], 960, &mut out);
        assert_eq!(parsed(&out[..len]), [(111, 2880, second), (111, 0, vec![])]);
        writer.forget();
        let len = writer.write(PT, &[9], 960, &mut out);
        assert_eq!(parsed(&out[..len]), [(111, 0, vec![9])]);
    }

    #[test]
    fn what_cannot_be_repeated_is_not() {
        let mut writer = RedWriter::new();
        let mut out = [0; 4000];
        writer.write(PT, &[1; 1024], 960, &mut out);
        let len = writer.write(PT, &[2], 20_000, &mut out);
        assert_eq!(parsed(&out[..len]), [(111, 0, vec![2])], "1024 bytes do not fit ten bits");
        let len = writer.write(PT, &[3], 960, &mut out);
        assert_eq!(parsed(&out[..len]), [(111, 0, vec![3])], "20 000 ticks do not fit fourteen bits");
    }

    #[test]
    fn damaged_payloads_give_nothing() {
        for payload in [&[][..], &[0x80 | 111], &[0x80 | 111, 0, 0], &[0x80 | 111, 0, 3, 255, 111, 1], &[0x80; 40]] {
            assert_eq!(parsed(payload), [], "{payload:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(0u8.., 0..200)) {
            let total: usize = blocks::<4>(&bytes).map(|block| block.payload.len()).sum();
            proptest::prop_assert!(total <= bytes.len());
        }
    }
}
