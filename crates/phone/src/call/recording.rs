//! What of a call is recorded: a pure function of the rules, of what was pressed and of what the call does (RG-12, RG-13).
//!
//! ```text
//!  nothing ──wanted, and they talk──▶ runs ⇄ rests (hold, pause) ──over, or wanted no more──▶ nothing
//! ```
//! Only what is said in an answered call is recorded: no ringing, no early media, no supervision of others.

use base::CallId;
use model::{Direction, Recording};

use super::call::Call;
use super::lineup::{Done, Lineup};
use super::state::State;
use crate::effect::{Effect, RecordStep, RecordingOf};
use crate::input::RecordingRules;
use crate::notice::{CommandError, RecordingState, RecordingView};
use crate::turn::Turn;

/// Extensions are no longer than this; whatever has more digits is a number outside.
const INSIDE_DIGITS: usize = 6;

/// The recording of one call, as far as it was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Take {
    /// The button.
    pressed: bool,
    /// Not while a card number is said.
    paused: bool,
    /// There is one.
    begun: bool,
    /// It takes what is said.
    runs: bool,
    /// It cannot be kept: not tried again by itself.
    failed: bool,
}

/// Is it recorded without anybody asking (RG-12)?
fn is_automatic(rules: &RecordingRules, outside: bool) -> bool {
    match rules.automatic {
        Recording::Off => false,
        Recording::External => outside,
        Recording::All => true,
    }
}

/// Somebody outside of the team: no extension and no name of it.
fn is_outside(number: &str) -> bool {
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let is_number = number.chars().all(|c| c.is_ascii_digit() || "+-() *#".contains(c));
    number.starts_with('+') || number.contains('@') || (is_number && (digits > INSIDE_DIGITS || number.is_empty()))
}

impl Take {
    /// What follows. `rules`: of whoever is signed in; `talks`: both sides are to be heard; `over`: the call ends.
    fn step(&mut self, rules: Option<&RecordingRules>, outside: bool, talks: bool, over: bool) -> Option<Step> {
        let automatic = rules.is_some_and(|rules| is_automatic(rules, outside));
        let wanted = automatic || (self.pressed && rules.is_some_and(|rules| rules.press));
        let paused = self.paused && rules.is_some_and(|rules| rules.may_pause);
        let runs = wanted && talks && !paused && !over && !self.failed;
        let step = match (self.begun, self.runs, runs) {
            (true, ..) if over || !wanted || self.failed => Step::End,
            (false, _, true) => Step::Begin { by_button: !automatic },
            (true, false, true) => Step::Resume,
            (true, true, false) => Step::Pause,
            _ => return None,
        };
        self.begun = step != Step::End;
        self.runs = runs && self.begun;
        if !self.begun {
            (self.pressed, self.paused) = (false, false);
        }
        Some(step)
    }

