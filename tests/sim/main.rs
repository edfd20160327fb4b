//! Whole phones in moved time: two or three of them, the server and a bad network, in one thread.

mod basics;
mod conference;
mod endings;
mod histories;
mod hold;
mod losses;
mod registering;
mod several;
mod supervision;
mod transfer_refusals;
mod transfers;

use phone::{Command, LineState};
use testkit::sim::{PhoneId, World};

/// Two registered phones.
fn pair(seed: u64) -> (World, PhoneId, PhoneId) {
    let mut w = World::new(seed);
    let alice = w.add_registered("101");
    let bob = w.add_registered("102");
    (w, alice, bob)
}

/// Two phones that talk. Alice called.
fn talking(seed: u64) -> (World, PhoneId, PhoneId) {
    let (mut w, alice, bob) = pair(seed);
    w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    answer(&mut w, bob);
    w.until("they talk", |w| w.talk(alice, bob));
    (w, alice, bob)
}

/// Bob takes his newest call.
fn answer(w: &mut World, bob: PhoneId) {
    let call = w.call(bob).expect("it rings").call;
    w.command(bob, Command::Answer(call));
}

/// Hangs up the newest call.
fn hang_up(w: &mut World, who: PhoneId) {
    let call = w.call(who).expect("there is a call").call;
    w.command(who, Command::HangUp(call));
}

/// Nobody has a call any more and nothing is left.
fn all_quiet(w: &mut World) {
    w.end_everything();
    w.assert_sound();
}
