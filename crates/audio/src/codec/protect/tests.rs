use super::*;

struct Link {
    protector: Protector,
    seconds: u64,
}

impl Link {
    fn to(far: FarEnd) -> Self {
        Link::limited(far, Limits::default())
    }

    fn limited(far: FarEnd, limits: Limits) -> Self {
        let mut protector = Protector::new(limits, Now::ZERO);
        protector.far_end(far);
        Link { protector, seconds: 0 }
    }

    /// The same report every five seconds, as RTCP would.
    fn reports(&mut self, count: usize, report: LinkReport) -> Protection {
        for _ in 0..count {
            self.seconds += 5;
            self.protector.report(&report, Now::from_millis(self.seconds * 1000));
        }
        self.protector.protection()
    }
}

const ALL: FarEnd = FarEnd { dred: true, red: true, waits_100_ms: true };
const DRED: FarEnd = FarEnd { dred: true, red: false, waits_100_ms: true };
const RED: FarEnd = FarEnd { dred: false, red: true, waits_100_ms: false };
const PLAIN: FarEnd = FarEnd { dred: false, red: false, waits_100_ms: false };

fn lost(lost: f32, burst: f32) -> LinkReport {
    LinkReport { lost, rtt_ms: Some(40.0), jitter_ms: 3.0, mean_burst: Some(burst) }
}

#[test]
fn fec_for_two_percent_is_the_floor() {
    let mut link = Link::to(PLAIN);
    assert_eq!(link.protector.protection(), Protection::default());
    let clean = link.reports(20, lost(0.0, 1.0));
    assert_eq!((clean.fec, clean.loss_percent, clean.bitrate), (true, 2, 40_000));
    assert_eq!(link.reports(3, lost(0.9, 1.0)).loss_percent, 25, "more makes the copies no better");
}

#[test]
fn rising_loss_is_believed_at_once_and_falling_loss_slowly() {
    let mut link = Link::limited(PLAIN, Limits { most_bitrate: 60_000, ..Limits::default() });
    link.reports(4, lost(0.0, 1.0));
    assert!(link.reports(1, lost(0.2, 1.0)).loss_percent >= 18);
    assert!(link.reports(1, lost(0.0, 1.0)).loss_percent >= 13, "one good report is no good link");
    assert_eq!(link.reports(12, lost(0.0, 1.0)).loss_percent, 2);
}

/// PESQ-WB of the table in docs/protocols/audio.md for what each plan sends.
fn measured(protection: &Protection, column: usize) -> f32 {
    let row = match (protection.red || protection.repeat, protection.fec, protection.dred_ms > 0) {
        (true, ..) => [4.37, 4.24, 3.98, 3.53, 2.72, 3.51, 2.39, 1.81, 1.66],
        (_, true, false) => [4.37, 3.96, 3.63, 3.20, 2.49, 3.44, 2.32, 1.75, 1.59],
        #[expect(clippy::approx_constant, reason = "measured, not π")]
        (_, false, true) => [4.37, 3.50, 3.14, 2.77, 2.56, 3.53, 2.61, 2.51, 2.47],
        (_, true, true) => [4.37, 3.96, 3.63, 3.20, 2.66, 3.44, 2.32, 1.75, 1.88],
        (_, false, false) => [0.0; 9],
    };
    row[column]
}

#[test]
fn never_worse_than_the_best_single_strategy_that_the_far_end_understands() {
    let columns = [
        (0.0, 1.0),
        (0.05, 1.05),
        (0.102, 1.11),
        (0.192, 1.24),
        (0.297, 1.42),
        (0.037, 4.0),
        (0.142, 4.0),
        (0.234, 4.0),
        (0.291, 4.0),
    ];
    let plan = |fec, dred_ms, red| Protection { fec, dred_ms, red, ..Protection::default() };
    for far in [PLAIN, DRED, RED, ALL] {
        let mut known = vec![plan(true, 0, false)];
        if far.dred {
            known.extend([plan(false, DRED_MS, false), plan(true, DRED_MS, false)]);
        }
        if far.red {
            known.push(plan(false, 0, true));
        }
        for (column, (share, burst)) in columns.into_iter().enumerate() {
            let ours = Link::to(far).reports(6, lost(share, burst));
            let best = known.iter().map(|plan| measured(plan, column)).fold(0.0, f32::max);
            let got = measured(&ours, column);
            assert!(
                got >= best - 0.1,
                "{far:?}, {share} lost in runs of {burst}: {ours:?} gives {got}, {best} is possible"
            );
        }
    }
}

