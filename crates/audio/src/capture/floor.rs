//! The noise below what is heard.

/// The noise is the least of the last 2 s, seen in four pieces: speech has gaps, noise has none.
const PIECES: usize = 4;
const PIECE_FRAMES: u8 = 50;
/// Nothing is louder.
const FULL_SCALE_DBFS: f32 = 0.0;

/// Follows the least level of the last 1.5 to 2 s.
pub(super) struct NoiseFloor {
    pieces: [f32; PIECES],
    piece: f32,
    frames: u8,
}

impl NoiseFloor {
    /// As if it had been `dbfs` so far.
    pub(super) fn new(dbfs: f32) -> Self {
        NoiseFloor { pieces: [dbfs; PIECES], piece: FULL_SCALE_DBFS, frames: 0 }
    }

    /// Takes a frame's level in dBFS; the floor now, dBFS.
    pub(super) fn follow(&mut self, dbfs: f32) -> f32 {
        self.piece = self.piece.min(dbfs);
        self.frames += 1;
        if self.frames == PIECE_FRAMES {
            self.pieces.copy_within(1.., 0);
            self.pieces[PIECES - 1] = self.piece;
            (self.piece, self.frames) = (FULL_SCALE_DBFS, 0);
        }
        self.pieces.iter().fold(self.piece, |least, piece| least.min(*piece))
    }
}
