//! Both far ends of a fake sound card: what is said into its microphone, what its loudspeaker plays.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use audio_io::{Input, Output};

use crate::fft::{self, Dominant};

const STEP: Duration = Duration::from_millis(5);
/// Sound kept ahead of the device: a busy computer stalls us for so long without a gap.
const AHEAD: usize = 4800;

/// Says a tone into a device until dropped.
pub struct Player {
    _thread: Worker<()>,
}

/// Records a device from its opening until dropped.
pub struct Tap(Worker<Vec<f32>>);

impl Player {
    /// A tone of amplitude 0.25 into a sink (for a [`crate::pulse::FakeCard`]: its `feed`).
    ///
    /// # Panics
    /// When the device does not open.
    #[must_use]
    pub fn tone(device: &str, hz: f32) -> Self {
        // A whole second of whole hertz joins without a seam.
        let tone = fft::sine(hz.round(), 0.25, 48_000, 48_000);
        let (output, mut ring) = Output::open(Some(device)).expect("the device opens");
        let mut at = 0;
        let _thread = Worker::start(move |_: &mut ()| {
            assert_eq!(output.rate().0, 48_000, "null sinks run at the rate they were made with");
            while ring.buffer().capacity() - ring.slots() < AHEAD {
                ring.push(tone[at % tone.len()]).expect("the ring holds twice as much");
                at += 1;
            }
        });
        Player { _thread }
    }
}

impl Tap {
    /// Records a source (for a [`crate::pulse::FakeCard`]: its `record`).
    ///
    /// # Panics
    /// When the device does not open.
    #[must_use]
    pub fn start(device: &str) -> Self {
        let (input, mut ring) = Input::open(Some(device)).expect("the device opens");
        Tap(Worker::start(move |heard: &mut Vec<f32>| {
            assert_eq!(input.rate().0, 48_000, "null sinks run at the rate they were made with");
            while let Ok(sample) = ring.pop() {
                heard.push(sample);
            }
        }))
    }

    /// Everything since the opening, 48 kHz.
    #[must_use]
    pub fn heard(&self) -> Vec<f32> {
        self.0.lock().clone()
    }

    /// The last `seconds`, or less when it is younger.
    #[must_use]
    pub fn last(&self, seconds: f32) -> Vec<f32> {
        let heard = self.0.lock();
        heard[heard.len().saturating_sub((seconds * 48_000.0) as usize)..].to_vec()
    }

    /// Waits until the last second is a clean tone of `hz` (within 2 Hz); returns it.
    ///
    /// # Panics
    /// After `deadline`, saying what was heard instead.
    pub fn wait_for_tone(&self, hz: f32, deadline: Duration) -> Dominant {
        let mut found = None;
        let start = Instant::now();
        while start.elapsed() < deadline {
            let second = self.last(1.0);
            found = fft::dominant(&second, 48_000);
            match found {
                Some(tone) if second.len() == 48_000 && (tone.hz - hz).abs() < 2.0 => {
                    let rest = fft::rest_rms(&second, 48_000, hz);
                    if rest < tone.amplitude * 0.1 {
                        return tone;
                    }
                }
                _ => {}
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("{hz} Hz was not heard within {deadline:?}; the last second holds {found:?}");
    }

    /// Waits until the last half second is silent (below −60 dBFS).
    ///
    /// # Panics
    /// After `deadline`.
    pub fn wait_for_silence(&self, deadline: Duration) {
        let start = Instant::now();
        loop {
            let last = self.last(0.5);
            let level = fft::rms(&last);
            if last.len() == 24_000 && level < 0.001 {
                return;
            }
            assert!(start.elapsed() < deadline, "not silent within {deadline:?}: level {level}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// A thread that does one thing every 5 ms.
struct Worker<T> {
    state: Arc<Mutex<T>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Default + Send + 'static> Worker<T> {
    fn start(mut step: impl FnMut(&mut T) + Send + 'static) -> Self {
        let (state, stop) = (Arc::new(Mutex::new(T::default())), Arc::new(AtomicBool::new(false)));
        let (shared, stopped) = (state.clone(), stop.clone());
        let thread = std::thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                step(&mut shared.lock().unwrap_or_else(PoisonError::into_inner));
                std::thread::sleep(STEP);
            }
        });
        Worker { state, stop, thread: Some(thread) }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, T> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Drop for Worker<T> {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
            && !std::thread::panicking()
        {
            panic!("the thread of a fake card's far end panicked");
        }
    }
}