#[test]
fn without_a_burst_picture_or_with_a_short_buffer_there_is_no_dred() {
    let unknown = LinkReport { mean_burst: None, ..lost(0.1, 1.0) };
    assert_eq!(Link::to(DRED).reports(6, unknown).dred_ms, 0);
    let short = FarEnd { waits_100_ms: false, ..DRED };
    let protection = Link::to(short).reports(6, lost(0.1, 5.0));
    assert_eq!((protection.dred_ms, protection.fec), (0, true));
}

#[test]
fn the_plan_does_not_flutter_between_two_reports() {
    let mut link = Link::to(DRED);
    link.reports(4, lost(0.1, 4.0));
    let mut changes = 0;
    let mut before = link.protector.protection().dred_ms;
    for n in 0..40 {
        let now = link.reports(1, lost(0.1, if n % 2 == 0 { 1.4 } else { 1.6 })).dred_ms;
        changes += usize::from(now != before);
        before = now;
    }
    assert!(changes <= 1, "{changes} changes");
    assert_eq!(link.reports(12, lost(0.1, 1.0)).dred_ms, 0, "single losses again: FEC");
}

#[test]
fn a_full_link_gets_less_and_recovers() {
    let mut link = Link::to(ALL);
    assert!(link.reports(3, lost(0.06, 1.0)).red, "loss on the air is answered with copies");
    let full = LinkReport { lost: 0.1, rtt_ms: Some(300.0), jitter_ms: 60.0, mean_burst: Some(1.2) };
    let protection = link.reports(4, full);
    assert_eq!((protection.red, protection.fec), (false, true));
    assert!(protection.bitrate < 30_000, "{protection:?}");
    assert_eq!(link.reports(20, full).bitrate, 16_000, "not below what wideband needs");
    let back = link.reports(20, lost(0.0, 1.0));
    assert_eq!((back.bitrate, back.red, back.loss_percent), (40_000, false, 2));
}

#[test]
fn loss_with_a_steady_round_trip_is_not_congestion() {
    let mut link = Link::limited(PLAIN, Limits { most_bitrate: 60_000, ..Limits::default() });
    assert_eq!(link.reports(20, lost(0.2, 1.3)).bitrate, 56_000);
    let jittery = LinkReport { jitter_ms: 50.0, ..lost(0.1, 1.0) };
    assert_eq!(link.reports(20, jittery).bitrate, 56_000, "jitter alone (Wi-Fi) is not a queue");
}

#[test]
fn lost_packets_get_better_copies_while_there_is_room() {
    // No room for each packet twice.
    let mut link = Link::limited(PLAIN, Limits { most_bitrate: 60_000, ..Limits::default() });
    assert_eq!(link.reports(4, lost(0.01, 1.0)).bitrate, 40_000, "little is lost");
    assert_eq!(link.reports(4, lost(0.04, 1.0)).bitrate, 48_000);
    assert_eq!(link.reports(1, lost(0.2, 1.0)).bitrate, 56_000, "the first report of much loss");
    let full = LinkReport { lost: 0.2, rtt_ms: Some(300.0), jitter_ms: 60.0, mean_burst: None };
    assert!(link.reports(2, full).bitrate <= 30_000, "all of it goes at once when the link turns out to be full");
    let mut narrow = Link::limited(PLAIN, Limits { most_bitrate: 44_000, ..Limits::default() });
    assert_eq!(narrow.reports(4, lost(0.2, 1.0)).bitrate, 44_000);
}

#[test]
fn where_nothing_better_is_known_each_packet_is_sent_twice() {
    let mut link = Link::to(PLAIN);
    assert!(!link.reports(3, lost(0.06, 1.0)).repeat, "FEC mends that");
    let much = link.reports(1, lost(0.2, 1.0));
    assert_eq!((much.repeat, much.fec, much.bitrate), (true, true, 32_000));
    assert!(much.loss_percent <= 8, "few of two copies are lost: {much:?}");
    for far in [DRED, RED, ALL] {
        assert!(!Link::to(far).reports(6, lost(0.2, 3.0)).repeat, "{far:?} knows better");
    }
    let narrow = Limits { most_bitrate: 48_000, ..Limits::default() };
    assert!(!Link::limited(PLAIN, narrow).reports(6, lost(0.2, 1.0)).repeat, "no room");
}

