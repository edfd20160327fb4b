//! Parking places: which one is meant is said by the edge alone, and what their phone answers is the answer (RG-08).

use super::rig::*;
use crate::edge::PARKING;

/// 101 has a phone, and there is one for the parking places.
fn people() -> (Rig, Phone, Phone) {
    let (mut rig, [a, _]) = Rig::registered(["101", "102"]);
    let park = Phone {
        flow: base::FlowId(u64::MAX),
        user: PARKING.into(),
        contact: "sip:park@park.invalid;transport=ws".into(),
    };
    assert!(rig.edge.flow_up(rig.now, park.flow, Some(PARKING.into())).is_empty());
    let text = rig.register_text(&park, 1, "", "");
    rig.send(&park, &text);
    rig.expect(&park, "SIP/2.0 200");
    (rig, a, park)
}

#[test]
fn the_phone_of_the_places_hears_which_one_was_dialled_and_refuses_for_itself_rg_08() {
    let (mut rig, a, park) = people();
    for (place, word, refusal) in [("*6804", "4", "403 Forbidden"), ("*6899", "99", "404 Not Found")] {
        // What a client says itself counts for nothing.
        rig.invite_saying(&a, place, word, "X-Rannan-Pickup: 7\n");
        rig.expect(&a, "SIP/2.0 100");
        let invite = rig.expect(&park, "INVITE");
        assert_eq!(row(&invite, "X-Rannan-Pickup"), word);
        rig.send(&park, &reply(&invite, refusal, "t2", ""));
        rig.expect(&park, "ACK");
        rig.expect(&a, &format!("SIP/2.0 {}", &refusal[..3]));
    }
}

#[test]
fn what_is_no_place_is_nobody_rg_08() {
    let (mut rig, a, park) = people();
    for dialled in ["*6800", "*684", "*68004"] {
        rig.invite(&a, dialled, dialled);
        rig.expect(&a, "SIP/2.0 404");
    }
    assert!(rig.silent(&park));
}
