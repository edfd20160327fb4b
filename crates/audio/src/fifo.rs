//! A bounded queue of samples inside one thread.

use crate::Frame;

/// First in, first out, of a fixed capacity; when full, the oldest samples give way. Never allocates after construction.
#[derive(Debug)]
pub struct SampleFifo {
    samples: Box<[f32]>,
    start: usize,
    len: usize,
}

impl SampleFifo {
    /// An empty queue for `capacity` samples (at least one).
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        SampleFifo { samples: vec![0.0; capacity.max(1)].into_boxed_slice(), start: 0, len: 0 }
    }

    /// Appends; returns how many of the oldest samples had to go.
    pub fn push(&mut self, samples: &[f32]) -> usize {
        let capacity = self.samples.len();
        let kept = &samples[samples.len().saturating_sub(capacity)..];
        let overflow = (self.len + kept.len()).saturating_sub(capacity);
        self.skip(overflow);
        let at = (self.start + self.len) % capacity;
        let first = kept.len().min(capacity - at);
        self.samples[at..at + first].copy_from_slice(&kept[..first]);
        self.samples[..kept.len() - first].copy_from_slice(&kept[first..]);
        self.len += kept.len();
        overflow + (samples.len() - kept.len())
    }

    /// Takes up to `out.len()` samples; returns how many.
    pub fn pop(&mut self, out: &mut [f32]) -> usize {
        let count = out.len().min(self.len);
        let first = count.min(self.samples.len() - self.start);
        out[..first].copy_from_slice(&self.samples[self.start..self.start + first]);
        out[first..count].copy_from_slice(&self.samples[..count - first]);
        self.skip(count);
        count
    }

    /// Takes a frame if 480 samples are there.
    pub fn pop_frame(&mut self) -> Option<Frame> {
        (self.len >= base::FRAME_SAMPLES).then(|| {
            let mut frame = crate::SILENT_FRAME;
            self.pop(&mut frame);
            frame
        })
    }

    /// Drops up to `count` of the oldest samples.
    pub fn skip(&mut self, count: usize) {
        let count = count.min(self.len);
        self.start = (self.start + count) % self.samples.len();
        self.len -= count;
    }

    /// Drops everything.
    pub fn clear(&mut self) {
        self.skip(self.len);
    }

    /// Samples waiting.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order_across_the_wrap() {
        let mut fifo = SampleFifo::new(5);
        let mut out = [0.0; 3];
        assert_eq!(fifo.push(&[1.0, 2.0, 3.0]), 0);
        assert_eq!(fifo.pop(&mut out[..2]), 2);
        assert_eq!(fifo.push(&[4.0, 5.0, 6.0, 7.0]), 0);
        assert_eq!(fifo.pop(&mut out), 3);
        assert_eq!(out, [3.0, 4.0, 5.0]);
        assert_eq!(fifo.len(), 2);
    }

    #[test]
    fn drops_the_oldest_when_full() {
        let mut fifo = SampleFifo::new(3);
        assert_eq!(fifo.push(&[1.0, 2.0]), 0);
        assert_eq!(fifo.push(&[3.0, 4.0, 5.0, 6.0]), 3, "1, 2 and 3 had to go");
        let mut out = [0.0; 3];
        assert_eq!(fifo.pop(&mut out), 3);
        assert_eq!(out, [4.0, 5.0, 6.0]);
    }
}
