//! Are losses single, or do they come in bursts? The model of RFC 3611 §4.7.2 and its appendix A.1. Pure.

/// Packets in a row that end a burst (RFC 3611 §4.7.2 recommends 16).
pub const GMIN: u32 = 16;
/// Packets after which what was counted weighs half: about ten seconds of 20 ms packets.
const HALF_LIFE: f32 = 500.0;

/// Counts losses as they follow each other.
#[derive(Clone, Debug, Default)]
pub struct Bursts {
    /// Packets that arrived since the last loss.
    since_loss: u32,
    /// Losses of the burst under way.
    in_burst: u32,
    /// Transitions of the model: 1 gap, 3 burst, 4 a single loss in a gap, 2 arrivals within a burst.
    c11: u64,
    c13: u64,
    c14: u64,
    c22: u64,
    c23: u64,
    c33: u64,
    /// Faded counts of the last seconds.
    packets: f32,
    losses: f32,
    runs: f32,
    last_was_lost: bool,
}

/// The picture as RFC 3611 §4.7.2 puts it. Shares are 0.0..=1.0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BurstPicture {
    /// Share lost within bursts.
    pub burst_density: f32,
    /// Share lost between them.
    pub gap_density: f32,
    /// Mean length of a burst, packets.
    pub burst_packets: f32,
    /// Mean length between bursts, packets.
    pub gap_packets: f32,
}

impl Bursts {
    /// The next packet in sequence came, or did not.
    pub fn add(&mut self, lost: bool) {
        self.fade(lost);
        if !lost {
            self.since_loss = self.since_loss.saturating_add(1);
            return;
        }
        if self.since_loss >= GMIN {
            match self.in_burst {
                // The very first loss ends no burst.
                0 => {}
                1 => self.c14 += 1,
                _ => self.c13 += 1,
            }
            self.in_burst = 1;
            self.c11 += u64::from(self.since_loss);
        } else {
            self.in_burst = self.in_burst.saturating_add(1);
            if self.since_loss == 0 {
                self.c33 += 1;
            } else {
                self.c23 += 1;
                self.c22 += u64::from(self.since_loss - 1);
            }
        }
        self.since_loss = 0;
    }

    /// Share lost in the last seconds, 0.0..=1.0.
    #[must_use]
    pub fn recent_loss(&self) -> f32 {
        if self.packets > 0.0 { self.losses / self.packets } else { 0.0 }
    }

    /// How many packets in a row were lost on average in the last seconds, when any were: 1.0 is single losses.
    #[must_use]
    pub fn recent_run(&self) -> Option<f32> {
        (self.losses > 0.5 && self.runs > 0.0).then(|| (self.losses / self.runs).max(1.0))
    }

    /// Since the beginning.
    #[must_use]
    pub fn picture(&self) -> BurstPicture {
        let share = |part: u64, whole: u64| if whole == 0 { 0.0 } else { part as f32 / whole as f32 };
        let (c31, c32) = (self.c13, self.c23);
        let all = self.c11 + self.c14 + self.c13 + self.c22 + self.c23 + c31 + c32 + self.c33;
        let p32 = share(c32, c31 + c32 + self.c33);
        let p23 = if self.c22 + self.c23 == 0 { 1.0 } else { 1.0 - share(self.c22, self.c22 + self.c23) };
        let (gap, burst) = if self.c13 == 0 {
            ((self.c11 + self.c14) as f32, 0.0)
        } else {
            let gap = share(self.c11 + self.c14 + self.c13, self.c13);
            (gap, share(all, self.c13) - gap)
        };
        let any_burst = self.c13 + self.c23 + self.c33 > 0;
        BurstPicture {
            burst_density: if any_burst && p23 + p32 > 0.0 { p23 / (p23 + p32) } else { 0.0 },
            gap_density: share(self.c14, self.c11 + self.c14),
            burst_packets: burst.max(0.0),
            gap_packets: gap,
        }
    }

    fn fade(&mut self, lost: bool) {
        let keep = 1.0 - std::f32::consts::LN_2 / HALF_LIFE;
        self.packets = self.packets * keep + 1.0;
        self.losses *= keep;
        self.runs *= keep;
        if lost {
            self.losses += 1.0;
            self.runs += f32::from(u8::from(!self.last_was_lost));
        }
        self.last_was_lost = lost;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(pattern: impl Iterator<Item = bool>) -> Bursts {
        let mut bursts = Bursts::default();
        pattern.for_each(|lost| bursts.add(lost));
        bursts
    }

    #[test]
    fn single_losses_far_apart_are_no_bursts() {
        let bursts = after((0..3000).map(|n| n % 50 == 49));
        let picture = bursts.picture();
        assert!((bursts.recent_loss() - 0.02).abs() < 0.003, "{}", bursts.recent_loss());
        assert!((0.99..1.01).contains(&bursts.recent_run().unwrap_or_default()));
        assert!(picture.burst_density < 0.01 && (picture.gap_density - 0.02).abs() < 0.005, "{picture:?}");
    }

    #[test]
    fn five_in_a_row_are_a_burst_of_five() {
        let bursts = after((0..3000).map(|n| n % 100 >= 95));
        let picture = bursts.picture();
        assert!((4.9..5.1).contains(&bursts.recent_run().unwrap_or_default()), "{:?}", bursts.recent_run());
        assert!(picture.burst_density > 0.95 && picture.gap_density < 0.01, "{picture:?}");
        assert!((4.0..8.0).contains(&picture.burst_packets) && picture.gap_packets > 80.0, "{picture:?}");
    }

    #[test]
    fn a_burst_is_forgotten_after_a_while() {
        let mut bursts = after((0..500).map(|n| n % 100 >= 90));
        (0..5000).for_each(|n| bursts.add(n % 25 == 0));
        assert!(bursts.recent_run().is_some_and(|run| run < 1.1), "{:?}", bursts.recent_run());
        (0..20_000).for_each(|_| bursts.add(false));
        assert_eq!(bursts.recent_run(), None, "nothing lost for a long time says nothing about bursts");
        assert!(bursts.recent_loss() < 0.001);
    }

    #[test]
    fn nothing_lost_has_no_picture() {
        assert_eq!(
            after((0..100).map(|_| false)).picture(),
            BurstPicture { gap_packets: 0.0, ..BurstPicture::default() }
        );
        let all = after((0..100).map(|_| true)).picture();
        assert!((0.99..=1.0).contains(&all.burst_density), "{all:?}");
    }
}
