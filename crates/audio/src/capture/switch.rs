//! Turning a stage on and off without a click.

use crate::Frame;

/// Frames that a stage runs unheard before it is heard: what its filters remembered is old.
const WARM_UP: u8 = 3;

/// Whether a stage is heard. Changes cross-fade over 5 ms within one frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Switch {
    wanted: bool,
    /// It runs although it is not wanted: it may be wanted soon, and has much to learn.
    learns: bool,
    warm: u8,
    heard: bool,
}

/// What to do with a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The stage need not run.
    Off,
    /// It runs, and is not heard yet.
    Warming,
    /// From without it to with it.
    FadeIn,
    /// It is heard.
    On,
    /// From with it to without it.
    FadeOut,
}

impl Switch {
    pub(super) fn new(on: bool) -> Self {
        Switch { wanted: on, learns: false, warm: if on { WARM_UP } else { 0 }, heard: on }
    }

    pub(super) fn set(&mut self, on: bool) {
        self.wanted = on;
        self.learns = false;
    }

    /// Let it run unheard, ready to be heard at once.
    pub(super) fn learn(&mut self) {
        self.wanted = false;
        self.learns = true;
    }

    /// Once a frame.
    pub(super) fn step(&mut self) -> Step {
        let step = match (self.wanted, self.heard) {
            (true, true) => Step::On,
            (true, false) if self.warm < WARM_UP => {
                self.warm += 1;
                return Step::Warming;
            }
            (true, false) => Step::FadeIn,
            (false, true) => Step::FadeOut,
            (false, false) if self.learns => {
                self.warm = (self.warm + 1).min(WARM_UP);
                return Step::Warming;
            }
            (false, false) => Step::Off,
        };
        self.heard = self.wanted;
        if !self.wanted {
            self.warm = 0;
        }
        step
    }

    /// The stage must get its input.
    pub(super) fn runs(&self) -> bool {
        self.wanted || self.learns || self.heard
    }
}

impl Step {
    /// What is heard of `without` and `with` the stage.
    pub(super) fn choose(self, without: Frame, with: Frame) -> Frame {
        match self {
            Step::Off | Step::Warming => without,
            Step::On => with,
            Step::FadeIn => faded(&without, &with),
            Step::FadeOut => faded(&with, &without),
        }
    }
}

/// From one to the other in the first half of the frame.
fn faded<const N: usize>(from: &[f32; N], to: &[f32; N]) -> [f32; N] {
    std::array::from_fn(|n| {
        let share = (n as f32 / (N / 2) as f32).min(1.0);
        from[n] + (to[n] - from[n]) * share
    })
}

/// The same for bands.
pub(super) fn choose_bands(
    step: Step,
    without: &super::bands::Bands,
    with: &super::bands::Bands,
) -> super::bands::Bands {
    std::array::from_fn(|band| match step {
        Step::Off | Step::Warming => without[band],
        Step::On => with[band],
        Step::FadeIn => faded(&without[band], &with[band]),
        Step::FadeOut => faded(&with[band], &without[band]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_warms_up_fades_in_and_fades_out() {
        let mut switch = Switch::new(false);
        assert_eq!(switch.step(), Step::Off);
        switch.set(true);
        let steps: Vec<Step> = (0..6).map(|_| switch.step()).collect();
        assert_eq!(steps, [Step::Warming, Step::Warming, Step::Warming, Step::FadeIn, Step::On, Step::On]);
        switch.set(false);
        assert_eq!([switch.step(), switch.step()], [Step::FadeOut, Step::Off]);
        assert_eq!(Switch::new(true).step(), Step::On);
    }

    #[test]
    fn a_stage_that_learns_is_ready_at_once() {
        let mut switch = Switch::new(false);
        switch.learn();
        assert!((0..5).all(|_| switch.step() == Step::Warming) && switch.runs());
        switch.set(true);
        assert_eq!([switch.step(), switch.step()], [Step::FadeIn, Step::On]);
        switch.learn();
        assert_eq!([switch.step(), switch.step()], [Step::FadeOut, Step::Warming]);
        switch.set(false);
        assert_eq!(switch.step(), Step::Off);
        assert!(!switch.runs());
    }

    #[test]
    fn the_fade_has_no_step() {
        let out = Step::FadeIn.choose([0.0; 480], [1.0; 480]);
        let steepest = out.windows(2).map(|w| (w[1] - w[0]).abs()).fold(0.0, f32::max);
        assert!(steepest < 0.005 && out[0] == 0.0 && out[240..] == [1.0; 240]);
    }
}
