//! The shortest way of late.

/// The least of the last 175 to 200 packets.
pub(super) struct LeastTransit {
    blocks: [i64; 8],
    at: usize,
    in_block: u32,
}

const BLOCK_PACKETS: u32 = 25;

impl Default for LeastTransit {
    fn default() -> Self {
        LeastTransit::new(0)
    }
}

impl LeastTransit {
    pub(super) fn new(transit: i64) -> Self {
        LeastTransit { blocks: [transit; 8], at: 0, in_block: 0 }
    }

    pub(super) fn note(&mut self, transit: i64) {
        if self.in_block == BLOCK_PACKETS {
            self.at = (self.at + 1) % self.blocks.len();
            self.blocks[self.at] = transit;
            self.in_block = 0;
        }
        self.in_block += 1;
        self.blocks[self.at] = self.blocks[self.at].min(transit);
    }

    pub(super) fn value(&self) -> i64 {
        self.blocks.iter().min().copied().unwrap_or(0)
    }
}
