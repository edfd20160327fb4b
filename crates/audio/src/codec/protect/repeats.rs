//! Whether each packet is sent a second time, just as it is.
//!
//! The last resort against single losses where the far end knows neither RED nor DRED: every receiver drops the second of two equal
//! packets, and it works for any codec. It blinds the reports, though: some far ends count both (RFC 3550 §A.3 allows for it, and sees
//! less lost than is), some only the first. So the loss seen before is believed, and looked at again every now and then without copies.
//!
//! ```text
//! off ── much lost ──► on ── 25 s ──► looking ── two reports later, still much ──► on
//!  ▲                                     │
//!  └──────────── little lost ────────────┘            from anywhere, when the link is full: off
//! ```

use std::time::Duration;

use base::Now;

/// Share of packets lost from which copies begin, and below which they end.
const ENTER: f32 = 0.08;
const LEAVE: f32 = 0.05;
const LOOK_EVERY: Duration = Duration::from_secs(25);
/// The first report without copies still covers time with them.
const REPORTS: u8 = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeats {
    Off,
    On {
        since: Now,
    },
    /// Without copies for a moment; so many reports came.
    Looking {
        reports: u8,
    },
}

impl Repeats {
    /// A report came: whether what it says is lost is what the network lost.
    pub(super) fn believes_report(&mut self) -> bool {
        match self {
            Repeats::Off => true,
            Repeats::On { .. } => false,
            Repeats::Looking { reports } => {
                *reports = reports.saturating_add(1);
                *reports >= REPORTS
            }
        }
    }

    /// What follows from the share that is lost. `possible`: there is no better way, and room for it.
    pub(super) fn choose(&mut self, lost: f32, possible: bool, now: Now) {
        *self = match *self {
            _ if !possible => Repeats::Off,
            Repeats::Off if lost >= ENTER => Repeats::On { since: now },
            Repeats::On { since } if now.since(since) >= LOOK_EVERY => Repeats::Looking { reports: 0 },
            Repeats::Looking { reports } if reports >= REPORTS => {
                if lost >= LEAVE {
                    Repeats::On { since: now }
                } else {
                    Repeats::Off
                }
            }
            stays => stays,
        };
    }

    pub(super) fn is_on(self) -> bool {
        matches!(self, Repeats::On { .. })
    }
}
