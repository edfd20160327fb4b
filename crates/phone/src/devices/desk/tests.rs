use base::WallMs;
use proptest::prelude::*;

use super::*;
use crate::input::SoundFault;

/// A desk with its clock, and what it said last.
#[derive(Default)]
struct Rig {
    desk: Desk,
    now_ms: u64,
    plans: Vec<DevicePlan>,
    moves: Vec<(DevicePurpose, String, MoveWhy)>,
    kept: Option<DevicePreferences>,
}

impl Rig {
    fn turn(&mut self, change: impl FnOnce(&mut Desk, &mut Turn)) {
        let mut turn = Turn::new(Now::from_millis(self.now_ms), WallMs(0));
        change(&mut self.desk, &mut turn);
        self.desk.settle(&mut turn);
        for effect in turn.out.effects {
            match effect {
                Effect::UseDevices(plan) => self.plans.push(*plan),
                Effect::RememberDevices(kept) => self.kept = Some(*kept),
                other => panic!("not of the desk: {other:?}"),
            }
        }
        for notice in turn.out.notices {
            if let Notice::DeviceMoved { purpose, to, why } = notice {
                self.moves.push((purpose, to.name, why));
            }
        }
    }

    /// `m` is a microphone, `s` a speaker; `*` marks the default.
    fn plugged(&mut self, devices: &str) {
        let list = devices.split_whitespace().map(device).collect();
        self.turn(|desk, _| desk.on_list(list));
    }

    fn switch(&mut self, purpose: DevicePurpose, id: Option<&str>) {
        let id = id.map(|id| DeviceId(id.into()));
        self.turn(|desk, turn| desk.switch(turn, purpose, id.as_ref()));
    }

    fn failed(&mut self) {
        let now = Now::from_millis(self.now_ms);
        self.turn(|desk, _| desk.failed(DeviceKind::Microphone, SoundFault::Busy, now));
    }

    fn after(&mut self, ms: u64) {
        self.now_ms += ms;
        self.turn(|_, _| ());
    }

    fn live(&self) -> (&str, &str) {
        let id = |id: &'_ Option<DeviceId>| id.as_ref().map(|id| id.0.clone());
        let plan = self.desk.plan();
        let (m, s) = (id(&plan.microphone), id(&plan.speaker));
        (leak(m), leak(s))
    }

    fn ringers(&self) -> Vec<&str> {
        self.desk.plan().ringers.iter().map(|id| &*id.0).collect()
    }
}

fn leak(text: Option<String>) -> &'static str {
    text.map_or("-", |text| Box::leak(text.into_boxed_str()))
}

fn device(word: &str) -> AudioDevice {
    let id = word.trim_end_matches('*');
    let kind = if id.starts_with('m') { DeviceKind::Microphone } else { DeviceKind::Speaker };
    AudioDevice {
        id: DeviceId(id.into()),
        name: format!("name of {id}"),
        kind,
        is_default: word.ends_with('*'),
        is_muted: false,
    }
}

use DevicePurpose::{Microphone, Ringer, Speaker};

#[test]
fn the_default_is_used_until_something_is_chosen_and_is_followed() {
    let mut rig = Rig::default();
    assert_eq!(rig.live(), ("-", "-"));
    rig.plugged("m1* m2 s1* s2");
    assert_eq!(rig.live(), ("m1", "s1"));
    assert_eq!(rig.moves, [], "the first list is no move");
    rig.plugged("m1 m2* s1* s2");
    assert_eq!(rig.live(), ("m2", "s1"));
    assert_eq!(rig.moves, [(Microphone, "name of m2".into(), MoveWhy::NewDefault)]);
}

#[test]
fn unplugging_falls_back_with_a_notice_and_plugging_returns() {
    let mut rig = Rig::default();
    rig.plugged("m1* m2 s1* s2");
    rig.switch(Microphone, Some("m2"));
    rig.switch(Speaker, Some("s2"));
    assert_eq!((rig.live(), rig.moves.len()), (("m2", "s2"), 0), "a choice needs no explanation");
    rig.plugged("m1* s1*");
    assert_eq!(rig.live(), ("m1", "s1"));
    rig.plugged("m1* m2 s1* s2");
    assert_eq!(rig.live(), ("m2", "s2"));
    let told = [
        (Microphone, "name of m1".into(), MoveWhy::Gone),
        (Speaker, "name of s1".into(), MoveWhy::Gone),
        (Microphone, "name of m2".into(), MoveWhy::Back),
        (Speaker, "name of s2".into(), MoveWhy::Back),
    ];
    assert_eq!(rig.moves, told);
}

