//! From what was typed, pasted or clicked to an address that can be called.
//!
//! Accepts extensions, numbers in any script's digits, feature codes (`*43`), SIP users, `user@host`, and the links
//! `sip:`, `sips:`, `tel:` and `callto:` (SPEC 2 row 13, 4.3 "Digits").

use base::{Aor, ascii_digit};
use model::Party;

/// Why a text cannot be dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DialError {
    /// Nothing is left after spaces and separators are taken away.
    #[error("nothing to dial")]
    Empty,
    /// Longer than 256 characters.
    #[error("too long to be a number or an address")]
    TooLong,
    /// Holds what neither a number nor an address may hold.
    #[error("neither a number nor an address")]
    Nonsense,
}

/// Makes an address of record from what was typed, and the party as it is shown and dialled again.
///
/// `domain` is the account's own host: numbers are called there, and a party there is shown without it.
///
/// # Errors
/// [`DialError`] when nothing that can be dialled is in the text.
pub fn parse(typed: &str, domain: &str) -> Result<(Aor, Party), DialError> {
    if typed.chars().count() > MAX_TYPED {
        return Err(DialError::TooLong);
    }
    let text: String = typed.chars().filter(|c| !is_invisible(*c)).map(to_ascii).collect();
    let (text, display_name) = take_name_address(text.trim());
    if text.is_empty() {
        return Err(DialError::Empty);
    }
    let (scheme, rest) = split_scheme(text);
    let (user, host) = match scheme {
        Scheme::Tel => (number(rest.split(';').next().unwrap_or(rest))?, None),
        Scheme::Sip | Scheme::None => match rest.rsplit_once('@') {
            Some((user, host)) => (uri_user(user)?, Some(uri_host(host)?)),
            None if scheme == Scheme::Sip => match uri_host(rest) {
                // `sip:101` is what people write on web pages; it means the number at home.
                Ok(user) => (number_or_user(&user)?, None),
                Err(error) => return Err(error),
            },
            None => (number_or_user(rest)?, None),
        },
    };
    let home = host.as_deref().is_none_or(|host| host.eq_ignore_ascii_case(domain));
    let aor = Aor::new(&escape(&user), host.as_deref().unwrap_or(domain)).map_err(|_| DialError::Nonsense)?;
    let number = if home { user } else { format!("{user}@{}", aor.host) };
    Ok((aor, Party { number, display_name }))
}

/// Digits as they are sent in telephone-events: `0-9*#A-D`, from any script, spaces left out. `None` when something
/// else is in the text, when it is empty, or longer than 64.
pub(crate) fn dtmf_digits(typed: &str) -> Option<String> {
    let digits: String = typed
        .chars()
        .filter(|c| !is_invisible(*c) && !c.is_whitespace())
        .take(MAX_DTMF + 1)
        .map(|c| to_ascii(c).to_ascii_uppercase())
        .collect();
    let fine = !digits.is_empty()
        && digits.len() <= MAX_DTMF
        && digits.chars().all(|c| matches!(c, '0'..='9' | '*' | '#' | 'A'..='D'));
    fine.then_some(digits)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheme {
    None,
    Sip,
    Tel,
}

fn split_scheme(text: &str) -> (Scheme, &str) {
    const KNOWN: [(&str, Scheme); 4] =
        [("sip:", Scheme::Sip), ("sips:", Scheme::Sip), ("tel:", Scheme::Tel), ("callto:", Scheme::None)];
    for (prefix, scheme) in KNOWN {
        if text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
            // Browsers write `tel://` and `sip://` now and then.
            return (scheme, text[prefix.len()..].trim_start_matches('/').trim());
        }
    }
    (Scheme::None, text)
}

/// `Noor <sip:101@pbx>` as it is copied from a mail: the address and the name.
fn take_name_address(text: &str) -> (&str, String) {
    match (text.split_once('<'), text.strip_suffix('>')) {
        (Some((name, _)), Some(closed)) => {
            let address = &closed[closed.find('<').map_or(0, |at| at + 1)..];
            (address.trim(), name.trim().trim_matches('"').to_owned())
        }
        _ => (text, String::new()),
    }
}

fn number_or_user(text: &str) -> Result<String, DialError> {
    if text.chars().any(|c| c.is_ascii_alphabetic()) { uri_user(text) } else { number(text) }
}

/// A number: separators that people write are dropped, `+` only in front.
fn number(text: &str) -> Result<String, DialError> {
    let kept: String = text.chars().filter(|c| !is_separator(*c)).collect();
    let digits = kept.strip_prefix('+').unwrap_or(&kept);
    if digits.is_empty() {
        return Err(if kept.is_empty() { DialError::Empty } else { DialError::Nonsense });
    }
    if digits.chars().all(|c| matches!(c, '0'..='9' | '*' | '#' | 'A'..='D' | 'a'..='d')) {
        Ok(kept)
    } else {
        Err(DialError::Nonsense)
    }
}

