//! Draws of chance.

use std::time::Duration;

use base::Chance;

use crate::Span;

/// No waiting time is longer than so many times its mean.
const LONGEST: f64 = 4.0;

/// Any time of the span, each as likely as the other.
pub(crate) fn within(chance: &mut Chance, span: Span) -> Duration {
    let room = span.most.saturating_sub(span.least).as_millis();
    span.least + Duration::from_millis(chance.below(u64::try_from(room).unwrap_or(u64::MAX).saturating_add(1)))
}

/// The time to the next of events that come by themselves, so many apart on average.
pub(crate) fn until_next(chance: &mut Chance, mean: Duration) -> Duration {
    // 53 bits, as many as a float holds, and never 0.
    let share = ((chance.next_u64() >> 11) + 1) as f64 / (1u64 << 53) as f64;
    mean.mul_f64((-share.ln()).min(LONGEST))
}

/// Happens once in so many times.
pub(crate) fn once_in(chance: &mut Chance, times: u64) -> bool {
    chance.below(times) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_times_have_their_mean_and_a_bound() {
        let mut chance = Chance::from_number(7);
        let mean = Duration::from_secs(10);
        let drawn: Vec<Duration> = (0..4000).map(|_| until_next(&mut chance, mean)).collect();
        let average = drawn.iter().sum::<Duration>().as_secs_f64() / 4000.0;
        assert!((9.0..10.6).contains(&average), "{average}");
        assert!(drawn.iter().all(|it| *it <= mean.mul_f64(LONGEST)));
    }
}
