//! What is done with calls of colleagues (RG-08): `colleague_pick_up(PickUpOf)`, `colleague_divert(SendCallOf)` with a call that rings there,
//! `colleague_transfer(SendCallOf)` with one that runs. All answer with nothing; what came of it is seen in calls and team.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `colleague_pick_up(PickUpOf)`: the call comes here and is answered when it comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PickUpOf {
    /// Id of the colleague at whom it rings.
    pub user: String,
}

/// `colleague_divert(SendCallOf)`, `colleague_transfer(SendCallOf)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SendCallOf {
    /// Id of the colleague whose call it is.
    pub user: String,
    /// Extension that gets it.
    pub to: String,
}
