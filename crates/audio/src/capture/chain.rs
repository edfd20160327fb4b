//! From what the microphone hears to what is sent.
//!
//! ```text
//!            ┌───────────────────────────────────────────────────────────┐
//! heard ─► high-pass ─┴─► bands ─► echo canceller ─► noise (standard) ─► joined ─┴─► noise (strong) ─► gain ─► limiter ─┬─► mute ─► sent
//!                                       ▲                                                                               └─► speech?
//! played ───────────────────────────────┘
//! ```
//!
//! | what runs | delay added, ms |
//! |---|---|
//! | high-pass, gain, limiter | 0 |
//! | standard noise suppression | 1 (bands) + 6 |
//! | echo canceller | 1 (bands, once for both) + 6 |
//! | strong noise suppression | 10 |
//!
//! A stage that is off is not run: no cost, no delay. The standard noise suppression rests in a quiet room. The echo canceller (*Auto*) runs
//! unheard until it is known whether anything comes back, and rests while nothing does. Stages come and go with cross-fades of 5 ms.

use super::bands::Splitter;
use super::echo::EchoCanceller;
use super::echo_watch::{Echo, EchoWatch};
use super::gain::{AutoGain, Limiter};
use super::high_pass::HighPass;
use super::noise::{StandardSuppressor, StrongSuppressor};
use super::room::RoomNoise;
use super::speech::{MutedSpeech, SpeechDetector};
use super::switch::{Step, Switch, choose_bands};
use super::{EchoMode, Microphone, NoiseMode};
use crate::{Frame, SILENT_FRAME};

/// One microphone's processing, 48 kHz mono in frames of 10 ms. All its memory is taken when it is made.
pub struct CaptureChain {
    settings: Microphone,
    watch: EchoWatch,
    room: RoomNoise,
    high_pass: (Switch, HighPass),
    /// In its place while the canceller runs.
    steep: (Switch, HighPass),
    bands: (Switch, Splitter),
    echo: (Switch, Box<EchoCanceller>),
    standard: (Switch, Box<StandardSuppressor>),
    strong: (Switch, StrongSuppressor),
    gain: (Switch, AutoGain),
    limiter: Limiter,
    speech: SpeechDetector,
    muted_speech: MutedSpeech,
    hint: bool,
    silent: bool,
}

impl CaptureChain {
    /// A chain at rest.
    #[must_use]
    pub fn new(settings: Microphone) -> Self {
        let mut chain = CaptureChain {
            settings,
            watch: EchoWatch::new(),
            room: RoomNoise::new(),
            high_pass: (Switch::new(settings.high_pass), HighPass::gentle()),
            steep: (Switch::new(settings.high_pass && settings.echo != EchoMode::Off), HighPass::steep()),
            bands: (Switch::new(false), Splitter::new()),
            echo: (Switch::new(settings.echo == EchoMode::On), Box::new(EchoCanceller::new())),
            standard: (Switch::new(settings.noise == NoiseMode::Standard), Box::new(StandardSuppressor::new())),
            strong: (Switch::new(settings.noise == NoiseMode::Strong), StrongSuppressor::new()),
            gain: (Switch::new(settings.gain), AutoGain::new()),
            limiter: Limiter::new(),
            speech: SpeechDetector::new(),
            muted_speech: MutedSpeech::default(),
            hint: false,
            silent: false,
        };
        if settings.echo == EchoMode::Auto {
            chain.echo.0.learn();
        }
        chain.bands.0 = Switch::new(chain.echo.0.runs() || chain.standard.0.runs());
        chain
    }

    /// Other settings from the next frame on.
    pub fn set(&mut self, settings: Microphone) {
        self.settings = settings;
        self.high_pass.0.set(settings.high_pass);
        self.strong.0.set(settings.noise == NoiseMode::Strong);
        self.gain.0.set(settings.gain);
        match settings.echo {
            // The watch decides with the next frame, as the room does about noise.
            EchoMode::Auto => {}
            EchoMode::On => self.echo.0.set(true),
            EchoMode::Off => self.echo.0.set(false),
        }
    }