#[test]
fn every_headset_ever_chosen_is_remembered_in_order() {
    let mut rig = Rig::default();
    rig.plugged("m0* m1 m2 m3");
    ["m1", "m2", "m3"].iter().for_each(|id| rig.switch(Microphone, Some(id)));
    for (plugged, live) in [("m0* m1 m2", "m2"), ("m0* m1", "m1"), ("m0*", "m0"), ("m0* m1", "m1"), ("m0* m3 m1", "m3")]
    {
        rig.plugged(plugged);
        assert_eq!(rig.live().0, live, "with {plugged}");
    }
    let kept = rig.kept.clone().expect("choices are kept");
    let mut tomorrow = Rig::default();
    tomorrow.turn(|desk, _| desk.remember(kept));
    tomorrow.plugged("m0* m1 m2");
    assert_eq!(tomorrow.live().0, "m2", "also after a restart");
    assert_eq!(tomorrow.moves, [(Microphone, "name of m2".into(), MoveWhy::Gone)], "the missing one is named");
}

#[test]
fn the_default_can_be_chosen_again() {
    let mut rig = Rig::default();
    rig.plugged("m0* m1");
    rig.switch(Microphone, Some("m1"));
    rig.switch(Microphone, None);
    assert_eq!(rig.live().0, "m0");
    rig.plugged("m1");
    assert_eq!(rig.live().0, "m1", "better than nothing");
}

#[test]
fn a_device_that_fails_rests_and_is_tried_again() {
    let mut rig = Rig::default();
    rig.plugged("m0* m1");
    rig.switch(Microphone, Some("m1"));
    rig.failed();
    assert_eq!(rig.live().0, "m0");
    assert_eq!(rig.moves, [(Microphone, "name of m0".into(), MoveWhy::Failing)]);
    rig.after(4_999);
    assert_eq!(rig.live().0, "m0");
    rig.after(1);
    assert_eq!(rig.live().0, "m1");
    rig.failed();
    rig.after(5_000);
    assert_eq!(rig.live().0, "m0", "the second rest is longer");
    rig.after(5_000);
    assert_eq!(rig.live().0, "m1");
}

#[test]
fn a_stream_that_stops_before_the_list_says_why_is_taken_for_unplugged() {
    let mut rig = Rig::default();
    rig.plugged("m0* m1");
    rig.switch(Microphone, Some("m1"));
    rig.turn(|desk, turn| desk.failed(DeviceKind::Microphone, SoundFault::Lost, turn.now));
    assert_eq!(rig.live().0, "m0");
    rig.plugged("m0*");
    assert_eq!(rig.moves, [(Microphone, "name of m0".into(), MoveWhy::Gone)]);
    rig.plugged("m0* m1");
    assert_eq!(rig.live().0, "m1");
}

#[test]
fn a_failed_device_that_is_plugged_in_again_starts_afresh() {
    let mut rig = Rig::default();
    rig.plugged("m0* m1");
    rig.switch(Microphone, Some("m1"));
    rig.failed();
    rig.plugged("m0*");
    rig.plugged("m0* m1");
    assert_eq!(rig.live().0, "m1");
}

#[test]
fn the_only_device_stays_the_plan_though_it_fails() {
    let mut rig = Rig::default();
    rig.plugged("m0*");
    rig.failed();
    assert_eq!(rig.live().0, "m0");
}

