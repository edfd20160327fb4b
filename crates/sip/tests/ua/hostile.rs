//! Far ends that mean harm, and inputs in any order: nothing panics, nothing grows.

use std::time::Duration;

use proptest::prelude::*;
use sip::ua::{DialogId, Event, Output, UserAgent};

use crate::message::{Msg, invite, request};
use crate::scene::{Duo, Solo, agent, aor, secs};

#[test]
fn ten_thousand_invitations_are_bounded() {
    let mut solo = Solo::new();
    for n in 0..10_000 {
        solo.hears(&invite(&format!("b{n}"), &format!("call{n}")));
        solo.sent.clear();
    }
    assert_eq!(solo.events.len(), 32);
    let (calls, transactions) = solo.ua.load();
    assert!(calls == 32 && transactions <= 256, "{:?}", solo.ua.load());
    assert!(solo.ua.counters().overloaded >= 9_000);
    // When they give up, everything is as before.
    for n in 0..32 {
        solo.hears(&request("CANCEL", &format!("b{n}"), &format!("call{n}"), 1));
    }
    solo.wait(secs(40));
    assert_eq!(solo.ua.load(), (0, 0));
    solo.events.clear();
    solo.hears(&invite("last", "last"));
    solo.invited();
}

#[test]
fn ten_thousand_refusable_requests_are_bounded() {
    let mut solo = Solo::new();
    for n in 0..10_000 {
        solo.hears(&request("MESSAGE", &format!("m{n}"), "c", n));
        solo.hears(&invite(&format!("i{n}"), &format!("c{n}")).with("Require", "x"));
        solo.hears(&request("ACK", &format!("a{n}"), "c", n));
        solo.hears(&request("OPTIONS", &format!("o{n}"), "c", n).reply(200, "x"));
        solo.sent.clear();
    }
    assert!(solo.ua.load().1 <= 256, "{:?}", solo.ua.load());
    solo.wait(secs(40));
    assert_eq!(solo.ua.load(), (0, 0));
}

/// What may happen to an agent, in any order.
#[derive(Clone, Debug)]
enum Step {
    Register,
    Unregister,
    Invite,
    OnLast(u8),
    FlowUp,
    FlowDown,
    Refresh,
    Wait(u32),
    Deliver,
    Drop,
    Twice,
    Swap,
    Mutate(usize, u8),
}

fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let step = prop_oneof![
        1 => Just(Step::Register),
        1 => Just(Step::Unregister),
        2 => Just(Step::Invite),
        8 => (0u8..8).prop_map(Step::OnLast),
        1 => Just(Step::FlowUp),
        1 => Just(Step::FlowDown),
        1 => Just(Step::Refresh),
        4 => (0u32..40_000).prop_map(Step::Wait),
        24 => Just(Step::Deliver),
        1 => Just(Step::Drop),
        2 => Just(Step::Twice),
        2 => Just(Step::Swap),
        2 => (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Step::Mutate(at, byte)),
    ];
    proptest::collection::vec((0usize..2, step), 1..120)
}

/// Which handles an agent has told, and when they must not be told again.
#[derive(Default)]
struct Handles {
    live: Vec<DialogId>,
    freed: Vec<DialogId>,
}

impl Handles {
    fn take(&mut self, event: &Event) {
        let (id, frees) = match event {
            Event::Registered { .. } | Event::RegistrationFailed { .. } | Event::Unregistered => return,
            Event::Invited { id, .. } => {
                self.live.push(*id);
                (*id, false)
            }
            Event::Provisional { id, .. }
            | Event::Queued { id, .. }
            | Event::Accepted { id, .. }
            | Event::Confirmed { id }
            | Event::Reoffered { id, .. }
            | Event::ReofferAnswered { id, .. }
            | Event::ReofferFailed { id, .. }
            | Event::WantsReoffer { id }
            | Event::Referred { id, .. }
            | Event::ReferAccepted { id, .. }
            | Event::ReferFailed { id, .. }
            | Event::ReferProgress { id, .. }
            | Event::SuperviseAsked { id, .. }
            | Event::SuperviseAnswered { id, .. } => (*id, false),
            Event::Failed { id, .. }
            | Event::TimedOut { id }
            | Event::FlowLost { id }
            | Event::Cancelled { id, .. }
            | Event::Ended { id, .. }
            | Event::Closed { id } => (*id, true),
        };
        assert!(!self.freed.contains(&id), "{event:?} about a handle that is free");
        if frees {
            self.freed.push(id);
            self.live.retain(|live| *live != id);
        }
    }
}

