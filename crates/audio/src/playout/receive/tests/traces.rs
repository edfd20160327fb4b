//! What networks do, with bounds on what is heard of it.

use super::FrameKind::{Concealed, Fec, Normal, Silence};
use super::*;

/// Adds to each arrival.
fn delayed(mut sent: Vec<Sent>, mut delay_ms: impl FnMut(usize) -> f64) -> Vec<Sent> {
    for (k, packet) in sent.iter_mut().enumerate() {
        packet.arrives_us += (delay_ms(k) * 1000.0) as u64;
    }
    sent
}

/// A queue: nobody overtakes.
fn in_order(mut sent: Vec<Sent>) -> Vec<Sent> {
    let mut last = 0;
    for packet in &mut sent {
        last = packet.arrives_us.max(last);
        packet.arrives_us = last;
    }
    sent
}

/// Gilbert's model: bursts of `burst` packets on average, `share` lost in all.
fn gilbert(sent: Vec<Sent>, share: f64, burst: f64, seed: u64) -> Vec<Sent> {
    let mut chance = Chance(seed);
    let (leave, enter) = (1.0 / burst, share / burst / (1.0 - share));
    let mut bad = false;
    sent.into_iter()
        .filter(|_| {
            bad = if bad { chance.next() >= leave } else { chance.next() < enter };
            !bad
        })
        .collect()
}

#[test]
fn a_clean_network_costs_little_delay_and_no_invention() {
    let mut chance = Chance(1);
    let heard = play(delayed(stream(1500, 7, 1000), |_| 2.0 * chance.next()), 3000);
    assert_eq!(runs(&heard.kinds), [(Silence, 1), (Normal, 2999)]);
    assert!(heard.mean_delay_ms(100) <= 30.0, "{} ms", heard.mean_delay_ms(100));
    assert!(heard.stats.stretches <= 8, "{:?}", heard.stats);
    assert_eq!((heard.stats.target_ms, heard.stats.late, heard.stats.underruns), (20, 0, 0));
}

#[test]
fn the_first_packet_sounds_at_once_and_the_first_second_does_not_crackle() {
    // Whatever the moment between two frames at which the first packet comes.
    for phase_us in (0..10_000).step_by(500) {
        let mut chance = Chance(phase_us);
        let sent = delayed(stream(60, 7, 1000), |_| phase_us as f64 / 1000.0 + 1.5 * chance.next());
        let first = sent[0].arrives_us.div_ceil(10_000) as usize;
        let heard = play(sent, 110);
        assert_eq!(heard.kinds[first], Normal, "the frame after the first packet");
        assert!(heard.count(Concealed) <= 1, "{phase_us}: {:?}", runs(&heard.kinds));
        assert_eq!(heard.stats.late, 0);
        assert!((12..=32).contains(&heard.stats.delay_ms), "{phase_us}: {:?}", heard.stats);
    }
}

#[test]
fn uniform_jitter_is_followed_within_seconds_and_then_left_alone() {
    for seed in 1..=5 {
        let mut chance = Chance(seed);
        let heard = play(in_order(delayed(stream(1500, 7, 1000), |_| 160.0 * chance.next())), 2990);
        let settled = &heard.kinds[300..];
        let concealed = settled.iter().filter(|kind| **kind != Normal).count();
        assert!(concealed <= settled.len() / 100, "{seed}: {:?}", runs(settled));
        assert!((80.0..=190.0).contains(&heard.mean_delay_ms(300)), "{seed}: {} ms", heard.mean_delay_ms(300));
        assert!(heard.stats.stretches <= 60, "{seed}: {:?}", heard.stats);
    }
}

#[test]
fn exponential_jitter_costs_a_bounded_share() {
    for (mean, most_delay) in [(10.0, 85.0), (30.0, 190.0)] {
        let mut chance = Chance(3);
        let jitter = |_| -mean * (1.0 - chance.next()).ln();
        let heard = play(delayed(stream(1500, 7, 1000), jitter), 2990);
        let repaired = heard.kinds[300..].iter().filter(|kind| **kind != Normal).count();
        assert!(repaired <= 80, "{mean}: {repaired} of 2690 frames, {:?}", heard.stats);
        assert!(heard.mean_delay_ms(300) <= most_delay, "{mean}: {} ms, {:?}", heard.mean_delay_ms(300), heard.stats);
    }
}

