//! Whether a stream lives: counted by its callback, read by the worker.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use crate::StreamLost;

/// Counters of one stream. Written by its callback without waiting, read from any thread.
#[derive(Debug)]
pub struct Health {
    opened: Instant,
    callbacks: AtomicU64,
    last_callback_us: AtomicU64,
    xruns: AtomicU64,
    lost: OnceLock<StreamLost>,
}

impl Health {
    pub(crate) fn new() -> Self {
        Health {
            opened: Instant::now(),
            callbacks: AtomicU64::new(0),
            last_callback_us: AtomicU64::new(0),
            xruns: AtomicU64::new(0),
            lost: OnceLock::new(),
        }
    }

    /// How often the device called. A worker that sees no change for half a second should take the stream for dead:
    /// some systems stop calling without a word.
    #[must_use]
    pub fn callbacks(&self) -> u64 {
        self.callbacks.load(Relaxed)
    }

    /// How long ago the device called last; `None` before the first time.
    #[must_use]
    pub fn since_callback(&self, now: Instant) -> Option<Duration> {
        let last = self.opened + Duration::from_micros(self.last_callback_us.load(Relaxed));
        (self.callbacks() > 0).then(|| now.saturating_duration_since(last))
    }

    /// How often a ring was full (microphone) or empty (loudspeaker, after the first sound), or the system reported the same.
    #[must_use]
    pub fn xruns(&self) -> u64 {
        self.xruns.load(Relaxed)
    }

    /// Set once the system has said that the stream is over.
    #[must_use]
    pub fn lost(&self) -> Option<StreamLost> {
        self.lost.get().copied()
    }

    pub(crate) fn called(&self) {
        self.last_callback_us.store(self.opened.elapsed().as_micros() as u64, Relaxed);
        self.callbacks.fetch_add(1, Relaxed);
    }

    pub(crate) fn count_xrun(&self) {
        self.xruns.fetch_add(1, Relaxed);
    }

    pub(crate) fn mark_lost(&self, why: StreamLost) {
        // The first reason is the cause; later ones follow from it.
        let _ = self.lost.set(why);
    }
}
