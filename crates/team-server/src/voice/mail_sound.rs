//! Sound of the voice boxes as Opus packets: what is played, and what is kept. Nothing is decoded or encoded.

use std::collections::BTreeMap;
use std::sync::Arc;

use audio::ogg::{self, Layout, Writer};
use bytes::Bytes;

use super::VoiceError;
use super::booth::{Say, Tongue};

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

/// Packets of 20 ms, one after the other.
type Packets = Arc<[Bytes]>;

/// Everything that is said, and the usual greeting.
#[derive(Clone)]
pub(super) struct Prompts(Arc<BTreeMap<(Say, Tongue), Packets>>, Packets);

/// What is said in both languages: the name of its files, and the files.
macro_rules! prompts {
    ($($say:ident = $name:literal),* $(,)?) => {
        [$(
            (Say::$say, Tongue::English, include_bytes!(concat!("../../prompts/en/", $name, ".opus")).as_slice()),
            (Say::$say, Tongue::Arabic, include_bytes!(concat!("../../prompts/ar/", $name, ".opus")).as_slice()),
        )*]
    };
}

impl Prompts {
    pub(super) fn read() -> Result<Prompts, VoiceError> {
        let tone = include_bytes!("../../prompts/tone.opus");
        let mut all =
            BTreeMap::from([Tongue::English, Tongue::Arabic].map(|tongue| ((Say::Tone, tongue), packets(tone))));
        for (say, tongue, file) in prompts![
            EnterPin = "enter-pin",
            WrongPin = "wrong-pin",
            NoPin = "no-pin",
            TooOften = "too-often",
            NewMessage = "new-message",
            OldMessage = "old-message",
            Menu = "menu",
            NoMessages = "no-messages",
            NoMore = "no-more",
            Deleted = "deleted",
            AfterTone = "say-greeting",
            GreetingKept = "greeting-kept",
            GreetingUsual = "greeting-usual",
            TooShort = "too-short",
            Goodbye = "goodbye",
        ] {
            all.insert((say, tongue), packets(file));
        }
        let mut greeting = Vec::new();
        for file in [
            include_bytes!("../../prompts/en/greeting.opus").as_slice(),
            include_bytes!("../../prompts/ar/greeting.opus"),
        ] {
            greeting.extend(ogg::read(file)?.packets.into_iter().map(Bytes::from));
        }
        let all = all.into_iter().map(|(say, packets)| Ok((say, packets?))).collect::<Result<_, VoiceError>>()?;
        Ok(Prompts(Arc::new(all), greeting.into()))
    }

    /// Something that is said.
    pub(super) fn of(&self, say: Say, tongue: Tongue) -> &[Bytes] {
        self.0.get(&(say, tongue)).map_or(&[], |packets| packets)
    }

    /// What a caller hears whom nobody has told more: English, then Arabic.
    pub(super) fn greeting(&self) -> &[Bytes] {
        &self.1
    }
}

/// Packets of a file.
pub(super) fn packets(file: &[u8]) -> Result<Packets, VoiceError> {
    Ok(ogg::read(file)?.packets.into_iter().map(Bytes::from).collect())
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
pub(super) fn samples(packet: &[u8]) -> Option<u32> {
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
        let prompts = Prompts::read().unwrap();
        assert_eq!(prompts.0.len(), 32, "each thing in both languages");
        for (what, packets) in prompts.0.iter() {
            assert!(packets.iter().all(|packet| samples(packet) == Some(PACKET)), "{what:?}");
            assert!((10..1000).contains(&packets.len()), "{what:?}: {}", packets.len());
        }
        assert!(prompts.greeting().iter().all(|packet| samples(packet) == Some(PACKET)));
        assert!((250..1500).contains(&prompts.greeting().len()));
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
