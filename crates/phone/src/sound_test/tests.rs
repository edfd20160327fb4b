use base::WallMs;

use super::*;

/// A test that is told the time.
#[derive(Default)]
struct Rig {
    test: SoundTest,
    now_ms: u64,
    done: Vec<Effect>,
}

impl Rig {
    fn turn(&mut self, change: impl FnOnce(&mut SoundTest, &mut Turn)) -> TestPhase {
        let mut turn = Turn::new(Now::from_millis(self.now_ms), WallMs(0));
        change(&mut self.test, &mut turn);
        self.test.tick(&mut turn);
        self.done.extend(turn.out.effects);
        self.test.view().phase
    }

    /// Lets time pass, waking as asked.
    fn until(&mut self, ms: u64) -> TestPhase {
        while let Some(at) = self.test.wake_at().filter(|at| *at <= Now::from_millis(ms)) {
            self.now_ms = at.since_epoch().as_millis() as u64;
            self.turn(|_, _| ());
        }
        self.now_ms = ms;
        self.turn(|_, _| ())
    }

    fn microphone(&mut self) -> TestPhase {
        let device = Some(DeviceId("m1".into()));
        self.turn(|test, turn| test.begin(turn, TestRequest::Microphone { device, speaker: None }, true))
    }

    fn speaker(&mut self) -> TestPhase {
        self.turn(|test, turn| test.begin(turn, TestRequest::Speaker { device: None }, true))
    }

    fn is_closed(&self) -> bool {
        matches!(self.done.last(), Some(Effect::EndTest)) && self.test.wake_at().is_none()
    }
}

const fn over(outcome: TestOutcome) -> TestPhase {
    TestPhase::Over(outcome)
}

#[test]
fn dv_01_a_microphone_is_recorded_and_played_back() {
    let mut rig = Rig::default();
    assert_eq!(rig.microphone(), TestPhase::Opening);
    assert_eq!(rig.until(700), TestPhase::Opening);
    assert_eq!(rig.turn(|test, turn| test.microphone_open(turn)), TestPhase::Recording);
    rig.turn(|test, _| test.voice());
    assert_eq!(rig.until(4_699), TestPhase::Recording);
    assert_eq!(rig.until(4_700), TestPhase::Playing);
    assert_eq!(rig.until(8_699), TestPhase::Playing);
    assert_eq!(rig.until(8_700), over(TestOutcome::Heard));
    assert!(rig.is_closed());
    assert!(matches!(&rig.done[1], Effect::Test(step) if **step == TestStep::PlayBack));
}

#[test]
fn dv_01_a_silent_microphone_is_named_after_five_seconds() {
    let mut rig = Rig::default();
    rig.microphone();
    rig.turn(|test, turn| test.microphone_open(turn));
    assert_eq!(rig.until(4_999), TestPhase::Recording);
    assert_eq!(rig.until(5_000), over(TestOutcome::Silent));
    assert!(rig.is_closed());
}

#[test]
fn dv_02_a_speaker_sounds_left_right_both_until_the_agent_answers() {
    for (heard, outcome) in [(true, TestOutcome::Heard), (false, TestOutcome::NotHeard)] {
        let mut rig = Rig::default();
        assert_eq!(rig.speaker(), TestPhase::Sounding(Side::Left));
        assert_eq!(rig.until(1_200), TestPhase::Sounding(Side::Right));
        assert_eq!(rig.until(2_400), TestPhase::Sounding(Side::Both));
        assert_eq!(rig.until(3_600), TestPhase::Sounding(Side::Left));
        assert_eq!(rig.turn(|test, turn| test.answered(turn, heard)), over(outcome));
        assert!(rig.is_closed());
    }
}

#[test]
fn no_test_is_longer_than_thirty_seconds() {
    let mut rig = Rig::default();
    rig.microphone();
    assert_eq!(rig.until(29_999), TestPhase::Opening);
    assert_eq!(rig.until(30_000), over(TestOutcome::Stopped));
    assert!(rig.is_closed());
    rig.speaker();
    assert_eq!(rig.until(60_000), over(TestOutcome::Stopped));
    assert!(rig.is_closed());
}

#[test]
fn a_call_refuses_a_test_and_ends_one_that_runs() {
    let mut rig = Rig::default();
    let request = TestRequest::Speaker { device: None };
    assert_eq!(rig.turn(|test, turn| test.begin(turn, request, false)), over(TestOutcome::InUse));
    assert!(rig.done.is_empty(), "nothing was opened");
    rig.microphone();
    assert_eq!(rig.turn(|test, turn| test.call_came(turn)), over(TestOutcome::InUse));
    assert!(rig.is_closed());
}

#[test]
fn every_failure_has_its_own_outcome() {
    for (fault, outcome) in [
        (SoundFault::Missing, TestOutcome::Gone),
        (SoundFault::Lost, TestOutcome::Gone),
        (SoundFault::Busy, TestOutcome::Busy),
        (SoundFault::NoPermission, TestOutcome::NoPermission),
        (SoundFault::Failed, TestOutcome::Failed),
    ] {
        let mut rig = Rig::default();
        rig.microphone();
        assert_eq!(rig.turn(|test, turn| test.failed(turn, fault)), over(outcome));
        assert!(rig.is_closed());
    }
}

#[test]
fn unplugging_the_tested_device_ends_the_test_and_another_does_not() {
    let mut rig = Rig::default();
    rig.microphone();
    assert_eq!(rig.turn(|test, turn| test.devices_changed(turn, |_, id| id.0 == "m1")), TestPhase::Opening);
    assert_eq!(rig.turn(|test, turn| test.devices_changed(turn, |_, _| false)), over(TestOutcome::Gone));
    assert!(rig.is_closed());
}

#[test]
fn late_news_after_the_end_changes_nothing() {
    let mut rig = Rig::default();
    rig.microphone();
    rig.turn(|test, turn| test.stopped(turn));
    let effects = rig.done.len();
    rig.turn(|test, turn| test.microphone_open(turn));
    rig.turn(|test, turn| test.failed(turn, SoundFault::Busy));
    rig.turn(|test, turn| test.answered(turn, true));
    rig.turn(|test, turn| test.stopped(turn));
    assert_eq!((rig.test.view().phase, rig.done.len()), (over(TestOutcome::Stopped), effects));
}

#[test]
fn a_new_test_takes_the_place_of_one_that_runs() {
    let mut rig = Rig::default();
    rig.microphone();
    assert_eq!(rig.speaker(), TestPhase::Sounding(Side::Left));
    let kinds: Vec<bool> = rig.done.iter().map(|effect| matches!(effect, Effect::EndTest)).collect();
    assert_eq!(kinds, [false, true, false], "opened, closed, opened");
}
