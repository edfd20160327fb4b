//! Calls to a parking place (RG-08): [`PARKING`] and two digits, as `*6804`.
//!
//! All places are one phone, registered as [`PARKING`], which is told which of them is meant. Who comes to an empty place is parked there, who
//! comes to one that is taken wants the call that waits there; which of the two it is, and who may, that phone decides.

use std::ops::RangeInclusive;

use base::FlowId;

use super::door::{Edge, Turn};
use super::fork::Fork;
use super::requests::{Hop, Label};
use crate::core::{HeaderName, Request, TransactionId, Uri, call_id_of, from_tag_of, header, reply};
use crate::usage::pickup_header;

/// As whom the phone of all parking places registers.
pub const PARKING: &str = "*68";

/// Parking places.
pub const SLOTS: RangeInclusive<u8> = 1..=99;

/// What is dialled for a parking place.
#[must_use]
pub fn slot_extension(slot: u8) -> String {
    format!("{PARKING}{slot:02}")
}

/// The parking place that was dialled, if it was one.
#[must_use]
pub fn slot_of(extension: &str) -> Option<u8> {
    let digits = extension.strip_prefix(PARKING)?;
    let is_one = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|slot| is_one && SLOTS.contains(slot))
}

/// The parking place, of [`sip::ua::Event::Invited`](crate::ua::Event::Invited)'s `pickup`.
#[must_use]
pub fn slot_in(word: &str) -> Option<u8> {
    word.parse().ok().filter(|slot| SLOTS.contains(slot))
}

impl Edge {
    /// INVITE to a parking place.
    pub(super) fn call_slot(
        &mut self,
        turn: &mut Turn,
        tx: TransactionId,
        flow: FlowId,
        req: Request,
        (from, to): (&str, &str),
        slot: u8,
    ) {
        let phone = self.location.of_user(PARKING).iter().find(|b| b.expires_at > turn.now);
        let Some(hop) = phone.map(|b| Hop { flow: b.flow, uri: Uri::parse(b.contact.clone()).ok() }) else {
            return self.refuse(turn, tx, &req, 480, Vec::new());
        };
        if self.forks.len() >= self.config.max_forks {
            return self.refuse(turn, tx, &req, 503, vec![header(HeaderName::RetryAfter, "5")]);
        }
        let mut fork = Fork::new(tx, flow, req, None);
        let _ = self.routes.take(&mut fork.request.headers, "");
        let headers = &fork.request.headers;
        let name = (call_id_of(headers).unwrap_or_default(), from_tag_of(headers).unwrap_or_default());
        turn.tell(|events| fork.call = Some(self.calls.start(&name.0, &name.1, from, to, events)));
        let trying = reply(&fork.request, 100, None);
        turn.todo.extend(self.core.respond(turn.now, tx, trying));
        let id = self.forks.insert(fork);
        self.forks.set_deadline(id, turn.now + self.config.ring_timeout);
        // Not as a colleague who picks up: what this phone answers is the answer.
        let label = Label { offer: None, row: pickup_header(&slot.to_string()), is_pickup: false };
        self.send_labelled(turn, id, hop, Some(label));
        self.conclude(turn, id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_one_to_ninety_nine_in_two_digits_rg_08() {
        for (dialled, slot) in [
            ("*6804", Some(4)),
            ("*6899", Some(99)),
            ("*6800", None),
            ("*684", None),
            ("*68004", None),
            ("*68+4", None),
            ("*68", None),
            ("6804", None),
        ] {
            assert_eq!(slot_of(dialled), slot, "{dialled}");
        }
        assert!(SLOTS.into_iter().all(|slot| slot_of(&slot_extension(slot)) == Some(slot)));
        assert_eq!((slot_in("4"), slot_in("0"), slot_in("word")), (Some(4), None, None));
    }
}
