//! Parked calls (RG-08). `park(CallRef)` → [`ParkPlace`]: the call is on its way there, and what becomes of that its view says.
//! [`UiEvent::Parked`](crate::UiEvent::Parked) tells what is parked; a call is taken by dialling its place.

use base::WallMs;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Person;

/// Answer of `park`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ParkPlace {
    /// 1 to 99.
    pub slot: u8,
    /// What is dialled to take the call, isolate it.
    pub dial: String,
}

/// A parked call that this account may take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ParkedCall {
    /// 1 to 99.
    pub slot: u8,
    /// What is dialled to take it, isolate it.
    pub dial: String,
    /// Id of who parked it.
    pub by: String,
    /// Their name, isolate it.
    pub by_name: String,
    /// For how long it was parked when this was told.
    pub age_ms: u64,
    /// Nobody took it: it rings at the one who parked it.
    pub comes_back: bool,
    /// Who is parked; none: with whom they talk is not shared (RG-03).
    pub person: Option<Person>,
}

impl ParkedCall {
    /// As it is at `wall`.
    #[must_use]
    pub fn from_model(call: &model::ParkedCall, wall: WallMs) -> Self {
        ParkedCall {
            slot: call.slot,
            dial: call.dial.clone(),
            by: call.by.clone(),
            by_name: call.by_name.clone(),
            age_ms: u64::try_from(wall.0 - call.since.0).unwrap_or(0),
            comes_back: call.comes_back,
            person: call.with.as_ref().map(Into::into),
        }
    }
}

impl From<model::ParkPlace> for ParkPlace {
    fn from(place: model::ParkPlace) -> Self {
        ParkPlace { slot: place.slot, dial: place.dial }
    }
}
