//! Whether echo has to be cancelled: the decision behind [`super::EchoMode::Auto`].
//!
//! ```text
//!                 coherent with what is played
//!          ┌──────────────────────────────────────┐
//!          ▼                                      │
//!     cancelling ── 4 s of sound played, none ──► stepped back
//!                   of it heard again
//! ```

use super::coupling::{Coupling, Sign};
use super::decimated::{Decimated, RATE_8K_FRAME};
use crate::Frame;

/// Coherence that is an echo, and that is none; in between nothing changes.
const ECHO: f32 = 0.24;
const NO_ECHO: f32 = 0.17;
/// So much evidence, in hops of 20 ms of played sound, that nothing comes back.
const ENOUGH: f32 = 200.0;
/// When the person speaks all the time an echo could hide below: such a hop counts for less.
const WHILE_SPEAKING: f32 = 0.2;
/// Signs in a row that bring the canceller back: 40 ms.
const SIGNS: u8 = 2;

/// Follows what is played and heard.
pub(super) struct EchoWatch {
    coupling: Coupling,
    played: Decimated,
    heard: Decimated,
    playing: [f32; RATE_8K_FRAME],
    needed: bool,
    evidence: f32,
    signs: u8,
    /// Power of the room when it is quiet; creeps upwards.
    quiet: f32,
}

impl EchoWatch {
    /// Until it is known better, there is an echo.
    pub(super) fn new() -> Self {
        EchoWatch {
            coupling: Coupling::new(),
            played: Decimated::new(),
            heard: Decimated::new(),
            playing: [0.0; RATE_8K_FRAME],
            needed: true,
            evidence: 0.0,
            signs: 0,
            quiet: 1.0,
        }
    }

    pub(super) fn play(&mut self, frame: &Frame) {
        self.playing = self.played.frame(frame);
    }

    /// Whether the echo must be cancelled from now on.
    pub(super) fn hear(&mut self, frame: &Frame) -> bool {
        let heard = self.heard.frame(frame);
        let played = std::mem::replace(&mut self.playing, [0.0; RATE_8K_FRAME]);
        if let Some(sign) = self.coupling.look(&played, &heard) {
            self.weigh(sign);
        }
        self.needed
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
            self.needed |= self.signs == SIGNS;
            return;
        }
        self.signs = 0;
        if sign.coherence < NO_ECHO {
            let speaking = power > 10.0 * self.quiet;
            self.evidence = (self.evidence + if speaking { WHILE_SPEAKING } else { 1.0 }).min(ENOUGH);
            self.needed &= self.evidence < ENOUGH;
        }
    }
}
