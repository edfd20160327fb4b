//! What an edge is told at birth.

use std::time::Duration;

use base::Secret;

/// Limits and names of one edge. Public fields: there is no invariant between them.
#[derive(Clone, Debug)]
pub struct EdgeConfig {
    /// Digest realm and host of every AOR we answer for, lower case.
    pub realm: String,
    /// Key of the ephemeral credentials, shared with whoever hands them out.
    pub ephemeral_secret: Secret,
    /// Devices of one user; one more replaces the one that registered longest ago.
    pub max_bindings_per_aor: usize,
    /// How long a call may ring before the caller gets 408.
    pub ring_timeout: Duration,
    /// Shorter wishes are answered 423.
    pub min_expires: Duration,
    /// Longer wishes are shortened to this; also used when the client has no wish.
    pub max_expires: Duration,
    /// How long a digest nonce is good for; then `stale=true`.
    pub nonce_lifetime: Duration,
    /// Frames a flow may send in one go.
    pub burst: u32,
    /// Frames a flow may send per second in the long run.
    pub frames_per_second: u32,
    /// Requests being forwarded at once, over all flows; more are answered 503.
    pub max_forks: usize,
}

impl EdgeConfig {
    /// The usual limits for one realm.
    #[must_use]
    pub fn new(realm: &str, ephemeral_secret: Secret) -> Self {
        EdgeConfig {
            realm: realm.to_ascii_lowercase(),
            ephemeral_secret,
            max_bindings_per_aor: 10,
            ring_timeout: Duration::from_secs(60),
            min_expires: Duration::from_secs(5),
            max_expires: Duration::from_secs(600),
            nonce_lifetime: Duration::from_secs(300),
            burst: 200,
            frames_per_second: 50,
            max_forks: 2048,
        }
    }
}
