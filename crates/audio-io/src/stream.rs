//! Open devices, and the two ends of their rings that callbacks hold.

use std::sync::Arc;

use base::SampleRate;
use rtrb::{Consumer, Producer, RingBuffer};

use crate::{Health, OpenError, system};

/// A ring holds a fifth of a second: more than any sane device period, less than anybody would listen to late.
const RINGS_PER_SECOND: u32 = 5;

/// An open microphone. Dropping it closes the device.
pub struct Input {
    rate: SampleRate,
    health: Arc<Health>,
    _stream: Running,
}

/// An open loudspeaker. Dropping it closes the device; what is still in its ring is not played.
pub struct Output {
    rate: SampleRate,
    health: Arc<Health>,
    waits: bool,
    _stream: Running,
}

/// Whatever keeps a stream running; dropping it ends the stream.
pub(crate) type Running = Box<dyn Send>;

/// What a backend hands out.
pub(crate) struct Opened<R> {
    pub rate: SampleRate,
    pub health: Arc<Health>,
    pub stream: Running,
    pub ring: R,
    /// A loudspeaker that waits for samples that are a few milliseconds late.
    pub waits: bool,
}

impl Input {
    /// Opens a microphone (`None`: the system's default) by the id or the name that [`crate::list`] gave. The callback runs every
    /// 10 ms where the system allows it. Blocks for some milliseconds, up to seconds with a broken driver: not for a worker's loop.
    ///
    /// The samples are mono at [`Input::rate`].
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(id: Option<&str>) -> Result<(Input, Consumer<f32>), OpenError> {
        let Opened { rate, health, stream, ring, .. } = open_input(id)?;
        Ok((Input { rate, health, _stream: stream }, ring))
    }

    /// Samples per second in the ring.
    #[must_use]
    pub fn rate(&self) -> SampleRate {
        self.rate
    }

    /// Its counters.
    #[must_use]
    pub fn health(&self) -> &Health {
        &self.health
    }
}

impl Output {
    /// Opens a loudspeaker; as [`Input::open`]. It plays zeros until samples come.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(id: Option<&str>) -> Result<(Output, Producer<f32>), OpenError> {
        Output::with(id, Sides::One)
    }

    /// As [`Output::open`], with two samples in the ring for each moment: left, then right. A device with one channel plays
    /// their mean.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open_stereo(id: Option<&str>) -> Result<(Output, Producer<f32>), OpenError> {
        Output::with(id, Sides::Two)
    }

    fn with(id: Option<&str>, sides: Sides) -> Result<(Output, Producer<f32>), OpenError> {
        let Opened { rate, health, stream, ring, waits } = open_output(id, sides)?;
        Ok((Output { rate, health, waits, _stream: stream }, ring))
    }

    /// Samples per second in the ring.
    #[must_use]
    pub fn rate(&self) -> SampleRate {
        self.rate
    }

    /// Samples that are a few milliseconds late are waited for. Elsewhere a callback takes what is there, and zeros.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.waits
    }

    /// Its counters.
    #[must_use]
    pub fn health(&self) -> &Health {
        &self.health
    }
}

#[cfg(target_os = "linux")]
fn open_input(id: Option<&str>) -> Result<Opened<Consumer<f32>>, OpenError> {
    if crate::pulse::is_asked_for(id) { crate::pulse::open_input(id) } else { system::open_input(id) }
}

#[cfg(target_os = "linux")]
fn open_output(id: Option<&str>, sides: Sides) -> Result<Opened<Producer<f32>>, OpenError> {
    if crate::pulse::is_asked_for(id) { crate::pulse::open_output(id, sides) } else { system::open_output(id, sides) }
}

#[cfg(not(target_os = "linux"))]
use system::{open_input, open_output};

/// How many samples a loudspeaker's ring holds for each moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sides {
    /// One: the same on all channels.
    One,
    /// Left and right.
    Two,
}

impl Sides {
    pub(crate) fn count(self) -> usize {
        match self {
            Sides::One => 1,
            Sides::Two => 2,
        }
    }
}

/// The callback's end of a microphone's ring.
pub(crate) struct Captured {
    ring: Producer<f32>,
    health: Arc<Health>,
}

/// The callback's end of a loudspeaker's ring.
pub(crate) struct Played {
    ring: Consumer<f32>,
    sides: Sides,
    health: Arc<Health>,
    started: bool,
}

