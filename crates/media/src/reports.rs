//! Our RTCP reports: what goes into them, and when the next is due.
//!
//! The engine writes reports of its own when asked to, but it binds them to the first codec of a stream and knows no name
//! (CNAME) and no extended reports. So it is not asked.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base::Chance;
use bytes::Bytes;
use rtc::rtcp::Packet;
use rtc::rtcp::extended_report::{Chunk, ExtendedReport, RLEReportBlock, VoIPMetricsReportBlock};
use rtc::rtcp::receiver_report::ReceiverReport;
use rtc::rtcp::reception_report::ReceptionReport;
use rtc::rtcp::sender_report::SenderReport;
use rtc::rtcp::source_description::{SdesType, SourceDescription, SourceDescriptionChunk, SourceDescriptionItem};

use crate::quality::{Block, BurstPicture, GMIN, LossMap};
use crate::stats::Playout;

/// A report each second on average: the far end's losses steer our encoder, and a listener notices two seconds.
const SHORTEST: Duration = Duration::from_millis(750);
const SPREAD_MS: u64 = 500;
/// From 1900 to 1970.
const NTP_TO_UNIX_S: u64 = 2_208_988_800;

/// When to report.
pub(crate) struct Timetable {
    chance: Chance,
    next: Option<Instant>,
    /// One moment on both clocks; afterwards only the monotonic one is asked.
    origin: (Instant, SystemTime),
}

impl Timetable {
    pub fn new(chance: Chance) -> Self {
        Timetable { chance, next: None, origin: (Instant::now(), SystemTime::now()) }
    }

    /// Packets flow: the first report follows.
    pub fn begin(&mut self, now: Instant) {
        if self.next.is_none() {
            self.next = Some(self.later(now));
        }
    }

    /// Is one due? Then the next is planned, at a time that nobody can foresee (RFC 3550 §6.2).
    pub fn is_due(&mut self, now: Instant) -> bool {
        let due = self.next.is_some_and(|next| next <= now);
        if due {
            self.next = Some(self.later(now));
        }
        due
    }

    pub fn next(&self) -> Option<Instant> {
        self.next
    }

    /// The wall clock as a 64 bit NTP stamp.
    pub fn ntp(&self, now: Instant) -> u64 {
        let (moment, wall) = self.origin;
        let wall = wall.duration_since(UNIX_EPOCH).unwrap_or_default() + now.saturating_duration_since(moment);
        let fraction = (u64::from(wall.subsec_nanos()) << 32) / 1_000_000_000;
        wall.as_secs().wrapping_add(NTP_TO_UNIX_S) << 32 | fraction
    }

    fn later(&mut self, now: Instant) -> Instant {
        now + SHORTEST + Duration::from_millis(self.chance.below(SPREAD_MS))
    }
}

/// What is to be told.
pub(crate) struct Facts<'a> {
    pub ssrc: u32,
    pub cname: &'a str,
    /// Set when we sent something since the report before.
    pub sent: Option<Sent>,
    pub block: Option<Block>,
    /// What the far end asked for of RFC 3611.
    pub extended: Option<Extended>,
}

/// Of the stream that we send.
#[derive(Clone, Copy)]
pub(crate) struct Sent {
    pub ntp: u64,
    /// Our RTP clock at that moment.
    pub timestamp: u32,
    pub packets: u32,
    pub bytes: u32,
}

/// For the extended report.
pub(crate) struct Extended {
    pub lost: f32,
    pub bursts: BurstPicture,
    /// Of one packet.
    pub packet_ms: f32,
    pub rtt_ms: Option<f32>,
    pub playout: Option<Playout>,
    pub map: Option<LossMap>,
}

/// A compound packet (RFC 3550 §6.1).
pub(crate) fn compose(facts: Facts<'_>) -> Vec<Box<dyn Packet>> {
    let reports = facts.block.map(reception_report).into_iter().collect();
    let mut compound: Vec<Box<dyn Packet>> = Vec::with_capacity(3);
    match facts.sent {
        Some(Sent { ntp, timestamp, packets, bytes }) => compound.push(Box::new(SenderReport {
            ssrc: facts.ssrc,
            ntp_time: ntp,
            rtp_time: timestamp,
            packet_count: packets,
            octet_count: bytes,
            reports,
            ..SenderReport::default()
        })),
        None => compound.push(Box::new(ReceiverReport { ssrc: facts.ssrc, reports, ..ReceiverReport::default() })),
    }
    let name =
        SourceDescriptionItem { sdes_type: SdesType::SdesCname, text: Bytes::copy_from_slice(facts.cname.as_bytes()) };
    compound.push(Box::new(SourceDescription {
        chunks: vec![SourceDescriptionChunk { source: facts.ssrc, items: vec![name] }],
    }));
    if let (Some(extended), Some(block)) = (facts.extended, facts.block) {
        let mut blocks: Vec<Box<dyn Packet>> = vec![Box::new(metrics(block.ssrc, &extended))];
        if let Some(LossMap { begin, end, chunks }) = extended.map {
            let chunks = chunks.into_iter().map(Chunk).collect();
            blocks.push(Box::new(RLEReportBlock {
                is_loss_rle: true,
                t: 0,
                ssrc: block.ssrc,
                begin_seq: begin,
                end_seq: end,
                chunks,
            }));
        }
        compound.push(Box::new(ExtendedReport { sender_ssrc: facts.ssrc, reports: blocks }));
    }
    compound
}

