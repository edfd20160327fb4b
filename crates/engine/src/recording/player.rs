//! Listening to a recording on the agent's speaker. The window only says what it wants, and shows what is told.
//!
//! ```text
//!  nothing ──play──▶ Loading ──fetched──▶ Playing ⇄ Paused ──▶ Ended
//!                       └──▶ Failed          ▲ a call comes: paused
//! ```
//! Each start, seek or change of speed is a fresh run: a thread decodes ahead into a ring, and ends when the worker drops its end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use audio::codec::opus::{MAX_PACKET_SAMPLES, VoicesDecoder};
use audio::ogg::OggOpus;
use audio::{Frame, SILENT_FRAME, Stretch};
use rtrb::{Producer, RingBuffer};

use crate::audio::PlaySource;

/// Frames that are decoded ahead: half a second.
const AHEAD: usize = 50;
const NAP: Duration = Duration::from_millis(40);
/// A decoder needs so much before what it gives is right (RFC 7845 §4.6): 80 ms.
const PREROLL: usize = 4;
/// What our packets hold.
const PACKET_MS: u64 = 20;
/// Bars of the picture of a recording.
pub const PEAKS: usize = 240;

/// What is listened to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Sounding {
    /// A recorded call, by id.
    Recording(String),
    /// A message in the own voice box, by id.
    Message(String),
}

/// How far listening is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlayerState {
    /// It is fetched from the server.
    Loading,
    /// It sounds.
    Playing,
    /// It rests.
    Paused,
    /// It was heard to its end.
    Ended,
    /// It is not there any more, or not theirs to hear.
    Gone,
    /// The server was not reached, or what it sent is no sound.
    Failed,
}

/// The player, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct PlayerView {
    /// What.
    pub what: Sounding,
    /// How far.
    pub state: PlayerState,
    /// Where it is.
    pub position_ms: u64,
    /// Length; 0 while it is not known.
    pub duration_ms: u64,
    /// 0.5..=2.0.
    pub speed: f32,
}

/// The picture of a recording: the loudest of each stretch, 0..=100, for each side; one side where there is one voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peaks {
    /// What.
    pub what: Sounding,
    /// Who was called, or calls.
    pub far: Vec<u8>,
    /// The agent; empty where there is one voice.
    pub near: Vec<u8>,
}

/// Length of a file.
pub(crate) fn duration_ms(file: &OggOpus) -> u64 {
    file.packets.len() as u64 * PACKET_MS
}

/// One run: a source for the worker, and where it is.
pub(crate) struct Run {
    pub(crate) at: Arc<Position>,
}

/// What the worker has played, readable from anywhere.
#[derive(Debug, Default)]
pub(crate) struct Position {
    ms: AtomicU64,
    ended: AtomicBool,
}

impl Position {
    pub(crate) fn ms(&self) -> u64 {
        self.ms.load(Ordering::Relaxed)
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }
}

/// Begins a run.
pub(crate) fn start(file: Arc<OggOpus>, from_ms: u64, speed: f32) -> std::io::Result<(Run, PlaySource)> {
    let from_ms = from_ms.min(duration_ms(&file));
    let (ring, mut frames) = RingBuffer::<(u64, Frame)>::new(AHEAD);
    let at = Arc::new(Position { ms: AtomicU64::new(from_ms), ended: AtomicBool::new(false) });
    std::thread::Builder::new().name("player".into()).spawn(move || decode(&file, from_ms, speed, ring))?;
    let told = at.clone();
    let source: PlaySource = Box::new(move || match frames.pop() {
        Ok((ms, frame)) => {
            told.ms.store(ms, Ordering::Relaxed);
            Some(frame)
        }
        // The thread has ended, and all of it was heard; or it is late, and the sound waits.
        Err(_) if frames.is_abandoned() && frames.is_empty() => {
            told.ended.store(true, Ordering::Relaxed);
            None
        }
        Err(_) => Some(SILENT_FRAME),
    });
    Ok((Run { at }, source))
}

/// Until all is decoded or nobody listens.
fn decode(file: &OggOpus, from_ms: u64, speed: f32, mut ring: Producer<(u64, Frame)>) {
    let mut decoder = match VoicesDecoder::new(file.layout) {
        Ok(decoder) => decoder,
        Err(error) => return tracing::error!(%error, "no decoder for a recording"),
    };
    let first = usize::try_from(from_ms / PACKET_MS).unwrap_or(usize::MAX);
    let (mut pcm, mut stretch) = ([0.0; 2 * MAX_PACKET_SAMPLES], Stretch::new(speed));
    let channels = file.layout.channels();
    for (index, packet) in file.packets.iter().enumerate().skip(first.saturating_sub(PREROLL)) {
        // A damaged packet is silence of its length, so that the rest stays in its place.
        let samples = decoder.decode(packet, &mut pcm).unwrap_or_else(|_| {
            pcm.fill(0.0);
            audio::codec::opus::PACKET_SAMPLES
        });
        if index < first {
            continue;
        }
        let mono: Vec<f32> = pcm[..channels * samples].chunks_exact(channels).map(|each| each.iter().sum()).collect();
        stretch.push(&mono);
        let ms = index as u64 * PACKET_MS;
        while let Some(frame) = stretch.next_frame() {
            while ring.is_full() && !ring.is_abandoned() {
                std::thread::sleep(NAP);
            }
            if ring.push((ms, frame)).is_err() {
                return;
            }
        }
    }
    let end = duration_ms(file);
    for _ in 0..2 {
        while ring.is_full() && !ring.is_abandoned() {
            std::thread::sleep(NAP);
        }
        // Nobody listens any more: fine.
        let _ = ring.push((end, SILENT_FRAME));
    }
}

