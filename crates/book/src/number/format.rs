//! Numbers as people read them.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

use super::{Number, Region, read};

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `+966 50 123 4567`.
    International,
    /// As it is dialled at home where it is at home, international elsewhere: `050 123 4567`, `+20 10 01234567`.
    National,
}

/// A number for the eye, in ASCII digits; the window chooses other digits and isolates its direction. What is no number comes back
/// as it was written, without controls.
#[must_use]
pub fn format(written: &str, region: Region, style: Style) -> String {
    match read(written, region) {
        Some(Number::Phone(phone)) => {
            let home = PHONE_NUMBER_UTIL.get_country_code_for_region(region.0) == Some(phone.number.country_code);
            let form = match style {
                Style::National if home => PhoneNumberFormat::National,
                Style::National | Style::International => PhoneNumberFormat::International,
            };
            PHONE_NUMBER_UTIL.format(&phone.number, form).into_owned()
        }
        Some(Number::Local(digits)) => digits,
        Some(Number::Address(address)) => address,
        None => crate::chars::clean(written),
    }
}