    /// Another microphone or loudspeaker: nothing is known of its echo, and until it is known better there is noise.
    pub fn devices_changed(&mut self) {
        self.watch = EchoWatch::new();
        self.room = RoomNoise::new();
    }

    /// What the loudspeaker really plays in these 10 ms, silence included. Call it once before each [`CaptureChain::process`].
    pub fn render(&mut self, played: &Frame) {
        let played = &sane(played);
        if self.settings.echo == EchoMode::Auto {
            self.watch.play(played);
        }
        if self.echo.0.runs() {
            self.echo.1.play(played);
        }
    }

    /// 10 ms of the microphone; what is to be sent comes back. Muted, that is digital silence (after a fade of 5 ms).
    pub fn process(&mut self, heard: &Frame, muted: bool) -> Frame {
        let heard = &sane(heard);
        if self.settings.echo == EchoMode::Auto {
            match self.watch.hear(heard) {
                Echo::Unknown => self.echo.0.learn(),
                Echo::Heard => self.echo.0.set(true),
                Echo::Absent => self.echo.0.set(false),
            }
        }
        let mut frame = match self.high_pass.0.step() {
            Step::Off => *heard,
            step => step.choose(*heard, self.high_pass.1.process(heard)),
        };
        self.steep.0.set(self.settings.high_pass && self.echo.0.runs());
        frame = match self.steep.0.step() {
            Step::Off => frame,
            step => step.choose(frame, self.steep.1.process(heard)),
        };
        let noisy = self.room.hear(&frame);
        self.standard.0.set(noisy && self.settings.noise == NoiseMode::Standard);
        frame = self.in_bands(frame);
        frame = match self.strong.0.step() {
            Step::Off => frame,
            step => step.choose(frame, self.strong.1.process(&frame)),
        };
        let speaks = self.speech.hear(&frame);
        self.hint = self.muted_speech.step(muted, speaks);
        frame = match self.gain.0.step() {
            Step::Off => frame,
            step => step.choose(frame, self.gain.1.process(&frame, speaks, self.limiter.level)),
        };
        self.limiter.process(&mut frame);
        self.mute(frame, muted)
    }

    /// Somebody has been speaking into the muted microphone for a while.
    #[must_use]
    pub fn speaks_while_muted(&self) -> bool {
        self.hint
    }

    /// Whether the echo canceller runs, heard or not yet: then what is played must keep the microphone's time exactly.
    #[must_use]
    pub fn follows_echo(&self) -> bool {
        self.echo.0.runs()
    }

    fn in_bands(&mut self, frame: Frame) -> Frame {
        self.bands.0.set(self.echo.0.runs() || self.standard.0.runs());
        let step = self.bands.0.step();
        if step == Step::Off {
            return frame;
        }
        let mut bands = self.bands.1.split(&frame);
        let standard = self.standard.0.step();
        if standard != Step::Off {
            self.standard.1.learn(&bands);
        }
        match self.echo.0.step() {
            Step::Off => {}
            step => bands = choose_bands(step, &bands, &self.echo.1.clean(&frame, &bands)),
        }
        if standard != Step::Off {
            bands = choose_bands(standard, &bands, &self.standard.1.process(&bands));
        }
        step.choose(frame, self.bands.1.join(&bands))
    }

    fn mute(&mut self, frame: Frame, muted: bool) -> Frame {
        match (muted, std::mem::replace(&mut self.silent, muted)) {
            (true, true) => SILENT_FRAME,
            (true, false) => Step::FadeOut.choose(SILENT_FRAME, frame),
            (false, true) => Step::FadeIn.choose(SILENT_FRAME, frame),
            (false, false) => frame,
        }
    }
}

/// A driver can hand out anything; filters remember what is no number for ever, and the network's transform must not see it at all.
fn sane(frame: &Frame) -> Frame {
    frame.map(|sample| if sample.is_nan() { 0.0 } else { sample.clamp(-1.0, 1.0) })
}

#[cfg(test)]
mod tests;
