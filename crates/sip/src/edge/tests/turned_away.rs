//! Callees who want no calls.

use std::collections::BTreeMap;

use super::rig::*;
use crate::edge::{CallKey, EdgeEvent};

#[test]
fn who_wants_no_calls_hears_none_and_still_makes_some_st_04() {
    let (mut rig, [a, b]) = Rig::registered(["101", "102"]);
    rig.events.clear();
    rig.edge.turn_away(BTreeMap::from([("102".to_owned(), 486)]));
    rig.invite(&a, "102", "c1");
    rig.expect(&a, "SIP/2.0 486 Busy Here");
    assert!(rig.silent(&b));
    let told = EdgeEvent::CallTurnedAway { key: CallKey(1), from: "101".into(), to: "102".into(), code: 486 };
    assert_eq!(rig.events, [told], "and no call has begun");

    rig.invite(&b, "101", "c2");
    rig.expect(&b, "SIP/2.0 100");
    rig.expect(&a, "INVITE");

    rig.edge.turn_away(BTreeMap::new());
    rig.invite(&a, "102", "c3");
    rig.expect(&a, "SIP/2.0 100");
    rig.expect(&b, "INVITE");
}

#[test]
fn who_is_not_there_is_not_busy() {
    let (mut rig, [a]) = Rig::registered(["101"]);
    rig.edge.turn_away(BTreeMap::from([("102".to_owned(), 486)]));
    rig.invite(&a, "102", "c1");
    rig.expect(&a, "SIP/2.0 480");
}
