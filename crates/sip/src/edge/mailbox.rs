//! A call that nobody takes goes on to the voice box of whom it was for (EC-08).
//!
//! The box is a phone like any other, registered as [`VOICEMAIL`]; it becomes one more branch of the caller's INVITE once all others have
//! ended, as a colleague who picks up does. If it does not answer, the caller hears what they would have heard without it.

use super::door::{Edge, Turn};
use super::fork::{ForkId, Phase};
use super::requests::{Hop, Label};
use crate::core::{Method, Request, Uri};
use crate::usage::{Replaces, pickup_header};

/// As whom the phone of all boxes registers.
pub const VOICEMAIL: &str = "*97";

/// Answers after which a caller may leave a message: nobody answered, nobody is there, busy, turned away.
const NOBODY: [u16; 5] = [408, 480, 486, 600, 603];

impl Edge {
    /// Says whether this user has a voice box.
    pub fn set_box(&mut self, user: &str, has: bool) {
        if has {
            // Also of somebody who was made a moment ago and has never had a phone.
            self.known.insert(user.to_owned());
            self.boxes.insert(user.to_owned());
        } else {
            self.boxes.remove(user);
        }
    }

    /// Does a call to this user go on to a box when nobody takes it?
    pub(super) fn has_box(&self, user: &str) -> bool {
        self.boxes.contains(user) && self.known.contains(user) && !self.location.of_user(VOICEMAIL).is_empty()
    }

    /// The box that this request goes on to: a new call alone, not one that goes on with somebody else.
    pub(super) fn box_for(&self, req: &Request, from: &str, to: &str) -> Option<String> {
        let is_new = req.method == Method::Invite && matches!(Replaces::of(&req.headers), Ok(None));
        (is_new && from != to && self.has_box(to)).then(|| to.to_owned())
    }

    /// Every branch has ended and this would be the answer: does a box take the call instead?
    pub(super) fn goes_to_box(&mut self, turn: &mut Turn, id: ForkId, code: u16) -> bool {
        let Some(fork) = self.forks.get_mut(id) else { return false };
        let is_wanted = matches!(fork.phase, Phase::Waiting | Phase::TimedOut | Phase::Declined);
        if !is_wanted || fork.held.is_some() || !NOBODY.contains(&code) {
            return false;
        }
        let Some(owner) = fork.mailbox.take() else { return false };
        let phone = self.location.of_user(VOICEMAIL).iter().find(|b| b.expires_at > turn.now);
        let Some(hop) = phone.map(|b| Hop { flow: b.flow, uri: Uri::parse(b.contact.clone()).ok() }) else {
            return false;
        };
        let before = (fork.phase, fork.verdict);
        (fork.phase, fork.verdict) = (Phase::Waiting, Some(code));
        let label = Label { offer: None, row: pickup_header(&word_of(&owner)), is_pickup: true };
        if !self.send_labelled(turn, id, hop, Some(label)) {
            if let Some(fork) = self.forks.get_mut(id) {
                (fork.phase, fork.verdict) = before;
            }
            return false;
        }
        self.forks.set_deadline(id, turn.now + self.config.ring_timeout);
        true
    }
}

/// The word by which the phone of the boxes knows whose box it is: the extension in hexadecimal digits, for a word has no dots.
fn word_of(owner: &str) -> String {
    owner.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// Whose box it is, of [`sip::ua::Event::Invited`](crate::ua::Event::Invited)'s `pickup`.
#[must_use]
pub fn box_of(word: &str) -> Option<String> {
    let pairs = word.as_bytes().chunks(2);
    let bytes =
        pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect::<Option<_>>()?;
    String::from_utf8(bytes).ok().filter(|owner| !owner.is_empty())
}
