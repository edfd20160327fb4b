//! From what was written to a number.

use base::ascii_digit;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};

use super::Region;
use crate::chars::is_invisible;

/// Longer texts are no numbers.
const LONGEST: usize = 128;

/// A number or address in the form in which it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// A number that fits into the plan of some country.
    Phone(Phone),
    /// What only the own telephone system or the local exchange understands: `101`, `*97#`, `911`. Digits, `*` and `#`, a `+` in front.
    Local(String),
    /// A SIP user at a host, lower case host: `noor@pbx.example`.
    Address(String),
}

/// A number in the international plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Phone {
    pub(super) number: PhoneNumber,
    /// `+966501234567`.
    pub e164: String,
    /// Behind the number: what is dialled when it has answered.
    pub extension: Option<String>,
}

impl Eq for Phone {}

/// Reads a number in any of the ways in which people write it: digits of all scripts, separators, `+`, `00`, trunk prefix,
/// letters (`1-800-FLOWERS`), extensions (`;ext=22`, `x22`), `tel:`, `sip:` and `callto:` links. `None` when it is nothing of these.
#[must_use]
pub fn read(written: &str, region: Region) -> Option<Number> {
    let plain = plain(written)?;
    let text = without_scheme(&plain);
    if let Some((user, host)) = text.rsplit_once('@') {
        return address(user, host, region);
    }
    digits(text, region)
}

/// ASCII digits, nothing invisible, one kind of `+`; `None` when it is empty or too long.
pub(super) fn plain(written: &str) -> Option<String> {
    let mut plain = String::with_capacity(written.len());
    for c in written.trim().chars().filter(|c| !is_invisible(*c)).take(LONGEST + 1) {
        plain.push(match c {
            '\u{ff0b}' | '\u{fe62}' => '+',
            '\u{ff0a}' | '\u{66d}' => '*',
            '\u{ff03}' => '#',
            c if c.is_whitespace() => ' ',
            c => ascii_digit(c).unwrap_or(c),
        });
    }
    let plain = plain.trim();
    (!plain.is_empty() && plain.len() <= LONGEST).then(|| plain.to_owned())
}

fn without_scheme(text: &str) -> &str {
    for scheme in ["sips:", "sip:", "tel:", "callto:", "skype:"] {
        if text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)) {
            return text[scheme.len()..].trim_start_matches('/').trim();
        }
    }
    text
}

/// `user@host`: a number that is written as an address is the number, wherever its gateway stands (RFC 3261 §19.1.6).
fn address(user: &str, host: &str, region: Region) -> Option<Number> {
    let user = user.split(':').next().unwrap_or(user).trim();
    let host = host.split([';', '?']).next().unwrap_or(host);
    let host = host.strip_suffix(":5060").or(host.strip_suffix(":5061")).unwrap_or(host).trim();
    if user.is_empty() || host.is_empty() || [user, host].iter().any(|part| part.contains(char::is_whitespace)) {
        return None;
    }
    let global = user.starts_with('+') || user.starts_with("00");
    if global && let Some(Number::Phone(phone)) = digits(user.split(';').next().unwrap_or(user), region) {
        return Some(Number::Phone(phone));
    }
    Some(Number::Address(format!("{}@{}", user.replace("%23", "#"), host.to_lowercase())))
}

fn digits(text: &str, region: Region) -> Option<Number> {
    let local: String = text.chars().filter(|c| matches!(c, '0'..='9' | '*' | '#' | '+')).collect();
    let service = text.contains(['*', '#']);
    if !service && let Some(phone) = phone(text, region) {
        return Some(Number::Phone(phone));
    }
    let body = local.strip_prefix('+').unwrap_or(&local);
    let separators =
        |c: char| c.is_ascii_digit() || "*#+()-./[] ~\u{2212}".contains(c) || matches!(c, '\u{2010}'..='\u{2015}');
    let fine = !body.is_empty() && !body.contains('+') && text.chars().all(separators);
    fine.then_some(Number::Local(local))
}

/// A number that is possible where it says it is. Not "valid": number blocks are given out faster than tables are updated.
fn phone(text: &str, region: Region) -> Option<Phone> {
    let number = PHONE_NUMBER_UTIL.parse(text, Some(region.0)).ok()?;
    let possible = PHONE_NUMBER_UTIL.is_possible_number(&number);
    // What is possible within a city only is not dialled from elsewhere: libphonenumber says "possible, local only".
    let e164 = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164).into_owned();
    let extension = number.extension.clone().filter(|e| !e.is_empty());
    (possible && !local_only(&number)).then_some(Phone { number, e164, extension })
}

fn local_only(number: &PhoneNumber) -> bool {
    matches!(
        PHONE_NUMBER_UTIL.is_possible_number_with_reason(number),
        Ok(rlibphonenumber::NumberLengthType::IsPossibleLocalOnly) | Err(_)
    )
}
