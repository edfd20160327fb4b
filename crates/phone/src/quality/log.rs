//! One call's quality, second by second, and the sum of it.

use std::collections::VecDeque;

use base::CodecKind;
use model::{Fault, FaultySide, Passport, Quality, WayPassport, WayQuality};

use super::emodel::{Impairments, mos, r_factor};
use super::judge::{Second, judge};
use super::{Measured, WayMeasured};

/// A fault is shown when it was there in so many of the last seconds: one bad second is no reason to alarm anybody.
const SHOWN: usize = 2;
const REMEMBERED: usize = 5;
/// Seconds that make a fault worth keeping in the passport.
const NOTICEABLE_S: u32 = 3;
/// The lowest score is that of so many seconds together.
const WINDOW: usize = 5;
/// Half a packet of 20 ms, encoder, card and driver at both ends, without buffers.
const FIXED_DELAY_MS: f32 = 60.0;

/// Collects what was measured of one call.
#[derive(Debug, Default)]
pub(crate) struct QualityLog {
    last: Option<Measured>,
    faults: VecDeque<Option<Fault>>,
    /// How often each fault was there.
    counted: Vec<(Fault, u32)>,
    seconds: u32,
    silent_s: u32,
    heard: Way,
    spoken: Way,
    rtt: Spread,
    buffer: Spread,
}

/// Sums of one direction.
#[derive(Debug, Default)]
struct Way {
    mos: Spread,
    recent: VecDeque<f32>,
    least: Option<f32>,
    jitter: Spread,
}

#[derive(Debug, Default)]
struct Spread {
    sum: f64,
    count: u32,
    most: f32,
}

impl QualityLog {
    /// Takes a second of a call whose media is up; gives the judgement on it.
    pub(crate) fn add(&mut self, now: Measured) -> Quality {
        let before = self.last.replace(now);
        let since = |of: fn(&Measured) -> u64| of(&now).saturating_sub(before.as_ref().map_or(0, of));
        let received = since(|m| m.heard.packets);
        self.silent_s = if received > 0 || !now.receives { 0 } else { self.silent_s + 1 };
        let second = Second {
            received,
            late: since(|m| m.late_packets),
            stalled: since(|m| m.stalled_packets),
            silent_s: self.silent_s,
        };
        let played = since(|m| m.played_frames);
        let repaired = since(|m| m.repaired_frames);
        let concealed = since(|m| m.concealed_frames);
        let all = (played + repaired + concealed).max(1) as f32;
        let share = |part: u64| part as f32 / all;

        // The very first second is the time of connecting.
        let fault = if before.is_some() { judge(&now, &second) } else { None };
        self.remember(fault);
        let one_way = now.rtt_ms.map(|rtt| rtt / 2.0 + FIXED_DELAY_MS);
        let delay = one_way.map(|ms| ms + now.buffer_ms as f32);
        let heard = now.receives.then(|| {
            let lost = share(concealed);
            let burst = now.heard.burst.unwrap_or(1.0);
            score(&now.heard, lost, burst, false, delay.unwrap_or(0.0))
        });
        let spoken = now.spoken.lost.filter(|_| now.sends).map(|lost| {
            let delay = one_way.unwrap_or(0.0) + now.far_delay_ms.unwrap_or(0) as f32;
            let lost = (lost + now.far_late.unwrap_or(0.0)).min(1.0);
            score(&now.spoken, lost, now.spoken.burst.unwrap_or(1.0), now.protection.fec, delay)
        });

        self.seconds += 1;
        self.heard.add(heard, now.heard.jitter_ms);
        self.spoken.add(spoken, now.spoken.jitter_ms);
        self.rtt.add(now.rtt_ms);
        self.buffer.add(Some(now.buffer_ms as f32));
        let way = |way: &WayMeasured, mos| WayQuality {
            codec: way.codec,
            mos,
            lost: way.lost,
            burst: way.burst,
            jitter_ms: way.jitter_ms,
        };
        Quality {
            heard: way(&now.heard, heard),
            spoken: way(&now.spoken, spoken),
            rtt_ms: now.rtt_ms,
            delay_ms: delay.map(|ms| ms as u32),
            buffer_ms: now.buffer_ms,
            concealed: share(concealed),
            repaired: share(repaired),
            late: second.late as f32 / (second.received + second.late).max(1) as f32,
            protection: now.protection,
            fault: self.shown(),
        }
    }

