//! Sound of the voice boxes as Opus packets: what is played, and what is kept. Nothing is decoded or encoded.

use std::sync::Arc;

use audio::ogg::{self, Layout, Writer};
use bytes::Bytes;

use super::VoiceError;

/// Samples of a packet of ours: 20 ms.
pub(super) const PACKET: u32 = 960;
/// 20 ms of silence: CELT, full band, mono (RFC 6716 §3.1).
pub(super) const SILENCE: [u8; 3] = [0xF8, 0xFF, 0xFE];
/// Longest message.
const LONGEST: u64 = 180 * RATE;
/// What is shorter was nothing.
const SHORTEST: u64 = RATE;
const RATE: u64 = 48_000;
/// A pause of a sender that says nothing; more is another stream.
const LONGEST_PAUSE: u32 = 10 * RATE as u32;
/// Longest packet that is kept; voice has a tenth of it.
const MOST_BYTES: usize = 1275;

/// What a caller hears before the message: the greeting in English and Arabic, and the tone.
#[derive(Clone)]
pub(super) struct Prompts(pub Arc<[Bytes]>);

impl Prompts {
    pub(super) fn read() -> Result<Prompts, VoiceError> {
        let files: [&[u8]; 3] = [
            include_bytes!("../../prompts/en/greeting.opus"),
            include_bytes!("../../prompts/ar/greeting.opus"),
            include_bytes!("../../prompts/tone.opus"),
        ];
        let mut packets = Vec::new();
        for file in files {
            packets.extend(ogg::read(file)?.packets.into_iter().map(Bytes::from));
        }
        Ok(Prompts(packets.into()))
    }
}

/// A message being left.
pub(super) struct Message {
    file: Vec<u8>,
    writer: Writer,
    stream: u32,
    /// Where the next packet should begin, in ticks of the stream.
    next: Option<u32>,
}

impl Message {
    pub(super) fn begin(stream: u32) -> Message {
        let mut file = Vec::new();
        let writer = Writer::begin(1, Layout::Mono, &mut file);
        Message { file, writer, stream, next: None }
    }

    /// A packet at its place in time; pauses become silence. `false`: the message is as long as it may be.
    pub(super) fn packet(&mut self, stream: u32, timestamp: u32, packet: &[u8]) -> bool {
        let Some(length) = samples(packet).filter(|_| packet.len() <= MOST_BYTES) else { return true };
        if stream != self.stream {
            (self.stream, self.next) = (stream, None);
        }
        if let Some(next) = self.next {
            match timestamp.wrapping_sub(next) {
                gap if gap <= LONGEST_PAUSE => {
                    for _ in 0..gap / PACKET {
                        self.writer.packet(&SILENCE, PACKET, &mut self.file);
                    }
                }
                // Late or repeated: its place is taken.
                gap if gap > u32::MAX - LONGEST_PAUSE => return true,
                _ => {}
            }
        }
        self.next = Some(timestamp.wrapping_add(length));
        self.writer.packet(packet, length, &mut self.file);
        self.writer.samples() < LONGEST
    }

    /// The file and how long it is, ms. `None`: nothing was said.
    pub(super) fn finish(mut self) -> Option<(Vec<u8>, u64)> {
        let length = self.writer.samples();
        self.writer.finish(&mut self.file);
        (length >= SHORTEST).then_some((self.file, length * 1000 / RATE))
    }
}

/// How long a packet is, in samples at 48 kHz (RFC 6716 §3.1, §3.2). `None`: it is no packet of Opus.
fn samples(packet: &[u8]) -> Option<u32> {
    let toc = *packet.first()?;
    let frame = match toc >> 3 {
        0..12 => [480, 960, 1920, 2880][usize::from(toc >> 3 & 3)],
        12..16 => [480, 960][usize::from(toc >> 3 & 1)],
        _ => [120, 240, 480, 960][usize::from(toc >> 3 & 3)],
    };
    let frames = match toc & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => u32::from(*packet.get(1)? & 63),
    };
    let all = frame * frames;
    (1..=5760).contains(&all).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_packets_of_20_ms_ec_08() {
        let Prompts(packets) = Prompts::read().unwrap();
        assert!(packets.iter().all(|packet| samples(packet) == Some(PACKET)));
        assert!((250..1500).contains(&packets.len()), "{}", packets.len());
    }

    #[test]
    fn pauses_are_silence_and_late_packets_are_left_out_ec_08() {
        let speech = [0x78, 1, 2, 3];
        let mut message = Message::begin(1);
        for n in 0..25 {
            assert!(message.packet(1, n * PACKET, &speech));
        }
        assert!(message.packet(1, 50 * PACKET, &speech));
        assert!(message.packet(1, 50 * PACKET, &speech), "repeated");
        assert!(message.packet(1, 3 * PACKET, &speech), "late");
        assert!(message.packet(2, 7, &speech), "another stream goes on");
        let (file, ms) = message.finish().unwrap();
        let read = ogg::read(&file).unwrap();
        assert_eq!((ms, read.packets.len(), read.torn), (1040, 52, false));
        assert!(read.packets[25..50].iter().all(|packet| packet[..] == SILENCE));
        assert_eq!(read.packets[50], speech);
    }

    #[test]
    fn less_than_a_second_is_nothing_and_three_minutes_are_the_end_ec_08() {
        let mut message = Message::begin(1);
        assert!((0..49).all(|n| message.packet(1, n * PACKET, &[0x78])));
        assert!(message.finish().is_none());
        let mut message = Message::begin(1);
        let kept = (0..10_000).take_while(|n| message.packet(1, n * PACKET, &[0x78])).count();
        assert_eq!(kept, 8999);
        assert_eq!(message.finish().map(|(_, ms)| ms), Some(180_000));
    }
}
