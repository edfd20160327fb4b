//! The parking places (RG-08): which are taken, by whom, and what happens to a call that waits. Pure: time comes in, what is to be done goes out.
//!
//! ```text
//!   free ─▶ Reserved ─ INVITE ─▶ Arriving ─ ACK ─▶ Waits ─┬─ a colleague comes ─▶ Leaving ─ taken ─▶ free
//!              │ 30 s                                ▲    └─ nobody came ──────▶ Leaving (to the one who parked)
//!              ▼                                     └── it came to nothing ────────┘
//!            free          whenever the parked one hangs up: free
//! ```

use std::collections::BTreeMap;
use std::time::Duration;

use base::Now;
use sip::edge::SLOTS;
use sip::ua::DialogId;

use crate::seam::ParkedHere;

/// How long a place is kept for a call that was sent there.
const ARRIVES_WITHIN: Duration = Duration::from_secs(30);
/// Places that one person keeps without a call in them.
const MOST_RESERVED: usize = 4;
/// A phone that was told to call somebody reports within this: longer than any phone rings.
const GONE_WITHIN: Duration = Duration::from_secs(150);
/// When a colleague has hung up before the parked one's phone told that it was taken.
const REPORT_WITHIN: Duration = Duration::from_secs(5);

/// All places.
pub(super) struct Slots {
    taken: BTreeMap<u8, Slot>,
    ring_back: Duration,
}

struct Slot {
    /// Who parked it.
    by: String,
    stage: Stage,
}

enum Stage {
    /// A call is on its way.
    Reserved { until: Now },
    /// It is here and not quite answered.
    Arriving(Waiting),
    /// It waits; at `back_at` it rings at the one who parked it.
    Waits { call: Waiting, back_at: Now },
    /// Its phone was told to call somebody.
    Leaving { call: Waiting, to: Whom, give_up_at: Now },
}

#[derive(Clone)]
struct Waiting {
    dialog: DialogId,
    number: String,
    name: String,
    since_ms: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Whom {
    /// The one who came for it, in this call.
    Picker(DialogId),
    /// The one who parked it.
    Parker,
}

/// Somebody who calls a place.
pub(super) struct Visitor<'a> {
    pub dialog: DialogId,
    pub number: &'a str,
    pub name: &'a str,
    /// Who sent them, if they say so.
    pub sent_by: Option<&'a str>,
    pub now_ms: i64,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// The phone at the other end of this call calls this extension.
    Send { dialog: DialogId, to: String },
    /// The phones at the other ends of two calls of ours get each other.
    Join { dialog: DialogId, picker: DialogId },
    /// This call is over.
    HangUp(DialogId),
}

impl Slots {
    /// Free ones. A call that nobody takes rings back after `ring_back`.
    pub(super) fn new(ring_back: Duration) -> Self {
        Slots { taken: BTreeMap::new(), ring_back }
    }

    /// From now on a call that nobody takes rings back after so long. Those that wait keep their time.
    pub(super) fn ring_back_after(&mut self, ring_back: Duration) {
        self.ring_back = ring_back;
    }

    /// Keeps the first free place for a call that `by` parks. `None`: there is none.
    pub(super) fn reserve(&mut self, now: Now, by: &str) -> Option<u8> {
        let theirs = |slot: &&Slot| slot.by == by && matches!(slot.stage, Stage::Reserved { .. });
        if self.taken.values().filter(theirs).count() >= MOST_RESERVED {
            return None;
        }
        let free = SLOTS.into_iter().find(|slot| !self.taken.contains_key(slot))?;
        self.taken.insert(free, Slot { by: by.to_owned(), stage: Stage::Reserved { until: now + ARRIVES_WITHIN } });
        Some(free)
    }

    /// Somebody calls a place: to be parked there, or for the call that waits there, if `may` says that they may take one of whoever parked it.
    ///
    /// # Errors
    /// What they are answered.
    pub(super) fn come(
        &mut self,
        now: Now,
        place: u8,
        visitor: &Visitor<'_>,
        may: impl FnOnce(&str, &str) -> bool,
    ) -> Result<(), u16> {
        let slot = self.taken.get_mut(&place).ok_or(404u16)?;
        match &slot.stage {
            Stage::Reserved { .. } if visitor.sent_by.is_some_and(|by| by != slot.by) => Err(403),
            Stage::Reserved { .. } => {
                slot.stage = Stage::Arriving(Waiting {
                    dialog: visitor.dialog,
                    number: visitor.number.to_owned(),
                    name: visitor.name.to_owned(),
                    since_ms: visitor.now_ms,
                });
                Ok(())
            }
            Stage::Waits { .. } if !may(visitor.number, &slot.by) => Err(403),
            Stage::Waits { call, .. } => {
                let (call, to) = (call.clone(), Whom::Picker(visitor.dialog));
                slot.stage = Stage::Leaving { call, to, give_up_at: now + GONE_WITHIN };
                Ok(())
            }
            // A place whose call comes or goes just now.
            Stage::Arriving(_) | Stage::Leaving { .. } => Err(486),
        }
    }

