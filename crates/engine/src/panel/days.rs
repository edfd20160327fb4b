//! When the days of this computer begin.

use base::WallMs;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::PanelDays;

/// Days begin at whole quarters of an hour wherever people live; the server takes no others.
const QUARTER_MS: i64 = 15 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Today and yesterday, as this computer's clock has them.
pub(crate) fn days(now: WallMs) -> PanelDays {
    days_in(TimeZone::system(), now)
}

fn days_in(zone: TimeZone, now: WallMs) -> PanelDays {
    let begins = |days_ago: i64| {
        let zoned = Timestamp::from_millisecond(now.0).ok()?.to_zoned(zone.clone());
        let day = (0..days_ago).try_fold(zoned.date(), |day, _| day.yesterday().ok())?;
        let began = day.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond();
        Some(began - began.rem_euclid(QUARTER_MS))
    };
    // A clock that shows a time outside of the calendar: days as they are in Greenwich.
    let midnight = now.0 - now.0.rem_euclid(DAY_MS);
    let today = begins(0).unwrap_or(midnight);
    PanelDays { today: WallMs(today), yesterday: WallMs(begins(1).unwrap_or(today - DAY_MS)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_at_midnight_here_also_when_clocks_change() {
        for (zone, now, today, yesterday) in [
            ("Asia/Riyadh", "2026-03-30T22:10:00Z", "2026-03-30T21:00:00Z", "2026-03-29T21:00:00Z"),
            ("Asia/Kathmandu", "2026-03-30T20:00:00Z", "2026-03-30T18:15:00Z", "2026-03-29T18:15:00Z"),
            // The night of 29 March has 23 hours in Berlin.
            ("Europe/Berlin", "2026-03-30T10:00:00Z", "2026-03-29T22:00:00Z", "2026-03-28T23:00:00Z"),
            // Clocks go forward at midnight in Cairo: the day begins at one.
            ("Africa/Cairo", "2026-04-24T10:00:00Z", "2026-04-23T22:00:00Z", "2026-04-22T22:00:00Z"),
        ] {
            let at = |text: &str| WallMs(text.parse::<Timestamp>().unwrap().as_millisecond());
            let found = days_in(TimeZone::get(zone).unwrap(), at(now));
            assert_eq!(found, PanelDays { today: at(today), yesterday: at(yesterday) }, "{zone}");
        }
        let far = days_in(TimeZone::UTC, WallMs(i64::MAX));
        assert!(far.yesterday < far.today);
    }
}