#[test]
fn a_longer_way_is_followed_and_the_delay_comes_back() {
    let heard = play(delayed(stream(2000, 7, 1000), |k| if k < 500 { 0.0 } else { 70.0 }), 3900);
    assert!(heard.stats.concealed_frames <= 8, "{:?}", heard.stats);
    assert!(heard.stats.delay_ms <= 35, "{:?}", heard.stats);
    let back = play(delayed(stream(2000, 7, 1000), |k| if k < 500 { 70.0 } else { 0.0 }), 3900);
    assert_eq!(back.stats.concealed_frames, 0, "{:?}", back.stats);
    assert!(back.stats.delay_ms <= 35, "{:?}", back.stats);
}

#[test]
fn pauses_of_a_wireless_network_are_learned() {
    // Nothing for 120 ms every two seconds, then all at once.
    let pause = |k: usize| if k % 100 < 6 { 120.0 - 20.0 * (k % 100) as f64 } else { 0.0 };
    let heard = play(delayed(stream(2000, 7, 1000), |k| if k < 60 { 0.0 } else { pause(k) }), 3990);
    let late = heard.kinds[1000..].iter().filter(|kind| **kind != Normal).count();
    assert!(late <= 6, "{:?}", runs(&heard.kinds));
    assert!((110..=160).contains(&heard.stats.delay_ms), "{:?}", heard.stats);
}

#[test]
fn lost_packets_are_restored_from_those_behind() {
    for seed in 1..=5 {
        let mut chance = Chance(seed);
        let mut sent = stream(1500, 7, 1000);
        sent.retain(|_| chance.next() >= 0.1);
        let heard = play(sent, 2990);
        let fec = heard.count(Fec);
        assert!(fec >= 200, "{seed}: {fec} of about 300 lost frames, {:?}", heard.stats);
        assert!(heard.count(Concealed) <= 90, "{seed}: {:?}", heard.stats);
        assert!((30.0..=60.0).contains(&heard.mean_delay_ms(300)), "{seed}: {} ms", heard.mean_delay_ms(300));
        assert!(!heard.stats.loss.is_bursty() && (heard.stats.loss.percent() - 10.0).abs() < 5.0);
    }
}

#[test]
fn bursts_are_seen_as_such_and_survived() {
    let heard = play(gilbert(stream(1500, 7, 1000), 0.2, 10.0, 5), 2990);
    assert!(heard.stats.loss.is_bursty(), "{:?}", heard.stats.loss);
    assert!(heard.count(Normal) + heard.count(Fec) >= 2990 * 7 / 10, "{:?}", heard.stats);
    assert!(heard.mean_delay_ms(300) <= 80.0, "{} ms", heard.mean_delay_ms(300));
}

#[test]
fn drift_of_200_ppm_is_absorbed_both_ways_unheard() {
    for (name, period_us) in [("fast", 19_996), ("slow", 20_004)] {
        let mut sent = stream(12_000, 7, 1000);
        sent.iter_mut().enumerate().for_each(|(k, packet)| packet.arrives_us = k as u64 * period_us + 4000);
        let heard = play(sent, 23_900);
        assert_eq!(heard.count(Concealed), 0, "{name}: {:?}", heard.stats);
        assert!(heard.delays[200..].iter().all(|delay| (8..=36).contains(delay)), "{name}");
        // 48 ms in four minutes.
        assert!((3..=25).contains(&heard.stats.stretches), "{name}: {:?}", heard.stats);
    }
}

#[test]
fn overtaking_that_happens_often_is_waited_for() {
    // Every fifth packet comes 30 ms later, behind its successor.
    let heard = play(delayed(stream(1500, 7, 1000), |k| if k % 5 == 4 { 30.0 } else { 0.0 }), 2990);
    assert!(heard.stats.reordered >= 290, "{:?}", heard.stats);
    let settled = &heard.kinds[300..];
    assert!(settled.iter().filter(|kind| **kind != Normal).count() <= 2, "{:?}", runs(settled));
    assert!(heard.mean_delay_ms(300) <= 60.0, "{} ms", heard.mean_delay_ms(300));
}

#[test]
fn a_single_pause_costs_one_repair_and_no_lasting_delay() {
    let heard = play(in_order(delayed(stream(1500, 7, 1000), |k| if k == 500 { 100.0 } else { 0.0 })), 2990);
    assert!(heard.count(Concealed) <= 10, "{:?}", runs(&heard.kinds));
    assert_eq!(heard.stats.late, 0);
    assert!(heard.delays[2000] <= 60, "{:?} ms ten seconds later", heard.delays[2000]);
    assert!(heard.stats.delay_ms <= 36, "{:?}", heard.stats);
}
