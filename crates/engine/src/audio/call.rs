//! One call's two directions.

use audio::codec::opus::{CodecError, Encoder, EncoderConfig, MAX_PACKET_BYTES, PACKET_SAMPLES};
use audio::playout::{FrameKind, ReceiveBuffer, Received};
use audio::{Frame, Meter};
use base::{CallId, CodecKind, Dbfs, FRAME_SAMPLES, Now};
use bytes::Bytes;

use super::command::{CallSound, HeardPacket, PacketSink, SpokenPacket};

/// FEC is never switched off: loss is only known when it has happened.
const LEAST_LOSS_PERCENT: u8 = 5;

pub(super) struct Call {
    pub id: CallId,
    out: PacketSink,
    encoder: Encoder,
    /// The packet under way: one frame of two, or none.
    pcm: [f32; PACKET_SAMPLES],
    half: bool,
    sends: bool,
    marker: bool,
    /// Samples not sent since the last packet.
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
    pub(super) fn new(id: CallId, out: PacketSink) -> Result<Self, CodecError> {
        Ok(Call {
            id,
            out,
            encoder: Encoder::new(EncoderConfig::default())?,
            pcm: [0.0; PACKET_SAMPLES],
            half: false,
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

    /// Takes 10 ms of the microphone; every second time a packet leaves.
    pub(super) fn speak(&mut self, frame: &Frame) -> Option<First> {
        if !self.sends {
            self.gap = self.gap.saturating_add(FRAME_SAMPLES as u32);
            return None;
        }
        let at = if self.half { FRAME_SAMPLES } else { 0 };
        self.pcm[at..at + FRAME_SAMPLES].copy_from_slice(frame);
        self.half = !self.half;
        if self.half {
            return None;
        }
        let mut packet = [0u8; MAX_PACKET_BYTES];
        match self.encoder.encode(&self.pcm, &mut packet) {
            Ok(len) => {
                let samples_48k = (PACKET_SAMPLES as u32).saturating_add(std::mem::take(&mut self.gap));
                let marker = std::mem::take(&mut self.marker);
                (self.out)(SpokenPacket { payload: Bytes::copy_from_slice(&packet[..len]), samples_48k, marker });
                self.spoken += 1;
                (self.spoken == 1).then_some(First)
            }
            Err(error) => {
                tracing::error!(call.id = %self.id, %error, "encoding");
                self.gap = self.gap.saturating_add(PACKET_SAMPLES as u32);
                None
            }
        }
    }

    pub(super) fn set_send(&mut self, on: bool) {
        if self.sends == on {
            return;
        }
        self.sends = on;
        self.marker = true;
        if std::mem::take(&mut self.half) {
            self.gap = self.gap.saturating_add(FRAME_SAMPLES as u32);
        }
    }

    pub(super) fn set_receive(&mut self, on: bool) {
        if self.hears && !on {
            self.receive.clear();
        }
        self.hears = on;
    }

    pub(super) fn set_peer_loss(&mut self, percent: u8) {
        let percent = percent.clamp(LEAST_LOSS_PERCENT, 100);
        if let Err(error) = self.encoder.set_loss_percent(percent) {
            tracing::error!(call.id = %self.id, %error, "setting the strength of FEC");
        }
    }

    pub(super) fn packet(&mut self, packet: &HeardPacket, arrived: Now) {
        if self.hears {
            let HeardPacket { seq, timestamp, ssrc, payload, .. } = packet;
            let (seq, timestamp, ssrc, codec) = (*seq, *timestamp, *ssrc, CodecKind::Opus);
            self.receive.insert(Received { seq, timestamp, ssrc, codec, redundant: false, payload }, arrived);
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

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn timestamps_count_the_pause_of_a_hold() {
        let sent = Arc::new(Mutex::new(Vec::new()));
        let log = sent.clone();
        let out = Box::new(move |packet: SpokenPacket| {
            log.lock().expect("one thread").push((packet.samples_48k, packet.marker));
        });
        let mut call = Call::new(CallId(1), out).expect("memory");
        let frame = [0.1; FRAME_SAMPLES];
        assert_eq!((0..5).filter_map(|_| call.speak(&frame)).count(), 1, "one first packet");
        call.set_send(false);
        (0..10).for_each(|_| assert_eq!(call.speak(&frame), None));
        call.set_send(true);
        (0..4).for_each(|_| assert_eq!(call.speak(&frame), None));
        // Two packets; half a packet dropped and ten frames not sent; two packets.
        let expected = [(960, true), (960, false), (960 + 480 + 4800, true), (960, false)];
        assert_eq!(*sent.lock().expect("one thread"), expected);
    }
}
