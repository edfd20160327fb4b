//! What a colleague's phone is told that picks up a call (RG-08). Written by our edge alone, which takes the row off whatever a client sends.

use super::queued::named;
use crate::core::{Header, Headers, header, text};

/// In INVITE: the word that the phone chose when it asked for the call.
pub(super) const PICKUP: &str = "X-Rannan-Pickup";
/// Characters of a word.
const MAX: usize = 64;

/// The row. What is no letter, digit or hyphen of ASCII is left out, and so is what is beyond 64 characters.
pub(crate) fn pickup_header(word: &str) -> Header {
    let clean: String = word.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(MAX).collect();
    header(named(PICKUP), clean)
}

/// The word; `None` if there is none.
pub(crate) fn pickup_of(headers: &Headers) -> Option<String> {
    text(headers, &named(PICKUP)).filter(|word| !word.is_empty() && word.len() <= MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usage::strip;

    #[test]
    fn word_is_written_read_and_taken_off_rg_08() {
        let mut headers = Headers::new();
        headers.push(pickup_header("a1-\r\nVia: x"));
        assert_eq!(pickup_of(&headers).as_deref(), Some("a1-Viax"));
        strip(&mut headers);
        assert_eq!(pickup_of(&headers), None);
        headers.push(pickup_header(&"x".repeat(100)));
        assert_eq!(pickup_of(&headers).map(|word| word.len()), Some(64));
    }
}
