//! Redundant packets (RFC 2198): the last packets again in front of the newest. Pure.
//!
//! ```text
//!  1|PT|offset 14|length 10   …   0|PT   older bytes   …   newest bytes
//! ```

use std::collections::VecDeque;

use base::Pt;
use bytes::{BufMut, Bytes, BytesMut};

/// Older packets that are looked at, or written, in one.
pub const MOST_BLOCKS: usize = 4;
/// Longest distance in time that fits the header, ticks of the clock.
const MOST_OFFSET: u32 = (1 << 14) - 1;
/// Longest older packet that fits the header.
const MOST_LENGTH: usize = (1 << 10) - 1;

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

/// The last packets that were sent, to be repeated.
#[derive(Debug, Default)]
pub struct Memory(VecDeque<(u32, Bytes)>);

impl Memory {
    /// Puts up to `count` of the remembered packets in front of this one, as far as they fit the format.
    #[must_use]
    pub fn wrap(&self, pt: Pt, timestamp: u32, payload: &Bytes, count: usize) -> Bytes {
        let fits = |(before, bytes): &&(u32, Bytes)| {
            (1..=MOST_OFFSET).contains(&timestamp.wrapping_sub(*before)) && bytes.len() <= MOST_LENGTH
        };
        let older: Vec<&(u32, Bytes)> = self.0.iter().rev().take(count.min(MOST_BLOCKS)).take_while(fits).collect();
        let mut out =
            BytesMut::with_capacity(1 + older.iter().map(|(_, bytes)| 4 + bytes.len()).sum::<usize>() + payload.len());
        for (before, bytes) in older.iter().rev() {
            out.put_u8(0x80 | pt.0);
            let bits = timestamp.wrapping_sub(*before) << 10 | bytes.len() as u32;
            out.put_slice(&bits.to_be_bytes()[1..]);
        }
        out.put_u8(pt.0 & 0x7f);
        older.iter().rev().for_each(|(_, bytes)| out.put_slice(bytes));
        out.put_slice(payload);
        out.freeze()
    }

    /// Remembers a packet that leaves.
    pub fn keep(&mut self, timestamp: u32, payload: Bytes) {
        if self.0.len() == MOST_BLOCKS {
            self.0.pop_front();
        }
        self.0.push_back((timestamp, payload));
    }

    /// What was sent is of another codec, or too old to be repeated.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &'static str) -> Bytes {
        Bytes::from_static(text.as_bytes())
    }

    #[test]
    fn the_format_is_that_of_rfc_2198() {
        let mut memory = Memory::default();
        memory.keep(100, bytes("ab"));
        let packet = memory.wrap(Pt(111), 1060, &bytes("xyz"), 1);
        // 960 << 10 | 2 = 0x0f0002.
        assert_eq!(packet[..], [0x80 | 111, 0x0f, 0x00, 0x02, 111, b'a', b'b', b'x', b'y', b'z']);
        assert_eq!(
            read(&packet),
            Some(vec![
                Block { pt: Pt(111), age: 960, payload: bytes("ab") },
                Block { pt: Pt(111), age: 0, payload: bytes("xyz") }
            ])
        );
    }

    #[test]
    fn what_does_not_fit_is_not_repeated() {
        let mut memory = Memory::default();
        assert_eq!(memory.wrap(Pt(111), 0, &bytes("x"), 2)[..], [111, b'x'], "nothing to repeat yet");
        memory.keep(0, bytes("old"));
        memory.keep(20_000, Bytes::from(vec![0; 1024]));
        assert_eq!(
            memory.wrap(Pt(111), 20_960, &bytes("x"), 2)[..],
            [111, b'x'],
            "too long, and one behind it is too old"
        );
        memory.keep(20_960, bytes("y"));
        assert_eq!(read(&memory.wrap(Pt(111), 21_920, &bytes("x"), 2)).map(|blocks| blocks.len()), Some(2));
        memory.clear();
        assert_eq!(memory.wrap(Pt(111), 22_880, &bytes("x"), 2)[..], [111, b'x']);
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

    /// What is wrapped comes out again, whatever the lengths.
    #[test]
    fn wrapped_packets_come_out_again() {
        let mut chance = base::Chance::from_number(3);
        let mut memory = Memory::default();
        let mut sent: Vec<Bytes> = Vec::new();
        for n in 0..500u32 {
            let payload = Bytes::from(vec![n as u8; 1 + chance.below(300) as usize]);
            let timestamp = (u32::MAX - 100_000).wrapping_add(n * 960);
            let count = chance.below(5) as usize;
            let blocks = read(&memory.wrap(Pt(111), timestamp, &payload, count)).expect("our own");
            let expected: Vec<&Bytes> = sent[sent.len() - count.min(sent.len())..].iter().chain([&payload]).collect();
            assert_eq!(blocks.iter().map(|block| &block.payload).collect::<Vec<_>>(), expected);
            assert_eq!(blocks[0].age, 960 * (blocks.len() as u32 - 1));
            memory.keep(timestamp, payload.clone());
            sent.push(payload);
        }
    }
}