fn on_last(ua: &mut UserAgent, now: base::Now, id: DialogId, what: u8) -> Vec<Output> {
    match what {
        0 => ua.ring(now, id),
        1 | 2 => ua.answer(now, id, "v=0 answer".into()),
        3 => ua.reject(now, id, 486),
        4 => ua.hang_up(now, id),
        5 => ua.reoffer(now, id, "v=0 reoffer".into()),
        6 => ua.answer_reoffer(now, id, "v=0 reanswer".into()),
        7 => ua.accept_refer(now, id),
        8 => ua.notify_refer(now, id, 200),
        9 => ua.refuse_refer(now, id, 603),
        10 => ua.refer(now, id, &base::Aor::new("104", "rannan.test").expect("an address")),
        _ => ua.refuse_reoffer(now, id, 488),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(frame in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut ua = agent("101", 3);
        let _ = ua.flow_up(base::Now::ZERO);
        let _ = ua.receive(base::Now::ZERO, &frame);
        let _ = ua.tick(base::Now::from_millis(100_000));
    }

    #[test]
    fn broken_messages_never_panic(
        pick in 0usize..6,
        edits in proptest::collection::vec((any::<usize>(), any::<u8>(), 0u8..3), 1..8),
    ) {
        let (mut solo, _, ours) = Solo::calling();
        let mut bytes = match pick {
            0 => invite("1", "c1").bytes(),
            1 => request("BYE", "1", "c1", 2).bytes(),
            2 => ours.accept(200, "b").sdp("v=0").bytes(),
            3 => ours.accept(183, "b").sdp("v=0").bytes(),
            4 => ours.reply(401, "b").with("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", stale=true").bytes(),
            _ => request("CANCEL", "1", "c1", 1).with("Reason", "SIP;cause=200").bytes(),
        };
        for (at, byte, how) in edits {
            let at = at % bytes.len();
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => { bytes.remove(at); }
            }
        }
        let _ = solo.ua.receive(solo.now, &bytes);
        let _ = solo.ua.receive(solo.now, &bytes);
        let _ = solo.ua.tick(base::Now::from_millis(100_000));
    }

    #[test]
    fn any_order_of_inputs_ends_clean(script in steps()) {
        let mut duo = Duo::seeded(11);
        let mut handles = [Handles::default(), Handles::default()];
        let mut last = [None, None];
        for (side, step) in script {
            match step {
                Step::Register => duo.act(side, |ua, now| ua.register(now)),
                Step::Unregister => duo.act(side, |ua, now| ua.unregister(now)),
                Step::Invite => {
                    let (id, out) = duo.sides[side].invite(duo.now, &aor("102"), "v=0".into());
                    last[side] = Some(id);
                    handles[side].live.push(id);
                    duo.act(side, |_, _| out);
                }
                Step::OnLast(what) => if let Some(id) = last[side] {
                    duo.act(side, |ua, now| on_last(ua, now, id, what));
                },
                Step::FlowUp => duo.act(side, |ua, now| ua.flow_up(now)),
                Step::FlowDown => duo.act(side, |ua, now| ua.flow_down(now)),
                Step::Refresh => duo.act(side, |ua, now| ua.refresh_targets(now)),
                Step::Wait(ms) => {
                    duo.now = duo.now + Duration::from_millis(ms.into());
                    duo.act(0, |ua, now| ua.tick(now));
                    duo.act(1, |ua, now| ua.tick(now));
                }
                Step::Deliver => if let Some((to, bytes)) = duo.wire.pop_front() {
                    duo.act(to, |ua, now| ua.receive(now, &bytes));
                },
                Step::Drop => { duo.wire.pop_front(); }
                Step::Twice => if let Some(first) = duo.wire.front().cloned() { duo.wire.push_back(first); },
                Step::Swap => if duo.wire.len() > 1 { duo.wire.swap(0, 1); },
                Step::Mutate(at, byte) => if let Some((_, bytes)) = duo.wire.front_mut() {
                    let at = at % bytes.len();
                    bytes[at] = byte;
                },
            }
            for (side, events) in duo.events.iter_mut().enumerate() {
                for event in events.drain(..) {
                    handles[side].take(&event);
                    if let Event::Invited { id, .. } = event {
                        last[side] = Some(id);
                    }
                }
            }
        }
        // Everybody hangs up; after the longest timers nothing may be left.
        for (side, handles) in handles.iter().enumerate() {
            for id in &handles.live {
                duo.act(side, |ua, now| ua.hang_up(now, *id));
            }
        }
        for _ in 0..4 {
            duo.wire.clear();
            duo.now = duo.now + secs(33);
            duo.act(0, |ua, now| ua.tick(now));
            duo.act(1, |ua, now| ua.tick(now));
        }
        for (events, handles) in duo.events.iter_mut().zip(&mut handles) {
            events.drain(..).for_each(|event| handles.take(&event));
        }
        // A ringing call whose far end fell silent for ever is the phone's to give up; it has, above.
        prop_assert_eq!(duo.sides.each_ref().map(|ua| ua.load().0), [0, 0]);
        prop_assert!(handles.iter().all(|h| h.live.is_empty()));
    }
}

#[test]
fn a_thousand_calls_leave_nothing_behind() {
    let mut duo = Duo::new();
    for n in 0..1000 {
        let (a, b) = duo.talking();
        let (side, id) = if n % 2 == 0 { (0, a) } else { (1, b) };
        duo.act(side, |ua, now| ua.hang_up(now, id));
        duo.run();
        duo.events.iter_mut().for_each(|e| e.clear());
        duo.log.clear();
        duo.wait(secs(1));
    }
    duo.wait(secs(40));
    assert_eq!(duo.sides.each_ref().map(UserAgent::load), [(0, 0), (0, 0)]);
}

#[test]
fn a_header_cannot_be_injected_through_what_a_peer_says() {
    let mut solo = Solo::new();
    let evil = "<sip:far@far.invalid;x=%0d%0aEvil:1>";
    solo.hears(&invite("1", "c1").set("Contact", evil).with("Record-Route", "<sip:p;lr>;a=\"b, c\""));
    let id = solo.invited();
    solo.act(|ua, now| ua.answer(now, id, "v=0".into()));
    let ok: Msg = solo.replies(200);
    solo.hears(&request("ACK", "ack", "c1", 1).set("To", ok.header("To").to_owned()));
    solo.act(|ua, now| ua.hang_up(now, id));
    assert!(solo.says("BYE").find("Evil").is_none());
}
