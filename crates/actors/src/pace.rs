//! How much happens: calls a minute, and what follows from it for everybody's times.

use std::str::FromStr;
use std::time::Duration;

/// Fewest and most calls a minute.
const CALLS: (f64, f64) = (0.1, 120.0);
/// How much of the agents' time is meant to be spent on calls. Chance and short-staffed queues do the rest.
const OCCUPANCY: f64 = 0.65;
/// Shortest and longest average conversation, seconds.
const TALK: (f64, f64) = (4.0, 45.0);

/// Calls a minute, of all callers together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace(f64);

/// A text names no pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a pace is slow, normal, busy or 0.1 to 120 calls a minute")]
pub struct NoPace;

impl Pace {
    /// A call every half minute: time to look around.
    pub const SLOW: Pace = Pace(2.0);
    /// Six calls a minute.
    pub const NORMAL: Pace = Pace(6.0);
    /// More than the agents manage at times: callers wait and give up.
    pub const BUSY: Pace = Pace(40.0);

    /// Calls a minute.
    #[must_use]
    pub fn calls_per_minute(self) -> f64 {
        self.0
    }
}

impl FromStr for Pace {
    type Err = NoPace;

    fn from_str(text: &str) -> Result<Self, NoPace> {
        match text.to_ascii_lowercase().as_str() {
            "slow" => Ok(Pace::SLOW),
            "normal" => Ok(Pace::NORMAL),
            "busy" => Ok(Pace::BUSY),
            number => match number.parse::<f64>() {
                Ok(calls) if (CALLS.0..=CALLS.1).contains(&calls) => Ok(Pace(calls)),
                Ok(_) | Err(_) => Err(NoPace),
            },
        }
    }
}

/// From the shortest to the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The shortest.
    pub least: Duration,
    /// The longest.
    pub most: Duration,
}

impl Span {
    fn seconds(least: f64, most: f64) -> Span {
        Span { least: Duration::from_secs_f64(least), most: Duration::from_secs_f64(most) }
    }
}

/// How long everything takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// From the first ring to the answer.
    pub answer: Span,
    /// A conversation.
    pub talk: Span,
    /// A caller on hold.
    pub hold: Span,
    /// From the end of a call to *I'm ready*; the server may end it before.
    pub rest: Span,
    /// Work between two breaks.
    pub work: Span,
    /// A break or a meeting.
    pub away: Span,
    /// How long a caller waits for an agent.
    pub patience: Span,
    /// Between two calls of one caller, on average.
    pub gap: Duration,
}

impl Rhythm {
    /// What a pace means for so many agents and callers. Conversations are as long as the agents have time for.
    #[must_use]
    pub fn of(pace: Pace, agents: usize, callers: usize) -> Rhythm {
        let between_calls = 60.0 / pace.0;
        let talk = (OCCUPANCY * agents.max(1) as f64 * between_calls - 4.0).clamp(TALK.0, TALK.1);
        // Everything else is hurried as conversations are.
        let haste = talk / TALK.1;
        let stretched = |least: f64, most: f64, floor: f64| {
            Span::seconds((least * haste).max(floor), (most * haste).max(floor * 2.0))
        };
        Rhythm {
            answer: stretched(1.5, 6.0, 0.7),
            talk: Span::seconds(talk * 0.4, talk * 1.6),
            hold: stretched(4.0, 12.0, 1.0),
            rest: stretched(3.0, 12.0, 0.8),
            work: stretched(60.0, 300.0, 12.0),
            away: stretched(25.0, 90.0, 4.0),
            patience: stretched(20.0, 90.0, 4.0),
            gap: Duration::from_secs_f64(between_calls * callers.max(1) as f64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_a_word_or_a_number() {
        assert_eq!("BUSY".parse(), Ok(Pace::BUSY));
        assert_eq!("12.5".parse(), Ok(Pace(12.5)));
        for text in ["", "fast", "0", "-1", "121", "NaN", "inf"] {
            assert_eq!(text.parse::<Pace>(), Err(NoPace), "{text}");
        }
    }

    #[test]
    fn agents_have_time_for_the_calls_they_are_given() {
        for pace in [Pace::SLOW, Pace::NORMAL, Pace::BUSY] {
            let rhythm = Rhythm::of(pace, 12, 18);
            let mean = (rhythm.talk.least + rhythm.talk.most).as_secs_f64() / 2.0;
            assert!(mean * pace.0 / 60.0 <= 12.0 * OCCUPANCY, "{pace:?}: {mean} s");
            for span in [rhythm.answer, rhythm.hold, rhythm.rest, rhythm.work, rhythm.away, rhythm.patience] {
                assert!(span.least < span.most, "{pace:?}: {span:?}");
            }
        }
    }
}
