//! What a listener would say: the E-model of ITU-T G.107 with its default values, reduced to what a phone can measure.
//!
//! `R = 93.2 − Id − Ie,eff`: 93.2 is `Ro − Is` of a line without impairments (G.107 §7.1, defaults), `Id` is delay (§7.4, `Idd`),
//! `Ie,eff` is codec and loss with their bursts (§7.5). Echo (`Idte`, `Idle`) is left out: both ends cancel it. The scale is
//! that of narrowband speech; wideband codecs end at the same 4.4 as G.711, so the score says what is lost, not how wide it is.

use base::CodecKind;

/// `Ro − Is` with all default values.
const BEST: f32 = 93.2;
/// `Id` begins here (G.107 §7.4).
const FREE_DELAY_MS: f32 = 100.0;

/// What spoils a direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Impairments {
    /// How speech is written.
    pub codec: CodecKind,
    /// Share of packets that are missing when they should be played, 0.0..=1.0.
    pub lost: f32,
    /// Mean length of a run of missing packets; 1.0 when unknown.
    pub burst: f32,
    /// Are losses repaired by in-band FEC? Set it when `lost` counts what the network lost, not what was invented in the end.
    pub fec: bool,
    /// From mouth to ear.
    pub delay_ms: f32,
}

/// Transmission rating, 0.0..=93.2.
#[must_use]
pub fn r_factor(of: &Impairments) -> f32 {
    (BEST - delay(of.delay_ms) - equipment(of)).clamp(0.0, BEST)
}

/// Mean opinion score of a rating (G.107 Annex B), 1.0..=4.5.
#[must_use]
pub fn mos(r: f32) -> f32 {
    let r = r.clamp(0.0, 100.0);
    (1.0 + 0.035 * r + r * (r - 60.0) * (100.0 - r) * 7e-6).clamp(1.0, 4.5)
}

/// `Idd` (G.107 §7.4, equations 7-27 and 7-28).
fn delay(ms: f32) -> f32 {
    if !ms.is_finite() || ms <= FREE_DELAY_MS {
        return 0.0;
    }
    let x = (ms / FREE_DELAY_MS).log2();
    25.0 * ((1.0 + x.powi(6)).powf(1.0 / 6.0) - 3.0 * (1.0 + (x / 3.0).powi(6)).powf(1.0 / 6.0) + 2.0)
}

/// `Ie,eff = Ie + (95 − Ie) · Ppl / (Ppl / BurstR + Bpl)` (G.107 §7.5, equation 7-29).
fn equipment(of: &Impairments) -> f32 {
    let (ie, robustness) = codec(of.codec, of.fec);
    let lost = of.lost.clamp(0.0, 1.0) * 100.0;
    if lost.is_nan() || lost <= 0.0 {
        return ie;
    }
    // G.107 §7.5: the length of bursts over what chance would make of the same loss.
    let burst_ratio = (of.burst.max(1.0) * (1.0 - lost / 100.0)).max(1.0);
    ie + (95.0 - ie) * lost / (lost / burst_ratio + robustness)
}

/// `Ie` and `Bpl`. G.711: G.113 Appendix I with concealment. The others have no values on this scale; theirs follow how far
/// listening scores of recorded speech fell with loss (Opus with deep concealment, with and without FEC: `docs/benchmarks.md`).
fn codec(codec: CodecKind, fec: bool) -> (f32, f32) {
    match codec {
        CodecKind::Opus if fec => (0.0, 35.0),
        CodecKind::Opus => (0.0, 11.0),
        CodecKind::G722 => (0.0, 15.0),
        CodecKind::Pcmu | CodecKind::Pcma | CodecKind::ComfortNoise => (0.0, 25.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAN: Impairments =
        Impairments { codec: CodecKind::Pcmu, lost: 0.0, burst: 1.0, fec: false, delay_ms: 80.0 };

    fn rounded(of: Impairments) -> (f32, f32) {
        let r = r_factor(&of);
        ((r * 10.0).round() / 10.0, (mos(r) * 100.0).round() / 100.0)
    }

    /// G.107: the default line has R = 93.2 and MOS 4.41.
    #[test]
    fn known_values_of_g_107() {
        assert_eq!(rounded(CLEAN), (93.2, 4.41));
        assert_eq!(mos(0.0), 1.0);
        assert_eq!((mos(50.0) * 100.0).round(), 258.0);
        assert_eq!((mos(80.0) * 100.0).round(), 402.0);
        // Equation 7-27 by hand, at 100, 150, 200, 300 and 400 ms.
        let idd: Vec<f32> = [100.0, 150.0, 200.0, 300.0, 400.0].map(|ms| (delay(ms) * 10.0).round() / 10.0).into();
        assert_eq!(idd, [0.0, 0.2, 3.0, 14.8, 24.1]);
    }

    /// G.113 Appendix I: 2 % of random loss costs G.711 with concealment 7 points.
    #[test]
    fn loss_costs_what_g_113_says_and_bursts_cost_more() {
        let at = |lost, burst| r_factor(&Impairments { lost, burst, ..CLEAN });
        assert!((93.2 - at(0.02, 1.0) - 7.0).abs() < 0.1, "{}", at(0.02, 1.0));
        let (random, bursts) = (at(0.1, 1.0 / 0.9), at(0.1, 5.0));
        assert!(bursts < random - 5.0, "{random} at random, {bursts} in bursts");
        assert_eq!(at(0.1, 0.0), at(0.1, 1.0), "an unknown burst is none");
    }

    #[test]
    fn fec_keeps_opus_alive() {
        let opus = |lost, fec| mos(r_factor(&Impairments { codec: CodecKind::Opus, lost, fec, ..CLEAN }));
        assert!(opus(0.2, true) > 3.0 && opus(0.2, false) < 2.0, "{} {}", opus(0.2, true), opus(0.2, false));
        assert!(opus(1.0, true) < 2.0);
    }

    #[test]
    fn nonsense_gives_a_number() {
        for wild in [f32::NAN, f32::INFINITY, -1.0, 1e30] {
            let r = r_factor(&Impairments { lost: wild, burst: wild, delay_ms: wild, ..CLEAN });
            assert!((0.0..=93.2).contains(&r) && (1.0..=4.5).contains(&mos(r)), "{wild}: {r}");
        }
    }
}
