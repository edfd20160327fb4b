//! Parking places by moved time.

use super::*;

const CALLER: DialogId = DialogId(1);
const PICKER: DialogId = DialogId(2);
const BACK: Duration = Duration::from_secs(180);

fn at(seconds: u64) -> Now {
    Now::at(Duration::from_secs(seconds))
}

fn visitor(dialog: DialogId, number: &str) -> Visitor<'_> {
    Visitor { dialog, number, name: "", sent_by: None, now_ms: 5 }
}

/// A call that 101 has parked at 1, second 0.
fn parked() -> Slots {
    let mut slots = Slots::new(BACK);
    assert_eq!(slots.reserve(at(0), "101"), Some(1));
    slots.come(at(0), 1, &Visitor { sent_by: Some("101"), ..visitor(CALLER, "555") }, |_, _| false).unwrap();
    assert!(slots.parked().is_empty(), "not answered yet");
    assert!(slots.stands(at(0), CALLER).is_empty());
    slots
}

fn numbers(slots: &Slots) -> Vec<(u8, String, bool)> {
    slots.parked().into_iter().map(|call| (call.slot, call.number, call.comes_back)).collect()
}

#[test]
fn smallest_free_place_is_taken_and_one_that_stays_empty_is_free_again_rg_08() {
    let mut slots = parked();
    assert_eq!(slots.reserve(at(0), "102"), Some(2));
    assert_eq!(slots.reserve(at(0), "103"), Some(3));
    assert!(slots.taken(CALLER).contains(&Deed::HangUp(CALLER)));
    assert_eq!(slots.reserve(at(1), "104"), Some(1));
    assert!(slots.tick(at(30)).is_empty());
    assert_eq!(slots.reserve(at(30), "105"), Some(2), "nobody came within half a minute");
}

#[test]
fn nobody_keeps_all_places_without_calls_and_there_are_ninety_nine_rg_08() {
    let mut slots = Slots::new(BACK);
    let kept = (0..100).filter_map(|_| slots.reserve(at(0), "101")).count();
    assert_eq!(kept, MOST_RESERVED);
    let others = (0..200).filter_map(|n| slots.reserve(at(0), &n.to_string())).count();
    assert_eq!(kept + others, 99);
}

#[test]
fn only_whoever_may_takes_a_call_and_only_one_at_a_time_rg_08() {
    let mut slots = parked();
    assert_eq!(slots.come(at(1), 2, &visitor(PICKER, "102"), |_, _| true), Err(404));
    let judged = slots.come(at(1), 1, &visitor(PICKER, "102"), |by, of| {
        assert_eq!((by, of), ("102", "101"));
        false
    });
    assert_eq!(judged, Err(403));
    assert_eq!(slots.come(at(1), 1, &visitor(PICKER, "102"), |_, _| true), Ok(()));
    assert_eq!(slots.come(at(1), 1, &visitor(DialogId(3), "103"), |_, _| true), Err(486));
    assert_eq!(slots.stands(at(1), PICKER), [Deed::Join { dialog: CALLER, picker: PICKER }]);
    assert_eq!(slots.taken(CALLER), [Deed::HangUp(PICKER), Deed::HangUp(CALLER)]);
    assert!(slots.parked().is_empty());
    assert_eq!(slots.wake_at(), None);
}

#[test]
fn a_place_that_somebody_keeps_is_not_for_a_call_that_somebody_else_sends_rg_08() {
    let mut slots = Slots::new(BACK);
    slots.reserve(at(0), "101");
    let stray = Visitor { sent_by: Some("102"), ..visitor(CALLER, "555") };
    assert_eq!(slots.come(at(0), 1, &stray, |_, _| true), Err(403));
}

#[test]
fn a_colleague_who_gives_up_leaves_the_call_where_it_was_rg_08() {
    let mut slots = parked();
    slots.come(at(1), 1, &visitor(PICKER, "102"), |_, _| true).unwrap();
    assert!(slots.over(at(2), PICKER).is_empty());
    assert!(slots.not_taken(at(3), CALLER).contains(&Deed::HangUp(PICKER)));
    assert_eq!(numbers(&slots), [(1, "555".into(), false)]);
    slots.come(at(4), 1, &visitor(PICKER, "102"), |_, _| true).unwrap();
    slots.over(at(4), PICKER);
    slots.tick(at(9));
    assert_eq!(slots.come(at(9), 1, &visitor(PICKER, "102"), |_, _| true), Ok(()), "no report came");
}

#[test]
fn nobody_comes_and_it_rings_back_again_and_again_rg_08() {
    let mut slots = parked();
    assert!(slots.tick(at(179)).is_empty());
    assert_eq!(slots.tick(at(180)), [Deed::Send { dialog: CALLER, to: "101".into() }]);
    assert_eq!(numbers(&slots), [(1, "555".into(), true)]);
    assert!(slots.not_taken(at(200), CALLER).is_empty(), "the one who parked it does not answer");
    assert_eq!(numbers(&slots), [(1, "555".into(), false)]);
    assert_eq!(slots.wake_at(), Some(at(380)));
    assert_eq!(slots.tick(at(380)).len(), 1);
    slots.tick(at(530));
    assert_eq!(slots.wake_at(), Some(at(710)), "a phone that never reports");
}

#[test]
fn caller_who_hangs_up_frees_the_place_and_sends_home_who_came_rg_08() {
    let mut slots = parked();
    assert!(slots.over(at(1), CALLER).is_empty());
    assert_eq!(slots.reserve(at(1), "102"), Some(1));
    let mut slots = parked();
    slots.come(at(1), 1, &visitor(PICKER, "102"), |_, _| true).unwrap();
    assert_eq!(slots.over(at(1), CALLER), [Deed::HangUp(PICKER)]);
    assert!(slots.parked().is_empty());
}
