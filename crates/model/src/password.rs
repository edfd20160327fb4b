//! What a password must have (PW-02). One judgement for the window, the server and its page.

use base::{Chance, Secret};

/// Characters that a password has at least.
pub const PASSWORD_LENGTH: usize = 8;
/// Characters of a password that is made here (EC-03).
pub const MADE_PASSWORD: usize = 16;

/// What a made password is taken from, a rule each. Nothing in it looks like something else in it: it is read out and typed.
const MADE_OF: [&[u8]; 4] = [b"ABCDEFGHJKLMNPQRSTUVWXYZ", b"abcdefghijkmnpqrstuvwxyz", b"23456789", b"!#%+-=?@_"];

/// A password of [`MADE_PASSWORD`] characters that keeps every rule (EC-03), as strong as the seed of `chance`. It begins with a letter
/// or a digit.
#[must_use]
pub fn made_password(chance: &mut Chance) -> Secret {
    let all = MADE_OF.concat();
    let mut take = |from: &[u8]| {
        let at = usize::try_from(chance.below(from.len() as u64)).unwrap_or_default();
        char::from(from.get(at).copied().unwrap_or(b'-'))
    };
    let mut made: Vec<char> = MADE_OF.iter().map(|kind| take(kind)).collect();
    made.extend((made.len()..MADE_PASSWORD).map(|_| take(&all)).collect::<Vec<_>>());
    // The kinds stand at random places: each place is exchanged with one that is not after it.
    for at in (1..made.len()).rev() {
        let with = usize::try_from(chance.below(at as u64 + 1)).unwrap_or_default();
        made.swap(at, with);
    }
    // A spreadsheet takes what begins with `-`, `+`, `=` or `@` for a formula; it is handed over in tables, too.
    if let Some(letter) = made.iter().position(|c| c.is_ascii_alphanumeric()).filter(|at| *at > 0) {
        made.swap(0, letter);
    }
    Secret::new(made.into_iter().collect::<String>())
}

/// One of the five rules, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PasswordRule {
    /// At least [`PASSWORD_LENGTH`] characters, of whatever script.
    Length,
    /// At least one capital letter. Arabic letters are neither capital nor small.
    Upper,
    /// At least one small letter.
    Lower,
    /// At least one number; ٣ is a number like 3.
    Number,
    /// At least one character that is neither letter, number nor space and can be seen.
    Special,
}

base::codes!(PasswordRule { Length = "length", Upper = "upper", Lower = "lower", Number = "number", Special = "special" });

/// Which rules a password keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PasswordRules {
    /// [`PasswordRule::Length`] is kept.
    pub length: bool,
    /// [`PasswordRule::Upper`] is kept.
    pub upper: bool,
    /// [`PasswordRule::Lower`] is kept.
    pub lower: bool,
    /// [`PasswordRule::Number`] is kept.
    pub number: bool,
    /// [`PasswordRule::Special`] is kept.
    pub special: bool,
}

impl PasswordRules {
    /// Judges `password` as it was typed: nothing is trimmed or normalised.
    #[must_use]
    pub fn of(password: &str) -> Self {
        PasswordRules {
            length: password.chars().nth(PASSWORD_LENGTH - 1).is_some(),
            upper: password.chars().any(char::is_uppercase),
            lower: password.chars().any(char::is_lowercase),
            number: password.chars().any(char::is_numeric),
            special: password.chars().any(is_special),
        }
    }

    /// Is `rule` kept?
    #[must_use]
    pub fn keeps(self, rule: PasswordRule) -> bool {
        match rule {
            PasswordRule::Length => self.length,
            PasswordRule::Upper => self.upper,
            PasswordRule::Lower => self.lower,
            PasswordRule::Number => self.number,
            PasswordRule::Special => self.special,
        }
    }

    /// Each rule and whether it is kept, in the order in which they are shown.
    pub fn each(self) -> impl Iterator<Item = (PasswordRule, bool)> {
        PasswordRule::ALL.iter().map(move |rule| (*rule, self.keeps(*rule)))
    }

