//! What an account needs to speak SIP.

use std::time::Duration;

use base::{Aor, Secret};

use crate::ViaTransport;

/// One account. Constant for the life of a [`crate::ua::UserAgent`], but for the name and the credentials.
#[derive(Clone, Debug)]
pub struct UaConfig {
    /// Who we are; its host is the registrar's domain.
    pub aor: Aor,
    /// What the other side shows; may be empty.
    pub display_name: String,
    /// User name for digest authentication.
    pub auth_user: String,
    /// Password for digest authentication.
    pub password: Secret,
    /// What the Via says (RFC 7118 §5.1).
    pub transport: ViaTransport,
    /// `urn:uuid:…`, the same after each start of this device (RFC 5626 §4.1).
    pub instance: String,
    /// Product and version for User-Agent.
    pub user_agent: String,
    /// The registration time to ask for.
    pub expires: Duration,
}
