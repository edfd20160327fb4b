//! Addresses.

use std::fmt;
use std::str::FromStr;

/// Address of record (RFC 3261 §6): `sip:user@host`, what an account registers and what people dial. Without port and parameters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Aor {
    /// User part, as it stands between `sip:` and `@` (already escaped where it must be).
    pub user: String,
    /// Host part, lower case.
    pub host: String,
}

/// Why a text is no address of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AorError {
    /// No `user@host` inside.
    Shape,
    /// A character that may stand neither in a user nor in a host.
    Character,
}

impl fmt::Display for AorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AorError::Shape => "expected user@host",
            AorError::Character => "the address holds a character that SIP does not allow",
        })
    }
}

impl std::error::Error for AorError {}

impl Aor {
    /// Builds an address; the host is lowered.
    ///
    /// # Errors
    /// [`AorError`] when a part is empty or holds a character that RFC 3261 §25.1 does not allow there.
    pub fn new(user: &str, host: &str) -> Result<Self, AorError> {
        if user.is_empty() || host.is_empty() {
            return Err(AorError::Shape);
        }
        let user_ok = |c: char| c.is_ascii_alphanumeric() || "-_.!~*'()&=+$,;?/%#".contains(c);
        let host_ok = |c: char| c.is_ascii_alphanumeric() || "-.:[]_".contains(c);
        if !user.chars().all(user_ok) || !host.chars().all(host_ok) {
            return Err(AorError::Character);
        }
        Ok(Aor { user: user.to_owned(), host: host.to_ascii_lowercase() })
    }
}

impl FromStr for Aor {
    type Err = AorError;
    /// Accepts `sip:u@h`, `sips:u@h` and `u@h`.
    fn from_str(text: &str) -> Result<Self, AorError> {
        let bare = text.trim();
        let bare = bare.strip_prefix("sips:").or_else(|| bare.strip_prefix("sip:")).unwrap_or(bare);
        let (user, host) = bare.split_once('@').ok_or(AorError::Shape)?;
        Aor::new(user, host)
    }
}

impl fmt::Display for Aor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sip:{}@{}", self.user, self.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_with_and_without_scheme() {
        let expected = Aor { user: "*43".into(), host: "rannan.local".into() };
        assert_eq!("sip:*43@Rannan.Local".parse(), Ok(expected.clone()));
        assert_eq!("*43@rannan.local".parse(), Ok(expected));
    }

    #[test]
    fn refuses_what_would_break_a_request_line() {
        assert_eq!("a b@host".parse::<Aor>(), Err(AorError::Character));
        assert_eq!("a\r\n@host".parse::<Aor>(), Err(AorError::Character));
        assert_eq!("nobody".parse::<Aor>(), Err(AorError::Shape));
    }
}