#[test]
fn it_rings_on_several_at_once_and_never_nowhere() {
    let mut rig = Rig::default();
    rig.plugged("s0* s1 s2");
    assert_eq!(rig.ringers(), ["s0"], "on the speaker, unless chosen otherwise");
    let choice = DeviceChoice {
        microphone: None,
        speaker: Some(DeviceId("s1".into())),
        ring_with_speaker: true,
        ringers: vec![DeviceId("s0".into()), DeviceId("s2".into())],
        ring_percent: 40,
    };
    rig.turn(|desk, turn| desk.save(turn, &choice));
    assert_eq!(rig.ringers(), ["s0", "s2", "s1"]);
    assert_eq!(rig.desk.plan().ring_percent, 40);
    rig.switch(Ringer, Some("s2"));
    assert_eq!(rig.ringers(), ["s2"]);
    rig.plugged("s0* s1");
    assert_eq!(rig.ringers(), ["s1"], "the chosen one is gone: the speaker rings");
    assert!(rig.desk.view().ringers.is_fallback);
    rig.plugged("s0* s1 s2");
    assert_eq!(rig.ringers(), ["s2"]);
}

#[test]
fn nothing_at_all_is_a_plan_as_well() {
    let mut rig = Rig::default();
    rig.plugged("m0* s0*");
    rig.plugged("");
    assert_eq!(rig.live(), ("-", "-"));
    assert_eq!(rig.ringers(), [""; 0]);
    rig.plugged("m0* s0*");
    assert_eq!(rig.live(), ("m0", "s0"));
}

/// What may happen to a desk.
#[derive(Clone, Debug)]
enum Step {
    Plugged { there: [bool; 4], default: usize },
    Choose(Option<usize>),
    Fails,
    Works,
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (any::<[bool; 4]>(), 0..4usize).prop_map(|(there, default)| Step::Plugged { there, default }),
        2 => proptest::option::of(0..4usize).prop_map(Step::Choose),
        1 => Just(Step::Fails),
        1 => Just(Step::Works),
        2 => (0..70_000u64).prop_map(Step::Wait),
    ]
}

proptest! {
    /// Whatever happens: what is live is there; it is the one chosen last of those that are there and do not rest; and the list of
    /// what is remembered neither loses a choice nor holds one twice.
    #[test]
    fn the_best_present_device_is_live(steps in proptest::collection::vec(step(), 1..60)) {
        let mut rig = Rig::default();
        let (mut there, mut chosen, mut follow_default) = (Vec::<usize>::new(), Vec::<usize>::new(), true);
        let mut default = 0;
        for step in steps {
            match step {
                Step::Plugged { there: plugged, default: wanted } => {
                    there = (0..4).filter(|n| plugged[*n]).collect();
                    default = if there.contains(&wanted) { wanted } else { there.first().copied().unwrap_or(0) };
                    let words: Vec<String> =
                        there.iter().map(|n| format!("m{n}{}", if *n == default { "*" } else { "" })).collect();
                    rig.plugged(&words.join(" "));
                }
                Step::Choose(choice) => {
                    rig.switch(Microphone, choice.map(|n| format!("m{n}")).as_deref());
                    follow_default = choice.is_none();
                    if let Some(n) = choice {
                        chosen.retain(|other| *other != n);
                        chosen.insert(0, n);
                    }
                }
                Step::Fails => rig.failed(),
                Step::Works => rig.turn(|desk, _| desk.works(DeviceKind::Microphone)),
                Step::Wait(ms) => rig.after(ms),
            }
            let now = Now::from_millis(rig.now_ms);
            let rests = |n: usize| rig.desk.is_resting(DeviceKind::Microphone, &DeviceId(format!("m{n}")), now);
            let ranked = chosen.iter().copied().filter(|n| there.contains(n));
            let of_default = there.iter().copied().filter(|n| *n == default);
            let mut order: Vec<usize> =
                if follow_default { of_default.chain(ranked).collect() } else { ranked.chain(of_default).collect() };
            order.extend(&there);
            let best = order.iter().copied().find(|n| !rests(*n)).or(order.first().copied());
            let expected = best.map_or("-".to_owned(), |n| format!("m{n}"));
            prop_assert_eq!(rig.live().0, expected);
            let remembered: Vec<String> =
                rig.desk.view().microphone.remembered.iter().map(|device| device.id.0.clone()).collect();
            prop_assert_eq!(remembered, chosen.iter().map(|n| format!("m{n}")).collect::<Vec<_>>());
            let wanted = if follow_default { Some(default) } else { chosen.first().copied() };
            prop_assert_eq!(rig.desk.view().microphone.is_fallback, best.is_some() && best != wanted);
        }
    }
}
