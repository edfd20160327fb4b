//! Redundant packets (RFC 2198): the last packets again in front of the newest. Pure. They are written by whoever encodes.
//!
//! ```text
//!  1|PT|offset 14|length 10   …   0|PT   older bytes   …   newest bytes
//! ```

use base::Pt;
use bytes::Bytes;

/// Older packets that are looked at in one.
pub const MOST_BLOCKS: usize = 4;

/// One packet out of a redundant one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Payload type.
    pub pt: Pt,
    /// How much older than the outer packet, ticks of its clock; 0 for the newest.
    pub age: u32,
    /// The codec's bytes.
    pub payload: Bytes,
}

/// Takes a redundant packet apart: older blocks as they stand, oldest first by custom, the newest last. `None` for what breaks
/// the format or holds more than [`MOST_BLOCKS`] older ones. Empty older blocks are left out: they repeat nothing.
#[must_use]
pub fn read(payload: &Bytes) -> Option<Vec<Block>> {
    let mut headers: Vec<(Pt, u32, usize)> = Vec::with_capacity(MOST_BLOCKS);
    let mut at = 0;
    let newest = loop {
        let first = *payload.get(at)?;
        if first & 0x80 == 0 {
            at += 1;
            break Pt(first);
        }
        let rest = payload.get(at + 1..at + 4)?;
        let bits = u32::from(rest[0]) << 16 | u32::from(rest[1]) << 8 | u32::from(rest[2]);
        if headers.len() == MOST_BLOCKS {
            return None;
        }
        headers.push((Pt(first & 0x7f), bits >> 10, (bits & 0x3ff) as usize));
        at += 4;
    };
    let mut blocks = Vec::with_capacity(headers.len() + 1);
    for (pt, age, length) in headers {
        let end = at.checked_add(length).filter(|end| *end <= payload.len())?;
        if length > 0 && age > 0 {
            blocks.push(Block { pt, age, payload: payload.slice(at..end) });
        }
        at = end;
    }
    blocks.push(Block { pt: newest, age: 0, payload: payload.slice(at..) });
    Some(blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Packs payloads, the newest last, each `age` ticks before the newest.
    fn packed(older: &[(u32, Bytes)], newest: &Bytes) -> Bytes {
        let mut out = Vec::new();
        for (age, payload) in older {
            out.push(0x80 | 111);
            out.extend_from_slice(&(age << 10 | payload.len() as u32).to_be_bytes()[1..]);
        }
        out.push(111);
        older.iter().for_each(|(_, payload)| out.extend_from_slice(payload));
        out.extend_from_slice(newest);
        out.into()
    }

    #[test]
    fn the_format_is_that_of_rfc_2198() {
        // 960 << 10 | 2 = 0x0f0002.
        let packet = Bytes::from_static(&[0x80 | 111, 0x0f, 0x00, 0x02, 111, b'a', b'b', b'x', b'y', b'z']);
        assert_eq!(
            read(&packet),
            Some(vec![
                Block { pt: Pt(111), age: 960, payload: Bytes::from_static(b"ab") },
                Block { pt: Pt(111), age: 0, payload: Bytes::from_static(b"xyz") }
            ])
        );
        assert_eq!(packed(&[(960, Bytes::from_static(b"ab"))], &Bytes::from_static(b"xyz")), packet);
    }

    #[test]
    fn broken_packets_are_refused() {
        for broken in [
            &[][..],
            &[0x80 | 111],
            &[0x80 | 111, 0, 0],
            &[0x80 | 111, 0x0f, 0, 2],
            &[0x80 | 111, 0x0f, 0, 2, 111, 1],
            &[0xff; 64],
        ] {
            assert_eq!(read(&Bytes::copy_from_slice(broken)), None, "{broken:?}");
        }
        let repeats_nothing = Bytes::from_static(&[0x80 | 111, 0x0f, 0, 0, 111, 7]);
        assert_eq!(read(&repeats_nothing).map(|blocks| blocks.len()), Some(1));
    }

    /// Any bytes are read or refused; what is read has no more bytes than came.
    #[test]
    fn any_bytes_are_read_or_refused() {
        const SEED: u64 = 7;
        let mut chance = base::Chance::from_number(SEED);
        for round in 0..20_000 {
            let length = chance.below(40) as usize;
            let packet: Vec<u8> = (0..length).map(|_| chance.next_u64() as u8 | (chance.below(3) as u8) << 7).collect();
            let packet = Bytes::from(packet);
            if let Some(blocks) = read(&packet) {
                let all: usize = blocks.iter().map(|block| block.payload.len()).sum();
                assert!(blocks.len() <= MOST_BLOCKS + 1 && all < packet.len(), "seed {SEED}, round {round}");
            }
        }
    }

    /// What is packed comes out again, whatever the lengths.
    #[test]
    fn packed_packets_come_out_again() {
        let mut chance = base::Chance::from_number(3);
        for round in 0..500 {
            let payload = |chance: &mut base::Chance| Bytes::from(vec![7; 1 + chance.below(1023) as usize]);
            let count = chance.below(6) as u32;
            let older: Vec<(u32, Bytes)> = (0..count).rev().map(|n| ((n + 1) * 960, payload(&mut chance))).collect();
            let newest = payload(&mut chance);
            let Some(blocks) = read(&packed(&older, &newest)) else {
                assert!(count as usize > MOST_BLOCKS, "round {round}");
                continue;
            };
            let got: Vec<(u32, Bytes)> = blocks.into_iter().map(|block| (block.age, block.payload)).collect();
            assert_eq!(got, [older, vec![(0, newest)]].concat(), "round {round}");
        }
    }
}
