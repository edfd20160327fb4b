//! What colleagues do with each other's calls (SPEC RG-08).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Body of `POST` [`crate::path::USER_PICK_UP`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PickUp {
    /// By which the phone that asks knows the call again (`X-Rannan-Pickup` of its INVITE): 8 to 64 letters, digits and hyphens of ASCII.
    pub word: String,
}

/// Body of `POST` [`crate::path::USER_DIVERT`] and [`crate::path::USER_TRANSFER`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SendTo {
    /// The extension that gets the call, at most 32 characters.
    pub to: String,
}

/// Data of [`crate::EventBody::TransferAsked`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TransferAskedData {
    /// Where the running call goes.
    pub to: String,
    /// Name of the colleague who sends it there.
    pub by: String,
}