/// The far end's map of our losses, if this block is one.
pub(crate) fn loss_map(block: &dyn Packet, ssrc: u32) -> Option<LossMap> {
    let map = block.as_any().downcast_ref::<RLEReportBlock>().filter(|map| map.is_loss_rle && map.ssrc == ssrc)?;
    // A thinned map (t > 0) leaves packets out, so that neighbours in it were none.
    (map.t == 0).then(|| LossMap {
        begin: map.begin_seq,
        end: map.end_seq,
        chunks: map.chunks.iter().map(|chunk| chunk.0).collect(),
    })
}

fn reception_report(block: Block) -> ReceptionReport {
    ReceptionReport {
        ssrc: block.ssrc,
        fraction_lost: block.fraction_lost,
        total_lost: block.total_lost,
        last_sequence_number: block.highest,
        jitter: block.jitter,
        last_sender_report: block.last_report,
        delay: block.delay,
    }
}

/// RFC 3611 §4.7; 127 means that we do not measure it.
fn metrics(ssrc: u32, facts: &Extended) -> VoIPMetricsReportBlock {
    const UNKNOWN: u8 = 127;
    /// Standard concealment by invention, adaptive jitter buffer: `PLC` 3, `JBA` 3, rate unknown.
    const CONFIG: u8 = 0b1111_0000;
    let share = |part: f32| (part.clamp(0.0, 1.0) * 256.0).min(255.0) as u8;
    let ms = |ms: f32| ms.clamp(0.0, 65_535.0) as u16;
    let playout = facts.playout.unwrap_or_default();
    VoIPMetricsReportBlock {
        ssrc,
        loss_rate: share(facts.lost),
        discard_rate: share(playout.late),
        burst_density: share(facts.bursts.burst_density),
        gap_density: share(facts.bursts.gap_density),
        burst_duration: ms(facts.bursts.burst_packets * facts.packet_ms),
        gap_duration: ms(facts.bursts.gap_packets * facts.packet_ms),
        round_trip_delay: facts.rtt_ms.map_or(0, ms),
        end_system_delay: playout.delay_ms,
        signal_level: UNKNOWN,
        noise_level: UNKNOWN,
        rerl: UNKNOWN,
        gmin: GMIN as u8,
        rfactor: playout.r_factor.unwrap_or(UNKNOWN),
        ext_rfactor: UNKNOWN,
        mos_lq: UNKNOWN,
        mos_cq: UNKNOWN,
        rx_config: CONFIG,
        reserved: 0,
        jb_nominal: playout.buffer_ms,
        jb_maximum: playout.buffer_ms,
        jb_abs_max: playout.buffer_most_ms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_come_once_a_second_at_uneven_times() {
        let start = Instant::now();
        let mut table = Timetable::new(Chance::from_number(1));
        assert!(!table.is_due(start) && table.next().is_none(), "nothing flows yet");
        table.begin(start);
        let mut gaps = Vec::new();
        let mut last = start;
        for ms in 1..60_000 {
            let now = start + Duration::from_millis(ms);
            if table.is_due(now) {
                gaps.push(now - last);
                last = now;
            }
        }
        assert!((50..=70).contains(&gaps.len()), "{}", gaps.len());
        assert!(gaps.iter().all(|gap| (750..=1251).contains(&gap.as_millis())), "{gaps:?}");
        assert!(gaps.iter().max() > gaps.iter().min());
    }

    #[test]
    fn ntp_counts_from_1900() {
        let table = Timetable::new(Chance::from_number(1));
        let ntp = table.ntp(Instant::now());
        let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        assert!((ntp >> 32).abs_diff(unix + NTP_TO_UNIX_S) <= 1);
        let later = table.ntp(Instant::now() + Duration::from_millis(500));
        assert!((0x7000_0000..0x9000_0000).contains(&(later - ntp)), "half a second");
    }
}
