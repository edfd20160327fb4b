//! What dialogs and transactions are used for, one machine each: credentials, registration, INVITE, re-INVITE, REFER.
//!
//! They hold state and decide; `ua` feeds them and sends what they ask for.

mod credentials;
mod invite;
mod pickup;
mod queued;
mod refer;
mod register;
mod reinvite;
mod supervise;

pub(crate) use credentials::{Keyring, Tries, Verdict};
pub(crate) use invite::{Call, Fork, MAX_FORKS, RING_AGAIN, State, Unacked};
pub(crate) use pickup::{pickup_header, pickup_of};
pub use queued::QueuePlace;
pub(crate) use queued::{place_headers, place_of, queue_header, queue_of, strip};
pub(crate) use refer::{ReferTo, Referred, Referring, Replaces, sipfrag_code};
pub(crate) use register::{GOODBYE, Registration, RegistrationState};
pub(crate) use reinvite::{Asked, MAX_COLLISIONS, Reoffer, TargetRefresh, glare_pause};
pub use supervise::{SuperviseToken, supervise_key};
pub(crate) use supervise::{strip_supervise, supervise_header, supervise_of, supervises};
