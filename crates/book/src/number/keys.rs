//! Who is calling? Keys to look a number up by, and the judgement whether two numbers are one.

use std::collections::BTreeSet;

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

use super::read::plain;
use super::{Number, Phone, Region, read};

/// Digits at the end by which candidates are found; shorter numbers are looked up whole.
const TAIL: usize = 7;
/// Beginnings of a number that are indexed by their ending are at least this long.
pub(crate) const LEAST_PART: usize = 3;

/// What a number is looked up by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Keys {
    /// Equal for equal numbers: `+966501234567`, `101`, `*97#`, `noor@pbx.example`.
    pub exact: String,
    /// The last seven digits: equal for all that may be the same number. Ask [`matches()`] about each that is found.
    pub tail: Option<String>,
}

/// How much two numbers are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// Different.
    No,
    /// The same in all that both tell: one lacks the country, the area or the extension.
    Likely,
    /// The same.
    Exact,
}

/// Keys of a number as it was written; `None` when it is no number and no address.
#[must_use]
pub fn keys(written: &str, region: Region) -> Option<Keys> {
    let (exact, digits) = match read(written, region)? {
        Number::Phone(phone) => {
            let exact = match &phone.extension {
                Some(extension) => format!("{};ext={extension}", phone.e164),
                None => phone.e164.clone(),
            };
            (exact, significant(&phone))
        }
        Number::Local(digits) => (digits.clone(), digits),
        Number::Address(address) => return Some(Keys { exact: address, tail: None }),
    };
    let tail = digits.len().checked_sub(TAIL).and_then(|at| digits.get(at..));
    let tail = tail.filter(|tail| tail.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned);
    Some(Keys { exact, tail })
}

/// Whether the number that calls is the one that is stored (SPEC 2 row 14).
#[must_use]
pub fn matches(incoming: &str, stored: &str, region: Region) -> Likeness {
    let (Some(incoming), Some(stored)) = (read(incoming, region), read(stored, region)) else { return Likeness::No };
    match (&incoming, &stored) {
        (Number::Phone(a), Number::Phone(b)) if a.e164 == b.e164 => match (&a.extension, &b.extension) {
            (a, b) if a == b => Likeness::Exact,
            (Some(_), Some(_)) => Likeness::No,
            _ => Likeness::Likely,
        },
        // Both are complete. Two countries are never one number; one country is, when an exchange put its trunk digit in front.
        (Number::Phone(a), Number::Phone(b)) if a.number.country_code != b.number.country_code => Likeness::No,
        (Number::Phone(a), Number::Phone(b)) => ends_alike(&significant(a), &significant(b)),
        (Number::Phone(a), Number::Local(b)) | (Number::Local(b), Number::Phone(a)) => {
            let whole = a.e164.trim_start_matches('+');
            // `+` in front says that it is complete.
            if b.starts_with('+') {
                Likeness::No
            } else {
                ends_alike(whole, b.trim_start_matches('0')).max(ends_alike(&significant(a), b))
            }
        }
        (Number::Local(a), Number::Local(b)) if a == b => Likeness::Exact,
        (Number::Local(a), Number::Local(b)) => ends_alike(a, b),
        (Number::Address(a), Number::Address(b)) if a == b => Likeness::Exact,
        (Number::Address(_), _) | (_, Number::Address(_)) => Likeness::No,
    }
}

fn ends_alike(a: &str, b: &str) -> Likeness {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
    let alike = short.len() >= TAIL && digits(short) && digits(long) && long.ends_with(short);
    if alike { Likeness::Likely } else { Likeness::No }
}

/// The digits without country code and trunk prefix.
fn significant(phone: &Phone) -> String {
    rlibphonenumber::get_national_significant_number_owned(&phone.number)
}

/// Tokens of a number for the search: international and national form, and every ending of three digits and more, so that a
/// prefix finds any part. Short numbers and service codes as they are.
pub(crate) fn digits_for_search(written: &str, region: Region) -> BTreeSet<String> {
    let only_digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let forms = match read(written, region) {
        Some(Number::Phone(phone)) => {
            let national = PHONE_NUMBER_UTIL.format(&phone.number, PhoneNumberFormat::National);
            let national = only_digits(national.split(" ext").next().unwrap_or(&national));
            vec![only_digits(&phone.e164), national, phone.extension.unwrap_or_default()]
        }
        Some(Number::Local(digits)) => vec![only_digits(&digits)],
        Some(Number::Address(_)) | None => Vec::new(),
    };
    let mut tokens = BTreeSet::new();
    for form in forms.iter().filter(|form| !form.is_empty()) {
        let parts = form.len().saturating_sub(LEAST_PART);
        tokens.extend((0..=parts).filter_map(|at| form.get(at..)).map(str::to_owned));
    }
    tokens
}

/// The digits of a number that is being typed: `None` when there is anything else in the text.
pub(crate) fn typed_digits(typed: &str) -> Option<String> {
    let text = plain(typed)?;
    let rest = text.strip_prefix('+').or(text.strip_prefix("00")).unwrap_or(&text);
    let separator = |c: char| "()-./[] *#".contains(c) || matches!(c, '\u{2010}'..='\u{2015}');
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || separator(c))).then_some(digits)
}
