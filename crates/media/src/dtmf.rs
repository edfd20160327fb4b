//! Digits as RTP events (RFC 4733): the payload, the rhythm of sending, and telling repeats apart on arrival. Pure.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How long the shortest digit is; below it gateways miss digits.
pub const MIN_DURATION_MS: u16 = 40;
/// How long the longest digit is: the duration field holds 1.36 s at 48 kHz (RFC 4733 §2.3.5), and we never split.
pub const MAX_DURATION_MS: u16 = 1300;
/// Silence between two digits.
pub const PAUSE: Duration = Duration::from_millis(70);
/// Digits that may wait.
pub const MAX_WAITING: usize = 64;

const STEP: Duration = Duration::from_millis(20);
/// The last packet is sent three times (RFC 4733 §2.5.1.4).
const ENDS: u8 = 3;
/// Power of the tone in −dBm0.
const VOLUME: u8 = 10;

/// One event packet's payload (RFC 4733 §2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payload {
    /// 0–9, 10 = `*`, 11 = `#`, 12–15 = A–D.
    pub event: u8,
    /// Is the key up again?
    pub end: bool,
    /// Power in −dBm0, 0–63.
    pub volume: u8,
    /// Units of the event's clock since the key went down.
    pub duration: u16,
}

impl Payload {
    /// The four bytes.
    #[must_use]
    pub fn encode(self) -> [u8; 4] {
        let [high, low] = self.duration.to_be_bytes();
        [self.event, u8::from(self.end) << 7 | self.volume & 0x3f, high, low]
    }

    /// `None` when it is shorter than four bytes. Longer payloads are redundant ones; the first event counts.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let [event, flags, high, low] = *bytes.first_chunk::<4>()?;
        let duration = u16::from_be_bytes([high, low]);
        Some(Payload { event, end: flags & 0x80 != 0, volume: flags & 0x3f, duration })
    }
}

const DIGITS: &[u8; 16] = b"0123456789*#ABCD";

/// The event code of a digit, lower case allowed.
#[must_use]
pub fn event_of(digit: char) -> Option<u8> {
    let digit = u8::try_from(digit.to_ascii_uppercase()).ok()?;
    DIGITS.iter().position(|known| *known == digit).map(|at| at as u8)
}

/// The digit of an event code; `None` for flash, fax tones and the like.
#[must_use]
pub fn digit_of(event: u8) -> Option<char> {
    DIGITS.get(usize::from(event)).map(|digit| char::from(*digit))
}

/// What to send now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// First packet of a digit: take a new timestamp and set the marker (RFC 4733 §2.5.1.1).
    pub start: bool,
    /// Its content.
    pub payload: Payload,
}

/// The digits being sent.
///
/// ```text
///        push            20 ms each           3 ends, 20 ms each     70 ms
/// Idle ───────▶ Sounding ───────────▶ … ─────▶ Ending ────────▶ Resting ────▶ Idle or the next digit
/// ```
#[derive(Debug, Default)]
pub struct Keys {
    state: State,
    waiting: VecDeque<(u8, u16)>,
}

#[derive(Debug, Default)]
enum State {
    /// Nothing to send.
    #[default]
    Idle,
    /// The key is down; `sent` of `steps` packets are out.
    Sounding { event: u8, steps: u16, sent: u16, next_at: Instant },
    /// The key is up; the last packet is repeated.
    Ending { event: u8, steps: u16, left: u8, next_at: Instant },
    /// The pause before whatever comes next. Speech flows again.
    Resting { until: Instant },
}

impl Keys {
    /// Appends a digit; false when [`MAX_WAITING`] are waiting. The duration is brought into range.
    pub fn push(&mut self, event: u8, duration_ms: u16) -> bool {
        if self.waiting.len() >= MAX_WAITING {
            return false;
        }
        self.waiting.push_back((event, duration_ms.clamp(MIN_DURATION_MS, MAX_DURATION_MS)));
        true
    }

    /// Drops everything.
    pub fn clear(&mut self) {
        *self = Keys::default();
    }

    /// When [`Keys::next`] wants to be asked again.
    #[must_use]
    pub fn wake_at(&self, now: Instant) -> Option<Instant> {
        match self.state {
            State::Idle => (!self.waiting.is_empty()).then_some(now),
            State::Sounding { next_at, .. } | State::Ending { next_at, .. } => Some(next_at),
            State::Resting { until } => (!self.waiting.is_empty()).then_some(until),
        }
    }

    /// Is a digit on the wire, so that speech must be left out (RFC 4733 §2.5.1)?
    #[must_use]
    pub fn sounding(&self) -> bool {
        matches!(self.state, State::Sounding { .. } | State::Ending { .. })
    }

