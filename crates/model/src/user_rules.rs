//! What can be said of a user (EC-01, EC-02, EC-05). One judgement for the server, which decides, and for whoever says beforehand what it will say.

use std::ops::RangeInclusive;

/// Longest name of a user, in characters.
pub const USER_NAME: usize = 200;
/// Longest extension, in characters.
pub const EXTENSION: usize = 32;
/// Longest e-mail address, in bytes.
pub const EMAIL: usize = 254;
/// Digits of an access PIN.
pub const PIN: RangeInclusive<usize> = 4..=12;

/// One line of 1 to `most` characters?
#[must_use]
pub fn is_line(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

/// Can it be dialled, and stand in an AOR as it is (EC-01)?
#[must_use]
pub fn is_extension(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    (1..=EXTENSION).contains(&text.len()) && text.chars().all(plain)
}

/// A name as it is kept: trimmed (EC-02). `None`: it is none.
#[must_use]
pub fn user_name(text: &str) -> Option<&str> {
    let name = text.trim();
    is_line(name, USER_NAME).then_some(name)
}

/// An e-mail address as it is kept: trimmed and in lower case. `None`: it cannot be one.
#[must_use]
pub fn normal_email(text: &str) -> Option<String> {
    let email = text.trim().to_lowercase();
    let (mailbox, host) = email.rsplit_once('@')?;
    let fits = !mailbox.is_empty() && !host.is_empty() && email.len() <= EMAIL;
    (fits && !email.chars().any(|c| c.is_control() || c.is_whitespace())).then_some(email)
}

/// A PIN in ASCII digits (EC-05), in whatever script it was typed; empty: there shall be none. `None`: it is none.
#[must_use]
pub fn pin_digits(typed: &str) -> Option<String> {
    let digits: Option<String> = typed.trim().chars().map(base::ascii_digit).collect();
    digits.filter(|digits| digits.is_empty() || PIN.contains(&digits.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_judged_by_table_ec_01_ec_02_ec_05() {
        assert_eq!(user_name("  ليلى منصور "), Some("ليلى منصور"));
        for flawed in ["", "  ", "a\nb", &"x".repeat(201)] {
            assert_eq!(user_name(flawed), None, "{flawed:?}");
        }
        assert!(is_extension("2119") && is_extension("a.b-c_1"));
        for flawed in ["", "21 19", "٢١", "a@b", &"1".repeat(33)] {
            assert!(!is_extension(flawed), "{flawed:?}");
        }
        assert_eq!(normal_email(" Layla@Care.Example ").as_deref(), Some("layla@care.example"));
        for flawed in ["layla", "@x", "a@", "a b@x", "a\u{0}@x", &format!("{}@x", "a".repeat(253))] {
            assert_eq!(normal_email(flawed), None, "{flawed:?}");
        }
        for (typed, kept) in
            [("1234", Some("1234")), ("١٢٣٤", Some("1234")), ("", Some("")), ("123", None), ("12a4", None)]
        {
            assert_eq!(pin_digits(typed).as_deref(), kept, "{typed:?}");
        }
    }
}