/// The user part of an address: no password, no spaces; separators mean something here and stay.
fn uri_user(text: &str) -> Result<String, DialError> {
    let user = text.split(':').next().unwrap_or(text).trim();
    let fine = |c: char| c.is_ascii_alphanumeric() || "-_.!~*'()&=+$,;?/%#".contains(c);
    match user {
        "" => Err(DialError::Empty),
        _ if user.chars().all(fine) => Ok(user.to_owned()),
        _ => Err(DialError::Nonsense),
    }
}

/// The host part: parameters, headers and port are dropped, because an address of record has none.
fn uri_host(text: &str) -> Result<String, DialError> {
    let host = text.split([';', '?']).next().unwrap_or(text).trim();
    let host = match host.rsplit_once(':') {
        Some((name, port)) if !name.is_empty() && port.chars().all(|c| c.is_ascii_digit()) && !is_bare_ipv6(name) => {
            name
        }
        _ => host,
    };
    if host.is_empty() { Err(DialError::Nonsense) } else { Ok(host.to_owned()) }
}

/// `fe80::1` without brackets: its last group is no port.
fn is_bare_ipv6(name: &str) -> bool {
    name.contains(':') && !name.ends_with(']')
}

/// `#` may not stand in a SIP URI (RFC 3261 §25.1), feature codes have it nevertheless.
fn escape(user: &str) -> String {
    user.replace('#', "%23")
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '-' | '.' | '/' | '[' | ']' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Bidi controls, joiners and the byte order mark: they come along when a number is copied out of Arabic text.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn to_ascii(c: char) -> char {
    match c {
        '\u{ff0b}' => '+',
        '\u{ff0a}' => '*',
        '\u{ff03}' => '#',
        _ => ascii_digit(c).unwrap_or(c),
    }
}

const MAX_TYPED: usize = 256;
const MAX_DTMF: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, aor: &str, number: &str) {
        let (parsed, party) = parse(typed, "pbx.example").unwrap_or_else(|error| panic!("{typed:?}: {error}"));
        assert_eq!((parsed.to_string().as_str(), party.number.as_str()), (aor, number), "typed {typed:?}");
    }

    #[test]
    fn numbers_are_cleaned_and_called_at_home() {
        check("101", "sip:101@pbx.example", "101");
        check(" *43 ", "sip:*43@pbx.example", "*43");
        check("*97#", "sip:*97%23@pbx.example", "*97#");
        check("+966 50 123-4567", "sip:+966501234567@pbx.example", "+966501234567");
        check("(0800) 12.34/56", "sip:0800123456@pbx.example", "0800123456");
        check("١٠١", "sip:101@pbx.example", "101");
        check("۱۰۱", "sip:101@pbx.example", "101");
        check("\u{202a}+٩٦٦ ٥٠\u{202c}", "sip:+96650@pbx.example", "+96650");
        check("\u{200e}00966501234567\u{200f}", "sip:00966501234567@pbx.example", "00966501234567");
        check("tel:+1-201-555-0123;ext=22", "sip:+12015550123@pbx.example", "+12015550123");
        check("TEL://101", "sip:101@pbx.example", "101");
        check("callto:101", "sip:101@pbx.example", "101");
    }

    #[test]
    fn addresses_keep_their_host_and_lose_what_an_aor_has_not() {
        check("sip:100@pbx.example", "sip:100@pbx.example", "100");
        check("noor@Other.example", "sip:noor@other.example", "noor@other.example");
        check("sips:noor:secret@other.example:5061;transport=tls?x=y", "sip:noor@other.example", "noor@other.example");
        check("sip:7@[2001:db8::1]:5060", "sip:7@[2001:db8::1]", "7@[2001:db8::1]");
        check("echo-test", "sip:echo-test@pbx.example", "echo-test");
        check("sip:101", "sip:101@pbx.example", "101");
        check("SIP:*43@PBX.EXAMPLE", "sip:*43@pbx.example", "*43");
    }

    #[test]
    fn a_name_beside_the_address_is_kept() {
        let (aor, party) = parse("\"Noor نور\" <sip:101@pbx.example>", "pbx.example").unwrap();
        assert_eq!((aor.user.as_str(), party.display_name.as_str()), ("101", "Noor نور"));
    }

    #[test]
    fn nonsense_is_refused() {
        for typed in ["1+2", "+", "نور", "a b", "a@b c", "x\r\nRoute: y@z", "<>", "101@", "@host", "12;13", "😀"] {
            assert!(parse(typed, "pbx.example").is_err(), "{typed:?} was accepted");
        }
        for typed in ["", "  ", "()-", "\u{200e}"] {
            assert_eq!(parse(typed, "pbx.example"), Err(DialError::Empty), "{typed:?}");
        }
        assert_eq!(parse(&"1".repeat(257), "pbx.example"), Err(DialError::TooLong));
    }

    #[test]
    fn keypad_digits_come_from_any_script() {
        assert_eq!(dtmf_digits("12*#ad"), Some("12*#AD".into()));
        assert_eq!(dtmf_digits("٤ ٣"), Some("43".into()));
        assert_eq!((dtmf_digits(""), dtmf_digits("1x"), dtmf_digits(&"1".repeat(65))), (None, None, None));
    }
}
