//! Calls that are parked (SPEC RG-08).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Answer of `POST` [`crate::path::PARKED`]: a place that is kept for half a minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ParkPlace {
    /// 1 to 99, the smallest that is free.
    pub slot: u8,
    /// Where the call is sent to be parked (REFER), and what is dialled to take it: `*6804`.
    pub dial: String,
}

/// Answer of `GET` [`crate::path::PARKED`], and data of [`crate::EventBody::ParkedChanged`]: every parked call that the reader may take.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Parked {
    /// By place.
    pub calls: Vec<ParkedCall>,
}

/// A call that is parked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ParkedCall {
    /// 1 to 99.
    pub slot: u8,
    /// What is dialled to take it: `*6804`.
    pub dial: String,
    /// Id of the user who parked it.
    pub by: String,
    /// Their name.
    pub by_name: String,
    /// Since when.
    pub since_ms: i64,
    /// Nobody took it: it rings at the one who parked it.
    pub comes_back: bool,
    /// Who is parked, for those who may see with whom that user talks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<ParkedParty>,
}

/// Who is parked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ParkedParty {
    /// Their number.
    pub number: String,
    /// Their name; may be empty.
    pub name: String,
}

/// Body and answer of [`crate::path::PARKING_RULES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ParkingRules {
    /// A call that nobody takes rings at the one who parked it after so many seconds: 5 to 3600, 180 until somebody says otherwise.
    pub ring_back_s: u32,
}