    /// The sum; `None` when nothing was measured.
    pub(crate) fn passport(&self) -> Option<Passport> {
        let last = self.last.as_ref()?;
        let all = (last.played_frames + last.repaired_frames + last.concealed_frames).max(1);
        let permille = |part: u64, whole: u64| u32::try_from(part * 1000 / whole.max(1)).unwrap_or(u32::MAX);
        let seconds = |side| self.counted.iter().filter(|(fault, _)| fault.side == side).map(|(_, s)| *s).sum();
        let worst = self.counted.iter().filter(|(_, s)| *s >= NOTICEABLE_S).max_by_key(|(_, s)| *s);
        Some(Passport {
            seconds: self.seconds,
            heard: self.heard.passport(&last.heard),
            spoken: self.spoken.passport(&last.spoken),
            rtt_ms: self.rtt.mean(),
            rtt_most_ms: self.rtt.most(),
            buffer_ms: self.buffer.mean().unwrap_or(0),
            concealed_permille: permille(last.concealed_frames, all),
            repaired_permille: permille(last.repaired_frames, all),
            late_permille: permille(last.late_packets, last.heard.packets + last.late_packets),
            microphone_s: seconds(FaultySide::Microphone),
            computer_s: seconds(FaultySide::Computer),
            own_network_s: seconds(FaultySide::OwnNetwork),
            far_end_s: seconds(FaultySide::FarEnd),
            fault: worst.map(|(fault, _)| *fault),
        })
    }

    fn remember(&mut self, fault: Option<Fault>) {
        if self.faults.len() == REMEMBERED {
            self.faults.pop_front();
        }
        self.faults.push_back(fault);
        let Some(fault) = fault else { return };
        // As many entries as there are sides and causes, at most.
        match self.counted.iter_mut().find(|(known, _)| *known == fault) {
            Some((_, seconds)) => *seconds += 1,
            None => self.counted.push((fault, 1)),
        }
    }

    /// The newest fault that was there often enough.
    fn shown(&self) -> Option<Fault> {
        let often = |fault: &Fault| self.faults.iter().filter(|seen| **seen == Some(*fault)).count() >= SHOWN;
        self.faults.iter().rev().flatten().find(|fault| often(fault)).copied()
    }
}

fn score(way: &WayMeasured, lost: f32, burst: f32, fec: bool, delay_ms: f32) -> f32 {
    let codec = way.codec.unwrap_or(CodecKind::Opus);
    mos(r_factor(&Impairments { codec, lost, burst, fec, delay_ms }))
}

impl Way {
    fn add(&mut self, mos: Option<f32>, jitter_ms: Option<f32>) {
        self.jitter.add(jitter_ms);
        self.mos.add(mos);
        let Some(mos) = mos else { return };
        if self.recent.len() == WINDOW {
            self.recent.pop_front();
        }
        self.recent.push_back(mos);
        if self.recent.len() == WINDOW {
            let mean = self.recent.iter().sum::<f32>() / WINDOW as f32;
            self.least = Some(self.least.map_or(mean, |least| least.min(mean)));
        }
    }

    fn passport(&self, last: &WayMeasured) -> WayPassport {
        WayPassport {
            codec: last.codec,
            packets: last.packets,
            lost: last.lost_packets,
            mos_hundredths: self.mos.mean_of(100.0),
            mos_least_hundredths: self.least.map(|mos| (mos * 100.0).round() as u32).or(self.mos.mean_of(100.0)),
            jitter_ms: self.jitter.mean(),
            jitter_most_ms: self.jitter.most(),
        }
    }
}

impl Spread {
    fn add(&mut self, value: Option<f32>) {
        let Some(value) = value.filter(|value| value.is_finite()) else { return };
        self.sum += f64::from(value);
        self.count += 1;
        self.most = self.most.max(value);
    }

    fn mean(&self) -> Option<u32> {
        self.mean_of(1.0)
    }

