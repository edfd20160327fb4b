//! Speech through our encoder, a bad network and the receive buffer, in virtual time: WAV in, WAV out.
//!
//! ```text
//! playout_wav IN.wav OUT.wav [loss=P] [burst=N] [jitter=MS] [exp=MS] [ppm=N] [seed=N]
//!             [bitrate=BITS] [fec=0|1] [dred=MS] [expect=PERCENT] [packet=MS]
//! ```
//!
//! `loss` 0..1, in bursts of `burst` packets on average (Gilbert; 1 = independent); `jitter` adds a delay uniform in 0..2·MS to
//! each packet and keeps the order, `exp` one that is exponential with this mean and does not. Prints one line of JSON with what
//! the buffer counted. The input is 48 kHz mono. `tests/quality/score.py` runs this over conditions and scores what comes out.

use std::time::Duration;

use audio::codec::opus::{Encoder, EncoderConfig, MAX_PACKET_BYTES};
use audio::playout::{ReceiveBuffer, Received};
use base::{CodecKind, Now, Ssrc};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A packet under way.
struct Flying {
    arrives_us: u64,
    number: usize,
    payload: Vec<u8>,
}

/// What the command line says.
struct Setting {
    loss: f64,
    burst: f64,
    jitter_ms: f64,
    exp_ms: f64,
    ppm: f64,
    seed: u64,
    packet_ms: usize,
    encoder: EncoderConfig,
}

fn main() -> Outcome<()> {
    let mut words = std::env::args().skip(1);
    let (Some(input), Some(output)) = (words.next(), words.next()) else {
        return Err(
            "usage: playout_wav IN.wav OUT.wav [loss=P] [burst=N] [jitter=MS] … (see the head of the source)".into()
        );
    };
    let setting = Setting::parse(words)?;
    let speech = read(&input)?;
    let packets = setting.encode(&speech)?;
    let frames = speech.len() / base::FRAME_SAMPLES + 60;
    let (sound, line) = play(setting.fly(packets), setting.packet_ms, frames)?;
    write(&output, &sound)?;
    println!("{line}");
    Ok(())
}

impl Setting {
    fn parse(words: impl Iterator<Item = String>) -> Outcome<Self> {
        let mut setting = Setting {
            loss: 0.0,
            burst: 1.0,
            jitter_ms: 0.0,
            exp_ms: 0.0,
            ppm: 0.0,
            seed: 1,
            packet_ms: 20,
            encoder: EncoderConfig::default(),
        };
        for word in words {
            let (key, value) = word.split_once('=').ok_or_else(|| format!("{word}: not key=value"))?;
            match key {
                "loss" => setting.loss = value.parse()?,
                "burst" => setting.burst = value.parse()?,
                "jitter" => setting.jitter_ms = value.parse()?,
                "exp" => setting.exp_ms = value.parse()?,
                "ppm" => setting.ppm = value.parse()?,
                "seed" => setting.seed = value.parse()?,
                "packet" => setting.packet_ms = value.parse()?,
                "bitrate" => setting.encoder.bitrate = value.parse()?,
                "fec" => setting.encoder.fec = value == "1",
                "dred" => setting.encoder.dred_ms = value.parse()?,
                "expect" => setting.encoder.loss_percent = value.parse()?,
                _ => return Err(format!("{key}: unknown").into()),
            }
        }
        Ok(setting)
    }

    fn encode(&self, speech: &[f32]) -> Outcome<Vec<Vec<u8>>> {
        let mut encoder = Encoder::new(self.encoder)?;
        let mut packet = [0; MAX_PACKET_BYTES];
        let piece = self.packet_ms * base::SAMPLE_RATE as usize / 1000;
        speech
            .chunks_exact(piece)
            .map(|pcm| {
                let len = encoder.encode(pcm, &mut packet)?;
                Ok(packet[..len].to_vec())
            })
            .collect()
    }

