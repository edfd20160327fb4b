//! Where packets wait for their turn.

use base::CodecKind;

/// The longest payload kept; what fits in an Ethernet frame.
pub const MAX_PAYLOAD_BYTES: usize = 1500;
/// How many packets wait at most: 1.28 s of 10 ms packets.
pub(super) const SLOTS: i64 = 128;

/// A packet that waits. Numbers are extended: they do not wrap.
pub(super) struct Slot {
    seq: Option<i64>,
    /// Place of its first sample in the stream, samples at 48 kHz.
    pub at: i64,
    /// Samples it holds, at 48 kHz; 0 for comfort noise.
    pub samples: i64,
    /// How it is written.
    pub codec: CodecKind,
    len: usize,
    bytes: [u8; MAX_PAYLOAD_BYTES],
}

impl Slot {
    pub(super) fn payload(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    pub(super) fn end(&self) -> i64 {
        self.at + self.samples
    }
}

/// A fixed number of places, one for each sequence number modulo their count.
pub(super) struct Slots(Vec<Slot>);

impl Slots {
    pub(super) fn new() -> Self {
        let slot =
            || Slot { seq: None, at: 0, samples: 0, codec: CodecKind::Opus, len: 0, bytes: [0; MAX_PAYLOAD_BYTES] };
        Slots((0..SLOTS).map(|_| slot()).collect())
    }

    /// Keeps a packet; `payload` has at most [`MAX_PAYLOAD_BYTES`].
    pub(super) fn put(&mut self, seq: i64, at: i64, samples: i64, codec: CodecKind, payload: &[u8]) {
        let slot = &mut self.0[place(seq)];
        (slot.seq, slot.at, slot.samples, slot.codec, slot.len) = (Some(seq), at, samples, codec, payload.len());
        slot.bytes[..payload.len()].copy_from_slice(payload);
    }

    pub(super) fn get(&self, seq: i64) -> Option<&Slot> {
        Some(&self.0[place(seq)]).filter(|slot| slot.seq == Some(seq))
    }

    pub(super) fn remove(&mut self, seq: i64) {
        let slot = &mut self.0[place(seq)];
        if slot.seq == Some(seq) {
            slot.seq = None;
        }
    }

    /// The first number from `from` on that is there.
    pub(super) fn first_from(&self, from: i64) -> Option<i64> {
        (from..from + SLOTS).find(|seq| self.get(*seq).is_some())
    }

    pub(super) fn clear(&mut self) {
        self.0.iter_mut().for_each(|slot| slot.seq = None);
    }
}

fn place(seq: i64) -> usize {
    seq.rem_euclid(SLOTS) as usize
}