    fn mean_of(&self, unit: f64) -> Option<u32> {
        (self.count > 0).then(|| (self.sum * unit / f64::from(self.count)).round() as u32)
    }

    fn most(&self) -> Option<u32> {
        (self.count > 0).then_some(self.most.round() as u32)
    }
}

#[cfg(test)]
mod tests {
    use model::FaultCause;

    use super::*;

    /// A call as it is after `second` seconds: 50 packets and 100 frames each.
    fn at(second: u64) -> Measured {
        let way = WayMeasured {
            codec: Some(CodecKind::Opus),
            packets: second * 50,
            lost: Some(0.0),
            jitter_ms: Some(2.0),
            ..WayMeasured::default()
        };
        Measured {
            heard: way,
            spoken: way,
            sends: true,
            receives: true,
            rtt_ms: Some(40.0),
            server_rtt_ms: Some(15.0),
            buffer_ms: 40,
            played_frames: second * 100,
            ..Measured::default()
        }
    }

    #[test]
    fn a_clean_call_is_as_good_as_it_gets() {
        let mut log = QualityLog::default();
        assert_eq!(log.passport(), None, "nothing was measured");
        let quality = (1..=10).map(|second| log.add(at(second))).last().expect("ten seconds");
        assert!(quality.heard.mos.is_some_and(|mos| mos > 4.3) && quality.spoken.mos.is_some_and(|mos| mos > 4.3));
        assert_eq!((quality.fault, quality.delay_ms, quality.concealed), (None, Some(120), 0.0));
        let passport = log.passport().expect("measured");
        assert_eq!((passport.seconds, passport.heard.packets, passport.fault), (10, 500, None));
        assert_eq!((passport.rtt_ms, passport.rtt_most_ms, passport.heard.jitter_ms), (Some(40), Some(40), Some(2)));
        assert!(passport.heard.mos_hundredths.is_some_and(|mos| mos > 430));
    }

    #[test]
    fn what_is_repaired_is_heard_less_than_what_is_invented() {
        let score = |repaired: u64, concealed: u64| {
            let mut log = QualityLog::default();
            log.add(at(1));
            let bad =
                Measured { played_frames: 100 + 80, repaired_frames: repaired, concealed_frames: concealed, ..at(2) };
            log.add(bad).heard.mos.expect("measured")
        };
        assert!(score(20, 0) > 4.3 && score(0, 20) < 2.5, "{} {}", score(20, 0), score(0, 20));
    }

    #[test]
    fn a_fault_shows_after_two_seconds_and_stays_in_the_passport() {
        let mut log = QualityLog::default();
        log.add(at(1));
        let mut lossy = at(2);
        lossy.heard.lost = Some(0.2);
        lossy.spoken.lost = Some(0.1);
        assert_eq!(log.add(lossy).fault, None, "one second is none");
        let fault = Some(Fault { side: FaultySide::OwnNetwork, cause: FaultCause::LossBoth });
        for second in 3..=5 {
            let mut lossy = Measured { ..at(second) };
            (lossy.heard.lost, lossy.spoken.lost) = (Some(0.2), Some(0.1));
            assert_eq!(log.add(lossy).fault, fault);
        }
        let shown: Vec<bool> = (6..=12).map(|second| log.add(at(second)).fault.is_some()).collect();
        assert!(shown[0] && !shown[6], "it fades: {shown:?}");
        let passport = log.passport().expect("measured");
        assert_eq!((passport.own_network_s, passport.far_end_s, passport.fault), (4, 0, fault));
        assert!(passport.spoken.mos_least_hundredths < passport.spoken.mos_hundredths);
    }

    #[test]
    fn a_held_call_has_no_score_and_no_fault() {
        let mut log = QualityLog::default();
        log.add(at(1));
        for _ in 0..5 {
            let quality = log.add(Measured { sends: false, receives: false, ..at(1) });
            assert_eq!((quality.heard.mos, quality.spoken.mos, quality.fault), (None, None, None));
        }
    }

    #[test]
    fn counters_that_begin_again_are_no_disaster() {
        let mut log = QualityLog::default();
        log.add(at(100));
        let quality = log.add(at(1));
        assert!(quality.heard.mos.is_some());
    }
}
