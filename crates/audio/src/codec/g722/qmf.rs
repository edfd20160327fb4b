//! The quadrature mirror filter that splits and joins the bands: 24 taps, the second half mirrors the first.

const TAPS: [i32; 12] = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

/// The last 24 samples, oldest first, kept twice so that they can be read in one piece.
#[derive(Clone)]
pub(super) struct Qmf {
    line: [i32; 48],
    at: usize,
}

impl Qmf {
    pub(super) fn new() -> Self {
        Qmf { line: [0; 48], at: 0 }
    }

    /// Takes two samples; returns the sums over the samples in even and in odd places.
    pub(super) fn push(&mut self, first: i32, second: i32) -> (i32, i32) {
        for offset in [0, 24] {
            self.line[self.at + offset] = first;
            self.line[self.at + offset + 1] = second;
        }
        self.at = (self.at + 2) % 24;
        let line = &self.line[self.at..self.at + 24];
        let even = line.iter().step_by(2).zip(TAPS).map(|(x, tap)| x * tap).sum();
        let odd = line[1..].iter().step_by(2).zip(TAPS.iter().rev()).map(|(x, tap)| x * tap).sum();
        (even, odd)
    }
}
