//! Where we tap the engine's packet chain.
//!
//! ```text
//! wire ── [WireTap] ── receiver reports ── sender reports ── [SpeechTap] ── the engine's tracks
//!          counts all     (the engine's)    (the engine's)    takes speech
//! ```
//!
//! Taking packets here instead of from the engine's track has three reasons: no packet is lost between its arrival and the
//! announcement of the track (trap T15), the arrival time is that of the socket read, and one queue and one task less lie
//! in the way. RTCP reaches us only here at all (trap T14).

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

use rtc::interceptor::{Interceptor, Packet, Slot, StreamInfo, TaggedPacket};
use rtc::rtcp::receiver_report::ReceiverReport;
use rtc::rtcp::reception_report::ReceptionReport;
use rtc::rtcp::sender_report::SenderReport;
use rtc::sansio::Protocol;
use rtc::shared::error::Error;

use crate::quality::Report;
use crate::traffic::{Traffic, in_packet};

/// Nearer to the wire than everything of the engine.
pub(crate) const WIRE: Slot = Slot::Custom(500);
/// Nearer to us than everything of the engine.
pub(crate) const SPEECH: Slot = Slot::Custom(12_500);

/// Counts what passes and reads reports; changes nothing.
pub(crate) struct WireTap {
    traffic: Arc<Traffic>,
    belt: Belt,
}

/// Takes arriving RTP for the session.
pub(crate) struct SpeechTap {
    traffic: Arc<Traffic>,
    belt: Belt,
}

/// Packets between being handed in and being fetched by the chain, which happens at once: never more than a few.
#[derive(Default)]
struct Belt {
    read: VecDeque<TaggedPacket>,
    write: VecDeque<TaggedPacket>,
}

impl WireTap {
    pub fn new(traffic: Arc<Traffic>) -> Self {
        WireTap { traffic, belt: Belt::default() }
    }

    fn read_blocks(&self, blocks: &[ReceptionReport], now: Instant) {
        for block in blocks.iter().filter(|block| block.ssrc == self.traffic.ssrc.0) {
            let report = Report::new(block.fraction_lost, block.total_lost, block.jitter, 48_000);
            self.traffic.report_received(report, block.last_sender_report, block.delay, now);
        }
    }
}

impl SpeechTap {
    pub fn new(traffic: Arc<Traffic>) -> Self {
        SpeechTap { traffic, belt: Belt::default() }
    }
}

impl Protocol<TaggedPacket, TaggedPacket, ()> for WireTap {
    type Rout = TaggedPacket;
    type Wout = TaggedPacket;
    type Eout = ();
    type Error = Error;
    type Time = Instant;

    fn handle_read(&mut self, msg: TaggedPacket) -> Result<(), Error> {
        match &msg.message.packet {
            Packet::Rtp(rtp) => {
                let header = &rtp.header;
                let size = rtp.payload.len();
                self.traffic.arrived(header.ssrc, header.sequence_number, header.timestamp, size, msg.now);
            }
            Packet::Rtcp(packets) => {
                for packet in packets {
                    // Chromium and we put the blocks into sender reports; who only listens sends receiver reports.
                    if let Some(report) = packet.as_any().downcast_ref::<SenderReport>() {
                        self.read_blocks(&report.reports, msg.now);
                    } else if let Some(report) = packet.as_any().downcast_ref::<ReceiverReport>() {
                        self.read_blocks(&report.reports, msg.now);
                    }
                }
            }
            _ => {}
        }
        self.belt.read.push_back(msg);
        Ok(())
    }

    fn poll_read(&mut self) -> Option<TaggedPacket> {
        self.belt.read.pop_front()
    }

    fn handle_write(&mut self, msg: TaggedPacket) -> Result<(), Error> {
        match &msg.message.packet {
            Packet::Rtp(rtp) => self.traffic.sent(rtp.payload.len()),
            Packet::Rtcp(packets) => {
                for report in packets.iter().filter_map(|packet| packet.as_any().downcast_ref::<SenderReport>()) {
                    self.traffic.sender_report_sent(report.ntp_time, msg.now);
                }
            }
            _ => {}
        }
        self.belt.write.push_back(msg);
        Ok(())
    }

    fn poll_write(&mut self) -> Option<TaggedPacket> {
        self.belt.write.pop_front()
    }
}

impl Protocol<TaggedPacket, TaggedPacket, ()> for SpeechTap {
    type Rout = TaggedPacket;
    type Wout = TaggedPacket;
    type Eout = ();
    type Error = Error;
    type Time = Instant;

    fn handle_read(&mut self, msg: TaggedPacket) -> Result<(), Error> {
        if let Packet::Rtp(rtp) = &msg.message.packet {
            self.traffic.deliver(in_packet(rtp, msg.now));
        } else {
            self.belt.read.push_back(msg);
        }
        Ok(())
    }

    fn poll_read(&mut self) -> Option<TaggedPacket> {
        self.belt.read.pop_front()
    }

    fn handle_write(&mut self, mut msg: TaggedPacket) -> Result<(), Error> {
        if let Packet::Rtp(rtp) = &mut msg.message.packet {
            self.traffic.name_outgoing(&mut rtp.header.payload_type);
        }
        self.belt.write.push_back(msg);
        Ok(())
    }

    fn poll_write(&mut self) -> Option<TaggedPacket> {
        self.belt.write.pop_front()
    }
}

impl Interceptor for WireTap {
    fn bind_local_stream(&mut self, _: &StreamInfo) {}
    fn unbind_local_stream(&mut self, _: &StreamInfo) {}
    fn bind_remote_stream(&mut self, _: &StreamInfo) {}
    fn unbind_remote_stream(&mut self, _: &StreamInfo) {}
}

impl Interceptor for SpeechTap {
    fn bind_local_stream(&mut self, _: &StreamInfo) {}
    fn unbind_local_stream(&mut self, _: &StreamInfo) {}
    fn bind_remote_stream(&mut self, _: &StreamInfo) {}
    fn unbind_remote_stream(&mut self, _: &StreamInfo) {}
}