    /// A call of ours stands.
    pub(super) fn stands(&mut self, now: Now, dialog: DialogId) -> Vec<Deed> {
        let back_at = now + self.ring_back;
        for slot in self.taken.values_mut() {
            match &slot.stage {
                Stage::Arriving(call) if call.dialog == dialog => {
                    slot.stage = Stage::Waits { call: call.clone(), back_at };
                    return Vec::new();
                }
                Stage::Leaving { call, to: Whom::Picker(picker), .. } if *picker == dialog => {
                    return vec![Deed::Join { dialog: call.dialog, picker: dialog }];
                }
                _ => {}
            }
        }
        Vec::new()
    }

    /// The parked one has somebody: the place is free.
    pub(super) fn taken(&mut self, dialog: DialogId) -> Vec<Deed> {
        let mut deeds = self.leave(dialog);
        deeds.push(Deed::HangUp(dialog));
        deeds
    }

    /// It came to nothing: the call waits again.
    pub(super) fn not_taken(&mut self, now: Now, dialog: DialogId) -> Vec<Deed> {
        let back_at = now + self.ring_back;
        let of_it = |slot: &&mut Slot| matches!(&slot.stage, Stage::Leaving { call, .. } if call.dialog == dialog);
        self.taken.values_mut().find(of_it).map(|slot| slot.wait_again(back_at)).unwrap_or_default()
    }

    /// A call of ours is over, whoever ended it.
    pub(super) fn over(&mut self, now: Now, dialog: DialogId) -> Vec<Deed> {
        for slot in self.taken.values_mut() {
            if let Stage::Leaving { to: Whom::Picker(picker), give_up_at, .. } = &mut slot.stage
                && *picker == dialog
            {
                // Either the two have each other, which the parked one's phone tells, or the colleague gave up.
                *give_up_at = now + REPORT_WITHIN;
                return Vec::new();
            }
        }
        self.leave(dialog)
    }

    /// What is due.
    pub(super) fn tick(&mut self, now: Now) -> Vec<Deed> {
        let back_at = now + self.ring_back;
        let mut deeds = Vec::new();
        self.taken.retain(|_, slot| !matches!(slot.stage, Stage::Reserved { until } if until <= now));
        for slot in self.taken.values_mut() {
            match &slot.stage {
                Stage::Waits { call, back_at } if *back_at <= now => {
                    deeds.push(Deed::Send { dialog: call.dialog, to: slot.by.clone() });
                    let (call, give_up_at) = (call.clone(), now + GONE_WITHIN);
                    slot.stage = Stage::Leaving { call, to: Whom::Parker, give_up_at };
                }
                Stage::Leaving { give_up_at, .. } if *give_up_at <= now => deeds.extend(slot.wait_again(back_at)),
                _ => {}
            }
        }
        deeds
    }

    /// When [`Slots::tick`] has something to do.
    pub(super) fn wake_at(&self) -> Option<Now> {
        let due = |slot: &Slot| match slot.stage {
            Stage::Reserved { until } => Some(until),
            Stage::Arriving(_) => None,
            Stage::Waits { back_at, .. } => Some(back_at),
            Stage::Leaving { give_up_at, .. } => Some(give_up_at),
        };
        self.taken.values().filter_map(due).min()
    }

    /// The calls that are parked, by place.
    pub(super) fn parked(&self) -> Vec<ParkedHere> {
        let here = |(place, slot): (&u8, &Slot)| {
            let (call, comes_back) = match &slot.stage {
                Stage::Waits { call, .. } => (call, false),
                Stage::Leaving { call, to, .. } => (call, *to == Whom::Parker),
                Stage::Reserved { .. } | Stage::Arriving(_) => return None,
            };
            Some(ParkedHere {
                slot: *place,
                by: slot.by.clone(),
                number: call.number.clone(),
                name: call.name.clone(),
                since_ms: call.since_ms,
                comes_back,
            })
        };
        self.taken.iter().filter_map(here).collect()
    }

    fn leave(&mut self, dialog: DialogId) -> Vec<Deed> {
        let mut deeds = Vec::new();
        self.taken.retain(|_, slot| match &slot.stage {
            Stage::Leaving { call, to, .. } if call.dialog == dialog => {
                if let Whom::Picker(picker) = to {
                    deeds.push(Deed::HangUp(*picker));
                }
                false
            }
            Stage::Arriving(call) | Stage::Waits { call, .. } => call.dialog != dialog,
            Stage::Reserved { .. } | Stage::Leaving { .. } => true,
        });
        deeds
    }
}

impl Slot {
    fn wait_again(&mut self, back_at: Now) -> Vec<Deed> {
        let Stage::Leaving { call, to, .. } = &self.stage else { return Vec::new() };
        let picker = if let Whom::Picker(picker) = to { Some(Deed::HangUp(*picker)) } else { None };
        self.stage = Stage::Waits { call: call.clone(), back_at };
        picker.into_iter().collect()
    }
}

#[cfg(test)]
#[path = "park_slots_tests.rs"]
mod tests;
