//! Our encoder, as it is told or as the whole phone would drive it.

use audio::codec::VoiceEncoder;
use audio::codec::opus::{Encoder, EncoderConfig, MAX_PACKET_BYTES};
use audio::codec::protect::{FarEnd, Limits, LinkReport, Protector};
use base::{CodecKind, Now, Ptime};

use super::Outcome;

/// Between two reports of the far end.
const REPORT_MS: usize = 5000;
/// A report arrives so much later than what it tells of: the way here, the way there.
const ROUND_TRIP_MS: usize = 50;

/// Who sends.
pub struct Sender {
    pub packet_ms: usize,
    encoder: EncoderConfig,
    /// What the far end understands, when the sender protects itself.
    far: Option<FarEnd>,
    /// Somebody else has encoded already.
    encoded: Option<String>,
}

impl Default for Sender {
    fn default() -> Self {
        Sender { packet_ms: 20, encoder: EncoderConfig::default(), far: None, encoded: None }
    }
}

impl Sender {
    /// Takes a word of the command line; false when it is not for the sender.
    pub fn set(&mut self, key: &str, value: &str) -> Outcome<bool> {
        match key {
            "packet" => self.packet_ms = value.parse()?,
            "bitrate" => self.encoder.bitrate = value.parse()?,
            "fec" => self.encoder.fec = value == "1",
            "dred" => self.encoder.dred_ms = value.parse()?,
            "expect" => self.encoder.loss_percent = value.parse()?,
            "complexity" => self.encoder.complexity = value.parse()?,
            "encoded" => self.encoded = Some(value.to_owned()),
            "far" => {
                let dred = value == "dred";
                self.far = Some(FarEnd { dred, red: false, waits_100_ms: dred });
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Samples of a packet.
    pub fn samples(&self) -> usize {
        self.packet_ms * base::SAMPLE_RATE as usize / 1000
    }

    pub fn encode(&self, speech: &[f32], lost: &[bool]) -> Outcome<Vec<Vec<u8>>> {
        match (&self.encoded, self.far) {
            (Some(path), _) => super::packets::read(path),
            (None, Some(far)) => self.encode_protected(speech, lost, far),
            (None, None) => self.encode_as_told(speech),
        }
    }

    fn encode_as_told(&self, speech: &[f32]) -> Outcome<Vec<Vec<u8>>> {
        let mut encoder = Encoder::new(self.encoder)?;
        let mut packet = [0; MAX_PACKET_BYTES];
        speech
            .chunks_exact(self.samples())
            .map(|pcm| {
                let len = encoder.encode(pcm, &mut packet)?;
                Ok(packet[..len].to_vec())
            })
            .collect()
    }

    fn encode_protected(&self, speech: &[f32], lost: &[bool], far: FarEnd) -> Outcome<Vec<Vec<u8>>> {
        let mut encoder = VoiceEncoder::new(CodecKind::Opus, Ptime(self.packet_ms as u8))?;
        let mut protector = Protector::new(Limits::default(), Now::ZERO);
        protector.far_end(far);
        encoder.protect(&protector.protection())?;
        let mut reports = Reports::new(self.packet_ms, far.dred);
        let mut packets = Vec::with_capacity(lost.len());
        for frame in speech.as_chunks::<{ base::FRAME_SAMPLES }>().0 {
            if let Some(report) = reports.due(packets.len(), lost) {
                let now = Now::from_millis((packets.len() * self.packet_ms) as u64);
                let protection = protector.report(&report, now);
                eprintln!("{} s: {report:?}: {protection:?}", now.since_epoch().as_secs());
                encoder.protect(&protection)?;
            }
            if let Some(packet) = encoder.encode(frame)? {
                packets.push(packet.payload.to_vec());
            }
        }
        Ok(packets)
    }
}

/// What the far end tells: a receiver report, and the runs of lost packets when it is one of ours.
struct Reports {
    packet_ms: usize,
    tells_runs: bool,
    /// Packets told of so far, and the number at which the next report arrives.
    told: usize,
    next: usize,
    /// Packets lost and their runs; what is ten seconds old weighs half.
    lost: f32,
    runs: f32,
}

impl Reports {
    fn new(packet_ms: usize, tells_runs: bool) -> Self {
        Reports { packet_ms, tells_runs, told: 0, next: REPORT_MS / packet_ms, lost: 0.0, runs: 0.0 }
    }

    /// The report that arrives before packet `number` is made.
    fn due(&mut self, number: usize, lost: &[bool]) -> Option<LinkReport> {
        if number < self.next {
            return None;
        }
        let seen = number - ROUND_TRIP_MS.div_ceil(self.packet_ms);
        let fade = 0.5f32.powf(self.packet_ms as f32 / 10_000.0);
        for at in self.told..seen {
            self.lost = self.lost * fade + f32::from(u8::from(lost[at]));
            self.runs = self.runs * fade + f32::from(u8::from(lost[at] && !(at > 0 && lost[at - 1])));
        }
        let missing = lost[self.told..seen].iter().filter(|lost| **lost).count();
        let share = (missing * 256 / (seen - self.told)) as f32 / 256.0;
        (self.told, self.next) = (seen, number + REPORT_MS / self.packet_ms);
        let mean_burst =
            (self.tells_runs && self.lost > 0.5 && self.runs > 0.0).then(|| (self.lost / self.runs).max(1.0));
        Some(LinkReport { lost: share, rtt_ms: Some(ROUND_TRIP_MS as f32), jitter_ms: 1.0, mean_burst })
    }
}