pub(crate) fn capture_ring(rate: SampleRate) -> (Captured, Consumer<f32>, Arc<Health>) {
    let (ring, consumer) = RingBuffer::new((rate.0 / RINGS_PER_SECOND) as usize);
    let health = Arc::new(Health::new());
    (Captured { ring, health: health.clone() }, consumer, health)
}

pub(crate) fn playout_ring(rate: SampleRate, sides: Sides) -> (Producer<f32>, Played, Arc<Health>) {
    let (producer, ring) = RingBuffer::new((rate.0 / RINGS_PER_SECOND) as usize * sides.count());
    let health = Arc::new(Health::new());
    (producer, Played { ring, sides, health: health.clone(), started: false }, health)
}

impl Captured {
    /// Takes mono samples; what does not fit is lost and counted. Neither blocks nor allocates.
    pub(crate) fn take(&mut self, samples: impl ExactSizeIterator<Item = f32>) {
        self.health.called();
        let (offered, room) = (samples.len(), self.ring.slots());
        if offered > room {
            self.health.count_xrun();
        }
        if let Ok(chunk) = self.ring.write_chunk_uninit(offered.min(room)) {
            chunk.fill_from_iter(samples);
        }
    }
}

impl Played {
    pub(crate) fn sides(&self) -> Sides {
        self.sides
    }

    /// Waits a little until there are `count` moments, if there were as many the last time. For threads of ours, not for callbacks.
    #[cfg(target_os = "linux")]
    pub(crate) fn wait_for(&self, count: usize, most: std::time::Duration) {
        const LOOK_EVERY: std::time::Duration = std::time::Duration::from_millis(1);
        let mut waited = std::time::Duration::ZERO;
        while self.started && waited < most && self.ring.slots() < count * self.sides.count() {
            std::thread::sleep(LOOK_EVERY);
            waited += LOOK_EVERY;
        }
    }

    /// Gives `count` moments one by one to `put(left, right)`, both the same when the ring holds one side, zeros when it is empty.
    /// Neither blocks nor allocates.
    pub(crate) fn give(&mut self, count: usize, mut put: impl FnMut(f32, f32)) {
        self.health.called();
        let sides = self.sides.count();
        let ready = (self.ring.slots() / sides).min(count);
        if let Ok(chunk) = self.ring.read_chunk(ready * sides) {
            let mut samples = chunk.into_iter();
            while let Some(left) = samples.next() {
                let right = if sides == 2 { samples.next().unwrap_or(left) } else { left };
                put(left, right);
            }
        }
        if ready < count {
            (ready..count).for_each(|_| put(0.0, 0.0));
            if self.started {
                self.health.count_xrun();
            }
        }
        self.started = ready == count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_ring_loses_the_newest_and_counts() {
        let (mut captured, mut ring, health) = capture_ring(SampleRate(50));
        captured.take([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0].into_iter());
        captured.take([11.0].into_iter());
        assert_eq!(ring.pop(), Ok(1.0));
        assert_eq!((ring.slots(), health.xruns(), health.callbacks()), (9, 1, 2));
    }

    #[test]
    fn an_empty_ring_plays_zeros_and_counts_once_per_hole() {
        let (mut ring, mut played, health) = playout_ring(SampleRate(50), Sides::One);
        let mut out = Vec::new();
        played.give(2, |s, _| out.push(s));
        assert_eq!(health.xruns(), 0, "nothing was to be played yet");
        ring.push(0.5).expect("room");
        ring.push(0.6).expect("room");
        played.give(2, |s, _| out.push(s));
        played.give(2, |s, _| out.push(s));
        played.give(2, |s, _| out.push(s));
        assert_eq!(out, [0.0, 0.0, 0.5, 0.6, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(health.xruns(), 1);
    }

    #[test]
    fn left_and_right_stay_apart() {
        let (mut ring, mut played, _) = playout_ring(SampleRate(50), Sides::Two);
        [0.1, 0.2, 0.3, 0.4].iter().for_each(|sample| ring.push(*sample).expect("room for a fifth of a second"));
        let mut out = Vec::new();
        played.give(3, |left, right| out.push((left, right)));
        assert_eq!(out, [(0.1, 0.2), (0.3, 0.4), (0.0, 0.0)]);
    }
}
