//! The name of a person as they write it themselves.

/// Longest first or last name, in characters.
pub const NAME_PART: usize = 100;

/// A first or last name as it is kept: byte for byte as it was typed, but for white space around it. It may be empty. `None`: too long,
/// or with characters that no line of text shows.
#[must_use]
pub fn name_part(typed: &str) -> Option<&str> {
    let part = typed.trim();
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    (part.chars().count() <= NAME_PART && !part.chars().any(breaks)).then_some(part)
}

/// The name that colleagues see. `None`: both parts are empty.
#[must_use]
pub fn whole_name(first: &str, last: &str) -> Option<String> {
    match (first.is_empty(), last.is_empty()) {
        (false, false) => Some(format!("{first} {last}")),
        (false, true) => Some(first.to_owned()),
        (true, false) => Some(last.to_owned()),
        (true, true) => None,
    }
}

/// First and last name of a name that was entered in one piece: its first word and the rest. [`whole_name`] leads back.
#[must_use]
pub fn name_parts(whole: &str) -> (&str, &str) {
    whole.split_once(' ').unwrap_or((whole, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_byte_for_byte_in_any_script_pr_03() {
        // Composed and not, with vowel signs, a joiner, a title, an apostrophe: nothing is made neater than it was typed.
        for name in ["مُحَمَّد", "e\u{301}lodie", "élodie", "علي\u{200c}رضا", "O’Neil", "أ.د. سارة", "李", "👩‍🚀"]
        {
            assert_eq!(name_part(name), Some(name));
            assert_eq!(
                name_part(&format!(" \t{name}\u{a0}")),
                Some(name),
                "white space around it is no part of a name"
            );
        }
        assert_eq!(name_part("  "), Some(""));
        assert_eq!(name_part(&"ن".repeat(NAME_PART)).map(|name| name.chars().count()), Some(NAME_PART));
        for name in ["two\nlines", "tab\tinside", "bell\u{7}", "line\u{2028}break", &"x".repeat(NAME_PART + 1)] {
            assert_eq!(name_part(name), None, "{name:?}");
        }
    }

    #[test]
    fn parts_and_whole_lead_to_each_other_pr_03() {
        for whole in ["Noor Haddad", "نور", "Ludwig van Beethoven", "خالد  الأمين", ""] {
            let (first, last) = name_parts(whole);
            assert_eq!(whole_name(first, last).unwrap_or_default(), whole);
        }
        assert_eq!(name_parts("Ludwig van Beethoven"), ("Ludwig", "van Beethoven"));
        assert_eq!(whole_name("", "Haddad").as_deref(), Some("Haddad"));
    }
}
