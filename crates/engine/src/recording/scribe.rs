//! Writes one recording: frames of the audio worker to packets, pages and pieces, on a thread of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use audio::codec::opus::{CodecError, MAX_VOICES_BYTES, PACKET_SAMPLES, VoicesEncoder};
use audio::ogg::{Layout, Writer};
use base::FRAME_SAMPLES;
use rtrb::{Consumer, Producer, RingBuffer};

use super::seal::SealError;
use super::spool::{SpoolError, SpoolFile};
use crate::audio::RecordSink;

/// How much may wait for a slow disk.
const RING_SECONDS: usize = 5;
const CHANNELS: usize = 2;
/// 20 ms of both sides.
const CHUNK: usize = CHANNELS * PACKET_SAMPLES;
const NAP: Duration = Duration::from_millis(50);
const SYNC_EVERY: Duration = Duration::from_secs(5);
/// A call that lasts longer was forgotten.
const MOST_PACKETS: u64 = 12 * 3600 * 50;

/// Why a recording ended before its call.
#[derive(Debug, thiserror::Error)]
pub(super) enum ScribeError {
    /// There is no room for it.
    #[error(transparent)]
    Spool(#[from] SpoolError),
    /// Sealing, or the disk.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The encoder.
    #[error("encoding: {0}")]
    Codec(#[from] CodecError),
    /// No thread.
    #[error("starting a thread: {0}")]
    Thread(std::io::Error),
}

/// Begins writing. The recording is complete when the sink is dropped. Both functions run on the scribe's thread: the one that makes the
/// file, and `done`, which hears how it went.
pub(super) fn start(
    create: impl FnOnce() -> Result<SpoolFile, SpoolError> + Send + 'static,
    serial: u32,
    done: impl FnOnce(Result<(), ScribeError>) + Send + 'static,
) -> Result<RecordSink, ScribeError> {
    let (ring, samples) = RingBuffer::new(RING_SECONDS * CHANNELS * base::SAMPLE_RATE as usize);
    let lost = Arc::new(AtomicU32::new(0));
    let counted = lost.clone();
    let run = move || {
        let desk = create().map_err(ScribeError::from).and_then(|file| Desk::new(file, serial, samples, counted));
        done(desk.and_then(Desk::run));
    };
    std::thread::Builder::new().name("recording".into()).spawn(run).map_err(ScribeError::Thread)?;
    Ok(sink(ring, lost))
}

/// What the audio worker calls: two copies, no waiting.
fn sink(mut ring: Producer<f32>, lost: Arc<AtomicU32>) -> RecordSink {
    Box::new(move |far, near| {
        let mut both = [0.0; CHANNELS * FRAME_SAMPLES];
        for (pair, (far, near)) in both.chunks_exact_mut(CHANNELS).zip(far.iter().zip(near)) {
            (pair[0], pair[1]) = (*far, *near);
        }
        if ring.slots() < both.len() {
            lost.fetch_add(1, Ordering::Relaxed);
        } else {
            let _ = ring.push_partial_slice(&both);
        }
    })
}

struct Desk {
    file: SpoolFile,
    samples: Consumer<f32>,
    lost: Arc<AtomicU32>,
    encoder: VoicesEncoder,
    writer: Writer,
    /// Bytes of pages that were not written yet.
    out: Vec<u8>,
    chunk: Vec<f32>,
    packets: u64,
}

impl Desk {
    fn new(file: SpoolFile, serial: u32, samples: Consumer<f32>, lost: Arc<AtomicU32>) -> Result<Desk, ScribeError> {
        let mut out = Vec::new();
        let writer = Writer::begin(serial, Layout::TwoVoices, &mut out);
        let chunk = Vec::with_capacity(CHUNK);
        Ok(Desk { file, samples, lost, encoder: VoicesEncoder::new()?, writer, out, chunk, packets: 0 })
    }

    fn run(mut self) -> Result<(), ScribeError> {
        let mut synced = Instant::now();
        loop {
            // Asked before the ring is emptied: what came before the end is in it.
            let is_last = self.samples.is_abandoned();
            self.take()?;
            if is_last {
                break;
            }
            if synced.elapsed() >= SYNC_EVERY {
                self.file.sync()?;
                synced = Instant::now();
            }
            std::thread::park_timeout(NAP);
        }
        if !self.chunk.is_empty() {
            self.chunk.resize(CHUNK, 0.0);
            self.encode()?;
        }
        self.writer.finish(&mut self.out);
        self.file.add(&self.out)?;
        Ok(self.file.end()?)
    }

    fn take(&mut self) -> Result<(), ScribeError> {
        while self.samples.slots() > 0 {
            let wanted = (CHUNK - self.chunk.len()).min(self.samples.slots());
            let from = self.chunk.len();
            self.chunk.resize(from + wanted, 0.0);
            let (_, missing) = self.samples.pop_partial_slice(&mut self.chunk[from..]);
            debug_assert!(missing.is_empty(), "there were as many");
            self.encode_when_full()?;
        }
        // What could not be taken is silence, so that the rest stays in its place.
        for _ in 0..self.lost.swap(0, Ordering::Relaxed) {
            for _ in 0..CHANNELS * FRAME_SAMPLES {
                self.chunk.push(0.0);
                self.encode_when_full()?;
            }
        }
        if !self.out.is_empty() {
            self.file.add(&self.out)?;
            self.out.clear();
        }
        Ok(())
    }

    fn encode_when_full(&mut self) -> Result<(), ScribeError> {
        if self.chunk.len() == CHUNK { self.encode() } else { Ok(()) }
    }

    fn encode(&mut self) -> Result<(), ScribeError> {
        if self.packets < MOST_PACKETS {
            let mut packet = [0; MAX_VOICES_BYTES];
            let length = self.encoder.encode(&self.chunk, &mut packet)?;
            self.writer.packet(&packet[..length], PACKET_SAMPLES as u32, &mut self.out);
            self.packets += 1;
        }
        self.chunk.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use audio::codec::opus::{MAX_PACKET_SAMPLES, VoicesDecoder};

    use super::super::seal::OwnerKey;
    use super::super::spool::{About, Spool};
    use super::*;

    #[test]
    fn what_is_said_is_in_the_file_each_side_in_its_channel_rg_12() {
        let dir = tempfile::tempdir().unwrap();
        let spool = Spool::new(dir.path(), OwnerKey::read(&OwnerKey::fresh().unwrap()).unwrap());
        let about = About {
            user: "u".into(),
            server: "s".into(),
            other: "1".into(),
            other_name: String::new(),
            outgoing: true,
            external: false,
            queue: None,
            started_at_ms: 0,
            by_button: true,
        };
        let (tell, told) = mpsc::channel();
        let shared = spool.clone();
        let mut sink = start(move || shared.create("a", &about), 1, move |result| tell.send(result).unwrap()).unwrap();
        // A second of the far end, then a second of the near end.
        for frame in 0..200 {
            let tone = std::array::from_fn(|n| 0.3 * ((frame * 480 + n) as f32 * 0.1).sin());
            let silence = [0.0; 480];
            if frame < 100 { sink(&tone, &silence) } else { sink(&silence, &tone) }
        }
        drop(sink);
        told.recv_timeout(Duration::from_secs(10)).unwrap().unwrap();
        let read = audio::ogg::read(&spool.read("a").unwrap().sound).unwrap();
        assert!(!read.torn);
        assert_eq!(read.packets.len(), 100);
        let mut decoder = VoicesDecoder::new(read.layout).unwrap();
        let (mut pcm, mut levels) = (vec![0.0; 2 * MAX_PACKET_SAMPLES], Vec::new());
        for packet in &read.packets {
            let samples = decoder.decode(packet, &mut pcm).unwrap();
            let level = |channel: usize| {
                let energy: f32 = pcm[..2 * samples].iter().skip(channel).step_by(2).map(|it| it * it).sum();
                (energy / samples as f32).sqrt()
            };
            levels.push((level(0), level(1)));
        }
        assert!(levels[5..48].iter().all(|(far, near)| *far > 0.1 && *near < 0.001), "{levels:?}");
        assert!(levels[55..].iter().all(|(far, near)| *far < 0.001 && *near > 0.1), "{levels:?}");
    }
}