/// RFC 7587 §6.1: the far end says how fast Opus may be, not how often a packet may come.
#[test]
fn a_limit_of_the_codec_leaves_room_for_copies() {
    let mut link = Link::limited(PLAIN, Limits { codec_bitrate: 32_000, ..Limits::default() });
    assert_eq!(link.reports(3, lost(0.06, 1.0)).bitrate, 32_000, "no more for better copies");
    let much = link.reports(2, lost(0.2, 1.0));
    assert_eq!((much.repeat, much.bitrate), (true, 32_000));
    let mut slow = Link::limited(PLAIN, Limits { codec_bitrate: 20_000, ..Limits::default() });
    assert_eq!(slow.reports(4, lost(0.2, 1.0)).bitrate, 20_000);
}

#[test]
fn copies_blind_the_reports_and_are_looked_behind_now_and_then() {
    // Reports every five seconds: this far end counts both copies, so that it sees nothing lost while there are copies.
    let mut link = Link::to(PLAIN);
    link.reports(2, lost(0.2, 1.0));
    let mut with = 0;
    let mut now = link.protector.protection();
    for _ in 0..40 {
        now = link.reports(1, lost(if now.repeat { 0.0 } else { 0.2 }, 1.0));
        with += usize::from(now.repeat);
    }
    assert!(with >= 24, "{with} of 40 reports later there were copies");
    // The link is good again: the next look ends it.
    assert!(!link.reports(12, lost(0.0, 1.0)).repeat);
    // A link that fills up ends it at once.
    let mut link = Link::to(PLAIN);
    link.reports(4, lost(0.2, 1.0));
    let full = LinkReport { lost: 0.0, rtt_ms: Some(300.0), jitter_ms: 60.0, mean_burst: None };
    assert!(!link.reports(2, full).repeat, "although no loss is seen");
}

#[test]
fn limits_are_kept() {
    let narrow = Limits { most_bitrate: 40_000, complexity: 5, ..Limits::default() };
    let mut link = Link::limited(RED, narrow);
    assert!(!link.reports(4, lost(0.05, 1.0)).red, "copies at 20 kbit/s cost more than 5 % loss does");
    let protection = link.reports(4, lost(0.15, 1.0));
    assert_eq!((protection.red, protection.bitrate, protection.complexity), (true, 20_000, 5));
    assert!(!Link::limited(RED, Limits { most_bitrate: 24_000, ..Limits::default() }).reports(6, lost(0.2, 1.0)).red);
}

#[test]
fn what_the_far_end_takes_no_longer_ends_at_once() {
    let mut link = Link::to(RED);
    assert!(link.reports(3, lost(0.1, 1.0)).red);
    link.protector.far_end(PLAIN);
    assert!(!link.reports(1, lost(0.1, 1.0)).red);
}

proptest::proptest! {
    #[test]
    fn any_report_gives_something_that_the_encoder_takes(
        reports in proptest::collection::vec((proptest::num::f32::ANY, proptest::option::of(proptest::num::f32::ANY),
            proptest::num::f32::ANY, proptest::option::of(proptest::num::f32::ANY), 0u64..20_000), 1..40),
        dred: bool, red: bool, waits_100_ms: bool, most_bitrate in 0u32..200_000, codec_bitrate in 0u32..200_000,
    ) {
        let mut link = Protector::new(Limits { most_bitrate, codec_bitrate, ..Limits::default() }, Now::ZERO);
        link.far_end(FarEnd { dred, red, waits_100_ms });
        let mut at = 0;
        for (lost, rtt_ms, jitter_ms, mean_burst, gap) in reports {
            at += gap;
            let out = link.report(&LinkReport { lost, rtt_ms, jitter_ms, mean_burst }, Now::from_millis(at));
            proptest::prop_assert!((2..=25).contains(&out.loss_percent));
            proptest::prop_assert!((6_000..=most_bitrate.min(codec_bitrate).clamp(6_000, 64_000)).contains(&out.bitrate));
            proptest::prop_assert!(out.fec || out.red || out.dred_ms > 0);
        }
    }
}