    /// Are all five kept? Only then may the password be set.
    #[must_use]
    pub fn all_kept(self) -> bool {
        self.broken().next().is_none()
    }

    /// The rules that are not kept, in the order in which they are shown.
    pub fn broken(self) -> impl Iterator<Item = PasswordRule> {
        self.each().filter(|(_, kept)| !kept).map(|(rule, _)| rule)
    }
}

fn is_special(c: char) -> bool {
    !(c.is_alphanumeric() || c.is_whitespace() || c.is_control() || is_mark(c) || is_unseen(c))
}

/// Belongs to the letter before it and is none of its own: é typed as two, the marks of Arabic that Unicode does not count as letters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{6D6}'..='\u{6ED}' | '\u{FE00}'..='\u{FE0F}')
}

/// Directions, joiners and other characters that nobody sees and a keyboard may add by itself.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(password: &str, broken: &[PasswordRule]) {
        let rules = PasswordRules::of(password);
        assert_eq!(rules.broken().collect::<Vec<_>>(), broken, "{password:?}");
        assert_eq!(rules.all_kept(), broken.is_empty(), "{password:?}");
    }

    /// PW-02.
    #[test]
    fn each_rule_is_missed_alone() {
        use PasswordRule::*;
        check("Abcdef1!", &[]);
        check("Abcde1!", &[Length]);
        check("abcdef1!", &[Upper]);
        check("ABCDEF1!", &[Lower]);
        check("Abcdefg!", &[Number]);
        check("Abcdefg1", &[Special]);
        check("", &[Length, Upper, Lower, Number, Special]);
    }

    /// PW-02.
    #[test]
    fn arabic_letters_count_for_length_and_are_neither_capital_nor_small() {
        use PasswordRule::*;
        check("قهوتيهيل1!", &[Upper, Lower]);
        check("قهوتي٣Aa!", &[]);
        check("Aa١!قهوة", &[]);
        check("Aa1!قهو", &[Length]);
        check("Aa1قهوةُّـ", &[Special]);
        check("Aa1قهوة،", &[]);
    }

    /// PW-02.
    #[test]
    fn letters_of_other_scripts_are_judged_by_unicode() {
        use PasswordRule::*;
        check("Ärgerß1.", &[]);
        check("ärger-ß1", &[Upper]);
        check("Жук-жук1", &[]);
        check("密码密码密码1!", &[Upper, Lower]);
        check("Password1€", &[]);
        check("Password1🔑", &[]);
    }

    /// PW-02.
    #[test]
    fn what_nobody_sees_is_not_special() {
        use PasswordRule::*;
        for unseen in
            [" ", "\u{A0}", "\t", "\u{200F}", "\u{200D}", "\u{2067}", "\u{FEFF}", "\u{301}", "\u{64E}", "\u{0}"]
        {
            check(&format!("Passwor1{unseen}"), &[Special]);
        }
    }

    #[test]
    fn a_made_password_keeps_every_rule_and_is_never_the_same_ec_03() {
        let mut chance = Chance::from_number(7);
        let mut made = std::collections::BTreeSet::new();
        for _ in 0..2000 {
            let password = made_password(&mut chance);
            assert_eq!(password.reveal().chars().count(), MADE_PASSWORD);
            assert!(PasswordRules::of(password.reveal()).all_kept(), "{}", password.reveal());
            assert!(password.reveal().starts_with(|c: char| c.is_ascii_alphanumeric()), "{}", password.reveal());
            assert!(made.insert(password.reveal().to_owned()));
        }
    }

    #[test]
    fn a_very_long_password_is_judged_to_its_end() {
        use PasswordRule::*;
        let long = "a".repeat(100_000);
        check(&long, &[Upper, Number, Special]);
        check(&format!("{long}A1!"), &[]);
    }
}