    fn view(&self, rules: Option<&RecordingRules>, outside: bool, talks: bool) -> RecordingView {
        let Some(rules) = rules else { return RecordingView::default() };
        let automatic = is_automatic(rules, outside);
        RecordingView {
            state: match self {
                Take { failed: true, .. } => RecordingState::Failed,
                Take { begun: false, .. } => RecordingState::Off,
                Take { runs: true, .. } => RecordingState::On,
                Take { paused: true, .. } => RecordingState::Paused,
                Take { .. } => RecordingState::Held,
            },
            automatic,
            may_press: rules.press && !automatic && (talks || self.begun),
            may_pause: rules.may_pause && self.begun,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Begin { by_button: bool },
    Pause,
    Resume,
    End,
}

impl Call {
    fn is_spoken(&self) -> bool {
        let is_held = |session: &super::state::Session| session.is_held() || self.wants_hold;
        matches!(&self.state, State::Talking(session) if !is_held(session)) && self.supervision.is_none()
    }

    fn recording_of(&self, by_button: bool) -> RecordingOf {
        RecordingOf {
            party: self.party.clone(),
            outgoing: self.direction == Direction::Outgoing,
            outside: is_outside(&self.party.number),
            queue: self.queue.clone(),
            by_button,
        }
    }

    pub(super) fn follow_recording(&mut self, rules: Option<&RecordingRules>, turn: &mut Turn) {
        let (outside, talks, over) = (is_outside(&self.party.number), self.is_spoken(), self.state.is_done());
        if let Some(step) = self.take.step(rules, outside, talks, over) {
            let step = match step {
                Step::Begin { by_button } => RecordStep::Begin(Box::new(self.recording_of(by_button))),
                Step::Pause => RecordStep::Pause,
                Step::Resume => RecordStep::Resume,
                Step::End => RecordStep::End,
            };
            turn.effect(Effect::Record(self.id, step));
        }
        self.recording = self.take.view(rules, outside, talks);
    }
}

impl Lineup {
    /// Other rules count from now on, also for calls that run; `None`: nothing is recorded.
    pub(crate) fn record_by(&mut self, rules: Option<RecordingRules>) {
        self.rules = rules;
    }

    /// The button (RG-13). What is recorded by itself cannot be switched off with it.
    pub(crate) fn record(&mut self, id: CallId, on: bool) -> Done {
        let rules = self.rules.filter(|rules| rules.press).ok_or(CommandError::NotNow)?;
        let call = self.known(id)?;
        if !call.is_spoken() && on || is_automatic(&rules, is_outside(&call.party.number)) && !call.take.failed {
            return Err(CommandError::NotNow);
        }
        if on {
            call.take.failed = false;
        }
        call.take.pressed = on;
        Ok(())
    }

    /// Leaves out what is said until it goes on.
    pub(crate) fn pause_recording(&mut self, id: CallId, on: bool) -> Done {
        let may = self.rules.is_some_and(|rules| rules.may_pause);
        let call = self.known(id)?;
        if !(may && call.take.begun) {
            return Err(CommandError::NotNow);
        }
        call.take.paused = on;
        Ok(())
    }

    /// It cannot be kept. The call goes on.
    pub(crate) fn recording_failed(&mut self, id: CallId) {
        if let Some(call) = self.find(id) {
            call.take.failed = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Recording; 3] = [Recording::Off, Recording::External, Recording::All];

    fn rules(automatic: Recording, press: bool) -> RecordingRules {
        RecordingRules { automatic, press, may_pause: true, tone: false }
    }

    #[test]
    fn recordings_exist_exactly_where_they_must_rg_12() {
        for (automatic, outside, expected) in [
            (Recording::Off, false, false),
            (Recording::Off, true, false),
            (Recording::External, false, false),
            (Recording::External, true, true),
            (Recording::All, false, true),
            (Recording::All, true, true),
        ] {
            let (mut take, rules) = (Take::default(), rules(automatic, false));
            assert_eq!(take.step(Some(&rules), outside, false, false), None, "not before it is answered");
            let begun = expected.then_some(Step::Begin { by_button: false });
            assert_eq!(take.step(Some(&rules), outside, true, false), begun, "{automatic:?}, outside: {outside}");
            assert_eq!(take.step(Some(&rules), outside, true, true), expected.then_some(Step::End));
        }
    }

    #[test]
    fn the_button_is_another_right_rg_13() {
        for automatic in ALL {
            for (press, outside) in [(true, true), (true, false), (false, true), (false, false)] {
                let rules = rules(automatic, press);
                let mut take = Take { pressed: true, ..Take::default() };
                let by_itself = is_automatic(&rules, outside);
                let expected = (by_itself || press).then_some(Step::Begin { by_button: !by_itself });
                assert_eq!(take.step(Some(&rules), outside, true, false), expected);
                assert_eq!(take.view(Some(&rules), outside, true).may_press, press && !by_itself);
            }
        }
    }

    #[test]
    fn hold_and_pause_rest_and_what_is_taken_away_ends() {
        let given = rules(Recording::All, false);
        let mut take = Take::default();
        let step = |take: &mut Take, rules, talks| take.step(rules, false, talks, false);
        assert_eq!(step(&mut take, Some(&given), true), Some(Step::Begin { by_button: false }));
        assert_eq!(step(&mut take, Some(&given), false), Some(Step::Pause), "on hold");
        take.paused = true;
        assert_eq!(step(&mut take, Some(&given), true), None, "back, and paused");
        assert_eq!(take.view(Some(&given), false, true).state, RecordingState::Paused);
        take.paused = false;
        assert_eq!(step(&mut take, Some(&given), true), Some(Step::Resume));
        take.paused = true;
        let never = RecordingRules { may_pause: false, ..given };
        assert_eq!(step(&mut take, Some(&never), true), None, "who may not pause does not");
        let off = rules(Recording::Off, true);
        assert_eq!(step(&mut take, Some(&off), true), Some(Step::End));
        assert_eq!(step(&mut take, Some(&off), true), None);
        assert_eq!(step(&mut take, Some(&given), true), Some(Step::Begin { by_button: false }));
        assert_eq!(step(&mut take, None, true), Some(Step::End), "signed out");
        take.failed = true;
        assert_eq!(step(&mut take, Some(&given), true), None, "not again and again");
    }

    #[test]
    fn who_is_outside_by_table() {
        for (number, expected) in [
            ("101", false),
            ("*43", false),
            ("999999", false),
            ("reception", false),
            ("team-7.b", false),
            ("+966501234567", true),
            ("00966501234567", true),
            ("0501234567", true),
            ("1000000", true),
            ("info@example.com", true),
            ("", true),
        ] {
            assert_eq!(is_outside(number), expected, "{number}");
        }
    }
}