    /// The packet that is due, with durations in units of `clock_rate`. Late calls never burst: the rhythm shifts.
    pub fn next(&mut self, now: Instant, clock_rate: u32) -> Option<Step> {
        let units = |steps: u16| u16::try_from(u32::from(steps) * clock_rate / 50).unwrap_or(u16::MAX);
        if matches!(self.state, State::Idle) || matches!(self.state, State::Resting { until } if until <= now) {
            self.state = match self.waiting.pop_front() {
                Some((event, ms)) => State::Sounding { event, steps: ms.div_ceil(20), sent: 0, next_at: now },
                None => State::Idle,
            };
        }
        match self.state {
            State::Sounding { event, steps, sent, next_at } if next_at <= now => {
                let sent = sent + 1;
                let end = sent >= steps;
                self.state = if end {
                    State::Ending { event, steps, left: ENDS - 1, next_at: now + STEP }
                } else {
                    State::Sounding { event, steps, sent, next_at: now + STEP }
                };
                Some(Step { start: sent == 1, payload: Payload { event, end, volume: VOLUME, duration: units(sent) } })
            }
            State::Ending { event, steps, left, next_at } if next_at <= now => {
                self.state = if left > 1 {
                    State::Ending { event, steps, left: left - 1, next_at: now + STEP }
                } else {
                    State::Resting { until: now + PAUSE }
                };
                Some(Step {
                    start: false,
                    payload: Payload { event, end: true, volume: VOLUME, duration: units(steps) },
                })
            }
            State::Idle | State::Sounding { .. } | State::Ending { .. } | State::Resting { .. } => None,
        }
    }
}

/// Tells each arriving digit once, at its first end packet (RFC 4733 §2.5.2.2: repeats share the timestamp).
#[derive(Debug, Default)]
pub struct Ear {
    last_told: Option<u32>,
}

impl Ear {
    /// The digit and its duration in milliseconds, when this packet ends one that was not told yet.
    pub fn hear(&mut self, timestamp: u32, payload: &[u8], clock_rate: u32) -> Option<(char, u16)> {
        let payload = Payload::decode(payload)?;
        if !payload.end || self.last_told == Some(timestamp) {
            return None;
        }
        self.last_told = Some(timestamp);
        let ms = u32::from(payload.duration) * 1000 / clock_rate.max(1);
        Some((digit_of(payload.event)?, u16::try_from(ms).unwrap_or(u16::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payload_is_that_of_rfc_4733() {
        let five = Payload { event: 5, end: true, volume: 10, duration: 1600 };
        assert_eq!(five.encode(), [5, 0x8a, 0x06, 0x40]);
        assert_eq!(Payload::decode(&five.encode()), Some(five));
        assert_eq!(Payload::decode(&[1, 2, 3]), None, "too short");
    }

    #[test]
    fn digits_and_events_are_one_table() {
        for digit in "0123456789*#ABCD".chars() {
            assert_eq!(event_of(digit).and_then(digit_of), Some(digit));
        }
        assert_eq!(event_of('d'), Some(15));
        assert_eq!(event_of('+'), None);
        assert_eq!(digit_of(16), None, "flash is no digit");
    }

    #[test]
    fn a_digit_counts_up_ends_three_times_and_rests() {
        let start = Instant::now();
        let mut keys = Keys::default();
        assert!(keys.push(7, 100) && keys.push(8, 40));
        let mut seen = Vec::new();
        let mut now = start;
        while let Some(at) = keys.wake_at(now) {
            now = at;
            while let Some(step) = keys.next(now, 48_000) {
                seen.push((
                    (now - start).as_millis(),
                    step.start,
                    step.payload.event,
                    step.payload.end,
                    step.payload.duration,
                ));
            }
        }
        assert_eq!(
            seen,
            [
                (0, true, 7, false, 960),
                (20, false, 7, false, 1920),
                (40, false, 7, false, 2880),
                (60, false, 7, false, 3840),
                (80, false, 7, true, 4800),
                (100, false, 7, true, 4800),
                (120, false, 7, true, 4800),
                (190, true, 8, false, 960),
                (210, false, 8, true, 1920),
                (230, false, 8, true, 1920),
                (250, false, 8, true, 1920),
            ]
        );
    }

    #[test]
    fn the_longest_digit_fits_the_duration_field() {
        let now = Instant::now();
        let mut keys = Keys::default();
        keys.push(1, u16::MAX);
        let mut at = now;
        let mut last = 0;
        while let Some(wake) = keys.wake_at(at) {
            at = wake;
            if let Some(step) = keys.next(at, 48_000) {
                assert!(step.payload.duration >= last, "duration never wraps");
                last = step.payload.duration;
            }
        }
        assert_eq!(last, 62_400);
    }

    #[test]
    fn waiting_digits_are_bounded() {
        let mut keys = Keys::default();
        let taken = (0..1000).filter(|_| keys.push(1, 100)).count();
        assert_eq!(taken, MAX_WAITING);
    }

    #[test]
    fn repeats_and_retransmitted_ends_are_one_digit() {
        let mut ear = Ear::default();
        let packet = |end, duration| Payload { event: 11, end, volume: 10, duration }.encode();
        assert_eq!(ear.hear(100, &packet(false, 160), 8000), None);
        assert_eq!(ear.hear(100, &packet(true, 800), 8000), Some(('#', 100)));
        assert_eq!(ear.hear(100, &packet(true, 800), 8000), None);
        assert_eq!(ear.hear(2000, &packet(true, 800), 8000), Some(('#', 100)), "the same key again");
    }
}
