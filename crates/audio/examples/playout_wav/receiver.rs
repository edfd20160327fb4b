//! Who hears it: our receive buffer, or one that waits for ever.

use std::time::Duration;

use audio::codec::opus::{Decoder, Dred, MAX_PACKET_SAMPLES, has_fec};
use audio::playout::{ReceiveBuffer, Received};
use base::{CodecKind, Now, Ssrc};

use super::Outcome;
use super::network::{Chance, Flying};

/// Pulls a frame each 10 ms, a little irregularly as a sound card's thread would.
pub fn buffer(flying: Vec<Flying>, packet_ms: usize, frames: usize) -> Outcome<(Vec<f32>, String)> {
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

/// Decodes in order what arrived at any time: deep redundancy as far as it reaches, FEC for the last of a hole, deep concealment
/// for the rest, at full level however long it is.
pub fn ideal(flying: &[Flying], samples: usize) -> Outcome<(Vec<f32>, String)> {
    let (mut decoder, mut dred) = (Decoder::new()?, Dred::new()?);
    if flying.len() < flying.iter().map(|packet| packet.number + 1).max().unwrap_or(0) * 97 / 100 {
        decoder.set_enhancement(true);
    }
    let mut order: Vec<&Flying> = flying.iter().collect();
    order.sort_by_key(|packet| packet.number);
    let mut out = vec![0.0; MAX_PACKET_SAMPLES];
    // The network's 20 ms, so that both receivers are aligned alike.
    let mut sound = vec![0.0; base::SAMPLE_RATE as usize / 50];
    let mut next = 0;
    for packet in order {
        let reach = if packet.number > next { dred.read(&packet.payload) } else { 0 };
        while next < packet.number {
            let before = (packet.number - next) * samples;
            let piece = &mut out[..samples];
            if before == samples && has_fec(&packet.payload) {
                decoder.decode_fec(&packet.payload, piece)?;
            } else if before <= reach {
                decoder.decode_dred(&dred, before, piece)?;
            } else {
                decoder.conceal(piece)?;
            }
            sound.extend_from_slice(piece);
            next += 1;
        }
        let count = decoder.decode(&packet.payload, &mut out)?;
        sound.extend_from_slice(&out[..count]);
        next += 1;
    }
    Ok((sound, "{\"delay_ms\":0}".to_owned()))
}
