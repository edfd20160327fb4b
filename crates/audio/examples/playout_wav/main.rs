//! Speech through our encoder, a bad network and a receiver, in virtual time: WAV in, WAV out.
//!
//! ```text
//! playout_wav IN.wav OUT.wav [loss=P] [burst=N] [jitter=MS] [exp=MS] [ppm=N] [seed=N]
//!             [bitrate=BITS] [fec=0|1] [dred=MS] [expect=PERCENT] [packet=MS] [far=plain|dred]
//!             [encoded=FILE] [receiver=buffer|ideal|none] [packets=FILE]
//! ```
//!
//! `loss` 0..1, in bursts of `burst` packets on average (Gilbert; 1 = independent); `jitter` adds a delay uniform in 0..2·MS to
//! each packet and keeps the order, `exp` one that is exponential with this mean and does not. With `far` the sender is the whole
//! of ours: it is told each five seconds what was lost and chooses for itself how to protect the rest; without it stays as the other
//! settings say; with `encoded` somebody else has made the packets. The receiver is our buffer, or an *ideal* one that waits for ever and has the same decoder: what no buffer can
//! surpass. `packets` writes what arrived, for another decoder; then there need be no receiver of ours.
//! Prints one line of JSON with what the buffer counted. The input is 48 kHz mono. `tests/quality/score.py` runs this over
//! conditions and scores what comes out.

mod network;
mod packets;
mod receiver;
mod sender;

use self::network::Network;
use self::sender::Sender;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let mut words = std::env::args().skip(1);
    let (Some(input), Some(output)) = (words.next(), words.next()) else {
        return Err(
            "usage: playout_wav IN.wav OUT.wav [loss=P] [burst=N] [jitter=MS] … (see the head of the source)".into()
        );
    };
    let (mut network, mut sender) = (Network::default(), Sender::default());
    let (mut receiver, mut packets_to) = ("buffer".to_owned(), None);
    for word in words {
        let (key, value) = word.split_once('=').ok_or_else(|| format!("{word}: not key=value"))?;
        match key {
            "receiver" => value.clone_into(&mut receiver),
            "packets" => packets_to = Some(value.to_owned()),
            _ if network.set(key, value)? || sender.set(key, value)? => {}
            _ => return Err(format!("{key}: unknown").into()),
        }
    }
    let speech = read(&input)?;
    let lost = network.losses(speech.len() / sender.samples());
    let encoded = sender.encode(&speech, &lost)?;
    let flying = network.fly(encoded, &lost, sender.packet_ms);
    if let Some(path) = packets_to {
        packets::write(&path, &flying)?;
    }
    let frames = speech.len() / base::FRAME_SAMPLES + 60;
    let (sound, line) = match &receiver[..] {
        "buffer" => receiver::buffer(flying, sender.packet_ms, frames)?,
        "ideal" => receiver::ideal(&flying, sender.samples())?,
        "none" => return Ok(()),
        _ => return Err(format!("{receiver}: no receiver").into()),
    };
    write(&output, &sound)?;
    println!("{line}");
    Ok(())
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
        writer.write_sample((sample.clamp(-1.0, 1.0) * 32_767.0).round() as i16)?;
    }
    Ok(writer.finalize()?)
}
