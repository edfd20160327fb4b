//! Time of each sending codec per 10 ms frame: `cargo bench -p audio --bench codec`.

#[path = "../tests/rooms/speech.rs"]
#[allow(dead_code, reason = "only the voice is needed")]
mod speech;
mod timing;

use audio::Frame;
use audio::codec::VoiceEncoder;
use audio::codec::cng::{Generator, Sid};
use audio::codec::g722;
use audio::codec::protect::Protection;
use base::{CodecKind, Dbfs, Ptime};

fn main() {
    let mut voice = speech::Speaker::new(1, 120.0);
    let frames: Vec<Frame> = (0..2000).map(|_| std::array::from_fn(|_| 0.3 * voice.next().unwrap_or(0.0))).collect();
    let frame = |n: usize| &frames[n % frames.len()];
    let usual = Protection::default();
    for (name, kind, protection) in [
        ("Opus 40k, FEC, complexity 9", CodecKind::Opus, usual),
        ("Opus 40k, FEC, complexity 5", CodecKind::Opus, Protection { complexity: 5, ..usual }),
        ("Opus 40k, DRED 1 s", CodecKind::Opus, Protection { fec: false, dred_ms: 1000, ..usual }),
        ("Opus 32k, no FEC", CodecKind::Opus, Protection { fec: false, bitrate: 32_000, ..usual }),
        ("G.722", CodecKind::G722, usual),
        ("PCMU", CodecKind::Pcmu, usual),
        ("PCMA", CodecKind::Pcma, usual),
    ] {
        let mut encoder = VoiceEncoder::new(kind, Ptime(20)).expect("valid");
        encoder.protect(&protection).expect("valid");
        timing::per_call(&format!("encode 10 ms, {name}"), 20, |n| {
            encoder.encode(frame(n)).map(|packet| packet.map_or(0, |packet| packet.payload.len()))
        });
    }
    let mut decoder = g722::Decoder::new();
    let (code, mut out) = ([0x5a; 80], [0.0; 160]);
    timing::per_call("decode 10 ms, G.722", 20, |_| decoder.decode(&code, &mut out));
    let mut noise = Generator::new();
    noise.describe(&Sid::new(Dbfs(-50.0), &[-0.6, 0.2, 0.1]));
    timing::per_call("comfort noise, 10 ms", 20, |_| noise.fill(&mut out[..80]));
}
