//! What is measured of a call each second, and what follows from it for our voice.

use std::time::Duration;

use audio::codec::protect::{FarEnd, Limits, LinkReport, Protection, Protector};
use base::Now;
use media::{Negotiated, Playout, Stats};
use model::VoiceProtection;
use phone::{Measured, WayMeasured};

use crate::audio::CallSound;

/// Seconds matter to a listener; more often would only cost.
pub(crate) const WATCH_EVERY: Duration = Duration::from_secs(1);
/// Most that our receive buffer waits.
const MOST_BUFFER_MS: u16 = 1000;
/// Encoder, half a packet, card and driver of this side, estimated.
const OWN_DELAY_MS: u32 = 40;

/// Watches one call.
pub(crate) struct Watch {
    protector: Protector,
    most_bitrate: Option<u32>,
    reports: u64,
    /// Packets received and late when it was looked last.
    seen: (u64, u64),
}

impl Watch {
    pub(crate) fn new(now: Now) -> Watch {
        Watch { protector: Protector::new(Limits::default(), now), most_bitrate: None, reports: 0, seen: (0, 0) }
    }

    /// Takes the far end's last report, if there is a new one: how to send from now on.
    pub(crate) fn protect(&mut self, agreed: &Negotiated, network: &Stats, now: Now) -> Option<Protection> {
        if self.most_bitrate != agreed.most_bitrate {
            self.most_bitrate = agreed.most_bitrate;
            let limits = Limits::default();
            let codec_bitrate = agreed.most_bitrate.unwrap_or(limits.codec_bitrate);
            self.protector = Protector::new(Limits { codec_bitrate, ..limits }, now);
        }
        self.protector.far_end(FarEnd {
            dred: agreed.dred,
            red: agreed.red.is_some(),
            // Who announces our version has our receive buffer, which waits longer as soon as DRED comes in bursts.
            waits_100_ms: agreed.dred,
        });
        if network.reports_in == self.reports {
            return None;
        }
        self.reports = network.reports_in;
        let report = LinkReport {
            lost: network.fraction_lost_out?,
            rtt_ms: network.rtt_ms,
            jitter_ms: network.jitter_out_ms.unwrap_or(0.0),
            mean_burst: network.burst_out,
        };
        Some(self.protector.report(&report, now))
    }

    /// What our reports tell of our playing.
    pub(crate) fn playout(&mut self, sound: &CallSound) -> Playout {
        let stats = &sound.receive;
        let ms = |ms: u32| u16::try_from(ms).unwrap_or(u16::MAX);
        let now = (stats.received, stats.late);
        let (received, late) = (now.0.saturating_sub(self.seen.0), now.1.saturating_sub(self.seen.1));
        self.seen = now;
        Playout {
            late: late as f32 / (received + late).max(1) as f32,
            buffer_ms: ms(stats.target_ms),
            buffer_most_ms: MOST_BUFFER_MS,
            delay_ms: ms(stats.delay_ms + OWN_DELAY_MS),
            r_factor: None,
        }
    }

    /// The second as the phone takes it.
    pub(crate) fn measured(&self, agreed: &Negotiated, network: &Stats, sound: Option<&CallSound>) -> Measured {
        let receive = sound.map(|sound| sound.receive).unwrap_or_default();
        let protection = self.protector.protection();
        let is_opus = agreed.codec.kind == base::CodecKind::Opus;
        Measured {
            heard: WayMeasured {
                codec: network.codec_in,
                packets: network.received_packets,
                lost_packets: network.lost_in.unwrap_or(0),
                lost: network.fraction_lost_in,
                burst: network.burst_in,
                jitter_ms: network.jitter_in_ms,
            },
            spoken: WayMeasured {
                codec: network.codec_out,
                packets: network.sent_packets,
                lost_packets: network.lost_out.map_or(0, u64::from),
                lost: network.fraction_lost_out,
                burst: network.burst_out,
                jitter_ms: network.jitter_out_ms,
            },
            sends: agreed.direction.sends(),
            receives: agreed.direction.receives(),
            rtt_ms: network.rtt_ms,
            server_rtt_ms: None,
            buffer_ms: receive.delay_ms,
            played_frames: receive.played_frames + receive.comfort_frames,
            repaired_frames: receive.fec_frames + receive.dred_frames,
            concealed_frames: receive.concealed_frames,
            late_packets: receive.late,
            stalled_packets: network.dropped_out + network.dropped_in + sound.map_or(0, |sound| sound.queue_dropped),
            far_late: network.far.map(|far| far.late),
            far_delay_ms: network.far.map(|far| u32::from(far.delay_ms)),
            microphone_fault: false,
            protection: VoiceProtection {
                fec: is_opus && protection.fec,
                dred: is_opus && protection.dred_ms > 0,
                red: (is_opus && protection.red) || protection.repeat,
            },
        }
    }
}
