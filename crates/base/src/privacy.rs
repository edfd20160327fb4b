//! What must not be printed.

use std::fmt;

/// A password or token. Prints as `…`; there is no `Display`. Read it with [`Secret::reveal`] at the place that sends it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Secret(text.into())
    }

    /// The secret itself. Every caller is a place to look at in a review.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// Numbers, URIs, names, addresses and bodies on their way into a log line. Keeps the last two characters of what is
/// longer than four, so that two lines about the same number can be matched without telling the number.
pub struct Redacted<'a>(pub &'a str);

impl fmt::Display for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.chars().count();
        if count <= 4 {
            return f.write_str("…");
        }
        f.write_str("…")?;
        self.0.chars().skip(count - 2).try_for_each(|c| write!(f, "{c}"))
    }
}

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secret_never_prints() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "…");
    }

    #[test]
    fn redacted_keeps_at_most_two_characters() {
        assert_eq!(Redacted("+966501234567").to_string(), "…67");
        assert_eq!(Redacted("101").to_string(), "…");
    }
}
