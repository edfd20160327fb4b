//! One call's two directions.

use audio::codec::VoiceEncoder;
use audio::codec::opus::CodecError;
use audio::codec::protect::Protection;
use audio::playout::{FrameKind, ReceiveBuffer, Received};
use audio::{Frame, Meter};
use base::{CallId, CodecKind, Dbfs, FRAME_MS, Now};
use bytes::Bytes;

use super::command::{CallSound, HeardPacket, PacketSink, SpokenPacket, Voice};

pub(super) struct Call {
    pub id: CallId,
    out: PacketSink,
    encoder: VoiceEncoder,
    voice: Voice,
    sends: bool,
    marker: bool,
    /// Not sent since the last packet, ticks of the codec's clock.
    gap: u32,
    spoken: u64,
    receive: ReceiveBuffer,
    hears: bool,
    heard: bool,
    meter: Meter,
}

/// Something happened for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct First;

impl Call {
    pub(super) fn new(id: CallId, out: PacketSink, voice: Voice) -> Result<Self, CodecError> {
        let mut encoder = VoiceEncoder::new(voice.codec, voice.ptime)?;
        encoder.offer_red(voice.red_inside);
        Ok(Call {
            id,
            out,
            encoder,
            voice,
            sends: true,
            marker: true,
            gap: 0,
            spoken: 0,
            receive: ReceiveBuffer::new()?,
            hears: true,
            heard: false,
            meter: Meter::default(),
        })
    }

    /// Takes 10 ms of the microphone; each packet time a packet leaves.
    pub(super) fn speak(&mut self, frame: &Frame) -> Option<First> {
        if !self.sends {
            self.gap = self.gap.saturating_add(frame_ticks(self.voice.codec));
            return None;
        }
        match self.encoder.encode(frame) {
            Ok(None) => None,
            Ok(Some(packet)) => {
                (self.out)(SpokenPacket {
                    codec: self.voice.codec,
                    payload: Bytes::copy_from_slice(packet.payload),
                    ticks: packet.ticks.saturating_add(std::mem::take(&mut self.gap)),
                    is_red: packet.is_red,
                    marker: std::mem::take(&mut self.marker),
                });
                self.spoken += 1;
                (self.spoken == 1).then_some(First)
            }
            Err(error) => {
                tracing::error!(call.id = %self.id, %error, "encoding");
                let packet = frame_ticks(self.voice.codec) * u32::from(self.voice.ptime.0) / FRAME_MS;
                self.gap = self.gap.saturating_add(packet);
                None
            }
        }
    }

    /// Another codec or packet time from the next packet on. One that cannot be made leaves things as they are.
    pub(super) fn set_voice(&mut self, voice: Voice) {
        if voice == self.voice {
            return;
        }
        match self.encoder.switch(voice.codec, voice.ptime) {
            Ok(dropped) => {
                let gap = u64::from(self.gap.saturating_add(dropped)) * u64::from(voice.codec.clock_rate());
                self.gap = u32::try_from(gap / u64::from(self.voice.codec.clock_rate())).unwrap_or(u32::MAX);
                self.encoder.offer_red(voice.red_inside);
                self.marker |= voice.codec != self.voice.codec;
                self.voice = voice;
            }
            Err(error) => tracing::error!(call.id = %self.id, %error, ?voice, "changing the codec"),
        }
    }

    pub(super) fn set_send(&mut self, on: bool) {
        if self.sends == on {
            return;
        }
        self.sends = on;
        self.marker = true;
        self.gap = self.gap.saturating_add(self.encoder.pause());
    }

    /// Is anything made for the far end?
    pub(super) fn sends(&self) -> bool {
        self.sends
    }

    pub(super) fn set_receive(&mut self, on: bool) {
        if self.hears && !on {
            self.receive.clear();
        }
        self.hears = on;
    }

    pub(super) fn protect(&mut self, protection: &Protection) {
        if let Err(error) = self.encoder.protect(protection) {
            tracing::error!(call.id = %self.id, %error, ?protection, "protecting the voice against loss");
        }
    }

    pub(super) fn packet(&mut self, packet: &HeardPacket, arrived: Now) {
        if self.hears {
            let HeardPacket { seq, timestamp, ssrc, codec, redundant, .. } = *packet;
            let payload = &packet.payload[..];
            self.receive.insert(Received { seq, timestamp, ssrc, codec, redundant, payload }, arrived);
        }
    }

    /// The next 10 ms of the other side, and whether it is the first; nothing when it is not to be heard.
    pub(super) fn listen(&mut self, now: Now) -> Option<(Frame, Option<First>)> {
        if !self.hears {
            return None;
        }
        let (frame, kind) = self.receive.next_frame(now);
        self.meter.add(&frame);
        let first = kind == FrameKind::Normal && !self.heard;
        Some((frame, first.then_some(First)))
    }

    /// The first sound was told.
    pub(super) fn mark_heard(&mut self) {
        self.heard = true;
    }

    /// Level since the last time; nothing when it is not to be heard.
    pub(super) fn level(&mut self) -> Option<Dbfs> {
        let level = self.meter.read().rms;
        self.hears.then_some(level)
    }

    pub(super) fn stats(&self, queue_dropped: u64) -> CallSound {
        CallSound { receive: self.receive.stats(), send_packets: self.spoken, queue_dropped }
    }
}

/// 10 ms on a codec's clock.
fn frame_ticks(codec: CodecKind) -> u32 {
    codec.clock_rate() / 1000 * FRAME_MS
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use base::{FRAME_SAMPLES, Ptime};

    use super::*;

    type Sent = Arc<Mutex<Vec<(CodecKind, u32, bool)>>>;

    fn call() -> (Call, Sent) {
        let sent = Sent::default();
        let log = sent.clone();
        let out = Box::new(move |packet: SpokenPacket| {
            log.lock().expect("one thread").push((packet.codec, packet.ticks, packet.marker));
        });
        (Call::new(CallId(1), out, Voice::default()).expect("memory"), sent)
    }

    #[test]
    fn timestamps_count_the_pause_of_a_hold() {
        let (mut call, sent) = call();
        let frame = [0.1; FRAME_SAMPLES];
        assert_eq!((0..5).filter_map(|_| call.speak(&frame)).count(), 1, "one first packet");
        call.set_send(false);
        (0..10).for_each(|_| assert_eq!(call.speak(&frame), None));
        call.set_send(true);
        (0..4).for_each(|_| assert_eq!(call.speak(&frame), None));
        // Two packets; half a packet dropped and ten frames not sent; two packets.
        let opus = |ticks, marker| (CodecKind::Opus, ticks, marker);
        let expected = [opus(960, true), opus(960, false), opus(960 + 480 + 4800, true), opus(960, false)];
        assert_eq!(*sent.lock().expect("one thread"), expected);
    }

    #[test]
    fn another_codec_counts_in_its_own_clock() {
        let (mut call, sent) = call();
        let frame = [0.1; FRAME_SAMPLES];
        (0..3).for_each(|_| _ = call.speak(&frame));
        call.set_voice(Voice { codec: CodecKind::Pcma, ptime: Ptime(40), red_inside: None });
        (0..8).for_each(|_| _ = call.speak(&frame));
        let opus = (CodecKind::Opus, 960, true);
        // The 10 ms that were gathered for Opus are 80 ticks now.
        assert_eq!(
            *sent.lock().expect("one thread"),
            [opus, (CodecKind::Pcma, 320 + 80, true), (CodecKind::Pcma, 320, false)]
        );
    }
}
