//! Calls to a queue, held until an agent takes one.

use std::collections::BTreeMap;
use std::time::Duration;

use super::calls::cancel;
use super::rig::*;
use crate::edge::{CallKey, EdgeEvent, OfferKey};

const NAME: &str = "المبيعات";

/// 101 waits in queue 800; 102 has two phones, 103 one.
fn waiting() -> (Rig, [Phone; 4], CallKey, String) {
    let (mut rig, phones) = Rig::registered(["101", "102", "102", "103"]);
    rig.edge.set_queues(["800".to_owned()].into());
    rig.events.clear();
    let text = rig.invite(&phones[0], "800", "c1");
    rig.expect(&phones[0], "SIP/2.0 100");
    let key = called(&rig);
    rig.events.clear();
    (rig, phones, key, text)
}

fn called(rig: &Rig) -> CallKey {
    let key = |event: &EdgeEvent| if let EdgeEvent::QueueCalled { key, .. } = event { Some(*key) } else { None };
    rig.events.iter().find_map(key).expect("a queue was called")
}

fn offer(rig: &mut Rig, key: CallKey, offer: u64, agent: &str) {
    rig.queue(|edge, now| edge.queue_offer(now, key, OfferKey(offer), agent, NAME));
}

/// What became of offers: which, and with which code.
fn over(rig: &Rig) -> Vec<(u64, Option<u16>)> {
    let over = |event: &EdgeEvent| match event {
        EdgeEvent::OfferOver { offer, code, .. } => Some((offer.0, *code)),
        _ => None,
    };
    rig.events.iter().filter_map(over).collect()
}

fn says(rig: &mut Rig, phone: &Phone, invite: &str, status: &str) {
    let contact = format!("Contact: <{}>\n", phone.contact);
    rig.send(phone, &reply(invite, status, &format!("t{}", phone.flow), &contact));
}

#[test]
fn the_caller_hears_their_place_and_no_agents_answer() {
    let (mut rig, [a, b, c, d], key, _) = waiting();
    rig.queue(|edge, now| edge.queue_position(now, key, 3, Some(Duration::from_secs(120))));
    let queued = rig.expect(&a, "SIP/2.0 182 Queued");
    assert_eq!((row(&queued, "X-Rannan-Position"), row(&queued, "X-Rannan-Wait")), ("3".into(), "120".into()));
    offer(&mut rig, key, 1, "103");
    let invite = rig.expect(&d, "INVITE");
    assert_eq!(row(&invite, "X-Rannan-Queue"), "%D8%A7%D9%84%D9%85%D8%A8%D9%8A%D8%B9%D8%A7%D8%AA");
    assert!(invite.contains("Record-Route"), "the dialog will go through us");
    for status in ["180 Ringing", "603 Decline"] {
        says(&mut rig, &d, &invite, status);
    }
    rig.expect(&d, "ACK");
    assert_eq!(over(&rig), [(1, Some(603))]);
    rig.pass(Duration::from_secs(3600));
    assert!([&a, &b, &c, &d].iter().all(|phone| rig.silent(phone)), "held for an hour, and nobody hears of it");
}

#[test]
fn the_first_2xx_connects_and_bye_ends_it() {
    let (mut rig, [a, b, c, d], key, _) = waiting();
    offer(&mut rig, key, 1, "102");
    offer(&mut rig, key, 2, "103");
    let invites = [&b, &c, &d].map(|phone| rig.expect(phone, "INVITE"));
    says(&mut rig, &d, &invites[2], "180 Ringing");
    assert!(rig.events.contains(&EdgeEvent::OfferRinging { key, offer: OfferKey(2), agent: "103".into() }));
    says(&mut rig, &b, &invites[0], "180 Ringing");
    says(&mut rig, &c, &invites[1], "180 Ringing");
    says(&mut rig, &d, &invites[2], "200 OK");
    let ok = rig.expect(&a, "SIP/2.0 200");
    assert!(row(&ok, "To").ends_with("tag=t4"));
    for phone in [&b, &c] {
        assert!(row(&rig.expect(phone, "CANCEL"), "Reason").starts_with("SIP;cause=200"));
    }
    let taken = EdgeEvent::OfferTaken { key, offer: OfferKey(2), agent: "103".into() };
    let answered = EdgeEvent::CallAnswered { key, from: "101".into(), to: "103".into() };
    let place = |wanted: &EdgeEvent| rig.events.iter().position(|event| event == wanted).expect("it was told");
    assert!(place(&taken) < place(&answered), "the call is the agent's by then");
}

#[test]
fn busy_and_rejected_and_lost_and_nobody_there_are_told_apart() {
    let (mut rig, [_, b, c, d], key, _) = waiting();
    offer(&mut rig, key, 1, "102");
    let at_b = rig.expect(&b, "INVITE");
    let at_c = rig.expect(&c, "INVITE");
    says(&mut rig, &b, &at_b, "480 Temporarily Unavailable");
    assert_eq!(over(&rig), [], "another phone of theirs rings");
    says(&mut rig, &c, &at_c, "486 Busy Here");
    assert_eq!(over(&rig), [(1, Some(486))]);
    offer(&mut rig, key, 2, "103");
    rig.down(&d);
    assert_eq!(over(&rig).last(), Some(&(2, None)), "a broken connection is no missed call");
    offer(&mut rig, key, 3, "103");
    assert_eq!(over(&rig).last(), Some(&(3, None)), "nobody to ring");
}

