//! Measurements as events.

use base::CallId;
use engine::{CallStats, CodecKind, Fault, Passport, Quality, WayPassport, WayQuality};
use serde_json::{Value, json};

/// Counters of a call, and how it sounds.
pub fn stats(call: CallId, stats: &CallStats, quality: Option<&Quality>) -> Value {
    let network = stats.network.map(|n| {
        json!({
            "codec_out": n.codec_out.map(CodecKind::code),
            "codec_in": n.codec_in.map(CodecKind::code),
            "sent_packets": n.sent_packets,
            "sent_bytes": n.sent_bytes,
            "received_packets": n.received_packets,
            "received_bytes": n.received_bytes,
            "dropped_out": n.dropped_out,
            "dropped_in": n.dropped_in,
            "ignored_in": n.ignored_in,
            "repaired_in": n.repaired_in,
            "lost_in": n.lost_in,
            "fraction_lost_in": n.fraction_lost_in,
            "burst_in": n.burst_in,
            "lost_out": n.lost_out,
            "fraction_lost_out": n.fraction_lost_out,
            "burst_out": n.burst_out,
            "jitter_in_ms": n.jitter_in_ms,
            "jitter_out_ms": n.jitter_out_ms,
            "rtt_ms": n.rtt_ms,
            "reports_in": n.reports_in,
        })
    });
    let buffer = stats.sound.as_ref().map(|sound| {
        let r = &sound.receive;
        json!({
            "delay_ms": r.delay_ms,
            "target_ms": r.target_ms,
            "received": r.received,
            "redundant": r.redundant,
            "duplicates": r.duplicates,
            "late": r.late,
            "reordered": r.reordered,
            "malformed": r.malformed,
            "skipped": r.skipped,
            "played_frames": r.played_frames,
            "fec_frames": r.fec_frames,
            "dred_frames": r.dred_frames,
            "concealed_frames": r.concealed_frames,
            "comfort_frames": r.comfort_frames,
            "concealment_events": r.concealment_events,
            "accelerated_samples": r.accelerated_samples,
            "slowed_samples": r.slowed_samples,
            "underruns": r.underruns,
            "queue_dropped": sound.queue_dropped,
        })
    });
    let quality = quality.map(|q| {
        json!({
            "heard": way(&q.heard),
            "spoken": way(&q.spoken),
            "rtt_ms": q.rtt_ms,
            "delay_ms": q.delay_ms,
            "buffer_ms": q.buffer_ms,
            "concealed": q.concealed,
            "repaired": q.repaired,
            "late": q.late,
            "fec": q.protection.fec,
            "dred": q.protection.dred,
            "red": q.protection.red,
            "fault": q.fault.map(fault),
        })
    });
    json!({"event": "stats", "call": call.0, "network": network, "buffer": buffer, "quality": quality})
}

/// How a whole call sounded.
pub fn passport(call: CallId, passport: &Passport) -> Value {
    let p = passport;
    json!({
        "event": "passport",
        "call": call.0,
        "seconds": p.seconds,
        "heard": whole_way(&p.heard),
        "spoken": whole_way(&p.spoken),
        "rtt_ms": p.rtt_ms,
        "rtt_most_ms": p.rtt_most_ms,
        "buffer_ms": p.buffer_ms,
        "concealed_permille": p.concealed_permille,
        "repaired_permille": p.repaired_permille,
        "late_permille": p.late_permille,
        "microphone_s": p.microphone_s,
        "computer_s": p.computer_s,
        "own_network_s": p.own_network_s,
        "far_end_s": p.far_end_s,
        "fault": p.fault.map(fault),
    })
}

fn way(way: &WayQuality) -> Value {
    json!({
        "codec": way.codec.map(CodecKind::code),
        "mos": way.mos,
        "lost": way.lost,
        "burst": way.burst,
        "jitter_ms": way.jitter_ms,
    })
}

fn whole_way(way: &WayPassport) -> Value {
    let score = |hundredths: u32| f64::from(hundredths) / 100.0;
    json!({
        "codec": way.codec.map(CodecKind::code),
        "packets": way.packets,
        "lost": way.lost,
        "mos": way.mos_hundredths.map(score),
        "mos_least": way.mos_least_hundredths.map(score),
        "jitter_ms": way.jitter_ms,
        "jitter_most_ms": way.jitter_most_ms,
    })
}

fn fault(fault: Fault) -> Value {
    json!({"side": fault.side.code(), "cause": fault.cause.code()})
}