/// The picture of a file. Takes a few milliseconds for each minute.
pub(crate) fn peaks(what: Sounding, file: &OggOpus) -> Peaks {
    let channels = file.layout.channels();
    let mut sides = [vec![0.0f32; PEAKS], vec![0.0f32; PEAKS]];
    let mut pcm = [0.0; 2 * MAX_PACKET_SAMPLES];
    if let Ok(mut decoder) = VoicesDecoder::new(file.layout) {
        for (index, packet) in file.packets.iter().enumerate() {
            let Ok(samples) = decoder.decode(packet, &mut pcm) else { continue };
            for (n, sample) in pcm[..channels * samples].iter().enumerate() {
                // Of a short recording a packet is several bars.
                let bar = (index * samples + n / channels) * PEAKS / (file.packets.len() * samples);
                let loudest = &mut sides[n % channels][bar.min(PEAKS - 1)];
                *loudest = loudest.max(sample.abs());
            }
        }
    }
    // In decibels, as the ear has it: −54 dBFS is nothing.
    let bar = |peak: &f32| ((20.0 * peak.max(1e-6).log10() + 54.0) / 54.0 * 100.0).clamp(0.0, 100.0) as u8;
    let [far, near] = sides.map(|side| side.iter().map(bar).collect::<Vec<u8>>());
    Peaks { what, far, near: if channels == 2 { near } else { Vec::new() } }
}

#[cfg(test)]
mod tests {
    use audio::codec::opus::{MAX_VOICES_BYTES, VoicesEncoder};
    use audio::ogg::{Layout, Writer};

    use super::*;

    /// Two seconds: the far end in the first, the near end in the second.
    fn file() -> OggOpus {
        let (mut bytes, mut packet, mut encoder) = (Vec::new(), [0; MAX_VOICES_BYTES], VoicesEncoder::new().unwrap());
        let mut writer = Writer::begin(1, Layout::TwoVoices, &mut bytes);
        for index in 0..100usize {
            let pcm: Vec<f32> = (0..1920)
                .map(|n| {
                    let speaks = (n % 2 == 0) == (index < 50);
                    if speaks { 0.4 * ((index * 960 + n / 2) as f32 * 0.06).sin() } else { 0.0 }
                })
                .collect();
            let length = encoder.encode(&pcm, &mut packet).unwrap();
            writer.packet(&packet[..length], 960, &mut bytes);
        }
        writer.finish(&mut bytes);
        audio::ogg::read(&bytes).unwrap()
    }

    fn heard(from_ms: u64, speed: f32) -> (usize, u64, Arc<Position>) {
        let (run, mut source) = start(Arc::new(file()), from_ms, speed).unwrap();
        let (mut loud, mut last) = (0, 0);
        while let Some(frame) = source() {
            let is_loud = frame.iter().any(|sample| sample.abs() > 0.1);
            loud += usize::from(is_loud);
            assert!(run.at.ms() >= last, "it goes forward");
            last = run.at.ms();
            if !is_loud {
                std::thread::yield_now();
            }
        }
        (loud, last, run.at)
    }

    #[test]
    fn all_of_it_is_heard_from_anywhere_at_any_speed() {
        for (from, speed, expected) in [(0, 1.0, 198), (1000, 1.0, 98), (0, 2.0, 98), (1500, 0.75, 64), (9000, 1.0, 0)]
        {
            let (loud, last, at) = heard(from, speed);
            assert!(loud.abs_diff(expected) < 12, "from {from} at {speed}: {loud} of {expected}");
            assert_eq!((last, at.has_ended()), (2000, true));
        }
    }

    #[test]
    fn who_stops_listening_ends_the_thread() {
        let (_run, mut source) = start(Arc::new(file()), 0, 1.0).unwrap();
        assert!(source().is_some());
        drop(source);
    }

    #[test]
    fn the_picture_shows_who_spoke_when() {
        let picture = peaks(Sounding::Recording("a".into()), &file());
        assert_eq!((picture.far.len(), picture.near.len()), (PEAKS, PEAKS));
        let is_loud = |bars: &[u8]| bars.iter().all(|bar| *bar > 70);
        let is_quiet = |bars: &[u8]| bars.iter().all(|bar| *bar < 10);
        assert!(is_loud(&picture.far[10..110]) && is_quiet(&picture.near[10..110]), "{picture:?}");
        assert!(is_quiet(&picture.far[130..]) && is_loud(&picture.near[130..]), "{picture:?}");
    }
}
