//! Session tokens: 256 random bits that the client keeps. We keep their SHA-256 only, so a stolen database opens no session.
//! A slow hash is not needed: there is nothing to guess.

use sha2::{Digest as _, Sha256};

use crate::random;

/// SHA-256 of a token, in hexadecimal. Looking it up by index leaks no more than the hash.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct TokenHash(String);

impl TokenHash {
    pub(crate) fn of(token: &str) -> Self {
        TokenHash(random::hex(&Sha256::digest(token.as_bytes())))
    }

    /// As it was read from the database.
    pub(crate) fn stored(hash: String) -> Self {
        TokenHash(hash)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}
