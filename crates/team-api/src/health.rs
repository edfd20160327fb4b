//! Who answers here.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The value of [`Health::product`]: how a client tells a team server from any other web server.
pub const PRODUCT: &str = "rannan";

/// Answer of [`crate::path::HEALTH`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// Always [`PRODUCT`].
    pub product: String,
    /// Version of the server, `major.minor.patch`.
    pub version: String,
    /// The installation: a UUID that is made with its database and stays. Two addresses with one instance are one server.
    pub instance: String,
}
