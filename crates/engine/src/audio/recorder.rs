//! A speaker that is a WAV file.

use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use hound::{SampleFormat, WavSpec, WavWriter};
use rtrb::{Consumer, Producer, RingBuffer};

/// How much may wait for a slow disk.
const RING_SECONDS: usize = 4;
/// The head of the file is brought up to date this often, so that it can be read while it grows.
const FLUSH_EVERY: usize = base::SAMPLE_RATE as usize;
const NAP: Duration = Duration::from_millis(100);

type File = WavWriter<BufWriter<std::fs::File>>;

/// Takes samples at 48 kHz without waiting; a thread writes them. Dropping it completes the file, which waits for the disk.
pub(super) struct Recorder {
    ring: Producer<f32>,
    state: Arc<State>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct State {
    finish: AtomicBool,
    failed: AtomicBool,
}

impl Recorder {
    /// Creates the file.
    pub(super) fn create(path: &Path) -> Result<Self, hound::Error> {
        let spec = WavSpec {
            channels: 1,
            sample_rate: base::SAMPLE_RATE,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        let file = WavWriter::create(path, spec)?;
        let (ring, samples) = RingBuffer::new(RING_SECONDS * base::SAMPLE_RATE as usize);
        let state = Arc::new(State::default());
        let shared = state.clone();
        let thread = std::thread::Builder::new().name("sound-file".into()).spawn(move || {
            if let Err(error) = write_all(file, samples, &shared.finish) {
                tracing::error!(%error, "writing the sound file");
                shared.failed.store(true, Ordering::Relaxed);
            }
        })?;
        Ok(Recorder { ring, state, thread: Some(thread) })
    }

    /// Appends samples; what a disk that stands still for four seconds cannot take is lost.
    pub(super) fn write(&mut self, samples: &[f32]) {
        let _ = self.ring.push_partial_slice(samples);
    }

    /// The disk refused.
    pub(super) fn has_failed(&self) -> bool {
        self.state.failed.load(Ordering::Relaxed)
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.state.finish.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            if thread.join().is_err() {
                tracing::error!("the thread of a sound file panicked");
            }
        }
    }
}

fn write_all(mut file: File, mut samples: Consumer<f32>, finish: &AtomicBool) -> Result<(), hound::Error> {
    let mut since_flush = 0;
    loop {
        // Read before emptying the ring: what was written before the mark is in it.
        let last = finish.load(Ordering::Acquire);
        while let Ok(sample) = samples.pop() {
            file.write_sample((sample.clamp(-1.0, 1.0) * f32::from(i16::MAX)).round() as i16)?;
            since_flush += 1;
        }
        if last {
            return file.finalize();
        }
        if since_flush >= FLUSH_EVERY {
            file.flush()?;
            since_flush = 0;
        }
        std::thread::park_timeout(NAP);
    }
}
