//! Whether echo has to be cancelled: the decision behind [`super::EchoMode::Auto`].
//!
//! ```text
//!             coherent with what is played
//!   unknown ────────────────────────────────► cancelling
//!      │                                        ▲    │
//!      │   4 s of sound played,                 │    │
//!      └── none of it heard again ──► stepped ──┘    │
//!                                     back  ◄────────┘
//! ```
//!
//! While it is unknown the canceller learns the way unheard: it is ready when an echo comes, and a voice on a headset is left alone
//! from its first word.

use super::coupling::{Coupling, Sign};
use super::decimated::{Decimated, RATE_8K_FRAME};
use crate::Frame;

/// Coherence that is an echo, and that is none; in between nothing changes.
const ECHO: f32 = 0.24;
const NO_ECHO: f32 = 0.17;
/// So much evidence, in hops of 20 ms of played sound, that nothing comes back.
const ENOUGH: f32 = 200.0;
/// When the person speaks all the time an echo could hide below: such a hop counts for less.
const WHILE_SPEAKING: f32 = 0.5;
/// Signs in a row that bring the canceller in: 40 ms.
const SIGNS: u8 = 2;

/// What is known of the echo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Echo {
    Unknown,
    Heard,
    Absent,
}

/// Follows what is played and heard.
pub(super) struct EchoWatch {
    coupling: Coupling,
    played: Decimated,
    heard: Decimated,
    playing: [f32; RATE_8K_FRAME],
    echo: Echo,
    evidence: f32,
    signs: u8,
    /// Power of the room when it is quiet; creeps upwards.
    quiet: f32,
}

impl EchoWatch {
    /// Nothing is known.
    pub(super) fn new() -> Self {
        EchoWatch {
            coupling: Coupling::new(),
            played: Decimated::new(),
            heard: Decimated::new(),
            playing: [0.0; RATE_8K_FRAME],
            echo: Echo::Unknown,
            evidence: 0.0,
            signs: 0,
            quiet: 1.0,
        }
    }

    pub(super) fn play(&mut self, frame: &Frame) {
        self.playing = self.played.frame(frame);
    }

    /// What is known from now on.
    pub(super) fn hear(&mut self, frame: &Frame) -> Echo {
        let heard = self.heard.frame(frame);
        let played = std::mem::replace(&mut self.playing, [0.0; RATE_8K_FRAME]);
        if let Some(sign) = self.coupling.look(&played, &heard) {
            self.weigh(sign);
        }
        self.echo
    }

    fn weigh(&mut self, sign: Sign) {
        let power = sign.heard_power.max(1e-10);
        self.quiet = (self.quiet * 1.005).min(power);
        if !sign.playing {
            return;
        }
        if sign.coherence >= ECHO {
            self.evidence = 0.0;
            self.signs = (self.signs + 1).min(SIGNS);
            if self.signs == SIGNS {
                self.echo = Echo::Heard;
            }
            return;
        }
        self.signs = 0;
        if sign.coherence < NO_ECHO {
            let speaking = power > 10.0 * self.quiet;
            self.evidence = (self.evidence + if speaking { WHILE_SPEAKING } else { 1.0 }).min(ENOUGH);
            if self.evidence >= ENOUGH {
                self.echo = Echo::Absent;
            }
        }
    }
}
