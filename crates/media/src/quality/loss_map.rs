//! Which packets came, told to the far end by run lengths (RFC 3611 §4.1). Pure.

use super::{Bursts, History};

/// Packets that one map covers: about three reports' worth, so that a lost report loses nothing.
pub const COVERED: u16 = 150;
/// The newest packets are left to the next report: they may have been overtaken.
const UNSETTLED: u16 = 8;
/// Most packets of a map that are read; a longer one is nobody's report of speech.
const MOST_READ: u16 = 2048;

/// Sequence numbers `begin..end` and what became of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LossMap {
    /// First number.
    pub begin: u16,
    /// One past the last.
    pub end: u16,
    /// As on the wire: vectors of 15 packets, a set bit for each that came.
    pub chunks: Vec<u16>,
}

impl LossMap {
    /// What came of the last packets; `None` while there is nothing to tell.
    #[must_use]
    pub fn of(history: &History) -> Option<Self> {
        let end = history.highest().wrapping_sub(UNSETTLED - 1);
        let count = history.known().checked_sub(UNSETTLED)?.min(COVERED);
        if count == 0 {
            return None;
        }
        let begin = end.wrapping_sub(count);
        let mut chunks = Vec::with_capacity(usize::from(count / 15 + 2));
        for first in (0..count).step_by(15) {
            let came = |n: u16| n < count && history.has(begin.wrapping_add(n)) == Some(true);
            let vector = (0..15).fold(0, |bits, n| bits << 1 | u16::from(came(first + n)));
            chunks.push(0x8000 | vector);
        }
        if chunks.len() % 2 == 1 {
            // The terminating null chunk fills the word.
            chunks.push(0);
        }
        Some(LossMap { begin, end, chunks })
    }

    /// Each number and whether it came, in order; at most 2048. Ends where the chunks end.
    pub fn fates(&self) -> impl Iterator<Item = (u16, bool)> {
        let count = self.end.wrapping_sub(self.begin).min(MOST_READ);
        let bits = self.chunks.iter().take_while(|chunk| **chunk != 0).flat_map(|chunk| {
            let vector = chunk & 0x8000 != 0;
            let length = if vector { 15 } else { chunk & 0x3fff };
            (0..length.min(MOST_READ)).map(move |n| {
                let bit = if vector { 14 - n } else { 14 };
                chunk >> bit & 1 == 1
            })
        });
        (0..count).map(|n| self.begin.wrapping_add(n)).zip(bits)
    }
}

/// What the far end's maps say about our packets.
#[derive(Clone, Debug, Default)]
pub struct FarLosses {
    next: Option<u16>,
    bursts: Bursts,
}

impl FarLosses {
    /// Takes a map; what earlier ones told is not counted again.
    pub fn add(&mut self, map: &LossMap) {
        for (seq, came) in map.fates() {
            let is_new = self.next.is_none_or(|next| seq.wrapping_sub(next) < u16::MAX / 2);
            if is_new {
                self.bursts.add(!came);
                self.next = Some(seq.wrapping_add(1));
            }
        }
    }

    /// The picture so far; `None` before the first map.
    #[must_use]
    pub fn bursts(&self) -> Option<&Bursts> {
        self.next.is_some().then_some(&self.bursts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_tell_each_packet_once_and_survive_lost_reports() {
        let lost = |seq: u16| seq % 40 >= 36;
        let mut history = History::new(65_000);
        let mut far = FarLosses::default();
        let mut told = 0;
        for n in 1..2000u16 {
            let seq = 65_000u16.wrapping_add(n);
            if !lost(seq) {
                history.came(seq);
            }
            // A report each second, every third is lost.
            if n % 50 == 0 && n % 150 != 0 {
                let map = LossMap::of(&history).expect("there is something to tell");
                assert!(map.chunks.len().is_multiple_of(2) && map.chunks.len() <= 12, "{map:?}");
                assert!(map.fates().all(|(seq, came)| came != lost(seq)), "{map:?}");
                far.add(&map);
                told += 1;
            }
        }
        let bursts = far.bursts().expect("maps came");
        assert!(told > 20 && (bursts.recent_loss() - 0.1).abs() < 0.02, "{}", bursts.recent_loss());
        assert!(bursts.recent_run().is_some_and(|run| (3.8..4.2).contains(&run)), "{:?}", bursts.recent_run());
    }

    #[test]
    fn a_young_stream_has_nothing_to_tell() {
        let mut history = History::new(0);
        (1..UNSETTLED).for_each(|seq| history.came(seq));
        assert_eq!(LossMap::of(&history), None);
        history.came(UNSETTLED);
        assert_eq!(LossMap::of(&history).map(|map| map.fates().collect::<Vec<_>>()), Some(vec![(0, true)]));
    }

    #[test]
    fn run_lengths_of_others_are_read_and_bounded() {
        // 10 came, 5 lost, then a vector of 15 with two lost.
        let map = LossMap { begin: 65_530, end: 24, chunks: vec![0x4000 | 10, 5, 0x8000 | 0x7fff ^ 0b110, 0] };
        let lost: Vec<u16> = map.fates().filter(|(_, came)| !came).map(|(seq, _)| seq).collect();
        assert_eq!(lost, [4, 5, 6, 7, 8, 21, 22]);
        let endless = LossMap { begin: 0, end: u16::MAX, chunks: vec![0x3fff; 1000] };
        assert_eq!(endless.fates().count(), usize::from(MOST_READ));
        let mut far = FarLosses::default();
        far.add(&endless);
        far.add(&LossMap { begin: 5, end: 5, chunks: vec![] });
        assert!(far.bursts().is_some_and(|bursts| bursts.recent_loss() > 0.99));
    }
}