#[test]
fn a_decline_stops_the_other_phones_of_that_agent_and_nobody_elses() {
    let (mut rig, [a, b, c, d], key, _) = waiting();
    offer(&mut rig, key, 1, "102");
    offer(&mut rig, key, 2, "103");
    let [at_b, at_c, _at_d] = [&b, &c, &d].map(|phone| {
        let invite = rig.expect(phone, "INVITE");
        says(&mut rig, phone, &invite, "180 Ringing");
        invite
    });
    says(&mut rig, &b, &at_b, "603 Decline");
    rig.expect(&b, "ACK");
    rig.expect(&c, "CANCEL");
    says(&mut rig, &c, &at_c, "487 Request Terminated");
    assert_eq!(over(&rig), [(1, Some(603))]);
    assert!(rig.silent(&a) && rig.silent(&d));
}

#[test]
fn withdrawn_is_cancelled_and_an_answer_that_crosses_it_counts() {
    let (mut rig, [a, _, _, d], key, _) = waiting();
    offer(&mut rig, key, 1, "103");
    let invite = rig.expect(&d, "INVITE");
    says(&mut rig, &d, &invite, "180 Ringing");
    rig.queue(|edge, now| edge.queue_withdraw(now, key, OfferKey(1), false));
    rig.expect(&d, "CANCEL");
    says(&mut rig, &d, &invite, "200 OK");
    rig.expect(&a, "SIP/2.0 200");
    assert!(rig.events.contains(&EdgeEvent::OfferTaken { key, offer: OfferKey(1), agent: "103".into() }));
}

#[test]
fn who_hangs_up_is_told_at_once_and_the_ringing_ends() {
    let (mut rig, [a, _, _, d], key, text) = waiting();
    offer(&mut rig, key, 1, "103");
    let invite = rig.expect(&d, "INVITE");
    says(&mut rig, &d, &invite, "180 Ringing");
    rig.send(&a, &cancel(&text));
    assert!(rig.events.contains(&EdgeEvent::QueueLeft { key }));
    rig.expect(&d, "CANCEL");
    says(&mut rig, &d, &invite, "487 Request Terminated");
    rig.expect(&a, "SIP/2.0 200");
    rig.expect(&a, "SIP/2.0 487");
    rig.pass(Duration::from_secs(60));
    assert_eq!((rig.edge.forks.len(), rig.edge.core.len()), (0, 0));
}

#[test]
fn a_caller_whose_connection_breaks_has_left() {
    let (mut rig, [a, ..], key, _) = waiting();
    rig.down(&a);
    assert!(rig.events.contains(&EdgeEvent::QueueLeft { key }));
    assert_eq!(rig.edge.forks.len(), 0);
}

#[test]
fn sent_on_to_somebody_or_nowhere() {
    let (mut rig, [a, _, _, d], key, _) = waiting();
    offer(&mut rig, key, 1, "103");
    let invite = rig.expect(&d, "INVITE");
    says(&mut rig, &d, &invite, "603 Decline");
    rig.expect(&d, "ACK");
    rig.queue(|edge, now| edge.queue_divert(now, key, "103"));
    let invite = rig.expect(&d, "INVITE");
    assert!(!invite.contains("X-Rannan-Queue"), "an ordinary call");
    says(&mut rig, &d, &invite, "486 Busy Here");
    rig.expect(&a, "SIP/2.0 486");

    let (mut rig, [a, ..], key, _) = waiting();
    rig.queue(|edge, now| edge.queue_refuse(now, key, 480));
    rig.expect(&a, "SIP/2.0 480");
    assert_eq!(rig.ended_codes(), [480]);

    let (mut rig, [a, ..], key, _) = waiting();
    rig.edge.turn_away(BTreeMap::from([("103".to_owned(), 486)]));
    rig.queue(|edge, now| edge.queue_divert(now, key, "103"));
    rig.expect(&a, "SIP/2.0 486");
}

#[test]
fn what_only_the_server_says_is_taken_off_what_clients_send() {
    let (mut rig, [a, _, _, d]) = Rig::registered(["101", "102", "102", "103"]);
    let rest = format!(
        "From: <sip:101@{REALM}>;tag=f\nTo: <sip:103@{REALM}>\nCall-ID: c9\nCSeq: 1 INVITE\nContact: <{}>\n\
         X-Rannan-Queue: Sales\nx-rannan-QUEUE: Again\n",
        a.contact
    );
    let text = rig.request(&a, "INVITE", &format!("sip:103@{REALM}"), &rest);
    rig.send(&a, &text);
    rig.expect(&a, "SIP/2.0 100");
    let invite = rig.expect(&d, "INVITE");
    assert!(!invite.to_ascii_lowercase().contains("x-rannan"), "{invite}");
    rig.send(&d, &reply(&invite, "182 Queued", "t", "X-Rannan-Position: 1\n"));
    assert!(!rig.expect(&a, "SIP/2.0 182").contains("X-Rannan"));
}

#[test]
fn a_call_that_waits_long_does_not_grow() {
    let (mut rig, [_, _, _, d], key, _) = waiting();
    for n in 0..500 {
        offer(&mut rig, key, n, "103");
        let invite = rig.expect(&d, "INVITE");
        says(&mut rig, &d, &invite, "486 Busy Here");
        rig.expect(&d, "ACK");
        rig.pass(Duration::from_millis(500));
    }
    let id = rig.edge.forks.of_call(key).expect("it still waits");
    assert!(rig.edge.forks.get(id).expect("so").branches.len() < 5);
}
