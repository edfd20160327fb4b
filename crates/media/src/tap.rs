//! Where we tap the engine's packet chain.
//!
//! ```text
//! wire ── [WireTap] ── [SpeechTap] ── the engine's tracks
//!          counts all,   takes speech
//!          reports
//! ```
//!
//! Taking packets here instead of from the engine's track has three reasons: no packet is lost between its arrival and the
//! announcement of the track (trap T15), the arrival time is that of the socket read, and one queue and one task less lie
//! in the way. RTCP reaches us only here at all (trap T14), and reports are written here.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

use base::{Chance, Pt};
use rtc::interceptor::{AttributedPacket, Interceptor, Packet, Slot, StreamInfo, TaggedPacket};
use rtc::rtcp::extended_report::{ExtendedReport, VoIPMetricsReportBlock};
use rtc::rtcp::receiver_report::ReceiverReport;
use rtc::rtcp::sender_report::SenderReport;
use rtc::sansio::Protocol;
use rtc::shared::TransportContext;
use rtc::shared::error::Error;

use crate::reports::{self, Timetable};
use crate::stats::FarPlayout;
use crate::traffic::{Arrived, InHeader, Received, Traffic};

/// Nearer to the wire than everything of the engine.
pub(crate) const WIRE: Slot = Slot::Custom(500);
/// Nearer to us than everything of the engine.
pub(crate) const SPEECH: Slot = Slot::Custom(12_500);

/// Counts what passes, reads reports and writes ours; changes nothing of what passes.
pub(crate) struct WireTap {
    traffic: Arc<Traffic>,
    belt: Belt,
    timetable: Timetable,
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
    pub fn new(traffic: Arc<Traffic>, chance: Chance) -> Self {
        WireTap { traffic, belt: Belt::default(), timetable: Timetable::new(chance) }
    }

    fn read_report(&self, packet: &dyn rtc::rtcp::Packet, now: Instant) {
        // Chromium and we put the blocks into sender reports; who only listens sends receiver reports.
        if let Some(report) = packet.as_any().downcast_ref::<SenderReport>() {
            let received = Received { ntp: Some(report.ntp_time), blocks: &report.reports };
            self.traffic.report_received(report.ssrc, &received, now);
        } else if let Some(report) = packet.as_any().downcast_ref::<ReceiverReport>() {
            self.traffic.report_received(report.ssrc, &Received { ntp: None, blocks: &report.reports }, now);
        } else if let Some(report) = packet.as_any().downcast_ref::<ExtendedReport>() {
            report.reports.iter().for_each(|block| self.read_block(block.as_ref()));
        }
    }

    /// RFC 3611: losses one by one, and the far end's view of its playing.
    fn read_block(&self, block: &dyn rtc::rtcp::Packet) {
        let ssrc = self.traffic.ssrc.0;
        if let Some(map) = reports::loss_map(block, ssrc) {
            self.traffic.loss_map_received(&map);
        } else if let Some(block) = block.as_any().downcast_ref::<VoIPMetricsReportBlock>().filter(|b| b.ssrc == ssrc) {
            self.traffic.far_playout_received(FarPlayout {
                late: f32::from(block.discard_rate) / 256.0,
                buffer_ms: block.jb_nominal,
                delay_ms: block.end_system_delay,
                r_factor: (block.rfactor <= 100).then_some(block.rfactor),
            });
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
                let header = InHeader {
                    pt: Pt(header.payload_type),
                    ssrc: header.ssrc,
                    seq: header.sequence_number,
                    timestamp: header.timestamp,
                    payload: rtp.payload.len(),
                };
                self.traffic.arrived(&header, msg.now);
                self.timetable.begin(msg.now);
            }
            Packet::Rtcp(packets) => packets.iter().for_each(|packet| self.read_report(packet.as_ref(), msg.now)),
            _ => {}
        }
        self.belt.read.push_back(msg);
        Ok(())
    }

    fn poll_read(&mut self) -> Option<TaggedPacket> {
        self.belt.read.pop_front()
    }

    fn handle_write(&mut self, msg: TaggedPacket) -> Result<(), Error> {
        if let Packet::Rtp(rtp) = &msg.message.packet {
            self.traffic.sent(rtp.payload.len());
            self.timetable.begin(msg.now);
        }
        self.belt.write.push_back(msg);
        Ok(())
    }

    fn poll_write(&mut self) -> Option<TaggedPacket> {
        self.belt.write.pop_front()
    }

    fn handle_timeout(&mut self, now: Instant) -> Result<(), Error> {
        if self.timetable.is_due(now) {
            let report = self.traffic.report(self.timetable.ntp(now), now);
            let message = AttributedPacket::new(Packet::Rtcp(report));
            self.belt.write.push_back(TaggedPacket { now, transport: TransportContext::default(), message });
        }
        Ok(())
    }

    fn poll_timeout(&mut self) -> Option<Instant> {
        self.timetable.next()
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
            self.traffic.deliver(Arrived::new(rtp, msg.now));
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
            self.traffic.name_outgoing(rtp.header.sequence_number, &mut rtp.header.payload_type);
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
