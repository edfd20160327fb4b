//! Parked calls (RG-08).

use base::WallMs;

use crate::call::Party;

/// A place that is kept for a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkPlace {
    /// 1 to 99.
    pub slot: u8,
    /// Where the call is transferred to, and what is dialled to take it.
    pub dial: String,
}

/// A parked call that we may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedCall {
    /// 1 to 99.
    pub slot: u8,
    /// What is dialled to take it.
    pub dial: String,
    /// Id of who parked it.
    pub by: String,
    /// Their name.
    pub by_name: String,
    /// Since when, by the server's clock.
    pub since: WallMs,
    /// Nobody took it: it rings at the one who parked it.
    pub comes_back: bool,
    /// Who is parked, if we may see it.
    pub with: Option<Party>,
}
