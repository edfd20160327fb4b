//! How much of a stranger's answer is taken.

use std::time::Duration;

/// Bounds of one reading. The default is for real use; tests shrink them.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// To look up the name, connect and agree on TLS, each.
    pub connect: Duration,
    /// From one request to the end of its answer; of LDAP, to the next message.
    pub answer: Duration,
    /// For all of it.
    pub whole: Duration,
    /// Bytes of one answer over HTTP; of LDAP, of a whole reading.
    pub answer_bytes: usize,
    /// Contacts of one address book.
    pub contacts: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            whole: Duration::from_secs(600),
            answer_bytes: 64 * 1024 * 1024,
            contacts: 100_000,
        }
    }
}