    /// What arrives, in the order of arrival. The network takes 20 ms at least.
    fn fly(&self, packets: Vec<Vec<u8>>) -> Vec<Flying> {
        let (mut losses, mut delays) = (Chance(self.seed.wrapping_mul(2_654_435_761)), Chance(self.seed ^ 0x5555));
        let (leave, enter) = (1.0 / self.burst, self.loss / self.burst / (1.0 - self.loss));
        let (mut bad, mut last) = (false, 0);
        let mut flying = Vec::new();
        for (number, payload) in packets.into_iter().enumerate() {
            let chance = losses.next();
            bad = if self.burst <= 1.0 {
                chance < self.loss
            } else if bad {
                chance >= leave
            } else {
                chance < enter
            };
            let sent_ms = (number * self.packet_ms) as f64 * (1.0 + self.ppm / 1e6);
            let uniform = 2.0 * self.jitter_ms * delays.next();
            let exponential = -self.exp_ms * (1.0 - delays.next()).ln();
            if bad && number >= 5 {
                continue;
            }
            let mut arrives_us = ((sent_ms + 20.0 + uniform + exponential + delays.next()) * 1000.0) as u64;
            if self.exp_ms == 0.0 {
                arrives_us = arrives_us.max(last);
            }
            last = arrives_us.max(last);
            flying.push(Flying { arrives_us, number, payload });
        }
        flying.sort_by_key(|packet| packet.arrives_us);
        flying
    }
}

/// Pulls a frame each 10 ms, a little irregularly as a sound card's thread would.
fn play(flying: Vec<Flying>, packet_ms: usize, frames: usize) -> Outcome<(Vec<f32>, String)> {
    let mut buffer = ReceiveBuffer::new()?;
    let mut chance = Chance(7);
    let mut sound = Vec::with_capacity(frames * base::FRAME_SAMPLES);
    let mut waiting = flying.into_iter().peekable();
    let mut delay_sum = 0.0;
    for frame in 0..frames as u64 {
        let now_us = frame * 10_000 + 3000 + (chance.next() * 1500.0) as u64;
        while let Some(packet) = waiting.next_if(|packet| packet.arrives_us <= now_us) {
            let samples = (packet.number * packet_ms) as u32 * (base::SAMPLE_RATE / 1000);
            let received = Received {
                seq: packet.number as u16,
                timestamp: samples,
                ssrc: Ssrc(1),
                codec: CodecKind::Opus,
                redundant: false,
                payload: &packet.payload,
            };
            buffer.insert(received, Now::at(Duration::from_micros(packet.arrives_us)));
        }
        sound.extend_from_slice(&buffer.next_frame(Now::at(Duration::from_micros(now_us))).0);
        delay_sum += f64::from(buffer.stats().delay_ms);
    }
    let stats = buffer.stats();
    let line = format!(
        "{{\"delay_ms\":{:.1},\"target_ms\":{},\"played\":{},\"fec\":{},\"dred\":{},\"concealed\":{},\"events\":{},\"late\":{},\
         \"underruns\":{},\"stretches\":{},\"slowed_ms\":{},\"accelerated_ms\":{},\"skipped\":{}}}",
        delay_sum / frames as f64,
        stats.target_ms,
        stats.played_frames,
        stats.fec_frames,
        stats.dred_frames,
        stats.concealed_frames,
        stats.concealment_events,
        stats.late,
        stats.underruns,
        stats.stretches,
        stats.slowed_samples / 48,
        stats.accelerated_samples / 48,
        stats.skipped,
    );
    Ok((sound, line))
}

fn read(path: &str) -> Outcome<Vec<f32>> {
    let mut reader = hound::WavReader::open(path)?;
    let spec = reader.spec();
    if spec.sample_rate != base::SAMPLE_RATE || spec.channels != 1 || spec.bits_per_sample != 16 {
        return Err(format!("{path}: not 48 kHz, mono, 16 bits").into());
    }
    let samples: Result<Vec<f32>, hound::Error> =
        reader.samples::<i16>().map(|sample| Ok(f32::from(sample?) / 32_768.0)).collect();
    Ok(samples?)
}

fn write(path: &str, samples: &[f32]) -> Outcome<()> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: base::SAMPLE_RATE,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, spec)?;
    for sample in samples {
        writer.write_sample((sample * 32_767.0).round() as i16)?;
    }
    Ok(writer.finalize()?)
}

/// Numbers that look random and are the same each time (SplitMix64).
struct Chance(u64);

impl Chance {
    /// 0.0..1.0
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}
